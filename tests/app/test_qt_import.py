"""Qt as the window imports it is Qt as everybody has it, but for what is read later.

The one idea: the same program is run after a plain import and after ours, in processes of its own, because
Qt is imported once in each.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.small_rig import PROJECT

OURS = "from app.qt_import import import_qt; later = import_qt()"
PLAIN = "import PySide6.QtWidgets"
WRONG = """
import inspect
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMainWindow, QWidget
from PySide6.support import feature
from PySide6.support.signature import get_signature

def say(make):
    try:
        print(make())
    except Exception as error:
        print(type(error), error)

say(lambda: QTimer().start("soon"))
say(lambda: QTimer(interval=0, nonsense=3))
say(lambda: QWidget.resize.__doc__)
say(lambda: get_signature(QWidget.resize))
say(lambda: QWidget.resize(None, 3))
say(lambda: inspect.signature(QMainWindow.setCentralWidget))
say(lambda: (feature.info("here"), feature.feature_imported.__name__))
"""
LAYOUT = "shibokensupport.signature.layout"
UNREAD = """
import sys
rooms = {name: module for name, module in sys.modules.items() if name.startswith("shibokensupport.")}
def unread():
    return sorted(name for name, module in rooms.items() if "__getattr__" in vars(module))
"""


def said(*parts: str) -> str:
    """What a process prints that runs this."""
    code = "\n".join(parts)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("read", ["", "later.read_all()"], ids=["when asked", "before"])
def test_that_errors_signatures_and_other_names_are_told_as_ever(read: str) -> None:
    found = said(OURS, read, WRONG)
    assert found == said(PLAIN, WRONG)
    assert "called with wrong argument types" in found


def test_that_what_words_errors_is_read_when_one_is_worded_and_at_the_latest_when_told() -> None:
    told = said(
        OURS, UNREAD, f"LAYOUT = {LAYOUT!r}; from PySide6.QtCore import QTimer", "print(*unread())",
        "try: QTimer().start('soon')\nexcept TypeError: print(*unread())",
        "later.read_all()", "print(*unread())", "print(rooms[LAYOUT].SignatureLayout)",
    ).splitlines()  # fmt: skip
    before, worded, after, found = told
    assert LAYOUT in before.split()
    assert set(worded.split()) < set(before.split())
    assert after == ""
    assert "SignatureLayout" in found


def test_that_a_name_that_is_not_there_is_missed_by_threads_that_ask_at_once() -> None:
    ask = """
from concurrent.futures import ThreadPoolExecutor
room = rooms["shibokensupport.signature.parser"]
def look(number):
    return hasattr(room, "nobody_has_this"), callable(room.pyside_type_init)
with ThreadPoolExecutor(8) as threads:
    print(set(threads.map(look, range(64))))
"""
    assert said(OURS, UNREAD, ask) == "{(False, True)}\n"


def test_that_imports_and_compiling_are_python_s_own_again() -> None:
    ask = "import builtins; print(builtins.__import__.__name__, builtins.compile.__self__ is builtins)"
    assert said(OURS, ask) == "__import__ True\n"
