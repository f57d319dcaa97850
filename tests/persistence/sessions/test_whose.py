"""Whose a session is, and where it came from, when it has no state to ask any more: by its last one."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence import StateFile
from persistence.document import Document
from persistence.files.history import FOLDER
from persistence.files.outlined import MOST_LOOKED_INTO
from persistence.scan import Site, Summary, glance, summarize
from persistence.sessions import spilling
from persistence.states.edits import set_value
from persistence.store import STATE_FILE


class Rig:
    def __init__(self, subject: str = "m1") -> None:
        self.subject_id = subject


class Other:
    def __init__(self) -> None:
        self.gain = 1.0


@pytest.fixture
def session(tmp_path: Path) -> Path:
    directory = tmp_path / "764521_2026-01-02_03-04-05"
    directory.mkdir()
    assert persistence.save(Rig(), directory)
    return directory


def summary_of(directory: Path) -> Summary:
    summary = summarize(directory, directory.parent)
    assert summary is not None
    return summary


def put(directory: Path, name: str, content: Any) -> None:
    path = directory / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def cleared(session: Path) -> None:
    StateFile(session, who="ann").clear()


def damaged(session: Path) -> None:
    (session / STATE_FILE).write_bytes(b"\0" * 100)
    os.utime(session / STATE_FILE, (0, 0))  # one of this moment may be being written


def being_written(session: Path) -> None:
    (session / STATE_FILE).write_bytes(b'{"launcher')


def moved(session: Path) -> None:
    (session / "launcher_metadata").mkdir()  # else nobody would take it for a session any more
    (session / STATE_FILE).unlink()


def too_large(session: Path) -> None:
    os.truncate(session / STATE_FILE, 100 * 1024 * 1024)  # sparse


def unreadable(session: Path) -> None:
    (session / STATE_FILE).unlink()
    (session / STATE_FILE).mkdir()


def emptied(session: Path) -> None:
    """By a program that keeps no history."""
    (session / STATE_FILE).write_text('{"launcher_states": {}}', encoding="utf-8")


LOSSES = [cleared, damaged, being_written, moved, too_large, unreadable, emptied]
Loss = Callable[[Path], None]


@pytest.mark.parametrize("lose", LOSSES)
def test_that_a_session_without_a_state_to_ask_is_whose_its_last_one_said(session: Path, lose: Loss) -> None:
    lose(session)
    assert summary_of(session).subject == "m1"
    assert (seen := glance(Site(str(session)), str(session.parent))) is not None
    assert seen == summary_of(session)


@pytest.mark.parametrize("lose", LOSSES)
def test_that_it_tells_where_it_was_resumed_from_whatever_became_of_its_state(
    session: Path, tmp_path: Path, lose: Loss
) -> None:
    rig = Rig()
    assert persistence.load(rig, session)
    assert persistence.save(rig, tmp_path / "second")
    lose(tmp_path / "second")
    found = summary_of(tmp_path / "second")
    assert (found.resumed_from, found.resumed_version) == (str(session), StateFile(session).peek())


@pytest.mark.parametrize("lose", LOSSES)
def test_that_what_stands_beside_the_state_says_the_subject_before_history_does(
    session: Path, lose: Loss
) -> None:
    lose(session)
    put(session, "launcher_metadata/end_state.json", {"subject_id": "m2"})
    assert summary_of(session).subject == "m2"
    put(session, "session.json", {"subject_id": "m3"})
    assert summary_of(session).subject == "m3"


@pytest.mark.parametrize("lose", LOSSES)
def test_that_of_a_folder_that_was_used_for_two_animals_the_last_one_is_told(
    session: Path, lose: Loss
) -> None:
    assert persistence.save(Rig("m2"), session)
    lose(session)
    assert summary_of(session).subject == "m2"


def test_that_a_last_state_that_names_nobody_is_not_one_of_an_earlier_animal(session: Path) -> None:
    cleared(session)
    assert persistence.save(Other(), session)
    cleared(session)
    assert summary_of(session).subject == "764521"


def test_that_a_clear_of_one_launcher_changes_neither_subject_nor_source(
    session: Path, tmp_path: Path
) -> None:
    assert persistence.save(Other(), tmp_path / "second")
    rig = Rig()
    assert persistence.load(rig, session)
    assert persistence.save(rig, tmp_path / "second")
    before = summary_of(tmp_path / "second")
    assert (before.subject, before.resumed_from) == ("m1", str(session))
    file = StateFile(tmp_path / "second", who="ann")
    for name, left in ((f"{__name__}.Rig", 1), (f"{__name__}.Other", 0)):
        file.clear(name)
        found = summary_of(tmp_path / "second")
        assert len(found.launchers) == left
        assert (found.subject, found.resumed_from) == ("m1", str(session))
    damaged(tmp_path / "second")
    assert summary_of(tmp_path / "second").subject == "m1"


@pytest.mark.parametrize("lose", [None, damaged])
def test_that_edits_of_what_a_clear_has_left_change_neither_subject_nor_source(
    session: Path, tmp_path: Path, lose: Loss | None
) -> None:
    second, other = tmp_path / "second", f"{__name__}.Other"
    assert persistence.save(Other(), second)
    rig = Rig()
    assert persistence.load(rig, session)
    assert persistence.save(rig, second)
    file = StateFile(second, who="ann")
    file.clear(f"{__name__}.Rig")
    for gain in (2.0, 3.0):
        seen = file.read()
        file.commit(set_value(seen.document, other, ("gain",), gain), expected_etag=seen.etag)
    if lose is not None:
        lose(second)
    found = summary_of(second)
    assert (found.subject, found.resumed_from) == ("m1", str(session))


def test_that_a_state_that_was_brought_back_after_a_clear_is_asked_itself(
    session: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second"
    assert persistence.save(Other(), second)
    before = StateFile(second).peek()
    rig = Rig()
    assert persistence.load(rig, session)
    assert persistence.save(rig, second)
    file = StateFile(second, who="ann")
    file.clear(f"{__name__}.Rig")
    file.restore(next(one.sequence for one in file.history() if one.etag == before))
    found = summary_of(second)
    assert (found.launchers, found.resumed_from) == ((f"{__name__}.Other",), None)


def test_that_of_what_a_clear_has_left_the_subject_is_asked_first(session: Path) -> None:
    class Second(Rig):
        pass

    assert persistence.save(Second("m2"), session)
    StateFile(session, who="ann").clear(f"{__name__}.Rig")
    assert summary_of(session).subject == "m2"


def test_that_a_version_that_is_damaged_itself_is_passed_over(session: Path) -> None:
    cleared(session)
    (kept,) = (session / FOLDER).glob("000001-*.json")
    assert persistence.save(Rig("m2"), session)
    cleared(session)
    assert summary_of(session).subject == "m2"
    (newest,) = (session / FOLDER).glob("000003-*.json")
    newest.write_bytes(newest.read_bytes()[:-40])  # others than its name says
    assert summary_of(session).subject == "m1"
    kept.write_bytes(b"{}")
    assert summary_of(session).subject == "764521"


@pytest.mark.parametrize(("count", "subject"), [(MOST_LOOKED_INTO - 1, "m1"), (MOST_LOOKED_INTO, "764521")])
def test_that_of_many_versions_that_are_damaged_some_are_looked_into(
    session: Path, count: int, subject: str
) -> None:
    for number in range(count):
        (session / STATE_FILE).write_bytes(b"\0" * (number + 1))  # each is kept as it is
        StateFile(session).update(lambda _: Document({"launcher_states": {}}), action="recover")
    assert summary_of(session).subject == subject


def test_that_a_last_state_in_another_layout_is_read_all_the_same(session: Path) -> None:
    path = session / STATE_FILE
    path.write_text(json.dumps(json.loads(path.read_text("utf-8").replace("m1", "m2")), indent=1), "utf-8")
    cleared(session)
    assert summary_of(session).subject == "m2"


def test_that_history_is_not_asked_where_there_is_a_state(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.sessions.surveying.held_before", None)
    assert summary_of(session).subject == "m1"
    assert persistence.clear(Rig(), session)
    assert persistence.save(Other(), session)
    assert summary_of(session).subject == "764521"  # which names nobody


def test_that_a_history_that_is_none_is_no_harm(session: Path) -> None:
    cleared(session)
    shutil.rmtree(session / FOLDER)
    assert summary_of(session).subject == "764521"
    (session / FOLDER).write_bytes(b"")
    assert summary_of(session).subject == "764521"


def spilled(directory: Path, subject: object, saved_at: str) -> None:
    """A state that could not get into its file, as a launcher leaves it beside that."""
    state = {"attributes": {"subject_id": subject}, "saved_at": saved_at, "resumed_from": {"path": subject}}
    put(directory, spilling.new_name(), {"launcher_states": {"a.B": state}})


def test_that_a_session_that_never_saved_is_whose_its_newest_unsaved_state_says(tmp_path: Path) -> None:
    directory = tmp_path / "764521_2026-01-02_03-04-05"
    directory.mkdir()
    for subject, hour in (("m2", "05"), ("m3", "06"), ("m1", "04")):
        spilled(directory, subject, f"2026-01-02T{hour}:00:00")
    (directory / spilling.new_name()).write_bytes(b"[]")
    found = summary_of(directory)
    assert (found.subject, found.resumed_from) == ("m3", "m3")
    assert found.problem is not None
    assert glance(Site(str(directory)), str(tmp_path)) == found
    assert persistence.save(Rig("m4"), directory)
    assert summary_of(directory).subject == "m4"
    cleared(directory)
    assert summary_of(directory).subject == "m4"


@pytest.mark.parametrize("unsaved", [True, False])
def test_that_a_state_that_looks_sound_at_a_glance_and_names_nobody_that_can_be_read_is_passed_over(
    session: Path, tmp_path: Path, unsaved: bool
) -> None:
    """Its damage is in the one value that is looked into."""
    sound = (session / STATE_FILE).read_bytes()
    torn = sound.replace(b'"m1"', b'"m"1"').replace(b'"saved_at": "2', b'"saved_at": "3')  # the newest
    assert (torn.count(b'"m"1"'), torn.count(b'"3')) == (1, 1)
    if unsaved:
        session = tmp_path / "764522_2026-01-02_03-04-05"
        session.mkdir()
        for data in (torn, sound):
            (session / spilling.new_name()).write_bytes(data)
    else:
        (session / STATE_FILE).write_bytes(torn)
        StateFile(session).update(lambda _: Document({"launcher_states": {}}), action="recover")
    assert summary_of(session).subject == "m1"


def test_that_no_more_than_some_unsaved_states_are_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(MOST_LOOKED_INTO + 2):
        spilled(tmp_path, f"m{number}", "2026-01-02T05:00:00")
    looked: list[Path] = []
    monkeypatch.setattr(spilling, "outline_at", looked.append)
    summary_of(tmp_path)
    assert len(looked) == MOST_LOOKED_INTO
