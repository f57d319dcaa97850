"""Large files: shown by their slices first, judged elsewhere, and in the end the same as small ones."""

from __future__ import annotations

import json
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.change_errands import Commit, Done, Restore
from app.disk.disk import Disk
from app.files.apart import NotWanted, ask
from app.files.changes import change, read_session
from app.files.judge import Verdict
from app.files.large import Large, is_large
from app.folder_errands import Seen
from app.listing.index import Index
from app.listing.ledger import Ledger
from app.session_errands import Glimpsed, Open, Opened
from app.snapshot import SessionSnapshot
from persistence.document import Document, parse_document, render
from persistence.errors import Damaged, TooLarge
from persistence.files import history
from persistence.scan import Site
from persistence.states import passing, slices
from persistence.states.edits import get_value, set_value
from persistence.states.passing import Passing
from persistence.states.slices import bytes_under, slices_of
from persistence.store import STATE_FILE, StateFile
from persistence.values.sameness import same
from persistence.values.spelled import Spelled
from tests.small_rig import NAMESPACE, made_session

COUNT = ("trial_count",)


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the sessions of the tests are."""
    monkeypatch.setattr(slices, "LARGE", 10)


class Asked:
    """Counts the processes that are asked."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count = 0
        patch.setattr("app.files.verdicts.ask", self._ask)

    def _ask(self, *arguments: object, **named: object) -> Verdict | None:
        self.count += 1
        return ask(*arguments, **named)  # type: ignore[arg-type]  # as it was asked


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(monkeypatch)


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return made_session(tmp_path)


def write(session: Path, data: bytes) -> bytes:
    (session / STATE_FILE).write_bytes(data)
    return data


def other_layout(session: Path, **attributes: object) -> bytes:
    """The state as another program would write it."""
    tree = json.loads((session / STATE_FILE).read_bytes())
    tree["launcher_states"][NAMESPACE]["attributes"] |= attributes
    return write(session, json.dumps(tree).encode())


def alike(one: Document, other: Document) -> bool:
    return same(dict(one.tree), dict(other.tree))


def test_that_a_large_file_is_shown_before_it_is_judged_and_judged_once(session: Path, asked: Asked) -> None:
    room, shown = Large(), list[tuple[Document, int, bool]]()
    room.read(StateFile(session), lambda *seen: shown.append(seen))
    found = room.read(StateFile(session), lambda *_: pytest.fail("it is known, and shown already"))
    data = (session / STATE_FILE).read_bytes()
    assert asked.count == 1
    assert [seen[1:] for seen in shown] == [(len(data), False), (len(data), True)]
    assert found.document is shown[0][0]  # which somebody still has: it stays, and is not held twice
    assert found.document is shown[1][0]
    assert alike(found.document, parse_document(data))
    assert found.etag == StateFile(session).peek()
    assert not any(held.known for _, _, held in slices_of(Large().read(StateFile(session)).document))


def test_that_what_nobody_has_any_more_is_not_kept(session: Path) -> None:
    room, shown = Large(), list[Document]()
    room.read(StateFile(session))
    found = room.read(StateFile(session), lambda document, *_: shown.append(document))
    assert found.document is shown[0]


def test_that_an_outline_is_shown_before_the_bytes_are_held(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passing, "BEGINNING", 60)
    monkeypatch.setattr(passing, "HEAD", 20)
    document = parse_document((session / STATE_FILE).read_bytes())
    write(session, render(set_value(document, NAMESPACE, ("trials",), [*range(100)])))
    seen: list[tuple[bool, bool, str]] = []

    def shown(told: Document, _size: int, held: bool) -> None:
        trials = told.namespace(NAMESPACE).attributes.as_in_tree["trials"]
        assert isinstance(trials, Spelled)
        assert len(trials) == len(str([*range(100)]))
        seen.append((held, trials.at_hand, bytes(trials.as_given[:9]).decode()))  # type: ignore[arg-type]

    found = Large().read(StateFile(session), shown)
    assert seen == [(False, False, "[0, 1, 2,"), (True, True, "[0, 1, 2,")]
    assert get_value(found.document, NAMESPACE, ("trials",)) == [*range(100)]


