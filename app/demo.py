"""The demo: a temporary folder with a session of every kind, and a launcher that runs while one looks.

The one idea: nothing is painted. Each session is made by a launcher of `resources.demo` that really runs, in
its own process; those that are damaged, old or newer are then spoilt by another program, as on rigs. The
settings stand in the same folder, with an entry for each launcher, so that Resume works and nobody's own
settings are touched. Without Qt: it is made before there is a window. Not for the special cases of tests.
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import resources
from app.demo_folders import SETTINGS, demo_folder, remove_left
from app.program import NO_WINDOW, python
from persistence.launching.resume_request import VARIABLE, ResumeRequest

CODE = Path(resources.__file__).resolve().parent.parent
TITLE = "Rigstate demo"
GREETING = (
    "This is the demo: its sessions are made up, and one more starts and ends while you look, as on a rig. "
    "Try everything; nothing here is yours."
)
SESSION_LINE = "session directory: "  # what a demo launcher prints before it starts
QUICK_SECONDS = 0.2  # how long a task takes while the demo is made; a resumed one: as its parameters say
RESUMED_SECONDS = 60.0  # long enough to try Stop
ARRIVES_AFTER = 6.0  # seconds between the window and the launcher that runs while one looks
ARRIVING_SECONDS = 25.0
WORKERS = 4
LAUNCHERS = {
    "predictive": "PredictiveLauncher",
    "slap2": "Slap2Launcher",
    "diary": "DiaryLauncher",
    "calibration": "CalibrationLauncher",
}


class DemoFailed(Exception):
    """A program of the demo did not do what it should: one sentence, with what it said last."""


@dataclass(frozen=True, eq=False)
class Session:
    """How one session of the demo comes about, and which modules are run on it afterwards, with arguments.

    `at` is the local time at which its rig's clock stands when the run begins, ISO; "" for the computer's own
    clock. `resumes` is what the session shows that it was resumed from, "" for none.
    """

    what: str
    launcher: str
    subject: str
    user: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    afterwards: tuple[str, ...] = ()
    at: str = ""
    resumes: str = ""


DIRECTORY = "{directory}"
OLD_PROGRAM = "resources.demo.old_program"
SESSIONS = (
    Session("1,500 attributes", "calibration", "769004", "bob"),
    Session("every type, in several scripts", "diary", "751190", "ann"),
    Session("the rig was off", "predictive", "769004", "bob", {"rig_is_off": True}),
    Session("the task broke", "slap2", "771830", "bob", {"break_at": 4}),
    Session("stopped by the operator", "predictive", "758833", "ann", {"interrupt_at": 3}),
    Session("the computer died", "slap2", "770012", "ann", {"die_at": 4}),
    Session("two launchers", "predictive", "752311", "ann", {}, (f"resources.demo.camera {DIRECTORY}",)),
    Session("damaged", "predictive", "758834", "ann", {}, (f"{OLD_PROGRAM} damage {DIRECTORY}",)),
    Session("from a newer version", "slap2", "764522", "bob", {}, (f"{OLD_PROGRAM} newer {DIRECTORY}",)),
    Session(
        "from an old program", "predictive", "751191", "ann", {}, (f"{OLD_PROGRAM} old_style {DIRECTORY}",)
    ),
    Session("cleared", "predictive", "770013", "ann", {}, (f"persistence clear {DIRECTORY}",)),
    Session("corrected", "slap2", "764520", "bob", {}, (f"persistence set {DIRECTORY} laser_power_mw 16.5",)),
    Session("ready", "predictive", "764521", "ann", {"trials": 15}),
)
ARRIVING = Session("arriving", "predictive", "770014", "bob", {"trials": 10})


@dataclass(frozen=True)
class Demo:
    """A made demo: `root` is the folder to watch, `config_dir` holds its settings and `launchers.toml`.

    `sessions` are the session directories, by what each shows.
    """

    directory: Path
    sessions: Mapping[str, Path] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.directory / "data"

    @property
    def config_dir(self) -> Path:
        return self.directory / SETTINGS

    @property
    def rig_config(self) -> Path:
        """As it lies on the computer of a rig that saves into the demo's folder."""
        return self.directory / "rig_config.toml"

    @contextlib.contextmanager
    def arriving(
        self, *, wait: float, seconds: float, session: Session = ARRIVING
    ) -> Iterator[subprocess.Popen[bytes]]:
        """A launcher that runs while one looks: begins after `wait` seconds, takes `seconds`; ended at last.

        Its output is thrown away, because the window shows what it saves. Raises OSError.
        """
        options = ["--wait", str(wait), "--seconds", str(seconds)]
        process = subprocess.Popen(
            [*_command(self, session), *options],
            cwd=CODE,
            env=_variables(self, session.user),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=NO_WINDOW,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


@contextlib.contextmanager
def made(say: Callable[[str], None], sessions: Sequence[Session] = SESSIONS) -> Iterator[Demo]:
    """A demo in a temporary folder, which goes away at the end unless a resumed launcher still runs in it.

    `say` is told of each session. Raises DemoFailed, and OSError when there is no room for it.
    """
    remove_left()
    with demo_folder(say) as directory:
        yield make(directory, say, sessions)


def make(
    directory: Path, say: Callable[[str], None], sessions: Sequence[Session] = SESSIONS, resumed_at: str = ""
) -> Demo:
    """Make the demo in an empty directory, several launchers at a time. Raises DemoFailed, OSError.

    `resumed_at`: when a launcher that is resumed begins by its rig's clock; "" for the computer's.
    """
    demo = Demo(directory)
    demo.root.mkdir()
    demo.config_dir.mkdir()
    (demo.config_dir / "launchers.toml").write_text(registry(resumed_at), "utf-8")
    demo.rig_config.write_text(f"output_root_folder = {json.dumps(str(demo.root))}\n", "utf-8")
    made: dict[str, Path] = {}
    with ThreadPoolExecutor(WORKERS) as pool:
        for resumed in (False, True):  # those that are resumed from come first
            chosen = [session for session in sessions if bool(session.resumes) == resumed]
            running = {
                session: pool.submit(_run, replace(demo, sessions=made), session) for session in chosen
            }
            for session, run in running.items():
                say(f"{run.result().name}  {LAUNCHERS.get(session.launcher)}, {session.what}")
            made = {**made, **{session.what: run.result() for session, run in running.items()}}
    return replace(demo, sessions=made)


def registry(at: str = "") -> str:
    """The operator's list of launchers, as `launchers.toml` holds it. JSON's texts are TOML's, too."""
    entries = []
    for module, name in LAUNCHERS.items():
        command = ["{python}", "-m", f"resources.demo.{module}", "--param_file", "{param_file}"]
        command += ["--at", at] if at else []
        entries.append(
            f'["resources.demo.{module}.{name}"]\n'
            f"python = {json.dumps(python())}\n"
            f"command = {json.dumps(command)}\n"
            f"cwd = {json.dumps(str(CODE))}\n"
            f'rehearse = "resources.demo.{module}:{name}"\n'
        )
    return "\n".join(entries)


def _run(demo: Demo, session: Session) -> Path:
    """Run the launcher of one session, then what touches it afterwards; the session directory."""
    quick = ["--seconds", str(QUICK_SECONDS)]
    # Some of these launchers fail, as they should; what counts is that they had a session.
    said = _said([*_command(demo, session), *quick], demo, session.user, session.resumes, may_fail=True)
    directory = next((line for line in said.splitlines() if line.startswith(SESSION_LINE)), "")
    if not directory:
        raise DemoFailed(f"The demo launcher {session.launcher} had no session. {_last_line(said)}")
    directory = directory.removeprefix(SESSION_LINE)
    for module in session.afterwards:
        afterwards = [directory if part == DIRECTORY else part for part in shlex.split(module)]
        _said([python(), "-m", *afterwards], demo, session.user)
    return Path(directory)


def _command(demo: Demo, session: Session) -> list[str]:
    parameters = {
        "subject_id": session.subject,
        "user_id": session.user,
        "output_root_folder": str(demo.root),
        "trials": 5,
        "seconds": RESUMED_SECONDS,
        **session.parameters,
    }
    name = f"{session.subject}-{session.launcher}-{session.what.replace(' ', '-')}.json"
    file = demo.directory / name
    file.write_text(json.dumps(parameters, indent=2), "utf-8")
    at = ["--at", session.at] if session.at else []
    return [python(), "-m", f"resources.demo.{session.launcher}", "--param_file", str(file), *at]


def _said(command: list[str], demo: Demo, user: str, resumes: str = "", *, may_fail: bool = False) -> str:
    """Run to the end; all that was said. Raises DemoFailed."""
    wish = {VARIABLE: ResumeRequest(str(demo.sessions[resumes])).as_text()} if resumes else {}
    answer = subprocess.run(
        command, cwd=CODE, env={**_variables(demo, user), **wish}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", check=False,
        creationflags=NO_WINDOW,
    )  # fmt: skip
    if answer.returncode != 0 and not may_fail:
        raise DemoFailed(
            f"The demo's {command[2]} ended with {answer.returncode}. {_last_line(answer.stdout)}"
        )
    return answer.stdout


def _last_line(said: str) -> str:
    return (said.strip().splitlines() or ["It said nothing."])[-1]


def _variables(demo: Demo, user: str) -> dict[str, str]:
    """The environment of a rig of the demo: its own settings, its own operator."""
    names = ("LOGNAME", "USER", "LNAME", "USERNAME")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RIGSTATE_")}
    own = {"RIGSTATE_CONFIG_DIR": str(demo.config_dir), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    return {**kept, **dict.fromkeys(names, user), **own}


def main(arguments: Sequence[str] | None = None, sessions: Sequence[Session] = SESSIONS) -> int:
    """Make the demo in a folder, where it stays; 1 when it cannot be made there."""
    import argparse

    parser = argparse.ArgumentParser(
        prog="python -m app.demo",
        description="Make the sessions of the demo in a folder, to stay there. The demo with its window: "
        "python -m app --demo",
    )
    parser.add_argument("directory", type=Path, metavar="DIRECTORY", help="a new or empty folder for them")
    directory = parser.parse_args(arguments).directory.absolute()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if any(directory.iterdir()):
            raise DemoFailed(f"{directory} is not empty.")
        demo = make(directory, print, sessions)
    except (OSError, DemoFailed) as problem:
        print(f"The demo could not be made: {problem}", file=sys.stderr)
        return 1
    print(f"Sessions to watch: {demo.root}; the settings for them: {demo.config_dir}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
