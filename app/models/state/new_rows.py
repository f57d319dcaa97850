"""Where a new attribute, key or item can go, seen from a row. Pure; no Qt.

One idea: seen from a container there is a place inside it, seen from any value one right behind it, and from
all that stands deeper one for a new attribute; first comes the one that the eye expects. Each is described
here so far that only name and value are wanting for the edit. Not for asking for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.editing.edits import InsertValue
from app.models.state.names import name_problem, name_warning
from app.models.state.row_edits import CannotBeDone, is_among, pair_keys, seat_of, typed_name, whole_place
from app.models.state.state_nodes import Node
from app.values.edit_text import parse_as
from app.values.fit_text import escaped
from persistence.document import Place, is_tagged
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of


@dataclass(frozen=True)
class Opening:
    """A place where something new can go.

    `holder` is the place of the list or mapping itself; `keys` are the names or keys that are taken. A list
    takes the new item at `index`, a mapping the new name in front of `before`.
    """

    words: str
    namespace: str
    holder: Place
    what: str
    keys: tuple[JSON, ...] = ()
    key_kind: Kind | None = None
    index: int = 0
    before: str | None = None
    like: JSON = ""

    @property
    def deed(self) -> str:
        """What confirming does, with where it goes: "Add attribute", "Add into custom_settings"."""
        return "Add attribute" if self.what == "attribute" else f"Add {self.words}"

    @property
    def named(self) -> bool:
        """Whether what is new there has a name."""
        return self.key_kind is not None

    def key_problem(self, text: str) -> str:
        """Why a typed name cannot be had; empty when it can."""
        try:
            self._key(text)
        except CannotBeDone as reason:
            return str(reason)
        return ""

    def warning(self, text: str) -> str:
        """What a launcher will do about an attribute of that name; empty when it takes it."""
        return name_warning(text) if self.what == "attribute" and not self.key_problem(text) else ""

    def insertion(self, text: str, value: JSON) -> InsertValue:
        """The edit that puts a value here, under a typed name where there are names. Raises CannotBeDone."""
        if self.key_kind is Kind.TEXT:
            return InsertValue(self.namespace, (*self.holder, str(self._key(text))), value, self.before)
        item = value if self.key_kind is None else [self._key(text), value]
        return InsertValue(self.namespace, (*self.holder, self.index), item)

    def value_place(self, edit: InsertValue) -> Place:
        """Where the row of what was inserted is found."""
        return edit.place if self.key_kind in (None, Kind.TEXT) else (*edit.place, 1)

    def _key(self, text: str) -> JSON:
        if self.key_kind is Kind.TEXT:
            name = typed_name(text)
            problem = name_problem(name, [str(key) for key in self.keys])
            key: JSON = name
        else:
            parsed = parse_as(text, self.key_kind or Kind.TEXT)
            key, problem = parsed.value, parsed.problem
            if not problem and is_among(key, self.keys):
                problem = f"There is already a {escaped(text)} here."
        if problem:
            raise CannotBeDone(problem)
        return key


def openings(node: Node, opened: bool = True) -> tuple[Opening, ...]:
    """Where something new can go, seen from a row: inside it, behind it, and as an attribute of its own.

    The first is where one expects it: in the line below the row. That is inside a row that is `opened`, and
    in an empty one; behind one that is closed.
    """
    if node.span is not None and node.parent is not None:
        node = node.parent  # a heading: what it heads is inside this one
        opened = True
    if node.removed:
        return ()
    places = (_inside(node), _behind(node)) if _takes_in(node, opened) else (_behind(node), _inside(node))
    found = [one for one in places if one is not None]
    if found and not any(one.what == "attribute" for one in found):
        found += [one for one in (_behind(_attribute_of(node)),) if one is not None]
    return tuple(found)


def _attribute_of(node: Node) -> Node:
    """The attribute that a row stands in."""
    while node.parent is not None and node.parent.is_value:
        node = node.parent
    return node


def where_text(node: Node, found: Sequence[Opening]) -> str:
    """Where something new goes, with the way to it; where there are two places, the row that they are seen
    from.
    """
    if len(found) != 1:
        return node.path
    inside = found[0].holder[: len(node.place)] == node.place
    return f"{'in' if inside else 'after'} {node.path}"


def why_there(node: Node, found: Sequence[Opening], opened: bool) -> str:
    """Why what is new goes to the first of several places; empty where that is no question."""
    if len(found) < 2 or node.span is not None or _inside(node) is None:
        return ""
    how = "is empty" if not node.count else "stands open" if opened else "is closed"
    where = "into" if _takes_in(node, opened) else "after"
    return f"{escaped(node.label)} {how}, so what is new goes {where} it, unless you choose."


def added_here(node: Node, opened: bool = True) -> str:
    """What something new would be first of all: "attribute" or "item"."""
    if node.span is not None and node.parent is not None:
        node = node.parent
        opened = True
    inside = node.kind in (Kind.MAPPING, Kind.LIST, Kind.TUPLE) and _takes_in(node, opened)
    return "item" if node.is_value and (inside or seat_of(node) != "attribute") else "attribute"


def _takes_in(node: Node, opened: bool) -> bool:
    """Whether the line below a row is inside it."""
    return node.launcher is not None or opened or not node.count


def _inside(node: Node) -> Opening | None:
    words = f"{'in' if node.launcher is not None else 'into'} {escaped(node.label)}"
    if node.launcher is not None:
        keys = tuple(node.launcher.attributes)
        return Opening(words, node.namespace, (), "attribute", keys, Kind.TEXT)
    if node.kind is Kind.MAPPING and is_tagged(node.value):
        return _in_pairs(node, words, (*node.place, "value"), node.count)
    if node.kind is Kind.MAPPING and isinstance(node.value, dict):
        return Opening(words, node.namespace, node.place, "item", tuple(node.value), Kind.TEXT)
    if node.kind in (Kind.LIST, Kind.TUPLE):
        count = node.count
        last = node.inside.some(count - 1, count) if count else []
        holder = node.place if node.kind is Kind.LIST else (*node.place, "value")
        return Opening(words, node.namespace, holder, "item", index=count, like=last[0].value if last else "")
    return None


def _behind(node: Node) -> Opening | None:
    above = node.parent
    if not node.is_value or above is None:
        return None
    seat, place = seat_of(node), whole_place(node)
    words = f"after {'item ' if seat == 'item' else ''}{escaped(node.label)}"
    if seat == "attribute":
        words = f"as a new attribute, {words}"
    if seat == "item":
        index = int(place[-1]) + 1
        return Opening(words, node.namespace, place[:-1], "item", index=index, like=node.value)
    if seat == "pair":
        return _in_pairs(above, words, place[:-1], int(place[-1]) + 1)
    if seat == "member" or not isinstance(above.value, dict):
        return None
    keys = list(above.value)
    at = keys.index(str(place[-1])) + 1
    before = keys[at] if at < len(keys) else None
    what = "attribute" if seat == "attribute" else "item"
    return Opening(words, node.namespace, place[:-1], what, tuple(keys), Kind.TEXT, before=before)


def _in_pairs(node: Node, words: str, holder: Place, index: int) -> Opening:
    keys = tuple(pair_keys(node.value).values())
    kind = kind_of(keys[-1]) if keys else Kind.INTEGER
    return Opening(words, node.namespace, holder, "item", keys, kind, index)
