"""The menu bar, made from the actions; and the choices that live only there.

One idea: every action is in a menu, in the words of the window. Not for what the actions do.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from app.models.sessions.session_rows import Chip, Grouping
from app.values.fit_text import escaped
from app.views.actions import Actions
from app.views.parts.grey_tips import GreyTips
from app.views.sessions.column_menu import ColumnMenu
from app.views.sessions.sort_menu import SortMenu
from app.views.style.theme import PaletteChoice
from app.words.plain import tip

_Key = TypeVar("_Key", bound=str)
ROW_ACTIONS: Sequence[str] = (
    "EditValue", "EditInBox", "ChangeType", "Rename", "", "Add", "Duplicate", "Remove", "MoveUp", "MoveDown",
    "", "CopyValue", "CopyPath", "CopyJson", "PasteJson", "", "TakeBack",
)  # fmt: skip
"""What is done to one row of the state, in the order of both menus that have it."""
SESSION_ACTIONS: Sequence[str] = (
    "Resume", "Stop", "Clear", "UndoClear", "", "Save", "Check", "Revert", "", "Compare", "History",
    "-recover", "", "ShowFolder", "CopyPlace",
)  # fmt: skip
"""What is done to a session of the list, in its own menu."""
FOLD_ACTIONS: Sequence[str] = ("FoldGroup", "", "FoldGroups", "UnfoldGroups")
"""What is done to a heading of the list, in its own menu and below View."""

_LAYOUT: Mapping[str, Sequence[str]] = {
    "&File": ("WatchFolder", "-stop", "Rescan", "", "Demo", "", "Operator", "Preferences", "", "Quit"),
    "&Edit": (
        "Undo", "Redo", "", *ROW_ACTIONS, "", "Revert", "ShowUnsaved", "", "FindSessions", "FindAttributes",
        "FindNext", "FindPrevious", "-raw",
    ),
    "&View": (
        "-group", "-chips", "-sort", "-columns", "", "-tabs", "ShowEqual", "NotSaved", "", "-theme",
        "TextLarger", "TextSmaller", "TextUsual", "", "ResetLayout",
    ),
    "&Session": (
        "Save", "Check", "", "Resume", "Stop", "Clear", "UndoClear", "",
        "Compare", "-comparing", "RestoreVersion", "SaveCopy", "-recover", "", "ShowFolder",
        "CopyPlace", "CopyTrend",
    ),
    "&Help": ("Shortcuts", "Logs", "About"),
}  # fmt: skip
_INNER: Mapping[str, tuple[str, Sequence[str]]] = {
    "-recover": ("R&ecover", ("RestoreGood", "Salvage", "RecoverCrash", "BringIn", "OpenAnyway")),
    "-comparing": ("Comparin&g", ("CompareFrom", "Exchange", "HideEqual", "CopyAcross")),
    "-raw": (
        "Raw &file",
        ("FindRaw", "FindRawBack", "", "CopyRaw", "SelectRaw", "", "GoToDamage", "GoToEnd"),
    ),
    "-tabs": (
        "Go &to",
        (
            "List", "", "State", "Changes", "Raw", "History", "Comparison", "Trend", "Files", "Output", "",
            "NextTab", "PreviousTab", "", "Source", "Heir", "Heirs",
        ),
    ),
}  # fmt: skip
_GROUPINGS: Mapping[Grouping, str] = {
    "date": "By &date",
    "subject": "By &subject",
    "launcher": "By &launcher",
    "folder": "By &folder",
    "none": "&No groups",
}
_CHIPS: Mapping[Chip, str] = {
    "all": "&All",
    "completed": "&Completed",
    "running": "&Running",
    "problems": "&Problems",
    "other": "&Other",
}
_THEMES: Mapping[str, str] = {"light": "&Light", "dark": "&Dark", "system": "&As the system"}


class Menus(QObject):
    """Fills a menu bar. Its signals carry what was picked in the menus that hold choices."""

    stop_watching_chosen = Signal(object)
    grouping_chosen = Signal(object)
    chip_chosen = Signal(object)
    theme_chosen = Signal(object)

    def __init__(self, bar: QMenuBar, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        bar.setAccessibleName("Menus")
        self._stop = QMenu("&Stop watching", bar)
        self.columns = ColumnMenu(bar)
        self.sorting = SortMenu(bar)
        self._groupings: dict[str, QAction] = {}
        self._chips: dict[str, QAction] = {}
        self._themes: dict[str, QAction] = {}
        inner = {
            **{key: _filled(QMenu(title, bar), names, actions) for key, (title, names) in _INNER.items()},
            "-stop": self._stop,
            "-group": self._make_choice(
                bar, "&Group sessions", _GROUPINGS, self._groupings, self.grouping_chosen
            ),
            "-chips": self._make_choice(bar, "&Show sessions", _CHIPS, self._chips, self.chip_chosen),
            "-sort": self.sorting,
            "-columns": self.columns,
            "-theme": self._make_choice(bar, "T&heme", _THEMES, self._themes, self.theme_chosen),
        }  # fmt: skip
        self._actions, self._inner = actions, inner
        inner["-group"].addSeparator()
        self.fill(inner["-group"], FOLD_ACTIONS)
        for title, names in _LAYOUT.items():
            self.fill(bar.addMenu(title), names)
        self.show_folders(())

    def fill(self, menu: QMenu, names: Sequence[str]) -> QMenu:
        """Put these into a menu, by the ends of the actions' names; "" is a line, "-recover" a menu."""
        return _filled(menu, names, self._actions, self._inner)

    def show_folders(self, folders: Sequence[str]) -> None:
        """Offer to stop watching each of these folders."""
        self._stop.clear()
        self._stop.setEnabled(bool(folders))
        for folder in folders:
            action = self._stop.addAction(escaped(folder).replace("&", "&&"))
            action.setToolTip(tip(escaped(folder)))
            action.triggered.connect(lambda _=False, path=folder: self.stop_watching_chosen.emit(path))

    def show_grouping(self, grouping: Grouping) -> None:
        """Mark the grouping that is shown."""
        self._groupings[grouping].setChecked(True)

    def show_chip(self, chip: Chip) -> None:
        """Mark which sessions are shown."""
        self._chips[chip].setChecked(True)

    def show_theme(self, choice: PaletteChoice) -> None:
        """Mark the theme that was chosen."""
        self._themes[choice].setChecked(True)

    def _make_choice(
        self, bar: QMenuBar, title: str, words: Mapping[_Key, str], kept: dict[str, QAction], chosen: object
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


def _filled(
    menu: QMenu, names: Sequence[str], actions: Actions, inner: Mapping[str, QMenu] = MappingProxyType({})
) -> QMenu:
    """The menu with these actions in it, by the ends of their names; "" is a line between them."""
    for name in names:
        if not name:
            menu.addSeparator()
        elif name in inner:
            menu.addMenu(inner[name])
        else:
            menu.addAction(actions[f"action{name}"])
    GreyTips(menu)
    return menu
