"""The line for the Command Prompt, which is not at hand everywhere: what it reads of it, sign by sign."""

from __future__ import annotations

import json

import pytest

from app.launchers.commands import CannotStart
from app.launchers.shell_line import shell_line

PYTHON = "C:\\envs\\rig 1\\python.exe"


def read_by_cmd(line: str) -> list[str]:
    """The commands that the Command Prompt makes of a line, as far as quotes, carets and ampersands go, with
    all blanks in them: `set A= ` sets it to one.
    """
    commands, quoted, letters = [""], False, iter(line)
    for letter in letters:
        quoted ^= letter == '"'
        if letter == "^" and not quoted:
            commands[-1] += next(letters)
        elif letter == "&" and not quoted:
            commands.append("")
        else:
            assert letter not in ("%!" if quoted else "()%!<>|"), f"{letter} would be acted on"
            commands[-1] += letter
    assert not quoted
    return [command.lstrip() for command in commands if command]


def program_in(command: str) -> str:
    """What it would start: up to the first blank that stands in no quotes."""
    end, quoted = len(command), False
    for place, letter in enumerate(command):
        quoted ^= letter == '"'
        if letter == " " and not quoted:
            end = place
            break
    return command[:end].replace('"', "")


def test_that_the_command_prompt_gets_each_argument_and_variable_as_it_is() -> None:
    wish = json.dumps({"from": 'D:\\data\\a & b %PATH%!(1)"', "etag": ""})
    command = (PYTHON, "-m", "run", "a&calc", 'say "x"', "")
    line = shell_line(command, "D:\\my project", {"USER": "mia", "RIGSTATE_RESUME": wish}, windows=True)
    assert read_by_cmd(line) == [
        'cd /d "D:\\my project"',
        "set USER=mia",
        f"set RIGSTATE_RESUME={wish}",
        f'"{PYTHON}" -m run a&calc "say \\"x\\"" ""',
        "set USER=",
        "set RIGSTATE_RESUME=",
    ]


@pytest.mark.parametrize("path", [PYTHON, "C:\\a&b (1)\\100%\\x!.exe", "python"])
def test_that_the_command_prompt_starts_the_very_program(path: str) -> None:
    """It ends its name at a blank, unless that stands in quotes that it sees as such."""
    line = shell_line((path, "-m", "run"), "D:\\", {}, windows=True)
    assert "^^" not in line
    quoted = line.split("&&", 1)[1].replace('"^%"', "%").replace('"^!"', "!")
    assert program_in(quoted.strip()) == path


def test_that_the_command_prompt_goes_on_after_a_variable_that_is_empty() -> None:
    """To take one away that is not there fails, and what follows would not be done."""
    line = shell_line((PYTHON,), "D:\\", {"RIG": ""}, windows=True)
    assert read_by_cmd(line)[1:3] == ["set RIG=-", "set RIG="]


@pytest.mark.parametrize(
    ("command", "variables", "windows"),
    [
        ((PYTHON, "two\nlines"), {}, True),
        ((PYTHON,), {"NOTE": "two\nlines"}, True),
        (("/bin/x",), {"MY-RIG": "3"}, False),
    ],
)
def test_that_what_no_terminal_takes_is_not_made_a_line(
    command: tuple[str, ...], variables: dict[str, str], windows: bool
) -> None:
    with pytest.raises(CannotStart):
        shell_line(command, "D:\\", variables, windows=windows)
