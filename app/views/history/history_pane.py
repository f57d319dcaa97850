"""The History tab: every version of a session, and how the chosen one differs from now.

One idea: looking costs nothing and changes nothing; what a version held is asked for when it is chosen, and
bringing it back is a question of its own (`bring_back_sheet`). The tab stays for sessions that were cleared,
damaged or moved: their history is where their state is. Not for reading versions.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.models.history.versions import VersionsModel
from app.past_errands import HistoryRead
from app.past_exchange import VersionAnswer, VersionQuestion
from app.snapshot import SessionSnapshot
from app.values.differences import Comparison
from app.views.history.difference_table import DifferenceTable
from app.views.history.versions_table import VersionsTable
from app.views.parts.choices import Tick
from app.views.parts.message_page import MessagePage, fill
from app.views.parts.nesting import nest
from app.views.parts.scrolled import Scrolled, Wrapping
from app.views.parts.widgets import Button, ElidedLabel, Label
from app.views.style.theme import Theme
from app.words.difference_texts import count_sentence
from app.words.version_texts import made_text, whole_note, why_none
from persistence.files.version_log import Version

_LEAST = 90
_LEAST_BELOW_NOTE = 48
"""Of either table, in pixels of the grid: titles and two rows. Where that is too much, one scrolls from the
one to the other.
"""


class HistoryPane(QWidget):
    """`history_wanted` carries a directory, `difference_wanted` a VersionQuestion; the others a Version."""

    history_wanted = Signal(object)
    difference_wanted = Signal(object)
    restore_wanted = Signal(object)
    copy_wanted = Signal(object)
    chosen_changed = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("historyPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._now = now
        self._session: SessionSnapshot | None = None
        self._told: tuple[str, str, int] | None = None
        self._answer: VersionAnswer | None = None
        self._pulled = False
        self._away = ""
        self.model = VersionsModel(now, self)
        self.table = VersionsTable(theme, self.model)
        self.differences = DifferenceTable(theme, "historyDifferences", "How this version differs from now")
        self._message = MessagePage(theme)
        self._title = Label(theme, "", "section")
        self._made = ElidedLabel(theme, "body", "muted")
        self._note = Label(theme, "", wrap=True)
        self._note.setObjectName("versionNote")
        self._sentence = Label(theme, "", "small", "muted", wrap=True)
        self.copy = Button(theme, "Save a copy…", "content-duplicate")
        self.restore = Button(theme, "Restore…", "history")
        self._filler = QWidget()
        self.equal = Tick(theme, "Show equal attributes too")
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._whole = Scrolled()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    # --- setters --------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Version | None:
        """The version that is chosen."""
        return self.table.chosen

    @property
    def comparison(self) -> Comparison | None:
        """How the chosen version differs from now, once that is known."""
        question = self._question()
        answer = self._answer
        fits = answer is not None and question is not None and answer.question.sequence == question.sequence
        return answer.comparison if fits and answer is not None else None

    def show_session(self, snapshot: SessionSnapshot) -> None:
        """Another session, or another state of it; its versions are asked for when somebody looks."""
        if self._session is None or self._session.directory != snapshot.directory:
            self.forget()
        self._session = snapshot
        self._ask()

    def forget(self) -> None:
        """No session is known."""
        self._session = self._told = self._answer = None
        self._pulled = False
        self.model.set_versions(())
        self._say("", "")

    def show_history(self, history: HistoryRead) -> None:
        """Show the versions of a session."""
        if self._session is None or history.errand.directory != self._session.directory:
            return
        before = self.chosen
        self.model.set_versions(history.versions)
        self.table.fit_columns(compact=self.model.short)
        if not history.versions:
            why = why_none(history.problem, too_large=history.too_large)
            self._say(*(("The history cannot be read", self._away) if self._away else why))
            return
        self._pages.setCurrentIndex(0)
        self._give_room()
        if before is None or not self.table.choose(before.sequence):
            self.table.choose(_worth_a_look(history.versions).sequence)
        self._take_chosen()

    def show_away(self, sentence: str) -> None:
        """Its folder cannot be reached now, and that is why ("": it can)."""
        self._away = sentence

    def tick(self) -> None:
        """Time has passed: what is told of days may be another."""
        self.model.tick()
        self._show_made()

    def show_difference(self, answer: VersionAnswer) -> None:
        """Show how the chosen version differs from now."""
        if answer.question != self._question():
            return
        self._answer = answer
        found = answer.comparison
        self.restore.setEnabled(found is not None)
        self.chosen_changed.emit()
        known = found is not None and bool(found.differing + found.equal)
        self._show_rows(table=found is not None and bool(found.rows), tick=known)
        if found is None:
            self._sentence.setText(answer.problem)
            return
        now = next((one for one in self._versions() if one.current), None)
        title = f"Now (version {now.sequence})" if now else "Now"
        self.differences.show_comparison(found, f"Version {answer.question.sequence}", title)
        self._sentence.setText(f"{self._count(found)} Restoring keeps every version in this list.")

    def set_compact(self, compact: bool) -> None:
        """Make do with less room."""
        self.table.set_compact(compact)
        self.differences.set_compact(compact)
        self._made.setVisible(not compact)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is not known yet, now that somebody looks."""
        super().showEvent(event)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more of the versions, or for less."""
        super().resizeEvent(event)
        self._give_room()

    # --- within ---------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        session = self._session
        if session is None or not self.isVisible():
            return
        standing = (session.directory, session.etag, session.versions)
        if self._told != standing:
            self._told = standing
            if not self.model.rowCount():
                self._say("Reading the history …", "")
            self.history_wanted.emit(session.directory)

    def _versions(self) -> list[Version]:
        rows = range(min(self.model.rowCount(), 2))  # now is on top, if there is a now
        return [found for row in rows if (found := self.model.version_at(row)) is not None]

    def _question(self) -> VersionQuestion | None:
        if self._session is None or self.chosen is None:
            return None
        return VersionQuestion(self._session.directory, self.chosen.sequence, self.equal.isChecked())

    def _show_made(self) -> None:
        if (version := self.chosen) is not None:
            self._made.set_whole(made_text(version, self._now()))

    def _take_chosen(self) -> None:
        version, question = self.chosen, self._question()
        self._answer = None
        self.chosen_changed.emit()
        if version is None or question is None:
            return
        looked_at = version.available and not version.current
        self._title.setText(f"Version {version.sequence:,}")
        self._show_made()
        self.restore.set_words(f"Restore version {version.sequence:,}…")
        self.restore.setVisible(not version.current)
        self.restore.setEnabled(False)  # until one can see what it would change
        self.copy.setEnabled(version.available)
        self._show_note()
        self._show_rows(table=False, tick=False)
        if looked_at:
            self._sentence.setText("Reading this version …")
            self.difference_wanted.emit(question)
        elif version.current:
            self._sentence.setText("This is what the session holds now.")
        else:
            self._sentence.setText("Its content is not kept any more: only this line of history is left.")

    def _show_note(self) -> None:
        """What the row of the chosen version has no room for is told whole below; in a low window it takes
        its room from the rows below it, so that no button goes elsewhere with the version that is chosen.
        """
        version = self.chosen
        cut = whole_note(version) if version is not None and self.table.cuts_note(version) else ""
        self._note.setText(f"Note: {cut}")
        self._note.setVisible(bool(cut))
        px, width = self._theme.px, self.width() - self._theme.px(28)
        taken = self._note.heightForWidth(width) + px(6) if cut else 0
        self.differences.setMinimumHeight(max(px(_LEAST) - taken, px(_LEAST_BELOW_NOTE)))

    def _show_rows(self, *, table: bool, tick: bool) -> None:
        self.differences.setVisible(table)
        self._filler.setVisible(not table)
        self.equal.setVisible(tick)

    def _count(self, found: Comparison) -> str:
        problem = self._session.problem if self._session else None
        if problem is not None and problem.kind not in ("no_state", "moved"):
            return "What the session holds now cannot be read, so this is all that the version held."
        return count_sentence(found, "now")

    def _say(self, title: str, text: str) -> None:
        self._message.say(title, text)
        self._pages.setCurrentWidget(self._message)

    def _give_room(self) -> None:
        """The versions get as much height as they need, up to half of it, until the user decides."""
        if not self._pulled and self.height():
            rows = self.model.rowCount() * self.table.verticalHeader().defaultSectionSize()
            height = max(self.height(), self._splitter.minimumSizeHint().height())
            above = min(self.table.horizontalHeader().height() + rows + 2, height // 2)
            self._splitter.setSizes([above, height - above])

    def _note_pulled(self) -> None:
        self._pulled = True

    def _connect(self) -> None:
        self._splitter.splitterMoved.connect(lambda *_: self._note_pulled())
        self._theme.changed.connect(self._give_room)
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self._show_note())
        self.table.version_chosen.connect(lambda _: self._take_chosen())
        self.equal.toggled.connect(lambda _: self._ask_again())
        self.restore.clicked.connect(lambda: self.restore_wanted.emit(self.chosen))
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self.chosen))

    def _ask_again(self) -> None:
        if (question := self._question()) is not None:
            self.difference_wanted.emit(question)

    def _lay_out(self) -> None:
        px = self._theme.px
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self._make_below())
        self._splitter.setStretchFactor(1, 1)
        self.table.setMinimumHeight(px(_LEAST))
        self.differences.setMinimumHeight(px(_LEAST))
        self._whole.put(self._splitter, self.table, self.differences)
        fill(self, self._pages, self._whole, self._message)

    def _make_below(self) -> QWidget:
        px, below = self._theme.px, Wrapping()
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._title)
        head.addWidget(self._made)
        head.addStretch(1)
        for button in (self.copy, self.restore):
            head.addWidget(button)
        words = QVBoxLayout()
        words.setContentsMargins(px(16), px(14), px(12), px(12))
        words.setSpacing(px(6))
        nest(words, head)
        words.addWidget(self._note)
        words.addWidget(self._sentence)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(12), px(8), px(12), px(10))
        foot.addWidget(self.equal)
        foot.addStretch(1)
        whole = QVBoxLayout(below)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        nest(whole, words)
        whole.addWidget(self.differences, 1)
        whole.addWidget(self._filler, 1)
        nest(whole, foot)
        return below


def _worth_a_look(versions: tuple[Version, ...]) -> Version:
    """The version before now, if it can be looked at; else the newest."""
    found = (one for one in reversed(versions) if one.available and not one.current)
    return next(found, versions[-1])
