"""The text of `launchers.toml`, with an entry more, another or one less. Pure.

One idea: what is not the entry itself stays as it is, byte for byte, comments and order included; a result
that would not mean exactly what was wanted is never returned. Not for files (see `registry_file`), nor for
what an entry may be (see `registry`).
"""

import tomllib
from collections.abc import Iterator, Mapping

from app.launchers.registry import Entry, WrongEntry

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class NotWritable(ValueError):
    """The text cannot be changed safely; the message is a clause about it."""


def table_of(entry: Entry) -> str:
    """An entry as it stands in the file. Raises WrongEntry for what TOML cannot hold."""
    lines = [f"[{quoted(entry.namespace)}]"]
    if entry.python:
        lines.append(f"python = {quoted(entry.python)}")
    lines.append(f"command = [{', '.join(map(quoted, entry.command))}]")
    if entry.cwd:
        lines.append(f"cwd = {quoted(entry.cwd)}")
    if entry.environment:
        pairs = ", ".join(f"{quoted(name)} = {quoted(value)}" for name, value in entry.environment)
        lines.append(f"environment = {{ {pairs} }}")
    if entry.rehearse:
        lines.append(f"rehearse = {quoted(entry.rehearse)}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text in TOML. Raises WrongEntry for half a character, which TOML cannot hold."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if "\ud800" <= char <= "\udfff":
        raise WrongEntry("has half a character")
    if char.isprintable():
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def with_entry(text: str, entry: Entry) -> str:
    """The text with this entry, in the place of an earlier one of its name, else at the end.

    Raises NotWritable where the text is no TOML, or the earlier entry cannot be told from the rest.
    """
    before, table = _parsed(text), table_of(entry)
    wanted = {**before, entry.namespace: tomllib.loads(table)[entry.namespace]}
    if entry.namespace not in before:
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        return _checked(text + _as_in(text, gap + table), wanted)
    return _replaced(text, entry.namespace, _as_in(text, table), wanted)


def without_entry(text: str, namespace: str) -> str:
    """The text without the entry of this name. Raises NotWritable as above."""
    before = _parsed(text)
    if namespace not in before:
        return text
    return _replaced(text, namespace, "", {key: one for key, one in before.items() if key != namespace})


def _parsed(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise NotWritable(f"it is not valid TOML ({error})") from error
    except RecursionError as error:
        raise NotWritable("it is too deeply nested") from error


def _as_in(text: str, table: str) -> str:
    """With the ends of lines that the text has."""
    return table.replace("\n", "\r\n") if "\r\n" in text else table


def _checked(text: str, wanted: Mapping[str, object]) -> str:
    if _parsed(text) != wanted:
        raise NotWritable("it would not say what was wanted")
    return text


# --- where an entry stands --------------------------------------------------------------------------------


def _replaced(text: str, namespace: str, table: str, wanted: Mapping[str, object]) -> str:
    """Try each place where the entry may begin; only a result that says what is wanted counts."""
    lines = text.splitlines(keepends=True)
    for first in range(len(lines)):
        if _table_in(lines[first]) != namespace:
            continue
        after = _end(lines, first, namespace)
        kept = [line for line in lines[first:after] if line.lstrip().startswith("#")]
        try:
            return _checked("".join((*lines[:first], table, *kept, *lines[after:])), wanted)
        except NotWritable:  # it only looked like an entry, as in a text of several lines
            continue
    raise NotWritable(f'the entry "{namespace}" cannot be told from what stands around it')


def _end(lines: list[str], first: int, namespace: str) -> int:
    """Where another entry begins; comments and empty lines right before it belong to it."""
    others = (at for at in range(first + 1, len(lines)) if _table_in(lines[at]) not in ("", namespace))
    after = next(others, len(lines))
    while after > first + 1 and not lines[after - 1].partition("#")[0].strip() and after < len(lines):
        after -= 1
    return after


def _table_in(line: str) -> str:
    """The name of the entry whose table this line begins; empty for any other line."""
    return next(_names_begun(line), "") if line.lstrip("\ufeff \t").startswith("[") else ""


def _names_begun(line: str) -> Iterator[str]:
    try:
        yield from tomllib.loads(line.lstrip("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return
