"""The parameter file of a resumed run: the old parameters, the confirmed identity, paths that stay true."""

import json
import sys
from pathlib import Path

import pytest

from persistence.errors import StateError
from persistence.launching.param_file import SOURCE, make_param_file, parameters_for


def session(tmp_path: Path, parameters: object) -> Path:
    directory = tmp_path / "session"
    (directory / "launcher_metadata").mkdir(parents=True)
    text = parameters if isinstance(parameters, str) else json.dumps(parameters)
    (directory / SOURCE).write_text(text, encoding="utf-8")
    return directory


def test_that_the_old_identity_goes_and_the_confirmed_one_comes(tmp_path: Path) -> None:
    old = {
        "subject_id": "wrong",
        "user_id": "wrong",
        "session_uuid": "u",
        "output_session_folder": "/data/old",
        "trials": 100,
        "nested": {"deep": [1, {"x": None}]},
    }
    target = tmp_path / "made.json"
    make_param_file(session(tmp_path, old), target, subject="764521", user="ann", cwd="")
    assert json.loads(target.read_text(encoding="utf-8")) == {
        "subject_id": "764521",
        "user_id": "ann",
        "trials": 100,
        "nested": {"deep": [1, {"x": None}]},
    }


def test_that_relative_paths_that_exist_are_made_absolute(tmp_path: Path) -> None:
    (tmp_path / "work" / "scripts").mkdir(parents=True)
    (tmp_path / "work" / "scripts" / "run.py").touch()
    old = {
        "script_path": "scripts/run.py",
        "more": {"config_files": "scripts/run.py", "output_folder": "scripts"},
        "repository_path": "not/there",
        "absolute_path": "/somewhere/else",
        "windows_path": "C:\\somewhere",
        "phase": "scripts",
        "stimulus_file": "",
    }
    found = parameters_for(old, subject="s", user="u", bases=[tmp_path / "nowhere", tmp_path / "work"])
    whole = str(tmp_path / "work" / "scripts" / "run.py")
    assert found == {
        **old,
        "script_path": whole,
        "more": {"config_files": "scripts/run.py", "output_folder": str(tmp_path / "work" / "scripts")},
        "subject_id": "s",
        "user_id": "u",
    }


def test_that_paths_are_taken_from_where_the_old_run_was_started(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.txt").touch()
    directory = session(tmp_path, {"stimulus_file": "a.txt"})
    recorded = {"working_directory": str(tmp_path / "there")}
    (directory / "launcher_metadata" / "command_line_arguments.json").write_text(json.dumps(recorded))
    make_param_file(directory, tmp_path / "made.json", subject="s", user="u", cwd=str(tmp_path))
    made = json.loads((tmp_path / "made.json").read_text())
    assert made["stimulus_file"] == str(tmp_path / "there" / "a.txt")


@pytest.mark.parametrize("text", ["", "{", "[]", "5", "[" * 100_000])
def test_that_parameters_that_cannot_be_read_are_told_with_their_path(tmp_path: Path, text: str) -> None:
    directory = session(tmp_path, text)
    with pytest.raises(StateError, match="processed_parameters"):
        make_param_file(directory, tmp_path / "made.json", subject="s", user="u", cwd="")
    assert not (tmp_path / "made.json").exists()


def test_that_a_session_without_parameters_says_so(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="starts from a parameter file"):
        make_param_file(tmp_path, tmp_path / "made.json", subject="s", user="u", cwd="")


def test_that_a_launcher_reads_it_in_whatever_encoding_its_computer_has(tmp_path: Path) -> None:
    target = tmp_path / "made.json"
    make_param_file(session(tmp_path, {"note": "Müller \ud800"}), target, subject="Mäuse", user="ann", cwd="")
    for encoding in ("ascii", "cp1252", "utf-8"):
        made = json.loads(target.read_text(encoding=encoding))
        assert (made["subject_id"], made["note"]) == ("Mäuse", "Müller \ud800")


@pytest.mark.parametrize(
    "levels", [600, 100_000]
)  # of Python's readers, some give up at the one, all at the other
def test_that_parameters_nested_too_deeply_are_told(tmp_path: Path, levels: int) -> None:
    if levels == 600 and sys.version_info >= (3, 12):
        pytest.skip("this Python reads and writes 600 levels")
    deep = '{"a": ' + "[" * levels + "]" * levels + "}"
    directory = session(tmp_path, deep)
    with pytest.raises(StateError, match="too deeply nested"):
        make_param_file(directory, tmp_path / "made.json", subject="s", user="u", cwd="")
