"""Whose a debug state is: what the files of a session tell, the surest first."""

from __future__ import annotations

import pytest

from persistence.sessions.origin import Origin, origin_of
from persistence.values.json_text import JSON

SESSION: dict[str, JSON] = {"launcher": "Rig"}
NAME = "lab.rig.Rig"


def command_line(*arguments: str, original: list[str] | None = None) -> dict[str, JSON]:
    found: dict[str, JSON] = {"arguments": list(arguments)}
    return found if original is None else {**found, "original_arguments": list(original)}


@pytest.mark.parametrize(
    ("debug", "session", "known", "expected"),
    [
        ({"launcher_class": "Rig", "launcher_module": "lab.rig"}, {}, ["x.Other"], (NAME,)),
        ({"launcher_class": "Rig", "launcher_module": "lab.rig"}, {"launcher": "Else"}, [], (NAME,)),
        ({"launcher_class": "Rig"}, {}, ["x.Camera", NAME], (NAME,)),
        ({"launcher": "Rig"}, {}, ["x.Camera", NAME], (NAME,)),
        ({}, SESSION, ["x.Camera", NAME], (NAME,)),
        ({}, SESSION, [NAME, "old.Rig"], (NAME, "old.Rig")),
        ({}, SESSION, [NAME, "x.Camera", NAME], (NAME,)),
        ({}, {}, [NAME], (NAME,)),
        ({}, {}, [NAME, "x.Camera"], (NAME, "x.Camera")),
        ({}, SESSION, [], ()),
        ({}, {}, [], ()),
        ({"launcher_class": 5, "launcher_module": ["x"]}, {"launcher": None}, [], ()),
        ({"launcher_class": "", "launcher_module": "lab"}, {}, [], ()),
    ],
)
def test_that_the_surest_that_is_told_is_taken(
    debug: dict[str, JSON], session: dict[str, JSON], known: list[str], expected: tuple[str, ...]
) -> None:
    assert origin_of(debug, session=session, command_line={}, known=known).namespaces == expected


@pytest.mark.parametrize(
    ("command", "module"),
    [
        (command_line("/lab/my_rig.py"), "my_rig"),
        (command_line("C:\\lab\\my_rig.py", "--param_file", "x"), "my_rig"),
        (
            command_line("/lab/rig.py", "-m", "x", original=["python", "-Xdev", "-m", "lab.rig", "-m", "x"]),
            "lab.rig",
        ),
        (command_line("/lab/pkg/__main__.py", original=["python", "-m", "lab.pkg.__main__"]), "lab.pkg"),
        (command_line("/lab/pkg/__main__.py", original=["python", "/lab/pkg"]), "pkg"),
        (
            command_line("/lab/my_rig.py", "-m", "x", original=["python", "/lab/my_rig.py", "-m", "x"]),
            "my_rig",
        ),
    ],
)
def test_that_a_class_without_module_gets_it_from_the_command_line(
    command: dict[str, JSON], module: str
) -> None:
    found = origin_of({}, session=SESSION, command_line=command, known=["x.Camera"])
    assert found.namespaces == (f"{module}.Rig",)
    assert found.told_by == "session.json and the command line"


@pytest.mark.parametrize(
    "command",
    [
        {},
        {"arguments": []},
        {"arguments": "rig.py"},
        {"arguments": [5]},
        command_line("-c"),
        command_line(""),
    ],
)
def test_that_a_command_line_that_tells_nothing_tells_nothing(command: dict[str, JSON]) -> None:
    assert origin_of({}, session=SESSION, command_line=command, known=[]) == Origin((), "", "Rig")


def test_that_it_says_by_what_it_is_known() -> None:
    told: dict[str, JSON] = {"launcher_class": "Rig", "launcher_module": "lab.rig"}
    assert origin_of(told, session={}, command_line={}, known=[]).told_by == "debug_state.json"
    by_both = origin_of({}, session=SESSION, command_line={}, known=[NAME])
    assert by_both.told_by == "session.json and what was saved before"
    assert origin_of({}, session={}, command_line={}, known=[NAME]).told_by == "what was saved before"
