"""What a run is called: by the session that it makes, and by the one that it was started from. Pure.

One idea: once the new session is known it is the one that runs; the old one is only where it came from. Not
for what became of a run.
"""

from app.resume_exchange import Run
from app.session import last_part
from app.values.fit_text import escaped


def run_name(run: Run) -> str:
    """The session that runs; the one that is resumed as long as it is not known."""
    return escaped(last_part(run.session) if run.session else run.title)


def came_from(run: Run) -> str:
    """ "Resumed from 764521_2026-11-23_14-05."; empty while that one stands for the run."""
    apart = run.session and run.session != run.directory
    return f"Resumed from {escaped(last_part(run.directory))}." if apart else ""
