"""Every snippet of `docs/launchers.md` does what the page says of it: taken from there, and run as a program.

One idea: what stands before a snippet is what its reader has already, what stands after it asks whether it
did what was promised. A snippet that is not named here fails the test that counts them.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import textwrap
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from persistence import StateFile
from persistence.launching import resume_request
from persistence.launching.resume_request import VARIABLE, ResumeRequest
from persistence.store import STATE_FILE
from tests.persistence.launcher_scripts import finished, start

PAGE = Path(__file__).resolve().parents[2] / "docs" / "launchers.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Snippet:
    """A block of the page: its language, the heading that it stands below, which of those there, its text."""

    language: str
    heading: str
    number: int
    text: str

    def __str__(self) -> str:
        return f"{self.heading} ({self.number})"


def snippets() -> list[Snippet]:
    text = PAGE.read_text("utf-8")
    found: list[Snippet] = []
    for block in _BLOCK.finditer(text):
        bare = _BLOCK.sub("", text[: block.start()])  # what looks like a heading in a block is a comment
        heading = _HEADING.findall(bare)[-1].replace("`", "")
        number = 1 + sum(one.heading == heading for one in found)
        found.append(Snippet(block[1], heading, number, block[2]))
    return found


def snippet(name: str) -> str:
    return next(one.text for one in snippets() if str(one) == name)


# --- what a reader has, and what is asked afterwards -------------------------------------------------------

ONE_PROCESS, SCOPE = "It starts one process (1)", "It has a base class of the OpenScope shape (1)"
OWN_BASE, ASYNCHRONOUS = (f"It has a base class of its own, with a run() ({number})" for number in (1, 2))
FUNCTIONS, BY_HAND = "It has no run(), or is no launcher at all (1)", "By hand (1)"
CHECKPOINTS = [f"Checkpoints ({number})" for number in (1, 2)]
LEADS = [f"What BaseLauncher.run() leaves behind ({number})" for number in (1, 2)]
HANDLERS = [f"Handlers ({number})" for number in (1, 2)]

LAB = """
import os
from persistence import PersistentState

class TheLabsLauncher:
    result = True
    def run(self):
        os.makedirs("session", exist_ok=True)
        self.output_session_folder = "session"
        self.trial_count = 5
        return self.result
"""
STATE = """
import json
def saved(session="session"):
    (state,) = json.load(open(session + "/session_state.json"))["launcher_states"].values()
    return state
def edited(edit, session="session"):
    document = json.load(open(session + "/session_state.json"))
    edit(*[state["attributes"] for state in document["launcher_states"].values()])
    json.dump(document, open(session + "/session_state.json", "w"))
"""
EVENTS = """
class Event:
    def __init__(self, name): self.name = name
    def to_dict(self): return {"name": self.name}
    @classmethod
    def from_dict(cls, data): return cls(data["name"])

class ExperimentTimeline:
    def __init__(self, events): self.events = events
"""
SELECTIVE = """
class Selective(PersistentState):
    def __init__(self):
        self.important_state, self.temporary_data = "save_this", "don't_save_this"
"""
AS_MODULE = '__name__ = "my_project.launchers"\n'


@dataclass(frozen=True)
class Around:
    """What stands around a snippet in its program; `indented`: it is a part of the class before it."""

    before: str = ""
    after: str = ""
    indented: bool = False


PROGRAMS: dict[str, Around] = {
    OWN_BASE: Around(
        LAB + STATE,
        """
launcher = MyLauncher()
assert launcher.run() is True
assert (saved()["outcome"], saved()["attributes"]) == ("completed", {"trial_count": 5}), saved()
MyLauncher.result = False
assert launcher.run() is False
assert saved()["outcome"] == "failed"
try:
    class Wrong(TheLabsLauncher, PersistentState): ...
except TypeError as error:
    print(error)
else:
    raise AssertionError("the wrong order was taken")
""",
    ),
    ASYNCHRONOUS: Around(
        LAB + STATE,
        """
import asyncio
class Rig(PersistentState):
    trials = 0
    async def run(self):
        self.trials += 1
os.mkdir("session")
for _ in range(2):
    asyncio.run(experiment(Rig(), "session", "session"))
assert saved()["attributes"] == {"trials": 2}
""",
    ),
    FUNCTIONS: Around(
        """
import os, persistence
os.mkdir("DATA")
class Treadmill: ...
earlier = Treadmill()
earlier.port, earlier.speed, earlier.distance = "COM4", 2.5, 100.0
assert persistence.save(earlier, "/data/764521_2026-11-23_14-05")
""",
        STATE
        + """
