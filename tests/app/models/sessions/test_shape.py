"""What is shown follows from the choices, whenever a choice is made."""

from __future__ import annotations

from itertools import islice

import pytest

from app.models.sessions.known import KnownSessions
from app.models.sessions.session_rows import Column
from app.models.sessions.shape import Shape
from app.models.sessions.slices import finished
from persistence.query import Query
from tests.app.models.sessions.tiny import make_tiny, sessions
from tests.samples import NOW

HELD, NEW = sessions(40), sessions(5, first=40)
TODAY = NOW.date()
BEGINS_WITH_M = Query(words=("m",))


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    make_tiny(monkeypatch)


def made(column: int) -> tuple[KnownSessions, Shape]:
    """Forty sessions in an order, all of them shown."""
    known = KnownSessions(lambda: NOW)
    shape = Shape(known)
    for one in HELD:
        known.put(one)
    shape.sort(column, falling=False)
    finished(shape.following(TODAY))
    shape.shown()
    return known, shape


@pytest.mark.parametrize("column", [-1, Column.SESSION, Column.SAVED])
def test_that_a_filter_begun_while_sessions_are_put_in_their_places_finds_them_all(column: int) -> None:
    """Between two slices new rows are told already, and not yet among those that are shown."""
    known, shape = made(column)
    for one in NEW:
        known.put(one)
    pauses = sum(1 for _ in shape.following(TODAY))
    assert pauses > 3
    for pause in range(pauses):
        known, shape = made(column)
        for one in NEW:
            known.put(one)
        list(islice(shape.following(TODAY), pause))
        found = finished(shape.search(BEGINS_WITH_M, None))
        shape.find(BEGINS_WITH_M, None, found)
        arranged = finished(shape.following(TODAY))
        assert sum(isinstance(line, int) for line in arranged.lines) == len(HELD + NEW), pause
