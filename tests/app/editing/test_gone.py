"""Edits whose session went away: they stay, it is said, and they can be written elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.editing.edits import SetValue
from persistence.document import parse_document
from persistence.files.running import RunningMarker
from persistence.states.edits import get_value
from persistence.store import STATE_FILE
from tests.app.sitting import COUNT, PHASE, Sitting, disputed
from tests.small_rig import NAMESPACE, made_session


def edited_and_moved(sitting: Sitting) -> Path:
    """Where the session is, once it was edited and its folder moved."""
    sitting.edit()
    moved = sitting.session.with_name(".elsewhere")
    sitting.session.rename(moved)
    return moved


@pytest.fixture
def away(sitting: Sitting) -> Path:
    """An edited session whose folder was moved; where it is now."""
    sitting.select()
    moved = edited_and_moved(sitting)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("gone") is not None)
    return moved


def test_that_the_edits_stay_and_that_is_said(sitting: Sitting, away: Path) -> None:
    banner = sitting.banner("gone")
    assert banner is not None
    assert banner.text == f"{sitting.session.name} is no longer where it was. Your unsaved edit is kept."
    assert sitting.draft.count == 1
    sitting.saves.save_all(sitting.directory)
    sitting.wait_until(lambda: bool(sitting.not_saved))
    assert not sitting.session.exists()


def test_that_the_edited_state_is_written_where_the_operator_says(
    sitting: Sitting, away: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sitting.press("gone", "save_elsewhere")
    assert sitting.files_wanted == [sitting.directory]
    target = tmp_path_factory.mktemp("drawer") / "copy.json"
    sitting.gone_ones.save_elsewhere(sitting.directory, str(target))
    sitting.wait_until(lambda: str(target) in (sitting.messages or [""])[-1])
    assert get_value(parse_document(target.read_bytes()), NAMESPACE, COUNT) == 150
    assert json.loads(target.read_bytes())["launcher_class"] == "CountingLauncher"
    assert not sitting.session.exists()
    assert sitting.draft.count == 1


def test_that_a_refusal_goes_when_a_later_try_succeeds(
    sitting: Sitting, away: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    drawer = tmp_path_factory.mktemp("drawer")
    sitting.gone_ones.save_elsewhere(sitting.directory, str(drawer / "no such" / "copy.json"))
    sitting.wait_until(lambda: sitting.banner("refused") is not None)
    sitting.gone_ones.save_elsewhere(sitting.directory, str(drawer / "copy.json"))
    sitting.wait_until(lambda: sitting.banner("refused") is None)
    assert (drawer / "copy.json").exists()


def test_that_a_copy_into_a_session_is_refused(sitting: Sitting, away: Path) -> None:
    target = away / "copy.json"
    sitting.gone_ones.save_elsewhere(sitting.directory, str(target))
    sitting.wait_until(lambda: sitting.banner("refused") is not None)
    assert not target.exists()


def test_that_the_notice_goes_when_the_session_is_back(sitting: Sitting, away: Path) -> None:
    away.rename(sitting.session)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("gone") is None)
    sitting.look()
    sitting.save()
    assert sitting.on_disk() == 150


def test_that_the_edits_can_be_discarded_and_brought_back(sitting: Sitting, away: Path) -> None:
    sitting.press("gone", "discard_gone")
    assert (sitting.draft.count, sitting.banner("gone")) == (0, None)
    sitting.drafts.undo(sitting.directory)
    assert sitting.draft.count == 1


def test_that_edits_of_an_earlier_time_whose_session_is_gone_say_so_when_they_are_to_be_shown(
    sitting: Sitting, away: Path
) -> None:
    sitting.banners.clear()
    sitting.desk.act(f"kept:{sitting.directory}", "show")
    sitting.wait_until(lambda: sitting.banner("gone") is not None)


def test_that_a_session_without_edits_goes_without_a_word(sitting: Sitting) -> None:
    sitting.select()
    sitting.session.rename(sitting.session.with_name(".elsewhere"))
    sitting.folders.rescan()
    sitting.wait_until(lambda: bool(sitting.gone))
    assert sitting.banners == {}


def test_that_a_folder_that_is_not_watched_any_more_can_be_watched_again(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    wanted: list[object] = []
    sitting.gone_ones.watch_wanted.connect(wanted.append)
    root = str(sitting.session.parent)
    sitting.watching.remove(root)
    banner = sitting.banner("gone")
    assert banner is not None
    said = f"{sitting.session.name} is in no folder that is watched now. Your unsaved edit is kept."
    assert banner.text == said
    sitting.press("gone", "watch_again")
    assert wanted == [root]
    sitting.watching.add(root)
    sitting.wait_until(lambda: sitting.banner("gone") is None)
    assert sitting.draft.count == 1


def test_that_what_is_typed_when_a_session_goes_is_told_of_as_well(sitting: Sitting) -> None:
    sitting.select()
    sitting.session.rename(sitting.session.with_name(".elsewhere"))
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.catalog.get(sitting.directory) is None)
    assert sitting.banner("gone") is None
    sitting.edit()
    assert sitting.banner("gone") is not None


@pytest.fixture
def disputed_away(sitting: Sitting) -> Path:
    """A session with an edit over somebody else's of the same attribute, whose folder was moved."""
    disputed(sitting)
    assert sitting.banner("outdated") is not None
    moved = sitting.session.with_name(".elsewhere")
    sitting.session.rename(moved)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("gone") is not None)
    return moved


