"""Tabs close up where there is little room, and stand still when a number comes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.views.parts.fitting_tabs import CLOSENESS, LEFT, FittingTabs
from app.views.style.stylesheet import stylesheet
from app.views.style.theme import Theme
from tests.app.views.style.test_palette import contrast

NAMES = ("State", "Changes", "Raw", "History", "Compare", "Trend", "Files", "Output")


@pytest.fixture
def tabs(qtbot: QtBot, theme: Theme) -> FittingTabs:
    found = FittingTabs(theme)
    found.setStyleSheet(theme.stylesheet())
    for name in NAMES:
        found.name_tab(found.addTab(QWidget(), name), name, f"{name} (88)" if name == "Changes" else "")
    qtbot.addWidget(found)
    found.resize(1000, 300)
    found.show()
    qtbot.waitExposed(found)
    return found


@pytest.mark.parametrize("percent", [100, 150])
def test_that_tabs_are_as_far_apart_as_there_is_room(tabs: FittingTabs, theme: Theme, percent: int) -> None:
    """From a wide window to one in which they must scroll: never cut before they are as close as can be."""
    theme.set_percent(percent)
    tabs.setStyleSheet(theme.stylesheet())
    found = list[int]()
    for width in range(10 * percent, 380 * percent // 100, -3):
        tabs.resize(width, 300)
        QApplication.processEvents()
        padding = tabs.tabBar().property("padding")
        found.append(padding)
        if not _is_closest(tabs):
            assert tabs.tabBar().sizeHint().width() <= width - theme.px(LEFT)
    assert found == sorted(found, reverse=True)
    assert set(found) == {one.padding for one in CLOSENESS}


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_that_the_closest_tabs_do_not_read_like_a_sentence(
    tabs: FittingTabs, theme: Theme, percent: int
) -> None:
    """At 150 % they stood as far apart as words: State Changes Raw History."""
    theme.set_percent(percent)
    tabs.setStyleSheet(theme.stylesheet())
    tabs.resize(4 * percent, 300)
    QApplication.processEvents()
    bar = tabs.tabBar()
    gap = bar.tabRect(0).width() - bar.fontMetrics().horizontalAdvance(NAMES[0])
    assert gap >= 2.5 * bar.fontMetrics().horizontalAdvance(" ")


@pytest.mark.parametrize(("percent", "width"), [(110, 512), (150, 634)])
def test_that_all_tabs_are_there_with_larger_text_and_output(
    tabs: FittingTabs, theme: Theme, percent: int, width: int
) -> None:
    """In windows of 1024 and 1366, the last ones were behind arrows."""
    theme.set_percent(percent)
    tabs.setStyleSheet(theme.stylesheet())
    tabs.name_tab(NAMES.index("Changes"), "Changes (1)", "Changes (88)")
    tabs.name_tab(NAMES.index("History"), "History (3)", "History (8)")
    tabs.resize(width, 300)
    QApplication.processEvents()
    assert not any(one.isVisible() for one in tabs.tabBar().findChildren(QToolButton))
    assert tabs.tabBar().tabRect(NAMES.index("Output")).right() < width


def test_that_no_tab_moves_when_a_number_comes(tabs: FittingTabs) -> None:
    bar, changes = tabs.tabBar(), NAMES.index("Changes")
    before = [bar.tabRect(place) for place in range(tabs.count())]
    for count in (1, 9, 88):
        tabs.name_tab(changes, f"Changes ({count})", "Changes (88)")
        QApplication.processEvents()
        assert tabs.tabText(changes) == f"Changes ({count})"
        assert [bar.tabRect(place) for place in range(tabs.count())] == before
    tabs.name_tab(changes, "Changes (12,345)", "Changes (88)")
    QApplication.processEvents()
    assert bar.tabRect(changes).width() > before[changes].width()


def test_that_tabs_close_up_for_one_that_says_more_than_was_to_be_expected(tabs: FittingTabs) -> None:
    """At 1024 'Output' was cut behind 'History (134)'."""
    tabs.name_tab(NAMES.index("History"), "History (134,567)", "History (8)")
    for width in range(1000, 520, -3):
        tabs.resize(width, 300)
        QApplication.processEvents()
        bar = tabs.tabBar()
        if not _is_closest(tabs):
            assert bar.sizeHint().width() <= width - LEFT, width


def test_that_a_tab_that_goes_leaves_its_room_to_the_others(tabs: FittingTabs) -> None:
    tabs.resize(520, 300)
    before = tabs.tabBar().property("padding")
    tabs.removeTab(tabs.count() - 1)
    tabs.removeTab(tabs.count() - 1)
    tabs.removeTab(tabs.count() - 1)
    assert tabs.tabBar().property("padding") > before


def test_that_the_stylesheet_knows_every_padding(theme: Theme) -> None:
    rules = stylesheet(theme.colors, theme.px)
    for one in CLOSENESS:
        assert f'QTabBar[padding="{one.padding}"]::tab {{ padding: 0 {one.padding}px;' in rules


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("width", [1000, 400])
def test_that_the_tab_with_the_keyboard_is_framed_and_none_moves_by_it(
    qtbot: QtBot, tabs: FittingTabs, theme: Theme, choice: str, width: int
) -> None:
    theme.set_choice(choice)
    tabs.setStyleSheet(theme.stylesheet())
    tabs.resize(width, 300)
    bar = tabs.tabBar()
    before = [bar.tabRect(place) for place in range(tabs.count())]
    tabs.activateWindow()
    bar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(bar.hasFocus)
    assert [bar.tabRect(place) for place in range(tabs.count())] == before
    drawn, tab = bar.grab().toImage(), bar.tabRect(tabs.currentIndex())
    ink = theme.colors["link"]
    assert contrast(ink, theme.colors["base"]) >= 3
    middle = tab.center()
    sides = [
        [drawn.pixelColor(middle.x(), y) for y in range(tab.top(), tab.top() + 3)],
        [drawn.pixelColor(middle.x(), y) for y in range(tab.bottom() - 2, tab.bottom() + 1)],
        [drawn.pixelColor(x, middle.y()) for x in range(tab.left(), tab.left() + 4)],
        [drawn.pixelColor(x, middle.y()) for x in range(tab.right() - 3, tab.right() + 1)],
    ]
    assert all(side.count(ink) >= 2 for side in sides)


def _is_closest(tabs: FittingTabs) -> bool:
    """Whether they scroll rather than close up."""
    return not tabs.tabBar().keeps_room  # type: ignore[attr-defined]  # of a bar of ours
