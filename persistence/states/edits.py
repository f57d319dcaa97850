"""Edits of a document as pure functions: a document and a place in, another document out.

One idea: only the containers on the way to the place are made anew; all else is shared with the document
before, in its order and spelling. What an operator does (one value) and what a launcher's save does (its
whole namespace) are both here, so that the gate to the disk needs to know neither.

Not for: several edits at once (`several_edits`), deciding what type a value may have (`values.kinds`),
reading or writing files.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import cast

from persistence.document import STATES, VERSION, Document, Place, is_tagged, mapping_of
from persistence.errors import NoSuchAttribute, Refused
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of
from persistence.values.spelled import Spelled, plain

_WITH_ITEMS = frozenset({Kind.TUPLE, Kind.SET, Kind.FROZEN_SET, Kind.MAPPING})
_OWN_KEYS = ("outcome", "skipped", "resumed_from", "replaced")


def parse_pointer(text: str) -> Place:
    """The place that an RFC 6901 pointer without its first slash names: ``custom_settings/param2``.

    Every step comes out as text; a list takes a text of digits. ``""`` is the whole of the attributes.
    """
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in text.split("/")) if text else ()


def format_pointer(place: Place) -> str:
    """The pointer of a place, see `parse_pointer`."""
    return "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in place)


def get_value(document: Document, namespace: str, place: Place) -> JSON:
    """The value at `place`; ``()`` is the mapping of all attributes. Raises NoSuchAttribute."""
    attributes = document.namespace(namespace).attributes
    if not place:
        return dict(attributes)
    value = cast(JSON, attributes.as_in_tree)  # only the attribute on the way is read
    for at in range(len(place)):
        value = child(value, namespace, place, at)
    return value


def set_value(document: Document, namespace: str, place: Place, value: JSON) -> Document:
    """The document with `value` at `place`.

    The last step may be a new key, or the index after a list's last item. Raises NoSuchAttribute when the way
    there does not exist.
    """

    def put(holder: JSON, step: str | int) -> JSON:
        if isinstance(holder, dict) and isinstance(step, str):
            return {**holder, step: value}
        if isinstance(holder, list):
            index = list_index(step, len(holder))
            if index is not None:
                items = holder.copy()
                items[index : index + 1] = [value]
                return items
        raise nothing_at(holder, namespace, place, len(place) - 1)

    return _edited(document, namespace, place, put)


def remove_value(document: Document, namespace: str, place: Place) -> Document:
    """The document without the attribute, key or list item at `place`. Raises NoSuchAttribute."""
    return remove_values(document, namespace, [place])


def remove_values(document: Document, namespace: str, places: Sequence[Place]) -> Document:
    """The same of several that stand beside each other, one after another: where an item has gone, those
    behind it have come forward. What holds them is copied once, however many of its items go.
    """

    def drop(holder: JSON, _step: str | int) -> JSON:
        rest = holder.copy() if isinstance(holder, list | dict) else holder
        for place in places:
            child(rest, namespace, place, len(place) - 1)
            if isinstance(rest, dict):
                del rest[str(place[-1])]
            elif isinstance(rest, list):
                del rest[int(place[-1])]
        return rest

    return _edited(document, namespace, places[0], drop)


def rename_value(document: Document, namespace: str, place: Place, new_key: str) -> Document:
    """The document with the last key of `place` renamed, in its old position.

    Raises NoSuchAttribute, and Refused when there is such a key already or a list item is to be renamed.
    """

    def rename(holder: JSON, step: str | int) -> JSON:
        child(holder, namespace, place, len(place) - 1)
        if not isinstance(holder, dict):
            raise Refused(f"{format_pointer(place)} is a list item and has no name")
        if new_key in holder and new_key != step:
            raise Refused(f"there is already a {new_key} beside {format_pointer(place)}")
        return {new_key if key == step else key: item for key, item in holder.items()}

    return _edited(document, namespace, place, rename)


def insert_value(
    document: Document, namespace: str, place: Place, value: JSON, *, before: str | None = None
) -> Document:
    """The document with one value more, at `place`.

    In a list the last step is the index that the value will have; what stands there and behind it moves on.
    In a mapping it is a new key, which comes in front of the key `before`, or to the end where there is no
    such key. Raises NoSuchAttribute, and Refused where the mapping has the new key already.
    """

    def insert(holder: JSON, step: str | int) -> JSON:
        if isinstance(holder, dict) and isinstance(step, str):
            if step in holder:
                raise Refused(f"there is already a {format_pointer(place)}")
            return _with_key(holder, step, value, before)
        index = list_index(step, len(holder)) if isinstance(holder, list) else None
        if not isinstance(holder, list) or index is None:
            raise nothing_at(holder, namespace, place, len(place) - 1)
        return [*holder[:index], value, *holder[index:]]

    return _edited(document, namespace, place, insert)


def _with_key(holder: dict[str, JSON], key: str, value: JSON, before: str | None) -> JSON:
    keys = list(holder)
    at = keys.index(before) if before is not None and before in holder else len(keys)
    return {one: value if one == key else holder[one] for one in (*keys[:at], key, *keys[at:])}


def move_value(document: Document, namespace: str, place: Place, to: int) -> Document:
    """The document with the list item at `place` at the index `to` of its list; the others close up.

    Raises NoSuchAttribute, and Refused where `to` is no index of the list or no list holds the place.
    """

    def move(holder: JSON, step: str | int) -> JSON:
        item = child(holder, namespace, place, len(place) - 1)
        if not isinstance(holder, list):
            raise Refused(f"{format_pointer(place)} is no list item; only those have a place among others")
        if not 0 <= to < len(holder):
            raise Refused(f"{format_pointer(place)} cannot go to place {to + 1} of {len(holder)}")
        rest = [*holder[: int(step)], *holder[int(step) + 1 :]]
        return [*rest[:to], item, *rest[to:]]

    return _edited(document, namespace, place, move)


def list_index(step: str | int, length: int) -> int | None:
    """The list index that a step means, `length` itself included; None when it means none."""
    if isinstance(step, str):
        if not (step.isascii() and step.isdigit()) or len(step) > 18 or (step[0] == "0" and len(step) > 1):
            return None
        step = int(step)
    return step if 0 <= step <= length else None


def child(holder: JSON, namespace: str, place: Place, at: int) -> JSON:
    """What the step number `at` of a place leads to, from what holds it. Raises NoSuchAttribute."""
    step = place[at]
    if isinstance(holder, dict) and isinstance(step, str) and step in holder:
        return plain(holder[step])
    if isinstance(holder, list):
        index = list_index(step, len(holder) - 1)
        if index is not None:
            return holder[index]
    raise nothing_at(holder, namespace, place, at)


def nothing_at(holder: JSON, namespace: str, place: Place, at: int) -> NoSuchAttribute:
    """That a place leads nowhere from its step number `at` on, with what there is in its stead."""
    instead = _told(holder, format_pointer(place[:at])) if at else ""
    return NoSuchAttribute(namespace=namespace, pointer=format_pointer(place), instead=instead)


def _told(holder: JSON, where: str) -> str:
    """What a value that was to hold another one is, as a clause."""
    kind = kind_of(holder)
    if isinstance(holder, list):
        return f"{where} has {len(holder)} item{'s' * (len(holder) != 1)}, counted from 0"
    if kind in _WITH_ITEMS and is_tagged(holder):
        return f"{where} is of type {kind}, whose items stand below {where}/value"
    if kind in (Kind.MAPPING, Kind.UNKNOWN):
        return f"{where} has no such key"
    return f"{where} is of type {kind}, with nothing inside"


def _edited(
    document: Document, namespace: str, place: Place, change: Callable[[JSON, str | int], JSON]
) -> Document:
    """The document with `change` done to the container that holds `place`; only the way there is rebuilt."""
    if not place:
        raise NoSuchAttribute(namespace=namespace, pointer="")

    def along(holder: JSON, steps: Place) -> JSON:
        if len(steps) == 1:
            return change(holder, steps[0])
        inner = along(child(holder, namespace, place, len(place) - len(steps)), steps[1:])
        if isinstance(holder, list):
            items = holder.copy()
            items[int(steps[0])] = inner
            return items
        return {**mapping_of(holder), str(steps[0]): inner}

    return edited(document, namespace, lambda attributes: along(attributes, place))


def edited(document: Document, namespace: str, change: Callable[[JSON], JSON]) -> Document:
    """The document with `change` done to the attributes of one launcher. Raises NoSuchAttribute, too."""
    document.namespace(namespace)  # or there is none
    states = mapping_of(mapping_of(document.tree.get(STATES)).get(namespace))
    attributes = change(dict(mapping_of(states.get("attributes"))))
    return _with_namespace_tree(document, namespace, {**states, "attributes": attributes})


def _with_namespace_tree(document: Document, name: str, states: dict[str, JSON]) -> Document:
    return Document({**document.tree, STATES: {**mapping_of(document.tree.get(STATES)), name: states}})


def with_namespace(
    document: Document,
    *,
    module: str,
    class_name: str,
    attributes: Mapping[str, JSON | Spelled],
    saved_at: str,
    extra: Mapping[str, JSON],
) -> Document:
    """The document after a launcher's own save: its whole namespace is new, every other namespace stays.

    `extra` holds what else we keep of a save (``outcome``, ``skipped``, ``resumed_from``, ``replaced``); of
    these, what is not given is dropped, while keys of the namespace that we do not know stay.
    ``created_at`` is set once.
    """
    name = f"{module}.{class_name}" if module else class_name
    head: dict[str, JSON] = {
        "version": document.tree.get("version", VERSION),
        "launcher_class": class_name,
        "launcher_module": module,
        "created_at": document.tree.get("created_at", saved_at),
        STATES: dict(mapping_of(document.tree.get(STATES))),
    }
    old = mapping_of(mapping_of(document.tree.get(STATES)).get(name))
    kept = {key: value for key, value in old.items() if key not in _OWN_KEYS}
    states = {**kept, "attributes": cast("dict[str, JSON]", dict(attributes)), "saved_at": saved_at, **extra}
    return _with_namespace_tree(Document({**document.tree, **head}), name, states)


def state_of(document: Document, name: str) -> dict[str, JSON]:
    """All that the document has of one launcher. Raises NoSuchAttribute when there is none of that name."""
    attributes = dict(document.namespace(name).attributes)
    return {**mapping_of(mapping_of(document.tree.get(STATES)).get(name)), "attributes": attributes}


def with_launcher(document: Document, name: str, state: dict[str, JSON]) -> Document:
    """The document with all of one launcher as `state_of` told it; the other launchers stay."""
    return _with_namespace_tree(document, name, state)


def without_attributes(document: Document, name: str) -> Document:
    """The document without that launcher's attributes, for its next save, which brings its own."""
    states = mapping_of(mapping_of(document.tree.get(STATES)).get(name))
    return _with_namespace_tree(document, name, {**states, "attributes": {}})


def with_namespaces_of(document: Document, other: Document) -> Document:
    """The document with every launcher's state of `other`, each as a whole; all else stays.

    The launcher that saved last is then the one of `other`.
    """
    last = {key: other.tree[key] for key in ("launcher_class", "launcher_module") if key in other.tree}
    mine, theirs = (mapping_of(found.tree.get(STATES)) for found in (document, other))
    return Document({**other.tree, **document.tree, **last, STATES: {**mine, **theirs}})


def without_namespaces(document: Document, names: Collection[str] | None) -> Document:
    """The document without these launchers' states, or (None) without any; the rest of the file stays.

    Raises NoSuchAttribute when a name is not there.
    """
    states = mapping_of(document.tree.get(STATES))
    for name in names or ():
        if name not in states:
            raise NoSuchAttribute(namespace=name, pointer="")
    kept = {} if names is None else {name: value for name, value in states.items() if name not in names}
    return Document({**document.tree, STATES: kept})
