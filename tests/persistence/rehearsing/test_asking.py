"""Rehearsals in real processes: what a launcher makes of a state, and all that it may do instead."""

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from persistence.document import ABSENT
from persistence.errors import Damaged, NewerVersion
from persistence.launching.resume_request import VARIABLE as RESUME
from persistence.rehearsing.asking import rehearse
from persistence.rehearsing.process_tree import ProcessTree
from persistence.rehearsing.rehearsal import VARIABLE, Wanted
from persistence.rehearsing.rehearsed import Changed, Rehearsed
from persistence.store import STATE_FILE
from tests.persistence.launcher_scripts import until
from tests.persistence.rehearsals import finding, rehearsed, results, state, write_module

PLAIN = """
class Rig(BaseLauncher):
    def __init__(self, param_file=None, rig_config_path=None):
        super().__init__(param_file, rig_config_path)
        self.trial_count = 0
        self.phase = "start"
"""
OPENSCOPE = """
class LabLauncher:
    def __init__(self, param_file=None, rig_config_path=None):
        self.subject_id = ""
        self.params = {}
        self.session_uuid = "made here"
        self.stdout_data = []
    def determine_output_session_folder(self):
        raise AssertionError("no session is made in a rehearsal")
    def run(self):
        raise AssertionError("nothing is run in a rehearsal")
    def save_end_state(self, directory):
        raise AssertionError("nothing has ended")

class Rig(PersistentState, LabLauncher):
    def __init__(self, param_file=None, rig_config_path=None):
        super().__init__(param_file, rig_config_path)
        self.trial_count = 0
"""


