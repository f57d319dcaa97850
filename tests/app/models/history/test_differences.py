"""The table of differences: rows as they were computed, titles, what a screen reader hears."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.models.history.differences import DifferenceColumn, DifferenceRole, DifferencesModel
from app.values.differences import compare
from tests.samples import PREDICTIVE, SLAP2, document, documents

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def shown(model: DifferencesModel) -> list[list[str]]:
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_that_rows_and_titles_are_shown_and_shown_anew(qapp: object) -> None:
    model = DifferencesModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.set_comparison(compare(document({"a": 1}), document({"a": 2.5, "b": "x"})), "Version 4", "Now")
    assert shown(model) == [["a", "1", "2.5", "Type changed"], ["b", "not there", "x", "Added"]]
    titles = [model.headerData(column, Qt.Orientation.Horizontal, 0) for column in range(4)]
    assert titles == ["Attribute", "Version 4", "Now", "Change"]
    spoken = model.index(0, DifferenceColumn.RIGHT).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Now 2.5"
    model.set_comparison(compare(document({}), document({})), "", "")
    assert shown(model) == []
    assert tester is not None


def test_that_launchers_are_named_where_there_are_several(qapp: object) -> None:
    model = DifferencesModel()
    two = {name: {"attributes": {"a": 1}} for name in (PREDICTIVE, SLAP2)}
    model.set_comparison(compare(documents(two), documents(two), equal=True), "", "")
    names = [model.index(row, 0).data(DifferenceRole.LAUNCHER) for row in range(model.rowCount())]
    assert names == ["PredictiveLauncher", "Slap2Launcher"]
    model.set_comparison(compare(document({"a": 1}), document({"a": 1}), equal=True), "", "")
    assert model.index(0, 0).data(DifferenceRole.LAUNCHER) == ""


def test_that_what_cannot_be_read_is_not_said_to_be_missing(qapp: object) -> None:
    model = DifferencesModel()
    model.set_comparison(compare(document({"a": 1}), None), "Version 1", "Now")
    assert shown(model) == [["a", "1", "cannot be read", "Not known"]]
