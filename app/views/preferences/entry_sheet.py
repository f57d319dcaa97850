"""The sheet that sets how a launcher is started: one entry of the operator's list, in fields.

One idea: nothing is started before a person has looked at every argument and saved it; what a session tells
about itself is only a beginning, and is said to be one. What is wrong stands there at each keystroke. Not for
writing the list: what was confirmed leaves as an intent.
"""

from collections.abc import Mapping
from dataclasses import asdict

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.launchers.registry import Entry, WrongEntry
from app.models.resume.entry_fields import EntryFields, fields_of
from app.resume_exchange import EntryText, Missing
from app.session import last_part
from app.values.fit_text import escaped
from app.views.parts.fields import TextField
from app.views.parts.nesting import nest
from app.views.parts.remark import Remark
from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button, Label
from app.views.style.theme import Theme
from app.words.plain import breakable

_WIDTH = 720
_KEYS = "Ctrl+Enter saves"
_TITLES = {
    "namespace": "Launcher",
    "python": "Python",
    "command": "Command",
    "cwd": "Folder",
    "environment": "Variables",
    "rehearse": "Class to ask",
}
"""Of the fields, by the parts of an entry."""
_PAUSE_MS = 150
"""Disks are looked at when the hand pauses."""
_ONE_LINE = 80  # characters of a hint, beside a title
_FROM_RECORD = (
    "From the session's own record. Look at every line: nothing is started before you have saved it."
)
_EMPTY = "The session does not tell how it was started. Fill in what you would type to start this launcher."
_LAUNCHER, _CLASS = "my_project.launchers.MyLauncher", "my_project.launchers:MyLauncher"
_PYTHON = "/path/to/the/environment/bin/python"
_COMMAND_LINES = (6, 10)
"""Of the command, that are in sight: at the least, and as many as there are up to the most."""
_COMMAND = (
    "One argument on each line, such as {python}, -m, my_project.run, --param_file, {param_file}. Rigstate "
    "puts the program above for {python}, the session's folder for {session_dir}, and for {param_file} a "
    "file with subject_id, user_id, and the parameters in the session's "
    "launcher_metadata/processed_parameters.json; nothing else is filled in."
)
_EXAMPLE = "{python}\n-m\nmy_project.run\n--param_file\n{param_file}"
_UNTOLD = "Without {param_file} the launcher is not told which subject and user are typed in Resume."
_REHEARSE = (
    "optional, as module:Class. Before edits are saved and runs are resumed, one is made and asked what it "
    "takes of the saved state; a class whose __init__ makes a session folder would leave one each time"
)


