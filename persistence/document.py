"""What a state file says: a frozen document and its namespaces, from bytes and to bytes.

One idea: a document is the parsed tree itself, never a copy of the parts we know. So keys that nobody here
has heard of, their order, and the spelling of numbers survive every edit, because no edit rebuilds what it
does not touch. The trees are plain dicts and lists for speed; they are shared between documents and must
never be changed in place.

Not for: edits (`states.edits`), differences (`states.diff`), Python values (`persistence.codec`),
bytes on disk (`persistence.store`), JSON text (`values.json_text`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import islice
from typing import Final, TypeAlias

from persistence.errors import Damaged, NoSuchAttribute
from persistence.values.json_text import JSON, ForeignNumber, decoded, parse_text
from persistence.values.json_writing import write
from persistence.values.layout import laid_out, spelled, spelled_as
from persistence.values.shapes import foreign_numbers, shape, wrong_fields
from persistence.values.spelled import Spelled, plain

VERSION = "1.0.0"
STATES = "launcher_states"

MAX_NUMBERS_TOLD = 10
"""Of numbers that JSON lacks, so many are named in the problems of a document."""

Place: TypeAlias = tuple[str | int, ...]
"""Where a value stands below the attributes of one namespace, through the raw JSON: keys and list indices.

The parts of a tagged value are reached through the tag: ``("block", "value", 0)``. A list index may also be
a text of digits, as it comes out of a pointer.
"""


class Absent(Enum):
    """The type of `ABSENT`."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
"""Stands where there is no value at all, unlike None, which is one."""


# --- the nouns --------------------------------------------------------------------------------------------


class Attributes(Mapping[str, JSON]):
    """The attributes of one launcher by name. A value of which only the text is known is parsed when it is
    asked for; names, and how many there are, are known without that.
    """

    __slots__ = ("as_in_tree",)

    def __init__(self, as_in_tree: Mapping[str, JSON | Spelled]) -> None:
        """`as_in_tree`: as they stand in `Document.tree`, where a value may be a `Spelled`."""
        self.as_in_tree = as_in_tree

    def __getitem__(self, name: str) -> JSON:
        return plain(self.as_in_tree[name])

    def __contains__(self, name: object) -> bool:
        return name in self.as_in_tree  # which `Mapping` would ask the value

    def __iter__(self) -> Iterator[str]:
        return iter(self.as_in_tree)

    def __len__(self) -> int:
        return len(self.as_in_tree)

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True)
class Namespace:
    """One launcher's compartment; a field of a wrong shape is empty here and named in `Document.problems`."""

    name: str
    attributes: Attributes
    saved_at: str | None
    outcome: str | None
    skipped: Mapping[str, str]
    resumed_from: Mapping[str, JSON] | None
    replaced: int | None

    @property
    def class_name(self) -> str:
        """The launcher's class without its module."""
        return self.name.rpartition(".")[2]

    @property
    def module(self) -> str:
        """The launcher's module, "" when the name has none."""
        return self.name.rpartition(".")[0]


@dataclass(frozen=True)
class Document:
    """A whole state file as parsed; compare two by `diff`, never by ``==``, which takes True for 1."""

    tree: Mapping[str, JSON]
    """All of it. An attribute's value may be a `Spelled` there; `namespace` gives the values themselves."""

    @property
    def version(self) -> str:
        """The format's version; a file that does not say is of the first."""
        version = self.tree.get("version")
        if isinstance(version, str):
            return version
        return write(version) if self.newer else VERSION

    @cached_property
    def newer(self) -> bool:
        """Whether a higher major version wrote it: to be shown, never to be written."""
        return is_newer(self.tree.get("version"))

    @property
    def launcher_class(self) -> str | None:
        """Class of the last launcher that saved."""
        return _text(self.tree.get("launcher_class"))

    @property
    def launcher_module(self) -> str | None:
        """Module of the last launcher that saved. Shown, never imported."""
        return _text(self.tree.get("launcher_module"))

    @property
    def created_at(self) -> str | None:
        """Local time of the first save."""
        return _text(self.tree.get("created_at"))

    @cached_property
    def namespaces(self) -> tuple[str, ...]:
        """The names of all launchers that have a state here, in file order."""
        states = mapping_of(self.tree.get(STATES))
        return tuple(name for name, state in states.items() if isinstance(state, dict))

    def namespace(self, name: str) -> Namespace:
        """One launcher's compartment. Raises NoSuchAttribute when there is none of that name."""
        if name not in self._spaces:
            self._spaces[name] = self._space(name)
        return self._spaces[name]

    @cached_property
    def _spaces(self) -> dict[str, Namespace]:
        """Those that were asked for."""
        return {}

    def _space(self, name: str) -> Namespace:
        states = mapping_of(self.tree.get(STATES)).get(name)
        if not isinstance(states, dict):
            raise NoSuchAttribute(namespace=name, pointer="")
        replaced = states.get("replaced")
        resumed = states.get("resumed_from")
        return Namespace(
            name=name,
            attributes=Attributes(mapping_of(states.get("attributes"))),
            saved_at=_text(states.get("saved_at")),
            outcome=_text(states.get("outcome")),
            skipped={key: str(text) for key, text in mapping_of(states.get("skipped")).items()},
            resumed_from=resumed if isinstance(resumed, dict) else None,
            replaced=replaced if type(replaced) is int else None,
        )

    @cached_property
    def wrong_shapes(self) -> tuple[str, ...]:
        """One sentence for each field of a wrong shape; everything else of the document can be used."""
        return tuple(_wrong_shapes(self.tree))

    @cached_property
    def problems(self) -> tuple[str, ...]:
        """The same, and a sentence for each number that JSON does not have."""
        return (*self.wrong_shapes, *_wrong_numbers(self.tree))


