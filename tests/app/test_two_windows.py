"""Two windows of one person, open at the same time on the same session: none loses what the other keeps."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.editing.draft_files import DraftFiles
from app.hands import Hands, cell
from app.main import Application
from tests.small_rig import made_session


class Windows:
    """The windows that are open on one folder, with one set of kept edits."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.root, self.config, self.qtbot = folder / "data", folder / "config", qtbot
        self.session = made_session(self.root)
        self.open: list[Application] = []

    def start(self) -> Hands:
        application = Application(roots=[self.root], config_dir=self.config)
        application.window.show()
        self.open.append(application)
        hands = Hands(application.window)
        hands.select("sessionView", hands.row("sessionView", self.session.name))
        return hands

    def edit(self, hands: Hands, text: str) -> None:
        hands.edit(cell(hands.row("stateView", "trial_count"), "Value"), text)
        self.qtbot.waitUntil(lambda: text in self.kept())

    def kept(self) -> str:
        """All edits that are kept, of all windows."""
        files = (self.config / "data" / "drafts").rglob("*.edits.json")
        return "".join(file.read_text("utf-8") for file in files)

    def told(self, hands: Hands) -> str:
        window = next(one.window for one in self.open if one.window is hands.window)
        return " ".join(one.text for one in window.banners.banners())

    def end(self) -> None:
        while self.open:
            self.open.pop(0).shutdown()


@pytest.fixture
def windows(tmp_path: Path, qtbot: QtBot) -> Iterator[Windows]:
    made = Windows(tmp_path, qtbot)
    yield made
    made.end()


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The errands that keep drafts, by name, in the order in which they are done."""
    names: list[str] = []
    work = DraftFiles.work

    def noted(worker: DraftFiles, errand: object) -> None:
        names.append(type(errand).__name__)
        work(worker, errand)

    monkeypatch.setattr(DraftFiles, "work", noted)
    return names


def test_that_edits_of_both_windows_are_kept_told_and_seen_at_the_next_start(
    windows: Windows, done: list[str]
) -> None:
    first, second = windows.start(), windows.start()
    windows.edit(first, "111")
    windows.edit(second, "222")
    windows.qtbot.waitUntil(lambda: "unsaved edits in another window" in windows.told(second))
    assert "unsaved edits in another window" not in windows.told(first)
    windows.edit(first, "112")
    windows.qtbot.waitUntil(lambda: "unsaved edits in another window" in windows.told(first))
    windows.edit(second, "223")
    windows.end()
    again = windows.start()
    again.row("stateView", "trial_count", Value="223")
    told = "1 other set of unsaved edits, left by another window (trial_count: 112). It is kept"
    assert told in windows.told(again)
    assert windows.open[-1].window.status.unsaved.text() == "2 unsaved edits"
    done.clear()
    for shown in ("112", "223", "112"):
        again.press("Show the other one")
        again.row("stateView", "trial_count", Value=shown)
    windows.qtbot.waitUntil(lambda: done.count("TurnTo") == 3 and done[-1] == "KeepDraft")
    assert [one for one, _ in groupby(done)] == ["TurnTo", "KeepDraft"] * 3  # none is kept in another's place
    assert "112" in windows.kept()
    assert "223" in windows.kept()
    windows.edit(again, "113")
    windows.end()
    again = windows.start()
    again.row("stateView", "trial_count", Value="113")  # the newest
    again.trigger("actionSave")
    again.press("Save 1 change")
    again.wait(lambda: "113" not in windows.kept(), "the edits are saved")
    windows.open[-1].window.remove_banner(f"aside:{windows.session}")  # it is dismissed
    assert windows.open[-1].window.status.unsaved.text() == "1 unsaved edit"
    again.trigger("actionShowUnsaved")
    again.press("Show the other one")
    windows.qtbot.waitUntil(lambda: "both of you changed trial_count" in windows.told(again))
    assert "1 other set" not in windows.told(again)
    assert "223" in windows.kept()


def test_that_what_one_window_saves_or_drops_leaves_the_edits_of_the_other_alone(windows: Windows) -> None:
    first, second = windows.start(), windows.start()
    windows.edit(first, "111")
    windows.edit(second, "222")
    windows.qtbot.waitUntil(lambda: "in another window" in windows.told(second))
    first.trigger("actionRevert")
    windows.qtbot.waitUntil(lambda: "111" not in windows.kept())
    windows.qtbot.waitUntil(lambda: "in another window" not in windows.told(second))
    assert "222" in windows.kept()
    windows.end()
    again = windows.start()
    again.row("stateView", "trial_count", Value="222")
    assert "other set" not in windows.told(again)
    again.trigger("actionRevert")
    windows.qtbot.waitUntil(partial(lambda kept: not kept(), windows.kept))
