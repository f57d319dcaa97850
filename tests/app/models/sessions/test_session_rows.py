"""The nouns of the list."""

from __future__ import annotations

from app.models.sessions.session_rows import CHIPS, in_chip, launcher_text
from app.session import Problem, Running, status
from tests.samples import PREDICTIVE, SLAP2, summary


def test_that_the_launcher_is_named_by_its_class() -> None:
    assert launcher_text(summary()) == "PredictiveLauncher"
    assert launcher_text(summary(launchers=(PREDICTIVE, SLAP2))) == "2 launchers"
    assert (
        launcher_text(summary(launchers=(), running=Running("rig3", 1, SLAP2, "", False))) == "Slap2Launcher"
    )
    assert launcher_text(summary(launchers=())) == "—"


def test_that_chips_hold_the_statuses_that_they_name() -> None:
    failed, fine = status(summary(outcome="failed")), status(summary())
    running = status(summary(running=Running("rig3", 1, SLAP2, "", False)))
    assert [in_chip(failed, chip) for chip in CHIPS] == [True, False, False, True, False]
    assert [in_chip(fine, chip) for chip in CHIPS] == [True, True, False, False, False]
    assert [in_chip(running, chip) for chip in CHIPS] == [True, False, True, False, False]


def test_that_an_unsaved_state_that_was_found_is_a_problem_whatever_else_is_true() -> None:
    found = status(summary(unsaved=("session_state.json.unsaved-1",)))
    assert [in_chip(found, chip) for chip in CHIPS] == [True, True, False, True, False]


def test_that_a_run_that_did_not_save_is_a_problem_beside_the_one_that_did() -> None:
    died = status(summary(died=Running("rig3", 1, SLAP2, "2026-11-23T14:20:00")))
    assert [chip for chip in CHIPS if in_chip(died, chip)] == ["all", "completed", "problems"]


def test_that_a_file_that_grows_is_no_run_and_a_run_over_a_damaged_file_is_both() -> None:
    """Who asks for what is running wants launchers at work, not a folder that is being copied."""
    written = summary(problem=Problem("being_written", "It is being written right now."))
    assert [chip for chip in CHIPS if in_chip(status(written), chip)] == ["all", "other"]
    at_work = Running("rig3", 1, SLAP2, "", False)
    assert [chip for chip in CHIPS if in_chip(status(written._replace(running=at_work)), chip)] == [
        "all", "running",
    ]  # fmt: skip
    damaged = status(summary(problem=Problem("damaged", "It ends."), running=at_work))
    assert [chip for chip in CHIPS if in_chip(damaged, chip)] == ["all", "running", "problems"]
