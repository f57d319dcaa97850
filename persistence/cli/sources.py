"""What a state that is damaged or gone could be recovered from, found in its session directory.

One idea: the sources are looked for and told, with their times, and none is preferred to another. Their
ages differ, and which one an experiment should go on from is not for a program to say.

Not for: what is made of a source (`persistence.recovery`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from persistence import session_files
from persistence.cli.answers import Usage
from persistence.cli.plain import when
from persistence.document import Document, parse_document
from persistence.durable import read_with_status
from persistence.errors import StateError, words_for
from persistence.front import Front, read_front
from persistence.history import Version, local_time
from persistence.json_text import JSON, parse
from persistence.live import Live, settled
from persistence.origin import origin_of
from persistence.recovery import Recovery, attributes_in, crash_time, from_document, from_front
from persistence.store import SIZE_LIMIT, StateFile

DEBUG = "debug-state"
FRONT = "front"
_COMMAND_LINE = "command_line_arguments.json"
_VERSIONS = 5  # of the earlier versions, so many are told


@dataclass(frozen=True)
class Sources:
    """What there is. `debug` is empty without a debug state, `debug_problem` says why one cannot be used."""

    file: StateFile
    live: Live
    front: Front
    rest: Recovery
    debug: Mapping[str, JSON]
    debug_time: str
    debug_problem: str
    versions: tuple[tuple[Version, Document], ...]

    def rows(self) -> list[tuple[str, str, str]]:
        """One for each source: what `--from` takes, its time, what it has."""
        found: list[tuple[str, str, str]] = []
        if attributes_in(self.debug):
            has = f"the debug state of a crash: {_count(len(attributes_in(self.debug)))}"
            found.append((DEBUG, when(self.debug_time), has))
        if self.rest.recovered and self.live.status is not None:
            has = f"the damaged file {self.up_to}: {_count(len(self.rest.recovered))}"
            found.append((FRONT, when(local_time(self.live.status.st_mtime)), has))
        for version, document in self.versions:
            has = f"version {version.sequence}: {_count(len(from_document(document).recovered))}"
            found.append((str(version.sequence), when(version.time), has))
        return found

    @property
    def up_to(self) -> str:
        """How far the damaged file can be read."""
        return f"up to line {self.front.line}, column {self.front.column}"

    def namespace(self, wanted: str | None) -> tuple[str, str]:
        """Whose the debug state is, and by what that is known. Raises Usage where that is not clear."""
        known = list(dict.fromkeys(self._known()))
        if wanted is not None:
            return _as_wanted(known, wanted, self.file), "--namespace"
        folder = self.file.directory
        origin = origin_of(
            self.debug,
            session=session_files.read(folder / session_files.SESSION),
            command_line=session_files.read(folder / session_files.METADATA / _COMMAND_LINE),
            known=known,
        )
        if len(origin.namespaces) == 1:
            return origin.namespaces[0], origin.told_by
        raise Usage(f"{folder}: {_unclear(origin.namespaces, origin.class_name)}")

    def _known(self) -> Iterator[str]:
        yield from self.rest.document.namespaces
        yield from (lost.namespace for lost in self.rest.lost if lost.namespace)
        for _, document in self.versions[:1]:
            yield from document.namespaces


def _count(attributes: int) -> str:
    return "1 attribute" if attributes == 1 else f"{attributes} attributes"


def _as_wanted(known: Sequence[str], wanted: str, file: StateFile) -> str:
    if not wanted:
        raise Usage("--namespace must name a launcher: module.Class.")
    alike = [name for name in known if wanted in (name, name.rpartition(".")[2])]
    if wanted in alike or not alike:
        return wanted
    if len(alike) > 1:
        raise Usage(f"{file.directory}: {wanted} may be {' or '.join(alike)}. Write the whole name.")
    return alike[0]


def _unclear(names: tuple[str, ...], class_name: str) -> str:
    if names:
        return f"the debug state may be of {' or '.join(names)}. Choose one with --namespace."
    known = f" but that its class is {class_name}" if class_name else ""
    return f"nothing tells whose debug state it is{known}. Say it with --namespace module.Class."


def find(file: StateFile) -> Sources:
    """Everything in the session directory that a state could be recovered from.

    Raises as reading a state does, but not for a state that is damaged or not there.
    """
    live = settled(file.path, file.size_limit)
    front = read_front(live.data)
    debug, time, problem = _debug_state(file)
    versions = tuple(islice(_readable(file), _VERSIONS))
    return Sources(file, live, front, from_front(front), debug, time, problem, versions)


def _debug_state(file: StateFile) -> tuple[Mapping[str, JSON], str, str]:
    path = file.directory / session_files.METADATA / session_files.DEBUG_STATE
    try:
        data, status = read_with_status(path, limit=SIZE_LIMIT)
        found = parse(data)
    except FileNotFoundError:
        return {}, "", "there is none"
    except OSError as error:
        return {}, "", words_for(error)
    except StateError as error:
        return {}, "", error.cause
    if not isinstance(found, dict) or not attributes_in(found):
        return {}, "", "it holds no attributes"
    return found, crash_time(found) or local_time(status.st_mtime), ""


def _readable(file: StateFile) -> Iterator[tuple[Version, Document]]:
    """The earlier versions that could be brought back, newest first."""
    for version in reversed(file.history()):
        try:
            document = parse_document(file.version(version.sequence))
        except StateError:  # gone, changed, or damaged as the newest one is
            continue
        if not document.newer:
            yield version, document
