"""The State tab: filter, tree, and below it what could not be saved; or the reason why there is no tree.

One idea: a session without a readable state says why in the place where the state would stand, and one that
cannot be edited says why above its tree, before somebody tries. Not for the tree itself (`state_view`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.models.state.row_edits import NO_VALUE
from app.models.state.state_tree import Column, StateTreeModel
from app.session import Status, unreadable_status
from app.snapshot import SessionSnapshot
from app.values.fit_text import escaped
from app.views.keyboard import home_in
from app.views.parts.fields import SearchField
from app.views.parts.making_room import MakingRoom
from app.views.parts.message_page import MessagePage, Notice
from app.views.parts.nesting import nest
from app.views.parts.taking_long import TakingLong
from app.views.parts.widgets import Button, ElidedLabel, Glyph, Label
from app.views.state.match_bar import MatchBar
from app.views.state.row_buttons import RowButtons
from app.views.state.state_view import StateView
from app.views.state.strangers import Strangers
from app.views.state.tool_line import ToolLine
from app.views.style.looks import Look, status_look
from app.views.style.theme import Theme
from app.words.plain import tip
from persistence.document import Place

_MOST_LISTED = 40
_KEYS, _FEW_KEYS = "F2 edit  ·  Ctrl+T change type", "F2 edit"
_NO_KEYS, _NO_FEW_KEYS = "No value of its own", " "


class StatePane(QStackedWidget):
    """The tree with what belongs to it, or a message in its place."""

    def __init__(self, model: StateTreeModel, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme = theme
        self._state = model
        self.filter = SearchField(theme, "Filter attributes", "Ctrl+Shift+F")
        self.filter.setObjectName("stateFilter")
        self.view = StateView(model, theme, now)
        self.strangers = Strangers(self)
        self.view.name_hints_by(self.strangers)
        self.matches = MatchBar(theme, self.filter, model, self.view)
        self.message = MessagePage(theme)
        self.buttons = RowButtons(theme)
        self._notice = Notice(theme)
        self._reason = self._away = ""
        self._checking = TakingLong(self)
        self._checking.timeout.connect(lambda: self._notice.say(self._reason))
        self.found = Notice(theme, "tray-arrow-down", "amber", button="Bring in…")
        self.not_saved = NotSavedStrip(theme)
        self._room = MakingRoom(self._make_notices(), self._make_page())
        self._directory = ""
        self._filtered = ""
        self._was_read = False
        self.addWidget(self._room)
        self.addWidget(self.message)
        self.filter.textChanged.connect(self._filter_by)
        self.filter.left_downwards.connect(self._enter)
        self.view.chosen.model.currentChanged.connect(lambda *_: self._show_keys())
        model.filter.changed.connect(self.view.open_rows.open_matches)

    def show_snapshot(self, snapshot: SessionSnapshot, status: Status | None) -> None:
        """Show what goes with the state that the model shows already, or why there is none to show."""
        self.not_saved.show_items(self._state.not_saved(), editable=snapshot.editable)
        self._show_keys()
        self.matches.show_session(snapshot.directory)
        if snapshot.document is None or not snapshot.document.namespaces:
            away = status is not None and status.kind == "unavailable"  # then it is not there to be judged
            reason = ("" if away else snapshot.not_editable_because) or (status.reason if status else "")
            if snapshot.cleared and snapshot.editable:
                reason = f"{reason} Undo clear brings it back."
            if snapshot.being_written:
                reason = f"{reason} It is looked at again in a moment."
            kind, word = (status.kind, status.word) if status else ("no_state", "No saved state")
            if not away:  # what was read counts, where the list does not know of it yet
                kind, word = unreadable_status(snapshot.problem) or (kind, word)
            self.show_message(word, reason, status_look(kind))
            return
        self._explain(snapshot)
        self._make_room_for(snapshot.directory)
        self.buttons.setVisible(snapshot.editable)
        self._turn_to(self._room)
        if not self._was_read and self.view.hasFocus():
            self.view.enter()  # it was empty when somebody came
        self._was_read = True

    def _show_keys(self) -> None:
        node = self.view.current_node
        self.not_saved.show_keys("" if node is None or node.is_value else NO_VALUE)

    def _make_room_for(self, directory: str) -> None:
        """Another session moves all at once; notices of the same one wait for the hand in its tree."""
        if directory != self._directory:
            self._directory = directory
            self._room.settle()

    def _explain(self, snapshot: SessionSnapshot) -> None:
        """Why nothing can be edited; of a file that is being checked, only where that takes long."""
        self._reason = snapshot.not_editable_because
        if snapshot.checked:
            self._checking.stop()
            self._notice.say(self._reason or self._away)
        elif not self._checking.isActive() and self._notice.text != self._reason:
            self._notice.say("")
            self._checking.start()

    def show_nothing(self) -> None:
        """No state is known: an empty tree, and nothing said of it."""
        self._checking.stop()
        self._notice.say("")
        self._make_room_for("")
        self.not_saved.show_items((), editable=False)
        self.matches.show_session("")
        self._was_read = False
        self._turn_to(self._room)

    def show_message(self, title: str, text: str, look: Look | None = None) -> None:
        """Show a message instead of the tree; without a `look`, of one that was not read (yet)."""
        self._was_read = look is not None
        self.message.say(title, text, look)
        self._turn_to(self.message)

    def enter(self) -> bool:
        """Put the keyboard where something can be done with this session; False where nothing can."""
        home = self.view if self.view.isVisible() else home_in(self.message)
        if home is None and not self._was_read:
            home = self.message  # it goes on from there as soon as there is something
        if home is self.view:
            self.view.enter()
        elif home is not None:
            home.setFocus(Qt.FocusReason.OtherFocusReason)
        return home is not None

    def _turn_to(self, page: QWidget) -> None:
        """Show this page; a keyboard that was in the other one goes on from the same place in it."""
        held = self.view.hasFocus() or self.message.hasFocus()
        was_shown = self.currentWidget() is page
        self.setCurrentWidget(page)
        if held and not was_shown and not self.enter():
            self.message.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_away(self, sentence: str) -> None:
        """Say above the state that its folder cannot be reached now ("": it can): nothing is saved there, and
        what is edited waits.
        """
        self._away = f"{sentence} What you edit is kept until it can be saved." if sentence else ""
        if not self._checking.isActive():
            self._notice.say(self._reason or self._away)

    def reveal(self, namespace: str, place: Place) -> None:
        """Go to a value, or to what is left around it; a filter that hides it is emptied."""
        if not self._state.find(namespace, place[:1]).isValid():
            self.filter.clear()
        self.view.go_to(self._state.find_around(namespace, place).siblingAtColumn(Column.VALUE))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_compact(self, compact: bool) -> None:
        """Make do with less room."""
        px = self._theme.px
        self.view.set_compact(compact)
        self.not_saved.set_compact(compact)
        self.filter.hint_shown = not compact
        self.filter.setMinimumWidth(px(150 if compact else 220))

    def set_low(self, low: bool) -> None:
        """Fold the filter and the buttons away until the filter is asked for; the menus have all of it."""
        self._tools.setVisible(not low or bool(self.filter.text()))
        self.not_saved.set_low(low)

    def _make_page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("statePage")
        self._tools = ToolLine(self._theme, self.filter, self.matches, self.buttons)
        _stack(page, self._tools, self.matches.nothing, self.view, self.not_saved)
        return page

    def _make_notices(self) -> QWidget:
        notices = QWidget()
        _stack(notices, self._notice, self.found)
        return notices

    def _filter_by(self, text: str) -> None:
        """Show the rows that match. What hides rows waits until what is typed in an open field is right."""
        if text == self._filtered:
            return
        if text and not self.view.in_place.finish():
            self.filter.setText(self._filtered)
        else:
            self._filtered = text
            self._state.set_filter(text)

    def _enter(self) -> None:
        """Leave the filter for the tree, at the first row that matches."""
        self.matches.go_to_first()
        self.view.enter()


def _stack(page: QWidget, *parts: QWidget) -> None:
    """Put parts below each other; a tree takes all the room that the others leave."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part, int(isinstance(part, StateView)))


