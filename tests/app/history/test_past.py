"""Looking back over a real disk, and bringing back what was there: every answer is about what was asked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.change_errands import Restore, Waiting
from app.disk.folders import Folders
from app.editing.drafts import Drafts
from app.exchange import Banner
from app.files.changes import change, read_session
from app.history.bringing_back import UNDO, BringingBack
from app.history.comparing import Comparing
from app.history.past import Past
from app.past_errands import HistoryRead
from app.past_exchange import CopyRequest, VersionAnswer, VersionQuestion
from persistence.files.running import RunningMarker
from persistence.store import STATE_FILE, StateFile
from tests.app.edited import edited
from tests.small_rig import NAMESPACE, locked, made_session


class Looking:
    """Somebody who looks back at one session on a real disk."""

    def __init__(self, root: Path, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session = made_session(root)
        self.directory = str(self.session)
        self.file = StateFile(self.session)
        self.drafts = Drafts()
        self.folders = Folders(rescan_seconds=3600)
        self.comparing = Comparing()
        self.comparing.start()
        self.past = Past(self.folders.ask, self.comparing.ask)
        self.back = BringingBack(self.folders.ask, lambda _: read_session(self.directory), self.drafts)
        for room in (self.past, self.back):
            self.folders.answered.connect(room.take)
            room.banner_shown.connect(lambda banner: self.banners.__setitem__(banner.key, banner))
        self.comparing.answered.connect(self.past.take_compared)
        self.banners: dict[str, Banner] = {}
        self.histories: list[HistoryRead] = []
        self.answers: list[VersionAnswer] = []
        self.messages: list[str] = []
        self.past.history_shown.connect(self.histories.append)
        self.past.difference_shown.connect(self.answers.append)
        self.past.message_shown.connect(self.messages.append)
        self.back.message_shown.connect(self.messages.append)
        self.back.banner_removed.connect(lambda key: self.banners.pop(key, None))
        self.folders.add(str(root))

    def end(self) -> None:
        self.folders.shutdown()
        self.comparing.close()
        assert self.comparing.wait()

    def select(self) -> None:
        snapshot = read_session(self.directory)
        self.drafts.open(snapshot)
        self.past.take_session((snapshot, self.drafts.get(self.directory)))

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def ask(self, sequence: int, *, equal: bool = False) -> VersionAnswer:
        self.past.tell_difference(VersionQuestion(self.directory, sequence, equal))
        before = len(self.answers)
        self.wait(lambda: len(self.answers) > before)
        return self.answers[-1]

    def restore(self, sequence: int, etag: str = "") -> Banner:
        self.banners.clear()
        self.back.bring_back(Restore(self.directory, sequence, etag or self.file.peek()))
        self.wait(lambda: bool(self.banners))
        return next(iter(self.banners.values()))

    def give_up(self, ask: Callable[[], None]) -> None:
        """Ask for a change while somebody else holds the lock, and do not want to wait for it."""
        answers: list[object] = []
        self.folders.answered.connect(answers.append)
        with locked(self.session):
            ask()
            self.wait(lambda: any(isinstance(one, Waiting) for one in answers))
            self.folders.give_up(self.directory)
            self.wait(lambda: any("did not want to wait" in told for told in self.messages))


@pytest.fixture
def looking(tmp_path: Path, qtbot: QtBot) -> Iterator[Looking]:
    made = Looking(tmp_path / "data", qtbot)
    yield made
    made.end()


def values(answer: VersionAnswer) -> list[tuple[object, object, str]]:
    assert answer.comparison is not None, answer.problem
    return [(row.left, row.right, row.kind) for row in answer.comparison.rows]


def test_that_history_is_told_with_the_session_that_it_is_of(looking: Looking) -> None:
    change(edited(looking.session))
    looking.past.tell_history(looking.directory)
    looking.wait(lambda: bool(looking.histories))
    history = looking.histories[-1]
    assert history.errand.directory == looking.directory
    assert [one.action for one in history.versions] == ["save", "edit"]


def test_that_a_version_is_compared_with_what_the_session_holds_now(looking: Looking) -> None:
    change(edited(looking.session))
    looking.select()
    assert values(looking.ask(1)) == [(15, 150, "changed")]
    whole = looking.ask(1, equal=True)
    assert [kind for *_, kind in values(whole)].count("equal") == 2


def test_that_after_a_save_the_same_version_differs_from_the_new_now(looking: Looking) -> None:
    change(edited(looking.session))
    looking.select()
    looking.ask(1)
    change(edited(looking.session, 151))
    looking.select()
    assert values(looking.ask(1)) == [(15, 151, "changed")]


def test_that_only_the_last_question_is_answered(looking: Looking) -> None:
    change(edited(looking.session))
    change(edited(looking.session, 151))
    looking.select()
    for sequence in (1, 2, 1, 2):
        looking.past.tell_difference(VersionQuestion(looking.directory, sequence))
    looking.wait(lambda: bool(looking.answers))
    looking.past.tell_history(looking.directory)  # behind all the others
    looking.wait(lambda: bool(looking.histories))
    assert {answer.question.sequence for answer in looking.answers} == {2}


@pytest.mark.parametrize(("damage", "kind"), [(b'{"version"', "unknown"), (None, "removed")])
def test_that_a_damaged_now_is_not_said_to_lack_anything_and_a_moved_one_is(
    looking: Looking, damage: bytes | None, kind: str
) -> None:
    state = looking.session / STATE_FILE
    if damage is None:
        state.unlink()
    else:
        state.write_bytes(damage)
    looking.select()
    assert {found for *_, found in values(looking.ask(1))} == {kind}


def test_that_a_version_whose_bytes_are_gone_is_told_in_a_sentence(looking: Looking) -> None:
    looking.select()
    assert looking.ask(9).problem.startswith("Version 9 cannot be shown")


def test_that_a_version_comes_back_as_one_more_and_can_be_taken_back(looking: Looking) -> None:
    first = (looking.session / STATE_FILE).read_bytes()
    change(edited(looking.session))
    second = (looking.session / STATE_FILE).read_bytes()
    banner = looking.restore(1)
    assert (looking.session / STATE_FILE).read_bytes() == first
    assert ("as version 3" in banner.text, banner.hue) == (True, "green")
    looking.banners.clear()
    looking.back.act(banner.key, UNDO)
    looking.wait(lambda: bool(looking.banners))
    assert (looking.session / STATE_FILE).read_bytes() == second
    assert [one.action for one in looking.file.history()] == ["save", "edit", "restore", "restore"]


def test_that_a_moved_state_comes_back(looking: Looking) -> None:
    state = looking.session / STATE_FILE
    before = state.read_bytes()
    state.unlink()
    banner = looking.restore(1)
    assert state.read_bytes() == before
    assert banner.actions == ()  # there was nothing before it


def test_that_nothing_comes_back_over_what_nobody_saw(looking: Looking) -> None:
    seen = looking.file.peek()
    change(edited(looking.session))
    before = (looking.session / STATE_FILE).read_bytes()
    assert looking.restore(1, seen).hue == "vermilion"
    assert (looking.session / STATE_FILE).read_bytes() == before


def test_that_nothing_comes_back_while_the_session_runs(looking: Looking) -> None:
    change(edited(looking.session))
    before = (looking.session / STATE_FILE).read_bytes()
    marker = RunningMarker(looking.session, NAMESPACE)
    marker.acquire()
    try:
        assert "still running" in looking.restore(1).text
    finally:
        marker.release()
    assert (looking.session / STATE_FILE).read_bytes() == before


@pytest.mark.usefixtures("waits_told_at_once")
def test_that_a_restore_that_nobody_wanted_to_wait_for_is_told(looking: Looking) -> None:
    change(edited(looking.session))
    before = (looking.session / STATE_FILE).read_bytes()
    looking.give_up(lambda: looking.back.bring_back(Restore(looking.directory, 1, looking.file.peek())))
    assert looking.banners == {}
    assert (looking.session / STATE_FILE).read_bytes() == before


@pytest.mark.usefixtures("waits_told_at_once")
def test_that_an_undo_that_nobody_wanted_to_wait_for_is_offered_again(looking: Looking) -> None:
    change(edited(looking.session))
    second = (looking.session / STATE_FILE).read_bytes()
    banner = looking.restore(1)
    looking.give_up(lambda: looking.back.act(banner.key, UNDO))
    assert looking.banners == {banner.key: banner}
    looking.back.act(banner.key, UNDO)
    looking.wait(lambda: (looking.session / STATE_FILE).read_bytes() == second)


def test_that_an_undo_that_could_not_be_done_yet_is_offered_again(looking: Looking) -> None:
    change(edited(looking.session))
    banner = looking.restore(1)
    marker = RunningMarker(looking.session, NAMESPACE)
    marker.acquire()
    try:
        looking.back.act(banner.key, UNDO)
        looking.wait(lambda: f"refused:{looking.directory}" in looking.banners)
    finally:
        marker.release()
    assert looking.banners[banner.key] == banner


def test_that_an_undo_that_could_not_be_asked_for_stays(looking: Looking) -> None:
    change(edited(looking.session))
    banner = looking.restore(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(looking.back, "_change", lambda _: False)  # another change is under way
        looking.back.act(banner.key, UNDO)
    assert looking.banners == {banner.key: banner}
    looking.back.act(banner.key, UNDO)
    looking.wait(lambda: len(looking.file.history()) == 4)


def test_that_a_copy_of_a_version_has_its_exact_bytes(looking: Looking, tmp_path: Path) -> None:
    first = (looking.session / STATE_FILE).read_bytes()
    change(edited(looking.session))
    target = tmp_path / "copy.json"
    for sequence, data in ((1, first), (None, (looking.session / STATE_FILE).read_bytes())):
        looking.messages.clear()
        looking.past.save_copy(CopyRequest(looking.directory, sequence, str(target)))
        assert looking.messages == [f"Saving a copy of {Path(looking.directory).name} …"]
        looking.wait(lambda: len(looking.messages) == 2)
        assert target.read_bytes() == data


def test_that_a_copy_into_a_session_is_refused_in_a_banner(looking: Looking) -> None:
    before = (looking.session / STATE_FILE).read_bytes()
    target = str(looking.session / STATE_FILE)
    looking.past.save_copy(CopyRequest(looking.directory, 1, target))
    looking.wait(lambda: bool(looking.banners))
    assert "folder of a session" in next(iter(looking.banners.values())).text
    assert (looking.session / STATE_FILE).read_bytes() == before


def test_that_a_session_in_no_watched_folder_is_told(looking: Looking, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "elsewhere")
    looking.past.tell_history(elsewhere)
    looking.past.tell_difference(VersionQuestion(elsewhere, 1))
    assert "no folder that is being watched" in looking.histories[-1].problem
    assert "no folder that is being watched" in looking.answers[-1].problem
