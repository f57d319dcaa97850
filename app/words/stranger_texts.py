"""What a person changes of the names in a saved state, and the launcher does not know, in a sentence. Pure.

One idea: a launcher has values of its own under the names that it knows, so a name that it lacks is taken and
never looked at, and one that is gone is begun with anew: nothing of it fails, so it has to be said. Not for
names that the launcher saved itself, which it may well make only while it runs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from app.checks import KnownNames
from app.values.fit_text import escaped
from app.values.renamed import Renamed
from app.words.near_names import NearNames
from persistence.document import Absent
from persistence.rehearsing.rehearsed import Finding
from persistence.states.diff import Change

_MOST_NAMED = 4
_TELLING = 3
"""Characters; a shorter beginning of a name is the beginning of many."""


def names_changed(changes: Iterable[Change]) -> tuple[frozenset[str], frozenset[str]]:
    """The names of the attributes that changes bring, and of those that they take away."""
    come, gone = set[str](), set[str]()
    for change in changes:
        if isinstance(change, Renamed) and len(change.place) == 1:
            come.add(str(change.place[0]))
            gone.add(str(change.was[0]))
        elif len(change.place) == 1 and isinstance(change.before, Absent):
            come.add(str(change.place[0]))
        elif len(change.place) == 1 and isinstance(change.after, Absent):
            gone.add(str(change.place[0]))
    return frozenset(come), frozenset(gone)


def stranger_text(findings: Iterable[Finding], come: Collection[str], gone: Collection[str]) -> str:
    """That the launcher has none of these new names, and what it begins with where one is gone; empty where
    it knows all of them, and misses none. The findings are its own word.
    """
    found = [*findings]
    unknown = [one.name for one in found if one.result == "new" and one.name in come]
    missed = [one.name for one in found if one.result == "own" and one.name in gone]
    clauses = []
    if unknown:
        clauses.append(f"{_named(unknown)} {_are(unknown)} not known to this launcher")
    if missed:
        clauses.append(f"{_named(missed)} will start at the launcher's own value{'s' * (len(missed) > 1)}")
    return f"{'; '.join(clauses)}." if clauses else ""


def meant_texts(come: Collection[str], gone: Collection[str], known: Collection[str]) -> Iterator[str]:
    """Of new names, each with the known one that was meant, perhaps. One that is known is meant, and so is
    one that is made of another, as "gain_copy".
    """
    unknown = sorted(set(come).difference(known))
    if not unknown:
        return
    near = NearNames(set(known).difference(gone))
    for name in unknown:
        found = _meant(near, name, "", near.beginning(name))
        if found and not name.startswith(f"{found}_"):
            yield f"{escaped(name)}: did you mean {escaped(found)}?"


class NameHints:
    """What should be known of names while they are typed, by what is known so far."""

    def __init__(self, known: KnownNames) -> None:
        self._known = known
        self._near = NearNames(known.names)

    def of(self, name: str, was: str = "") -> str:
        """What should be known of a name, perhaps in the place of another; empty where the launcher knows it.
        A name that is meant, perhaps, is offered; of the beginning of one nothing else is said yet.
        """
        known = self._known
        unknown = bool(name) and name not in known.names
        begun = self._near.beginning(name, but=was) if unknown else []
        offer = self._offer(name, was, begun) if unknown else ""
        if begun:
            return offer
        if known.asked:
            new = [Finding(name, "new")] if unknown else []
            own = [Finding(was, "own")] if was in known.names and was != name else []
            said = stranger_text([*new, *own], {name}, {was})
        else:
            said = _in_none(name, known.sessions) if unknown and known.sessions else ""
        return " ".join(filter(None, (said, offer)))

    def _offer(self, name: str, was: str, begun: Sequence[str]) -> str:
        """The question whether a known name was meant."""
        found = _meant(self._near, name, was, begun)
        return f"Did you mean {escaped(found)}?" if found else ""


def _meant(near: NearNames, name: str, was: str, begun: Sequence[str]) -> str:
    """The known name that was meant, perhaps: the one that begins so, or is nearly the same."""
    alone = len(begun) == 1 and len(name) >= _TELLING
    return begun[0] if alone else near.nearest(name, but=was)


def _in_none(name: str, sessions: int) -> str:
    whose = "of this launcher and subject has"
    if sessions == 1:
        return f"The one other session {whose} no {escaped(name)}."
    return f"None of the {sessions:,} other sessions {whose} {escaped(name)}."


def _named(names: Sequence[str]) -> str:
    """The first few names: "phase, gain and 4 more"."""
    told = [escaped(name) for name in names[:_MOST_NAMED]]
    if rest := len(names) - len(told):
        told.append(f"{rest} more")
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"
