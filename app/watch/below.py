"""Which of some paths lie below a folder, without looking at all of them.

One idea: each folder knows what lies directly in it, up to the watched one, so that a hundred thousand
sessions elsewhere cost nothing. Text alone: touches no disk, and keeps nothing of a path but where it stands.
"""

import os
from collections.abc import Callable, Iterator


class Below:
    """The paths at and below `root` that were added; `is_there` says which of those are there still."""

    def __init__(self, root: str, is_there: Callable[[str], bool]) -> None:
        self._root = root
        self._is_there = is_there
        self._inside: dict[str, set[str]] = {}
        self._added: set[str] = set()

    def add(self, path: str) -> None:
        """One more; again is no harm. It has its place once somebody asks: a first list waits for none."""
        self._added.add(path)

    def drop(self, path: str) -> None:
        """One that is not there any more, or never was; what lies below it stays."""
        self._place_all()
        while path != self._root and path not in self._inside and not self._is_there(path):
            parent = _parent(path)
            inside = self._inside.get(parent)
            if inside is None:
                return
            inside.discard(path)
            if inside:
                return
            del self._inside[parent]
            path = parent

    def of(self, folder: str) -> Iterator[str]:
        """Those at and below a folder."""
        self._place_all()
        waiting = [folder]
        while waiting:
            path = waiting.pop()
            if self._is_there(path):
                yield path
            waiting.extend(self._inside.get(path, ()))

    def _place_all(self) -> None:
        for path in self._added:
            self._place(path)
        self._added.clear()

    def _place(self, path: str) -> None:
        beside = self._inside.get(path[: path.rfind(os.sep)])
        if beside is not None:  # their folder knows all above it
            beside.add(path)
            return
        while path != self._root:
            parent = _parent(path)
            if len(parent) < len(self._root) or parent == path:
                return
            inside = self._inside.setdefault(parent, set())
            if path in inside:
                return
            inside.add(path)
            path = parent


def _parent(path: str) -> str:
    return path[: path.rfind(os.sep)] or os.sep
