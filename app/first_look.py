"""What a window knows before it opens: its settings, and the newest sessions that were known of its folders.

One idea: both are read on a thread that nobody has to wait for. A disk that is slow keeps the window from
nothing: it opens as it does for the first time, and is told later what there is.

Not for what is true now: the settings are kept and watched by `remembering`, sessions found by the disk.
"""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from app.listing.newest import PAGE, newest_known, who_runs
from app.session import Running, Summary, reaches, whole
from app.settings import Places, Settings
from app.settings_text import NAME, SIZE_LIMIT, from_bytes
from persistence.errors import StateError
from persistence.files.reading import read_file

PATIENCE_SECONDS = 0.5


class Looked(NamedTuple):
    """`settings` are None where they could not be had in time, `problem` is a sentence about their file.
    `pages` are the newest sessions by folder, of those that were known.
    """

    settings: Settings | None = None
    problem: str = ""
    folders: tuple[str, ...] = ()
    pages: tuple[tuple[str, tuple[Summary, ...]], ...] = ()


class FirstLook:
    """Reads from its construction on."""

    def __init__(self, where: Places, roots: Sequence[str]) -> None:
        """`roots` are watched beside those that the settings name."""
        self._where = where
        self._roots = tuple(roots)
        self._looked = Looked(folders=_outermost(self._roots))
        self._all = threading.Event()
        threading.Thread(target=self._look, name="first_look", daemon=True).start()

    def wait(self, seconds: float = PATIENCE_SECONDS) -> Looked:
        """What there is; what could be had, when the disk is slow."""
        self._all.wait(seconds)
        return self._looked

    def _look(self) -> None:
        settings, problem = _settings(self._where.config)
        folders = _outermost((*self._roots, *settings.folders))
        self._looked = Looked(settings, problem, folders)
        ran: list[str] = []
        self._read_pages(ran.append)
        if ran:  # then the folders themselves are asked, which may take their time
            self._read_pages(who_runs)
        self._all.set()

    def _read_pages(self, who_runs: Callable[[str], Running | None]) -> None:
        folders = self._looked.folders
        pages = ((folder, newest_known(self._where.cache, folder, PAGE, who_runs)) for folder in folders)
        self._looked = self._looked._replace(pages=tuple(page for page in pages if page[1]))


def _settings(directory: Path) -> tuple[Settings, str]:
    """The settings. Who knows what to do with a file that is not as it should be is imported only then."""
    try:
        return from_bytes(read_file(directory / NAME, limit=SIZE_LIMIT)), ""
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, StateError, ValueError, RecursionError):
        from app.settings_file import read_settings

        read = read_settings(directory)
        return read.settings, read.problem


def _outermost(folders: Sequence[str]) -> tuple[str, ...]:
    """The folders that are watched on their own: those inside others are watched with these."""
    every = tuple(dict.fromkeys(map(whole, folders)))
    return tuple(one for one in every if not any(other != one and reaches(other, one) for other in every))
