"""The demo's other programs: what they leave is what such programs leave."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from resources.demo.old_program import STATE_FILE, main

STATE = {
    "version": "1.0.0",
    "launcher_class": "L",
    "launcher_states": {
        "m.L": {"attributes": {"ä": 1}, "saved_at": "2025-06-23T10:30:00", "outcome": "failed"}
    },
}


@pytest.fixture
def session(tmp_path: Path) -> Path:
    (tmp_path / STATE_FILE).write_text(json.dumps(STATE, indent=4, ensure_ascii=False), "utf-8")
    return tmp_path


def test_that_a_full_disk_leaves_what_is_no_json(session: Path) -> None:
    assert main(["damage", str(session)]) == 0
    with pytest.raises(json.JSONDecodeError):
        json.loads((session / STATE_FILE).read_text("utf-8"))


def test_that_the_old_program_knows_neither_version_nor_outcome(session: Path) -> None:
    assert main(["old_style", str(session)]) == 0
    text = (session / STATE_FILE).read_text("ascii")
    state = json.loads(text)
    assert "version" not in state
    assert state["launcher_states"]["m.L"] == {"attributes": {"ä": 1}, "saved_at": "2025-06-23T10:30:00"}


def test_that_the_newer_program_writes_a_later_version_and_keeps_the_rest(session: Path) -> None:
    assert main(["newer", str(session)]) == 0
    state = json.loads((session / STATE_FILE).read_text("utf-8"))
    assert state["version"] == "2.0.0"
    assert state["launcher_states"] == STATE["launcher_states"]


def test_that_it_rewrites_in_place(session: Path) -> None:
    before = (session / STATE_FILE).stat().st_ino
    main(["old_style", str(session)])
    assert (session / STATE_FILE).stat().st_ino == before
