"""The proof as a command: what `python3 bootstrap.py prove` runs.

One idea: each suite in a directory of its own, which stays when a promise was broken. Exit codes: 0 nothing
was broken, 1 something was, 2 wrong usage, 130 interrupted.

Not for: what a suite does (`tests.proof.suites`), or how it is told (`tests.proof.report`).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from tests.proof.report import Result, line, measured, page
from tests.proof.suite import Outcome, Suite
from tests.proof.suites import SUITES

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = CHECKOUT / "docs" / "reliability.md"
BROKEN, INTERRUPTED = 1, 130
TOLD = 20
"""Violations of a suite that are told; there may be thousands of one kind."""


def main(
    arguments: Sequence[str] | None = None,
    *,
    suites: Sequence[Suite] = SUITES,
    path: Path = PAGE,
    holding: Path = CHECKOUT / "build",
) -> int:
    """Run what was asked for; returns the exit code. `path`: the page, `holding`: where suites work."""
    wanted, rounds = _parsed(arguments, suites)
    holding.mkdir(exist_ok=True)
    results: list[Result] = []
    try:
        for suite in wanted:
            results.append(_run(suite, rounds or suite.full, holding))  # noqa: PERF401 - told as they come
    except KeyboardInterrupt:
        _say("interrupted; nothing is written")
        return INTERRUPTED
    if rounds is None:
        before = path.read_text("utf-8") if path.is_file() else ""
        path.write_text(page(before, results, suites, measured(holding, CHECKOUT)), "utf-8")
    return BROKEN if any(result.outcome.violations for result in results) else 0


def _parsed(arguments: Sequence[str] | None, suites: Sequence[Suite]) -> tuple[list[Suite], int | None]:
    by_name = {suite.name.replace(" ", "-"): suite for suite in suites}
    about = (
        "Try to break what the library promises. In full it takes an hour, and writes docs/reliability.md."
    )
    parser = argparse.ArgumentParser(prog="bootstrap.py prove", description=about, allow_abbrev=False)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"all, or of {', '.join(by_name)}")
    parser.add_argument(
        "--rounds", type=_positive, metavar="N", help="so many instead of all; nothing is written"
    )
    options = parser.parse_args(arguments)
    unknown = [name for name in options.suites if name not in by_name]
    if unknown:
        parser.error(f"no such suite: {', '.join(unknown)}; there are {', '.join(by_name)}")
    return [by_name[name] for name in options.suites or by_name], options.rounds


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("that proves nothing")
    return number


def _run(suite: Suite, rounds: int, holding: Path) -> Result:
    directory = Path(tempfile.mkdtemp(prefix=f"proof-{suite.name.replace(' ', '-')}-", dir=holding))
    started = time.monotonic()
    kept = False
    try:
        outcome = _outcome(suite, rounds, directory)
        kept = bool(outcome.violations)
    finally:
        if not kept:
            shutil.rmtree(directory, ignore_errors=True)
    result = Result(suite, rounds, outcome, time.monotonic() - started)
    _say(line(result))
    for violation in outcome.violations[:TOLD]:
        _say(f"    {violation}")
    if kept:
        _say(f"    {len(outcome.violations)} in all; what is left of it is in {directory}")
    return result


def _outcome(suite: Suite, rounds: int, directory: Path) -> Outcome:
    """What it saw; a suite that fails itself has shown nothing, and the others go on."""
    try:
        return suite.run(rounds, directory)
    except Exception as error:  # noqa: BLE001 - whatever it is
        traceback.print_exc()
        return Outcome(0, (f"the suite failed itself: {type(error).__name__}: {error}",))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
