"""The hostile corpus: nothing is started, imported or opened that the operator did not confirm.

The one idea: the real window is driven over all of it in a process of its own, and the system itself tells
what that process did, to the last file. Where the system does not tell, the canaries do.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.launchers.commands import why_not
from app.launchers.registry import Entry, read_registry
from tests.hostile.corpus import CASES, LAUNCHER, LOOKED_AT, WRONG_ENTRIES, Case, Corpus, build
from tests.hostile.trace import CALLS, Call, calls_in
from tests.made_once import made_once

CODE = Path(__file__).resolve().parents[2]
STRACE = shutil.which("strace")
ASKED = """
from persistence import PersistentState

class HostileLauncher(PersistentState):
    def __init__(self):
        self.trial_count, self.phase = 0, ""

    def run(self):
        return True
"""
PRINT = "import json, os, sys; print(json.dumps([sys.argv[1:], os.getcwd()]))"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="names and links as POSIX has them")


@dataclass(frozen=True)
class Driven:
    """What the window did with each session, and what it asked the system for (None where nobody can see)."""

    corpus: Corpus
    config: Path
    started: dict[str, str]
    calls: tuple[Call, ...] | None


def write_list(corpus: Corpus, config: Path, more: str = "") -> None:
    """The operator's list: his launcher, and another one of the same name which is never taken alone."""
    config.mkdir()
    script = config / "launcher.py"
    script.write_text(PRINT)
    command = ["{python}", str(script), "{session_dir}", "--param_file", "{param_file}"]
    lines = [
        f"[{json.dumps(LAUNCHER)}]", f"python = {json.dumps(sys.executable)}",
        f"command = {json.dumps(command)}",
        f"cwd = {json.dumps(str(config))}", more,
        '["elsewhere.HostileLauncher"]', f"command = [{json.dumps(corpus.canary())}]",
        '["broken.Launcher"]', f"command = {json.dumps(corpus.canary())}",
    ]  # fmt: skip
    (config / "launchers.toml").write_text("\n".join(lines), encoding="utf-8")


@cache
def tracer() -> tuple[str, ...]:
    """strace as it may trace here, empty where it may not.

    With the kernel's own filter, where strace knows that, only calls of our kinds stop the program.
    """
    ways = [(STRACE, "-f", *more) for more in (["--seccomp-bpf"], [])] if STRACE else []
    return next((way for way in ways if can_trace(way)), ())


def can_trace(way: Sequence[str]) -> bool:
    """Whether strace knows this way, and may trace."""
    tried = subprocess.run([*way, "-o", os.devnull, "true"], capture_output=True, check=False)
    return tried.returncode == 0


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory) -> Driven:
    folder = made_once(tmp_path_factory, "hostile", drive_all)
    lines, calls = told(folder)
    started = {line["what"]: line["started"] for line in lines}
    return Driven(Corpus(folder / "corpus"), folder / "config", started, calls)


def drive_all(folder: Path) -> None:
    corpus, config = build(folder / "corpus"), folder / "config"
    write_list(corpus, config)
    drive("tests.hostile.driver", corpus, config)


def told(folder: Path) -> tuple[list[Any], tuple[Call, ...] | None]:
    """What a driver told, and the system calls (None where nobody can see)."""
    lines = (folder / "told").read_text("utf-8").splitlines()
    trace = folder / "trace"
    calls = tuple(calls_in(trace.read_text("utf-8", "replace"))) if trace.exists() else None
    return [json.loads(line) for line in lines if line.startswith("{")], calls


def drive(driver: str, corpus: Corpus, config: Path) -> None:
    """Run a driver over a corpus. What it tells goes beside the settings, so do its system calls."""
    folder = config.parent
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(CODE), str(corpus.canaries))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONFAULTHANDLER": "1",  # a crash says where
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(folder),
        "RIGSTATE_CONFIG_DIR": str(config),
    }
    command = [sys.executable, "-P", "-m", driver, str(corpus.data), str(config)]
    if tracer():
        command = [*tracing(folder / "trace"), *command]
    done = subprocess.run(
        command, cwd=CODE, env=environment, capture_output=True, text=True, timeout=550, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:] + done.stdout[-1000:]
    (folder / "told").write_text(done.stdout, "utf-8")


def tracing(trace: Path) -> list[str]:
    """The beginning of a command whose calls of our kinds go into a file."""
    return [*tracer(), "-qq", "-s", "4096", "-e", f"trace={CALLS}", "-o", str(trace)]


@pytest.fixture
def calls(driven: Driven) -> tuple[Call, ...]:
    if driven.calls is None:
        pytest.skip("strace is missing, or may not trace: only the canaries tell")
    return driven.calls


