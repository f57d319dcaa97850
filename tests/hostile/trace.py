"""What a program asked the system for, as strace wrote it down: started, opened, connected.

The one idea: a call is judged by what it was about and whether it succeeded; a name that is not there tells
nothing by not being there. Not for making calls fail (`tests.proof.tracing`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

CALLS = (
    "execve,execveat,open,openat,openat2,connect,mkdir,mkdirat,rename,renameat,renameat2,"
    "unlink,unlinkat,link,linkat,symlink,symlinkat"
)
_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+|\?)", re.DOTALL)
_RESUMED = re.compile(r"\d+ +<\.\.\. \w+ resumed>(.*)")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WRITING = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND")


@dataclass(frozen=True)
class Call:
    """One call: the texts in its arguments, decoded; `done`: it did not fail."""

    name: str
    texts: tuple[str, ...]
    rest: str
    done: bool

    @property
    def writes(self) -> bool:
        """Whether it opens a file for writing, or changes a directory."""
        return not self.name.startswith(("exec", "connect")) and (
            not self.name.startswith("open") or any(flag in self.rest for flag in _WRITING)
        )


def calls_in(trace: str) -> Iterator[Call]:
    """All calls of a trace that was written with `-s` large enough for every path."""
    for line in _whole_lines(trace):
        found = _LINE.match(line)
        if found is not None:
            texts = tuple(_decoded(text) for text in _TEXT.findall(found[3]))
            yield Call(found[2], texts, found[3], not found[4].startswith("-"))


def _whole_lines(trace: str) -> Iterator[str]:
    """A call of one process that another one came into is written down in two halves."""
    pending: dict[str, str] = {}
    for line in trace.splitlines():
        process = line.partition(" ")[0]
        if line.rstrip().endswith("<unfinished ...>"):
            pending[process] = line.rsplit("<unfinished ...>", 1)[0]
        elif (resumed := _RESUMED.match(line)) is not None:
            yield pending.pop(process, "") + resumed[1]
        else:
            yield line


def _decoded(text: str) -> str:
    """As strace escapes it: octal, and the usual short ones."""
    return ast.literal_eval(f'b"{text}"').decode("utf-8", "replace")  # type: ignore[no-any-return]
