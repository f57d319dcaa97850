"""Checking a draft from end to end: the real window, the operator's list, launchers that really are asked."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.checks import CheckRequest, Checks
from app.editing.edits import SetValue
from app.main import Application
from app.views.saving.check_sheet import CheckSheet
from app.views.saving.conflict_sheet import ConflictSheet
from app.views.saving.save_sheet import SaveSheet
from app.views.state.add_sheet import AddSheet
from persistence.store import StateFile
from tests.persistence.rehearsals import state, write_module
from tests.small_rig import PROJECT

NAMESPACE = "rig.Rig"
BODY = """
class Rig(BaseLauncher):
    def __init__(self):
        super().__init__()
        self.trial_count = 0
        self.reward = 5.0
        self.register_state_handler("reward", None, self.allowed)
    def allowed(self, value):
        if value > 20:
            raise ValueError("at most 20")
        return value
"""


_OFFER = "Did you mean trial_count?"


class Bench:
    """An application over one session, and a launcher that it may ask."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.code = folder / "code"
        write_module(self.code, BODY)
        self.session = folder / "data" / "m1_2026-11-23_14-05-00"
        for place, count in (("m1_2026-11-22_14-05-00", 3), (self.session.name, 15)):
            directory = folder / "data" / place
            directory.mkdir(parents=True)
            data = state(NAMESPACE, trial_count=count, reward=5.0, subject_id="m1")
            (directory / "session_state.json").write_bytes(data)
        self.config = folder / "config"
        self.config.mkdir()
        self.application = Application([folder / "data"], config_dir=self.config)
        self.window = self.application.window
        self.window.show()
        self.checks: list[Checks] = []
        self.application._foresight.checking.checks_shown.connect(self.checks.append)

    def list(self, **values: str) -> None:
        """Write the operator's list."""
        known = {"python": sys.executable, "cwd": str(self.code), **values}
        lines = [f"{key} = {json.dumps(value)}" for key, value in known.items()]
        text = "\n".join([f'["{NAMESPACE}"]', 'command = ["{python}", "-m", "rig"]', *lines])
        (self.config / "launchers.toml").write_text(text, "utf-8")

    def edit(self, **values: object) -> None:
        self.window.select_session(str(self.session))
        action = self.window.actions_["actionCheck"]
        self.qtbot.waitUntil(action.isEnabled)
        for name, value in values.items():
            self.application._desk.stage(str(self.session), SetValue(NAMESPACE, (name,), value))  # type: ignore[arg-type]

    def check(self) -> CheckSheet:
        """Ask, as with F7, and wait for all there is to know."""
        self.checks.clear()
        self.window.actions_["actionCheck"].trigger()
        self.qtbot.waitUntil(self.is_known)
        sheet = self.window.findChild(CheckSheet)
        assert sheet is not None
        return sheet

    def is_known(self) -> bool:
        last = self.checks[-1] if self.checks else None
        return last is not None and bool(last.launchers) and not last.asking and last.precedents is not None


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setenv("PYTHONPATH", PROJECT)
    bench = Bench(tmp_path, qtbot)
    yield bench
    bench.application.shutdown()


def cells(sheet: CheckSheet) -> list[tuple[str, str]]:
    """Attribute and what happens, row by row."""
    model = sheet.part.table.checked
    return [(model.index(row, 0).data(), model.index(row, 2).data()) for row in range(model.rowCount())]


def test_that_a_draft_is_checked_by_its_launcher_and_nothing_is_written(bench: Bench) -> None:
    bench.list(rehearse="rig:Rig")
    before = StateFile(bench.session).peek()
    bench.edit(reward=25.0, trial_count=150)
    sheet = bench.check()
    assert cells(sheet) == [
        ("reward", "Refused: ValueError: at most 20"),
        ("trial_count", "Restored"),
        ("subject_id", "Restored"),
        ("user_id", "Launcher's own: not in the saved state"),
    ]
    assert StateFile(bench.session).peek() == before
    assert sorted(path.name for path in bench.session.iterdir()) == ["session_state.json"]


def test_that_without_a_word_from_the_operator_types_are_compared_and_that_is_said(bench: Bench) -> None:
    bench.list()
    bench.edit(trial_count="many")
    sheet = bench.check()
    assert cells(sheet) == [("trial_count", "Type differs: text, and integer in 1 other session")]
    said = sheet.part.accessibleDescription()
    assert "Not checked by the launcher. " in said
    assert "compared, with 1 other session of this launcher and subject." in said


