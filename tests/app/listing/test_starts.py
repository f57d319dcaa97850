"""Starts of programs: one that takes too long stands for those that would come."""

import pytest

from app.listing.lookers import Unread
from app.listing.scouts import Scout
from app.listing.starts import Starts


def test_that_starts_hang_only_while_one_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    starts, hang = Starts(), list[bool]()
    with starts.one():
        hang.append(starts.hang)
        monkeypatch.setattr("app.listing.starts.HANGING_SECONDS", -1.0)
        hang.append(starts.hang)
    assert [*hang, starts.hang] == [False, True, False]


def test_that_no_program_is_started_while_the_start_of_another_one_hangs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.listing.starts.HANGING_SECONDS", -1.0)
    starts = Starts()
    scout = Scout("/", lambda _: None, Unread(), starts=starts)
    with starts.one():
        scout.prepare()
    assert scout.lost
    assert [step.folder for step in scout.look(["/a"])] == ["/a"]
    scout.close()
