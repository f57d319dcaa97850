"""The plot: what is drawn where, what the mouse does, and that nothing of the library can be reached."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtGui import Qt as Guess
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsTextItem, QMenu, QToolTip

from app.editing.edits import SetValue
from app.views.trend.plot import Plot
from tests.app.views.trend.conftest import OWN, VALUES, Looked, directory
from tests.samples import PREDICTIVE

HOSTILE = "<table><tr><td><b>x</b></td></tr></table>"


@pytest.fixture
def plot(looked: Looked) -> Plot:
    looked.look()
    plot = looked.draw()
    looked.tell()
    QApplication.processEvents()
    return plot


def dates(plot: Plot) -> dict[int, str]:
    return {place: text.strip("\u2060") for place, text in plot.canvas.dates._tickLevels[0]}


def dots(plot: Plot) -> int:
    """How many sessions are drawn beside this one."""
    return sum(len(one.points()) for one in plot.canvas.dots.values())


def test_that_points_stand_in_their_order_with_gaps(plot: Plot) -> None:
    heights = [None if math.isnan(y) else y for _, y in plot._places]
    assert heights == [*VALUES.values(), 15]
    assert [x for x, _ in plot._places] == list(range(len(VALUES) + 1))
    line = plot.canvas.curve.getData()[1]
    assert [math.isnan(y) for y in line] == [value is None for value in VALUES.values()] + [False]
    assert dots(plot) == 5


def test_that_points_higher_up_have_greater_values_and_dates_stand_below(plot: Plot) -> None:
    assert plot.position(2).y() < plot.position(0).y() < plot.position(3).y()
    assert plot.position(0).x() < plot.position(1).x()
    assert dates(plot)[0] == "14 Nov\n09:52"
    assert dates(plot)[6] == "23 Nov\n14:05"


def test_that_fewer_dates_stand_where_there_is_less_room_and_always_the_one_of_this_session(
    looked: Looked, plot: Plot
) -> None:
    everything = len(dates(plot))
    plot.resize(200, 200)
    looked.qtbot.waitUntil(lambda: 0 < len(dates(plot)) < everything)
    assert 6 in dates(plot)


def test_that_numbers_at_the_side_never_stand_over_each_other(looked: Looked, plot: Plot) -> None:
    line, everything = plot.fontMetrics().lineSpacing(), len(plot.canvas.heights._tickLevels[0])
    plot.resize(400, 80)
    looked.qtbot.waitUntil(lambda: len(plot.canvas.heights._tickLevels[0]) < everything, timeout=3_000)
    assert 0 < len(plot.canvas.heights._tickLevels[0]) * (line - 4) <= max(plot.canvas.box.height(), line)


def test_that_with_large_text_in_a_small_window_the_plot_keeps_its_height_and_the_pane_scrolls(
    looked: Looked, plot: Plot
) -> None:
    looked.window.resize(1024, 700)
    theme, pane = looked.shown.theme, looked.pane
    theme.set_percent(150)
    try:
        looked.qtbot.waitUntil(lambda: pane.drawing.verticalScrollBar().maximum() > 0)
        looked.qtbot.waitUntil(lambda: plot.canvas.box.height() >= theme.px(60))
        looked.qtbot.waitUntil(
            lambda: pane.drawing.splitter.height() == pane.drawing.splitter.minimumHeight()
        )
        pane.copy.setFocus()
        QTest.keyClick(pane.copy, Qt.Key.Key_Tab)
        assert pane.table.hasFocus()
        assert pane.table.visibleRegion().boundingRect().height() >= theme.px(90)
    finally:
        theme.set_percent(100)


def test_that_a_click_on_a_point_goes_to_its_session(looked: Looked, plot: Plot) -> None:
    chosen: list[str] = []
    plot.session_chosen.connect(chosen.append)
    looked.click(plot, plot.position(3))
    looked.click(plot, plot.position(1) + QPoint(0, 60))
    looked.click(plot, plot.position(2), Qt.MouseButton.RightButton)
    assert chosen == [directory("20_11-02")]
    assert looked.window.selected_directory == directory("20_11-02")


def test_that_the_pointer_is_told_session_value_and_status(looked: Looked, plot: Plot) -> None:
    viewport = plot.canvas.viewport()
    looked.point(plot, 3)
    assert QToolTip.text().split("\n") == [
        "764521_2026-11-20_11-02",
        "trial_count: 64",
        "Failed, 2026-11-20 11:02:00",
    ]
    assert len(plot.canvas.halo.points()) == 1
    QTest.mouseMove(viewport, QPoint(2, 2))
    assert len(plot.canvas.halo.points()) == 0


@pytest.mark.parametrize("aside", [QPoint(-15, 0), QPoint(15, 0), QPoint(0, -15), QPoint(0, 15)])
def test_that_a_point_can_be_reached_from_every_side(looked: Looked, plot: Plot, aside: QPoint) -> None:
    chosen: list[str] = []
    plot.session_chosen.connect(chosen.append)
    looked.click(plot, plot.position(3) + aside)
    assert chosen == [directory("20_11-02")]


def test_that_a_frame_has_the_width_of_what_it_says_now(looked: Looked, plot: Plot) -> None:
    own = plot._callouts.own
    own.say("This session: 15", "")
    QApplication.processEvents()
    own.say("This session: 200.125", "")
    QApplication.processEvents()
    assert own._title.text() == "This session: 200.125"


def test_that_the_line_goes_through_the_points_however_large_they_are(looked: Looked) -> None:
    looked.look()
    plot = looked.draw()
    looked.tell({"14_09-52": 2**70, "22_15-12": 10**300 - 1})
    QApplication.processEvents()
    drawn = [y for y in plot.canvas.curve.getData()[1] if not math.isnan(y)]
    labels = plot.canvas.heights._tickLevels[0]
    assert max(*drawn, *(height for height, _ in labels)) < 1e50  # the painter squares what it is given
    assert plot.position(1).y() < plot.position(0).y() - 50
    assert labels[-1][1].endswith("e300")


def test_that_the_current_row_of_the_table_is_marked(looked: Looked, plot: Plot) -> None:
    looked.pane.table.mark(directory("16_16-20"))
    assert [tuple(point.pos()) for point in plot.canvas.halo.points()] == [(1.0, 109.0)]
    looked.pane.table.mark(OWN)
    assert len(plot.canvas.halo.points()) == 0


def test_that_this_session_and_its_edit_are_marked_in_words(looked: Looked, plot: Plot) -> None:
    assert plot._callouts.own._title.accessibleName() == "This session: 15"
    assert plot._callouts.own.isVisible()
    assert not plot._callouts.edit.isVisible()
    assert looked.shown.type_value("150", "trial_count")
    assert plot._callouts.edit._title.accessibleName() == "Your edit: 150"
    assert {tuple(point.pos()) for point in plot.canvas.special.points()} == {(6.0, 15.0), (6.0, 150.0)}
    own, edit = plot._callouts.own, plot._callouts.edit
    assert own.isVisible()
    assert edit.isVisible()
    assert not own.geometry().intersects(edit.geometry())
    assert plot.rect().contains(own.geometry().united(edit.geometry()))


def test_that_neither_wheel_nor_drag_nor_menu_reach_the_library(looked: Looked, plot: Plot) -> None:
    before, viewport = plot.canvas.box.viewRange(), plot.canvas.viewport()
    middle = viewport.rect().center()
    wheel = QWheelEvent(
        QPointF(middle), QPointF(viewport.mapToGlobal(middle)), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, wheel)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(viewport, middle + QPoint(60, 40))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 40))
    looked.click(plot, middle, Qt.MouseButton.RightButton)
    QApplication.sendEvent(
        viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, viewport.mapToGlobal(middle))
    )
    QApplication.processEvents()
    assert plot.canvas.box.viewRange() == before
    assert QApplication.activePopupWidget() is None
    assert plot.findChildren(QMenu) == []
    assert plot.canvas.box.menu is None


def test_that_the_library_gets_no_text_that_it_could_take_for_markup(looked: Looked) -> None:
    looked.shown.drafts.stage(OWN, SetValue(PREDICTIVE, (HOSTILE,), 5))
    looked.look()
    plot = looked.draw()
    looked.choose(HOSTILE)
    looked.tell()
    texts = [item for item in plot.canvas.scene().items() if isinstance(item, QGraphicsTextItem)]
    assert texts
    assert {item.toPlainText().strip() for item in texts} == {""}
    looked.point(plot, 3)
    assert not Guess.mightBeRichText(QToolTip.text())
    QToolTip.hideText()


def test_that_everything_is_drawn_anew_in_the_dark(looked: Looked, plot: Plot) -> None:
    looked.shown.theme.set_choice("dark")
    base = looked.shown.theme.colors["base"]
    assert plot.canvas.backgroundBrush().color() == base
    assert plot.grab().toImage().pixelColor(plot.width() // 3, 4) == base
    assert plot.canvas.heights.textPen().color() == looked.shown.theme.colors["muted"]


def test_that_five_hundred_sessions_are_drawn(looked: Looked, plot: Plot) -> None:
    trend = plot._trend
    assert trend is not None
    many = trend.points[0]
    looked.trends._drawn = None
    plot.show_trend(type(trend)(trend.choice, None, (many,) * 500))
    assert dots(plot) == 500
    assert not plot._callouts.own.isVisible()
    assert 0 < len(dates(plot)) < 20


@pytest.mark.parametrize("typed", [150, 1])
def test_that_the_frame_of_the_higher_point_stands_above(plot: Plot, looked: Looked, typed: int) -> None:
    assert looked.shown.type_value(str(typed), "trial_count")
    own, edit = plot._callouts.own, plot._callouts.edit
    assert own.isVisible()
    assert edit.isVisible()
    assert (edit.y() < own.y()) == (typed > 15)
    assert not edit.geometry().intersects(own.geometry())


def test_that_the_date_of_this_session_is_the_one_that_stands_out(plot: Plot) -> None:
    assert plot.canvas.dates.own == dict(plot.canvas.dates._tickLevels[0])[len(VALUES)]


def test_that_of_sessions_of_one_minute_the_date_of_this_one_alone_stands_out(plot: Plot) -> None:
    trend = plot._trend
    assert trend is not None
    twin = replace(trend.points[-1], own=False, directory=directory("23_14-05_2"))
    plot.show_trend(replace(trend, points=(*trend.points, twin, replace(twin, directory="/z"))))
    labels = dict(plot.canvas.dates._tickLevels[0])
    assert [place for place, text in labels.items() if text == plot.canvas.dates.own] == [len(VALUES)]
    assert dates(plot)[len(VALUES)] == dates(plot)[len(VALUES) + 1] == "23 Nov\n14:05:00"
