"""The real window over sample sessions: what the application's other rooms would do is done here, in memory.

The one idea: intents are noted, edits go to real drafts, and a selected session is answered at once, so that
tests of views see the window as it is used. Not for the disk or for processes: that is the end-to-end test.
"""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

from app.editing.draft import Draft
from app.editing.drafts import Drafts
from app.editing.edits import Edit
from app.models.sessions.sessions import SessionsModel
from app.models.state.state_tree import StateTreeModel
from app.session import Delta, Problem, Running, Summary
from app.snapshot import SessionSnapshot
from app.views.furnishing import furnishing
from app.views.main_window import MainWindow
from app.views.style.theme import Theme
from app.watch_exchange import WatchedFolder, WatchStatus
from tests.samples import NOW, PREDICTIVE, ROOT, SLAP2, document, documents, snapshot, summary

INTENTS = (
    "watch_folder_requested",
    "stop_watching_requested",
    "rescan_requested",
    "demo_requested",
    "session_selected",
    "asking.revert_requested",
    "asking.undo_requested",
    "asking.redo_requested",
    "clear_requested",
    "asking.undo_clear_requested",
    "asking.resume_sheet_requested",
    "resume_requested",
    "files.show_requested",
    "banner_action",
    "banner_dismissed",
    "operator_chosen",
    "preferring.launchers_wanted",
    "resuming.copy_requested",
    "resuming.stop_requested",
    "preferring.entry_confirmed",
    "preferring.missing_wanted",
    "preferring.removal_requested",
    "preferring.trust_chosen",
    "preferring.network_chosen",
    "preferring.setting_chosen",
    "preferring.defaults_wanted",
    "files.logs_requested",
    "closing",
)


class Shown:
    """A window, its models and drafts. `asked` lists (intent, what it carried)."""

    def __init__(self, theme: Theme, *, watching: bool = True) -> None:
        self.theme = theme
        self.sessions = SessionsModel(lambda: NOW)
        self.state = StateTreeModel()
        self.window = MainWindow(self.sessions, theme)
        for _ in furnishing(self.window, self.sessions, self.state, lambda: NOW):
            pass
        self.window.wishes.grant()
        self.drafts = Drafts()
        self.asked: list[tuple[str, object]] = []
        self.snapshots = _snapshots()
        self.names = [one.name for one in self.snapshots.values()]
        self._connect()
        if watching:
            self.window.show_watch_status(WatchStatus((WatchedFolder(ROOT),), "14:32:08"))
            self.sessions.apply(Delta(added=tuple(_summary_of(one) for one in self.snapshots.values())))
        else:
            self.window.show_watch_status(WatchStatus())

    def open(self, name: str) -> None:
        """Select a session, as a click does."""
        self.window.select_session(f"{ROOT}/{name}")

    def type_value(self, text: str, *place: str | int, namespace: str = PREDICTIVE) -> bool:
        """Type a value into the state tree."""
        return self.state.setData(self.state.find(namespace, place).siblingAtColumn(2), text)

    def asked_for(self, intent: str) -> list[object]:
        """What was carried each time the window asked for this."""
        return [carried for name, carried in self.asked if name == intent]

    def _connect(self) -> None:
        for intent in INTENTS:
            attrgetter(intent)(self.window).connect(
                lambda *carried, name=intent: self.asked.append((name, _single(carried)))
            )
        self.window.saving.save_requested.connect(lambda asked: self.asked.append(("save_requested", asked)))
        self.window.session_selected.connect(self._answer)
        self.window.asking.undo_requested.connect(self.drafts.undo)
        self.window.asking.redo_requested.connect(self.drafts.redo)
        self.window.asking.revert_requested.connect(self.drafts.revert)
        self.state.edit_requested.connect(self.drafts.stage)
        self.state.edits_requested.connect(self.drafts.stage_together)
        self.state.late_edit_requested.connect(self._stage_late)
        self.state.take_back_requested.connect(self.drafts.take_back)
        self.window.saving.take_back_requested.connect(self.drafts.take_back)
        self.drafts.draft_changed.connect(self._show)

    def _stage_late(self, directory: str, edit: Edit, seen: Draft) -> None:
        self.drafts.stage_on(self.snapshots[directory], edit, seen)

    def _answer(self, directory: str | None) -> None:
        if directory is not None:
            self.drafts.open(self.snapshots[directory])
            self._show(directory)

    def _show(self, directory: str) -> None:
        draft = self.drafts.get(directory)
        self.sessions.set_unsaved(directory, draft.count if draft else 0)
        self.window.show_session(self.snapshots[directory], draft)


def _single(carried: tuple[object, ...]) -> object:
    return carried[0] if len(carried) == 1 else carried


def _snapshots() -> dict[str, SessionSnapshot]:
    """A completed session, a running one, one with two launchers, a damaged and a newer one, one cleared."""
    fine = document(skipped={"camera": "an open device", "stdout_data": "belongs to one run"})
    two = documents({name: {"attributes": {"trial_count": 1}} for name in (PREDICTIVE, SLAP2)})
    newer = replace(document(), tree={**document().tree, "version": "2.0.0"})
    damaged = Problem("damaged", "The file ends too early, at line 7.")
    found = [
        snapshot(fine),
        snapshot(document(), "770012_2026-11-23_13-41", running=Running("rig3", 77, SLAP2, "", False)),
        snapshot(two, "771830_2026-11-22_08-55"),
        snapshot(None, "758833_2026-11-22_09-30", problem=damaged),
        snapshot(newer, "758833_2026-11-19_11-40", problem=Problem("newer", "Version 2.0.0 is newer.")),
        snapshot(documents({}), "751190_2026-11-18_16-48"),
    ]
    return {one.directory: one for one in found}


def _summary_of(one: SessionSnapshot) -> Summary:
    names = one.document.namespaces if one.document else ()
    return summary(one.name, launchers=names, problem=one.problem, running=one.running)
