"""What a state could be recovered from, as `recover` tells and takes it.

One idea: each source has a word that names it on the command line, and a line that says what it has. Not for
finding them (`launching.sources`).
"""

from __future__ import annotations

from collections.abc import Sequence

from persistence.cli.answers import Usage
from persistence.cli.plain import when
from persistence.files.history import local_time
from persistence.launching.sources import Sources
from persistence.states.recovery import attributes_in, from_document
from persistence.store import StateFile

DEBUG = "debug-state"
FRONT = "front"


def choices(found: Sources) -> list[tuple[str, str, str]]:
    """One for each source: what `--from` takes, its time, what it has."""
    told: list[tuple[str, str, str]] = []
    if attributes_in(found.debug):
        has = f"the crash's own record: {_count(len(attributes_in(found.debug)))}"
        told.append((DEBUG, when(found.debug_time), has))
    if found.rest.recovered and found.live.status is not None:
        has = f"the damaged file {found.up_to}: {_count(len(found.rest.recovered))}"
        told.append((FRONT, when(local_time(found.live.status.st_mtime)), has))
    for version, document in found.versions:
        has = f"version {version.sequence}: {_count(len(from_document(document).recovered))}"
        told.append((str(version.sequence), when(version.time), has))
    return told


def whose(found: Sources, wanted: str | None) -> tuple[str, str]:
    """Whose the debug state is, and by what that is known. Raises Usage where that is not clear."""
    if wanted is not None:
        return _as_wanted(found.known, wanted, found.file), "--namespace"
    origin = found.origin()
    if len(origin.namespaces) == 1:
        return origin.namespaces[0], origin.told_by
    raise Usage(f"{found.file.directory}: {_unclear(origin.namespaces, origin.class_name)}")


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
        return f"the crash's own record may be of {' or '.join(names)}. Choose one with --namespace."
    known = f" but that its class is {class_name}" if class_name else ""
    return f"nothing tells whose the crash's own record is{known}. Say it with --namespace module.Class."
