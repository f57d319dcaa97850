"""The catalog compares, then tells: equal means silence, out of reach is not gone."""

import time

import pytest
from pytestqt.qtbot import QtBot

from app.folder_errands import Progress, RootSeen, ScanEnded, Seen
from app.listing.catalog import Catalog
from app.session import Delta, RootStatus, Summary

ROOT = "/data"


def summary(name: str, etag: str = "e1", root: str = ROOT) -> Summary:
    return Summary(f"{root}/{name}", root, name, "", etag=etag)


def seen(*summaries: Summary, directory: str = ROOT, whole: bool = True) -> Seen:
    """What the disk says of these sessions; `whole`: and that there are no others."""
    everything = frozenset(one.directory for one in summaries) if whole else None
    return Seen(ROOT, directory, summaries, everything)


@pytest.fixture
def catalog(qtbot: QtBot) -> Catalog:
    made = Catalog()
    made.add_root(ROOT)
    return made


@pytest.fixture
def told(catalog: Catalog) -> list[Delta]:
    deltas: list[Delta] = []
    catalog.sessions_changed.connect(deltas.append)
    return deltas


def status_of(catalog: Catalog) -> RootStatus:
    (status,) = catalog.roots
    return status


def test_that_new_changed_and_gone_sessions_are_told_once(catalog: Catalog, told: list[Delta]) -> None:
    catalog.take(seen(summary("a"), summary("b")))
    catalog.take(seen(summary("a", "e2"), summary("c")))
    assert told == [
        Delta(added=(summary("a"), summary("b"))),
        Delta(added=(summary("c"),), changed=(summary("a", "e2"),), removed=("/data/b",)),
    ]
    assert catalog.get("/data/a") == summary("a", "e2")
    assert status_of(catalog).sessions == 2


def test_that_an_echo_dies_here(catalog: Catalog, told: list[Delta]) -> None:
    catalog.take(seen(summary("a")))
    for _ in range(3):
        catalog.take(seen(summary("a")))
        catalog.take(seen(summary("a"), directory="/data/a"))
    assert len(told) == 1


def test_that_a_part_of_a_look_removes_nothing(catalog: Catalog, told: list[Delta]) -> None:
    catalog.take(seen(summary("a"), summary("b")))
    catalog.take(seen(summary("c"), whole=False))
    assert told[-1] == Delta(added=(summary("c"),))


def test_that_a_look_at_one_directory_speaks_of_what_is_below_it_only(
    catalog: Catalog, told: list[Delta]
) -> None:
    catalog.take(seen(summary("m1/a"), summary("m1/b"), summary("m10/c")))
    catalog.take(seen(directory="/data/m1"))
    assert set(told[-1].removed) == {"/data/m1/a", "/data/m1/b"}
    catalog.take(seen(directory="/data/m10/c"))
    assert told[-1].removed == ("/data/m10/c",)


def test_that_a_folder_out_of_reach_keeps_its_sessions(catalog: Catalog, told: list[Delta]) -> None:
    catalog.take(seen(summary("a")))
    catalog.take_root(RootSeen(ROOT, False, None, "2026-11-23T14:00:00", "the network folder is gone"))
    catalog.take_root(RootSeen(ROOT, False, None, "2026-11-23T14:00:10", "the network folder is gone"))
    status = status_of(catalog)
    assert (status.available, status.since, status.sessions) == (False, "2026-11-23T14:00:00", 1)
    assert len(told) == 1
    catalog.take_root(RootSeen(ROOT, True, (1, 2), "2026-11-23T14:01:00"))
    assert (status_of(catalog).available, status_of(catalog).since) == (True, None)


