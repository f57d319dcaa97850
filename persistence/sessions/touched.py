"""Who has touched a saved state since its launcher saved it, as far as the end of its log tells.

One idea: a person's version is marked, so that nobody takes it for the run's own. Where the file is not the
newest version that the log knows, somebody wrote it who keeps no history, and what a person had changed may
not be in it any more: that is another thing than "edited", and another than nothing.

Not for what is different in it (`app.resuming.circumstances`), nor for every version (`files.past`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from persistence.files.history import FOREIGN, Version, tail
from persistence.files.locked import LOCK_FILE
from persistence.lock import is_held
from persistence.sessions.saved_anew import is_edited, is_saved_anew
from persistence.store import STATE_FILE, Outlined, outline_before, read_outline

SAVE = "save"
BY_PEOPLE = ("edit", "restore", "clear", "adopt", "recover")


class Touched(NamedTuple):
    """Since the launcher's own last save. `edit`: a person's newest version; None: nobody changed anything.

    `written`: something of which history has no line wrote the file after that. `under_way`: none of it is
    known, since somebody may be saving; it has to be looked at again, also where no file changes by then.
    """

    edit: Version | None = None
    written: bool = False
    under_way: bool = False


def touched(directory: str, found: Outlined) -> Touched:
    """Who touched the file as it was `found`.

    Nothing of a file that is being saved at this moment: its line comes last.
    """
    versions = tail(Path(directory))
    if versions and versions[-1].etag != found.etag:
        if _is_under_way(directory, found):
            return Touched(under_way=True)
        versions = tail(Path(directory))  # a save may have ended in between
    known = told_in(versions, found.etag)
    if known.written and _saved_anew(directory, found, versions):
        known = Touched()
    if known.edit or known.written or len(found.outline.launchers) < 2:
        return known
    return Touched(_under_another(directory, found, versions))


def touched_now(directory: str) -> Touched:
    """The same of the file as it is now. Raises as `StateFile.read`."""
    return touched(directory, read_outline(directory))


def told_in(versions: Sequence[Version], etag: str) -> Touched:
    """The same by the log alone, of a file with this etag."""
    known = [one for one in versions if one.action != FOREIGN]
    if not known:
        return Touched()
    written = versions[-1].etag != etag or versions[-1].action == FOREIGN
    return Touched(_edit(versions, known[-1]), written)


def _edit(versions: Sequence[Version], newest: Version) -> Version | None:
    """The newest version, if it is a person's and not just the launcher's own bytes again; where that brought
    back what a person had made, the version of then: whose values these are, and since when.
    """
    if newest.action not in BY_PEOPLE or newest.etag in _own(versions):
        return None
    made = (one for one in versions if one.etag == newest.etag and one.action in BY_PEOPLE)
    return next(made, newest) if newest.action == "restore" else newest


def _own(versions: Sequence[Version]) -> set[str]:
    """The etags of what a launcher may have left last: of its last save, and of what somebody wrote since
    who keeps no history, which may be a launcher, too, unless these bytes had stood there before.
    """
    others = [one for one in versions if one.action not in BY_PEOPLE]
    saves = [place for place, one in enumerate(others) if one.action != FOREIGN]
    since = others[saves[-1] if saves else 0 :]
    first = {one.etag: one for one in reversed(versions)}
    return {one.etag for one in since if one.action != FOREIGN or first[one.etag] is one}


def _under_another(directory: str, found: Outlined, versions: Sequence[Version]) -> Version | None:
    """A person's newest version of a launcher's state that stands though another launcher has saved since.

    The launcher's own save is read for that, and only where a person's version came after it; where it cannot
    be had, a mark too many is less than an edit that nobody sees.
    """
    newest = next((one for one in reversed(versions) if one.action in BY_PEOPLE), None)
    for name, state in found.outline.launchers.items() if newest else ():
        own = next((one for one in reversed(versions) if one.action == SAVE and one.program == name), None)
        if newest and own and own.sequence < newest.sequence:
            before = outline_before(directory, own.etag)
            if before is None or is_edited(state, before.launchers.get(name, {})):
                return newest
    return None


def _is_under_way(directory: str, found: Outlined) -> bool:
    """Whether somebody saves now, or did since the file was read: it is looked at again for that."""
    try:
        now = os.lstat(f"{directory}{os.sep}{STATE_FILE}").st_mtime_ns
    except OSError:
        return True
    return now != found.mtime_ns or bool(is_held(Path(directory) / LOCK_FILE))


def _saved_anew(directory: str, found: Outlined, versions: Sequence[Version]) -> bool:
    """Whether it was a launcher that keeps no history which wrote: not where these bytes stood there before,
    nor where the version before cannot be had.
    """
    place = max(place for place, one in enumerate(versions) if one.action != FOREIGN)
    if found.etag in {one.etag for one in versions[: place + 1]}:
        return False
    before = outline_before(directory, versions[place].etag)
    return before is not None and is_saved_anew(found.outline, before)
