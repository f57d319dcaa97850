"""The filter of the tree: what it keeps, in slices, and through edits."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.editing.edits import RemoveValue, SetValue
from app.models import pieces
from app.models.state import state_filter, state_search
from app.models.state.filter_words import Words
from app.models.state.kept_rows import KeptRow
from app.models.state.state_search import Found, Steps, Tally
from app.models.state.state_tree import StateTreeModel
from persistence.document import Place
from persistence.values.spelled import Spelled
from tests.app.models.large import LARGE, TRIALS, spelled, unread
from tests.samples import PREDICTIVE, SLAP2, Edited, document, documents

EDIT = Qt.ItemDataRole.EditRole


def rows(model: StateTreeModel, parent: QModelIndex | None = None) -> list[str]:
    """Names of all rows, depth first, fetched as far as there are."""
    above = parent or QModelIndex()
    model.fetchMore(above)
    indexes = [model.index(row, 0, above) for row in range(model.rowCount(above))]
    return [name for index in indexes for name in (str(index.data()), *rows(model, index))]


def matches_of(model: StateTreeModel) -> list[tuple[str, Place]]:
    """Where all rows are that match, in their order."""
    found = [model.filter.match(position) for position in range(model.filter.count)]
    assert [model.filter.position(spot) for spot in found] == [*range(len(found))]
    with pytest.raises(IndexError):
        model.filter.match(len(found))
    return found


def places(edited: Edited) -> list[Place]:
    return [place for _, place in matches_of(edited.model)]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is done at once: one step each time the event loop turns."""
    monkeypatch.setattr(pieces, "SLICE", 0.0)
    monkeypatch.setattr(state_filter, "AT_ONCE", 0)
    monkeypatch.setattr(state_filter, "TELL_MS", 0)


