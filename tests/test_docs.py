"""The documentation points at what is there: links, pages, and every name on the tour of the code.

The one idea: a page that names a file or a function is as true as the day it was written, or this fails.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.syntax import PROJECT, read, sources

PAGES = (
    *sorted(PROJECT.glob("*.md")),
    *sorted((PROJECT / "docs").glob("*.md")),
    PROJECT / "docs" / "decisions" / "README.md",
)
TOUR = PROJECT / "docs" / "tour.md"
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"[a-zA-Z_]+(\.[a-zA-Z_]+)?")
_DOTTED = re.compile(r"\w+(\.\w+)+")


@pytest.fixture(autouse=True, scope="module")
def trees_that_go() -> Iterator[None]:
    """What was read of the code is let go after the last test of it."""
    yield
    read.cache_clear()


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


def tables() -> dict[Path, set[str]]:
    """The rooms that `docs/architecture.md` has a table of, and the names in its first column."""
    found: dict[Path, set[str]] = {}
    names: set[str] | None = None
    package = "persistence"
    for line in (PROJECT / "docs" / "architecture.md").read_text("utf-8").splitlines():
        if line.startswith("## The window"):
            package = "app"
        if heading := re.match(r"\| `([\w/]+)/` \|", line):
            names = found[PROJECT / package / heading[1]] = set()
        elif not line.startswith("|"):
            names = None
        elif names is not None:
            names.update(re.findall(r"`(\w+)`", line.split("|")[1]))
    return found


@pytest.mark.parametrize("room", tables(), ids=lambda room: room.relative_to(PROJECT).as_posix())
def test_that_the_drawing_names_every_room_that_is_there(room: Path) -> None:
    assert {path.stem for path in room.glob("*.py")} - {"__init__", "__main__"} == tables()[room]


def test_that_the_drawing_has_every_room_of_rooms() -> None:
    packages = {
        PROJECT.joinpath(*source.module.split("."))
        for source in sources("persistence", "app")
        if source.place.endswith("/__init__.py")
    }
    assert {one for one in packages if one.parent != PROJECT} - set(tables()) == set()


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


def test_that_the_top_of_each_room_names_rooms_that_are_there() -> None:
    """What a room is not for stands in another one, which has moved now and then."""
    told = {source.place: ast.get_docstring(source.tree) or "" for source in sources()}
    assert {place: wrong for place, text in told.items() if (wrong := rooms_not_there(text))} == {}


def test_that_a_wrong_name_of_a_room_would_be_seen() -> None:
    text = (
        "Not for `values.edit_text`, `app.edit_text`, `views.dusk.Dusk`, `launchers.toml` or `desk.select`."
    )
    assert rooms_not_there(text) == ["app.edit_text", "views.dusk.Dusk"]


def rooms_not_there(text: str) -> list[str]:
    """Names with dots that begin with a package of ours, and are neither a module nor something in one."""
    rooms, packages = _rooms()
    dotted = [name for name in _CODE.findall(text) if _DOTTED.fullmatch(name) and not name.endswith(".toml")]
    ours = [name for name in dotted if name.partition(".")[0] in packages and "__" not in name]
    return [name for name in ours if not {name, name.rpartition(".")[0]} & rooms]


@cache
def _rooms() -> tuple[set[str], set[str]]:
    """The names of all modules, with all of their packages or with some, and those of all packages."""
    modules = {source.module for source in sources()}
    packages = {part for module in modules for part in module.split(".")[:-1]}
    return {module[at:] for module in modules for at in _beginnings(module)} - packages, packages


def _beginnings(module: str) -> Iterator[int]:
    """Where a name of a module begins, with all of its packages or with some."""
    yield 0
    yield from (found.end() for found in re.finditer(r"\.", module))


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
