"""Whole attributes of a launcher's own classes: saved by content, rebuilt through the current value."""

from __future__ import annotations

import datetime as dt
import math
import typing
from collections import Counter, OrderedDict, defaultdict, namedtuple
from collections.abc import Callable
from dataclasses import InitVar, dataclass, field
from enum import Enum, Flag, IntEnum, StrEnum, auto

import pydantic
import pydantic.v1 as pydantic_v1
import pytest

from persistence.codec import decode
from persistence.errors import Mismatch, NotRepresentable
from persistence.values.attributes import fit
from persistence.values.json_text import JSON, parse
from persistence.values.json_writing import write
from persistence.values.whole import encode_attribute, rebuild


class Phase(Enum):
    """An enum whose values could not be saved."""

    BASELINE = object()
    TRAINING = (object(),)


class Level(IntEnum):
    """A number too."""

    LOW = 1
    HIGH = 2


class Side(StrEnum):
    """A text too."""

    LEFT = "left"


class Rights(Flag):
    """A set of flags."""

    READ = auto()
    WRITE = auto()


@dataclass
class Protocol:
    """A dataclass with a converted field, a computed one and a field that is not given to `__init__`."""

    name: str
    rewards: list[float] = field(default_factory=list)
    total: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        """Compute what is no field."""
        self.name = self.name.upper()
        self.loud = self.name + "!"


@dataclass(frozen=True, slots=True)
class Point:
    """A frozen dataclass without `__dict__`."""

    x: int
    y: tuple[int, ...] = ()


@dataclass
class Seeded:
    """A dataclass that cannot be made of its fields alone."""

    seed: InitVar[int]
    value: int = 0


class Names(list[str]):
    """A subclass of list."""


class Settings(dict[str, int]):
    """A subclass of dict with an attribute of its own."""

    def __init__(self, *, unit: str = "") -> None:
        super().__init__()
        if unit:
            self.unit = unit


class Tag(str):
    """A subclass of text that prints as something else."""

    __slots__ = ()

    def __str__(self) -> str:
        return "not the content"


class Temperature(float):
    """A subclass of float."""


class Marks(set[int]):
    """A subclass of set."""


class Fixed(frozenset[int]):
    """A subclass of frozenset."""


class Raw(bytes):
    """A subclass of bytes."""


class Count(int):
    """A subclass of int."""


Pair = namedtuple("Pair", "left right")


class Place(typing.NamedTuple):
    """The typed kind."""

    row: int
    column: int


class Model(pydantic.BaseModel):
    """A model of version 2, with one in it."""

    class Valve(pydantic.BaseModel):
        """The model inside."""

        port: int = 1

    volume: float = pydantic.Field(ge=0)
    valve: Valve = Valve()
    at: dt.datetime | None = None


class OldModel(pydantic_v1.BaseModel):
    """A model of version 1."""

    volume: float


class Secretive(pydantic.BaseModel):
    """A model whose own dump leaves something out."""

    volume: float = 1
    key: str = pydantic.Field(default="", exclude=True)


class Private(pydantic.BaseModel):
    """A model with an attribute that is no field."""

    volume: float = 1
    _count: int = 0


def protocol(name: str, rewards: list[float], total: float) -> Protocol:
    """One with all fields as given, past its own conversion."""
    made = Protocol(name, rewards)
    made.name, made.total = name, total
    return made


def filled_defaultdict(**items: list[int]) -> defaultdict[str, list[int]]:
    """One with a factory."""
    made: defaultdict[str, list[int]] = defaultdict(list)
    made.update(items)
    return made


CASES: list[tuple[object, object, JSON]] = [
    (Phase.TRAINING, Phase.BASELINE, "TRAINING"),
    (Level.HIGH, Level.LOW, "HIGH"),
    (Side.LEFT, Side.LEFT, "LEFT"),
    (Rights.READ | Rights.WRITE, Rights.READ, 3),
    (protocol("go", [1.5], 9.0), Protocol("other"), {"name": "go", "rewards": [1.5], "total": 9.0}),
    (Point(1, (2, 3)), Point(0), {"x": 1, "y": {"__type__": "tuple", "value": [2, 3]}}),
    (OrderedDict([("b", 1), ("a", 2)]), OrderedDict(z=0), {"b": 1, "a": 2}),
    (filled_defaultdict(a=[1]), filled_defaultdict(), {"a": [1]}),
    (Counter("aab"), Counter(), {"a": 2, "b": 1}),
    (Names(["a", "b"]), Names(["z"]), ["a", "b"]),
    (Marks({1, 2}), Marks(), {"__type__": "set", "value": [1, 2]}),
    (Fixed({1}), Fixed(), {"__type__": "frozenset", "value": [1]}),
    (Tag("content"), Tag(""), "content"),
    (Temperature(36.6), Temperature(0), 36.6),
    (Count(7), Count(0), 7),
    (Raw(b"\0"), Raw(b""), {"__type__": "bytes", "value": "AA=="}),
    (Pair(1, "b"), Pair(0, ""), {"__type__": "tuple", "value": [1, "b"]}),
    (Place(1, 2), Place(0, 0), {"__type__": "tuple", "value": [1, 2]}),
    (
        Model(volume=0.5, valve=Model.Valve(port=2)),
        Model(volume=0),
        {"volume": 0.5, "valve": {"port": 2}, "at": None},
    ),
    (OldModel(volume=0.5), OldModel(volume=0), {"volume": 0.5}),
    ([1, (2,)], [], [1, {"__type__": "tuple", "value": [2]}]),
]


