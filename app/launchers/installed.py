"""Which version of a package a launcher's Python has, as the files of its environment tell.

One idea: the environment is only looked at; no Python is started for it. Empty text: nothing was found.
Not for what a run once had (see `circumstances`).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from persistence.errors import StateError
from persistence.files.reading import read_file

_SIZE_LIMIT = 4 << 20
_KIND = ".dist-info"


def installed_version(package: str, python: str, folder: str) -> str:
    """Of what is installed beside `python`, else of the project in `folder`. Never raises."""
    wanted = _normal(package)
    for place in _site_packages(python):
        if version := _installed_in(place, wanted):
            return version
    return _project_version(folder, wanted)


def _installed_in(place: Path, wanted: str) -> str:
    try:
        names = [entry.name for entry in place.iterdir() if entry.name.endswith(_KIND)]
    except OSError:
        return ""
    found = (name.removesuffix(_KIND).partition("-") for name in names)
    return next((version for name, _, version in found if _normal(name) == wanted), "")


def _project_version(folder: str, wanted: str) -> str:
    project = read_toml(Path(folder) / "pyproject.toml").get("project") if folder else None
    if not isinstance(project, dict) or _normal(str(project.get("name"))) != wanted:
        return ""
    version = project.get("version")
    return version if isinstance(version, str) else ""


def read_toml(path: Path) -> Mapping[str, object]:
    """What a TOML file says; nothing where it cannot be read."""
    try:
        return tomllib.loads(read_file(path, limit=_SIZE_LIMIT).decode("utf-8-sig"))
    except (OSError, StateError, ValueError, RecursionError):
        return {}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).casefold()


def _site_packages(python: str) -> Iterator[Path]:
    if not python:
        return
    for above in (Path(python).parent, Path(python).parent.parent):
        yield above / "Lib" / "site-packages"
        yield from sorted((above / "lib").glob("python3*/site-packages"))