@pytest.fixture(autouse=True)
def temporary_files(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where ours of a rehearsal go; after each test there is nothing of them left."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


# --- what becomes of attributes ---------------------------------------------------------------------------


def test_that_a_launcher_that_takes_everything_is_told_to(tmp_path: Path) -> None:
    found = rehearsed(tmp_path, PLAIN, state(trial_count=150, phase="late", subject_id="m1"))
    assert (found.ok, found.error, found.namespace) == (True, "", "rig.Rig")
    assert results(found) == {
        "trial_count": "restored",
        "phase": "restored",
        "subject_id": "restored",
        "user_id": "own",
    }


def test_that_a_frozen_program_rehearses_by_the_name_of_its_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    found = rehearsed(tmp_path, PLAIN, state(trial_count=150, phase="late"))
    assert (found.ok, results(found)["trial_count"]) == (True, "restored")


def test_that_the_demo_launcher_takes_what_it_saved_itself(tmp_path: Path) -> None:
    from resources.demo.predictive import PredictiveLauncher

    assert PredictiveLauncher().save_session_state(tmp_path)
    wanted = Wanted("resources.demo.predictive:PredictiveLauncher", paths=(str(Path(__file__).parents[3]),))
    found = rehearse(wanted, (tmp_path / STATE_FILE).read_bytes())
    assert found.ok
    assert finding(found, "camera").result == "left_out"
    assert {result for name, result in results(found).items() if name != "camera"} == {"restored"}
    assert finding(found, "protocol").result == "restored"


def test_that_what_does_not_fit_is_told_with_its_reason(tmp_path: Path) -> None:
    body = """
    class Thing: pass
    class Rig(BaseLauncher):
        def __init__(self):
            super().__init__()
            self.trial_count = 0
            self.thing = Thing()
            self.protocol = {"name": "a"}
            self.register_state_handler("protocol", dict, self.checked)
        def checked(self, data):
            raise ValueError("no protocol of that name")
    """
    data = state(
        trial_count="many",
        thing={"x": 1},
        protocol={"name": "b"},
        run=1,
        session_uuid="old",
        odd={"__type__": "hologram", "value": 1},
        fresh=[1],
        skipped={"camera": "Camera cannot be saved without a handler"},
    )
    found = rehearsed(tmp_path, body, data)
    assert not found.ok
    told = {one.name: (one.result, one.reason) for one in found.findings}
    assert told["trial_count"] == ("type_differs", "text does not fit an integer")
    assert told["thing"][0] == "no_handler"
    assert "Thing" in told["thing"][1]
    assert told["protocol"] == ("refused", "ValueError: no protocol of that name")
    assert told["run"] == ("refused", "a method of the class")
    assert told["session_uuid"][0] == "left_out"
    assert told["odd"][0] == "no_handler"
    assert told["fresh"] == ("new", "")
    assert told["camera"] == ("left_out", "was not saved: Camera cannot be saved without a handler")


def test_that_what_a_launcher_changes_is_told_with_both_values(tmp_path: Path) -> None:
    body = """
    class Rig(BaseLauncher):
        def __init__(self):
            super().__init__()
            self.reward = 1.0
            self.settings = {"gain": 1, "steps": [1, 2]}
            self.secret = 1
            self.register_state_handler("reward", None, lambda value: min(value, 6.0))
            self.register_state_handler("settings", None, lambda value: {**value, "steps": [1, 9]})
        def get_persistent_attributes(self):
            attrs = super().get_persistent_attributes()
            attrs.pop("secret")
            return attrs
    """
    found = rehearsed(tmp_path, body, state(reward=12.5, settings={"gain": 2, "steps": [1, 2]}, secret=2))
    assert found.ok
    assert finding(found, "reward").result == "changed"
    assert finding(found, "reward").changes == (Changed(("reward",), 12.5, 6.0),)
    assert finding(found, "settings").changes == (Changed(("settings", "steps", "1"), 2, 9),)
    assert finding(found, "secret").changes == (Changed(("secret",), 2, ABSENT),)
    assert finding(found, "secret").reason == "it would not be saved again"


def test_that_spelling_and_the_order_of_a_set_are_no_change(tmp_path: Path) -> None:
    body = """
    class Rig(BaseLauncher):
        def __init__(self):
            super().__init__()
            self.gain = 1.0
            self.ports = {1}
    """
    data = state(gain=7, ports={"__type__": "set", "value": [3, 1, 2]}).replace(b'"gain": 7', b'"gain": 1e2')
    found = rehearsed(tmp_path, body, data)
    assert (results(found)["gain"], results(found)["ports"]) == ("restored", "restored")


def test_that_a_mixin_over_a_base_of_the_openscope_shape_leaves_out_what_is_of_one_run(
    tmp_path: Path,
) -> None:
    found = rehearsed(tmp_path, OPENSCOPE, state(trial_count=3, subject_id="m1", session_uuid="x", params={}))
    assert found.ok
    assert results(found) == {
        "trial_count": "restored",
        "subject_id": "restored",
        "session_uuid": "left_out",
        "params": "left_out",
    }


def test_that_a_launcher_that_takes_its_state_by_hand_is_followed(tmp_path: Path) -> None:
    body = """
    class Rig(BaseLauncher):
        def get_persistent_attributes(self):
            return {**super().get_persistent_attributes(), "backup": 1}
        def set_persistent_attributes(self, attrs):
            self._backup = attrs.pop("backup", None)
            super().set_persistent_attributes(attrs)
    """
    found = rehearsed(tmp_path, body, state(backup=1, other=2))
    assert results(found)["backup"] == "taken"
    assert results(found)["other"] == "new"


def test_that_the_launchers_own_subject_stays_and_is_told(tmp_path: Path) -> None:
    body = PLAIN + "        self.subject_id = 'm9'\n"
    found = rehearsed(tmp_path, body, state(subject_id="m1"))
    assert finding(found, "subject_id").result == "kept"
    assert "'m9'" in finding(found, "subject_id").reason


def test_that_attributes_can_be_left_out(tmp_path: Path) -> None:
    found = rehearsed(tmp_path, PLAIN, state(trial_count="many", phase="x"), leave_out=("trial_count",))
    assert found.ok
    assert finding(found, "trial_count").result == "left_out"


def test_that_the_state_of_a_class_that_moved_is_taken_and_another_may_be_named(tmp_path: Path) -> None:
    assert rehearsed(tmp_path, PLAIN, state("old.place.Rig", phase="x")).namespace == "old.place.Rig"
    for name in ("a.Other", "Other"):
        assert rehearsed(tmp_path, PLAIN, state("a.Other", phase="x"), namespace=name).ok
    found = rehearsed(tmp_path, PLAIN, state("a.Other", phase="x"))
    assert found.error == "there is no saved state of rig.Rig. It holds that of a.Other."


def test_that_any_object_can_be_rehearsed(tmp_path: Path) -> None:
    body = """
    class Rig:
        __slots__ = ("gain",)
        def __init__(self):
            self.gain = 1
    """
    assert results(rehearsed(tmp_path, body, state(gain=2))) == {"gain": "restored"}


def test_that_warnings_and_logs_are_told_with_the_step_they_came_in(tmp_path: Path) -> None:
    body = """
    warnings.warn("this module is old")
    class Rig(BaseLauncher):
        def __init__(self):
            super().__init__()
            logging.getLogger("lab.camera").warning("no camera on %s", "COM3")
            logging.getLogger("lab").info("not worth telling")
            self.register_state_handler("gain", self.told, self.checked)
        def checked(self, value):
            warnings.warn("a gain of %s is high" % value)
            return value
        def told(self, value):
            logging.error("saved")
            return value
    """
    found = rehearsed(tmp_path, body, state(gain=9))
    assert found.ok
    assert [(one.during, one.level, one.text) for one in found.heard] == [
        ("import", "warning", "this module is old"),
        ("construct", "warning", "no camera on COM3"),
        ("load", "warning", "a gain of 9 is high"),
        ("save", "error", "saved"),
    ]
    assert found.heard[1].source == "lab.camera"
    assert found.heard[2].source.startswith("UserWarning, rig.py line ")


def test_that_what_cannot_be_saved_again_is_told_beside_what_was_restored(tmp_path: Path) -> None:
    body = PLAIN + "    def get_persistent_attributes(self):\n        return {}['gone']\n"
    found = rehearsed(tmp_path, body, state(trial_count=1))
    assert results(found) == {"trial_count": "restored"}
    assert "saving it again raised KeyError: 'gone', in " in found.error
    assert not found.ok


# --- what a launcher may do instead -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("raise RuntimeError('no rig_config.toml\\non this computer.')",
         "rig:Rig() raised RuntimeError: no rig_config.toml on this computer, in "),
        ("sys.exit(3)", "rig:Rig() ended the program, with 3."),
        ("os._exit(3)", "rig:Rig() ended the process, with exit code 3."),
        ("os.kill(os.getpid(), 9)", "rig:Rig() ended the process by signal 9 (SIGKILL)."),
        ("input('which rig? ')", "rig:Rig() wants to read from the keyboard. There is nobody to answer."),
        ("sys.stdin.close(); sys.stdin.read()", "rig:Rig() raised ValueError: I/O operation on closed file"),
        ("self.run()", "rig:Rig() calls run(), and a rehearsal never runs anything."),
        ("raise KeyboardInterrupt", "rig:Rig() was interrupted."),
        ("import a_package_that_is_not_there",
         "rig:Rig() raised ModuleNotFoundError: No module named 'a_package_that_is_not_there', in "),
    ],
)  # fmt: skip
def test_that_a_launcher_that_cannot_be_made_is_told_in_one_sentence(
    tmp_path: Path, body: str, sentence: str
) -> None:
    source = f"""
    class Rig(BaseLauncher):
        def __init__(self, param_file=None, rig_config_path=None):
            super().__init__(param_file, rig_config_path)
            {body}
    """
    found = rehearsed(tmp_path, source, state(x=1))
    assert found.error.startswith(sentence)
    assert (found.ok, found.findings) == (False, ())
    assert "\n" not in found.error