class NotSavedStrip(QFrame):
    """How many attributes were not saved, and why; a click lists them all. At its right the tree's keys."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._theme, px = theme, theme.px
        self._compact = self._low = self._has_items = self._editable = False
        self._sentences = self._names = self._no_keys = ""
        self._glyph = Glyph(theme, "minus-circle-outline", "muted")
        self.button = Button(theme, "", kind="bare")
        self.button.setFont(theme.font("small_strong"))
        self.button.setCheckable(True)
        self._short = ElidedLabel(theme, "small", "muted", Qt.TextElideMode.ElideRight)
        self._keys = Label(theme, _KEYS, "small", "muted")
        self._all = Label(theme, "", "small", "muted", wrap=True)
        self._all.hide()
        line = QHBoxLayout()
        line.setSpacing(px(8))
        for widget in (self._glyph, self.button, self._short):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self._keys)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(px(12), px(8), px(12), px(8))
        nest(whole, line)
        whole.addWidget(self._all)
        self.button.toggled.connect(self._all.setVisible)

    def set_compact(self, compact: bool) -> None:
        """Only the names, where there is no room for the reasons."""
        self._compact = compact
        self.show_keys(self._no_keys)
        self._show_short()

    def show_keys(self, why_not: str) -> None:
        """Name the keys that do something to the current row, or say in their place that there are none."""
        self._no_keys = why_not
        keys, few = (_NO_KEYS, _NO_FEW_KEYS) if why_not else (_KEYS, _FEW_KEYS)
        self._keys.setText(few if self._compact else keys)
        self._keys.setToolTip(tip(why_not))

    def show_items(self, items: Sequence[tuple[str, str]], *, editable: bool) -> None:
        """Show attributes that were not saved, each with its reason; keys only where they do something."""
        lines = [f"{escaped(name)}: {escaped(reason)[:200]}" for name, reason in items[:_MOST_LISTED]]
        if len(items) > _MOST_LISTED:
            lines.append(f"and {len(items) - _MOST_LISTED} more")
        what = "1 attribute" if len(items) == 1 else f"{len(items):,} attributes"
        self.button.set_words(f"{what} not in the saved state")
        self._sentences = " · ".join(lines[:6])
        self._names = ", ".join(escaped(name) for name, _ in items[:6])
        self._show_short()
        self._short.setToolTip(tip("\n".join(lines)))
        self._all.setText("\n".join(lines))
        for widget in (self._glyph, self.button, self._short):
            widget.setVisible(bool(items))
        self._all.setVisible(bool(items) and self.button.isChecked())
        self._has_items, self._editable = bool(items), editable
        self._show()

    def set_low(self, low: bool) -> None:
        """Only what was not saved, and close together."""
        self._low = low
        px = self._theme.px
        self._whole.setContentsMargins(px(12), px(2 if low else 8), px(12), px(2 if low else 8))
        self._show()

    def _show(self) -> None:
        self._keys.setVisible(self._editable and not self._low)
        self.setVisible(self._has_items or (self._editable and not self._low))

    def _show_short(self) -> None:
        self._short.set_whole(self._names if self._compact else self._sentences)
