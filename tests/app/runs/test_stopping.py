"""Stopping a run: asked, asked again, ended, each in its time and each told before it comes."""

from app.runs.process_group import ProcessGroup
from app.runs.stopping import Stopping


class Group(ProcessGroup):
    """Processes that never end by themselves; notes what was done to them."""

    def __init__(self) -> None:
        super().__init__("key", 0, "")
        self.done: list[str] = []

    def ask(self) -> None:
        self.done.append("ask")

    def press(self) -> None:
        self.done.append("press")

    def kill(self) -> None:
        self.done.append("kill")


def test_that_it_is_asked_at_once_then_pressed_once_then_ended() -> None:
    group = Group()
    stopping = Stopping(group, 100.0, gently=20, firmly=30)
    assert group.done == ["ask"]
    assert "in 30 s" in stopping.look(100.0)
    assert "in 10 s" in stopping.look(119.9)
    assert group.done == ["ask"]
    stopping.look(120.0)
    stopping.look(125.0)
    assert group.done == ["ask", "press"]
    assert "was ended" in stopping.look(130.0)
    assert group.done == ["ask", "press", "kill"]


def test_that_who_does_not_want_to_wait_need_not() -> None:
    group = Group()
    stopping = Stopping(group, 0.0)
    stopping.hurry(1.0)
    stopping.look(1.0)
    assert group.done == ["ask", "kill"]