def test_that_what_is_typed_after_it_went_is_counted_where_its_edits_are_told_of(
    sitting: Sitting, away: Path
) -> None:
    said: list[tuple[str, str, int, str]] = []
    sitting.gone_ones.gone_shown.connect(said.append)
    sitting.drafts.stage(sitting.directory, SetValue(NAMESPACE, PHASE, "washout"))
    banner = sitting.banner("gone")
    assert banner is not None
    assert banner.text.endswith("Your 2 unsaved edits are kept.")
    assert [edited for _, _, edited, _ in said] == [2]
    sitting.banners.clear()  # it was dismissed
    sitting.drafts.stage(sitting.directory, SetValue(NAMESPACE, PHASE, "recovery"))
    assert sitting.banner("gone") is None
    sitting.drafts.undo(sitting.directory)
    sitting.drafts.undo(sitting.directory)
    assert "Your unsaved edit is kept." in getattr(sitting.banner("gone"), "text", "")


def test_that_a_conflict_with_what_is_gone_is_no_conflict_until_it_is_back(
    sitting: Sitting, disputed_away: Path
) -> None:
    assert sitting.banner("outdated") is None
    disputed_away.rename(sitting.session)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("outdated") is not None)
    assert sitting.banner("gone") is None
    assert (sitting.draft.count, sitting.in_draft()) == (1, 150)


def test_that_a_conflict_of_a_session_that_is_not_selected_comes_and_goes_with_its_folder(
    sitting: Sitting, disputed_away: Path
) -> None:
    sitting.desk.select(None)
    disputed_away.rename(sitting.session)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("outdated") is not None)


@pytest.mark.parametrize("selected", [True, False])
def test_that_reload_takes_no_edits_away_while_the_session_is_not_there(
    sitting: Sitting, disputed_away: Path, selected: bool
) -> None:
    if not selected:
        sitting.desk.select(None)
    sitting.desk.act(f"outdated:{sitting.directory}", "reload")
    assert (sitting.draft.count, sitting.in_draft()) == (1, 150)
    banner = sitting.banner("refused")
    assert banner is not None
    assert "no longer where it was. Your unsaved edit is kept" in banner.text
    assert sitting.banner("gone") is not None


def test_that_decide_says_why_not_while_the_session_is_not_there(
    sitting: Sitting, disputed_away: Path
) -> None:
    sitting.wanted.clear()
    sitting.desk.act(f"outdated:{sitting.directory}", "decide")
    assert sitting.wanted == []
    assert sitting.banner("refused") is not None


def test_that_discarding_all_edits_of_what_is_not_there_is_left_to_its_own_banner(
    sitting: Sitting, disputed_away: Path
) -> None:
    sitting.desk.revert(sitting.directory)
    assert sitting.draft.count == 1


