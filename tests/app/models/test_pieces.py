"""Long work in slices: one at a time, to its end, or to what it raises."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from pytestqt.qtbot import QtBot

from app.models.pieces import Pieces


def counting(until: int, *, raises: bool = False) -> Generator[None, None, int]:
    for _ in range(until):
        yield
    if raises:
        raise LookupError
    return until


def refusing(_: int) -> None:
    raise LookupError


@pytest.fixture
def pieces(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Pieces:
    monkeypatch.setattr("app.models.pieces.SLICE", 0)
    return Pieces()


def test_that_a_work_is_done_between_turns_of_the_event_loop(qtbot: QtBot, pieces: Pieces) -> None:
    ends: list[int] = []
    pieces.begin(counting(3), ends.append, whole=False)
    assert pieces.busy
    qtbot.waitUntil(lambda: not pieces.busy)
    assert ends == [3]


def test_that_a_newer_work_takes_the_place_of_an_older_one(qtbot: QtBot, pieces: Pieces) -> None:
    ends: list[int] = []
    pieces.begin(counting(3), ends.append, whole=False)
    pieces.begin(counting(5), ends.append, whole=False)
    qtbot.waitUntil(lambda: not pieces.busy)
    assert ends == [5]


def test_that_a_work_that_raises_is_over_and_its_owner_is_told(qtbot: QtBot, pieces: Pieces) -> None:
    ends: list[int] = []
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(pieces.failed):
        pieces.begin(counting(2, raises=True), ends.append, whole=False)
    assert (pieces.busy, ends) == (False, [])
    assert [kind for kind, *_ in raised] == [LookupError]
    pieces.begin(counting(1), ends.append, whole=True)
    assert ends == [1]


def test_that_whoever_does_all_of_a_work_gets_what_it_raises(qtbot: QtBot, pieces: Pieces) -> None:
    with qtbot.waitSignal(pieces.failed), pytest.raises(LookupError):
        pieces.begin(counting(2, raises=True), lambda _: None, whole=True)
    assert not pieces.busy


def test_that_an_end_that_raises_is_told_too(qtbot: QtBot, pieces: Pieces) -> None:
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(pieces.failed):
        pieces.begin(counting(2), refusing, whole=False)
    assert not pieces.busy
    assert [kind for kind, *_ in raised] == [LookupError]


def test_that_a_work_begun_by_an_end_that_raises_goes_on(qtbot: QtBot, pieces: Pieces) -> None:
    ends: list[int] = []

    def begin_another(_: int) -> None:
        pieces.begin(counting(2), ends.append, whole=False)
        raise LookupError

    with qtbot.captureExceptions():
        pieces.begin(counting(1), begin_another, whole=False)
        qtbot.waitUntil(lambda: ends == [2])
    assert not pieces.busy


def test_that_what_is_done_in_between_is_done_in_place_of_a_slice(qtbot: QtBot, pieces: Pieces) -> None:
    done: list[str] = []

    def work() -> Generator[None, None, None]:
        while "told" not in done:
            done.append("slice")
            yield

    pieces.begin(work(), lambda _: done.append("end"), whole=False)
    pieces.instead(lambda: done.append("told"))
    qtbot.waitUntil(lambda: not pieces.busy)
    assert done == ["slice", "told", "end"]


def test_that_nothing_is_done_in_place_of_the_slices_of_a_work_that_was_dropped(
    qtbot: QtBot, pieces: Pieces
) -> None:
    ends: list[int] = []
    pieces.begin(counting(3), ends.append, whole=False)
    pieces.instead(lambda: pytest.fail("nobody asks for this any more"))
    pieces.begin(counting(5), ends.append, whole=False)
    qtbot.waitUntil(lambda: not pieces.busy)
    assert ends == [5]
