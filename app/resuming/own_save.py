"""What a launcher saved itself, and what became of that since.

One idea: whoever resumes must not take for the run's own what others made of it, nor believe in an edit that
somebody has written over. So all versions since the launcher's own save are gone through, not only the last
one: what was lost under a later edit is lost as well. Nothing here raises: what cannot be read is not known.

Never used on the GUI thread. Not for the list's mark (`persistence.sessions.touched`), which reads no more
than the end of a log.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from app.files.reading import bytes_of, read
from app.past_errands import HistoryRead, ReadHistory
from persistence.document import Attributes, Namespace, parse_document
from persistence.errors import StateError
from persistence.files.version_log import FOREIGN, Version
from persistence.sessions.touched import BY_PEOPLE, told_in, touched_now
from persistence.values.sameness import same

MOST_READ = 20
"""Versions that are read to find the launcher's own last save."""


class Own(NamedTuple):
    """The attributes as the launcher saved them last (None: not known), and who has touched them since.

    As in `KnownRun`.
    """

    attributes: Attributes | None = None
    edited_by: str = ""
    written: bool = False
    lost: tuple[str, ...] | None = ()
    lost_by: str = ""
    deed: str = ""
    edited_before: tuple[tuple[str, str], ...] = ()
    edited_at: str = ""


def own_save(session: str, saved: Namespace, *, alone: bool) -> Own:
    """Of one launcher's saved state; `alone`: no other launcher saved in this file."""
    answer = read(ReadHistory(session))
    versions = answer.versions if isinstance(answer, HistoryRead) else ()
    found = _found(session, saved, versions, alone=alone)
    if found is None:
        return _touched(session)
    version, own = found
    since = _since(version, versions) if alone else _since_of(session, saved, version, versions)
    if not alone and since[-1].action != FOREIGN and _are_alike(own.attributes, saved.attributes):
        return Own(own.attributes)  # no bytes stand for that: there is another launcher's state among them
    edit, written, _ = told_in(since, since[-1].etag)
    made = Own(
        own.attributes,
        _who(edit),
        deed=_deed(edit),
        edited_before=_before(edit, since),
        edited_at=edit.time if edit else "",
    )
    if since[-1].action != FOREIGN and since[-1].etag == version.etag:
        return made  # what was written in between is gone
    written = written or any(one.action == FOREIGN for one in _after_saves(since))
    if edit is None or not written:
        return made._replace(written=written)
    lost, by = _losses(session, _after_saves(since), own, saved)
    return made._replace(written=True, lost=lost, lost_by=by)


def _who(edit: Version | None) -> str:
    return edit.who or edit.program if edit else ""


def _deed(edit: Version | None) -> str:
    return edit.action if edit else ""


def _before(edit: Version | None, since: Sequence[Version]) -> tuple[tuple[str, str], ...]:
    """Who else had changed what was edited then, and how, in order of time, each once. What is brought back
    is as it was, and what a launcher could not save has no edit in it.
    """
    stood: dict[str, tuple[Version, ...]] = {since[0].etag: ()}
    made: tuple[Version, ...] = ()
    for one in since[1:]:
        if one.etag in stood or one.action == "adopt":
            made = stood.get(one.etag, (one,))
        elif one.action in BY_PEOPLE:
            made = (*(before for before in made if _who(before) != _who(one)), one)
        stood.setdefault(one.etag, made)
    found = stood.get(edit.etag, ()) if edit else ()
    return tuple((_who(one), _deed(one)) for one in found if _who(one) != _who(edit))


def _touched(session: str) -> Own:
    """What the list tells of a state that no save in history made."""
    try:
        edit, written, _ = touched_now(session)
    except StateError:
        return Own()
    if edit is None or not written:
        return Own(None, _who(edit), written, deed=_deed(edit), edited_at=edit.time if edit else "")
    return Own(None, _who(edit), written, None, _who(edit), _deed(edit), edited_at=edit.time)


# --- which versions ---------------------------------------------------------------------------------------


def _found(
    session: str, saved: Namespace, versions: tuple[Version, ...], *, alone: bool
) -> tuple[Version, Namespace] | None:
    """The launcher's own save: of several that hold it, the first."""
    found: tuple[Version, Namespace] | None = None
    for version, namespace in _saves(session, saved, versions):
        if found is not None and namespace.saved_at != saved.saved_at:
            break
        if namespace.saved_at == saved.saved_at:
            found = version, namespace
            if alone:
                break
    return found


