"""What a list says of a session: of good ones, and of every kind of bad one."""

import json
import os
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence import StateFile
from persistence.files.history import ABSENT_ETAG, FOLDER, local_time
from persistence.files.locked import locked
from persistence.files.running import RunningMarker
from persistence.scan import Summary, summarize
from persistence.states.edits import set_value
from persistence.store import STATE_FILE


class Rig:
    def __init__(self) -> None:
        self.subject_id = "m1"
        self.trial_count = 1


class Other:
    def __init__(self) -> None:
        self.gain = 1.0


@pytest.fixture
def session(tmp_path: Path) -> Path:
    directory = tmp_path / "764521_2026-01-02_03-04-05"
    directory.mkdir()
    assert persistence.save(Rig(), directory, outcome="completed")
    return directory


def summary_of(directory: Path) -> Summary:
    summary = summarize(directory, directory.parent)
    assert summary is not None
    return summary


def put(directory: Path, name: str, content: Any) -> None:
    path = directory / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def edit(directory: Path, who: str, count: int = 9) -> None:
    file = StateFile(directory, who=who)
    snapshot = file.read()
    (name, *_) = snapshot.document.namespaces
    document = set_value(snapshot.document, name, ("trial_count",), count)
    file.commit(document, expected_etag=snapshot.etag)


# --- good ones --------------------------------------------------------------------------------------------


def test_that_it_tells_what_the_file_says(session: Path) -> None:
    summary, read = summary_of(session), StateFile(session).read()
    assert (summary.directory, summary.root, summary.name) == (
        str(session),
        str(session.parent),
        session.name,
    )
    assert summary.launchers == (f"{__name__}.Rig",)
    assert summary.outcome == "completed"
    assert summary.attributes == 2
    assert (summary.size, summary.etag, summary.mtime_ns) == (len(read.data), read.etag, read.mtime_ns)
    assert summary.created_at == summary.saved_at == read.document.created_at
    assert summary.started == "2026-01-02T03:04:05"
    assert (summary.problem, summary.running, summary.edited_by, summary.resumed_from) == (None,) * 4


def test_that_looking_makes_no_file(session: Path) -> None:
    before = sorted(session.iterdir())
    summary_of(session)
    assert sorted(session.iterdir()) == before


def test_that_an_unchanged_session_has_an_equal_summary(session: Path) -> None:
    assert summary_of(session) == summary_of(session)


def test_that_of_several_launchers_the_newest_counts(session: Path) -> None:
    assert persistence.save(Other(), session, outcome="failed")
    summary = summary_of(session)
    assert summary.launchers == (f"{__name__}.Rig", f"{__name__}.Other")
    assert (summary.outcome, summary.attributes) == ("failed", 3)


def test_that_a_cleared_session_is_no_problem(session: Path) -> None:
    assert persistence.clear(Rig(), session)
    summary = summary_of(session)
    assert (summary.launchers, summary.problem, summary.saved_at) == ((), None, None)


def test_that_it_tells_where_a_session_was_resumed_from(session: Path, tmp_path: Path) -> None:
    rig = Rig()
    assert persistence.load(rig, session)
    assert persistence.save(rig, tmp_path / "second")
    found = summary_of(tmp_path / "second")
    assert (found.resumed_from, found.resumed_version) == (str(session), StateFile(session).peek())


def test_that_the_subject_is_looked_for_in_order(session: Path) -> None:
    assert summary_of(session).subject == "m1"
    put(session, "launcher_metadata/end_state.json", {"session_info": {"subject_id": "m2"}})
    assert summary_of(session).subject == "m2"
    put(session, "session.json", {"subject_id": 3, "session_start_time": "2026-01-01T00:00:00"})
    assert summary_of(session).subject == "3"
    assert summary_of(session).started == "2026-01-01T00:00:00"


def test_that_the_folders_name_is_the_last_to_tell_the_subject(session: Path) -> None:
    (session / STATE_FILE).write_text(
        '{"launcher_states": {"a.B": {"attributes": {"subject_id": []}}}}', "utf-8"
    )
    assert summary_of(session).subject == "764521"


