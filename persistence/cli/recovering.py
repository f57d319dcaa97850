"""The verb recover: what is left of a damaged state, or of a run that crashed, as a new version.

One idea: nothing is taken in place of anything. The damaged bytes are kept in history, what is written is
told value by value, and of several sources the user says which.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from persistence.cli import choosing
from persistence.cli.answers import Answer, Code, Usage
from persistence.cli.choosing import PROGRAM
from persistence.cli.plain import one_line, table, when
from persistence.cli.sources import DEBUG, FRONT, choices, whose
from persistence.cli.telling import pointer, shown, way_back
from persistence.document import parse_document
from persistence.errors import Conflict, Damaged, NewerVersion, NoStateFile, Refused, StateError
from persistence.launching import sources
from persistence.launching.sources import Sources
from persistence.states.edits import get_value
from persistence.states.recovery import Recovered, from_document
from persistence.store import Committed, StateFile
from persistence.values.kinds import kind_of

_ANOTHER = "Choose another source; without --from, recover lists them."


def recover(arguments: argparse.Namespace) -> Answer:
    """Make a new version of what is left; `--dry-run` only says what it would be."""
    dry = arguments.dry_run
    file = choosing.state_file(arguments) if dry else choosing.file_to_change(arguments)
    found = sources.find(file)
    _check(found, arguments)
    source = arguments.source or _only_one(found)
    if source is None:
        return _choice(found)
    if arguments.namespace is not None and source != DEBUG:
        raise Usage(f"--namespace says whose the crash's own record is, and goes with --from {DEBUG}.")
    recovery, origin = _made(found, source, arguments.namespace)
    _refuse_newer(recovery, file)
    if dry:
        nothing = f"Nothing was written. Without --dry-run, this takes the place of etag {found.live.etag}."
        return Answer("\n".join([_headline(file, recovery, origin), *_lines(recovery), nothing]))
    note = f"from {origin}: {arguments.note}" if arguments.note else f"from {origin}"
    etag = arguments.expect or found.live.etag
    committed = file.commit(recovery.document, expected_etag=etag, action="recover", note=note)
    return Answer("\n".join([*_told(file, recovery, origin, committed), *way_back(file, committed)]))


# --- whether, and from what -------------------------------------------------------------------------------


def _check(found: Sources, arguments: argparse.Namespace) -> None:
    live, path = found.live, found.file.path
    if arguments.expect not in (None, live.etag):
        raise Conflict(expected_etag=arguments.expect, found_etag=live.etag, theirs=live.document, path=path)
    if live.document is not None:
        step = f"To bring an earlier version back, use `{PROGRAM} restore`."
        raise Refused("it is not damaged", path=path, next_step=step)
    if live.damage is not None and live.damage.still_changing:
        raise Refused("it is being written right now", path=path, next_step="Try again when it is at rest.")
    if live.status is None and not choices(found):
        step = "Without a state, a crash's own record or an earlier version, there is nothing to recover."
        raise NoStateFile("there is no saved state", path=path, next_step=step)


def _refuse_newer(recovery: Recovered, file: StateFile) -> None:
    """So that a dry run says what the real one would say."""
    version = recovery.document.version
    if recovery.document.newer:
        cause = f"what is left of it was saved by a newer version ({version})"
        step = "Update Rigstate to recover it."
        raise NewerVersion(cause, version=version, path=file.path, next_step=step)


def _only_one(found: Sources) -> str | None:
    """The only source that a damaged file has; None where somebody must choose."""
    known = choices(found)
    if not known:
        raise StateError(
            "nothing of it can be read with certainty, and there is nothing else to recover it from",
            path=found.file.path,
            next_step="The next save of a launcher replaces it, and history keeps its bytes.",
        )
    return known[0][0] if len(known) == 1 and found.live.status is not None else None


def _choice(found: Sources) -> Answer:
    told = table([("--from", "Time", "What it has"), *choices(found)])
    gone = "" if found.live.status is not None else "there is no saved state, and "
    sentence = f"{found.file.path}: {gone}it can be recovered from what is listed. Choose one with --from."
    return Answer("\n".join(told), (sentence,), Code.USAGE)


def _made(found: Sources, source: str, wanted: str | None) -> tuple[Recovered, str]:
    """What comes of a source, and how it is called."""
    if source == DEBUG:
        return _from_debug_state(found, wanted)
    if source == FRONT:
        return _from_front(found)
    data = found.file.version(int(source))
    try:
        return from_document(parse_document(data)), f"version {source}"
    except Damaged as error:
        cause = f"version {source} is damaged itself: {error.cause}"
        raise Refused(cause, path=found.file.path, next_step=_ANOTHER) from error


def _from_debug_state(found: Sources, wanted: str | None) -> tuple[Recovered, str]:
    if found.debug_problem:
        cause = f"the crash's own record cannot be used: {found.debug_problem}"
        raise StateError(cause, path=found.file.directory, next_step=_ANOTHER)
    name, told_by = whose(found, wanted)
    origin = f"the crash's own record of {when(found.debug_time)}, as of {name} by {told_by}"
    return found.from_debug_state(name), origin


def _from_front(found: Sources) -> tuple[Recovered, str]:
    if not found.rest.recovered:
        cause = (
            "nothing of it can be read with certainty" if found.live.status else "there is no file to read"
        )
        raise StateError(cause, path=found.file.path, next_step=_ANOTHER)
    return found.rest, f"the damaged file {found.up_to}"


# --- telling ----------------------------------------------------------------------------------------------


def _headline(file: StateFile, recovery: Recovered, origin: str, version: str = "") -> str:
    count = len(recovery.recovered)
    what = f"{count} attribute{'' if count == 1 else 's'} from {origin}"
    return one_line(f"{file.directory}: {what}{version}.", 2000)


def _told(file: StateFile, recovery: Recovered, origin: str, committed: Committed) -> list[str]:
    return [_headline(file, recovery, origin, f" (version {committed.sequence})"), *_lines(recovery)]


def _lines(recovery: Recovered) -> Iterator[str]:
    """Each launcher with what was recovered of it, what was not, and what was left out."""
    names = [name for name, _ in recovery.recovered]
    for namespace in dict.fromkeys((*names, *(lost.namespace for lost in recovery.lost))):
        rows = [
            ("recovered", attribute, *_kind_and_text(recovery, name, attribute))
            for name, attribute in recovery.recovered
            if name == namespace
        ]
        rows += [
            ("not recovered", one.attribute or pointer(one.place), "", one.reason)
            for one in recovery.lost
            if one.namespace == namespace
        ]
        yield from ([one_line(namespace, 1000)] if namespace else [])
        yield from table(rows, "  ")
    if recovery.left_out:
        yield one_line(f"left out, because they describe one run: {', '.join(recovery.left_out)}", 1000)


def _kind_and_text(recovery: Recovered, namespace: str, attribute: str) -> tuple[str, str]:
    value = get_value(recovery.document, namespace, (attribute,))
    return str(kind_of(value)), shown(value)
