"""What is asked for on the command line of the window: folders to watch, and options.

One idea: most windows are opened over folders alone, or nothing, and for that no grammar is imported. Not for
the command line of the library (`persistence.cli`).
"""

import sys
from collections.abc import Sequence
from typing import Literal, NamedTuple


class Wanted(NamedTuple):
    """`roots` are watched in this run, `demo`: some sessions are made; `entry` is what is to be done with our
    entry in the desktop's menu, instead of a window.
    """

    roots: tuple[str, ...] = ()
    demo: bool = False
    entry: Literal["install", "remove"] | None = None


def wanted(arguments: Sequence[str] | None = None) -> Wanted:
    """What the arguments ask for; None stands for those of this process. Ends the process where they ask for
    help, or for nothing that there is.
    """
    given = sys.argv[1:] if arguments is None else arguments
    return _with_options(given) if any(one.startswith("-") for one in given) else Wanted(tuple(given))


def _with_options(given: Sequence[str]) -> Wanted:
    import argparse

    from persistence.cli.which import offer_version

    parser = argparse.ArgumentParser(
        prog="rigstate-gui", description="See, correct and resume the saved states of experiment sessions."
    )
    parser.add_argument(
        "roots", metavar="ROOT", nargs="*", help="a folder to watch for sessions, in this run"
    )
    parser.add_argument(
        "--demo", action="store_true", help="make some sessions in a temporary folder, and watch that alone"
    )
    for change, about in (
        ("install", "put Rigstate into the desktop's menu"),
        ("remove", "take it out again"),
    ):
        option = f"--{change}-desktop-entry"
        parser.add_argument(option, dest="entry", action="store_const", const=change, help=about)
    offer_version(parser)
    found = parser.parse_args(given)
    if found.demo and found.roots:  # what is edited in the demo goes away with it
        parser.error("the demo shows its own folder; leave out --demo to watch yours")
    return Wanted(tuple(found.roots), found.demo, found.entry)
