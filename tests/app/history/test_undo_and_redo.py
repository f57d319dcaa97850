"""Undo and Redo go through edits and saves in the order in which they were done."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from app.change_errands import Restore
from app.editing.clearing import UNDO as UNDO_CLEAR
from app.exchange import Banner, SaveRequest
from app.history.bringing_back import UNDO, BringingBack
from app.past_exchange import BackOffer
from app.views.allowed import redoes_back, undoes_back
from persistence.store import StateFile
from tests.app.sitting import COUNT, PHASE, Sitting
from tests.small_rig import NAMESPACE


class Keys:
    """Undo and Redo as the window does them, each to its end: "file" where it wrote the file, else "edit"."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.offers: Mapping[str, BackOffer] = {}
        self.banners, self.shown = dict[str, Banner](), list[Banner]()
        self.told = list[str]()
        self.back = BringingBack(sitting.saves.change, sitting.desk.snapshot, sitting.drafts)
        sitting.folders.answered.connect(self.back.take)
        sitting.saves.confirmed.connect(self.back.take_saved)
        sitting.catalog.sessions_changed.connect(self.back.take_delta)
        self.back.offers_changed.connect(lambda offers: setattr(self, "offers", offers))
        self.back.banner_shown.connect(lambda banner: self.banners.update({banner.key: banner}))
        self.back.banner_shown.connect(self.shown.append)
        self.back.banner_removed.connect(lambda key: self.banners.pop(key, None))
        self.back.message_shown.connect(self.told.append)

    @property
    def offer(self) -> BackOffer | None:
        return self.offers.get(self.sitting.directory)

    @property
    def is_listed(self) -> bool:
        """Whether the list knows what the file is."""
        summary = self.sitting.catalog.get(self.sitting.directory)
        return summary is not None and summary.etag == self.sitting.file.peek()

    def somebody_restores(self, version: int) -> None:
        StateFile(self.sitting.session, who="bob").restore(version)

    def undo(self) -> str:
        if undoes_back(self.sitting.draft, self.offer):
            return self._turn_back()
        assert self.sitting.draft.can_undo
        self.sitting.drafts.undo(self.sitting.directory)
        return "edit"

    def redo(self) -> str:
        if redoes_back(self.sitting.draft, self.offer):
            return self._turn_back()
        assert self.sitting.draft.can_redo
        self.sitting.drafts.redo(self.sitting.directory)
        return "edit"

    def press_undo(self) -> None:
        """The button of the banner."""
        with self.meanwhile():
            self.back.act(f"back:{self.sitting.directory}", UNDO)

    @contextmanager
    def meanwhile(self) -> Iterator[None]:
        """What is begun in here has become of the file afterwards, and is told."""
        etag, told = self.sitting.file.peek(), len(self.shown)
        yield
        self.sitting.wait_until(lambda: len(self.shown) > told)
        assert self.sitting.file.peek() != etag

    def _turn_back(self) -> str:
        with self.meanwhile():
            self.back.turn_back(self.sitting.directory)
        return "file"


@pytest.fixture
def keys(sitting: Sitting) -> Keys:
    """A session in which trial_count was saved as 150, and was 15."""
    made = Keys(sitting)
    sitting.select()
    sitting.edit(value=150)
    sitting.save()
    return made


def test_that_redo_takes_an_edit_again_that_was_made_after_a_save_was_taken_back(keys: Keys) -> None:
    """Edits undone before it come after it; behind an edit made since, there is no way by Redo."""
    sitting = keys.sitting
    sitting.edit(PHASE, "x9")
    assert [keys.undo() for _ in range(2)] == ["edit", "file"]
    assert [keys.redo() for _ in range(2)] == ["file", "edit"]
    assert [keys.undo() for _ in range(2)] == ["edit", "file"]
    sitting.edit(PHASE, "x10")
    assert keys.undo() == "edit"
    assert keys.redo() == "edit"
    assert (sitting.on_disk(), sitting.in_draft(PHASE)) == (15, "x10")
    assert keys.undo() == "edit"
    assert keys.offers == {}
    keys.press_undo()
    assert sitting.on_disk() == 150


def test_that_redo_does_not_go_behind_an_edit_made_in_the_place_of_one_that_was_undone(keys: Keys) -> None:
    sitting = keys.sitting
    sitting.edit(PHASE, "x9")
    keys.press_undo()
    assert keys.offers == {sitting.directory: BackOffer(1, again=True, what="save")}
    assert [keys.undo(), keys.redo()] == ["edit", "edit"]
    assert keys.offers == {sitting.directory: BackOffer(1, again=True, what="save")}
    assert keys.undo() == "edit"
    sitting.edit(PHASE, "x10")
    assert keys.offers == {}
    assert not sitting.draft.can_redo


