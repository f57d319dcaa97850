"""Walks over everything in the window: plain text, a name for every control, only words that people know.

The one idea: the rules hold for widgets that will be added tomorrow, too, because nobody is listed here.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as Guess
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)


def own(window: QWidget) -> list[QWidget]:
    """All widgets, without those that Qt makes inside its own."""
    inside = (QComboBox, QAbstractItemView)
    return [one for one in window.findChildren(QWidget) if not _is_within(one, inside)]


def _is_within(widget: QWidget, kinds: tuple[type[QWidget], ...]) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, kinds):
            return True
        above = above.parentWidget()
    return False


def test_that_every_label_shows_plain_text(window: QWidget) -> None:
    labels = window.findChildren(QLabel)
    assert labels
    assert [one.text() for one in labels if one.textFormat() != Qt.TextFormat.PlainText] == []
    assert not window.findChildren(QTextEdit)


def test_that_no_tool_tip_is_taken_for_rich_text(window: QWidget) -> None:
    tips = [one.toolTip() for one in window.findChildren(QWidget)]
    tips += [one.toolTip() for one in window.findChildren(QAction)]
    assert [one for one in tips if Guess.mightBeRichText(one)] == []


def test_that_every_control_has_a_name_for_screen_readers(window: QWidget) -> None:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit, QTabBar)
    nameless = [
        one
        for one in own(window)
        if isinstance(one, kinds) and not (one.accessibleName() or _text(one)) and one.isVisible()
    ]
    assert nameless == []


def _text(widget: QWidget) -> str:
    return widget.text().strip() if isinstance(widget, QAbstractButton) else ""


def test_that_the_window_speaks_the_words_of_its_people(window: QWidget) -> None:
    texts = [one.text() for one in window.findChildren(QLabel)]
    texts += [one.text() for one in window.findChildren(QAbstractButton)]
    texts += [one.text() + one.toolTip() for one in window.findChildren(QAction)]
    texts += [one.placeholderText() for one in window.findChildren(QLineEdit)]
    said = " ".join(texts).casefold()
    assert [word for word in FORBIDDEN if word in said] == []


FORBIDDEN = ("etag", "spill", "adopt", "root", "namespace", "node", "deserialize")


def test_that_what_can_be_pressed_can_be_reached_by_tab_or_by_a_menu(window: QWidget) -> None:
    for one in own(window):
        if (
            isinstance(one, QAbstractButton)
            and one.isVisible()
            and one.focusPolicy() == Qt.FocusPolicy.NoFocus
        ):
            assert _is_action(window, one) or _is_within(one, (QTabBar, QLineEdit)), one.text()


def _is_action(window: QWidget, button: QAbstractButton) -> bool:
    words = button.text().strip().replace("&", "")
    menus = window.findChildren(QMenu)
    return any(words in entry.text().replace("&", "") for menu in menus for entry in menu.actions())


def test_that_scroll_areas_take_no_place_in_the_order_of_tabs(window: QWidget) -> None:
    assert [
        one for one in window.findChildren(QScrollArea) if one.isVisible() and not one.accessibleName()
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ] == []  # fmt: skip
