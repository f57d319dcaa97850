"""Both distributions as an installer gets them: the library alone, and the whole.

The one idea: build and install for real, into environments of their own, and ask those what they hold.
Without a network: setuptools is lent to the build from this environment, nothing is downloaded.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from bootstrap import interpreter
from tests.syntax import PROJECT, is_made

OFFLINE = ["--no-build-isolation", "--no-index", "--no-deps", "--disable-pip-version-check"]


def copied(tmp_path: Path, *names: str) -> Path:
    """Part of the checkout, copied, because setuptools writes where it builds."""
    unwanted = shutil.ignore_patterns("__pycache__", "build", "*.egg-info", ".*")
    for name in names:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, tmp_path / "source" / name, ignore=unwanted)
        else:
            (tmp_path / "source").mkdir(exist_ok=True)
            shutil.copy(PROJECT / name, tmp_path / "source")
    return tmp_path / "source"


def lent_setuptools(tmp_path: Path) -> Path:
    """A directory with setuptools and nothing else in it."""
    for file in importlib.metadata.files("setuptools") or ():
        if file.parts[0] != "..":
            target = tmp_path / "lent" / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file.locate(), target)
    return tmp_path / "lent"


def said(python: Path, code: str, directory: Path) -> str:
    """What an interpreter answers that sees its own environment only."""
    command = [str(python), "-I", "-c", code]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def library_alone(tmp_path: Path) -> Path:
    """The interpreter of a clean environment after `pip install ./persistence`."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "clean")], check=True)
    python = interpreter(tmp_path / "clean")
    library = copied(tmp_path, "persistence") / "persistence"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", *OFFLINE, str(library)]
    lent = {**os.environ, "PYTHONPATH": str(lent_setuptools(tmp_path)), "PIP_CONFIG_FILE": os.devnull}
    answer = subprocess.run(command, env=lent, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return python


def test_that_the_library_installs_alone_and_without_dependencies(
    library_alone: Path, tmp_path: Path
) -> None:
    ask = "import importlib.metadata as m; print(*sorted(d.name for d in m.distributions()))"
    assert said(library_alone, ask, tmp_path) == "rigstate-persistence"
    ask = "import importlib.metadata as m; print(*m.files('rigstate-persistence'))"
    held = {name for name in said(library_alone, ask, tmp_path).split() if name.startswith("persistence/")}
    assert {name for name in held if "__pycache__" not in name} == {
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "persistence").rglob("*")
        if (path.suffix == ".py" or path.name == "py.typed") and not is_made(path)
    }
    ask = "import importlib.util as u; print([n for n in ('app', 'resources', 'PySide6') if u.find_spec(n)])"
    assert said(library_alone, ask, tmp_path) == "[]"


def test_that_the_library_alone_saves_and_loads(library_alone: Path, tmp_path: Path) -> None:
    script = tmp_path / "launcher.py"
    script.write_text(
        "import sys\n"
        "from persistence import BaseLauncher\n"
        "class Mine(BaseLauncher):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.trial_count = 0\n"
        "first, second = Mine(), Mine()\n"
        "first.trial_count = 150\n"
        "assert first.save_session_state(sys.argv[1]) and second.load_session_state(sys.argv[1])\n"
        "print(second.trial_count, [name for name in sys.modules if 'Qt' in name or name == 'app'])\n",
        "utf-8",
    )
    command = [str(library_alone), str(script), str(tmp_path)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stdout == "150 []\n"


def test_that_the_library_alone_brings_its_command_line(library_alone: Path, tmp_path: Path) -> None:
    name = "rigstate.exe" if os.name == "nt" else "rigstate"
    answer = subprocess.run(
        [str(library_alone.parent / name), "--help"], capture_output=True, text=True, check=True
    )
    assert "validate" in answer.stdout


def test_that_the_wheel_of_the_whole_holds_every_module_and_all_its_data(tmp_path: Path) -> None:
    source = copied(tmp_path, "pyproject.toml", "README.md", "LICENSE", "persistence", "app", "resources")
    command = [sys.executable, "-m", "pip", "wheel", *OFFLINE, "--wheel-dir", str(tmp_path), str(source)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    (wheel,) = tmp_path.glob("rigstate-*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    not_shipped = {"persistence/pyproject.toml", "persistence/LICENSE"}
    wanted = {
        path.relative_to(source).as_posix()
        for package in ("persistence", "app", "resources")
        for path in (source / package).rglob("*")
        if path.is_file() and {"build", "__pycache__"}.isdisjoint(path.parts) and ".egg-info" not in str(path)
    }
    assert held == wanted - not_shipped


def test_that_both_distributions_tell_the_same_version_licence_and_python() -> None:
    whole, library = (
        tomllib.loads((PROJECT / name).read_text("utf-8"))["project"]
        for name in ("pyproject.toml", "persistence/pyproject.toml")
    )
    for key in ("dynamic", "license", "requires-python"):
        assert whole[key] == library[key]
    assert library["dependencies"] == []
    assert (PROJECT / "LICENSE").read_bytes() == (PROJECT / "persistence" / "LICENSE").read_bytes()


def test_that_constraints_are_exact_and_name_no_host() -> None:
    lines = (PROJECT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert [pin for pin in pins if "==" not in pin or "/" in pin or "@" in pin] == []
