"""The benchmarks as a command: what `python3 bootstrap.py bench` runs.

One idea: a group that was measured as a whole is written into the docs; single rows are for those who work on
them, and only printed. Nothing fails here because a machine is slow.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.benchmarks.catalog import CATALOG
from tests.benchmarks.figures import Group, Line, Row, Terms
from tests.benchmarks.machine import machine
from tests.benchmarks.report import plain_table, section, write_section
from tests.benchmarks.store import STORE
from tests.benchmarks.tree import TREE

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = CHECKOUT / "docs" / "benchmarks.md"
GROUPS = {group.name: group for group in (STORE, CATALOG, TREE)}
FEWEST_RUNS = 5
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for; returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    wanted = {options.group: GROUPS[options.group]} if options.group else GROUPS
    names = {row.name for group in wanted.values() for row in group.rows}
    unknown = [name for name in options.rows if name not in names]
    if unknown:
        parser.error(f"no such row: {', '.join(unknown)}; there are {', '.join(sorted(names))}")
    for group in wanted.values():
        _measure(group, options)
    return 0


def _parser() -> argparse.ArgumentParser:
    about = "How fast we are against a reference and against others; all of it without arguments."
    parser = argparse.ArgumentParser(prog="bootstrap.py bench", description=about)
    rows = "; ".join(f"{name}: {', '.join(row.name for row in group.rows)}" for name, group in GROUPS.items())
    parser.add_argument("group", nargs="?", choices=GROUPS, metavar="GROUP", help=", ".join(GROUPS))
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"only these, and the docs stay; {rows}")
    parser.add_argument(
        "--dir", type=Path, metavar="DIR", help="an existing directory for files (default: build)"
    )
    parser.add_argument(
        "--runs", type=_runs, default=Terms(Path()).runs, help="of each row (default: %(default)s)"
    )
    parser.add_argument("--full-day", action="store_true", help="the row day with 20 MB, which writes 28 GB")
    return parser


def _runs(text: str) -> int:
    runs = int(text)
    if runs < FEWEST_RUNS:
        raise argparse.ArgumentTypeError(f"a median of fewer than {FEWEST_RUNS} is none")
    return runs


def _measure(group: Group, options: argparse.Namespace) -> None:
    """Print a group's table, and write its section when all of it was measured."""
    rows = [row for row in group.rows if not options.rows or row.name in options.rows]
    holding = options.dir or CHECKOUT / "build"
    if not options.dir:
        holding.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=holding) as directory:
        terms = Terms(
            Path(directory), options.runs, full_day=options.full_day, common=Path(directory, "common")
        )
        told = f"{date.today().isoformat()}: {machine(terms.directory, group.peers)}."
        print(f"{group.title}. {told}", flush=True)
        lines = [line for row in rows for line in _lines(row, terms)]
    print(plain_table(lines))
    if not options.rows:
        write_section(PAGE, section(group.title, told, lines))
        print(f"Written into {PAGE.relative_to(CHECKOUT)}.")


def _lines(row: Row, terms: Terms) -> list[Line]:
    print(f"{row.name} ...", flush=True)
    return row.measure(terms)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
