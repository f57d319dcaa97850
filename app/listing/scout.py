"""Looking into folders for another process: the program, and what is said on either side.

One idea: to look at a hundred thousand sessions takes seconds of the interpreter, and a window that shares it
stands still for moments, while a second processor has nothing to do. So programs of their own look, with the
same steps, and say in few words what they found. They know nothing, write nothing, and end with who asks.

Where each call of the system takes its time, since another computer answers it, one of them looks into many
folders at once.

A question is a line of JSON: whether sessions are to be read wholly, and of each folder its path, and what
was known of it before. So is an answer: for each folder what it turned out to be. Where names are spelled
otherwise than by who asks, the same bytes on the disk would be other names, and the program ends.

No Qt, so that it starts quickly. Not for asking (`scouts`).
"""

import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from queue import SimpleQueue
from typing import IO, Any, TypeAlias

from app.listing.known import Before, Known
from app.listing.steps import Step, step
from app.listing.summary_text import summary_of
from app.listing.wholly import judged

_Each: TypeAlias = Callable[[Callable[[Any], Step], Iterable[Any]], Iterable[Step]]
_SAID = 3  # of a row: its directory, folder and name are known to who asks
NICENESS = 10
"""Whoever works at this computer goes first, and an experiment that runs on it."""


def question(about: Iterable[tuple[str, Before | None]], *, wholly: bool = False) -> bytes:
    """Folders, and what was known of each, as a line."""
    told = [(path, before.signature.hex(), before.damaged) if before else (path,) for path, before in about]
    return _line((wholly, told))


def replied(line: bytes, root: str, each: _Each = map, *, lists_all: bool = False) -> bytes:
    """The answer to a question: `each` folder is looked into, in any order. `lists_all` as `step` has it."""
    wholly, folders = json.loads(line)
    if wholly:
        return answer(judged(path, root) for path, *_ in folders)

    def look(asked: list[Any]) -> Step:
        path, *known = asked
        before = Before(bytes.fromhex(known[0]), known[1]) if known else None
        return step(path, before, root, lists_all=lists_all)

    return answer(each(look, folders))


def answer(steps: Iterable[Step]) -> bytes:
    """What became of each folder, as a line."""
    return _line([_told(one) for one in steps])


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


def answered(line: bytes, about: Sequence[tuple[str, Before | None]], root: str) -> list[Step]:
    """What was found of the folders of a question. Raises ValueError, TypeError, LookupError for what is no
    answer to it.
    """
    told = json.loads(line)
    if len(told) != len(about):
        raise ValueError(f"{len(told)} answers to {len(about)} questions")
    return [_step(folder, before, one, root) for (folder, before), one in zip(about, told, strict=True)]


def _step(folder: str, before: Before | None, told: Any, root: str) -> Step:
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


def _at_once(threads: int) -> _Each:
    """As `map`, by so many threads."""
    from concurrent.futures import ThreadPoolExecutor  # which not many need

    return ThreadPoolExecutor(threads, "look").map


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
    each = _at_once(threads) if threads > 1 else map
    gc.freeze()  # what was imported stays: nobody need look through it for garbage
    code = 1
    try:
        for line in _read_ahead(sys.stdin.buffer):
            sys.stdout.buffer.write(replied(line, root, each, lists_all=threads > 1))
            sys.stdout.buffer.flush()
        code = 0
    finally:  # at once: Python would abort over the thread that still reads
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
