"""The watched folders as a whole: seen at once, soon, and in any case; away and back; one inside another."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.disk.doubled import doubled
from app.disk.folders import Folders
from app.disk.watching import Watching, watch_status
from app.folder_errands import ScanEnded, Seen
from app.listing.catalog import Catalog
from app.session import Delta, RootStatus, Summary
from app.watch import ears, inotify_ear
from app.watch.polling import PollingEar
from app.watch.stirrings import Watched
from app.watch.watcher import Watcher
from app.watch_exchange import WatchStatus
from tests.small_rig import made_session


class Observed:
    """Folders, watcher and catalog tied together, over real folders."""

    def __init__(self, qtbot: QtBot, rescan_seconds: float, cache: Path | None = None) -> None:
        self.qtbot = qtbot
        self.folders = Folders(rescan_seconds, cache=cache)
        self.catalog = Catalog()
        self.watching = Watching(self.folders, self.catalog)
        self.statuses: list[WatchStatus] = []
        self.unavailable: list[frozenset[str]] = []
        self.folders.answered.connect(self.watching.take)
        self.watching.status_changed.connect(self.statuses.append)
        self.watching.unavailable_changed.connect(self.unavailable.append)

    def begin(self) -> None:
        """Ask for events from now on."""
        watcher = Watcher()
        watcher.stirred.connect(self.watching.take_stirred)
        watcher.watched.connect(self.watching.take_watched)
        self.watching.begin(watcher)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def knows(self, *sessions: Path) -> bool:
        return {one.directory for one in self.catalog.summaries} == {str(session) for session in sessions}

    def checked(self) -> bool:
        return bool(self.statuses) and self.statuses[-1].checked_at != ""

    def how(self) -> list[str]:
        return [root.how for root in self.catalog.roots]

    def live(self) -> bool:
        return all(root.live for root in self.catalog.roots)


@pytest.fixture
def observed(qtbot: QtBot) -> Iterator[Observed]:
    made = Observed(qtbot, 3600)
    yield made
    made.watching.end()
    made.folders.shutdown()


@pytest.fixture
def patient(qtbot: QtBot) -> Iterator[Observed]:
    """One that looks again every few milliseconds, without events."""
    made = Observed(qtbot, 0.03)
    yield made
    made.watching.end()
    made.folders.shutdown()


def test_that_what_happens_between_the_first_look_and_the_first_event_is_seen(
    observed: Observed, tmp_path: Path
) -> None:
    observed.watching.add(str(tmp_path))
    observed.wait_until(observed.checked)
    session = made_session(tmp_path)
    observed.begin()
    observed.wait_until(lambda: observed.knows(session))


def test_that_a_session_appears_by_itself(observed: Observed, tmp_path: Path) -> None:
    first = made_session(tmp_path, "first")
    observed.watching.add(str(tmp_path))
    observed.begin()
    observed.wait_until(lambda: observed.knows(first) and observed.live())
    second = made_session(tmp_path / "mouse", "second")
    observed.wait_until(lambda: observed.knows(first, second))
    shutil.rmtree(first)
    observed.wait_until(lambda: observed.knows(second))
    moved = (tmp_path / "mouse").rename(tmp_path / "rat") / "second"
    observed.wait_until(lambda: observed.knows(moved))


def test_that_the_list_is_true_without_any_event(patient: Observed, tmp_path: Path) -> None:
    patient.watching.add(str(tmp_path))
    session = made_session(tmp_path)
    patient.wait_until(lambda: patient.knows(session))
    assert not patient.live()


def test_that_a_folder_that_vanishes_keeps_its_sessions_and_comes_back(
    patient: Observed, tmp_path: Path
) -> None:
    root = tmp_path / "root"
    session = made_session(root)
    patient.watching.add(str(root))
    patient.begin()
    patient.wait_until(lambda: patient.knows(session) and patient.live())
    root.rename(tmp_path / "away")
    patient.wait_until(lambda: patient.unavailable[-1] == frozenset([str(root)]))
    assert patient.knows(session)
    assert "cannot be reached since" in patient.statuses[-1].problem
    (tmp_path / "away").rename(root)
    patient.wait_until(lambda: patient.unavailable[-1] == frozenset() and patient.live())
    later = made_session(root, "later")
    patient.wait_until(lambda: patient.knows(session, later))


def test_that_a_folder_made_again_shows_what_is_in_it_now(patient: Observed, tmp_path: Path) -> None:
    root = tmp_path / "root"
    made_session(root, "old")
    patient.watching.add(str(root))
    patient.begin()
    patient.wait_until(lambda: len(patient.catalog.summaries) == 1 and patient.live())
    shutil.rmtree(root)
    new = made_session(root, "new")
    patient.wait_until(lambda: patient.knows(new))


def test_that_the_time_of_the_last_look_is_told(observed: Observed, tmp_path: Path) -> None:
    observed.watching.add(str(tmp_path))
    assert observed.statuses[-1].busy
    observed.wait_until(observed.checked)
    assert observed.statuses[-1].busy == ""
    assert len(observed.statuses[-1].checked_at) == len("14:32:08")


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([(0, 0)], "looking for sessions"),
        ([(1200, 0)], "looking for sessions: 1,200"),
        ([(1200, 9000), (5, 10)], "looking for sessions: 1,205 of about 9,010"),
        ([(1200, 1000)], "looking for sessions: 1,200"),
    ],
)
def test_that_how_far_the_first_look_is_is_told(counts: list[tuple[int, int]], words: str) -> None:
    roots = [
        RootStatus(f"/{number}", scanning=True, found=found, expected=expected)
        for number, (found, expected) in enumerate(counts)
    ]
    done = RootStatus("/done", scanning=True, checked_at="2026-11-23T14:32:08", found=7, expected=7)
    assert watch_status((*roots, done)).busy == words


def test_that_a_folder_inside_a_watched_one_is_watched_with_it(observed: Observed, tmp_path: Path) -> None:
    session = made_session(tmp_path / "mouse")
    assert observed.watching.add(str(tmp_path / "mouse")) == ""
    observed.wait_until(lambda: observed.knows(session))
    told: list[Delta] = []
    observed.catalog.sessions_changed.connect(told.append)
    assert observed.watching.add(str(tmp_path)) == ""
    assert observed.knows(session)
    observed.wait_until(lambda: observed.statuses[-1].busy == "" and observed.checked())
    assert [path for delta in told for path in delta.removed] == []  # or it would lose its selection
    assert [root.sessions for root in observed.catalog.roots] == [1]
    assert observed.folders.roots == (str(tmp_path),)
    observed.wait_until(lambda: observed.knows(session))
    assert str(tmp_path) in observed.watching.add(str(tmp_path / "mouse"))
    assert str(tmp_path) in observed.watching.add(str(tmp_path))


def test_that_a_folder_no_longer_watched_is_forgotten(observed: Observed, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    made_session(one)
    kept = made_session(other)
    observed.watching.add(str(one))
    observed.watching.add(str(other))
    observed.begin()
    observed.wait_until(lambda: len(observed.catalog.summaries) == 2 and observed.live())
    observed.watching.remove(str(one))
    observed.watching.remove(str(one))
    assert observed.knows(kept)
    assert [folder.path for folder in observed.statuses[-1].folders] == [str(other)]


def test_that_nothing_is_remembered_of_a_folder_that_is_no_longer_watched(
    qtbot: QtBot, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    observed = Observed(qtbot, 3600, cache)
    for name in ("one", "other"):
        made_session(tmp_path / name)
        observed.watching.add(str(tmp_path / name))
    observed.wait_until(observed.checked)
    observed.wait_until(lambda: len(list(cache.iterdir())) == 2)
    observed.watching.remove(str(tmp_path / "one"))
    observed.wait_until(lambda: len(list(cache.iterdir())) == 1)
    observed.watching.end()
    assert observed.folders.shutdown()
    assert len(list(cache.iterdir())) == 1


def test_that_a_session_belongs_to_the_folder_it_lies_in(observed: Observed, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data2").mkdir()
    observed.watching.add(str(tmp_path / "data"))
    observed.watching.add(str(tmp_path / "data2"))
    assert observed.folders.root_of(str(tmp_path / "data2" / "s")) == str(tmp_path / "data2")
    assert observed.folders.root_of(str(tmp_path / "elsewhere")) == ""


def test_that_the_oldest_look_counts_and_every_trouble_is_named() -> None:
    status = watch_status(
        (
            RootStatus("/a", checked_at="2026-11-23T14:00:05"),
            RootStatus("/b", checked_at="2026-11-23T14:00:01", note="Changes in /b are seen late: limit."),
            RootStatus("/c", available=False, since="2026-11-23T13:00:00", note="the network folder is gone"),
        )
    )
    assert status.checked_at == "14:00:01"
    assert status.problem == (
        "Changes in /b are seen late: limit. /c cannot be reached since 13:00:00: the network folder is gone."
    )
    assert [folder.available for folder in status.folders] == [True, True, False]


def test_that_a_part_that_is_out_of_reach_is_named_and_its_sessions_stay(observed: Observed) -> None:
    observed.catalog.add_root("/data")
    observed.watching.take(Seen("/data", "/data", (Summary("/data/disk/s", "/data", "s", ""),)))
    observed.watching.take(ScanEnded("/data", "2026-11-23T14:00:00", ("/data/disk",)))
    assert observed.unavailable[-1] == frozenset(["/data/disk"])
    assert observed.statuses[-1].problem == "/data/disk cannot be listed; its sessions are kept."
    assert observed.knows(Path("/data/disk/s"))
    observed.watching.take(ScanEnded("/data", "2026-11-23T14:00:10"))
    assert (observed.unavailable[-1], observed.statuses[-1].problem) == (frozenset(), "")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "watching 500 of 1,200 folders."),
        (10.04, "watching 500 of 1,200 folders, rescanning every 10 s."),
        (75.4, "watching 500 of 1,200 folders, rescanning every 75 s."),
        (200.0, "watching 500 of 1,200 folders, rescanning every 3 min."),
        (630.0, "watching 500 of 1,200 folders, rescanning every 10 min."),
    ],
)
def test_that_it_is_said_how_often_a_folder_is_looked_at_where_watches_do_not_suffice(
    seconds: float, words: str
) -> None:
    root = RootStatus("/a", live=True, watched=500, folders=1200, looked_at_every=seconds)
    assert watch_status((root,)).problem == f"/a: {words}"
    late = root._replace(live=False, note="Changes in /a are seen late: limit.")
    assert watch_status((late,)).problem == late.note


def test_that_a_folder_is_known_by_its_plain_path(observed: Observed, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    observed.watching.add(str(tmp_path / "one"))
    assert observed.watching.add(f"{tmp_path}/one/../other/.") == ""
    assert observed.folders.roots == (str(tmp_path / "one"), str(tmp_path / "other"))


def test_that_a_folder_of_another_computer_is_looked_at_for_what_is_new(
    observed: Observed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PollingEar, "period", 0.02)
    monkeypatch.setattr(ears, "is_remote", lambda _: True)
    first = made_session(tmp_path / "mouse", "first")
    observed.watching.add(str(tmp_path))
    observed.begin()
    observed.wait_until(lambda: observed.knows(first) and observed.live())
    assert observed.statuses[-1].folders[0].how == "by looking every 0.02 s"
    assert observed.statuses[-1].problem == ""
    second = made_session(tmp_path / "mouse", "second")
    observed.wait_until(lambda: observed.knows(first, second))
    shutil.rmtree(first)
    observed.wait_until(lambda: observed.knows(second))
    made_session(tmp_path / "mouse", "second", trial_count=123456)
    size = (second / "session_state.json").stat().st_size
    observed.wait_until(lambda: [one.size for one in observed.catalog.summaries] == [size])


def test_that_the_operator_chooses_how_a_folder_is_watched(observed: Observed, tmp_path: Path) -> None:
    for name in ("polled", "heard"):
        (tmp_path / name).mkdir()
    observed.watching.add(str(tmp_path / "polled"), "polling")
    observed.begin()
    observed.watching.add(str(tmp_path / "heard"), "events")
    observed.wait_until(observed.live)
    assert observed.how() == ["by looking every 2 s", "by events"]


def test_that_the_operator_changes_his_mind_while_it_is_watched(observed: Observed, tmp_path: Path) -> None:
    observed.watching.add(str(tmp_path))
    observed.begin()
    observed.wait_until(lambda: observed.how() == ["by events"])
    observed.watching.watch_as(str(tmp_path), "polling")
    assert observed.statuses[-1].folders[0].as_network
    observed.wait_until(lambda: observed.how() == ["by looking every 2 s"])
    assert not observed.statuses[-1].folders[0].remote
    observed.watching.watch_as(str(tmp_path), "auto")
    observed.wait_until(lambda: observed.how() == ["by events"])
    assert not observed.statuses[-1].folders[0].as_network


def test_that_it_is_told_which_folder_lies_on_another_computer_and_where_events_were_lost(
    observed: Observed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(ears, "is_remote", lambda path: path.endswith("there"))
    for name in ("here", "there"):
        observed.watching.add(str(tmp_path / name))
    observed.begin()
    observed.wait_until(lambda: observed.live() and len(observed.how()) == 2)
    assert [folder.remote for folder in observed.statuses[-1].folders] == [False, True]
    assert [folder.losses for folder in observed.statuses[-1].folders] == [0, 0]
    lost = Watched(str(tmp_path / "here"), True, "", "by events", missed=True, lost=True)
    for _ in range(2):
        observed.watching.take_watched(lost)
    assert [folder.losses for folder in observed.statuses[-1].folders] == [2, 0]


@pytest.mark.skipif(not ears._EACH_FOLDER_COSTS, reason="elsewhere a whole tree costs one watch")
def test_that_too_few_watches_are_said_and_the_list_is_true_nevertheless(
    patient: Observed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inotify_ear, "watches_to_be_had", lambda: 3)
    sessions = [made_session(tmp_path, f"{number}") for number in range(4)]
    patient.watching.add(str(tmp_path))
    patient.begin()
    patient.wait_until(lambda: patient.knows(*sessions) and patient.live())
    note = f"{tmp_path}: watching 3 of 5 folders, rescanning every 0.0"
    patient.wait_until(lambda: note in patient.statuses[-1].problem)
    assert patient.statuses[-1].folders[0].how == "by events in 3 of 5 folders"
    shutil.rmtree(sessions[0])
    patient.wait_until(lambda: patient.knows(*sessions[1:]))
    patient.wait_until(lambda: "3 of 4 folders" in patient.statuses[-1].problem)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize(
    ("first", "leads_to", "said"),
    [
        ("data", "data", "{link} is the same folder as {first}, which is watched already."),
        ("data", "data/rig3", "{link} lies in {first}, which is watched already."),
        (
            "data/rig3",
            "data",
            "{link} leads to {to}, and {first} in it is watched already. Watch {to} itself instead.",
        ),
        ("data/rig3", "data/rig4", ""),
        ("data", "data/.snapshots/monday", ""),
        ("data", "data/rig3/rig3/behavior", ""),
        ("data/.snapshots/monday", "data", ""),
        ("data/rig3/rig3/behavior", "data", ""),
    ],
)
def test_that_a_folder_that_leads_into_another_by_a_link_is_told(
    observed: Observed, tmp_path: Path, first: str, leads_to: str, said: str
) -> None:
    for name in ("rig3", "rig4"):
        made_session(tmp_path / "data" / name, name)
    left_out = [tmp_path / "data" / name for name in (".snapshots/monday", "rig3/rig3/behavior")]
    for folder in left_out:  # by a look at all of data
        made_session(folder, "kept")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / leads_to)
    told: list[tuple[str, str]] = []
    observed.watching.doubled.connect(lambda *what: told.append(what))
    for folder in (tmp_path / first, link):
        observed.watching.add(str(folder))
    observed.wait_until(lambda: all(root.checked_at for root in observed.catalog.roots))
    names = {"link": link, "first": tmp_path / first, "to": tmp_path / leads_to}
    assert dict(told) == ({str(link): said.format(**names)} if said else {})


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_that_a_folder_that_is_mounted_at_a_second_place_is_told(
    observed: Observed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bind mount is the folder itself at a place that is no link; nothing mounts here: no link is seen."""
    made_session(tmp_path / "data")
    made_session(tmp_path / "other")
    mounted = tmp_path / "mounted"
    mounted.symlink_to(tmp_path / "data")
    monkeypatch.setattr(os.path, "realpath", lambda path, **_: str(path))
    told: list[tuple[str, str]] = []
    observed.watching.doubled.connect(lambda *what: told.append(what))
    for folder in (tmp_path / "data", tmp_path / "other", mounted):
        observed.watching.add(str(folder))
    observed.wait_until(lambda: all(root.checked_at for root in observed.catalog.roots))
    said = f"{mounted} is the same folder as {tmp_path / 'data'}, which is watched already."
    assert set(told) == {(str(mounted), said)}


