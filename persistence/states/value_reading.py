"""The bytes of a state file to Python values, in one pass, for a launcher that loads them.

One idea: the C reader of `json` calls us for each object, and that is enough to restore tags from the inside
out and to count keys: there are as many in the text as in the objects unless one stands twice. Whatever is in
doubt (a tag that nobody knows, a space before a colon) is read again by the rules, in `persistence.document`
and `values.tags`: `parse_values` always says what they say, or raises what they raise.

Not for: what is shown, edited or written again. The spelling of numbers is gone here.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
from collections.abc import Callable, Mapping
from typing import Any, cast

from persistence.document import STATES, Document, mapping_of, parse_document
from persistence.values.depth import MAX_DEPTH, is_shallow
from persistence.values.json_text import JSON, decoded
from persistence.values.tags import decode, untagged

_LARGE = 1 << 18
"""Characters from which the garbage collector would run again and again, and find nothing."""


_NOTES = ("skipped", "resumed_from")
_NEVER_MADE = frozenset((str, int, bool, type(None), list))
"""What no tag becomes. A decimal does become one, and may stand where a mapping is looked for."""


def parse_values(data: bytes) -> Document:
    """As `parse_document`, with attributes that are Python values already, for one launcher to take over.

    Raises Damaged.
    """
    tree = _in_one_pass(decoded(data))
    if tree is not None:
        return Document(tree)
    return _with_values(parse_document(data))


def _with_values(document: Document) -> Document:
    """By the rules, one attribute after the other."""
    states = dict(mapping_of(document.tree.get(STATES)))
    for name in document.namespaces:
        values = {key: decode(value) for key, value in document.namespace(name).attributes.items()}
        states[name] = {**mapping_of(states[name]), "attributes": cast("dict[str, JSON]", values)}
    return Document({**document.tree, STATES: states})


class _InDoubt(Exception):
    """Only the rules can tell."""


def _in_one_pass(text: str) -> dict[str, JSON] | None:
    """All of a text as Python values; None where that is in doubt."""
    objects: list[dict[str, Any]] = []
    add = objects.append

    def hook(found: dict[str, Any]) -> object:
        add(found)
        return _restored(found, objects) if "__type__" in found else found

    decoder = json.JSONDecoder(object_hook=hook)
    try:
        tree: object = decoder.decode(text) if len(text) < _LARGE else _without_collector(decoder, text)
    except (ValueError, RecursionError, _InDoubt):
        return None
    if type(tree) is not dict or _may_have_twins(text, sum(map(len, objects))):
        return None
    if not _is_as_written(tree, objects):
        return None
    few = len(objects) + text.count("[") <= MAX_DEPTH
    return tree if few or is_shallow(text, MAX_DEPTH) else None


def _may_have_twins(text: str, keys: int) -> bool:
    """Whether a key may stand twice in one object.

    Every key is followed by a colon, so there are at least as many quotation marks with a colon as keys,
    unless a space stands between; one key less in the objects than that is a doubt.
    """
    if text.count('":') != keys or " :" in text or "\n:" in text:
        return True
    # One sign is looked for several times as quickly as two, and files of ours have none of these.
    return ("\t" in text and "\t:" in text) or ("\r" in text and "\r:" in text)


def _is_as_written(tree: dict[str, Any], objects: list[dict[str, Any]]) -> bool:
    """Whether what surrounds the attributes are the mappings of the file, and none was made of a tag."""
    written = {*map(id, objects)}
    parts = [tree, *tree.values()]
    states = tree.get(STATES)
    for state in states.values() if type(states) is dict else ():
        parts += (state, *(state.values() if type(state) is dict else ()))
        if type(state) is dict and not all(map(_holds_texts, map(state.get, _NOTES))):
            return False
    return all(id(part) in written if type(part) is dict else type(part) in _NEVER_MADE for part in parts)


def _holds_texts(note: object) -> bool:
    return type(note) is not dict or all(type(text) is str for text in note.values())


def _without_collector(decoder: json.JSONDecoder, text: str) -> object:
    if not gc.isenabled():
        return decoder.decode(text)
    gc.disable()
    try:
        return decoder.decode(text)
    finally:
        gc.enable()


# --- tags, whose content is restored already --------------------------------------------------------------


def _restored(found: dict[str, Any], objects: list[dict[str, Any]]) -> object:
    """The value of a tag. Raises _InDoubt for one that is not sound beyond doubt.

    `objects` are those that the text has, up to this one: what was made of a tag is not among them.
    """
    tag = found["__type__"]
    restore = _RESTORE.get(tag) if type(tag) is str and len(found) == 2 else None
    if restore is not None:
        try:
            return restore(found["value"])
        except (ValueError, TypeError, LookupError):
            raise _InDoubt from None
    inner = found.get("value")
    if type(inner) is dict and inner is not objects[-2]:  # a tag in the place of what a tag must hold
        raise _InDoubt
    made = untagged(found)
    if made is found or type(made) is str:  # a text would pass for one that was written
        raise _InDoubt
    return made


def _items(value: object) -> list[object]:
    if type(value) is list:
        return value
    raise TypeError


def _pair(value: object) -> tuple[object, object]:
    key, item = _items(value)
    return key, item


def _mapping(value: object) -> dict[object, object]:
    pairs = _items(value)
    made: dict[object, object] = dict(map(_pair, pairs))
    if len(made) != len(pairs):
        raise ValueError
    return made


_RESTORE: Mapping[str, Callable[[Any], object]] = {
    "datetime": dt.datetime.fromisoformat,
    "tuple": lambda value: tuple(_items(value)),
    "set": lambda value: set(_items(value)),
    "frozenset": lambda value: frozenset(_items(value)),
    "dict": _mapping,
}
