"""Foreign code: whatever it raises is one sentence that says what, and where."""

from collections.abc import Callable

import pytest

from persistence.errors import Refused, StateError
from persistence.rehearsing.foreign import called


class Unspeakable(Exception):
    def __str__(self) -> str:
        raise RuntimeError


def raising(error: BaseException) -> Callable[[], None]:
    def action() -> None:
        raise error

    return action


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ValueError("too\n  much."), f"x raised ValueError: too much, in {__file__}, line "),
        (ValueError(), f"x raised ValueError, in {__file__}, line "),
        (Unspeakable(), f"x raised Unspeakable, in {__file__}, line "),
        (GeneratorExit(), "x raised GeneratorExit"),
        (ValueError("y" * 10_000), f"x raised ValueError: {'y' * 500}, in "),
        (SystemExit("no rig"), "x ended the program, with 'no rig'."),
        (EOFError(), "x wants to read from the keyboard. There is nobody to answer."),
        (Refused("no", next_step="Yes."), "no. Yes."),
    ],
)
def test_that_it_is_one_sentence(error: BaseException, sentence: str) -> None:
    with pytest.raises(StateError) as refused:
        called("x", raising(error))
    assert str(refused.value).startswith(sentence)
    assert "\n" not in str(refused.value)


def test_that_an_operator_who_stops_it_is_no_error_of_it() -> None:
    with pytest.raises(KeyboardInterrupt):
        called("x", raising(KeyboardInterrupt()))


def test_that_what_it_returns_is_returned() -> None:
    assert called("x", lambda: 7) == 7
