"""Every example of the seed document, as a test of its own: what the first users were promised.

The classes stand as they stand there; only what the document leaves out (ProtocolConfig, Event) is filled in.
"""

import json
import logging
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from persistence import BaseLauncher
from persistence.store import STATE_FILE

# --- "Simple Custom Launcher" -----------------------------------------------------------------------------


class MyCustomLauncher(BaseLauncher):
    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:
        super().__init__(param_file, rig_config_path)

        # These attributes will be automatically persisted
        self.experiment_phase = "initialization"
        self.trial_count = 0
        self.custom_settings: dict[str, Any] = {"param1": "value1", "param2": 42}

    def create_process(self) -> subprocess.Popen[Any] | None:
        return subprocess.Popen([sys.executable, "-c", "pass"])


# --- "Advanced Custom Launcher with Custom Serialization" -------------------------------------------------


class ProtocolConfig:
    def __init__(self, steps: list[str] | None = None) -> None:
        self.steps = steps or []

    def to_dict(self) -> dict[str, Any]:
        return {"steps": self.steps}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "ProtocolConfig":
        return cls(data["steps"])


class Event:
    def __init__(self, name: str) -> None:
        self.name = name

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Event":
        return cls(data["name"])


class ExperimentTimeline:
    def __init__(self) -> None:
        self.events: list[Event] = []
        self.start_time: datetime | None = None
        self.duration: float = 0.0


class AdvancedCustomLauncher(BaseLauncher):
    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:
        super().__init__(param_file, rig_config_path)

        # Complex object that needs custom serialization
        self.protocol_config = ProtocolConfig()
        self.experiment_timeline = ExperimentTimeline()

        # Register custom serialization handlers
        self.register_state_handler(
            "protocol_config",
            serializer=lambda config: config.to_dict(),
            deserializer=lambda data: ProtocolConfig.from_dict(data),  # noqa: PLW0108 - as it stands there
        )

        self.register_state_handler(
            "experiment_timeline",
            serializer=self._serialize_timeline,
            deserializer=self._deserialize_timeline,
        )

    def _serialize_timeline(self, timeline: ExperimentTimeline) -> dict[str, Any]:
        return {
            "events": [event.to_dict() for event in timeline.events],
            "start_time": timeline.start_time.isoformat() if timeline.start_time else None,
            "duration": timeline.duration,
        }

    def _deserialize_timeline(self, data: dict[str, Any]) -> ExperimentTimeline:
        timeline = ExperimentTimeline()
        timeline.events = [Event.from_dict(event) for event in data["events"]]
        timeline.start_time = datetime.fromisoformat(data["start_time"]) if data["start_time"] else None
        timeline.duration = data["duration"]
        return timeline


# --- "Controlling What Gets Persisted" --------------------------------------------------------------------


class SelectivePersistenceLauncher(BaseLauncher):
    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:
        super().__init__(param_file, rig_config_path)
        self.important_state = "save_this"
        self.temporary_data = "don't_save_this"

    def get_persistent_attributes(self) -> dict[str, Any]:
        # Start with default attributes
        attrs = super().get_persistent_attributes()

        # Remove attributes we don't want to persist
        attrs.pop("temporary_data", None)

        # Add custom attributes with transformations
        attrs["important_state_backup"] = self.important_state

        return attrs

    def set_persistent_attributes(self, attrs: dict[str, Any]) -> None:
        # Remove our custom backup attribute before calling super
        backup = attrs.pop("important_state_backup", None)

        # Restore normal attributes
        super().set_persistent_attributes(attrs)

        # Handle our custom backup
        if backup and not hasattr(self, "important_state"):
            self.important_state = backup


def state_in(directory: Path) -> Any:
    return json.loads((directory / STATE_FILE).read_text(encoding="utf-8"))


# --- "Example Test Case", word for word -------------------------------------------------------------------


