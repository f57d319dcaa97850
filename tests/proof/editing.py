"""Random lives of one session under an operator's hands, against a plain model.

One idea: the rooms of the window are the real ones, with a real folder, real threads and real commits; what
is typed goes through the state tree. After each step the draft, the tree, the file and its history say what
the model says, of the same types; and whatever was on disk once can be had from history.

Not for: how many lives there are (`tests.proof.drafts`), or how things look.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from app.editing.edits import InsertValue, MoveValue, RemoveValue, RenameValue, SetValue
from app.editing.met import recalled
from app.editing.named_alike import named_alike
from app.editing.rebasing import with_edits
from app.editing.reordered import reordered
from app.exchange import Decision, SaveRequest
from app.models.state.state_texts import Column
from app.models.state.state_tree import StateTreeModel
from app.values.edit_text import can_edit, editable_text
from app.values.renamed import Renamed
from persistence.document import STATES, Document, mapping_of
from persistence.states.edits import without_namespaces
from persistence.store import StateFile
from persistence.values.kinds import kind_of
from tests.app.sitting import Sitting
from tests.proof.examples import Broken
from tests.proof.plain_draft import (
    NOTHING,
    Edit,
    PlainDraft,
    Way,
    alike,
    differences,
    disputed,
    insert,
    move_first,
    put,
    remove,
    rename,
    value_at,
    ways,
    with_value,
)
from tests.small_rig import NAMESPACE

SECONDS = 60
VALUES: tuple[Any, ...] = (
    0, 1, 15, True, False, 1.0, 0.5, None, "x", "", "two words", [1], [1, 2], [2, 1], [], {}, {"k": 1},
    {"k": 1, "l": "x"}, {"k": [1, 2]},
)  # fmt: skip
NAMES = ("trial_count", "experiment_phase", "reward_volume", "new", "settings")
values, names, draws = st.sampled_from(VALUES), st.sampled_from(NAMES), st.integers(0, 1_000)


def application() -> QCoreApplication:
    """The one application of this process."""
    return QCoreApplication.instance() or QApplication([])


def wait_until(condition: Callable[[], bool]) -> None:
    """Let the window live until something is so. Raises Broken when it never is."""
    deadline = QDeadlineTimer(SECONDS * 1000)
    while not condition():
        if deadline.hasExpired():
            raise Broken(f"what was waited for did not come within {SECONDS} s")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)


class Hands(RuleBasedStateMachine):
    """An operator with one session, and somebody else who changes it now and then."""

    def __init__(self, directory: Path, counts: Counter[str] | None = None) -> None:
        super().__init__()
        self._application = application()
        self._counts = Counter[str]() if counts is None else counts
        self._root = Path(tempfile.mkdtemp(dir=directory))
        self.desk = Sitting(self._root, wait_until)
        self.tree = StateTreeModel()
        self.tree.edit_requested.connect(self.desk.desk.stage)
        self.tree.late_edit_requested.connect(self.desk.desk.stage)
        self.tree.take_back_requested.connect(self.desk.desk.take_back)
        self.desk.desk.session_shown.connect(lambda shown: self.tree.set_state(*shown))
        self.disk: Any = NOTHING
        self.plain = PlainDraft(NOTHING, "")
        self.stood: dict[str, Any] = {}

    @initialize()
    def begin(self) -> None:
        """A session that a launcher saved is opened."""
        self._counts["lives"] += 1
        self.desk.select()
        self.disk = self._read()
        self.plain = PlainDraft(self.disk, self._note())

    # ---- the operator

    @rule(draw=draws, value=values)
    def type_over(self, draw: int, value: Any) -> None:
        """A value is typed over another of its kind."""
        way = self._pick(draw)
        old: Any = value_at(self.plain.seen, way) if way else NOTHING
        if way is None or kind_of(old) is not kind_of(value) or not can_edit(old):
            return
        index = self.tree.find(NAMESPACE, way).siblingAtColumn(Column.VALUE)
        same_text = editable_text(value) == editable_text(old)
        pairs, mine = self._pairs_to_see(), self._pairs()
        is_taken = self.tree.setData(index, editable_text(value), Qt.ItemDataRole.EditRole)
        lands = True
        if not same_text and not alike(old, value):
            has_its_name = not any(way[:length] in pairs for length in range(1, len(way) + 1))
            if has_its_name and alike(value, value_at(self.plain.under, way)):
                lands = self._count(self.plain.take_back(way, mine, pairs))
            else:
                lands = self._stage(put(way, value), way, value, mine)
        if lands and not is_taken:
            raise Broken(f"{value!r} typed over {old!r} at {way} was refused")

    @rule(draw=draws, name=names, value=values)
    def put(self, draw: int, name: str, value: Any) -> None:
        """A value of whatever kind is put into a place, or a new attribute comes."""
        if self.plain.seen is NOTHING:
            return
        way = self._pick(draw) if draw % 2 else (name,)
        way = way or (name,)
        pairs = self._pairs()
        self.desk.desk.stage(self.desk.directory, SetValue(NAMESPACE, way, value))
        self._stage(put(way, value), way, value, pairs)

    @rule(draw=draws)
    def remove(self, draw: int) -> None:
        """An attribute, a key or an item of a list goes."""
        way = self._pick(draw)
        if way and not (isinstance(way[-1], int) and self._they_changed_unseen(way[:-1])):
            self.desk.desk.stage(self.desk.directory, RemoveValue(NAMESPACE, way))
            self._count(self.plain.edit(remove(way)))

    @rule(draw=draws, name=names)
    def rename(self, draw: int, name: str) -> None:
        """An attribute or a key is called otherwise, if the name is free."""
        way = self._pick(draw)
        above = value_at(self.plain.seen, way[:-1]) if way else NOTHING
        if way is None or not isinstance(above, dict) or name in above or self._they_changed_in(way):
            return
        self.desk.desk.stage(self.desk.directory, RenameValue(NAMESPACE, way, name))
        self._count(self.plain.edit(rename(way, name)))

    @rule(draw=draws, value=values, to=st.integers(0, 3))
    def insert_or_move(self, draw: int, value: Any, to: int) -> None:
        """A list gets one item more, or one of its items another place."""
        seen = self.plain.seen
        lists = [way for way in ways(seen) if isinstance(value_at(seen, way), list)]
        if not lists:
            return
        way = lists[draw % len(lists)]
        if self._they_changed_unseen(way):
            return
        length = len(value_at(seen, way))
        if draw % 2 or length < 2:
            at = to % (length + 1)
            self.desk.desk.stage(self.desk.directory, InsertValue(NAMESPACE, (*way, at), value))
            self._count(self.plain.edit(insert(way, at, value)))
        elif not self._they_changed_in(way):
            self.desk.desk.stage(self.desk.directory, MoveValue(NAMESPACE, (*way, 0), to % length))
            self._count(self.plain.edit(move_first(way, to % length)))

    @rule(draw=draws)
    def take_back(self, draw: int) -> None:
        """One change is taken back, as in the Changes tab."""
        changed = self.plain.changed_to_see
        if not changed or changed == [()]:
            return
        way, pairs, seen_pairs = changed[draw % len(changed)], self._pairs(), self._pairs_to_see()
        came = next((new for new, old in seen_pairs.items() if way in (new, old)), way)
        self.desk.desk.take_back(self.desk.directory, NAMESPACE, came)
        self._count(self.plain.take_back(came, pairs, seen_pairs))

    @rule()
    def undo(self) -> None:
        """One step back."""
        self.desk.drafts.undo(self.desk.directory)
        self.plain.move(-1)

    @rule()
    def redo(self) -> None:
        """One step on."""
        self.desk.drafts.redo(self.desk.directory)
        self.plain.move(1)

    @precondition(lambda self: self.plain.waiting is None)
    @rule()
    def discard(self) -> None:
        """All edits go, in one step; where there are none, nothing happens."""
        self.desk.desk.revert(self.desk.directory)
        if self.plain.changed:
            self.plain.discard()

    @rule(draw=draws, looking=st.booleans())
    def save(self, draw: int, looking: bool) -> None:
        """Some changes are saved, or all of them; over another version than the one shown nothing is."""
        if looking:
            self.look()
        offered = self._offered()
        ticks = [one for number, one in enumerate(offered) if draw % 5 == 0 or draw >> number & 1]
        ticked = self._together([way for one in ticks for way in offered[one]])
        pairs = self._pairs()
        standing = self.plain.waiting is None and self.plain.etag == self.desk.file.peek()
        self._save(frozenset(ticks) | frozenset(ticked))
        if standing and ticked:
            self.disk = self.plain.saved(ticked, self._note(), pairs)
            self._counts["saves"] += 1
        elif ticked and self.plain.waiting is None:
            self._counts["refused"] += 1
            self._learn()

    @rule()
    def look_and_save(self) -> None:
        """The way of every day: all changes, over what is there."""
        self.save(0, looking=True)

    @rule(draw=draws, save=st.booleans())
    def decide(self, draw: int, save: bool) -> None:
        """What both changed is decided, and perhaps saved at once."""
        if self.plain.waiting is None:
            return
        state, etag = self.plain.waiting
        places = disputed(self.plain.base, self.plain.shown, state)
        mine = [way for number, way in enumerate(places) if draw >> number & 1]
        standing = etag == self.desk.file.peek()
        spots = frozenset((NAMESPACE, way) for way in mine)
        self.plain.decide(mine)
        before = len(self.desk.saved) + len(self.desk.not_saved)
        self.desk.saves.decide(Decision(self.desk.directory, etag, spots, save))
        self._counts["decisions"] += 1
        if save:
            wait_until(lambda: len(self.desk.saved) + len(self.desk.not_saved) > before)
            if standing and self.plain.changed:
                self.disk = self.plain.saved(self.plain.changed, self._note())
            elif self.plain.changed:
                self._learn()

    @precondition(lambda self: self.plain.waiting is not None)
    @rule()
    def reload(self) -> None:
        """Mine is set aside."""
        self.desk.press("outdated", "reload")
        self.plain.reload()

    # ---- and the world

    @rule(draw=draws, name=names, value=values)
    def somebody_puts(self, draw: int, name: str, value: Any) -> None:
        """Somebody else saves another value."""
        if self.disk is NOTHING:
            return
        places = [(name,), *ways(self.disk)]
        self._somebody(with_value(self.disk, places[draw % len(places)], value))

    @rule(draw=draws, value=values)
    def somebody_meets(self, draw: int, value: Any) -> None:
        """Somebody else saves another value where the operator changed one."""
        named = [way for way in self.plain.changed if way and isinstance(way[-1], str)]
        holders = [way for way in named if isinstance(value_at(self.disk, way[:-1]), dict)]
        if self.disk is not NOTHING and holders:
            self._somebody(with_value(self.disk, holders[draw % len(holders)], value))

    @rule(draw=draws)
    def somebody_saves_the_same(self, draw: int) -> None:
        """Somebody else saves just what the operator typed, or takes out what he took out."""
        mine, holder = self.plain.shown, (dict, list)
        there = [
            way for way in self.plain.changed if way and isinstance(value_at(self.disk, way[:-1]), holder)
        ]
        if NOTHING not in (self.disk, mine) and there:
            way = there[draw % len(there)]
            self._somebody_puts_at(way, value_at(mine, way))

    @precondition(lambda self: self.plain.waiting is None and NOTHING not in (self.disk, self.plain.shown))
    @rule(value=values)
    def somebody_counts_to_it(self, value: Any) -> None:
        """Both make the same of an attribute, and the window hears of it."""
        self.put(0, "trial_count", value)
        self._somebody(with_value(self.disk, ("trial_count",), value))
        self.look()

    @precondition(lambda self: bool(self.plain.met[self.plain.at]))
    @rule(draw=draws, value=values)
    def somebody_goes_on(self, draw: int, value: Any) -> None:
        """Somebody else saves another value where the disk has met one of the operator's."""
        met = [way for way in self.plain.met[self.plain.at] if value_at(self.disk, way[:-1]) is not NOTHING]
        if self.disk is not NOTHING and met:
            self._somebody_puts_at(met[draw % len(met)], value)
            self.look()
            self._counts["went on"] += 1

    @rule(draw=draws)
    def somebody_removes(self, draw: int) -> None:
        """Somebody else takes a value out."""
        if self.disk is not NOTHING and (places := list(ways(self.disk))):
            self._somebody(with_value(self.disk, places[draw % len(places)], NOTHING))

    @rule(value=values)
    def somebody_clears_or_brings_back(self, value: Any) -> None:
        """Somebody else clears the whole state, or a launcher saves one again."""
        self._somebody({"trial_count": value} if self.disk is NOTHING else NOTHING)

    @rule()
    def look(self) -> None:
        """The window hears of what is on disk."""
        self.desk.look()
        self._learn()

    @precondition(lambda self: self.plain.waiting is None and NOTHING not in (self.disk, self.plain.shown))
    @rule(draw=draws, mine=values, theirs=values, other=values)
    def somebody_meets_and_changes_more(self, draw: int, mine: Any, theirs: Any, other: Any) -> None:
        """Both change an attribute, somebody else another one, too: mostly there is something to decide."""
        self.put(0, "trial_count", mine)
        places = [("new",), *ways(self.disk)]
        state = with_value(self.disk, places[draw % len(places)], other)
        self._somebody(with_value(state, ("trial_count",), theirs))
        self.look()

    # ---- what must be so

    @invariant()
    def the_draft_is_the_models(self) -> None:
        """Shown value by value, with as many steps to undo and redo, and the same question open."""
        draft = self.desk.drafts.get(self.desk.directory)
        if draft is None or self.plain.etag == "":
            return
        self._check("draft", _state_of(draft.document), self.plain.shown)
        self._check("what is seen", _state_of(draft.shown.document), self.plain.seen)
        self._check("base", _state_of(draft.base), self.plain.base)
        self._check("version", draft.base_etag.partition("~")[0], self.plain.etag.partition("~")[0])
        self._check("what is met", {one.place for one in draft.met}, set(self.plain.met[self.plain.at]))
        self._check("steps", (len(draft.past), len(draft.future)), self._steps())
        self._check("question", draft.outdated, self.plain.waiting is not None)
        self._check_count(draft.count)

    @invariant()
    def the_tree_shows_it(self) -> None:
        """Each value of the model has a row that holds it."""
        seen = self.plain.seen
        for way in ways(seen):
            node = self.tree.node(self.tree.find(NAMESPACE, way))
            if node is None:
                raise Broken(f"the tree has no row for {way} of {seen!r}")
            self._check(f"row {way}", node.value, value_at(seen, way))

    @invariant()
    def the_file_and_every_version_before_it_are_there(self) -> None:
        """What was saved stands, and nothing that stood is lost."""
        if not self.stood:
            return
        self._check("file", self._read(), self.disk)
        history = self.desk.file.history()
        kept = {one.etag for one in history if one.available}
        if lost := self.stood.keys() - kept:
            raise Broken(f"history lost {len(lost)} of {len(self.stood)} versions")

    def teardown(self) -> None:
        """The threads end, and the folder goes."""
        self.desk.end()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        shutil.rmtree(self._root)

    # ---- within

    def _pick(self, draw: int) -> Way | None:
        places = list(ways(self.plain.seen))
        return places[draw % len(places)] if places else None

    def _pairs(self) -> dict[Way, Way]:
        """The names that came by a rename, each with the one that went: for the window that is one change."""
        draft = self.desk.drafts.get(self.desk.directory)
        found = draft.changes if draft is not None else ()
        pairs = {one.place: one.was for one in found if isinstance(one, Renamed)}
        changed = self.plain.changed
        if not all(way in changed for pair in pairs.items() for way in pair):
            raise Broken(f"renamed are {pairs!r}, and changed {changed!r}")
        return pairs

    def _pairs_to_see(self) -> dict[Way, Way]:
        """The same of what is seen, over what is saved under it."""
        draft = self.desk.drafts.get(self.desk.directory)
        found = draft.shown.changes if draft is not None else ()
        return {one.place: one.was for one in found if isinstance(one, Renamed)}

    def _stage(self, edit: Edit, way: Way, value: Any, pairs: dict[Way, Way]) -> bool:
        """A value is put into a place of the model; False where that has to wait."""
        is_change = way in self.plain.changed and way not in pairs.values()
        back = is_change and alike(value, value_at(self.plain.base, pairs.get(way, way)))
        return self._count(self.plain.edit(edit, back))

    def _check_count(self, found: int) -> None:
        """One for each place that is different; those in a list whose items went, came or moved are one."""
        changed, renamed = self.plain.changed, len(self._pairs())
        least, most = len({self._list_around(way) for way in changed}) - renamed, len(changed) - renamed
        if not least <= found <= most:
            raise Broken(f"count is {found} and should be {least} to {most}")

    def _list_around(self, way: Way) -> Way:
        """The outermost list that a place lies in; the place itself where there is none."""
        ways_there = (way[:length] for length in range(1, len(way)))
        return next((one for one in ways_there if isinstance(value_at(self.plain.shown, one), list)), way)

    def _offered(self) -> dict[Way, list[Way]]:
        """The changes of the model as the window offers them: those in a list in another order as one."""
        draft = self.desk.drafts.get(self.desk.directory)
        wholes = [one.place for one in draft.changes] if draft is not None else []
        found: dict[Way, list[Way]] = {}
        for way in self.plain.changed:
            found.setdefault(next((one for one in wholes if way[: len(one)] == one), way), []).append(way)
        return found

    def _count(self, lands: bool) -> bool:
        self._counts["edits" if lands else "edits that wait"] += 1
        return lands

    def _together(self, some: list[Way]) -> list[Way]:
        """These changes, with the other half of each rename among them."""
        halves = {way for pair in self._pairs().items() if set(pair) & {*some} for way in pair}
        return [way for way in self.plain.changed if way in halves or way in some]

    def _save(self, ticked: frozenset[Way]) -> None:
        draft = self.desk.draft
        spots = frozenset((NAMESPACE, way) for way in ticked)
        self.desk.ask_to_save(SaveRequest(self.desk.directory, draft.base_etag, spots))

    def _they_changed_in(self, way: Way) -> bool:
        """Whether somebody else changed items of a list of ours: in another order it is one value to us, and
        no item of it has its place, which the model knows nothing of (`tests.app.editing.test_rebasing`).
        """
        others = () if NOTHING in (self.plain.base, self.disk) else differences(self.plain.base, self.disk)
        return any(one[: len(way)] == way for one in others)

    def _they_changed_unseen(self, way: Way) -> bool:
        """The same before the window has heard of it; then what comes or goes there waits for a decision."""
        return self.plain.waiting is None and self._they_changed_in(way)

    def _we_moved_in(self, state: Any) -> bool:
        """The same the other way round: whether it has other items in a list of which we moved some."""
        draft = self.desk.drafts.get(self.desk.directory)
        if draft is None or NOTHING in (self.plain.base, state):
            return False
        steps = (draft.edits, *draft.past, *draft.future)
        told = [recalled(draft.base, one) for one in steps]
        lists = [way for base, one in told for _, way in reordered(one, with_edits(base, one))]
        others = [*differences(self.plain.base, state)]
        return any(one[: len(way)] == way for one in others for way in lists)

    def _we_renamed_in(self, state: Any) -> bool:
        """Whether it has another value where we only gave another name: the window puts that under the name,
        and the model knows nothing of names (`tests.app.editing.test_rebasing`).
        """
        draft = self.desk.drafts.get(self.desk.directory)
        if draft is None or NOTHING in (self.plain.base, state):
            return False
        told = [recalled(draft.base, one) for one in (draft.edits, *draft.past, *draft.future)]
        named = [named_alike(base, one, with_edits(base, one), base) for base, one in told]
        renamed = {one.was(spot)[1] for one in named for spot in one.names}
        others = [*differences(self.plain.base, state)]
        return any(one[: len(way)] == way for one in others for way in renamed)

    def _somebody_puts_at(self, way: Way, value: Any) -> None:
        holder, step = value_at(self.disk, way[:-1]), way[-1]
        fits = isinstance(holder, dict) if isinstance(step, str) else isinstance(holder, list)
        if fits and (isinstance(step, str) or step < len(holder)):
            self._somebody(with_value(self.disk, way, value))

    def _somebody(self, state: Any) -> None:
        if self._we_moved_in(state) or self._we_renamed_in(state):
            return
        file = StateFile(self.desk.session, who="bob")
        read = file.read()
        file.commit(_with_state(read.document, state), expected_etag=read.etag)
        self.disk = state
        self._note()
        self._counts["foreign"] += 1

    def _learn(self) -> None:
        self.plain.face(self.disk, self.desk.file.peek())

    def _note(self) -> str:
        """Another version stands; its etag."""
        etag = self.desk.file.peek()
        self.stood[etag] = self.disk
        return etag

    def _read(self) -> Any:
        return _state_of(self.desk.file.read().document)

    def _steps(self) -> tuple[int, int]:
        return self.plain.at, len(self.plain.states) - 1 - self.plain.at

    def _check(self, what: str, found: Any, wanted: Any) -> None:
        if not alike(found, wanted):
            raise Broken(f"{what} is {found!r} and should be {wanted!r}")


def _state_of(document: Document) -> Any:
    """The attributes of the launcher, or that it has none."""
    return dict(document.namespace(NAMESPACE).attributes) if NAMESPACE in document.namespaces else NOTHING


def _with_state(document: Document, state: Any) -> Document:
    if state is NOTHING:
        return without_namespaces(document, [NAMESPACE])
    states = mapping_of(document.tree.get(STATES))
    beside = mapping_of(states.get(NAMESPACE))
    return Document({**document.tree, STATES: {**states, NAMESPACE: {**beside, "attributes": state}}})
