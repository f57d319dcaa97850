"""The list of files as a Qt table: what its cells say, what stays, what is told to screen readers."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.file_errands import LOG, FileEntry
from app.models.files.files import FileColumn, FilesModel
from tests.samples import NOW

TODAY = datetime(2026, 11, 23, 14, 30).timestamp()
A, B, C = (FileEntry(name, size=4200, changed=TODAY) for name in ("a", "b", "c"))


def made() -> FilesModel:
    model = FilesModel(lambda: NOW)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def cells(model: FilesModel, row: int) -> list[object]:
    return [model.index(row, column).data() for column in FileColumn]


def names(model: FilesModel) -> list[object]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_that_cells_say_name_size_or_kind_and_time() -> None:
    model = made()
    odd = FileEntry("<b>\n", "other", changed=1e30)
    model.set_entries(
        [A, FileEntry(LOG, "link", changed=TODAY - 86400), FileEntry("x", "folder", changed=TODAY), odd]
    )
    assert cells(model, 0) == ["a", "4.2 kB", "14:30"]
    assert cells(model, 1) == ["launcher.log", "link", "22 Nov 14:30"]
    assert cells(model, 2) == ["x", "folder", "14:30"]
    assert cells(model, 3) == ["<b>\\n", "pipe or device", ""]


def test_that_a_row_is_spoken_as_a_whole_and_its_tip_says_the_whole_name() -> None:
    model = made()
    model.set_entries([FileEntry(LOG, size=5, changed=TODAY)])
    index = model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"{LOG}, 5 B, 14:30"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == f"{LOG}, changed 2026-11-23 14:30:00"


def test_that_the_same_files_with_other_sizes_reset_nothing() -> None:
    model = made()
    model.set_entries([A, B])
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.set_entries([A, FileEntry("b", size=9)])
    assert (resets, cells(model, 1)[1]) == ([], "9 B")
    model.set_entries([A])
    assert resets == [1]


def test_that_what_is_read_stays_where_it_was_when_it_is_gone_and_nothing_else() -> None:
    model = made()
    model.set_entries([A, B, C], "b")
    model.set_entries([C], "b")
    assert names(model) == ["b", "c"]
    assert cells(model, 0) == ["b", "not there any more", ""]
    model.set_entries([A, C], "b")
    assert names(model) == ["b", "a", "c"]
    model.set_entries([A, B, C], "b")
    assert cells(model, 1)[1] == "4.2 kB"
    model.set_entries([A, C], "")
    assert names(model) == ["a", "c"]
