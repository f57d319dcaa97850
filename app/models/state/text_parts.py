"""A row of the state tree as text for a clipboard, a part at a time: for values that are large. Pure; no Qt.

One idea: what stands in a file as text is handed on as it stands there, unread, and everything else is
written a few items at a time; so whoever puts the parts together can pause between any two of them, and
leaves off where they become more than a clipboard is good for. Small values are `row_texts`, which says the
same.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from app.models.state.row_texts import path_of, text_of
from app.models.state.state_nodes import Node
from app.models.state.unread import are_few, text_in_steps
from app.values.fit_text import escaped_whole, is_fit
from app.values.state_parts import TAGGED_ITEMS, items_of
from persistence.values.depth import MAX_DEPTH
from persistence.values.json_text import JSON
from persistence.values.json_writing import quoted
from persistence.values.kinds import Kind
from persistence.values.spelled import Spelled, plain
from persistence.values.written_in_pieces import written

MOST_COPIED = 8_000_000
"""Characters that are put on a clipboard: each is there four times before another program has it."""


def is_small(node: Node) -> bool:
    """Whether nobody notices how long its text takes."""
    return are_few([node_held(node)])


def has_text(node: Node) -> bool:
    """Whether its text can be had although nobody has read it."""
    return node.launcher is not None or (node.unread is not None and node.kind in (Kind.LIST, Kind.MAPPING))


@dataclass(frozen=True)
class Taken:
    """A row as it is when its copy begins: `name` in sentences, `way` on the command line. An edit, or news
    of the session, may make another row of it meanwhile.
    """

    held: JSON | Spelled
    kind: Kind
    of_launcher: bool
    name: str
    way: str


def taken(node: Node) -> Taken:
    """The row as it is now."""
    launcher = node.launcher is not None
    name = "the launcher" if launcher else node.path
    way = "show FOLDER --json" if launcher else f"get FOLDER {path_of(node)}"
    return Taken(node_held(node), node.kind, launcher, name, way)


@dataclass
class Copied:
    """What goes on the clipboard of one row: `json`, and the `text` for other programs, which is None where
    it is the same. `size` is how many characters there are by now, `all_of_them` how many there will be,
    as far as that is known.
    """

    row: Taken
    as_json: bool
    size: int = 0
    all_of_them: int = 0
    json: str = ""
    text: str | None = field(default=None)

    @property
    def too_much(self) -> bool:
        """Whether it is more than is put on a clipboard."""
        return max(self.size, self.all_of_them) > MOST_COPIED

    @property
    def progress(self) -> float | None:
        """How much of it there is, from 0 to 1; None where nobody knows."""
        return min(1.0, self.size / self.all_of_them) if self.all_of_them else None

    def work(self) -> Generator[None, None, Copied]:
        """Put it together; ends early where it turns out to be too much. Raises Damaged, NotRepresentable,
        and UnicodeDecodeError, where the file is not sound.
        """
        self.all_of_them = _known_size(self.row.held)
        self.json = yield from self._joined(json_parts(self.row))
        if not self.as_json and not self.too_much:
            self.size = 0
            text = yield from self._joined(text_parts(self.row, self.json))
            self.text = None if text == self.json else text
        return self

    def _joined(self, parts: Iterable[str]) -> Generator[None, None, str]:
        found: list[str] = []
        for part in parts:
            self.size += len(part)
            if self.too_much:
                return ""
            found.append(part)
            yield
        return "".join(found)


def node_held(node: Node) -> JSON | Spelled:
    """The value as it stands in the document, read or not; of a launcher, its attributes."""
    return cast("JSON | Spelled", node.holding[0])


def json_parts(row: Taken) -> Iterator[str]:
    """As `row_texts.json_of`; of what nobody has edited, as it is spelled in the file."""
    held = row.held
    if not row.of_launcher or not isinstance(held, dict):
        yield from _parts(held)
        return
    start = "{"
    for name, inner in cast("Mapping[str, JSON | Spelled]", held).items():
        yield f"{start}{quoted(name)}: "
        yield from _parts(inner)
        start = ", "
    yield "}" if held else "{}"


def text_parts(row: Taken, json: str) -> Iterator[str]:
    """As `row_texts.value_text`, of a row of which the JSON is there already."""
    if row.of_launcher or row.kind is Kind.MAPPING:
        yield json
        return
    if row.kind is Kind.LIST:
        yield from map(_fit, _slices(json))
        return
    value = plain(row.held)
    if row.kind in TAGGED_ITEMS and isinstance(value, dict):
        yield from map(_fit, written([*items_of(value)], MAX_DEPTH))
    else:
        yield text_of(value, row.kind)


def too_much(copied: Copied) -> str:
    """Why it is not copied, and what can be done instead, in a sentence."""
    row = copied.row
    name = "The launcher" if row.of_launcher else row.name
    known = copied.all_of_them
    size = f"{known / 1e6:.0f} MB" if known > MOST_COPIED else f"more than {MOST_COPIED / 1e6:.0f} MB"
    return f"{name} is {size}, which is too much for a clipboard. The command line has it: rigstate {row.way}"


def _parts(held: JSON | Spelled) -> Iterator[str]:
    if isinstance(held, Spelled):
        yield from _text_of(held)
    else:
        yield from written(held, MAX_DEPTH)


def _text_of(held: Spelled) -> Iterator[str]:
    """The text of a value with pauses, which are parts without a character."""
    work = text_in_steps(held)
    while True:
        try:
            next(work)
        except StopIteration as ended:
            yield str(ended.value)
            return
        yield ""


_SLICE = 1 << 18


def _slices(text: str) -> Iterator[str]:
    return (text[first : first + _SLICE] for first in range(0, len(text), _SLICE))


def _fit(part: str) -> str:
    return part if is_fit(part) else escaped_whole(part)


def _known_size(held: JSON | Spelled) -> int:
    """How many bytes of text there are at least; 0 where nobody knows."""
    if isinstance(held, Spelled):
        return len(held)
    inner = cast("Mapping[str, JSON | Spelled]", held).values() if isinstance(held, dict) else ()
    return sum(len(one) for one in inner if isinstance(one, Spelled))
