"""A program from before Rigstate, and one from after it: both rewrite state files in place, asking nobody.

The one idea: on a rig such programs exist, and what they leave must be listed and shown. Truncates a file
as a full disk does, writes it as the first version of the format did, or as a version that is still to
come. Run as `python -m resources.demo.old_program damage|old_style|newer DIRECTORY`. Not a way to write
state files.
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


WAYS: dict[str, Callable[[str], str]] = {"damage": damage, "old_style": old_style, "newer": newer}


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite one state file in place."""
    parser = argparse.ArgumentParser(description="Rewrite a state file in place, as old programs do.")
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--at", type=datetime.fromisoformat, metavar="TIME", help="by the clock of its rig")
    options = parser.parse_args(arguments)
    file = options.directory / STATE_FILE
    file.write_text(WAYS[options.way](file.read_text("utf-8")), "utf-8", newline="\n")
    if options.at:
        os.utime(file, (options.at.timestamp(),) * 2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
