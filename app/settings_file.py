"""The settings file: read at the start, and changed together with the other windows of the same person.

One idea: a file that cannot be understood, because it is damaged or of another version, is put aside under
another name and told, never written over and never the reason not to start. A change is made under a lock, on
what the file says by then, so that two windows lose nothing of each other.

The only room that touches the settings file. Not for what settings mean (`settings`, `settings_text`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.settings import Settings, merged
from app.settings_text import NAME, SIZE_LIMIT, OtherVersion, from_bytes, to_bytes
from app.worker import Worker
from persistence.errors import StateError, words_for
from persistence.files.durable import write_file
from persistence.files.reading import read_file
from persistence.lock import FileLock

LOCK = ".settings.lock"
PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class SettingsRead:
    """Answer: the settings, and a sentence when the file had to be put aside."""

    settings: Settings
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Errand: read the settings."""


@dataclass(frozen=True, slots=True)
class Remember:
    """Errand: do to the settings what is different between these two."""

    before: Settings
    after: Settings


@dataclass(frozen=True, slots=True)
class PutAside:
    """Answer: what the file said when something was to be changed could not be understood."""

    sentence: str


@dataclass(frozen=True, slots=True)
class SettingsNotWritten:
    """Answer: the settings could not be written."""

    sentence: str


class SettingsFile(Worker):
    """The settings file in `directory`, which is made when something is first written."""

    def __init__(self, directory: Path) -> None:
        super().__init__("settings")
        self.path = directory / NAME
        self._directory = directory

    def work(self, errand: object) -> None:
        match errand:
            case ReadSettings():
                self.answered.emit(read_settings(self._directory))
            case Remember():
                try:
                    self._remember(errand)
                except (OSError, StateError) as error:
                    why = words_for(error) if isinstance(error, OSError) else str(error).rstrip(".")
                    sentence = f"{self._directory / NAME}: settings were not kept: {why}."
                    self.answered.emit(SettingsNotWritten(sentence))

    def _remember(self, errand: Remember) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        with _locked(self._directory):
            theirs = self._theirs(errand)
            write_file(self._directory / NAME, to_bytes(merged(errand.before, errand.after, theirs)))

    def _theirs(self, errand: Remember) -> Settings:
        """What the file says; where it says nothing that can be understood, what this window knew."""
        path = self._directory / NAME
        try:
            return from_bytes(read_file(path, limit=SIZE_LIMIT))
        except FileNotFoundError:
            return errand.before
        except (ValueError, RecursionError) as error:
            sentence = f"{_put_aside(path, error)} What this window knows was written in its place."
            self.answered.emit(PutAside(sentence))
            return errand.before


def read_settings(directory: Path) -> SettingsRead:
    """Read the settings file; one that cannot be understood is put aside. Never raises for what is on the
    disk.
    """
    path = directory / NAME
    try:
        return SettingsRead(from_bytes(read_file(path, limit=SIZE_LIMIT)))
    except FileNotFoundError:
        return SettingsRead(Settings())
    except (OSError, StateError) as error:
        return SettingsRead(Settings(), f"{path}: settings could not be read ({error}). Defaults are used.")
    except (ValueError, RecursionError):
        return _read_again(directory)


def _read_again(directory: Path) -> SettingsRead:
    """Under the lock: another window may have put it aside meanwhile, and written a new one."""
    path = directory / NAME
    try:
        with _locked(directory):
            try:
                return SettingsRead(from_bytes(read_file(path, limit=SIZE_LIMIT)))
            except (ValueError, RecursionError) as error:
                return SettingsRead(Settings(), f"{_put_aside(path, error)} Defaults are used.")
    except FileNotFoundError:
        return SettingsRead(Settings())
    except (OSError, StateError) as error:
        return SettingsRead(Settings(), f"{path}: settings could not be read ({error}). Defaults are used.")


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """One window at a time. Raises StateError (LockTimeout, Refused, NotWritten)."""
    lock = FileLock(directory / LOCK)
    lock.acquire(PATIENCE_SECONDS)
    with lock:
        yield


def _put_aside(path: Path, why: Exception) -> str:
    """Give the file another name; what was done, as a sentence. Raises OSError."""
    other = isinstance(why, OtherVersion)
    word = "other-version" if other else "broken"
    names = (path.with_name(f"settings.{word}-{number}.json") for number in range(1, 10_000))
    aside = next(name for name in names if not name.exists())
    path.rename(aside)
    if other:
        what = f"the settings are of version {why}, which this Rigstate does not know"
    else:
        what = f"the settings were damaged ({why})"
    return f"{path}: {what}. They are kept as {aside}."
