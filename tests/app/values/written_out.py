"""What stands inside a saved value, all of it made at once: what rows are held against, which are made where
somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.values.state_parts import TAGGED_ITEMS, Part, items_of, pair_part
from persistence.document import is_tagged
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of


def parts(value: JSON) -> list[Part]:
    """The items of a container, in their order; none for everything else. Lists are counted from 1."""
    kind = kind_of(value)
    if isinstance(value, list):
        return [Part((i,), str(i + 1), item) for i, item in enumerate(value)]
    if isinstance(value, dict) and kind in TAGGED_ITEMS:
        return [Part(("value", i), str(i + 1), item) for i, item in enumerate(items_of(value))]
    if isinstance(value, dict) and kind is Kind.MAPPING:
        return list(_pairs(value)) if is_tagged(value) else attribute_parts(value)
    return []


def attribute_parts(values: Mapping[str, JSON]) -> list[Part]:
    """The items of a plain mapping by key, such as the attributes of a launcher."""
    return [Part((key,), key, item) for key, item in values.items()]


def _pairs(value: Mapping[str, JSON]) -> Iterator[Part]:
    found = (pair_part(index, pair) for index, pair in enumerate(items_of(value)))
    return (part for part in found if part is not None)
