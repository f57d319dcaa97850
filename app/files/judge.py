"""One large session, read whole and judged in a process of its own: the program, and what it answers.

One idea: to read fifty megabytes takes the interpreter for seconds, and a window that shares it stands
still for as long. So the reading is done elsewhere, by the library's own reader, and what comes back is
small: which bytes were read, whether they are sound, and what can be asked of them. Who asked has the bytes
himself.

Not for asking (`apart`). No Qt, so that it starts quickly.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from persistence.document import STATES, Document, render
from persistence.errors import Damaged, StateError
from persistence.files.history import etag_of
from persistence.sessions.gathering import values_of
from persistence.sessions.query_values import MAX_NAMES, Scalar, dump_values
from persistence.states.slices import read_each, sliced
from persistence.store import StateFile
from persistence.values.json_text import ForeignNumber, decoded, parse_text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in the bytes with that etag. `damage`: what a `Damaged` is made of, None where they are
    sound.

    `sliced`: what the file says by slices is what it says as a whole; `laid_out`: the same file in our
    layout, where it lies in another one and that was asked for. `values`: as the index keeps them.
    """

    etag: str
    sliced: bool
    damage: Mapping[str, Any] | None = None
    values: str = ""
    laid_out: bytes = field(default=b"", repr=False)

    @property
    def error(self) -> Damaged | None:
        """What is wrong."""
        return None if self.damage is None else Damaged(**self.damage)

    def dumped(self) -> bytes:
        """As one line of JSON, and behind it the bytes."""
        told = {key: value for key, value in asdict(self).items() if key != "laid_out"}
        return json.dumps(told).encode() + b"\n" + self.laid_out


def loaded(data: bytes) -> Verdict:
    """What was dumped. Raises ValueError, TypeError for everything else."""
    line, end, rest = data.partition(b"\n")
    if not end:
        raise ValueError("it ends too early")
    return Verdict(**json.loads(line), laid_out=rest)


def judge(file: StateFile, *, lay_out: bool) -> Verdict:
    """Read a file whole. Raises StateError where it cannot be read, or is no more there."""
    data = file.raw()
    document = sliced(data) if data is not None else None
    if data is not None and document is not None:
        try:
            return Verdict(etag_of(data), sliced=True, values=_values(document))
        except (Damaged, ForeignNumber):  # the whole says what is wrong, once it has come to rest
            pass
    try:
        read = file.read()
    except Damaged as error:
        said = ("cause", "line", "column", "ends_early", "still_changing", "next_step")
        return Verdict(file.peek(), sliced=False, damage={name: getattr(error, name) for name in said})
    laid_out = render(read.document) if lay_out and _is_strict(read.data) else b""
    return Verdict(read.etag, sliced=False, values=dump_values(values_of(read.document)), laid_out=laid_out)


def _values(document: Document) -> str:
    """Of all attributes, one after the other, of which none is kept. Raises Damaged, ForeignNumber."""
    found: dict[str, list[Scalar]] = {}
    for namespace, name, value in read_each(document):
        alone = Document({STATES: {namespace: {"attributes": {name: value}}}})
        for key, values in values_of(alone).items():
            if key in found or len(found) < MAX_NAMES:
                found.setdefault(key, []).extend(values)
    return dump_values(found)


def _is_strict(data: bytes) -> bool:
    """Whether all numbers are those that JSON has: others would be written in another way."""
    try:
        parse_text(decoded(data), foreign_numbers=False)
    except ForeignNumber:
        return False
    return True


def main(arguments: list[str]) -> int:
    """DIRECTORY LIMIT [lay-out]: judge, and answer on the standard output."""
    directory, limit, *more = arguments
    try:
        verdict = judge(StateFile(directory, size_limit=int(limit)), lay_out=bool(more))
    except StateError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(verdict.dumped())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
