"""Which glyph and which hue stand for a status, a mark, a type of value.

One idea: one hue, one meaning. Blue is act or selected, amber is yours and unsaved, purple a person's saved
edit, green and vermilion how a run ended. A glyph and a word always stand beside the colour.
Not for colours as numbers: those are in ``resources/palettes``.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Look(NamedTuple):
    """The name of an icon of mdi6 and the name of a hue of the palette."""

    icon: str
    hue: str


STATUS_LOOKS: Mapping[str, Look] = {
    "completed": Look("check-circle", "green"),
    "checkpoint": Look("flag-variant", "green"),
    "ready": Look("circle-outline", "grey"),
    "running": Look("play-circle", "blue"),
    "finishing": Look("progress-check", "blue"),
    "being_written": Look("progress-pencil", "blue"),
    "failed": Look("close-circle", "vermilion"),
    "damaged": Look("alert-octagon", "vermilion"),
    "interrupted": Look("stop-circle", "amber"),
    "newer": Look("arrow-up-circle", "purple"),
    "no_state": Look("minus-circle-outline", "grey"),
    "cleared": Look("eraser", "grey"),
    "moved": Look("folder-move-outline", "grey"),
    "unavailable": Look("link-off", "grey"),
}
SHORT_WORDS: Mapping[str, str] = {"newer": "Needs newer", "no_state": "No state"}
"""What stands for a status where its words have no room, and a picture alone would say too little."""
MARK_LOOKS: Mapping[str, Look] = {
    "unsaved": Look("pencil", "amber"),
    "found": Look("tray-arrow-down", "amber"),
    "died": Look("content-save-off", "vermilion"),
    "edited_by": Look("account-edit", "purple"),
    "written": Look("file-alert-outline", "amber"),
    "resumed_as": Look("arrow-right-bottom", "blue"),
    "live": Look("access-point", "blue"),
}
NEW_LOOK = Look("plus", "amber")
REMOVED_LOOK = Look("trash-can-outline", "amber")
THEIRS_LOOK = Look("account-edit", "purple")
"""What somebody else has saved in place of what one edits."""
ACTION_LOOKS: Mapping[str, Look] = {
    "save": Look("content-save-check-outline", "green"),
    "edit": Look("pencil", "purple"),
    "clear": Look("eraser", "purple"),
    "restore": Look("history", "purple"),
    "adopt": Look("tray-arrow-down", "purple"),
    "recover": Look("lifebuoy", "purple"),
    "foreign": Look("help-circle-outline", "grey"),
}
"""Who acted in history: green is a launcher's own save, purple a person."""
DIFFERENCE_LOOKS: Mapping[str, Look] = {
    "changed": Look("swap-horizontal", "blue"),
    "type": Look("alert-circle-outline", "amber"),
    "added": Look("plus-circle-outline", "green"),
    "removed": Look("minus-circle-outline", "vermilion"),
    "equal": Look("equal", "grey"),
    "unknown": Look("help-circle-outline", "grey"),
}
FATE_LOOKS: Mapping[str, Look] = {
    "restored": Look("check-circle", "green"),
    "edited": Look("pencil-circle", "amber"),
    "new": Look("plus-circle", "blue"),
    "overrides": Look("swap-horizontal-circle", "purple"),
    "type_differs": Look("alert-circle", "amber"),
    "no_handler": Look("help-circle", "amber"),
    "refused": Look("cancel", "vermilion"),
    "left_out": Look("minus-circle-outline", "grey"),
}
"""What becomes of an attribute in a resume."""
RUN_LOOKS: Mapping[str, tuple[Look, str]] = {
    "starting": (Look("progress-check", "blue"), "Starting"),
    "running": (Look("play-circle", "blue"), "Running"),
    "stopping": (Look("stop-circle", "amber"), "Stopping"),
    "stopped": (Look("stop-circle", "amber"), "Stopped"),
    "ended": (Look("check-circle", "green"), "Ended"),
    "failed": (Look("close-circle", "vermilion"), "Failed"),
}
"""How a run that was started from here stands."""
LOADED_LOOKS: Mapping[str, Look] = {
    "restored": Look("check-circle", "green"),
    "mismatched": Look("alert-circle", "amber"),
    "refused": Look("cancel", "vermilion"),
    "skipped": Look("minus-circle-outline", "grey"),
    "kept": Look("account-check", "purple"),
    "excluded": Look("minus-circle-outline", "grey"),
    "left_out": Look("minus-circle-outline", "grey"),
}
"""What became of an attribute, by the launcher's own report."""
CAUTION_LOOKS: Mapping[str, Look] = {
    "stop": Look("alert-octagon", "vermilion"),
    "check": Look("alert", "amber"),
    "know": Look("information", "blue"),
}
BANNER_ICONS: Mapping[str, str] = {
    "amber": "alert",
    "blue": "information",
    "green": "check-circle",
    "vermilion": "alert-circle",
}
FILE_ICONS: Mapping[str, str] = {
    "folder": "folder-outline",
    "link": "link-variant",
    "other": "cancel",
    ".json": "code-json",
    ".log": "text-box-outline",
    ".txt": "text-box-outline",
    ".toml": "cog-outline",
    ".yaml": "cog-outline",
    ".yml": "cog-outline",
}
"""Of what lies in a session, by what it is, and of files by the end of their names."""
UNKNOWN_LOOK = Look("help-circle-outline", "grey")


def status_look(kind: str) -> Look:
    """The look of a status; grey and a question mark for one that this version does not know."""
    return STATUS_LOOKS.get(kind, UNKNOWN_LOOK)


def file_icon(name: str, kind: str) -> str:
    """The icon of a file or folder."""
    end = "." + name.rpartition(".")[2].lower()
    return FILE_ICONS.get(kind) or FILE_ICONS.get(end) or "file-outline"
