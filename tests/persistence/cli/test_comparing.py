"""`rigstate diff`: what changed between two versions, one line a change, by type."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence.document import parse_document
from persistence.store import STATE_FILE, StateFile


class Rig:
    def __init__(self) -> None:
        self.trial_count = 15
        self.phase = "habituation"
        self.settings = {"param1": "value1", "param2": 42}
        self.done = 1


RIG = f"{__name__}.Rig"


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """Three versions: saved, the count corrected, then a key removed, one added and one of another type."""
    assert persistence.save(Rig(), tmp_path)
    file = StateFile(tmp_path)
    for old, new in (
        ('"trial_count": 15', '"trial_count": 150'),
        ('"param2": 42', '"a/b": [1, 2]'),
        ('"done": 1', '"done": true'),
    ):
        snapshot = file.read()
        text = snapshot.data.decode().replace(old, new)
        file.commit(parse_document(text.encode()), expected_etag=snapshot.etag)
    return tmp_path


def test_that_without_numbers_the_newest_is_compared_with_the_one_before(session: Path, run: Any) -> None:
    said = run("diff", session)
    assert said == (
        0,
        f"{session / STATE_FILE}: version 3 → version 4 (now)\n{RIG}\n  done: 1 → true (integer → yes/no)\n",
        "",
    )


def test_that_one_number_is_compared_with_now_and_two_with_each_other(session: Path, run: Any) -> None:
    said = run("diff", session, 1)
    assert (said.code, said.errors) == (0, "")
    assert said.output.splitlines()[1:] == [
        RIG,
        "  trial_count: 15 → 150",
        "  settings/param2: 42 → not there",
        "  settings/a~1b: not there → [1, 2]",
        "  done: 1 → true (integer → yes/no)",
    ]
    backwards = run("diff", session, 2, 1)
    assert backwards.output == (
        f"{session / STATE_FILE}: version 2 → version 1\n{RIG}\n  trial_count: 150 → 15\n"
    )


def test_that_no_difference_is_said_and_whether_the_bytes_are_the_same(session: Path, run: Any) -> None:
    assert run("restore", session, 1).code == 0
    same = run("diff", session, 1)
    assert (same.code, "no differences in the attributes" in same.output) == (0, True)
    assert "the bytes are the same" in same.output
    (session / STATE_FILE).write_bytes((session / STATE_FILE).read_bytes() + b"\n")
    other = run("diff", session)
    assert (other.code, "no differences in the attributes" in other.output) == (0, True)
    assert "the bytes differ" in other.output


def test_that_a_whole_launcher_is_one_line(session: Path, run: Any) -> None:
    assert run("clear", session).code == 0
    lines = run("diff", session).output.splitlines()
    assert lines[1] == RIG
    assert lines[2].startswith('  all attributes: {"trial_count": 150')
    assert lines[2].endswith(" → not there")
    assert len(lines) == 3


def test_that_long_values_that_begin_alike_are_not_shown_as_equal(session: Path, run: Any) -> None:
    for end in ("a", "b"):
        assert run("set", session, "phase", "x" * 200 + end, "--string").code == 0
    line = run("diff", session).output.splitlines()[2]
    assert line.endswith("… (they differ further on; --json has all of it)")


def test_that_programs_get_values_whole_and_absent_ones_left_out(session: Path, run: Any) -> None:
    found = json.loads(run("diff", session, 1, "--json").output)
    assert found["directory"] == str(session)
    assert (found["before"]["version"], found["after"]["version"], found["same_bytes"]) == (1, 4, False)
    assert found["after"]["etag"] == StateFile(session).peek()
    assert found["changes"] == [
        {"namespace": RIG, "path": "trial_count", "before": 15, "after": 150},
        {"namespace": RIG, "path": "settings/param2", "before": 42},
        {"namespace": RIG, "path": "settings/a~1b", "after": [1, 2]},
        {"namespace": RIG, "path": "done", "before": 1, "after": True},
    ]


def test_that_nothing_in_a_file_commands_the_terminal(session: Path, run: Any) -> None:
    hostile = "m.\x1b]0;mine\x07\u202e"
    for value in (1, "\x1b[2J\u2066"):
        states = {hostile: {"attributes": {"x\x1b\ny": value}}}
        (session / STATE_FILE).write_text(json.dumps({"launcher_states": states}), encoding="utf-8")
        shown = run("diff", session).output
        assert not set("\x1b\x07\u202e\u2066") & set(shown)
        assert run("set", session, "added", "1").code == 0
    assert run("diff", session, 5, 7).output.splitlines()[2] == (
        '  x\\x1b\\x0ay: 1 → "\\u001b[2J\\u2066" (integer → text)'
    )


def test_that_a_number_keeps_its_spelling(session: Path, run: Any) -> None:
    for number in ("1e2", "9" * 5000):
        assert run("set", session, "trial_count", number, "--type-change").code == 0
    assert re.search(r"trial_count: 1e2 → 9{71}… \(decimal → integer\)", run("diff", session).output)
    assert f'"after": {"9" * 5000}' in run("diff", session, "--json").output


def test_that_a_damaged_version_is_told_in_a_sentence(session: Path, run: Any) -> None:
    (session / STATE_FILE).write_bytes(b'{"launcher_states": {')
    for numbers in ([], [1], [5], [1, 5]):
        said = run("diff", session, *numbers)
        assert (said.code, said.output) == (1, "")
        assert re.search(r"version 5 is damaged: the file ends too early, at line 1", said.errors)
        assert "rigstate recover" in said.errors


@pytest.mark.parametrize("numbers", [[9], [1, 9], [0]])
def test_that_a_version_that_is_not_there_is_named(session: Path, run: Any, numbers: list[int]) -> None:
    said = run("diff", session, *numbers)
    assert (said.code, said.output) == (1, "")
    assert f"no version {numbers[-1]}" in said.errors


def test_that_bytes_that_are_gone_are_told(session: Path, run: Any) -> None:
    next((session / ".session_state_history").glob("000001-*")).unlink()
    said = run("diff", session, 1)
    assert (said.code, said.output, "no version 1 to be had" in said.errors) == (1, "", True)
    assert run("diff", session).code == 0


def test_that_a_first_version_has_nothing_before_it(tmp_path: Path, run: Any) -> None:
    assert persistence.save(Rig(), tmp_path)
    said = run("diff", tmp_path)
    assert (said.code, said.output) == (1, "")
    assert "version 1 is the only one" in said.errors
    assert run("diff", tmp_path, 1).code == 0


def test_that_without_a_state_there_is_nothing_to_compare(tmp_path: Path, run: Any) -> None:
    for directory in (tmp_path, tmp_path / "none"):
        said = run("diff", directory)
        assert (said.code, str(directory) in said.errors) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_that_of_a_file_that_is_gone_two_versions_can_be_compared(session: Path, run: Any) -> None:
    (session / STATE_FILE).unlink()
    for numbers in ([], [1]):
        said = run("diff", session, *numbers)
        assert (said.code, "there is no saved state any more" in said.errors) == (1, True)
    assert "version 2 → version 3\n" in run("diff", session, 2, 3).output


def test_that_an_old_version_that_is_damaged_is_told_too(session: Path, run: Any) -> None:
    (session / STATE_FILE).write_bytes(b"{")
    assert run("restore", session, 1).code == 0
    said = run("diff", session)
    assert (said.code, "version 5 is damaged: the file ends too early" in said.errors) == (1, True)
    assert run("diff", session, 1).code == 0


@pytest.mark.parametrize("numbers", [["x"], ["1", "2", "3"], ["1.5"], ["-1"], ["٣"], ["9" * 5000]])
def test_that_what_is_no_number_is_wrong_usage(session: Path, run: Any, numbers: list[str]) -> None:
    assert run("diff", session, *numbers).code == 2
