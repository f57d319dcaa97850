"""Whether the sessions of one watched folder are listed with another one, too, where links lead.

One idea: paths tell it, once those of the links are known, and what a walk leaves out: folders whose names
begin with a dot, and all that lies in a session. What it leaves out is listed with nobody else. Where no link
leads, as of a folder that is mounted at a second place, or spelled in other letters, the folder itself tells
whether it is the same: by its disk, and its number there.

Reads nothing. Not for folders inside each other by their names (see `watching`).
"""

import os
from collections.abc import Callable, Mapping
from pathlib import PurePath

from app.session import reaches

Is = Callable[[str], bool]


def doubled(
    newer: str,
    older: str,
    real: Mapping[str, str],
    identity: Mapping[str, tuple[int, int]],
    *,
    is_looked_through: Is,
    is_session: Is,
) -> str:
    """That one folder is, or holds, or lies in the other one; empty where it does not, and as long as nobody
    knows. `real` is where the links in their paths lead, `identity` their (device, inode), as far as they are
    there; an inode of 0 is none.

    `is_looked_through` says of a folder whether its sessions are known, `is_session` of any path whether a
    session is known there.
    """

    def lists(outer: str, inner: str) -> bool:
        if not is_looked_through(outer) or not reaches(real[outer], real[inner]):
            return False
        way = PurePath(os.path.relpath(real[inner], real[outer])).parts
        return not any(is_session(str(PurePath(outer, *way[:count]))) for count in range(len(way)))

    here, there = identity.get(newer), identity.get(older)
    if real[newer] == real[older] or (here == there and here is not None and here[1] != 0):
        return f"{newer} is the same folder as {older}, which is watched already."
    if lists(older, newer):
        return f"{newer} lies in {older}, which is watched already."
    if lists(newer, older):
        itself = real[newer]
        return (
            f"{newer} leads to {itself}, and {older} in it is watched already. Watch {itself} itself instead."
        )
    return ""
