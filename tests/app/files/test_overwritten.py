"""What a run wrote over, found in real histories that launchers and people made."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.files.overwritten import read_replaced
from app.session_errands import ReadReplaced, ReplacedRead
from persistence.document import ABSENT, Place
from persistence.states.edits import remove_value, set_value
from persistence.store import StateFile
from persistence.values.json_text import JSON
from tests.small_rig import NAMESPACE, CountingLauncher

COUNT, REWARD, PHASE = ("trial_count",), ("reward_volume",), ("experiment_phase",)


class Run:
    """A launcher that runs in a session, and people who edit it meanwhile."""

    def __init__(self, session: Path) -> None:
        self.session = session
        self.launcher = CountingLauncher()
        self.save()

    def save(self, **attributes: object) -> None:
        """The launcher saves, with these attributes as they are by now."""
        vars(self.launcher).update(attributes)
        assert self.launcher.save_session_state(self.session)

    def edit(self, *edits: tuple[Place, JSON], who: str = "ann") -> None:
        """A person saves these values; `...` takes one out."""
        file = StateFile(self.session, who=who, program="Rigstate")
        read = file.read()
        document = read.document
        for place, value in edits:
            if value is None:
                document = remove_value(document, NAMESPACE, place)
            else:
                document = set_value(document, NAMESPACE, place, value)
        file.commit(document, expected_etag=read.etag)

    def found(self) -> ReplacedRead:
        return read_replaced(ReadReplaced(str(self.session), StateFile(self.session).peek()))

    def changes(self) -> list[tuple[Place, object, object]]:
        return [(one.place, one.before, one.after) for one in self.found().changes]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def test_that_a_change_that_the_run_saved_over_is_found_with_its_author(run: Run) -> None:
    run.edit((REWARD, 6.0))
    run.save(trial_count=30)
    assert run.changes() == [(REWARD, 5.5, 6.0)]
    assert (run.found().who, bool(run.found().at)) == ("ann", True)


def test_that_it_is_found_after_further_saves_of_the_run(run: Run) -> None:
    run.edit((REWARD, 6.0))
    run.save(trial_count=30)
    run.save(trial_count=45)
    assert run.changes() == [(REWARD, 5.5, 6.0)]


def test_that_what_the_run_itself_changed_too_is_told_with_what_it_left(run: Run) -> None:
    run.edit((COUNT, 150))
    run.save(trial_count=30)
    assert run.changes() == [(COUNT, 30, 150)]


def test_that_added_and_removed_attributes_are_found(run: Run) -> None:
    run.edit((("note",), "typed"), (PHASE, None))
    run.save()
    assert run.changes() == [(PHASE, "baseline", ABSENT), (("note",), ABSENT, "typed")]


def test_that_several_changes_during_one_run_are_found_together(run: Run) -> None:
    run.edit((REWARD, 6.0))
    run.edit((PHASE, "washout"), who="bob")
    run.save()
    assert run.changes() == [(REWARD, 5.5, 6.0), (PHASE, "baseline", "washout")]
    assert run.found().who == "bob"


def test_that_a_change_that_the_run_began_with_is_not_taken_for_a_lost_one(run: Run) -> None:
    run.edit((COUNT, 150))
    assert run.launcher.load_session_state(run.session)
    run.edit((REWARD, 6.0))
    run.save(trial_count=165)
    assert run.changes() == [(REWARD, 5.5, 6.0)]


def test_that_nothing_is_found_where_nothing_was_lost(run: Run) -> None:
    run.save(trial_count=30)
    assert run.changes() == []
    run.edit((COUNT, 45))
    run.save(trial_count=45)
    assert run.changes() == []


def test_that_whoever_saved_since_then_has_seen_it(run: Run) -> None:
    run.edit((REWARD, 6.0))
    run.save()
    run.edit((COUNT, 1))
    assert run.changes() == []


def test_that_a_question_about_another_version_finds_nothing(run: Run) -> None:
    run.edit((REWARD, 6.0))
    run.save()
    assert read_replaced(ReadReplaced(str(run.session), "another")).changes == ()
    assert read_replaced(ReadReplaced(str(run.session / "nowhere"), "absent")).changes == ()


def test_that_a_change_inside_something_that_is_gone_is_left_out(run: Run) -> None:
    run.save(settings={"a": 1})
    run.edit((("settings", "a"), 2), (REWARD, 6.0))
    del run.launcher.settings  # type: ignore[attr-defined]  # it was set above
    run.save()
    assert run.changes() == [(REWARD, 5.5, 6.0)]
