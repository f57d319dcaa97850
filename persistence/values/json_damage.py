"""Where a text stops being strict JSON, in words.

One idea: a text is walked for the place of its error only when it has one; that is slow, and costs a sound
text nothing. Not for: finding out that something is wrong (`json_text`).
"""

from __future__ import annotations

import json
import re
from typing import NoReturn

from persistence.errors import Damaged
from persistence.values.depth import MAX_DEPTH

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],]', re.DOTALL)
_KEY_FOLLOWS = re.compile(r"[ \t\n\r]*:")


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """Where a position in a text is, both counted from 1."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def damaged(error: json.JSONDecodeError, text: str) -> Damaged:
    """The error for what Python's reader says of a text; what ends too early says so."""
    unclosed = error.msg.startswith("Unterminated string")
    if unclosed or not text[error.pos :].strip(" \t\r\n"):
        line, column = line_and_column(text, len(text.rstrip(" \t\r\n")))
        cause = f"the file ends too early, at line {line}, column {column}"
        return Damaged(cause, line=line, column=column, ends_early=True)
    what = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
    cause = f"not valid JSON at line {error.lineno}, column {error.colno} ({what})"
    return Damaged(cause, line=error.lineno, column=error.colno)


def raise_duplicate(text: str) -> NoReturn:
    """Raise Damaged for the first key that stands twice in one object."""
    keys: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in "{[":
            keys.append(set())
        elif mark in "}]":
            keys.pop()
        elif mark[0] == '"' and _KEY_FOLLOWS.match(text, token.end()):
            key = json.loads(mark)
            if key in keys[-1]:
                line, column = line_and_column(text, token.start())
                cause = f"the key {mark[:80]} is there twice, again at line {line}, column {column}"
                raise Damaged(cause, line=line, column=column)
            keys[-1].add(key)
    raise Damaged("a key is there twice")  # pragma: no cover - the reader saw one, so the walk meets it


def raise_too_deep(text: str) -> NoReturn:
    """Raise Damaged for the first bracket that opens one level too many."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "{[") - (token[0] in "}]")
        if depth > MAX_DEPTH:
            line, column = line_and_column(text, token.start())
            cause = f"too deeply nested: more than {MAX_DEPTH} levels at line {line}, column {column}"
            raise Damaged(cause, line=line, column=column)
    raise Damaged("too deeply nested")  # pragma: no cover - the reader counted more levels
