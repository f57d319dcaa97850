"""A life of drafts sees a window that was broken on purpose; and the plain model is what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.change_errands import ChangeErrand, Commit, Done, NotDone
from app.editing.draft import DiskVersion, Draft
from app.files.changes import change
from persistence.store import StateFile
from tests.proof.editing import Hands
from tests.proof.examples import Broken
from tests.proof.plain_draft import NOTHING, PlainDraft, alike, differences, disputed, merged, put, with_value

ALL, LOOKING = 0, True


@pytest.fixture
def hands(qapp: object, tmp_path: Path) -> Iterator[Hands]:
    """A life that has begun."""
    made = Hands(tmp_path)
    made.begin()
    yield made
    made.teardown()


def is_sound(hands: Hands) -> None:
    hands.the_draft_is_the_models()
    hands.the_tree_shows_it()
    hands.the_file_and_every_version_before_it_are_there()


def test_that_a_sound_life_goes_on(hands: Hands) -> None:
    hands.put(0, "trial_count", 150)
    hands.type_over(hands_place(hands, "experiment_phase"), "two words")
    hands.somebody_puts(0, "trial_count", 16)
    hands.save(ALL, not LOOKING)
    is_sound(hands)
    assert hands.plain.waiting is not None
    hands.decide(0, save=False)
    hands.undo()
    is_sound(hands)
    hands.save(ALL, LOOKING)
    is_sound(hands)
    assert hands.disk["trial_count"] == 150
    assert hands.disk["experiment_phase"] == "two words"
    hands.put(0, "new", {"k": 1})
    hands.somebody_clears_or_brings_back(1)
    hands.look()
    hands.reload()
    is_sound(hands)
    hands.undo()
    hands.redo()
    hands.remove(3)
    hands.discard()
    is_sound(hands)
    assert hands.disk is NOTHING


def hands_place(hands: Hands, name: str) -> int:
    """The draw that leads to an attribute."""
    return list(hands.plain.shown).index(name)


def test_that_mine_taken_where_both_changed_the_same_is_seen(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def onto_it(draft: Draft, version: DiskVersion) -> Draft:
        return draft if version.etag == draft.base_etag else draft.onto(version)

    monkeypatch.setattr(Draft, "facing", onto_it)
    hands.put(0, "trial_count", 150)
    hands.somebody_puts(0, "trial_count", 16)
    hands.look()
    with pytest.raises(Broken, match="base is"):
        hands.the_draft_is_the_models()


def test_that_a_save_over_what_nobody_saw_is_seen(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(errand: ChangeErrand, *_rest: object) -> Done | NotDone:
        assert isinstance(errand, Commit)
        return change(Commit(errand.directory, errand.document, StateFile(errand.directory).peek()))

    monkeypatch.setattr("app.disk.disk.change", blind)
    hands.put(0, "trial_count", 150)
    hands.somebody_puts(0, "trial_count", 16)
    hands.save(ALL, not LOOKING)
    with pytest.raises(Broken, match="file is"):
        hands.the_file_and_every_version_before_it_are_there()


def test_that_a_tree_of_mine_alone_is_seen_while_something_is_to_be_decided(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Draft, "shown", property(lambda draft: draft))
    hands.somebody_meets_and_changes_more(0, 150, 16, 2)
    with pytest.raises(Broken, match="what is seen is"):
        hands.the_draft_is_the_models()
    with pytest.raises(Broken, match="row"):
        hands.the_tree_shows_it()


@pytest.mark.parametrize("remembered", [True, False])
def test_that_a_typed_value_that_the_disk_passes_by_is_seen_to_be_lost(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, remembered: bool
) -> None:
    if not remembered:
        monkeypatch.setattr("app.editing.rebasing.met_by", lambda *_: ())
    hands.put(0, "trial_count", 150)
    hands.somebody_saves_the_same(0)
    hands.look()
    if remembered:
        is_sound(hands)
        hands.somebody_goes_on(0, 0)
        is_sound(hands)
        assert (hands.plain.shown["trial_count"], hands.disk["trial_count"]) == (150, 0)
        assert hands.plain.waiting is not None
        return
    with pytest.raises(Broken, match=r"steps is|what is met is"):
        hands.the_draft_is_the_models()


@pytest.mark.parametrize("checked", [True, False])
def test_that_an_edit_that_lands_on_something_else_is_seen(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, checked: bool
) -> None:
    hands.put(0, "new", [1, 2])
    hands.save(ALL, LOOKING)
    hands.put(0, "trial_count", 150)
    hands.somebody_puts(0, "new", [2, 1])
    hands.somebody_puts(0, "trial_count", 16)
    hands.look()
    is_sound(hands)
    if not checked:
        monkeypatch.setattr("app.editing.seen._check", lambda *_: None)
    hands.insert_or_move(1, 5, 0)
    if checked:
        is_sound(hands)
        assert hands.plain.seen == {**hands.disk, "trial_count": 150}
        return
    with pytest.raises(Broken, match="draft is"):
        hands.the_draft_is_the_models()


def test_that_a_value_of_another_type_is_seen(hands: Hands) -> None:
    hands.put(0, "trial_count", 1)
    hands.plain.step(with_value(hands.plain.shown, ("trial_count",), True))
    with pytest.raises(Broken, match="draft is"):
        hands.the_draft_is_the_models()
    with pytest.raises(Broken, match="row"):
        hands.the_tree_shows_it()


def test_that_the_model_takes_true_for_true_alone() -> None:
    assert not alike({"a": [1]}, {"a": [True]})
    assert not alike(1, 1.0)
    assert alike([{"a": None}], [{"a": None}])


def test_that_the_model_merges_inside_mappings_and_lists_of_one_length() -> None:
    base, mine, theirs = (
        {"a": {"x": 1}, "l": [1, 2]},
        {"a": {"x": 2}, "l": [1, 9]},
        {"a": {"x": 1, "y": 0}, "l": [8, 2]},
    )
    assert merged(base, mine, theirs, lambda _: True) == {"a": {"x": 2, "y": 0}, "l": [8, 9]}
    assert disputed(base, mine, theirs) == []
    assert disputed(base, mine, {"a": {"x": 3}, "l": [1]}) == [("a", "x"), ("l",)]
    assert list(differences(base, mine)) == [("a", "x"), ("l", 1)]
    assert with_value(mine, ("l", 0), NOTHING) == {"a": {"x": 2}, "l": [9]}


def test_that_the_model_shows_the_disk_with_mine_in_it_and_lands_on_what_was_seen() -> None:
    plain = PlainDraft({"a": 1, "b": 1, "l": [1]}, "e1")
    plain.step({"a": 2, "b": 1, "l": [1]})
    plain.face({"a": 3, "b": 9, "l": [0, 1]}, "e2")
    assert plain.seen == {"a": 2, "b": 9, "l": [0, 1]}
    assert not plain.edit(put(("l", 0), 7))
    assert not plain.edit(put(("b",), 1))
    assert plain.at == 1
    assert plain.edit(put(("b",), 8))
    assert plain.seen == {"a": 2, "b": 8, "l": [0, 1]}
    assert plain.take_back(("a",), {}, {})
    assert plain.seen == {"a": 3, "b": 8, "l": [0, 1]}


def test_that_the_model_waits_decides_and_goes_back() -> None:
    plain = PlainDraft({"a": 1}, "e1")
    plain.step({"a": 2})
    plain.face({"a": 3, "b": 0}, "e2")
    assert (plain.shown, plain.waiting is None) == ({"a": 2}, False)
    plain.decide([])
    assert (plain.shown, plain.base) == ({"a": 3, "b": 0}, {"a": 3, "b": 0})
    plain.move(-1)
    assert plain.shown == {"a": 2, "b": 0}
    assert plain.saved([("a",)], "e3") == {"a": 2, "b": 0}
