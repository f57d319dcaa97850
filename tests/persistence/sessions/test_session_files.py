"""The small files beside a state: written plainly, read leniently."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from persistence.sessions import session_files


def put(directory: Path, name: str, content: object) -> None:
    path = directory / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "subject"),
    [
        ("session.json", {"subject_id": "m1"}, "m1"),
        ("session.json", {"subject_id": 764521}, "764521"),
        ("session.json", {"session_info": {"subject_id": "m1"}}, "m1"),
        ("launcher_metadata/end_state.json", {"subject_id": "m1"}, "m1"),
        ("launcher_metadata/end_state.json", {"session_info": {"subject_id": "m1"}}, "m1"),
        ("session.json", {"subject_id": None}, ""),
        ("session.json", {"subject_id": ["m1"]}, ""),
        ("session.json", ["m1"], ""),
        ("session.json", {"session_info": "m1"}, ""),
    ],
)
def test_that_the_subject_is_found(tmp_path: Path, name: str, content: object, subject: str) -> None:
    put(tmp_path, name, content)
    assert session_files.about(tmp_path).subject == subject


def test_that_session_json_says_more_than_the_end_state(tmp_path: Path) -> None:
    put(tmp_path, "session.json", {"subject_id": "m1"})
    put(tmp_path, "launcher_metadata/end_state.json", {"subject_id": "m2"})
    assert session_files.about(tmp_path).subject == "m1"


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'"x"'])
def test_that_what_cannot_be_read_is_simply_not_known(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "session.json").write_bytes(data)
    assert session_files.read(tmp_path / "session.json") == {}
    assert session_files.about(tmp_path) == session_files.About(by_metadata=True)
    assert session_files.crash_of(tmp_path) == ""


@pytest.mark.parametrize(
    ("name", "subject", "started"),
    [
        ("764521_2026-11-23_14-05-09", "764521", "2026-11-23T14:05:09"),
        ("764521_2026-11-23_14-05", "764521", "2026-11-23T14:05:00"),
        ("mouse_701_2026-11-23_14-05-09", "mouse_701", "2026-11-23T14:05:09"),
        ("mouse-701-2026-11-23_14-05", "mouse-701", "2026-11-23T14:05:00"),
        ("764521_2026-11-23_14-05-09_2", "764521", "2026-11-23T14:05:09"),
        ("2026-11-23_14-05-09_mouse_701", "mouse_701", "2026-11-23T14:05:09"),
        ("2026-11-23_14-05-09", "", "2026-11-23T14:05:09"),
        ("mouse_701_2026-11-23", "mouse_701", ""),
        ("mouse_701_2026-11-23_behavior", "mouse_701", ""),
        ("2026-11-23_mouse_701", "mouse_701", ""),
        ("mouse0001_2026-11-23_000001", "mouse0001", ""),
        ("mouse_701_20261123_140509", "mouse_701", ""),
        ("mouse_701-20261123T1405", "mouse_701", ""),
        ("20261123_training", "20261123", ""),
        ("m1", "m1", ""),
        ("764521_training", "764521", ""),
        ("mouse_12", "mouse_12", ""),
        ("mouse_12b_training_3", "mouse_12b", ""),
        ("bob_training2", "bob", ""),
        ("764521_2", "764521", ""),
        ("", "", ""),
        ("_x", "", ""),
    ],
)
def test_that_a_folders_name_tells_subject_and_time(name: str, subject: str, started: str) -> None:
    assert session_files.subject_in_name(name) == subject
    assert session_files.started_in_name(name) == started


@pytest.mark.parametrize("key", ["session_start_time", "start_time"])
def test_that_the_start_is_found_in_session_json(tmp_path: Path, key: str) -> None:
    put(tmp_path, "session.json", {key: "2026-11-23T14:05:09"})
    assert session_files.about(tmp_path).started == "2026-11-23T14:05:09"


@pytest.mark.parametrize(
    ("content", "crash"),
    [
        ({"crash_info": {"exception_type": "OSError", "message": "no camera"}}, "OSError: no camera"),
        ({"crash_info": {"exception_type": "OSError"}}, "OSError"),
        ({"exception": "OSError('x')"}, "OSError('x')"),
        ({"crash_info": "?"}, ""),
        ({}, ""),
    ],
)
def test_that_the_error_of_a_crash_is_found(tmp_path: Path, content: object, crash: str) -> None:
    put(tmp_path, "launcher_metadata/debug_state.json", content)
    assert session_files.crash_of(tmp_path) == crash


def test_that_what_json_does_not_know_is_written_as_text(tmp_path: Path) -> None:
    values: dict[str, Any] = {
        "when": dt.date(2025, 1, 2),
        "where": Path("a"),
        "nested": {1: (2, {"x"})},
        "ü": "\ud800",
    }
    session_files.write(tmp_path / "x.json", values)
    found = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert found["when"] == "2025-01-02"
    assert found["where"] == "a"
    assert found["nested"] == {"1": [2, "{'x'}"]}
    assert found["ü"] == "\ud800"


def test_that_values_are_readable_whatever_they_are() -> None:
    class Mute:
        def __repr__(self) -> str:
            raise ValueError

    values = {"when": dt.date(2025, 1, 2), "plain": 1, "object": object, "mute": Mute()}
    found = session_files.readable(values, {})
    assert found["when"] == {"__type__": "date", "value": "2025-01-02"}
    assert found["plain"] == 1
    assert found["object"] == "<class 'object'>"
    assert found["mute"] == "<Mute>"
