"""The selected session over a real disk: shown, edited, merged with what others save, and what is told."""

import os
from pathlib import Path

import pytest

from app.change_errands import Restore
from app.editing.desk import Desk
from app.editing.draft_files import DraftsLoaded
from app.exchange import Banner
from app.session import Delta
from app.session_errands import Opened
from app.snapshot import SessionSnapshot
from persistence.files.running import RunningMarker
from persistence.states import slices
from persistence.states.edits import get_value
from persistence.store import STATE_FILE
from tests.app.sitting import COUNT, PHASE, Sitting, disputed
from tests.small_rig import NAMESPACE, made_session


def test_that_a_selected_session_is_shown_as_it_is_on_disk(sitting: Sitting) -> None:
    sitting.select()
    snapshot, draft = sitting.shown[-1]
    assert snapshot.etag == sitting.file.peek()
    assert draft is not None
    assert (draft.base_etag, draft.count) == (snapshot.etag, 0)
    assert len(sitting.shown) == 1


def test_that_a_change_on_disk_is_shown_where_nothing_is_staged(sitting: Sitting) -> None:
    sitting.select()
    sitting.somebody_saves()
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.draft.base_etag == sitting.file.peek())
    assert sitting.banners == {}


def test_that_an_edit_they_did_not_touch_goes_onto_their_version_and_both_are_named(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    theirs = sitting.somebody_saves(PHASE, "washout")
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("merged") is not None)
    banner = sitting.banner("merged")
    assert banner is not None
    assert f"{sitting.session.name} was changed on disk by bob: experiment_phase." in banner.text
    assert "Your unsaved edit stays: trial_count." in banner.text
    assert (sitting.in_draft(), sitting.in_draft(PHASE), sitting.bytes) == (150, "washout", theirs)
    sitting.save()
    assert (sitting.on_disk(), sitting.on_disk(PHASE)) == (150, "washout")
    assert sitting.banner("merged") is None
    assert [one.action for one in sitting.file.history()] == ["save", "edit", "edit"]


def test_that_reload_sets_the_edits_aside_and_undo_brings_them_back(sitting: Sitting) -> None:
    disputed(sitting)
    sitting.press("outdated", "reload")
    assert sitting.in_draft() == 16
    assert (sitting.draft.count, sitting.draft.outdated, sitting.banner("outdated")) == (0, False, None)
    assert "Your edit was set aside. Undo brings it back." in sitting.messages[-1]
    sitting.drafts.undo(sitting.directory)
    assert sitting.banner("outdated") is not None
    sitting.decide(("trial_count",), save=True)
    sitting.wait_until(lambda: bool(sitting.saved))
    assert sitting.on_disk() == 150


def test_that_a_change_while_editing_is_said_before_saving_and_undone_edits_need_no_decision(
    sitting: Sitting,
) -> None:
    sitting.select()
    sitting.edit()
    sitting.somebody_saves()
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("outdated") is not None)
    sitting.drafts.undo(sitting.directory)
    assert sitting.draft.base_etag == sitting.file.peek()
    assert sitting.banner("outdated") is None


def test_that_what_was_told_of_a_conflict_is_not_told_again_and_again(sitting: Sitting) -> None:
    disputed(sitting)
    sitting.banners.clear()
    sitting.look()
    sitting.edit(PHASE, "washout")
    assert sitting.banner("outdated") is None


def test_that_discarding_over_an_older_version_shows_what_is_on_disk(sitting: Sitting) -> None:
    disputed(sitting)
    sitting.desk.revert(sitting.directory)
    assert sitting.in_draft() == 16
    assert sitting.banner("outdated") is None


