"""The newest sessions of one folder, as its index has them: what a window shows first.

One idea: a window that opens reads one page, and imports nothing else for it. Not for keeping an index
(`index`), but for where one is, and by which name its kind goes.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from zlib import crc32

from app.listing.summary_text import FIELDS, read_summary
from app.session import Running, Summary

FORMAT = ",".join(("7", *FIELDS))
"""An index with other fields than these, or in which they meant something else, is made anew."""
PAGE = 48
"""Sessions of one folder that are told first: more than a window has rows, which is painted with them."""
_NEWEST = "select summary from known order by started desc, directory desc limit ?"


def path_of(folder: Path, root: str) -> Path:
    """Where the index of a watched folder is.

    Two checksums of 32 bits make its name, of the path forwards and backwards: enough for the few folders
    that a person watches. A digest of `hashlib` takes longer to be imported than the page to be read.
    """
    path = root.encode("utf-8", "surrogatepass")
    return folder / f"{crc32(path):08x}{crc32(path[::-1]):08x}.sqlite"


def who_runs(directory: str) -> Running | None:
    """Who runs there now, by the lock that dies with its process."""
    from persistence.files.running import read_running  # here, for a page in which nobody ran needs no locks

    return read_running(directory)


def newest_known(
    folder: Path, root: str, most: int, who_runs: Callable[[str], Running | None] = who_runs
) -> tuple[Summary, ...]:
    """The newest sessions of a watched folder, as they were known when it was read last, and who runs now in
    those in which somebody ran then; none where there is no index of it, or none that can be used at once.
    Makes no file, and changes none.
    """
    path = path_of(folder, root)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0.0)) as database:
            if database.execute("select text from format").fetchone() != (FORMAT,):
                return ()
            found = database.execute(_NEWEST, (most,)).fetchall()
    except sqlite3.Error:
        return ()
    return tuple(summary for (text,) in found if (summary := read_summary(text, who_runs)) is not None)
