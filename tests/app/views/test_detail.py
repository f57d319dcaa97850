"""The tabs of a session stand in one order, whoever adds which of them when."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import Column
from app.resuming.lineage import Lineage, Relative
from app.session import Delta, status
from app.views.detail import DetailPane
from tests.sample_window import Shown
from tests.samples import ROOT


def names(detail: DetailPane) -> list[str]:
    return [detail.tabs.tabText(place).partition(" (")[0] for place in range(detail.tabs.count())]


def test_that_tabs_stand_in_their_order_however_they_come(shown: Shown) -> None:
    detail = shown.window.detail
    pages = {"Trend": QWidget(), "Files": detail.files}
    detail.take_tab(detail.files)
    for name in ("Files", "Trend"):
        detail.put_tab(pages[name], name)
    detail.show_output_tab(True)
    found = names(detail)
    assert found[0] == "State"
    assert found[-3:] == ["Trend", "Files", "Output"]
    detail.take_tab(pages["Trend"])
    detail.show_output_tab(False)
    assert names(detail)[-1] == "Files"


def test_that_the_state_is_shown_where_the_shown_tab_goes(shown: Shown) -> None:
    detail = shown.window.detail
    detail.show_output_tab(True)
    detail.tabs.setCurrentWidget(detail.output)
    detail.show_output_tab(False)
    assert detail.tabs.currentWidget() is detail.state


def test_that_a_tab_tells_a_count_and_keeps_its_place(shown: Shown) -> None:
    detail = shown.window.detail
    page = QWidget()
    detail.put_tab(page, "Files", 12_345)
    place = detail.tabs.indexOf(page)
    assert detail.tabs.tabText(place) == "Files (12,345)"
    detail.put_tab(page, "Files")
    assert (detail.tabs.tabText(place), detail.tabs.indexOf(page)) == ("Files", place)


def test_that_lineage_is_told_and_followed_by_a_click(shown: Shown) -> None:
    header = shown.window.detail.header
    directory = f"{ROOT}/{shown.names[0]}"
    source, heir = Relative("764521_13-11"), Relative(shown.names[1], f"{ROOT}/{shown.names[1]}")
    shown.window.show_lineage("/elsewhere", Lineage(source, heir))
    assert not header.source.isVisibleTo(header)
    shown.window.show_lineage(directory, Lineage(source, heir))
    assert header.source.accessibleName() == "Resumed from 764521_13-11 (not listed)"
    assert not header.source.isEnabled()
    assert header.heir.accessibleName() == f"Resumed as {shown.names[1]}"
    header.heir.click()
    assert shown.window.selected_directory == heir.directory
    assert not header.heir.isVisibleTo(header)


def test_that_where_a_session_came_from_never_moves_the_divider(shown: Shown, qtbot: QtBot) -> None:
    """The links give way: what the right side needs at the least is the same for each session."""
    header, longest = shown.window.detail.header, "764521_" + "2026-11-23_14-05_" * 9
    before = shown.window.detail.minimumSizeHint().width()
    both = Lineage(Relative(longest, f"{ROOT}/{longest}"), Relative(longest, f"{ROOT}/{longest}"))
    shown.window.show_lineage(f"{ROOT}/{shown.names[0]}", both)
    qtbot.waitUntil(lambda: "…" in header.source.text())
    assert shown.window.detail.minimumSizeHint().width() == before
    assert header.heir.accessibleName() == f"Resumed as {longest}"
    assert longest in header.heir.toolTip().replace("\u200b", "")


def test_that_the_header_and_the_list_say_who_edited_when(shown: Shown, qtbot: QtBot) -> None:
    """What the launcher saved is one time, what somebody saved over it another."""
    edited = "2026-11-23T14:09:30.000000"
    known = shown.sessions.summary(f"{ROOT}/{shown.names[0]}")
    assert known is not None
    changed = replace(known, edited_by="ann", edited_at=edited, etag="other")
    shown.sessions.apply(Delta(changed=(changed,)))
    assert shown.window.detail.header.meta.accessibleName().endswith("saved 14:05, edited 14:09 by ann")
    index = shown.sessions.index_of(known.directory).siblingAtColumn(Column.SAVED)
    tip = str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert tip.startswith("Saved 2026-11-23 14:05")
    assert tip.endswith("\nEdited 2026-11-23 14:09:30 by ann")
    shown.window.resize(1024, 700)
    qtbot.waitUntil(
        lambda: shown.window.detail.header.meta.accessibleName().endswith("  ·  edited 14:09 by ann")
    )
    cleared = replace(changed, launchers=(), saved_at=None, etag="third")
    shown.sessions.apply(Delta(changed=(cleared,)))
    assert shown.window.detail.header.meta.accessibleName().endswith("cleared 14:09 by ann")


@pytest.mark.parametrize("width", [1440, 1024])
def test_that_a_header_without_room_for_the_path_begins_with_what_it_says(shown: Shown, width: int) -> None:
    """With a long time the path went whole, and the dot that stood behind it was left in front."""
    header = shown.window.detail.header
    shown.window.resize(width, 900 if width == 1440 else 700)
    known = shown.sessions.summary(f"{ROOT}/{shown.names[0]}")
    assert known is not None
    long = replace(known, edited_at="2026-11-20T14:09:30")
    for by in ("ann", "a.very.long.name@rig-computer-3.of.the.lab", "somebody" * 30):
        header.show_summary(replace(long, edited_by=by), status(long))
        QApplication.processEvents()
        text, metrics = header.meta.text(), header.meta.fontMetrics()
        assert not text.lstrip("…").startswith((" ", "·")), text
        assert metrics.horizontalAdvance(text) <= header.meta.width(), text
        assert text.endswith(by[-8:]), text
        if known.directory not in text:
            assert known.directory in header.meta.toolTip().replace("\u200b", "")


def test_that_no_tab_that_is_not_seen_moves_the_divider(shown: Shown, qtbot: QtBot) -> None:
    """What the side needs at the least in little room does not depend on which tab was shown last."""
    tabs, found = shown.window.detail.tabs, set()
    for place in range(tabs.count()):
        shown.window.resize(1440, 900)
        qtbot.waitUntil(lambda: shown.window.splitter.sizes()[0] > 600)
        tabs.setCurrentIndex(place)
        shown.window.resize(1024, 700)
        qtbot.waitUntil(lambda: shown.window.splitter.sizes()[0] < 600)
        found.add(tuple(shown.window.splitter.sizes()))
    assert len(found) == 1
