"""Clearing over a real disk, and taking it back: from the banner, later, and never over what came since."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.change_errands import Restore
from app.exchange import Banner, ClearRequest
from app.folder_errands import Seen
from app.session import Delta, Summary
from persistence.files.running import RunningMarker
from persistence.store import StateFile
from tests.app.editing.test_saves import Overtaken
from tests.app.sitting import Sitting
from tests.small_rig import NAMESPACE, locked, made_session


def cleared(sitting: Sitting) -> bytes:
    """Clear the saved state, and wait until it is told; the bytes that it had."""
    sitting.select()
    before = sitting.bytes
    sitting.clear()
    sitting.wait_until(lambda: sitting.banner("cleared") is not None)
    return before


def all_is_told(sitting: Sitting) -> None:
    """What the list has heard of: on a busy machine it tells that later."""
    sitting.wait_until(lambda: not sitting.catalog._recovery.isActive())


def test_that_a_clear_is_undone_to_the_very_bytes(sitting: Sitting) -> None:
    before = cleared(sitting)
    assert sitting.file.read().document.namespaces == ()
    assert sitting.shown[-1][0].etag == sitting.file.peek()
    sitting.press("cleared", "undo_clear")
    sitting.wait_until(
        lambda: sitting.messages[-1:] == [f"The saved state of {sitting.session.name} is back as it was."]
    )
    assert sitting.bytes == before
    assert sitting.banner("cleared") is None


def test_that_what_was_undone_before_a_clear_is_not_redone_after_it(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    sitting.edit(value=151)
    sitting.drafts.undo(sitting.directory)
    sitting.drafts.undo(sitting.directory)
    assert sitting.draft.can_redo
    sitting.clear()
    sitting.wait_until(lambda: sitting.banner("cleared") is not None)
    sitting.press("cleared", "undo_clear")
    sitting.wait_until(lambda: bool(sitting.messages) and "is back as it was" in sitting.messages[-1])
    sitting.wait_until(lambda: bool(sitting.draft.base.namespaces))
    assert not sitting.draft.can_redo


def test_that_it_is_told_which_of_two_of_its_name_was_cleared(sitting: Sitting) -> None:
    twin = Summary(f"/rig2/{sitting.session.name}", "/rig2", sitting.session.name, "")
    sitting.catalog.add_root("/rig2")
    sitting.catalog.take(Seen("/rig2", "/rig2", (twin,), None))
    all_is_told(sitting)
    cleared(sitting)
    name = f"{sitting.session.name} in {sitting.session.parent.name}"
    assert f"the saved state of {name}. Its" in getattr(sitting.banner("cleared"), "text", "")
    sitting.press("cleared", "undo_clear")
    sitting.wait_until(lambda: sitting.messages[-1:] == [f"The saved state of {name} is back as it was."])


def test_that_one_launcher_of_a_session_is_cleared_alone(sitting: Sitting) -> None:
    sitting.select()
    sitting.clear("somebody.Else")
    sitting.wait_until(lambda: bool(sitting.banners))
    assert sitting.banner("refused") is not None
    assert sitting.file.read().document.namespaces == (NAMESPACE,)
    sitting.clear(NAMESPACE)
    sitting.wait_until(lambda: sitting.banner("cleared") is not None)
    assert sitting.banner("refused") is None


def test_that_an_undo_of_clear_over_a_newer_version_is_refused(sitting: Sitting) -> None:
    cleared(sitting)
    made_session(sitting.session.parent)
    newer = sitting.bytes
    sitting.press("cleared", "undo_clear")
    sitting.wait_until(lambda: sitting.banner("refused") is not None)
    assert sitting.bytes == newer


def test_that_a_session_with_unsaved_edits_is_not_cleared(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    before = sitting.bytes
    sitting.clear()
    banner = sitting.banner("refused")
    assert banner is not None
    assert "1 unsaved edit. Save or discard it first" in banner.text
    assert sitting.bytes == before


def test_that_an_undo_of_clear_is_not_offered_over_what_came_right_after_it(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting.select()
    with monkeypatch.context() as patch:
        Overtaken(sitting, patch)
        sitting.clear()
        sitting.wait_until(lambda: bool(sitting.messages))
    assert sitting.messages[-1] == f"Cleared {sitting.session.name}; it was saved again right after that."
    assert sitting.banner("cleared") is None


def listed(sitting: Sitting) -> None:
    """The list has heard of what the file holds now, and has told it."""
    sitting.folders.rescan()
    etag = sitting.file.peek()
    sitting.wait_until(lambda: getattr(sitting.catalog.get(sitting.directory), "etag", "") == etag)
    all_is_told(sitting)


def test_that_undo_goes_with_its_banner_when_something_else_is_saved(sitting: Sitting) -> None:
    cleared(sitting)
    listed(sitting)
    assert sitting.banner("cleared") is not None  # the list has heard of the clear itself
    made_session(sitting.session.parent)
    listed(sitting)
    assert sitting.banner("cleared") is None


def test_that_undo_goes_with_its_banner_when_history_has_brought_the_same_bytes_back(
    sitting: Sitting,
) -> None:
    before = cleared(sitting)
    listed(sitting)
    sitting.file.restore(1, expected_etag=sitting.file.peek())
    listed(sitting)
    assert sitting.bytes == before
    assert sitting.banner("cleared") is None


def test_that_undo_stays_when_the_list_has_not_heard_of_the_clear_yet(sitting: Sitting) -> None:
    before = sitting.catalog.get(sitting.directory)
    assert before is not None
    sitting.catalog.sessions_changed.disconnect(sitting.clearing.take_delta)
    cleared(sitting)
    sitting.clearing.take_delta(Delta(changed=(before,)))
    assert sitting.banner("cleared") is not None
    sitting.clearing.take_delta(Delta(changed=(before._replace(etag=sitting.file.peek()),)))
    assert sitting.banner("cleared") is not None
    sitting.clearing.take_delta(Delta(changed=(before,)))
    assert sitting.banner("cleared") is None


def test_that_of_several_only_the_one_that_was_saved_again_is_not_offered_any_more(
    sitting: Sitting, tmp_path: Path
) -> None:
    other = made_session(tmp_path, "770012_2026-11-23_13-41-00")
    told = both_cleared(sitting, other)
    made_session(tmp_path)
    listed(sitting)
    assert sitting.session.name not in str(told())
    banner = told()
    assert banner is not None
    assert other.name in banner.text
    assert banner.actions == (("Undo", "undo_clear"),)


def test_that_nothing_is_cleared_but_the_version_that_the_sheet_showed(sitting: Sitting) -> None:
    sitting.select()
    asked = ClearRequest(sitting.directory, None, sitting.file.peek())
    theirs = sitting.somebody_saves()
    sitting.desk.select(sitting.directory)
    sitting.wait_until(lambda: sitting.shown[-1][0].etag == sitting.file.peek())
    sitting.clearing.clear([asked])
    sitting.wait_until(lambda: sitting.banner("refused") is not None)
    banner = sitting.banner("refused")
    assert banner is not None
    assert "changed while you were looking" in banner.text
    assert sitting.bytes == theirs


def test_that_an_undo_of_clear_that_could_not_be_done_yet_is_offered_again(sitting: Sitting) -> None:
    before = cleared(sitting)
    marker = RunningMarker(sitting.session, "rig.CountingLauncher")
    marker.acquire()
    try:
        sitting.press("cleared", "undo_clear")
        sitting.wait_until(lambda: sitting.banner("refused") is not None)
    finally:
        marker.release()
    sitting.press("cleared", "undo_clear")
    sitting.wait_until(lambda: sitting.bytes == before)


@pytest.mark.usefixtures("waits_told_at_once")
def test_that_an_undo_of_clear_that_nobody_wanted_to_wait_for_is_offered_again(sitting: Sitting) -> None:
    before = cleared(sitting)
    with locked(sitting.session):
        sitting.press("cleared", "undo_clear")
        sitting.wait_until(lambda: sitting.banner("waiting") is not None)
        sitting.press("waiting", "cancel")
        sitting.wait_until(lambda: any("did not want to wait" in told for told in sitting.messages))
    assert sitting.banner("refused") is None
    assert sitting.bytes != before
    sitting.press("cleared", "undo_clear")
    sitting.wait_until(lambda: sitting.bytes == before)


@pytest.mark.usefixtures("waits_told_at_once")
def test_that_an_undo_of_clear_during_another_change_is_offered_again(sitting: Sitting) -> None:
    before = cleared(sitting)
    with locked(sitting.session):
        assert sitting.saves.change(Restore(sitting.directory, 2, sitting.file.peek()))
        sitting.press("cleared", "undo_clear")
        assert "is still being saved" in sitting.messages[-1]
        sitting.wait_until(lambda: sitting.banner("waiting") is not None)
        sitting.press("waiting", "cancel")
        sitting.wait_until(lambda: sitting.banner("waiting") is None)
    sitting.press("cleared", "undo_clear")
    sitting.wait_until(lambda: sitting.bytes == before)


def test_that_a_clear_is_undone_without_its_banner_and_after_a_restart(sitting: Sitting) -> None:
    before = cleared(sitting)
    sitting.clearing._cleared.clear()  # as in a window that was started since
    sitting.look()
    snapshot = sitting.shown[-1][0]
    assert snapshot.cleared == 1
    sitting.clearing.undo(snapshot)
    sitting.wait_until(lambda: sitting.bytes == before)
    sitting.look()
    assert sitting.shown[-1][0].cleared == 0


def test_that_nothing_is_undone_in_a_session_that_was_not_cleared(sitting: Sitting) -> None:
    sitting.select()
    sitting.clearing.undo(sitting.shown[-1][0])
    assert len(sitting.file.history()) == 1


def test_that_several_sessions_are_cleared_and_brought_back_together(
    sitting: Sitting, tmp_path: Path
) -> None:
    other = made_session(tmp_path, "770012_2026-11-23_13-41-00")
    sessions = (sitting.session, other)
    before = [StateFile(one).peek() for one in sessions]
    sitting.clearing.clear([ClearRequest(str(one), None, StateFile(one).peek()) for one in sessions])
    sitting.wait_until(lambda: other.name in getattr(sitting.banner("cleared"), "text", ""))
    assert len(sitting.banners) == 1
    (banner,) = sitting.banners.values()
    assert banner.actions == (("Undo both", "undo_clear"),)
    sitting.press("cleared", "undo_clear")
    sitting.wait_until(lambda: [StateFile(one).peek() for one in sessions] == before)
    sitting.wait_until(lambda: "back as" in (sitting.messages or [""])[-1])
    assert sitting.banners == {}
    assert [one for one in sitting.messages if "back as" in one] == [
        "The saved states of 2 sessions are back as they were."
    ]


def both_cleared(sitting: Sitting, other: Path) -> Callable[[], Banner | None]:
    """Clear two sessions together; what finds the banner that tells of them, which is the first one's."""

    def told() -> Banner | None:
        return sitting.banners.get(f"cleared:{other}")

    sitting.select()
    sessions = (other, sitting.session)
    sitting.clearing.clear([ClearRequest(str(one), None, StateFile(one).peek()) for one in sessions])
    sitting.wait_until(lambda: "both" in str(told()) and sitting.shown[-1][0].cleared > 0)
    return told