def test_that_a_save_that_somebody_else_took_back_is_told_and_not_taken_back_again(keys: Keys) -> None:
    sitting = keys.sitting
    sitting.wait_until(lambda: keys.is_listed)
    keys.somebody_restores(1)
    sitting.folders.rescan()
    sitting.wait_until(lambda: keys.offers == {})
    assert keys.banners == {}
    (told,) = keys.told
    assert "was changed outside this window" in told


@pytest.mark.parametrize("version", [1, 2])
def test_that_what_somebody_else_brought_back_between_two_looks_is_told_when_it_is_read(
    keys: Keys, version: int
) -> None:
    """The bytes are those of before, or those that were saved: only its number tells that it is another."""
    sitting = keys.sitting
    if version == 2:
        sitting.somebody_saves()
    keys.somebody_restores(version)
    sitting.desk.select(sitting.directory)
    sitting.wait_until(lambda: keys.offers == {})
    assert keys.banners == {}
    (told,) = keys.told
    assert "was changed outside this window" in told


def test_that_undo_goes_over_no_version_of_somebody_else_that_nobody_has_seen(keys: Keys) -> None:
    sitting = keys.sitting
    sitting.somebody_saves()
    keys.somebody_restores(2)
    keys.back.turn_back(sitting.directory)
    sitting.wait_until(lambda: f"refused:{sitting.directory}" in keys.banners)
    assert "was changed since it was read" in keys.banners[f"refused:{sitting.directory}"].text
    assert sitting.file.history()[-1].who == "bob"
    assert keys.offers == {}


def test_that_undo_takes_what_was_typed_during_a_save_back_before_the_save(keys: Keys) -> None:
    sitting = keys.sitting
    sitting.edit(value=151)
    with keys.meanwhile():
        sitting.saves.save(SaveRequest(sitting.directory, sitting.draft.base_etag))
        sitting.edit(PHASE, "x9")
    assert [keys.undo() for _ in range(2)] == ["edit", "file"]
    assert sitting.on_disk() == 150


def test_that_undo_takes_a_save_back_before_what_it_left_over(keys: Keys) -> None:
    sitting = keys.sitting
    sitting.edit(value=151)
    sitting.edit(PHASE, "x9")
    with keys.meanwhile():
        spots = frozenset({(NAMESPACE, COUNT)})
        sitting.saves.save(SaveRequest(sitting.directory, sitting.draft.base_etag, spots))
        sitting.edit(("reward_volume",), 7.5)
    assert [keys.undo() for _ in range(3)] == ["edit", "file", "edit"]
    assert (sitting.on_disk(), sitting.draft.count) == (150, 0)


def test_that_undo_takes_what_was_typed_during_a_restore_back_before_the_restore(keys: Keys) -> None:
    sitting = keys.sitting
    with keys.meanwhile():
        keys.back.bring_back(Restore(sitting.directory, 1, sitting.draft.base_etag))
        sitting.edit(PHASE, "x9")
    assert [keys.undo() for _ in range(2)] == ["edit", "file"]
    assert sitting.on_disk() == 150


def test_that_redo_takes_what_was_typed_during_a_taking_back_again_once_it_was_undone(keys: Keys) -> None:
    sitting = keys.sitting
    with keys.meanwhile():
        keys.back.turn_back(sitting.directory)
        sitting.edit(PHASE, "x9")
    assert [keys.undo(), keys.redo()] == ["edit", "edit"]
    assert (sitting.on_disk(), sitting.in_draft(PHASE)) == (15, "x9")


@pytest.mark.parametrize("undone", [0, 1])
def test_that_what_was_before_a_clear_can_be_undone_once_that_was(keys: Keys, undone: int) -> None:
    """Undo ended there, though the state was the very one that it could be undone from before."""
    sitting = keys.sitting
    assert [keys.undo() for _ in range(undone)] == ["file"] * undone
    before = keys.offers
    sitting.clear()
    sitting.wait_until(lambda: sitting.banner("cleared") is not None)
    sitting.press("cleared", UNDO_CLEAR)
    sitting.wait_until(lambda: any("is back as it was" in told for told in sitting.messages))
    sitting.wait_until(lambda: keys.is_listed)
    assert keys.offers == before
    if undone:
        assert (keys.redo(), sitting.on_disk()) == ("file", 150)
    else:
        assert (keys.undo(), sitting.on_disk()) == ("file", 15)


def test_that_what_was_before_a_clear_is_not_undone_from_another_state(keys: Keys) -> None:
    sitting = keys.sitting
    sitting.clear()
    sitting.wait_until(lambda: sitting.banner("cleared") is not None)
    keys.somebody_restores(1)
    sitting.folders.rescan()
    sitting.wait_until(lambda: keys.is_listed)
    assert keys.offers == {}
