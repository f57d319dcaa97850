"""The list of versions: newest first, grown on top, in words."""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from app.models.history.versions import VersionColumn, VersionsModel
from app.words.version_texts import BY_WHOM, made_text, whole_text
from persistence.files.version_log import Version
from tests.samples import NOW

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def version(sequence: int, action: str = "save", **changes: object) -> Version:
    plain = {
        "time": "2026-11-23T14:05:10", "who": "rig3", "program": "my_project.PredictiveLauncher",
        "etag": str(sequence), "etag_before": str(sequence - 1), "available": True,
    }  # fmt: skip
    return Version(sequence, action=action, **{**plain, **changes})  # type: ignore[arg-type]


def model_of(*versions: Version) -> VersionsModel:
    model = VersionsModel(lambda: NOW)
    model.set_versions(versions)
    return model


def row(model: VersionsModel, number: int) -> list[str]:
    return [str(model.index(number, column).data()) for column in range(model.columnCount())]


def column(model: VersionsModel, which: int) -> list[str]:
    return [str(model.index(number, which).data()) for number in range(model.rowCount())]


def test_that_versions_are_told_in_words_newest_first(qapp: object) -> None:
    model = model_of(
        version(1, note="completed"), version(2, "edit", who="ann", program="Rigstate", note="why")
    )
    assert row(model, 0) == ["2", "Today 14:05:10", "ann", "Rigstate", "Edited", "why"]
    assert row(model, 1) == ["1", "Today 14:05:10", "rig3", "PredictiveLauncher", "Saved", "Completed"]


def test_that_each_action_has_its_word(qapp: object) -> None:
    actions = ("save", "edit", "clear", "restore", "adopt", "recover", "foreign", "dance")
    model = model_of(*(version(1 + place, action) for place, action in enumerate(actions)))
    assert column(model, VersionColumn.ACTION)[::-1] == [
        "Saved", "Edited", "Cleared", "Restored", "Brought in", "Recovered", "Written", "dance",
    ]  # fmt: skip
    assert column(model, VersionColumn.PROGRAM)[1] == "not known"


def test_that_notes_are_said_as_people_say_them(qapp: object) -> None:
    notes = (
        ("restore", "version 3", "Back to version 3"),
        ("clear", "my.rig.Cam", "Cam"),
        ("edit", "a\nb", "a\\nb"),
        ("adopt", "session_state.unsaved-x-1-00000000.json", ""),
        ("save", "checkpoint", "Checkpoint"),
    )
    model = model_of(
        *(version(1 + place, action, note=note) for place, (action, note, _) in enumerate(notes))
    )
    assert column(model, VersionColumn.NOTE)[::-1] == [said for *_, said in notes]


def test_that_a_version_without_bytes_says_so(qapp: object) -> None:
    model = model_of(version(1, available=False, note="completed"), version(2))
    assert row(model, 1)[VersionColumn.NOTE] == "Not kept any more · Completed"
    lines = whole_text(version(3, "foreign", who="")).splitlines()
    assert lines[:2] == ["Version 3: written outside history,", BY_WHOM]
    assert "neither looked at nor restored" in whole_text(version(1, available=False))


def test_that_days_are_told_and_short_times_are_short(qapp: object) -> None:
    model = model_of(
        version(1, time="2026-11-01T10:00:00"),
        version(2, time="2026-11-22T10:00:00"),
        version(3, time="nonsense"),
    )
    assert column(model, VersionColumn.SAVED) == ["not known", "Yesterday 10:00:00", "1 Nov 10:00"]
    model.short = True
    assert column(model, VersionColumn.SAVED) == ["not known", "22 Nov 10:00", "1 Nov 10:00"]
    old = model_of(version(1, "foreign", who=""))
    assert row(old, 0)[VersionColumn.WHO] == ""
    old.short = True
    assert row(old, 0)[VersionColumn.WHO] == "not known"
    assert made_text(version(1), NOW) == "saved 14:05:10 by rig3"
    assert made_text(version(1, "foreign", who=""), NOW) == "written 14:05:10 outside history"


def test_that_new_versions_come_on_top_and_rows_keep_their_version(qapp: object) -> None:
    first = version(1, current=True)
    model = model_of(first)
    tester = QAbstractItemModelTester(model, FATAL)
    kept = QPersistentModelIndex(model.index(0, 0))
    model.set_versions((version(1), version(2), version(3, current=True)))
    assert (kept.row(), kept.data()) == (2, "1")
    assert [model.version_at(0), model.row_of(1), model.row_of(9)] == [version(3, current=True), 2, -1]
    model.set_versions((version(5),))
    assert (model.rowCount(), kept.isValid()) == (1, False)
    assert tester is not None


def test_that_ten_thousand_versions_cost_nothing_before_they_are_looked_at(qapp: object) -> None:
    asked: list[datetime] = []

    def now() -> datetime:
        asked.append(NOW)
        return NOW

    model = VersionsModel(now)
    many: Iterable[Version] = (version(sequence) for sequence in range(1, 10_001))
    model.set_versions(tuple(many))
    assert (model.rowCount(), asked) == (10_000, [])
