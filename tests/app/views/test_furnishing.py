"""The window while it is furnished: what is seen of it before the rest is there promises nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.models.sessions.sessions import SessionsModel
from app.models.state.state_tree import StateTreeModel
from app.session import Delta
from app.views.furnishing import furnishing
from app.views.main_window import MainWindow
from app.views.style.theme import Theme
from tests.samples import NOW, summary


def test_that_no_button_of_a_session_can_be_pressed_before_there_is_anybody_to_do_it(
    qtbot: QtBot, theme: Theme
) -> None:
    """Its name is there, its state has not been read: Add and Duplicate looked enabled."""
    sessions, state = SessionsModel(lambda: NOW), StateTreeModel()
    window = MainWindow(sessions, theme)
    qtbot.addWidget(window)
    window.show()
    sessions.apply(Delta(added=(summary(),)))
    window.select_session(summary().directory)
    headed = 0
    for _ in furnishing(window, sessions, state, lambda: NOW):
        QApplication.processEvents()
        if window.has_detail:
            buttons = [one for one in window.detail.findChildren(QAbstractButton) if one.isVisible()]
            assert [one.text() for one in buttons if one.isEnabled()] == []
            headed += bool(buttons)
    window.take_up()
    assert headed > 1
    assert not any(one.isEnabled() for one in window.detail.state.buttons.buttons.values())
