"""Looking into folders for another process: the program, and what is said on either side.

One idea: to look at a hundred thousand sessions takes seconds of the interpreter, and a window that shares it
stands still for moments, while a second processor has nothing to do. So programs of their own look, with the
same steps, and say in few words what they found. They know nothing, write nothing, and end with who asks.

Where each call of the system takes its time, since another computer answers it, one of them looks into many
folders at once. One that hangs is told as one that cannot be listed, and the others of its question as ever.

A question is a line of JSON: whether sessions are to be read wholly, and of each folder its path, and what
was known of it before, or of the sessions in it: these are looked at as well, so that a whole folder of
sessions that are what they were is one question. So is an answer: for each folder what it turned out to be.
Where names are spelled otherwise than by who asks, the same bytes on the disk would be other names, and the
program ends.

No Qt, so that it starts quickly. Not for asking (`scouts`).
"""

import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from queue import SimpleQueue
from typing import IO, Any, NamedTuple

from app.listing.hanging import looked
from app.listing.known import Before, Known
from app.listing.steps import Step, same_among, step
from app.listing.summary_text import summary_of

_SAID = 3  # of a row: its directory, folder and name are known to who asks
NICENESS = 10
"""Whoever works at this computer goes first, and an experiment that runs on it."""


class About(NamedTuple):
    """A folder that is asked about, what was known of it `before`, and signatures of sessions `inside`."""

    folder: str
    before: Before | None = None
    inside: Mapping[str, bytes] | None = None


def question(about: Iterable[About], *, wholly: bool = False) -> bytes:
    """Folders, and what was known of each, as a line."""
    return _line((wholly, [_asked(one) for one in about]))


def _asked(about: About) -> object:
    """Most have nothing inside: they are said in a few words."""
    folder, before, inside = about
    if inside:
        return {"folder": folder, "names": list(inside), "hexes": " ".join(map(bytes.hex, inside.values()))}
    return (folder, before.signature.hex(), before.damaged) if before else (folder,)


def replied(line: bytes, root: str, threads: int = 1) -> bytes:
    """The answer to a question. With more than one thread the folders are another computer's."""
    wholly, folders = json.loads(line)
    if wholly:
        from app.listing.wholly import judged  # which a look at a glance does not need

        return _line([_told(judged(path, root)) for path, *_ in folders])

    def look(asked: Any, stir: Callable[[], bool]) -> Iterator[object]:
        if isinstance(asked, dict):
            yield from _looked_through(**asked, root=root, stir=stir)
            return
        path, *known = asked
        before = Before(bytes.fromhex(known[0]), known[1]) if known else None
        yield _told(step(path, before, root, stir, lists_all=threads > 1))

    return _line(looked(look, folders, threads))


def _looked_through(
    folder: str, names: list[str], hexes: str, root: str, stir: Callable[[], bool]
) -> Iterator[object]:
    """Of a folder that has sessions in it: which names are `others` now, by number, and what to look into.

    Where one of them hangs it is what lies in it, so that each is asked about by itself.
    """
    found = step(folder, None, root, stir)
    yield _told(found)
    if not found.below:
        return
    signatures = dict(zip(names, map(bytes.fromhex, hexes.split(" ")), strict=True))
    same = same_among((path for path in found.below if not stir()), signatures)
    below = [path for path in found.below if path.rpartition(os.sep)[2] not in same]
    yield {"below": below, "others": [number for number, name in enumerate(names) if name not in same]}


def _told(step: Step) -> object:
    """The session of before as true, another one as an object, folders below as a list, null for one that
    cannot be listed.
    """
    if step.unchanged is not None:
        return True
    if step.known is not None:
        known = step.known
        return {"row": known.summary[_SAID:], "hex": known.signature.hex(), "values": known.attributes}
    return None if step.unlisted else step.below


def answered(line: bytes, about: Sequence[About], root: str) -> list[Step]:
    """What was found of the folders of a question. Raises ValueError, TypeError, LookupError for what is no
    answer to it.
    """
    told = json.loads(line)
    if len(told) != len(about):
        raise ValueError(f"{len(told)} answers to {len(about)} questions")
    return [_step(*asked, one, root) for asked, one in zip(about, told, strict=True)]


def _step(
    folder: str, before: Before | None, inside: Mapping[str, bytes] | None, told: Any, root: str
) -> Step:
    if inside and isinstance(told, dict) and "others" in told:
        others, below = set(told["others"]), tuple(map(str, told["below"]))
        if others:
            inside = {name: inside[name] for number, name in enumerate(inside) if number not in others}
        return Step(folder, below=below, same=inside)
    if told is True and before is not None:
        return Step(folder, before)
    if told is None:
        return Step(folder, unlisted=True)
    if isinstance(told, list):
        return Step(folder, below=tuple(map(str, told)))
    row = (folder, root, folder.rpartition(os.sep)[2], *told["row"])
    return Step(folder, known=Known(summary_of(*row), bytes.fromhex(told["hex"]), told["values"]))


def _line(told: object) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode("ascii") + b"\n"


def _read_ahead(stream: IO[bytes]) -> Iterator[bytes]:
    """Each line, read while the one before is answered: who asks need not wait until he can write it, and may
    write it before he reads an answer, however little a pipe holds.
    """
    lines = SimpleQueue[bytes]()

    def read() -> None:
        try:
            for line in stream:
                lines.put(line)
        finally:
            lines.put(b"")

    threading.Thread(target=read, name="questions", daemon=True).start()
    return iter(lines.get, b"")


def main(arguments: list[str]) -> int:
    """ROOT ENCODING [THREADS]: answer each question that comes on the standard input, until it ends.

    With more than one thread the folders are another computer's.
    """
    root, encoding, *more = arguments
    threads = int(*more or (1,))
    if encoding != sys.getfilesystemencoding():
        return 1
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key in the terminal is for the window, which ends us
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    gc.freeze()  # what was imported stays: nobody need look through it for garbage
    gc.set_threshold(200)  # an error keeps the file that is damaged, till it is found to be garbage
    code = 1
    try:
        for line in _read_ahead(sys.stdin.buffer):
            sys.stdout.buffer.write(replied(line, root, threads))
            sys.stdout.buffer.flush()
        code = 0
    finally:  # at once: Python would abort over the thread that still reads
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
