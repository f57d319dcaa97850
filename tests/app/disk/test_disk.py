"""The disk worker: reads what is there, changes only what was seen, looks again by itself, and ends."""

import errno
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.change_errands import Done
from app.disk.disk import Disk
from app.folder_errands import Look, Progress, Rescan, RootSeen, ScanEnded, Seen, Trust
from app.listing.looks import together
from app.listing.walk import THREADS, Walk
from app.session import Summary
from app.session_errands import Open, Opened
from app.value_errands import CountNames, Match, Matched, NamesCounted, ShowValues, Trace, Traced, ValuesShown
from persistence.query import parse
from persistence.scan import Site, look_into
from persistence.store import STATE_FILE, StateFile
from tests.app.edited import count_in, edited
from tests.small_rig import made_session

Answer = TypeVar("Answer")


class Asked:
    """A disk worker on a folder, and its answers."""

    def __init__(self, root: Path, qtbot: QtBot, rescan_seconds: float, cache: Path | None = None) -> None:
        self.disk = Disk(str(root), rescan_seconds, cache)
        self.qtbot = qtbot
        self.answers: list[object] = []
        self.threads: set[int] = set()
        self.disk.answered.connect(self._note)
        self.disk.start()

    def _note(self, answer: object) -> None:
        self.threads.add(threading.get_ident())
        self.answers.append(answer)

    def of(self, kind: type[Answer]) -> list[Answer]:
        return [answer for answer in self.answers if isinstance(answer, kind)]

    def ask(self, *errands: object) -> None:
        for errand in errands:
            self.disk.ask(errand)

    def wait_for(self, kind: type[object], count: int = 1) -> None:
        self.qtbot.waitUntil(lambda: len(self.of(kind)) >= count)


@pytest.fixture
def asked(tmp_path: Path, qtbot: QtBot) -> Iterator[Asked]:
    made = Asked(tmp_path, qtbot, rescan_seconds=3600)
    yield made
    made.disk.close()
    assert made.disk.wait()


def names(seen: list[Seen]) -> set[str]:
    return {summary.name for one in seen for summary in one.summaries}


