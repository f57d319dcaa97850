"""Everything behind History, Raw, Compare and Recover, put together: its flows, its worker, who hears whom.

One idea: like `main`, this room only builds and connects. Looking back asks and changes nothing; what is
brought back goes through the same gate as a save.
Not for behaviour: what a connection means is decided in the room at its end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.disk.folders import Folders
from app.editing.drafts import Drafts
from app.history.bringing_back import BringingBack
from app.history.comparing import Comparing
from app.history.past import Past
from app.history.recovering import Recovering
from app.history.side_by_side import SideBySide
from app.keeping import Keeping
from app.listing.catalog import Catalog
from app.worker import Worker

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


class Hindsight(QObject):
    """The rooms that know what a session held, and could hold."""

    def __init__(
        self,
        drafts: Drafts,
        folders: Folders,
        catalog: Catalog,
        keeping: Keeping,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folders = folders
        self._catalog = catalog
        self._desk = keeping.desk
        self._comparing = Comparing()
        self._past = Past(folders.ask, self._comparing.ask, self)
        self._ways = Recovering(folders.ask, self._comparing.ask, clock, self)
        self._sides = SideBySide(drafts, folders.ask, self._comparing.ask, self)
        self._back = BringingBack(keeping.saves.change, self._desk.snapshot, drafts, self)
        keeping.saves.confirmed.connect(self._back.take_saved)
        for room in (self._past, self._ways, self._sides):
            self._comparing.answered.connect(room.take_compared)
            self._desk.session_shown.connect(room.take_session)

    @property
    def workers(self) -> tuple[Worker, ...]:
        """Whom to start at the beginning, and to end."""
        return (self._comparing,)

    def connect_disk(self) -> None:
        """Hear what the disk answers."""
        for room in (self._past, self._ways, self._sides, self._back):
            self._folders.answered.connect(room.take)
        for hearing in (self._sides, self._back):
            self._catalog.sessions_changed.connect(hearing.take_delta)

    def connect_window(self, window: MainWindow) -> None:
        """Let the window ask, and be told."""
        self._connect_past(window)
        self._connect_ways(window)
        self._connect_back(window)
        self._connect_compare(window)

    def _connect_past(self, window: MainWindow) -> None:
        past, views = self._past, window.back
        views.history.history_wanted.connect(past.tell_history)
        views.history.difference_wanted.connect(past.tell_difference)
        views.raw.raw_wanted.connect(past.tell_raw)
        views.copy_requested.connect(past.save_copy)
        past.history_shown.connect(views.history.show_history)
        past.difference_shown.connect(views.history.show_difference)
        past.raw_shown.connect(views.raw.show_raw)
        for talking in (past.message_shown, views.raw.refused):
            talking.connect(window.show_message)
        past.banner_shown.connect(window.show_banner)

    def _connect_ways(self, window: MainWindow) -> None:
        ways = self._ways
        window.recovery.way_wanted.connect(ways.try_way)
        window.recovery.anyway_requested.connect(self._desk.open_anyway)
        ways.ways_shown.connect(window.recovery.show_ways)
        ways.proposal_shown.connect(window.back.ask)
        ways.message_shown.connect(window.show_message)
        ways.patience.banner_shown.connect(window.show_banner)
        ways.patience.banner_removed.connect(window.remove_banner)
        window.banner_action.connect(ways.patience.act)

    def _connect_back(self, window: MainWindow) -> None:
        back, views = self._back, window.back
        views.bring_back_requested.connect(back.bring_back)
        window.banner_action.connect(back.act)
        window.asking.turn_back_requested.connect(back.turn_back)
        window.session_selected.connect(back.turn_to)
        back.offers_changed.connect(window.shown.show_back_offers)
        back.message_shown.connect(window.show_message)
        back.banner_shown.connect(window.show_banner)
        back.banner_removed.connect(window.remove_banner)
        back.history_wanted.connect(window.select_session)
        back.history_wanted.connect(lambda _: views.go_to_history())

    def _connect_compare(self, window: MainWindow) -> None:
        sides, views, pane = self._sides, window.sides, window.sides.pane
        views.history_wanted.connect(self._past.tell_history)
        self._past.history_shown.connect(views.show_history)
        pane.comparison_wanted.connect(sides.tell)
        pane.copy_requested.connect(sides.copy)
        sides.comparison_shown.connect(pane.show_comparison)
        sides.message_shown.connect(window.show_message)