def test_that_the_first_matches_are_shown_before_there_are_many_and_none_before_there_are_any(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = Edited(unread({"subject": "764521", "trials": TRIALS[:420]}))
    held: list[Steps] = []

    def begin(work: Steps, _done: object, *, whole: bool) -> None:
        held.append(work)

    monkeypatch.setattr(edited.model.filter._pieces, "begin", begin)
    monkeypatch.setattr(type(edited.model.filter), "busy", True)
    counts: list[int] = []
    edited.model.filter.changed.connect(lambda: counts.append(edited.model.filter.count))
    edited.model.set_filter("oddball")
    edited.model.filter._tell()
    assert counts == []  # the rows stay as they were
    (work,) = held
    edited.model.filter._timer.start(state_filter.FIRST_MS)
    while not sum(found.kept.size for found in edited.model.filter._searched.values()):
        next(work)
    edited.model.filter._tell()
    assert counts
    assert 0 < counts[0] < 60


def test_that_matches_stand_in_the_order_of_the_rows(qapp: object) -> None:
    states = {name: {"attributes": {"a": [1, 2, 17], "17": {"b": 17}}} for name in (PREDICTIVE, SLAP2)}
    edited = Edited(documents(states))
    edited.model.set_filter("17")
    assert matches_of(edited.model) == [
        (name, place) for name in (PREDICTIVE, SLAP2) for place in (("a", 2), ("17",), ("17", "b"))
    ]
    assert edited.model.filter.position((SLAP2, ("17",))) == 4
    assert edited.model.filter.position((SLAP2, ("a",))) is None
    assert not edited.model.filter.more


def test_that_only_the_newest_text_counts(qtbot: QtBot, slow: None) -> None:
    edited = Edited(document())
    before = rows(edited.model)
    edited.model.set_filter("li")
    assert edited.model.filter.busy
    assert rows(edited.model) == before  # until there is something to show
    edited.model.set_filter("trial")
    qtbot.waitUntil(lambda: not edited.model.filter.busy)
    assert rows(edited.model) == ["PredictiveLauncher", "trial_count"]
    edited.model.set_filter("lick")
    edited.model.set_filter("")
    qtbot.waitUntil(lambda: not edited.model.filter.busy)
    assert rows(edited.model) == before


def test_that_a_search_is_done_in_slices_and_shows_what_it_has(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    trials = 420  # the tester asks every row at every change: its time grows with the square
    edited = Edited(unread({"subject": "764521", "trials": TRIALS[:trials], "pair": LARGE["pair"]}))
    edited.model.set_state(None, None)  # the tester fetches what it finds
    tester = QAbstractItemModelTester(edited.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tester.setUseFetchMore(False)
    edited.model.set_state(edited.snapshot, edited.draft)
    held: list[Steps] = []

    def begin(work: Steps, _done: object, *, whole: bool) -> None:
        held.append(work)

    monkeypatch.setattr(edited.model.filter._pieces, "begin", begin)
    monkeypatch.setattr(type(edited.model.filter), "busy", True)
    monkeypatch.setattr(state_filter, "FIRST_MS", state_filter.TELL_MS)
    edited.model.set_filter("oddball")
    (work,) = held
    counts = []
    for _ in work:
        edited.model.filter._tell()
        counts.append(len(places(edited)))
        rows(edited.model)
    assert len(counts) > 5
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
    edited.model.filter._end(told=True)
    assert places(edited) == [("trials", index, "stimulus") for index in range(0, trials, 7)]
    assert edited.text("trials", 413, "stimulus") == "oddball"
    assert not spelled(edited.snapshot.document, "trials").known  # type: ignore[arg-type]  # it is there
    del tester


def test_that_rows_are_laid_ever_more_rarely_while_a_search_goes_on(qapp: object, slow: None) -> None:
    edited = Edited(unread(LARGE))
    found, laid, told = edited.model.filter, list[int](), list[int]()
    found.changed.connect(lambda: laid.append(len(told)))
    found.progressed.connect(lambda: told.append(found.count))
    edited.model.set_filter("oddball")
    told.clear()
    for _ in range(20):
        found._tell()
    assert laid == [0, 1, 3, 7, 15]
    assert len(told) == 20
    edited.model.set_filter("grating")
    laid.clear()
    found._tell()
    assert len(laid) == 1  # another word begins anew


def test_that_the_filter_of_what_is_not_read_keeps_the_same_rows_as_of_what_is(qtbot: QtBot) -> None:
    for typed in ("oddball", "channel_39", "2999", "quaternion", "trial 4999", "items", "zzz"):
        found = []
        for edited in (Edited(document(dict(LARGE))), Edited(unread(LARGE))):
            edited.model.set_filter(typed)
            qtbot.waitUntil(lambda one=edited: not one.model.filter.busy)  # type: ignore[misc]  # bound at once
            found.append(places(edited))
        assert found[0] == found[1]
        assert bool(found[0]) is (typed != "zzz")


def test_that_after_an_edit_only_what_was_edited_is_searched(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = Edited(document())
    edited.model.set_filter("i")
    searched: list[str] = []
    real = state_search.search

    def seen(found: Found, words: Words, tally: Tally) -> Steps:
        searched.append(found.part.label)
        return real(found, words, tally)

    monkeypatch.setattr(state_filter, "search", seen)
    assert edited.model.setData(edited.cell("experiment_phase"), "nothing of it", EDIT)
    assert searched == ["experiment_phase"]
    assert ("experiment_phase",) in places(edited)
    edited.model.set_filter("lick")
    assert searched[1:] == [*edited.draft.document.namespace(PREDICTIVE).attributes]


def test_that_an_edit_that_ends_a_match_takes_the_row_away(qapp: object) -> None:
    edited = Edited(document())
    edited.model.set_filter("0.35")
    assert rows(edited.model) == ["PredictiveLauncher", "custom_settings", "thresholds", "lick"]
    edited.drafts.stage(
        edited.snapshot.directory, SetValue(PREDICTIVE, ("custom_settings", "thresholds", "lick"), 0.5)
    )
    assert rows(edited.model) == []
    edited.drafts.undo(edited.snapshot.directory)
    assert rows(edited.model) == ["PredictiveLauncher", "custom_settings", "thresholds", "lick"]


def test_that_what_was_removed_is_found_where_it_stood(qapp: object) -> None:
    edited = Edited(document())
    for place in (("trial_count",), ("custom_settings", "param2")):
        edited.drafts.stage(edited.snapshot.directory, RemoveValue(PREDICTIVE, place))
    edited.model.set_filter("15")
    assert rows(edited.model) == ["PredictiveLauncher", "trial_count"]
    edited.model.set_filter("param2")
    assert rows(edited.model) == ["PredictiveLauncher", "custom_settings", "param2"]
    assert edited.text("custom_settings", "param2") == "Removed"


def test_that_an_edited_row_shows_its_new_value_while_a_new_search_goes_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = Edited(document({"long": [f"reward {index}" for index in range(100)]}))
    edited.model.set_filter("reward")
    monkeypatch.setattr(pieces, "SLICE", 0.0)
    monkeypatch.setattr(state_filter, "AT_ONCE", 0)
    assert edited.model.setData(edited.cell("long", 50), "lick 50", EDIT)
    assert edited.model.filter.busy
    assert edited.text("long", 50) == "lick 50"
    qtbot.waitUntil(lambda: not edited.model.filter.busy)
    assert len(places(edited)) == 99
    assert not edited.cell("long", 50).isValid()


def test_that_too_many_matches_are_said_to_be_too_many(qtbot: QtBot) -> None:
    edited = Edited(document({"long": [7] * (state_search.MOST_FOUND + 10), "last": 7}))
    edited.model.set_filter("7")
    qtbot.waitUntil(lambda: not edited.model.filter.busy)
    assert edited.model.filter.more
    assert edited.model.filter.count >= state_search.MOST_FOUND
    assert rows(edited.model)[:3] == ["PredictiveLauncher", "long", "1 … 1,000"]


def test_that_another_session_is_filtered_from_its_beginning(qapp: object) -> None:
    edited = Edited(document())
    edited.model.set_filter("trial")
    other = Edited(document({"trials": 1, "b": 2}), etag="9")
    edited.model.set_state(
        other.snapshot.__class__("/data/other", other.snapshot.document, "9", 1, 1, None), None
    )
    assert rows(edited.model) == ["PredictiveLauncher", "trials"]
    edited.model.set_filter("")
    assert rows(edited.model) == ["PredictiveLauncher", "trials", "b"]


def test_that_what_is_not_held_yet_is_searched_as_soon_as_it_is(qtbot: QtBot) -> None:
    whole, told = unread(LARGE), unread(LARGE)
    trials = spelled(whole, "trials").as_given
    cast("dict[str, Spelled]", told.namespace(PREDICTIVE).attributes.as_in_tree)["trials"] = Spelled(
        trials[:20_000], length=len(trials)
    )
    edited = Edited(whole)
    edited.model.set_filter("4999")
    edited.model.set_state(None, None)
    edited.model.set_state(replace(edited.snapshot, document=told, checked=False, held=False), None)
    assert edited.model.filter.busy
    edited.model.set_filter("4,998")
    edited.model.set_filter("4998")
    assert (edited.model.filter.busy, edited.model.filter.count) == (True, 0)
    spelled(told, "trials").hold(trials)
    edited.model.set_state(replace(edited.snapshot, document=told, checked=False), None)
    qtbot.waitUntil(lambda: not edited.model.filter.busy)
    assert edited.model.find(PREDICTIVE, ("trials",)).isValid()
    assert edited.model.filter.count > 0


@pytest.mark.usefixtures("slow")
def test_that_a_search_that_fails_shows_what_it_found_and_that_there_may_be_more(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = Edited(document({"first": "lick", "second": "lick", "third": "lick"}))

    def fails(one: Found, words: Words, tally: Tally) -> Steps:
        if one.part.steps == ("second",):
            raise LookupError
        return state_search.search(one, words, tally)

    told: list[bool] = []
    edited.model.filter.progressed.connect(lambda: told.append(edited.model.filter.busy))
    with qtbot.captureExceptions() as raised, monkeypatch.context() as patch:
        patch.setattr(state_filter, "search", fails)
        edited.model.set_filter("lick")
        qtbot.waitUntil(lambda: told[-1:] == [False] and not edited.model.filter._timer.isActive())
    assert [kind for kind, *_ in raised] == [LookupError]
    assert (places(edited), edited.model.filter.more) == ([("first",)], True)
    edited.model.set_filter("lic")
    qtbot.waitUntil(lambda: len(places(edited)) == 3)


def kept_rows() -> int:
    return sum(isinstance(one, KeptRow) for one in gc.get_objects())


def test_that_what_a_filter_found_goes_in_another_turn_than_its_rows(qtbot: QtBot) -> None:
    """Of a large state that takes half a frame, and the rows that come take the other half."""
    model, before = Edited(document(dict(LARGE))).model, kept_rows()
    model.set_filter("oddball")
    qtbot.waitUntil(lambda: not model.filter.busy)
    found = kept_rows()
    assert found > before + 700
    model.set_filter("")
    assert not model.filtering
    assert kept_rows() > found - 10
    qtbot.waitUntil(lambda: kept_rows() <= before)


def test_that_the_rows_stay_until_what_was_edited_has_been_searched(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = Edited(document({"long": [f"reward {index}" for index in range(100)]}))
    edited.model.set_filter("reward")
    for name in ("AT_ONCE", "FIRST_MS", "TELL_MS"):
        monkeypatch.setattr(state_filter, name, 0)
    monkeypatch.setattr(pieces, "SLICE", 0.0)
    monkeypatch.setattr(state_search, "_UNPAUSED", 1)
    last, gone, told = edited.cell("long", 99), list[object](), list[object]()
    edited.model.rowsRemoved.connect(lambda *rows: gone.append(rows))
    edited.model.filter.progressed.connect(lambda: told.append(edited.model.filter.busy))
    edited.drafts.stage(edited.snapshot.directory, SetValue(PREDICTIVE, ("long", 99), "reward x"))
    qtbot.waitUntil(lambda: not edited.model.filter.busy)
    assert True in told
    assert gone == []
    assert edited.cell("long", 99) == last
