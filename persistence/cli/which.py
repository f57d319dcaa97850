"""Which Rigstate this is: what `--version` says, here and of the window.

One idea: the version stands in the code that runs (`persistence.__version__`), never in what an installer
wrote down about it. Installers are asked one thing only: whether both distributions are here, which hold the
same files, so that taking one away breaks the other.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection

from persistence import __version__

WHOLE, LIBRARY = "rigstate", "rigstate-persistence"


def offer_version(parser: argparse.ArgumentParser) -> None:
    """Give a command the option `--version`."""
    nothing = argparse.SUPPRESS
    parser.add_argument("--version", action=_Tell, nargs=0, dest=nothing, default=nothing, help=_Tell.ABOUT)


class _Tell(argparse.Action):
    """Prints the version and ends the program, as argparse's own does, with a warning where one is due."""

    ABOUT = "tell the version, and what is wrong with the installation"

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"rigstate {__version__}")
        if warning := clash(installed()):
            print(f"rigstate: {warning}", file=sys.stderr)
        parser.exit()


def installed() -> frozenset[str]:
    """Which of the two distributions this environment has."""
    from importlib.metadata import distributions  # slow, and needed for this alone

    names = (one.metadata["Name"] for one in distributions())
    return frozenset(name for name in names if name in (WHOLE, LIBRARY))


def clash(names: Collection[str]) -> str:
    """The sentence for an environment that has both; empty otherwise."""
    if not {WHOLE, LIBRARY} <= set(names):
        return ""
    return (
        f"{WHOLE} and {LIBRARY} are both installed here and hold the same files. Uninstall both, then install"
        f" the one that is wanted: {WHOLE} has the library in it."
    )
