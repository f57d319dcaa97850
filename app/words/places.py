"""A place in a saved state, in words: for tables, sheets and tool tips. Pure."""

from app.values.fit_text import escaped
from persistence.document import Place

NOT_THERE = "not there"
"""What stands in the place of a value that one of two states does not have."""


def path_text(place: Place) -> str:
    """A place in words: "custom_settings › param2"; list items are counted from 1."""
    steps = (escaped(step) if isinstance(step, str) else str(step + 1) for step in place)
    return " › ".join(steps)
