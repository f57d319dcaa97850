"""Who works in a session directory, as a value: lists of sessions have it. Not for the marker (`running`)."""

from typing import NamedTuple


class Running(NamedTuple):
    """Who runs in a session directory, as far as the marker's text tells; any text may be empty."""

    host: str = ""
    pid: int = 0
    launcher: str = ""
    started: str = ""
    """Local time in ISO format."""
    finishing: bool = False
    """The final state is saved; only what comes after an experiment (archiving) is still under way."""
    elsewhere: bool = False
    """This session is resumed from: the run writes into another one."""

    def __str__(self) -> str:
        known = [
            self.launcher,
            f"on {self.host}" if self.host else "",
            f"(process {self.pid})" if self.pid else "",
            f"since {self.started[:19].replace('T', ' ')}" if self.started else "",
        ]
        return " ".join(part for part in known if part) or "another program"