def test_that_ending_the_application_ends_a_launcher_that_is_being_asked(
    bench: Bench, tmp_path: Path
) -> None:
    notes = tmp_path / "pid"
    write_module(bench.code, f"open({str(notes)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)\n" + BODY)
    bench.list(rehearse="rig:Rig")
    bench.edit(trial_count=1)
    bench.window.actions_["actionCheck"].trigger()
    bench.qtbot.waitUntil(lambda: notes.exists() and bool(notes.read_text()))
    assert bench.application.shutdown()
    if sys.platform == "linux":
        assert not Path(f"/proc/{notes.read_text()}").exists()


def test_that_a_refused_change_is_saved_only_when_that_is_meant(bench: Bench) -> None:
    bench.list(rehearse="rig:Rig")
    before = StateFile(bench.session).peek()
    bench.edit(reward=25.0, trial_count=150)
    bench.checks.clear()
    bench.window.actions_["actionSave"].trigger()
    sheet = bench.window.findChild(SaveSheet)
    assert sheet is not None
    bench.qtbot.waitUntil(sheet.check.tick.isVisible)
    assert not sheet.save.isEnabled()
    sheet.check.tick.click()
    sheet.save.click()
    bench.qtbot.waitUntil(lambda: StateFile(bench.session).peek() != before)
    saved = StateFile(bench.session).read().document.namespace(NAMESPACE).attributes
    assert (saved["reward"], saved["trial_count"]) == (25.0, 150)


@pytest.mark.parametrize("quick", [True, False])
def test_that_what_was_decided_is_checked_like_every_save(bench: Bench, quick: bool) -> None:
    bench.list(rehearse="rig:Rig")
    bench.edit(reward=25.0)
    data = state(NAMESPACE, trial_count=15, reward=6.0, subject_id="m1")
    (bench.session / "session_state.json").write_bytes(data)
    drafts, directory = bench.application._drafts, str(bench.session)
    bench.qtbot.waitUntil(lambda: drafts.get(directory).outdated)  # type: ignore[union-attr]  # it is there
    bench.window.actions_["actionSave"].trigger()
    sheet = bench.window.findChild(ConflictSheet)
    assert sheet is not None
    bench.qtbot.keyClick(sheet.table, Qt.Key.Key_Left)
    if not quick:
        bench.qtbot.waitUntil(sheet.check.tick.isVisible)
    bench.qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(sheet.check.tick.isVisible)
    assert sheet.check.table.checked.index(0, 2).data() == "Refused: ValueError: at most 20"
    bench.qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
    assert not sheet.save.isEnabled()
    assert (bench.session / "session_state.json").read_bytes() == data
    sheet.check.tick.click()
    sheet.save.click()
    bench.qtbot.waitUntil(lambda: (bench.session / "session_state.json").read_bytes() != data)
    saved = StateFile(bench.session).read().document.namespace(NAMESPACE).attributes
    assert saved["reward"] == 25.0


def test_that_only_what_is_ticked_is_checked(bench: Bench) -> None:
    bench.list(rehearse="rig:Rig")
    bench.edit(reward=25.0, trial_count=150)
    bench.checks.clear()
    places = frozenset({(NAMESPACE, ("trial_count",))})
    bench.application._foresight.check(CheckRequest(str(bench.session), places))
    bench.qtbot.waitUntil(bench.is_known)
    (launcher,) = bench.checks[-1].launchers
    assert [one.result for one in launcher.findings if one.name == "reward"] == ["restored"]
    assert [change.place for change in bench.checks[-1].changes] == [("trial_count",)]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"rehearse": "rig:Rig"}, "trial_conut is not known to this launcher."),
        ({}, "The one other session of this launcher and subject has no trial_conut."),
    ],
)
def test_that_a_name_is_held_against_those_that_are_known_while_it_is_typed(
    bench: Bench, entry: dict[str, str], said: str
) -> None:
    bench.list(**entry)
    bench.edit(trial_count=150)
    view = bench.window.detail.state.view
    view.enter()
    bench.window.actions_["actionAdd"].trigger()
    sheet = bench.window.findChild(AddSheet)
    assert sheet is not None
    bench.qtbot.keyClicks(sheet.first, "trial_conut")
    bench.qtbot.waitUntil(lambda: sheet.first.accessibleDescription() == f"{said} {_OFFER}")
