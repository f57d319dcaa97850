"""The left side of the window: filter, grouping, chips, and the list of sessions.

One idea: these controls only shape what the model shows; what they are set to is seen in them, always.
Not for what is selected to do: the list says which session was selected, the window knows what to do.
"""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.sessions.session_rows import CHIPS, GROUPINGS, Chip, Column, Extra, Grouping
from app.models.sessions.sessions import SessionsModel
from app.views.parts.fields import ComboBox, FieldHint, SearchField
from app.views.parts.nesting import nest
from app.views.parts.taking_long import ASKING_MS, TakingLong
from app.views.sessions.chips import ChipRow
from app.views.sessions.nothing_shown import NothingShown
from app.views.sessions.session_view import SessionView
from app.views.style.painting import text_width
from app.views.style.theme import Theme
from app.words.plain import tip

GROUPING_WORDS: Mapping[Grouping, str] = {
    "date": "Group by date",
    "subject": "Group by subject",
    "launcher": "Group by launcher",
    "folder": "Group by folder",
    "none": "No groups",
}
_TICK_MS, _REST_MS = 1000, 10_000
_FILTER = "Filter sessions"
EXAMPLE = "trial_count>=5"
_UNDERSTANDS = f"Words of a row; values, as {EXAMPLE} or phase=data; folders, as folder:rig1"


