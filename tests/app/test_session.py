"""How a session stands, in words: one pure function from one frozen summary."""

from dataclasses import replace

import pytest

from app.session import Problem, Running, Snapshot, Status, Summary, holds, last_part, status
from persistence.document import Document

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


@pytest.mark.parametrize(
    ("changes", "kind", "word"),
    [
        ({}, "completed", "Completed"),
        ({"outcome": "checkpoint"}, "checkpoint", "Checkpoint"),
        ({"outcome": "failed"}, "failed", "Failed"),
        ({"outcome": "interrupted"}, "interrupted", "Interrupted"),
        ({"outcome": None}, "ready", "Ready"),
        ({"outcome": "something new"}, "ready", "Ready"),
        ({"launchers": ()}, "cleared", "Cleared"),
        ({"running": AT_WORK}, "running", "Running"),
        ({"running": replace(AT_WORK, finishing=True)}, "finishing", "Finishing"),
        ({"problem": Problem("no_state", "why")}, "no_state", "No saved state"),
        ({"problem": Problem("moved", "why")}, "moved", "Moved"),
        ({"problem": Problem("damaged", "why")}, "damaged", "Damaged"),
        ({"problem": Problem("newer", "why")}, "newer", "Needs newer Rigstate"),
        ({"problem": Problem("unreadable", "why")}, "damaged", "Unreadable"),
        ({"problem": Problem("too_large", "why")}, "damaged", "Too large"),
        ({"problem": Problem("being_written", "why")}, "being_written", "Being written"),
    ],
)
def test_that_each_state_of_a_session_has_its_word(changes: dict[str, object], kind: str, word: str) -> None:
    found = status(replace(NEWEST, **changes))  # type: ignore[arg-type]
    assert (found.kind, found.word) == (kind, word)
    problem = changes.get("problem")
    if isinstance(problem, Problem):
        assert found.reason == "why"


def test_that_a_folder_out_of_reach_says_so_whatever_was_known() -> None:
    found = status(replace(NEWEST, problem=Problem("damaged", "why")), away="/data")
    assert found == Status("unavailable", "Unavailable", (), "The folder /data cannot be reached now.")


def test_that_a_run_without_a_state_yet_is_running_and_damage_is_told_during_a_run() -> None:
    assert status(replace(NEWEST, problem=Problem("no_state", "x"), running=AT_WORK)).kind == "running"
    assert status(replace(NEWEST, problem=Problem("damaged", "x"), running=AT_WORK)).kind == "damaged"


def test_that_marks_stand_beside_the_status() -> None:
    marked = replace(NEWEST, edited_by="ann")
    assert words(marked, unsaved=2, resumed_as="/data/764521_2026-11-23_15-30") == (
        "Completed", "2 unsaved", "Edited by ann", "Resumed as 15-30",
    )  # fmt: skip
    assert words(replace(NEWEST, running=AT_WORK)) == ("Running", "live")
    assert words(replace(NEWEST, unsaved=("beside",))) == ("Completed", "Unsaved state found")


def test_that_who_cleared_a_state_is_said_to_have_cleared_it() -> None:
    assert "Cleared by ann" in words(replace(NEWEST, launchers=(), edited_by="ann"))


def opened(**changes: object) -> Snapshot:
    """A session that can be edited, unless something is changed about it."""
    whole = Snapshot("/data/s1", Document({"version": "1.0.0"}), "e1", 10, 1, None)
    return replace(whole, **changes)  # type: ignore[arg-type]


def test_that_an_ordinary_session_can_be_edited() -> None:
    assert opened().editable
    assert opened(running=replace(AT_WORK, finishing=True)).editable


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
