"""What the window is told of the watched folders: it is shown from the first picture on.

One idea: as `exchange`, of which it would be a part if that did not take longer to be imported than the first
picture has.
"""

from typing import NamedTuple


class WatchedFolder(NamedTuple):
    """A folder that is watched. `checked_at` is a clock time, "14:32:08"; empty before the first look.

    `how` says by what means changes are noticed in between, "by events"; empty when they are not. `losses` is
    how often some events were lost. `remote`: it lies on another computer, as far as the system says so;
    `as_network`: the operator has said to treat it so.
    """

    path: str
    available: bool = True
    checked_at: str = ""
    note: str = ""
    how: str = ""
    remote: bool = False
    as_network: bool = False
    losses: int = 0
    sessions: int = 0


class WatchStatus(NamedTuple):
    """What the status bar says of the watched folders; with none of them the window teaches how to begin.

    `busy` is work under way ("reading 120 of 400"), `problem` a sentence about what is wrong.
    """

    folders: tuple[WatchedFolder, ...] = ()
    checked_at: str = ""
    busy: str = ""
    problem: str = ""
