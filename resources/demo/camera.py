"""A program beside the launcher that keeps its own state in the launcher's session: the second in one file.

Run as `python -m resources.demo.camera SESSION_DIRECTORY [--at TIME] [--die]`. It has only the mixin, and no
run but the one in which the computer dies.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime

from persistence import PersistentState
from persistence.launching.remembered import remembered


class CameraRecorder(PersistentState):
    """Records the eye."""

    def __init__(self) -> None:
        self.exposure_ms = 8.3
        self.region = {"x": 120, "y": 64, "width": 640, "height": 480}
        self.frames_dropped = 0
        self.focus_done = True

    def run(self, directory: str) -> bool:
        """Record into a session that is there already, until the computer dies: before anything is saved.

        Its code is that of a good end, since the demo takes every other one for a failure of its own.
        """
        self.output_session_folder = directory
        os._exit(0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Save into a session's state, beside what the launcher saved."""
    parser = argparse.ArgumentParser(description="Save the camera's state into a session.")
    parser.add_argument("directory")
    parser.add_argument("--at", type=datetime.fromisoformat, metavar="TIME", help="by the clock of its rig")
    parser.add_argument("--die", action="store_true", help="before it saves")
    options = parser.parse_args(arguments)
    recorder = CameraRecorder()
    if options.at:
        remembered(recorder).clock = lambda: options.at
    if options.die:
        return 0 if recorder.run(options.directory) else 1
    return 0 if recorder.save_session_state(options.directory) else 1


if __name__ == "__main__":
    sys.exit(main())
