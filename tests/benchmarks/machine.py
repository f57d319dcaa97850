"""The machine in one line, for those who read figures that another machine gave.

One idea: what the figures depend on, and nothing that names the machine or its owner.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

IN_MEMORY = ("tmpfs", "ramfs")


def machine(directory: Path, peers: Iterable[str]) -> str:
    """Processor, cores, system, the file system of a directory, Python, and versions of the peers."""
    kernel = re.match(r"[\d.]*\d", platform.release())  # what a builder adds to it says nothing to others
    parts = [
        processor(),
        f"{os.cpu_count()} cores",
        f"{platform.system()} {kernel[0] if kernel else platform.release()}",
        disk(file_system(directory)),
        f"{platform.python_implementation()} {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
    ]
    return "; ".join([*parts, *map(version, peers)])


def processor() -> str:
    """The name that the system gives it."""
    table = Path("/proc/cpuinfo")
    if table.is_file():
        found = re.search(r"^model name\s*:\s*(.+)$", table.read_text("utf-8", "replace"), re.MULTILINE)
        if found:
            return found[1]
    return platform.processor() or platform.machine()


def file_system(directory: Path) -> str:
    """The type of the file system that a directory is on; empty where the system does not tell it cheaply."""
    table = Path("/proc/self/mountinfo")
    if not table.is_file():
        return ""
    types: dict[Path, str] = {}
    for line in table.read_text("utf-8", "replace").splitlines():
        place, _, rest = line.partition(" - ")
        types[Path(place.split()[4])] = rest.split()[0]
    path = directory.resolve()
    return next((types[parent] for parent in (path, *path.parents) if parent in types), "")


def disk(kind: str) -> str:
    """A file system in words."""
    if kind in IN_MEMORY:
        return f"files on {kind}, which is memory and no disk: what a sync costs is not in these figures"
    return f"files on {kind or 'an unknown file system'}"


def version(distribution: str) -> str:
    """A peer with its version."""
    try:
        return f"{distribution} {importlib.metadata.version(distribution)}"
    except importlib.metadata.PackageNotFoundError:
        return f"{distribution} not installed"
