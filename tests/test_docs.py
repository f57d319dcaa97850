"""The documentation points at what is there: links, pages, and every name on the tour of the code.

The one idea: a page that names a file or a function is as true as the day it was written, or this fails.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.syntax import PROJECT, read

PAGES = (
    *sorted(PROJECT.glob("*.md")),
    *sorted((PROJECT / "docs").glob("*.md")),
    PROJECT / "docs" / "decisions" / "README.md",
)
TOUR = PROJECT / "docs" / "tour.md"
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"[a-zA-Z_]+(\.[a-zA-Z_]+)?")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_that_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in _LINK.findall(page.read_text("utf-8")) if not leads(page, link)] == []


def leads(page: Path, link: str) -> bool:
    """Whether a link is to another site, to a file, or to a heading that is there."""
    if link.startswith("https://"):
        return True
    place, _, heading = link.partition("#")
    target = (page.parent / place).resolve() if place else page
    return target.exists() and (not heading or heading in headings(target))


def headings(page: Path) -> set[str]:
    """The names of a page's headings, as links have them."""
    lines = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-") for line in lines}


def test_that_links_to_nowhere_would_be_seen() -> None:
    page = PROJECT / "docs" / "README.md"
    assert leads(page, "tour.md#a-key-is-pressed")
    assert not leads(page, "tour.md#a-key-was-pressed")
    assert not leads(page, "tuor.md")


def test_that_the_index_names_every_page_and_every_decision() -> None:
    for index in (PROJECT / "docs" / "README.md", PROJECT / "docs" / "decisions" / "README.md"):
        named = set(_LINK.findall(index.read_text("utf-8")))
        pages = {page.name for page in index.parent.glob("*.md")} - {"README.md"}
        assert pages - named == set()


def test_that_the_tour_names_files_and_functions_that_are_there() -> None:
    assert list(not_there(TOUR.read_text("utf-8"))) == []


def test_that_a_wrong_name_on_the_tour_would_be_seen() -> None:
    text = "`app/editing/desk.py`: `Desk.stage`, `Desk.staged`.\n`app/editing/dusk.py`, `stage`, `stagger`"
    assert list(not_there(text)) == ["Desk.staged", "app/editing/dusk.py", "stagger"]


def not_there(text: str) -> Iterator[str]:
    """The names in a tour that no file has: of what has a dot, the function must be in its class."""
    code = dict.fromkeys(_CODE.findall(text))
    files = [name for name in code if "/" in name and name.endswith(".py")]
    there = {name for file in files if (PROJECT / file).is_file() for name in names_in(PROJECT / file)}
    for name in code:
        if name in files:
            if not (PROJECT / name).is_file():
                yield name
        elif _NAME.fullmatch(name) and name not in there and not name.startswith("durable."):
            yield name


def names_in(file: Path) -> Iterator[str]:
    """Classes, their methods and signals, and functions: as `name` and as `Class.name`."""
    for node in read(file).tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield node.name
            for part in node.body:
                if isinstance(part, ast.FunctionDef):
                    yield from (part.name, f"{node.name}.{part.name}")
                elif isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
                    yield part.targets[0].id