def test_that_edits_discarded_of_what_is_gone_come_back_by_a_button(sitting: Sitting, away: Path) -> None:
    sitting.press("gone", "discard_gone")
    assert sitting.draft.count == 0
    sitting.press("discarded", "undo_discard")
    assert sitting.draft.count == 1
    assert sitting.banner("gone") is not None
    assert sitting.banner("discarded") is None


def test_that_the_button_goes_when_the_session_is_back(sitting: Sitting, away: Path) -> None:
    sitting.press("gone", "discard_gone")
    away.rename(sitting.session)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("discarded") is None)


@pytest.fixture
def read_away(sitting: Sitting) -> Path:
    """An edited session that was looked at while its folder was moved; where it is now."""
    sitting.select()
    moved = edited_and_moved(sitting)
    sitting.select()
    assert sitting.shown[-1][0].document is None
    sitting.desk.select(None)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("gone") is not None)
    return moved


def test_that_a_session_that_is_back_is_not_said_to_be_gone(sitting: Sitting, read_away: Path) -> None:
    told = len(sitting.told)
    read_away.rename(sitting.session)
    sitting.folders.rescan()
    sitting.wait_until(lambda: not sitting.draft.outdated)
    assert (sitting.banners, sitting.told[told:], sitting.in_draft()) == ({}, [], 150)


def test_that_edits_beside_a_file_that_becomes_whole_again_are_told_of_as_it_is_now(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    state, whole = sitting.session / STATE_FILE, sitting.bytes
    state.write_bytes(b"no state" + whole)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("outdated") is not None)
    sitting.desk.select(None)
    state.write_bytes(whole)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("outdated") is None)
    assert sitting.draft.count == 1


def test_that_edits_of_a_session_that_was_renamed_can_be_put_there(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit()
    renamed = sitting.session.with_name("renamed")
    sitting.session.rename(renamed)
    sitting.folders.rescan()
    sitting.wait_until(
        lambda: "holds the state that was edited" in getattr(sitting.banner("gone"), "text", "")
    )
    sitting.press("gone", "carry_edits")
    assert (sitting.draft.count, sitting.banner("gone"), sitting.chosen) == (0, None, [str(renamed)])
    carried = sitting.drafts.get(str(renamed))
    assert carried is not None
    assert (carried.count, carried.can_undo, carried.outdated) == (1, True, False)


@pytest.mark.parametrize("read_away", [False, True])
def test_that_edits_in_conflict_can_be_put_where_the_session_is_by_now_and_are_decided_there(
    sitting: Sitting, *, read_away: bool
) -> None:
    disputed(sitting)
    renamed = sitting.session.with_name("renamed")
    sitting.session.rename(renamed)
    if read_away:
        sitting.select()
    sitting.folders.rescan()
    sitting.wait_until(
        lambda: "renamed holds what was saved there last" in getattr(sitting.banner("gone"), "text", "")
    )
    sitting.press("gone", "carry_edits")
    assert (sitting.draft.count, sitting.chosen) == (0, [str(renamed)])
    sitting.desk.select(str(renamed))
    sitting.wait_until(lambda: f"outdated:{renamed}" in sitting.banners)
    carried = sitting.drafts.get(str(renamed))
    assert carried is not None
    assert (carried.count, len(carried.disputes)) == (1, 1)


def test_that_the_version_in_conflict_is_looked_for_before_the_list_has_told_it(sitting: Sitting) -> None:
    sitting.catalog.blockSignals(True)
    disputed(sitting)
    newest = sitting.file.peek()
    sitting.wait_until(lambda: getattr(sitting.catalog.get(sitting.directory), "etag", "") == newest)
    sitting.catalog.blockSignals(False)
    sitting.session.rename(sitting.session.with_name("renamed"))
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("gone") is not None)
    sitting.wait_until(lambda: len(sitting.catalog.summaries) == 1)
    assert "renamed holds what was saved there last" in getattr(sitting.banner("gone"), "text", "")


