"""The tour: drives the real window over the demo, unseen, and takes pictures. `python -m app.tour DIRECTORY`.

The one idea: what the README promises is done once, step by step, as an operator does it. Each step says
what it did; the first that fails ends the tour, with its reason and exit code 1. What a step did to a file
is asked of the command line, not of the window. Not a test of details: those stand in `tests`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QTabWidget, QWidget

from app import demo
from app.driven import SMALL, driven
from app.hands import Hands, NotSeen, cell
from app.program import python
from app.views.parts.raw_view import RawView
from app.views.trend.trend_pane import TrendPane

STATUSES = {
    "1,500 attributes": "Completed",
    "the rig was off": "No saved state",
    "the task broke": "Failed",
    "stopped by the operator": "Interrupted",
    "the computer died": "Checkpoint",
    "damaged": "Damaged",
    "from a newer version": "Needs newer Rigstate",
    "cleared": "Cleared",
    "ready": "Completed",
}
ODD_ONES = {
    "damaged": "up to line",  # what can be read of it
    "from a newer version": "2.0.0",
    "the rig was off": "the reward controller does not answer",
}
UNEXPECTED = "Something unexpected went wrong"


class Tour:
    """One way through the window. Each step is a method; its docstring is what the tour says of it."""

    def __init__(self, made: demo.Demo, hands: Hands, pictures: Path) -> None:
        self._demo = made
        self._hands = hands
        self.pictures = pictures.resolve()
        self._before_clear: object = None
        self.taken = 0

    @property
    def steps(self) -> tuple[Callable[[], None], ...]:
        """In this order."""
        return (
            self.start_for_the_first_time,
            self.list_sessions,
            self.see_one_arrive,
            self.look_at_odd_ones,
            self.edit_a_value,
            self.save_it,
            self.look_back,
            self.look_at_files,
            self.look_at_a_trend,
            self.resume_with_it,
            self.clear_a_state,
            self.undo_that,
            self.go_dark_and_small,
        )

    def start_for_the_first_time(self) -> None:
        """without a folder, the window says what to do"""
        with driven((), self._demo.directory / "nobody") as window:
            hands = Hands(window)
            hands.read("Watch a folder to see its sessions")
            self.picture("first-start", hands)

    def list_sessions(self) -> None:
        """every session of the demo is listed, with how it ended"""
        for what, status in STATUSES.items():
            self._row(what, Status=status)
        self.picture("list")

    def see_one_arrive(self) -> None:
        """a launcher starts, its session appears by itself, its log is followed until it has completed"""
        before = self._listed()
        with self._demo.arriving(wait=0, seconds=5):
            name = self._hands.new_row("sessionView", before).data()
            self._hands.row("sessionView", name, Subject=demo.ARRIVING.subject, Status="Running")
            self.picture("arrival")
            self._hands.select("sessionView", self._hands.row("sessionView", name))
            self._hands.trigger("actionFiles")
            self._hands.row("filesView", "launcher.log")
            self._hands.wait(lambda: b"trial 4:" in self._file_shown(), "four trials in the log")
            self.picture("log-of-a-running-session")
            self._hands.row("sessionView", name, Status="Completed")
            self._hands.wait(lambda: b"trial 10:" in self._file_shown(), "the last trial in the log")
            self._hands.trigger("actionState")

    def look_at_odd_ones(self) -> None:
        """damaged and newer files are shown with the reason, every type and 1,500 attributes in full"""
        for what, words in ODD_ONES.items():
            self._open(what)
            self._hands.read(words)
            self.picture(what.replace(" ", "-"))
        self._open("two launchers")
        self._hands.row("stateView", "CameraRecorder")
        self.picture("two-launchers")
        self._open("every type, in several scripts")
        self._hands.row("stateView", "weighed_at", Value="2026-11-23 14:29:51.204618+01:00", Type="date-time")
        self.picture("every-type")
        self._open("1,500 attributes")
        self._hands.row("stateView", "channel_500_gain", Value="1.03")
        self.picture("many-attributes")

    def edit_a_value(self) -> None:
        """trial_count is changed from 15 to 150, and nothing is written yet"""
        self._open("ready")
        row = self._hands.row("stateView", "trial_count", Value="15", Type="integer")
        self._hands.edit(cell(row, "Value"), "150")
        self._hands.row("stateView", "trial_count", Value="150", Saved_value="15")
        self._hands.expand("stateView", self._hands.row("stateView", "custom_settings"))
        self._expect("get", "ready", "trial_count", finds=15)
        self.picture("window")

    def save_it(self) -> None:
        """Save shows the change first, then writes it, and history keeps the version before"""
        self._hands.trigger("actionSave")
        self._hands.named(QWidget, "saveSheet")
        self.picture("save")
        self._hands.press("Save 1 change")
        self._hands.wait(lambda: self._ask("get", "ready", "trial_count") == 150, "150 in the saved state")
        if len(self._ask("history", "ready")) != 2:
            raise NotSeen("history does not hold the version before the edit")
        self.picture("saved")

    def look_back(self) -> None:
        """History tells who saved what; any two states stand side by side"""
        self._hands.trigger("actionHistory")
        self._hands.row("historyView", "2", Action="Edited")
        self._hands.row("historyDifferences", "trial_count", Version_1="15", Change="Changed")
        self.picture("history")
        self._hands.trigger("actionCompare")
        self._hands.type_into("pickField", "version 1")
        self._hands.press("Compare")
        self._hands.row("compareView", "trial_count", This_session="150", Version_1="15")
        self.picture("compare")
        self._hands.trigger("actionRaw")
        self.picture("raw")
        self._hands.named(QTabWidget, "detailTabs").setCurrentIndex(0)

    def look_at_files(self) -> None:
        """what lies beside the saved state can be read; a crash's own record is pointed to"""
        self._open("the rig was off")
        self._hands.trigger("actionFiles")
        self._hands.select("filesView", self._hands.row("filesView", "debug_state.json"))
        self._hands.read("the crash kept a record")
        self._hands.wait(lambda: b"exception_type" in self._file_shown(), "what the crash kept")
        self.picture("files")
        self._open("ready")
        self._hands.trigger("actionState")

    def look_at_a_trend(self) -> None:
        """a number over the sessions of a launcher: drawn, listed, and this session marked"""
        self._hands.trigger("actionTrend")
        pane = self._hands.named(TrendPane, "trendPage")
        self._hands.choose(pane.attribute.accessibleName(), "trial_count")
        self._hands.choose(pane.over.accessibleName(), "All of PredictiveLauncher")
        for what, status in (("ready", "Completed"), ("stopped by the operator", "Interrupted")):
            self._hands.row("trendView", self._demo.sessions[what].name, Status=status)
        self._hands.wait(lambda: pane.drawing.is_drawn, "the plot")
        self.picture("trend")
        self._hands.trigger("actionState")

    def resume_with_it(self) -> None:
        """after the subject is typed, the launcher starts, says itself that it has 150, and is stopped"""
        before = self._listed()
        self._hands.trigger("actionResume")
        self._hands.type_into("subjectField", "764521")
        self._hands.type_into("User", "ann")
        self.picture("resume")
        self._hands.press("Resume")
        name = self._hands.new_row("sessionView", before).data()
        self._hands.read("starting with trial_count = 150")
        self.picture("output")
        self._hands.trigger("actionStop")
        self._hands.press("Stop it")
        self._hands.row("sessionView", name, Status="Interrupted")

    def clear_a_state(self) -> None:
        """a saved state is cleared, after a question"""
        self._open("stopped by the operator")
        self._before_clear = self._ask("show", "stopped by the operator")
        self._hands.trigger("actionClear")
        self._hands.wait(lambda: self._hands.window.findChild(QWidget, "clearSheet"), "the question")
        self.picture("clear")
        self._hands.press("Clear saved state")
        self._row("stopped by the operator", Status="Cleared")
        self.picture("cleared")

    def undo_that(self) -> None:
        """Undo brings it back"""
        self._hands.press("Undo")
        self._row("stopped by the operator", Status="Interrupted")
        self._expect("show", "stopped by the operator", finds=self._before_clear)

    def go_dark_and_small(self) -> None:
        """the window in dark, and at 1024 x 700"""
        self._open("ready")
        self._hands.row("stateView", "trial_count", Value="150")
        self._hands.trigger("Dark")
        self.picture("dark")
        self._hands.window.resize(*SMALL)
        self.picture("dark-small")
        self._hands.trigger("Light")
        self.picture("small")

    # ---- what the steps are made of

    def expect_no_trouble(self) -> None:
        """Raises NotSeen when the window says that something went wrong inside it."""
        if self._hands.can_read(UNEXPECTED):
            raise NotSeen("the window says that something unexpected went wrong")

    def _row(self, what: str, **cells: str) -> QModelIndex:
        return self._hands.row("sessionView", self._demo.sessions[what].name, **cells)

    def _open(self, what: str) -> None:
        self._hands.select("sessionView", self._row(what))

    def _file_shown(self) -> bytes:
        """What the Files tab shows of a file."""
        return self._hands.named(RawView, "fileView").text.data

    def _listed(self) -> set[str]:
        return {str(row.data()) for row in self._hands.rows("sessionView")}

    def picture(self, name: str, hands: Hands | None = None) -> None:
        """Take the next picture. Raises OSError."""
        self.taken += 1
        (hands or self._hands).picture(self.pictures / f"{self.taken:02d}-{name}.png")

    def _ask(self, verb: str, what: str, *more: str) -> Any:
        """What the command line says of a session. Raises NotSeen."""
        command = [python(), "-m", "persistence", verb, str(self._demo.sessions[what]), *more, "--json"]
        answer = subprocess.run(command, cwd=demo.CODE, capture_output=True, encoding="utf-8", check=False)
        if answer.returncode != 0:
            raise NotSeen(f"rigstate {verb} said: {answer.stderr.strip()}")
        return json.loads(answer.stdout)

    def _expect(self, *question: str, finds: object) -> None:
        found = self._ask(*question)
        if found != finds:
            raise NotSeen(f"the saved state holds {found!r}, not {finds!r}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the demo, go on the tour; 1 when a step failed."""
    parser = argparse.ArgumentParser(prog="python -m app.tour", description="Drive the window over the demo.")
    parser.add_argument("pictures", type=Path, metavar="DIRECTORY", help="where the pictures go")
    pictures = parser.parse_args(arguments).pictures
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        pictures.mkdir(parents=True, exist_ok=True)
        with demo.made(print) as made:
            return go(made, pictures)
    except (OSError, demo.DemoFailed) as problem:
        print(f"The tour could not go on: {problem}", file=sys.stderr)
        return 1


def go(made: demo.Demo, pictures: Path) -> int:
    """The tour on a made demo. Raises OSError when a picture cannot be written."""
    with driven([made.root], made.config_dir) as window:
        return walk(Tour(made, Hands(window), pictures))


def walk(tour: Tour) -> int:
    """Step by step, each told as it is done."""
    for step in tour.steps:
        print(f"{step.__doc__} ... ", end="", flush=True)
        try:
            step()
            tour.expect_no_trouble()
        except NotSeen as reason:
            print(f"FAILED\n  {reason}")
            tour.picture("failed")
            return 1
        print("ok", flush=True)
    print(f"{tour.taken} pictures in {tour.pictures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