class EntrySheet(Sheet):
    """`entry_confirmed` carries an Entry; `missing_wanted`, too: is all there that it names? `given_up`:
    nothing is to be set.
    """

    entry_confirmed = Signal(object)
    given_up = Signal()
    missing_wanted = Signal(object)

    def __init__(self, theme: Theme, window: QWidget, given: EntryText, path: str, *, is_new: bool) -> None:
        """`path` is the file of the list; `is_new`: the launcher's name is to be filled in, too."""
        title = "Set how to start a launcher" if is_new else "Set how to start"
        super().__init__(theme, window, "play-circle-outline", title, last_part(_class(given)), _WIDTH)
        self.setObjectName("entrySheet")
        fields = fields_of(given)
        self.launcher = self._line("Launcher", "entryLauncher", fields.namespace, _LAUNCHER)
        self.launcher.setReadOnly(not is_new)
        self.python = self._line("Python", "entryPython", fields.python, _PYTHON)
        self.command = self._lines("Command", "entryCommand", fields.command, _COMMAND_LINES)
        self.command.setPlaceholderText(_EXAMPLE)
        self.cwd = self._line("Folder", "entryFolder", fields.cwd, "The folder that it is started in")
        self.environment = self._lines("Variables", "entryVariables", fields.environment, (2, 10))
        self.rehearse = self._line("Class to ask", "entryRehearse", fields.rehearse, _CLASS)
        self.save = Button(theme, "Save to the list", "content-save-outline", kind="primary", grand=True)
        self.cancel = Button(theme, "Cancel", grand=True)
        self._said = {part: Remark(theme, "alert", "amber") for part in _TITLES}
        self._keys = Label(theme, _KEYS, "small", "muted")
        self._untold = Remark(theme, "information-outline")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._entry: Entry | None = None
        self._fill(given, path)
        self._connect()
        self._judge()

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.python if self.launcher.isReadOnly() else self.launcher

    @property
    def fields(self) -> EntryFields:
        """What stands in the form."""
        return EntryFields(
            self.launcher.text(),
            self.python.text(),
            self.command.toPlainText(),
            self.cwd.text(),
            self.environment.toPlainText(),
            self.rehearse.text(),
        )

    def say_missing(self, entry: Entry, missing: Missing) -> None:
        """What it names and is not there now. It can be saved all the same: it may be there tomorrow."""
        if self._entry == entry:
            self._say(asdict(missing), "Not there now")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves from a field of one line, Ctrl+Enter and Ctrl+S from everywhere."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter or (control and event.key() == Qt.Key.Key_S):
            self._confirm()
        elif event.key() == Qt.Key.Key_Escape:
            self._give_up()
        else:
            super().keyPressEvent(event)

    # --- within ---------------------------------------------------------------------------------------------

    def _line(self, name: str, object_name: str, text: str, hint: str) -> TextField:
        field = TextField()
        field.setObjectName(object_name)
        field.setAccessibleName(name)
        field.setFixedHeight(self.theme.px(32))
        field.setFont(self.theme.font("mono"))
        field.setPlaceholderText(hint)
        field.setText(text)
        field.setCursorPosition(0)
        return field

    def _lines(self, name: str, object_name: str, text: str, limits: tuple[int, int]) -> QPlainTextEdit:
        field = QPlainTextEdit(text)
        field.setObjectName(object_name)
        field.setProperty("kind", "lines")
        field.setAccessibleName(name)
        field.setFont(self.theme.font("mono"))
        field.setTabChangesFocus(True)
        field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._fit_lines(field, limits)
        field.blockCountChanged.connect(lambda _: self._fit_lines(field, limits))
        return field

    def _fit_lines(self, field: QPlainTextEdit, limits: tuple[int, int]) -> None:
        """As high as its lines, with the bar below them that long ones bring."""
        count = min(max(field.blockCount(), limits[0]), limits[1])
        bar = field.horizontalScrollBar().sizeHint().height()
        field.setFixedHeight(QFontMetrics(field.font()).lineSpacing() * count + bar + self.theme.px(20))

    def _fill(self, given: EntryText, path: str) -> None:
        px, column = self.theme.px, QVBoxLayout(self.body)
        column.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        column.setSpacing(px(6))
        if not given.command:
            note = _EMPTY if self.launcher.isReadOnly() else ""
        else:
            note = _FROM_RECORD if given.from_record else ""
        remark = Remark(self.theme, "information-outline")
        column.addWidget(remark)
        remark.say(note)  # shown before it is part of the sheet, it would be a window of its own
        parts = (
            ("namespace", "its whole name, as saved states say it", self.launcher),
            ("python", "stands for {python} below", self.python),
            ("command", _COMMAND, self.command),
            ("cwd", "never that of a session; empty: your own", self.cwd),
            ("environment", "optional, NAME=value on each line", self.environment),
            ("rehearse", _REHEARSE, self.rehearse),
        )
        for part, hint, widget in parts:
            column.addSpacing(px(6))
            nest(column, self._titled(_TITLES[part], hint))
            column.addWidget(widget)
            column.addWidget(self._said[part])
        column.addSpacing(px(6))
        column.addWidget(self._untold)
        column.addWidget(
            Label(self.theme, f"Written into {breakable(escaped(path))}", "small", "muted", wrap=True)
        )
        column.addStretch(1)
        self.save.setObjectName("saveEntryButton")
        self.cancel.setObjectName("cancelButton")
        self.foot.addWidget(self._keys)
        self.end_with(self.cancel, self.save)

    def _titled(self, title: str, hint: str) -> QBoxLayout:
        """A hint stands behind its title where it is one line, so that all fields are seen at once."""
        way = QBoxLayout.Direction
        line = QBoxLayout(way.LeftToRight if len(hint) <= _ONE_LINE else way.TopToBottom)
        line.setSpacing(self.theme.px(8 if len(hint) <= _ONE_LINE else 2))
        line.addWidget(Label(self.theme, title, "section"))
        line.addWidget(Label(self.theme, hint, "small", "muted", wrap=True), 1)
        return line

    def _connect(self) -> None:
        for line in (self.launcher, self.python, self.cwd, self.rehearse):
            line.textChanged.connect(self._judge)
        for lines in (self.command, self.environment):
            lines.textChanged.connect(self._judge)
        self._pause.timeout.connect(self._ask_what_is_missing)
        self.cancel.clicked.connect(self._give_up)
        self.save.clicked.connect(self._confirm)

    def _judge(self) -> None:
        wrong, self._entry = dict[str, str](), None
        try:
            self._entry = self.fields.entry()
        except WrongEntry as reason:
            wrong[reason.part] = f"The entry {reason}."
        self._say(wrong, "Not right yet")
        self._untold.say(_UNTOLD if self._entry is not None and not self._entry.wants_param_file else "")
        self.save.setEnabled(not wrong)
        self._pause.start()

    def _say(self, said: Mapping[str, str], what: str) -> None:
        """Below each field; and in the foot which ones, where these may be out of sight."""
        for part, remark in self._said.items():
            remark.say(said.get(part, ""))
        named = [title for part, title in _TITLES.items() if said.get(part)]
        self._keys.setText(f"{what}: see {' and '.join(named)}" if named else _KEYS)
        self._keys.set_tone("amber" if named else "muted")

    def _ask_what_is_missing(self) -> None:
        if self._entry is not None:
            self.missing_wanted.emit(self._entry)

    def _confirm(self) -> None:
        if self._entry is not None:
            self.close_sheet()
            self.entry_confirmed.emit(self._entry)

    def _give_up(self) -> None:
        self.close_sheet()
        self.given_up.emit()


def _class(given: EntryText) -> str:
    return given.namespace.rpartition(".")[2]