def test_that_a_running_session_says_who_runs_it(session: Path) -> None:
    marker = RunningMarker(session, "a.B")
    marker.acquire()
    try:
        running = summary_of(session).running
        assert running is not None
        assert (running.launcher, running.pid, running.finishing) == ("a.B", os.getpid(), False)
    finally:
        marker.release()
    assert summary_of(session).running is None


# --- edited by --------------------------------------------------------------------------------------------


def test_that_it_tells_who_changed_it_since_the_launchers_own_save(session: Path) -> None:
    edit(session, "ann")
    edit(session, "bob", 10)
    os.utime(session / STATE_FILE, (0, 0))  # a copy may have any time
    found, history = summary_of(session), StateFile(session).history()
    assert (found.edited_by, found.edited_at) == ("bob", max(one.time for one in history))
    assert persistence.save(Rig(), session)
    assert (summary_of(session).edited_by, summary_of(session).edited_at) == (None, None)


def test_that_an_edit_taken_back_to_the_launchers_own_bytes_is_none(session: Path) -> None:
    edit(session, "ann")
    StateFile(session, who="ann").restore(1)
    assert summary_of(session).edited_by is None


def test_that_what_is_brought_back_is_told_as_the_edit_that_it_was(session: Path) -> None:
    edit(session, "ann")
    edited = StateFile(session).history()[-1]
    StateFile(session, who="bob").clear()
    StateFile(session, who="bob").restore(edited.sequence)
    found = summary_of(session)
    assert (found.edited_by, found.edited_at) == ("ann", edited.time)


def test_that_a_clear_is_an_edit(session: Path) -> None:
    StateFile(session, who="ann").clear()
    assert summary_of(session).edited_by == "ann"


def written_over(directory: Path, old: str, new: str) -> None:
    """As a program does that keeps no history; at a time that tells nothing."""
    path = directory / STATE_FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, (0, 0))


def told(directory: Path) -> tuple[str | None, bool]:
    found = summary_of(directory)
    return found.edited_by, found.written_at is not None


def test_that_an_edit_that_another_program_wrote_over_is_told_as_such(session: Path) -> None:
    edit(session, "ann")
    assert told(session) == ("ann", False)
    written_over(session, '"trial_count": 9', '"trial_count": 1')
    assert told(session) == ("ann", True)
    assert summary_of(session).written_at == local_time(0)
    edit(session, "bob", 10)
    assert told(session) == ("bob", False)


def test_that_the_launchers_own_bytes_put_back_by_a_program_are_told_beside_the_edit(session: Path) -> None:
    before = (session / STATE_FILE).read_bytes()
    edit(session, "ann")
    (session / STATE_FILE).write_bytes(before)
    assert told(session) == ("ann", True)


def test_that_what_another_program_wrote_over_the_launchers_save_is_told(session: Path) -> None:
    written_over(session, '"trial_count": 1', '"trial_count": 2')
    assert told(session) == (None, True)
    (session / STATE_FILE).write_text('{"launcher_states": {}}', encoding="utf-8")
    assert told(session) == (None, True)


LATER = "2099-01-02T04:00:00.000000"


def test_that_a_launcher_that_keeps_no_history_saves_over_an_edit(session: Path) -> None:
    """Its state is its own again, however it got into the file."""
    edit(session, "ann")
    saved_at = summary_of(session).saved_at
    assert saved_at is not None
    written_over(session, saved_at, LATER)  # its `created_at`, too
    assert told(session) == ("ann", True)
    written_over(session, f'"created_at": "{LATER}"', f'"created_at": "{saved_at}"')
    assert told(session) == (None, False)


def test_that_an_older_state_that_is_put_back_over_an_edit_is_told(session: Path) -> None:
    """A backup, or what a client that keeps folders alike brings back."""
    old = (session / STATE_FILE).read_bytes()
    assert persistence.save(Rig(), session)
    edit(session, "ann")
    (session / STATE_FILE).write_bytes(old)
    assert told(session) == ("ann", True)


