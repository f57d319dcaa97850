"""Numbers that are typed: a hint where they lie far outside what earlier sessions had, never a refusal."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.value_errands import Trace
from app.views.state.add_sheet import AddSheet
from app.views.state.value_editor import ValueEditor
from app.views.state.value_sheets import BoxSheet
from app.views.trend.usuals import LAST
from app.words.trend_texts import INFINITE, NAN
from persistence.values.kinds import Kind
from tests.app.views.trend.conftest import OWN, Looked, directory
from tests.samples import PREDICTIVE

HINT = "Unusual: 104 to 142 in the last 5 sessions"
USUAL: Mapping[str, int | None] = {
    "14_09-52": 104, "16_16-20": 109, "17_10-44": 124, "20_11-02": 130, "21_15-00": None, "22_15-12": 142,
}  # fmt: skip


class Typing:
    """Somebody at the editor of a value."""

    def __init__(self, looked: Looked) -> None:
        self.looked, self.view = looked, looked.window.detail.state.view

    def edit(self, *place: str | int) -> ValueEditor:
        """Open the editor of a value."""
        self.view.setCurrentIndex(self.looked.shown.state.find(PREDICTIVE, place))
        assert self.view.in_place.edit_value()
        return self.view.viewport().findChildren(ValueEditor)[-1]

    def type(self, editor: ValueEditor, text: str) -> str:
        """Type, and return what is said of it."""
        editor.selectAll()
        QTest.keyClicks(editor, text)
        return editor.accessibleDescription()


@pytest.fixture
def typing(looked: Looked) -> Typing:
    return Typing(looked)


def test_that_values_are_asked_for_when_an_editor_opens(typing: Typing) -> None:
    typing.edit("trial_count")
    assert typing.looked.asked == [Trace("usual", "trial_count", "PredictiveLauncher", "764521", LAST + 1)]
    typing.edit("custom_settings", "param2")
    assert typing.looked.asked[-1].name == "custom_settings.param2"
    typing.edit("laser_steps_mw", 0)
    assert typing.looked.asked[-1] == Trace("usual")


def test_that_a_number_far_outside_is_hinted_at_and_taken_all_the_same(typing: Typing) -> None:
    editor = typing.edit("trial_count")
    typing.looked.tell(USUAL)
    assert typing.type(editor, "150") == ""
    assert typing.type(editor, "1500") == HINT
    assert editor._reason.isVisible()
    assert editor._reason.property("hue") == "amber"
    assert editor.property("verdict") == "right"
    typing.view.in_place.finish()
    assert typing.looked.shown.state.find(PREDICTIVE, ("trial_count",)).siblingAtColumn(2).data() == "1500"


def test_that_an_answer_that_comes_while_somebody_types_counts_at_once(typing: Typing) -> None:
    editor = typing.edit("trial_count")
    assert typing.type(editor, "1500") == ""
    typing.looked.tell(USUAL)
    assert editor.accessibleDescription() == HINT


def test_that_what_is_saved_and_what_nobody_typed_is_never_hinted_at(typing: Typing) -> None:
    editor = typing.edit("trial_count")
    typing.looked.tell({**USUAL, "23_14-05": 15})
    assert editor.accessibleDescription() == ""
    assert typing.type(editor, "15") == ""
    assert typing.type(editor, "16") == HINT


def test_that_a_wrong_text_is_told_before_an_unusual_number(typing: Typing) -> None:
    editor = typing.edit("trial_count")
    typing.looked.tell(USUAL)
    assert "Unusual" not in typing.type(editor, "1500x")
    assert editor.property("verdict") == "wrong"


def test_that_few_sessions_and_other_subjects_say_nothing(typing: Typing) -> None:
    editor = typing.edit("trial_count")
    typing.looked.tell({day: USUAL[day] for day in ("14_09-52", "16_16-20", "17_10-44", "20_11-02")})
    assert typing.type(editor, "99999") == ""
    usuals = typing.looked.trends.usuals
    assert not usuals._counts(next(one for one in typing.looked.shown.sessions.named("770012", 1)))
    assert typing.looked.window.selected_directory == OWN


def test_that_only_the_last_sessions_count(typing: Typing) -> None:
    usuals = typing.looked.trends.usuals
    editor = typing.edit("trial_count")
    typing.looked.tell(USUAL)
    usuals._cells[directory("14_09-52")] = usuals._cells[directory("22_15-12")]
    usuals._judge()
    assert typing.type(editor, "1500") == "Unusual: 109 to 142 in the last 5 sessions"


def test_that_infinities_and_numbers_of_many_digits_are_judged(typing: Typing) -> None:
    editor = typing.edit("trial_count")
    typing.looked.tell(USUAL)
    assert typing.type(editor, "9" * 400) == HINT
    assert typing.type(editor, "-" + "9" * 400) == HINT


def test_that_what_is_not_a_number_is_hinted_at_and_taken(typing: Typing) -> None:
    editor = typing.edit("reward_volume_ul")
    assert typing.type(editor, "nan") == NAN
    assert typing.type(editor, "-inf") == INFINITE
    assert editor.property("verdict") == "right"
    assert typing.type(editor, "5.5") == ""


def hints(sheet: QWidget) -> list[str]:
    """What labels of a sheet say that is unusual."""
    labels = [label for label in sheet.findChildren(QLabel) if label.isVisible()]
    return [label.text() for label in labels if "Unusual" in label.text()]


def test_that_sheets_hint_too(typing: Typing) -> None:
    typing.view.setCurrentIndex(typing.looked.shown.state.find(PREDICTIVE, ("trial_count",)))
    typing.looked.window.actions_["actionEditInBox"].trigger()
    sheet = typing.looked.window.findChild(BoxSheet)
    assert sheet is not None
    typing.looked.tell(USUAL)
    assert hints(sheet) == []
    sheet.form.type_in("1500")
    assert hints(sheet) == [HINT]
    assert sheet.form.box.accessibleDescription() == HINT
    assert sheet.confirm.isEnabled()
    sheet.form.type_in("130")
    assert hints(sheet) == []
    typing.looked.window.close_sheet()


def test_that_what_is_added_under_a_known_name_is_hinted_at(typing: Typing) -> None:
    view, window = typing.view, typing.looked.window
    view.setCurrentIndex(typing.looked.shown.state.find(PREDICTIVE, ("reward_volume_ul",)))
    window.actions_["actionAdd"].trigger()
    sheet = window.findChild(AddSheet)
    assert sheet is not None
    sheet.form.choose(Kind.INTEGER)
    sheet.form.type_in("1500")
    assert hints(sheet) == []
    QTest.keyClicks(sheet.first, "lick_count")
    assert typing.looked.asked[-1].name == "lick_count"
    typing.looked.tell(USUAL)
    assert hints(sheet) == [HINT]
    assert sheet.confirm.isEnabled()
    window.close_sheet()
