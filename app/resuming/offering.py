"""The offer behind the Resume sheet: how each launcher would be started, and what is known of its state.

One idea: what is offered is exactly what would be started, command and folder included; a launcher of the
same name in another module is shown beside it, and never takes its place by itself. Touches the disk, so
never used on the GUI thread. Not for starting (see `resume`).
"""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from app.files.ways import unsaved_in
from app.launchers.commands import command_of, handed_over, start_folder, why_not
from app.launchers.prefill import prefilled
from app.launchers.registry import Entry, Registry
from app.resume_exchange import Earlier, EntryText, Filled, KnownRun, Neighbour, ResumeChoice, ResumeOffer
from app.resuming.circumstances import known_of
from app.session import outcome_word
from app.snapshot import SessionSnapshot
from persistence.document import Namespace


@dataclass(frozen=True, slots=True)
class Prepare:
    """Errand: say how the launchers of an opened session would be started. `stamp` comes back."""

    snapshot: SessionSnapshot
    subject: str = ""
    users: tuple[str, ...] = ()
    resumed_as: str = ""
    resumed_before: int = 0
    resumed_from: str = ""
    neighbours: tuple[Neighbour, ...] = ()
    earlier: Earlier | None = None
    left_out: tuple[str, ...] = ()
    filled: Filled = field(default_factory=Filled)
    stamp: int = 0


def offer_of(errand: Prepare, registry: Registry, folder: Path) -> ResumeOffer:
    """The whole offer; `folder` is where all of the run would be kept."""
    snapshot = errand.snapshot
    choices = tuple(_choice(snapshot, saved, registry, folder) for saved in _launchers(snapshot))
    return ResumeOffer(
        directory=snapshot.directory,
        name=snapshot.name,
        subject=errand.subject,
        etag=snapshot.etag,
        choices=choices,
        users=_users(errand.users, snapshot),
        saved_at=max((choice.saved_at for choice in choices), default=""),
        resumed_as=errand.resumed_as,
        resumed_before=errand.resumed_before,
        warnings=registry.problems,
        resumed_from=errand.resumed_from,
        host=socket.gethostname(),
        neighbours=errand.neighbours,
        left_out=errand.left_out,
        filled=errand.filled,
        earlier=errand.earlier,
        unsaved=unsaved_in(snapshot.directory),
        stamp=errand.stamp,
    )


def _launchers(snapshot: SessionSnapshot) -> Iterator[Namespace]:
    document = snapshot.document
    for name in document.namespaces if document else ():
        if document:
            yield document.namespace(name)


def _choice(snapshot: SessionSnapshot, saved: Namespace, registry: Registry, folder: Path) -> ResumeChoice:
    found = registry.find(saved.name)
    startable = partial(_startable, snapshot, saved, folder=folder, registry=registry.path)
    alike = tuple(startable(one) for one in registry.alike(saved.name))
    if isinstance(found, Entry):
        return startable(found, alike=alike)
    return ResumeChoice(
        namespace=saved.name,
        class_name=saved.class_name,
        saved_at=saved.saved_at or "",
        outcome=outcome_word(saved.outcome),
        command=(),
        cwd="",
        problem=found,
        registry_path=str(registry.path),
        entry=prefilled(snapshot.directory, saved.name),
        known=_known(snapshot, saved, None),
        alike=alike,
    )


def _startable(
    snapshot: SessionSnapshot,
    saved: Namespace,
    entry: Entry,
    folder: Path,
    registry: Path,
    alike: tuple[ResumeChoice, ...] = (),
) -> ResumeChoice:
    command = command_of(entry, snapshot.directory, snapshot.etag, folder)
    cwd = start_folder(entry)
    problem = why_not(entry, snapshot.directory, command, cwd)
    return ResumeChoice(
        namespace=saved.name,
        class_name=saved.class_name,
        saved_at=saved.saved_at or "",
        outcome=outcome_word(saved.outcome),
        command=command,
        cwd=cwd,
        problem=problem,
        registry_path=str(registry) if problem else "",
        entry=_as_text(entry) if problem else None,
        started_as=entry.namespace,
        tells_people=entry.wants_param_file,
        handed_over=None if entry.wants_param_file else handed_over(command, cwd),
        asks=bool(entry.rehearse),
        known=_known(snapshot, saved, entry),
        alike=alike,
    )


def _as_text(entry: Entry) -> EntryText:
    """An entry that cannot be started as it is, to be changed."""
    return EntryText(
        entry.namespace, entry.python, entry.command, entry.cwd, entry.environment, entry.rehearse
    )


def _known(snapshot: SessionSnapshot, saved: Namespace, entry: Entry | None) -> KnownRun:
    alone = snapshot.document is not None and len(snapshot.document.namespaces) == 1
    return known_of(snapshot.directory, saved, entry, alone=alone)


def _users(remembered: tuple[str, ...], snapshot: SessionSnapshot) -> tuple[str, ...]:
    """Whom to offer: who resumed from here before, then who ran the session. Nobody is chosen."""
    named = [saved.attributes.get("user_id") for saved in _launchers(snapshot)]
    return tuple(dict.fromkeys((*remembered, *(user for user in named if isinstance(user, str) and user))))