@pytest.mark.parametrize(
    ("signature", "sentence"),
    [
        ("self, param_file", "rig:Rig cannot be made without param_file. "),
        ("self, a, b, *, rig, speed=1", "rig:Rig cannot be made without a, b and rig (by keyword). "),
        ("self, *, rig_config_path", "rig:Rig cannot be made without rig_config_path (by keyword). "),
    ],
)
def test_that_a_class_that_needs_arguments_is_told_which(
    tmp_path: Path, signature: str, sentence: str
) -> None:
    found = rehearsed(tmp_path, f"class Rig:\n    def __init__({signature}): pass\n", state(x=1))
    assert found.error.startswith(sentence)
    assert "param_file=None" in found.error


def test_that_arguments_can_be_given(tmp_path: Path) -> None:
    parameters = tmp_path / "parameters.json"
    parameters.write_text('{"subject_id": "m7"}', "utf-8")
    given = {"param_file": str(parameters)}
    found = rehearsed(tmp_path, PLAIN, state(subject_id="m1"), arguments=given)
    assert finding(found, "subject_id").result == "kept"
    refused = rehearsed(tmp_path, "class Rig:\n    pass\n", state(x=1), arguments=given)
    assert refused.error == "rig:Rig takes no param_file."


@pytest.mark.parametrize(
    ("launcher", "sentence"),
    [
        ("nothing_here:Rig", "there is no module nothing_here for "),
        ("nothing_here.deeper:Rig", "there is no module nothing_here for "),
        ("rig:Other", "the module rig has no Other. "),
        ("rig:VALUE", "rig:VALUE is no class, but of type int."),
        ("broken:Rig", "importing broken raised SyntaxError"),
        ("needy:Rig", "importing needy raised ModuleNotFoundError: No module named 'nothing_here', in "),
        ("quitter:Rig", "importing quitter ended the program, with None."),
    ],
)
def test_that_a_launcher_that_is_not_to_be_had_is_told(tmp_path: Path, launcher: str, sentence: str) -> None:
    write_module(tmp_path, "VALUE = 1")
    write_module(tmp_path, "class Rig(:", "broken")
    write_module(tmp_path, "import nothing_here", "needy")
    write_module(tmp_path, "sys.exit()", "quitter")
    found = rehearse(Wanted(launcher, paths=(str(tmp_path),)), state(x=1))
    assert found.error.startswith(sentence)


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("import", "importing the module of rig:Rig did not come to its end within 0.2 s, and was stopped."),
        ("construct", "rig:Rig() did not come to its end within 0.2 s, and was stopped."),
        ("load", "loading the state into rig:Rig did not come to its end within 0.2 s, and was stopped."),
        ("save", "saving the state of rig:Rig again did not come to its end within 0.2 s, and was stopped."),
    ],
)
def test_that_a_launcher_that_hangs_is_stopped_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, sentence: str
) -> None:
    """Its time counts from where it hangs: how long a Python takes to get there is no part of this."""
    hangs, wait = tmp_path / "hangs", ProcessTree.wait

    def wait_from_there(tree: ProcessTree, seconds: float, stopped: threading.Event) -> bool:
        until(hangs.exists)
        return wait(tree, seconds, stopped)

    monkeypatch.setattr(ProcessTree, "wait", wait_from_there)
    body = f"""
    def at(place):
        if place == {where!r}:
            open({str(hangs)!r}, "w").close()
            while True: pass
    at("import")
    class Rig(BaseLauncher):
        def __init__(self):
            super().__init__()
            at("construct")
        def set_persistent_attributes(self, attrs):
            at("load")
        def get_persistent_attributes(self):
            at("save")
            return {{}}
    """
    assert rehearsed(tmp_path, body, state(x=1), limit=0.2).error == sentence


