"""The filter of the state tree while it is typed: from a text to the rows that are kept.

One idea: only the newest text counts. A search that a newer one overtakes is dropped; until the newer one has
something to show, the rows stay as they were. After an edit only what was edited is searched again. Not for
finding (`state_search`) nor for showing rows (`state_rows`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import TypeAlias, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.models.pieces import Pieces
from app.models.state.filter_words import Words
from app.models.state.kept_rows import KeptRow
from app.models.state.state_inside import Members
from app.models.state.state_search import Found, Steps, Tally, search
from app.models.state.unread import FEW, are_few
from app.values.state_parts import Part, part_at, removed_keys
from persistence.document import Absent, Document, Place
from persistence.values.json_text import JSON

Spot: TypeAlias = tuple[str, Place]
TELL_MS = 200
"""Between two times that how much was found so far is told."""
FIRST_MS = 50
"""Until that is told for the first time, if there is something: so few rows are laid in a part of a frame."""

LET_GO_MS = 100
"""Until what was found before is let go of: the rows are painted by then."""

AT_ONCE = FEW
"""Rows that are searched without a pause."""


class Filter(QObject):
    """What a text keeps of a state.

    `changed`: the rows are others now. `progressed`: a search is further, or ended.
    """

    changed = Signal()
    progressed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces = Pieces(self)
        self._pieces.failed.connect(self._show_failed, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: self._pieces.instead(self._tell))
        self._wanted = Words()
        self._words = Words()
        self._document: Document | None = None
        self._base: Document | None = None
        self._found: dict[Spot, Found] = {}
        self._searched: dict[Spot, Found] = {}
        self._launchers: dict[str, KeptRow] = {}
        self._gone: list[dict[Spot, Found]] = []
        self._let_go = QTimer(self)
        self._let_go.setSingleShot(True)
        self._let_go.timeout.connect(self._gone.clear)
        self._began = 0.0
        self._held = True
        self._told = 0
        self._stays = False  # what is shown is searched again, and stays until that has ended

    # --- what is asked --------------------------------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Whether rows are hidden."""
        return bool(self._words)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that rows are kept by, in lower case; none while nothing is hidden."""
        return self._words.words

    @property
    def busy(self) -> bool:
        """Whether a search is under way, or waits for what it is to search."""
        return self._pieces.busy or (bool(self._wanted) and not self._held)

    @property
    def seconds(self) -> float:
        """How long the search has been under way."""
        return time.monotonic() - self._began if self.busy else 0.0

    @property
    def progress(self) -> float:
        """How much of the state has been searched, from 0 to 1."""
        done = sum(found.done for found in self._searched.values())
        return done / len(self._searched) if self.busy and self._searched else 1.0

    @property
    def more(self) -> bool:
        """Whether there may be more that matches than was looked for."""
        return not self.busy and not all(found.done for found in self._found.values())

    @property
    def count(self) -> int:
        """How many rows match by themselves."""
        return sum(found.kept.size for found in self._found.values())

    def match(self, position: int) -> Spot:
        """Where the match stands that so many others stand before, in the order of the rows.

        Raises IndexError for none.
        """
        for (namespace, _), found in self._found.items():
            if position < found.kept.size:
                return namespace, found.kept.place_of(position)
            position -= found.kept.size
        raise IndexError(position)

    def position(self, spot: Spot) -> int | None:
        """How many matches stand before the one that a row is; None where it is none."""
        before = 0
        for (namespace, steps), found in self._found.items():
            if (namespace, steps) == (spot[0], spot[1][: len(steps)]):
                here = found.kept.position_of(spot[1])
                return None if here is None else before + here
            before += found.kept.size
        return None

    def kept(self, namespace: str) -> KeptRow | None:
        """What is kept of a launcher; None for nothing."""
        return self._launchers.get(namespace)

    # --- what is told ---------------------------------------------------------------------------------------

    def set_text(self, text: str) -> None:
        """Keep the rows in which every word of `text` stands, in name or value, at any depth."""
        words = Words(text)
        if words == self._wanted:
            return
        self._wanted, self._stays = words, False
        self._pieces.drop()
        self._timer.stop()
        if words:
            self._begin(words, {})
        else:
            self._gone.append(self._found)  # of a large state, to let go of it takes half a frame
            self._let_go.start(LET_GO_MS)
            self._searched = {}
            self._take()
            self.changed.emit()
        self.progressed.emit()

    def set_document(
        self, document: Document | None, base: Document | None, *, held: bool = True, anew: bool = False
    ) -> None:
        """Search another state from now on (`anew`), or the same after an edit: then what was edited keeps
        its rows until it was searched; not while it is not `held`.

        `changed` is emitted only where that takes its time: whoever calls this lays the rows anew.
        """
        self._document, self._base, self._held = document, base, held
        self._gone.clear()
        if not self._wanted:
            return
        whole = bool(self._found) and self._words == self._wanted and (self._stays or not self.busy)
        self._stays = whole and not anew
        same = self._searched if self._words == self._wanted or self.busy else {}
        self._begin(self._wanted, same, told=False)

    # --- within ---------------------------------------------------------------------------------------------

    def _begin(self, words: Words, known: Mapping[Spot, Found], *, told: bool = True) -> None:
        """Search what is not known yet of the state as it is now, once its values are held."""
        self._told, self._began = 0, time.monotonic()
        if not self._held:
            self._pieces.drop()
            self._searched = {}
            if not told:
                self._take()
            return
        self._searched = {
            spot: _again(known.get(spot), part, saved) for spot, part, saved in self._attributes()
        }
        waiting = [found for found in self._searched.values() if not found.done]
        whole = are_few((found.part.value for found in waiting), AT_ONCE)
        self._pieces.begin(self._work(words, waiting), lambda _: self._end(told=told), whole=whole)
        if self.busy:
            self._timer.start(min(FIRST_MS, TELL_MS))

    def _work(self, words: Words, waiting: list[Found]) -> Steps:
        tally = Tally(sum(found.kept.size for found in self._searched.values() if found.done))
        for found in waiting:
            yield from search(found, words, tally)
            if tally.enough:
                return
            found.done = True
            yield

    def _end(self, *, told: bool) -> None:
        late = self._timer.isActive()
        self._timer.stop()
        self._take()
        if told or late:
            self.changed.emit()
            self.progressed.emit()

    def _show_failed(self) -> None:
        """It cannot go on: what was found by then is shown, and that there may be more."""
        if self._timer.isActive() and not self._pieces.busy:
            self._end(told=True)

    def _tell(self) -> None:
        """What was found so far is shown: the 1st time, the 2nd, 4th, 8th ..., for to lay rows takes longer
        the more there are, and must not be all that is done. In between, how many there are is told.
        """
        early = self._timer.interval() < TELL_MS
        if early:
            self._timer.start(TELL_MS)
        if early and not any(found.kept.size for found in self._searched.values()):
            return
        self._told += 1
        if self._told & (self._told - 1) == 0 and not self._stays:
            self._take()
            self.changed.emit()
        self.progressed.emit()

    def _take(self) -> None:
        self._words, self._found = self._wanted, self._searched
        self._launchers = {}
        for (namespace, _), found in self._found.items():
            if found.kept.size:
                launcher = self._launchers.setdefault(namespace, KeptRow(Part((), namespace, None)))
                launcher.add(found.kept)

    def _attributes(self) -> Iterator[tuple[Spot, Part, JSON | Absent]]:
        """All of a state, with those that were removed since it was saved."""
        for name in self._document.namespaces if self._document is not None else ():
            here, saved = _attributes_of(self._document, name), _attributes_of(self._base, name)
            members = Members(here, removed_keys(cast(JSON, saved), here), cast(JSON, saved))
            for part in members.some(0, members.count):
                yield (name, part.steps), part, part_at(cast(JSON, saved), part.steps)


def _again(found: Found | None, part: Part, saved: JSON | Absent) -> Found:
    return found if found is not None and found.is_of(part, saved) else Found(part, saved)


def _attributes_of(document: Document | None, namespace: str) -> Mapping[str, JSON]:
    if document is None or namespace not in document.namespaces:
        return {}
    return cast("Mapping[str, JSON]", document.namespace(namespace).attributes.as_in_tree)
