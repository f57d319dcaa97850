"""The rig's files stay the rig's: the window holds none of them open, locks none, and writes none by looking.

The one idea: whatever is looked at in the window, a program of the rig can lock, replace, rename and delete
beside it, at once. What is open and locked is asked of the system, which tells it on Linux; that nothing
stands in the way of other programs is tried everywhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.hands import Hands
from app.main import Application
from app.views.parts.raw_view import RawView
from tests.small_rig import PROJECT, Rig

RIVAL = """
import sys
from pathlib import Path
from persistence.lock import FileLock
session = Path(sys.argv[1])
for name in (".session_state.lock", ".session_state.running"):
    lock = FileLock(session / name)
    lock.acquire(0)  # not even for a moment
    lock.release()
"""


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(tmp_path)


@pytest.fixture
def hands(rig: Rig, qtbot: QtBot) -> Iterator[Hands]:
    application = Application(roots=[rig.root], config_dir=rig.root.parent / "config", rescan_seconds=1)
    application.window.show()
    yield Hands(application.window)
    application.shutdown()


def look_at_everything(hands: Hands, session: Path) -> None:
    """Every tab of a session, and its log."""
    hands.select("sessionView", hands.row("sessionView", session.name))
    hands.row("stateView", "trial_count")
    hands.trigger("actionHistory")
    hands.row("historyView", "1")
    hands.trigger("actionRaw")
    raw = hands.named(RawView, "rawView")
    hands.wait(lambda: raw.text.rows > 0, "the raw file")
    hands.trigger("actionTrend")
    hands.row("trendView", session.name)
    hands.trigger("actionFiles")
    hands.select("filesView", hands.row("filesView", "launcher.log"))
    log = hands.named(RawView, "fileView")
    hands.wait(lambda: b"done" in log.text.data, "the log")


def as_they_are(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every file and folder below one: size, time to the nanosecond, mode."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        found[path.relative_to(folder).as_posix()] = (status.st_size, status.st_mtime_ns, status.st_mode)
    return found


def held(folder: Path) -> list[str]:
    """The files and folders below one that this process has open."""
    targets = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            targets.append(str(descriptor.readlink()))
        except OSError:
            continue  # the listing's own
    return [target for target in targets if target.startswith(str(folder))]


def locked(folder: Path) -> list[str]:
    """The locks below a folder that any process has."""
    numbers = {path.stat().st_ino: path.name for path in folder.rglob("*") if path.is_file()}
    lines = Path("/proc/locks").read_text("ascii").splitlines()
    numbers_locked = {int(line.split()[-3].rpartition(":")[2]) for line in lines if "->" not in line}
    return [name for number, name in numbers.items() if number in numbers_locked]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is open and locked")
def test_that_looking_holds_no_file_open_locks_none_and_writes_none(rig: Rig, hands: Hands) -> None:
    session = rig.run()
    before = as_they_are(rig.root)
    look_at_everything(hands, session)
    hands.wait(lambda: not held(rig.root), "that no file is held open")
    assert locked(rig.root) == []
    hands.trigger("actionRescan")
    hands.wait(lambda: not held(rig.root), "that no file is held open")
    assert as_they_are(rig.root) == before


def test_that_programs_of_the_rig_lock_replace_rename_and_delete_what_is_looked_at(
    rig: Rig, hands: Hands
) -> None:
    session = rig.run()
    look_at_everything(hands, session)
    subprocess.run(
        [sys.executable, "-c", RIVAL, str(session)], check=True, env={**os.environ, "PYTHONPATH": PROJECT}
    )
    state = session / "session_state.json"
    other = state.with_suffix(".new")
    other.write_bytes(state.read_bytes().replace(b'"trial_count": 16', b'"trial_count": 160'))
    other.replace(state)
    hands.trigger("actionState")
    hands.row("stateView", "trial_count", Value="160")
    moved = session.rename(session.with_name("764521_moved"))
    hands.row("sessionView", moved.name)
    shutil.rmtree(moved)
    hands.wait(lambda: not list(hands.rows("sessionView")), "an empty list")