def test_that_discarding_says_how_much_and_how_it_comes_back(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    sitting.edit(PHASE, "washout")
    sitting.desk.revert(sitting.directory)
    assert sitting.messages[-1] == "Discarded 2 edits. Undo (Ctrl+Z) brings them back."
    sitting.drafts.undo(sitting.directory)
    assert sitting.draft.count == 2


def test_that_discarding_over_a_conflict_says_so_too(sitting: Sitting) -> None:
    disputed(sitting)
    sitting.desk.revert(sitting.directory)
    assert sitting.messages[-1] == "Discarded 1 edit. Undo (Ctrl+Z) brings it back."


@pytest.mark.parametrize("how", ["undone", "discarded", "taken back"])
def test_that_edits_of_an_earlier_time_are_told_of_only_while_they_are_there(
    sitting: Sitting, how: str
) -> None:
    sitting.select()
    sitting.edit()
    earlier = sitting.draft
    sitting.drafts.undo(sitting.directory)
    sitting.desk.select(None)
    sitting.desk.take_drafts(DraftsLoaded((earlier,), ()))
    assert sitting.banner("kept") is not None
    if how == "undone":
        sitting.drafts.undo(sitting.directory)
    elif how == "discarded":
        sitting.desk.revert(sitting.directory)
    else:
        sitting.drafts.take_back(sitting.directory, NAMESPACE, COUNT)
    assert (sitting.draft.count, sitting.banner("kept")) == (0, None)


def test_that_edits_of_an_earlier_time_are_told_by_what_the_session_is_called_among_all(
    sitting: Sitting,
) -> None:
    """Of two sessions of one name, nobody knew which; the other one may be listed later."""
    sitting.select()
    sitting.edit()
    told: list[Banner] = []
    names = ["m1", "m1", "m1 in rig1", "m1 in rig1"]
    desk = Desk(sitting.drafts, sitting.folders.ask, called=lambda _: names.pop(0))
    desk.banner_shown.connect(told.append)
    desk.take_drafts(DraftsLoaded((sitting.draft,), ()))
    for _ in range(2):
        desk.take_delta(Delta())
    assert [one.text for one in told] == [
        f"{name} has 1 unsaved edit from an earlier time." for name in ("m1", "m1 in rig1")
    ]
    sitting.drafts.undo(sitting.directory)
    desk.take_delta(Delta())
    assert (len(told), names) == (2, [])


def test_that_edits_of_an_earlier_time_have_no_notice_where_they_are_seen_and_are_told_below(
    sitting: Sitting,
) -> None:
    """A window that was closed with an edit said nothing of it, nor did the next one."""
    sitting.select()
    sitting.edit()
    earlier = sitting.draft
    sitting.drafts.undo(sitting.directory)
    sitting.desk.take_drafts(DraftsLoaded((earlier,), ()))
    assert sitting.draft.count == 1
    assert [one.key for one in sitting.told] == []
    assert sitting.messages[-1] == "Your edit of an earlier time is here again, not saved yet."
    sitting.drafts.undo(sitting.directory)
    sitting.desk.select(None)
    sitting.desk.take_drafts(DraftsLoaded((earlier,), ()))
    assert sitting.banner("kept") is not None
    sitting.select()
    assert sitting.banner("kept") is None


def test_that_edits_of_an_earlier_time_that_are_on_disk_by_now_are_not_told_of(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    earlier = sitting.draft
    sitting.drafts.undo(sitting.directory)
    sitting.somebody_saves(value=150)
    sitting.look()
    sitting.desk.take_drafts(DraftsLoaded((earlier,), ()))
    assert (sitting.draft.count, sitting.banner("kept")) == (0, None)


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


def test_that_what_a_run_saved_last_and_that_edits_can_be_saved_now_are_one_notice(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    marker = RunningMarker(sitting.session, "rig.CountingLauncher")
    marker.acquire()
    try:
        sitting.folders.rescan()
        sitting.wait_until(lambda: sitting.shown[-1][0].running is not None)
        sitting.desk.standing.wait_for_end(sitting.directory)
        assert sitting.messages[-1] == "Your edit stays. You are told when it can be saved."
        assert sitting.over == []
        sitting.somebody_saves(PHASE, "washout")
        sitting.folders.rescan()
        sitting.wait_until(lambda: sitting.banner("merged") is not None)
    finally:
        marker.release()
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("ended-run") is not None)
    assert list(sitting.banners) == [f"ended-run:{sitting.directory}"]
    assert sitting.over == sitting.messages[-1:]
    sitting.somebody_saves(PHASE, "recovery")
    sitting.look()
    banner = sitting.banner("ended-run")
    assert banner is not None
    assert banner.asks
    assert banner.text == (
        f"The run of {sitting.session.name} has ended. Your unsaved edit can be saved now. "
        "Changed on disk by bob: experiment_phase."
    )
    assert list(sitting.banners) == [banner.key]
    sitting.desk.standing.forget(banner.key)  # it was dismissed
    sitting.banners.clear()
    sitting.somebody_saves(PHASE, "habituation")
    sitting.look()
    assert [one.partition(":")[0] for one in sitting.banners] == ["merged"]


def test_that_the_end_of_a_run_says_what_is_to_be_decided_before_it_can_be_saved(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    sitting.edit(PHASE, "washout")
    marker = RunningMarker(sitting.session, "rig.CountingLauncher")
    marker.acquire()
    try:
        sitting.folders.rescan()
        sitting.wait_until(lambda: sitting.shown[-1][0].running is not None)
        sitting.somebody_saves()
        sitting.folders.rescan()
        sitting.wait_until(lambda: sitting.banner("outdated") is not None)
    finally:
        marker.release()
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("ended-run") is not None)
    banner = sitting.banner("ended-run")
    assert banner is not None
    assert banner.text == (
        f"The run of {sitting.session.name} has ended. Your 2 unsaved edits can be saved as soon as it is "
        "decided what is to be kept of trial_count."
    )
    sitting.press("ended-run", "decide")
    assert len(sitting.wanted) == 1
    sitting.decide(COUNT)
    banner = sitting.banner("ended-run")
    assert banner is not None
    assert banner.text.endswith("Your 2 unsaved edits can be saved now.")
    sitting.press("ended-run", "save")
    assert (len(sitting.wanted), sitting.banner("ended-run")) == (2, None)


def test_that_edits_to_be_decided_are_not_said_to_be_savable_now(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    sitting.desk.standing.wait_for_end(sitting.directory)
    sitting.somebody_saves()
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("outdated") is not None)
    assert list(sitting.banners) == [f"outdated:{sitting.directory}"]


def test_that_the_offer_of_another_session_shows_it_first(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    sitting.desk.select(None)
    sitting.desk.standing.wait_for_end(sitting.directory)
    made_session(sitting.session.parent, trial_count=15, extra=1)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("ended-run") is not None)
    sitting.press("ended-run", "save")
    assert sitting.chosen == [sitting.directory]
    sitting.select()
    sitting.wait_until(lambda: sitting.wanted == [(sitting.directory, "")])


def test_that_a_session_that_was_only_looked_at_is_not_held_when_another_is_shown(sitting: Sitting) -> None:
    other = str(made_session(sitting.session.parent, "other"))
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.catalog.get(other) is not None)
    sitting.select()
    _show(sitting, other)
    assert sitting.drafts.get(sitting.directory) is None
    _show(sitting, sitting.directory)
    assert sitting.drafts.get(other) is None
    sitting.edit()
    _show(sitting, other)
    assert sitting.draft.count == 1


def _show(sitting: Sitting, directory: str) -> None:
    sitting.desk.select(directory)
    sitting.wait_until(lambda: sitting.shown[-1][0].directory == directory)


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
    assert "Your unsaved edit is kept." in sitting.gone[0][1]
    assert sitting.draft.count == 1
    assert not sitting.session.exists()


def test_that_a_session_outside_every_folder_is_a_sentence(
    sitting: Sitting, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = str(made_session(tmp_path_factory.mktemp("elsewhere")))
    sitting.desk.select(elsewhere)
    assert sitting.gone[0][0] == elsewhere


def test_that_a_large_session_with_edits_is_shown_before_it_is_judged_too(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "LARGE", 10)
    sitting.select()
    sitting.edit()
    sitting.desk.select(None)
    sitting.somebody_saves(PHASE, "reversal")
    glimpses: list[SessionSnapshot] = []
    sitting.desk.glimpse_shown.connect(glimpses.append)
    sitting.select()
    assert [(one.held, one.editable) for one in glimpses] == [(False, False), (True, False)]
    assert glimpses[0].document is not None
    assert get_value(glimpses[0].document, NAMESPACE, COUNT) == 15  # as it is saved
    snapshot, draft = sitting.shown[-1]
    assert snapshot.editable
    assert draft is not None
    assert get_value(draft.document, NAMESPACE, COUNT) == 150
    assert get_value(draft.document, NAMESPACE, PHASE) == "reversal"


def test_that_a_large_session_is_shown_before_it_is_judged_unless_something_better_is_known(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "LARGE", 10)
    glimpses: list[SessionSnapshot] = []
    sitting.desk.glimpse_shown.connect(glimpses.append)
    sitting.select()
    outline, glimpse = glimpses
    assert (outline.held, glimpse.held) == (False, True)
    assert (glimpse.directory, glimpse.checked, glimpse.editable) == (sitting.directory, False, False)
    assert sitting.shown[-1][0].checked
    assert sitting.draft.base is glimpse.document
    sitting.somebody_saves()
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.draft.base_etag == sitting.file.peek())
    assert len(glimpses) == 2
    sitting.edit()
    sitting.save()
    assert (sitting.on_disk(), sitting.draft.count) == (150, 0)


def away(sitting: Sitting) -> Path:
    """The folder of the session goes, which is told; where the session is meanwhile."""
    folder, elsewhere = sitting.session.parent, sitting.session.with_name("elsewhere")
    sitting.session.rename(elsewhere)
    sitting.desk.take_unavailable(frozenset({str(folder)}))
    sitting.desk.select(sitting.directory)
    sitting.wait_until(lambda: sitting.shown[-1][0].document is None)
    return elsewhere


def test_that_edits_whose_folder_is_away_are_kept_and_not_said_to_be_outdated(
    sitting: Sitting,
) -> None:
    sitting.select()
    sitting.edit()
    elsewhere = away(sitting)
    banner = sitting.banner("outdated")
    assert banner is not None
    assert "cannot be reached now" in banner.text
    assert "changed" not in banner.text
    elsewhere.rename(sitting.session)
    sitting.desk.take_unavailable(frozenset())
    sitting.wait_until(lambda: sitting.shown[-1][0].document is not None)
    assert (sitting.banner("outdated"), sitting.in_draft()) == (None, 150)


@pytest.mark.parametrize("is_selected", [True, False])
def test_that_a_folder_that_is_back_says_nothing_of_a_file_that_nobody_has_read_again(
    sitting: Sitting, is_selected: bool
) -> None:
    sitting.select()
    sitting.edit()
    elsewhere = away(sitting)
    if not is_selected:
        sitting.desk.select(None)
    elsewhere.rename(sitting.session)
    told = len(sitting.told)
    sitting.desk.take_unavailable(frozenset())
    assert sitting.banner("outdated") is None
    sitting.wait_until(lambda: not sitting.draft.outdated)  # it is read, whoever looks at it
    assert (sitting.banner("outdated"), sitting.in_draft(), sitting.told[told:]) == (None, 150, [])


def test_that_what_is_read_anew_of_a_folder_that_is_back_is_told(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    elsewhere = away(sitting)
    sitting.desk.select(None)
    elsewhere.rename(sitting.session)
    sitting.somebody_saves()
    sitting.desk.take_unavailable(frozenset())
    sitting.wait_until(lambda: sitting.banner("outdated") is not None)
    banner = sitting.banner("outdated")
    assert banner is not None
    assert "both of you changed trial_count" in banner.text


def test_that_nothing_is_said_of_a_file_that_is_again_what_it_was(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    whole = sitting.bytes
    (sitting.session / STATE_FILE).write_bytes(whole[: len(whole) // 2])
    sitting.desk.select(sitting.directory)
    sitting.wait_until(lambda: sitting.draft.outdated)
    (sitting.session / STATE_FILE).write_bytes(whole.rstrip() + b"\n\n")  # the same in other bytes
    sitting.desk.select(sitting.directory)
    sitting.wait_until(lambda: not sitting.draft.outdated)
    assert (sitting.banners, sitting.in_draft()) == ({}, 150)


def test_that_what_this_window_brought_back_is_not_called_somebody_elses_change(sitting: Sitting) -> None:
    sitting.somebody_saves(PHASE, "washout")
    sitting.look()
    sitting.edit()
    first = sitting.file.history()[0]
    sitting.saves.change(Restore(sitting.directory, first.sequence, sitting.file.peek()))
    sitting.wait_until(lambda: sitting.banner("merged") is not None)
    banner = sitting.banner("merged")
    assert banner is not None
    assert banner.text.startswith(f"You changed {sitting.session.name} on disk: experiment_phase. ")


def test_that_a_session_whose_rights_come_back_can_be_saved_after_the_next_look(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting.select()
    sitting.edit()
    with monkeypatch.context() as without_rights:  # root, who runs the tests in CI, may write everywhere
        without_rights.setattr(os, "access", lambda path, _: not str(path).startswith(sitting.directory))
        sitting.save()
        assert sitting.banner("refused") is not None
        assert "read-only" in sitting.shown[-1][0].not_editable_because
        shown, read = len(sitting.shown), []
        sitting.folders.answered.connect(lambda one: read.extend([one] * isinstance(one, Opened)))
        sitting.folders.rescan()
        sitting.wait_until(lambda: bool(read))
        assert len(sitting.shown) == shown  # what is as it was is not shown again
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.shown[-1][0].editable)
    assert sitting.banner("refused") is None
    sitting.save()
    assert sitting.on_disk() == 150
