"""Lines as tables: one for a terminal, one for a section of the docs.

One idea: words only. A section is found by its heading and replaced as a whole; the rest of the page stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.figures import Figure, Line, number

HEADING = """# Benchmarks

`python3 bootstrap.py bench` measures and writes this page; `python3 bootstrap.py bench -- --help` says what
else it can be asked. A figure is a ratio to the reference, measured in turns with it in the same run: the
median of several runs, and the least and the greatest of them. Nothing here is a test: a slow machine fails
nothing.
"""


def figures_of(peers: Sequence[tuple[str, Figure | None]]) -> str:
    """The peers of a line; one without a figure is not installed."""
    return ", ".join(f"{name} {figure or 'cannot be imported'}" for name, figure in peers)


def goal_of(line: Line) -> str:
    """The goal in words."""
    return "" if line.goal is None else f"≤ {number(line.goal)}"


def reached(line: Line) -> str:
    """Whether the goal is reached, in words."""
    return {None: "", True: "yes", False: "no"}[line.reached]


def plain_table(lines: Sequence[Line]) -> str:
    """For a terminal: what is long stands last."""
    rows = [("work", "ours", "goal", "reached", "reference; peers")]
    for line in lines:
        others = f"{line.reference}; {figures_of(list(line.peers.items()))}".removesuffix("; ")
        rows.append((line.work, str(line.ours), goal_of(line), reached(line), others.replace("`", "")))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    )


def section(title: str, told: str, lines: Sequence[Line]) -> str:
    """One group in the docs. `told`: when and where it was measured."""
    table = ["| work | reference | ours | peers | goal | reached |", "|---|---|---|---|---|---|"]
    for line in lines:
        cells = (
            line.work,
            line.reference,
            str(line.ours),
            figures_of(list(line.peers.items())),
            goal_of(line),
            reached(line),
        )
        table.append(f"| {' | '.join(cells)} |")
    short = [f"- {line.work}: {line.shortfall}" for line in lines if line.reached is False and line.shortfall]
    return "\n".join([f"## {title}", "", told, "", *table, *([""] if short else []), *short, ""])


def with_section(page: str, written: str) -> str:
    """The page with a section in the place of the one with the same heading, or at its end."""
    heading = re.escape(written.partition("\n")[0])
    old = re.search(rf"^{heading}\n.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    if old is None:
        return f"{page.rstrip()}\n\n{written}"
    rest = page[old.end() :]
    return page[: old.start()] + written + (f"\n{rest}" if rest else "")


def write_section(path: Path, written: str) -> None:
    """Put a section into the page at `path`, which is made when it is missing."""
    page = path.read_text("utf-8") if path.is_file() else HEADING
    path.write_text(with_section(page, written), "utf-8")
