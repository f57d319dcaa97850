"""The other programs that we are measured against, where they are installed.

One idea: a peer that is not here costs its own column, and the table says so.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import ModuleType

from tests.benchmarks.race import Contender


def peer(name: str, module: str, work: Callable[[ModuleType], Callable[[], object]]) -> Contender:
    """The contender that `work` makes of a module, or one without work where the module is not to be had."""
    try:
        found = importlib.import_module(module)
    except ImportError:
        return Contender(name, None)
    return Contender(name, work(found))