class SessionPane(QWidget):
    """Filter, chips and list. `grouping_chosen` tells which grouping was picked in the box, `told` carries a
    sentence for the status bar. `ticked`: time has passed, for whoever tells an age; there is no other clock.
    """

    grouping_chosen = Signal(object)
    told = Signal(object)
    ticked = Signal()

    def __init__(self, model: SessionsModel, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sessionPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._sessions = model
        self.filter = SearchField(theme, _FILTER, "Ctrl+F")
        self.filter.setObjectName("sessionFilter")
        self.filter.setToolTip(tip(f"{self.filter.toolTip()}\n{_UNDERSTANDS}"))
        self.groups = ComboBox(theme, "Group sessions by")
        self.chips = ChipRow(theme)
        self._looking = self._emptied = False
        self._late = TakingLong(self, ASKING_MS)
        self._clock = QTimer(self)
        self._hint = FieldHint(theme, self.filter)
        self.view = SessionView(model, theme)
        self.nothing = NothingShown(theme)
        self._lay_out()
        self._connect()
        self._show_counts()

    def set_compact(self, compact: bool) -> None:
        """Make do with less room; where there is more, the filter says what else it understands."""
        self.view.set_compact(compact)
        self.filter.setPlaceholderText(_FILTER if compact else f"{_FILTER}, e.g. {EXAMPLE}")

    def show_looking(self, *, looking: bool) -> None:
        """Whether a folder is looked at for the first time: an empty list says so."""
        self._looking = looking
        self._show_why_nothing()

    @property
    def grouping(self) -> Grouping:
        """How the list is grouped."""
        return self._sessions.grouping

    def set_grouping(self, grouping: Grouping) -> None:
        """Group the list, and show so in the box."""
        self.groups.setCurrentIndex(GROUPINGS.index(grouping))

    @property
    def chip(self) -> Chip:
        """Which sessions are kept by how they stand."""
        return self.chips.choice

    def set_chip(self, chip: Chip) -> None:
        """Keep these sessions, and show so in the chips."""
        self.chips.buttons[chip].click()

    def show_all(self) -> None:
        """Empty the filter, and keep all sessions, however they stand."""
        self.filter.clear()
        self.set_chip("all")

    @property
    def is_filtered(self) -> bool:
        """Whether the filter or a chip may hide sessions."""
        return bool(self.filter.text()) or self.chip != "all"

    def uncover(self, directory: str) -> str:
        """Where the filter or a chip hides a session, show all sessions; what is to be said of it, or ""."""
        summary = self._sessions.summary(directory)
        if summary is None or not self.is_filtered or self._sessions.reveal(directory).isValid():
            return ""
        self.show_all()
        return f"{summary.name} was hidden by the filter: all sessions are shown now."

    @property
    def columns(self) -> tuple[Extra, ...]:
        """The columns by choice."""
        return self._sessions.columns

    def set_columns(self, chosen: Sequence[Extra]) -> None:
        """Show these columns beside the others."""
        self._sessions.set_columns(chosen)

    def choose_columns(self, chosen: Sequence[Extra]) -> None:
        """The same, as somebody chose them: what has no room now, and had some, or is new, is said."""
        before = self._titles_without_room()
        self.set_columns(chosen)
        self._tell_without_room(before)

    def put_away(self, columns: Collection[Column]) -> None:
        """Show the list's own columns but for these, as somebody chose."""
        before = self._titles_without_room()
        self.view.columns.choose(columns, sideways=self.view.columns.sideways)
        self._tell_without_room(before)

    def scroll_sideways(self, sideways: bool) -> None:
        """Show all columns that are chosen, wider than the list if need be; or those that have room in it."""
        self.view.columns.choose(self.view.columns.put_away, sideways=sideways)
        self.told.emit("")  # what was said of columns without room is past

    # --- within ---------------------------------------------------------------------------------------------

    def _titles_without_room(self) -> list[str]:
        across = Qt.Orientation.Horizontal
        return [str(self._sessions.headerData(one, across)) for one in sorted(self.view.columns.without_room)]

    def _tell_without_room(self, before: Sequence[str]) -> None:
        new = [title for title in self._titles_without_room() if title not in before]
        if new:
            *others, last = new
            titles = f"{', '.join(others)} and {last}" if others else last
            self.told.emit(f"No room now for {titles}. View → Columns has a way to scroll sideways.")

    def _lay_out(self) -> None:
        px = self._theme.px
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.filter, 1)
        top.addWidget(self.groups)
        for grouping in GROUPINGS:
            self.groups.addItem(GROUPING_WORDS[grouping], grouping)
        longest = max(text_width(words, self._theme.font("body")) for words in GROUPING_WORDS.values())
        self.groups.setFixedWidth(longest + px(44))
        controls = QVBoxLayout()
        controls.setContentsMargins(px(12), px(12), px(12), px(8))
        controls.setSpacing(px(8))
        nest(controls, top)
        controls.addWidget(self.chips)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        nest(whole, controls)
        whole.addWidget(self._hint)
        whole.addWidget(self.view, 1)
        over = QVBoxLayout(self.view.viewport())
        over.setContentsMargins(px(26), px(24), px(26), px(24))
        over.addWidget(self.nothing)
        over.addStretch(1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._sessions.set_filter)
        self.filter.left_downwards.connect(self.view.enter)
        self.filter.given_up.connect(self.view.take_keyboard_back)
        self.filter.textChanged.connect(self._come_back)
        self._sessions.search_ended.connect(self._come_back)
        self._late.timeout.connect(self._show_searching)
        self.filter.textChanged.connect(lambda _: self._late.start())
        self._sessions.search_ended.connect(self._show_searching)
        self._sessions.search_ended.connect(self._show_why_nothing)  # of other words than before, maybe
        self._sessions.filter_refused.connect(self._hint.say)
        self._sessions.filter_refused.connect(self._show_why_nothing)
        self.groups.currentIndexChanged.connect(self._choose_grouping)
        self._sessions.counts_changed.connect(self._show_counts)
        self.chips.chosen.connect(self._sessions.set_chip)
        self.nothing.all_wanted.connect(self._show_all)
        self._clock.timeout.connect(self._sessions.tick)
        self._clock.timeout.connect(self.ticked)
        for told in (self._clock.timeout, self._sessions.counts_changed, self._sessions.dataChanged):
            told.connect(self._wind_clock)
        self._clock.start(_TICK_MS)

    def _wind_clock(self) -> None:
        """Seconds are shown as they pass; where there are none, a look at the clock now and then will do."""
        wanted = _TICK_MS if self._sessions.is_fresh() else _REST_MS
        if self._clock.interval() != wanted:
            self._clock.start(wanted)

    def _show_searching(self) -> None:
        """A search that takes long says so, until it has ended; Esc gives it up."""
        self.filter.set_note("searching …" if self._sessions.searching else "")

    def _come_back(self, text: str | None = None) -> None:
        """When the filter is empty, and all sessions are listed, the selected one is among them, in sight."""
        if text is not None:
            self._emptied = not text
        if self._emptied and not self._sessions.searching:
            self._emptied = False
            self.view.show_selected()

    def _choose_grouping(self, position: int) -> None:
        grouping = GROUPINGS[position]
        if grouping != self._sessions.grouping:
            self._sessions.set_grouping(grouping)
        self.grouping_chosen.emit(grouping)

    def _show_counts(self) -> None:
        self.chips.show_counts({chip: self._sessions.count(chip) for chip in CHIPS})
        self._show_why_nothing()

    def _show_why_nothing(self, _refused: object = None) -> None:
        narrowed = bool(self._sessions.session_count()) and not self._sessions.rowCount()
        way_back = "Show all sessions" if self.chip != "all" else "Clear the filter"
        self.nothing.say(self._why_nothing(), way_back if narrowed else "")

    def _why_nothing(self) -> str:
        if self._sessions.rowCount():
            return ""
        if not self._sessions.session_count():
            if self._looking:
                return "Looking for sessions …"
            return "No sessions here yet. A session appears as soon as a launcher makes its folder."
        others = self._sessions.count("all")
        among = "1 session is" if others == 1 else f"{others:,} sessions are"
        return (
            f"No session stands so now. Under All {among} listed." if others else self._sessions.why_nothing()
        )

    def _show_all(self) -> None:
        """The keyboard goes to what is shown then; a button that goes could not keep it."""
        self.show_all()
        self.view.enter()