def test_that_a_restore_of_an_older_state_that_was_put_back_before_is_an_edit(session: Path) -> None:
    """What a program put back is no launcher's own for that."""
    old = (session / STATE_FILE).read_bytes()
    assert persistence.save(Rig(), session)
    (session / STATE_FILE).write_bytes(old)
    edit(session, "ann")
    StateFile(session, who="bob").restore(1)
    assert told(session) == ("bob", False)


def test_that_an_earlier_state_that_is_put_back_over_a_restore_is_told(session: Path) -> None:
    """It says a later time than what it was put over, and is no new save."""
    assert persistence.save(Rig(), session)
    newer = (session / STATE_FILE).read_bytes()
    StateFile(session, who="bob").restore(1)
    assert told(session) == ("bob", False)
    (session / STATE_FILE).write_bytes(newer)
    assert told(session) == ("bob", True)


def test_that_the_state_of_another_session_over_an_edit_is_told(session: Path, tmp_path: Path) -> None:
    edit(session, "ann")
    assert persistence.save(Rig(), tmp_path / "other")
    (session / STATE_FILE).write_bytes((tmp_path / "other" / STATE_FILE).read_bytes())
    assert told(session) == ("ann", True)


@pytest.mark.parametrize(("count", "said"), [("1", ("ann", True)), ("9", ("ann", False))])
@pytest.mark.parametrize("indent", [None, 2])
def test_that_a_launcher_without_history_that_saves_a_stale_copy_of_another_is_told(
    session: Path, count: str, said: tuple[str | None, bool], indent: int | None
) -> None:
    """What it saved of itself is its own; the edit of the other one has to be there still, and is told."""
    assert persistence.save(Other(), session)
    edit(session, "ann")
    saved_at = summary_of(session).saved_at
    assert saved_at is not None
    written_over(session, saved_at, LATER)
    written_over(session, '"trial_count": 9', f'"trial_count": {count}')
    if indent:
        written_over(
            session, text := (session / STATE_FILE).read_text(), json.dumps(json.loads(text), indent=2)
        )
    assert told(session) == said