def _saves(
    session: str, saved: Namespace, versions: tuple[Version, ...]
) -> Iterator[tuple[Version, Namespace]]:
    """The launchers' own saves that hold this namespace, newest first."""
    saves = [one for one in reversed(versions) if one.action == "save" and one.available]
    for version in saves[:MOST_READ] if saved.saved_at else ():
        try:
            document = parse_document(bytes_of(session, version.sequence))
        except StateError:
            continue
        if saved.name in document.namespaces:
            yield version, document.namespace(saved.name)


def _since(own: Version, versions: tuple[Version, ...]) -> list[Version]:
    """The launcher's own save, and what was made of it since."""
    return [own, *(one for one in versions if one.sequence > own.sequence)]


def _since_of(session: str, saved: Namespace, own: Version, versions: tuple[Version, ...]) -> list[Version]:
    """The same where several launchers saved: what others than they made of this one's state, which is then
    another than in the version before. What cannot be read, or is long ago, counts as well.
    """

    @cache
    def held(version: Version) -> Attributes:
        return _held(session, version, saved)

    def is_of_it(before: Version, version: Version) -> bool:
        try:
            return not _are_alike(held(before), held(version))
        except StateError:
            return True

    since = _since(own, versions)
    pairs = [pair for pair in pairwise(since) if pair[1].action != "save"]
    old, new = pairs[:-MOST_READ], pairs[-MOST_READ:]
    return [own, *(one for _, one in old), *(one for before, one in new if is_of_it(before, one))]


def _after_saves(since: Sequence[Version]) -> Sequence[Version]:
    """Those after the last save: a person may have put back what was saved before it."""
    saves = [place for place, one in enumerate(since) if one.action == "save"]
    return since[saves[-1] + 1 :] if saves else since


# --- what is lost -----------------------------------------------------------------------------------------


def _losses(
    session: str, since: Sequence[Version], own: Namespace, saved: Namespace
) -> tuple[tuple[str, ...] | None, str]:
    """The attributes that somebody edited and another program wrote over, and whose edits these are; None
    for the attributes where that is not known. Without a loss it is told whose edit was written over.
    """
    names: dict[str, None] = {}
    people: dict[str, None] = {}
    by = ""
    for edit, over in _written_over(since)[-MOST_READ:]:
        by = _who(edit)
        try:
            lost = tuple(_lost(_held(session, edit, saved), _held(session, over, saved), own, saved))
        except StateError:
            return None, by
        names.update(dict.fromkeys(lost))
        people.update({by: None} if lost else {})
    return tuple(names), " and ".join(people) or by


def _written_over(since: Sequence[Version]) -> list[tuple[Version, Version]]:
    """Each version of a person with the last one that another program made of it."""
    pairs: list[tuple[Version, Version]] = []
    edit: Version | None = None
    for one, following in zip(since, (*since[1:], None), strict=True):
        if one.action in BY_PEOPLE:
            edit = one
        elif edit is not None and (following is None or following.action != FOREIGN):
            pairs.append((edit, one))
            edit = None
    return pairs


def _held(session: str, version: Version, saved: Namespace) -> Attributes:
    """What it held of this launcher, nothing where it was cleared. Raises StateError."""
    document = parse_document(bytes_of(session, version.sequence))
    return document.namespace(saved.name).attributes if saved.name in document.namespaces else Attributes({})


def _lost(left: Attributes, over: Attributes, own: Namespace, saved: Namespace) -> Iterator[str]:
    """What was `left` by a person, and is not so now for what was written `over` it. What has become another
    again since then was decided by somebody.
    """
    for name in dict.fromkeys((*left, *own.attributes)):
        edited = not _alike(left, own.attributes, name)
        if edited and not _alike(left, saved.attributes, name) and _alike(over, saved.attributes, name):
            yield name


def _are_alike(one: Attributes, other: Attributes) -> bool:
    return all(_alike(one, other, name) for name in dict.fromkeys((*one, *other)))


def _alike(one: Attributes, other: Attributes, name: str) -> bool:
    if name in one and name in other:
        return same(one[name], other[name])
    return name not in one and name not in other