def test_that_what_is_shown_is_of_one_version_when_the_file_becomes_another_meanwhile(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, real, shown = (session / STATE_FILE).read_bytes(), StateFile.raw_start, list[Document]()

    def late(file: StateFile, limit: int, going: Callable[[], object]) -> tuple[bytes, int] | None:
        write(session, data.replace(b'"trial_count": 15', b'"trial_count": 16'))
        return real(file, limit, going)

    monkeypatch.setattr(StateFile, "raw_start", late)
    found = Large().read(StateFile(session), lambda document, *_: shown.append(document))
    assert [get_value(one, NAMESPACE, COUNT) for one in shown] == [15, 16]
    assert found.document is shown[1]


def test_that_of_a_file_over_the_limit_no_outline_is_shown(session: Path) -> None:
    with pytest.raises(TooLarge):
        Large().read(StateFile(session, size_limit=50), lambda *_: pytest.fail("it is not to be opened"))


def test_that_a_state_is_shown_before_its_bytes_are_looked_at_any_further(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    real = history.History.versions

    def versions(*arguments: object) -> object:
        order.append("history")
        return real(*arguments)  # type: ignore[arg-type]  # as it was asked

    def etag(data: bytes, *_: object) -> str:
        order.append("etag")
        return history.etag_of(data)

    monkeypatch.setattr(history.History, "versions", versions)
    for room in ("app.files.large", "persistence.files.live"):
        monkeypatch.setattr(f"{room}.etag_of", etag)
    read_session(str(session), large=Large(), shown=lambda _: order.append("shown"))
    assert order[:3] == ["shown", "shown", "etag"]
    assert "history" in order


def test_that_a_small_file_asks_nobody(session: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "LARGE", 1 << 20)
    assert not is_large(StateFile(session))
    assert not is_large(StateFile(session / "gone"))
    Large().read(StateFile(session), lambda *_: pytest.fail("it is small"))
    assert asked.count == 0


@pytest.mark.parametrize("more", [{}, {"weight": float("nan")}])
def test_that_a_file_in_another_layout_says_the_same(
    session: Path, asked: Asked, more: dict[str, float]
) -> None:
    data = other_layout(session, **more)
    found = Large().read(StateFile(session), lambda *_: pytest.fail("there is nothing to show yet"))
    assert repr(found.document.namespace(NAMESPACE).attributes) == repr(
        parse_document(data).namespace(NAMESPACE).attributes
    )
    assert found.etag == StateFile(session).peek()
    sliced = all(isinstance(held.as_given, memoryview) for _, _, held in slices_of(found.document))
    assert (sliced and bool([*slices_of(found.document)])) is (not more)


def test_that_a_number_that_json_lacks_is_never_written_as_it_stands(session: Path) -> None:
    tree = parse_document((session / STATE_FILE).read_bytes())
    text = render(set_value(tree, NAMESPACE, ("weight",), 1.5)).replace(
        b'"weight": 1.5', b'"weight": Infinity'
    )
    write(session, text)
    found = Large().read(StateFile(session)).document
    assert b'"__type__": "float"' in render(set_value(found, NAMESPACE, COUNT, 1))


def test_that_damage_is_raised_as_the_store_raises_it(session: Path, asked: Asked) -> None:
    data = (session / STATE_FILE).read_bytes()
    write(session, data.replace(b'"trial_count": 15', b'"trial_count": 15, 16'))
    with pytest.raises(Damaged) as told:
        Large().read(StateFile(session))
    with pytest.raises(Damaged) as wanted:
        StateFile(session).read()
    assert str(told.value).startswith(str(wanted.value).partition(" Restore")[0])
    snapshot = read_session(str(session), large=Large())
    assert snapshot == read_session(str(session))
    assert snapshot.problem is not None
    assert snapshot.problem.kind == "damaged"


def test_that_without_an_answer_the_file_is_read_here(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.files.verdicts.ask", lambda *_, **__: None)
    found = Large().read(StateFile(session))
    assert alike(found.document, parse_document((session / STATE_FILE).read_bytes()))


def test_that_a_file_that_changes_while_it_is_judged_is_read_again(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (session / STATE_FILE).read_bytes()
    writes = iter([data.replace(b'"trial_count": 15', b'"trial_count": 16')])

    def ask_late(*arguments: object, **named: object) -> Verdict | None:
        for new in writes:
            write(session, new)
        return ask(*arguments, **named)  # type: ignore[arg-type]  # as it was asked

    monkeypatch.setattr("app.files.verdicts.ask", ask_late)
    found = Large().read(StateFile(session))
    assert get_value(found.document, NAMESPACE, COUNT) == 16
    assert found.etag == StateFile(session).peek()


def test_that_nobody_waits_for_what_is_not_wanted(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.files.apart.LOOK_SECONDS", 0.0)
    with pytest.raises(NotWanted):
        Large().read(StateFile(session), wanted=lambda: False)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The pieces of a file that go by, each of them small."""
    pieces, real = list[bytes](), Passing.take

    def take(going: Passing, piece: bytearray) -> None:
        pieces.append(bytes(piece))
        real(going, piece)

    monkeypatch.setattr("persistence.files.reading._AT_ONCE", 64)
    monkeypatch.setattr(Passing, "take", take)
    return pieces


def test_that_the_look_before_ends_when_it_is_not_wanted_any_more(session: Path, taken: list[bytes]) -> None:
    with pytest.raises(NotWanted):
        Large().read(StateFile(session), lambda *_: pytest.fail("too late"), lambda: len(taken) < 3)
    assert len(taken) == 3


@pytest.mark.parametrize("step", ["reading", "hashing", "looking again"])
def test_that_each_way_through_the_bytes_ends_when_it_is_not_wanted_any_more(
    session: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    for size in ("reading._AT_ONCE", "version_files._AT_ONCE", "reading._MEGABYTE"):
        monkeypatch.setattr(f"persistence.files.{size}", 64)
    pieces, room = -(-(session / STATE_FILE).stat().st_size // 64), Large()
    seen = room.read(StateFile(session)) if step == "looking again" else None
    middle = {"reading": pieces // 2, "hashing": pieces + pieces // 2, "looking again": pieces // 2}[step]
    asked: list[bool] = []

    def wanted() -> bool:
        asked.append(len(asked) < middle)
        return asked[-1]

    monkeypatch.setattr("app.files.verdicts.ask", lambda *_, **__: pytest.fail("it ends before it is judged"))
    with pytest.raises(NotWanted):
        room.read(StateFile(session), wanted=wanted)
    assert len(asked) == middle + 1
    assert seen is None or seen.document is not None  # which was held all along


@pytest.mark.parametrize("seen", ["in a list", "before"])
def test_that_a_file_that_was_seen_is_shown_without_going_by_again(
    session: Path, taken: list[bytes], seen: str
) -> None:
    room, shown = Large(), list[tuple[Document, int, bool]]()
    if seen == "in a list":
        assert room.survey(Site(str(session)), str(session.parent)) is not None
    else:
        room.read(StateFile(session), lambda *_: None)
    assert taken
    taken.clear()
    found = room.read(StateFile(session), lambda *told: shown.append(told))
    size = (session / STATE_FILE).stat().st_size
    assert ([told[1:] for told in shown], taken) == ([(size, False), (size, True)], [])
    assert found.document is shown[0][0]
    assert alike(found.document, parse_document((session / STATE_FILE).read_bytes()))


def test_that_what_was_seen_gives_way_to_what_the_bytes_say(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.files.outlines._mark", lambda _: (1,))  # as if the system did not tell
    room, shown = Large(), list[Document]()
    room.read(StateFile(session), lambda *_: None)
    old = parse_document((session / STATE_FILE).read_bytes())
    new = set_value(old, NAMESPACE, COUNT, 99)
    write(session, render(new))
    found = room.read(StateFile(session), lambda document, *_: shown.append(document))
    assert (alike(shown[0], old), alike(shown[1], new)) == (True, True)
    assert found.document is shown[1]


def test_that_a_file_in_another_layout_is_not_looked_through_before_it_is_read(
    session: Path, taken: list[bytes]
) -> None:
    data = other_layout(session)
    found = Large().read(StateFile(session), lambda *_: pytest.fail("there is nothing to show yet"))
    assert alike(found.document, parse_document(data))
    assert len(taken) == 1


def test_that_what_was_saved_here_is_known_and_keeps_its_values(session: Path, asked: Asked) -> None:
    room = Large()
    before = read_session(str(session), large=room)
    assert before.document is not None
    edited = set_value(before.document, NAMESPACE, ("settings",), {"steps": [1, 2, 3]})
    done = change(Commit(str(session), edited, before.etag), large=room)
    assert isinstance(done, Done)
    assert asked.count == 1  # before the edit
    assert done.snapshot.document is not None
    assert done.snapshot == read_session(str(session))
    assert alike(done.snapshot.document, parse_document((session / STATE_FILE).read_bytes()))
    settings = done.snapshot.document.namespace(NAMESPACE).attributes["settings"]
    assert settings is edited.namespace(NAMESPACE).attributes["settings"]  # rows that are shown stay
    assert bytes_under(before.document) == (session / STATE_FILE).read_bytes()  # where both are the same
    assert all(
        isinstance(held.as_given, memoryview) and held.as_given.obj is bytes_under(done.snapshot.document)
        for _, _, held in slices_of(done.snapshot.document)
    )


def test_that_what_was_saved_goes_when_nobody_has_it_any_more_and_is_not_judged_again(
    session: Path, asked: Asked
) -> None:
    room = Large()
    before = read_session(str(session), large=room)
    assert before.document is not None
    edited = set_value(before.document, NAMESPACE, COUNT, 16)
    done = change(Commit(str(session), edited, before.etag), large=room)
    assert done.snapshot.document is not None
    saved = weakref.ref(done.snapshot.document)
    assert read_session(str(session), large=room).document is saved()
    del before, edited, done
    assert saved() is None
    again = read_session(str(session), large=room).document
    assert again is not None
    assert again.namespace(NAMESPACE).attributes[COUNT[0]] == 16
    assert asked.count == 1  # before the edit


def test_that_what_was_brought_back_is_not_taken_for_sound_where_it_is_not(session: Path) -> None:
    room, data = Large(), (session / STATE_FILE).read_bytes()
    write(session, data.replace(b'"trial_count": 15', b'"trial_count": Infinity'))
    before = read_session(str(session), large=room)
    assert before.document is not None
    done = change(
        Commit(str(session), set_value(before.document, NAMESPACE, COUNT, 16), before.etag), large=room
    )
    assert isinstance(done, Done)
    (wanted,) = (one for one in StateFile(session).history() if one.etag == before.etag)
    done = change(Restore(str(session), wanted.sequence, done.etag), large=room)
    assert isinstance(done, Done)
    assert done.etag == before.etag
    del before, done
    again = read_session(str(session), large=room).document
    assert again is not None
    edited = set_value(again, NAMESPACE, ("reward_volume",), 1)
    assert b'"trial_count": {"__type__": "float"' in render(edited)


def test_that_the_bytes_before_a_save_go_with_the_state_that_was_saved(session: Path) -> None:
    room, before = Large(), (session / STATE_FILE).read_bytes()
    snapshot = read_session(str(session), large=room)
    for count in (16, 17):
        assert snapshot.document is not None
        assert bytes_under(snapshot.document) == (session / STATE_FILE).read_bytes()
        edited = set_value(snapshot.document, NAMESPACE, COUNT, count)
        done = change(Commit(str(session), edited, snapshot.etag), large=room)
        assert isinstance(done, Done)
        snapshot = done.snapshot
    assert [version.action for version in StateFile(session).history()][-2:] == ["edit", "edit"]
    assert StateFile(session).version(1) == before
    assert parse_document((session / STATE_FILE).read_bytes()).namespace(NAMESPACE).attributes[COUNT[0]] == 17


def test_that_a_survey_of_a_large_session_says_what_one_of_a_small_one_says(
    tmp_path: Path, session: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def surveyed(room: Large | None) -> object:
        with closing(Ledger(Index(None, str(tmp_path)), str(tmp_path), room)) as ledger:
            return ledger.survey(Site(str(session)))

    room = Large()
    assert surveyed(room) == surveyed(None)
    assert surveyed(room) == surveyed(None)
    assert asked.count == 1  # the second time it is known
    write(session, (session / STATE_FILE).read_bytes().replace(b'"trial_count": 15', b'"trial_count": 1 5'))
    os.utime(session / STATE_FILE, (1, 1))
    assert surveyed(room) == surveyed(None)
    (session / STATE_FILE).unlink()
    assert surveyed(room) == surveyed(None)


# --- through the worker -------------------------------------------------------------------------------------


class Answers:
    """A worker and what it answered."""

    def __init__(self, root: Path) -> None:
        self.disk = Disk(str(root), rescan_seconds=3600)
        self.list: list[object] = []
        self.disk.answered.connect(self.list.append)
        self.disk.start()


@pytest.fixture
def answers(tmp_path: Path, qapp: object) -> Iterator[Answers]:
    made = Answers(tmp_path)
    yield made
    made.disk.close()
    assert made.disk.wait()


def opened(answers: Answers) -> list[Glimpsed | Opened]:
    return [one for one in answers.list if isinstance(one, Glimpsed | Opened)]


def test_that_a_large_session_is_glimpsed_and_then_opened(
    qtbot: QtBot, session: Path, answers: Answers
) -> None:
    answers.disk.ask(Open(str(session), 7))
    qtbot.waitUntil(lambda: len(opened(answers)) == 3)
    outline, glimpsed, whole = opened(answers)
    assert isinstance(outline, Glimpsed)
    assert isinstance(glimpsed, Glimpsed)
    assert isinstance(whole, Opened)
    assert (glimpsed.stamp, whole.stamp) == (7, 7)
    assert (outline.snapshot.held, glimpsed.snapshot.held, whole.snapshot.held) == (False, True, True)
    assert outline.snapshot.document is glimpsed.snapshot.document
    assert glimpsed.snapshot.document is whole.snapshot.document  # rows that are shown stay
    assert not glimpsed.snapshot.editable
    assert "still being checked" in glimpsed.snapshot.not_editable_because
    assert whole.snapshot.editable
    assert replace(whole.snapshot, document=None) == replace(read_session(str(session)), document=None)


def test_that_a_session_that_is_selected_later_need_not_wait_for_an_earlier_one(
    qtbot: QtBot, tmp_path: Path, session: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, both_asked = made_session(tmp_path, "other"), threading.Event()

    def ask_then(*which: object, **how: object) -> Verdict | None:
        assert both_asked.wait(60)
        return ask(*which, **how)  # type: ignore[arg-type]

    monkeypatch.setattr("app.files.verdicts.ask", ask_then)
    answers.disk.ask(Open(str(session), 1))
    answers.disk.ask(Open(str(other), 2))
    both_asked.set()
    qtbot.waitUntil(lambda: any(isinstance(one, Opened) and one.stamp == 2 for one in opened(answers)))
    assert not any(isinstance(one, Opened) and one.stamp == 1 for one in opened(answers))


def test_that_another_session_need_not_wait_until_what_was_saved_is_judged_for_the_list(
    qtbot: QtBot, tmp_path: Path, session: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, sat_out = made_session(tmp_path, "other"), list[str]()
    answers.disk.ask(Open(str(session), 1))
    qtbot.waitUntil(lambda: any(isinstance(one, Opened) for one in opened(answers)))
    before = opened(answers)[-1].snapshot
    assert before.document is not None

    def slowly(directory: str, limit: int, wanted: Callable[[], bool], *, lay_out: bool) -> Verdict | None:
        until = time.monotonic() + 60
        while directory == str(session) and not sat_out:
            if not wanted():
                raise NotWanted
            if time.monotonic() > until:
                sat_out.append(directory)
        return ask(directory, limit, wanted, lay_out=lay_out)

    monkeypatch.setattr("app.files.verdicts.ask", slowly)
    answers.disk.ask(Commit(str(session), set_value(before.document, NAMESPACE, COUNT, 16), before.etag))
    answers.disk.ask(Open(str(other), 2))
    qtbot.waitUntil(lambda: any(isinstance(one, Opened) and one.stamp == 2 for one in opened(answers)))
    assert sat_out == []
    now = StateFile(session).peek()
    seen = (one for one in answers.list if isinstance(one, Seen))
    assert now in [summary.etag for one in seen for summary in one.summaries]  # at a glance, for now


def test_that_a_large_session_that_is_damaged_is_glimpsed_and_then_told_damaged(
    qtbot: QtBot, session: Path, answers: Answers
) -> None:
    write(session, (session / STATE_FILE).read_bytes().replace(b'"trial_count": 15', b'"trial_count": 1 5'))
    answers.disk.ask(Open(str(session), 7))
    qtbot.waitUntil(lambda: len(opened(answers)) == 3)
    problem = opened(answers)[2].snapshot.problem
    assert problem is not None
    assert problem.kind == "damaged"
    assert "line" in problem.text


def test_that_a_spelled_value_of_a_glimpse_is_read_when_it_is_shown(session: Path) -> None:
    seen: list[SessionSnapshot] = []
    read_session(str(session), large=Large(), shown=seen.append)
    glimpse = seen[0]
    assert glimpse.document is not None
    held = glimpse.document.namespace(NAMESPACE).attributes.as_in_tree["trial_count"]
    assert isinstance(held, Spelled)
    assert get_value(glimpse.document, NAMESPACE, COUNT) == 15
