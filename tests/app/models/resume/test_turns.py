"""With which of several launchers a resume begins: by a real session, and what was done there last."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from app.change_errands import Commit, Done
from app.files.changes import change, read_session
from app.folder_errands import Terms
from app.launchers.registry import Registry
from app.models.resume.turns import edited_elsewhere, saved_last, turn_of, turn_text, whose_run
from app.resume_exchange import ResumeChoice
from app.resuming.offering import Prepare, offer_of
from persistence.files.runner import Running
from persistence.states.edits import set_value
from tests.small_rig import NAMESPACE, CountingLauncher, made_session

NOW = datetime(2026, 11, 23, 14, 32, 8)
OTHER = f"{__name__}.OtherLauncher"


def choices_of(session: Path) -> tuple[ResumeChoice, ...]:
    snapshot = read_session(str(session))
    return offer_of(Prepare(snapshot), Registry(session / "launchers.toml"), session).choices


def test_that_a_resume_begins_with_the_launcher_that_was_edited_or_ran_after_all_had_saved(
    tmp_path: Path,
) -> None:
    session = made_session(tmp_path)
    assert type("OtherLauncher", (CountingLauncher,), {})().save_session_state(session)
    choices = choices_of(session)
    names = [one.namespace for one in choices]
    mine, other = names.index(NAMESPACE), names.index(OTHER)
    assert turn_of(choices, None) == saved_last(choices) == other
    snapshot = read_session(str(session))
    assert snapshot.document is not None
    document = set_value(snapshot.document, NAMESPACE, ("trial_count",), 150)
    assert isinstance(change(Commit(str(session), document, snapshot.etag), terms=Terms("zed")), Done)
    choices = choices_of(session)
    assert (turn_of(choices, None), saved_last(choices)) == (mine, other)
    assert edited_elsewhere(choices[mine], choices) == ()
    assert edited_elsewhere(choices[other], choices) == (("zed", "edit", "CountingLauncher"),)
    later = (datetime.now() + timedelta(minutes=1)).isoformat()
    assert turn_of(choices, Running("rig3", 7, OTHER, later)) == other


def choice(namespace: str, saved_at: str = "") -> ResumeChoice:
    return ResumeChoice(namespace, namespace.rpartition(".")[2], saved_at, "", (), "")


def test_that_a_run_is_of_the_launcher_of_its_name_also_where_its_module_has_moved() -> None:
    choices = choice("old.Box"), choice("a.Other")
    for launcher, whose in (("old.Box", "old.Box"), ("new.Box", "old.Box"), ("a.Gone", ""), ("", "")):
        assert whose_run(Running("rig3", 7, launcher), choices) == whose
    assert whose_run(Running("rig3", 7, "new.Box"), (*choices, choice("older.Box"))) == ""
    assert whose_run(None, choices) == ""


def test_that_a_launcher_of_the_same_name_is_told_with_its_module() -> None:
    known = replace(choice("a.Box").known, edited_by="zed", edited_at="2026-11-23T14:10:00")
    choices = (replace(choice("a.Box", "2026-11-23T14:00:00"), known=known), choice("b.Box"))
    assert turn_text(choices[1], choices, None, NOW) == (
        "Box saved last, 14:00:00. a.Box was edited since, 14:10:00."
    )
    assert edited_elsewhere(choices[1], choices)[0].launcher == "a.Box"
