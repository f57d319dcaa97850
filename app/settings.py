"""What the window remembers for one person on one computer: folders, layout, theme, names of users.

One idea: settings are a frozen value that is read once at the start and replaced as a whole. A file that
cannot be read is put aside under another name and told, never overwritten and never the reason not to start.

`places` says where the per-user files are, on each platform; RIGSTATE_CONFIG_DIR, or the caller, overrides
it. The only room that touches the settings file. Not for sessions, drafts or the registry of launchers.
"""

import errno
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from app.worker import Worker
from persistence.durable import read_file, write_file
from persistence.errors import StateError, words_for
from persistence.places import VARIABLE, data_directory

NAME = "settings.json"
SIZE_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Places:
    """Where per-user files are: `config` is what a person may edit, `data` what the window keeps for itself,
    `cache` what may be deleted at any time.

    `machine` is the directory for all users of this computer, which is only read.
    """

    config: Path
    data: Path
    cache: Path
    machine: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is remembered. `layout` is the window's own business; `trusted` and `view_only` are
    folders.
    """

    folders: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    theme: str = "system"
    layout: Mapping[str, Any] = field(default_factory=dict)
    trusted: tuple[str, ...] = ()
    view_only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingsRead:
    """Answer: the settings, and a sentence when the file had to be put aside."""

    settings: Settings
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """Errand: read the settings."""


@dataclass(frozen=True, slots=True)
class Remember:
    """Errand: replace some of the settings, by their names in `Settings`.

    The others stay as they are on disk by then: another window may have changed those.
    """

    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NotWritten:
    """Answer: the settings could not be written."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


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


class SettingsFile(Worker):
    """The settings file in `directory`, which is made when something is first written."""

    def __init__(self, directory: Path) -> None:
        super().__init__("settings")
        self._directory = directory
        self._first: SimpleQueue[SettingsRead] = SimpleQueue()

    def first(self, seconds: float) -> SettingsRead | None:
        """Wait a moment for what was read first, so that the window opens in its own colours and place.

        None when the disk is slow: the answer then comes as any other does.
        """
        try:
            return self._first.get(timeout=seconds)
        except Empty:
            return None

    def work(self, errand: object) -> None:
        match errand:
            case Read():
                read = read_settings(self._directory)
                self._first.put(read)
                self.answered.emit(read)
            case Remember(changes):
                try:
                    self._remember(changes)
                except OSError as error:
                    sentence = f"{self._directory / NAME}: settings were not kept: {words_for(error)}."
                    self.answered.emit(NotWritten(sentence))

    def _remember(self, changes: Mapping[str, Any]) -> None:
        read = read_settings(self._directory)
        if read.problem and (self._directory / NAME).exists():
            raise OSError(errno.EEXIST, "what is there cannot be read, and is not written over")
        settings = replace(read.settings, **changes)
        self._directory.mkdir(parents=True, exist_ok=True)
        write_file(self._directory / NAME, to_bytes(settings))


def read_settings(directory: Path) -> SettingsRead:
    """Read the settings file; a broken one is put aside. Never raises for what is on the disk."""
    path = directory / NAME
    try:
        return SettingsRead(from_bytes(read_file(path, limit=SIZE_LIMIT)))
    except FileNotFoundError:
        return SettingsRead(Settings())
    except (OSError, StateError) as error:
        return SettingsRead(Settings(), f"{path}: settings could not be read ({error}). Defaults are used.")
    except (ValueError, RecursionError) as error:
        return SettingsRead(Settings(), _put_aside(path, error))


def _put_aside(path: Path, why: Exception) -> str:
    aside = next(
        name
        for number in range(1, 10_000)
        if not (name := path.with_name(f"settings.broken-{number}.json")).exists()
    )
    try:
        path.rename(aside)
    except OSError as error:
        return f"{path}: the settings are damaged ({why}) and could not be put aside: {words_for(error)}."
    return (
        f"{path}: the settings were damaged ({why}). They were put aside as {aside.name}; defaults are used."
    )


def to_bytes(settings: Settings) -> bytes:
    """The settings as a file for people."""
    return json.dumps(asdict(settings), indent=4, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def from_bytes(data: bytes) -> Settings:
    """The settings in a file. Unknown keys are left alone. Raises ValueError, naming the key of a wrong
    shape.
    """
    found = json.loads(data.decode("utf-8-sig", "surrogatepass"))
    if not isinstance(found, dict):
        raise ValueError("it is no JSON object")
    known = {one.name: found[one.name] for one in fields(Settings) if one.name in found}
    for name in ("folders", "users", "trusted", "view_only"):
        if name in known:
            known[name] = _texts(name, known[name])
    if not isinstance(known.get("theme", ""), str):
        raise ValueError("theme should be a text")
    if not isinstance(known.get("layout", {}), dict):
        raise ValueError("layout should be an object")
    return Settings(**known)


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{name} should be a list of texts")
    return tuple(value)