def test_my_launcher_state_persistence() -> None:
    with tempfile.TemporaryDirectory() as tmpdir:
        # Create launcher and modify its state
        launcher = MyCustomLauncher()
        launcher.experiment_phase = "data_collection"
        launcher.trial_count = 100
        launcher.custom_settings = {"modified": True}

        # Save state
        assert launcher.save_session_state(tmpdir)

        # Create new launcher and load state
        new_launcher = MyCustomLauncher()
        assert new_launcher.load_session_state(tmpdir)

        # Verify state was restored correctly
        assert new_launcher.experiment_phase == "data_collection"
        assert new_launcher.trial_count == 100
        assert new_launcher.custom_settings == {"modified": True}


# --- "Overview" and "Basic Usage" -------------------------------------------------------------------------


def test_that_the_state_is_saved_at_the_end_of_a_successful_run_beside_session_json(tmp_path: Path) -> None:
    launcher = MyCustomLauncher()
    launcher.params["output_root_folder"] = str(tmp_path)
    launcher.subject_id = "m1"
    launcher.trial_count = 7
    assert launcher.run() is True
    directory = Path(launcher.output_session_folder)
    assert directory.parent == tmp_path
    assert (directory / "session.json").is_file()
    namespace = state_in(directory)["launcher_states"][f"{__name__}.MyCustomLauncher"]
    assert namespace["attributes"]["trial_count"] == 7
    assert namespace["outcome"] == "completed"


def test_that_an_experiment_resumes_from_the_directory_of_an_earlier_one(tmp_path: Path) -> None:
    first = MyCustomLauncher()
    first.params["output_root_folder"] = str(tmp_path)
    first.trial_count = 12
    assert first.run()

    launcher = MyCustomLauncher()
    assert launcher.load_session_state(first.output_session_folder)
    assert launcher.trial_count == 12


def test_that_the_state_file_itself_can_be_named_too(tmp_path: Path) -> None:
    launcher = MyCustomLauncher()
    launcher.trial_count = 3
    assert launcher.save_session_state(str(tmp_path))
    other = MyCustomLauncher()
    assert other.load_session_state(tmp_path / STATE_FILE)
    assert other.trial_count == 3


def test_that_basic_types_nested_and_with_date_times_come_back_equal_and_of_their_type(
    tmp_path: Path,
) -> None:
    zone = timezone(timedelta(hours=2))
    launcher = MyCustomLauncher()
    launcher.custom_settings = {
        "text": "übung",
        "number": 5,
        "decimal": 1.0,
        "yes": True,
        "list": [1, [2.5, {"deep": None}]],
        "moment": datetime(2025, 6, 23, 10, 30, 0, 123456),
        "with zone": [datetime(2025, 6, 23, 10, 30, tzinfo=zone)],
    }
    assert launcher.save_session_state(tmp_path)
    other = MyCustomLauncher()
    assert other.load_session_state(tmp_path)
    assert other.custom_settings == launcher.custom_settings
    assert repr(other.custom_settings) == repr(launcher.custom_settings)  # 1.0 is not 1, True is not 1


def test_that_attributes_with_an_underscore_are_not_saved(tmp_path: Path) -> None:
    launcher = MyCustomLauncher()
    launcher._secret = "x"  # type: ignore[attr-defined]
    assert launcher.save_session_state(tmp_path)
    assert set(state_in(tmp_path)["launcher_states"][f"{__name__}.MyCustomLauncher"]["attributes"]) == {
        "subject_id",
        "user_id",
        "experiment_phase",
        "trial_count",
        "custom_settings",
    }


# --- handlers ---------------------------------------------------------------------------------------------


@pytest.fixture
def loaded(tmp_path: Path) -> AdvancedCustomLauncher:
    launcher = AdvancedCustomLauncher()
    launcher.protocol_config = ProtocolConfig(["habituation", "imaging"])
    launcher.experiment_timeline.events = [Event("lick"), Event("reward")]
    launcher.experiment_timeline.start_time = datetime(2025, 6, 23, 10, 30, 0, 5)
    launcher.experiment_timeline.duration = 12.5
    assert launcher.save_session_state(tmp_path)
    other = AdvancedCustomLauncher()
    assert other.load_session_state(tmp_path)
    return other


