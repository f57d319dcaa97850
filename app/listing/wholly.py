"""A session read wholly: what a list says of it, and the values that can be asked for.

One idea: who has read all of a session knows that it is sound, and what it holds; that costs six times a
glance, so it comes after that. The same on a thread of the window and in a program of ours.

Not for when that is (`judging`), nor for keeping it (`ledger`).
"""

from collections.abc import Callable

from app.files.large import Large, has_large_file
from app.listing.known import Known
from app.listing.steps import Step
from app.session import Summary
from persistence.scan import Site, site_at, survey
from persistence.sessions.gathering import values_of
from persistence.sessions.listed import values_beside
from persistence.sessions.query_values import Values, dump_values


def read_wholly(
    site: Site, root: str, large: Large | None = None, wanted: Callable[[], bool] = lambda: True
) -> Known | None:
    """How a session stands now; None when it is none any more.

    With `large`, a large file is read in another process. Raises NotWanted when `wanted` says so meanwhile.
    """
    times = site.times()
    apart = large.survey(site, root, wanted) if large is not None else None
    found = apart or _surveyed(site, root)
    if found is None:
        return None
    summary, values = found
    return Known.read(summary, times, dump_values({**values_beside(summary), **values}))


def _surveyed(site: Site, root: str) -> tuple[Summary, Values] | None:
    found = survey(site, root)
    if found is None:
        return None
    return found.summary, values_of(found.document) if found.document is not None else {}


def judged(folder: str, root: str) -> Step:
    """The session that a folder is, read wholly; nothing where it is none, or has a large file, which is read
    with more patience.
    """
    site = site_at(folder)
    if site is None or has_large_file(folder):
        return Step(folder)
    return Step(folder, known=read_wholly(site, root))
