"""Unsaved states in the user's own folder: a launcher puts them there that can write nothing beside its file.

One idea: they stand where nobody watches, and belong to sessions that show no change. So what is told of a
session is told with them, and a session is told anew when one of them comes or goes; what is known of the
session itself, and kept for the next start, says nothing of them.

Lives on the thread of its worker. Not for those that lie in a session's own folder (`persistence.scan`).
"""

from app.session import Summary
from persistence.sessions.spilling import local_files, owner_of, session_key


class AtHome:
    """Which there are, as of the last look."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}

    def look(self, *, again: bool = False) -> frozenset[str]:
        """Look which there are; the sessions (`session_key`) that have other ones now than at the last look.

        Each is read once: nobody writes one anew. What could not be read, and may be large, is tried `again`.
        """
        before = self._owners
        known = {file: owner for file, owner in before.items() if owner or not again}
        files = {str(one): one for one in local_files()}
        self._owners = now = {
            name: known[name] if name in known else owner_of(file) for name, file in files.items()
        }
        others = [one for one in before.keys() | now.keys() if before.get(one) != now.get(one)]
        return frozenset(owner for one in others for owner in (before.get(one), now.get(one)) if owner)

    def added_to(self, summary: Summary) -> Summary:
        """What is told of a session, with those of its unsaved states that lie here."""
        if not self._owners:
            return summary
        key = session_key(summary.directory)
        files = tuple(file for file, owner in self._owners.items() if owner == key)
        return summary._replace(unsaved=(*summary.unsaved, *files)) if files else summary