new = saved("/data/764521_2026-11-24_09-30")
assert new["attributes"] == {"port": "COM4", "speed": 2.5, "distance": 112.5}, new
assert new["resumed_from"]["path"].endswith("764521_2026-11-23_14-05")
assert persistence.clear(treadmill, "/data/764521_2026-11-24_09-30")
assert not persistence.load(treadmill, "/data/764521_2026-11-24_09-30")
""",
    ),
    BY_HAND: Around(
        AS_MODULE
        + snippet(ONE_PROCESS)
        + """
import os
os.makedirs("/path/to/output/directory")
earlier = MyCustomLauncher()
earlier.trial_count = 150
assert earlier.save_session_state("/path/to/output/directory")
""",
        "assert launcher.trial_count == 150",
    ),
    LEADS[0]: Around(
        """
import os, subprocess, sys
from persistence import BaseLauncher
open("task.py", "w").write("print('done')")
""",
        """
launcher = MyLauncher()
launcher.params["output_root_folder"] = "."
launcher.subject_id = "m1"
assert launcher.run()
log = os.path.join(launcher.output_session_folder, "launcher_metadata", "launcher.log")
assert "stdout: done" in open(log, encoding="utf-8").read()
""",
    ),
    LEADS[1]: Around(
        "import os, signal\nsignal.SIGBREAK = getattr(signal, 'SIGBREAK', signal.SIGTERM)\n",
        """
try:
    signal.raise_signal(signal.SIGBREAK)
except KeyboardInterrupt:
    pass
else:
    raise AssertionError("the task cannot clean up")
""",
    ),
    CHECKPOINTS[0]: Around(
        AS_MODULE + snippet(ONE_PROCESS),
        """
open("my_task.py", "w").write("for trial in range(3): print('trial', trial, flush=True)")
launcher = CountingLauncher()
assert launcher.run()
from persistence import StateFile
history = StateFile(launcher.output_session_folder).history()
assert [version.note for version in history] == ["checkpoint"] * 3 + ["completed"], history
assert launcher.trial_count == 3
""",
    ),
    CHECKPOINTS[1]: Around(
        AS_MODULE + "import threading, time\n" + snippet(SCOPE),
        """
import json
json.dump({
    "output_root_folder": ".", "subject_id": "m1", "user_id": "ann",
    "trials": 30, "pause": 0.01, "seconds_between_checkpoints": 0.02,
}, open("parameters.json", "w"))
launcher = CarefulLauncher("parameters.json")
assert launcher.run()
from persistence import StateFile
notes = [version.note for version in StateFile(launcher.output_session_folder).history()]
assert notes[0] == "checkpoint" and notes[-1] == "completed" and notes.count("completed") == 1, notes
""",
    ),
    HANDLERS[0]: Around(
        LAB
        + """
class ProtocolConfig:
    def __init__(self, steps): self.steps = steps
    def to_dict(self): return {"steps": self.steps}
    @classmethod
    def from_dict(cls, data): return cls(data["steps"])
class Lab(PersistentState):
    def __init__(self, steps):
        self.protocol_config = ProtocolConfig(steps)
""",
        """
os.mkdir("session")
launcher, other = Lab([1, 2]), Lab([])
assert launcher.save_session_state("session") and other.load_session_state("session")
assert other.protocol_config.steps == [1, 2]
""",
        indented=True,
    ),
    HANDLERS[1]: Around(
        LAB + STATE + EVENTS,
        """
def timeline_of(value):
    edited(lambda attributes: attributes.update(experiment_timeline=value))
    launcher = TimelineLauncher()
    assert launcher.load_session_state("session")
    return [event.name for event in launcher.experiment_timeline.events], launcher.state_report

launcher = TimelineLauncher()
launcher.experiment_timeline = ExperimentTimeline([Event("lick")])
assert launcher.run()
assert saved()["attributes"]["experiment_timeline"] == {"version": 2, "events": [{"name": "lick"}]}
assert timeline_of({"version": 2, "events": [{"name": "lick"}]})[0] == ["lick"]
assert timeline_of({"event_list": [{"name": "older"}]})[0] == ["older"]
names, report = timeline_of({"version": 3, "chunks": []})
assert names == [] and "version 3" in report.mismatched["experiment_timeline"], report
os.environ["RIGSTATE_RESUME"] = "session"
assert TimelineLauncher().run() is False
""",
    ),
    "Choosing by hand (1)": Around(
        LAB + STATE + SELECTIVE,
        """
os.mkdir("session")
launcher = Selective()
assert launcher.save_session_state("session")
assert saved()["attributes"] == {"important_state": "save_this", "important_state_backup": "save_this"}
other = Selective()
del other.important_state
other.temporary_data = "mine"
edited(lambda attributes: attributes.pop("important_state"))
assert other.load_session_state("session")
assert (other.important_state, other.temporary_data) == ("save_this", "mine")
""",
        indented=True,
    ),
    "From another program (1)": Around(
        """
