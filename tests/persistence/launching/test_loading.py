"""What a launcher gets back of its saved state, what it keeps, and what is refused."""

import dataclasses
import enum
from collections import OrderedDict, defaultdict, namedtuple
from pathlib import Path
from typing import Any

import pytest

from tests.persistence.rigs import RIG, Rig, edit


def test_that_a_launchers_own_subject_and_user_stay_and_a_difference_is_told(tmp_path: Path) -> None:
    rig = Rig("m1")
    rig.user_id = "ann"
    assert rig.save_session_state(tmp_path)
    other = Rig("m2")
    assert other.load_session_state(tmp_path)
    assert (other.subject_id, other.user_id) == ("m2", "ann")
    assert list(other.state_report.kept) == ["subject_id"]
    assert "'m1'" in other.state_report.kept["subject_id"]


@pytest.mark.parametrize(("own", "saved"), [("m1", ""), ("7", 7), ("m1", "m1"), ("m1", None)])
def test_that_a_subject_that_does_not_differ_is_not_told(tmp_path: Path, own: str, saved: Any) -> None:
    rig = Rig()
    rig.subject_id = saved
    assert rig.save_session_state(tmp_path)
    other = Rig(own)
    assert other.load_session_state(tmp_path)
    assert other.subject_id == own
    assert other.state_report.kept == {}


def test_that_names_that_a_class_uses_are_refused(tmp_path: Path) -> None:
    rig = Rig()
    assert rig.save_session_state(tmp_path)
    edit(
        tmp_path,
        '"phase": "start"',
        '"phase": "start", "__class__": 1, "checkpoint": 2, "state_report": 3, "a b": 4, "__dict__": {}',
    )
    other = Rig()
    assert other.load_session_state(tmp_path)
    assert set(other.state_report.refused) == {"__class__", "checkpoint", "state_report", "a b", "__dict__"}
    assert callable(other.checkpoint)


def test_that_a_setter_that_raises_costs_its_own_attribute_only(tmp_path: Path) -> None:
    class Strict(Rig):
        def __setattr__(self, name: str, value: object) -> None:
            if name == "phase" and value == "bad":
                raise ValueError("no such phase")
            super().__setattr__(name, value)

    rig = Strict()
    rig.trial_count = 5
    assert rig.save_session_state(tmp_path)
    edit(tmp_path, '"start"', '"bad"')
    other = Strict()
    assert other.load_session_state(tmp_path)
    assert (other.trial_count, other.phase) == (5, "start")
    assert "no such phase" in other.state_report.refused["phase"]


def test_that_an_override_that_raises_is_told_and_does_not_raise(tmp_path: Path) -> None:
    class Broken(Rig):
        def set_persistent_attributes(self, attrs: dict[str, Any]) -> None:
            super().set_persistent_attributes(attrs)
            raise ValueError("oh")

    assert Broken().save_session_state(tmp_path)
    other = Broken()
    assert not other.load_session_state(tmp_path)
    assert "ValueError: oh" in other.state_report.error


def test_that_an_override_may_migrate_what_would_not_fit(tmp_path: Path) -> None:
    class Migrating(Rig):
        def set_persistent_attributes(self, attrs: dict[str, Any]) -> None:
            attrs["trial_count"] = int(attrs["trial_count"])
            super().set_persistent_attributes(attrs)

    assert Migrating().save_session_state(tmp_path)
    edit(tmp_path, '"trial_count": 0', '"trial_count": "12"')
    other = Migrating()
    assert other.load_session_state(tmp_path)
    assert other.trial_count == 12


def test_that_attributes_of_a_run_are_not_restored_even_if_they_are_in_the_file(tmp_path: Path) -> None:
    class Runs(Rig):
        run_attributes = frozenset({"phase"})

    assert Rig().save_session_state(tmp_path)
    edit(tmp_path, RIG, f"{__name__}.Runs")
    edit(tmp_path, '"start"', '"late"')
    rig = Runs()
    assert rig.load_session_state(tmp_path)
    assert rig.phase == "start"
    assert list(rig.state_report.excluded) == ["phase"]


@pytest.mark.parametrize("by", ["handler", "override"])
def test_that_an_attribute_of_a_run_is_saved_and_restored_all_the_same(tmp_path: Path, by: str) -> None:
    class Runs(Rig):
        run_attributes = frozenset({"phase"})

        def __init__(self) -> None:
            super().__init__()
            if by == "handler":
                self.register_state_handler("phase")

        def get_persistent_attributes(self) -> dict[str, Any]:
            attributes = super().get_persistent_attributes()
            if by == "override":
                attributes["phase"] = self.phase
            return attributes

    rig = Runs()
    rig.phase = "late"
    assert rig.save_session_state(tmp_path)
    assert rig.state_report.excluded == {}
    other = Runs()
    assert other.load_session_state(tmp_path)
    assert other.phase == "late"


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


@dataclasses.dataclass
class Settings:
    gain: float = 1.0
    steps: list[int] = dataclasses.field(default_factory=list)


Point = namedtuple("Point", "x y")


class Rich(Rig):
    def __init__(self) -> None:
        super().__init__()
        self.colour = Colour.RED
        self.settings = Settings()
        self.point = Point(0, 0)
        self.ordered: OrderedDict[str, int] = OrderedDict()
        self.counts: defaultdict[str, int] = defaultdict(int)
        self.shape: tuple[int, ...] = (1,)


def test_that_whole_attributes_are_rebuilt_through_the_launchers_own_values(tmp_path: Path) -> None:
    rig = Rich()
    rig.colour, rig.settings, rig.point = Colour.BLUE, Settings(2.5, [1]), Point(3, 4)
    rig.ordered["b"] = 1
    rig.counts["lick"] += 1
    rig.shape = (2, 3)
    assert rig.save_session_state(tmp_path)
    assert rig.state_report.skipped == {}
    other = Rich()
    assert other.load_session_state(tmp_path)
    for name in ("colour", "settings", "point", "ordered", "counts", "shape"):
        assert getattr(other, name) == getattr(rig, name)
        assert type(getattr(other, name)) is type(getattr(rig, name))
    other.counts["new"] += 1


def test_that_an_enum_name_that_is_gone_leaves_the_launchers_value(tmp_path: Path) -> None:
    assert Rich().save_session_state(tmp_path)
    edit(tmp_path, '"RED"', '"GREEN"')
    other = Rich()
    assert other.load_session_state(tmp_path)
    assert other.colour is Colour.RED
    assert "colour" in other.state_report.mismatched
