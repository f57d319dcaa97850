"""How launchers are started: the operator's own list of commands, `launchers.toml`.

One idea: only what stands here is ever started. An entry is found by the exact name of the launcher as its
saved state says it, its command is a list and stays one, and nothing in a session, neither name nor path nor
value, can become a command. The user's file stands over one for the whole computer; each entry is taken whole
from one of them.

A wrong entry is told in a sentence and cannot be started; the others can. Not for starting (see `resume`).
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PureWindowsPath

from app.launchers.arguments import PLACEHOLDER, mixed_up, names_in
from persistence.errors import StateError, words_for
from persistence.files.reading import read_file
from persistence.rehearsing.named_class import Misnamed, class_name

NAME = "launchers.toml"
SIZE_LIMIT = 1 << 20
_KEYS = ("python", "command", "cwd", "environment", "rehearse")
_VARIABLE = re.compile(r"[^=\0]+")
_OURS = "RIGSTATE_"


@dataclass(frozen=True, slots=True)
class Entry:
    """How one launcher is started. `cwd` is empty when the entry names none.

    `rehearse` is the class, as `module:Class`, that may be asked what it makes of a state; empty for none.
    `environment` are variables that the launcher gets beside the window's own.
    """

    namespace: str
    command: tuple[str, ...]
    python: str = ""
    cwd: str = ""
    rehearse: str = ""
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def wants_param_file(self) -> bool:
        """True when the command names a parameter file, which has to be made first."""
        return any("{param_file}" in part for part in self.command)

    def filled(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """The command with its placeholders replaced; one without a value stays as it is."""
        known = {"python": self.python, **values}
        return tuple(
            PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), part) for part in self.command
        )


@dataclass(frozen=True, slots=True)
class Registry:
    """All entries, by launcher, and for each that is wrong the sentence that says why.

    `problems` are about whole files. `path` is the user's own file, which may not exist; `machine` names the
    entries that come from the computer's.
    """

    path: Path
    entries: Mapping[str, Entry] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    machine: frozenset[str] = frozenset()

    def find(self, namespace: str) -> Entry | str:
        """The entry for exactly this launcher, or the sentence that says why there is none."""
        if namespace in self.wrong:
            return self.wrong[namespace]
        if namespace in self.entries:
            return self.entries[namespace]
        if self.problems:
            return self.problems[0]
        return f"{namespace} has no entry in {self.path}."

    def alike(self, namespace: str) -> tuple[Entry, ...]:
        """The entries of launchers with the same class name in other modules: to be chosen, never taken."""
        wanted = namespace.rpartition(".")[2]
        return tuple(
            entry
            for name, entry in self.entries.items()
            if name != namespace and name.rpartition(".")[2] == wanted
        )

    def moved_to(self, namespace: str) -> str:
        """Where a launcher without an entry is now, as far as the list tells: the one launcher of its class
        name; empty where there are several, or where what cannot be read may be its own entry or another of
        that name. To be asked, which is told, and never to be started.
        """
        alike, wanted = self.alike(namespace), namespace.rpartition(".")[2]
        # Of a name without quotation marks only the beginning is known.
        is_unread = any("." not in name or name.rpartition(".")[2] == wanted for name in self.wrong)
        is_told = len(alike) == 1 and namespace not in self.entries and not is_unread and not self.problems
        return alike[0].namespace if is_told else ""


class WrongEntry(ValueError):
    """An entry that cannot be used; the message is a sentence without its place. `part` is the key that it is
    about, or "namespace".
    """

    def __init__(self, reason: str, part: str = "command") -> None:
        super().__init__(reason)
        self.part = part


def read_registry(config: Path, machine: Path) -> Registry:
    """Read the user's file over the computer's. Never raises: what is wrong is part of the registry."""
    return _over(_over(Registry(config / NAME), machine / NAME, is_machines=True), config / NAME)


def _over(below: Registry, path: Path, *, is_machines: bool = False) -> Registry:
    """The registry with the entries of one more file over it, entry by entry."""
    try:
        found = tomllib.loads(read_file(path, limit=SIZE_LIMIT).decode("utf-8-sig"))
    except FileNotFoundError:
        return below
    except OSError as error:
        problem = f"{path}: it could not be read, because {words_for(error)}."
    except (StateError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problem = f"{path}: it is not valid TOML ({error})."
    except RecursionError:
        problem = f"{path}: it is too deeply nested."
    else:
        names = frozenset(found)
        whose = below.machine | names if is_machines else below.machine - names
        return replace(_with_entries(below, path, found), machine=whose)
    return replace(below, problems=(*below.problems, problem))


def _with_entries(below: Registry, path: Path, found: Mapping[str, object]) -> Registry:
    entries, wrong = dict(below.entries), dict(below.wrong)
    for namespace, table in found.items():
        entries.pop(namespace, None)
        wrong.pop(namespace, None)
        try:
            entries[namespace] = entry_from(namespace, table)
        except WrongEntry as reason:
            wrong[namespace] = f'{path}: the entry "{namespace}" {reason}.'
    return replace(below, entries=entries, wrong=wrong)


def entry_from(namespace: str, table: object) -> Entry:
    """Check one entry. Raises WrongEntry with what is wrong with it."""
    if not isinstance(table, dict) or _is_a_part_of_a_name(table):
        raise WrongEntry(
            f'needs its whole name in quotation marks, as in ["my_project.launchers.{namespace}"]',
            "namespace",
        )
    if unknown := sorted(table.keys() - _KEYS):
        raise WrongEntry(f"has the unknown key {unknown[0]}; known are {', '.join(_KEYS)}")
    python, cwd = _text(table, "python"), _text(table, "cwd")
    rehearse = _rehearsed(table, has_python=bool(python))
    command = _command(table, has_python=bool(python))
    if command[0] != "{python}":
        _check_program(command[0], "command")
    if rehearse or command[0] == "{python}":
        _check_program(python, "python")
    if cwd and not _is_whole_path(cwd):
        raise WrongEntry(f'needs a whole path for cwd, not "{cwd}"', "cwd")
    return Entry(namespace, command, python, cwd, rehearse, _environment(table))


def _is_a_part_of_a_name(table: Mapping[str, object]) -> bool:
    """[my.launcher] without quotation marks is a table in a table, which is easily written by mistake."""
    return "command" not in table and any(isinstance(value, dict) for value in table.values())


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str) or (key in table and not value.strip()):
        raise WrongEntry(f"needs a text for {key}", key)
    if "\0" in value:
        raise WrongEntry(f"has a zero character in {key}", key)
    return value


def _rehearsed(table: Mapping[str, object], *, has_python: bool) -> str:
    text = _text(table, "rehearse").strip()
    if text and not has_python:
        raise WrongEntry("names a class to ask (rehearse) and does not say python = ...", "python")
    try:
        return str(class_name(text)) if text else ""
    except Misnamed as error:
        raise WrongEntry(f"cannot ask the class that it names (rehearse): {error}", "rehearse") from error


def _environment(table: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    found = table.get("environment", {})
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise WrongEntry('needs texts for its environment, as in environment = { RIG = "3" }', "environment")
    for name, value in found.items():
        if not _VARIABLE.fullmatch(name) or "\0" in value:
            raise WrongEntry(f"has a variable that cannot be: {name!r}", "environment")
        if name.upper().startswith(_OURS):
            raise WrongEntry(f"sets {name}, which is Rigstate's own", "environment")
    return tuple(found.items())


def _command(table: Mapping[str, object], *, has_python: bool) -> tuple[str, ...]:
    command = table.get("command")
    if isinstance(command, str):
        raise WrongEntry(
            'has a command that is one text; write a list, as in ["{python}", "-m", "my_project.run"]'
        )
    if not isinstance(command, list) or not command or not all(isinstance(part, str) for part in command):
        raise WrongEntry('needs a command, a list of texts, as in ["{python}", "-m", "my_project.run"]')
    if any("\0" in part for part in command):
        raise WrongEntry("has a zero character in its command")
    if slip := mixed_up(command):
        raise WrongEntry(slip)
    if "python" in names_in(command) and not has_python:
        raise WrongEntry("uses {python} in its command and does not say python = ...", "python")
    return tuple(command)


def _check_program(program: str, part: str) -> None:
    """Batch files go through a shell on Windows, whatever one does, and a shell reads what a name says."""
    if PLACEHOLDER.search(program):
        raise WrongEntry('has a command that begins with a placeholder other than "{python}"', part)
    if not program.strip():
        raise WrongEntry("has a command that begins with an empty text", part)
    if PureWindowsPath(program.rstrip(" .")).suffix.casefold() in (".bat", ".cmd"):
        raise WrongEntry("starts a .bat or .cmd file, which runs in a shell; name the program itself", part)
    if not _is_whole_path(program) and re.search(r"[\\/]", program):
        raise WrongEntry(f'needs a whole path for its program, not "{program}"', part)


def _is_whole_path(path: str) -> bool:
    return Path(path).is_absolute() or PureWindowsPath(path).is_absolute()
