"""Every promise to users has a test or a picture: the page that says so is read, and held to what is there.

The one idea: a promise without something that holds it, and a name of something that is not there, fail here.
Whether a test holds what is promised is for people to judge; that it is in the ordinary run is not.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.pictures.contents import CONTENTS
from tests.syntax import PROJECT

PAGE = PROJECT / "docs" / "promises.md"
PROMISES = 48
_ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.*?) \| (.*?) \|$", re.MULTILINE)
_NAMED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Promise:
    """One line of the page."""

    number: int
    words: str
    tests: tuple[str, ...]
    pictures: tuple[str, ...]


def promises(text: str) -> tuple[Promise, ...]:
    return tuple(
        Promise(int(number), words, tuple(_NAMED.findall(tests)), tuple(_NAMED.findall(pictures)))
        for number, words, tests, pictures in _ROW.findall(text)
    )


@cache
def names_in_file(file: Path) -> frozenset[str]:
    """The names of the tests of a file, also those in classes."""
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def not_there(promise: Promise) -> list[str]:
    """What a promise names and nobody has."""
    named = (name.partition("::") for name in promise.tests)
    tests = [
        f"{file}::{test}" for file, _, test in named if test not in names_in_file(PROJECT / "tests" / file)
    ]
    pictures = [name for name in promise.pictures if name not in CONTENTS and not in_docs(name)]
    return tests + pictures


def in_docs(picture: str) -> bool:
    return (PROJECT / "docs" / "pictures" / f"{picture}.png").is_file()


def test_that_all_that_is_promised_stands_on_the_page_in_its_order() -> None:
    numbers = [one.number for one in promises(PAGE.read_text("utf-8"))]
    assert numbers == list(range(1, PROMISES + 1))


def test_that_each_promise_is_held_by_tests_or_pictures_that_are_there() -> None:
    told = promises(PAGE.read_text("utf-8"))
    assert [one.number for one in told if not (one.tests or one.pictures)] == []
    assert {one.number: missing for one in told if (missing := not_there(one))} == {}
    assert all(test.partition("::")[2].startswith("test_that_") for one in told for test in one.tests)


def test_that_a_promise_that_nothing_holds_would_be_seen() -> None:
    text = (
        "| 1 | **A.** | `test_promises.py::test_that_it_rains` `nowhere.py::test_that_x` | `list`, `rain` |\n"
        "| 2 | **B.** |  |  |\n"
    )
    first, second = promises(text)
    assert not_there(first) == ["test_promises.py::test_that_it_rains", "nowhere.py::test_that_x", "rain"]
    assert (second.tests, second.pictures) == ((), ())