def test_that_an_edit_of_one_launchers_state_is_told_after_the_other_launcher_has_saved(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert persistence.save(other := Other(), session)
    assert told(session) == (None, False)
    edit(session, "ann")  # of the first launcher
    for _ in range(2):
        assert persistence.save(other, session)
        assert told(session) == ("ann", False)
    assert persistence.save(Rig(), session)
    assert told(session) == (None, False)
    looked: list[object] = []
    monkeypatch.setattr("persistence.sessions.touched.outline_before", lambda *one: looked.append(one))
    assert told(session) == (None, False)
    assert not looked  # nothing more is read where nobody has edited since


def test_that_an_edit_that_its_launcher_has_taken_up_is_not_told_of_the_other_one(session: Path) -> None:
    assert persistence.save(Other(), session)
    edit(session, "ann")
    rig = Rig()
    assert persistence.load(rig, session)
    assert persistence.save(rig, session)
    assert told(session) == (None, False)


def test_that_an_earlier_state_of_one_launcher_that_a_person_restored_is_told_so_too(session: Path) -> None:
    rig, other = Rig(), Other()
    assert persistence.save(other, session)
    rig.trial_count = 2
    assert persistence.save(rig, session)
    StateFile(session, who="bob").restore(2)
    assert persistence.save(other, session)
    assert told(session) == ("bob", False)


def test_that_where_the_launchers_own_save_is_not_to_be_had_a_mark_too_many_is_less(session: Path) -> None:
    own = StateFile(session).peek()
    assert persistence.save(Other(), session)
    edit(session, "ann")
    assert persistence.save(Other(), session)
    (kept,) = (session / FOLDER).glob(f"*-{own[:12]}.json")
    kept.unlink()
    assert told(session) == ("ann", False)


def test_that_a_session_of_old_programs_alone_is_nobodys_edit(tmp_path: Path) -> None:
    state = {"attributes": {"trial_count": 1}, "saved_at": "2026-01-02T04:00:00"}
    put(tmp_path, STATE_FILE, {"version": "1.0.0", "launcher_states": {"a.B": state}})
    assert told(tmp_path) == (None, False)
    edit(tmp_path, "ann")
    StateFile(tmp_path, who="ann").restore(1)
    assert told(tmp_path) == (None, False)


def test_that_a_restore_of_what_another_program_wrote_before_the_last_save_is_an_edit(session: Path) -> None:
    written_over(session, '"trial_count": 1', '"trial_count": 3')
    assert persistence.save(Rig(), session)
    StateFile(session, who="bob").restore(2)
    assert told(session) == ("bob", False)


def test_that_a_save_that_is_under_way_is_nobodys_edit_yet(session: Path) -> None:
    """Between the file and its line in the log: whoever saves holds the lock, and is heard of afterwards."""
    edit(session, "ann")
    (log,) = session.glob(".session_state_history/log.jsonl")
    whole = log.read_bytes()
    log.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    assert told(session) == (None, True)
    with locked(session / STATE_FILE, 5, None):
        assert told(session) == (None, False)
    log.write_bytes(whole)
    assert told(session) == ("ann", False)


def test_that_a_torn_or_missing_log_is_no_harm(session: Path) -> None:
    edit(session, "ann")
    (log,) = session.glob(".session_state_history/log.jsonl")
    log.write_bytes(log.read_bytes()[:-20])
    assert summary_of(session).problem is None
    log.unlink()
    assert summary_of(session).edited_by is None


# --- bad ones ---------------------------------------------------------------------------------------------


def test_that_a_directory_that_is_no_session_has_no_summary(tmp_path: Path) -> None:
    assert summarize(tmp_path, tmp_path) is None
    assert summarize(tmp_path / "none", tmp_path) is None


@pytest.mark.parametrize("sign", ["session.json", "launcher_metadata/x.json"])
def test_that_a_session_that_never_saved_says_so(tmp_path: Path, sign: str) -> None:
    put(tmp_path, sign, {})
    summary = summary_of(tmp_path)
    assert summary.problem is not None
    assert (summary.problem.kind, summary.problem.text) == ("no_state", "The run never saved a state.")
    assert (summary.etag, summary.size, summary.launchers) == (ABSENT_ETAG, 0, ())


def test_that_a_session_that_crashed_says_by_what(tmp_path: Path) -> None:
    put(
        tmp_path,
        "launcher_metadata/debug_state.json",
        {"crash_info": {"exception_type": "OSError", "message": "x"}},
    )
    problem = summary_of(tmp_path).problem
    assert problem is not None
    assert problem.text == "The run failed before it saved: OSError: x"


def test_that_a_running_session_without_a_state_is_no_crash(tmp_path: Path) -> None:
    put(tmp_path, "launcher_metadata/debug_state.json", {"exception": "old"})
    marker = RunningMarker(tmp_path, "a.B")
    marker.acquire()
    try:
        problem = summary_of(tmp_path).problem
    finally:
        marker.release()
    assert problem is not None
    assert problem.text == "Nothing is saved yet; the run goes on."


def test_that_a_state_that_was_deleted_is_told_apart_from_none(session: Path) -> None:
    edit(session, "ann")
    put(session, "session.json", {})
    (session / STATE_FILE).unlink()
    problem = summary_of(session).problem
    assert problem is not None
    assert (problem.kind, "not here any more" in problem.text) == ("moved", True)


def said_of_lost(session: Path) -> tuple[str, str]:
    """Of a session whose state file is not there any more."""
    put(session, "session.json", {})
    (session / STATE_FILE).unlink(missing_ok=True)
    problem = summary_of(session).problem
    assert problem is not None
    return problem.kind, problem.text


def test_that_versions_tell_of_a_state_that_is_gone_where_their_log_is_gone_too(session: Path) -> None:
    (session / FOLDER / "log.jsonl").unlink()
    kind, text = said_of_lost(session)
    assert (kind, text.endswith("Its history has it.")) == ("moved", True)


def test_that_history_is_not_said_to_have_what_it_has_not(session: Path) -> None:
    for version in (session / FOLDER).glob("0*"):
        version.unlink()
    kind, text = said_of_lost(session)
    assert (kind, "history" in text, "not here any more" in text) == ("moved", False, True)


def test_that_a_run_where_a_state_was_does_not_make_it_one_that_never_was(session: Path) -> None:
    marker = RunningMarker(session, "a.B")
    marker.acquire()
    try:
        kind, text = said_of_lost(session)
    finally:
        marker.release()
    assert (kind, "not here any more" in text, text.endswith("The run goes on.")) == ("moved", True, True)


def age(path: Path) -> None:
    """Of an hour; only such a file is judged by its bytes alone."""
    then = path.stat().st_mtime - 3600
    os.utime(path, (then, then))


@pytest.mark.parametrize(
    "data", [b"", b'{"launcher_states": {"a', b"\0" * 100, b"[1]", b'{"a": 1, "a": 2}', b"\xff\xfe"]
)
def test_that_a_damaged_state_says_what_is_wrong(session: Path, data: bytes) -> None:
    (session / STATE_FILE).write_bytes(data)
    age(session / STATE_FILE)
    summary = summary_of(session)
    assert summary.problem is not None
    assert summary.problem.kind == "damaged"
    assert str(session) in summary.problem.text
    assert (summary.size, summary.etag) == (len(data), "")
    assert summary.subject == "m1"


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"", "being_written"), (b'{"launcher', "being_written"), (b'{"a": }', "damaged"), (b"[]", "damaged")],
)
def test_that_a_torn_file_that_is_young_is_being_written(session: Path, data: bytes, kind: str) -> None:
    (session / STATE_FILE).write_bytes(data)
    problem = summary_of(session).problem
    assert problem is not None
    assert problem.kind == kind


