"""Which versions of a history go when there are too many; pure.

One idea: only what a launcher saved on its way may go, never what a person did nor what that was done to.
The further back, the wider apart the saves that stay, counted in versions and not in time, because clocks
jump: of the newest `dense` all stay, beyond them every second, beyond twice as many every fourth, and so on.
Each of these sets holds the next one, so that thinning again never leaves a gap wider than it should be.

Never dropped, whatever room they take:

- a version that no launcher's save made (an edit, a restore, a clear, what another program wrote), and the
  version before it;
- the save with which a run ended (completed, failed, interrupted);
- the first version and the newest `dense` (at least MIN_DENSE, where room is short).

Not for: removing files (`files.version_files`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from persistence.files.version_log import Version

SAVE = "save"
ENDINGS = frozenset(("completed", "failed", "interrupted"))
"""The notes of a launcher's final saves."""

MIN_DENSE = 4


@dataclass(frozen=True)
class Policy:
    """`dense`: of so many newest versions each is kept. `room`: bytes that saves on the way may take."""

    dense: int = 32
    room: int = 512 * 1024 * 1024


def droppable(versions: Sequence[Version], sizes: Mapping[int, int], policy: Policy) -> tuple[int, ...]:
    """The numbers of the versions that are to go, oldest first.

    `versions` oldest first, `sizes` the bytes of those that have a file of their own. Where even MIN_DENSE
    leaves more than `policy.room`, that is what stays.
    """
    if not versions:
        return ()
    newest = versions[-1].sequence
    on_the_way = [number for number in _on_the_way(versions) if number in sizes]
    dense = max(policy.dense, MIN_DENSE)
    while True:
        staying = [number for number in on_the_way if _stays(number, newest, dense)]
        if dense <= MIN_DENSE or sum(sizes[number] for number in staying) <= policy.room:
            return tuple(sorted({*on_the_way} - {*staying}))
        dense = max(dense // 2, MIN_DENSE)


def _on_the_way(versions: Sequence[Version]) -> list[int]:
    """The versions that nobody would miss: between others that a launcher saved without anybody's doing."""
    followers = [*versions[1:], None]
    return [
        version.sequence
        for version, follower in zip(versions, followers, strict=True)
        if version is not versions[0]
        and not version.current
        and version.action == SAVE
        and version.note not in ENDINGS
        and follower is not None
        and follower.action == SAVE
    ]


def _stays(number: int, newest: int, dense: int) -> bool:
    """By its distance from the newest: every one, every second, every fourth ..."""
    distance, step = newest - number, 1
    while distance >= dense * step:
        step *= 2
    return number % step == 0
