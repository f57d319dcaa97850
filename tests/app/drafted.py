"""A state of one launcher, as small as drafts need it, and edits of it."""

from __future__ import annotations

from app.editing.draft import DiskVersion, Draft
from app.editing.drafts import Drafts
from app.editing.edits import SetValue
from app.snapshot import SessionSnapshot
from persistence.document import Document
from persistence.states.edits import get_value
from persistence.values.json_text import JSON

NS = "rig.Counting"
DIRECTORY = "/data/s1"
COUNT, PHASE = (NS, ("count",)), (NS, ("phase",))


def document(**attributes: JSON) -> Document:
    """A state with one launcher and these attributes."""
    return Document({"launcher_states": {NS: {"attributes": dict(attributes)}}})


def snapshot(etag: str = "e1", **attributes: JSON) -> SessionSnapshot:
    """That state as it was read."""
    return SessionSnapshot(DIRECTORY, document(**attributes), etag, 10, 1, None)


def version(etag: str = "e2", **attributes: JSON) -> DiskVersion:
    """That state as the disk holds it."""
    return DiskVersion(document(**attributes), etag)


def edit(name: str, value: JSON) -> SetValue:
    """An attribute set."""
    return SetValue(NS, (name,), value)


def draft_of(drafts: Drafts) -> Draft:
    """The draft of the session."""
    draft = drafts.get(DIRECTORY)
    assert draft is not None
    return draft


def value(drafts: Drafts, name: str) -> JSON:
    """What the draft says of an attribute."""
    return get_value(draft_of(drafts).document, NS, (name,))


def attributes(draft: Draft) -> dict[str, JSON]:
    """All that the draft says."""
    return dict(draft.document.namespace(NS).attributes)
