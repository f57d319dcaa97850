"""The list of sessions as it stands in the window, with 90 of them; for tests of its parts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import Heading
from app.models.sessions.sessions import SessionsModel
from app.session import Delta
from app.views.sessions.row_heights import HEADING_ROW, ROW
from app.views.sessions.session_pane import SessionPane
from app.views.sessions.session_view import SessionView
from app.views.style.theme import Theme
from tests.samples import NOW, ROOT, summary


class Listed:
    """The left pane with 90 sessions in it: 30 of today, 30 of yesterday, 30 older."""

    def __init__(self, theme: Theme) -> None:
        self.model = SessionsModel(lambda: NOW)
        self.pane = SessionPane(self.model, theme)
        self.pane.setStyleSheet(theme.stylesheet())
        self.selected: list[object] = []
        self.view.session_selected.connect(self.selected.append)
        self.names = [
            f"7_2026-11-{day}_{10 + n // 60:02}-{n % 60:02}" for day in (23, 22, 10) for n in range(30)
        ]
        self.model.apply(Delta(added=tuple(summary(name) for name in self.names)))

    @property
    def view(self) -> SessionView:
        return self.pane.view

    def click(self, name: str, qtbot: QtBot) -> None:
        self.view.scrollTo(self.model.index_of(f"{ROOT}/{name}"))
        point = self.view.visualRect(self.model.index_of(f"{ROOT}/{name}")).center()
        qtbot.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=point)

    def heights_are_right(self) -> bool:
        wanted = [
            HEADING_ROW if isinstance(self.model.line(row), Heading) else ROW
            for row in range(self.model.rowCount())
        ]
        return [self.view.rowHeight(row) for row in range(self.model.rowCount())] == wanted
