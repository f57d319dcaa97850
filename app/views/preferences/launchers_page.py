"""The page of the preferences with the operator's list of launchers.

One idea: the list shows what would be started for each launcher, or what is wrong with its entry; it is
changed one entry at a time, and to remove one is asked for twice. Not for the form of one entry
(`entry_sheet`).
"""

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.launchers.registry import Registry
from app.models.headers import Index
from app.models.resume.launcher_rows import LauncherRole, LauncherRow, LaunchersModel
from app.resume_exchange import EntryText
from app.values.fit_text import escaped
from app.views.parts.nesting import nest
from app.views.parts.remark import Remark
from app.views.parts.row_table import RowDelegate, RowTable
from app.views.parts.sheet import boxed
from app.views.parts.widgets import Button, Label
from app.views.style.fonts import Role
from app.views.style.painting import draw_icon, draw_text
from app.views.style.theme import Theme
from app.words.plain import breakable

_ROWS = 9
_COLUMNS: tuple[Role, ...] = ("body", "small", "mono")
"""The fonts of name, module and command."""
_NOTHING = "No launcher is in the list yet. Add one here, or from the Resume sheet of one of its sessions."
_MACHINES = "This entry is the computer's own; one of the same name here takes its place."


class LaunchersPage(QWidget):
    """`edit_requested` carries an EntryText (one without a name is a new one), `remove_requested` a name."""

    edit_requested = Signal(object)
    remove_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._model = LaunchersModel(self)
        self.table = _LaunchersTable(theme, self._model)
        self.add = Button(theme, "Add…", "plus")
        self.edit = Button(theme, "Edit…", "pencil-outline")
        self.remove = Button(theme, "Remove", "trash-can-outline")
        self.really = Button(theme, "Remove it for good", kind="danger")
        self._note = Remark(theme, "information-outline")
        self._problems = Remark(theme, "alert", "amber")
        self._path = Label(theme, "", "small", "muted", wrap=True)
        self._lay_out()
        self._connect()
        self._show_allowed()

    def show_registry(self, registry: Registry) -> None:
        """Show the list as it is now."""
        self._model.set_registry(registry)
        self._problems.say(" ".join(registry.problems))
        self._path.setText(f"Kept in {breakable(escaped(str(registry.path)))}")
        self._show_allowed()

    # --- within ---------------------------------------------------------------------------------------------

    @property
    def _row(self) -> LauncherRow | None:
        rows = self.table.selectionModel().selectedRows()
        return self._model.rows[rows[0].row()] if rows else None

    def _lay_out(self) -> None:
        px, whole, line = self._theme.px, QVBoxLayout(self), QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(10))
        whole.addWidget(Label(self._theme, "Launchers", "section"))
        whole.addWidget(Label(self._theme, "Only what stands here is ever started.", "small", "muted"))
        whole.addWidget(self._problems)
        self.table.setFixedHeight(px(30 + _ROWS * 28))
        whole.addWidget(boxed(self.table))
        for button in (self.add, self.edit, self.remove, self.really):
            line.addWidget(button)
        line.addStretch(1)
        nest(whole, line)
        whole.addWidget(self._note)
        whole.addWidget(self._path)
        whole.addStretch(1)

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(self._show_allowed)
        self.table.doubleClicked.connect(self._edit)
        self.add.clicked.connect(lambda: self.edit_requested.emit(EntryText("")))
        self.edit.clicked.connect(self._edit)
        self.remove.clicked.connect(lambda: self._ask_removal(asked=True))
        self.really.clicked.connect(self._remove)

    def _show_allowed(self) -> None:
        row = self._row
        self.edit.setEnabled(row is not None)
        self.remove.setEnabled(row is not None and not row.is_machines)
        self._ask_removal(asked=False)
        note = _MACHINES if row is not None and row.is_machines else ""
        self._note.say(note or ("" if self._model.rows else _NOTHING))

    def _ask_removal(self, *, asked: bool) -> None:
        self.remove.setVisible(not asked)
        self.really.setVisible(asked)
        if asked:
            self.really.setFocus()

    def _edit(self) -> None:
        if self._row is not None:
            self.edit_requested.emit(self._row.entry)

    def _remove(self) -> None:
        if self._row is not None:
            self.remove_requested.emit(self._row.entry.namespace)


class _LaunchersTable(RowTable):
    def __init__(self, theme: Theme, model: LaunchersModel) -> None:
        super().__init__(theme, model, "launchersView", "Launchers")
        self.setItemDelegate(_LaunchersDelegate(theme, self))
        model.modelReset.connect(lambda: self.fit_columns(compact=False))

    def fit_columns(self, *, compact: bool) -> None:
        """Names and modules get what they need, up to a third each, the command the rest."""
        most = self.viewport().width() // 3
        for column, role in enumerate(_COLUMNS[:2]):
            self.horizontalHeader().resizeSection(column, min(self.wanted(column, role), most))


class _LaunchersDelegate(RowDelegate):
    def paint_cell(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Paint what stands in a cell; a wrong entry with its sign."""
        theme, px, column = self.theme, self.theme.px, index.column()
        font, color = theme.font(_COLUMNS[column]), theme.colors["text"]
        if column == 1:
            color = theme.colors["muted"]
        if column == 2 and index.data(LauncherRole.WRONG):
            draw_icon(painter, theme, QRect(room.x(), room.y(), px(16), room.height()), "alert", "amber")
            room, font, color = (
                room.adjusted(px(22), 0, 0, 0),
                theme.font("small"),
                theme.colors.hue("amber").text,
            )
        draw_text(painter, room, str(index.data()), font, color)
