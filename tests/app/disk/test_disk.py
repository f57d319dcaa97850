"""The disk worker: reads what is there, changes only what was seen, looks again by itself, and ends."""

import shutil
import threading
from pathlib import Path
from typing import Any

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
from persistence.scan import look_into
from persistence.sessions import spilling
from persistence.store import STATE_FILE, StateFile
from tests.app.disk.asked import Asked, ended, names, read_wholly
from tests.app.edited import count_in, edited
from tests.small_rig import made_session


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


def test_that_a_change_is_told_with_the_list_at_once(asked: Asked, tmp_path: Path) -> None:
    session = made_session(tmp_path)
    asked.ask(edited(session))
    asked.wait_for(Seen)
    (done,) = asked.of(Done)
    (summary,) = asked.of(Seen)[0].summaries
    assert summary.etag == done.snapshot.etag
    assert summary.edited_by


def test_that_an_unsaved_state_in_the_users_own_folder_is_listed_as_long_as_it_is_there(
    asked: Asked, tmp_path: Path
) -> None:
    session = made_session(tmp_path / "rig1")
    made_session(tmp_path / "rig1", "another")
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    data = spilling.contents(StateFile(session).read().document, session, "no rights")
    spill = spilling.write_locally(spilling.new_name(), data)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded, 2)
    assert _unsaved(asked) == {session.name: (str(spill),), "another": ()}
    asked.ask(Look(frozenset({str(session)})))  # whoever looks at it alone says the same
    asked.ask(Rescan())
    asked.wait_for(ScanEnded, 3)
    assert _unsaved(asked)[session.name] == (str(spill),)
    spill.unlink()
    asked.ask(Rescan())
    asked.wait_for(ScanEnded, 4)
    assert _unsaved(asked)[session.name] == ()


def _unsaved(asked: Asked) -> dict[str, tuple[str, ...]]:
    return {one.name: one.unsaved for seen in asked.of(Seen) for one in seen.summaries}


def test_that_the_folder_is_looked_at_again_by_itself(tmp_path: Path, qtbot: QtBot) -> None:
    asked = Asked(tmp_path, qtbot, rescan_seconds=0.02)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    made_session(tmp_path)
    qtbot.waitUntil(lambda: bool(names(asked.of(Seen))))
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


def test_that_what_turns_out_to_be_unreadable_when_it_is_opened_is_listed_so(
    asked: Asked, tmp_path: Path
) -> None:
    session = made_session(tmp_path)
    read_wholly(asked)
    (session / STATE_FILE).unlink()
    (session / STATE_FILE).mkdir()
    asked.ask(Open(str(session), 1))
    asked.wait_for(Opened)
    asked.qtbot.waitUntil(lambda: _listed(asked) == "unreadable")
    (session / STATE_FILE).rmdir()
    made_session(tmp_path)
    asked.ask(Open(str(session), 2))
    asked.qtbot.waitUntil(lambda: _listed(asked) is None)


def _listed(asked: Asked) -> str | None:
    summary = [summary for seen in asked.of(Seen) for summary in seen.summaries][-1]
    return summary.problem.kind if summary.problem else None
