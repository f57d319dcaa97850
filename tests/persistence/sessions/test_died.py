"""Whose run died in a session before it saved: told by the marker that a killed process really left there."""

import json
import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence import StateFile
from persistence.files.running import MARKER_FILE, RunningMarker, read_marker
from persistence.scan import Summary, site_at, summarize
from persistence.sessions import surveying
from persistence.states.edits import set_value
from persistence.store import STATE_FILE
from tests.persistence.launcher_scripts import finished, holding, start, write_script

LAUNCHER = """
from pathlib import Path
from persistence.files.running import read_running

class Rig(PersistentState):
    def __init__(self):
        self.trial_count = 1
        self.output_session_folder = ""

    def run(self):
        self.output_session_folder = sys.argv[1]  # the same one, each time
        if sys.argv[2] == "checkpoint":
            self.trial_count = 2
            self.checkpoint()
        if sys.argv[2] == "fail":
            raise OSError("the rig is off")
        if sys.argv[2] != "end":
            print("at work", flush=True)
            time.sleep(60)
        return True

if __name__ == "__main__":
    Rig().run()
"""
NAMESPACE = f"{__name__}.Rig"


class Rig:
    def __init__(self) -> None:
        self.trial_count = 1


class Other:
    def __init__(self) -> None:
        self.gain = 1.0