def test_that_one_of_several_is_brought_back_alone_and_the_other_is_offered_still(
    sitting: Sitting, tmp_path: Path
) -> None:
    other = made_session(tmp_path, "770012_2026-11-23_13-41-00")
    told = both_cleared(sitting, other)
    sitting.clearing.undo(sitting.shown[-1][0])
    sitting.wait_until(lambda: sitting.session.name not in str(told()))
    banner = told()
    assert banner is not None
    assert other.name in banner.text
    assert banner.actions == (("Undo", "undo_clear"),)


def test_that_one_of_several_that_cannot_be_brought_back_is_offered_where_it_was_told(
    sitting: Sitting, tmp_path: Path
) -> None:
    other = made_session(tmp_path, "770012_2026-11-23_13-41-00")
    told = both_cleared(sitting, other)
    marker = RunningMarker(sitting.session, NAMESPACE)
    marker.acquire()
    try:
        sitting.clearing.undo(sitting.shown[-1][0])
        sitting.wait_until(lambda: sitting.banner("refused") is not None)
    finally:
        marker.release()
    assert sitting.banner("cleared") is None
    assert "both" in str(told())


def test_that_those_that_came_back_are_told_when_one_of_them_could_not(
    sitting: Sitting, tmp_path: Path
) -> None:
    other = made_session(tmp_path, "770012_2026-11-23_13-41-00")
    told = both_cleared(sitting, other)
    banner = told()
    assert banner is not None
    marker = RunningMarker(sitting.session, NAMESPACE)
    marker.acquire()
    try:
        sitting.clearing.act(banner.key, "undo_clear")
        sitting.wait_until(lambda: sitting.banner("refused") is not None and bool(sitting.messages))
    finally:
        marker.release()
    assert sitting.messages[-1] == f"The saved state of {other.name} is back as it was."


