"""What the window asks and what it is told: the frozen values between the views and the rest of the house.

One idea: a request leaves the window, and a thing to show enters it, as a value that cannot change, so that
the rooms behind never touch a widget and the window never reaches into a room. What a session is stands in
`app.session`; what an edit is, in `app.editing.drafts`; what is told of watched folders in `watch_exchange`,
and of a resume in `resume_exchange`. Not for behaviour: nothing here computes.
"""

from dataclasses import dataclass
from typing import Literal

from persistence.states.merge import Spot

Hue = Literal["amber", "blue", "green", "vermilion"]
TrustState = Literal["trusted", "view_only", "unasked"]


@dataclass(frozen=True, slots=True)
class ClearRequest:
    """Clear the saved state of one launcher of a session, or of all of them (`namespace` None).

    `etag` is of the version that the sheet showed, `note` is for History.
    """

    directory: str
    namespace: str | None
    etag: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SaveRequest:
    """Save the changes at these places (None: all of them) over the version `etag`, which the sheet showed.

    The others stay unsaved edits; `note` goes into history.
    """

    directory: str
    etag: str
    places: frozenset[Spot] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What both sides changed is decided: mine at these places, what the version `etag` says at the others.

    `save` is True when that is to be saved at once, with `note` in history.
    """

    directory: str
    etag: str
    mine: frozenset[Spot]
    save: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgainRequest:
    """Make unsaved edits of the changes at these places, which the run that saved the version `etag` wrote
    over.
    """

    directory: str
    etag: str
    places: frozenset[Spot]


@dataclass(frozen=True, slots=True)
class Banner:
    """One sentence above the list, with its buttons; the same key replaces an earlier banner.

    `actions` are (label, action key) in the order of the buttons; Dismiss is added unless `dismissible` is
    False. One that `asks` waits for what a person does: it is seen before those that only tell.
    """

    key: str
    hue: Hue
    text: str
    actions: tuple[tuple[str, str], ...] = ()
    dismissible: bool = True
    asks: bool = False


@dataclass(frozen=True, slots=True)
class RigFolder:
    """The `folder` that launchers of this computer save into, as its rig config says; or the `problem` with
    that, a clause with a full stop.
    """

    config: str
    folder: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FolderTrust:
    """What may be done in a watched folder, as far as anybody has said so."""

    path: str
    trust: TrustState


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person has chosen for this window, beside its folders and launchers.

    `font_percent` is the size of text, of the usual one; from `old_after_hours` on a saved state counts as
    old. `settings` and `log` are the files of these, `log_bytes` is about how much the log keeps.
    """

    theme: str = "system"
    font_percent: int = 100
    old_after_hours: int = 24
    detailed_log: bool = False
    settings: str = ""
    log: str = ""
    log_bytes: int = 0
