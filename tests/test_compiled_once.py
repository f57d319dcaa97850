"""What is compiled once, and what of it is not kept."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

import persistence
from tests.compiled_once import forget


def compiled(source: Path) -> Path:
    return Path(importlib.util.cache_from_source(str(source)))


@pytest.mark.skipif(sys.pycache_prefix is None, reason="pytest was told to remember nothing")
def test_that_what_a_test_has_imported_is_not_compiled_again_by_what_it_starts() -> None:
    assert persistence.__file__ is not None
    own = compiled(Path(persistence.__file__))
    code = "import persistence, sys; print(persistence.__cached__, sys.dont_write_bytecode, sep='\\n')"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == [str(own), "False"]
    assert own.exists()


def test_that_of_modules_that_tests_write_nothing_compiled_is_kept(tmp_path: Path) -> None:
    module, folder = tmp_path / "written" / "launcher.py", tmp_path / "compiled"
    module.parent.mkdir()
    module.write_text("x = 1\n", "utf-8")
    start = [sys.executable, "-X", f"pycache_prefix={folder}", "-c", "import launcher"]
    subprocess.run(start, cwd=module.parent, env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""}, check=True)
    written = list(folder.rglob("launcher.*.pyc"))
    assert len(written) == 1
    beside = next(path for path in folder.rglob("*.pyc") if path not in written)
    forget(tmp_path / "written", folder)
    assert (written[0].exists(), beside.exists()) == (False, True)
