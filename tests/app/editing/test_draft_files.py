"""Drafts on disk: they come back as they were, or stay where they are and are told."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.editing.draft import Draft
from app.editing.draft_files import (
    DraftElsewhere,
    DraftFiles,
    DraftNotKept,
    DraftsLoaded,
    ForgetDraft,
    KeepDraft,
    LoadDrafts,
    LookElsewhere,
    TurnTo,
    from_bytes,
    to_bytes,
)
from app.editing.edits import Edit, InsertValue, MetValue, MoveValue, RemoveValue, RenameValue, SetValue
from app.editing.kept_edits import edit_of
from persistence.codec import encode
from persistence.document import ABSENT, Absent, Document, render
from persistence.errors import Damaged
from persistence.files.history import etag_of
from persistence.states import slices
from persistence.states.diff import diff
from persistence.states.edits import get_value
from persistence.states.slices import slices_of
from persistence.values import json_text, json_writing
from persistence.values.json_text import JSON, Number
from persistence.values.sameness import same

NS = "rig.Counting"
BASE = Document({"launcher_states": {NS: {"attributes": {"count": 15}}}})


def draft(directory: str = "/data/s1", etag: str = "e1", count: int = 150) -> Draft:
    """A draft with one edit."""
    return Draft(directory, BASE, etag, (SetValue(NS, ("count",), count),))


class Kept:
    """A worker on a folder, and what it answered."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder = folder
        self.qtbot = qtbot

    def ask(self, *errands: object) -> list[object]:
        """Do these errands in a worker of their own, to its end, and return its answers."""
        worker = DraftFiles(self.folder)
        answers: list[object] = []
        worker.answered.connect(answers.append)
        worker.start()
        for errand in errands:
            worker.ask(errand)
        worker.close()
        assert worker.wait()
        self.qtbot.wait(0)
        return answers

    def load(self) -> DraftsLoaded:
        (answer,) = self.ask(LoadDrafts())
        assert isinstance(answer, DraftsLoaded)
        return answer


@pytest.fixture
def kept(tmp_path: Path, qtbot: QtBot) -> Kept:
    return Kept(tmp_path / "drafts", qtbot)


def test_that_a_kept_draft_comes_back_after_the_window_is_gone(kept: Kept) -> None:
    assert kept.ask(KeepDraft(draft())) == []
    (found,) = kept.load().drafts
    assert (found.directory, found.base_etag, found.count) == ("/data/s1", "e1", 1)
    assert found.changes == draft().changes
    assert found.undone().count == 0


def test_that_edits_put_onto_another_version_are_kept_with_that_as_their_base(kept: Kept) -> None:
    theirs = Document({"launcher_states": {NS: {"attributes": {"count": 15, "phase": "theirs"}}}})
    kept.ask(KeepDraft(draft()), KeepDraft(replace(draft(), base=theirs, base_etag="e2")))
    (found,) = kept.load().drafts
    assert found.base_etag == "e2"
    assert render(found.base) == render(theirs)  # else the old version would be saved over what they did


def test_that_drafts_of_several_sessions_are_kept_apart(kept: Kept) -> None:
    kept.ask(
        KeepDraft(draft("/data/s1")), KeepDraft(draft("/data/s2")), KeepDraft(draft("/data/s1", count=7))
    )
    assert {(one.directory, one.edits) for one in kept.load().drafts} == {
        ("/data/s1", (SetValue(NS, ("count",), 7),)),
        ("/data/s2", (SetValue(NS, ("count",), 150),)),
    }


def test_that_a_saved_or_undone_draft_leaves_no_file(kept: Kept) -> None:
    kept.ask(KeepDraft(draft("/data/s1")), KeepDraft(draft("/data/s2")))
    kept.ask(LoadDrafts(), ForgetDraft("/data/s1"), KeepDraft(draft("/data/s2").step(())))
    assert list(kept.folder.rglob("*.json")) == []


