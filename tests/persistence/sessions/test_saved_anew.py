"""Whether a launcher that keeps no history has saved: told by the times, and by what is left alone."""

import json
from typing import Any

import pytest

from persistence.sessions.saved_anew import is_saved_anew
from persistence.states.outline import Outline, outline_of

CREATED, FIRST, SECOND = "2026-01-02T03:00:00", "2026-01-02T04:00:00", "2026-01-02T05:00:00.000001"


def outline(*states: dict[str, Any], created: str | None = CREATED) -> Outline:
    """Launchers a, b, ... with these states."""
    head = {"version": "1.1", **({"created_at": created} if created else {})}
    return Outline({**head, "launcher_states": dict(zip("abc", states, strict=False))})


def state(saved: Any = FIRST, **attributes: Any) -> dict[str, Any]:
    return {"attributes": attributes, **({} if saved is None else {"saved_at": saved})}


BEFORE = outline(state(FIRST, count=9), state(FIRST, gain=1.0))


@pytest.mark.parametrize(
    "found",
    [
        outline(state(SECOND, count=1), state(FIRST, gain=1.0)),
        outline(state(SECOND, count=1), state(SECOND, gain=2.0)),
        outline(state("2026-01-02 05:00:00.000001", count=1), state(FIRST, gain=1.0)),
        outline(state(SECOND, count=1), state(None, gain=1.0), created=None),
        outline(state(FIRST, count=9), state(FIRST, gain=1.0), state(SECOND)),
    ],
)
def test_that_a_later_time_beside_what_stands_is_a_save(found: Outline) -> None:
    assert is_saved_anew(found, BEFORE)


@pytest.mark.parametrize(
    "found",
    [
        outline(state(FIRST, count=1), state(FIRST, gain=1.0)),
        outline(state("2026-01-02T03:59:59", count=1), state(FIRST, gain=1.0)),
        outline(state(SECOND, count=1), state(FIRST, gain=1)),
        outline(state(SECOND, count=1), state(FIRST)),
        outline(state(SECOND, count=1)),
        outline(state(FIRST, count=9), state(FIRST, gain=1.0), state(FIRST)),
        outline(state(SECOND, count=1), state(FIRST, gain=1.0), created=FIRST),
        outline(state("yesterday", count=1), state(FIRST, gain=1.0)),
        outline(state(7, count=1), state(FIRST, gain=1.0)),
        outline(),
    ],
)
def test_that_anything_else_is_none(found: Outline) -> None:
    assert not is_saved_anew(found, BEFORE)


def test_that_it_is_none_where_the_time_before_is_not_known() -> None:
    assert not is_saved_anew(outline(state(SECOND)), outline(state("yesterday")))
    assert is_saved_anew(outline(state(SECOND)), outline(state(None)))
    assert is_saved_anew(outline(state(FIRST)), outline())


def test_that_attributes_that_were_not_read_are_compared_as_those_that_were() -> None:
    text = json.dumps(BEFORE.tree, indent=4).replace(FIRST, SECOND, 1)
    unread = outline_of(text.encode())
    assert unread is not None
    assert is_saved_anew(unread, BEFORE)
    assert is_saved_anew(
        Outline(json.loads(text)), outline_of(json.dumps(BEFORE.tree, indent=4).encode()) or unread
    )
    torn = outline_of(text.replace('"gain": 1.0', '"gain": 1.0.0').encode())
    assert torn is not None
    assert not is_saved_anew(torn, BEFORE)