def test_that_a_file_from_the_future_is_judged_by_its_bytes(session: Path) -> None:
    (session / STATE_FILE).write_bytes(b"{")
    then = (session / STATE_FILE).stat().st_mtime + 10_000
    os.utime(session / STATE_FILE, (then, then))
    problem = summary_of(session).problem
    assert problem is not None
    assert problem.kind == "damaged"


def test_that_a_newer_state_is_shown_with_its_problem(session: Path) -> None:
    text = (session / STATE_FILE).read_text(encoding="utf-8").replace("1.0.0", "2.0.0")
    (session / STATE_FILE).write_text(text, encoding="utf-8")
    summary = summary_of(session)
    assert summary.problem is not None
    assert summary.problem.kind == "newer"
    assert summary.attributes == 2


def test_that_a_state_that_is_too_large_is_listed_without_being_read(session: Path) -> None:
    with (session / STATE_FILE).open("r+b") as file:
        file.truncate(100 * 1024 * 1024)  # sparse
    summary = summary_of(session)
    assert summary.problem is not None
    assert summary.problem.kind == "too_large"
    assert summary.size == 100 * 1024 * 1024


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
@pytest.mark.parametrize("what", ["link", "directory", "pipe"])
def test_that_what_is_no_file_is_unreadable_and_never_waited_for(session: Path, what: str) -> None:
    path = session / STATE_FILE
    path.rename(session / "elsewhere")
    if what == "link":
        path.symlink_to(session / "elsewhere")
    elif what == "directory":
        path.mkdir()
    else:
        os.mkfifo(path)
    summary = summary_of(session)
    assert summary.problem is not None
    assert summary.problem.kind == "unreadable"


@pytest.mark.parametrize(
    "states",
    [
        7,
        {"a.B": 7},
        {"a.B": {"attributes": []}},
        {"a.B": {"saved_at": 7, "outcome": [], "resumed_from": "x", "replaced": "y"}},
        {"a.B": {"resumed_from": {"path": 7}}, "": {}},
    ],
)
def test_that_wrong_shapes_never_raise(session: Path, states: Any) -> None:
    put(session, STATE_FILE, {"launcher_states": states, "created_at": 7, "version": 8})
    put(session, "session.json", {"subject_id": {}, "session_start_time": 7})
    summary = summary_of(session)
    assert isinstance(summary.subject, str)
    assert summary.resumed_from is None


def test_that_a_summary_is_small(session: Path) -> None:
    summaries: list[Summary] = []
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        summaries.extend(summary_of(session) for _ in range(200))
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    size = (after - before) / 200
    print(f"{size:.0f} bytes for a summary")  # noqa: T201 - a figure for people
    assert size < 2500
