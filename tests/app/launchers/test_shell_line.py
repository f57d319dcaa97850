"""The line for the Command Prompt, which is not at hand everywhere: what it reads of it, sign by sign."""

from __future__ import annotations

import json

from app.launchers.shell_line import shell_line


def read_by_cmd(line: str) -> list[str]:
    """The commands that the Command Prompt makes of a line, as far as carets and ampersands go."""
    commands, letters = [""], iter(line)
    for letter in letters:
        if letter == "^":
            commands[-1] += next(letters)
        elif letter == "&":
            commands.append("")
        else:
            assert letter not in '"()%!<>|', f"{letter} would be acted on"
            commands[-1] += letter
    return [command.strip() for command in commands if command]


def test_that_the_command_prompt_gets_each_argument_and_variable_as_it_is() -> None:
    wish = json.dumps({"from": 'D:\\data\\a & b %PATH%!(1)"', "etag": ""})
    command = ("C:\\envs\\rig 1\\python.exe", "-m", "run", "a&calc", 'say "x"', "")
    line = shell_line(command, "D:\\my project", {"RIGSTATE_RESUME": wish}, windows=True)
    assert read_by_cmd(line) == [
        'cd /d "D:\\my project"',
        f"set RIGSTATE_RESUME={wish}",
        '"C:\\envs\\rig 1\\python.exe" -m run a&calc "say \\"x\\"" ""',
        "set RIGSTATE_RESUME=",
    ]