@pytest.mark.begins_first
def test_that_the_corpus_is_large_and_every_session_was_tried(driven: Driven) -> None:
    assert len(CASES) + len(WRONG_ENTRIES) >= 60
    assert set(driven.started) == {*(case.what for case in CASES), "preferences"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_that_a_session_is_started_by_the_operators_command_or_not_at_all(driven: Driven, case: Case) -> None:
    said = driven.started[case.what]
    if not case.starts:
        assert said in ("not offered", "cannot")
        return
    arguments, folder = json.loads(said)
    session = str(driven.corpus.data / case.directory)
    assert arguments[:2] == [session, "--param_file"]
    assert Path(arguments[2]).is_relative_to(driven.config / "data" / "runs")
    assert folder == str(driven.config)


def test_that_no_canary_was_touched(driven: Driven) -> None:
    assert not (driven.corpus.folder / "touched").exists()


def test_that_nothing_but_the_confirmed_program_was_started(driven: Driven, calls: tuple[Call, ...]) -> None:
    started = [call for call in calls if call.name.startswith("execve") and call.done]
    assert {call.texts[0] for call in started} == {sys.executable}
    script = str(driven.config / "launcher.py")
    others = [call.texts for call in started if call.texts[2:3] != (script,)]
    assert [texts[2:5] for texts in others] == [("-P", "-m", "tests.hostile.driver")]
    assert len(started) - 1 == sum(case.starts for case in CASES)


def test_that_nothing_outside_was_opened(driven: Driven, calls: tuple[Call, ...]) -> None:
    """Not even looked for: a canary's folder is on the Python path, so only names in it are asked for."""
    inside = str(driven.corpus.canaries)
    opened = {
        text for call in calls if call.done for text in call.texts
        if text.startswith(f"{inside}/") or "canary_module" in text
    }  # fmt: skip
    assert opened == set()


def test_that_nobody_was_spoken_to(calls: tuple[Call, ...]) -> None:
    spoken = [call.rest for call in calls if call.name == "connect" and "AF_UNIX" not in call.rest]
    assert spoken == []


def test_that_only_our_own_files_were_written(driven: Driven, calls: tuple[Call, ...]) -> None:
    ours = (str(driven.config), "/dev/", "/proc/", "/tmp/", "/run/", "/var/tmp/")
    data = str(driven.corpus.data)
    written = {
        text for call in calls if call.done and call.writes for text in call.texts if text.startswith("/")
    }
    assert {path for path in written if path.startswith(data)} == set()
    assert {path for path in written if not path.startswith(ours) and path != "/"} == set()


@pytest.mark.begins_first
def test_that_a_view_only_folder_is_only_read_and_a_launcher_that_is_asked_imports_nothing_else(
    tmp_path: Path,
) -> None:
    corpus, config = build(tmp_path / "corpus"), tmp_path / "config"
    write_list(corpus, config, 'rehearse = "asked:HostileLauncher"')
    (config / "asked.py").write_text(ASKED)
    (config / "settings.json").write_text(json.dumps({"view_only": [str(corpus.data)]}))
    drive("tests.hostile.looker", corpus, config)
    lines, calls = told(tmp_path)
    assert [line["what"] for line in lines] == [case.what for case in CASES if case.what in LOOKED_AT]
    for line in lines:
        assert line["enabled"] == []
        assert line["refused"] == "Nothing can be changed here: this folder is view-only."
    assert not (corpus.folder / "touched").exists()
    if calls is None:
        pytest.skip("strace is missing, or may not trace: only the canaries tell")
    started = [call.texts for call in calls if call.name.startswith("execve") and call.done]
    assert {texts[0] for texts in started} == {sys.executable}
    asked = [texts for texts in started if texts[4:7] == ("-m", "persistence", "rehearse")]
    inner = [
        texts
        for texts in started
        if "from persistence.rehearsing.rehearsal import main" in " ".join(texts[5:6])
    ]
    assert all("asked:HostileLauncher" in texts for texts in asked)
    assert len(asked) > len(lines) // 2
    assert len(started) == 1 + len(asked) + len(inner)
    touched = {text for call in calls if call.done for text in call.texts}
    assert not {text for text in touched if text.startswith(f"{corpus.canaries}/")}
    written = {text for call in calls if call.done and call.writes for text in call.texts}
    assert not {text for text in written if text.startswith(str(corpus.data))}


@pytest.mark.parametrize("what", WRONG_ENTRIES)
def test_that_a_wrong_entry_is_never_started(tmp_path: Path, what: str) -> None:
    corpus = build(tmp_path / "corpus")
    session = corpus.data / "module-os"
    text = WRONG_ENTRIES[what].replace("SESSION", json.dumps(str(session)))
    text = text.replace("CANARY", json.dumps(corpus.canary()))
    (tmp_path / "launchers.toml").write_text(f"[{json.dumps(LAUNCHER)}]\n{text}\n", encoding="utf-8")
    found = read_registry(tmp_path, tmp_path / "machine").find(LAUNCHER)
    if isinstance(found, Entry):
        command = found.filled({"session_dir": str(session)})
        assert why_not(found, str(session), command, found.cwd or str(tmp_path))
    else:
        assert LAUNCHER in found or "launchers.toml" in found
    assert not (corpus.folder / "touched").exists()


def test_that_a_canary_would_be_seen(tmp_path: Path) -> None:
    """The judges above find what they look for, when it is there."""
    if not tracer():
        pytest.skip("strace is missing, or may not trace")
    corpus, trace = build(tmp_path / "corpus"), tmp_path / "trace"
    path, program = str(corpus.canaries), corpus.canary()
    code = f"import os, sys; sys.path.insert(0, {path!r}); import canary_module; os.system({program!r})"
    subprocess.run([*tracing(trace), sys.executable, "-B", "-c", code], check=True)
    calls = tuple(calls_in(trace.read_text("utf-8", "replace")))
    assert (corpus.folder / "touched").exists()
    assert corpus.canary() in {call.texts[0] for call in calls if call.name == "execve" and call.done}
    opened = {text for call in calls if call.done for text in call.texts}
    assert corpus.canary("canary_module.py") in opened
    written = {text for call in calls if call.done and call.writes for text in call.texts}
    assert str(corpus.folder / "touched") in written
