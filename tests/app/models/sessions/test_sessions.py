"""The list of sessions through a whole life of changes, watched by Qt's own model tester."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import Qt as RichText
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import GROUPINGS, Heading, SessionRow
from app.models.sessions.session_texts import SAVED_TIP
from app.models.sessions.sessions import SessionsModel
from app.session import Delta, Problem, Running, Summary
from app.words.version_texts import BY_WHOM
from persistence.query import parse
from tests.samples import NOW, PREDICTIVE, ROOT, SLAP2, summary

NAMES = ("1_2026-11-23_14-05", "2_2026-11-23_13-41", "3_2026-11-22_15-12", "4_2026-11-10_09-58")


class Clock:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def model(qapp: object, clock: Clock) -> Iterator[SessionsModel]:
    model = SessionsModel(clock)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.apply(Delta(added=tuple(summary(name) for name in NAMES)))
    yield model
    del tester


def shown(model: SessionsModel) -> list[str]:
    """The rows from top to bottom: headings in words, sessions by subject."""
    lines = [model.line(position) for position in range(model.rowCount())]
    return [line.text if isinstance(line, Heading) else line.summary.subject for line in lines]


def cell(model: SessionsModel, name: str, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return model.index_of(f"{ROOT}/{name}").siblingAtColumn(column).data(role)


def test_that_sessions_stand_under_headings_newest_first(model: SessionsModel) -> None:
    assert shown(model) == ["Today (2)", "1", "2", "Yesterday (1)", "3", "Older (1)", "4"]


def test_that_the_columns_say_what_the_contract_says(model: SessionsModel) -> None:
    headers = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    assert headers == ["Session", "Subject", "Launcher", "Saved", "Status"]
    texts = [cell(model, NAMES[0], column) for column in range(5)]
    assert texts == [NAMES[0], "1", "PredictiveLauncher", "26 min ago", "Completed"]


def test_that_headings_cannot_be_selected_and_sessions_can(model: SessionsModel) -> None:
    selectable = [
        bool(model.index(r, 0).flags() & Qt.ItemFlag.ItemIsSelectable) for r in range(model.rowCount())
    ]
    assert selectable == [False, True, True, False, True, False, True]


def test_that_a_new_session_is_inserted_and_others_stay(qtbot: QtBot, model: SessionsModel) -> None:
    kept = QPersistentModelIndex(model.index_of(f"{ROOT}/{NAMES[2]}"))
    with qtbot.waitSignal(model.rowsInserted), qtbot.assertNotEmitted(model.modelReset):
        model.apply(Delta(added=(summary("5_2026-11-23_14-20"),)))
    assert shown(model)[:3] == ["Today (3)", "5", "1"]
    assert kept.data() == NAMES[2]


def test_that_the_first_session_of_a_group_brings_its_heading(qtbot: QtBot, model: SessionsModel) -> None:
    model.apply(Delta(removed=(f"{ROOT}/{NAMES[2]}",)))
    assert "Yesterday (1)" not in shown(model)
    with qtbot.assertNotEmitted(model.modelReset):
        model.apply(Delta(added=(summary(NAMES[2]),)))
    assert shown(model) == ["Today (2)", "1", "2", "Yesterday (1)", "3", "Older (1)", "4"]


def test_that_a_changed_session_changes_in_its_row_alone(qtbot: QtBot, model: SessionsModel) -> None:
    with qtbot.waitSignal(model.dataChanged) as told, qtbot.assertNotEmitted(model.counts_changed):
        model.apply(Delta(changed=(summary(NAMES[0], size=1, attributes=3),)))
    assert told.args is not None
    assert told.args[0].row() == told.args[1].row() == 1


def test_that_a_changed_status_is_counted(model: SessionsModel) -> None:
    model.apply(Delta(changed=(summary(NAMES[0], outcome="failed"),)))
    assert [model.count(chip) for chip in ("all", "completed", "running", "problems")] == [4, 3, 0, 1]
    assert cell(model, NAMES[0], 4) == "Failed"


def test_that_an_equal_summary_tells_nothing(qtbot: QtBot, model: SessionsModel) -> None:
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.counts_changed):
        model.apply(Delta(changed=(summary(NAMES[0]),)))


def test_that_chips_and_filter_work_together(model: SessionsModel) -> None:
    model.apply(Delta(changed=(summary(NAMES[0], outcome="failed"), summary(NAMES[3], outcome="failed"))))
    model.set_chip("problems")
    assert shown(model) == ["Today (1)", "1", "Older (1)", "4"]
    model.set_filter("4_ failed")
    assert shown(model) == ["Older (1)", "4"]
    assert model.count("all") == 1
    model.set_chip("all")
    model.set_filter("")
    assert len(shown(model)) == 7
    assert model.session_count() == 4


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_that_every_grouping_shows_every_session(model: SessionsModel, grouping: str) -> None:
    model.set_grouping(grouping)  # type: ignore[arg-type]
    rows = [model.line(position) for position in range(model.rowCount())]
    assert sum(isinstance(row, SessionRow) for row in rows) == 4


def test_that_a_folded_group_stays_folded_when_sessions_come(model: SessionsModel) -> None:
    heading = model.line(0)
    assert isinstance(heading, Heading)
    model.toggle(heading)
    model.apply(Delta(added=(summary("5_2026-11-23_14-20"),)))
    assert shown(model)[:2] == ["Today (3)", "Yesterday (1)"]


def test_that_revealing_a_session_opens_its_group(model: SessionsModel) -> None:
    heading = model.line(0)
    assert isinstance(heading, Heading)
    model.toggle(heading)
    assert model.reveal(f"{ROOT}/{NAMES[1]}").data() == NAMES[1]
    model.set_filter("nothing has this")
    assert not model.reveal(f"{ROOT}/{NAMES[1]}").isValid()


def test_that_sorting_by_a_column_sorts_within_the_groups(model: SessionsModel) -> None:
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert shown(model)[:3] == ["Today (2)", "2", "1"]
    model.sort(-1)
    assert shown(model)[:3] == ["Today (2)", "1", "2"]


def test_that_ages_grow_with_the_clock(qtbot: QtBot, model: SessionsModel, clock: Clock) -> None:
    clock.time += timedelta(minutes=10)
    with qtbot.waitSignal(model.dataChanged):
        model.tick()
    assert cell(model, NAMES[0], 3) == "36 min ago"
    model.set_short_dates(True)
    assert cell(model, NAMES[2], 3) == "22 Nov"


def test_that_ages_are_told_each_second_only_while_something_is_fresh(
    qtbot: QtBot, model: SessionsModel, clock: Clock
) -> None:
    told: list[datetime] = []
    model.tick()
    model.dataChanged.connect(lambda *_: told.append(clock.time))
    for _ in range(30):
        clock.time += timedelta(seconds=1)
        model.tick()
    assert len(told) == 3
    saved = clock.time.isoformat()
    model.apply(Delta(changed=(summary(NAMES[0], saved_at=saved),)))
    told.clear()
    for _ in range(30):
        clock.time += timedelta(seconds=1)
        model.tick()
    assert len(told) == 30


def test_that_ages_of_hours_are_told_each_minute(model: SessionsModel, clock: Clock) -> None:
    told: list[datetime] = []
    clock.time += timedelta(hours=2)
    model.tick()
    model.dataChanged.connect(lambda *_: told.append(clock.time))
    for _ in range(120):
        clock.time += timedelta(seconds=1)
        model.tick()
    assert len(told) == 2


def test_that_it_says_whether_seconds_are_shown(model: SessionsModel, clock: Clock) -> None:
    assert not model.is_fresh()
    model.apply(Delta(changed=(summary(NAMES[0], saved_at=clock.time.isoformat()),)))
    assert model.is_fresh()
    clock.time += timedelta(minutes=1)
    assert not model.is_fresh()


def test_that_midnight_moves_sessions_to_yesterday(model: SessionsModel, clock: Clock) -> None:
    clock.time += timedelta(days=1)
    model.tick()
    assert shown(model)[:3] == ["Yesterday (2)", "1", "2"]


def test_that_unsaved_edits_are_marked_and_summed(model: SessionsModel) -> None:
    model.set_unsaved(f"{ROOT}/{NAMES[0]}", 2)
    model.set_unsaved(f"{ROOT}/{NAMES[1]}", 1)
    model.set_unsaved(f"{ROOT}/not-listed-yet", 4)
    status = model.status(f"{ROOT}/{NAMES[0]}")
    assert status is not None
    assert [mark.text for mark in status.marks] == ["2 unsaved"]
    assert model.unsaved_total() == 7
    assert cell(model, NAMES[0], 4, Qt.ItemDataRole.AccessibleTextRole) == "Completed, 2 unsaved"


def test_that_sessions_of_a_folder_that_is_away_are_unavailable_until_it_is_back(
    model: SessionsModel,
) -> None:
    model.set_unavailable([ROOT])
    assert cell(model, NAMES[0], 4) == "Unavailable"
    model.set_unavailable([])
    assert cell(model, NAMES[0], 4) == "Completed"


def test_that_sessions_in_a_part_that_is_away_are_unavailable(model: SessionsModel) -> None:
    inside = summary("5_2026-11-23_14-20", directory=f"{ROOT}/disk/deep/5_2026-11-23_14-20")
    part = f"{ROOT}/disk"
    model.apply(Delta(added=(inside,)))

    def away() -> list[str]:
        words = {one.directory: cell_of(model, one.directory) for one in (inside, *map(summary, NAMES))}
        return sorted(directory for directory, word in words.items() if word == "Unavailable")

    model.set_unavailable([part])
    assert away() == [inside.directory]
    status = model.status(inside.directory)
    assert status is not None
    assert status.reason == f"The folder {part} cannot be reached now."
    model.apply(Delta(changed=(inside._replace(size=7),)))
    assert away() == [inside.directory]
    model.set_unavailable([ROOT])
    assert len(away()) == 5
    model.set_unavailable([inside.directory])
    assert away() == [inside.directory]
    model.set_unavailable([])
    assert away() == []


def cell_of(model: SessionsModel, directory: str) -> object:
    return model.index_of(directory).siblingAtColumn(4).data()


def test_that_a_source_is_marked_as_soon_as_its_heir_is_listed(model: SessionsModel) -> None:
    source = f"{ROOT}/{NAMES[1]}"
    heir = summary("2_2026-11-23_14-30", resumed_from=source)
    model.apply(Delta(added=(heir,)))
    status = model.status(source)
    assert status is not None
    assert [mark.text for mark in status.marks] == ["Resumed as 14-30"]
    assert model.heir(source) == heir.directory
    model.apply(Delta(removed=(heir.directory,)))
    assert model.heir(source) is None
    gone = model.status(source)
    assert gone is not None
    assert gone.marks == ()


def test_that_an_heir_may_be_listed_before_its_source(qapp: object) -> None:
    model = SessionsModel(Clock())
    source = summary(NAMES[1])
    model.apply(Delta(added=(summary("2_2026-11-23_14-30", resumed_from=source.directory),)))
    model.apply(Delta(added=(source,)))
    status = model.status(source.directory)
    assert status is not None
    assert len(status.marks) == 1


def test_that_tips_say_the_path_the_exact_time_and_the_reason(model: SessionsModel) -> None:
    problem = Problem("damaged", "The file ends too early, at line 7.")
    model.apply(Delta(changed=(summary(NAMES[0], problem=problem),)))
    tips = [cell(model, NAMES[0], column, Qt.ItemDataRole.ToolTipRole) for column in (0, 3, 4)]
    assert tips == [f"{ROOT}/{NAMES[0]}", "Saved 2026-11-23 14:05:30", f"Damaged\n{problem.text}"]


def test_that_a_run_that_did_not_save_is_told_over_the_status_and_found_by_its_mark(
    model: SessionsModel,
) -> None:
    died = Running("rig3", 7, PREDICTIVE, "2026-11-23T14:20:05.5")
    model.apply(Delta(changed=(summary(NAMES[0], died=died),)))
    assert str(cell(model, NAMES[0], 4, Qt.ItemDataRole.ToolTipRole)).splitlines() == [
        "Completed",
        "Last run did not save",
        "PredictiveLauncher began 2026-11-23 14:20:05 and ended without saving:",
        "what is saved is not of that run.",
    ]
    assert cell(model, NAMES[0], 4, Qt.ItemDataRole.AccessibleTextRole) == "Completed, Last run did not save"
    model.set_filter('"did not save"')
    assert shown(model) == ["Today (1)", "1"]


def test_that_saved_says_whose_saving_it_tells_where_people_edited_since(model: SessionsModel) -> None:
    edited = summary(NAMES[0], edited_at="2026-11-23T14:09:30", edited_by="ann")
    model.apply(Delta(changed=(edited,)))
    tip = cell(model, NAMES[0], 3, Qt.ItemDataRole.ToolTipRole)
    assert tip == "Saved by the launcher 2026-11-23 14:05:30\nEdited 2026-11-23 14:09:30 by ann"
    written = edited._replace(written_at="2026-11-23T14:20:00")
    model.apply(Delta(changed=(written,)))
    tip = cell(model, NAMES[0], 3, Qt.ItemDataRole.ToolTipRole)
    assert str(tip).splitlines()[1:] == [
        "Edited 2026-11-23 14:09:30 by ann",
        "Written 2026-11-23 14:20:00 outside history:",
        "what ann changed may not be in it any more",
    ]
    model.apply(Delta(changed=(written._replace(edited_by=None, edited_at=None),)))
    tip = cell(model, NAMES[0], 3, Qt.ItemDataRole.ToolTipRole)
    assert str(tip).splitlines()[1:] == ["Written 2026-11-23 14:20:00 outside history:", BY_WHOM]
    over = [model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) for at in (0, 3)]
    assert over == [None, SAVED_TIP]


def test_that_of_what_is_not_known_to_be_saved_no_tip_says_that_it_never_was(model: SessionsModel) -> None:
    """A state that was cleared, or cannot be read, has been saved."""

    def tip_of(**changes: object) -> object:
        bare = summary(NAMES[0], saved_at=None, launchers=(), outcome=None)._replace(**changes)  # type: ignore[arg-type]
        model.apply(Delta(changed=(bare,)))
        return cell(model, NAMES[0], 3, Qt.ItemDataRole.ToolTipRole)

    assert tip_of(edited_by="ann", edited_at="2026-11-23T14:09:30") == "Cleared 2026-11-23 14:09:30 by ann"
    assert tip_of(problem=Problem("damaged", "x")) == "When it was saved is not known"
    assert tip_of(problem=Problem("moved", "x")) == "When it was saved is not known"
    assert tip_of(launchers=("a.B",)) == "When it was saved is not known"
    assert tip_of(problem=Problem("no_state", "x")) == "Nothing is saved"
    assert tip_of() == "Nothing is saved"


def test_that_a_name_full_of_markup_is_text(model: SessionsModel) -> None:
    model.apply(Delta(added=(summary("<b>x</b>", directory="/data/<b>x</b>", started=None),)))
    index = model.index_of("/data/<b>x</b>")
    assert index.data() == "<b>x</b>"
    assert not RichText.mightBeRichText(str(index.data(Qt.ItemDataRole.ToolTipRole)))


def random_delta(chance: random.Random, known: dict[str, Summary]) -> Delta:
    added: list[Summary] = []
    changed: list[Summary] = []
    removed: list[str] = []
    for _ in range(chance.randrange(4)):
        day, hour = chance.choice((23, 22, 21)), chance.randrange(24)
        one = summary(f"{chance.randrange(5)}_2026-11-{day}_{hour:02}-{chance.randrange(60):02}")
        (changed if one.directory in known else added).append(one)
        known[one.directory] = one
    for directory in chance.sample(sorted(known), min(len(known), chance.randrange(3))):
        if chance.random() < 0.5:
            removed.append(directory)
            known.pop(directory)
        else:
            outcome = chance.choice(("failed", "completed", "interrupted"))
            running = chance.choice((None, Running("rig3", 1, SLAP2, "", False)))
            known[directory] = summary(known[directory].name, outcome=outcome, running=running)
            changed.append(known[directory])
    told = {one.directory: one for one in (*added, *changed) if one.directory in known}
    return Delta(changed=tuple(told.values()), removed=tuple(removed))


@pytest.mark.parametrize("seed", range(6))
def test_that_a_life_of_changes_ends_with_what_is_known(qtbot: QtBot, clock: Clock, seed: int) -> None:
    chance, known = random.Random(seed), dict[str, Summary]()
    model = SessionsModel(clock)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for _ in range(120):
        model.apply(random_delta(chance, known))
        act = chance.randrange(12)
        if act == 0:
            model.set_grouping(chance.choice(GROUPINGS))
        elif act == 1:
            model.set_filter(chance.choice(("", "1_", "failed", "2026-11-22")))
        elif act == 2:
            model.set_chip(chance.choice(("all", "problems", "running", "completed")))
        elif act == 3:
            model.sort(chance.randrange(-1, 5), chance.choice(list(Qt.SortOrder)))
        elif act == 4 and known:
            model.set_unsaved(chance.choice(sorted(known)), chance.randrange(3))
        elif act == 5 and model.heading_positions():
            heading = model.line(chance.choice(model.heading_positions()))
            assert isinstance(heading, Heading)
            model.toggle(heading)
    anew = SessionsModel(clock)
    anew.apply(Delta(added=tuple(known.values())))
    for one in (model, anew):
        one.set_filter("")
        one.set_chip("all")
        one.sort(-1)
        one.set_grouping("none")
    qtbot.waitUntil(lambda: len(shown(anew)) == len(known))
    assert shown(model) == shown(anew)
    assert {model.summary(directory) for directory in known} == set(known.values())
    del tester


def test_that_a_wrong_query_leaves_the_list_as_it_is_and_says_why(qtbot: QtBot, model: SessionsModel) -> None:
    model.set_filter("subject:1")
    assert shown(model) == ["Today (1)", "1"]
    with qtbot.waitSignal(model.filter_refused) as told:
        model.set_filter("subject:1 saved>")
    assert "value is missing" in str(told.args)
    assert shown(model) == ["Today (1)", "1"]
    with qtbot.waitSignal(model.filter_refused, check_params_cb=lambda sentence: not sentence):
        model.set_filter("subject:2")
    assert shown(model) == ["Today (1)", "2"]


def test_that_a_comparison_that_is_being_typed_leaves_what_the_rest_asks_for(
    qtbot: QtBot, model: SessionsModel
) -> None:
    before = shown(model)
    model.set_filter("trial_count")
    assert shown(model) != before
    for typed in ("trial_count>", "trial_count >= ", 'not:"trial count"='):
        with qtbot.waitSignal(model.filter_refused, check_params_cb=bool):
            model.set_filter(typed)
        assert shown(model) == before
        model.set_filter("trial_count")
    model.set_filter("subject:1 trial_count>")
    assert shown(model) == ["Today (1)", "1"]


def test_that_a_comparison_that_is_being_deleted_leaves_what_it_asked_for(
    qtbot: QtBot, model: SessionsModel
) -> None:
    model.set_filter("subject:1")
    assert shown(model) == ["Today (1)", "1"]
    for typed in ("subject:", "subject: "):
        with qtbot.waitSignal(model.filter_refused, check_params_cb=bool):
            model.set_filter(typed)
        assert shown(model) == ["Today (1)", "1"]


def test_that_the_beginning_of_a_name_does_not_empty_the_list(qtbot: QtBot, model: SessionsModel) -> None:
    before = shown(model)
    asked: list[bool] = []
    model.names_wanted.connect(lambda: asked.append(True))
    for typed in ("tri", "trial", "trial_cu"):
        model.set_filter(typed)
        assert shown(model) == []
    assert asked == [True]
    with qtbot.waitSignal(model.filter_refused, check_params_cb=bool) as told:
        model.set_filter("trial_c")
        model.set_names(["trial_count", "phase", "Trial_time"])
    assert told.args == ["No session shows trial_c. A saved value is asked for as trial_count=…"]
    assert shown(model) == before
    for typed in ("trial_co", "trial_count", "TRIAL"):
        model.set_filter(typed)
        assert shown(model) == before
    model.set_filter("subject:1 pha")
    assert shown(model) == ["Today (1)", "1"]
    model.set_filter("subject:none pha")  # what the rest asks for is nothing
    assert shown(model) == []
    for typed in ("trial_cuont", "phase ", '"phase"', "769"):  # a word, and nothing else
        model.set_filter(typed)
        assert shown(model) == []
    assert asked == [True]


@pytest.mark.parametrize(
    ("typed", "offer"),
    [
        ("phase=x", " Did you mean experiment_phase?"),
        ("trial_cuont>1", " Did you mean trial_count?"),
        ("phase=x trial_cuont>1", " Did you mean experiment_phase or trial_count?"),
        ("wheel=1", ""),
        ("ph=1", ""),
    ],
)
def test_that_a_name_that_no_session_has_is_told_with_the_one_that_was_meant(
    qtbot: QtBot, model: SessionsModel, typed: str, offer: str
) -> None:
    asked, wanted = Asked(model), list[bool]()
    model.names_wanted.connect(lambda: wanted.append(True))
    model.set_filter(typed)
    unknown = frozenset(one.name for one in parse(typed).attribute_conditions)
    model.set_matching(asked.conditions[0], frozenset(), unknown)
    assert wanted == [True]
    said = f"No session has a single value called {', '.join(sorted(unknown))}"
    before = f"{said}; lists cannot be asked for."
    assert model.why_nothing() == before
    with qtbot.waitSignal(model.counts_changed, raising=False, timeout=0 if not offer else 1_000) as told:
        model.set_names({"experiment_phase": 4, "experiment_phase_before": 2, "trial_count": 3})
    after = f"{said}.{offer}" if offer else before
    assert (model.why_nothing(), told.signal_triggered) == (after, bool(offer))


def test_that_no_name_of_the_text_before_is_told_while_another_is_looked_for(model: SessionsModel) -> None:
    """Typed quickly, it was said of what had stood there a key before."""
    asked = Asked(model)
    model.set_filter("trial_cuon>1")
    model.set_matching(asked.conditions[-1], frozenset(), frozenset({"trial_cuon"}))
    assert "trial_cuon;" in model.why_nothing()
    model.set_filter("trial_count>1")
    assert model.why_nothing() == "Searching …"
    model.set_matching(asked.conditions[-1], frozenset())
    assert model.why_nothing() == "No session matches the filter."


@pytest.mark.parametrize("steps", [(), ("trial_cuont>5",), ("trial_cuont>5", "trial_cuont>5 subject<")])
def test_that_of_two_mistakes_both_are_told(
    qtbot: QtBot, model: SessionsModel, steps: tuple[str, ...]
) -> None:
    """Typed or pasted: what stands before the comparison that cannot be read is looked for."""
    asked = Asked(model)
    for text in steps:
        model.set_filter(text)
    with qtbot.waitSignal(model.filter_refused, check_params_cb=bool) as told:
        model.set_filter("trial_cuont>5 subject<<")
    assert "second sign of comparison" in str(told.args)
    assert [str(one) for one in asked.conditions[-1]] == ["trial_cuont>5"]
    model.set_matching(asked.conditions[-1], frozenset(), frozenset({"trial_cuont"}))
    model.set_names({"trial_count": 3})
    assert shown(model) == []
    assert (
        model.why_nothing() == "No session has a single value called trial_cuont. Did you mean trial_count?"
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("subject:1 phase==x", ["1"]),
        ("subject:1 phase == x", ["1"]),
        ("subject:1 saved>yesterday", ["1"]),
        ('subject:1 "two words', ["1"]),
        ("phase == x", None),
        ("phase==x subject:1", None),
        ('"two words"x subject:1', None),
    ],
)
def test_that_what_stands_before_a_mistake_is_looked_for(
    model: SessionsModel, typed: str, found: list[str] | None
) -> None:
    before = shown(model)
    model.set_filter(typed)
    assert shown(model) == (before if found is None else ["Today (1)", *found])


def test_that_a_name_of_the_list_itself_can_be_the_one_that_was_meant(model: SessionsModel) -> None:
    asked = Asked(model)
    model.set_filter("foldr:rig1")
    model.set_matching(asked.conditions[0], frozenset(), frozenset({"foldr"}))
    assert model.why_nothing() == "No session has a single value called foldr. Did you mean folder?"


def test_that_a_comma_in_a_number_is_told_and_looked_for_all_the_same(
    qtbot: QtBot, model: SessionsModel
) -> None:
    asked = Asked(model)
    with qtbot.waitSignal(model.filter_refused) as told:
        model.set_filter("reward_volume_ul=5,5")
    assert told.args == ["Use a point: reward_volume_ul=5.5"]
    assert len(asked.conditions) == 1
    with qtbot.waitSignal(model.filter_refused, check_params_cb=lambda sentence: not sentence):
        model.set_filter("reward_volume_ul=5.5")


class Asked:
    """Who is asked about values of saved states."""

    def __init__(self, model: SessionsModel) -> None:
        self.conditions: list[tuple[object, ...]] = []
        self._model = model
        model.conditions_wanted.connect(self.conditions.append)

    def answer(self, number: int, *names: str) -> None:
        """Answer one of the questions: these sessions meet it."""
        self._model.set_matching(self.conditions[number], frozenset(f"{ROOT}/{name}" for name in names))


def test_that_conditions_on_values_are_asked_for_and_waited_for(model: SessionsModel) -> None:
    asked = Asked(model)
    model.set_filter("trial_count>100 completed")
    assert [str(one) for one in asked.conditions[0]] == ["trial_count>100"]
    assert len(shown(model)) == 7
    asked.answer(0, NAMES[1], NAMES[2])
    assert shown(model) == ["Today (1)", "2", "Yesterday (1)", "3"]
    model.set_filter("trial_count>100 2026-11-22")
    assert shown(model) == ["Yesterday (1)", "3"]
    assert len(asked.conditions) == 1
    model.set_filter("")
    assert len(shown(model)) == 7


def test_that_a_late_answer_about_earlier_conditions_is_dropped(model: SessionsModel) -> None:
    asked = Asked(model)
    model.set_filter("trial_count>100")
    model.set_filter("trial_count>10")
    asked.answer(0, NAMES[0])
    assert len(shown(model)) == 7
    asked.answer(1, NAMES[1])
    assert shown(model) == ["Today (1)", "2"]
    model.set_filter("2026")
    asked.answer(1)
    assert len(shown(model)) == 7


def test_that_an_answer_about_values_may_become_another(model: SessionsModel) -> None:
    asked = Asked(model)
    model.set_filter("trial_count>100")
    asked.answer(0, NAMES[0])
    model.apply(Delta(added=(summary("5_2026-11-23_14-20"),)))
    assert shown(model) == ["Today (1)", "1"]
    asked.answer(0, NAMES[0], "5_2026-11-23_14-20")
    assert shown(model) == ["Today (2)", "5", "1"]
    asked.answer(0)
    assert shown(model) == []


def test_that_conditions_on_values_are_asked_once_and_taken_back(model: SessionsModel) -> None:
    asked = Asked(model)
    for text in ("trial_count>100", "trial_count>100 2026", "2026", "20"):
        model.set_filter(text)
    assert [[str(one) for one in conditions] for conditions in asked.conditions] == [["trial_count>100"], []]


def test_that_a_folder_that_goes_away_is_found_by_its_new_status(model: SessionsModel) -> None:
    model.set_filter("unavailable")
    assert shown(model) == []
    model.set_unavailable([ROOT])
    assert len(shown(model)) == 7
    assert model.count("problems") == 4
    model.set_unavailable([])
    assert shown(model) == []


def test_that_an_unsaved_state_that_was_found_is_marked_and_counted(
    model: SessionsModel,
) -> None:
    model.apply(Delta(changed=(summary(NAMES[0], unsaved=("beside",)),)))
    assert cell(model, NAMES[0], 4, Qt.ItemDataRole.AccessibleTextRole) == "Completed, Unsaved state found"
    assert [model.count(chip) for chip in ("completed", "problems")] == [4, 1]
    model.set_chip("problems")
    assert shown(model) == ["Today (1)", "1"]


def test_that_a_long_name_that_comes_and_goes_is_still_a_single_one(qapp: object, clock: Clock) -> None:
    """It was counted each time, until the list made room for it."""
    model, long = SessionsModel(clock), summary("x" * 90)
    model.apply(Delta(added=(*map(summary, NAMES), long)))
    for _ in range(3):
        model.apply(Delta(removed=(long.directory,)))
        model.apply(Delta(added=(long,)))
    assert model.longest_own_name() in NAMES
