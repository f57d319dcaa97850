"""A cold start: what the first picture of the window does not need is not imported for it.

The one idea: most of the time until the first picture is imports, so these are counted, by name, in a process
of its own that starts as the program does; and so is what PySide makes at first sight. How long it takes is
no test: `bootstrap.py bench catalog first-page` measures it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NamedTuple

import pytest

from app.settings import Settings
from app.settings_text import NAME, to_bytes
from tests.small_rig import PROJECT

NOT_NEEDED = (
    "argparse", "asyncio", "concurrent.futures", "copy", "ctypes", "dataclasses", "decimal", "difflib",
    "email", "gettext", "hashlib", "http", "importlib.metadata", "importlib.resources", "inspect", "locale",
    "logging", "multiprocessing", "numpy", "pyqtgraph", "qtawesome", "queue", "ssl", "string", "subprocess",
    "tomllib", "unittest", "urllib.request", "uuid", "watchdog", "xml",
    "PySide6.QtNetwork", "PySide6.QtSvg", "PySide6.QtTest",
    "app.beside", "app.change_errands", "app.checks", "app.demo", "app.disk", "app.editing",
    "app.exchange", "app.files", "app.folder_errands", "app.garbage", "app.hands", "app.history",
    "app.launchers", "app.listing.index", "app.listing.known", "app.listing.rounds", "app.main",
    "app.models.files", "app.models.history", "app.models.saving", "app.models.sessions.filter_reader",
    "app.models.sessions.half_typed", "app.models.state", "app.pictures", "app.program",
    "app.rehearsing", "app.remembering", "app.resuming", "app.runs", "app.session_errands",
    "app.settings_file", "app.snapshot", "app.tour", "app.value_errands", "app.views.detail",
    "app.views.empty_state", "app.views.files", "app.views.history", "app.views.preferences",
    "app.views.resume", "app.views.saving", "app.views.state", "app.views.style.rescaling",
    "app.views.trend", "app.watch", "app.words.near_names",
    "persistence.cli", "persistence.codec", "persistence.document", "persistence.launcher",
    "persistence.query", "persistence.scan", "persistence.sessions.query_order", "persistence.store",
    "persistence.values",
)  # fmt: skip
NOT_MADE = ("QStyle", "QStyleOptionViewItem", "QBrush", "QGradient", "QTreeView", "QScrollArea", "QDialog")
"""Of what PySide makes at first sight, with all enumerations: what the first picture does without."""
WORDS_ERRORS = (
    "signature.errorhandler",
    "signature.layout",
    "signature.mapping",
    "signature.parser",
    "signature.lib.enum_sig",
    "signature.lib.pyi_generator",
    "signature.lib.tool",
)
"""Of PySide's own."""
OTHER_NAMES = "feature"
"""What gives Qt's methods other names."""
START = """
import os, sys
from app.__main__ import main

def look(opening):
    opening.painted.connect(lambda: tell(opening.front.sessions.session_count()))

def tell(listed):
    qt = [module for name, module in sys.modules.items() if name.startswith("PySide6.Qt")]
    unread = [name for name, module in sys.modules.items() if "__getattr__" in vars(module)]
    print(listed)
    for names in (sys.modules, [name for module in qt for name in vars(module)], unread):
        print(*names)
    sys.stdout.flush()
    os._exit(0)

main(begun=look)
"""


SCREEN = """{"screens": [{"name": "screen", "x": 0, "y": 0, "width": 1920, "height": 1080,
"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}"""
"""Of the usual size: where there is less room, the tool bar is put otherwise while it is shown."""


class Painted(NamedTuple):
    """When the first picture was painted: the modules that were imported, the names of Qt that were made, and
    the modules that are read later.
    """

    imported: frozenset[str]
    made: frozenset[str]
    unread: frozenset[str]


@pytest.fixture(scope="module")
def painted(tmp_path_factory: pytest.TempPathFactory) -> Painted:
    """With what a person has chosen in earlier windows: each choice could need a module."""
    folder = tmp_path_factory.mktemp("start")
    layout = {"order": {"column": "subject", "falling": True}, "columns": [{"field": "outcome"}]}
    settings = Settings(folders=(str(folder),), theme="dark", layout=layout)
    (folder / "config").mkdir()
    (folder / "config" / NAME).write_bytes(to_bytes(settings))
    screen = folder / "screen.json"
    screen.write_text(SCREEN)
    variables = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screen}", "PYTHONPATH": PROJECT}
    done = subprocess.run(
        [sys.executable, "-c", START],
        env={**variables, "RIGSTATE_CONFIG_DIR": str(folder / "config")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    listed, *names = done.stdout.splitlines()
    assert listed == "0"
    return Painted(*(frozenset(line.split()) for line in names))


def test_that_the_first_picture_needs_no_module_that_it_does_not_show(painted: Painted) -> None:
    assert [name for name in painted.imported if _is_one_of_these(name)] == []
    assert "app.views.sessions.session_view" in painted.imported


def test_that_nothing_of_qt_is_made_for_it_that_it_does_not_show(painted: Painted) -> None:
    assert painted.made.intersection(NOT_MADE) == set()
    assert "QTableView" in painted.made


def test_that_what_words_errors_or_gives_other_names_is_not_read_for_it(painted: Painted) -> None:
    assert painted.unread.issuperset(f"PySide6.support.{name}" for name in (*WORDS_ERRORS, OTHER_NAMES))


def _is_one_of_these(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in NOT_NEEDED)
