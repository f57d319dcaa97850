"""A program beside the launcher that keeps its own state in the launcher's session: the second in one file.

Run as `python -m resources.demo.camera SESSION_DIRECTORY`. It has no run of its own, only the mixin.
"""

from __future__ import annotations

import argparse
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Save into a session's state, beside what the launcher saved."""
    parser = argparse.ArgumentParser(description="Save the camera's state into a session.")
    parser.add_argument("directory")
    parser.add_argument("--at", type=datetime.fromisoformat, metavar="TIME", help="by the clock of its rig")
    options = parser.parse_args(arguments)
    recorder = CameraRecorder()
    if options.at:
        remembered(recorder).clock = lambda: options.at
    return 0 if recorder.save_session_state(options.directory) else 1


if __name__ == "__main__":
    sys.exit(main())
