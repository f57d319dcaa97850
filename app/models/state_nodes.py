"""The rows of the state tree as plain objects, made only as far as somebody looked. No Qt.

One idea: a node holds its value, the value that is saved at the same place, and its children once they were
fetched. Where there are many, its children are headings of a thousand rows each. Everything else (kind, text,
edited or not) is worked out from these when it is asked for. Not for telling a view: `state_rows` does,
around every change made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from app.edit_text import escaped, shown
from app.models.state_inside import Inside, Listed, Members, inside, spans
from app.models.state_parts import Part, kept, names, part_at, part_count, removed_keys
from persistence.document import ABSENT, Absent, Namespace, Place, is_tagged
from persistence.json_text import JSON, plain
from persistence.kinds import Kind, kind_of

Span = tuple[int, int]
"""Positions of rows: the first, and the one behind the last."""


class Node:
    """A launcher (`launcher` is set, place empty), a value below one, or a heading over some of its items.

    A heading (`span` is set) has the place of the value that it stands in and is none itself: its `launcher`
    is set, too, so that nothing is done to it that is done to values.
    """

    __slots__ = (
        "_held", "_inside", "_kind", "_saved", "_shown", "_text", "children", "ident", "label", "launcher",
        "matched", "namespace", "parent", "place", "removed", "row", "span", "steps", "under",
    )  # fmt: skip

    def __init__(self, ident: int, namespace: str, parent: Node | None, under: Node | None, row: int) -> None:
        """`ident` is what an index carries. `parent` is the value or launcher that this is a part of, `under`
        the row that it stands below: the same, or a heading in it; `row` the position there.
        """
        self.ident = ident
        self.namespace = namespace
        self.parent = parent
        self.under = under
        self.row = row
        self.children: list[Node] | None = None
        self.launcher: Namespace | None = None
        self.span: Span | None = None
        self.matched = False
        self.put(Part((), "", None), ABSENT)

    # --- what it holds --------------------------------------------------------------------------------------

    def put(self, part: Part, base: JSON | Absent) -> None:
        """Hold this part now, `base` being what is saved in its place."""
        self.steps = part.steps
        self.place: Place = (self.parent.place if self.parent else ()) + part.steps
        self.label = part.label
        self.removed = part.removed
        self._held, self._saved = part.value, base
        self._inside: Inside | None = None
        self._shown: Inside | None = None
        self._kind: Kind | None = None
        self._text: str | None = None

    def put_launcher(self, launcher: Namespace, base: JSON | Absent) -> None:
        """Hold a launcher; its value is the mapping of its attributes, as they stand in the tree."""
        attributes = cast(JSON, launcher.attributes.as_in_tree)
        self.put(Part((), launcher.class_name, attributes), base)
        self.launcher = launcher

    def put_span(self, span: Span, launcher: Namespace | None) -> bool:
        """Head the rows of a stretch of the parent's parts, by the names of the first and the last of them.

        True when that says something else than before.
        """
        before = self.span, self.label
        self.span, self.launcher = span, launcher
        if self.parent is not None:
            self.place = self.parent.place
            self.label = f"{self.parent.shown.name(span[0])} … {self.parent.shown.name(span[1] - 1)}"
        return before != (self.span, self.label)

    def holds(self, part: Part, base: JSON | Absent) -> bool:
        """Whether it holds this very part already."""
        same = self._held is part.value and self._saved is base and self.label == part.label
        return same and self.steps == part.steps and self.removed == part.removed

    @property
    def value(self) -> JSON:
        """The value; of a launcher, its attributes as they stand in the tree; of a heading, nothing."""
        return plain(self._held)

    @property
    def base(self) -> JSON | Absent:
        """What is saved in its place."""
        return self._saved if isinstance(self._saved, Absent) else plain(self._saved)

    # --- what follows ---------------------------------------------------------------------------------------

    @property
    def path(self) -> str:
        """The names that lead here from the launcher: "gains › 1"."""
        above = self.parent
        name = escaped(self.label)
        return name if above is None or not above.is_value else f"{above.path} › {name}"

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
    def is_value(self) -> bool:
        """Whether it is a value, and no launcher and no heading."""
        return self.launcher is None

    # --- what stands below ----------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many children there are in all, fetched or not, without a filter and without headings."""
        if self.span is not None:
            return self.span[1] - self.span[0]
        if self.removed:
            return 0
        if self._inside is None and self.is_value and not isinstance(self.value, dict):
            return part_count(self.value)  # there is nothing to be made for it
        return self.inside.count

    @property
    def inside(self) -> Inside:
        """All its parts."""
        if self._inside is None:
            self._inside = self._look_inside()
        return self._inside

    def _look_inside(self) -> Inside:
        if self.removed:
            return Listed(())
        value, saved = self.value, self.base
        if self.launcher is not None and isinstance(value, dict):
            return Members(value, removed_keys(saved, value), saved)
        tagged = is_tagged(value) or (not isinstance(saved, Absent) and is_tagged(saved))
        gone = removed_keys(saved, value) if isinstance(value, dict) and not tagged else []
        return inside(value, gone, saved)

    def rows(self, words: Sequence[str]) -> Sequence[Part | Span]:
        """What the children are to be under a filter: parts, or headings where there are many."""
        shown = self.parent.shown if self.span is not None and self.parent is not None else self.look(words)
        first, last = self.span or (0, shown.count)
        return spans(first, last) or shown.some(first, last)

    def look(self, words: Sequence[str]) -> Inside:
        """Find out which parts a filter keeps; all of them when this node itself matches it."""
        self._shown = None
        if words and not self.matched and not self.removed:
            self._shown = Listed(kept(self.inside.some(0, self.inside.count), words))
        return self.shown

    @property
    def shown(self) -> Inside:
        """The parts that are rows, or will be."""
        return self._shown or self.inside

    def below(self, position: int) -> Node | None:
        """The child that is the part at a position, or the heading over it; None where it was not fetched."""
        children = self.children or ()
        if not children or children[0].span is None:
            row = position - (self.span[0] if self.span else 0)
            return children[row] if 0 <= row < len(children) else None
        return next((one for one in children if one.span and one.span[0] <= position < one.span[1]), None)

    def child(self, steps: Place) -> Node | None:
        """The child with these steps, below its headings; None where it was not fetched."""
        position, found = self.shown.position(steps), self.below(self.shown.position(steps))
        while found is not None and found.span is not None:
            found = found.below(position)
        return found

    def towards(self, place: Place) -> int:
        """The position of the part that a place leads through; -1 when it leads through none."""
        rest = place[len(self.place) :] if place[: len(self.place)] == self.place else ()
        found = (self.shown.position(rest[:length]) for length in range(1, min(len(rest), 3) + 1))
        return next((position for position in found if position >= 0), -1)

    def base_of(self, part: Part) -> JSON | Absent:
        """What is saved where a child stands; ABSENT when this node itself was of another kind."""
        if self._saved is self._held and not part.removed:
            return part.value
        if self.is_value and not isinstance(self.base, Absent) and kind_of(self.base) is not self.kind:
            return ABSENT
        return part_at(self.base, part.steps)

    def match(self, words: Sequence[str]) -> None:
        """Note whether this node, or one above it, matches the filter by itself."""
        above = self.parent is not None and self.parent.is_value and self.parent.matched
        part = Part(self.steps, self.label, self.value)
        self.matched = bool(words) and self.is_value and (above or names(part, words))
