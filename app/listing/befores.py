"""What was known of many sessions before somebody looks again, as it is kept until then.

One idea: a hundred thousand are held as the index has them, by the folder in which they lie, and nothing is
made of one until somebody asks. So whoever looks into a folder can be told at once what was known of all that
lies in it.

Not for where that comes from (`index`, `earlier`), nor for one of them (`known`).
"""

import os
import threading
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from app.listing.known import Before

_SEP = os.fsencode(os.sep)
_BETWEEN = b"/"  # stands in no name, on any system

_QUICKER = 4  # to see that a session is what it was, than to read it

MOST_INSIDE = 1000
"""Of a folder with more, each is asked for by itself, so that several can share them."""


class Befores:
    """Of each directory, as the system spells it, its signature and whether it was found to be damaged.

    It is filled once; whoever asks on another thread waits until then.
    """

    def __init__(self) -> None:
        self._inside: dict[bytes, dict[bytes, bytes]] = {}
        self._damaged: AbstractSet[bytes] = frozenset()
        self._filled = threading.Event()
        self._count = 0

    @classmethod
    def of(
        cls, signatures: Iterable[tuple[bytes, bytes]], damaged: AbstractSet[bytes] = frozenset()
    ) -> "Befores":
        """Filled with these."""
        made = cls()
        made.fill(signatures, damaged)
        return made

    def fill(
        self, signatures: Iterable[tuple[bytes, bytes]], damaged: AbstractSet[bytes] = frozenset()
    ) -> None:
        """Know these from now on: each directory once."""
        inside = self._inside
        for directory, signature in signatures:
            folder, _, name = directory.rpartition(_SEP)
            if folder in inside:
                inside[folder][name] = signature
            else:
                inside[folder] = {name: signature}
        self._damaged = damaged
        self._count = sum(map(len, inside.values()))
        self._filled.set()

    @property
    def is_filled(self) -> bool:
        """Whether nobody waits any more."""
        return self._filled.is_set()

    def __len__(self) -> int:
        return self._count

    def __contains__(self, directory: str) -> bool:
        return self.get(directory) is not None

    def get(self, directory: str) -> Before | None:
        """Of one of them; None where none is known."""
        if not self._is_any():
            return None
        path = os.fsencode(directory)
        folder, _, name = path.rpartition(_SEP)
        signature = self._inside.get(folder, {}).get(name)
        return None if signature is None else Before(signature, path in self._damaged)

    def inside(self, folder: str) -> Mapping[str, bytes]:
        """Names and signatures of those that lie right in a folder, if they are not too many."""
        if not self._is_any():
            return {}
        held = self._inside.get(_key(folder), {})
        if not 0 < len(held) <= MOST_INSIDE:
            return {}
        held = held.copy()  # another thread may drop some
        names = os.fsdecode(_BETWEEN.join(held)).split("/")  # sooner than one by one
        return dict(zip(names, held.values(), strict=True))

    def weight_inside(self, folder: str) -> int:
        """How many folders `inside` counts for, as far as that is known already: nobody waits."""
        if not self._filled.is_set() or not self._inside:
            return 0
        count = len(self._inside.get(_key(folder), ()))
        return count // _QUICKER if count <= MOST_INSIDE else 0

    def below(self, folder: str) -> list[str]:
        """The directories at and below a folder."""
        path = _key(folder)
        found = [folder] if folder in self else []
        for one, names in tuple(self._inside.items()):
            if one == path or one.startswith(path + _SEP):
                found += (os.fsdecode(one + _SEP + name) for name in tuple(names))
        return found

    def drop(self, directory: str) -> None:
        """One that is not there any more."""
        folder, _, name = os.fsencode(directory).rpartition(_SEP)
        if self._inside.get(folder, {}).pop(name, None) is not None:
            self._count -= 1

    def _is_any(self) -> bool:
        """Whether there is anything to be known, which is quickly said of a first look; waits for that."""
        if not self._filled.is_set():
            self._filled.wait()
        return bool(self._inside)


def _key(folder: str) -> bytes:
    """The folder, as what lies in it tells of it."""
    return os.fsencode(folder).rstrip(_SEP)
