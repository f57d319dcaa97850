"""What a state that is damaged or gone could be recovered from, found in its session directory.

One idea: the sources are looked for and told, with their times, and none is preferred to another. Their
ages differ, and which one an experiment should go on from is not for a program to say.

Not for: what is made of a source (`states.recovery`), nor for writing it (`persistence.store`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from persistence.document import Document, parse_document
from persistence.errors import StateError, words_for
from persistence.files.history import Version, local_time
from persistence.files.live import Live, settled
from persistence.files.reading import read_with_status
from persistence.sessions import session_files
from persistence.sessions.origin import Origin, origin_of
from persistence.states.front import Front, read_front
from persistence.states.recovery import Recovered, attributes_in, crash_time, from_debug_state, from_front
from persistence.store import SIZE_LIMIT, StateFile
from persistence.values.json_text import JSON, parse

_COMMAND_LINE = "command_line_arguments.json"
_VERSIONS = 5  # of the earlier versions, so many are told


@dataclass(frozen=True)
class Sources:
    """What there is. `debug` is empty without a debug state, `debug_problem` says why one cannot be used."""

    file: StateFile
    live: Live
    front: Front
    rest: Recovered
    debug: Mapping[str, JSON]
    debug_time: str
    debug_problem: str
    versions: tuple[tuple[Version, Document], ...]

    @property
    def up_to(self) -> str:
        """How far the damaged file can be read."""
        return f"up to line {self.front.line}, column {self.front.column}"

    @property
    def known(self) -> tuple[str, ...]:
        """The launchers that are known of this session: those of the damaged file, then those before it."""
        names = [*self.rest.document.namespaces]
        names += [lost.namespace for lost in self.rest.lost if lost.namespace]
        names += [name for _, document in self.versions[:1] for name in document.namespaces]
        return tuple(dict.fromkeys(names))

    def origin(self) -> Origin:
        """Whose the debug state is, as far as the session's files tell."""
        folder = self.file.directory
        return origin_of(
            self.debug,
            session=session_files.read(folder / session_files.SESSION),
            command_line=session_files.read(folder / session_files.METADATA / _COMMAND_LINE),
            known=self.known,
        )

    def from_debug_state(self, namespace: str) -> Recovered:
        """What comes of the debug state as that launcher's, over what is left of the file."""
        # Here, because it brings along all of a launcher's run.
        from persistence.launching.hooks import OPENSCOPE_RUN_ATTRIBUTES

        return from_debug_state(
            self.debug, namespace, onto=self.rest, leave_out=OPENSCOPE_RUN_ATTRIBUTES, time=self.debug_time
        )


def find(file: StateFile) -> Sources:
    """Everything in the session directory that a state could be recovered from.

    Raises as reading a state does, but not for a state that is damaged or not there.
    """
    live = settled(file.path, file.size_limit)
    front = read_front(live.data)
    debug, time, problem = _debug_state(file)
    versions = tuple(islice(_readable(file), _VERSIONS))
    last = next(((version.sequence, document) for version, document in versions), None)
    rest = from_front(front, last if live.damage is not None else None)
    return Sources(file, live, front, rest, debug, time, problem, versions)


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
