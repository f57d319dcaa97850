"""The operator's flows over a real disk: edit, save, a refused save and its two ways on, clear, undo."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from app import changes
from app.catalog import Catalog
from app.changes import change
from app.desk import Desk
from app.draft import Draft
from app.drafts import Drafts
from app.edits import SetValue
from app.errands import Change, Clear, Commit, Done
from app.exchange import Banner, ClearRequest
from app.folders import Folders
from app.session import Snapshot
from app.watching import Watching
from persistence.document import Place
from persistence.edits import get_value, remove_value, set_value
from persistence.errors import Damaged
from persistence.running import RunningMarker
from persistence.store import STATE_FILE, Committed, StateFile
from tests.small_rig import NAMESPACE, made_session

Noun = TypeVar("Noun")
COUNT, PHASE = ("trial_count",), ("experiment_phase",)


class Sitting:
    """An operator at a desk with one session on a real disk; what he was told, in order."""

    def __init__(self, root: Path, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session = made_session(root)
        self.directory = str(self.session)
        self.file = StateFile(self.session)
        self.drafts = Drafts()
        self.folders = Folders(rescan_seconds=3600)
        self.catalog = Catalog()
        self.watching = Watching(self.folders, self.catalog)
        self.desk = Desk(self.drafts, self.folders.ask)
        self.folders.answered.connect(self.watching.take)
        self.folders.answered.connect(self.desk.take)
        self.catalog.sessions_changed.connect(self.desk.take_delta)
        self.shown: list[tuple[Snapshot, Draft | None]] = []
        self.gone: list[tuple[str, str]] = []
        self.chosen: list[str] = []
        self.banners: dict[str, Banner] = {}
        self.messages: list[str] = []
        self.saved: list[Snapshot] = []
        self.not_saved: list[str] = []
        self.desk.session_shown.connect(self.shown.append)
        self.desk.session_gone.connect(self.gone.append)
        self.desk.session_chosen.connect(self.chosen.append)
        self.desk.banner_shown.connect(lambda banner: self.banners.__setitem__(banner.key, banner))
        self.desk.banner_removed.connect(lambda key: self.banners.pop(key, None))
        self.desk.message_shown.connect(self.messages.append)
        self.desk.saved.connect(self.saved.append)
        self.desk.not_saved.connect(self.not_saved.append)
        self.watching.add(str(root))
        self.wait_until(lambda: self.catalog.get(self.directory) is not None)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def select(self) -> None:
        self.desk.select(self.directory)
        self.wait_until(lambda: bool(self.shown))

    def edit(self, place: Place = COUNT, value: object = 150) -> None:
        self.desk.stage(self.directory, SetValue(NAMESPACE, place, value))  # type: ignore[arg-type]

    def save(self) -> None:
        before = len(self.saved) + len(self.not_saved)
        self.desk.save(self.directory)
        self.wait_until(lambda: len(self.saved) + len(self.not_saved) > before)

    def somebody_saves(self, count: int = 16) -> bytes:
        """Somebody else changes the file; returns its bytes then."""
        read = self.file.read()
        document = set_value(read.document, NAMESPACE, COUNT, count)
        StateFile(self.session, who="bob").commit(document, expected_etag=read.etag)
        return self.bytes

    @property
    def bytes(self) -> bytes:
        return (self.session / STATE_FILE).read_bytes()

    @property
    def draft(self) -> Draft:
        draft = self.drafts.get(self.directory)
        assert draft is not None
        return draft

    def on_disk(self, place: tuple[str, ...] = COUNT) -> object:
        return get_value(self.file.read().document, NAMESPACE, place)

    def banner(self, kind: str) -> Banner | None:
        return self.banners.get(f"{kind}:{self.directory}")

    def press(self, kind: str, action: str) -> None:
        banner = self.banner(kind)
        assert banner is not None
        assert action in [name for _, name in banner.actions]
        self.desk.act(banner.key, action)


@pytest.fixture
def sitting(tmp_path: Path, qtbot: QtBot) -> Iterator[Sitting]:
    made = Sitting(tmp_path, qtbot)
    yield made
    made.folders.shutdown()


def test_that_a_selected_session_is_shown_as_it_is_on_disk(sitting: Sitting) -> None:
    sitting.select()
    snapshot, draft = sitting.shown[-1]
    assert snapshot.etag == sitting.file.peek()
    assert draft is not None
    assert (draft.base_etag, draft.count) == (snapshot.etag, 0)
    assert len(sitting.shown) == 1


def test_that_an_edit_is_shown_at_once_and_saved_as_one_version(sitting: Sitting) -> None:
    sitting.select()
    before = sitting.bytes
    sitting.edit()
    sitting.edit(PHASE, "washout")
    assert sitting.shown[-1][1] is sitting.draft
    assert sitting.draft.count == 2
    assert sitting.bytes == before
    sitting.save()
    assert (sitting.on_disk(), sitting.on_disk(PHASE)) == (150, "washout")
    assert sitting.draft.count == 0
    assert sitting.file.version(1) == before
    assert [version.action for version in sitting.file.history()] == ["save", "edit"]
    assert sitting.messages[-1].endswith("as version 2.")
    snapshot, draft = sitting.shown[-1]
    assert draft is not None
    assert snapshot.etag == draft.base_etag == sitting.file.peek()


def test_that_saving_nothing_writes_nothing(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit(COUNT, 15)
    sitting.desk.save(sitting.directory)
    assert sitting.messages == ["There is nothing to save."]
    assert sitting.not_saved == [sitting.directory]


def test_that_a_second_save_waits_for_the_first(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    sitting.desk.save(sitting.directory)
    sitting.desk.save(sitting.directory)
    assert "still being saved" in sitting.messages[-1]
    assert sitting.not_saved == [sitting.directory]
    sitting.wait_until(lambda: bool(sitting.saved))
    assert len(sitting.file.history()) == 2


def test_that_a_change_on_disk_is_shown_where_nothing_is_staged(sitting: Sitting) -> None:
    sitting.select()
    sitting.somebody_saves(16)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.draft.base_etag == sitting.file.peek())
    assert sitting.banners == {}


def refused_save(sitting: Sitting) -> bytes:
    """An edit is saved over a version that somebody else made in between."""
    sitting.select()
    sitting.edit()
    theirs = sitting.somebody_saves()
    sitting.save()
    assert sitting.not_saved == [sitting.directory]
    return theirs


def test_that_a_refused_save_leaves_file_and_draft_and_offers_two_ways(sitting: Sitting) -> None:
    theirs = refused_save(sitting)
    assert sitting.bytes == theirs
    assert (sitting.draft.count, sitting.draft.outdated) == (1, True)
    banner = sitting.banner("outdated")
    assert banner is not None
    assert "by bob" in banner.text
    assert [label for label, _ in banner.actions] == ["Reload", "Save mine as a further version"]


def test_that_reload_shows_the_disks_version_and_can_be_undone(sitting: Sitting) -> None:
    refused_save(sitting)
    sitting.press("outdated", "reload")
    assert get_value(sitting.draft.document, NAMESPACE, COUNT) == 16
    assert (sitting.draft.count, sitting.draft.outdated, sitting.banner("outdated")) == (0, False, None)
    assert "Undo brings back" in sitting.messages[-1]
    sitting.drafts.undo(sitting.directory)
    sitting.save()
    assert sitting.on_disk() == 150


def test_that_mine_is_saved_as_a_further_version_and_theirs_is_kept(sitting: Sitting) -> None:
    theirs = refused_save(sitting)
    sitting.press("outdated", "save_mine")
    sitting.wait_until(lambda: bool(sitting.saved))
    assert sitting.on_disk() == 150
    assert sitting.file.version(2) == theirs
    assert (sitting.draft.count, sitting.banner("outdated")) == (0, None)


def test_that_saving_mine_changes_nothing_that_i_did_not_type(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit(PHASE, "typed in vain")
    sitting.edit(PHASE, sitting.on_disk(PHASE))
    sitting.edit()
    read = sitting.file.read()
    theirs = set_value(read.document, NAMESPACE, PHASE, "washout")
    StateFile(sitting.session, who="bob").commit(theirs, expected_etag=read.etag)
    sitting.save()
    sitting.press("outdated", "save_mine")
    sitting.wait_until(lambda: bool(sitting.saved))
    assert (sitting.on_disk(), sitting.on_disk(PHASE)) == (150, "washout")
    assert sitting.draft.count == 0


def test_that_an_edit_of_what_is_gone_is_not_saved_and_not_lost(sitting: Sitting) -> None:
    read = sitting.file.read()
    sitting.file.commit(set_value(read.document, NAMESPACE, ("limits",), [1, 2]), expected_etag=read.etag)
    sitting.select()
    sitting.edit(("limits", 1), 43)
    read = sitting.file.read()
    theirs = remove_value(read.document, NAMESPACE, ("limits",))
    StateFile(sitting.session, who="bob").commit(theirs, expected_etag=read.etag)
    sitting.save()
    before = sitting.bytes
    sitting.press("outdated", "save_mine")
    banner = sitting.banner("refused")
    assert banner is not None
    assert "do not fit" in banner.text
    assert (sitting.bytes, sitting.draft.count) == (before, 1)
    assert sitting.banner("outdated") is not None


def test_that_a_change_while_editing_is_said_before_saving(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    sitting.somebody_saves()
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("outdated") is not None)
    sitting.drafts.undo(sitting.directory)
    assert sitting.draft.base_etag == sitting.file.peek()


def test_that_discarding_over_an_older_version_shows_what_is_on_disk(sitting: Sitting) -> None:
    refused_save(sitting)
    sitting.desk.revert(sitting.directory)
    assert get_value(sitting.draft.document, NAMESPACE, COUNT) == 16
    assert sitting.banner("outdated") is None


def test_that_mine_is_never_saved_over_a_damaged_file(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    (sitting.session / STATE_FILE).write_bytes(b"\0" * 30)
    sitting.save()
    sitting.press("outdated", "save_mine")
    assert sitting.bytes == b"\0" * 30
    assert sitting.draft.count == 1
    assert sitting.banner("refused") is not None
    with pytest.raises(Damaged):
        sitting.file.read()


def test_that_a_clear_is_undone_to_the_very_bytes(sitting: Sitting) -> None:
    sitting.select()
    before = sitting.bytes
    sitting.desk.clear(ClearRequest(sitting.directory, None))
    sitting.wait_until(lambda: sitting.banner("cleared") is not None)
    assert sitting.file.read().document.namespaces == ()
    assert sitting.shown[-1][0].etag == sitting.file.peek()
    sitting.press("cleared", "undo")
    sitting.wait_until(
        lambda: sitting.messages[-1:] == [f"The saved state of {sitting.session.name} is back as it was."]
    )
    assert sitting.bytes == before
    assert sitting.banner("cleared") is None


def test_that_one_launcher_of_a_session_is_cleared_alone(sitting: Sitting) -> None:
    sitting.select()
    sitting.desk.clear(ClearRequest(sitting.directory, "somebody.Else"))
    sitting.wait_until(lambda: bool(sitting.banners))
    assert sitting.banner("refused") is not None
    assert sitting.file.read().document.namespaces == (NAMESPACE,)
    sitting.desk.clear(ClearRequest(sitting.directory, NAMESPACE))
    sitting.wait_until(lambda: sitting.banner("cleared") is not None)


def test_that_an_undo_of_clear_over_a_newer_version_is_refused(sitting: Sitting) -> None:
    sitting.select()
    sitting.desk.clear(ClearRequest(sitting.directory, None))
    sitting.wait_until(lambda: sitting.banner("cleared") is not None)
    made_session(sitting.session.parent)
    newer = sitting.bytes
    sitting.press("cleared", "undo")
    sitting.wait_until(lambda: sitting.banner("refused") is not None)
    assert sitting.bytes == newer


def test_that_a_session_with_unsaved_edits_is_not_cleared(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    before = sitting.bytes
    sitting.desk.clear(ClearRequest(sitting.directory, None))
    banner = sitting.banner("refused")
    assert banner is not None
    assert "unsaved edits" in banner.text
    assert sitting.bytes == before


def test_that_nothing_is_edited_while_the_session_runs(sitting: Sitting) -> None:
    marker = RunningMarker(sitting.session, "rig.CountingLauncher")
    marker.acquire()
    try:
        sitting.select()
        sitting.edit()
        assert sitting.draft.count == 0
        assert "still running" in sitting.messages[-1]
    finally:
        marker.release()


def test_that_a_save_during_a_run_is_refused_and_the_edit_stays(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    marker = RunningMarker(sitting.session, "rig.CountingLauncher")
    marker.acquire()
    try:
        sitting.save()
        banner = sitting.banner("refused")
        assert banner is not None
        assert "still running" in banner.text
        assert sitting.draft.count == 1
    finally:
        marker.release()
    sitting.save()
    assert (sitting.on_disk(), sitting.banner("refused")) == (150, None)


def test_that_an_edit_that_does_not_fit_is_a_sentence(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit(("nothing", "here"))
    assert sitting.messages[-1].startswith("Not changed: ")
    assert sitting.draft.count == 0


def test_that_a_late_answer_for_another_session_is_dropped(sitting: Sitting) -> None:
    other = made_session(sitting.session.parent, "770012_2026-11-23_13-41-00")
    sitting.desk.select(sitting.directory)
    sitting.desk.select(str(other))
    sitting.wait_until(lambda: bool(sitting.shown))
    sitting.desk.select(None)
    sitting.desk.select(str(other))
    sitting.wait_until(lambda: len(sitting.shown) == 2)
    assert {snapshot.directory for snapshot, _ in sitting.shown} == {str(other)}


def test_that_a_session_that_is_gone_is_said_and_its_edits_are_kept(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    sitting.session.rename(sitting.session.with_name(".elsewhere"))
    sitting.folders.rescan()
    sitting.wait_until(lambda: bool(sitting.gone))
    assert sitting.gone[0][0] == sitting.directory
    assert "edits are kept" in sitting.gone[0][1]
    assert sitting.draft.count == 1
    assert not sitting.session.exists()


def test_that_a_session_outside_every_folder_is_a_sentence(
    sitting: Sitting, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = str(made_session(tmp_path_factory.mktemp("elsewhere")))
    sitting.desk.select(elsewhere)
    assert sitting.gone[0][0] == elsewhere


def test_that_an_outside_change_between_clear_and_commit_never_passes(sitting: Sitting) -> None:
    sitting.select()
    snapshot = sitting.shown[-1][0]
    sitting.somebody_saves()
    newer = sitting.bytes
    sitting.desk.clear(ClearRequest(sitting.directory, None))
    sitting.wait_until(lambda: sitting.banner("refused") is not None)
    assert sitting.bytes == newer
    assert not isinstance(change(Clear(sitting.directory, None, snapshot.etag)), Done)
    assert snapshot.document is not None
    assert not isinstance(change(Commit(sitting.directory, snapshot.document, snapshot.etag)), Done)


class Overtaken:
    """Lets somebody write between a commit of ours and our look at what came of it."""

    def __init__(self, sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
        self._sitting = sitting
        self._commit = changes._commit
        monkeypatch.setattr(changes, "_commit", self)

    def __call__(self, errand: Change) -> Committed:
        committed = self._commit(errand)
        data = self._sitting.bytes.replace(b"baseline", b"washout")
        (self._sitting.session / STATE_FILE).write_bytes(data + b" ")
        return committed


def test_that_edits_overtaken_at_once_are_not_called_saved(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting.select()
    sitting.edit()
    Overtaken(sitting, monkeypatch)
    sitting.save()
    assert (sitting.saved, sitting.not_saved) == ([], [sitting.directory])
    banner = sitting.banner("overtaken")
    assert banner is not None
    assert "version 2" in banner.text
    assert sitting.shown[-1][0].etag == sitting.file.peek()


def test_that_an_undo_of_clear_never_goes_over_what_came_right_after_it(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting.select()
    with monkeypatch.context() as patch:
        Overtaken(sitting, patch)
        sitting.desk.clear(ClearRequest(sitting.directory, None))
        sitting.wait_until(lambda: sitting.banner("cleared") is not None)
    theirs = sitting.bytes
    sitting.press("cleared", "undo")
    sitting.wait_until(lambda: sitting.banner("refused") is not None)
    assert sitting.bytes == theirs


def test_that_nothing_is_cleared_but_the_version_that_the_sheet_showed(sitting: Sitting) -> None:
    sitting.select()
    asked = ClearRequest(sitting.directory, None, sitting.file.peek())
    theirs = sitting.somebody_saves()
    sitting.desk.select(sitting.directory)
    sitting.wait_until(lambda: sitting.shown[-1][0].etag == sitting.file.peek())
    sitting.desk.clear(asked)
    banner = sitting.banner("refused")
    assert banner is not None
    assert "changed while you were looking" in banner.text
    assert sitting.bytes == theirs


def test_that_an_undo_of_clear_that_could_not_be_done_yet_is_offered_again(sitting: Sitting) -> None:
    sitting.select()
    before = sitting.bytes
    sitting.desk.clear(ClearRequest(sitting.directory, None))
    sitting.wait_until(lambda: sitting.banner("cleared") is not None)
    marker = RunningMarker(sitting.session, "rig.CountingLauncher")
    marker.acquire()
    try:
        sitting.press("cleared", "undo")
        sitting.wait_until(lambda: sitting.banner("refused") is not None)
    finally:
        marker.release()
    sitting.press("cleared", "undo")
    sitting.wait_until(lambda: sitting.bytes == before)
