"""The mixin and the functions: what they save, tell, and never do to an experiment."""

import copy
import dataclasses
import gc
import logging
import pickle
import threading
import weakref
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence import PersistentState, StateFile
from persistence.store import STATE_FILE
from tests.persistence.rigs import RIG, Rig, edit, namespace_in, namespaces_in, text_of

# --- saving -----------------------------------------------------------------------------------------------


def test_that_handlers_may_be_registered_before_the_base_class_is_initialized(tmp_path: Path) -> None:
    class Early(Rig):
        def __init__(self) -> None:
            self.register_state_handler("steps", serializer=sorted, deserializer=set)
            super().__init__()
            self.steps = {2, 1}

    assert Early().save_session_state(tmp_path)
    other = Early()
    other.steps = set()
    assert other.load_session_state(tmp_path)
    assert other.steps == {1, 2}


def test_that_what_a_handler_returns_may_hold_every_type_of_a_state_file(tmp_path: Path) -> None:
    rig = Rig()
    rig.register_state_handler(
        "phase", serializer=lambda value: {1: (value, {3})}, deserializer=lambda v: v[1]
    )
    assert rig.save_session_state(tmp_path)
    assert rig.load_session_state(tmp_path)
    assert rig.phase == ("start", {3})  # type: ignore[comparison-overlap]


def test_that_a_private_attribute_is_saved_if_it_has_a_handler_and_never_restored(tmp_path: Path) -> None:
    rig = Rig()
    rig._hidden = 1  # type: ignore[attr-defined]
    rig.register_state_handler("_hidden")
    assert rig.save_session_state(tmp_path)
    assert namespace_in(tmp_path)["attributes"]["_hidden"] == 1
    other = Rig()
    assert other.load_session_state(tmp_path)
    assert "_hidden" not in vars(other)
    assert other.state_report.refused == {"_hidden": "the name begins with an underscore"}


def test_that_a_handler_for_an_attribute_that_is_not_set_costs_nothing(tmp_path: Path) -> None:
    rig = Rig()
    rig.register_state_handler("later")
    assert rig.save_session_state(tmp_path)
    assert "later" not in rig.state_report.saved


def test_that_tools_are_left_out_and_named(tmp_path: Path) -> None:
    rig = Rig()
    rig.logger, rig.on_trial, rig.lock = logging.getLogger("x"), print, threading.Lock()  # type: ignore[attr-defined]
    assert rig.save_session_state(tmp_path)
    assert rig.state_report.excluded == {"logger": "a logger", "on_trial": "callable", "lock": "a lock"}
    assert rig.state_report.skipped == {}


def test_that_an_attribute_that_is_no_longer_representable_does_not_keep_its_old_value(
    tmp_path: Path,
) -> None:
    rig = Rig()
    assert rig.save_session_state(tmp_path)
    rig.phase = object()  # type: ignore[assignment]
    assert rig.save_session_state(tmp_path)
    assert "phase" not in namespace_in(tmp_path)["attributes"]
    assert "object" in namespace_in(tmp_path)["skipped"]["phase"]
    rig.phase = "again"
    assert rig.save_session_state(tmp_path)
    assert "skipped" not in namespace_in(tmp_path)


def test_that_an_override_that_raises_saves_nothing_and_does_not_raise(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Rig):
        def get_persistent_attributes(self) -> dict[str, Any]:
            raise ValueError("oh")

    assert not Broken().save_session_state(tmp_path)
    assert "ValueError: oh" in caplog.text
    assert not (tmp_path / STATE_FILE).exists()


def test_that_a_value_that_another_thread_keeps_changing_is_saved(tmp_path: Path) -> None:
    rig = Rig()
    growing: dict[int, int] = dict.fromkeys(range(2000), 0)
    rig.growing = growing  # type: ignore[attr-defined]
    over = threading.Event()

    def grow() -> None:
        number = len(growing)
        while not over.is_set():
            growing[number] = 0
            growing.pop(number)
            number += 1

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        assert all(rig.save_session_state(tmp_path) for _ in range(5))
    finally:
        over.set()
        thread.join()


def test_that_the_last_part_of_the_folder_is_made_and_no_more(tmp_path: Path) -> None:
    assert Rig().save_session_state(tmp_path / "new")
    assert not Rig().save_session_state(tmp_path / "none" / "new")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("path", [None, 7, "", b"x", "a\0b"])
