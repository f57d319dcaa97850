"""What every test gets: its own settings directories, no screen, and a bill for what it leaves behind.

The one idea: a test that leaks (a thread, a window, an open file) fails itself, instead of the test after it.
Runs without Qt too, so that the library's tests can be run where only the library is installed.
Not a place for test data or for pieces that only some tests use: those stand beside the tests.
"""

from __future__ import annotations

import functools
import gc
import itertools
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Hashable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.compiled_once import compile_into, forget

# Qt's own has 800 pixels, where list and detail have no room beside each other.
SCREEN = f"offscreen:configfile={Path(__file__).with_name('screen.json')}"
if os.environ.setdefault("QT_QPA_PLATFORM", "offscreen") == "offscreen":
    os.environ["QT_QPA_PLATFORM"] = SCREEN

# A deadline would be a timed test, on machines that are shared, and so is the complaint that examples are
# slow to make. The same examples each time: what only chance finds must not stop somebody whose change has
# nothing to do with it. New ones are searched for by `--hypothesis-profile=search` and `bootstrap.py prove`.
settings.register_profile(
    "rigstate", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "search", settings.get_profile("rigstate"), derandomize=False, max_examples=1000, print_blob=True
)
settings.load_profile("rigstate")

PROJECT = Path(__file__).resolve().parent.parent
TASKS, DESCRIPTORS = Path("/proc/self/task"), Path("/proc/self/fd")
OWN_VARIABLES = ("RIGSTATE_RESUME", "RIGSTATE_DISABLE", "RIGSTATE_OPERATOR")
PERSONAL_VARIABLES = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
    "RIGSTATE_CONFIG_DIR",
)


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Without pytest-qt, its settings in pyproject.toml would be unknown, and that is an error."""
    if not pluginmanager.hasplugin("pytest-qt"):
        for name in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(name, "pytest-qt is not installed")


def pytest_configure(config: pytest.Config) -> None:
    """Ctrl+C is heard, and nothing is compiled twice."""
    hear_ctrl_c()
    if hasattr(config, "cache"):
        compile_into(config.cache.mkdir("compiled"))


def hear_ctrl_c() -> None:
    """What a shell starts in the background is deaf to it, and so is all that it starts in turn: tests of
    Ctrl+C would wait for ever.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What was compiled of modules that tests have written goes with them."""
    if "PYTEST_XDIST_WORKER" not in os.environ and sys.pycache_prefix is not None:
        forget(Path(tempfile.gettempdir()), Path(sys.pycache_prefix))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits most of the time begins first, while there is enough for other workers to do."""
    items.sort(key=lambda item: item.get_closest_marker("begins_first") is None)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: nobody who looks for garbage looks through it."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """What a test with Qt leaves is collected between tests, on this thread.

    The collector works on whatever thread makes the next object, and a widget that a worker's thread frees
    takes the program with it.
    """
    with_qt = "qapp" in getattr(item, "fixturenames", ())
    if with_qt:
        gc.disable()
    result = yield
    if with_qt:
        gc.enable()
        gc.collect(1)
    return result


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> object:
    """pytest-qt's, with patience. Imported here, as the library's tests also run without Qt."""
    from tests.patience import PatientBot

    return PatientBot(request)


@pytest.fixture(scope="session")
def new_homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """In a row of their own: to find a number among the folders of all tests takes longer than most tests."""
    row = tmp_path_factory.mktemp("homes")
    return (row / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_directories(monkeypatch: pytest.MonkeyPatch, new_homes: Iterator[Path]) -> Path:
    """Nothing that a test, or a process it starts, calls the user's own is really the user's own."""
    home = next(new_homes)
    home.mkdir()
    for name in OWN_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name in PERSONAL_VARIABLES:
        directory = home if name in ("HOME", "USERPROFILE") else home / name.lower()
        monkeypatch.setenv(name, str(directory))  # made by whoever needs it, as on a new computer
    return home


@pytest.fixture(autouse=True)
def nothing_left_behind(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, own_directories: Path
) -> Iterator[None]:
    """Fail the test that leaves threads, windows or open files of its own, or files in the checkout."""
    below = tmp_path_factory.getbasetemp()
    before = _alive(below)
    yield
    left = _alive(below) - before
    for settle in (_delete_what_is_to_be_deleted, _settle):
        if left:
            settle()
            left = _alive(below) - before
    if left:
        names = ", ".join(sorted(name for _, name in left))
        pytest.fail(f"left behind by {request.node.name}: {names}", pytrace=False)


def _delete_what_is_to_be_deleted() -> None:
    """Windows that are deleted later are deleted now."""
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _settle() -> None:
    """Let what is already ending end: garbage, threads within half a minute."""
    gc.collect()
    until = time.monotonic() + 30
    for thread in _python_threads():
        if thread is not threading.main_thread():
            thread.join(max(0.0, until - time.monotonic()))


def _alive(below: Path) -> set[tuple[int, str]]:
    """What lives now and should not outlive a test, as (identity, words)."""
    threads = {(id(thread), f"thread {thread.name}") for thread in _python_threads()}
    return threads | _qt_threads() | _windows() | _open_files(below) | _litter()


def _python_threads() -> list[threading.Thread]:
    """Without the dummies: they are only the memory of a foreign thread that once called Python."""
    return [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]


def _qt_threads() -> set[tuple[int, str]]:
    if "PySide6.QtCore" not in sys.modules:
        return set()
    from PySide6.QtCore import QCoreApplication

    if QCoreApplication.instance() is None:
        return set()
    return set(_running_among(_system_threads()))


def _system_threads() -> Hashable:
    """Which threads the system knows of this process; something new each time where it does not tell."""
    return frozenset(_names_in(TASKS)) or object()


@functools.lru_cache(maxsize=1)
def _running_among(_system_threads: Hashable) -> frozenset[tuple[int, str]]:
    """The Qt threads that run.

    To look through all objects takes longer than most tests, and is needed only when the system knows of
    other threads than the last time.
    """
    from PySide6.QtCore import QCoreApplication, QThread
    from shiboken6 import isValid

    application = QCoreApplication.instance()
    return frozenset(
        (id(found), f"QThread {found.objectName()}")
        for found in gc.get_objects()
        if issubclass(type(found), QThread) and isValid(found)
        if application is not None and found is not application.thread() and found.isRunning()
    )


def _windows() -> set[tuple[int, str]]:
    if "PySide6.QtWidgets" not in sys.modules:
        return set()
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return set()
    return {
        (id(widget), f"window {type(widget).__name__} {widget.objectName()}".strip())
        for widget in QApplication.topLevelWidgets()
    }


def _open_files(below: Path) -> set[tuple[int, str]]:
    """Descriptors of this process on files below `below`; only Linux tells them cheaply."""
    found: set[tuple[int, str]] = set()
    for name in _names_in(DESCRIPTORS):
        try:
            target = str((DESCRIPTORS / name).readlink())
        except OSError:
            continue  # the listing's own descriptor
        if target.startswith(f"{below}{os.sep}"):
            found.add((int(name), f"open file {target}"))
    return found


def _litter() -> set[tuple[int, str]]:
    """What lies in the checkout, where no test has anything to write."""
    return {(0, f"file {name}") for name in _names_in(PROJECT) if not name.startswith(".")}


def _names_in(folder: Path) -> list[str]:
    """All names in it, none where there is none; asked so often that a Path for each would take too long."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]
    except FileNotFoundError:
        return []
