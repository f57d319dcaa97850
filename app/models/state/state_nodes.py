"""The rows of the state tree as plain objects, made only as far as somebody looked. No Qt.

One idea: a node holds its value, the value that is saved at the same place, what a filter keeps of it, and
its children once they were fetched. Where there are many, its children are headings of a thousand rows each.
Everything else is worked out from these when it is asked for. Not for what is known of a value
(`state_values`), nor for telling a view: `state_rows` does, around every change made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from app.models.state.kept_rows import KeptRow
from app.models.state.state_inside import Chosen, Inside, Items, Listed, Members, inside, spans
from app.models.state.state_values import Held
from app.models.state.unread import is_unread
from app.values.fit_text import escaped
from app.values.state_parts import Part, part_at, part_count, removed_keys
from persistence.document import ABSENT, Absent, Namespace, Place, is_tagged
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of
from persistence.values.spelled import Spelled

Seat = Literal["attribute", "key", "pair", "item", "member"]
"""Where a row stands: below a launcher; in a mapping; in one whose keys are no texts; in a list; in a set."""

_HOLDERS = (dict, list, Spelled)
_ITEMS = frozenset({Kind.LIST, Kind.TUPLE})
Span = tuple[int, int]
"""Positions of rows: the first, and the one behind the last."""


class Node(Held):
    """A launcher (`launcher` is set, place empty), a value below one, or a heading over some of its items.

    A heading (`span` is set) has the place of the value that it stands in and is none itself: its `launcher`
    is set, too, so that nothing is done to it that is done to values.
    """

    __slots__ = (
        "_beside", "_holds_any", "_inside", "_seat", "_seen", "_shown", "_stood", "children", "ident", "kept",
        "label", "launcher", "namespace", "parent", "place", "removed", "row", "span", "steps", "under",
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
        self.kept: KeptRow | None = None
        self._seen: tuple[KeptRow | None, int] = (None, 0)
        self.steps: Place = ()
        self.place: Place = ()
        self.label = ""
        self.removed = False
        self._inside: Inside | None = None
        self._stood: Sequence[str] = ()
        super().__init__()

    # --- what it is -----------------------------------------------------------------------------------------

    def put(self, part: Part, base: JSON | Absent) -> None:
        """Hold this part now, `base` being what is saved in its place."""
        self.steps = part.steps
        self.place = (self.parent.place if self.parent else ()) + part.steps
        self.label = part.label
        self.removed = part.removed
        self.hold(part.value, base)

    def hold(self, held: JSON, saved: JSON | Absent) -> None:
        """Hold this from now on."""
        super().hold(held, saved)
        if isinstance(self._inside, Members):
            self._stood = self._inside.keys  # what is removed now stays where it is seen
        self._inside = None
        self._shown: Inside | None = None
        self._beside: JSON | Absent | None = None
        self._seat: Seat | None = None
        self._holds_any: bool | None = None

    def look_again(self) -> None:
        """Forget what follows from the value: it has come to be known."""
        self.hold(*cast("tuple[JSON, JSON | Absent]", self.holding))

    def let_go(self) -> None:
        """Its row is gone: what it holds goes with whoever holds it, and waits for no collector of cycles."""
        self.children = self._shown = None

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
        self.span, self.launcher, self._holds_any = span, launcher, None
        if self.parent is not None:
            self.place = self.parent.place
            self.label = _stretch(self.parent, span)
        return before != (self.span, self.label)

    def holds(self, part: Part, base: JSON | Absent) -> bool:
        """Whether it holds this very part already."""
        same = self._held is part.value and self._saved is base and self.label == part.label
        return same and self.steps == part.steps and self.removed == part.removed

    @property
    def is_value(self) -> bool:
        """Whether it is a value, and no launcher and no heading."""
        return self.launcher is None

    @property
    def path(self) -> str:
        """The names that lead here from the launcher: "gains › 1"."""
        above = self.parent
        name = escaped(self.label)
        is_launcher = self.launcher is not None and self.span is None  # below nothing that has a name
        return name if above is None or is_launcher or not above.is_value else f"{above.path} › {name}"

    # --- what stands below ----------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many children there are in all, fetched or not, without a filter and without headings.

        1 for those of a value that nobody has read.
        """
        if self.span is not None:
            return self.span[1] - self.span[0]
        if self.removed or self.unread:
            return 0 if self.removed or self.kind is Kind.UNKNOWN else 1
        if self._inside is None and self.is_value and self._loses_nothing():
            return part_count(self.value)
        return self.inside.count

    @property
    def seat_inside(self) -> Seat:
        """Where its children stand."""
        if self._seat is None:
            self._seat = self._look_seat()
        return self._seat

    def _look_seat(self) -> Seat:
        if not self.is_value:
            return "attribute"
        if self.kind is Kind.MAPPING:
            return "pair" if self.tagged else "key"
        return "item" if self.kind in _ITEMS else "member"

    @property
    def holds_any(self) -> bool:
        """Whether there is anything inside, fetched or not. It is asked of each row that is laid out."""
        if self.children is not None:
            return bool(self.children)
        if self._holds_any is None:
            may = self.span is not None or isinstance(self._held, _HOLDERS)
            self._holds_any = may and self.count > 0
        return self._holds_any

    def _loses_nothing(self) -> bool:
        """Whether there can be no parts that are saved and gone."""
        same = self._saved is self._held or isinstance(self._saved, Absent)
        return same or not isinstance(self.value, dict)

    @property
    def inside(self) -> Inside:
        """All its parts."""
        if self._inside is None:
            self._inside = self._look_inside()
        return self._inside

    def _look_inside(self) -> Inside:
        if self.removed or self.unread:
            return Listed(())
        value, saved = self.value, ABSENT if is_unread(self._saved) else self.base
        if self.launcher is not None and isinstance(value, dict):
            return Members(value, removed_keys(saved, value), saved, self._stood)
        tagged = is_tagged(value) or (not isinstance(saved, Absent) and is_tagged(saved))
        gone = removed_keys(saved, value) if isinstance(value, dict) and not tagged else []
        return inside(value, gone, saved, self._stood)

    def put_read(self, items: Sequence[JSON]) -> bool:
        """Show what has been read so far of a list; False where as many rows are there already."""
        last = self.children[-1] if self.children else None
        rows = 0 if last is None else last.span[1] if last.span else last.row + 1
        if len(items) <= rows:
            return False
        self._inside = Items(items)
        return True

    # --- what is kept and shown -----------------------------------------------------------------------------

    @property
    def matched(self) -> bool:
        """Whether it matches the filter by itself, so that all its parts are shown."""
        return self.kept is not None and self.kept.matched

    @property
    def restricted(self) -> bool:
        """Whether a filter keeps some of its parts only."""
        return self.kept is not None and not self.kept.matched

    def kept_of(self, steps: Place) -> KeptRow | None:
        """What is kept of a part; None where all is."""
        return self.kept.inner.get(steps) if self.kept is not None and not self.kept.matched else None

    @property
    def is_seen(self) -> bool:
        """Whether the rows are those of what is kept now."""
        return self._seen[0] is self.kept and self._seen[1] == (self.kept.size if self.kept else 0)

    def see(self) -> None:
        """Take what is kept now for what the rows are of."""
        self._seen = self.kept, self.kept.size if self.kept else 0
        self._shown = None
        if self.kept is not None and not self.kept.matched and not self.removed:
            self._shown = Chosen(self.kept.inner, self._current)

    def _current(self, kept: KeptRow) -> Part:
        """A part that is kept, with the value that it has now, until what was edited is searched again."""
        if self.unread or kept.part.removed:
            return kept.part
        value = part_at(self.value, kept.part.steps)
        return kept.part if isinstance(value, Absent) else kept.part._replace(value=value)

    @property
    def shown(self) -> Inside:
        """The parts that are rows, or will be."""
        return self._shown or self.inside

    def rows(self) -> Sequence[Part | Span]:
        """What the children are to be: parts, or headings where there are many."""
        if self.span is None or self.parent is None:
            self.see()
        shown = self.shown if self.span is None or self.parent is None else self.parent.shown
        first, last = self.span or (0, shown.count)
        return spans(first, last) or shown.some(first, last)

    def below(self, position: int) -> Node | None:
        """The child that is the part at a position, or the heading over it; None where it was not fetched."""
        children = self.children or ()
        if not children or children[0].span is None:
            row = position - (self.span[0] if self.span else 0)
            return children[row] if 0 <= row < len(children) else None
        return next((one for one in children if one.span and one.span[0] <= position < one.span[1]), None)

    def child(self, steps: Place) -> Node | None:
        """The child with these steps, below its headings; None where it was not fetched."""
        return self._child_at(self.shown.position(steps))

    def child_towards(self, place: Place) -> Node | None:
        """The child that a place leads through, in the same way."""
        return self._child_at(self.towards(place))

    def _child_at(self, position: int) -> Node | None:
        found = self.below(position)
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
        if is_unread(self._saved):
            return ABSENT
        if self._beside is None:  # once for a thousand children
            self._beside = ABSENT if self._was_of_another_kind() else self.base
        return part_at(self._beside, part.steps)

    def _was_of_another_kind(self) -> bool:
        base = self.base
        return self.is_value and not isinstance(base, Absent) and kind_of(base) is not self.kind


def _stretch(above: Node, span: Span) -> str:
    """From what to what it goes; items are counted, what has a name is called by it."""
    first, last = (above.shown.name(end) for end in (span[0], span[1] - 1))
    if above.seat_inside in ("item", "member"):
        first, last = f"{int(first):,}", f"{int(last):,}"
    return f"{first} … {last}"
