"""Of unsaved edits, of which there may be one. Pure.

One idea: whatever is said of edits agrees with their number. Not for what was edited (`change_texts`).
"""


def unsaved_edits(count: int) -> str:
    """ "1 unsaved edit", "3 unsaved edits"."""
    return "1 unsaved edit" if count == 1 else f"{count:,} unsaved edits"


def your_edits(count: int) -> str:
    """The same, at the beginning of a sentence, as those of who reads it."""
    return "Your unsaved edit" if count == 1 else f"Your {count:,} unsaved edits"


def the_edits(count: int) -> str:
    """ "the edit", "the edits"."""
    return "the edit" if count == 1 else "the edits"


def are(count: int) -> str:
    """ "is" or "are"."""
    return "is" if count == 1 else "are"


def them(count: int) -> str:
    """ "it" or "them"."""
    return "it" if count == 1 else "them"