def test_that_a_handler_of_two_lambdas_restores_a_complex_object(loaded: AdvancedCustomLauncher) -> None:
    assert isinstance(loaded.protocol_config, ProtocolConfig)
    assert loaded.protocol_config.steps == ["habituation", "imaging"]


def test_that_a_handler_of_two_methods_restores_a_complex_object(loaded: AdvancedCustomLauncher) -> None:
    timeline = loaded.experiment_timeline
    assert [event.name for event in timeline.events] == ["lick", "reward"]
    assert timeline.start_time == datetime(2025, 6, 23, 10, 30, 0, 5)
    assert timeline.duration == 12.5


# --- overriding -------------------------------------------------------------------------------------------


def test_that_an_override_controls_what_is_saved(tmp_path: Path) -> None:
    launcher = SelectivePersistenceLauncher()
    assert launcher.save_session_state(tmp_path)
    attributes = state_in(tmp_path)["launcher_states"][f"{__name__}.SelectivePersistenceLauncher"][
        "attributes"
    ]
    assert attributes["important_state"] == attributes["important_state_backup"] == "save_this"
    assert "temporary_data" not in attributes


def test_that_an_override_controls_what_is_restored(tmp_path: Path) -> None:
    launcher = SelectivePersistenceLauncher()
    launcher.important_state = "changed"
    assert launcher.save_session_state(tmp_path)
    other = SelectivePersistenceLauncher()
    other.temporary_data = "mine"
    assert other.load_session_state(tmp_path)
    assert other.important_state == "changed"
    assert other.temporary_data == "mine"
    assert not hasattr(other, "important_state_backup")
    assert other.state_report.handed_over == ("important_state_backup",)


def test_that_an_override_restores_from_its_backup_what_the_launcher_lacks(tmp_path: Path) -> None:
    launcher = SelectivePersistenceLauncher()
    assert launcher.save_session_state(tmp_path)
    text = (tmp_path / STATE_FILE).read_text(encoding="utf-8")
    state = json.loads(text)
    del state["launcher_states"][f"{__name__}.SelectivePersistenceLauncher"]["attributes"]["important_state"]
    (tmp_path / STATE_FILE).write_text(json.dumps(state), encoding="utf-8")
    other = SelectivePersistenceLauncher()
    del other.important_state
    assert other.load_session_state(tmp_path)
    assert other.important_state == "save_this"


# --- "Namespace Isolation", "Backward Compatibility" ------------------------------------------------------


def launcher_class(module: str, name: str = "MyLauncher") -> type[BaseLauncher]:
    """A launcher class as another developer defines it, in a module of that name."""
    source = f"""
from persistence import BaseLauncher

class {name}(BaseLauncher):
    def __init__(self, param_file=None, rig_config_path=None):
        super().__init__(param_file, rig_config_path)
        self.trial_count = 0
"""
    made = ModuleType(module)
    exec(source, vars(made))
    found: type[BaseLauncher] = vars(made)[name]
    return found


def count_of(launcher: BaseLauncher) -> object:
    return vars(launcher)["trial_count"]


def saved(cls: type[BaseLauncher], count: int, directory: Path) -> None:
    launcher = cls()
    vars(launcher)["trial_count"] = count
    assert launcher.save_session_state(directory)


def test_that_the_same_class_name_in_two_modules_has_two_states_in_one_file(tmp_path: Path) -> None:
    mine, theirs = launcher_class("my_project.launchers"), launcher_class("other_project.launchers")
    saved(mine, 1, tmp_path)
    saved(theirs, 2, tmp_path)
    assert list(state_in(tmp_path)["launcher_states"]) == [
        "my_project.launchers.MyLauncher",
        "other_project.launchers.MyLauncher",
    ]
    for cls, count in ((mine, 1), (theirs, 2)):
        launcher = cls()
        assert launcher.load_session_state(tmp_path)
        assert count_of(launcher) == count


