"""How a session stands, in words: one pure function from one frozen summary."""

import os
from dataclasses import replace
from typing import get_args

import pytest

from app.models.sessions.session_rows import CHIPS
from app.session import (
    Mark,
    MarkKind,
    Problem,
    Running,
    Status,
    StatusKind,
    Summary,
    holds,
    last_part,
    reaches,
    status,
    still_running,
)
from app.snapshot import SessionSnapshot
from app.views.style.looks import MARK_LOOKS, STATUS_LOOKS
from persistence.document import Document
from persistence.sessions.summary import ProblemKind

NEWEST = Summary(
    directory="/data/764521_2026-11-23_14-05",
    root="/data",
    name="764521_2026-11-23_14-05",
    subject="764521",
    launchers=("rig.Predictive",),
    outcome="completed",
    etag="e1",
)
AT_WORK = Running(host="rig-3", pid=7, launcher="my_lab.rig.Predictive")


def words(summary: Summary, **marks: object) -> tuple[str, ...]:
    """The status word and the words of its marks."""
    found = status(summary, **marks)  # type: ignore[arg-type]
    return (found.word, *(mark.text for mark in found.marks))


FINISHING = AT_WORK._replace(finishing=True)
_OUTCOMES = [
    ("completed", "completed", "Completed"),
    ("checkpoint", "checkpoint", "Checkpoint"),
    ("failed", "failed", "Failed"),
    ("interrupted", "interrupted", "Interrupted"),
    (None, "ready", "Ready"),
    ("something new", "ready", "Ready"),
]
_PROBLEMS: list[tuple[ProblemKind, str, str]] = [
    ("no_state", "no_state", "No saved state"),
    ("moved", "moved", "Moved"),
    ("being_written", "being_written", "Being written"),
    ("damaged", "damaged", "Damaged"),
    ("newer", "newer", "Needs newer Rigstate"),
    ("unreadable", "damaged", "Unreadable"),
    ("too_large", "damaged", "Too large"),
]
_UNDER_A_RUN = ("no_state", "moved", "being_written")
"""What a run explains: it has saved nothing yet, or is just saving. The others nobody would expect of it."""
STANDINGS: list[tuple[dict[str, object], str, str]] = [
    *((dict[str, object](outcome=outcome), kind, word) for outcome, kind, word in _OUTCOMES),
    *((dict[str, object](problem=Problem(one, "why")), kind, word) for one, kind, word in _PROBLEMS),
    ({"launchers": ()}, "cleared", "Cleared"),
]
_MARKS = [
    ({"edited_by": "ann"}, {}, ("edited_by", "Edited by ann")),
    ({"written_at": "2026-11-23T14:31:00"}, {}, ("written", "Written outside history")),
    ({"edited_by": "ann", "written_at": ""}, {}, ("written", "Written since the edit by ann")),
    ({"unsaved": ("beside",)}, {}, ("found", "Unsaved state found")),
    ({"died": AT_WORK}, {}, ("died", "Last run did not save")),
    ({}, {"unsaved": 2}, ("unsaved", "2 unsaved")),
    ({}, {"resumed_as": "/data/764521_2026-11-23_15-30"}, ("resumed_as", "Resumed as 15-30")),
]


@pytest.mark.parametrize(("changes", "kind", "word"), STANDINGS)
def test_that_each_state_of_a_session_has_its_word(changes: dict[str, object], kind: str, word: str) -> None:
    found = status(NEWEST._replace(**changes))  # type: ignore[arg-type]
    assert (found.kind, found.word, found.marks) == (kind, word, ())
    problem = changes.get("problem")
    if isinstance(problem, Problem):
        assert found.reason == "why"


@pytest.mark.parametrize(("changes", "kind", "word"), STANDINGS)
def test_that_a_run_is_told_by_the_lock_that_its_launcher_holds(
    changes: dict[str, object], kind: str, word: str
) -> None:
    """In the word, or, where something is wrong that no run explains, in the mark beside it."""
    problem = changes.get("problem")
    wrong = isinstance(problem, Problem) and problem.kind not in _UNDER_A_RUN
    going_on = status(NEWEST._replace(running=AT_WORK, **changes))  # type: ignore[arg-type]
    assert (going_on.kind, going_on.word) == ((kind, word) if wrong else ("running", "Running"))
    assert going_on.marks == (Mark("live", "running" if wrong else "live"),)
    finishing = status(NEWEST._replace(running=FINISHING, **changes))  # type: ignore[arg-type]
    assert (finishing.kind, finishing.word) == ((kind, word) if wrong else ("finishing", "Finishing"))
    assert finishing.marks == ()


@pytest.mark.parametrize("running", [None, AT_WORK, FINISHING])
@pytest.mark.parametrize(("known", "told", "mark"), _MARKS)
def test_that_each_mark_stands_beside_each_status(
    known: dict[str, object], told: dict[str, object], mark: tuple[str, str], running: Running | None
) -> None:
    for changes, _, _ in STANDINGS:
        bare = NEWEST._replace(running=running, **changes)  # type: ignore[arg-type]
        marked = bare._replace(**known)  # type: ignore[arg-type]
        plain, found = status(bare), status(marked, **told)  # type: ignore[arg-type]
        cleared = bare.launchers == () and mark[0] == "edited_by"
        expected = ("edited_by", "Cleared by ann") if cleared else mark
        assert (found.kind, found.word) == (plain.kind, plain.word)
        assert [one for one in found.marks if one not in plain.marks] == [Mark(*expected)]  # type: ignore[arg-type]
        away = status(marked, away="/data", **told)  # type: ignore[arg-type]
        assert away.kind == "unavailable"
        assert list(away.marks) == [Mark(*expected)]  # type: ignore[arg-type]


