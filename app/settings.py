"""What the window remembers for one person on one computer: folders, looks, habits, names of users.

One idea: settings are a frozen value that is replaced as a whole, and what one window changed is put onto
what another one has written meanwhile (`merged`). Pure; no Qt.

`places` says where the per-user files are, on each platform; RIGSTATE_CONFIG_DIR, or the caller, overrides
it. Not for the file (`settings_file`), nor for sessions, drafts or the registry of launchers.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from persistence.files.places import VARIABLE, data_directory

FONT_PERCENTS = (100, 110, 125, 150, 175, 200)
"""The sizes of text that are offered; any from the first to the last is taken from the file."""

MOST_HOURS = 24 * 365


class Places(NamedTuple):
    """Where per-user files are: `config` is what a person may edit, `data` what the window keeps for itself,
    `cache` what may be deleted at any time.

    `machine` is the directory for all users of this computer, which is only read.
    """

    config: Path
    data: Path
    cache: Path
    machine: Path


class Settings(NamedTuple):
    """Everything that is remembered. `trusted`, `view_only` and `as_network` are folders; the last are looked
    at as those on another computer are. `layout` is the window's own business.

    `font_percent` is the size of text, of the usual one; from `old_after_hours` on, a saved state counts as
    old. `unknown` is what a file says that this window does not know, to be kept in it.
    """

    folders: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    theme: str = "system"
    layout: Mapping[str, Any] = MappingProxyType({})
    trusted: tuple[str, ...] = ()
    view_only: tuple[str, ...] = ()
    as_network: tuple[str, ...] = ()
    font_percent: int = FONT_PERCENTS[0]
    old_after_hours: int = 24
    detailed_log: bool = False
    unknown: Mapping[str, Any] = MappingProxyType({})


def merged(before: Settings, after: Settings, theirs: Settings) -> Settings:
    """`theirs`, with all that is different between `before` and `after` done to it, too.

    In lists and in what has names of its own, one by one: of two windows that each add a folder, both folders
    stay. Where both changed the same thing, `after` counts.
    """
    changed = [name for name in Settings._fields if getattr(before, name) != getattr(after, name)]
    sides = {name: [getattr(side, name) for side in (before, after, theirs)] for name in changed}
    return theirs._replace(**{name: _merged(*values) for name, values in sides.items()})


def _merged(before: Any, after: Any, theirs: Any) -> Any:
    if isinstance(after, tuple):
        return _merged_lists(before, after, theirs)
    if isinstance(after, Mapping):
        kept = {name: value for name, value in theirs.items() if name in after or name not in before}
        new = {name: value for name, value in after.items() if name not in before or before[name] != value}
        return {**kept, **new}
    return after


def _merged_lists(
    before: tuple[str, ...], after: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[str, ...]:
    """In the order of this window, as far as it knows them: who worked here last comes first."""
    kept = [one for one in theirs if one in after or one not in before]
    new = [one for one in after if one not in before]
    order = {one: position for position, one in enumerate(after)}
    return tuple(sorted(dict.fromkeys((*kept, *new)), key=lambda one: order.get(one, len(order))))


def places(config_dir: Path | str | None = None, environment: Mapping[str, str] = os.environ) -> Places:
    """Where the per-user files are. With a directory of one's own, everything is below it."""
    own = config_dir or environment.get(VARIABLE)
    if own:
        config = Path(own).absolute()
        return Places(config, config / "data", config / "cache", _machine_wide(environment))
    return _usual_places(environment)


def _usual_places(environment: Mapping[str, str]) -> Places:
    machine = _machine_wide(environment)
    home = Path.home()
    if sys.platform == "win32":
        roaming = Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
        data = data_directory(environment)
        return Places(roaming / "Rigstate", data, data / "Cache", machine)
    if sys.platform == "darwin":
        support = home / "Library" / "Application Support" / "Rigstate"
        return Places(support, data_directory(environment), home / "Library" / "Caches" / "Rigstate", machine)
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    cache = Path(environment.get("XDG_CACHE_HOME") or home / ".cache")
    return Places(config / "rigstate", data_directory(environment), cache / "rigstate", machine)


def _machine_wide(environment: Mapping[str, str]) -> Path:
    if sys.platform == "win32":
        return Path(environment.get("PROGRAMDATA") or "C:/ProgramData") / "Rigstate"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Rigstate")
    return Path("/etc/rigstate")
