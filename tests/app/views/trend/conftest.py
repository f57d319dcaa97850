"""The Trend tab of the sample window, looked at, with sessions of the same subject to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import cycle

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolTip
from pytestqt.qtbot import QtBot

from app.session import Delta, RootStatus
from app.value_errands import Trace, Traced
from app.values.cells import Cell
from app.views.trend.plot import Plot
from tests.sample_window import Shown
from tests.samples import ROOT, summary

OWN = f"{ROOT}/764521_2026-11-23_14-05"
OTHER = "/elsewhere"
"""A second watched folder, without sessions of the kind."""
Row = tuple[str, Cell | None]
VALUES: Mapping[str, int | None] = {
    "14_09-52": 104, "16_16-20": 109, "17_10-44": 124, "20_11-02": 64, "21_15-00": None, "22_15-12": 142,
}  # fmt: skip


def directory(day: str) -> str:
    """The session of that day and time."""
    return f"{ROOT}/764521_2026-11-{day}"


class Looked:
    """The tab as somebody looks at it. `asked` are the errands, those for hints among them."""

    def __init__(self, shown: Shown, qtbot: QtBot) -> None:
        self.shown, self.qtbot = shown, qtbot
        self.window = shown.window
        self.trends = shown.window.trends
        self.pane = shown.window.trends.pane
        self.asked: list[Trace] = []
        self.wanted: list[str] = []
        self.trends.trace_wanted.connect(self.asked.append)
        self.trends.plot_wanted.connect(lambda: self.wanted.append("plot"))
        self.watch(ROOT, OTHER)
        days = [summary(f"764521_2026-11-{day}", outcome=_outcome(day)) for day in VALUES]
        shown.sessions.apply(Delta(added=tuple(days)))
        shown.snapshots |= {
            one.directory: replace(shown.snapshots[OWN], directory=one.directory) for one in days
        }

    def look(self) -> None:
        """Go to the tab."""
        self.window.actions_["actionTrend"].trigger()

    def watch(self, *roots: str) -> None:
        """These folders are watched."""
        self.trends.take_roots([RootStatus(root) for root in roots])
        self.wait()

    def tell(self, values: Mapping[str, int | None] = VALUES, *, errand: Trace | None = None) -> None:
        """Answer the last question, as two folders do, one of which has none, and wait until it is shown."""
        errand = errand or self.asked[-1]
        cells = [(directory(day), _cell(value)) for day, value in values.items()]
        self.answer(OTHER, errand)
        self.answer(ROOT, errand, cells[:1], len(cells) + 1, ended=False)
        self.answer(ROOT, errand, cells[1:], len(cells) + 1)

    def answer(
        self, root: str, errand: Trace, rows: Sequence[Row] = (), alike: int = 0, *, ended: bool = True
    ) -> None:
        """One answer of one folder, and wait until it is shown."""
        self.trends.take(Traced(root, errand, tuple(rows), alike, all=ended))
        self.wait()

    def wait(self) -> None:
        """Until what was told is shown."""
        self.qtbot.waitUntil(lambda: not self.trends._later.isActive())

    def draw(self) -> Plot:
        """The library is there."""
        self.trends.show_plot()
        plot = self.pane.findChild(Plot)
        assert plot is not None
        return plot

    def point(self, plot: Plot, place: int) -> None:
        """Move the pointer to a point until it is told what that is: what is laid out late moves below it."""
        viewport, aside = plot.canvas.viewport(), cycle((0, 1))

        def told() -> bool:
            at = plot.position(place) + QPoint(next(aside), 0)
            QTest.mouseMove(viewport, viewport.mapFrom(plot, at))
            return QToolTip.isVisible()

        self.qtbot.waitUntil(told)

    def says(self, words: str) -> bool:
        """Whether a label that can be seen holds these words."""
        labels = self.pane.findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())

    def rows(self) -> list[str]:
        """The values in the table, newest first."""
        model = self.pane.model
        return [str(model.index(row, 1).data()) for row in range(model.rowCount())]

    def choose(self, name: str) -> None:
        """Choose a number by its name, by keys."""
        combo = self.pane.attribute
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_Home)
        for _ in range(combo.findText(name)):
            QTest.keyClick(combo, Qt.Key.Key_Down)
        combo.activated.emit(combo.currentIndex())

    def click(self, plot: Plot, at: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Press the mouse at a place of the plot."""
        viewport = plot.canvas.viewport()
        QTest.mouseClick(viewport, button, pos=viewport.mapFrom(plot, at))


def _cell(value: int | None) -> Cell | None:
    return None if value is None else Cell(str(value), value)


def _outcome(day: str) -> str:
    return "failed" if VALUES[day] == 64 else "completed"


@pytest.fixture
def looked(shown: Shown, qtbot: QtBot) -> Looked:
    """The tab, not looked at yet."""
    return Looked(shown, qtbot)