def test_that_megabytes_of_output_break_nothing_and_their_end_is_kept(tmp_path: Path) -> None:
    body = """
    class Rig(BaseLauncher):
        def __init__(self):
            super().__init__()
            self.trial_count = 0
            for _ in range(64):
                os.write(1, b"x" * (1 << 20))
            print('{"ok": false, "attributes": {}}')
            print("the end of it", file=sys.stderr)
    """
    found = rehearsed(tmp_path, body, state(trial_count=5))
    assert found.ok
    assert results(found)["trial_count"] == "restored"
    assert found.printed.endswith("the end of it\n")
    assert len(found.printed) <= 8192
    assert found.printed_bytes > 64 << 20


@pytest.mark.parametrize(
    "body",
    [
        "os.closerange(0, 256)",
        "sys.stdout = sys.stderr = None",
        "threading.Thread(target=time.sleep, args=(600,)).start()",
        "os.chdir('/')",
        "argparse.ArgumentParser().parse_args()",
        "atexit.register(time.sleep, 600)",
        "logging.disable(); logging.getLogger().handlers.clear()",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "os.environ.clear()",
        "sys.modules.clear()",
    ],
)
def test_that_what_a_constructor_does_to_its_process_breaks_no_report(tmp_path: Path, body: str) -> None:
    source = f"""
    import argparse, atexit, signal, threading
    class Rig(BaseLauncher):
        def __init__(self):
            super().__init__()
            self.trial_count = 0
            {body}
    """
    found = rehearsed(tmp_path, source, state(trial_count=5))
    assert (found.error, results(found).get("trial_count")) == ("", "restored")


