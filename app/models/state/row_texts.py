"""What a row of the state tree is as a text for other programs, and their text for it. Pure; no Qt.

One idea: what is copied is exact, to the character: no quotes, no escapes, nothing cut; what is pasted is
JSON, with the file's tags for what JSON lacks. Where no clipboard could carry the characters, JSON does. Not
for cells of spreadsheets (exports quote those), and not for the clipboard itself.
"""

from __future__ import annotations

from app.models.state.state_nodes import Node
from app.values.box_text import TEXTS
from app.values.edit_text import Parsed, editable_text, parse, parse_any
from persistence.states.edits import format_pointer
from persistence.values import json_writing
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind
from persistence.values.readable import TO_TEXT
from persistence.values.typed_times import NotThisKind, zone_stays


def value_text(node: Node) -> str:
    """The value as text: text as it is, everything else as an editor shows it, JSON as JSON."""
    return text_of(node.value, node.kind)


def text_of(value: JSON, kind: Kind) -> str:
    """The same, of a value of which the kind is known."""
    if kind in TEXTS:
        return TO_TEXT[kind](value)
    return json_writing.write(value) if kind is Kind.MAPPING else editable_text(value)


def is_whole(text: str) -> bool:
    """Whether a clipboard can carry the text: half characters get lost on the way."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def path_of(node: Node) -> str:
    """Where the value stands, as the command line takes it; of a launcher, its whole name."""
    return format_pointer(node.place) if node.place else node.namespace


def json_of(node: Node) -> str:
    """The value as JSON, with tags for what JSON lacks; of a launcher, all its attributes."""
    attributes = None if node.launcher is None else dict(node.launcher.attributes)
    return json_writing.write(node.value if attributes is None else attributes)


def pasted(text: str, node: Node) -> Parsed:
    """What pasted text would put into a row; its kind may be another one, but that an integer is taken as the
    decimal that it would be if it was typed there. `problem` says why it cannot.
    """
    parsed = parse_any(text)
    if parsed.kind is Kind.INTEGER and node.kind is Kind.DECIMAL:
        typed = parse(text.strip(), node.value)
        return parsed if typed.problem else typed
    if parsed.problem or parsed.kind is not node.kind:
        return parsed
    try:
        zone_stays(node.value, parsed.value)
    except NotThisKind as reason:
        return Parsed(None, parsed.kind, str(reason))
    return parsed
