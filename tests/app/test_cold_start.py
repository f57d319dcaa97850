"""A cold start: what the first picture of the window does not need is not imported for it.

The one idea: most of the time until the first picture is imports, so these are counted, by name, in a process
of its own that starts as the program does. How long it takes is no test: `bootstrap.py bench catalog
first-page` measures it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from app.settings import Settings
from app.settings_text import NAME, to_bytes
from tests.small_rig import PROJECT

NOT_NEEDED = (
    "asyncio", "concurrent.futures", "email", "http", "multiprocessing", "numpy", "pyqtgraph", "qtawesome",
    "ssl", "tomllib", "unittest", "urllib.request", "watchdog", "xml", "PySide6.QtNetwork",
    "PySide6.QtSvg", "PySide6.QtTest", "app.beside", "app.checks", "app.change_errands", "app.demo",
    "app.disk", "app.editing", "app.exchange", "app.files", "app.folder_errands", "app.hands", "app.history",
    "app.launchers", "app.listing.rounds", "app.main", "app.models.files", "app.models.history",
    "app.models.saving", "app.models.state", "app.pictures", "app.rehearsing", "app.remembering",
    "app.resuming", "app.runs", "app.session_errands", "app.tour", "app.value_errands", "app.views.detail",
    "app.views.files", "app.views.history", "app.views.preferences", "app.views.resume", "app.views.saving",
    "app.views.state", "app.views.trend", "app.watch", "persistence.cli.arguments",
    "persistence.codec", "persistence.document", "persistence.launcher", "persistence.scan",
    "persistence.store",
)  # fmt: skip
START = """
import os, sys
from app.__main__ import main

def look(opening):
    opening.painted.connect(lambda: tell(opening.front.sessions.session_count()))

def tell(listed):
    print(listed, *sys.modules, sep="\\n", flush=True)
    os._exit(0)

main(begun=look)
"""


def test_that_the_first_picture_needs_no_module_that_it_does_not_show(tmp_path: Path) -> None:
    """With what a person has chosen in earlier windows: each choice could need a module."""
    listed, imported = _painted(tmp_path / "config", Settings(folders=(str(tmp_path),), theme="dark"))
    assert listed == "0"
    assert [name for name in imported if _is_one_of_these(name)] == []
    assert "app.views.sessions.session_view" in imported


def _is_one_of_these(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in NOT_NEEDED)


def _painted(config: Path, settings: Settings) -> tuple[str, list[str]]:
    config.mkdir()
    (config / NAME).write_bytes(to_bytes(settings))
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": PROJECT}
    done = subprocess.run(
        [sys.executable, "-c", START],
        env={**variables, "RIGSTATE_CONFIG_DIR": str(config)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    listed, *imported = done.stdout.splitlines()
    return listed, imported