FORKING = """
class Rig(BaseLauncher):
    def __init__(self):
        super().__init__()
        self.trial_count = 0
        for leave in (lambda: None, os.setsid):
            child = os.fork()
            if child == 0:
                leave()
                if leave is not os.setsid: break
                with open({notes!r} + ".new", "w") as file: file.write(f"{{os.getpid()}} ")
                os.rename({notes!r} + ".new", {notes!r})
                time.sleep(600)
        while not os.path.exists({notes!r}): time.sleep(0.01)
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_that_children_of_the_launcher_say_nothing_and_are_ended_with_it(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    found = rehearsed(tmp_path, FORKING.format(notes=str(notes)), state(trial_count=5))
    assert results(found)["trial_count"] == "restored"
    if sys.platform == "linux":  # where also those are found that went into a session of their own
        assert [pid for pid in notes.read_text().split() if Path(f"/proc/{pid}/exe").exists()] == []


def test_that_a_rehearsal_can_be_stopped(tmp_path: Path) -> None:
    write_module(tmp_path, "time.sleep(600)")
    stopped = threading.Event()
    timer = threading.Timer(0.2, stopped.set)
    timer.start()
    found = rehearse(Wanted("rig:Rig", paths=(str(tmp_path),)), state(x=1), limit=500, stopped=stopped)
    timer.join()
    assert found.error


# --- what it must not do ----------------------------------------------------------------------------------


def test_that_a_request_to_resume_is_out_of_reach_and_the_switch_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RESUME, str(tmp_path))
    monkeypatch.setenv("RIGSTATE_DISABLE", "1")
    body = f"""
    class Rig(BaseLauncher):
        def __init__(self):
            super().__init__()
            print(os.environ.get({RESUME!r}), {VARIABLE!r} in os.environ)
    """
    found = rehearsed(tmp_path, body, state(x=1))
    assert found.ok
    assert found.printed == "None True\n"


def test_that_nothing_is_written_outside_the_temporary_folder_which_is_gone_then(
    tmp_path: Path, temporary_files: Path, own_directories: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, code = tmp_path / "work", tmp_path / "code"
    work.mkdir()
    monkeypatch.chdir(work)
    before = sorted(own_directories.rglob("*"))
    assert rehearsed(code, PLAIN, state(trial_count=1)).ok
    assert not rehearsed(code, PLAIN + "        time.sleep(600)\n", state(trial_count=1), limit=0.5).ok
    assert list(work.iterdir()) == []
    assert [path.name for path in code.rglob("*")] == ["rig.py"]
    assert list(temporary_files.iterdir()) == []
    assert sorted(own_directories.rglob("*")) == before


def test_that_the_library_of_the_rehearsal_is_found_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder with modules of the same names is no danger to it."""
    for name in ("persistence", "json", "tempfile"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the wrong one')", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert rehearsed(tmp_path / "code", PLAIN, state(trial_count=1)).ok


def test_that_bytes_that_no_launcher_could_load_start_nothing(tmp_path: Path) -> None:
    wanted = Wanted("rig:Rig", paths=(str(tmp_path),))
    write_module(tmp_path, f"open({str(tmp_path / 'started')!r}, 'w').close()")
    with pytest.raises(Damaged):
        rehearse(wanted, b'{"version": ')
    with pytest.raises(NewerVersion):
        rehearse(wanted, b'{"version": "2.0.0"}')
    assert not (tmp_path / "started").exists()


# --- hostile states ---------------------------------------------------------------------------------------

EAR = """
import os, sys
seen = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def hear(event, args):
    if event in ("os.system", "os.exec", "subprocess.Popen", "pickle.find_class", "ctypes.dlopen"):
        os.write(seen, f"{{event}} {{args[0]}}\\n".encode())
class Ear:
    def find_spec(self, name, path=None, target=None):
        os.write(seen, f"import {{name}}\\n".encode())
sys.addaudithook(hear)
sys.meta_path.insert(0, Ear())
"""
NASTY: dict[str, Any] = {
    "__class__": "os",
    "__init__": {"__reduce__": ["os.system", ["true"]]},
    "__dict__": {"x": 1},
    "_rigstate": {"handlers": {}},
    "run": "os.system('true')",
    "armed": True,
    "create_process": ["subprocess", "Popen"],
    "run_attributes": [],
    "class": 1,
    "import os": 1,
    "launcher_module": "antigravity",
    "py/object": "os.system",
    "plain": {"py/object": "antigravity.Anti", "__reduce__": "x", "!!python/object": "os"},
    "tagged": {"__type__": "antigravity", "value": "import"},
    "tagged_class": {"__type__": "this.Zen", "value": {"module": "this"}},
    "enum": "__import__('antigravity')",
    "phase": "{self.__class__.__init__.__globals__}",
}
TARGET = """
import enum
class Phase(enum.Enum):
    WARM = 1
class Rig(BaseLauncher):
    touched = []
    def __init__(self):
        super().__init__()
        self.enum = Phase.WARM
        self.phase = "start"
    @property
    def armed(self):
        self.touched.append("read")
        return False
    @armed.setter
    def armed(self, value):
        self.touched.append("set")
    def set_persistent_attributes(self, attrs):
        super().set_persistent_attributes(attrs)
        print(self.touched, type(self).__name__, "antigravity" in sys.modules, "this" in sys.modules)
"""


def heard_imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> tuple[set[str], Rehearsed]:
    """Every import and start of a program in the process of a rehearsal, by a hook that sees them all."""
    ear, log = tmp_path / "ear", tmp_path / "log"
    ear.mkdir(exist_ok=True)
    log.unlink(missing_ok=True)
    (ear / "sitecustomize.py").write_text(EAR.format(log=str(log)), "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(ear))
    found = rehearsed(tmp_path, TARGET, data)
    return set(log.read_text("utf-8").splitlines()), found


def test_that_nothing_that_a_state_names_is_imported_run_or_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harmless, _ = heard_imports(tmp_path, monkeypatch, state(phase="x", enum="COLD", armed=1, odd=[{"a": 1}]))
    nasty, found = heard_imports(tmp_path, monkeypatch, state(**NASTY))
    assert "import rig" in harmless  # it does hear
    assert nasty - harmless == set()
    assert found.error == ""
    assert found.printed == "[] Rig False False\n"
    told = results(found)
    for name in ("__class__", "__init__", "__dict__", "_rigstate", "run", "armed", "create_process", "class"):
        assert told[name] == "refused", name
    assert (told["run_attributes"], told["import os"]) == ("left_out", "refused")
    assert told["enum"] == "refused"
    assert told["phase"] == "restored"


@pytest.mark.parametrize("field", ["launcher_module", "launcher_class"])
def test_that_the_names_in_the_head_of_a_state_mean_nothing(tmp_path: Path, field: str) -> None:
    tree = json.loads(state(trial_count=1))
    for name in ("antigravity", "../../rig", "os", "", 7, None):
        found = rehearse(
            Wanted("rig:Rig", paths=(str(write_module(tmp_path, PLAIN).parent),)),
            json.dumps({**tree, field: name}).encode(),
        )
        assert results(found)["trial_count"] == "restored"
