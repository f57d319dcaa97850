"""The frozen program `rigstate`: the command line, and a Python that knows our own modules and no others.

One idea: `rigstate -m app.files.judge ...` is what `python -m app.files.judge ...` is elsewhere, so that the
window starts its parts, and the demo its launchers, in the same way everywhere. Options of Python that mean
nothing here are passed over.
"""

import os
import runpy
import sys

from app.program import forget_our_libraries

OURS = ("app", "persistence", "resources")
OPTIONS = ("-P", "-B", "-u")


def start(arguments: list[str]) -> int:
    """Run a part, or the command line; returns the exit code."""
    rest = arguments
    while rest[:1] and rest[0] in OPTIONS:
        rest = rest[1:]
    if rest[:1] != ["-m"] or len(rest) < 2:
        from persistence.__main__ import main  # it may be the part that is asked for, which is run anew

        return main(arguments)
    if rest[1].partition(".")[0] not in OURS:
        print(
            f"rigstate: {rest[1]} is none of its parts; a launcher has a Python of its own.", file=sys.stderr
        )
        return 2
    sys.argv = rest[1:]
    runpy.run_module(rest[1], run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    forget_our_libraries(os.environ)
    sys.exit(start(sys.argv[1:]))
