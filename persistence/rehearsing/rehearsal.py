"""The rehearsal itself, in a process of its own: construct the launcher, load the state, save it again.

One idea: a launcher is asked with its own code what it makes of a saved state, and nothing else of it is run.
Its `run()` is out of reach, what it prints goes elsewhere, and everything of ours stays in one temporary
folder. The launcher may do what it likes in the process; whoever started it (`rehearsing.asking`) looks
only at the one file that is written at the end.

Not for starting or ending processes, and never in the process of a real run.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from persistence.document import Document, Namespace, new_document, render
from persistence.errors import Refused, StateError
from persistence.launching.collecting import State, collect
from persistence.launching.loading import load
from persistence.launching.namespaces import choose, module_of, namespace_of
from persistence.launching.remembered import remembered
from persistence.rehearsing.findings import Loaded, findings
from persistence.rehearsing.foreign import Raised, called
from persistence.rehearsing.named_class import class_name, construct, find
from persistence.rehearsing.overheard import Overheard
from persistence.rehearsing.rehearsed import NOT_TAKEN, Rehearsed
from persistence.states.edits import with_namespace
from persistence.store import STATE_FILE, StateFile
from persistence.values.json_text import parse
from persistence.values.json_writing import write

VARIABLE = "RIGSTATE_REHEARSAL"
"""In the environment of a launcher that is only rehearsed, so that it may leave its devices alone."""
WANTED, DRAFT, AGAIN, STAGE, FOUND = "wanted.json", "draft", "again", "stage", "found.json"
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be rehearsed. `namespace` is empty for the launcher's own; `paths` are searched first."""

    launcher: str
    namespace: str = ""
    leave_out: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    arguments: Mapping[str, str] | None = None

    def as_bytes(self) -> bytes:
        """For the file by which it reaches the other process."""
        told = {**asdict(self), "leave_out": list(self.leave_out), "paths": list(self.paths)}
        return write({**told, "arguments": dict(self.arguments or {})}).encode()

    @classmethod
    def read(cls, data: bytes) -> Wanted:
        """What `as_bytes` wrote."""
        found: Any = parse(data)
        lists = {name: tuple(found[name]) for name in ("leave_out", "paths")}
        return cls(**{**found, **lists})


def main() -> None:
    """Rehearse in the folder that the command names; ends the process, whatever the launcher left behind."""
    folder = Path(sys.argv.pop(1))
    process = os.getpid()
    found = Rehearsal(folder, process).rehearse(Wanted.read((folder / WANTED).read_bytes()))
    (folder / f"{FOUND}.part").write_bytes(write(found.as_json()).encode())
    os.replace(folder / f"{FOUND}.part", folder / FOUND)
    with contextlib.suppress(Exception):  # the launcher may have put anything in their places
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(0)  # no thread and no farewell of the launcher's keeps it


class Rehearsal:
    """One rehearsal, step by step; `process` is the one that it began in."""

    def __init__(self, folder: Path, process: int) -> None:
        self._folder = folder
        self._process = process
        self._overheard = Overheard()

    def rehearse(self, wanted: Wanted) -> Rehearsed:
        """All steps, as far as one can get; never raises."""
        found = Rehearsed(wanted.launcher)
        try:
            with self._overheard:
                found = self._steps(wanted)
        except StateError as error:
            found = Rehearsed(wanted.launcher, error=self._said(error))
        return Rehearsed(
            launcher=found.launcher,
            namespace=found.namespace,
            ok=not found.error and not any(one.result in NOT_TAKEN for one in found.findings),
            error=found.error,
            findings=found.findings,
            problems=found.problems,
            heard=self._overheard.heard,
        )

    def _steps(self, wanted: Wanted) -> Rehearsed:
        named = class_name(wanted.launcher)
        made = self._step("import", f"importing {named.module}", lambda: find(named, wanted.paths))
        keep_from_running(made, str(named))
        launcher = self._step(
            "construct", f"{named}()", lambda: construct(named, made, wanted.arguments or {})
        )
        document = StateFile(self._folder / DRAFT).read().document
        given = self._given(document, wanted.namespace, launcher)
        report = self._step("load", "loading the state", lambda: self._load(launcher, given, wanted))
        loaded = Loaded(launcher, given, report, frozenset(wanted.leave_out))
        error, again = "", None
        try:
            again = self._step("save", "saving it again", lambda: self._saved_again(launcher))
        except StateError as reason:
            error = self._said(reason)
        return Rehearsed(
            launcher=wanted.launcher,
            namespace=given.name,
            error=error,
            findings=findings(loaded, again),
            problems=document.wrong_shapes,
        )

    def _step(self, stage: str, doing: str, action: Callable[[], _Result]) -> _Result:
        """Run the launcher's own code. Raises StateError with what it raised, as a sentence."""
        self._overheard.during = stage
        (self._folder / STAGE).write_text(stage, "utf-8")
        try:
            return called(doing, action)
        except KeyboardInterrupt as error:
            raise Raised(f"{doing} was interrupted") from error
        except Raised as error:
            with contextlib.suppress(Exception):  # the launcher may have closed the output
                traceback.print_exception(error.__cause__ or error)
            raise
        finally:
            self._leave_if_forked()

    def _leave_if_forked(self) -> None:
        """A child that the launcher made by `fork` comes by here too, and must not speak for its parent."""
        if os.getpid() != self._process:
            os._exit(0)

    def _given(self, document: Document, wanted: str, launcher: object) -> Namespace:
        name = wanted or choose(document, type(launcher))[0]
        alike = [one for one in document.namespaces if name == document.namespace(one).class_name]
        if name in document.namespaces or len(alike) == 1:
            return document.namespace(name if name in document.namespaces else alike[0])
        held = ", ".join(document.namespaces) or "no launcher"
        raise Refused(
            f"there is no saved state of {wanted or namespace_of(type(launcher))}",
            next_step=f"It holds that of {held}.",
        )

    def _load(self, launcher: object, given: Namespace, wanted: Wanted) -> Any:
        report = load(launcher, self._folder / DRAFT, namespace=given.name, leave_out=wanted.leave_out)
        if not report.ok:
            raise Refused(report.error.rstrip("."))
        return report

    def _saved_again(self, launcher: Any) -> tuple[State, Namespace]:
        """What the launcher would save now, read back from a file."""
        folder = self._folder / AGAIN
        folder.mkdir()
        state = collect(launcher, remembered(launcher), folder)
        cls = type(launcher)
        document = with_namespace(
            new_document(),
            module=module_of(cls),
            class_name=cls.__name__,
            attributes=state.attributes,
            saved_at="",
            extra={},
        )
        (folder / STATE_FILE).write_bytes(render(document))  # which need not outlive a power cut
        return state, StateFile(folder).read().document.namespace(namespace_of(cls))

    def _said(self, error: StateError) -> str:
        """The sentence, without our own folder before it, which is gone when it is read."""
        text = str(error)
        return text.partition(": ")[2] if text.startswith(str(self._folder)) else text


def keep_from_running(made: object, name: str) -> None:
    """Whatever the constructor calls: no experiment starts in a rehearsal."""

    def run(*_arguments: object, **_keywords: object) -> bool:
        raise Refused(f"{name}() calls run(), and a rehearsal never runs anything")

    if isinstance(made, type) and hasattr(made, "run"):
        with contextlib.suppress(TypeError, AttributeError):  # a metaclass may forbid it
            made.run = run


if __name__ == "__main__":  # in the program of one piece, which has no Python to be given a line of code
    main()
