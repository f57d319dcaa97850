"""Resuming by the environment: what a started launcher loads, and when it does not start at all."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from persistence import PersistentState
from persistence.files.runner import Running
from persistence.files.running import MARKER_FILE, RunningMarker, read_running
from persistence.launching.resume_request import VARIABLE, ResumeRequest, parse, take_from
from persistence.store import STATE_FILE, StateFile
from tests.persistence.launcher_scripts import finished, holding, start, until, write_script


class Base:
    def __init__(self, folder: Path, subject: str = "") -> None:
        self.subject_id = subject
        self.user_id = ""
        self.folder = folder
        self.ran_with: list[object] = []

    def run(self) -> bool:
        self.folder.mkdir(exist_ok=True)
        self.output_session_folder = str(self.folder)
        self.experiment()
        return True

    def experiment(self) -> None:
        pass


class Resuming(PersistentState, Base):
    run_attributes = frozenset({"folder", "output_session_folder", "ran_with"})

    def __init__(self, folder: Path, subject: str = "") -> None:
        super().__init__(folder, subject)
        self.trial_count = 0
        self.phase = "start"

    def experiment(self) -> None:
        assert VARIABLE not in os.environ
        self.ran_with.append(self.trial_count)
        self.trial_count += 1


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A session that was run before."""
    launcher = Resuming(tmp_path / "first", "m1")
    launcher.trial_count, launcher.phase = 41, "late"
    assert launcher.run()
    return tmp_path / "first"


def asked(monkeypatch: pytest.MonkeyPatch, source: Path, **conditions: Any) -> Path:
    """Ask for `source` to be resumed; returns the answer's path."""
    answer = source.parent / "answer.json"
    monkeypatch.setenv(VARIABLE, json.dumps({"from": str(source), "report": str(answer), **conditions}))
    return answer


def said(answer: Path) -> Any:
    return json.loads(answer.read_text(encoding="utf-8"))


def attributes_in(directory: Path) -> Any:
    (namespace,) = json.loads((directory / STATE_FILE).read_text(encoding="utf-8"))[
        "launcher_states"
    ].values()
    return namespace


# --- it resumes -------------------------------------------------------------------------------------------


