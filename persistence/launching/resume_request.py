"""The request to resume that a started launcher finds in its environment, and the answer that it writes.

One idea: any launcher command resumes unchanged, because everything that differs from a first start is in one
variable. It is taken out of the environment when it is read, so that a launcher started by this one starts
afresh. This room reads the wish and writes the answer; `launching.run` carries it out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from persistence.errors import Refused
from persistence.files.durable import write_file
from persistence.launching.report import Report

VARIABLE = "RIGSTATE_RESUME"
_NEXT = f"Start it from the window again, or unset {VARIABLE} to start afresh."


@dataclass(frozen=True, slots=True)
class ResumeRequest:
    """Which state to start from, and under which conditions."""

    source: str
    """The session directory, "from" in the variable."""
    etag: str = ""
    """The file must still have it; empty: whatever it holds now."""
    namespace: str = ""
    """The compartment to take; empty: the launcher's own."""
    leave_out: tuple[str, ...] = ()
    """Attributes that stay as the launcher makes them."""
    partial: bool = False
    """Start even if an attribute that was to be restored could not be."""
    report: str = ""
    """File for the answer; empty: nobody waits for one."""

    def as_text(self) -> str:
        """The value of the variable."""
        return json.dumps(
            {
                "from": self.source,
                "etag": self.etag,
                "namespace": self.namespace,
                "leave_out": list(self.leave_out),
                "partial": self.partial,
                "report": self.report,
            }
        )


def take_from(environment: MutableMapping[str, str]) -> str:
    """The variable's text, which is no longer in `environment` then; "" when it was not there."""
    return environment.pop(VARIABLE, "")


def parse(text: str) -> ResumeRequest:
    """The request that the variable's text makes.

    Raises:
        Refused: it is neither a directory nor an object of the expected shape; the cause names the field.
    """
    if not text.lstrip().startswith("{"):
        return ResumeRequest(source=text)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{VARIABLE} is not JSON ({error})", next_step=_NEXT) from error
    return ResumeRequest(
        source=_text(found, "from", required=True),
        etag=_text(found, "etag"),
        namespace=_text(found, "namespace"),
        leave_out=_names(found),
        partial=_flag(found),
        report=_text(found, "report"),
    )


def _text(found: Mapping[str, object], key: str, *, required: bool = False) -> str:
    value = found.get(key) or ""
    if not isinstance(value, str) or (required and not value):
        raise _misshapen(key, "a text")
    return value


def _names(found: Mapping[str, object]) -> tuple[str, ...]:
    value = found.get("leave_out") or []
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise _misshapen("leave_out", "a list of attribute names")
    return tuple(value)


def _flag(found: Mapping[str, object]) -> bool:
    value = found.get("partial", False)
    if not isinstance(value, bool):
        raise _misshapen("partial", "true or false")
    return value


def _misshapen(key: str, wanted: str) -> Refused:
    return Refused(f'"{key}" in {VARIABLE} is not {wanted}', next_step=_NEXT)


def report_path(text: str) -> str:
    """Where an answer is awaited, even to a request that is otherwise misshapen."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    path = found.get("report") if isinstance(found, dict) else None
    return path if isinstance(path, str) else ""


def write_answer(path: str, request: ResumeRequest | None, result: Report, session_directory: str) -> None:
    """Replace the report file by what became of the request. Raises OSError.

    Written once the state is loaded or refused, and again when the new session directory is known.
    """
    answer = {
        "ok": result.ok,
        "error": result.error,
        "pid": os.getpid(),
        "from": request.source if request else "",
        "etag": result.etag,
        "namespace": result.namespace,
        "session_directory": session_directory,
        "attributes": _by_attribute(result, request.leave_out if request else ()),
    }
    write_file(Path(path), json.dumps(answer, indent=2).encode() + b"\n")


def _by_attribute(result: Report, left_out: tuple[str, ...]) -> dict[str, dict[str, str]]:
    named: dict[str, Mapping[str, str]] = {
        "restored": dict.fromkeys(result.restored, ""),
        "added": dict.fromkeys(result.added, ""),
        "handed_over": dict.fromkeys(result.handed_over, ""),
        "kept": result.kept,
        "skipped": result.skipped,
        "mismatched": result.mismatched,
        "refused": result.refused,
        "excluded": result.excluded,
        "left_out": dict.fromkeys(left_out, "the operator left it out"),
    }
    return {
        name: {"result": kind, "reason": reason}
        for kind, names in named.items()
        for name, reason in names.items()
    }
