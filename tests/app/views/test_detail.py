"""The tabs of a session stand in one order, whoever adds which of them when."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.views.detail import DetailPane
from tests.sample_window import Shown


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