def test_that_nonsense_for_a_directory_never_raises(path: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    rig = Rig()
    for call in (
        rig.load_session_state,
        rig.get_session_state_info,
        rig.clear_session_state,
        rig.save_session_state,
    ):
        call(path)


def test_that_a_file_in_the_place_of_the_directory_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious", encoding="utf-8")
    rig = Rig()
    assert not rig.save_session_state(tmp_path / "file")
    assert str(tmp_path / "file") in rig.state_report.error
    assert (tmp_path / "file").read_text(encoding="utf-8") == "precious"


def test_that_a_newer_file_is_neither_written_nor_loaded_nor_cleared(tmp_path: Path) -> None:
    (tmp_path / STATE_FILE).write_text('{"version": "2.0.0", "launcher_states": {}}', encoding="utf-8")
    before = text_of(tmp_path)
    rig = Rig()
    assert not rig.save_session_state(tmp_path)
    assert not rig.load_session_state(tmp_path)
    assert not rig.clear_session_state(tmp_path)
    assert text_of(tmp_path) == before
    info = rig.get_session_state_info(tmp_path)
    assert info is not None
    assert (info["valid"], info["version"]) == (False, "2.0.0")


def test_that_a_damaged_file_is_saved_over_and_its_bytes_are_kept(tmp_path: Path) -> None:
    (tmp_path / STATE_FILE).write_bytes(b"{ torn")
    rig = Rig()
    assert not rig.clear_session_state(tmp_path)
    assert rig.save_session_state(tmp_path)
    assert StateFile(tmp_path).version(1) == b"{ torn"


def test_that_unknown_keys_and_other_namespaces_survive_a_save(tmp_path: Path) -> None:
    (tmp_path / STATE_FILE).write_text(
        f"""{{"ours": 1e2, "launcher_states": {{"a.B": {{"attributes": {{"n": 1.50}}, "more": [1]}},
        "{RIG}": {{"attributes": {{}}, "colour": "red"}}}}}}""",
        encoding="utf-8",
    )
    assert Rig().save_session_state(tmp_path)
    text = text_of(tmp_path)
    assert '"ours": 1e2' in text
    assert '"n": 1.50' in text
    assert namespaces_in(tmp_path)["a.B"]["more"] == [1]
    assert namespace_in(tmp_path)["colour"] == "red"


# --- over one another -------------------------------------------------------------------------------------


def test_that_a_foreign_change_is_written_over_kept_and_named(tmp_path: Path) -> None:
    rig = Rig()
    assert rig.save_session_state(tmp_path)
    edit(tmp_path, '"trial_count": 0', '"trial_count": 77')
    rig.phase = "later"
    assert rig.save_session_state(tmp_path)
    namespace = namespace_in(tmp_path)
    assert namespace["attributes"]["trial_count"] == 0
    assert b'"trial_count": 77' in StateFile(tmp_path).version(namespace["replaced"])
    assert rig.save_session_state(tmp_path)  # a later save goes on naming it
    assert namespace_in(tmp_path)["replaced"] == namespace["replaced"]


def test_that_a_change_that_the_launcher_loaded_is_not_foreign_any_more(tmp_path: Path) -> None:
    rig = Rig()
    assert rig.save_session_state(tmp_path)
    edit(tmp_path, '"trial_count": 0', '"trial_count": 77')
    assert rig.load_session_state(tmp_path)
    assert rig.save_session_state(tmp_path)
    assert "replaced" not in namespace_in(tmp_path)
    assert rig.trial_count == 77


def test_that_a_save_of_another_launcher_is_no_foreign_change(tmp_path: Path) -> None:
    class Other(Rig):
        pass

    rig, other = Rig(), Other()
    for _ in range(2):
        assert rig.save_session_state(tmp_path)
        assert other.save_session_state(tmp_path)
    assert all("replaced" not in namespace for namespace in namespaces_in(tmp_path).values())


def test_that_a_state_that_somebody_cleared_is_named_too(tmp_path: Path) -> None:
    rig = Rig()
    assert rig.save_session_state(tmp_path)
    cleared = StateFile(tmp_path).clear()
    assert rig.save_session_state(tmp_path)
    assert namespace_in(tmp_path)["replaced"] == cleared.sequence


def test_that_what_the_launcher_itself_cleared_is_no_foreign_change(tmp_path: Path) -> None:
    rig = Rig()
    assert rig.save_session_state(tmp_path)
    assert rig.clear_session_state(tmp_path)
    assert rig.save_session_state(tmp_path)
    assert "replaced" not in namespace_in(tmp_path)


def test_that_two_launchers_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    rigs = [type(f"Rig{number}", (Rig,), {})() for number in range(6)]
    threads = [threading.Thread(target=rig.save_session_state, args=(tmp_path,)) for rig in rigs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(namespaces_in(tmp_path)) == 6
    assert [version.sequence for version in StateFile(tmp_path).history()] == [1, 2, 3, 4, 5, 6]


def test_that_a_state_loaded_elsewhere_says_where_it_came_from(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    rig = Rig()
    assert rig.save_session_state(first)
    etag = rig.state_report.etag
    other = Rig()
    assert other.load_session_state(first)
    assert other.save_session_state(second)
    assert namespace_in(second)["resumed_from"] == {"path": str(first), "etag": etag}
    third = Rig()
    assert third.load_session_state(second)
    assert third.save_session_state(second)
    assert namespace_in(second)["resumed_from"]["path"] == str(first)


# --- switched off, told, remembered -----------------------------------------------------------------------


def test_that_everything_is_a_logged_no_op_when_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert Rig().save_session_state(tmp_path)
    before = text_of(tmp_path)
    monkeypatch.setenv("RIGSTATE_DISABLE", "1")
    rig = Rig()
    assert not rig.save_session_state(tmp_path)
    assert not rig.load_session_state(tmp_path)
    assert not rig.clear_session_state(tmp_path)
    assert rig.get_session_state_info(tmp_path) is None
    assert not rig.checkpoint()
    reports = [do(rig, tmp_path) for do in (persistence.save, persistence.load, persistence.clear)]
    assert text_of(tmp_path) == before
    assert caplog.text.count("RIGSTATE_DISABLE is set") == 8
    assert [(bool(report), "RIGSTATE_DISABLE" in report.error) for report in reports] == [(False, True)] * 3
    assert rig.get_persistent_attributes()["trial_count"] == 0
    rig.register_state_handler("phase")
    monkeypatch.setenv("RIGSTATE_DISABLE", "0")
    assert rig.save_session_state(tmp_path)


def test_that_a_launcher_can_be_pickled_copied_and_forgotten(tmp_path: Path) -> None:
    rig = Rig()
    rig.register_state_handler("phase", serializer=lambda value: value)
    assert rig.save_session_state(tmp_path)
    assert pickle.loads(pickle.dumps(rig)).phase == "start"
    twin = copy.deepcopy(rig)
    twin.phase = "twin"
    assert twin.save_session_state(tmp_path / "twin")
    reference = weakref.ref(rig)
    del rig
    gc.collect()
    assert reference() is None


def test_that_a_launcher_without_run_has_nothing_wrapped() -> None:
    assert not hasattr(Rig, "run")
    assert "output_session_folder" not in vars(Rig)


def test_that_init_subclass_of_a_base_gets_its_arguments() -> None:
    seen = []

    class Base:
        def __init_subclass__(cls, *, colour: str = "", **kwargs: Any) -> None:
            super().__init_subclass__(**kwargs)
            seen.append(colour)

    class Launcher(PersistentState, Base, colour="red"):
        pass

    assert seen == ["red"]
    assert issubclass(Launcher, Base)


def test_that_a_dataclass_may_be_a_launcher(tmp_path: Path) -> None:
    @dataclasses.dataclass
    class Data(PersistentState):
        count: int = 0
        output_session_folder: str = ""

        def run(self) -> bool:
            self.output_session_folder = str(tmp_path)
            self.count += 1
            return True

    data = Data()
    assert data.run()
    assert data.count == 1
    assert namespaces_in(tmp_path)[f"{__name__}.Data"]["attributes"]["count"] == 1


# --- the functions, on any object -------------------------------------------------------------------------


class Plain:
    def __init__(self) -> None:
        self.count = 0
        self._private = 1


class Closed:
    __slots__ = ("count",)

    def __init__(self) -> None:
        self.count = 0


@pytest.mark.parametrize("cls", [Plain, Closed])
def test_that_any_object_can_be_saved_loaded_and_cleared(tmp_path: Path, cls: type[Plain | Closed]) -> None:
    thing = cls()
    thing.count = 5
    report = persistence.save(thing, tmp_path)
    assert report
    assert report.saved == ("count",)
    assert report.sequence == 1
    assert report.etag == StateFile(tmp_path).peek()
    other = cls()
    report = persistence.load(other, tmp_path)
    assert report.restored == ("count",)
    assert other.count == 5
    assert persistence.clear(other, tmp_path)
    assert namespaces_in(tmp_path) == {}
    assert not persistence.load(other, tmp_path)
    assert persistence.clear(other, tmp_path)


def test_that_a_frozen_object_is_refused_attribute_by_attribute(tmp_path: Path) -> None:
    @dataclasses.dataclass(frozen=True)
    class Frozen:
        count: int = 0

    assert persistence.save(Frozen(1), tmp_path)
    report = persistence.load(Frozen(2), tmp_path)
    assert report
    assert list(report.refused) == ["count"]


def test_that_a_failed_report_is_false_and_says_why_in_a_sentence(tmp_path: Path) -> None:
    report = persistence.load(Plain(), tmp_path)
    assert not report
    assert report.error.startswith(str(tmp_path))
    assert report.error.endswith(".")


def test_that_the_functions_honour_the_methods_of_a_launcher(tmp_path: Path) -> None:
    rig = Rig()
    rig.register_state_handler("phase", serializer=str.upper, deserializer=str.lower)
    assert persistence.save(rig, tmp_path)
    assert namespace_in(tmp_path)["attributes"]["phase"] == "START"
    assert persistence.load(rig, tmp_path)
    assert rig.phase == "start"


# --- what an object may have that raises when it is looked at ----------------------------------------------


class Denying:
    """As a stand-in whose other side is gone: whatever it is asked raises."""

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        raise ReferenceError("its other side is gone")


def test_that_a_value_that_raises_when_it_is_looked_at_costs_itself_only(tmp_path: Path) -> None:
    rig, gone = Rig(), Rig()
    rig.camera, rig.stage = weakref.proxy(gone), Denying()  # type: ignore[attr-defined]
    del gone
    assert rig.save_session_state(tmp_path)
    assert sorted(rig.state_report.skipped) == ["camera", "stage"]
    assert namespace_in(tmp_path)["attributes"]["phase"] == "start"


def test_that_a_property_with_a_handler_that_raises_costs_itself_only(tmp_path: Path) -> None:
    class Broken(Rig):
        @property
        def camera(self) -> str:
            raise RuntimeError("the camera is off")

    rig = Broken()
    rig.register_state_handler("camera", serializer=str, deserializer=str)
    assert rig.save_session_state(tmp_path)
    assert rig.state_report.skipped == {"camera": "RuntimeError: the camera is off"}
    assert "phase" in rig.state_report.saved


def test_that_a_name_that_is_no_text_is_no_attribute(tmp_path: Path) -> None:
    rig = Rig()
    vars(rig)[7] = "seven"  # type: ignore[index]
    assert rig.save_session_state(tmp_path)
    assert "phase" in rig.state_report.saved


def test_that_the_report_tells_why_a_save_raised(tmp_path: Path) -> None:
    class Broken(Rig):
        def get_persistent_attributes(self) -> dict[str, Any]:
            raise RuntimeError("no attributes today")

    rig = Broken()
    assert Rig.save_session_state(rig, tmp_path) is False
    assert "no attributes today" in rig.state_report.error


def test_that_a_checkpoint_never_raises(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Rig):
        @property
        def output_session_folder(self) -> str:
            raise RuntimeError("not yet")

    assert Broken().checkpoint() is False
    assert "no session directory" in caplog.text


def test_that_no_directory_is_not_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`output_session_folder` is an empty text before a run; what is saved to it must not land anywhere."""
    monkeypatch.chdir(tmp_path)
    rig = Rig()
    assert not rig.save_session_state("")
    assert "no session directory" in rig.state_report.error
    assert not rig.load_session_state("")
    assert not rig.clear_session_state("")
    info = rig.get_session_state_info("")
    assert info is not None
    assert "no session directory" in info["error"]
    assert list(tmp_path.iterdir()) == []
