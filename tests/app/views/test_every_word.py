"""Reads every text that the window can show, from the code itself: none has a word that only programmers use.

The one idea: the texts of tomorrow are read, too, also those that no test brings to the screen. Not for the
command line, whose verbs and options the contract names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.app.views.test_every_widget import FORBIDDEN
from tests.syntax import Source, read, sources

SPOKEN = (*FORBIDDEN, "kept as a draft", "serializer")
_TEXT = re.compile(r"[A-Za-z]{2,}.* [A-Za-z]|^&?[A-Z][a-z&]+")  # more than a name, or the title of something
_ELSEWHERE = ("app.views.style.stylesheet", "app.listing.index", "app.listing.index_files")
"""Rules and queries are texts for Qt and SQLite."""


@pytest.fixture(autouse=True, scope="module")
def trees_that_go() -> Iterator[None]:
    """What was read of the code is let go after the last test of it."""
    yield
    read.cache_clear()


def texts(source: Source) -> Iterator[str]:
    """The constants that read like something a person sees; what is put into them is left out."""
    hidden = {id(part) for node in ast.walk(source.tree) for part in _not_shown(node)}
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Constant) or id(node) in hidden:
            continue
        if isinstance(node.value, str) and _TEXT.search(node.value):
            yield node.value


def _not_shown(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, and annotations that stand in quotation marks."""
    if isinstance(node, ast.Expr):
        yield node.value
    if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
        yield node.annotation
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("cast", "TypeVar"):
        yield from node.args
    if isinstance(node, ast.Assign) and any(getattr(one, "id", "") == "__all__" for one in node.targets):
        yield from ast.walk(node.value)


def shown() -> list[tuple[str, str]]:
    return [
        (source.module, text)
        for source in sources("app")
        if source.module not in _ELSEWHERE
        for text in texts(source)
    ]


def test_that_no_text_of_the_window_has_a_word_that_only_programmers_use() -> None:
    found = shown()
    assert len(found) > 800
    said = [(module, text) for module, text in found for word in SPOKEN if _has(text, word)]
    assert said == []


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}", text.casefold()) is not None


@pytest.mark.parametrize("text", ["The namespace is gone.", "Root", "Watch the root folder"])
def test_that_such_a_word_would_be_found(text: str) -> None:
    assert _TEXT.search(text)
    assert any(_has(text, word) for word in SPOKEN)
