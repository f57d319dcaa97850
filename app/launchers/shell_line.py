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

_CMD_SIGNS = re.compile(r'([()%!^"<>&|])')


def shell_line(
    command: Sequence[str], cwd: str, variables: Mapping[str, str], *, windows: bool = os.name == "nt"
) -> str:
    """The line that starts `command` in `cwd` with these variables set."""
    make = _for_cmd if windows else _for_posix
    return make(command, cwd, variables)


def _for_posix(command: Sequence[str], cwd: str, variables: Mapping[str, str]) -> str:
    given = [f"{name}={shlex.quote(value)}" for name, value in variables.items()]
    return f"cd {shlex.quote(cwd)} && {' '.join([*given, shlex.join(command)])}"


def _for_cmd(command: Sequence[str], cwd: str, variables: Mapping[str, str]) -> str:
    """Variables hold for all that is started later there, so they are taken back at the end."""
    given = "".join(f"set {_as_letters(f'{name}={value}')}&& " for name, value in variables.items())
    after = "".join(f" & set {_as_letters(name)}=" for name in variables)
    arguments = (_as_letters(subprocess.list2cmdline([argument])) for argument in command)
    return f"cd /d {_as_letters(subprocess.list2cmdline([cwd]))} && {given}{' '.join(arguments)}{after}"


def _as_letters(text: str) -> str:
    """Each sign that the Command Prompt would act on made a letter."""
    return _CMD_SIGNS.sub(r"^\1", text)
