"""Packing as a command: what `python3 bootstrap.py build`, `bundle` and `freeze` run.

One idea: whatever is handed out was tried first, by the trial that all three have in common. Exit codes:
0 made and tried, 1 not, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bootstrap import CannotSetUp, Command, interpreter, make_environment, said_by
from tests.packaging.bundle import bundle, targets
from tests.packaging.distributions import LIBRARY, WHOLE, NotMade, make
from tests.packaging.freeze import freeze
from tests.packaging.trial import Programs, try_library, try_out

CHECKOUT = Path(__file__).resolve().parents[2]
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what was asked for; returns the exit code."""
    wanted = _parser().parse_args(arguments)
    out: Path = wanted.out.resolve()
    try:
        match wanted.verb:
            case "build":
                build(out)
            case "bundle":
                print(bundle(CHECKOUT, out, targets(wanted.python)[wanted.platform]))
            case "freeze":
                print(freeze(CHECKOUT, out))
    except (NotMade, CannotSetUp, OSError, subprocess.TimeoutExpired) as problem:
        print(f"{wanted.verb}: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def build(out: Path) -> None:
    """Both distributions, each installed into an environment of its own, and tried there."""
    work = CHECKOUT / "build" / "tried"
    for distribution in (LIBRARY, WHOLE):
        wheel = make(distribution, CHECKOUT, out)
        print(wheel, flush=True)
        place = work / distribution.name
        shutil.rmtree(place, ignore_errors=True)
        make_environment(place)
        constraints = CHECKOUT / "constraints.txt"
        install: Command = [
            interpreter(place),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--constraint",
            constraints,
            wheel,
        ]
        if reason := said_by(install):
            raise NotMade(f"{wheel.name} could not be installed ({reason})")
        if distribution is LIBRARY:
            try_library(place)
        else:
            try_out(Programs.of(place), work / "tour")


def _parser() -> argparse.ArgumentParser:
    about = "Make what others install, and try it."
    parser = argparse.ArgumentParser(prog="bootstrap.py", description=about)
    verbs = parser.add_subparsers(dest="verb", required=True)
    build = verbs.add_parser("build", help="wheels and source archives of both distributions")
    bundle = verbs.add_parser("bundle", help="everything that a rig without a network needs")
    frozen = verbs.add_parser("freeze", help="a folder that runs without Python")
    for verb in (build, bundle, frozen):
        verb.add_argument(
            "--out", type=Path, default=CHECKOUT / "dist", metavar="DIR", help="where to (default: dist)"
        )
    bundle.add_argument(
        "--platform", choices=targets("3.11"), default="win_amd64", help="of the rigs (default: %(default)s)"
    )
    bundle.add_argument(
        "--python", default="3.11", metavar="VERSION", help="of the rigs (default: %(default)s)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
