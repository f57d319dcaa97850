"""The tree: opening, editing in place by mouse and keys, and that nothing typed is lost or changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.editing.draft import Draft
from app.models.state.state_texts import Column
from app.models.state.state_tree import StateTreeModel
from app.views.state.state_delegate import LABEL_START, SIGN
from app.views.state.state_view import StateView
from app.views.state.value_editor import CellEditor, NameEditor, ValueEditor
from app.views.style.theme import Theme
from persistence.states.edits import get_value
from tests.sample_window import Shown
from tests.samples import ATTRIBUTES, PREDICTIVE, ROOT, Edited, document

Key = Qt.Key
DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"


def view(shown: Shown) -> StateView:
    return shown.window.detail.state.view


def cell(shown: Shown, *place: str | int, column: int = Column.VALUE) -> QModelIndex:
    return shown.state.find(PREDICTIVE, place).siblingAtColumn(column)


def click(
    qtbot: QtBot, shown: Shown, index: QModelIndex, *, x: int | None = None, double: bool = False
) -> None:
    area = view(shown).visualRect(index)
    point = area.center()
    if x is not None:
        point.setX(area.x() + x)
    act = QTest.mouseDClick if double else QTest.mouseClick
    act(view(shown).viewport(), Qt.MouseButton.LeftButton, pos=point)


def editor(shown: Shown) -> ValueEditor:
    found = view(shown).viewport().findChild(ValueEditor)
    assert found is not None
    return found


def begin(qtbot: QtBot, shown: Shown, *place: str | int) -> ValueEditor:
    """Open the editor of a value by F2, as the menu does."""
    view(shown).setFocus()
    view(shown).setCurrentIndex(cell(shown, *place))
    shown.window.actions_["actionEditValue"].trigger()
    return editor(shown)


def test_that_an_item_that_becomes_another_type_is_told_while_it_is_typed(qtbot: QtBot, shown: Shown) -> None:
    field = begin(qtbot, shown, "laser_steps_mw")
    field.type_again("[0.5, 1, 2.0, 4.0]")
    assert field.accessibleDescription() == "Item 2: decimal becomes integer. Write 1.0 to keep its type."
    assert field.property("verdict") == "right"
    field.type_again("[0.5, 1.0, 2.0]")
    assert field.accessibleDescription() == ""


def test_that_a_comma_that_may_have_been_meant_as_a_point_is_told_while_a_list_is_typed(
    qtbot: QtBot, shown: Shown
) -> None:
    """Nothing said that [1,5] is two items, and what was said led to [1.0,5]."""
    field = begin(qtbot, shown, "laser_steps_mw")
    field.type_again("[1,5]")
    assert field.accessibleDescription() == "1,5 is two items, 1 and 5. The number is written 1.5."
    assert field.property("verdict") == "right"
    field.type_again("[1.5]")
    assert field.accessibleDescription() == ""


def begin_name(shown: Shown, *place: str | int) -> NameEditor:
    """Open the editor of a name by the menu."""
    view(shown).setFocus()
    view(shown).setCurrentIndex(cell(shown, *place))
    shown.window.actions_["actionRename"].trigger()
    found = view(shown).viewport().findChild(NameEditor)
    assert found is not None
    return found


def draft(shown: Shown) -> Draft:
    found = shown.drafts.get(DIRECTORY)
    assert found is not None
    return found


def is_closed(shown: Shown) -> bool:
    return not any(one.isVisible() for one in view(shown).viewport().findChildren(CellEditor))


def test_that_of_rows_that_changed_those_in_between_that_are_open_are_not_looked_at(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    real = StateTreeModel.flags

    def look(model: StateTreeModel, index: QModelIndex) -> Qt.ItemFlag:
        looked.append(index.row())
        return real(model, index)

    monkeypatch.setattr(StateTreeModel, "flags", look)
    edited = Edited(document({"first": 1, "list": [*range(900)], "last": 2}))
    tree = StateView(edited.model, Theme("light"))
    qtbot.addWidget(tree)
    tree.resize(600, 400)
    tree.show()
    tree.open_rows.open(edited.cell("list", column=0))
    edited.model.dataChanged.emit(edited.cell("last", column=0), edited.cell("last"))
    looked.clear()
    edited.model.dataChanged.emit(edited.cell("first", column=0), edited.cell("last"))
    assert 0 < len(looked) < 100


def text_of(shown: Shown, name: str) -> str:
    return str(cell(shown, name).data())


# --- opening and closing ------------------------------------------------------------------------------------


def test_that_launchers_stand_open_and_their_attributes_closed(shown: Shown) -> None:
    assert view(shown).isExpanded(shown.state.find(PREDICTIVE, ()))
    assert not view(shown).isExpanded(shown.state.find(PREDICTIVE, ("custom_settings",)))


def test_that_a_click_on_the_chevron_opens_and_one_on_the_name_does_not(qtbot: QtBot, shown: Shown) -> None:
    index = cell(shown, "custom_settings", column=Column.ATTRIBUTE)
    click(qtbot, shown, index, x=60)
    assert not view(shown).isExpanded(index)
    click(qtbot, shown, index, x=12)
    assert view(shown).isExpanded(index)


def test_that_what_stands_open_stays_open_through_edits_filters_and_sessions(shown: Shown) -> None:
    place = ("custom_settings", "thresholds")
    for length in (1, 2):
        view(shown).expand(shown.state.find(PREDICTIVE, place[:length]))
    shown.type_value("150", "trial_count")
    assert view(shown).isExpanded(shown.state.find(PREDICTIVE, place))
    filter_field = shown.window.detail.state.filter
    filter_field.setText("trial")
    filter_field.setText("")
    assert view(shown).isExpanded(shown.state.find(PREDICTIVE, place))
    shown.open(shown.names[2])
    shown.open(shown.names[0])
    assert view(shown).isExpanded(shown.state.find(PREDICTIVE, place))


def test_that_a_filter_opens_what_holds_its_matches(shown: Shown) -> None:
    shown.window.detail.state.filter.setText("lick")
    assert view(shown).isExpanded(shown.state.find(PREDICTIVE, ("custom_settings", "thresholds")))
    assert not view(shown).visualRect(cell(shown, "custom_settings", "thresholds", "lick")).isEmpty()


def test_that_a_long_list_opens_as_headings_and_its_end_is_near(qtbot: QtBot, shown: Shown) -> None:
    assert shown.type_value(str(list(range(9500))), "laser_steps_mw")
    index = shown.state.find(PREDICTIVE, ("laser_steps_mw",))
    view(shown).setCurrentIndex(index)
    made = len(shown.state._nodes)
    qtbot.keyClick(view(shown), Key.Key_Right)
    assert view(shown).isExpanded(index)
    assert [shown.state.index(row, 0, index).data() for row in (0, 9)] == ["1 … 1,000", "9,001 … 9,500"]
    qtbot.keyClick(view(shown), Key.Key_Asterisk)
    assert len(shown.state._nodes) == made + 10  # the asterisk does not open all there is
    last = shown.state.find(PREDICTIVE, ("laser_steps_mw", 9499))
    view(shown).scrollTo(last)
    assert view(shown).visualRect(last).isValid()
    assert view(shown).isExpanded(last.parent())
    assert len(shown.state._nodes) == made + 510


def test_that_a_heading_of_many_items_is_no_value(qtbot: QtBot, shown: Shown) -> None:
    assert shown.type_value(str(list(range(1001))), "laser_steps_mw")
    heading = shown.state.find(PREDICTIVE, ("laser_steps_mw", 1000)).parent()
    assert heading.data() == "1,001 … 1,001"
    view(shown).setCurrentIndex(heading)
    qtbot.keyClick(view(shown), Key.Key_F2)
    assert view(shown).state() != StateView.State.EditingState
    assert not shown.state.take_back(heading)


# --- editing ------------------------------------------------------------------------------------------------


def test_that_typing_and_enter_stage_an_edit(qtbot: QtBot, shown: Shown) -> None:
    field = begin(qtbot, shown, "trial_count")
    assert field.text() == "15"
    assert field.selectedText() == "15"
    qtbot.keyClicks(field, "150")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(shown))
    assert text_of(shown, "trial_count") == "150"


@pytest.mark.parametrize("name", list(ATTRIBUTES))
def test_that_opening_and_closing_an_editor_changes_nothing(qtbot: QtBot, shown: Shown, name: str) -> None:
    field = begin(qtbot, shown, name)
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(shown))
    draft = shown.drafts.get(DIRECTORY)
    assert draft is not None
    assert draft.edits == ()


def test_that_escape_drops_what_was_typed(qtbot: QtBot, shown: Shown) -> None:
    field = begin(qtbot, shown, "trial_count")
    qtbot.keyClicks(field, "999")
    qtbot.keyClick(field, Key.Key_Escape)
    qtbot.waitUntil(lambda: is_closed(shown))
    assert text_of(shown, "trial_count") == "15"


def test_that_enter_waits_until_the_text_is_of_the_type(qtbot: QtBot, shown: Shown) -> None:
    field = begin(qtbot, shown, "reward_volume_ul")
    qtbot.keyClicks(field, "5,5")
    assert field.property("verdict") == "wrong"
    assert "5.5" in field.accessibleDescription()
    for key in (Key.Key_Return, Key.Key_Tab):
        qtbot.keyClick(field, key)
        assert field.isVisible()
    qtbot.keyClick(field, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "6.5")
    assert field.property("verdict") == "right"
    assert field.accessibleDescription() == ""
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(shown))
    assert text_of(shown, "reward_volume_ul") == "6.5"


def test_that_typed_text_is_committed_when_focus_leaves(qtbot: QtBot, shown: Shown) -> None:
    qtbot.keyClicks(begin(qtbot, shown, "trial_count"), "160")
    shown.window.sessions.filter.setFocus()
    qtbot.waitUntil(lambda: is_closed(shown))
    assert text_of(shown, "trial_count") == "160"


def test_that_text_that_cannot_be_committed_waits_in_its_field_when_focus_leaves(
    qtbot: QtBot, shown: Shown
) -> None:
    field = begin(qtbot, shown, "trial_count")
    qtbot.keyClicks(field, "15o")
    shown.window.sessions.filter.setFocus()
    QApplication.processEvents()
    assert not is_closed(shown)
    shown.window.actions_["actionEditValue"].trigger()
    assert field.hasFocus()
    assert field.text() == "15o"
    assert draft(shown).count == 0


def test_that_saving_commits_what_is_being_typed_first(qtbot: QtBot, shown: Shown) -> None:
    shown.type_value("6.5", "reward_volume_ul")
    qtbot.keyClicks(begin(qtbot, shown, "trial_count"), "170")
    shown.window.actions_["actionSave"].trigger()
    draft = shown.drafts.get(DIRECTORY)
    assert draft is not None
    assert get_value(draft.document, PREDICTIVE, ("trial_count",)) == 170
    button = shown.window.findChild(QPushButton, "saveButton")
    assert isinstance(button, QPushButton)
    assert button.accessibleName() == "Save 2 changes"


def test_that_what_is_typed_in_stays_in_sight_in_a_window_that_gets_lower(qtbot: QtBot, shown: Shown) -> None:
    view = shown.window.detail.state.view
    shown.window.resize(1024, 900)
    view.go_to(shown.state.find(PREDICTIVE, ("opto_note",)).siblingAtColumn(Column.ATTRIBUTE))
    assert view.in_place.edit_name()
    shown.window.resize(1024, 560)
    editor = view.findChild(CellEditor)
    assert editor is not None
    qtbot.waitUntil(lambda: view.viewport().rect().contains(editor.geometry()))


def test_that_a_refresh_leaves_half_typed_text_alone(qtbot: QtBot, shown: Shown) -> None:
    field = begin(qtbot, shown, "trial_count")
    qtbot.keyClicks(field, "17")
    shown.type_value("6.5", "reward_volume_ul")
    assert field.text() == "17"
    assert field.isVisible()


def test_that_tab_goes_on_to_the_next_value(qtbot: QtBot, shown: Shown) -> None:
    field = begin(qtbot, shown, "trial_count")
    qtbot.keyClicks(field, "18")
    qtbot.keyClick(field, Key.Key_Tab)
    qtbot.waitUntil(lambda: view(shown).currentIndex().row() == cell(shown, "reward_volume_ul").row())
    assert text_of(shown, "trial_count") == "18"


@pytest.mark.parametrize("column", [Column.ATTRIBUTE, Column.VALUE])
def test_that_a_double_click_in_the_row_edits_its_value(qtbot: QtBot, shown: Shown, column: Column) -> None:
    click(qtbot, shown, cell(shown, "trial_count", column=column), x=60, double=True)
    assert editor(shown).text() == "15"
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_that_an_editor_that_is_open_is_not_opened_again(qtbot: QtBot, shown: Shown) -> None:
    field = begin(qtbot, shown, "trial_count")
    qtbot.keyClicks(field, "17")
    click(qtbot, shown, cell(shown, "trial_count", column=Column.ATTRIBUTE), x=60, double=True)
    assert view(shown).in_place.edit_value()
    assert field.text() == "17"


def test_that_enter_on_a_row_edits_and_on_a_launcher_does_not(qtbot: QtBot, shown: Shown) -> None:
    view(shown).setFocus()
    view(shown).setCurrentIndex(shown.state.find(PREDICTIVE, ()))
    qtbot.keyClick(view(shown), Key.Key_Return)
    assert is_closed(shown)
    view(shown).setCurrentIndex(cell(shown, "trial_count", column=Column.ATTRIBUTE))
    qtbot.keyClick(view(shown), Key.Key_Return)
    assert editor(shown).isVisible()


def test_that_an_edit_is_taken_back_by_click_by_key_and_by_menu(qtbot: QtBot, shown: Shown) -> None:
    for way in ("click", "key", "menu"):
        shown.type_value("150", "trial_count")
        view(shown).setCurrentIndex(cell(shown, "trial_count"))
        view(shown).setFocus()
        if way == "click":
            click(qtbot, shown, cell(shown, "trial_count", column=Column.TAKE_BACK))
        elif way == "key":
            qtbot.keyClick(view(shown), Key.Key_Delete)
        else:
            shown.window.actions_["actionTakeBack"].trigger()
        assert text_of(shown, "trial_count") == "15", way


def test_that_a_closed_row_looks_edited_where_edits_are_inside_and_takes_them_back(
    qtbot: QtBot, shown: Shown
) -> None:
    shown.type_value("2.25", "laser_steps_mw", 2)
    name = cell(shown, "laser_steps_mw", column=Column.ATTRIBUTE)
    back = name.siblingAtColumn(Column.TAKE_BACK)
    view(shown).collapse(name)
    view(shown).setFocus()
    view(shown).setCurrentIndex(cell(shown, "trial_count"))

    def ground() -> str:
        area = view(shown).visualRect(back)
        return view(shown).viewport().grab().toImage().pixelColor(area.x() + 1, area.y() + 2).name()

    amber = shown.theme.colors.hue("amber").tint.name()
    assert ground() == amber
    view(shown).expand(name)
    assert ground() != amber
    click(qtbot, shown, back)  # the sign stands at the item
    assert draft(shown).count == 1
    view(shown).collapse(name)
    click(qtbot, shown, back)
    assert draft(shown).count == 0
    shown.drafts.undo(DIRECTORY)
    view(shown).setCurrentIndex(name)
    assert shown.window.actions_["actionTakeBack"].text() == "&Take the edits inside back"
    shown.window.actions_["actionTakeBack"].trigger()
    assert draft(shown).count == 0


def test_that_what_cannot_be_edited_opens_no_editor(qtbot: QtBot, shown: Shown) -> None:
    shown.open(shown.names[1])
    view(shown).setCurrentIndex(cell(shown, "trial_count"))
    assert not view(shown).in_place.edit_value()
    assert is_closed(shown)


def test_that_a_text_of_one_line_is_edited_whole(qtbot: QtBot, shown: Shown) -> None:
    line = "x" * 200
    shown.type_value(line, "experiment_phase")
    assert begin(qtbot, shown, "experiment_phase").text() == line


def test_that_a_name_is_edited_in_place_and_the_row_stays_current(qtbot: QtBot, shown: Shown) -> None:
    field = begin_name(shown, "trial_count")
    assert field.text() == "trial_count"
    qtbot.keyClicks(field, "trials")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: text_of(shown, "trials") == "15")
    qtbot.waitUntil(lambda: is_closed(shown))
    assert view(shown).currentIndex().siblingAtColumn(0).data() == "trials"


@pytest.mark.parametrize("way", ["enter", "focus"])
def test_that_opening_and_closing_the_editor_of_a_name_changes_nothing(
    qtbot: QtBot, shown: Shown, way: str
) -> None:
    field = begin_name(shown, "trial_count")
    if way == "enter":
        qtbot.keyClick(field, Key.Key_Return)
    else:
        shown.window.sessions.filter.setFocus()
    qtbot.waitUntil(lambda: is_closed(shown))
    assert not draft(shown).can_undo


def test_that_a_name_that_is_taken_waits_and_says_so(qtbot: QtBot, shown: Shown) -> None:
    field = begin_name(shown, "trial_count")
    qtbot.keyClicks(field, "opto_note")
    assert field.property("verdict") == "wrong"
    assert field.accessibleDescription() == "There is already a opto_note here."
    qtbot.keyClick(field, Key.Key_Return)
    assert field.isVisible()
    qtbot.keyClick(field, Key.Key_Escape)
    qtbot.waitUntil(lambda: is_closed(shown))
    assert text_of(shown, "trial_count") == "15"


def test_that_a_name_that_no_launcher_restores_is_warned_of_and_taken(qtbot: QtBot, shown: Shown) -> None:
    field = begin_name(shown, "trial_count")
    qtbot.keyClicks(field, "_hidden")
    assert field.property("verdict") == "right"
    assert "underscore" in field.accessibleDescription()
    shown.window.sessions.filter.setFocus()
    qtbot.waitUntil(lambda: text_of(shown, "_hidden") == "15")


def test_that_a_typed_name_is_kept_when_the_window_is_saved_from(qtbot: QtBot, shown: Shown) -> None:
    qtbot.keyClicks(begin_name(shown, "trial_count"), "trials")
    shown.window.actions_["actionSave"].trigger()
    view(shown).in_place.finish()
    assert text_of(shown, "trials") == "15"


def test_that_what_was_not_saved_can_be_listed_in_full(qtbot: QtBot, shown: Shown) -> None:
    strip = shown.window.detail.state.not_saved
    assert strip.button.text() == "2 attributes not in the saved state"
    qtbot.mouseClick(strip.button, Qt.MouseButton.LeftButton)
    assert strip._all.isVisible()
    assert strip._all.text() == "camera: an open device\nstdout_data: belongs to one run"


def test_that_enter_in_the_filter_goes_to_the_attribute_found(qtbot: QtBot, shown: Shown) -> None:
    field = shown.window.detail.state.filter
    field.setFocus()
    qtbot.keyClicks(field, "trial")
    qtbot.keyClick(field, Key.Key_Return)
    assert view(shown).hasFocus()
    assert view(shown).currentIndex().siblingAtColumn(0).data() == "trial_count"
    shown.window.actions_["actionEditValue"].trigger()
    assert editor(shown).text() == "15"


def test_that_the_editor_is_wide_enough_for_the_whole_text(qtbot: QtBot, shown: Shown) -> None:
    shown.open("764521_2026-11-23_14-05")
    shown.window.resize(1024, 700)
    field = begin(qtbot, shown, "last_reward_at")
    row = view(shown).viewport().width() - view(shown).columnViewportPosition(Column.TYPE)
    assert field.width() >= min(field.wanted_width, row)
    assert field.geometry().right() < view(shown).viewport().width()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_that_a_field_covers_no_name_however_long_its_text_is(
    qtbot: QtBot, shown: Shown, size: tuple[int, int]
) -> None:
    shown.open("764521_2026-11-23_14-05")
    shown.window.resize(*size)
    field = begin(qtbot, shown, "experiment_phase")
    narrow = field.width()
    qtbot.keyClicks(field, "word " * 60)
    assert field.width() > narrow  # it grows with what is typed
    assert field.geometry().right() < view(shown).viewport().width()
    assert field.x() >= view(shown).columnViewportPosition(Column.TYPE)
    if size[0] > 1024:
        assert field.x() >= view(shown).columnViewportPosition(Column.VALUE)


def test_that_deleting_a_word_of_typed_text_clears_no_saved_state(qtbot: QtBot, shown: Shown) -> None:
    shown.open("764521_2026-11-23_14-05")
    field = begin(qtbot, shown, "experiment_phase")
    field.setText("data collection")
    field.setCursorPosition(0)
    QTest.keyClick(field, Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert field.isVisible()
    assert field.text() == "collection"
    assert shown.window.findChild(QWidget, "clearSheet") is None


def test_that_a_value_that_changes_under_an_open_editor_is_to_be_decided(qtbot: QtBot, shown: Shown) -> None:
    typed = begin(qtbot, shown, "reward_volume_ul")
    qtbot.keyClicks(typed, "9.")
    colleague_saves(shown, reward_volume_ul=6.25)
    assert text_of(shown, "reward_volume_ul") == "6.25"
    qtbot.keyClicks(typed, "75")
    qtbot.keyClick(typed, Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(shown))
    merged = draft(shown).merged
    assert merged is not None
    assert [(one.place, one.base, one.mine, one.theirs) for one in merged.conflicts] == [
        (("reward_volume_ul",), 5.5, 9.75, 6.25)
    ]
    shown.drafts.undo(DIRECTORY)
    assert draft(shown).count == 0


def test_that_what_was_typed_back_to_the_value_that_was_seen_is_no_edit(qtbot: QtBot, shown: Shown) -> None:
    typed = begin(qtbot, shown, "reward_volume_ul")
    qtbot.keyClicks(typed, "5.5")
    colleague_saves(shown, reward_volume_ul=6.25)
    qtbot.keyClick(typed, Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(shown))
    assert (draft(shown).count, draft(shown).outdated) == (0, False)


def test_that_another_value_of_a_colleague_leaves_the_edit_as_it_is_typed(qtbot: QtBot, shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    typed = begin(qtbot, shown, "reward_volume_ul")
    qtbot.keyClicks(typed, "9.75")
    colleague_saves(shown, opto_note="by somebody else")
    qtbot.keyClick(typed, Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(shown))
    assert (draft(shown).count, draft(shown).outdated) == (2, False)


def test_that_a_long_sentence_below_a_field_is_read_whole_in_a_narrow_window(
    qtbot: QtBot, shown: Shown
) -> None:
    shown.window.resize(1024, 700)
    typed = begin(qtbot, shown, "reward_volume_ul")
    qtbot.keyClicks(typed, "9.75")
    typed.overtake(
        "What is edited is not there any more, for a reason that takes some words to be said. " * 2
    )
    reason = view(shown).viewport().findChild(QFrame, "reason")
    assert reason is not None
    (text,) = (one for one in reason.findChildren(QLabel) if one.text())
    assert view(shown).viewport().rect().contains(reason.geometry())
    assert text.height() >= text.heightForWidth(text.width()) > text.fontMetrics().height()


def test_that_an_editor_that_nobody_typed_in_closes_when_its_row_goes_and_that_is_told(
    qtbot: QtBot, shown: Shown
) -> None:
    begin(qtbot, shown, "reward_volume_ul")
    without = {name: value for name, value in ATTRIBUTES.items() if name != "reward_volume_ul"}
    before = shown.snapshots[DIRECTORY]
    shown.snapshots[DIRECTORY] = replace(before, document=document(without), etag="theirs")
    shown.drafts.open(shown.snapshots[DIRECTORY])
    qtbot.waitUntil(lambda: is_closed(shown))
    told = "reward_volume_ul is not edited any more. Removed on disk meanwhile."
    assert shown.window.status.message.accessibleName() == told
    assert draft(shown).untouched


def colleague_saves(shown: Shown, **values: object) -> None:
    """The disk holds another version now, which is read at once."""
    before = shown.snapshots[DIRECTORY]
    shown.snapshots[DIRECTORY] = replace(before, document=document({**ATTRIBUTES, **values}), etag="theirs")
    shown.drafts.open(shown.snapshots[DIRECTORY])


def test_that_a_name_stays_where_it_is_when_its_row_is_edited(qtbot: QtBot, shown: Shown) -> None:
    """The pencil stands before the chevron, in the indentation."""

    def inked(left: int, right: int) -> list[int]:
        """The columns within the row, counted from the cell of the name, that are not its ground alone."""
        area = view(shown).visualRect(cell(shown, "trial_count", column=Column.ATTRIBUTE))
        picture = view(shown).viewport().grab().toImage()
        ground = picture.pixelColor(area.x() + LABEL_START - 1, area.center().y()).lightness()
        rows = range(area.y() + 3, area.bottom() - 3)

        def differs(x: int) -> bool:
            return any(abs(picture.pixelColor(area.x() + x, y).lightness() - ground) > 60 for y in rows)

        return [x for x in range(left, right) if differs(x)]

    names, signs = (LABEL_START - 3, LABEL_START + 60), (-SIGN, 3)
    before = inked(*names)
    assert (bool(before), inked(*signs)) == (True, [])
    qtbot.keyClicks(begin(qtbot, shown, "trial_count"), "150")
    qtbot.keyClick(editor(shown), Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(shown))
    assert (abs(inked(*names)[0] - before[0]) <= 1, bool(inked(*signs))) == (True, True)


def test_that_saved_values_have_a_column_in_little_room_only_while_one_is_edited(
    qtbot: QtBot, shown: Shown
) -> None:
    columns = (Column.SAVED, Column.TAKE_BACK)
    assert [view(shown).isColumnHidden(one) for one in columns] == [False, False]
    shown.window.resize(1024, 700)
    qtbot.waitUntil(lambda: view(shown).isColumnHidden(Column.SAVED))
    before = view(shown).columnWidth(Column.VALUE)
    lefts = [view(shown).columnViewportPosition(one) for one in (Column.TYPE, Column.VALUE)]
    shown.type_value("150", "trial_count")
    assert [view(shown).isColumnHidden(one) for one in columns] == [False, False]
    assert [view(shown).columnViewportPosition(one) for one in (Column.TYPE, Column.VALUE)] == lefts
    assert view(shown).columnWidth(Column.VALUE) < before
    shown.drafts.undo(DIRECTORY)
    assert [view(shown).isColumnHidden(one) for one in columns] == [True, True]


def test_that_line_ends_and_tabs_that_are_pasted_into_one_line_are_told(shown: Shown) -> None:
    """They looked like blanks."""
    view = shown.window.detail.state.view
    view.setCurrentIndex(shown.state.find(PREDICTIVE, ("experiment_phase",)).siblingAtColumn(Column.VALUE))
    assert view.in_place.edit_value()
    editor = view.in_place.editor
    assert editor is not None
    QGuiApplication.clipboard().setText("warm\tup\nand on")
    editor.paste()
    said = "1 tab and 1 line end in it look like a blank here or like nothing. Shift+Enter shows all."
    assert editor.accessibleDescription() == said
    assert editor.text() == "warm\tup\nand on"
