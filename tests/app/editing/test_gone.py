"""Edits whose session went away: they stay, it is said, and they can be written elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from persistence.document import parse_document
from persistence.states.edits import get_value
from tests.app.sitting import COUNT, Sitting
from tests.small_rig import NAMESPACE


@pytest.fixture
def away(sitting: Sitting) -> Path:
    """An edited session whose folder was moved; where it is now."""
    sitting.select()
    sitting.edit()
    moved = sitting.session.with_name(".elsewhere")
    sitting.session.rename(moved)
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
