"""Starts the window: `rigstate-gui [ROOT ...]`, or `python -m app [ROOT ...]`.

One idea: whatever is wrong on the way to the window is said in one sentence, never as a traceback.
Not for what the window does (see `main`), nor for how it comes to be whole (see `opening`).
"""

import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from app.command_line import Wanted, wanted

if TYPE_CHECKING:  # Qt is imported when the arguments are known to be good
    from PySide6.QtWidgets import QApplication

    from app.opening import Opening

PROBLEM = 1
_ERROR_BOX = 0x10  # its sign, as Windows counts them


class _Kind(NamedTuple):
    """What kind of window it is: its title, what greets in it, whose settings it has, and the folder outside
    of which it watches nothing, where there is one.
    """

    title: str = "Rigstate"
    greeting: str = ""
    config_dir: Path | None = None
    only: Path | None = None


def main(
    arguments: Sequence[str] | None = None, *, begun: "Callable[[Opening], object]" = lambda _: None
) -> int:
    """Open the window and return when it is closed, with the exit code. `begun` is called when it is shown,
    for whoever looks on.
    """
    try:
        asked = wanted(arguments)
        return _open(asked, begun) if asked.entry is None else _change_entry(asked.entry)
    except Exception as error:  # noqa: BLE001 - whatever it is, a person in front of a terminal wants a sentence
        return _told(error)


def _told(error: Exception) -> int:
    """Say why there is no window."""
    if isinstance(error, ImportError) and ".so" in str(error):
        return _cannot(_why_no_window(str(error)))  # the package is there, and a library of the system is not
    if isinstance(error, ImportError):
        return _cannot(f"the window needs a package that is not installed ({error}).")
    return _cannot(f"the window could not be opened ({type(error).__name__}: {error}).")


def _why_no_window(said: str) -> str:
    from app.system_libraries import why_no_window

    return why_no_window(said, os.environ)


def _cannot(sentence: str) -> int:
    """Say why not: on the terminal, or where Windows gave us none, in a box of its own."""
    import ctypes

    dlls = getattr(ctypes, "windll", None)
    if getattr(sys, "stderr", None) is None and dlls is not None:
        dlls.user32.MessageBoxW(None, sentence, "Rigstate", _ERROR_BOX)
    else:
        print(f"rigstate-gui: {sentence}", file=sys.stderr)
    return PROBLEM


def _change_entry(change: str) -> int:
    from app import desktop_entry

    try:
        print(desktop_entry.install() if change == "install" else desktop_entry.remove())
    except desktop_entry.NoEntry as reason:
        return _cannot(str(reason))
    return 0


def _open(asked: Wanted, begun: "Callable[[Opening], object]") -> int:
    with contextlib.ExitStack() as stack:
        roots, kind = asked.roots, _Kind()
        if asked.demo:
            from app import demo

            place = stack.enter_context(demo.made(say=print))
            stack.enter_context(place.arriving(wait=demo.ARRIVES_AFTER, seconds=demo.ARRIVING_SECONDS))
            roots, kind = (str(place.root),), _Kind(demo.TITLE, demo.GREETING, place.config_dir, place.root)
        return _run(roots, kind, begun, stack)


def _run(
    roots: Sequence[str],
    kind: _Kind,
    begun: "Callable[[Opening], object]",
    stack: contextlib.ExitStack,
) -> int:
    """`stack` has what is to be left behind in good order, however it ends."""
    gc.disable()  # until all that stays to the end is there
    from app.first_look import FirstLook
    from app.qt_import import import_qt
    from app.settings import places

    look = FirstLook(places(kind.config_dir), roots)
    unread = import_qt()
    from PySide6.QtWidgets import QApplication

    from app.front import Front
    from app.identity import claim
    from app.opening import Opening
    from app.views.style.theme import STYLE

    with _fatal_told():
        qapplication = QApplication([*sys.argv[:1], *STYLE])
    claim(qapplication)
    _quit_when_asked(qapplication)
    front = Front(roots, kind.config_dir, title=kind.title, is_fusion=True, look=look, only=kind.only)
    opening = Opening(front, kind.greeting, unread.read_all)
    opening.painted.connect(lambda: stack.enter_context(_woken_by_signals()))
    opening.whole.connect(lambda: _leave_alone(opening))
    opening.whole.connect(_tidy_up)
    begun(opening)
    return _ended(opening, stack, qapplication.exec())


def _ended(opening: "Opening", stack: contextlib.ExitStack, code: int) -> int:
    """End all that the window has begun; with it the process, where that hangs or fails."""
    try:
        ended = opening.shutdown()
    except Exception as error:  # noqa: BLE001 - whatever a room raises at its end, the process has one
        _end_here(stack, _told(error))  # of half a window nobody knows what it has begun
    if not ended or _hang():
        _end_here(stack, code)  # a thread hangs on a share; Qt would abort, and Python wait for it for ever
    return code


def _end_here(stack: contextlib.ExitStack, code: int) -> NoReturn:
    """End the process as it is, but for what would stay on the disk."""
    try:
        stack.close()
    finally:
        os._exit(code)


def _leave_alone(opening: "Opening") -> None:
    """What the window is made of stays to its end."""
    from app.garbage import CollectsAtRest, spare_what_is_there

    spare_what_is_there()
    gc.enable()
    CollectsAtRest(opening.front.window)


def _tidy_up() -> None:
    from app.demo_folders import remove_left_aside

    remove_left_aside()


@contextlib.contextmanager
def _fatal_told() -> Iterator[None]:
    """Where Qt would abort, because it finds no screen or misses a library, say why and end."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    said: list[str] = []

    def hear(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        said.append(text)
        if kind == QtMsgType.QtFatalMsg:
            _cannot(_why_no_window("\n".join(said)))
            os._exit(PROBLEM)

    qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(None)
    for text in said if getattr(sys, "stderr", None) is not None else ():
        print(text, file=sys.stderr)


def _hang() -> bool:
    """Whether threads that ask a share are still waiting for it."""
    asking = [thread for thread in threading.enumerate() if thread.name.startswith(("scan_", "glance_"))]
    for thread in asking:
        thread.join(1.0)
    return any(thread.is_alive() for thread in asking)


def _quit_when_asked(qapplication: "QApplication") -> None:
    """Close in good order at Ctrl+C or an end of the computer's session.

    Python may then be in the middle of painting a window, which must not be closed there: quitting waits in
    line.
    """
    from PySide6.QtCore import QMetaObject, Qt

    in_line = Qt.ConnectionType.QueuedConnection
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: QMetaObject.invokeMethod(qapplication, "quit", in_line))


@contextlib.contextmanager
def _woken_by_signals() -> Iterator[None]:
    """Python hears of a signal only when it runs, and while Qt waits it does not: a byte on a socket wakes
    it.

    Until the first paint it runs anyway, and sockets take their time to import.
    """
    import socket

    from PySide6.QtCore import QSocketNotifier

    heard, told = socket.socketpair()
    with heard, told:
        told.setblocking(False)
        before = signal.set_wakeup_fd(told.fileno())
        notifier = QSocketNotifier(heard.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: heard.recv(64))
        try:
            yield
        finally:
            notifier.setEnabled(False)
            signal.set_wakeup_fd(before)


if __name__ == "__main__":
    sys.exit(main())
