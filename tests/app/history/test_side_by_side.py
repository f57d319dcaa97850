"""Two states side by side on a real disk: every pair that can be chosen, and values copied as edits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.disk.folders import Folders
from app.disk.watching import Watching
from app.editing.drafts import Drafts
from app.editing.edits import SetValue
from app.files.changes import change, read_session
from app.history.comparing import Comparing
from app.history.side_by_side import SideBySide
from app.listing.catalog import Catalog
from app.past_exchange import CopyAcross, Side, SidesAnswer, SidesQuestion
from persistence.document import ABSENT, Place
from persistence.files.running import RunningMarker
from persistence.states.diff import Change
from persistence.states.edits import get_value
from persistence.store import STATE_FILE
from persistence.values.json_text import JSON
from tests.app.edited import COUNT, edited
from tests.small_rig import NAMESPACE, made_session


class Comparer:
    """Somebody who compares sessions on a real disk; `here` is selected."""

    def __init__(self, root: Path, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.here = made_session(root, "here")
        self.there = made_session(root, "there", trial_count=99, extra=[1])
        self.drafts = Drafts()
        self.folders = Folders(rescan_seconds=3600)
        self.catalog = Catalog()
        self.watching = Watching(self.folders, self.catalog)
        self.comparing = Comparing()
        self.comparing.start()
        self.sides = SideBySide(self.drafts, self.folders.ask, self.comparing.ask)
        self.folders.answered.connect(self.watching.take)
        self.folders.answered.connect(self.sides.take)
        self.catalog.sessions_changed.connect(self.sides.take_delta)
        self.comparing.answered.connect(self.sides.take_compared)
        self.answers: list[SidesAnswer] = []
        self.messages: list[str] = []
        self.sides.comparison_shown.connect(self.answers.append)
        self.sides.message_shown.connect(self.messages.append)
        self.watching.add(str(root))
        self.wait(lambda: self.catalog.get(str(self.there)) is not None)
        self.select()

    def end(self) -> None:
        self.folders.shutdown()
        self.comparing.close()
        assert self.comparing.wait()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def select(self) -> None:
        snapshot = read_session(str(self.here))
        self.drafts.open(snapshot)
        self.sides.take_session((snapshot, self.drafts.get(str(self.here))))

    def side(self, what: object, session: Path | None = None) -> Side:
        return Side(str(session or self.here), what)  # type: ignore[arg-type]

    def ask(self, left: Side, right: Side, **more: object) -> SidesAnswer:
        before = len(self.answers)
        self.sides.tell(SidesQuestion(left, right, **more))  # type: ignore[arg-type]
        self.wait(lambda: len(self.answers) > before)
        return self.answers[-1]

    def draft_value(self, place: Place) -> object:
        draft = self.drafts.get(str(self.here))
        assert draft is not None
        return get_value(draft.document, NAMESPACE, place)


@pytest.fixture
def comparer(tmp_path: Path, qtbot: QtBot) -> Iterator[Comparer]:
    made = Comparer(tmp_path / "data", qtbot)
    yield made
    made.end()


def told(answer: SidesAnswer) -> dict[str, tuple[object, object]]:
    assert answer.comparison is not None, answer.problem
    return {str(row.place[0]): (row.left, row.right) for row in answer.comparison.rows}


def test_that_a_session_is_compared_with_another_one(comparer: Comparer) -> None:
    answer = comparer.ask(comparer.side("edits"), comparer.side("now", comparer.there))
    assert told(answer) == {"trial_count": (15, 99), "extra": (ABSENT, [1])}


def test_that_edits_are_compared_with_what_is_on_disk(comparer: Comparer) -> None:
    comparer.drafts.stage(str(comparer.here), SetValue(NAMESPACE, COUNT, 7))
    assert told(comparer.ask(comparer.side("edits"), comparer.side("now"))) == {"trial_count": (7, 15)}


def test_that_any_two_versions_are_compared_also_of_another_session(comparer: Comparer) -> None:
    for count in (16, 17):
        change(edited(comparer.here, count))
    comparer.select()
    assert told(comparer.ask(comparer.side(1), comparer.side(2))) == {"trial_count": (15, 16)}
    assert told(comparer.ask(comparer.side(2), comparer.side("now"))) == {"trial_count": (16, 17)}
    answer = comparer.ask(comparer.side(1, comparer.there), comparer.side(1))
    assert told(answer)["trial_count"] == (99, 15)


def test_that_equal_rows_and_words_are_as_asked_for(comparer: Comparer) -> None:
    there = comparer.side("now", comparer.there)
    assert "reward_volume" in told(comparer.ask(comparer.side("now"), there, equal=True))
    assert set(told(comparer.ask(comparer.side("now"), there, words="EXTRA"))) == {"extra"}


def test_that_a_side_that_cannot_be_read_is_told(comparer: Comparer) -> None:
    answer = comparer.ask(comparer.side("now"), comparer.side(9))
    assert answer.problem == "here: Version 9 cannot be shown: there is no version 9 to be had."
    (comparer.there / STATE_FILE).write_bytes(b"\0" * 9)
    answer = comparer.ask(comparer.side("now"), comparer.side("now", comparer.there))
    assert "zero bytes" in answer.problem
    answer = comparer.ask(comparer.side("now"), Side("/nowhere/at/all", "now"))
    assert "no folder that is being watched" in answer.problem


def test_that_the_other_session_is_read_again_when_it_changes(comparer: Comparer) -> None:
    comparer.ask(comparer.side("now"), comparer.side("now", comparer.there))
    change(edited(comparer.there, 100))
    comparer.folders.rescan()
    comparer.wait(lambda: told(comparer.answers[-1])["trial_count"] == (15, 100))


def test_that_another_subject_is_told_of_when_it_is_copied(comparer: Comparer) -> None:
    copy(comparer, (("subject_id",), "m2"))
    (told_,) = comparer.messages
    assert "an unsaved edit of here. subject_id is taken over: m2. Whose session" in told_


def copy(comparer: Comparer, *values: tuple[Place, JSON | object]) -> None:
    changes = tuple(Change(NAMESPACE, place, ABSENT, value) for place, value in values)  # type: ignore[arg-type]
    comparer.sides.copy(CopyAcross(str(comparer.here), changes))


def test_that_copying_stages_edits_in_one_step_and_writes_nothing(comparer: Comparer) -> None:
    before = (comparer.here / STATE_FILE).read_bytes()
    copy(comparer, (COUNT, 99), (("extra",), [1]), (("reward_volume",), ABSENT))
    draft = comparer.drafts.get(str(comparer.here))
    assert draft is not None
    assert (draft.count, comparer.draft_value(COUNT), comparer.draft_value(("extra",))) == (3, 99, [1])
    assert "reward_volume" not in draft.document.namespace(NAMESPACE).attributes
    assert comparer.messages == ["3 values are copied, as unsaved edits of here."]
    assert (comparer.here / STATE_FILE).read_bytes() == before
    comparer.drafts.undo(str(comparer.here))
    assert comparer.draft_value(COUNT) == 15


def test_that_what_has_no_place_here_is_told_and_nothing_is_copied(comparer: Comparer) -> None:
    copy(comparer, (COUNT, 99), (("nowhere", "below"), 1))
    assert comparer.messages[-1].startswith("Nothing was copied")
    assert comparer.draft_value(COUNT) == 15


def test_that_nothing_is_copied_into_a_running_session(comparer: Comparer) -> None:
    marker = RunningMarker(comparer.here, NAMESPACE)
    marker.acquire()
    try:
        comparer.select()
        copy(comparer, (COUNT, 99))
    finally:
        marker.release()
    assert "still running" in comparer.messages[-1]
    assert comparer.draft_value(COUNT) == 15