def test_that_folders_without_numbers_are_not_taken_for_one() -> None:
    real, unknown = {"/a": "/a", "/b": "/b"}, {"/a": (1, 0), "/b": (1, 0)}
    assert doubled("/a", "/b", real, unknown, is_looked_through=bool, is_session=bool) == ""


@pytest.mark.parametrize("order", [("data", "data/.snapshots/monday"), ("data/.snapshots/monday", "data")])
def test_that_a_folder_that_the_one_around_it_leaves_out_is_watched_on_its_own(
    observed: Observed, tmp_path: Path, order: tuple[str, str]
) -> None:
    folders = [tmp_path / name for name in order]
    sessions = [made_session(folder) for folder in folders]
    assert [observed.watching.add(str(folder)) for folder in folders] == ["", ""]
    assert observed.folders.roots == tuple(map(str, folders))
    observed.wait_until(lambda: observed.knows(*sessions))
    observed.begin()
    observed.wait_until(observed.live)
    newer = made_session(tmp_path / "data" / ".snapshots" / "monday", "newer")
    observed.wait_until(lambda: observed.knows(*sessions, newer))
    answers: list[object] = []
    observed.folders.answered.connect(answers.append)
    observed.folders.rescan()
    observed.wait_until(
        lambda: {one.root for one in answers if isinstance(one, ScanEnded)} == set(map(str, folders))
    )
    assert observed.knows(*sessions, newer)
    assert {one.root for one in observed.catalog.summaries} == set(map(str, folders))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_that_a_folder_that_another_does_not_list_is_told_once_it_does(
    patient: Observed, tmp_path: Path
) -> None:
    """As when a session.json is taken away that somebody had put around the folders of subjects."""
    subject = tmp_path / "data" / "mouse"
    made_session(subject, "monday")
    link = tmp_path / "link"
    link.symlink_to(subject)
    told: list[object] = []
    patient.watching.doubled.connect(lambda *what: told.append(what))
    (tmp_path / "data" / "session.json").write_text("{}", encoding="utf-8")
    for folder in (tmp_path / "data", link):
        patient.watching.add(str(folder))
    patient.wait_until(lambda: all(root.checked_at for root in patient.catalog.roots))
    assert told == []
    (tmp_path / "data" / "session.json").unlink()
    patient.wait_until(lambda: bool(told))
    assert told[0] == (str(link), f"{link} lies in {tmp_path / 'data'}, which is watched already.")