def test_that_without_any_draft_no_folder_is_made(kept: Kept) -> None:
    assert kept.load() == DraftsLoaded((), ())
    kept.ask(ForgetDraft("/data/s1"))
    assert not kept.folder.exists()


@pytest.mark.parametrize(
    "spoiled", [b"", b"{", b"[]", b'{"format": 2}', b'{"format": 1, "edits": 5}', b"\xff\xfe"]
)
def test_that_a_file_that_cannot_be_read_is_told_and_left(kept: Kept, spoiled: bytes) -> None:
    kept.ask(KeepDraft(draft("/data/s1")), KeepDraft(draft("/data/s2")))
    first = min(kept.folder.glob("*.edits.json"))
    first.write_bytes(spoiled)
    loaded = kept.load()
    assert len(loaded.drafts) == 1
    (problem,) = loaded.problems
    assert str(first) in problem
    assert first.read_bytes() == spoiled


def test_that_a_lost_base_is_told(kept: Kept) -> None:
    kept.ask(KeepDraft(draft()))
    next(kept.folder.glob("*.base.json")).unlink()
    assert len(kept.load().problems) == 1


def test_that_what_cannot_be_kept_is_told(kept: Kept) -> None:
    kept.folder.write_text("a file where the folder should be")
    (answer,) = kept.ask(KeepDraft(draft()))
    assert isinstance(answer, DraftNotKept)
    assert str(kept.folder) in answer.sentence


VALUES = st.one_of(
    st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.datetimes(), st.timedeltas(),
    st.lists(st.integers()), st.dictionaries(st.integers(), st.text()),
).map(encode)  # fmt: skip


@given(st.text(min_size=1), VALUES)
def test_that_values_of_every_kind_come_back_the_same(directory: str, value: JSON) -> None:
    made = Draft(directory, BASE, "e1", (SetValue(NS, ("new",), value),))
    found = from_bytes(to_bytes(made), render(BASE))
    assert found.directory == directory
    assert isinstance(found.edits[0], SetValue)
    assert same(found.edits[0].value, value)


STEPS = st.lists(st.text() | st.integers(min_value=0), min_size=1).map(tuple)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(SetValue, st.text(), STEPS, VALUES),
    st.builds(RemoveValue, st.text(), STEPS),
    st.builds(RenameValue, st.text(), STEPS, st.text()),
    st.builds(InsertValue, st.text(), STEPS, VALUES, st.none() | st.text()),
    st.builds(MoveValue, st.text(), STEPS, st.integers(min_value=0)),
    st.builds(MetValue, st.text(), STEPS, VALUES | st.just(ABSENT), VALUES | st.just(ABSENT), st.booleans()),
)


@given(EDITS)
def test_that_edits_of_every_kind_come_back_the_same(edit: Edit) -> None:
    again = edit_of(json_text.parse(json_writing.write(_kept(edit)).encode()))
    assert same(_kept(again), _kept(edit))
    assert type(again) is type(edit)


@pytest.mark.parametrize(
    "kept",
    [
        {}, {"remove": False}, {"rename": 5}, {"move": True}, {"move": "1"}, {"insert": 1, "before": 5},
        {"vanish": True}, {"met": 5},
    ],
)  # fmt: skip
def test_that_an_edit_that_is_not_whole_is_refused(kept: dict[str, JSON]) -> None:
    with pytest.raises(ValueError, match="not whole"):
        edit_of({"launcher": NS, "place": ["count"], **kept})


def test_that_what_was_left_of_a_list_in_another_order_is_one_step_of_undo_still() -> None:
    attributes: JSON = {"count": 15, "steps": [1, 2, 3]}
    base = Document({"launcher_states": {NS: {"attributes": attributes}}})
    edits = (SetValue(NS, ("count",), 1), MoveValue(NS, ("steps", 0), 2))
    moved = Draft("/data/s1", base, "e1", edits)
    left = moved.after_saving(moved.choose({(NS, ("count",))}), "e2")
    again = from_bytes(to_bytes(left), render(left.base))
    assert [one.place for one in again.changes] == [("steps",)]
    assert not diff(again.undone().document, again.base)
    assert not again.undone().can_undo


