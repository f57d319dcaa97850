"""Large values are read when somebody opens them, between frames.

One idea: the first rows of a list are there before its end has been read; when all of it is, its value is the
one that everybody has from then on. One after the other, in the order in which they were opened. Not for
judging: what is read here was found sound, or its file will be told damaged by whoever judges it.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.models.pieces import Pieces
from app.models.state import state_inside
from app.models.state.unread import is_tagged_unread, text_in_steps
from persistence.errors import Damaged
from persistence.values.in_pieces import Items, Unfit, reading, runs
from persistence.values.json_text import JSON, parse_text
from persistence.values.spelled import Spelled

TELL_MS = 100
"""Between two times that more rows are shown."""


class Reading(QObject):
    """`grew` and `ended` carry the `Spelled` of which there is more, or all."""

    grew = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces = Pieces(self)
        self._pieces.failed.connect(self._leave_failed, Qt.ConnectionType.QueuedConnection)
        self._under_way: Spelled | None = None
        self._waiting: list[Spelled] = []
        self._unsound: list[Spelled] = []
        self._items: Items = []
        self._done = 0.0
        self._held = True
        self._timer = QTimer(self)
        self._timer.setInterval(TELL_MS)
        self._timer.timeout.connect(lambda: self._pieces.instead(self._tell))

    def begin(self, held: Spelled) -> None:
        """Read a value, as soon as those before it are read."""
        if not self.is_asked(held):
            self._waiting.append(held)
            if len(self._waiting) == 1:
                self._next()

    def hold_back(self, *, held: bool) -> None:
        """Begin nothing while of large values there are only their beginnings. Once they are held, those that
        were asked for are read; what still is no more than a beginning then, is of a state that has gone.
        """
        self._held = held
        if held and not self._pieces.busy:
            self._waiting = [one for one in self._waiting if one.at_hand]
            self._next()

    def is_asked(self, held: object) -> bool:
        """Whether a value is being read, or will be, or cannot be."""
        return any(one is held for one in (*self._waiting, *self._unsound))

    def drop(self) -> None:
        """Nobody wants any of it any more."""
        self._waiting.clear()
        self._unsound.clear()
        self._under_way = None
        self._pieces.drop()
        self._timer.stop()

    def so_far(self, held: object) -> list[JSON]:
        """What was read of a value: whole thousands, so that no row comes after another in the same place."""
        if not self._waiting or held is not self._waiting[0] or not isinstance(self._items, list):
            return []
        group = state_inside.GROUP
        return self._items[: len(self._items) // group * group] if len(self._items) > group else []

    def progress(self, held: object) -> float | None:
        """How much of a value was read, from 0 to 1; None when it is not asked for."""
        if not any(one is held for one in self._waiting):
            return None
        return self._done if held is self._waiting[0] else 0.0

    def _next(self) -> None:
        if not self._waiting or not self._held:
            return
        self._items, self._done = [], 0.0
        self._under_way = self._waiting[0]
        self._timer.start()
        self._pieces.begin(self._work(self._waiting[0]), self._end, whole=False)
        if self._pieces.busy:
            self._tell()

    def _work(self, held: Spelled) -> Generator[None, None, JSON | Damaged]:
        """The value, or what is wrong with its text."""
        text = yield from text_in_steps(held)
        try:
            return (yield from (self._whole(text) if is_tagged_unread(held) else self._items_of(text)))
        except Unfit:
            try:
                return parse_text(text)
            except Damaged as error:
                return error

    def _whole(self, text: str) -> Generator[None, None, JSON]:
        """A value whose items stand inside a tag."""
        work = reading(text)
        while True:
            try:
                self._done = next(work).end / len(text)
            except StopIteration as ended:
                value: JSON = ended.value
                return value
            yield

    def _items_of(self, text: str) -> Generator[None, None, JSON]:
        """A list or a mapping, whose items can be shown as they come. Raises Unfit."""
        items: Items = [] if text.lstrip()[:1] == "[" else {}
        self._items, count = items, 0
        for run in runs(text):
            count += len(run.items)
            if isinstance(items, list):
                items += run.items
            else:
                items.update(cast("dict[str, JSON]", run.items))
            self._done = run.end / len(text)
            yield
        if count != len(items):
            raise Unfit
        return items

    def _tell(self) -> None:
        if self._waiting:
            self.grew.emit(self._waiting[0])

    def _end(self, value: JSON | Damaged) -> None:
        self._timer.stop()
        held = self._waiting.pop(0)
        self._items, self._under_way = [], None
        if isinstance(value, Damaged):  # it stays unread
            self._unsound.append(held)
        else:
            held.know(value)
        self.ended.emit(held)
        self._next()

    def _leave_failed(self) -> None:
        """One could not be read, or not be shown: it stays unread, and those after it are read."""
        if self._pieces.busy:
            return
        self._timer.stop()
        held, self._under_way = self._under_way, None
        if held is not None and self._waiting and self._waiting[0] is held:
            self._unsound.append(self._waiting.pop(0))
            self.ended.emit(held)
        self._next()