def test_that_the_time_of_the_last_whole_look_is_told(catalog: Catalog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(catalog.roots_changed) as told:
        catalog.take_scan_end(ScanEnded(ROOT, "2026-11-23T14:00:00"))
    assert told.args[0][0].checked_at == "2026-11-23T14:00:00"
    assert not status_of(catalog).scanning


def test_that_a_folder_no_longer_watched_takes_its_sessions_along(
    catalog: Catalog, told: list[Delta]
) -> None:
    catalog.add_root("/other")
    catalog.take(seen(summary("a")))
    catalog.take(Seen("/other", "/other", (summary("b", root="/other"),)))
    catalog.remove_root(ROOT)
    assert told[-1] == Delta(removed=("/data/a",))
    assert [status.root for status in catalog.roots] == ["/other"]


def test_that_late_answers_about_a_forgotten_folder_are_dropped(catalog: Catalog, told: list[Delta]) -> None:
    catalog.remove_root(ROOT)
    catalog.take(seen(summary("a")))
    catalog.take_scan_end(ScanEnded(ROOT, "2026-11-23T14:00:00"))
    catalog.take_watch(ROOT, live=True)
    assert told == []
    assert catalog.roots == ()


def test_that_events_are_not_expected_of_a_folder_out_of_reach(catalog: Catalog) -> None:
    catalog.take_watch(ROOT, live=True)
    assert status_of(catalog).live
    catalog.take_root(RootSeen(ROOT, False, None, "2026-11-23T14:00:00", "gone"))
    catalog.take_watch(ROOT, live=True)
    assert not status_of(catalog).live


def test_that_an_equal_status_is_silence(catalog: Catalog, qtbot: QtBot) -> None:
    catalog.take_watch(ROOT, live=True, note="")
    with qtbot.assertNotEmitted(catalog.roots_changed):
        catalog.take_watch(ROOT, live=True, note="")
    assert status_of(catalog)._replace() == status_of(catalog)


def test_that_single_sessions_can_be_told_to_be_gone(catalog: Catalog, told: list[Delta]) -> None:
    catalog.take(seen(summary("a"), summary("b")))
    catalog.take(Seen(ROOT, ROOT, (summary("c"),), gone=frozenset(["/data/a", "/data/never"])))
    assert told[-1] == Delta(added=(summary("c"),), removed=("/data/a",))


def test_that_a_look_at_the_folder_leaves_standing_why_events_are_late(
    catalog: Catalog, qtbot: QtBot
) -> None:
    catalog.take_root(RootSeen(ROOT, True, (1, 2), "2026-11-23T14:00:00"))
    catalog.take_watch(ROOT, live=False, note="Changes are seen late.")
    catalog.take_root(RootSeen(ROOT, True, (1, 2), "2026-11-23T14:00:10"))
    assert status_of(catalog).note == "Changes are seen late."
    catalog.take_root(RootSeen(ROOT, False, None, "2026-11-23T14:00:20", "gone"))
    catalog.take_root(RootSeen(ROOT, True, (1, 2), "2026-11-23T14:00:30"))
    assert status_of(catalog).note == ""


def test_that_what_comes_while_listeners_are_busy_is_told_together(
    catalog: Catalog, told: list[Delta], qtbot: QtBot
) -> None:
    catalog.sessions_changed.connect(lambda _: time.sleep(0.02))  # a list that takes long to be sorted
    catalog.take(seen(summary("a"), summary("b"), summary("c")))
    catalog.take(seen(summary("a", "e2"), summary("d"), whole=False))
    catalog.take(seen(summary("a", "e3"), directory="/data/a"))
    catalog.take(seen(directory="/data/d"))
    catalog.take(seen(directory="/data/b"))
    catalog.take(seen(summary("c", "e2"), directory="/data/c"))
    catalog.take(seen(summary("c"), directory="/data/c"))
    assert len(told) == 1
    assert catalog.get("/data/a") == summary("a", "e3")
    assert status_of(catalog).sessions == 2
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1] == Delta(changed=(summary("a", "e3"),), removed=("/data/b",))


def test_that_it_is_held_how_a_folder_is_watched_while_it_is(catalog: Catalog) -> None:
    catalog.take_root(RootSeen(ROOT, True, (1, 2), "2026-11-23T14:00:00"))
    catalog.take_watch(ROOT, live=True, how="by events")
    catalog.take_root(RootSeen(ROOT, True, (1, 2), "2026-11-23T14:00:10"))
    assert status_of(catalog).how == "by events"
    catalog.take_root(RootSeen(ROOT, False, None, "2026-11-23T14:00:20", "gone"))
    assert status_of(catalog).how == ""


def test_that_the_sessions_of_one_folder_are_had(catalog: Catalog) -> None:
    catalog.add_root("/other")
    catalog.take(seen(summary("a")))
    catalog.take(Seen("/other", "/other", (summary("b", root="/other"),)))
    assert catalog.below("/other") == (summary("b", root="/other"),)


def test_that_how_far_a_look_is_is_known_until_it_ends(catalog: Catalog) -> None:
    catalog.take_root(RootSeen(ROOT, available=True, identity=(1, 1), at="2026-11-23T14:00:00"))
    catalog.take_progress(Progress(ROOT, 5, 5, 10))
    assert (status_of(catalog).found, status_of(catalog).expected) == (5, 10)
    catalog.take_scan_end(ScanEnded(ROOT, "2026-11-23T14:00:01"))
    catalog.take_progress(Progress(ROOT, 5, 5, 10))  # late, of the look that is over
    assert (status_of(catalog).found, status_of(catalog).expected) == (0, 0)
