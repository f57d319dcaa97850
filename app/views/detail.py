"""The right side of the window: the session's header and its tabs.

One idea: the header comes from the list at once, the tabs when the state has been read, so that a slow folder
never leaves the name of one session over the state of another. Not for reading: the window is told.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.editing.draft import Draft
from app.models.state.state_tree import StateTreeModel
from app.session import Status, Summary
from app.views.files.files_pane import FilesPane
from app.views.header import Header
from app.views.history.compare_pane import ComparePane
from app.views.history.history_pane import HistoryPane
from app.views.history.raw_pane import RawPane
from app.views.parts.fitting_tabs import FittingTabs
from app.views.parts.raw_view import RawView
from app.views.parts.widgets import polish
from app.views.resume.output_view import OutputView
from app.views.saving.changes_pane import ChangesPane
from app.views.saving.nothing_page import NothingPage
from app.views.state.state_pane import StatePane
from app.views.style.rescaling import measure_again
from app.views.style.theme import Theme

_TABS = ("State", "Changes", "Raw", "History", "Compare", "Trend", "Files", "Output")
"""The order in which they stand, those that are there."""
_WIDEST = {"Changes": "Changes (88)", "History": "History (8)"}
"""What they may say: the others keep their places when a number comes."""


class Panes(NamedTuple):
    """What stands in the right side."""

    header: Header
    state: StatePane
    changes: ChangesPane
    history: HistoryPane
    raw: RawPane
    compare: ComparePane
    files: FilesPane
    output: OutputView


def made_in_steps(
    model: StateTreeModel, theme: Theme, now: Callable[[], datetime]
) -> Generator[None, None, DetailPane]:
    """The right side, pane by pane: all of them at once would hold up a frame."""
    header, state = Header(theme, now), StatePane(model, theme, now)
    yield
    changes, history = ChangesPane(theme), HistoryPane(theme, now)
    yield
    raw, compare = RawPane(theme), ComparePane(theme)
    yield
    files, output = FilesPane(theme, now), OutputView(theme)
    yield
    return DetailPane(Panes(header, state, changes, history, raw, compare, files, output), theme)


class DetailPane(QWidget):
    """Header and tabs; a message while no session is selected. `tabs_changed`: others are there now."""

    tabs_changed = Signal()

    def __init__(self, panes: Panes, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("detailPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self.header, self.state, self.changes = panes.header, panes.state, panes.changes
        self.history, self.raw, self.compare = panes.history, panes.raw, panes.compare
        self.files, self.output = panes.files, panes.output
        self.tabs = FittingTabs(theme)
        self._tab_names: dict[QWidget, str] = {}
        self.nothing = NothingPage(theme)
        self._lay_out()
        self.state.view.in_place.stopped.connect(lambda: self.tabs.setCurrentWidget(self.state))
        self.show_nothing()

    @property
    def shows_session(self) -> bool:
        """Whether a session is selected."""
        return not self.tabs.isHidden()

    def enter_state(self) -> None:
        """Put the keyboard into the saved state, or on the first thing that can be done without one: at the
        least, another tab can be looked at.
        """
        self.tabs.setCurrentWidget(self.state)
        if not self.state.enter():
            self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_nothing(self) -> None:
        """No session is selected."""
        self.nothing.show_nothing()
        self._show(session=False)

    def show_summary(self, summary: Summary, status: Status) -> None:
        """Show the header of a session."""
        self.header.show_summary(summary, status)
        self._show(session=True)

    @property
    def tab(self) -> str:
        """The name of the tab that is shown."""
        return self._tab_names.get(self.tabs.currentWidget(), "")

    def show_tab(self, name: str) -> None:
        """Show the tab of that name, where there is one now."""
        page = next((page for page, named in self._tab_names.items() if named == name), None)
        if page is not None and self.tabs.indexOf(page) >= 0:
            self.tabs.setCurrentWidget(page)

    def put_tab(self, page: QWidget, name: str, count: int = 0) -> None:
        """Show a page as the tab of that name, in its place among the others; a count stands behind it."""
        text, widest = f"{name} ({count:,})" if count else name, _WIDEST.get(name, "")
        position = self.tabs.indexOf(page)
        if position >= 0:
            self.tabs.name_tab(position, text, widest)
            return
        self._tab_names[page] = name
        before = _TABS[: _TABS.index(name)]
        there = (one for one, named in self._tab_names.items() if named in before)
        position = self.tabs.insertTab(sum(self.tabs.indexOf(one) >= 0 for one in there), page, text)
        self.tabs.name_tab(position, text, widest)
        self.tabs_changed.emit()

    def take_tab(self, page: QWidget) -> None:
        """Hide the tab of a page."""
        position = self.tabs.indexOf(page)
        if position == self.tabs.currentIndex():
            self.tabs.setCurrentWidget(self.state)  # and not whatever stands beside it
        if position >= 0:
            self.tabs.removeTab(position)
            self.tabs_changed.emit()

    def show_output_tab(self, shown: bool) -> None:
        """Show or hide the tab of the started process."""
        if shown:
            self.put_tab(self.output, "Output")
        else:
            self.take_tab(self.output)

    def show_changes(self, draft: Draft | None) -> None:
        """List what is not saved, with its number on the tab."""
        self.changes.show_draft(draft)
        self.put_tab(self.changes, "Changes", draft.count if draft else 0)

    def show_away(self, sentence: str) -> None:
        """Why nothing is read of the session now, or saved ("": it is)."""
        for pane in (self.state, self.changes, self.history, self.raw, self.files):
            pane.show_away(sentence)

    @property
    def raw_view(self) -> RawView:
        """The file that is shown as it is: one of those beside the state, else the state's own."""
        return self.files.file.view if self.files.isVisible() else self.raw.view

    def find_next(self, by: int) -> bool:
        """Go to the next match, or the one before, in what is shown; False where it is not searched."""
        if self.state.isVisible():
            self.state.matches.step(by)
        elif self.files.isVisible():
            self.files.find_next(backwards=by < 0)
        return self.state.isVisible() or self.files.isVisible()

    def set_compact(self, compact: bool) -> None:
        """Make do with less room."""
        self.header.set_compact(compact)
        self.state.set_compact(compact)
        self.history.set_compact(compact)
        self.raw.set_compact(compact)
        self.compare.set_compact(compact)
        self.files.set_compact(compact)
        measure_again(self)

    def set_low(self, low: bool) -> None:
        """Leave the height to what is shown of the session."""
        self.header.set_low(low)
        self.state.set_low(low)
        self.compare.set_low(low)
        self.tabs.tabBar().setProperty("low", low)
        polish(self.tabs.tabBar())

    def _show(self, *, session: bool) -> None:
        """What is to be seen comes first: the keyboard goes there from what is hidden."""
        self.nothing.setVisible(self.nothing.isVisible() or not session)
        self.header.setVisible(session)
        self.tabs.setVisible(session)
        self.nothing.setVisible(not session)
        self.tabs_changed.emit()

    def _lay_out(self) -> None:
        self.tabs.setObjectName("detailTabs")
        self.tabs.setAccessibleName("Session")
        bar = self.tabs.tabBar()
        bar.setDrawBase(False)
        bar.setExpanding(False)
        bar.setAccessibleName("Parts of the session")
        self.put_tab(self.state, "State")
        self.put_tab(self.changes, "Changes")
        self.put_tab(self.history, "History")
        self.put_tab(self.raw, "Raw")
        self.put_tab(self.compare, "Compare")
        self.put_tab(self.files, "Files")
        self.output.setParent(self)
        self.output.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for widget in (self.header, self.nothing):
            whole.addWidget(widget)
        whole.addWidget(self.tabs, 1)
