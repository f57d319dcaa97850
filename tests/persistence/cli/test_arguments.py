"""What is no command is told with the way it should be, and commands no terminal."""

import re
from typing import Any

import pytest


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "a", "b\x1b[31m\u202e\n"],
        ["\x1b[31m"],
        ["show", "a", "--\x1b[31m"],
        ["restore", "a", "\x1b[31m"],
        ["recover", "a", "--from", "\x1b[31m"],
    ],
)
def test_that_wrong_usage_is_told_without_obeying_it(run: Any, arguments: list[str]) -> None:
    said = run(*arguments)
    assert (said.code, said.output) == (2, "")
    assert "usage: rigstate" in said.errors
    assert "\\x1b" in said.errors
    assert said.errors.replace("\n", "").isprintable()


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "٣", "", " 1", "9" * 5000])
def test_that_a_version_is_a_plain_number(run: Any, number: str) -> None:
    for arguments in (["restore", "a", number], ["diff", "a", number], ["diff", "a", "1", number]):
        said = run(*arguments)
        assert (said.code, said.output) == (2, "")
        assert "is no version's number" in said.errors
        assert len(said.errors) < 1000


VERBS = (
    "adopt", "clear", "diff", "get", "history", "list", "recover", "rehearse", "remove", "restore", "resume",
    "set", "show", "validate",
)  # fmt: skip


def test_that_help_names_the_verbs_and_nothing_beside_them(run: Any) -> None:
    _, _, verbs = run("--help").output.partition("verbs:\n")
    assert verbs.split()[0] == "list"


def test_that_help_knows_every_verb(run: Any) -> None:
    told = re.findall(r"^    ([a-z]+) +(?:[a-z]|$)", run("--help").output, re.MULTILINE)
    assert sorted(told) == sorted(VERBS)
    for verb in VERBS:
        said = run(verb, "--help")
        assert (said.code, f"usage: rigstate {verb}" in said.output) == (0, True)
