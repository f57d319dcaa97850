"""Looking into folders some of which do not answer: the others are told, and what is only slow is."""

import threading
from collections.abc import Callable, Iterator

import pytest

from app.listing import hanging
from app.listing.hanging import looked
from tests.patience import PATIENCE_MS

PATIENCE = PATIENCE_MS / 1000
Stir = Callable[[], bool]


@pytest.fixture
def dead(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A disk that does not answer until it is set; nobody waits long for it."""
    monkeypatch.setattr(hanging, "TICK_SECONDS", 0.005)
    answers = threading.Event()
    yield answers
    answers.set()
    for thread in threading.enumerate():
        if thread.name == "look":
            thread.join(PATIENCE)


@pytest.mark.parametrize("threads", [1, 3])
def test_that_of_one_that_hangs_nothing_is_told_and_of_all_others_what_they_are(
    dead: threading.Event, threads: int
) -> None:
    def look(asked: str, _: Stir) -> Iterator[object]:
        if asked in "cf":
            dead.wait(PATIENCE)
        yield asked.upper()

    assert looked(look, "abcdefgh", threads) == ["A", "B", None, "D", "E", None, "G", "H"]


def test_that_what_was_said_before_it_hung_is_told(dead: threading.Event) -> None:
    def look(asked: str, _: Stir) -> Iterator[object]:
        yield "something"
        dead.wait(PATIENCE)
        yield "all"

    assert looked(look, "a") == ["something"]


def test_that_one_that_gets_on_is_waited_for_however_long_it_takes(
    dead: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hanging, "TICKS", 3)

    def look(_: str, stir: Stir) -> Iterator[object]:
        for _tick in range(40):
            assert not stir()
            dead.wait(hanging.TICK_SECONDS / 2)
        yield "huge"

    monkeypatch.setattr(hanging, "TICK_SECONDS", 0.02)
    assert looked(look, "a") == ["huge"]


def test_that_one_that_was_left_hears_that_nobody_waits_for_it(dead: threading.Event) -> None:
    heard = list[bool]()

    def look(asked: str, stir: Stir) -> Iterator[object]:
        if asked == "a":
            dead.wait(PATIENCE)
            heard.append(stir())
        yield asked

    assert looked(look, "ab") == [None, "b"]
    (left,) = (thread for thread in threading.enumerate() if thread.name == "look")
    dead.set()
    left.join(PATIENCE)
    assert heard == [True]


def test_that_what_goes_wrong_is_raised(dead: threading.Event) -> None:
    def look(asked: str, _: Stir) -> Iterator[object]:
        if asked == "b":
            raise RuntimeError("what nobody thought of")
        yield asked

    with pytest.raises(RuntimeError, match="nobody thought"):
        looked(look, "abc")
