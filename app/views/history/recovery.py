"""What the window offers where a state is damaged, gone, too large or unsaved: buttons and menus.

One idea: the ways are shown as they were found, in the place of the state that is missing, or above the one
that could be another; whoever takes one is asked first. Not for finding or going ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.past_errands import CrashRecord, GoodVersion, Remains, TryWay, Unsaved, UnsavedState, Way, WaysFound
from app.resuming.lineage import Lineage, Relative
from app.snapshot import SessionSnapshot
from app.views.history.whose_sheet import WhoseSheet
from app.views.parts.message_page import Offer
from app.views.parts.stage import Stage
from app.words.way_texts import crash_text, found_text, good_text, remains_text, unsaved_text
from persistence.files.absent import ABSENT_ETAG

ANYWAY, RAW, HISTORY, UNDO_CLEAR = "anyway", "raw", "history", "undo_clear"
_ACTIONS = {RAW: "actionRaw", HISTORY: "actionHistory", UNDO_CLEAR: "actionUndoClear"}
_UNREADABLE = ("damaged", "too_large", "unreadable")


class Recovery(QObject):
    """`way_wanted` carries a TryWay, `anyway_requested` the directory of a session that is to be opened
    although its file is too large; `session_chosen` that of another session.
    """

    way_wanted = Signal(object)
    anyway_requested = Signal(object)
    session_chosen = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._session: SessionSnapshot | None = None
        self._ways: WaysFound | None = None
        self._unsaved: tuple[Unsaved, ...] = ()
        self._source: tuple[str, Relative | None] = ("", None)
        stage.detail.state.message.chosen.connect(self._take)
        stage.detail.state.found.pressed.connect(self._bring_in)
        for name, slot in {
            "RestoreGood": self._restore_good,
            "Salvage": lambda: self._want(Remains()),
            "RecoverCrash": self._recover_crash,
            "BringIn": self._bring_in,
            "OpenAnyway": self._open_anyway,
        }.items():
            stage.actions[f"action{name}"].triggered.connect(slot)
        self._show()

    # --- setters --------------------------------------------------------------------------------------------

    def show_session(self, snapshot: SessionSnapshot) -> None:
        """The selected session was read; its ways are told later."""
        if self._session is None or self._session.directory != snapshot.directory:
            self._ways = None
        self._session = snapshot
        self._unsaved = snapshot.unsaved  # at once: what stands above its state pushes nothing down later
        self._show()

    def forget(self) -> None:
        """No session is known any more."""
        self._session = self._ways = None
        self._unsaved = ()
        self._show()

    def show_ways(self, found: WaysFound) -> None:
        """Show which ways there are."""
        if self._session is not None and found.errand.directory == self._session.directory:
            self._ways, self._unsaved = found, found.unsaved
            self._show()

    def show_lineage(self, directory: str, lineage: Lineage) -> None:
        """Where a session came from; this may be told before it was read, and after."""
        self._source = directory, lineage.source
        self._show()

    # --- what is offered ------------------------------------------------------------------------------------

    def _show(self) -> None:
        state, ways, now = self._stage.detail.state, self._ways_now, self._stage.now()
        unsaved = self._unsaved_now
        state.message.offer(tuple(self._offers()) if self._session else ())
        state.found.say(found_text(unsaved, now))
        lost = self._session is not None and self._session.document is None
        self._stage.actions.enable(
            RestoreGood=lost and ways is not None and ways.good is not None,
            Salvage=lost and ways is not None and ways.readable > 0,
            RecoverCrash=lost and ways is not None and ways.crash is not None,
            BringIn=bool(unsaved),
            OpenAnyway=self._is_too_large,
        )

    @property
    def _ways_now(self) -> WaysFound | None:
        """None over a file that is being written: in a moment it may be whole."""
        return None if self._session is not None and self._session.being_written else self._ways

    @property
    def _unsaved_now(self) -> tuple[Unsaved, ...]:
        """None over a file that is being written, either."""
        return () if self._session is not None and self._session.being_written else self._unsaved

    @property
    def _is_too_large(self) -> bool:
        problem = self._session.problem if self._session else None
        return problem is not None and problem.kind == "too_large"

    @property
    def _has_bytes(self) -> bool:
        """Whether there is anything to be seen of a state that cannot be shown; not in a folder's place."""
        session = self._session
        kind = session.problem.kind if session and session.problem else ""
        absent = session is None or session.etag == ABSENT_ETAG
        return kind in _UNREADABLE and not (kind == "unreadable" and absent)

    @property
    def _source_now(self) -> Relative | None:
        """The listed session that a run which never saved was resumed from."""
        session, (directory, source) = self._session, self._source
        if session is None or session.directory != directory or source is None or not source.directory:
            return None
        return source if session.problem is not None and session.problem.kind == "no_state" else None

    def _offers(self) -> Iterator[Offer]:
        ways, now, session = self._ways_now, self._stage.now(), self._session
        if session is not None and session.cleared and session.editable:
            yield Offer(UNDO_CLEAR, "undo", "Undo clear", "What was saved before is the state again")
        if self._is_too_large:
            yield Offer(ANYWAY, "folder-open-outline", "Open anyway", "It takes time and memory")
        if ways is not None:
            yield from _offers_of(ways, now)
        if session is not None and self._has_bytes:
            yield Offer(RAW, "file-document-outline", "Go to Raw", "The file as it is")
        if session is not None and session.versions:
            count = "1 version" if session.versions == 1 else f"{session.versions:,} versions"
            yield Offer(HISTORY, "history", "Go to History", count)
        if (source := self._source_now) is not None:
            detail = f"Resumed from {source.name}, on whose state it began"
            yield Offer(source, "arrow-right", "Go to where it came from", detail)

    def _take(self, key: object) -> None:
        if isinstance(key, str) and key in _ACTIONS:
            self._stage.actions[_ACTIONS[key]].trigger()
        elif key == ANYWAY:
            self._open_anyway()
        elif isinstance(key, Relative):
            self.session_chosen.emit(key.directory)
        elif isinstance(key, CrashRecord):
            self._recover_crash()
        elif isinstance(key, GoodVersion | Remains | UnsavedState):
            self._want(key)

    def _want(self, way: Way) -> None:
        if self._session is not None:
            self.way_wanted.emit(TryWay(self._session.directory, way))

    def _restore_good(self) -> None:
        if self._ways is not None and self._ways.good is not None:
            self._want(GoodVersion(self._ways.good.sequence))

    def _bring_in(self) -> None:
        if unsaved := self._unsaved_now:
            self._want(UnsavedState(unsaved[-1].file))

    def _open_anyway(self) -> None:
        if self._session is not None:
            self.anyway_requested.emit(self._session.directory)

    def _recover_crash(self) -> None:
        """Where nothing tells for sure whose record it is, that is asked first."""
        crash = self._ways.crash if self._ways else None
        if crash is None or self._session is None:
            return
        if len(crash.launchers) == 1:
            self._want(CrashRecord(crash.launchers[0]))
            return
        directory = self._session.directory
        sheet = WhoseSheet(self._stage.theme, self._stage.window, self._session.name, crash)
        sheet.chosen.connect(lambda name: self.way_wanted.emit(TryWay(directory, CrashRecord(name))))
        self._stage.sheets.show(sheet, sheet.first)


def _offers_of(ways: WaysFound, now: datetime) -> Iterator[Offer]:
    if ways.unsaved:
        newest = ways.unsaved[-1]
        words = "Bring in the unsaved state…"
        yield Offer(UnsavedState(newest.file), "tray-arrow-down", words, unsaved_text(newest, now))
    if not ways.errand.lost:
        return
    if ways.good is not None:
        words = f"Restore version {ways.good.sequence:,}…"
        yield Offer(GoodVersion(ways.good.sequence), "history", words, good_text(ways.good, now))
    if ways.readable:
        yield Offer(Remains(), "lifebuoy", "Salvage what can be read…", remains_text(ways))
    if ways.crash is not None:
        words = "Recover from the crash's own record…"
        yield Offer(CrashRecord(""), "lifebuoy", words, crash_text(ways.crash, now))
