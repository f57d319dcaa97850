"""A document out of what is left: a crashed launcher's debug state, the front of a damaged file."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from persistence import BaseLauncher
from persistence.document import ABSENT, Document, parse_document, render
from persistence.launching.hooks import OPENSCOPE_RUN_ATTRIBUTES
from persistence.sessions.session_files import DEBUG_STATE, METADATA
from persistence.states.front import Front, Lost, read_front
from persistence.states.recovery import Recovered, attributes_in, crash_time, from_debug_state, from_front
from persistence.values.json_text import JSON, Number, parse
from persistence.values.sameness import same

NAME = "lab.rig.Rig"
NOTHING = from_front(read_front(b""))


def place(name: str, attribute: str) -> tuple[str, ...]:
    return ("launcher_states", name, "attributes", attribute)


def recovered(state: dict[str, JSON], **further: JSON) -> Recovered:
    """What comes of a debug state with these attributes."""
    debug: dict[str, JSON] = {"launcher_state": state, **further}
    return from_debug_state(debug, NAME, onto=NOTHING, leave_out=OPENSCOPE_RUN_ATTRIBUTES, time="then")


# --- the front of a damaged file --------------------------------------------------------------------------


def damaged(*, cut: bytes) -> Front:
    data = render(
        Document(
            {
                "version": "1.0.0",
                "launcher_states": {
                    "x.Other": {"attributes": {"k": 1}, "saved_at": "t", "skipped": {"c": "no"}},
                    NAME: {"attributes": {"a": 1, "b": "text", "c": [1]}, "saved_at": "t"},
                },
            }
        )
    )
    return read_front(data[: data.index(cut)])


def test_that_a_front_is_a_document_that_says_what_it_lacks() -> None:
    found = from_front(damaged(cut=b'xt",'))
    assert found.recovered == (("x.Other", "k"), (NAME, "a"))
    assert found.lost == (Lost(place(NAME, "b"), "it is cut off"),)
    here = found.document.namespace(NAME)
    assert same(dict(here.attributes), {"a": 1})
    assert here.skipped == {"b": "lost when the file was damaged: it is cut off"}
    assert found.document.namespace("x.Other").skipped == {"c": "no"}
    assert parse_document(render(found.document)).problems == ()


def test_that_a_front_of_which_nothing_is_left_recovers_nothing() -> None:
    for front in (read_front(b"\0" * 99), damaged(cut=b'"k"')):
        assert from_front(front).recovered == ()
        assert from_front(front).document.namespaces == ()


def test_that_the_last_good_version_names_what_the_front_cannot() -> None:
    last = Document(
        {
            "launcher_states": {
                "old.Other": {"attributes": {"k": 1, "was_removed": 2}},
                NAME: {"attributes": {"a": 0, "b": "text", "c": [1]}},
                "gone.Rig2": {"attributes": {"d": 1}},
            }
        }
    )
    found = from_front(damaged(cut=b'xt",'), (7, last))
    told = {(one.namespace, one.attribute): one.reason for one in found.lost}
    assert told == {
        (NAME, "b"): "it is cut off",
        ("x.Other", "was_removed"): "it was not in the damaged file; version 7 has it",
        (NAME, "c"): "nothing of it can be read; version 7 has it",
        ("gone.Rig2", "d"): "nothing of it can be read; version 7 has it",
    }
    assert list(found.document.namespace(NAME).skipped) == ["b", "c"]
    assert found.document.namespace("x.Other").skipped == {"c": "no"}  # what it never had was not lost
    assert parse_document(render(found.document)).problems == ()


def test_that_a_sound_file_loses_nothing() -> None:
    data = render(Document({"launcher_states": {NAME: {"attributes": {"a": 1}}}}))
    found = from_front(read_front(data))
    assert (render(found.document), found.lost) == (data, ())


# --- a debug state ----------------------------------------------------------------------------------------


def test_that_a_debug_state_becomes_the_state_of_a_failed_run() -> None:
    found = recovered({"trial_count": 150, "when": {"__type__": "date", "value": "2025-01-02"}})
    here = found.document.namespace(NAME)
    assert same(
        dict(here.attributes), {"trial_count": 150, "when": {"__type__": "date", "value": "2025-01-02"}}
    )
    assert (here.outcome, here.saved_at, dict(here.skipped)) == ("failed", "then", {})
    document = found.document
    assert (document.version, document.launcher_class, document.launcher_module, document.created_at) == (
        "1.0.0",
        "Rig",
        "lab.rig",
        "then",
    )
    assert found.recovered == ((NAME, "trial_count"), (NAME, "when"))
    assert parse_document(render(document)).problems == ()


def test_that_descriptions_of_objects_are_named_and_not_taken() -> None:
    found = recovered(
        {
            "camera": "<rig.Camera object at 0x7f00>",
            "protocol": "Protocol('a', ['b'])",
            "deep": {"list": [1, "<rig.Camera object at 0x7f00>"], "n": 1},
            "note": "<b>not bold</b>",
        }
    )
    assert same(dict(found.document.namespace(NAME).attributes), {"note": "<b>not bold</b>"})
    reasons = {lost.attribute: lost.reason for lost in found.lost}
    assert set(reasons) == {"camera", "protocol", "deep"}
    assert reasons["camera"] == "only described, as <rig.Camera object at 0x7f00>"
    assert reasons["deep"] == "only described at list/1, as <rig.Camera object at 0x7f00>"
    assert dict(found.document.namespace(NAME).skipped) == reasons


def test_that_what_describes_one_run_is_left_out_and_private_names_too() -> None:
    found = recovered({"params": {"a": 1}, "process": "<Popen: returncode: 1>", "_x": 1, "config": {}})
    assert found.left_out == ("params", "process", "_x")
    assert found.recovered == ((NAME, "config"),)
    assert found.lost == ()


def test_that_a_value_too_deep_for_a_state_file_is_lost_and_no_more() -> None:
    deep = parse(b"[" * 195 + b"]" * 195)
    found = recovered({"a": 1, "deep": deep})
    assert [(lost.attribute, lost.reason) for lost in found.lost] == [("deep", "it is nested too deeply")]
    render(found.document)


def test_that_numbers_keep_their_spelling() -> None:
    found = recovered({"n": Number("1e2"), "long": Number("9" * 5000)})
    assert b"1e2" in render(found.document)
    assert b"9" * 5000 in render(found.document)


@pytest.mark.parametrize("state", [None, [], "text", {}, ABSENT])
def test_that_a_debug_state_without_attributes_recovers_nothing(state: Any) -> None:
    debug: dict[str, JSON] = {} if state is ABSENT else {"launcher_state": state}
    assert attributes_in(debug) == {}
    found = from_debug_state(debug, NAME, onto=NOTHING, leave_out=frozenset(), time="then")
    assert found.recovered == ()


def test_that_a_namespace_without_module_is_possible() -> None:
    found = from_debug_state(
        {"launcher_state": {"a": 1}}, "Rig", onto=NOTHING, leave_out=frozenset(), time="t"
    )
    assert found.document.namespaces == ("Rig",)
    assert (found.document.launcher_class, found.document.launcher_module) == ("Rig", "")


@pytest.mark.parametrize(
    ("debug", "time"),
    [
        ({"crash_info": {"crash_time": "2025-01-02T03:04:05"}, "timestamp": "other"}, "2025-01-02T03:04:05"),
        ({"timestamp": "2025-01-02T03:04:05"}, "2025-01-02T03:04:05"),
        ({"crash_info": {"crash_time": 5}, "timestamp": None}, ""),
        ({"crash_info": "?"}, ""),
    ],
)
def test_that_the_time_of_the_crash_is_found(debug: dict[str, JSON], time: str) -> None:
    assert crash_time(debug) == time


def test_that_a_debug_state_comes_over_the_front_of_a_damaged_file_and_keeps_the_other_launchers() -> None:
    front = from_front(damaged(cut=b'xt",'))
    debug: dict[str, JSON] = {"launcher_state": {"b": 2}}
    found = from_debug_state(debug, NAME, onto=front, leave_out=frozenset(), time="then")
    assert found.document.namespaces == ("x.Other", NAME)
    assert same(dict(found.document.namespace(NAME).attributes), {"b": 2})
    assert found.recovered == (("x.Other", "k"), (NAME, "b"))
    assert found.lost == ()


# --- as launchers write them ------------------------------------------------------------------------------


class Crashing(BaseLauncher):
    """Has an attribute of many kinds, and crashes."""

    def __init__(self) -> None:
        super().__init__()
        self.trial_count = 150
        self.block = (1, {"x"})
        self.note = "it's (fine)"
        self.items = [object()]
        self.opened = threading.Event()

    def create_process(self) -> None:
        """Fails at once."""
        raise ConnectionError("no rig")


def test_that_what_our_launchers_write_comes_back_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    launcher = Crashing()
    assert launcher.run() is False
    debug = parse((Path(launcher.output_session_folder) / METADATA / DEBUG_STATE).read_bytes())
    assert isinstance(debug, dict)
    found = from_debug_state(debug, "old.Crashing", onto=NOTHING, leave_out=OPENSCOPE_RUN_ATTRIBUTES, time="")
    assert [lost.attribute for lost in found.lost] == ["items"]
    assert {name for _, name in found.recovered} == {"subject_id", "user_id", "trial_count", "block", "note"}
    another = Crashing()
    another.trial_count, another.block, another.note = 0, (0, set()), ""
    (tmp_path / "session_state.json").write_bytes(render(found.document))
    assert another.load_session_state(tmp_path)
    assert (another.trial_count, another.block, another.note) == (150, (1, {"x"}), "it's (fine)")


def test_that_what_launchers_in_the_field_write_is_understood() -> None:
    """Plain JSON of `__dict__`, by `repr` where JSON has nothing; the older kind says so in words."""
    newer = {
        "exception": "ValueError('x')",
        "timestamp": "2025-06-23T10:30:00",
        "session_uuid": "m1_2025-06-23_10-30-00",
        "crash_info": {"exception_type": "ValueError", "message": "x", "crash_time": "2025-06-23T10:30:01"},
        "launcher_state": {
            "param_file": "p.json",
            "platform_info": {"python": "3.11", "os": ["Windows", "10"]},
            "params": {"subject_id": "m1"},
            "start_time": "2025-06-23T10:00:00",
            "stop_time": None,
            "config": {},
            "subject_id": "m1",
            "stdout_data": ["trial 1"],
            "process": "<Popen: returncode: None args: ['python', 'x.py']>",
            "trial_count": 12,
            "last_reward_at": "2025-06-23T10:29:00",
            "save_to": "WindowsPath('D:/data')",
            "seen": "{1, 2}",
            "rig": {"camera": "<rig.Camera object at 0x01>", "gain": 1.5},
        },
    }
    older = {
        "crash_info": {"exception_type": "ValueError", "exception_message": "x", "crash_time": "then"},
        "launcher_state": {
            "trial_count": 12,
            "process": "<non-serializable: Popen>",
            "x": "<error accessing attribute>",
        },
        "system_info": {"python_version": "3.9"},
    }
    found = from_debug_state(_as_json(newer), NAME, onto=NOTHING, leave_out=OPENSCOPE_RUN_ATTRIBUTES, time="")
    assert [name for _, name in found.recovered] == ["config", "subject_id", "trial_count", "last_reward_at"]
    assert [lost.attribute for lost in found.lost] == ["save_to", "seen", "rig"]
    found = from_debug_state(_as_json(older), NAME, onto=NOTHING, leave_out=OPENSCOPE_RUN_ATTRIBUTES, time="")
    assert ([name for _, name in found.recovered], [lost.attribute for lost in found.lost]) == (
        ["trial_count"],
        ["x"],
    )


def _as_json(value: object) -> dict[str, JSON]:
    found = parse(json.dumps(value).encode())
    assert isinstance(found, dict)
    return found
