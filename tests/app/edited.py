"""An operator's edit of a session of the small rig, as the errand that the window asks for."""

from pathlib import Path

from app.change_errands import Commit
from app.files.changes import read_session
from persistence.states.edits import get_value, set_value
from persistence.store import StateFile
from tests.small_rig import NAMESPACE

COUNT = ("trial_count",)


def edited(session: Path, count: int = 150) -> Commit:
    """The commit of an operator who saw the session as it is now."""
    snapshot = read_session(str(session))
    assert snapshot.document is not None
    return Commit(str(session), set_value(snapshot.document, NAMESPACE, COUNT, count), snapshot.etag)


def count_in(session: Path) -> object:
    return get_value(StateFile(session).read().document, NAMESPACE, COUNT)