class Session:
    """A session in which a launcher saved as it ended, and a later run of it was killed."""

    def __init__(self, directory: Path, left: dict[str, Any]) -> None:
        self.directory = directory
        directory.mkdir()
        assert persistence.save(Rig(), directory, outcome="completed")
        self.leave(**left)

    def leave(self, **left: Any) -> None:
        """Have the marker say so."""
        text = json.dumps({"launcher": NAMESPACE, **left})
        (self.directory / MARKER_FILE).write_text(text, encoding="utf-8")

    @property
    def summary(self) -> Summary:
        summary = summarize(self.directory, self.directory.parent)
        assert summary is not None
        return summary

    @property
    def pid(self) -> int | None:
        """Of the run that died, as it is told."""
        died = self.summary.died
        return died.pid if died is not None else None

    @property
    def just_after(self) -> str:
        """The last version."""
        newest = datetime.fromisoformat(StateFile(self.directory).history()[-1].time)
        return (newest + timedelta(microseconds=1)).isoformat()

    def edit(self) -> None:
        file = StateFile(self.directory, who="ann")
        snapshot = file.read()
        document = set_value(snapshot.document, NAMESPACE, ("trial_count",), 9)
        file.commit(document, expected_etag=snapshot.etag)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process that was really killed has left in its marker; it began after all that is saved here."""
    folder = tmp_path_factory.mktemp("left")
    holder = holding(folder, NAMESPACE)
    holder.kill()
    finished(holder)
    found: dict[str, Any] = json.loads((folder / MARKER_FILE).read_bytes())
    return {**found, "started": "2999-01-01T00:00:00"}


@pytest.fixture
def session(tmp_path: Path, left: dict[str, Any]) -> Session:
    return Session(tmp_path / "764521_2026-01-02_03-04-05", left)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    return write_script(tmp_path / "lab", LAUNCHER)


@pytest.mark.parametrize(
    "end", [signal.SIGTERM] if sys.platform == "win32" else [signal.SIGKILL, signal.SIGTERM]
)
def test_that_a_later_run_that_is_killed_before_it_saves_is_told(
    tmp_path: Path, script: Path, end: signal.Signals
) -> None:
    directory = tmp_path / "fixed"
    directory.mkdir()
    assert finished(start(script, directory, "end"))[0] == 0
    before = summarize(directory, tmp_path)
    assert before is not None
    assert (before.outcome, before.died) == ("completed", None)
    victim = start(script, directory, "work")
    assert victim.stdout.readline() == "at work\n"
    alive = summarize(directory, tmp_path)
    assert alive is not None
    assert alive.running is not None
    assert alive.died is None
    victim.send_signal(end)
    finished(victim)
    found = summarize(directory, tmp_path)
    assert found is not None
    assert (found.outcome, found.running, found.etag) == ("completed", None, before.etag)
    assert found.died is not None
    assert (found.died.pid, found.died.launcher) == (victim.pid, "rig.Rig")
    assert finished(start(script, directory, "end"))[0] == 0  # the next run takes the marker over, and saves
    after = summarize(directory, tmp_path)
    assert after is not None
    assert after.died is None


def test_that_a_run_that_fails_and_saves_and_one_that_dies_after_a_save_are_told_by_their_outcome(
    tmp_path: Path, script: Path
) -> None:
    directory = tmp_path / "fixed"
    directory.mkdir()
    assert persistence.save(Rig(), directory, outcome="completed")
    assert finished(start(script, directory, "fail"))[0] == 1
    failed = summarize(directory, tmp_path)
    assert failed is not None
    assert (failed.outcome, failed.died) == ("failed", None)
    victim = start(script, directory, "checkpoint")
    assert victim.stdout.readline() == "at work\n"
    victim.kill()
    finished(victim)
    killed = summarize(directory, tmp_path)
    assert killed is not None
    assert (killed.outcome, killed.died) == ("checkpoint", None)
    StateFile(directory, who="ann").restore(2)
    back = summarize(directory, tmp_path)
    assert back is not None
    assert (back.outcome, back.died) == ("failed", None)  # it had saved, whatever was brought back since


def test_that_an_edit_does_not_take_it_away_for_the_run_still_did_not_save(
    session: Session, left: dict[str, Any]
) -> None:
    assert session.pid == left["pid"]
    session.edit()
    assert (session.summary.edited_by, session.pid) == ("ann", left["pid"])


def test_that_a_run_that_began_before_the_last_save_has_nothing_to_be_told(
    session: Session, left: dict[str, Any]
) -> None:
    session.leave(**{**left, "started": "2020-01-01T00:00:00"})
    assert session.pid is None


def test_that_a_save_by_another_launcher_meanwhile_is_no_save_of_this_run(
    session: Session, left: dict[str, Any]
) -> None:
    session.leave(**{**left, "started": session.summary.saved_at})
    assert session.pid is None
    began = session.just_after
    assert persistence.save(Other(), session.directory)
    session.leave(**{**left, "started": began})
    assert session.pid == left["pid"]
    session.leave(**{**left, "started": began, "launcher": "lab.moved.Rig"})  # which saved nothing here
    assert session.pid is None


def test_that_a_run_that_saved_and_whose_state_was_cleared_since_did_save(
    session: Session, left: dict[str, Any]
) -> None:
    session.leave(**{**left, "started": session.just_after, "launcher": f"{__name__}.Other"})
    assert session.pid == left["pid"]
    assert persistence.save(Other(), session.directory)
    StateFile(session.directory, who="ann").clear(f"{__name__}.Other")
    assert session.pid is None


def test_that_a_cleared_session_tells_it_only_of_a_run_after_that(
    session: Session, left: dict[str, Any]
) -> None:
    session.leave(**{**left, "started": session.just_after})
    assert session.pid == left["pid"]
    StateFile(session.directory, who="ann").clear()
    assert session.pid is None
    session.leave(**left)
    assert session.pid == left["pid"]


def test_that_a_clear_of_that_launcher_leaves_nothing_that_could_be_taken_for_its_run(
    session: Session, left: dict[str, Any]
) -> None:
    assert persistence.save(Other(), session.directory)
    session.leave(**{**left, "started": session.just_after})
    assert session.pid == left["pid"]
    file = StateFile(session.directory, who="ann")
    file.clear(f"{__name__}.Other")
    assert session.pid == left["pid"]  # what that launcher saved before stands there still
    file.restore(2)
    file.clear(NAMESPACE)
    assert (session.summary.launchers, session.pid) == ((f"{__name__}.Other",), None)
    file.restore(2)
    assert session.pid == left["pid"]


def test_that_a_save_under_another_name_counts_where_nothing_is_left_of_it(
    session: Session, left: dict[str, Any]
) -> None:
    session.leave(**{**left, "started": session.just_after, "launcher": "lab.moved.Rig"})
    assert session.pid == left["pid"]
    assert persistence.save(Rig(), session.directory)
    (session.directory / STATE_FILE).write_text('{"launcher_states": {}}', encoding="utf-8")
    assert session.pid is None


@pytest.mark.parametrize(
    "said",
    [
        {"host": "another computer, whose locks are perhaps not seen here"},
        {"host": ""},
        {"finishing": True},
        {"elsewhere": True},
        {"started": ""},
        {"started": "yesterday"},
    ],
)
def test_that_nothing_is_told_where_it_is_not_known_or_is_not_so(
    session: Session, left: dict[str, Any], said: dict[str, Any]
) -> None:
    session.leave(**{**left, **said})
    assert session.pid is None


@pytest.mark.parametrize("text", [b"", b"\0" * 80, b"{", b"[]", b'{"pid": "x"}', b"\xff", b"x" * 10_000])
def test_that_a_marker_of_nonsense_tells_nothing(session: Session, text: bytes) -> None:
    (session.directory / MARKER_FILE).write_bytes(text)
    assert session.pid is None
    assert session.summary.running is None


def test_that_a_run_that_goes_on_and_one_that_ends_without_saving_are_none_that_died(
    session: Session,
) -> None:
    marker = RunningMarker(session.directory, NAMESPACE)
    marker.acquire()
    try:
        assert session.summary.running is not None
        assert session.pid is None
    finally:
        marker.release()
    assert session.pid is None  # it ended, and so it took its marker away


def test_that_a_run_that_ends_while_it_is_looked_at_has_not_died(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the text and the one at the lock it took its text away, and let go."""
    marker = RunningMarker(session.directory, NAMESPACE)
    marker.acquire()

    def end_first(_path: Path) -> bool:
        marker.release()
        return False

    monkeypatch.setattr("persistence.files.running.is_held", end_first)
    assert read_marker(session.directory) == (None, None)


def test_that_where_nothing_can_be_learned_of_the_lock_nothing_is_told(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.files.running.is_held", lambda _path: None)
    assert session.pid is None


def test_that_a_session_without_a_state_has_its_own_word_for_it(session: Session) -> None:
    (session.directory / STATE_FILE).unlink()
    summary = session.summary
    assert summary.problem is not None
    assert summary.died is None


def test_that_a_session_that_went_well_is_asked_nothing_more(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the marker is empty, or is not there, a look costs what it did before there was such a mark."""
    (session.directory / MARKER_FILE).write_bytes(b"")
    opened: list[str] = []
    real = os.open

    def noted(path: str, *more: int) -> int:
        opened.append(Path(path).name)
        return real(path, *more)

    monkeypatch.setattr(os, "open", noted)
    for marker in (True, False):
        opened.clear()
        site = site_at(str(session.directory))
        assert site is not None
        assert surveying.glance(site, str(session.directory.parent)) is not None
        assert opened.count(MARKER_FILE) == marker
        assert opened.count(STATE_FILE) == opened.count("log.jsonl") == 1
        (session.directory / MARKER_FILE).unlink(missing_ok=True)
