"""A start as one line for a terminal: the folder, the variables and the command.

One idea: what is pasted does what the window would do, whatever stands in a path, and changes little for what
comes after it in that terminal. For the shells of a POSIX system, and for the Command Prompt of
Windows; where another shell does not understand the line, it stops at the folder and starts nothing. Pure.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Mapping, Sequence

from app.launchers.commands import CannotStart

_CMD_SIGNS = re.compile(r'([()%!^"<>&|])')
_ALSO_IN_QUOTES = re.compile(r"([%!])")
_POSIX_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LINE_END = re.compile(r"[\r\n]")


def shell_line(
    command: Sequence[str], cwd: str, variables: Mapping[str, str], *, windows: bool = os.name == "nt"
) -> str:
    """The line that starts `command` in `cwd` with these variables set. Raises CannotStart."""
    make = _for_cmd if windows else _for_posix
    return make(command, cwd, variables)


def _for_posix(command: Sequence[str], cwd: str, variables: Mapping[str, str]) -> str:
    for name in variables:
        if not _POSIX_NAME.fullmatch(name):
            raise CannotStart(f"A terminal cannot set the variable {name!r}.")
    given = [f"{name}={shlex.quote(value)}" for name, value in variables.items()]
    return f"cd {shlex.quote(cwd)} && {' '.join([*given, shlex.join(command)])}"


def _for_cmd(command: Sequence[str], cwd: str, variables: Mapping[str, str]) -> str:
    """Variables hold for all that is started later there, so they are taken back at the end. A blank before
    an ampersand would be part of what is set.
    """
    for text in (*command, cwd, *variables, *variables.values()):
        if _LINE_END.search(text):
            raise CannotStart(f"The Command Prompt takes one line, and this holds more: {text!r}.")
    program, *others = command
    arguments = [_as_letters(subprocess.list2cmdline([argument])) for argument in others]
    return "".join(
        [
            f"cd /d {_as_letters(subprocess.list2cmdline([cwd]))}&& ",
            *(_set(name, value) for name, value in variables.items()),
            " ".join([_quoted(program), *arguments]),
            *(f"& set {_as_letters(name)}=" for name in variables),
        ]
    )


def _set(name: str, value: str) -> str:
    """Set it, as one step of several. One that is empty is none there; to take away what is not there fails,
    and ends the line.
    """
    if value:
        return f"set {_as_letters(f'{name}={value}')}&& "
    return f"{_set(name, '-')}set {_as_letters(name)}=&& "


def _as_letters(text: str) -> str:
    """Each sign that the Command Prompt would act on made a letter."""
    return _CMD_SIGNS.sub(r"^\1", text)


def _quoted(program: str) -> str:
    """In quotes that it sees as such: else the name of what is to be started ends at a blank."""
    return '"' + _ALSO_IN_QUOTES.sub(r'"^\1"', program) + '"'