def test_that_the_state_is_loaded_before_run_does_anything(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    etag = StateFile(source).peek()
    answer = asked(monkeypatch, source, etag=etag)
    launcher = Resuming(tmp_path / "second")
    assert launcher.trial_count == 0
    assert launcher.run() is True
    assert launcher.ran_with == [42]
    assert said(answer) == {
        "ok": True,
        "error": "",
        "pid": os.getpid(),
        "from": str(source),
        "etag": etag,
        "namespace": f"{__name__}.Resuming",
        "session_directory": str(tmp_path / "second"),
        "attributes": {
            name: {"result": "restored", "reason": ""}
            for name in ("subject_id", "user_id", "trial_count", "phase")
        },
    }


def test_that_the_new_session_says_where_it_came_from(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(monkeypatch, source)
    etag = StateFile(source).peek()
    assert Resuming(tmp_path / "second").run()
    namespace = attributes_in(tmp_path / "second")
    assert namespace["resumed_from"] == {"path": str(source), "etag": etag}
    assert namespace["attributes"]["trial_count"] == 43
    assert StateFile(source).peek() == etag


def test_that_the_variable_may_be_just_the_directory(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(source))
    launcher = Resuming(tmp_path / "second")
    assert launcher.run()
    assert launcher.ran_with == [42]


def test_that_the_variable_counts_for_one_run_only(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(monkeypatch, source)
    launcher = Resuming(tmp_path / "second")
    assert launcher.run()
    assert launcher.run()
    assert launcher.ran_with == [42, 43]


def test_that_attributes_can_be_left_out(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = asked(monkeypatch, source, leave_out=["trial_count"])
    launcher = Resuming(tmp_path / "second")
    assert launcher.run()
    assert launcher.ran_with == [0]
    assert launcher.phase == "late"
    assert said(answer)["attributes"]["trial_count"]["result"] == "left_out"


def test_that_another_namespace_can_be_asked_for(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Renamed(Resuming):
        pass

    asked(monkeypatch, source, namespace=f"{__name__}.Resuming")
    launcher = Renamed(tmp_path / "second")
    assert launcher.run()
    assert launcher.ran_with == [42]


def test_that_a_partial_resume_leaves_what_does_not_fit(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = asked(monkeypatch, source, partial=True)
    launcher = Resuming(tmp_path / "second")
    vars(launcher)["trial_count"] = "none"
    launcher.experiment = lambda: None  # type: ignore[method-assign]
    assert launcher.run() is True
    assert vars(launcher)["trial_count"] == "none"
    assert said(answer)["ok"] is True
    assert said(answer)["attributes"]["trial_count"]["result"] == "mismatched"


def test_that_loading_by_hand_and_then_running_is_a_resume_too(tmp_path: Path, source: Path) -> None:
    launcher = Resuming(tmp_path / "second")
    assert launcher.load_session_state(source)
    assert launcher.run()
    assert attributes_in(tmp_path / "second")["resumed_from"]["path"] == str(source)


class Early(PersistentState):
    """Fails before it has a folder of its own."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.output_session_folder = ""

    def run(self) -> bool:
        if self.folder is None:
            return False
        self.output_session_folder = str(self.folder)
        return True


@pytest.mark.parametrize("loaded_by", ["request", "hand"])
def test_that_a_folder_that_was_only_loaded_is_not_the_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded_by: str
) -> None:
    source = tmp_path / "first"
    source.mkdir()
    assert Early(source).run()
    before = StateFile(source).peek()
    launcher = Early(None)
    if loaded_by == "request":
        monkeypatch.setenv(VARIABLE, json.dumps({"from": str(source), "leave_out": ["folder"]}))
        assert launcher.run() is False
    else:
        assert launcher.load_session_state(source)
        launcher.folder = None
        assert launcher.run() is False
    assert StateFile(source).peek() == before


# --- it refuses -------------------------------------------------------------------------------------------


def refused(tmp_path: Path, answer: Path, subject: str = "") -> str:
    """Run; nothing may start, nothing may be written. Returns the reason that was given."""
    launcher = Resuming(tmp_path / "second", subject)
    assert launcher.run() is False
    assert launcher.ran_with == []
    assert not (tmp_path / "second").exists()
    assert VARIABLE not in os.environ
    told = said(answer)
    assert told["ok"] is False
    assert told["session_directory"] == ""
    return str(told["error"])


def test_that_a_file_that_has_changed_since_is_refused(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = asked(monkeypatch, source, etag="0" * 64)
    assert "was changed since it was read" in refused(tmp_path, answer)


def test_that_another_subject_is_refused(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = asked(monkeypatch, source)
    reason = refused(tmp_path, answer, subject="m2")
    assert "'m2'" in reason
    assert "'m1'" in reason
    assert "the command hands over the parameters of another" in reason


def test_that_the_subject_of_session_json_counts_where_the_state_has_none(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source / "session.json").write_text('{"subject_id": 7}', encoding="utf-8")
    answer = asked(monkeypatch, source, leave_out=["subject_id"])
    assert "'7'" in refused(tmp_path, answer, subject="m2")


@pytest.mark.parametrize("left_out", [[], ["subject_id"]])
def test_that_the_subject_of_the_parameters_counts_where_the_launcher_asks_them_later(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, left_out: list[str]
) -> None:
    (source / "session.json").write_text('{"subject_id": "m1"}', encoding="utf-8")
    for subject, starts in (("m2", False), ("m1", True), (None, True)):
        answer = asked(monkeypatch, source, leave_out=left_out)
        launcher = Resuming(tmp_path / "second")
        launcher.params = {"subject_id": subject}  # type: ignore[attr-defined]
        assert launcher.run() is starts
        assert said(answer)["ok"] is starts
        assert starts or ("'m2'" in said(answer)["error"] and "'m1'" in said(answer)["error"])


def test_that_a_resume_that_is_refused_leaves_it_to_be_told_that_an_earlier_run_did_not_save(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing ran, and so nothing is different."""
    holder = holding(source)
    holder.kill()
    finished(holder)
    left = (source / MARKER_FILE).read_bytes()
    assert left
    refused(tmp_path, asked(monkeypatch, source), subject="m2")
    assert (source / MARKER_FILE).read_bytes() == left
    assert read_running(source) is None


def test_that_half_a_state_is_refused(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = StateFile(source).read()
    text = snapshot.data.replace(b'"trial_count": 42', b'"trial_count": "many", "class": 1')
    (source / STATE_FILE).write_bytes(text)
    answer = asked(monkeypatch, source)
    reason = refused(tmp_path, answer)
    assert "trial_count" in reason
    assert "class" in reason
    told = said(answer)["attributes"]
    assert (told["trial_count"]["result"], told["class"]["result"]) == ("mismatched", "refused")
    assert told["phase"]["result"] == "restored"


def test_that_a_launcher_that_was_refused_does_not_start_at_a_second_try_either(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The request is gone by then, and half of the state is in it."""
    snapshot = StateFile(source).read()
    (source / STATE_FILE).write_bytes(snapshot.data.replace(b'"trial_count": 42', b'"trial_count": "many"'))
    asked(monkeypatch, source)
    launcher = Resuming(tmp_path / "second")
    assert launcher.run() is False
    assert launcher.phase == "late"
    caplog.clear()
    assert launcher.run() is False
    assert launcher.ran_with == []
    assert "trial_count" in caplog.text
    (source / STATE_FILE).write_bytes(snapshot.data)
    assert launcher.load_session_state(source)
    assert launcher.run() is True
    assert launcher.ran_with == [42]


@pytest.mark.parametrize("content", [None, b"{", b'{"launcher_states": {}}', b'{"version": "2.0.0"}'])
def test_that_a_state_that_is_not_to_be_had_is_refused(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    (source / STATE_FILE).unlink()
    if content is not None:
        (source / STATE_FILE).write_bytes(content)
    answer = asked(monkeypatch, source)
    assert str(source) in refused(tmp_path, answer)


def test_that_a_directory_that_is_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = asked(monkeypatch, tmp_path / "none")
    assert str(tmp_path / "none") in refused(tmp_path, answer)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"from": 7}, "from"),
        ({"from": ""}, "from"),
        ({"from": "x", "etag": 1}, "etag"),
        ({"from": "x", "leave_out": "a"}, "leave_out"),
        ({"from": "x", "leave_out": [1]}, "leave_out"),
        ({"from": "x", "partial": "yes"}, "partial"),
    ],
)
def test_that_a_misshapen_request_is_refused_and_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any], named: str
) -> None:
    answer = tmp_path / "answer.json"
    monkeypatch.setenv(VARIABLE, json.dumps({**fields, "report": str(answer)}))
    assert f'"{named}" in {VARIABLE}' in refused(tmp_path, answer)


def test_that_a_request_that_is_no_json_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(VARIABLE, '{"from": ')
    launcher = Resuming(tmp_path / "second")
    assert launcher.run() is False
    assert launcher.ran_with == []
    assert VARIABLE in caplog.text


def test_that_a_launcher_with_saved_state_switched_off_does_not_start_afresh_unasked(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIGSTATE_DISABLE", "1")
    answer = asked(monkeypatch, source)
    assert "RIGSTATE_DISABLE" in refused(tmp_path, answer)


def test_that_a_report_that_cannot_be_written_stops_nothing(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked(monkeypatch, source, report=str(tmp_path / "none" / "answer.json"))
    assert Resuming(tmp_path / "second").run() is True
    assert "answer" in caplog.text


# --- two operators ----------------------------------------------------------------------------------------


def test_that_the_source_is_marked_for_the_whole_run(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(monkeypatch, source)
    seen: list[Running | None] = []

    class Watching(Resuming):
        def experiment(self) -> None:
            seen.extend(read_running(one) for one in (source, self.folder))

    Watching.__name__ = "Resuming"
    assert Watching(tmp_path / "second").run()
    assert [one is not None and one.elsewhere for one in seen] == [True, False]
    assert None not in seen
    assert read_running(source) is None
    assert read_running(tmp_path / "second") is None


def test_that_a_session_that_somebody_else_resumes_is_refused_and_named(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = RunningMarker(source, "the.Other")
    marker.acquire()
    try:
        answer = asked(monkeypatch, source)
        reason = refused(tmp_path, answer)
    finally:
        marker.release()
    assert "the.Other" in reason
    assert f"process {os.getpid()}" in reason


def test_that_an_interruption_while_it_loads_leaves_the_mark_as_it_was(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By Ctrl+C, with which the window stops a launcher, too; a console lives on after that."""

    class Interrupted(Resuming):
        def set_persistent_attributes(self, attributes: dict[str, Any]) -> None:
            raise KeyboardInterrupt(sorted(attributes))

    Interrupted.__name__ = "Resuming"
    (source / MARKER_FILE).write_bytes(b'{"launcher": "left.by.One"}')
    asked(monkeypatch, source)
    launcher = Interrupted(tmp_path / "second")
    with pytest.raises(KeyboardInterrupt):
        launcher.run()
    assert read_running(source) is None
    assert (source / MARKER_FILE).read_bytes() == b'{"launcher": "left.by.One"}'


def test_that_a_run_that_goes_on_in_the_very_directory_it_came_from_does_not_lock_itself_out(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(monkeypatch, source)
    seen: list[Running | None] = []

    class Watching(Resuming):
        def experiment(self) -> None:
            super().experiment()
            seen.append(read_running(source))

    Watching.__name__ = "Resuming"
    launcher = Watching(source)
    assert launcher.run()
    assert [one is not None and not one.elsewhere for one in seen] == [True]
    namespace = attributes_in(source)
    assert namespace["attributes"]["trial_count"] == 43
    assert "resumed_from" not in namespace
    assert (source / MARKER_FILE).read_bytes() == b""


def test_that_a_session_that_cannot_be_marked_can_be_resumed_from(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As an archive is that is view-only; made by something in the marker's way, which stops root too."""
    (source / MARKER_FILE).unlink()
    (source / MARKER_FILE).mkdir()
    asked(monkeypatch, source)
    assert Resuming(tmp_path / "second").run()
    assert "cannot be marked as being resumed" in caplog.text


PROGRAM = """
class Rig(BaseLauncher):
    trial_count = 0
    def create_process(self):
        print("started with", self.trial_count, os.environ.get("RIGSTATE_RESUME"), flush=True)
        self.trial_count += 1
        told = "import os, time; print(os.environ.get('RIGSTATE_RESUME')); time.sleep(%s)"
        return python(told % sys.argv[2])
launcher = Rig()
launcher.params["output_root_folder"] = sys.argv[1]
sys.exit(0 if launcher.run() else 1)
"""


def test_that_two_programs_that_resume_the_same_session_contend_and_one_wins(tmp_path: Path) -> None:
    script, data = write_script(tmp_path, PROGRAM), tmp_path / "data"
    code, output, _ = finished(start(script, data, "0"))
    assert (code, output) == (0, "started with 0 None\n")
    (source,) = data.iterdir()
    request = ResumeRequest(str(source), report=str(tmp_path / "answer.json")).as_text()

    winner = start(script, data, "60", environment={VARIABLE: request})
    try:
        assert winner.stdout.readline() == "started with 1 None\n"
        loser = start(script, data, "0", environment={VARIABLE: str(source)})
        code, output, errors = finished(loser)
        assert (code, output) == (1, "")
        assert f"process {winner.pid}" in errors
        assert read_running(source) is not None
        (new,) = set(data.iterdir()) - {source}
        log = new / "launcher_metadata" / "launcher.log"
        until(lambda: "stdout: None" in log.read_text("utf-8"))  # the experiment's process has no request
    finally:
        winner.terminate()
        finished(winner)
    assert read_running(source) is None
    directory = Path(until(lambda: said(tmp_path / "answer.json")["session_directory"]))
    assert attributes_in(directory)["resumed_from"]["path"] == str(source)
    assert directory == new


# --- the text of the variable -----------------------------------------------------------------------------


def test_that_a_request_survives_its_text() -> None:
    request = ResumeRequest("C:\\data\\m1", "e" * 64, "a.B", ("x", "ÿ"), True, "/tmp/r.json")
    assert parse(request.as_text()) == request
    assert parse(ResumeRequest("/d").as_text()) == ResumeRequest("/d")


def test_that_unknown_fields_are_ignored() -> None:
    assert parse('{"from": "/d", "colour": "red"}') == ResumeRequest("/d")


def test_that_reading_the_variable_takes_it_away() -> None:
    environment = {VARIABLE: "/d", "OTHER": "1"}
    assert take_from(environment) == "/d"
    assert environment == {"OTHER": "1"}
    assert take_from(environment) == ""


@pytest.mark.parametrize("bad", ["a\0b", "\ud800"])
def test_that_a_path_that_can_be_none_is_a_refusal_and_no_exception(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: str, caplog: pytest.LogCaptureFixture
) -> None:
    launcher = Resuming(tmp_path / "second")
    monkeypatch.setenv(VARIABLE, json.dumps({"from": bad, "report": bad}))
    assert launcher.run() is False
    assert launcher.ran_with == []
    assert "does not start" in caplog.text
    assert launcher.state_report.error


def test_that_a_folder_without_a_state_is_not_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark alone would make a session of it, for every list, for ever."""
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    asked(monkeypatch, wrong)
    assert Resuming(tmp_path / "second").run() is False
    assert list(wrong.iterdir()) == []


def test_that_the_report_of_a_launcher_tells_why_it_did_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher = Resuming(tmp_path / "second")
    monkeypatch.setenv(VARIABLE, "{")
    assert launcher.run() is False
    assert VARIABLE in launcher.state_report.error
