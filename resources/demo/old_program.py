"""Programs from before Rigstate, and after it: they rewrite files of sessions in place, asking nobody.

The one idea: on a rig such programs exist, and what they leave must be listed and shown. Truncates a state
as a full disk does, writes it as the first version of the format did, or as a version that is still to
come, takes it elsewhere, or leaves a record of a crash that does not say whose it is. Run as
`python -m resources.demo.old_program damage|old_style|newer|archive|unsign DIRECTORY [--at TIME]`. Not a way
to write state files.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

STATE_FILE = "session_state.json"
CRASH, COMMAND_LINE = "launcher_metadata/debug_state.json", "launcher_metadata/command_line_arguments.json"


def damage(text: str) -> str:
    """The first two thirds: the disk was full."""
    return text[: len(text) * 2 // 3]


def old_style(text: str) -> str:
    """As written before there was a version: two spaces, ASCII, and neither outcome nor what was skipped."""
    state: dict[str, Any] = json.loads(text)
    state.pop("version")
    for launcher_state in state["launcher_states"].values():
        launcher_state.pop("outcome", None)
        launcher_state.pop("skipped", None)
    return json.dumps(state, indent=2)


def newer(text: str) -> str:
    """As a later version might write it, with something that we cannot know."""
    state: dict[str, Any] = json.loads(text)
    return json.dumps({**state, "version": "2.0.0", "rig_clock": "PTP"}, indent=4, ensure_ascii=False)


def archive(session: Path) -> None:
    """Take the saved state elsewhere."""
    (session / STATE_FILE).rename(session.with_name(f"{session.name}.archived.json"))


def unsign(session: Path) -> None:
    """Leave nothing that tells which launcher crashed but the name of its class."""
    record: dict[str, Any] = json.loads((session / CRASH).read_text("utf-8"))
    record.pop("launcher_module")
    (session / CRASH).write_text(json.dumps({**record, "launcher_class": ""}), "utf-8", newline="\n")
    (session / COMMAND_LINE).unlink()


REWRITTEN: dict[str, Callable[[str], str]] = {"damage": damage, "old_style": old_style, "newer": newer}
DONE: dict[str, Callable[[Path], None]] = {"archive": archive, "unsign": unsign}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one such thing to one session."""
    parser = argparse.ArgumentParser(description="Treat a session's files as other programs do.")
    parser.add_argument("way", choices=[*REWRITTEN, *DONE])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--at", type=datetime.fromisoformat, metavar="TIME", help="by the clock of its rig")
    options = parser.parse_args(arguments)
    if options.way in DONE:
        DONE[options.way](options.directory)
    else:
        rewrite(options.directory / STATE_FILE, REWRITTEN[options.way], options.at)
    return 0


def rewrite(file: Path, way: Callable[[str], str], at: datetime | None) -> None:
    """In place; `at` is the time that the file then has, None for that of this computer."""
    file.write_text(way(file.read_text("utf-8")), "utf-8", newline="\n")
    if at is not None:
        os.utime(file, (at.timestamp(),) * 2)


if __name__ == "__main__":
    sys.exit(main())
