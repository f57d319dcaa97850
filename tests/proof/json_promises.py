"""What must hold of any bytes on their road through the library: read, tree, values, and written again.

One idea: each promise is a function of what was given that says, in a clause, how it was broken. Functions of
the library are called through their rooms, so that a test can break them.

Not for: making bytes (`tests.proof.json_grammar`, `mutations`), or the road through a file
(`tests.proof.parser`).
"""

from __future__ import annotations

import codecs
import math
import time
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

from persistence import codec, document
from persistence.errors import Damaged, NotRepresentable, StateError
from persistence.states import value_reading
from persistence.values import json_text, json_writing, kinds, value_text
from persistence.values.json_text import JSON, MAX_DIGITS, Number
from persistence.values.sameness import same
from tests.proof.exactly import exactly
from tests.proof.examples import Broken
from tests.proof.json_reference import Refuses, is_said_by, reference

SECONDS = 1.0
"""Of computing, not of waiting: on a machine with other work to do, a pause says nothing of the library."""

FILE_LEVELS = 4
"""Levels of a state file around the value of an attribute."""

Result = TypeVar("Result")


class Clock:
    """Adds up what the calls into the library took."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def call(self, function: Callable[..., Result], *arguments: object) -> Result:
        """What the function returns; Broken when it raises what is no StateError."""
        start = time.thread_time()
        try:
            return function(*arguments)
        except StateError:
            raise
        except BaseException as error:
            raise Broken(f"{function.__name__} let a {type(error).__name__} out: {error}") from error
        finally:
            self.seconds += time.thread_time() - start
            if self.seconds > SECONDS:
                raise Broken(f"{self.seconds:.1f} s until {function.__name__} was done")


def examine(data: bytes, clock: Clock, *, ours: bool) -> bool:
    """Whether the bytes were accepted; raises Broken. `ours`: they are the text of an encoded value."""
    try:
        tree = clock.call(json_text.parse, data)
    except Damaged as error:
        _refused_rightly(data, error, clock)
        return False
    try:
        said = reference(data)
    except Refuses as error:
        raise Broken(f"it was read, and Python's own json says: {error}") from None
    if not is_said_by(tree, said):
        raise Broken("it was read as something else than Python's own json says")
    _written_again(tree, clock)
    if isinstance(tree, dict):
        _rendered_again(tree, data, clock)
    _decoded_and_encoded(tree, clock, ours=ours)
    _taken_over(data, clock)
    return True


def _refused_rightly(data: bytes, error: Damaged, clock: Clock) -> None:
    try:
        reference(data)
    except Refuses:
        _refused_to_all(data, clock)
    else:
        raise Broken(f"it was refused ({error}), and Python's own json reads it")
    if not str(error) or (error.line is not None and (error.line < 1 or (error.column or 0) < 1)):
        raise Broken(f"the reason names no place that there is: {error} at {error.line}, {error.column}")


def _refused_to_all(data: bytes, clock: Clock) -> None:
    for read in (document.parse_document, value_reading.parse_values):
        try:
            clock.call(read, data)
        except Damaged:
            continue
        raise Broken(f"it was refused, and {read.__name__} reads it")


def _written_again(tree: JSON, clock: Clock) -> None:
    text = clock.call(json_writing.write, tree)
    expected = _with_tagged_floats(tree)
    try:
        again = clock.call(json_text.parse, text.encode("utf-8"))
    except Damaged as error:
        if json_text.too_deep(expected, text):  # a number that JSON lacks takes a level more, as a tag
            return
        raise Broken(f"what was written cannot be read: {error}") from None
    if not same(again, expected):
        raise Broken("what was written is read as another tree")
    if clock.call(json_writing.write, again) != text:
        raise Broken("written once more it is another text")


def _rendered_again(tree: JSON, data: bytes, clock: Clock) -> None:
    found = clock.call(document.parse_document, data)
    _looked_at(found, clock)
    try:
        rendered = clock.call(document.render, found)
    except NotRepresentable as error:
        if _has_foreign_numbers(tree):  # which take a level more, as tags
            return
        raise Broken(f"what was read cannot be written: {error}") from None
    try:
        again = clock.call(document.parse_document, rendered)
    except Damaged as error:
        raise Broken(f"what was rendered cannot be read: {error}") from None
    read = json_text.parse(rendered)
    if not same(read, _with_tagged_floats(tree)) or list(cast("dict[str, JSON]", read)) != list(again.tree):
        raise Broken("what was rendered is read as another document")
    if _has_foreign_numbers(tree):  # as tags they are mappings, which may be laid out in lines
        rendered = clock.call(document.render, again)
        again = document.parse_document(rendered)
    if clock.call(document.render, again) != rendered:
        raise Broken("rendered once more it is other bytes")


def _looked_at(found: document.Document, clock: Clock) -> None:
    """As everybody does who shows a document."""

    def look() -> None:
        for name in found.namespaces:
            found.namespace(name)
        _ = (found.version, found.newer, found.created_at, found.launcher_class, found.problems)

    clock.call(look)


def _taken_over(data: bytes, clock: Clock) -> None:
    """A launcher reads in another way, which must come to the same; of the bytes as an attribute, too."""
    attribute = data.removeprefix(codecs.BOM_UTF8)
    for file in (data, b'{"launcher_states": {"m.Rig": {"attributes": {"a": ' + attribute + b"}}}}"):
        try:
            found = clock.call(document.parse_document, file)
        except Damaged:  # it is no mapping; as an attribute, it is too deep
            _refused_to_all(file, clock)
        else:
            _taken_over_alike(found, clock.call(value_reading.parse_values, file))


def _taken_over_alike(found: document.Document, taken: document.Document) -> None:
    if taken.namespaces != found.namespaces:
        raise Broken("a launcher that loads it finds other namespaces")
    for name in found.namespaces:
        values = {key: codec.decode(value) for key, value in found.namespace(name).attributes.items()}
        if exactly(dict(taken.namespace(name).attributes)) != exactly(values):
            raise Broken(f"a launcher that loads {name!r} gets other values than were read")


def _decoded_and_encoded(tree: JSON, clock: Clock, *, ours: bool) -> None:
    clock.call(_kinds_told, tree)
    value = clock.call(codec.decode, tree)
    try:
        again = clock.call(codec.encode, value)
    except NotRepresentable as error:
        if ours or (_is_writable(tree) and not _is_deep(tree)):
            raise Broken(f"what was decoded cannot be encoded: {error}") from None
        if _text_of(value, clock) is not None:
            raise Broken(f"a launcher writes what cannot be encoded: {error}") from None
        return
    if (ours or _is_writable(tree)) and not same(again, tree):
        raise Broken("decoded and encoded again it is another tree")
    if exactly(clock.call(codec.decode, again)) != exactly(value):
        raise Broken("decoded, encoded and decoded again it is another value")
    if not same(clock.call(codec.encode, clock.call(codec.decode, again)), again):
        raise Broken("encoded a second time it is another tree")
    if _text_of(value, clock) != json_writing.write(again):
        raise Broken("a launcher writes it as another text")


def _text_of(value: object, clock: Clock) -> str | None:
    """A launcher writes in another way, which must come to the same."""
    try:
        return clock.call(value_text.text_of, value)
    except NotRepresentable:
        return None


def _kinds_told(tree: JSON) -> None:
    """What each value is called, as a window does that shows them."""
    for value in _all_values(tree):
        kinds.kind_of(value)


def _all_values(tree: JSON) -> Iterator[JSON]:
    yield tree
    for item in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _all_values(item)


def _with_tagged_floats(value: JSON) -> JSON:
    """As it is written: floats that JSON lacks become tags."""
    if isinstance(value, dict):
        return {key: _with_tagged_floats(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_tagged_floats(item) for item in value]
    return (
        json_writing.tagged_float(value) if isinstance(value, float) and not math.isfinite(value) else value
    )


def _has_foreign_numbers(tree: JSON) -> bool:
    return any(isinstance(value, float) and not math.isfinite(value) for value in _all_values(tree))


def _is_writable(tree: JSON) -> bool:
    """Whether it is surely the JSON of some value: no spelling of numbers that is not ours, no known tag."""
    for value in _all_values(tree):
        if isinstance(value, Number) and not _is_long_integer(value.text.lstrip("-")):
            return False
        if isinstance(value, float) and not math.isfinite(value):
            return False
        if isinstance(value, dict) and any(value.get("__type__") == tag for tag in kinds.TAGS):
            return False
    return True


def _is_long_integer(digits: str) -> bool:
    return digits.isdigit() and len(digits) > MAX_DIGITS


def _is_deep(tree: JSON) -> bool:
    text = json_writing.write(tree)
    return json_text.too_deep(tree, text, codec.MAX_VALUE_DEPTH - FILE_LEVELS)
