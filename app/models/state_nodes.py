"""The rows of the state tree as plain objects, made only as far as somebody looked. No Qt.

One idea: a node holds its value, the value that is saved at the same place, and as many of its children
as were fetched (in groups, because a list may have 100,000). Everything else (kind, text, edited or not)
is worked out from these when it is asked for. Not for telling a view: `state_tree` does, around every
change made here.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.edit_text import shown
from app.models.state_parts import (
    Part,
    attribute_parts,
    kept,
    names,
    part_at,
    part_count,
    parts,
    removed_parts,
    with_removed,
)
from persistence.document import ABSENT, Absent, Namespace, Place, is_tagged
from persistence.json_text import JSON
from persistence.kinds import Kind, kind_of

GROUP = 1000
"""How many children are fetched at once."""


class Node:
    """A launcher (`launcher` is set, place empty), or a value below one."""

    __slots__ = (
        "_gone", "_kind", "_text", "base", "children", "ident", "label", "launcher", "matched", "namespace",
        "parent", "place", "removed", "row", "steps", "total", "value",
    )  # fmt: skip

    def __init__(self, ident: int, namespace: str, parent: Node | None, row: int) -> None:
        """`ident` is what an index carries; `row` the position below `parent`."""
        self.ident = ident
        self.namespace = namespace
        self.parent = parent
        self.row = row
        self.children: list[Node] | None = None
        self.launcher: Namespace | None = None
        self.matched = False
        self.total = 0
        self.put(Part((), "", None), ABSENT)

    def put(self, part: Part, base: JSON | Absent) -> None:
        """Hold this part now, `base` being what is saved in its place."""
        self.steps = part.steps
        self.place: Place = (self.parent.place if self.parent else ()) + part.steps
        self.label = part.label
        self.value = part.value
        self.removed = part.removed
        self.base = base
        self._gone: list[Part] | None = None
        self._kind: Kind | None = None
        self._text: str | None = None

    def put_launcher(self, launcher: Namespace, base: JSON | Absent) -> None:
        """Hold a launcher; its value is the mapping of its attributes."""
        self.put(Part((), launcher.class_name, dict(launcher.attributes)), base)
        self.launcher = launcher

    @property
    def kind(self) -> Kind:
        """The kind of the value."""
        if self._kind is None:
            self._kind = kind_of(self.value)
        return self._kind

    @property
    def text(self) -> str:
        """What the Value column shows."""
        if self._text is None:
            self._text = shown(self.value)
        return self._text

    @property
    def count(self) -> int:
        """How many children there are in all, fetched or not, without a filter."""
        if self.removed:
            return 0
        there = part_count(self.value) if self.launcher is None else len(self.launcher.attributes)
        return there + len(self.gone)

    def parts(self, words: Sequence[str]) -> list[Part]:
        """The parts that are to be children under a filter; all of them when this node itself matches it."""
        if self.removed:
            return []
        found = parts(self.value) if self.launcher is None else attribute_parts(self.launcher.attributes)
        found = with_removed(found, self.gone, self.base)
        return found if self.matched else kept(found, words)

    @property
    def gone(self) -> list[Part]:
        """What was removed from this mapping since it was saved. That of other containers has no name."""
        if self._gone is None:
            self._gone = self._find_gone()
        return self._gone

    def _find_gone(self) -> list[Part]:
        value = self.value
        if not isinstance(value, dict) or value is self.base:
            return []
        plain = self.launcher is not None or not (is_tagged(value) or _is_tagged(self.base))
        return removed_parts(self.base, value) if plain else []

    def base_of(self, part: Part) -> JSON | Absent:
        """What is saved where a child stands; ABSENT when this node itself was of another kind."""
        if (
            self.launcher is None
            and not isinstance(self.base, Absent)
            and kind_of(self.base) is not self.kind
        ):
            return ABSENT
        return part_at(self.base, part.steps)

    def match(self, words: Sequence[str]) -> None:
        """Note whether this node, or one above it, matches the filter by itself."""
        above = self.parent is not None and self.parent.launcher is None and self.parent.matched
        part = Part(self.steps, self.label, self.value)
        self.matched = bool(words) and self.launcher is None and (above or names(part, words))


def _is_tagged(value: JSON | Absent) -> bool:
    return not isinstance(value, Absent) and is_tagged(value)