def test_that_a_whole_look_ends_with_all_there_is(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.walking.BATCH", 100)
    for number in range(250):
        (tmp_path / f"m{number % 7}" / f"s{number:03d}" / "launcher_metadata").mkdir(parents=True)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    seen = asked.of(Seen)
    assert len(names(seen)) == 250
    assert len(seen) > 2
    assert all(one.all is None for one in seen[:-1])
    assert seen[-1].all == frozenset(summary.directory for one in seen for summary in one.summaries)
    assert asked.of(RootSeen)[0].available


def test_that_opening_does_not_wait_for_a_whole_look(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.walking.BATCH", 100)
    session = made_session(tmp_path / "m0")
    for number in range(350):
        (tmp_path / f"m{number % 7}" / f"s{number:03d}" / "launcher_metadata").mkdir(parents=True)
    asked.ask(Rescan(), Open(str(session), 7))
    asked.wait_for(ScanEnded)
    kinds = [type(answer) for answer in asked.answers]
    assert kinds.index(Opened) < kinds.index(ScanEnded)
    assert asked.of(Opened)[0].stamp == 7
    assert len(asked.of(Seen)) > 1


def test_that_a_session_made_during_a_whole_look_is_not_taken_for_gone(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.walking.BATCH", 100)
    for number in range(150):
        (tmp_path / f"s{number:03d}" / "launcher_metadata").mkdir(parents=True)
    disk, seen = Disk(str(tmp_path)), list[object]()
    disk.answered.connect(seen.append)
    disk.work(Rescan())  # on this thread, piece by piece, so that the moment is certain
    disk._rounds._walking._walk_on()
    late = made_session(tmp_path / "late" / "deep")
    disk.work(Look(frozenset([str(late)])))
    disk._rounds._walking._walk_on()
    disk.finish()
    whole = [one for one in seen if isinstance(one, Seen)][-1]
    assert whole.all is not None
    assert str(late) in whole.all
    assert len(whole.all) == 151


def test_that_a_look_finds_the_session_around_or_below(asked: Asked, tmp_path: Path) -> None:
    session = made_session(tmp_path / "mouse")
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    asked.answers.clear()
    (session / "data").mkdir()
    made_session(session / "data", "not_a_session_of_its_own")
    asked.ask(Look(frozenset([str(session / "data")])))
    asked.wait_for(Seen)
    assert (asked.of(Seen)[0].directory, names(asked.of(Seen))) == (str(session), {session.name})
    other = made_session(tmp_path / "mouse2")
    asked.ask(Look(frozenset([str(tmp_path / "mouse2")])))
    asked.wait_for(Seen, 2)
    assert names(asked.of(Seen)[1:]) == {other.name}


def test_that_no_session_is_listed_inside_a_folder_that_becomes_one(asked: Asked, tmp_path: Path) -> None:
    """Somebody puts a session.json into the folder of a subject, and takes it away again."""
    inside = [made_session(tmp_path / "mouse" / "deep", name) for name in "ab"]
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    asked.answers.clear()
    (tmp_path / "mouse" / "session.json").write_text("{}")
    asked.ask(Look(frozenset([str(tmp_path / "mouse")])))
    asked.wait_for(Seen)
    assert (names(asked.of(Seen)), asked.of(Seen)[0].gone) == ({"mouse"}, frozenset(map(str, inside)))
    (tmp_path / "mouse" / "session.json").unlink()
    asked.ask(Look(frozenset([str(tmp_path / "mouse")])))
    asked.wait_for(Seen, 2)
    assert (names(asked.of(Seen)[1:]), asked.of(Seen)[1].gone) == (
        {"a", "b"},
        frozenset([str(tmp_path / "mouse")]),
    )


def test_that_many_directories_are_told_together(asked: Asked, tmp_path: Path) -> None:
    gone, kept = made_session(tmp_path, "gone"), made_session(tmp_path, "kept")
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    asked.answers.clear()
    shutil.rmtree(gone)
    new = [made_session(tmp_path / "mouse", f"s{number}") for number in range(5)]
    asked.ask(Look(frozenset(map(str, [gone, kept, *new]))))
    asked.wait_for(Seen)
    (seen,) = asked.of(Seen)
    assert {summary.directory for summary in seen.summaries} == set(map(str, [kept, *new]))
    assert (seen.all, seen.gone) == (None, frozenset([str(gone)]))


def test_that_a_few_are_read_wholly_at_once_and_many_once_all_are_listed(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.looks.FEW", 3)
    few = [made_session(tmp_path / "few", f"s{number}") for number in range(3)]
    many = [made_session(tmp_path / "many", f"s{number}") for number in range(9)]
    disk, answers = Disk(str(tmp_path)), list[object]()
    judged = list[set[str]]()

    def note(answer: object) -> None:
        answers.append(answer)
        judged.append(read_wholly_in(disk, answers))

    disk.answered.connect(note, Qt.ConnectionType.DirectConnection)
    disk.ask(Look(frozenset(map(str, few))))
    disk.ask(Look(frozenset(map(str, many))))
    disk.start()
    qtbot.waitUntil(lambda: len(answers) >= 2 and len(read_wholly_in(disk, answers)) == 12)
    disk.close()
    assert disk.wait()
    assert judged[:2] == [set(map(str, few))] * 2
    assert names([one for one in answers[1:2] if isinstance(one, Seen)]) == {one.name for one in many}


def test_that_opening_does_not_wait_for_many_looks(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = [made_session(tmp_path, f"s{number}") for number in range(3)]
    monkeypatch.setattr("app.listing.looks.PIECE_SECONDS", 0.0)  # a share on which each look takes its time
    disk, answers = Disk(str(tmp_path)), list[object]()
    disk.answered.connect(answers.append)
    disk.ask(Look(frozenset(map(str, sessions))))
    disk.ask(Open(str(sessions[0]), 7))
    disk.start()  # with both in the row
    qtbot.waitUntil(lambda: len(answers) == 4)
    disk.close()
    assert disk.wait()
    assert [type(answer) for answer in answers] == [Seen, Opened, Seen, Seen]
    assert len(names([answer for answer in answers if isinstance(answer, Seen)])) == 3


def test_that_opening_does_not_wait_for_a_look_at_a_folder_of_many_sessions(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a folder of five thousand is moved in."""
    sessions = [made_session(tmp_path / "moved in" / f"m{number % 2}", f"s{number}") for number in range(6)]
    monkeypatch.setattr("app.listing.walking.PIECE_SECONDS", 0.0)
    disk, answers = Disk(str(tmp_path)), list[object]()
    disk.answered.connect(answers.append)
    disk.ask(Look(frozenset([str(tmp_path / "moved in")])))
    disk.ask(Open(str(sessions[0]), 7))
    disk.start()  # with both in the row
    qtbot.waitUntil(lambda: len(read_wholly_in(disk, answers)) == 6)
    disk.close()
    assert disk.wait()
    opened = next(place for place, answer in enumerate(answers) if isinstance(answer, Opened))
    assert len(names([answer for answer in answers[:opened] if isinstance(answer, Seen)])) <= 1
    assert names([answer for answer in answers if isinstance(answer, Seen)]) == {one.name for one in sessions}


def read_wholly_in(disk: Disk, answers: list[object]) -> set[str]:
    """The sessions that were told, once all of them were read wholly."""
    told = {summary.directory for one in answers if isinstance(one, Seen) for summary in one.summaries}
    return {directory for directory in told if disk._rounds._known().is_judged(directory)}


def test_that_a_look_at_a_folder_tells_what_is_gone_from_it(asked: Asked, tmp_path: Path) -> None:
    gone = [made_session(tmp_path / "mouse" / "deep", name) for name in "ab"]
    kept, other = made_session(tmp_path / "mouse", "kept"), made_session(tmp_path, "mouse2")
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    asked.answers.clear()
    shutil.rmtree(tmp_path / "mouse" / "deep")
    asked.ask(Look(frozenset([str(tmp_path / "mouse")])))
    asked.wait_for(Seen)
    assert asked.of(Seen)[0].gone == frozenset(map(str, gone))
    asked.ask(Look(frozenset([str(tmp_path / "mouse" / "deep")])), Rescan())
    asked.wait_for(ScanEnded)
    assert asked.of(Seen)[-1].all == frozenset([str(kept), str(other)])


def test_that_a_folder_that_stirs_while_it_is_walked_through_is_walked_through_again(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        made_session(tmp_path / "mouse", f"s{number}")
    monkeypatch.setattr("app.listing.walking.PIECE_SECONDS", 0.0)
    disk, answers = Disk(str(tmp_path)), list[object]()
    disk.answered.connect(answers.append)
    look = Look(frozenset([str(tmp_path / "mouse")]))
    disk.work(look)  # on this thread, piece by piece
    for _ in range(4):
        disk._rounds._walking._walk_on()
    late = made_session(tmp_path / "mouse", "s9")  # sorted before those that were met
    disk.work(look)
    while disk._rounds._walks:
        disk._rounds._walking._walk_on()
    disk.finish()
    assert late.name in names([answer for answer in answers if isinstance(answer, Seen)])


def test_that_a_walk_never_says_less_of_a_session_than_a_look_has_said_since(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many folders at once are listed long before it is their turn to be read."""
    sessions = [made_session(tmp_path, f"s{number}") for number in range(8)]
    listed = threading.Semaphore(0)

    def looking(*where: Any, **how: Any) -> object:
        found = look_into(*where, **how)
        listed.release()
        return found

    monkeypatch.setattr("app.listing.steps.look_into", looking)
    monkeypatch.setattr("app.listing.walking.is_remote", lambda _: True)
    monkeypatch.setattr("app.listing.walking.BATCH", 1)
    disk, answers = Disk(str(tmp_path)), list[object]()
    disk.answered.connect(answers.append)
    disk.work(Rescan())  # on this thread, piece by piece
    while not names([answer for answer in answers if isinstance(answer, Seen)]):
        disk._rounds._walking._walk_on()
    assert all(listed.acquire(timeout=60) for _ in range(9))  # the folder and all in it
    for session in sessions:
        (session / "session_state.unsaved-rig-1-0a0a0a0a.json").write_text("{}")
    disk.work(Look(frozenset(map(str, sessions))))
    while disk._rounds._walks:
        disk._rounds._walking._walk_on()
    disk.finish()
    seen = [answer for answer in answers if isinstance(answer, Seen)]
    last = {summary.directory: summary for one in seen for summary in one.summaries}
    assert [len(last[str(session)].unsaved) for session in sessions] == [1] * 8


def test_that_a_folder_is_looked_through_as_one_of_another_computer_where_the_operator_says_so(
    tmp_path: Path,
) -> None:
    made_session(tmp_path)
    disk = Disk(str(tmp_path))
    threads = []
    for as_network in (False, True, False):
        disk.work(Trust(events=False, as_network=as_network))
        disk.work(Rescan())
        threads.append(disk._rounds._walking._threads)
        while disk._rounds._walks:
            disk._rounds._walking._walk_on()
    disk.finish()
    assert threads == [1, THREADS, 1]


def test_that_of_looks_that_are_told_together_the_last_word_counts() -> None:
    one, other = (Summary(f"/data/{name}", "/data", name, "") for name in ("one", "other"))
    later = one._replace(size=9)
    looks = [
        Seen("/data", "/data", (one, other)),
        Seen("/data", other.directory, (), gone=frozenset([other.directory])),
        Seen("/data", one.directory, (later,)),
    ]
    told = together("/data", looks)
    assert (told.summaries, told.gone) == ((later,), frozenset([other.directory]))
    told = together("/data", looks[1::-1])
    assert (set(told.summaries), told.gone) == ({one, other}, frozenset())


def test_that_a_slow_folder_is_looked_at_in_small_pieces(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        made_session(tmp_path, f"s{number}")
    monkeypatch.setattr("app.listing.walking.PIECE_SECONDS", 0.0)
    disk, seen = Disk(str(tmp_path)), list[object]()
    disk.answered.connect(seen.append)
    disk.work(Rescan())  # on this thread, piece by piece
    while not any(isinstance(one, ScanEnded) for one in seen):
        disk._rounds._walking._walk_on()
    disk.finish()
    pieces = [one for one in seen if isinstance(one, Seen)]
    assert [len(one.summaries) for one in pieces] == [1, 1, 1, 0]
    assert pieces[-1].all == frozenset(summary.directory for one in pieces for summary in one.summaries)


@pytest.mark.parametrize("below", ["", "s"])
def test_that_sessions_are_not_gone_where_the_folder_is_out_of_reach(
    tmp_path: Path, qtbot: QtBot, below: str
) -> None:
    root = tmp_path / "root"
    session = made_session(root, below)
    asked = Asked(root, qtbot, rescan_seconds=3600)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    asked.answers.clear()
    root.rename(tmp_path / "away")
    asked.ask(Look(frozenset([str(session)])))
    asked.wait_for(RootSeen)
    assert not asked.of(RootSeen)[0].available
    assert asked.of(Seen) == []
    asked.disk.close()
    assert asked.disk.wait()


def test_that_a_change_is_told_with_the_list_at_once(asked: Asked, tmp_path: Path) -> None:
    session = made_session(tmp_path)
    asked.ask(edited(session))
    asked.wait_for(Seen)
    (done,) = asked.of(Done)
    (summary,) = asked.of(Seen)[0].summaries
    assert summary.etag == done.snapshot.etag
    assert summary.edited_by


def test_that_the_folder_is_looked_at_again_by_itself(tmp_path: Path, qtbot: QtBot) -> None:
    asked = Asked(tmp_path, qtbot, rescan_seconds=0.02)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    made_session(tmp_path)
    qtbot.waitUntil(lambda: bool(names(asked.of(Seen))))
    asked.disk.close()
    assert asked.disk.wait()


def test_that_a_folder_that_comes_back_is_found_by_itself(tmp_path: Path, qtbot: QtBot) -> None:
    root = tmp_path / "root"
    asked = Asked(root, qtbot, rescan_seconds=0.02)
    asked.ask(Rescan())
    asked.wait_for(RootSeen)
    assert not asked.of(RootSeen)[0].available
    assert asked.of(Seen) == []
    made_session(root)
    asked.wait_for(Seen)
    assert asked.of(RootSeen)[-1].available
    asked.disk.close()
    assert asked.disk.wait()


@pytest.mark.parametrize("ends_whole", [True, False])
def test_that_a_half_written_file_is_looked_at_again_until_it_is_whole_or_damaged(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, ends_whole: bool
) -> None:
    file = made_session(tmp_path) / STATE_FILE
    whole = file.read_bytes()
    file.write_bytes(whole[:100])
    monkeypatch.setattr("persistence.sessions.surveying._FRESH", 1e9)
    monkeypatch.setattr("app.listing.half_written.AGAIN_MS", 10)

    def kinds() -> list[str]:
        seen = [summary for one in asked.of(Seen) for summary in one.summaries]
        return [summary.problem.kind if summary.problem else "whole" for summary in seen]

    asked.disk.ask(Rescan())
    # The walk and the reading after it tell it at most twice; what comes then, comes by itself.
    asked.qtbot.waitUntil(lambda: kinds().count("being_written") > 3)
    assert set(kinds()) == {"being_written"}
    if ends_whole:
        file.write_bytes(whole)
    else:
        monkeypatch.setattr("persistence.sessions.surveying._FRESH", 0.0)  # nobody has written it for long
    asked.qtbot.waitUntil(lambda: kinds()[-1] != "being_written")
    assert kinds()[-1] == ("whole" if ends_whole else "damaged")


def test_that_a_look_that_is_asked_for_during_another_is_not_forgotten(asked: Asked, tmp_path: Path) -> None:
    asked.ask(Rescan(), Rescan(), Rescan())
    asked.wait_for(ScanEnded, 2)


def test_that_closing_cuts_a_whole_look_short_and_keeps_what_was_asked_before(
    tmp_path: Path, qtbot: QtBot
) -> None:
    session = made_session(tmp_path)
    asked = Asked(tmp_path, qtbot, rescan_seconds=3600)
    asked.ask(Rescan(), edited(session))
    asked.disk.close()
    assert asked.disk.wait()
    assert count_in(session) == 150


# --- what was known before, and what is read later --------------------------------------------------------


def ended(asked: Asked) -> None:
    """Let the worker end, all that it knows being written."""
    asked.disk.close()
    assert asked.disk.wait()


@pytest.fixture
def cached(tmp_path: Path, qtbot: QtBot) -> Callable[[], Asked]:
    """Workers on one folder, one after another, with one cache."""
    (tmp_path / "root").mkdir()
    return lambda: Asked(tmp_path / "root", qtbot, 3600, tmp_path / "cache")


def read_wholly(asked: Asked) -> None:
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    rounds = asked.disk._rounds
    asked.qtbot.waitUntil(lambda: not rounds._tidings.judging.busy and not rounds._known().not_surveyed())


def test_that_what_was_known_is_told_before_the_walk(cached: Callable[[], Asked], tmp_path: Path) -> None:
    gone, stays = made_session(tmp_path / "root", "gone"), made_session(tmp_path / "root", "stays")
    first = cached()
    read_wholly(first)
    ended(first)
    shutil.rmtree(gone)
    new = made_session(tmp_path / "root", "new")
    again = cached()
    again.ask(Rescan())
    again.wait_for(ScanEnded)
    ended(again)
    seen = again.of(Seen)
    assert (seen[0].all, names(seen[:1])) == (None, {"gone", "stays"})
    assert seen[-1].all == frozenset({str(stays), str(new)})


def test_that_a_lost_cache_costs_nothing_but_time(cached: Callable[[], Asked], tmp_path: Path) -> None:
    made_session(tmp_path / "root")
    first = cached()
    read_wholly(first)
    ended(first)
    for file in (tmp_path / "cache").iterdir():
        file.write_bytes(b"nonsense")
    again = cached()
    read_wholly(again)
    ended(again)
    assert [one.summaries for one in again.of(Seen)] == [one.summaries for one in first.of(Seen)]


def test_that_values_are_read_again_when_the_index_was_damaged_meanwhile(
    cached: Callable[[], Asked], tmp_path: Path
) -> None:
    many = made_session(tmp_path / "root", "many", trial_count=200)
    first = cached()
    read_wholly(first)
    (file,) = (tmp_path / "cache").glob("*.sqlite")
    file.write_bytes(b"nonsense" * 4096)
    first.ask(Match(parse("trial_count>100").attribute_conditions))
    first.qtbot.waitUntil(lambda: bool(first.of(Matched)) and bool(first.of(Matched)[-1].directories))
    assert first.of(Matched)[-1].directories == frozenset([str(many)])
    ended(first)
    again = cached()
    again.ask(Rescan(), Match(parse("trial_count>150").attribute_conditions))
    again.wait_for(Matched)
    ended(again)
    assert again.of(Matched)[-1].directories == frozenset([str(many)])


def test_that_damage_inside_an_attribute_is_found_behind_the_list(asked: Asked, tmp_path: Path) -> None:
    """At a glance the file is sound: its outline is."""
    file = made_session(tmp_path, note="x") / STATE_FILE
    file.write_bytes(file.read_bytes().replace(b'"x"', b'{"a": 1, "a": 2}'))
    asked.ask(Rescan())
    asked.qtbot.waitUntil(lambda: len(asked.of(Seen)) > 1)
    glanced, read = (one.summaries[0].problem for one in asked.of(Seen)[:2])
    assert glanced is None
    assert read is not None
    assert read.kind == "damaged"


def test_that_the_sessions_that_meet_conditions_are_told_and_kept_true(asked: Asked, tmp_path: Path) -> None:
    few, many = made_session(tmp_path, "few"), made_session(tmp_path, "many", trial_count=200)
    conditions = parse("trial_count>100").attribute_conditions
    read_wholly(asked)
    asked.ask(Match(conditions))
    asked.wait_for(Matched)
    asked.ask(edited(few, 150))
    asked.wait_for(Matched, 2)
    shutil.rmtree(many)
    asked.ask(Look(frozenset([str(many)])))
    asked.wait_for(Matched, 3)
    found = [(one.conditions, set(one.directories)) for one in asked.of(Matched)]
    assert found == [(conditions, {str(many)}), (conditions, {str(few), str(many)}), (conditions, {str(few)})]


def test_that_a_state_without_attributes_meets_no_condition(asked: Asked, tmp_path: Path) -> None:
    made_session(tmp_path, "sound", trial_count=200)
    odd = made_session(tmp_path, "odd") / STATE_FILE
    odd.write_text('{"version": "1.0.0", "launcher_states": {"m.A": {"attributes": 5}, "m.B": 5}}')
    read_wholly(asked)
    asked.ask(Match(parse("trial_count>100").attribute_conditions))
    asked.wait_for(Matched)
    assert asked.of(Matched)[-1].directories == frozenset([str(tmp_path / "sound")])


def test_that_values_for_columns_are_told_and_kept_true(asked: Asked, tmp_path: Path) -> None:
    few, many = made_session(tmp_path, "few"), made_session(tmp_path, "many", trial_count=200)
    asked.ask(ShowValues(("trial_count", "experiment_phase")))
    read_wholly(asked)
    asked.ask(edited(few, 150))
    asked.qtbot.waitUntil(lambda: cells(asked).get("few", ("",))[0] == "150")
    assert cells(asked) == {"few": ("150", "baseline"), "many": ("200", "baseline")}
    asked.answers.clear()
    asked.ask(ShowValues(("trial_count",)))
    asked.wait_for(ValuesShown)
    assert cells(asked) == {"few": ("150",), "many": ("200",)}
    shutil.rmtree(many)
    asked.ask(Look(frozenset([str(many)])), CountNames())
    asked.wait_for(NamesCounted)
    assert asked.of(NamesCounted)[0].counts == {"trial_count": 1, "reward_volume": 1, "experiment_phase": 1}


def test_that_a_trend_is_told_of_the_newest_sessions_of_its_kind_and_kept_true(
    asked: Asked, tmp_path: Path
) -> None:
    for day in (1, 2, 3):
        made_session(tmp_path, f"764521_2026-11-0{day}_14-05-00", trial_count=day)
    made_session(tmp_path, "770012_2026-11-04_14-05-00", trial_count=99)
    read_wholly(asked)
    errand = Trace("trend", "trial_count", "CountingLauncher", "764521", most=2)
    asked.ask(errand)
    asked.wait_for(Traced)
    told = asked.of(Traced)[0]
    assert (told.errand, told.alike, told.all, traced(asked)) == (errand, 3, True, {"02": "2", "03": "3"})
    asked.ask(edited(tmp_path / "764521_2026-11-01_14-05-00", 150))
    asked.qtbot.waitUntil(lambda: traced(asked).get("01") == "150")
    asked.ask(edited(tmp_path / "770012_2026-11-04_14-05-00", 7))
    asked.wait_for(Done, 2)
    asked.ask(Trace("trend"), Trace("usual", "trial_count", "CountingLauncher", most=1))
    asked.qtbot.waitUntil(lambda: "04" in traced(asked))
    assert traced(asked) == {"01": "150", "02": "2", "03": "3", "04": "7"}


def traced(asked: Asked) -> dict[str, str]:
    """What was told last of each session, by its day."""
    return {
        Path(directory).name[15:17]: cell.text if cell else ""
        for one in asked.of(Traced)
        for directory, cell in one.rows
    }


def cells(asked: Asked) -> dict[str, tuple[str, ...]]:
    """What was told last of each session, for the names that were asked last."""
    return {
        Path(directory).name: tuple(cell.text if cell else "" for cell in row)
        for one in asked.of(ValuesShown)
        for directory, row in one.rows
    }


def test_that_how_far_a_walk_is_is_told(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.walking.BATCH", 10)
    for number in range(35):
        (tmp_path / f"s{number:03d}" / "launcher_metadata").mkdir(parents=True)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded, 2)
    told = [(one.found, one.expected) for one in asked.of(Progress)]
    assert told == [(10, 0), (20, 0), (30, 0), (10, 35), (20, 35), (30, 35)]


MEMORY = Path("/dev/shm")  # another disk is needed, and this one is always there on Linux


@pytest.mark.skipif(not os.access(MEMORY, os.W_OK), reason="there is no second disk")
def test_that_a_folder_whose_disk_went_away_is_not_empty_but_away(tmp_path: Path, qtbot: QtBot) -> None:
    """A link stands for the place where the disk is mounted."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as disk:
        place = tmp_path / "place"
        place.symlink_to(disk)
        session = made_session(Path(disk))
        (tmp_path / "bare").mkdir()
        asked = Asked(place, qtbot, 3600)
        asked.ask(Rescan())
        asked.wait_for(ScanEnded)
        place.unlink()
        place.symlink_to(tmp_path / "bare")
        asked.ask(Rescan())
        asked.wait_for(RootSeen, 2)
        ended(asked)
    seen = asked.of(RootSeen)
    assert [one.available for one in seen] == [True, False]
    assert "not mounted" in seen[-1].reason
    assert [one.gone for one in asked.of(Seen)] == [frozenset()]
    assert names(asked.of(Seen)) == {session.name}


@pytest.mark.skipif(not os.access(MEMORY, os.W_OK), reason="there is no second disk")
def test_that_a_start_on_the_bare_place_of_a_disk_keeps_what_was_known(tmp_path: Path, qtbot: QtBot) -> None:
    place = tmp_path / "place"
    (tmp_path / "bare").mkdir()

    def started() -> Asked:
        asked = Asked(place, qtbot, 3600, tmp_path / "cache")
        asked.ask(Rescan())
        return asked

    with tempfile.TemporaryDirectory(dir=MEMORY) as disk:
        session = made_session(Path(disk))
        place.symlink_to(disk)
        first = started()
        first.wait_for(ScanEnded)
        ended(first)
        place.unlink()
        place.symlink_to(tmp_path / "bare")
        bare = started()
        bare.wait_for(RootSeen)
        bare.wait_for(Seen)
        ended(bare)
        place.unlink()
        place.symlink_to(disk)
        again = started()
        again.wait_for(ScanEnded)
        ended(again)
    (seen,) = bare.of(RootSeen)
    assert (seen.available, "not mounted" in seen.reason) == (False, True)
    assert (names(bare.of(Seen)), bare.of(ScanEnded)) == ({session.name}, [])
    assert names(again.of(Seen)) == {session.name}


@pytest.mark.skipif(not os.access(MEMORY, os.W_OK), reason="there is no second disk")
def test_that_a_folder_that_was_moved_to_another_disk_is_looked_at_there(
    tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "place"
    made_session(tmp_path / "here", "old")
    place.symlink_to(tmp_path / "here")
    asked = Asked(place, qtbot, 3600, tmp_path / "cache")
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    with tempfile.TemporaryDirectory(dir=MEMORY) as disk:
        made_session(Path(disk), "new")
        place.unlink()
        place.symlink_to(disk)
        asked.ask(Rescan())
        asked.wait_for(ScanEnded, 2)
        shutil.rmtree(Path(disk, "new"))
        asked.ask(Rescan())  # empty, and the same disk as before
        asked.wait_for(ScanEnded, 3)
        ended(asked)
    assert [one.all for one in asked.of(Seen)][-2:] == [frozenset([str(place / "new")]), frozenset()]


@pytest.mark.parametrize("what", ["all", "a part"])
def test_that_sessions_are_not_gone_where_a_part_of_the_folder_is_out_of_reach(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """As when another disk is mounted inside the folder, and does not answer."""
    inside, outside = made_session(tmp_path / "disk" / "mouse", "inside"), made_session(tmp_path, "outside")
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    asked.answers.clear()
    scandir = os.scandir

    def failing(folder: Any) -> Any:
        if str(folder).startswith(str(tmp_path / "disk")):
            raise OSError(errno.EIO, os.strerror(errno.EIO), folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", failing)
    shutil.rmtree(outside)
    folders = [outside, inside, inside.parent, inside.parent.parent]
    asked.ask(Rescan() if what == "all" else Look(frozenset(map(str, folders))))
    asked.qtbot.waitUntil(lambda: bool(asked.of(Seen)))
    monkeypatch.undo()
    asked.ask(Rescan())
    asked.wait_for(ScanEnded, 2 if what == "all" else 1)
    gone = {path for one in asked.of(Seen) for path in one.gone}
    assert gone == (set() if what == "all" else {str(outside)})
    assert next(one.all for one in asked.of(Seen) if one.all is not None) == frozenset([str(inside)])
    if what == "all":
        assert [one.out_of_reach for one in asked.of(ScanEnded)] == [(str(tmp_path / "disk"),), ()]


def test_that_looks_are_rare_where_every_change_is_heard(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.rests.TRUSTING_SHARE", 10**9)
    asked = Asked(tmp_path, qtbot, rescan_seconds=0.01)
    asked.ask(Trust(events=True), Rescan())
    asked.wait_for(ScanEnded)
    asked.ask(Trust(events=False), Rescan())
    asked.wait_for(ScanEnded, 4)
    ended(asked)


def test_that_what_was_known_is_told_of_a_folder_that_is_out_of_reach(
    cached: Callable[[], Asked], tmp_path: Path
) -> None:
    session = made_session(tmp_path / "root")
    first = cached()
    read_wholly(first)
    ended(first)
    (tmp_path / "root").rename(tmp_path / "away")
    again = cached()
    again.ask(Rescan())
    again.wait_for(Seen)
    (tmp_path / "away").rename(tmp_path / "root")
    again.ask(Rescan())
    again.wait_for(ScanEnded)
    ended(again)
    assert [one.available for one in again.of(RootSeen)] == [False, True]
    assert names(again.of(Seen)[:1]) == {session.name}
    assert [one.gone for one in again.of(Seen)] == [frozenset()] * len(again.of(Seen))


def test_that_a_walk_that_failed_takes_no_session_for_gone(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        made_session(tmp_path, f"s{number}")
    asked = Asked(tmp_path, qtbot, 3600)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)

    def broken(site: Site, _root: str) -> None:
        raise RuntimeError(site.directory)

    monkeypatch.setattr("app.listing.steps.glance", broken)
    monkeypatch.setattr("app.listing.ledger.Site.signature", lambda _site: b"")
    asked.ask(Rescan())
    asked.wait_for(RootSeen, 3)
    ended(asked)
    assert [one.all is None and not one.gone for one in asked.of(Seen)[1:]] == [True]


def test_that_a_look_during_a_search_does_not_swallow_its_answer(asked: Asked, tmp_path: Path) -> None:
    session = made_session(tmp_path)
    read_wholly(asked)
    asked.ask(Match(parse("trial_count>100").attribute_conditions), Look(frozenset([str(session)])))
    asked.wait_for(Matched)
    assert asked.of(Matched)[-1].directories == frozenset()


def test_that_it_is_told_how_often_the_folder_is_looked_at(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.rests.RESTING_SHARE", 10**9)
    asked = Asked(tmp_path, qtbot, rescan_seconds=0.01)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    ended(asked)
    (told,) = asked.of(ScanEnded)
    assert 600 < told.every < 601


def test_that_looks_are_frequent_again_where_changes_are_not_heard_any_more(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.rests.TRUSTING_SHARE", 10**9)
    asked = Asked(tmp_path, qtbot, rescan_seconds=0.05)
    asked.ask(Trust(events=True), Rescan())
    asked.wait_for(ScanEnded)
    asked.ask(Trust(events=False))
    asked.wait_for(ScanEnded, 3)
    ended(asked)


def test_that_a_walk_that_could_not_begin_is_tried_again(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_session(tmp_path, "s")
    disk, answers = Disk(str(tmp_path), 0.01), list[object]()
    disk.answered.connect(answers.append)
    with monkeypatch.context() as broken:
        broken.setattr("app.listing.walking.Walk", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            disk._rounds.do(Rescan())  # on this thread
    qtbot.waitUntil(lambda: any(isinstance(answer, ScanEnded) for answer in answers))
    disk.finish()


def test_that_a_walk_does_not_say_less_of_a_session_than_who_has_read_it_wholly_since(
    tmp_path: Path, qtbot: QtBot
) -> None:
    """The walk has looked at it, and is heard of later."""
    session = made_session(tmp_path / "part", "s")
    disk = Disk(str(tmp_path))
    disk.work(Rescan())  # on this thread, piece by piece
    while disk._rounds._walks:
        disk._rounds._walking._walk_on()
    disk._rounds._tidings.judging.pause()
    walk = Walk(str(tmp_path / "part"), disk._rounds._known(), lambda: False)
    disk._rounds._walks.begin(walk)
    walk._left = walk._here.look([str(session)])
    made_session(tmp_path / "part", "s", trial_count=77)
    disk._rounds._tidings.judging.begin([str(session)])
    disk._rounds._tidings.judging._read_some()
    disk._rounds._walking._walk_on()
    known = disk._rounds._known().get(str(session))
    assert known is not None
    assert known.etag == StateFile(session).peek()
    disk.finish()
