"""What a launcher reported, told in one sentence and attribute by attribute."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.runs.run_report import LoadedAttribute, RunReport, read_report


def report(folder: Path, **found: Any) -> RunReport:
    (folder / "report.json").write_text(json.dumps(found))
    read = read_report(folder / "report.json")
    assert read is not None
    return read


def test_that_what_was_restored_and_what_not_is_told(tmp_path: Path) -> None:
    told = {
        "a": {"result": "restored", "reason": ""},
        "b": {"result": "added"},
        "c": {"result": "mismatched", "reason": "text does not fit an integer"},
        "d": {"result": "left_out", "reason": "the operator left it out"},
        "user_id": {"result": "kept", "reason": "stays 'ann'"},
    }
    found = report(tmp_path, ok=True, pid=7, session_directory="/data/s", attributes=told)
    assert found.sentence == "Loaded 2 attributes. Not loaded: c."
    assert (found.pid, found.session) == (7, "/data/s")
    assert found.attributes[2] == LoadedAttribute("c", "mismatched", "text does not fit an integer")
    assert [one.name for one in found.attributes] == ["a", "b", "c", "d"]
    assert [one.restored for one in found.attributes] == [True, True, False, False]


@pytest.mark.parametrize(
    ("results", "words"),
    [
        (("restored", "added"), "Loaded 1 attribute, and subject and user."),
        (("restored", "kept"), "Loaded 1 attribute, and subject."),
        (("kept", "handed_over"), "Loaded 1 attribute, and user."),
    ],
)
def test_that_subject_and_user_are_told_apart(tmp_path: Path, results: tuple[str, str], words: str) -> None:
    told = {name: {"result": result} for name, result in zip(("subject_id", "user_id"), results, strict=True)}
    found = report(tmp_path, ok=True, attributes={"a": {"result": "restored"}, **told})
    assert found.sentence == words


def test_that_many_names_are_not_all_named(tmp_path: Path) -> None:
    told = {f"a{number}": {"result": "refused"} for number in range(12)}
    assert report(tmp_path, ok=True, attributes=told).sentence.endswith("a7 and 4 more.")


def test_that_a_refusal_is_told(tmp_path: Path) -> None:
    assert report(tmp_path, ok=False, error="it is in use.").sentence == (
        "The launcher refused to start: it is in use."
    )
    assert "did not say why" in report(tmp_path, ok="yes").sentence


@pytest.mark.parametrize("found", [{"attributes": []}, {"attributes": {"a": 1}}, {"pid": "7"}, {"error": 5}])
def test_that_a_report_of_another_shape_tells_what_it_can(tmp_path: Path, found: dict[str, Any]) -> None:
    assert report(tmp_path, ok=True, **found).sentence == "Loaded 0 attributes."


def test_that_what_cannot_be_read_is_no_report(tmp_path: Path) -> None:
    assert read_report(tmp_path / "none") is None
    for data in (b"", b"[1]", b"[" * 9000, b"\xff"):
        (tmp_path / "report.json").write_bytes(data)
        assert read_report(tmp_path / "report.json") is None