def test_that_a_class_that_moved_to_another_module_loads_what_it_saved_before(tmp_path: Path) -> None:
    saved(launcher_class("old.place"), 5, tmp_path)
    launcher = launcher_class("new.place")()
    assert launcher.load_session_state(tmp_path)
    assert count_of(launcher) == 5
    assert launcher.state_report.namespace == "old.place.MyLauncher"


def test_that_of_several_modules_the_last_saved_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    saved(launcher_class("a"), 1, tmp_path)
    saved(launcher_class("c"), 3, tmp_path)
    saved(launcher_class("b"), 2, tmp_path)
    launcher = launcher_class("d")()
    assert launcher.load_session_state(tmp_path)
    assert count_of(launcher) == 2
    assert launcher.state_report.others == ("a.MyLauncher", "c.MyLauncher")


def test_that_a_state_of_another_class_is_not_loaded(tmp_path: Path) -> None:
    saved(launcher_class("a", "Another"), 1, tmp_path)
    launcher = launcher_class("a")()
    assert not launcher.load_session_state(tmp_path)
    assert count_of(launcher) == 0


# --- "Error Resilience" -----------------------------------------------------------------------------------


def test_that_an_attribute_that_cannot_be_serialized_is_skipped_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    launcher = MyCustomLauncher()
    launcher.trial_count = 9
    launcher.camera = object()  # type: ignore[attr-defined]
    with caplog.at_level(logging.WARNING):
        assert launcher.save_session_state(tmp_path)
    assert any("camera" in record.getMessage() for record in caplog.records if record.levelname == "WARNING")
    namespace = state_in(tmp_path)["launcher_states"][f"{__name__}.MyCustomLauncher"]
    assert namespace["attributes"]["trial_count"] == 9
    assert "camera" not in namespace["attributes"]
    assert list(namespace["skipped"]) == ["camera"] == list(launcher.state_report.skipped)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\0" * 40,
        b"[1, 2]",
        b'{"launcher_states": 7}',
        b'"text"',
        "{}".encode("utf-16"),
        b'{"a": 1, "a": 2}',
    ],
    ids=["empty", "torn", "zeros", "list", "wrong shape", "text", "utf-16", "duplicate key"],
)
def test_that_a_damaged_file_is_logged_and_never_crashes_the_launcher(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    (tmp_path / STATE_FILE).write_bytes(content)
    launcher = MyCustomLauncher()
    assert launcher.load_session_state(tmp_path) is False
    assert launcher.trial_count == 0
    assert any(
        str(tmp_path) in record.getMessage() for record in caplog.records if record.levelname == "ERROR"
    )


def test_that_a_missing_file_is_logged_and_never_crashes_the_launcher(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    launcher = MyCustomLauncher()
    assert launcher.load_session_state(tmp_path) is False
    assert launcher.get_session_state_info(tmp_path) is None
    assert any(str(tmp_path) in record.getMessage() for record in caplog.records)


def test_that_a_restored_attribute_that_the_launcher_lacks_is_added(tmp_path: Path) -> None:
    launcher = MyCustomLauncher()
    launcher.extra = [1, 2]  # type: ignore[attr-defined]
    assert launcher.save_session_state(tmp_path)
    other = MyCustomLauncher()
    assert other.load_session_state(tmp_path)
    assert vars(other)["extra"] == [1, 2]
    assert other.state_report.added == ("extra",)


def test_that_a_type_mismatch_is_logged_and_leaves_the_launchers_value(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    launcher = MyCustomLauncher()
    launcher.trial_count = "many"  # type: ignore[assignment]
    launcher.experiment_phase = "late"
    assert launcher.save_session_state(tmp_path)
    other = MyCustomLauncher()
    assert other.load_session_state(tmp_path)
    assert other.trial_count == 0
    assert other.experiment_phase == "late"
    assert list(other.state_report.mismatched) == ["trial_count"]
    assert any("trial_count" in record.getMessage() for record in caplog.records)


def test_that_a_serializer_that_raises_costs_its_own_attribute_only(tmp_path: Path) -> None:
    launcher = MyCustomLauncher()
    launcher.register_state_handler("custom_settings", serializer=lambda value: value["missing"])
    launcher.trial_count = 4
    assert launcher.save_session_state(tmp_path)
    assert launcher.state_report.skipped == {"custom_settings": "KeyError: 'missing'"}
    assert "trial_count" in launcher.state_report.saved


def test_that_a_deserializer_that_raises_costs_its_own_attribute_only(tmp_path: Path) -> None:
    launcher = MyCustomLauncher()
    launcher.trial_count = 4
    assert launcher.save_session_state(tmp_path)
    other = MyCustomLauncher()
    other.register_state_handler("custom_settings", deserializer=lambda data: data["missing"])
    assert other.load_session_state(tmp_path)
    assert other.custom_settings == {"param1": "value1", "param2": 42}
    assert other.trial_count == 4
    assert "custom_settings" in other.state_report.mismatched


# --- "State Persistence Methods", "State File Format" -----------------------------------------------------


def test_that_clearing_removes_this_launchers_state_and_keeps_the_others(tmp_path: Path) -> None:
    mine, theirs = launcher_class("mine"), launcher_class("theirs")
    saved(mine, 1, tmp_path)
    saved(theirs, 2, tmp_path)
    launcher = mine()
    assert launcher.clear_session_state(tmp_path)
    assert list(state_in(tmp_path)["launcher_states"]) == ["theirs.MyLauncher"]
    info = launcher.get_session_state_info(tmp_path)
    assert info is not None
    assert list(info["namespaces"]) == ["theirs.MyLauncher"]


def test_that_the_info_tells_what_the_file_holds(tmp_path: Path) -> None:
    launcher = MyCustomLauncher()
    assert launcher.save_session_state(tmp_path)
    info = launcher.get_session_state_info(tmp_path)
    assert info is not None
    assert info["version"] == "1.0.0"
    assert info["launcher_class"] == "MyCustomLauncher"
    assert info["launcher_module"] == __name__
    assert info["valid"] is True
    space = info["namespaces"][f"{__name__}.MyCustomLauncher"]
    assert space["would_be_loaded"] is True
    assert "trial_count" in space["attributes"]


SHOWN = """{
    "version": "1.0.0",
    "launcher_class": "MyCustomLauncher",
    "launcher_module": "my_project.launchers.my_launcher",
    "created_at": "2025-06-23T10:30:00.123456",
    "launcher_states": {
        "my_project.launchers.my_launcher.MyCustomLauncher": {
            "attributes": {
                "experiment_phase": "data_collection",
                "trial_count": 150,
                "custom_settings": {"param1": "value1", "param2": 42}
            },
            "saved_at": "2025-06-23T10:30:00.123456"
        }
    }
}
"""


def test_that_the_file_shown_in_the_document_can_be_loaded(tmp_path: Path) -> None:
    (tmp_path / STATE_FILE).write_text(SHOWN, encoding="utf-8")
    launcher = MyCustomLauncher()
    assert launcher.load_session_state(tmp_path)
    assert launcher.experiment_phase == "data_collection"
    assert launcher.trial_count == 150


def test_that_a_saved_file_has_the_structure_shown_in_the_document(tmp_path: Path) -> None:
    saved(launcher_class("my_project.launchers.my_launcher", "MyCustomLauncher"), 150, tmp_path)
    written, shown = state_in(tmp_path), json.loads(SHOWN)
    assert list(written) == list(shown)
    assert {key: written[key] for key in ("version", "launcher_class", "launcher_module")} == {
        key: shown[key] for key in ("version", "launcher_class", "launcher_module")
    }
    datetime.fromisoformat(written["created_at"])
    namespace = written["launcher_states"]["my_project.launchers.my_launcher.MyCustomLauncher"]
    assert list(namespace) == ["attributes", "saved_at"]
    assert namespace["saved_at"] == written["created_at"]
