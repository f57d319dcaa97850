"""The list of sessions in its pane, and the usual way to build such a list, over the same 100,000 sessions.

One idea: the reference is what one would write first, and what most windows are made of: a table model, a
QSortFilterProxyModel whose `filterAcceptsRow` looks for all words, a QTableView. Both are shown and painted,
where there is no display on the offscreen platform.

Not for measuring (`tests.benchmarks.session_list`).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from app.models.sessions.session_rows import launcher_text
from app.models.sessions.sessions import SessionsModel
from app.session import Delta, Summary, status
from app.views.sessions.session_pane import SessionPane
from app.views.style.theme import Theme
from tests.benchmarks.trees import OUTCOMES, Place, places

SESSIONS = 100_000
BATCH = 100
"""Sessions of a delta while a folder is listed for the first time."""
LAUNCHERS = ("predictive.PredictiveLauncher", "slap2.Slap2Launcher", "camera.CameraLauncher")
SIZE = (756, 900)
Index = QModelIndex | QPersistentModelIndex
_APPLICATIONS: list[QCoreApplication] = []  # one, which lives as long as the process


def application() -> QCoreApplication:
    """The application, made where there is none."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not _APPLICATIONS:
        _APPLICATIONS.append(QApplication.instance() or QApplication([]))
    return _APPLICATIONS[0]


def summary_of(place: Place) -> Summary:
    """What a scan says of a session of the standard tree."""
    began = place.started.isoformat(timespec="seconds")
    written = place.started.isoformat(timespec="microseconds")
    return Summary(
        directory=f"/data/rigs/{place.path}",
        root="/data/rigs",
        name=place.path.rpartition("/")[2],
        subject=place.subject,
        launchers=(LAUNCHERS[place.number % len(LAUNCHERS)],),
        saved_at=written,
        created_at=written,
        outcome=OUTCOMES[place.number % len(OUTCOMES)],
        attributes=12,
        size=3_000 + place.number % 100,
        mtime_ns=1_750_000_000_000_000_000 + place.number,
        etag=hashlib.sha256(str(place.number).encode()).hexdigest(),
        started=began,
    )


def batches(sessions: int, size: int = BATCH) -> Iterator[Delta]:
    """All sessions as they arrive."""
    all_of_them = places(sessions)
    while told := tuple(map(summary_of, islice(all_of_them, size))):
        yield Delta(added=told)


class Ours:
    """The pane with its list, filled. `longest`: seconds that the event loop was held up at the most."""

    def __init__(self, ends: ExitStack, sessions: int) -> None:
        application()
        self.longest = 0.0
        self.model = SessionsModel()
        theme = Theme("light")
        self.pane = SessionPane(self.model, theme)
        self.pane.setStyleSheet(theme.stylesheet())
        show(self.pane, ends)
        for delta in batches(sessions):
            self.do(lambda told=delta: self.model.apply(told))  # type: ignore[misc]  # bound at once
        self.wait(lambda: self.model.count("all") == sessions)

    def do(self, work: Callable[[], object]) -> None:
        """Do something as a signal handler does it, and paint what came of it."""
        began = time.perf_counter()
        work()
        self.longest = max(self.longest, time.perf_counter() - began)
        self.paint()

    def paint(self) -> None:
        """One turn of the event loop."""
        began = time.perf_counter()
        QCoreApplication.processEvents()
        self.longest = max(self.longest, time.perf_counter() - began)

    def wait(self, done: Callable[[], bool]) -> None:
        """Turn the event loop until something is done."""
        while not done():
            self.paint()

    def settle(self) -> None:
        """Wait until the list shows all that was chosen and told."""
        self.wait(lambda: not self.model.busy)

    def type(self, text: str) -> None:
        """The filter as it is after a key, painted."""
        self.do(lambda: self.pane.filter.setText(text))
        self.wait(lambda: not self.model.searching)

    def sort(self, column: int, order: Qt.SortOrder) -> None:
        """Sort as the reference does: all of it now, and nothing is painted."""
        self.model.sort(column, order)
        self.model._shaping.finish()


def filled(sessions: int) -> SessionsModel:
    """A list without a window, told of all sessions."""
    application()
    model = SessionsModel()
    for delta in batches(sessions, 1_000):
        model.apply(delta)
        while model.busy:
            QCoreApplication.processEvents()
    return model


class Plain(QAbstractTableModel):
    """The rows of the reference: texts by row and column, ready to be shown."""

    def __init__(self, rows: Sequence[tuple[str, ...]]) -> None:
        super().__init__()
        self.rows = rows
        self.texts = [" ".join(row).casefold() for row in rows]

    def rowCount(self, parent: Index | None = None) -> int:
        """All sessions."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """As many as ours has."""
        return 0 if parent is not None and parent.isValid() else 5

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell."""
        return self.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


class Proxy(QSortFilterProxyModel):
    """Lets rows through in which all words stand."""

    def __init__(self, source: Plain) -> None:
        super().__init__()
        self._texts = source.texts
        self._words: list[str] = []
        self.setSourceModel(source)

    def set_text(self, text: str) -> None:
        """Filter by another text."""
        self._words = text.casefold().split()
        self.invalidate()

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:
        """As it is usually written."""
        return all(word in self._texts[row] for word in self._words)


class Usual:
    """The reference in a view."""

    def __init__(self, ends: ExitStack, sessions: int) -> None:
        application()
        self._source = Plain([_texts_of(summary_of(place)) for place in places(sessions)])
        self.proxy = Proxy(self._source)
        self.view = QTableView()
        self.view.setModel(self.proxy)
        self.view.verticalHeader().hide()
        show(self.view, ends)

    def type(self, text: str) -> None:
        """The filter as it is after a key, painted."""
        self.proxy.set_text(text)
        QCoreApplication.processEvents()


def _texts_of(summary: Summary) -> tuple[str, ...]:
    return (
        summary.name,
        summary.subject,
        launcher_text(summary),
        summary.saved_at or "",
        status(summary).word,
    )


def show(widget: QWidget, ends: ExitStack) -> None:
    """Show a widget until the end of the measurement."""
    widget.resize(*SIZE)
    widget.show()
    QCoreApplication.processEvents()

    def end() -> None:
        widget.close()
        widget.deleteLater()
        QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)

    ends.callback(end)
