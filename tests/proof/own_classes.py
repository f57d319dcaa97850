"""Values of a launcher's own classes, which are saved as whole attributes only.

One idea: each comes in a pair, the value that is saved and another of its class that a fresh launcher has,
for only through that one it is rebuilt. The classes do what classes do: convert, compute, freeze, print as
something else.

Not for: such values deeper inside, which are refused (`tests.proof.refusals`).
"""

from __future__ import annotations

import enum
from collections import Counter, OrderedDict, defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.proof.state_values import floats, hashables, integers, texts, values


class Phase(enum.Enum):
    """Its values could not be saved, and one name has two."""

    BASELINE = object()
    TRAINING = (object(),)
    WARM_UP = BASELINE


class Level(enum.IntEnum):
    """A number too."""

    LOW = 1
    HIGH = 2


class Side(enum.StrEnum):
    """A text too, that is not its name."""

    LEFT = "the left"
    RIGHT = "the right"


class Rights(enum.Flag):
    """Some of several."""

    READ = enum.auto()
    WRITE = enum.auto()
    GRANT = enum.auto()


class Bits(enum.IntFlag):
    """One that keeps what it does not know."""

    FIRST = 1


@dataclass
class Protocol:
    """Converts a field when it is made, and has one that `__init__` does not take."""

    name: Any = ""
    rewards: Any = field(default_factory=list)
    total: Any = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Write over what was given."""
        self.name, self.total = type(self.name).__name__, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Frozen, without `__dict__`."""

    x: Any = None
    y: Any = None


class Pair(NamedTuple):
    """With names."""

    left: Any
    right: Any


class Block(tuple[Any, ...]):
    """Without."""

    __slots__ = ()


class Names(list[Any]):
    """A list that says nothing of itself."""

    def __repr__(self) -> str:
        return "names"


class Gains(dict[Any, Any]):
    """A dict that gives what it has not."""

    def __missing__(self, key: object) -> int:
        return 0


class Marks(set[Any]):
    """A set."""


class Fixed(frozenset[Any]):
    """A frozen one."""


class Label(str):
    """A text that prints as something else."""

    __slots__ = ()

    def __str__(self) -> str:
        return "not the content"


class Count(int):
    """A number that prints as something else."""

    def __repr__(self) -> str:
        return "many"


class Temperature(float):
    """Another."""

    def __repr__(self) -> str:
        return "warm"


class Raw(bytes):
    """Bytes."""


@dataclass
class Model:
    """Has what a pydantic model has, and is asked by that."""

    volume: Any = None

    def model_dump(self) -> dict[str, object]:
        """Give the fields."""
        return {"volume": self.volume}

    @classmethod
    def model_validate(cls, given: dict[str, object]) -> Model:
        """Make one of fields."""
        return cls(**given)


def _protocol(name: object, rewards: object, total: object) -> Protocol:
    """Whose fields were set after it was made."""
    made = Protocol()
    made.name, made.rewards, made.total = name, rewards, total
    return made


def _defaultdict(content: dict[Any, Any]) -> defaultdict[Any, Any]:
    return defaultdict(list, content)


def _moved(content: dict[Any, Any]) -> OrderedDict[Any, Any]:
    """In an order that is not the one of its making."""
    made = OrderedDict(content)
    if made:
        made.move_to_end(next(iter(made)))
    return made


mappings = st.dictionaries(texts, values(), max_size=3) | st.dictionaries(hashables(), values(), max_size=3)
some = st.lists(values(), max_size=3)

CONTENTS: list[st.SearchStrategy[Any]] = [
    st.sampled_from(Phase),
    st.sampled_from(Level),
    st.sampled_from(Side),
    st.integers(0, 7).map(Rights),
    st.integers(0, 1000).map(Bits),
    # The fields of the current value are None, which any saved field fits.
    st.builds(_protocol, values(), values(), values()),
    st.builds(Point, x=values(), y=values()),
    st.builds(Model, values()),
    st.builds(Pair, values(), values()),
    some.map(Block),
    some.map(Names),
    mappings.map(Gains),
    mappings.map(_moved),
    mappings.map(_defaultdict),
    st.dictionaries(hashables(), integers, max_size=3).map(Counter),
    st.sets(hashables(), max_size=3).map(Marks),
    st.frozensets(hashables(), max_size=3).map(Fixed),
    texts.map(Label),
    integers.map(Count),
    floats.map(Temperature),
    st.binary(max_size=9).map(Raw),
]


def _blank(value: Any) -> Any:
    """Another value of the class, as a launcher has it when it starts."""
    if isinstance(value, enum.Flag):
        return type(value)(0)
    if isinstance(value, enum.Enum):
        return next(iter(type(value)))
    if isinstance(value, Pair):
        return Pair(None, None)
    if isinstance(value, defaultdict):
        return defaultdict(value.default_factory, old=[0])
    return _protocol(None, None, None) if isinstance(value, Protocol) else type(value)()


pairs: st.SearchStrategy[tuple[Any, Any]] = st.one_of(CONTENTS).map(lambda value: (value, _blank(value)))
"""A value and what the launcher has when it is loaded."""
