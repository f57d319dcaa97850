"""What a source file imports, calls and says, read from its syntax tree, for the tests of the house rules.

The one idea: a rule is a question to the tree, so that strings and comments never answer it by accident.
Not a linter: what ruff, mypy or import-linter can say is left to them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ("persistence", "app", "resources")


@dataclass(frozen=True)
class Source:
    """One file: where it stands (`app/models/sessions.py`) and its tree."""

    place: str
    tree: ast.Module

    @property
    def module(self) -> str:
        """Its dotted name; a package's `__init__` has the package's."""
        return self.place.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of its tree: a walk takes longer than any question."""
        return tuple(ast.walk(self.tree))

    def imports(self) -> set[str]:
        """Every absolute name that it imports, also inside functions; `from a import b` as `a` and `a.b`."""
        found: set[str] = set()
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
        return found

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.place.split("/")[: -node.level]
        return ".".join([*package, *filter(None, [node.module])])

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call, with the last part of the name that is called: `a.b.setHtml(x)` as `setHtml`."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                yield last_name(node.func), node

    def names(self) -> set[str]:
        """Every identifier and attribute that it uses."""
        return {last_name(node) for node in self.nodes} - {""}

    def texts(self) -> Iterator[str]:
        """Every string it holds, docstrings left out."""
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        holders = [node for node in self.nodes if isinstance(node, documented)]
        docstrings = {
            id(node.body[0].value) for node in holders if node.body and isinstance(node.body[0], ast.Expr)
        }
        for node in self.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield node.value


def last_name(node: ast.AST) -> str:
    """`b` of `a.b` and of `b`; nothing of anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@cache
def read(path: Path) -> Source:
    """The file below the project as a Source.

    Who reads many calls `read.cache_clear` at last: a million objects of trees would be looked through for
    garbage after each test that follows.
    """
    return Source(path.relative_to(PROJECT).as_posix(), ast.parse(path.read_text("utf-8")))


def sources(*packages: str) -> list[Source]:
    """All files of the packages (of the whole project without a name), in order of their place."""
    files = (path for package in packages or PACKAGES for path in sorted((PROJECT / package).rglob("*.py")))
    return [read(path) for path in files if not is_made(path)]


def is_made(path: Path) -> bool:
    """Whether tools made it in the checkout: an environment, a cache, what pip builds."""
    parts = path.relative_to(PROJECT).parts
    return any(part in ("build", "__pycache__") or part.startswith(".") for part in parts)


def is_below(name: str, roots: Iterable[str]) -> bool:
    """Whether a dotted name is one of the roots or lies below one."""
    return any(name == root or name.startswith(f"{root}.") for root in roots)
