"""The menu bar, made from the actions; and the two choices that live only there.

One idea: every action is in a menu, in the words of the window. Not for what the actions do.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from app.models.sessions.session_rows import GROUPINGS, Grouping
from app.values.edit_text import escaped
from app.views.actions import Actions
from app.views.sessions.column_menu import ColumnMenu
from app.views.sessions.session_pane import GROUPING_WORDS
from app.views.style.theme import Choice

ROW_ACTIONS: Sequence[str] = (
    "EditValue", "EditInBox", "ChangeType", "Rename", "", "Add", "Duplicate", "Remove", "MoveUp", "MoveDown",
    "", "CopyValue", "CopyPath", "CopyJson", "PasteJson", "", "TakeBack",
)  # fmt: skip
"""What is done to one row of the state, in the order of both menus that have it."""

_LAYOUT: Mapping[str, Sequence[str]] = {
    "&File": ("WatchFolder", "-stop", "Rescan", "", "Demo", "", "Operator", "Preferences", "", "Quit"),
    "&Edit": (
        "Undo", "Redo", "", *ROW_ACTIONS, "", "Revert", "", "FindSessions", "FindAttributes",
        "FindNext", "FindPrevious", "FindRaw", "FindRawBack",
    ),
    "&View": ("-group", "-columns", "-theme"),
    "&Session": (
        "Save", "Check", "", "Resume", "Clear", "UndoClear", "",
        "Compare", "CopyAcross", "History", "RestoreVersion", "SaveCopy", "Raw", "-recover", "", "ShowFolder",
    ),
    "&Help": ("Shortcuts", "About"),
}  # fmt: skip
_RECOVER = ("RestoreGood", "Salvage", "RecoverCrash", "BringIn", "OpenAnyway")
_THEMES: Mapping[str, str] = {"light": "&Light", "dark": "&Dark", "system": "&Follow the system"}


class Menus(QObject):
    """Fills a menu bar. Its signals carry what was picked in the menus that hold choices."""

    stop_watching_chosen = Signal(object)
    grouping_chosen = Signal(object)
    theme_chosen = Signal(object)

    def __init__(self, bar: QMenuBar, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        bar.setAccessibleName("Menus")
        self._stop = QMenu("&Stop watching", bar)
        self.columns = ColumnMenu(bar)
        self._groupings: dict[str, QAction] = {}
        self._themes: dict[str, QAction] = {}
        inner = {
            "-recover": self._make_recover(bar, actions),
            "-stop": self._stop,
            "-group": self._make_choice(
                bar, "&Group sessions", {g: GROUPING_WORDS[g] for g in GROUPINGS}, self._groupings,
                self.grouping_chosen,
            ),
            "-columns": self.columns,
            "-theme": self._make_choice(bar, "&Theme", _THEMES, self._themes, self.theme_chosen),
        }  # fmt: skip
        for title, names in _LAYOUT.items():
            menu = bar.addMenu(title)
            for name in names:
                if not name:
                    menu.addSeparator()
                elif name in inner:
                    menu.addMenu(inner[name])
                else:
                    menu.addAction(actions[f"action{name}"])
        self.show_folders(())

    def show_folders(self, folders: Sequence[str]) -> None:
        """Offer to stop watching each of these folders."""
        self._stop.clear()
        self._stop.setEnabled(bool(folders))
        for folder in folders:
            action = self._stop.addAction(escaped(folder).replace("&", "&&"))
            action.triggered.connect(lambda _=False, path=folder: self.stop_watching_chosen.emit(path))

    def show_grouping(self, grouping: Grouping) -> None:
        """Mark the grouping that is shown."""
        self._groupings[grouping].setChecked(True)

    def show_theme(self, choice: Choice) -> None:
        """Mark the theme that was chosen."""
        self._themes[choice].setChecked(True)

    def _make_recover(self, bar: QMenuBar, actions: Actions) -> QMenu:
        menu = QMenu("R&ecover", bar)
        for name in _RECOVER:
            menu.addAction(actions[f"action{name}"])
        return menu

    def _make_choice(
        self, bar: QMenuBar, title: str, words: Mapping[str, str], kept: dict[str, QAction], chosen: object
    ) -> QMenu:
        menu, group = QMenu(title, bar), QActionGroup(self)
        for key, text in words.items():
            action = menu.addAction(text)
            action.setObjectName(f"action{title.replace('&', '').split()[0]}{key.capitalize()}")
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, one=key: chosen.emit(one))  # type: ignore[attr-defined]
            group.addAction(action)
            kept[key] = action
        return menu
