"""A list that is long with a few dozen sessions: a slice of its work is a few rows, a frame no time."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication

from app.models.sessions.session_rows import Heading
from app.models.sessions.sessions import SessionsModel
from app.session import Summary
from tests.samples import summary

_ROOM = "app.models.sessions"
_TINY = {
    "app.models.pieces.SLICE": 0,
    f"{_ROOM}.arrivals.FRAME_MS": 0,
    f"{_ROOM}.arrivals.SESSIONS_TAKEN": 3,
    f"{_ROOM}.cell_arrivals.SESSIONS_TAKEN": 3,
    f"{_ROOM}.cell_arrivals.SHOWN_MS": 0,
    f"{_ROOM}.cell_arrivals.FOLLOWED_MS": 0,
    f"{_ROOM}.in_order.RUN": 10,
    f"{_ROOM}.merging.ROWS_PLACED": 3,
    f"{_ROOM}.sieve.QUICK": 8,
    f"{_ROOM}.sieve.SLOW": 5,
    f"{_ROOM}.slices.ROWS": 7,
}
_LONG = tuple(f"{_ROOM}.{room}.SHORT_LIST" for room in ("arrivals", "cell_arrivals", "shape_work"))


def make_tiny(patch: pytest.MonkeyPatch) -> None:
    """From now on a list of any length is taken in, sorted and searched a few rows at a time."""
    for name, value in _TINY.items():
        patch.setattr(name, value)
    for name in _LONG:
        patch.setattr(name, 0)


def sessions(count: int, first: int = 0) -> tuple[Summary, ...]:
    """Sessions that were started an hour after each other, from the first number on."""
    begin = datetime(2026, 11, 1)
    return tuple(
        summary(f"m{n}_{begin + timedelta(hours=n):%Y-%m-%d_%H-%M}") for n in range(first, first + count)
    )


def turn(times: int) -> None:
    """Let the event loop turn so many times."""
    for _ in range(times):
        QCoreApplication.processEvents()


def settle(model: SessionsModel) -> None:
    """Wait until the list shows all that was told and chosen."""
    latest = time.monotonic() + 5
    while model.busy or model.searching:
        assert time.monotonic() < latest, "the list is never ready"
        QCoreApplication.processEvents()


def listed(model: SessionsModel) -> list[str]:
    """The directories of the rows from top to bottom."""
    lines = map(model.line, range(model.rowCount()))
    return [line.key for line in lines if not isinstance(line, Heading)]
