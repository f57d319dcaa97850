"""The ways back from real damage: which are found, where each leads; going one is a commit like any."""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from app.change_errands import BringIn, ChangeErrand, Done, NotDone, Recover, Restore
from app.files import reading
from app.files.changes import change, read_session
from app.files.reading import read
from app.folder_errands import Terms
from app.history.proposals import proposed
from app.past_errands import (
    CrashRecord,
    FindWays,
    GoodVersion,
    HistoryRead,
    ReadHistory,
    Remains,
    TryWay,
    UnsavedState,
    Way,
    WaysFound,
    WayTried,
)
from app.values.differences import compare
from app.words.way_texts import remains_text
from persistence.document import Document
from persistence.files.running import RunningMarker
from persistence.sessions import spilling
from persistence.states.edits import get_value, set_value
from persistence.store import STATE_FILE, StateFile
from tests.app.edited import COUNT, edited
from tests.small_rig import NAMESPACE, made_session

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda data: data[: data.index(b'"experiment_phase"') + 24],
    "zeroed": lambda data: data[:-80] + b"\0" * 80,
    "all zero": lambda data: b"\0" * len(data),
    "empty": lambda data: data[:0],
    "duplicate": lambda data: data.replace(b'"reward_volume"', b'"trial_count"'),
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "deep": lambda data: data.replace(b"5.5", b"[" * 5000 + b"]" * 5000),
    "not a mapping": lambda data: b"[" + data + b"]",
    "invalid utf-8": lambda data: data.replace(b"baseline", b"base\xff"),
}


def ways(session: Path, *, lost: bool = True) -> WaysFound:
    answer = read(FindWays(str(session), lost))
    assert isinstance(answer, WaysFound)
    return answer


def tried(session: Path, way: Way) -> WayTried:
    answer = read(TryWay(str(session), way))
    assert isinstance(answer, WayTried)
    return answer


def leads_to(session: Path, way: Way) -> Document:
    answer = tried(session, way)
    assert answer.after is not None, answer.problem
    return answer.after


def attributes(document: Document | None) -> dict[str, object]:
    assert document is not None
    return dict(document.namespace(NAMESPACE).attributes)


def damaged(session: Path, how: str) -> bytes:
    """What another program makes of the file, some time ago."""
    state = session / STATE_FILE
    data = DAMAGES[how](state.read_bytes())
    state.write_bytes(data)
    os.utime(state, (1, 1))
    return data


@pytest.mark.parametrize("how", DAMAGES)
def test_that_from_any_damage_the_last_good_version_comes_back(tmp_path: Path, how: str) -> None:
    session = made_session(tmp_path)
    change(edited(session, 150))
    good = (session / STATE_FILE).read_bytes()
    torn = damaged(session, how)
    found = ways(session)
    assert found.good is not None
    assert (found.good.sequence, found.problem) == (2, "")
    answer = tried(session, GoodVersion(2))
    assert attributes(answer.after)["trial_count"] == 150
    done = change(Restore(str(session), 2, answer.etag))
    assert isinstance(done, Done)
    assert (session / STATE_FILE).read_bytes() == good
    assert StateFile(session).version(3) == torn  # the damaged bytes are kept


@pytest.mark.parametrize(
    ("how", "has"),
    [
        ("truncated", {"trial_count": 15, "reward_volume": 5.5}),
        ("zeroed", {"trial_count": 15, "reward_volume": 5.5}),
        ("deep", {"trial_count": 15}),
        ("invalid utf-8", {"trial_count": 15, "reward_volume": 5.5}),
    ],
)
def test_that_what_can_be_read_is_salvaged_as_a_new_version(
    tmp_path: Path, how: str, has: dict[str, object]
) -> None:
    session = made_session(tmp_path)
    torn = damaged(session, how)
    found = ways(session)
    answer = tried(session, Remains())
    told = attributes(answer.after)
    assert {name: told[name] for name in has if name in told} == has
    assert found.readable == len(told)
    assert "line" in found.damage
    assert answer.before is not None  # the last good version, to be held against it
    assert answer.after is not None
    done = change(Recover(str(session), answer.after, answer.etag, "why", "rig lost power"))
    assert isinstance(done, Done)
    assert attributes(StateFile(session).read().document) == told
    history = StateFile(session).history()
    assert (history[-1].action, history[-1].note) == ("recover", "why: rig lost power")
    assert StateFile(session).version(history[-2].sequence) == torn


@pytest.mark.parametrize("how", ["all zero", "empty", "utf-16", "not a mapping"])
def test_that_nothing_is_salvaged_where_nothing_is_certain(tmp_path: Path, how: str) -> None:
    session = made_session(tmp_path)
    damaged(session, how)
    assert ways(session).readable == 0
    answer = tried(session, Remains())
    assert (answer.after, answer.problem) == (None, "Nothing of it can be read with certainty.")


