"""The group `catalog`: a hundred thousand sessions, from the disk to the rows of the list."""

from __future__ import annotations

from tests.benchmarks import listing, session_list, watching
from tests.benchmarks.figures import Group

CATALOG = Group(
    name="catalog",
    title="A hundred thousand sessions",
    rows=(*listing.ROWS, *session_list.ROWS, *watching.ROWS),
    peers=("PySide6-Essentials", "watchdog"),
)
