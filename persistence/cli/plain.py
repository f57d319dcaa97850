"""Text for a terminal: nothing that came from a file is ever taken for a command to it.

One idea: whatever a terminal would not simply print (control characters, direction marks, half characters)
is shown as its code, and everything long is cut, in the tables that people read; machine output is not for
these functions.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Sequence

from persistence.values.json_text import JSON

WIDEST = 72
"""Characters of a cell."""
_USUAL = 40
"""Characters of a cell for which all rows make room; for longer ones only where there are more than a few."""
_FEW = 4
"""Of so many rows one."""


def one_line(text: str, limit: int = WIDEST) -> str:
    """`text` on one line, at most `limit` characters, and harmless."""
    shown = "".join(
        character if character.isprintable() else _code(character) for character in text[: limit + 1]
    )
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def for_console(text: str, encoding: str) -> str:
    """Text for people in signs that the console has: "->" where it has no arrow."""
    for sign, others in (("→", "->"), ("…", "...")):
        try:
            sign.encode(encoding)
        except UnicodeEncodeError:
            text = text.replace(sign, others)
    return text


def for_programs(text: str, encoding: str) -> str:
    """JSON, whose readers expect UTF-8: where the output has another encoding, beyond ASCII only escapes."""
    if codecs.lookup(encoding).name == "utf-8" or text.isascii():
        return text
    return "".join(sign if sign.isascii() else json.dumps(sign)[1:-1] for sign in text)


def _code(character: str) -> str:
    number = ord(character)
    return (
        f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}" if number < 65536 else f"\\U{number:08x}"
    )


def table(rows: Sequence[Sequence[str]], indent: str = "") -> list[str]:
    """Rows of cells as aligned lines; the last column is not padded."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [_width([len(row[column]) for row in cells]) for column in range(len(cells[0]))] if cells else []
    return [
        indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def _width(lengths: Sequence[int]) -> int:
    """The width of a column; a few long cells push what stands behind them aside, and widen no other row."""
    usual = [length for length in lengths if length <= _USUAL]
    return max(usual if (len(lengths) - len(usual)) * _FEW <= len(lengths) else lengths)


def when(time: str | None) -> str:
    """A saved time to the second, as it was written; "" without one."""
    return (time or "")[:19].replace("T", " ")


def as_json(value: object) -> JSON:
    """The fields of a frozen value as JSON; what JSON lacks, such as a path, as text."""
    if isinstance(value, dict):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    return value if isinstance(value, str | int | float | None) else str(value)
