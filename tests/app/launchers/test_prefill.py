"""What a session tells of how it was started: text to be looked at, and nothing that could not be read."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.launchers.prefill import prefilled
from app.resume_exchange import EntryText
from tests.small_rig import Rig


def told(session: Path, **record: Any) -> EntryText:
    (session / "launcher_metadata").mkdir(parents=True, exist_ok=True)
    path = session / "launcher_metadata" / "command_line_arguments.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    return prefilled(str(session), "a.B")


def test_that_a_real_run_gives_the_entry_that_would_start_it(tmp_path: Path) -> None:
    rig = Rig(tmp_path)
    found = prefilled(str(rig.run()), rig.namespace)
    assert found.command == ("{python}", str(rig.script), "--param_file", "{param_file}")
    assert found.from_record


def test_that_launchers_in_the_field_are_understood(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        arguments=["D:\\code\\run.py", "--param_file", "D:/params/x.json", "--fast"],
        python_executable="C:/envs/rig/python.exe",
        working_directory="D:/code",
        original_param_file="D:\\params\\x.json",
    )
    assert found.command == ("{python}", "D:\\code\\run.py", "--param_file", "{param_file}", "--fast")
    assert (found.python, found.cwd) == ("C:/envs/rig/python.exe", "D:/code")


def test_that_a_module_run_by_its_name_stays_one(tmp_path: Path) -> None:
    found = told(tmp_path, original_arguments=["python", "-m", "my_project.run"], arguments=["/x/run.py"])
    assert found.command == ("{python}", "-m", "my_project.run")


@pytest.mark.parametrize(
    "arguments",
    [[], "rm -rf /", [1], ["a\nb"], ["\u202ea"], ["x" * 2000], ["x"] * 100, None, {"a": 1}, ["\u0000"]],
)
def test_that_what_could_not_be_read_part_by_part_is_not_offered(tmp_path: Path, arguments: Any) -> None:
    assert told(tmp_path, arguments=arguments) == EntryText("a.B")


def test_that_nothing_in_a_record_becomes_a_placeholder(tmp_path: Path) -> None:
    found = told(tmp_path, arguments=["run.py", "{session_dir}", "--x={etag}", '{"json": 1}'])
    assert found.command == ("{python}", "run.py", "(session_dir)", "--x=(etag)", '{"json": 1}')


def test_that_a_launcher_is_never_to_be_started_in_the_session(tmp_path: Path) -> None:
    assert told(tmp_path, arguments=["x"], working_directory=str(tmp_path / "inner")).cwd == ""


def test_that_there_need_be_no_record(tmp_path: Path) -> None:
    assert prefilled(str(tmp_path), "a.B") == EntryText("a.B")
    (tmp_path / "launcher_metadata").mkdir()
    (tmp_path / "launcher_metadata" / "command_line_arguments.json").write_text("[")
    assert prefilled(str(tmp_path), "a.B") == EntryText("a.B")