def test_that_every_status_and_every_mark_is_in_these_tables_and_has_its_look_and_its_chip() -> None:
    kinds = {kind for _, kind, _ in STANDINGS} | {"running", "finishing", "unavailable"}
    assert kinds == set(get_args(StatusKind)) == set(STATUS_LOOKS)
    assert {mark[0] for _, _, mark in _MARKS} | {"live"} == set(get_args(MarkKind)) == set(MARK_LOOKS)
    chips = [kind for chip, of_chip in CHIPS.items() if chip != "all" for kind in of_chip]
    assert sorted(chips) == sorted(kinds)


def test_that_a_folder_out_of_reach_says_so_whatever_was_known() -> None:
    found = status(NEWEST._replace(problem=Problem("damaged", "why")), away="/data")
    assert found == Status("unavailable", "Unavailable", (), "The folder /data cannot be reached now.")


def test_that_a_run_without_a_state_yet_is_running_and_damage_is_told_during_a_run() -> None:
    assert status(NEWEST._replace(problem=Problem("no_state", "x"), running=AT_WORK)).kind == "running"
    assert status(NEWEST._replace(problem=Problem("damaged", "x"), running=AT_WORK)).kind == "damaged"


def test_that_marks_stand_beside_the_status() -> None:
    marked = NEWEST._replace(edited_by="ann")
    assert words(marked, unsaved=2, resumed_as="/data/764521_2026-11-23_15-30") == (
        "Completed", "2 unsaved", "Edited by ann", "Resumed as 15-30",
    )  # fmt: skip
    assert words(NEWEST._replace(running=AT_WORK)) == ("Running", "live")
    assert words(NEWEST._replace(unsaved=("beside",))) == ("Completed", "Unsaved state found")


def test_that_who_cleared_a_state_is_said_to_have_cleared_it() -> None:
    cleared = NEWEST._replace(launchers=(), edited_by="ann")
    assert "Cleared by ann" in words(cleared)
    assert words(cleared._replace(running=AT_WORK)) == ("Running", "live", "Cleared by ann")


def test_that_earlier_versions_are_promised_where_history_knows_who_cleared() -> None:
    """A file of nothing, as a script writes one, was never cleared and may have no history."""
    empty = NEWEST._replace(launchers=())
    for known in ({"edited_by": "ann"}, {"written_at": "2026-11-23T14:31:00"}):
        assert "its earlier versions are kept" in status(empty._replace(**known)).reason  # type: ignore[arg-type]
    assert status(empty).reason == "No launcher has a saved state in it."


def opened(**changes: object) -> SessionSnapshot:
    """A session that can be edited, unless something is changed about it."""
    whole = SessionSnapshot("/data/s1", Document({"version": "1.0.0"}), "e1", 10, 1, None)
    return replace(whole, **changes)  # type: ignore[arg-type]


def test_that_an_ordinary_session_can_be_edited() -> None:
    assert opened().editable
    assert opened(running=AT_WORK._replace(finishing=True)).editable


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"running": AT_WORK}, "Predictive on rig-3 is still running; this can be changed when"),
        ({"document": None, "problem": Problem("damaged", "Line 3.")}, "Line 3."),
        ({"document": None}, "There is no saved state"),
        ({"document": Document({"version": "2.0.0"})}, "Version 2.0.0 needs a newer Rigstate"),
        (
            {"not_writable_because": "the folder is read-only"},
            "Nothing can be saved here: the folder is read-only.",
        ),
    ],
)
def test_that_what_cannot_be_edited_says_why(changes: dict[str, object], reason: str) -> None:
    assert not opened(**changes).editable
    assert opened(**changes).not_editable_because.startswith(reason)


def test_that_equal_bytes_are_an_equal_snapshot() -> None:
    assert opened(document=Document({})) == opened()
    assert opened(etag="e2") != opened()


def test_that_paths_of_both_systems_are_taken_apart_as_text() -> None:
    assert last_part("/data/s1/") == "s1"
    assert last_part("D:\\data\\s1") == "s1"
    assert last_part("/") == "/"
    assert holds("/data", "/data/s1")
    assert holds("/data", "/data")
    assert holds("/", "/data")
    assert not holds("/data", "/database")


@pytest.mark.parametrize(
    ("path", "gets_there"),
    [
        ("/.rig/data", True),
        ("/.rig/data/mouse/.s1", False),
        ("/.rig/data/.snapshots/monday", False),
        ("/.rig/data/mouse.1/s1", True),
        ("/.rig/database", False),
    ],
)
def test_that_a_look_gets_to_all_but_what_lies_below_a_dot(path: str, gets_there: bool) -> None:
    separated = path.replace("/", os.sep)
    assert reaches("/.rig/data".replace("/", os.sep), separated) is gets_there


def test_that_a_run_that_saves_elsewhere_is_not_waited_for_to_save_here() -> None:
    assert still_running(AT_WORK).endswith("when it has saved for the last time.")
    assert still_running(AT_WORK._replace(elsewhere=True)) == (
        "Predictive on rig-3 was started on this saved state and is still running; "
        "this can be changed when it has ended."
    )
