"""The parts of the window and where they stand; nothing here happens.

One idea: what the window consists of is one thing, what it does another (`main_window`). Menus above, tools,
banners, then the two panes side by side (or how to begin, while no folder is watched), the status bar below.

The list is there from the beginning, the detail of a session when it is put in (`furnishing`): until then its
place is empty, as wide and as white as it will be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from app.models.sessions.session_rows import Grouping
from app.models.sessions.sessions import SessionsModel
from app.views.actions import Actions
from app.views.allowed import allowed
from app.views.keyboard import KeyboardWindow, can_have_it, home_in
from app.views.menus import Menus
from app.views.panes import Panes
from app.views.parts.banners import BannerBar
from app.views.parts.caret import RestingCaret
from app.views.parts.fields import SearchField
from app.views.parts.making_room import MakingRoom
from app.views.sessions.list_menus import ListMenus
from app.views.sessions.session_pane import SessionPane
from app.views.status_bar import StatusBar
from app.views.style.theme import Theme
from app.views.tool_bar import ToolBar

if TYPE_CHECKING:
    from app.views.detail import DetailPane
    from app.views.empty_state import EmptyState
    from app.views.one_pane import OnePane
    from app.views.style.rescaling import Rescaling

_SMALLEST = (984, 560)  # the tool bar with all its words, at the usual size of text
_USUAL = (1440, 900)
_WINDOW_EDGES = (16, 48)  # what the system draws around a window, title bar included
_TIGHT = 880  # pixels of the grid: in less width than this, one of the two panes would cut its words
_LOW = 460
_LEAST_DETAIL = 500
"""Of the width, what the detail cannot do without."""


class Frame(KeyboardWindow):
    """Menus, tools, banners, list, status bar: built, laid out, and dressed by the theme. `detail`, and
    `one_pane` over both, are there from `put_detail` on; all else when it `is_furnished`.
    """

    detail: DetailPane
    one_pane: OnePane
    is_furnished = False

    def __init__(self, sessions: SessionsModel, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._sessions = sessions
        self._compact: bool | None = None
        self._rescaled: Rescaling | None = None
        self.actions_ = Actions(theme, self)
        self.tool_bar = ToolBar(theme, self.actions_)
        self.menus = Menus(self.menuBar(), self.actions_, self)
        self.banners = BannerBar(theme)
        self._beginning: EmptyState | None = None
        self.sessions = SessionPane(sessions, theme)
        self._place: QWidget | None = (place := _place_for_detail(theme.px(_LEAST_DETAIL)))
        self.status = StatusBar(theme)
        self.splitter = Panes(theme)
        self._pages = QStackedWidget()
        self._middle = MakingRoom(_held(self.banners), self._pages)
        self._lay_out(place)
        self._keep_choices_shown()
        ListMenus(self.sessions.view, sessions, self.menus, self.actions_)
        RestingCaret(self)
        self.actions_["actionFindSessions"].triggered.connect(self.find_sessions)
        self.actions_.begun.connect(self.status.forget_message)
        self.banners.action_chosen.connect(self.status.forget_message)
        self._middle.held.connect(self._tell_waiting)
        self._middle.held.connect(self.banners.take_places)
        self.banners.keeps_still = lambda: self._middle.keeps_still
        self.banners.room = self._middle.height
        self._middle.resized.connect(self.banners.fit)
        self._middle.refused.connect(self.status.show_message)
        self.banners.waits.connect(self._tell_waiting)
        theme.rescaled.connect(self._rescale)
        theme.changed.connect(self._dress)
        self._dress()
        self.actions_.enable(**allowed(None, None, None), Rescan=False, Compare=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text in a small window one pane has all of the width, and folds away what it can."""
        super().resizeEvent(event)
        self._yield_to_screen()
        self._fit()
        self.splitter.share()

    def moveEvent(self, event: QMoveEvent) -> None:
        """It may have come to another screen."""
        super().moveEvent(event)
        self._yield_to_screen()

    def put_detail(self, detail: DetailPane, one_pane: OnePane) -> None:
        """Put the right side into its place, where nothing is moved by it."""
        self.detail, self.one_pane = detail, one_pane
        if (place := self._place) is not None:
            self._place = None
            self.splitter.replaceWidget(1, detail)
            place.deleteLater()
        for room in detail.findChildren(MakingRoom):
            room.refused.connect(self.status.show_message)
        detail.set_compact(bool(self._compact))
        self._fit()

    @property
    def has_detail(self) -> bool:
        """Whether the right side is there."""
        return self._place is None

    @property
    def beginning(self) -> EmptyState:
        """How to begin; made when it is first asked for."""
        if self._beginning is None:
            from app.views.empty_state import EmptyState  # nobody sees it who watches a folder

            self._beginning = EmptyState(self.theme)
            self._beginning.watch_requested.connect(self.actions_["actionWatchFolder"].trigger)
            self._beginning.demo_requested.connect(self.actions_["actionDemo"].trigger)
            self._pages.addWidget(self._beginning)
        return self._beginning

    def set_compact(self, compact: bool) -> None:
        """Make do with less room, or use more."""
        if compact != self._compact:
            self._compact = compact
            for part in (self.tool_bar, self.sessions, *(() if self._place else (self.detail,))):
                part.set_compact(compact)
            self.splitter.set_compact(compact)

    @property
    def _is_tight(self) -> bool:
        return self.width() < self.theme.px(_TIGHT)

    def _fit(self) -> None:
        """List and detail side by side, or one of them."""
        if self._place is not None:
            self._place.setVisible(not self._is_tight)
        else:
            self.one_pane.set_tight(self._is_tight)
            self.detail.set_low(self.height() < self.theme.px(_LOW))

    @property
    def chosen_panes(self) -> tuple[int, int] | None:
        """The widths of list and detail, where the user has given them; None for the usual ones."""
        return self.splitter.chosen(alone=self._is_tight)

    def set_panes(self, left: int, right: int) -> None:
        """Give list and detail their widths, as the user chose them; they are kept from then on."""
        self.splitter.choose(left, right)

    def reset_size(self) -> None:
        """As large as at the beginning, in the same place, with the usual widths of list and detail."""
        self.splitter.forget_chosen()
        self.showNormal()
        self.resize(QSize(*_USUAL).boundedTo(self._room()))
        self.splitter.share()

    def show_beginning(self, shown: bool) -> None:
        """Show how to begin, or the sessions; the keyboard goes on to these, and to no banner above them."""
        began = not shown and _is_in(QApplication.focusWidget(), self._beginning)
        self._pages.setCurrentWidget(self.beginning if shown else self.splitter)
        if began:
            self.sessions.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_.enable(FindSessions=not shown, FindAttributes=not shown, List=not shown)

    def find_sessions(self) -> None:
        """Put the keyboard into the filter of the list, and the list in front of all."""
        if self.has_detail:
            self.one_pane.show_list()
        self.focus_filter(self.sessions.filter)

    def focus_filter(self, field: SearchField) -> None:
        """Put the keyboard into a filter, what stands in it selected."""
        if (strip := field.parentWidget()) is not None:
            strip.show()  # where there is little room, it was folded away
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def home_of(self, lost: QWidget | None) -> QWidget | None:
        """The tab that is shown, where it was in the detail, or the page that says why there is none: what
        is typed on there reaches no other session. Else the list, or how to begin.
        """
        home: QWidget | None = None
        if self._place is None and _is_in(lost, self.detail):
            home = self.detail.nothing
            if not can_have_it(home) and (page := self.detail.tabs.currentWidget()) is not None:
                home = home_in(page)
        return home or next(filter(can_have_it, (self.sessions.view, self.sessions.filter)), None)

    def _lay_out(self, place: QWidget) -> None:
        self.setWindowTitle("Rigstate")
        self._yield_to_screen()
        self.resize(QSize(*_USUAL).boundedTo(self._room()))
        self.addToolBar(self.tool_bar)
        self.splitter.fill(self.sessions, place)
        self._pages.setMinimumWidth(1)  # else a page that nobody sees could make all wider than the window
        self._pages.addWidget(self.splitter)
        self.setCentralWidget(self._middle)
        self.setStatusBar(self.status)  # after the list: a window that opens gives the keyboard to the first

    def _tell_waiting(self, _what: object) -> None:
        """A notice that has no room yet is told below, where nothing moves."""
        self.status.show_waiting(self.banners.newest if self._middle.is_held else self.banners.waiting)

    def _keep_choices_shown(self) -> None:
        self.sessions.grouping_chosen.connect(self.menus.show_grouping)
        self.menus.grouping_chosen.connect(self.set_grouping)
        self.menus.show_grouping(self._sessions.grouping)
        self.sessions.chips.chosen.connect(self.menus.show_chip)
        self.menus.chip_chosen.connect(lambda chip: self.sessions.chips.buttons[chip].click())
        self.menus.show_chip("all")
        self.menus.sorting.chosen.connect(self.sessions.view.sort_by)
        header = self.sessions.view.horizontalHeader()
        header.sortIndicatorChanged.connect(lambda *_: self._show_order())
        self._sessions.columns_changed.connect(self._show_order)
        self._sessions.columns_changed.connect(self._show_columns)
        self.sessions.view.columns.changed.connect(self._show_columns)
        self.menus.columns.chosen.connect(self.sessions.choose_columns)
        self.menus.columns.moved.connect(self.sessions.view.columns.order.move)
        self.menus.columns.put_away.connect(self.sessions.put_away)
        self.menus.columns.sideways.connect(self.sessions.scroll_sideways)
        self.sessions.told.connect(self.status.show_message)
        self._show_columns()

    def _show_columns(self) -> None:
        columns = self.sessions.view.columns
        self.menus.columns.show_columns(
            self._sessions.columns, columns.put_away, columns.without_room, columns.order.seen,
            sideways=columns.sideways,
        )  # fmt: skip

    def _show_order(self) -> None:
        titles = [extra.title for extra in self._sessions.columns]
        self.menus.sorting.show_order(titles, self._sessions.order[0])

    def set_grouping(self, grouping: Grouping) -> None:
        """Group the list."""
        self.sessions.set_grouping(grouping)

    def _room(self) -> QSize:
        """What the screen has for a window."""
        return self.screen().availableGeometry().size() - QSize(*_WINDOW_EDGES)

    def _yield_to_screen(self) -> None:
        if (least := smallest(self._room())) != self.minimumSize():
            self.setMinimumSize(least)

    def _rescale(self, how: Rescaling) -> None:
        how.rescale(self)
        self._rescaled = how

    def _dress(self) -> None:
        self.setStyleSheet(self.theme.stylesheet())
        if self._rescaled is not None:
            self._rescaled.lay_out_again(self)
            self._rescaled = None
            self.banners.fit()
            for room in self.findChildren(MakingRoom):
                room.settle()
        self.menus.show_theme(self.theme.choice)


def smallest(room: QSize) -> QSize:
    """How small a window may become on a screen with so much room, whatever the size of text: all of it is
    seen there, list and detail one at a time where both have no room beside each other.
    """
    return QSize(*_SMALLEST).boundedTo(room)


def _held(banners: BannerBar) -> QWidget:
    """The banners on their ground; nothing while there are none."""
    holder = QWidget()
    holder.setObjectName("bannerHolder")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(banners)
    return holder


def _is_in(focus: QWidget | None, part: QWidget | None) -> bool:
    """Whether what has the keyboard is in a part of the window."""
    return focus is not None and part is not None and part.isAncestorOf(focus)


def _place_for_detail(least: int) -> QWidget:
    """Where the right side will stand; it looks as that does while no session is selected."""
    place = QWidget()
    place.setObjectName("detailPane")
    place.setMinimumWidth(least)
    place.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return place