def test_that_ctrl_z_undoes_a_clear_that_was_made_here(sitting: Sitting) -> None:
    before = cleared(sitting)
    sitting.look()
    sitting.clearing.undo_last(sitting.shown[-1][0])
    sitting.wait_until(lambda: sitting.bytes == before)


def test_that_ctrl_z_undoes_all_that_was_cleared_together(sitting: Sitting, tmp_path: Path) -> None:
    other = made_session(tmp_path, "770012_2026-11-23_13-41-00")
    before = [sitting.file.peek(), StateFile(other).peek()]
    both_cleared(sitting, other)
    sitting.clearing.undo_last(sitting.shown[-1][0])
    sitting.wait_until(lambda: [sitting.file.peek(), StateFile(other).peek()] == before)
    sitting.wait_until(lambda: "2 sessions are back" in (sitting.messages or [""])[-1])
    assert sitting.banners == {}


def test_that_ctrl_z_says_how_a_clear_of_an_earlier_time_is_undone(sitting: Sitting) -> None:
    cleared(sitting)
    sitting.clearing._cleared.clear()  # as in a window that was started since
    sitting.look()
    after = sitting.bytes
    sitting.clearing.undo_last(sitting.shown[-1][0])
    assert "Undo clear brings it back" in sitting.messages[-1]
    assert sitting.bytes == after
