"""Whose run died in a session before it saved anything, as far as its marker and what was saved since tell.

One idea: a launcher empties its marker when its run is over, however it ended. Text that nobody holds was
left by one that was killed, or whose computer died; and unless its launcher has saved since it began, what
stands there is all of before that run. An edit by a person is no save of the run, a clear leaves nothing that
could be taken for one.

Told only of this computer's runs: the lock of another one may not be seen from here. Not for the marker
itself (`files.running`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from persistence.files.history import tail
from persistence.files.runner import Running
from persistence.files.running import is_here
from persistence.sessions.moments import moment_in
from persistence.sessions.touched import SAVE
from persistence.sessions.whose import CLEAR


def died_in(directory: str, left: Running | None, saved: Mapping[str, str | None]) -> Running | None:
    """Whoever `left` the marker, where it saved nothing; `saved` says when each launcher in the file did."""
    began = moment_in(left.started) if left is not None else None
    if left is None or began is None or left.finishing or left.elsewhere or not is_here(left):
        return None
    times = map(moment_in, _since(directory, left.launcher, saved))
    return None if any(time is not None and time >= began for time in times) else left


def _since(directory: str, launcher: str, saved: Mapping[str, str | None]) -> Iterator[str]:
    """When it has saved, or nothing was left of all that: by the file, and by what history says was in it.

    Of a launcher that is not in the file any save counts: it may be there under another name.
    """
    own = {launcher} if launcher in saved else {launcher, *saved}
    yield from (time for name, time in saved.items() if name in own and time)
    for one in tail(Path(directory)):
        is_own = one.action == SAVE and (one.program in own or not saved)
        if is_own or (one.action == CLEAR and launcher not in saved):
            yield one.time
