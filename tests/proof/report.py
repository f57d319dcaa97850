"""What the suites saw, as lines for a terminal and as a page of the docs.

One idea: the table of the page is its own memory. A suite that ran in its full form gets a new row; the row
of any other stays as it is, with its own date, commit and machine.

Not for: running suites (`tests.proof.__main__`).
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.benchmarks.machine import file_system
from tests.proof.suite import Outcome, Suite

PAGE = """# Reliability

**No version that was acknowledged is ever lost, and the file is never torn.** These suites try to break that.
{broken}`python3 bootstrap.py prove` runs them in full and writes this page; with the names of suites it runs
those alone and writes their rows. Short forms of all of them are among the ordinary tests.

| suite | done | violations | time | further figures | measured |
|---|---|---|---|---|---|
{rows}

## What each suite does

{suites}
"""


@dataclass(frozen=True)
class Result:
    """A suite, and what it saw when it was asked for so many rounds."""

    suite: Suite
    asked: int
    outcome: Outcome
    seconds: float

    @property
    def is_full(self) -> bool:
        """Whether its figures are for the page."""
        return self.asked == self.suite.full and not self.outcome.lacking


def line(result: Result) -> str:
    """For a terminal."""
    return "  ".join(
        [
            f"{result.suite.name:<14}",
            f"{_done(result):>22}",
            f"{len(result.outcome.violations):>4} violations",
            f"{_time(result.seconds):>11}",
            result.outcome.details,
        ]
    ).rstrip()


def page(before: str, results: Iterable[Result], suites: Sequence[Suite], measured: str) -> str:
    """The page with new rows; `before`: the page as it was, "" for none, `measured`: when and where."""
    kept = {name.strip(): row for row, name in re.findall(r"^(\| ([^|]+) \|.*)$", before, re.MULTILINE)}
    for result in results:
        if result.is_full or result.suite.name not in kept:
            kept[result.suite.name] = _row(result, measured)
    rows = [kept[suite.name] for suite in suites if suite.name in kept]
    about = [f"- **{suite.name}**: {suite.how}." for suite in suites]
    return PAGE.format(rows="\n".join(rows), suites="\n".join(about), broken=_broken(rows))


def _broken(rows: Iterable[str]) -> str:
    """A promise at the top must not stand there unqualified above a row that broke it."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    names = [name for _, name, _, violations, *_ in cells if violations not in ("0", "–")]
    return f"**Not kept yet:** {', '.join(names)} found violations, see below.\n" if names else ""


def measured(directory: Path, checkout: Path) -> str:
    """Today, the commit, and the machine as far as figures depend on it; `directory`: where suites work."""
    kernel = re.match(r"[\d.]*\d", platform.release())  # what a builder adds to it says nothing to others
    parts = [
        date.today().isoformat(),
        commit(checkout),
        f"{os.cpu_count()} cores",
        f"{platform.system()} {kernel[0] if kernel else platform.release()}",
        file_system(directory) or "an unknown file system",
        f"{platform.python_implementation()} {platform.python_version()}",
    ]
    return ", ".join(parts)


def commit(checkout: Path) -> str:
    """The commit that was tried, and whether the library was changed since; "no commit" without git."""
    described = ["git", "rev-parse", "--short", "HEAD"]
    changed = ["git", "status", "--porcelain", "persistence"]
    try:
        answers = [
            subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True)
            for command in (described, changed)
        ]
    except (OSError, subprocess.CalledProcessError):
        return "no commit"
    return f"`{answers[0].stdout.strip()}`{' and changes' if answers[1].stdout else ''}"


def _row(result: Result, measured: str) -> str:
    violations = "–" if result.outcome.lacking else str(len(result.outcome.violations))
    cells = [
        result.suite.name,
        _done(result),
        violations,
        _time(result.seconds),
        result.outcome.details,
        measured,
    ]
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _done(result: Result) -> str:
    if result.outcome.lacking:
        return f"not run, lacks {result.outcome.lacking}"
    return f"{result.outcome.rounds:,} {result.suite.unit}"


def _time(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.1f} s"
    return f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
