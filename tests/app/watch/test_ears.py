"""The ear for a whole tree tells that something waits, whatever became of what waited before."""

from __future__ import annotations

import pytest
from watchdog.events import FileCreatedEvent

from app.watch.ears import ObserverEar


def test_that_what_comes_after_an_event_that_raised_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What still waited behind it kept the row from being empty, and nobody was woken any more."""
    woken: list[None] = []
    ear = ObserverEar("/root", lambda: woken.append(None))
    for name in ("a", "b"):
        ear.dispatch(FileCreatedEvent(f"/root/{name}/session_state.json"))
    with monkeypatch.context() as broken:
        broken.setattr("app.watch.ears.directories_of", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ear.take()
    ear.dispatch(FileCreatedEvent("/root/c/session_state.json"))
    assert len(woken) == 2
    assert ear.take().directories == {"/root/c"}
