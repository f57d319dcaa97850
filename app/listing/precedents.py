"""Of which types values were in other sessions of the same launcher and subject, where nobody else can tell.

One idea: where a launcher cannot be asked, what it saved before is the best witness. A few of the newest
sessions are read wholly; the index knows single values only, and no lists.

Never used on the GUI thread. Not for judging a type (`words.check_texts`), nor for the session's own past.
"""

import heapq

from app.checks import Precedents
from app.listing.ledger import Ledger
from app.session import Summary
from app.session_errands import LookBack, LookedBack
from persistence.document import Document
from persistence.errors import StateError
from persistence.scan import Site, survey
from persistence.sessions.listed import began
from persistence.states.edits import get_value
from persistence.states.merge import Spot
from persistence.values.kinds import Kind, kind_of

MOST = 10
"""Sessions that are read for each launcher."""
LARGEST = 4 << 20
"""Bytes of a state file; a larger one would hold up whoever wants to open or save."""


def look_back(errand: LookBack, ledger: Ledger) -> LookedBack:
    """Read other sessions, and tell the types of what they have at these places. Never raises."""
    kinds: dict[Spot, set[Kind]] = {}
    sessions: dict[str, int] = {}
    names: dict[str, frozenset[str]] = {}
    own = ledger.get(errand.directory)
    for namespace in {namespace for namespace, _ in errand.places} if own is not None else ():
        documents = [_read(one) for one in _others(own, namespace, ledger)]
        found = [one for one in documents if one is not None and namespace in one.namespaces]
        sessions[namespace] = len(found)
        names[namespace] = frozenset(name for one in found for name in one.namespace(namespace).attributes)
        for spot in (spot for spot in errand.places if spot[0] == namespace and spot[1]):
            for document in found:
                _note(document, spot, kinds)
    return LookedBack(
        errand, Precedents({spot: frozenset(seen) for spot, seen in kinds.items()}, sessions, names)
    )


def _others(own: Summary | None, namespace: str, ledger: Ledger) -> list[Summary]:
    """The newest other sessions of the launcher, and of the subject."""
    alike = (
        one
        for one in ledger.summaries()
        if own is not None
        and namespace in one.launchers
        and one.subject == own.subject
        and one.directory != own.directory
        and 0 < one.size <= LARGEST
    )
    return heapq.nlargest(MOST, alike, key=began)


def _read(summary: Summary) -> Document | None:
    found = survey(Site(summary.directory), summary.root)
    return found.document if found is not None else None


def _note(document: Document, spot: Spot, kinds: dict[Spot, set[Kind]]) -> None:
    try:
        value = get_value(document, *spot)
    except StateError:
        return
    kinds.setdefault(spot, set()).add(kind_of(value))
