"""Large attributes are not read before somebody opens them, and then between frames."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.models import pieces
from app.models.state import state_reading
from app.models.state.state_inside import GROUP
from app.models.state.state_texts import Column
from app.models.state.state_tree import StateTreeModel
from app.models.state.unread import AT_ONCE, is_unread, text_in_steps, text_unread
from app.snapshot import SessionSnapshot
from persistence.document import Document
from persistence.states.edits import get_value
from persistence.states.passing import BEGINNING
from persistence.values.json_text import JSON
from persistence.values.sameness import same
from persistence.values.spelled import Spelled
from tests.app.models.large import LARGE, TRIALS, spelled, unread
from tests.samples import PREDICTIVE, Edited

EDIT = Qt.ItemDataRole.EditRole


@pytest.fixture
def shown() -> Document:
    """A state of which nothing is read."""
    return unread(LARGE)


@pytest.fixture
def large(qapp: object, shown: Document) -> Iterator[Edited]:
    """The same in a tree, watched by Qt's own model tester."""
    edited = Edited(shown)
    edited.model.set_state(None, None)  # the tester fetches what it finds
    tester = QAbstractItemModelTester(edited.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tester.setUseFetchMore(False)
    edited.model.set_state(edited.snapshot, edited.draft)
    yield edited
    del tester


def open_row(model: StateTreeModel, index: QModelIndex) -> list[str]:
    """The names below a row, which is fetched."""
    above = index.siblingAtColumn(0)
    model.fetchMore(above)
    return [str(model.index(row, 0, above).data()) for row in range(model.rowCount(above))]


def read_all(qtbot: QtBot, edited: Edited, *names: str) -> None:
    """Open attributes, and wait until they were read."""
    for name in names:
        open_row(edited.model, edited.cell(name))
    shown = edited.snapshot.document
    assert shown is not None
    qtbot.waitUntil(lambda: all(spelled(shown, name).known for name in names))


def test_that_a_large_state_is_shown_without_being_read(large: Edited, shown: Document) -> None:
    assert [large.text(name, column=Column.TYPE) for name in LARGE] == [
        "text", "list", "mapping", "tuple", "unknown",
    ]  # fmt: skip
    sizes = [f"{len(spelled(shown, name)) / 1e3:.0f} kB" for name in ("trials", "gains", "pair")]
    assert [large.text(name) for name in LARGE] == ["764521", *sizes, "quaternion (kept as it is)"]
    for name in LARGE:
        index = large.cell(name, column=0)
        assert large.model.hasChildren(index) is (name in ("trials", "gains", "pair"))
        for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            assert large.cell(name).data(role)
    assert [name for name in LARGE if spelled(shown, name).known] == ["subject"]


def test_that_what_is_not_read_cannot_be_edited(large: Edited) -> None:
    editable = Qt.ItemFlag.ItemIsEditable
    assert large.cell("subject").flags() & editable
    for name in ("trials", "gains", "pair", "odd"):
        assert not large.cell(name).flags() & editable


def test_that_an_opened_list_is_read_in_pieces_and_its_first_rows_come_first(
    qtbot: QtBot, large: Edited, shown: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "SLICE", 0.0)  # one step at a time
    assert large.text("subject") == "764521"
    inserted: list[int] = []
    large.model.rowsInserted.connect(lambda _above, first, last: inserted.append(last - first + 1))
    assert open_row(large.model, large.cell("trials")) == []
    assert "% read" in large.text("trials")
    with qtbot.waitSignal(large.model.was_read):
        pass
    assert large.text("trials") == "5,000 items"
    assert open_row(large.model, large.cell("trials"))[-1] == "4,001 … 5,000"
    assert sum(inserted) == 5000 // GROUP
    assert spelled(shown, "trials").known
    assert same(get_value(shown, PREDICTIVE, ("trials",)), LARGE["trials"])
    assert large.text("trials", 4999, "trial") == "4999"
    assert large.cell("trials", 4999, "trial").flags() & Qt.ItemFlag.ItemIsEditable


def test_that_rows_appear_while_the_rest_is_read(
    qtbot: QtBot, large: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = large.model._reading
    monkeypatch.setattr(pieces, "SLICE", 0.0)
    open_row(large.model, large.cell("trials"))
    reading._pieces.drop()  # as if the rest took its time
    reading._items = LARGE["trials"][: 2 * GROUP + 7]
    reading._tell()
    assert open_row(large.model, large.cell("trials")) == ["1 … 1,000", "1,001 … 2,000"]
    assert large.text("trials", 1500, "trial") == "1500"
    assert not large.cell("trials", 1500, "trial").flags() & Qt.ItemFlag.ItemIsEditable
    assert not large.model.setData(large.cell("trials", 1500, "trial"), "7", EDIT)


def test_that_everything_can_be_opened_and_edited_once_it_is_read(qtbot: QtBot, large: Edited) -> None:
    read_all(qtbot, large, "trials", "gains", "pair")
    assert large.text("pair", "value", 1, 2_999) == "2999"
    assert large.text("gains", "channel_3999") == "1333.0"
    assert open_row(large.model, large.cell("odd")) == []
    assert large.model.setData(large.cell("trials", 4_000, "stimulus"), "other", EDIT)
    assert get_value(large.draft.document, PREDICTIVE, ("trials", 4_000, "stimulus")) == "other"
    assert large.draft.count == 1
    assert large.text("trials", 4_000, "stimulus", column=Column.SAVED) == "grating"


def test_that_a_newer_version_keeps_the_rows_until_it_was_read(qtbot: QtBot, large: Edited) -> None:
    read_all(qtbot, large, "trials")
    kept = QPersistentModelIndex(large.cell("trials", 3_000, "trial"))
    newer = unread({**LARGE, "trials": [*LARGE["trials"], {"trial": -1}], "subject": "770012"})
    large.model.set_state(large.snapshot.__class__(large.snapshot.directory, newer, "2", 1, 1, None), None)
    assert large.text("subject") == "770012"
    assert "read" in large.text("trials")
    assert kept.data() == "3000"
    qtbot.waitUntil(lambda: spelled(newer, "trials").known)
    assert kept == QPersistentModelIndex(large.cell("trials", 3_000, "trial"))
    assert large.text("trials", 5_000, "trial") == "-1"


def test_that_another_session_ends_the_reading(qtbot: QtBot, large: Edited, shown: Document) -> None:
    open_row(large.model, large.cell("trials"))
    large.model._reading._pieces.drop()
    large.model.set_state(None, None)
    assert not large.model._reading.is_asked(spelled(shown, "trials"))
    assert large.model.rowCount() == 0


def test_that_a_state_that_is_not_shown_any_more_is_held_by_nobody(qtbot: QtBot, qapp: object) -> None:
    shown, model = unread(LARGE), StateTreeModel()
    gone = weakref.ref(spelled(shown, "trials").as_given)
    model.set_state(SessionSnapshot("/data/a", shown, "1", 1, 1, None), None)
    model.fetchMore(model.index(0, 0))
    model.set_filter("oddball")
    qtbot.waitUntil(lambda: not model.filter.busy)
    model.fetchMore(model.index(0, 0, model.index(0, 0)))
    model.set_filter("")
    del shown
    gc.disable()  # the collector of cycles would come late, and hold up the window
    try:
        model.set_state(None, None)
        assert gone() is None
    finally:
        gc.enable()


def test_that_a_value_that_is_no_json_stays_unread_and_is_tried_once(qtbot: QtBot, qapp: object) -> None:
    torn = unread({"torn": [1]})
    held = spelled(torn, "torn")
    held.as_given = memoryview(b"[" + b"1, " * 20_000)
    edited = Edited(torn)
    index = edited.cell("torn", column=0)
    edited.model.fetchMore(index)
    qtbot.waitUntil(lambda: edited.model._reading.progress(held) is None)
    assert not held.known
    assert not edited.model.canFetchMore(index)


def test_that_rows_of_a_value_are_the_values_own(qtbot: QtBot, large: Edited, shown: Document) -> None:
    read_all(qtbot, large, "trials")
    value = get_value(shown, PREDICTIVE, ("trials",))
    node = large.model.node(large.cell("trials", 17))
    assert isinstance(value, list)
    assert node is not None
    assert node.value is value[17]  # so that a comparison by identity finds nothing edited


def test_that_a_text_that_is_long_is_read_at_once(qapp: object) -> None:
    texts: dict[str, JSON] = {"text": "x" * 100_000, "bytes": {"__type__": "bytes", "value": "AAAA" * 50_000}}
    edited = Edited(unread(texts))
    assert edited.text("text").startswith("xxx")
    assert edited.text("bytes").startswith("150000 bytes: 00 00")
    assert isinstance(spelled(edited.snapshot.document, "text"), Spelled)  # type: ignore[arg-type]  # it is there


# --- what is not held yet -----------------------------------------------------------------------------------


def begun(whole: Document) -> Document:
    """The same state, as far as its large values begin."""
    told = unread(LARGE)
    for name in ("trials", "gains"):
        all_of_it = spelled(whole, name).as_given
        attributes = cast("dict[str, Spelled]", told.namespace(PREDICTIVE).attributes.as_in_tree)
        attributes[name] = Spelled(all_of_it[:AT_ONCE], length=len(all_of_it))
    return told


def hold(told: Document, whole: Document) -> None:
    """The bytes have come."""
    for name in ("trials", "gains"):
        spelled(told, name).hold(spelled(whole, name).as_given)


def test_that_a_value_is_known_to_be_unread_by_its_beginning() -> None:
    assert AT_ONCE < BEGINNING  # so that all that is read at once is held from the first
    assert is_unread(Spelled("[1, 2", length=9))  # but behind a name of which that is not so
    assert not is_unread(Spelled("[1, 2, 3]", length=9))


def test_that_what_is_opened_before_it_is_held_is_read_as_soon_as_it_is(
    qtbot: QtBot, shown: Document, large: Edited
) -> None:
    told, model = begun(shown), large.model
    model.set_state(None, None)
    model.set_state(replace(large.snapshot, document=told, checked=False, held=False), None)
    cell = large.cell("trials")
    assert cell.siblingAtColumn(Column.VALUE).data() == unread_text(shown, "trials")
    assert open_row(model, cell) == []
    assert model.read_around(model.index(0, 0))  # nor can anything be copied yet
    assert not model.is_at_hand(model.node(cell))
    hold(told, shown)
    model.set_state(replace(large.snapshot, document=told, checked=False), None)
    qtbot.waitUntil(lambda: spelled(told, "trials").known)
    qtbot.waitUntil(lambda: model.rowCount(large.cell("trials").siblingAtColumn(0)) > 0)
    assert same(spelled(told, "trials").value, cast(JSON, TRIALS))
    assert not model.read_around(model.index(0, 0))


def test_that_what_was_opened_of_a_version_that_is_gone_keeps_nobody_waiting(
    qtbot: QtBot, shown: Document, large: Edited
) -> None:
    model = large.model
    model.set_state(None, None)
    model.set_state(replace(large.snapshot, document=begun(shown), checked=False, held=False), None)
    open_row(model, large.cell("trials"))
    model.set_state(large.snapshot, None)
    read_all(qtbot, large, "gains")


def unread_text(document: Document, name: str) -> str:
    return text_unread(spelled(document, name))


def test_that_a_value_that_cannot_be_read_for_whatever_reason_does_not_hold_up_the_next(
    qtbot: QtBot, large: Edited, shown: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody foresaw: the row stays unread, and nothing waits for it any more."""
    first = spelled(shown, "trials")

    def fails(held: Spelled) -> Generator[None, None, str]:
        if held is first:
            yield
            raise LookupError
        return (yield from text_in_steps(held))

    with qtbot.captureExceptions() as raised, monkeypatch.context() as patch:
        patch.setattr(pieces, "SLICE", 0.0)
        patch.setattr(state_reading, "text_in_steps", fails)
        for name in ("trials", "gains"):
            open_row(large.model, large.model.find(PREDICTIVE, (name,)))
        qtbot.waitUntil(lambda: spelled(shown, "gains").known)
    assert [kind for kind, *_ in raised] == [LookupError]
    assert not first.known
    assert large.model._reading.progress(first) is None
