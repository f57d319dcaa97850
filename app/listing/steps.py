"""One step of a walk: what a folder turns out to be.

One idea: a walk asks the same of each folder, whoever goes there: whether it is still the session that it
was, which other session it is by now, or which folders lie in it. So a step is a function of the folder and
of what was known before, and can be taken on any thread and in any process.

Not for where to go next (`walk`), nor for keeping what was found (`ledger`).
"""

import os
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from app.listing.known import Before, Known
from persistence.scan import Site, glance, has_signature, look_into, survey
from persistence.sessions.site import Times


class Step(NamedTuple):
    """What a folder turned out to be: the session that was known before, `unchanged`; another one, by now
    `known`; or none, with the folders `below` it, those of later names last. `unlisted`: it is there, and
    cannot be listed.
    """

    folder: str
    unchanged: Before | None = None
    known: Known | None = None
    below: tuple[str, ...] = ()
    unlisted: bool = False
    same: Mapping[str, bytes] | None = None
    """Sessions that lie right in it, by name, which still have these signatures: nobody need go there."""

    @property
    def same_folders(self) -> list[str]:
        """Where those are."""
        within = self.folder if self.folder.endswith(os.sep) else self.folder + os.sep
        return [within + name for name in self.same or ()]


def step(
    folder: str,
    before: Before | None,
    root: str,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    lists_all: bool = False,
) -> Step:
    """Look at one folder. `lists_all`: what the disk says of a folder's own time is not believed.

    Raises Cancelled when `cancelled` says so.
    """
    if before is not None and not lists_all and has_signature(folder, before.signature):
        return Step(folder, before)
    found = look_into(folder, cancelled, to_be_signed=before is not None)
    if isinstance(found, Site):
        known = glanced(found, before, root)
        return Step(folder, known) if isinstance(known, Before) else Step(folder, known=known)
    return Step(folder, unlisted=True) if found is None else Step(folder, below=tuple(found))


def same_among(folders: Iterable[str], signatures: Mapping[str, bytes]) -> frozenset[str]:
    """Those of these names that are still the sessions that had these signatures; the others are looked into
    each by itself.
    """
    found = set[str]()
    for folder in folders:
        name = folder.rpartition(os.sep)[2]
        signature = signatures.get(name)
        if signature is not None and has_signature(folder, signature):
            found.add(name)
    return frozenset(found)


def glanced(site: Site, before: Before | None, root: str) -> Known | Before | None:
    """How a session stands now, read at a glance if it changed since `before`, which is answered where it did
    not; None when it is none any more.
    """
    times = None  # one that is new gets its signature when it is read wholly
    if before is not None:
        times = site.times()
        if times is not None and times.are_of(before.signature):
            return before
        if before.damaged:
            return _judged_again(site, times, root)
    summary = glance(site, root)
    return None if summary is None else Known.read(summary, times)


def _judged_again(site: Site, times: Times | None, root: str) -> Known | None:
    """What was found damaged is read wholly: at a glance it may look sound, and the list would go back
    and forth.
    """
    found = survey(site, root)
    if found is None:
        return None
    known = Known.read(found.summary, times, "")
    return known if known.is_found_damaged else known._replace(attributes=None)
