"""What is asked over the saved values of a folder is answered, and kept true."""

import shutil
from pathlib import Path

from app.change_errands import Done
from app.folder_errands import Look
from app.value_errands import (
    CountNames,
    FindUsers,
    Match,
    Matched,
    NamesCounted,
    ShowValues,
    Trace,
    Traced,
    UsersFound,
    ValuesShown,
)
from persistence.query import parse
from persistence.store import STATE_FILE
from tests.app.disk.asked import Asked, read_wholly
from tests.app.edited import edited
from tests.small_rig import made_session


def test_that_the_sessions_that_meet_conditions_are_told_and_kept_true(asked: Asked, tmp_path: Path) -> None:
    few, many = made_session(tmp_path, "few"), made_session(tmp_path, "many", trial_count=200)
    conditions = parse("trial_count>100").attribute_conditions
    read_wholly(asked)
    asked.ask(Match(conditions))
    asked.wait_for(Matched)
    asked.ask(edited(few, 150))
    asked.wait_for(Matched, 2)
    shutil.rmtree(many)
    asked.ask(Look(frozenset([str(many)])))
    asked.wait_for(Matched, 3)
    found = [(one.conditions, set(one.directories)) for one in asked.of(Matched)]
    assert found == [(conditions, {str(many)}), (conditions, {str(few), str(many)}), (conditions, {str(few)})]


def test_that_a_state_without_attributes_meets_no_condition(asked: Asked, tmp_path: Path) -> None:
    made_session(tmp_path, "sound", trial_count=200)
    odd = made_session(tmp_path, "odd") / STATE_FILE
    odd.write_text('{"version": "1.0.0", "launcher_states": {"m.A": {"attributes": 5}, "m.B": 5}}')
    read_wholly(asked)
    asked.ask(Match(parse("trial_count>100").attribute_conditions))
    asked.wait_for(Matched)
    assert asked.of(Matched)[-1].directories == frozenset([str(tmp_path / "sound")])


def test_that_values_for_columns_are_told_and_kept_true(asked: Asked, tmp_path: Path) -> None:
    few, many = made_session(tmp_path, "few"), made_session(tmp_path, "many", trial_count=200)
    asked.ask(ShowValues(("trial_count", "experiment_phase")))
    read_wholly(asked)
    asked.ask(edited(few, 150))
    asked.qtbot.waitUntil(lambda: cells(asked).get("few", ("",))[0] == "150")
    assert cells(asked) == {"few": ("150", "baseline"), "many": ("200", "baseline")}
    asked.answers.clear()
    asked.ask(ShowValues(("trial_count",)))
    asked.wait_for(ValuesShown)
    assert cells(asked) == {"few": ("150",), "many": ("200",)}
    shutil.rmtree(many)
    asked.ask(Look(frozenset([str(many)])), CountNames())
    asked.wait_for(NamesCounted)
    assert asked.of(NamesCounted)[0].counts == {"trial_count": 1, "reward_volume": 1, "experiment_phase": 1}


def test_that_it_is_told_whom_saved_states_name_as_their_user(asked: Asked, tmp_path: Path) -> None:
    for name, user in (("a", "ann"), ("b", "bob"), ("c", "ann"), ("d", ""), ("e", 7)):
        made_session(tmp_path, name, user_id=user)
    read_wholly(asked)
    asked.ask(FindUsers())
    asked.wait_for(UsersFound)
    assert asked.of(UsersFound) == [UsersFound(str(tmp_path), ("ann", "bob"))]


def test_that_a_trend_is_told_of_the_newest_sessions_of_its_kind_and_kept_true(
    asked: Asked, tmp_path: Path
) -> None:
    for day in (1, 2, 3):
        made_session(tmp_path, f"764521_2026-11-0{day}_14-05-00", trial_count=day)
    made_session(tmp_path, "770012_2026-11-04_14-05-00", trial_count=99)
    read_wholly(asked)
    errand = Trace("trend", "trial_count", "CountingLauncher", "764521", most=2)
    asked.ask(errand)
    asked.wait_for(Traced)
    told = asked.of(Traced)[0]
    assert (told.errand, told.alike, told.all, traced(asked)) == (errand, 3, True, {"02": "2", "03": "3"})
    asked.ask(edited(tmp_path / "764521_2026-11-01_14-05-00", 150))
    asked.qtbot.waitUntil(lambda: traced(asked).get("01") == "150")
    asked.ask(edited(tmp_path / "770012_2026-11-04_14-05-00", 7))
    asked.wait_for(Done, 2)
    asked.ask(Trace("trend"), Trace("usual", "trial_count", "CountingLauncher", most=1))
    asked.qtbot.waitUntil(lambda: "04" in traced(asked))
    assert traced(asked) == {"01": "150", "02": "2", "03": "3", "04": "7"}


def test_that_a_look_during_a_search_does_not_swallow_its_answer(asked: Asked, tmp_path: Path) -> None:
    session = made_session(tmp_path)
    read_wholly(asked)
    asked.ask(Match(parse("trial_count>100").attribute_conditions), Look(frozenset([str(session)])))
    asked.wait_for(Matched)
    assert asked.of(Matched)[-1].directories == frozenset()


def traced(asked: Asked) -> dict[str, str]:
    """What was told last of each session, by its day."""
    return {
        Path(directory).name[15:17]: cell.text if cell else ""
        for one in asked.of(Traced)
        for directory, cell in one.rows
    }


def cells(asked: Asked) -> dict[str, tuple[str, ...]]:
    """What was told last of each session, for the names that were asked last."""
    return {
        Path(directory).name: tuple(cell.text if cell else "" for cell in row)
        for one in asked.of(ValuesShown)
        for directory, row in one.rows
    }