import os, persistence
os.mkdir("DATA")
class Rig: ...
rig = Rig()
rig.trial_count = 150
assert persistence.save(rig, "/data/764521_2026-11-23_14-05", outcome="checkpoint", budget=3.0)
""",
        """
assert (made.sequence, made.replaced) == (2, 1)
assert persistence.load(rig, "/data/764521_2026-11-23_14-05", etag=made.etag) and rig.trial_count == 151
newest = file.history()[-1]
assert (newest.program, newest.note) == ("my_tool", "one trial was not counted"), newest
try:
    file.commit(changed, expected_etag=seen.etag)
except Conflict as error:
    assert error.path and error.cause and error.next_step
else:
    raise AssertionError("a change of an older file was written")
assert file.restore(1).sequence == 3 and file.version(1) == file.version(3) == file.raw()
file.clear(namespace)
assert file.read().document.namespaces == ()
assert not persistence.load(rig, "/data/764521_2026-11-23_14-05", leave_out=["trial_count"])
""",
    ),
    "Archiving a session (1)": Around(
        LAB
        + """
import shutil
class Lab(PersistentState, TheLabsLauncher): ...
launcher = Lab()
assert launcher.run() and launcher.run()
session, archive = "session", "archive"
""",
        """
shutil.rmtree(session)
assert sorted(os.listdir(archive)) == [".session_state_history", "session_state.json"], os.listdir(archive)
from persistence import StateFile
history = StateFile(archive).history()
assert len(history) == 2 and all(StateFile(archive).version(version.sequence) for version in history)
other = Lab()
assert other.load_session_state(archive) and other.trial_count == 5
""",
    ),
    "Taking it out again (1)": Around(
        LAB + "import sys\nsys.modules['persistence'] = None\ndel PersistentState\n",
        """
class Lab(PersistentState, TheLabsLauncher):
    def __init__(self):
        self.register_state_handler("trial_count", serializer=str, deserializer=int)
launcher = Lab()
assert launcher.run() is True
assert launcher.checkpoint() is False
assert os.listdir("session") == []
""",
    ),
    "Testing it (1)": Around(
        AS_MODULE + "import tempfile\n" + snippet(ONE_PROCESS), "test_my_launcher_state_persistence()"
    ),
}
AS_PROGRAMS = {ONE_PROCESS, SCOPE}
"""Those two are started as the programs that they are, see below."""


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer on which the base of the field is installed, as far as its shape goes."""
    package = tmp_path / "installed" / "openscope_experimental_launcher" / "launchers"
    package.mkdir(parents=True)
    for folder in (package.parent, package):
        (folder / "__init__.py").touch()
    line = "from tests.persistence.openscope import ScopeBase as PythonLauncher\n"
    (package / "python_launcher.py").write_text(line, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "installed"))
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


@pytest.mark.parametrize("name", PROGRAMS)
def test_that_a_snippet_does_what_the_page_says(name: str, lab: Path) -> None:
    around, text = PROGRAMS[name], snippet(name)
    text = textwrap.indent(text, " " * (8 if text.startswith("self.") else 4)) if around.indented else text
    program = f"{around.before}\n{text}\n{around.after}"
    for place in ("/data", "/path/to"):
        program = program.replace(place, (lab / "DATA").as_posix())
    (lab / "program.py").write_text(program, encoding="utf-8")
    code, _, errors = finished(start("program.py", cwd=lab))
    assert code == 0, errors


def test_that_no_snippet_of_python_is_without_a_test_and_no_test_without_its_snippet() -> None:
    written = {str(one) for one in snippets() if one.language == "python"}
    assert written == {*PROGRAMS, *AS_PROGRAMS}
    for one in snippets():
        if one.language == "python":
            ast.parse(textwrap.dedent(one.text))


# --- the launchers, started as programs --------------------------------------------------------------------


def program_of(name: str, lab: Path, **parameters: object) -> list[str]:
    """The script of a snippet and its parameter file, in the working folder."""
    (lab / "my_launcher.py").write_text(snippet(name), encoding="utf-8")
    (lab / "my_task.py").write_text("print('trial 1')", encoding="utf-8")
    given = {"output_root_folder": str(lab / "data"), "subject_id": "m1", "user_id": "ann", **parameters}
    (lab / "parameters.json").write_text(json.dumps(given), encoding="utf-8")
    (lab / "data").mkdir(exist_ok=True)
    return ["my_launcher.py", "parameters.json"]


