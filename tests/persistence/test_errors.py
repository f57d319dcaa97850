"""Every error is one sentence with path, cause and next step, and carries its parts."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from persistence import errors
from persistence.errors import (
    Damaged,
    NoSuchAttribute,
    NotRepresentable,
    StateError,
    TooLarge,
    step_for,
    words_for,
)


def test_that_an_error_is_path_cause_and_next_step() -> None:
    error = StateError("the disk is full", path=Path("/data/x.json"), next_step="Free some space.")
    assert str(error) == f"{Path('/data/x.json')}: the disk is full. Free some space."
    assert str(StateError("the disk is full")) == "the disk is full."
    assert str(StateError("the disk is full").at(Path("/data"))) == f"{Path('/data')}: the disk is full."


def test_that_a_sentence_can_be_written_to_any_log() -> None:
    """Names of files and attributes may hold what UTF-8 cannot."""
    error = StateError("there is no attribute 'a\udc80'", path=Path("/data/\ud800"))
    assert str(error).encode("utf-8") == b"/data/\\ud800: there is no attribute 'a\\udc80'."


def test_that_all_errors_of_a_state_share_one_root() -> None:
    classes = [
        value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)
    ]
    assert len(classes) == 15
    assert all(issubclass(value, StateError) for value in classes)


def test_that_errors_carry_their_parts() -> None:
    damaged = Damaged("not valid JSON", line=3, column=7, ends_early=True)
    assert (damaged.line, damaged.column, damaged.ends_early, damaged.still_changing) == (3, 7, True, False)
    large = TooLarge(size=5_000, limit=1_000)
    assert (large.size, large.limit) == (5_000, 1_000)
    assert str(large) == "5,000 bytes are more than the limit of 1,000."
    missing = NoSuchAttribute(namespace="m.L", pointer="a/b")
    assert str(missing) == "m.L has no attribute a/b."


def test_that_a_place_inside_a_value_is_told_from_outside_in() -> None:
    error = NotRepresentable("object cannot be saved", type_name="object")
    assert str(error) == "object cannot be saved"
    error.inside(2).inside("a/b").inside("~")
    assert error.pointer == "~0/a~1b/2"
    assert str(error) == "object cannot be saved, at ~0/a~1b/2"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the file system is read-only"),
        (errno.EACCES, "there is no permission"),
        (errno.EIO, "the disk reports an error"),
        (errno.EXDEV, os.strerror(errno.EXDEV)[:1].lower() + os.strerror(errno.EXDEV)[1:]),
    ],
)
def test_that_an_error_of_the_system_has_words_and_a_next_step(number: int, words: str) -> None:
    error = OSError(number, os.strerror(number))
    assert words_for(error) == words
    assert step_for(error).endswith(".")


def test_that_an_error_without_number_or_text_still_has_words() -> None:
    assert words_for(OSError("Odd")) == "odd"
    assert words_for(OSError())
    assert step_for(OSError()) == "Try again."
