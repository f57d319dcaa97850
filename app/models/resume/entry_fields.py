"""An entry of the list of launchers as fields of a form, and back. Pure.

One idea: one argument is one line, and nothing in it is ever split or quoted, so that what is typed is what
is started. Not for what an entry may be (`app.launchers.registry`).
"""

from dataclasses import dataclass

from app.launchers.registry import Entry, WrongEntry, entry_from
from app.resume_exchange import EntryText


@dataclass(frozen=True, slots=True)
class EntryFields:
    """The texts of the form. `command` and `environment` have a line for each argument and variable."""

    namespace: str
    python: str = ""
    command: str = ""
    cwd: str = ""
    environment: str = ""
    rehearse: str = ""

    def entry(self) -> Entry:
        """The entry that these fields are. Raises WrongEntry with what is wrong with it."""
        if not self.namespace.strip():
            raise WrongEntry(
                "needs the launcher's whole name, as in my_project.launchers.MyLauncher", "namespace"
            )
        _check_lines(self.command)
        table: dict[str, object] = {"command": _lines(self.command)}
        for key in ("python", "cwd", "rehearse"):
            if text := getattr(self, key).strip():
                table[key] = text
        if variables := _variables(self.environment):
            table["environment"] = variables
        return entry_from(self.namespace.strip(), table)


def fields_of(text: EntryText) -> EntryFields:
    """What the form begins with."""
    variables = "\n".join(f"{name}={value}" for name, value in text.environment)
    command = "\n".join(text.command)
    return EntryFields(text.namespace, text.python, command, text.cwd, variables, text.rehearse)


def text_of(entry: Entry) -> EntryText:
    """An entry as it is to be edited."""
    return EntryText(
        entry.namespace, entry.python, entry.command, entry.cwd, entry.environment, entry.rehearse
    )


def _check_lines(text: str) -> None:
    """Who types a command as a list or as a shell reads it is told how it stands here. Raises WrongEntry."""
    typed = text.strip()
    if not typed:
        raise WrongEntry("needs a command, one argument on each line")
    if typed.startswith("[") and typed.endswith("]"):
        raise WrongEntry(
            "has a list as its command: here each argument is a line, without brackets and quotes"
        )
    first, *rest = typed.splitlines()
    if not rest and first.startswith("{python} "):
        raise WrongEntry("has its whole command on one line: write each argument on a line of its own")


def _lines(text: str) -> list[str]:
    """Lines without the empty ones at the end; an empty one before that is an empty argument."""
    return [line.strip() for line in text.strip("\r\n\t ").splitlines()]


def _variables(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, sign, value = line.strip().partition("=")
        if line.strip() and not sign:
            raise WrongEntry(f"needs NAME=value for each variable, not {name!r}", "environment")
        if sign:
            found[name.strip()] = value.strip()
    return found
