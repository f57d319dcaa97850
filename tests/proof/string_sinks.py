"""The child of the suite of strings: puts hostile texts into every place of the real window, and looks at it.

One idea: a place of the window is built with a text in it, painted whole, and asked for everything that it
would show or say: labels, buttons, actions, tips, cells. Each try is one line before it and one after it, so
that the parent knows in which the child hung or died. Run as
`python -m tests.proof.string_sinks DIRECTORY TRIES FIRST`.

Not for: what the texts are (`tests.proof.payloads`), the list of places (`tests.app.views.every_place`).
"""

from __future__ import annotations

import gc
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as Guess
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QTextEdit,
    QToolTip,
    QWidget,
)

from app.session import Delta, Problem, Running
from app.views.style.theme import Theme
from app.watch_exchange import WatchedFolder, WatchStatus
from tests.app.views import every_place
from tests.proof.payloads import payloads
from tests.sample_window import Shown
from tests.samples import ROOT, document, snapshot, summary

TRAP = "trap"
SIZE = (1200, 760)
PALETTES = ("light", "dark")
COLLECTED_EVERY, LARGE = 25, 1_000_000  # tries, characters: windows that are done with go then
ROWS, TIPS = 40, 12  # that are looked at in each list, and that are really shown in each place
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
Place = Callable[[Shown], None]


def listed(shown: Shown) -> None:
    """The list, the header, the status bar and the menus, of folders and sessions with such names."""
    text = every_place.HOSTILE
    row = summary(directory=f"{ROOT}/{text}x", name=text, subject=text, launchers=(text, f"{text}.A"))
    others = (
        row._replace(directory=f"{ROOT}/{text}1", problem=Problem("damaged", text), edited_by=text),
        row._replace(directory=f"{ROOT}/{text}2", running=Running(text, 7, text, text, finishing=False)),
        row._replace(directory=f"{ROOT}/{text}3", saved_at=text, created_at=text, unsaved=(text,)),
    )
    shown.snapshots[row.directory] = snapshot(document({text: text}), text, directory=row.directory)
    shown.sessions.apply(Delta(added=(row, *others)))
    folders = (WatchedFolder(text), WatchedFolder(f"{text}/b", available=False, note=text, how=text))
    shown.window.show_watch_status(WatchStatus(folders, text, problem=text, busy=text))
    shown.window.show_operator(text, (text,))
    shown.window.sessions.view.select(row.directory)


def typed(shown: Shown) -> None:
    """The fields that filter, with such a text typed into them."""
    for field in (shown.window.sessions.filter, shown.window.detail.state.filter):
        field.setText(every_place.HOSTILE)


PLACES: tuple[Place, ...] = (*every_place.PLACES, listed, typed)


def main(arguments: Sequence[str]) -> int:
    """Try the texts in the places, from one of the tries on, telling of each."""
    directory, tries, first = Path(arguments[0]), int(arguments[1]), int(arguments[2])
    troubles: list[str] = []
    sys.excepthook = lambda kind, error, _: troubles.append(f"{kind.__name__}: {str(error)[:200]}")
    qInstallMessageHandler(lambda kind, _, text: _note(kind, text, troubles))
    application = QApplication(sys.argv[:1])
    theme = Theme("light")
    theme.apply(application)
    for number, (name, text, place) in enumerate(pairs(directory / TRAP, tries)):
        if number >= first:
            _tell("try", number, f"{name}, in {place.__name__}")
            began = time.monotonic()
            theme.set_choice(PALETTES[number % 2])
            found = [*_outcome(application, theme, text, place), *troubles]
            if number % COLLECTED_EVERY == 0 or len(text) > LARGE:
                gc.collect()
            troubles.clear()
            _tell("done", round(time.monotonic() - began, 3), found)
    return 0


def pairs(trap: Path, tries: int) -> Iterator[tuple[str, str, Place]]:
    """So many of all (name of a text, text, place), always the same mixture, or all that there are."""
    every = [(name, text, place) for name, text in payloads(trap).items() for place in PLACES]
    random.Random(1).shuffle(every)
    return iter(every[:tries])


def _outcome(application: QApplication, theme: Theme, text: str, place: Place) -> list[str]:
    """What is wrong there; an exception is, too."""
    try:
        return tried(application, theme, text, place)
    except Exception as error:  # noqa: BLE001 - whatever a text leads to
        return [f"{type(error).__name__}: {str(error)[:200]}"]


def tried(application: QApplication, theme: Theme, text: str, place: Place) -> list[str]:
    """One text in one place; what is wrong there."""
    every_place.HOSTILE = text
    shown = Shown(theme)
    window = shown.window
    window.resize(*SIZE)
    window.show()
    shown.open(shown.names[0])
    place(shown)
    application.processEvents()
    window.grab()
    found = sorted(set(wrong(window)))
    show_tips(window)
    window.close_sheet()
    window.close()
    window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    application.processEvents()
    return found


def wrong(window: QWidget) -> Iterator[str]:
    """What could show a text otherwise than it is written."""
    for label in window.findChildren(QLabel):
        if label.textFormat() != Qt.TextFormat.PlainText:
            yield f"a label guesses: {label.text()[:60]!r}"
    for field in window.findChildren(QTextEdit):
        yield f"a field of rich text: {field.objectName()}"
    for text in said(window):
        if Guess.mightBeRichText(text):
            yield f"a tip would be guessed to be markup: {text[:60]!r}"
    pressed = [button.text() for button in window.findChildren(QAbstractButton)]
    for text in [*pressed, *(action.text() for action in window.findChildren(QAction))]:
        if "& a & b" in text:
            yield f"an ampersand would be taken for a letter: {text[:60]!r}"


def said(window: QWidget) -> Iterator[str]:
    """Everything that may be shown as a tip; and cells, which must be texts that can be read at all."""
    for widget in window.findChildren(QWidget):
        yield from (widget.toolTip(), widget.statusTip(), widget.whatsThis())
    for action in window.findChildren(QAction):
        yield from (action.toolTip(), action.statusTip(), action.whatsThis())
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        for row in range(min(model.rowCount(), ROWS)):
            for column in range(1 if isinstance(view, QListView) else model.columnCount()):
                told = [model.index(row, column).data(role) for role in ROLES]
                yield str(told[1] or "")


def show_tips(window: QWidget) -> None:
    """Show some of them as Qt shows them."""
    tips = sorted({tip for tip in said(window) if tip}, key=len, reverse=True)[:TIPS]
    for tip in tips:
        QToolTip.showText(window.mapToGlobal(QPoint(20, 20)), tip, window)
        for shown in QApplication.topLevelWidgets():
            if isinstance(shown, QLabel) and shown.isVisible():
                shown.grab()
    QToolTip.hideText()
    for field in window.findChildren(QLineEdit)[:3]:
        QTest.mouseMove(field)


def _note(kind: QtMsgType, text: str, troubles: list[str]) -> None:
    if kind != QtMsgType.QtDebugMsg and not text.startswith("This plugin does not support"):
        troubles.append(f"Qt says: {text[:200]}")


def _tell(*said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
