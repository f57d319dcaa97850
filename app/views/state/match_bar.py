"""In the filter of the state: how many rows match, and at which one is; beside it the way to the next.

One idea: a match is gone to wherever it stands, in a closed row or in one that nobody has read yet; only the
way there is opened. A filter that was typed for one session goes with it, unless it finds something in the
next one, too. Not for finding: the model's filter does that, a little at a time, and is asked.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.state.state_texts import Column
from app.models.state.state_tree import StateTreeModel
from app.views.parts.fields import SearchField
from app.views.parts.message_page import Notice
from app.views.parts.widgets import Button
from app.views.state.state_view import StateView
from app.views.style.theme import Theme
from persistence.document import Place

PATIENCE_SECONDS = 0.5
"""A search that takes longer says how far it is."""

_MOST_SHOWN = 60  # characters of what was typed


class MatchBar(QWidget):
    """The buttons; hidden while there is no filter."""

    def __init__(self, theme: Theme, field: SearchField, model: StateTreeModel, view: StateView) -> None:
        super().__init__()
        self._field = field
        self._state = model
        self._view = view
        self._wanted: tuple[str, Place] | None = None
        self._at = -1
        self._directory = ""
        self._from_before = False
        self.nothing = Notice(theme, "magnify", button="Show all")
        self.next = _button(theme, "arrow-down", "Find the next", "F3")
        self.previous = _button(theme, "arrow-up", "Find the one before", "Shift+F3")
        self._lay_out(theme)
        field.textChanged.connect(self._take_typed)
        self.nothing.pressed.connect(self._show_all)
        self.next.clicked.connect(lambda: self.step(1))
        self.previous.clicked.connect(lambda: self.step(-1))
        model.filter.progressed.connect(self._show)
        model.was_read.connect(self._arrive)
        model.refreshed.connect(self._show)
        view.selectionModel().currentChanged.connect(lambda *_: self._show())
        self._show()

    def show_session(self, directory: str) -> None:
        """The state of this session is shown now; a filter that finds nothing in it is left behind."""
        self._from_before = self._from_before or directory != self._directory
        self._directory = directory
        self._show()

    def step(self, by: int) -> None:
        """Go to the next match (1) or the one before (-1), and round at the ends."""
        count = self._state.filter.count
        if not count:
            return
        here = self._here()
        start = here if here is not None else self._at if by > 0 else self._at + 1
        self._wanted = self._state.filter.match((start + by) % count)
        self._arrive()

    def go_to_first(self) -> None:
        """Go to the first match, unless one is gone to already."""
        if self._here() is None:
            self._at = -1
            self.step(1)

    # --- within ---------------------------------------------------------------------------------------------

    def _here(self) -> int | None:
        """Which match the current row is."""
        node = self._state.node(self._view.currentIndex())
        if node is None or node.launcher is not None:
            return None
        return self._state.filter.position((node.namespace, node.place))

    def _arrive(self) -> None:
        """Show the match that is wanted; what it stands in is read first, where nobody has."""
        if self._wanted is None:
            return
        namespace, place = self._wanted
        index = self._state.find(namespace, place)
        if not index.isValid() and self._state.read_around(self._state.find_around(namespace, place)):
            return  # until it was read
        self._wanted = None
        if index.isValid():
            self._view.go_to(index.siblingAtColumn(Column.VALUE))
        self._show()

    def _show(self) -> None:
        """Say how many there are, and which one this is."""
        found, here = self._state.filter, self._here()
        self._at = self._at if here is None else here
        count = found.count
        if found.busy:
            far = f", {found.progress:.0%}" if found.seconds > PATIENCE_SECONDS else ""
            self._field.set_note(f"{count:,} found{far}", f"{count:,}")
        else:
            notes = _words(count, here, more=found.more)
            self._field.set_note(*(notes if found.active else ("",)))
            self._show_nothing_found()
        for button in (self.next, self.previous):
            button.setEnabled(count > 0)
        self.setVisible(found.active)

    def _show_nothing_found(self) -> None:
        """Say so where a filter hides all there is; one of another session is emptied instead."""
        found = self._state.filter
        nothing = found.active and not found.count and self._state.has_attributes
        if nothing and self._from_before:
            self._field.clear()
            return
        self._from_before = self._from_before and not self._state.has_attributes
        text = self._field.text().strip()
        cut = f"{text[:_MOST_SHOWN]}…" if len(text) > _MOST_SHOWN else text
        self.nothing.say(f"No attribute matches “{cut}”." if nothing else "")

    def _take_typed(self) -> None:
        self._from_before = False

    def _show_all(self) -> None:
        self._field.clear()
        self._view.enter()

    def _lay_out(self, theme: Theme) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(4), 0, 0, 0)
        line.setSpacing(0)
        for widget in (self.previous, self.next):
            line.addWidget(widget)


def _words(count: int, here: int | None, *, more: bool) -> tuple[str, str]:
    """And in fewer of them."""
    many = f"{count:,}+" if more else f"{count:,}"
    if here is not None:
        return f"{here + 1:,} of {many}", f"{here + 1:,}/{many}"
    if not count:
        return "no match", many
    return "1 match" if many == "1" else f"{many} matches", many


def _button(theme: Theme, icon: str, words: str, keys: str) -> Button:
    button = Button(theme, "", icon, kind="flat")
    button.setFixedSize(theme.px(32), theme.px(32))
    button.setAccessibleName(words)
    button.setToolTip(f"{words} ({keys})")
    return button
