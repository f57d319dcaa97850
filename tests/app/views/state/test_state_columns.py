"""The columns of the state tree give way to values."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from app.editing.edits import SetValue
from app.models.state.state_texts import Column
from app.views.state.state_delegate import TYPE_ICON_WIDTH
from app.views.state.state_view import StateView
from app.views.style.beside import in_short
from app.views.style.fonts import Role
from app.views.style.painting import text_width
from app.words.beside_texts import where_they_differ
from tests.app.views.seen import laid_out
from tests.sample_window import Shown
from tests.samples import ATTRIBUTES, PREDICTIVE, ROOT, document, snapshot

MONO: tuple[Role, Role] = ("mono_strong", "mono")
"""The fonts of what is typed and of what is saved."""
DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"


def view(shown: Shown) -> StateView:
    return shown.window.detail.state.view


def test_that_a_long_saved_value_gets_room_that_values_do_not_need(qtbot: QtBot, shown: Shown) -> None:
    before = view(shown).columnWidth(Column.SAVED)
    shown.type_value("2026-11-27 09:00:00+01:00", "last_reward_at")
    wide = view(shown).columnWidth(Column.SAVED)
    assert wide > before
    typed, saved = "2026-11-27 09:00:00+01:00", "2026-11-23 14:29:51.204618+01:00"
    for column, font, text in (
        (Column.VALUE, MONO[0], where_they_differ(typed, saved)),
        (Column.SAVED, MONO[1], where_they_differ(saved, typed)),
    ):
        assert "…" in text
        assert text_width(text, shown.theme.font(font)) < view(shown).columnWidth(column) - 8 - 4
    shown.drafts.undo(DIRECTORY)
    assert view(shown).columnWidth(Column.SAVED) == before


def test_that_both_values_are_whole_where_there_is_room_for_both(shown: Shown) -> None:
    shown.window.resize(1900, 900)
    shown.type_value("2026-11-27 09:00:00+01:00", "last_reward_at")
    for column, text in (
        (Column.VALUE, "2026-11-27 09:00:00+01:00"),
        (Column.SAVED, "2026-11-23 14:29:51.204618+01:00"),
    ):
        assert text_width(text, shown.theme.font("mono_strong")) < view(shown).columnWidth(column) - 8 - 4


def test_that_two_dates_are_told_apart_in_a_small_window_where_types_are_icons_then(shown: Shown) -> None:
    shown.window.resize(1024, 700)
    tree = view(shown)
    assert tree.columnWidth(Column.TYPE) > TYPE_ICON_WIDTH
    typed, saved = "2026-11-23 14:31:00+01:00", "2026-11-23 14:29:51.204618+01:00"
    shown.type_value(typed, "last_reward_at")
    assert tree.columnWidth(Column.TYPE) == TYPE_ICON_WIDTH
    for column, font, text in (
        (Column.VALUE, MONO[0], where_they_differ(typed, saved)),
        (Column.SAVED, MONO[1], where_they_differ(saved, typed)),
    ):
        assert text_width(text, shown.theme.font(font)) <= tree.columnWidth(column) - 8 - 4
    shown.drafts.undo(DIRECTORY)
    assert tree.columnWidth(Column.TYPE) > TYPE_ICON_WIDTH


def test_that_an_edited_date_keeps_its_month_and_year_also_in_a_small_window(shown: Shown) -> None:
    saved = "2026-11-23 15:20:00+01:00"
    tagged = {"__type__": "datetime", "value": saved.replace(" ", "T")}
    directory = f"{ROOT}/{shown.names[2]}"
    attributes = {"experiment_phase": "data_collection", "at": tagged}
    shown.snapshots[directory] = replace(shown.snapshots[directory], document=document(attributes))
    shown.open(shown.names[2])
    for width, begun in ((1024, "2026-11-26 10:00…"), (1440, "2026-11-26 10:00:00+01:00")):
        shown.window.resize(width, 700)
        shown.type_value("2026-11-26 10:00:00+01:00", "at")
        room = view(shown).columnWidth(Column.VALUE) - 8 - 4
        font = shown.theme.font("mono_strong")
        assert in_short("2026-11-26 10:00:00+01:00", saved, font, room) == begun
        room = view(shown).columnWidth(Column.SAVED) - 8 - 4
        assert text_width("…23 15:20…", shown.theme.font("mono")) < room
        shown.drafts.undo(directory)


def test_that_a_long_text_takes_nothing_from_dates_and_names(shown: Shown) -> None:
    shown.window.resize(1024, 700)
    tree = view(shown)
    names, wanted = (
        tree.columnWidth(Column.ATTRIBUTE),
        text_width("experiment_phase", shown.theme.font("body")),
    )
    shown.type_value("sequence_mismatch_with_omitted_oddballs", "experiment_phase")
    typed, saved = "2026-11-23 14:31:00+01:00", "2026-11-23 14:29:51.204618+01:00"
    shown.type_value(typed, "last_reward_at")
    for column, font, text in (
        (Column.VALUE, MONO[0], where_they_differ(typed, saved)),
        (Column.SAVED, MONO[1], where_they_differ(saved, typed)),
    ):
        assert text_width(text, shown.theme.font(font)) <= tree.columnWidth(column) - 8 - 4
    assert tree.columnWidth(Column.ATTRIBUTE) >= min(names, wanted + 44)


def test_that_a_short_value_leaves_its_room_to_a_long_saved_one(shown: Shown) -> None:
    shown.window.resize(1024, 700)
    shown.type_value("rest", "experiment_phase")
    assert (
        text_width("data_collection", shown.theme.font("mono"))
        < view(shown).columnWidth(Column.SAVED) - 8 - 4
    )
    assert view(shown).columnWidth(Column.VALUE) >= 84


def test_that_types_are_icons_and_saved_values_go_where_values_have_no_room(shown: Shown) -> None:
    tree = view(shown)
    assert tree.columnWidth(Column.TYPE) > TYPE_ICON_WIDTH
    tree.resize(500, 400)
    assert tree.columnWidth(Column.TYPE) == TYPE_ICON_WIDTH
    assert not tree.isColumnHidden(Column.SAVED)
    tree.resize(360, 400)
    assert tree.isColumnHidden(Column.SAVED)
    tree.resize(700, 400)
    assert tree.columnWidth(Column.TYPE) > TYPE_ICON_WIDTH
    assert not tree.isColumnHidden(Column.SAVED)


def test_that_long_names_get_room_up_to_a_limit(shown: Shown) -> None:
    usual = view(shown).columnWidth(Column.ATTRIBUTE)
    widths = []
    for name, letters in zip(shown.names[1:3], (17, 90), strict=True):
        before = shown.snapshots[f"{ROOT}/{name}"]
        shown.snapshots[before.directory] = replace(before, document=document({"n" * letters: 1}))
        shown.open(name)
        widths.append(view(shown).columnWidth(Column.ATTRIBUTE))
    assert usual < widths[0] < widths[1]
    assert widths[1] < 240  # the rest of a name is cut, and the value keeps its room
    shown.open(shown.names[0])
    assert view(shown).columnWidth(Column.ATTRIBUTE) == usual


def test_that_names_get_what_they_need_in_little_room_too_while_values_have_enough(shown: Shown) -> None:
    shown.window.resize(1024, 700)
    tree = view(shown)
    wanted = tree.fontMetrics().horizontalAdvance("experiment_phase")
    before = shown.snapshots[f"{ROOT}/{shown.names[1]}"]
    shown.snapshots[before.directory] = replace(before, document=document({"experiment_phase": 1}))
    shown.open(shown.names[1])
    assert tree.columnWidth(Column.ATTRIBUTE) > wanted
    assert tree.columnWidth(Column.VALUE) >= 84


def test_that_the_words_above_saved_values_are_never_cut(shown: Shown) -> None:
    tree = view(shown)
    shown.window.resize(1024, 700)
    shown.type_value("150", "trial_count")  # or in little room there is no such column
    assert not tree.isColumnHidden(Column.SAVED)
    words = text_width("Saved value", shown.theme.font("column"))
    assert tree.columnWidth(Column.SAVED) >= words + 2 * 8


def inked(tree: StateView, area: QRect) -> bool:
    """Whether anything stands in a part of a row, beside its ground."""
    picture = tree.viewport().grab(area.adjusted(0, 4, 0, -4)).toImage()
    lights = {
        picture.pixelColor(x, y).lightness() for x in range(picture.width()) for y in range(picture.height())
    }
    return max(lights) - min(lights) > 60


def test_that_a_date_is_read_whole_in_little_room_over_cells_in_which_nothing_stands(shown: Shown) -> None:
    """Beside edits of others; of its own edit, both values have a part of the room."""
    date = {"__type__": "datetime", "value": "2026-11-23T14:29:51+01:00"}
    before = shown.snapshots[DIRECTORY]
    told = document({**ATTRIBUTES, "last_reward_at": date})
    shown.snapshots[DIRECTORY] = replace(before, document=told, etag="theirs")
    shown.window.resize(1024, 700)
    for name in shown.names[1::-1]:
        shown.open(name)
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("trial_count",), 150))
    laid_out()
    tree = view(shown)
    cell = shown.state.find(PREDICTIVE, ("last_reward_at",)).siblingAtColumn(Column.VALUE)
    area, beyond = tree.visualRect(cell), tree.visualRect(cell.siblingAtColumn(Column.SAVED))
    end = area.left() + 8 + text_width(str(cell.data()), shown.theme.font("mono"))
    assert area.right() < end < beyond.right()
    assert inked(tree, QRect(end - 9, area.y(), 9, area.height()))
    assert not inked(tree, QRect(end + 1, area.y(), beyond.right() - end, area.height()))
    shown.drafts.stage(
        DIRECTORY,
        SetValue(PREDICTIVE, ("last_reward_at",), {**date, "value": "2026-11-24T14:29:51+01:00"}),
    )
    laid_out()
    area, beyond = tree.visualRect(cell), tree.visualRect(cell.siblingAtColumn(Column.SAVED))
    assert not inked(tree, QRect(beyond.left() - 2, area.y(), 8, area.height()))


def test_that_a_saved_value_is_read_with_its_type_in_little_room(shown: Shown) -> None:
    shown.window.resize(1024, 700)
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("trial_count",), "15"))
    laid_out()
    saved = shown.state.find(PREDICTIVE, ("trial_count",)).siblingAtColumn(Column.SAVED)
    assert saved.data() == "15 (integer)"
    wanted = text_width("15 (integer)", shown.theme.font("mono"))
    assert view(shown).columnWidth(Column.SAVED) >= wanted + 8 + 4


def test_that_a_long_saved_text_leaves_half_of_the_room_to_what_is_typed(shown: Shown) -> None:
    long = "word " * 100
    saved = replace(snapshot(document({"trial_count": 1, "long": long})), etag="2")
    shown.snapshots[DIRECTORY] = saved
    shown.open("771830_2026-11-22_08-55")
    shown.open("764521_2026-11-23_14-05")
    shown.window.resize(1440, 900)
    assert shown.type_value(f"{long}more", "long")
    tree = view(shown)
    room = tree.columnWidth(Column.VALUE) + tree.columnWidth(Column.SAVED)
    assert tree.columnWidth(Column.VALUE) >= room // 2 - 1
    assert tree.columnWidth(Column.SAVED) >= 84