def test_that_what_is_lost_is_told_by_name(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    damaged(session, "truncated")
    assert tried(session, Remains()).lost == (("experiment_phase", "it is cut off"),)
    assert ways(session).lost == 1


@pytest.mark.parametrize("end", [b'"experiment_phase": ', b'"reward_volume": 5.5,\n      ', b'"x1": 1,\n'])
def test_that_what_is_lost_is_counted_by_the_last_good_version(tmp_path: Path, end: bytes) -> None:
    session = made_session(tmp_path, x0=0, x1=1, x2=2)
    state = session / STATE_FILE
    data = state.read_bytes()
    state.write_bytes(data[: data.index(end) + len(end)])
    os.utime(state, (1, 1))
    found, answer = ways(session), tried(session, Remains())
    whole, rest = len(attributes(answer.before)), len(attributes(answer.after))
    assert (found.readable, found.lost) == (rest, whole - rest)
    comparison = compare(document_of(answer.before), answer.after)
    sentence = proposed(answer, document_of(answer.after), comparison, datetime(2026, 11, 23)).sentence
    assert sentence.endswith(f"with certainty; {found.lost} of version 1 cannot.")
    assert f"; {found.lost} of version 1 " in remains_text(found)
    gone = [name for name in attributes(answer.before) if name not in attributes(answer.after)]
    assert [name for name, _ in answer.lost] == gone  # each by its name
    assert list(document_of(answer.after).namespace(NAMESPACE).skipped) == gone  # and it stays named
    problem = read_session(str(session)).problem
    assert problem is not None
    assert found.damage.removeprefix("up to ") in problem.text  # both name the same place


def document_of(document: Document | None) -> Document:
    assert document is not None
    return document


def crash(session: Path, state: dict[str, object], **further: object) -> None:
    folder = session / "launcher_metadata"
    folder.mkdir(parents=True)
    told = {"crash_info": {"exception_type": "OSError", "crash_time": "2026-01-02T03:05:06"}}
    text = json.dumps({**told, "launcher_state": state, **further})
    (folder / "debug_state.json").write_text(text, encoding="utf-8")


def test_that_a_crash_before_the_first_save_is_recovered_from_its_own_record(tmp_path: Path) -> None:
    session = tmp_path / "764521_2026-11-23_14-05-00"
    crash(
        session,
        {"trial_count": 4, "camera": "<Camera object at 0x7f>", "params": {"a": 1}},
        launcher_class="CountingLauncher",
        launcher_module=NAMESPACE.rpartition(".")[0],
    )
    found = ways(session)
    assert found.crash is not None
    assert (found.crash.attributes, found.crash.launchers) == (3, (NAMESPACE,))
    assert (found.good, found.readable, found.unsaved) == (None, 0, ())
    answer = tried(session, CrashRecord(NAMESPACE))
    assert attributes(answer.after) == {"trial_count": 4}
    assert [name for name, _ in answer.lost] == ["camera"]
    assert answer.left_out == ("params",)
    assert answer.after is not None
    done = change(Recover(str(session), answer.after, answer.etag))
    assert isinstance(done, Done)
    assert (done.replaced, attributes(done.snapshot.document)) == (None, {"trial_count": 4})
    assert done.snapshot.document is not None
    assert done.snapshot.document.namespace(NAMESPACE).outcome == "failed"


def test_that_whose_a_record_is_is_not_guessed(tmp_path: Path) -> None:
    crash(tmp_path / "one", {"a": 1})
    found = ways(tmp_path / "one").crash
    assert found is not None
    assert found.launchers == ()
    assert attributes(leads_to(tmp_path / "one", CrashRecord(NAMESPACE))) == {"a": 1}


def unsaved(session: Path, count: int, folder: Path | None = None) -> Path:
    document = set_value(StateFile(session).read().document, NAMESPACE, COUNT, count)
    data = spilling.contents(document, session, "the disk is full")
    return spilling.write_beside(folder or session, spilling.new_name(), data)


def test_that_an_unsaved_state_is_found_compared_and_brought_in(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    file = unsaved(session, 99)
    (found,) = ways(session, lost=False).unsaved
    assert (found.file, found.launchers, found.reason) == (str(file), (NAMESPACE,), "the disk is full")
    answer = tried(session, UnsavedState(found.file))
    assert (attributes(answer.before)["trial_count"], attributes(answer.after)["trial_count"]) == (15, 99)
    done = change(BringIn(str(session), found.file, answer.etag, "the disk was full"))
    assert isinstance(done, Done)
    assert get_value(StateFile(session).read().document, NAMESPACE, COUNT) == 99
    newest = StateFile(session).history()[-1]
    assert (newest.action, newest.note) == ("adopt", f"{Path(found.file).name}: the disk was full")
    assert (file.exists(), ways(session, lost=False).unsaved) == (False, ())
    assert isinstance(change(Restore(str(session), done.replaced or 0, done.etag)), Done)
    assert get_value(StateFile(session).read().document, NAMESPACE, COUNT) == 15


def test_that_an_unsaved_state_at_home_is_found_too(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    spilling.local_folder().mkdir(parents=True)
    file = unsaved(session, 99, spilling.local_folder())
    assert [one.file for one in ways(session, lost=False).unsaved] == [str(file)]
    assert read_session(str(session)).unsaved == ways(session, lost=False).unsaved


def test_that_a_broken_unsaved_state_hides_no_other(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    file = unsaved(session, 99)
    broken = session / spilling.new_name()
    broken.write_bytes(b'{"half')
    assert [one.file for one in ways(session, lost=False).unsaved] == [str(file)]
    assert tried(session, UnsavedState(str(broken))).problem
    assert tried(session, UnsavedState(str(session / spilling.new_name()))).problem


@pytest.mark.parametrize("how", ["truncated", "all zero", None])
def test_that_an_unsaved_state_comes_in_where_there_is_no_sound_one(tmp_path: Path, how: str | None) -> None:
    session = made_session(tmp_path)
    file = unsaved(session, 99)
    if how is None:
        (session / STATE_FILE).unlink()
    else:
        damaged(session, how)
    answer = tried(session, UnsavedState(str(file)))
    assert attributes(answer.after)["trial_count"] == 99
    done = change(BringIn(str(session), str(file), answer.etag))
    assert isinstance(done, Done)
    assert get_value(StateFile(session).read().document, NAMESPACE, COUNT) == 99


def errands(session: Path, etag: str) -> tuple[ChangeErrand, ...]:
    document = leads_to(session, Remains())
    return (
        Restore(str(session), 1, etag),
        Recover(str(session), document, etag),
        BringIn(str(session), str(next(session.glob("*unsaved*"))), etag),
    )


def test_that_no_way_is_gone_over_what_nobody_saw_nor_while_the_session_runs(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    unsaved(session, 99)
    seen = StateFile(session).peek()
    torn = damaged(session, "truncated")
    for errand in errands(session, seen):
        answer = change(errand)
        assert isinstance(answer, NotDone)
        assert (session / STATE_FILE).read_bytes() == torn
    marker = RunningMarker(session, NAMESPACE)
    marker.acquire()
    try:
        for errand in errands(session, StateFile(session).peek()):
            answer = change(errand)
            assert isinstance(answer, NotDone)
            assert "still running" in answer.sentence
    finally:
        marker.release()
    assert (session / STATE_FILE).read_bytes() == torn


def test_that_looking_for_ways_changes_nothing(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    unsaved(session, 99)
    crash(session, {"a": 1})
    damaged(session, "truncated")
    before = {path: path.read_bytes() for path in session.rglob("*") if path.is_file()}
    found = ways(session)
    for way in (GoodVersion(1), Remains(), CrashRecord(NAMESPACE), UnsavedState(found.unsaved[0].file)):
        assert tried(session, way).problem == ""
    assert {path: path.read_bytes() for path in session.rglob("*") if path.is_file()} == before


def test_that_a_file_over_the_limit_is_read_when_the_operator_wants_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = made_session(tmp_path)
    errand = edited(session)
    monkeypatch.setattr(reading, "SIZE_LIMIT", 100)
    snapshot = read_session(str(session))
    assert snapshot.problem is not None
    assert snapshot.problem.kind == "too_large"
    assert "more than the limit of 100" in snapshot.problem.text
    assert "more than the limit" in ways(session).problem
    assert isinstance(change(errand), NotDone)
    anyway = Terms(any_size=True)
    assert read_session(str(session), anyway).problem is None
    assert isinstance(change(errand, terms=anyway), Done)
    history = read(ReadHistory(str(session)), anyway)
    assert isinstance(history, HistoryRead)
    assert len(history.versions) == 2


def test_that_damage_is_told_with_its_place_and_without_paths(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    damaged(session, "truncated")
    problem = read_session(str(session)).problem
    assert problem is not None
    assert problem.text.startswith("The file ends too early, at line ")
    assert str(session) not in problem.text


def test_that_an_unsaved_state_comes_over_a_damaged_file_only_if_that_was_seen(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    file = unsaved(session, 99)
    damaged(session, "truncated")
    seen = StateFile(session).peek()
    torn = damaged(session, "zeroed")
    assert isinstance(change(BringIn(str(session), str(file), seen)), NotDone)
    assert ((session / STATE_FILE).read_bytes(), file.exists()) == (torn, True)
