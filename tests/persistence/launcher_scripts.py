"""Launchers that run as real programs: their source, and how they are started.

One idea: a test writes a small script into its own folder and starts it with this very Python, as an
operator's registry would; what it prints and leaves on the disk is what the test looks at.
"""

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

HEAD = """
import os, subprocess, sys, time
from persistence import BaseLauncher, PersistentState

def python(code):
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
"""
HOLDER = """
import sys, time
from persistence.files.running import RunningMarker
marker = RunningMarker(sys.argv[1], sys.argv[2])
marker.acquire()
print("held", flush=True)
time.sleep(60)
"""


def write_script(folder: Path, body: str, name: str = "rig.py") -> Path:
    """A script with `HEAD` and `body`, in a folder that is made."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(HEAD + textwrap.dedent(body), encoding="utf-8")
    return path


def start(
    *arguments: str | Path, environment: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Any:
    """This Python with these arguments, finding the project; output is piped, as text."""
    path = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", **(environment or {})},
        cwd=cwd,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def holding(directory: Path, launcher: str = "my.Launcher") -> Any:
    """A process that marks a session as running, and does nothing else until somebody ends it."""
    process = start("-c", HOLDER, directory, launcher)
    assert process.stdout.readline() == "held\n"
    return process


def finished(process: Any, timeout: float = 120) -> tuple[int, str, str]:
    """(exit code, output, error output) of a process that ends by itself."""
    output, errors = process.communicate(timeout=timeout)
    return process.returncode, output, errors


def until(condition: Callable[[], object], timeout: float = 60) -> Any:
    """What `condition` returns, as soon as it is true of something."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it never became so")
