"""The task of the demo rig: trials, one line about each. Stands where a rig has its stimulus program.

The one idea: a program that knows nothing of launchers; all that a launcher learns of it is what it prints
and how it ends. Run as `python -m resources.demo.task --first 1 --trials 5 --seconds 2 [--break_at 3]`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

HOURS = 12 * 3600.0  # until somebody ends it


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trials; 1 when the stimulus computer broke down, as it does at `--break_at`."""
    options = parse(arguments)
    pause = options.seconds / max(options.trials, 1)
    for trial in range(options.first, options.first + options.trials):
        time.sleep(pause)
        if trial == options.break_at:
            print("the stimulus computer does not answer", flush=True)
            return 1
        print(f"trial {trial}: {'miss' if trial % 5 == 2 else 'hit'}", flush=True)
        if trial == options.hold_at:
            time.sleep(HOURS)
    return 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Numbers of trials and seconds of the whole task."""
    parser = argparse.ArgumentParser(description="Run trials and print a line about each.")
    parser.add_argument("--first", type=int, default=1, metavar="TRIAL")
    parser.add_argument("--trials", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--break_at", type=int, default=0, metavar="TRIAL")
    parser.add_argument("--hold_at", type=int, default=0, metavar="TRIAL")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # asked to end: that is no error
        sys.exit(130)
