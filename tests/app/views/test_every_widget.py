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
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from tests.app.views.every_place import each_in_turn
from tests.sample_window import Shown


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


def test_that_texts_are_plain_in_the_words_of_people_and_every_control_has_a_name(shown: Shown) -> None:
    for place in each_in_turn(shown):
        check_texts(shown.window, place)
        check_names(shown.window, place)


def check_texts(window: QWidget, place: str) -> None:
    """Nothing is rendered, and nothing says what only programmers say."""
    labels = window.findChildren(QLabel)
    assert labels
    assert [one.text() for one in labels if one.textFormat() != Qt.TextFormat.PlainText] == [], place
    assert not window.findChildren(QTextEdit), place
    assert [one for one in tips(window) if Guess.mightBeRichText(one)] == [], place
    said = " ".join(texts(window)).casefold()
    assert [word for word in FORBIDDEN if word in said] == [], place


FORBIDDEN = ("etag", "spill", "adopt", "root", "namespace", "node", "deserialize")


def tips(window: QWidget) -> list[str]:
    found = [one.toolTip() for one in window.findChildren(QWidget)]
    return found + [one.toolTip() for one in window.findChildren(QAction)]


def texts(window: QWidget) -> list[str]:
    found = [one.text() for one in window.findChildren(QLabel)]
    found += [one.text() for one in window.findChildren(QAbstractButton)]
    found += [one.text() + one.toolTip() for one in window.findChildren(QAction)]
    found += [one.placeholderText() for one in window.findChildren(QLineEdit)]
    return found + [one.accessibleName() for one in window.findChildren(QWidget)]


def check_names(window: QWidget, place: str) -> None:
    """Every control has a name for screen readers, and can be reached."""
    shown = [one for one in own(window) if one.isVisible()]
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit, QTabBar)
    focusable = [one for one in shown if one.focusPolicy() != Qt.FocusPolicy.NoFocus]
    controls = [one for one in shown if isinstance(one, kinds)] + focusable
    assert [one for one in controls if not (one.accessibleName() or _text(one))] == [], place
    pressed = [one for one in shown if isinstance(one, QAbstractButton) and one not in focusable]
    assert [one for one in pressed if not (_is_action(window, one) or _is_within(one, INSIDE))] == [], place


INSIDE = (QTabBar, QLineEdit)
"""Their buttons are for the mouse: the keyboard has its own way to do what they do."""


def _text(widget: QWidget) -> str:
    return widget.text().strip() if isinstance(widget, QAbstractButton | QLabel) else ""


def _is_action(window: QWidget, button: QAbstractButton) -> bool:
    """Whether a menu has it, too: the same action, or one in the same words."""
    entries = [entry for menu in window.findChildren(QMenu) for entry in menu.actions()]
    if isinstance(button, QToolButton) and button.defaultAction() in entries:
        return True
    words = button.text().strip().replace("&", "")
    return any(words in entry.text().replace("&", "") for entry in entries)