def is_newer(version: JSON) -> bool:
    """Whether what a file says of its version names a higher major one than ours."""
    if version == VERSION:
        return False
    text = version if isinstance(version, str) else write(version)
    major = re.match(r"\s*v?0*([0-9]*)", text)
    return major is not None and major[1] not in ("", "1")


def _text(value: JSON) -> str | None:
    return value if isinstance(value, str) else None


def mapping_of(value: JSON) -> Mapping[str, JSON]:
    """A value that should be a mapping; an empty one in place of a wrong shape."""
    return value if isinstance(value, dict) else {}


_TOP = {"version": str, "launcher_class": str, "launcher_module": str, "created_at": str, STATES: dict}
_BELOW = {
    "attributes": dict,
    "saved_at": str,
    "outcome": str,
    "skipped": dict,
    "resumed_from": dict,
    "replaced": int,
}


def _wrong_shapes(tree: Mapping[str, JSON]) -> Iterator[str]:
    yield from wrong_fields(tree, _TOP, "")
    for name, states in mapping_of(tree.get(STATES)).items():
        if isinstance(states, dict):
            yield from wrong_fields(states, _BELOW, f"{name}: ")
        else:
            yield f"{name} should be a mapping, and is {shape(states)}"


def _wrong_numbers(tree: Mapping[str, JSON]) -> Iterator[str]:
    for found, where in islice(foreign_numbers(dict(tree)), MAX_NUMBERS_TOLD):
        yield f"{where} is {found}, a number that JSON does not have; a save writes it as a tagged decimal"


def is_tagged(value: JSON) -> bool:
    """Whether a value has the form of a tag, known or not: a mapping that says its ``__type__`` in text."""
    return isinstance(value, dict) and isinstance(value.get("__type__"), str)


# --- bytes ------------------------------------------------------------------------------------------------


def new_document() -> Document:
    """A document with nothing in it, not even a version: the first save writes all."""
    return Document({})


def parse_document(data: bytes) -> Document:
    """The document that a state file's bytes say.

    Raises Damaged for bytes that are not strict JSON or no JSON object. A higher major version parses
    (`Document.newer`).
    """
    text = decoded(data)
    try:
        tree = parse_text(text, foreign_numbers=False)
    except ForeignNumber:  # which is never written again as it stands
        return Document(_mapping(parse_text(text)))
    return Document(spelled_as(_mapping(tree), text))


def _mapping(tree: JSON) -> dict[str, JSON]:
    if not isinstance(tree, dict):
        raise Damaged(f"the file holds {shape(tree)}, not a saved state", line=1, column=1)
    return tree


def render(document: Document) -> bytes:
    """The bytes of a document: UTF-8, one attribute with its whole value on a line, a final newline.

    A document that was parsed from this layout and not edited renders to the identical bytes. Raises
    NotRepresentable when it is nested so deeply that nobody could read it again, and Damaged for one that was
    only begun (`states.slices.begun`), which is never written.
    """
    return laid_out(document.tree)


def with_texts(document: Document) -> Document:
    """The same document, whose attributes know their text: rendering it, or an edit of it, is quick.

    Raises NotRepresentable, as `render`.
    """
    return Document(spelled(document.tree))
