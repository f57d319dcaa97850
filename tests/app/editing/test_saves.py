"""Saving over a real disk: one version, what was ticked, refusals and their ways on, decisions, waits."""

from collections.abc import Callable
from datetime import datetime

import pytest

from app.change_errands import ChangeErrand, Clear, Commit, Done
from app.exchange import Decision, SaveRequest
from app.files import changes
from app.files.changes import Wait, change
from app.folder_errands import Terms
from persistence.document import Place
from persistence.errors import Damaged
from persistence.files.running import RunningMarker
from persistence.lock import FileLock
from persistence.states.edits import remove_value, without_namespaces
from persistence.store import LOCK_FILE, STATE_FILE, Committed, StateFile
from tests.app.sitting import COUNT, PHASE, Sitting, disputed
from tests.small_rig import NAMESPACE, made_session


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


def test_that_a_save_is_shown_once_with_what_the_disk_holds_then(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    sitting.edit(PHASE, "washout")
    before = len(sitting.shown)
    seen: list[int] = []
    sitting.saves.saved.connect(lambda _: seen.append(len(sitting.shown) - before))
    sitting.save(PHASE)
    assert seen == [1]
    snapshot, draft = sitting.shown[before]
    assert draft is not None
    assert (snapshot.etag, draft.base_etag, draft.count) == (sitting.file.peek(), sitting.file.peek(), 1)


def test_that_saving_nothing_writes_nothing(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit(COUNT, 15)
    sitting.save()
    assert sitting.messages == ["There is nothing to save."]
    assert sitting.not_saved == [sitting.directory]
    sitting.edit()
    sitting.ask_to_save(SaveRequest(sitting.directory, sitting.draft.base_etag, frozenset()))
    assert len(sitting.file.history()) == 1


def test_that_a_second_save_waits_for_the_first(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    sitting.saves.save_all(sitting.directory)
    sitting.saves.save_all(sitting.directory)
    assert "still being saved" in sitting.messages[-1]
    assert sitting.not_saved == [sitting.directory]
    sitting.wait_until(lambda: bool(sitting.saved))
    assert len(sitting.file.history()) == 2


def test_that_only_what_is_ticked_is_saved_with_its_note_and_the_rest_stays(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    sitting.edit(PHASE, "washout")
    sitting.save(PHASE, note="typed at the rig")
    assert (sitting.on_disk(), sitting.on_disk(PHASE)) == (15, "washout")
    assert sitting.file.history()[-1].note == "typed at the rig"
    assert [one.place for one in sitting.draft.changes] == [COUNT]
    sitting.save()
    assert sitting.on_disk() == 150
    assert len(sitting.file.history()) == 3


def test_that_what_both_changed_is_neither_saved_nor_lost_and_waits_for_a_decision(sitting: Sitting) -> None:
    theirs = disputed(sitting)
    assert sitting.bytes == theirs
    assert (sitting.draft.count, sitting.draft.outdated) == (1, True)
    banner = sitting.banner("outdated")
    assert banner is not None
    assert "by bob" in banner.text
    assert "both of you changed trial_count" in banner.text
    assert [label for label, _ in banner.actions] == ["Decide…", "Reload"]
    directory, sentence = sitting.wanted[-1]
    assert directory == sitting.directory
    assert "Nothing is saved yet" in sentence
    sitting.press("outdated", "decide")
    assert sitting.wanted[-1] == (sitting.directory, "")


def test_that_nothing_is_saved_before_it_is_decided(sitting: Sitting) -> None:
    theirs = disputed(sitting)
    sitting.ask_to_save(SaveRequest(sitting.directory, sitting.draft.base_etag))
    sitting.ask_to_save(SaveRequest(sitting.directory, sitting.file.peek()))
    assert sitting.bytes == theirs
    assert "Decide first" in sitting.wanted[-1][1]


@pytest.mark.parametrize(("mine", "count"), [((COUNT,), 150), ((), 16)])
def test_that_a_decision_is_an_unsaved_edit_until_it_is_saved(
    sitting: Sitting, mine: tuple[Place, ...], count: int
) -> None:
    theirs = disputed(sitting)
    sitting.decide(*mine)
    assert (sitting.bytes, sitting.in_draft(), sitting.banner("outdated")) == (theirs, count, None)
    sitting.save()
    assert sitting.on_disk() == count


def test_that_a_decision_can_be_saved_at_once_as_one_version_over_theirs(sitting: Sitting) -> None:
    theirs = disputed(sitting)
    sitting.decide(COUNT, save=True)
    sitting.wait_until(lambda: bool(sitting.saved))
    assert sitting.on_disk() == 150
    assert sitting.file.version(2) == theirs
    assert len(sitting.file.history()) == 3
    assert (sitting.draft.count, sitting.banner("outdated")) == (0, None)


def test_that_a_decision_about_a_version_that_is_not_there_any_more_is_not_taken(sitting: Sitting) -> None:
    disputed(sitting)
    decision = Decision(sitting.directory, sitting.file.peek(), frozenset({(NAMESPACE, COUNT)}), save=True)
    newest = sitting.somebody_saves(COUNT, 17)
    sitting.look()
    sitting.saves.decide(decision)
    assert "changed again" in sitting.wanted[-1][1]
    assert (sitting.bytes, sitting.draft.outdated) == (newest, True)
    assert sitting.draft.merged is not None
    assert [one.theirs for one in sitting.draft.merged.conflicts] == [17]


def test_that_a_file_that_changes_right_before_the_decision_is_saved_is_never_written_over(
    sitting: Sitting,
) -> None:
    disputed(sitting)
    newest = sitting.somebody_saves(COUNT, 17)
    sitting.decide(COUNT, save=True)
    sitting.wait_until(lambda: len(sitting.not_saved) == 2)
    assert sitting.bytes == newest
    assert sitting.draft.outdated


def test_that_saving_mine_changes_nothing_that_i_did_not_type(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit(PHASE, "typed in vain")
    sitting.edit(PHASE, sitting.on_disk(PHASE))
    sitting.edit()
    sitting.somebody_saves(PHASE, "washout")
    sitting.save()
    sitting.save()
    assert (sitting.on_disk(), sitting.on_disk(PHASE)) == (150, "washout")
    assert sitting.draft.count == 0


def test_that_a_save_of_what_was_merged_meanwhile_is_looked_at_again_first(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    theirs = sitting.somebody_saves(PHASE, "washout")
    sitting.save()
    assert sitting.bytes == theirs
    assert sitting.wanted[-1][0] == sitting.directory
    assert "changed on disk by bob before your changes were written" in sitting.wanted[-1][1]
    shown_before = SaveRequest(sitting.directory, "of the sheet that showed the version before")
    sitting.ask_to_save(shown_before)
    assert sitting.bytes == theirs


def test_that_a_start_that_waits_for_its_save_opens_no_sheet(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    sitting.somebody_saves(PHASE, "washout")
    sitting.saves.save_all(sitting.directory)
    sitting.wait_until(lambda: bool(sitting.not_saved))
    assert sitting.wanted == []
    assert sitting.banner("refused") is not None


def test_that_an_edit_of_what_is_gone_is_decided_like_any_other(sitting: Sitting) -> None:
    sitting.somebody_saves(("limits",), [1, 2])
    sitting.select()
    sitting.edit(("limits", 1), 43)
    read = sitting.file.read()
    theirs = remove_value(read.document, NAMESPACE, ("limits",))
    StateFile(sitting.session, who="bob").commit(theirs, expected_etag=read.etag)
    sitting.save()
    assert sitting.draft.merged is not None
    assert [one.place for one in sitting.draft.merged.conflicts] == [("limits",)]
    sitting.decide(("limits",), save=True)
    sitting.wait_until(lambda: bool(sitting.saved))
    assert sitting.on_disk(("limits",)) == [1, 43]


def test_that_a_launcher_cleared_by_somebody_else_comes_back_only_if_that_is_decided(
    sitting: Sitting,
) -> None:
    sitting.select()
    sitting.edit()
    read = sitting.file.read()
    cleared = without_namespaces(read.document, None)
    StateFile(sitting.session, who="bob").commit(cleared, expected_etag=read.etag)
    sitting.save()
    banner = sitting.banner("outdated")
    assert banner is not None
    assert "all of CountingLauncher was cleared by bob while you were editing trial_count." in banner.text
    sitting.decide((), save=True)
    sitting.wait_until(lambda: bool(sitting.saved))
    assert (sitting.on_disk(), sitting.on_disk(PHASE)) == (150, "baseline")


def test_that_nothing_is_saved_over_a_damaged_file_and_the_edits_wait(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    (sitting.session / STATE_FILE).write_bytes(b"\0" * 30)
    sitting.save()
    banner = sitting.banner("outdated")
    assert banner is not None
    assert "Your unsaved edit is kept" in banner.text
    assert (sitting.bytes, sitting.draft.count) == (b"\0" * 30, 1)
    with pytest.raises(Damaged):
        sitting.file.read()


def test_that_a_save_during_a_run_is_refused_and_offered_when_the_run_has_saved_last(
    sitting: Sitting,
) -> None:
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
        sitting.desk.standing.wait_for_end(sitting.directory)
        assert "You are told" in sitting.messages[-1]
        marker.finishing()
        sitting.folders.rescan()
        sitting.wait_until(lambda: sitting.banner("ended-run") is not None)
    finally:
        marker.release()
    sitting.press("ended-run", "save")
    assert sitting.wanted[-1] == (sitting.directory, "")
    assert sitting.banner("ended-run") is None
    sitting.save()
    assert (sitting.on_disk(), sitting.banner("refused")) == (150, None)


def test_that_an_outside_change_before_a_commit_never_passes(sitting: Sitting) -> None:
    sitting.select()
    snapshot = sitting.shown[-1][0]
    sitting.somebody_saves()
    newer = sitting.bytes
    assert not isinstance(change(Clear(sitting.directory, None, snapshot.etag)), Done)
    assert snapshot.document is not None
    assert not isinstance(change(Commit(sitting.directory, snapshot.document, snapshot.etag)), Done)
    assert sitting.bytes == newer


class Overtaken:
    """Lets somebody write between a commit of ours and our look at what came of it."""

    def __init__(self, sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
        self._sitting = sitting
        self._commit = changes._commit
        monkeypatch.setattr(changes, "_commit", self)

    def __call__(
        self, errand: ChangeErrand, wait: Wait | None, terms: Terms, clock: Callable[[], datetime]
    ) -> Committed:
        committed = self._commit(errand, wait, terms, clock)
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


def test_that_a_lock_of_somebody_else_is_waited_for_with_his_name_and_can_be_given_up(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting.select()
    sitting.edit()
    before = sitting.bytes
    lock = FileLock(sitting.session / LOCK_FILE)
    lock.acquire(0)
    try:
        sitting.saves.save_all(sitting.directory)
        sitting.wait_until(lambda: sitting.banner("waiting") is not None)
        banner = sitting.banner("waiting")
        assert banner is not None
        assert "python" in banner.text
        assert "more seconds" in banner.text
        assert not banner.dismissible
        sitting.press("waiting", "cancel")
        sitting.wait_until(lambda: sitting.not_saved == [sitting.directory])
    finally:
        lock.release()
    assert sitting.banner("waiting") is None
    assert "What you edited is still here" in sitting.messages[-1]
    assert (sitting.bytes, sitting.draft.count) == (before, 1)
    sitting.save()
    assert sitting.on_disk() == 150


def test_that_a_change_that_comes_late_is_told_and_not_waited_for(sitting: Sitting) -> None:
    """Another session of the same folder is waited for, so that this one's turn does not come."""
    sitting.select()
    sitting.edit()
    before = sitting.bytes
    other = made_session(sitting.session.parent, "764522_2026-11-23_14-06-00")
    lock = FileLock(other / LOCK_FILE)
    lock.acquire(0)
    try:
        assert sitting.saves.change(Clear(str(other), None, StateFile(other).peek()))
        sitting.wait_until(lambda: f"waiting:{other}" in sitting.banners)
        sitting.saves.save_all(sitting.directory)
        sitting.wait_until(lambda: "busy:changes" in sitting.banners)
        banner = sitting.banners["busy:changes"]
        assert banner.text == f"Saving {sitting.session.name} …"
        ((words, action),) = banner.actions
        assert words == "Do not wait"
        sitting.saves.act(banner.key, action)
        assert "busy:changes" not in sitting.banners
        sitting.saves.act(f"waiting:{other}", "cancel")
        sitting.wait_until(lambda: sitting.not_saved == [sitting.directory])
    finally:
        lock.release()
    assert "What you edited is still here" in sitting.messages[-1]
    assert (sitting.bytes, sitting.draft.count) == (before, 1)
    sitting.save()
    assert sitting.on_disk() == 150
    assert "busy:changes" not in sitting.banners


def test_that_a_lock_that_is_let_go_in_time_is_no_trouble(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    lock = FileLock(sitting.session / LOCK_FILE)
    lock.acquire(0)
    sitting.saves.save_all(sitting.directory)
    sitting.wait_until(lambda: sitting.banner("waiting") is not None)
    lock.release()
    sitting.wait_until(lambda: bool(sitting.saved))
    assert (sitting.on_disk(), sitting.banners) == (150, {})