@pytest.mark.parametrize(
    ("name", "namespace", "fails"),
    [(ONE_PROCESS, "my_launcher.MyCustomLauncher", {}), (SCOPE, "my_launcher.MyLauncher", {"code": 3})],
)
def test_that_a_launcher_of_the_page_runs_and_resumes_by_its_own_command(
    name: str, namespace: str, fails: dict[str, Any], lab: Path
) -> None:
    command = program_of(name, lab)
    code, _, errors = finished(start(*command, cwd=lab))
    assert code == 0, errors
    (session,) = (lab / "data").iterdir()
    state = StateFile(session).read().document.namespace(namespace)
    assert state.outcome == "completed"
    text = (session / STATE_FILE).read_text("utf-8")
    (session / STATE_FILE).write_text(text.replace('"trial_count": 0', '"trial_count": 41'), "utf-8")

    report = lab / "report.json"
    request = ResumeRequest(str(session), etag=StateFile(session).peek(), report=str(report))
    code, _, errors = finished(start(*command, cwd=lab, environment={VARIABLE: request.as_text()}))
    assert code == 0, errors
    told = json.loads(report.read_text("utf-8"))
    assert told["ok"] is True
    resumed = StateFile(told["session_directory"]).read().document.namespace(namespace)
    assert resumed.attributes["trial_count"] == 41
    assert resumed.resumed_from == {"path": str(session), "etag": request.etag}

    code, _, errors = finished(start(*command, cwd=lab, environment={VARIABLE: str(lab / "none")}))
    assert code == 1, errors
    if fails:
        program_of(name, lab, **fails)
        assert finished(start(*command, cwd=lab))[0] == 1


# --- what is no Python --------------------------------------------------------------------------------------


def test_that_the_request_on_the_page_is_one() -> None:
    text = snippet("Resuming (1)")
    request = resume_request.parse(text)
    assert (request.source, request.leave_out) == ("/data/764521_2026-11-23_14-05", ("calibration",))
    assert set(json.loads(text)) == set(json.loads(ResumeRequest("x").as_text()))


def test_that_the_report_on_the_page_has_the_fields_of_a_real_one(lab: Path) -> None:
    written = json.loads(snippet("Resuming (2)"))
    command = program_of(ONE_PROCESS, lab)
    assert finished(start(*command, cwd=lab))[0] == 0
    (session,) = (lab / "data").iterdir()
    report = lab / "report.json"
    request = ResumeRequest(str(session), leave_out=("trial_count",), report=str(report))
    assert finished(start(*command, cwd=lab, environment={VARIABLE: request.as_text()}))[0] == 0
    told = json.loads(report.read_text("utf-8"))
    assert list(told) == list(written)
    assert [type(value) for value in told.values()] == [type(value) for value in written.values()]
    assert told["attributes"]["trial_count"] == written["attributes"]["calibration"]
    assert told["attributes"]["experiment_phase"] == written["attributes"]["trial_count"]


def test_that_every_result_of_a_report_is_explained() -> None:
    source = Path(resume_request.__file__).read_text("utf-8")
    results = set(re.findall(r'^        "(\w+)":', source.partition("def _by_attribute")[2], re.MULTILINE))
    assert len(results) == 9
    section = PAGE.read_text("utf-8").partition("\n## Resuming")[2].partition("\n## ")[0]
    explained = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", section, re.MULTILINE))))
    assert results <= explained


def test_that_the_entry_of_the_registry_is_good_toml() -> None:
    (text,) = [one.text for one in snippets() if one.language == "toml"]
    ((namespace, entry),) = tomllib.loads(text).items()
    assert namespace.endswith(".MyCustomLauncher")
    assert isinstance(entry["command"], list)


@pytest.mark.skipif(sys.platform == "win32", reason="as a shell of Unix writes it")
def test_that_the_command_for_a_shell_resumes(lab: Path) -> None:
    (line,) = re.findall(r"^    (RIGSTATE_RESUME=.*)$", PAGE.read_text("utf-8"), re.MULTILINE)
    command = program_of(ONE_PROCESS, lab)
    assert finished(start(*command, cwd=lab))[0] == 0
    (session,) = (lab / "data").iterdir()
    line = line.replace("/data/764521_2026-11-23_14-05", str(session)).replace("python", sys.executable)
    process = start(
        "-c", "import os, sys; sys.exit(os.waitstatus_to_exitcode(os.system(sys.argv[1])))", line, cwd=lab
    )
    code, _, errors = finished(process)
    assert code == 0, errors
    (new,) = [one for one in (lab / "data").iterdir() if one != session]
    assert b'"resumed_from"' in (new / STATE_FILE).read_bytes()


def test_that_other_pages_are_where_the_page_points_to() -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", PAGE.read_text("utf-8")):
        assert (PAGE.parent / target).exists(), target