def test_that_where_the_state_would_be_read_it_is_said_too_which_session_holds_it_now(
    sitting: Sitting,
) -> None:
    sitting.select()
    sitting.edit()
    said: list[tuple[str, str, bool, str]] = []
    sitting.gone_ones.gone_shown.connect(said.append)
    renamed = sitting.session.with_name("renamed")
    sitting.session.rename(renamed)
    sitting.folders.rescan()
    sitting.wait_until(lambda: bool(said) and said[-1][3] == str(renamed))
    sitting.gone_ones.miss(sitting.directory)
    directory, sentence, edited, heir = said[-1]
    assert (directory, edited, heir) == (sitting.directory, True, str(renamed))
    assert sentence.endswith("renamed holds the state that was edited.")
    sitting.gone_ones.carry(directory)
    assert (sitting.draft.count, sitting.chosen) == (0, [str(renamed)])


def test_that_edits_are_put_on_no_session_that_holds_another_state(sitting: Sitting, away: Path) -> None:
    made_session(sitting.session.parent, "other", trial_count=99)
    sitting.folders.rescan()
    sitting.wait_until(lambda: len(sitting.catalog.summaries) == 1)
    banner = sitting.banner("gone")
    assert banner is not None
    assert "carry_edits" not in [action for _, action in banner.actions]


@pytest.fixture
def ended(sitting: Sitting) -> str:
    """What is said of an edited session whose run has ended."""
    sitting.select()
    sitting.edit()
    sitting.desk.standing.wait_for_end(sitting.directory)
    marker = RunningMarker(sitting.session, "rig.CountingLauncher")
    marker.acquire()
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.shown[-1][0].running is not None)
    marker.release()
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("ended-run") is not None)
    return sitting.banners[f"ended-run:{sitting.directory}"].text


def test_that_edits_are_not_said_to_be_savable_while_their_session_is_not_there(
    sitting: Sitting, ended: str
) -> None:
    moved = sitting.session.rename(sitting.session.with_name(".elsewhere"))
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("gone") is not None)
    assert list(sitting.banners) == [f"gone:{sitting.directory}"]
    moved.rename(sitting.session)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("gone") is None)
    assert [one.text for one in sitting.banners.values()] == [ended]


def test_that_they_are_said_to_be_savable_again_also_where_a_read_has_met_that_it_went(
    sitting: Sitting, ended: str
) -> None:
    """By chance, before the list knew: the end of the run was then told no more."""
    moved = sitting.session.rename(sitting.session.with_name(".elsewhere"))
    sitting.desk.select(sitting.directory)
    sitting.wait_until(lambda: sitting.banner("outdated") is not None)
    assert sitting.banner("ended-run") is None
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("gone") is not None)
    assert list(sitting.banners) == [f"gone:{sitting.directory}"]
    moved.rename(sitting.session)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("gone") is None)
    assert [one.text for one in sitting.banners.values()] == [ended]


def test_that_edits_put_to_the_renamed_session_are_said_to_be_savable_there(
    sitting: Sitting, ended: str
) -> None:
    renamed = sitting.session.rename(sitting.session.with_name("renamed"))
    sitting.folders.rescan()
    sitting.wait_until(lambda: "renamed holds" in getattr(sitting.banner("gone"), "text", ""))
    sitting.press("gone", "carry_edits")
    assert list(sitting.banners) == [f"ended-run:{renamed}"]
    assert sitting.banners[f"ended-run:{renamed}"].text == ended.replace(sitting.session.name, "renamed")


def test_that_the_end_of_a_run_met_under_another_name_is_told_where_the_edits_are_put(
    sitting: Sitting,
) -> None:
    sitting.select()
    sitting.edit()
    sitting.desk.standing.wait_for_end(sitting.directory)
    renamed = sitting.session.rename(sitting.session.with_name("renamed"))
    sitting.folders.rescan()
    sitting.wait_until(lambda: "renamed holds" in getattr(sitting.banner("gone"), "text", ""))
    sitting.press("gone", "carry_edits")
    assert list(sitting.banners) == [f"ended-run:{renamed}"]
