"""What the album has to show: each picture by its name, and what can be seen on it.

The one idea: what is promised here is looked for in the window when the picture is taken, and a test walks
all sheets, tabs, banners and statuses that there are: one without a picture fails it. Not for how a scene
is reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STATUS_WORDS: Mapping[str, str] = {
    "completed": "Completed",
    "checkpoint": "Checkpoint",
    "ready": "Ready",
    "running": "Running",
    "finishing": "Finishing",
    "being_written": "Being written",
    "failed": "Failed",
    "damaged": "Damaged",
    "interrupted": "Interrupted",
    "newer": "Needs newer Rigstate",
    "no_state": "No saved state",
    "cleared": "Cleared",
    "moved": "Moved",
    "unavailable": "Unavailable",
}


@dataclass(frozen=True)
class Picture:
    """One picture: its `name` in the file's name, the things that it shows ("sheet SaveSheet", "tab State",
    "banner merged", "status failed", "page Log"), and whether it is taken at twice the scale, too.
    """

    name: str
    shows: tuple[str, ...] = ()
    everywhere: bool = False


ADDED = ("wrong", "text", "yes-no", "date-time", "duration", "mapping", "empty")
"""What is typed into the sheet that adds: something that is not what it is to be, and then of each type."""
PAGES = ("Folders", "Launchers", "Resume", "History", "Appearance", "Log")
_ALL = (
    # beginning, list
    Picture("first-start", everywhere=True),
    Picture("first-start-rig", everywhere=True),
    Picture("list", tuple(f"status {kind}" for kind in STATUS_WORDS), everywhere=True),
    Picture("list-none-selected"),
    Picture("list-filtered"),
    Picture("columns", ("sheet ColumnSheet",)),
    Picture("columns-chosen"),
    Picture("clear-several", ("sheet ClearSeveralSheet",)),
    # states, well and ill
    Picture("state-every-type", ("tab State",)),
    Picture("state-many", ("tab State",)),
    Picture("state-two-launchers", ("tab State",)),
    Picture("state-damaged", ("tab State",)),
    Picture("state-newer", ("tab State",)),
    Picture("state-none", ("tab State",)),
    Picture("state-cleared", ("tab State",)),
    Picture("state-not-saved", ("tab State",)),
    Picture("state-running", ("tab State",)),
    Picture("whose", ("sheet WhoseSheet",)),
    Picture("recover", ("sheet BringBackSheet",)),
    Picture("files", ("tab Files", "banner greeting")),
    Picture("filter-found", ("tab State",)),
    Picture("filter-nothing", ("tab State",)),
    Picture("buttons", ("tab State",)),
    Picture("copying", ("banner busy",)),
    Picture("away", ("tab State", "status unavailable")),
    Picture("away-again", ("tab State", "banner outdated")),
    Picture("away-history", ("tab History",)),
    # editing, saving
    Picture("window", ("tab State",), everywhere=True),
    Picture("typing", ("tab State",)),
    Picture("typing-wrong", ("tab State",)),
    Picture("typing-refused", ("tab State",)),
    Picture("typing-name", ("tab State",)),
    Picture("add-name", ("sheet AddSheet",)),
    Picture("change-type", ("sheet RetypeSheet",)),
    Picture("edit-in-a-box", ("sheet BoxSheet",)),
    Picture("add", ("sheet AddSheet",)),
    Picture("add-number", ("sheet AddSheet",)),
    Picture("add-zeros", ("sheet AddSheet",)),
    *(Picture(f"add-{name}", ("sheet AddSheet",)) for name in ADDED),
    Picture("changes", ("tab Changes",)),
    Picture("check", ("sheet CheckSheet",)),
    Picture("save", ("sheet SaveSheet",), everywhere=True),
    Picture("operator", ("sheet OperatorSheet",)),
    Picture("save-unknown-name", ("sheet SaveSheet",)),
    Picture("save-unusual", ("sheet SaveSheet",)),
    # looking back
    Picture("history", ("tab History",), everywhere=True),
    Picture("restore", ("sheet BringBackSheet",)),
    Picture("restored", ("banner back",)),
    Picture("raw", ("tab Raw",)),
    Picture("raw-damaged", ("tab Raw",)),
    Picture("compare-with", ("sheet PickSheet",)),
    Picture("compare", ("tab Compare",), everywhere=True),
    Picture("trend", ("tab Trend",), everywhere=True),
    # others change what one edits
    Picture("merged", ("banner merged",)),
    Picture("changed-on-disk", ("banner outdated",)),
    Picture("conflict", ("sheet ConflictSheet",), everywhere=True),
    Picture("conflict-long", ("sheet ConflictSheet",)),
    Picture("conflict-unusual", ("sheet ConflictSheet",)),
    Picture("waiting", ("banner waiting",)),
    Picture("saved-over", ("banner again",)),
    Picture("apply-again", ("sheet AgainSheet",)),
    Picture("gone", ("banner gone",)),
    Picture("discarded", ("banner discarded",)),
    Picture("kept", ("banner kept", "banner trust")),
    Picture("banners", ("banner refused", "banner doubled")),
    Picture("doubled", ("banner doubled",)),
    Picture("another-window", ("banner elsewhere", "banner own-folder-only")),
    Picture("left-by-two", ("banner aside",)),
    Picture("typed", ("banner typed",)),
    # clearing
    Picture("clear", ("sheet ClearSheet",)),
    Picture("clear-unsaved", ("sheet ClearSheet",)),
    Picture("cleared", ("banner cleared",)),
    # resuming
    Picture("resume-empty", ("sheet ResumeSheet",)),
    Picture("resume", ("sheet ResumeSheet",), everywhere=True),
    Picture("resume-not-known", ("sheet ResumeSheet",)),
    Picture("resume-refused", ("sheet RefusedSheet",)),
    Picture("entry", ("sheet EntrySheet",)),
    Picture("resume-unknown-name", ("sheet ResumeSheet",)),
    Picture("resume-unusual", ("sheet ResumeSheet",)),
    Picture("output", ("tab Output",), everywhere=True),
    Picture("files-resumed", ("tab Files",)),
    Picture("stop", ("sheet StopSheet",)),
    Picture("stopped", ("tab Output",)),
    Picture("outlying", ("tab Output", "banner outlying")),
    Picture("going-on", ("banner going_on",)),
    # in large text
    Picture("large-list"),
    Picture("large-state", ("tab State",)),
    Picture("large-save", ("sheet SaveSheet",)),
    Picture("large-resume", ("sheet ResumeSheet",)),
    # the rest
    *(Picture(f"preferences-{name.lower()}", ("sheet PreferencesSheet", f"page {name}")) for name in PAGES),
    Picture("shortcuts", ("sheet ShortcutsSheet",)),
    Picture("about", ("sheet TextSheet",)),
)
CONTENTS: Mapping[str, Picture] = {picture.name: picture for picture in _ALL}
