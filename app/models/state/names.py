"""Which names an attribute or a key can have. Pure.

One idea: what cannot be is refused; what can stand in the file but will not be restored by a launcher is
allowed and warned of. Not for changing names (`row_edits`).
"""

from __future__ import annotations

from collections.abc import Collection

from app.values.fit_text import escaped
from persistence.values.attributes import refusal


def name_problem(name: str, taken: Collection[str]) -> str:
    """Why a name cannot be had beside those that are taken; empty when it can."""
    if not name:
        return "Type a name."
    if name == "__type__":
        return "The name __type__ marks types in the file; choose another."
    return f"There is already a {escaped(name)} here." if name in taken else ""


def name_warning(name: str) -> str:
    """What a launcher will do about an attribute of this name; empty when it takes it.

    The methods of its class are not known here.
    """
    reason = refusal(object, name) if name else ""
    return f"A launcher will not restore it: {reason}." if reason else ""
