"""One started launcher: its process, what it prints, what it reports, how it ends.

One idea: the process is nobody's child in earnest. It has its own session and its output goes to a file, so
that closing the window, or its death, never ends an experiment; what is seen here is read from files and
asked now and then (`look`). Whether the saved state was really loaded is said by the launcher's own report,
or loudly not said.

Not for choosing what to start (see `resume`).
"""

import codecs
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.exchange import Run
from persistence.durable import read_file
from persistence.errors import StateError

CHUNK = 1 << 15  # a window lays out as much of the shortest lines without a halt
MOST_BEHIND = 1 << 20
LONGEST_LINE = 4096
REPORT_LIMIT = 16 << 20
UNCONFIRMED = "The launcher did not confirm loading the saved state."
_LOADED = ("restored", "added", "handed_over")
_LEFT = ("mismatched", "refused", "skipped", "kept")


def start(
    command: Sequence[str], *, cwd: str, environment: Mapping[str, str], output: Path
) -> subprocess.Popen[bytes]:
    """Start a command, detached, its output in a file. An argument list, never a shell. Raises OSError."""
    with output.open("wb") as log:
        return subprocess.Popen(
            list(command),
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            **_detached(),
        )


def _detached() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


class Lines:
    """Output as lines that a window can lay out.

    Of a progress bar, which returns to the start of its line for ever, only what stands there last; lines
    without an end are broken.
    """

    def __init__(self) -> None:
        self._column = 0
        self._held = ""

    def of(self, text: str) -> str:
        """The next piece of the output, in lines."""
        text = self._held + text
        self._held = "\r" if text.endswith("\r") else ""  # the other half of a line's end may follow
        first, *others = text.removesuffix("\r").replace("\r\n", "\n").split("\n")
        lines = [self._line(first)]
        for line in others:
            self._column = 0
            lines.append(self._line(line))
        return "\n".join(lines)

    def _line(self, line: str) -> str:
        last = next((part for part in reversed(line.split("\r")) if part), "")
        start = ""
        if self._column and last and "\r" in line:
            start, self._column = "\n", 0
        return start + "\n".join(self._broken(last))

    def _broken(self, line: str) -> Iterator[str]:
        while self._column + len(line) > LONGEST_LINE:
            room = LONGEST_LINE - self._column
            yield line[:room]
            line, self._column = line[room:], 0
        self._column += len(line)
        yield line


class StartedRun:
    """A launcher that was started from here. `look` reads what is new; times are seconds of a monotonic
    clock.
    """

    def __init__(
        self, run: Run, process: subprocess.Popen[bytes], output: Path, report: Path, confirm_by: float
    ) -> None:
        self.run = run
        self._process = process
        self._output = output
        self._report_file = report
        self._report: Mapping[str, Any] | None = None
        self._confirm_by = confirm_by
        self._read = 0
        self._left_out = 0
        self._lines = Lines()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @property
    def over(self) -> bool:
        """True when the process has ended and everything was told."""
        return self.run.state in ("ended", "failed")

    def look(self, now: float) -> str:
        """Bring `run` up to date, and return what was printed since the last look."""
        code = self._process.poll()
        data = self._new_output()
        if not self._report or not self._report.get("session_directory"):
            self._report = read_report(self._report_file) or self._report
        told = code is not None and len(data) < CHUNK
        if code is None or told:
            self.run = self._standing(code, now)
        left_out, self._left_out = self._left_out, 0
        note = f"\n… {left_out:,} bytes left out here; they are in {self._output} …\n" if left_out else ""
        return note + self._lines.of(self._decoder.decode(data, final=told))

    def let_go(self) -> None:
        """Forget the process without waiting for it: it goes on, and this program is about to end."""
        if self._process.returncode is None:
            # Popen warns of a child that still runs when it is forgotten; here that is the purpose.
            self._process.returncode = 0

    def _new_output(self) -> bytes:
        try:
            with self._output.open("rb") as file:
                self._skip(os.fstat(file.fileno()).st_size)
                file.seek(self._read)
                data = file.read(CHUNK)
        except OSError:  # taken away, or out of reach for now: the run goes on, and so do the others
            return b""
        self._read += len(data)
        return data

    def _skip(self, size: int) -> None:
        """Leave out what nobody could read as fast as it is printed; the file has all of it."""
        if size - self._read > MOST_BEHIND:
            self._left_out += size - CHUNK - self._read
            self._read = size - CHUNK
            self._decoder.reset()

    def _standing(self, code: int | None, now: float) -> Run:
        report = self._report
        session = str(report.get("session_directory") or "") if report else ""
        run = replace(self.run, session=session)
        if code is not None:
            well = code == 0 and report is not None and bool(report.get("ok"))
            return replace(run, state="ended" if well else "failed", note=f"{_said(report)} {_ending(code)}")
        if report is not None:
            return replace(run, state="running", note=_said(report))
        if now >= self._confirm_by:
            return replace(run, state="running", note=UNCONFIRMED)
        return run


def read_report(path: Path) -> Mapping[str, Any] | None:
    """The launcher's own report; None while there is none. One that cannot be read counts as none."""
    try:
        found = json.loads(read_file(path, limit=REPORT_LIMIT))
    except (OSError, StateError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _said(report: Mapping[str, Any] | None) -> str:
    """What the launcher reported, as sentences."""
    if report is None:
        return UNCONFIRMED
    if not report.get("ok"):
        return (
            f"The launcher refused to start: {report.get('error') or 'it did not say why'}".rstrip(".") + "."
        )
    results = _results(report)
    loaded = [name for name, result in results.items() if result in _LOADED]
    left = [name for name, result in results.items() if result in _LEFT]
    sentence = f"Loaded {len(loaded)} attribute{'s' * (len(loaded) != 1)}."
    return f"{sentence} Not loaded: {', '.join(left)}." if left else sentence


def _results(report: Mapping[str, Any]) -> dict[str, str]:
    attributes = report.get("attributes")
    if not isinstance(attributes, dict):
        return {}
    return {str(name): str(one.get("result")) for name, one in attributes.items() if isinstance(one, dict)}


def _ending(code: int) -> str:
    if code == 0:
        return "It has ended."
    if code < 0 and os.name == "posix":
        return f"It was ended by signal {-code}."
    return f"It ended with code {code}."
