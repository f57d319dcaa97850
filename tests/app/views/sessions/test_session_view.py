"""The list: keys and mouse, folding, filtering, widths."""

from __future__ import annotations

from math import dist
from typing import get_args

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import CHIPS, Column, Heading, SessionRow
from app.session import Delta, Mark, Problem, Running, StatusKind
from app.views.parts.fields import FieldHint
from app.views.sessions.session_painter import (
    PADDING,
    STATUS_TEXT,
    SessionPainter,
    fitted_heading,
    fitted_name,
)
from app.views.style.painting import text_width
from app.views.style.palette import HUES
from app.views.style.theme import Theme
from persistence.query import parse
from tests.app.views.sessions.listed import Listed
from tests.samples import ROOT, summary

Key = Qt.Key


def test_that_a_chip_has_room_for_its_words_when_they_are_bold(listed: Listed, theme: Theme) -> None:
    (chosen,) = (button for button in listed.pane.findChildren(QPushButton) if button.isChecked())
    assert chosen.text().endswith("90")
    assert chosen.width() >= text_width(chosen.text(), theme.font("strong")) + 2 * 12


def current(listed: Listed) -> str:
    index = listed.view.currentIndex()
    return str(index.siblingAtColumn(0).data()) if index.isValid() else ""


def test_that_a_click_on_a_heading_folds_it_and_keeps_the_selection(qtbot: QtBot, listed: Listed) -> None:
    listed.click(listed.names[3], qtbot)
    for folded in (True, False):
        listed.view.scrollToTop()
        point = listed.view.visualRect(listed.model.index(0, 0)).center()
        qtbot.mouseClick(listed.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
        heading = listed.model.line(0)
        assert isinstance(heading, Heading)
        assert heading.collapsed is folded
        assert listed.heights_are_right()
    assert listed.selected == [f"{ROOT}/{listed.names[3]}"]
    assert listed.view.selectionModel().isSelected(listed.model.index_of(f"{ROOT}/{listed.names[3]}"))


def test_that_the_rows_that_the_keyboard_leaves_and_comes_to_are_painted_and_no_others(
    qtbot: QtBot, listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = sorted(listed.names, reverse=True)
    listed.view.select(f"{ROOT}/{newest[1]}")
    listed.view.setFocus()
    QApplication.processEvents()
    painted: list[QRect] = []
    monkeypatch.setattr(SessionPainter, "paint", lambda *given: painted.append(given[2]))
    qtbot.keyClick(listed.view, Key.Key_Down)
    qtbot.waitUntil(lambda: bool(painted))
    rows = [listed.view.visualRect(listed.model.index_of(f"{ROOT}/{name}")) for name in newest[1:3]]
    seen = QRect()
    for area in painted:
        seen = seen.united(area)
    assert all(seen.contains(row) for row in rows)
    assert seen.width() == listed.view.viewport().width()
    assert seen.height() == sum(row.height() for row in rows)


def test_that_the_arrow_keys_pass_over_open_headings(qtbot: QtBot, listed: Listed) -> None:
    newest = sorted(listed.names, reverse=True)
    listed.view.select(f"{ROOT}/{newest[29]}")
    qtbot.keyClick(listed.view, Key.Key_Down)
    assert current(listed) == newest[30]
    qtbot.keyClick(listed.view, Key.Key_Up)
    assert current(listed) == newest[29]
    qtbot.keyClick(listed.view, Key.Key_Home)
    assert current(listed) == newest[0]
    qtbot.keyClick(listed.view, Key.Key_Up)
    assert current(listed) == newest[0]
    qtbot.keyClick(listed.view, Key.Key_End)
    assert current(listed) == newest[-1]


def test_that_groups_fold_and_open_by_keys_as_in_a_tree(qtbot: QtBot, listed: Listed) -> None:
    newest = sorted(listed.names, reverse=True)
    listed.view.select(f"{ROOT}/{newest[30]}")
    qtbot.keyClick(listed.view, Key.Key_Left)
    assert current(listed) == "Yesterday (30)"
    qtbot.keyClick(listed.view, Key.Key_Left)
    assert listed.model.rowCount() == 3 + 60
    qtbot.keyClick(listed.view, Key.Key_Down)
    assert current(listed) == newest[60]
    qtbot.keyClick(listed.view, Key.Key_Up)
    assert current(listed) == "Yesterday (30)"
    for key in (Key.Key_Right, Key.Key_Return, Key.Key_Space):
        qtbot.keyClick(listed.view, key)
    assert listed.model.rowCount() == 3 + 90
    qtbot.keyClick(listed.view, Key.Key_Down)
    assert current(listed) == newest[30]


def test_that_chips_say_their_counts_and_filter(qtbot: QtBot, listed: Listed) -> None:
    listed.model.apply(Delta(changed=(summary(listed.names[0], outcome="failed"),)))
    chips = {button.accessibleName(): button for button in listed.pane.chips.buttons.values()}
    assert list(chips) == [
        "All, 90 sessions", "Completed, 89 sessions", "Running, 0 sessions", "Problems, 1 sessions",
        "Other, 0 sessions",
    ]  # fmt: skip
    qtbot.mouseClick(chips["Problems, 1 sessions"], Qt.MouseButton.LeftButton)
    assert listed.model.rowCount() == 2
    assert listed.heights_are_right()


def test_that_an_empty_list_says_why(listed: Listed) -> None:
    listed.pane.filter.setText("nothing has this")
    assert listed.pane.nothing.text.startswith("No session matches the filter.")
    assert listed.pane.nothing.text.endswith("the list shows. To look in folders, type folder:this")
    listed.pane.filter.setText("nothing has this, too")
    assert listed.pane.nothing.text.endswith("To look in folders, type folder:too")
    listed.pane.filter.clear()
    assert listed.pane.nothing.text == ""
    assert not listed.pane.nothing.isVisible()


def test_that_what_empties_the_list_is_taken_back_in_its_place(qtbot: QtBot, listed: Listed) -> None:
    button = listed.pane.nothing.button
    listed.pane.filter.setText("nothing has this")
    assert (button.isVisible(), button.text()) == (True, "Clear the filter")
    button.click()
    assert listed.pane.filter.text() == ""
    assert listed.model.rowCount() > 90
    assert listed.view.hasFocus()
    listed.pane.set_chip("running")
    assert listed.pane.nothing.text == "No session stands so now. Under All 90 sessions are listed."
    listed.pane.filter.setText("nothing has this")
    assert (button.isVisible(), button.text()) == (True, "Show all sessions")
    button.click()
    assert (listed.pane.filter.text(), listed.pane.chip) == ("", "all")
    assert not button.isVisible()


@pytest.mark.parametrize("typed", ["rig1", '"two words"', '"a ""b"', "not:7 rig1"])
def test_that_the_hint_at_folders_is_a_query_that_can_be_typed(listed: Listed, typed: str) -> None:
    listed.pane.filter.setText(typed)
    hint = listed.pane.nothing.text.partition("folders, type ")[2]
    (asked,) = parse(hint).field_conditions
    assert (asked.name, asked.value) == ("folder", parse(typed).words[0])


def test_that_a_click_on_a_column_sorts_and_a_third_click_ends_it(qtbot: QtBot, listed: Listed) -> None:
    header = listed.view.horizontalHeader()
    listed.model.set_grouping("none")
    tops = []
    for _ in range(3):
        point = QPoint(header.sectionViewportPosition(0) + 20, 10)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=point)
        tops.append(listed.model.index(0, 0).data())
    assert tops == [min(listed.names), max(listed.names), max(listed.names)]
    assert header.sortIndicatorSection() == -1


@pytest.mark.parametrize("width", [420, 504, 560, 756, 900])
def test_that_no_name_and_no_status_is_ever_cut(qtbot: QtBot, listed: Listed, width: int) -> None:
    long = "764521_2026-11-23_22-11-47_2"
    newer = summary(long, problem=Problem("newer", "It was saved in format 2.0.0."))
    listed.model.apply(Delta(added=(newer,)))
    listed.view.set_compact(width < 600)
    listed.pane.resize(width, 500)
    QApplication.processEvents()
    metrics = listed.view.fontMetrics()
    assert listed.view.columnWidth(0) >= metrics.horizontalAdvance(long) + 26
    shown = sum(listed.view.columnWidth(c) for c in range(4) if not listed.view.isColumnHidden(c))
    words = "Needs newer Rigstate" if width > 600 else "Needs newer"  # which the tool tip has whole
    assert width < 450 or listed.view.viewport().width() - shown >= metrics.horizontalAdvance(words) + 30


@pytest.mark.parametrize(
    "name",
    ["mouse0001_2025-06-01_000001", "mouse0001_visual-behaviour_2025-06-01_000001", "W" * 20 + "_2025-06-01"],
)
def test_that_a_long_name_is_there_whole_in_little_room(listed: Listed, name: str) -> None:
    """The name is read first: when it was saved, and the words of a status, give way to it."""
    listed.model.apply(Delta(added=(summary(name),)))
    listed.view.set_compact(True)
    listed.pane.resize(516, 500)
    QApplication.processEvents()
    assert listed.view.columnWidth(0) >= listed.view.fontMetrics().horizontalAdvance(name) + 26 + 4
    assert (
        listed.view.columnWidth(Column.STATUS)
        >= listed.view.fontMetrics().horizontalAdvance("Completed") + 30
    )
    assert listed.view.horizontalScrollBar().maximum() == 0


def test_that_of_a_name_with_its_folder_the_folder_is_cut(listed: Listed) -> None:
    """Two sessions of one name: the end of the folder tells them apart, and the name stays whole."""
    name = "764521_2026-11-23_22-11-47"
    roots = ("/data/rig-with-a-very-long-name/left", "/data/rig-with-a-very-long-name/right")
    twins = [summary(name)._replace(directory=f"{root}/{name}", root=root) for root in roots]
    listed.model.apply(Delta(added=tuple(twins)))
    row = listed.model.line(listed.model.index_of(twins[0].directory).row())
    assert isinstance(row, SessionRow)
    metrics = listed.view.fontMetrics()
    long = row._replace(beside="rig-with-a-very-long-name/left")
    fitted = fitted_name(long, metrics, metrics.horizontalAdvance(f"{name} · …name/left") + 3)
    assert fitted.startswith(f"{name} · …")
    assert fitted.endswith("/left")
    assert fitted_name(long, metrics, metrics.horizontalAdvance(name) + 8) == name
    assert "…" in fitted_name(long, metrics, metrics.horizontalAdvance(name) - 8)


def test_that_a_status_without_room_for_its_words_has_fewer_and_not_its_sign_alone(listed: Listed) -> None:
    newer = summary("764521_2026-11-23_22-11-47_2", problem=Problem("newer", "It was saved in format 2.0.0."))
    listed.model.apply(Delta(added=(newer,)))
    listed.view.set_compact(True)
    listed.pane.resize(900, 500)
    assert listed.view.select(newer.directory)
    index = listed.model.index_of(newer.directory).siblingAtColumn(Column.STATUS)
    listed.view.horizontalHeader().setStretchLastSection(False)
    listed.view.setColumnWidth(Column.STATUS, 140)
    metrics = listed.view.fontMetrics()
    assert metrics.horizontalAdvance("Needs newer Rigstate") > 140 - 30
    QApplication.processEvents()
    drawn = listed.view.viewport().grab(listed.view.visualRect(index)).toImage()
    ground, rows = drawn.pixel(1, 4), range(4, drawn.height() - 4)
    inked = [x for x in range(31, drawn.width() - 2) if any(drawn.pixel(x, y) != ground for y in rows)]
    assert abs(max(inked) - 30 - metrics.horizontalAdvance("Needs newer")) <= 3


def test_that_marks_have_their_room_beside_the_status_before_other_columns_get_wider(listed: Listed) -> None:
    """One marked as edited and as resumed, as the list stands beside a session in a window of 1440."""
    listed.pane.resize(700, 500)
    QApplication.processEvents()
    launcher = listed.view.columnWidth(Column.LAUNCHER)
    source = summary("764521_2026-11-23_18-54-51", edited_by="ann", edited_at="2026-11-23T19:00:00")
    listed.model.apply(Delta(added=(source,)))
    listed.model.apply(Delta(added=(summary("764521_2026-11-23_19-04-04", resumed_from=source.directory),)))
    listed.model.set_unsaved(source.directory, 1)
    word = listed.view.fontMetrics().horizontalAdvance("Completed")
    assert listed.view.columnWidth(Column.STATUS) >= 8 + 22 + word + 8 + 3 * 22 - 6
    assert 0 < listed.view.columnWidth(Column.LAUNCHER) < launcher


@pytest.mark.parametrize("width", [560, 640, 700])
def test_that_no_column_comes_or_goes_with_a_filter(listed: Listed, width: int) -> None:
    """Also where the one row that is left has the least to say, and where another one changes meanwhile."""
    own = (Column.SESSION, Column.SUBJECT, Column.LAUNCHER, Column.SAVED)  # the last has what is left
    edited = summary(listed.names[0], edited_by="ann", edited_at="2026-11-23T19:00:00")
    listed.model.apply(Delta(added=(summary("7_2026-11-23_11-00", resumed_from=edited.directory),)))
    listed.pane.resize(width, 500)
    QApplication.processEvents()
    before = [listed.view.columnWidth(column) for column in own]
    listed.pane.filter.setText(listed.names[3])
    assert listed.model.rowCount() == 2
    assert [listed.view.columnWidth(column) for column in own] == before
    listed.model.apply(Delta(changed=(edited._replace(subject="mouse_0001_of_the_cohort"),)))
    before = [listed.view.columnWidth(column) for column in own]
    listed.pane.filter.clear()
    QApplication.processEvents()
    assert [listed.view.columnWidth(column) for column in own] == before


def test_that_the_launcher_goes_before_a_mark_does(listed: Listed) -> None:
    """The pencil of unsaved edits gave way, and the launcher stayed."""
    source = summary("764521_2026-11-23_18-54-51", edited_by="ann", edited_at="2026-11-23T19:00:00")
    heir = summary("764521_2026-11-23_19-04-04", resumed_from=source.directory)
    listed.model.apply(Delta(added=(source, heir)))
    listed.model.set_unsaved(source.directory, 1)
    word, seen = listed.view.fontMetrics().horizontalAdvance("Completed"), set[bool]()
    for width in range(460, 760, 12):
        listed.pane.resize(width, 500)
        hidden = listed.view.isColumnHidden(Column.LAUNCHER)
        seen.add(hidden)
        assert hidden or listed.view.columnWidth(Column.STATUS) >= 8 + 22 + word + 8 + 3 * 22 - 6
    assert seen == {True, False}


def test_that_of_marks_that_do_not_fit_the_first_stays_before_the_dots(listed: Listed) -> None:
    """A bare "…" stood there, and nobody saw that something was not saved."""
    marks = (Mark("unsaved", "1 unsaved"), Mark("edited_by", "Edited by ann"), Mark("live", "running"))
    listed.view.set_compact(True)

    def drawn(width: int, *shown: Mark) -> QImage:
        image = QImage(width, 24, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            listed.view._painter._paint_marks(painter, image.rect(), shown)
        return image

    for width, count in ((17, 1), (38, 1), (58, 2)):
        some, all_ = drawn(width, *marks[:count]), drawn(width, *marks)
        assert all_.copy(0, 0, count * 22 - 5, 24) == some.copy(0, 0, count * 22 - 5, 24)
        assert (all_ == some) is (width < 30)  # behind it, where there is room


def test_that_a_list_without_any_room_has_its_columns_fitted_all_the_same(listed: Listed) -> None:
    listed.model.set_unsaved(f"{ROOT}/{listed.names[0]}", 1)
    listed.pane.setMinimumWidth(1)
    for width in range(200, 20, -20):
        listed.view.resize(width, 300)
        listed.view.columns.fit()
    assert not listed.view.isColumnHidden(Column.STATUS)


def test_that_one_very_long_name_takes_no_column_its_room(listed: Listed) -> None:
    """It was cut all the same, and the subject went."""
    listed.pane.resize(700, 500)
    before = [listed.view.columnWidth(column) for column in range(5)]
    long = f"mouse_{'very-' * 16}long_name_2026-11-23_14-05"
    listed.model.apply(Delta(added=(summary(long, subject="7", started="2026-11-23T14:05:00"),)))
    assert [listed.view.columnWidth(column) for column in range(5)] == before
    many = tuple(summary(f"{number}-{long}", subject="7") for number in range(40))
    listed.model.apply(Delta(added=many))
    assert listed.view.columnWidth(0) > before[0]


def test_that_the_number_of_a_group_with_a_long_title_is_seen(listed: Listed) -> None:
    metrics = listed.view.fontMetrics()
    heading = Heading("subject:x", "mouse " * 40, 1234, False)
    fitted = fitted_heading(heading, metrics, 300)
    assert fitted.endswith(" (1,234)")
    assert "…" in fitted
    assert metrics.horizontalAdvance(fitted) <= 300
    short = Heading("subject:x", "mouse", 3, False)
    assert fitted_heading(short, metrics, 300) == "mouse (3)"


def test_that_a_long_name_leaves_the_marks_of_all_rows_their_room(listed: Listed) -> None:
    """One such name, as the list stands beside a session in a window of 1024: the signs stand alone."""
    long = summary("mouse-äöü-with-a-very-long-name-indeed-764521_2026-11-23_14-05-00")
    source = summary("764521_2026-11-23_18-54-51", edited_by="ann", edited_at="2026-11-23T19:00:00")
    heir = summary("764521_2026-11-23_19-04-04", resumed_from=source.directory)
    listed.model.apply(Delta(added=(long, source, heir)))
    listed.model.set_unsaved(source.directory, 1)
    listed.view.set_compact(True)
    listed.pane.resize(516, 500)
    QApplication.processEvents()
    word = listed.view.fontMetrics().horizontalAdvance("Completed")
    assert listed.view.columnWidth(Column.STATUS) >= 8 + 22 + word + 8 + 3 * 22 - 6
    assert listed.view.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    ("outcome", "hue"), [("completed", "green"), ("failed", "vermilion"), ("interrupted", "amber")]
)
def test_that_a_status_is_painted_as_glyph_and_word_in_its_colour(
    listed: Listed, theme: Theme, outcome: str, hue: str
) -> None:
    ended = summary("764521_2026-11-23_18-54-51", outcome=outcome)
    listed.model.apply(Delta(added=(ended,)))
    index = listed.model.index_of(ended.directory).siblingAtColumn(Column.STATUS)
    listed.view.scrollTo(index)
    QApplication.processEvents()
    cell = listed.view.viewport().grab(listed.view.visualRect(index)).toImage()
    word = PADDING + STATUS_TEXT
    assert nearest_ink(cell, range(PADDING, word), theme) == hue
    assert nearest_ink(cell, range(word, cell.width()), theme) == hue


def nearest_ink(picture: QImage, columns: range, theme: Theme) -> str:
    """The hue that is met there most exactly, or "text"; empty where there is nothing like any."""
    inks = {"text": theme.colors["text"], **{hue: theme.colors.hue(hue).text for hue in HUES}}
    pixels = {picture.pixel(x, y) for x in columns for y in range(picture.height())}

    def distance(name: str) -> float:
        return min(dist(_parts(inks[name]), _parts(QColor(one))) for one in pixels)

    found = min(inks, key=distance)
    return found if distance(found) < 20 else ""


def _parts(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def test_that_of_a_name_without_room_beginning_and_end_are_seen(listed: Listed) -> None:
    name = "mouse0001_visual-behaviour_2025-06-01_000001"
    listed.model.apply(Delta(added=(summary(name),)))
    line = listed.model.line(listed.model.index_of(f"{ROOT}/{name}").row())
    assert isinstance(line, SessionRow)
    metrics = listed.view.fontMetrics()
    begin, _, end = fitted_name(line, metrics, metrics.horizontalAdvance(name) // 2).partition("…")
    assert len(begin) > 4
    assert len(end) > 4
    assert name.startswith(begin)
    assert name.endswith(end)


@pytest.mark.parametrize("width", [*range(112, 180, 3), *range(180, 400, 11)])
def test_that_no_mark_is_cut_where_there_is_no_room_for_it(listed: Listed, width: int) -> None:
    source = summary("764521_2026-11-23_18-54-51", edited_by="ann", edited_at="2026-11-23T19:00:00")
    heir = summary("764521_2026-11-23_19-04-04", resumed_from=source.directory)
    listed.model.apply(Delta(added=(source, heir)))
    listed.model.set_unsaved(source.directory, 1)
    listed.view.set_compact(width < 180)
    listed.pane.resize(900, 500)
    listed.view.horizontalHeader().setStretchLastSection(False)
    listed.view.setColumnWidth(Column.STATUS, width)
    index = listed.model.index_of(source.directory).siblingAtColumn(Column.STATUS)
    listed.view.scrollTo(index)
    QApplication.processEvents()
    drawn = listed.view.viewport().grab(listed.view.visualRect(index)).toImage()
    ground, edge = drawn.pixel(1, 4), drawn.width() - 1
    assert all(drawn.pixel(edge - back, y) == ground for back in (0, 1) for y in range(4, drawn.height() - 4))


def test_that_a_column_that_was_pulled_keeps_its_width(listed: Listed) -> None:
    listed.view.horizontalHeader().resizeSection(1, 111)
    listed.pane.resize(800, 500)
    listed.model.set_filter("7_")
    assert listed.view.columnWidth(1) == 111


def test_that_down_in_the_filter_goes_to_the_first_session_found(qtbot: QtBot, listed: Listed) -> None:
    listed.pane.filter.setFocus()
    qtbot.keyClicks(listed.pane.filter, "2026-11-22")
    qtbot.keyClick(listed.pane.filter, Key.Key_Down)
    assert listed.view.hasFocus()
    assert listed.selected == [f"{ROOT}/7_2026-11-22_10-29"]


def test_that_tab_goes_from_the_filter_down_to_the_list_and_selects(qtbot: QtBot, listed: Listed) -> None:
    listed.pane.filter.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == [listed.pane.groups, listed.pane.chips.buttons["all"], listed.view]
    assert listed.selected == [f"{ROOT}/{max(listed.names)}"]


def test_that_the_first_key_in_the_list_selects_where_the_keyboard_stands(
    qtbot: QtBot, listed: Listed
) -> None:
    listed.view.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    assert listed.selected == []
    qtbot.keyClick(listed.view, Key.Key_Down)
    assert listed.selected == [f"{ROOT}/{max(listed.names)}"]


def test_that_a_wrong_query_is_explained_below_the_field_and_leaves_the_list_as_it_is(
    qtbot: QtBot, listed: Listed
) -> None:
    hint, below = listed.pane.findChild(QLabel, "fieldHint"), listed.pane.chips.buttons["all"].geometry()
    assert isinstance(hint, QLabel)
    listed.pane.filter.setText("2026-11-10")
    listed.pane.filter.setText("2026-11-10 size>")
    assert listed.model.rowCount() == 31
    assert hint.isVisible()
    assert "value is missing" in hint.text()
    assert hint.text() == listed.pane.filter.accessibleDescription()
    assert listed.pane.chips.buttons["all"].geometry() == below
    qtbot.keyClick(listed.pane.filter, Key.Key_Escape)
    assert not hint.isVisible()


@pytest.mark.parametrize("width", [420, 504, 900])
def test_that_the_hint_covers_nothing_and_is_as_high_as_its_words(
    qtbot: QtBot, listed: Listed, width: int
) -> None:
    hint = listed.pane.findChild(QLabel, "fieldHint")
    assert isinstance(hint, QLabel)
    listed.pane.resize(width, 500)
    listed.pane.filter.setText("size>")

    def place(widget: QWidget) -> QRect:
        return QRect(widget.mapTo(listed.pane, QPoint(0, 0)), widget.size())

    qtbot.waitUntil(lambda: place(listed.view).top() > place(hint).bottom() > place(hint).top())
    assert place(hint).top() > place(listed.pane.chips).bottom()
    assert place(hint).left() == place(listed.pane.filter).left()
    assert place(hint).right() == place(listed.pane.groups).right()
    assert hint.height() >= hint.heightForWidth(hint.width())


def test_that_the_list_moves_once_while_somebody_types_and_back_when_the_field_is_empty(
    qtbot: QtBot, listed: Listed
) -> None:
    before = listed.view.mapTo(listed.pane, QPoint(0, 0)).y()
    tops = set()
    for typed in ("size>", "size>1", "size>12", "size>12 size<", "size>12 size<9"):
        listed.pane.filter.setText(typed)
        qtbot.waitUntil(lambda: listed.view.mapTo(listed.pane, QPoint(0, 0)).y() > before)
        tops.add(listed.view.mapTo(listed.pane, QPoint(0, 0)).y())
    assert len(tops) == 1
    listed.pane.filter.clear()
    qtbot.waitUntil(lambda: listed.view.mapTo(listed.pane, QPoint(0, 0)).y() == before)


def test_that_nothing_is_left_empty_above_the_list_when_nobody_types_any_more(
    qtbot: QtBot, listed: Listed
) -> None:
    before = listed.view.mapTo(listed.pane, QPoint(0, 0)).y()
    hint = listed.pane.findChild(FieldHint)
    assert hint is not None
    hint.rest.setInterval(0)
    listed.pane.filter.setText("size>")
    qtbot.waitUntil(lambda: not hint.rest.isActive())
    assert hint.isVisible()  # what is wrong stays as long as it is
    listed.pane.filter.setText("size>1")
    qtbot.waitUntil(lambda: not hint.isVisible())
    qtbot.waitUntil(lambda: listed.view.mapTo(listed.pane, QPoint(0, 0)).y() == before)


def test_that_what_ends_a_message_after_the_last_key_leaves_no_empty_row(
    qtbot: QtBot, listed: Listed
) -> None:
    """Each save of a running launcher began the wait for the next key anew."""
    hint = listed.pane.findChild(FieldHint)
    assert hint is not None
    hint.rest.setInterval(10**7)
    listed.pane.filter.setText("size>")
    qtbot.waitUntil(hint.isVisible)
    hint.rest.stop()
    listed.model.filter_refused.emit("")
    assert not hint.isVisible()
    listed.model.filter_refused.emit("")
    assert not hint.rest.isActive()


def test_that_what_is_wrong_and_what_was_found_are_both_told_of_one_field(listed: Listed) -> None:
    field = listed.pane.filter
    field.set_hint("A value is missing.")
    field.set_note("searching …")
    assert field.accessibleDescription() == "A value is missing. searching …"
    field.set_note("")
    assert field.accessibleDescription() == "A value is missing."
    field.set_note("3 found")
    field.set_hint("")
    assert field.accessibleDescription() == "3 found"


STATUSES: dict[str, dict[str, object]] = {
    "completed": {},
    "ready": {"outcome": None},
    "checkpoint": {"outcome": "checkpoint"},
    "failed": {"outcome": "failed"},
    "interrupted": {"outcome": "interrupted"},
    "running": {"running": Running("rig3", 1, "m.A", "", False)},
    "finishing": {"running": Running("rig3", 1, "m.A", "", True)},
    "cleared": {"launchers": ()},
    **{
        kind: {"problem": Problem(kind, "why")}
        for kind in ("no_state", "moved", "damaged", "newer", "being_written")
    },
}


def test_that_every_session_is_found_under_one_chip(qtbot: QtBot, listed: Listed) -> None:
    told = [summary(f"9_2026-11-23_12-{n:02}", **more) for n, more in enumerate(STATUSES.values())]
    listed.model.apply(Delta(added=tuple(told), removed=tuple(f"{ROOT}/{name}" for name in listed.names)))
    qtbot.waitUntil(lambda: listed.model.count("all") == len(told))
    kinds = {kind for one in told if (kind := getattr(listed.model.status(one.directory), "kind", ""))}
    assert kinds == {*STATUSES} == {*get_args(StatusKind)} - {"unavailable"}
    chips = [chip for chip in CHIPS if chip != "all"]
    assert sum(listed.model.count(chip) for chip in chips) == listed.model.count("all") == len(told)
    listed.model.set_unavailable([ROOT])
    assert listed.model.count("problems") == len(told)


def test_that_a_search_that_takes_long_says_so_until_it_has_ended(qtbot: QtBot, listed: Listed) -> None:
    model, pane = listed.model, listed.pane
    wanted: list[object] = []
    model.conditions_wanted.connect(wanted.append)
    pane.filter.setText("trial_count>100")
    qtbot.waitUntil(lambda: pane.filter.note == "searching …")
    model.set_matching(wanted[-1], frozenset())
    assert pane.filter.note == ""
    pane.filter.setText("trial_count>200")
    qtbot.waitUntil(lambda: pane.filter.note == "searching …")
    pane.filter.clear()
    assert pane.filter.note == ""


def launcher_widths(listed: Listed, height: int, widths: range) -> list[int]:
    """How wide the column of launchers is, 0 where it is hidden, at widths of the pane."""
    found = []
    for width in widths:
        listed.pane.resize(width, height)
        QApplication.processEvents()
        found.append(listed.view.columnWidth(Column.LAUNCHER))
    return found


def test_that_a_scroll_bar_changes_no_column_and_the_launcher_gets_narrower_before_it_goes(
    listed: Listed,
) -> None:
    widths = range(520, 760, 5)
    with_bar = launcher_widths(listed, 500, widths)
    assert listed.view.verticalScrollBar().isVisible()
    without = launcher_widths(listed, 5_000, widths)
    assert not listed.view.verticalScrollBar().isVisible()
    assert with_bar == without == sorted(with_bar)
    assert with_bar[0] == 0
    assert with_bar[-1] >= listed.view.fontMetrics().horizontalAdvance("PredictiveLauncher") + 16
    assert len({*with_bar}) > 5
