"""The status bar: for each folder, when it was looked at last, and what tells of changes in between."""

import pytest
from pytestqt.qtbot import QtBot

from app.exchange import WatchedFolder, WatchStatus
from app.views.status_bar import StatusBar, watch_text
from app.views.theme import Theme


@pytest.mark.parametrize(
    ("folder", "line"),
    [
        (WatchedFolder("/data"), "/data: not checked yet"),
        (
            WatchedFolder("/data", checked_at="14:32:08", how="by events"),
            "/data: last checked 14:32:08, watched by events",
        ),
        (
            WatchedFolder("/nas", checked_at="14:32:08", how="by looking every 2 s"),
            "/nas: last checked 14:32:08, watched by looking every 2 s",
        ),
        (
            WatchedFolder("/data", True, "14:32:08", "Too few.", "by events in 5 of 9 folders"),
            "/data: last checked 14:32:08, watched by events in 5 of 9 folders. Too few.",
        ),
        (
            WatchedFolder("/nas", False, "14:32:08", "Since 14:30.", "by events"),
            "/nas: cannot be reached now. Since 14:30.",
        ),
    ],
)
def test_that_the_tool_tip_says_of_each_folder_whether_it_is_true(
    qtbot: QtBot, folder: WatchedFolder, line: str
) -> None:
    bar = StatusBar(Theme())
    qtbot.addWidget(bar)
    bar.show_watch_status(WatchStatus((folder, WatchedFolder("/more")), folder.checked_at), 3)
    assert bar.watch.toolTip().splitlines() == [line, "/more: not checked yet"]


def test_that_a_folder_with_too_few_watches_is_named_in_the_bar() -> None:
    problem = "/data: watching 5 of 9 folders, rescanning every 10 s."
    text = watch_text(WatchStatus((WatchedFolder("/data"),), "14:32:08", problem=problem), 1)
    assert text == f"watching 1 folder  ·  1 session  ·  last checked 14:32:08  ·  {problem}"