@pytest.mark.parametrize(("value", "current", "saved"), CASES, ids=lambda case: type(case).__name__)
def test_that_a_whole_attribute_is_saved_by_content_and_rebuilt_as_its_class(
    value: object, current: object, saved: JSON
) -> None:
    text = write(encode_attribute(value))
    assert text == write(saved)
    back = rebuild(current, decode(parse(text.encode())), fit)
    assert type(back) is type(value)
    assert back == value
    assert back is not current or isinstance(back, Enum)


def test_that_a_rebuilt_mapping_keeps_what_its_class_hangs_on_it() -> None:
    current = filled_defaultdict(old=[0])
    back = rebuild(current, {"a": [1]})
    assert isinstance(back, defaultdict)
    assert back.default_factory is list
    assert current == {"old": [0]}


def test_that_the_order_of_an_ordered_mapping_is_the_one_it_shows() -> None:
    moved = OrderedDict(a=1, b=2)
    moved.move_to_end("a")
    assert write(encode_attribute(moved)) == '{"b": 2, "a": 1}'


def test_that_a_dataclass_runs_its_own_init_and_then_holds_what_was_saved() -> None:
    back = rebuild(Protocol("old", [9.0]), {"name": "new", "total": 3.0})
    assert isinstance(back, Protocol)
    assert (back.name, back.rewards, back.total, back.loud) == ("new", [9.0], 3.0, "NEW!")


@pytest.mark.parametrize(
    ("current", "saved"),
    [
        (Phase.BASELINE, "NO_SUCH_PHASE"),
        (Phase.BASELINE, 5),
        (Rights.READ, "READ"),
        (Point(1), {"x": 1, "z": 2}),
        (Point(1), [1, 2]),
        (Point(1), {"x": "text in place of a number"}),
        (Seeded(1), {"value": 2}),
        (Model(volume=1), {"volume": -1}),
        (Model(volume=1), {"weight": 1}),
        (OrderedDict(), [1]),
        (Names(), {"a": 1}),
        (Names(), "abc"),
        (Tag(""), 5),
        (Pair(1, 2), {"__type__": "tuple", "value": [1]}),
        (Marks(), [1]),
        (Level.LOW, 1),
    ],
)
def test_that_what_does_not_fit_the_class_is_a_mismatch(current: object, saved: JSON) -> None:
    with pytest.raises(Mismatch) as caught:
        rebuild(current, decode(saved), fit)
    assert caught.value.cause


def test_that_nothing_saved_is_nothing_and_nothing_current_takes_anything() -> None:
    assert rebuild(Point(1), None) is None
    assert rebuild(None, {"x": 1}) == {"x": 1}


@pytest.mark.parametrize(
    "deeper", [lambda value: [value], lambda value: {"a": value}, lambda value: Point(1, (value,))]
)
@pytest.mark.parametrize(
    "value", [Phase.BASELINE, Point(1), OrderedDict(), Names(), Tag("x"), Model(volume=1)]
)
def test_that_such_a_value_deeper_inside_is_refused(
    value: object, deeper: Callable[[object], object]
) -> None:
    with pytest.raises(NotRepresentable):
        encode_attribute(deeper(value))


def test_that_content_with_attributes_beside_it_is_refused() -> None:
    with pytest.raises(NotRepresentable):
        encode_attribute(Settings(unit="ml"))
    assert encode_attribute(Settings()) == {}


def test_that_a_class_itself_and_other_objects_are_refused() -> None:
    for value in (Point, object(), lambda: 1):
        with pytest.raises(NotRepresentable):
            encode_attribute(value)


def test_that_no_class_is_ever_named_in_what_is_saved() -> None:
    for value, _, _ in CASES:
        assert type(value).__name__ not in write(encode_attribute(value)) or type(value) in (list, tuple)


def test_that_a_field_that_is_an_enum_needs_a_handler() -> None:
    @dataclass
    class Holder:
        phase: Phase = Phase.BASELINE

    with pytest.raises(NotRepresentable) as caught:
        encode_attribute(Holder())
    assert caught.value.pointer == "phase"
    assert decode("BASELINE") == "BASELINE"


def test_that_a_model_that_would_lose_something_is_refused() -> None:
    private = Private()
    private._count = 3
    for value in (Secretive(key="x"), private):
        with pytest.raises(NotRepresentable, match="would lose"):
            encode_attribute(value)
    assert encode_attribute(Model(volume=1, at=dt.datetime(2026, 1, 1, 1, 2, 3, 4)))


def test_that_a_model_with_a_nan_loses_nothing() -> None:
    assert encode_attribute(Private(volume=math.nan)) == {"volume": {"__type__": "float", "value": "nan"}}
