"""Trying an installed Rigstate, as whoever installed it would, from its programs alone.

One idea: the same trial for everything that can be installed, from a wheel, a bundle, or frozen: both
programs say the version, a large saved state is judged by a part of the program, a window opens and closes
in good order, and the tour goes through all the rest, a resume included. Nothing of this checkout is in
reach.

Raises NotMade at the first step that fails; a step says what it tried before it tries.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bootstrap import interpreter, own_variables
from persistence import StateFile, __version__, save
from persistence.states.slices import LARGE
from tests.packaging.distributions import NotMade

PATIENCE = 300.0
"""Seconds for one step; the tour takes half a minute where nothing else runs."""


@dataclass(frozen=True)
class Programs:
    """What was installed: the command line, the window, and what starts a part of it by `-m`.

    `before` is put before each command, such as one that takes the network away.
    """

    rigstate: Path
    window: Path
    part: Path
    before: Sequence[str] = field(default=())

    @classmethod
    def of(cls, environment: Path, before: Sequence[str] = ()) -> Programs:
        """Those of a virtual environment."""
        python = interpreter(environment)
        rigstate, window = (python.with_name(name + python.suffix) for name in ("rigstate", "rigstate-gui"))
        return cls(rigstate, window, python, before)

    def run(self, *command: str | Path, **variables: str) -> str:
        """What it says. Raises NotMade where it fails."""
        words = [*self.before, *map(str, command)]
        answer = subprocess.run(
            words, cwd=tempfile.gettempdir(), env=clean(variables), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
            check=False, timeout=PATIENCE,
        )  # fmt: skip
        if answer.returncode != 0:
            raise NotMade(f"{' '.join(words)} ended with code {answer.returncode}:\n{answer.stdout}")
        return answer.stdout


def clean(more: Mapping[str, str]) -> dict[str, str]:
    """Our environment without what leads to this checkout, to settings of a person, or to a screen."""
    kept = {name: value for name, value in own_variables(more).items() if not name.startswith("RIGSTATE_")}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", **more}


def try_out(programs: Programs, pictures: Path) -> None:
    """All of it; the pictures of the tour stay. Raises NotMade."""
    with tempfile.TemporaryDirectory(prefix="rigstate-trial-") as name:
        for step in (_versions, _import_late_ones, _send_a_scout, _judge_a_large_one, _open_and_close):
            print(f"{step.__doc__} ... ", end="", flush=True)
            step(programs, Path(name))
            print("ok", flush=True)
        said = programs.run(programs.part, "-m", "app.tour", pictures.resolve(), TMPDIR=name)
        print(said, end="", flush=True)


def try_library(environment: Path) -> None:
    """Save and load with the library alone. Raises NotMade."""
    programs = Programs.of(environment)
    with tempfile.TemporaryDirectory(prefix="rigstate-trial-") as name:
        for verb, count in (("save", 150), ("load", 0)):
            state = f"from types import SimpleNamespace as S; it = S(trial_count={count})"
            doing = f"import persistence; done = persistence.{verb}(it, {name!r})"
            script = f"{state}; {doing}; print(done.ok, it.trial_count)"
            said = programs.run(programs.part, "-I", "-c", script)
            if said != "True 150\n":
                raise NotMade(f"the library alone said {said!r} when it was to {verb}")
        programs.run(programs.rigstate, "validate", name)


def _versions(programs: Programs, _: Path) -> None:
    """both programs tell the version"""
    for program in (programs.rigstate, programs.window):
        said = programs.run(program, "--version")
        is_mute = (
            sys.platform == "win32" and program == programs.window
        )  # it may have no terminal to write to
        if not is_mute and said.strip() != f"rigstate {__version__}":
            raise NotMade(f"{program} --version said {said!r}")


def _import_late_ones(programs: Programs, _: Path) -> None:
    """what is imported when somebody looks at it is there"""
    for module in ("app.watch.ears", "app.views.trend.plot"):
        programs.run(programs.part, "-P", "-m", module)


def _send_a_scout(programs: Programs, place: Path) -> None:
    """a program of ours that looks for sessions starts, and ends with who asks"""
    programs.run(programs.part, "-P", "-m", "app.listing.scout", place, sys.getfilesystemencoding())


def _judge_a_large_one(programs: Programs, place: Path) -> None:
    """a large saved state is read by a process beside the window"""
    session = _large_session(place / "sessions" / "large")
    said = programs.run(programs.part, "-P", "-m", "app.files.judge", session, str(1 << 30))
    if f'"etag": "{StateFile(session).read().etag}"' not in said:
        raise NotMade(f"the part that judges said {said[:300]!r}")


def _open_and_close(programs: Programs, place: Path) -> None:
    """the window opens on a folder and closes in good order"""
    if sys.platform == "win32":
        return  # nobody else can ask a program without a console to end; the tour opens a window, too
    variables = clean({"RIGSTATE_CONFIG_DIR": str(place / "config")})
    command = [*programs.before, str(programs.window), str(place / "sessions")]
    said = (place / "said").open("w+b")
    with said, subprocess.Popen(command, env=variables, stdout=said, stderr=said) as window:
        _wait(window, lambda: any((place / "config" / "cache").rglob("*")))
        window.send_signal(signal.SIGTERM)
        code = window.wait(PATIENCE)
        said.seek(0)
        if code != 0 or not (place / "config" / "settings.json").is_file():
            raise NotMade(f"the window ended with code {code}:\n{said.read().decode(errors='replace')}")


def _wait(window: subprocess.Popen[bytes], is_there: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_there():
        if window.poll() is not None or time.monotonic() > until:
            window.kill()
            raise NotMade(f"the window did not list a folder; it ended with code {window.wait()}")
        time.sleep(0.05)


def _large_session(session: Path) -> Path:
    """A session whose saved state is one of the large ones."""
    session.mkdir(parents=True)

    class Recorder:
        def __init__(self) -> None:
            self.trace = "x" * (LARGE + 1)
            self.trial_count = 150

    if not save(Recorder(), session).ok:
        raise NotMade(f"no saved state came into {session}")
    return session