LARGE = render(BASE).replace(b'"count": 15', b'"count": 15,\n                "trials": [1, 2]')


@pytest.fixture
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "LARGE", 10)


def unread(found: Draft) -> set[str]:
    """The attributes of a base that nobody has read."""
    return {name for _, name, held in slices_of(found.base) if not held.known}


def test_that_of_a_large_base_only_what_edits_touch_is_read(
    everything_is_large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits = to_bytes(draft(etag=etag_of(LARGE)))
    monkeypatch.setattr(slices, "read_all", lambda _: pytest.fail("these bytes were found sound before"))
    found = from_bytes(edits, LARGE)
    assert [(one.before, one.after) for one in found.changes] == [(15, 150)]
    assert unread(found) == {"trials"}


def test_that_a_large_base_is_kept_as_the_bytes_that_it_was_read_out_of(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = slices.sliced(LARGE)
    assert base is not None
    one = Draft("/data/s1", base, etag_of(LARGE), (SetValue(NS, ("count",), 150),))
    other = Draft("/data/s2", base, "of another layout", (SetValue(NS, ("count",), 150),))
    rendered: list[Document] = []

    def put_together(document: Document) -> bytes:
        rendered.append(document)
        return render(document)

    monkeypatch.setattr("app.editing.draft_files.render", put_together)
    kept.ask(KeepDraft(one))
    assert rendered == []
    kept.ask(KeepDraft(other))
    assert rendered == [base]
    assert {file.read_bytes() for file in kept.folder.glob("*.base.json")} == {LARGE}


def test_that_a_large_base_of_other_bytes_is_judged(everything_is_large: None) -> None:
    edits = to_bytes(draft(etag=etag_of(LARGE.replace(b"[1, 2]", b"[1,2]"))))
    found = from_bytes(edits, LARGE)
    assert (found.count, unread(found)) == (1, {"trials"})
    with pytest.raises(Damaged):
        from_bytes(edits, LARGE.replace(b"1, 2", b"1 2"))


DATA = Path(__file__).parent / "data"


def test_that_a_draft_of_the_first_format_is_still_read() -> None:
    found = from_bytes(*((DATA / f"draft-1.{part}.json").read_bytes() for part in ("edits", "base")))
    assert found.edits == (
        SetValue(NS, ("count",), 150),
        SetValue(NS, ("settings", "gain"), Number("2.50")),
        SetValue(NS, ("steps", 0), None),
    )
    assert (found.directory, found.base_etag, found.count) == ("/data/s1", "e1", 3)


def test_that_a_draft_of_the_second_format_is_read_and_written_the_same() -> None:
    edits, base = ((DATA / f"draft-2.{part}.json").read_bytes() for part in ("edits", "base"))
    found = from_bytes(edits, base)
    assert found.edits == (
        RenameValue(NS, ("count",), "trials"),
        RemoveValue(NS, ("settings", "gain")),
        InsertValue(NS, ("note",), "calibrated", "steps"),
        InsertValue(NS, ("steps", 2), 4.0),
        MoveValue(NS, ("steps", 0), 2),
        SetValue(NS, ("note",), "calibrated twice"),
    )
    assert to_bytes(found) == edits
    attributes: dict[str, JSON] = {
        "trials": 15, "settings": {"offset": 0.5}, "note": "calibrated twice", "steps": [2.0, 4.0, 1.0],
    }  # fmt: skip
    assert same(get_value(found.document, NS, ()), attributes)
    assert list(found.document.namespace(NS).attributes) == list(attributes)


def _kept(edit: Edit) -> JSON:
    """The edit as it stands in the file."""
    whole = json_text.parse(to_bytes(Draft("/data/s1", BASE, "e1", (edit,))))
    assert isinstance(whole, dict)
    edits = whole["edits"]
    assert isinstance(edits, list)
    return edits[0]


@pytest.fixture
def other(kept: Kept) -> Iterator[DraftFiles]:
    """Another window, which is open."""
    worker = DraftFiles(kept.folder)
    worker.work(LoadDrafts())
    yield worker
    worker.finish()


def after(found: Draft) -> "JSON | Absent":
    (change,) = found.changes
    return change.after


def test_that_another_window_neither_sees_nor_overwrites_nor_forgets_what_one_keeps(
    kept: Kept, other: DraftFiles
) -> None:
    other.work(KeepDraft(draft(count=111)))
    loaded, told = kept.ask(LoadDrafts(), KeepDraft(draft(count=222)), KeepDraft(draft(count=223)))
    assert (loaded, told) == (DraftsLoaded((), ()), DraftElsewhere("/data/s1"))
    assert len(list(kept.folder.rglob("*.edits.json"))) == 2
    (loaded,) = kept.ask(LoadDrafts(), ForgetDraft("/data/s1"))  # its window is gone
    assert isinstance(loaded, DraftsLoaded)
    assert [after(one) for one in loaded.drafts] == [223]
    other.finish()
    assert [after(one) for one in kept.load().drafts] == [111]
    assert sorted(one.name for one in kept.folder.glob("window-*")) == []


def test_that_it_is_told_when_the_other_window_keeps_nothing_any_more(kept: Kept, other: DraftFiles) -> None:
    look = LookElsewhere(frozenset(["/data/s1"]))
    other.work(KeepDraft(draft(count=111)))
    worker, answers = DraftFiles(kept.folder), list[object]()
    worker.answered.connect(answers.append)
    worker.work(KeepDraft(draft(count=222)))
    worker.work(look)
    assert answers == [DraftElsewhere("/data/s1")]
    other.work(ForgetDraft("/data/s1"))
    for _ in range(2):  # once is enough
        worker.work(look)
    assert answers == [DraftElsewhere("/data/s1"), DraftElsewhere("/data/s1", still=False)]
    worker.finish()


def test_that_of_two_windows_that_are_gone_the_newer_draft_is_first_and_the_other_can_be_turned_to(
    kept: Kept, other: DraftFiles
) -> None:
    kept.ask(KeepDraft(draft(count=222)))
    other.work(KeepDraft(draft(count=111)))
    other.finish()
    for file in kept.folder.rglob("*.edits.json"):
        os.utime(file, (1, 2 if b"222" in file.read_bytes() else 1))
    loaded = kept.load()
    assert [after(one) for one in loaded.drafts] == [222]
    ((newer, older),) = loaded.several
    assert [after(one.draft) for one in (newer, older)] == [222, 111]
    kept.ask(LoadDrafts(), TurnTo("/data/s1", older.place), KeepDraft(draft(count=112)))
    assert sorted(after(one.draft) for one in kept.load().several[0]) == [112, 222]  # type: ignore[type-var]
    kept.ask(LoadDrafts(), ForgetDraft("/data/s1"))
    loaded = kept.load()
    assert ([after(one) for one in loaded.drafts], loaded.several) == ([222], ())


def test_that_what_a_window_leaves_while_another_is_open_is_not_written_over(
    kept: Kept, other: DraftFiles
) -> None:
    late = DraftFiles(kept.folder)
    late.work(LoadDrafts())
    other.work(KeepDraft(draft(count=111)))
    other.finish()
    late.work(KeepDraft(draft(count=222)))
    late.finish()
    assert sorted(after(one.draft) for one in kept.load().several[0]) == [111, 222]  # type: ignore[type-var]


def test_that_a_directory_whose_name_is_no_text_is_kept(kept: Kept) -> None:
    assert kept.ask(KeepDraft(draft("/data/caf\udce9"))) == []
    (found,) = kept.load().drafts
    assert found.directory == "/data/caf\udce9"
