"""Sessions read wholly: behind a glance, each once, and only what is different is told."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from app.listing.index import Index
from app.listing.judging import REST_MS, Judging
from app.listing.ledger import Ledger
from app.listing.lookers import Unread
from app.listing.questions import Questions
from app.listing.scouts import Scout
from app.listing.steps import Step
from app.session import Summary
from app.value_errands import Match
from persistence.query import parse
from persistence.scan import find_sites, site_at
from persistence.store import STATE_FILE
from tests.small_rig import made_session


class Judged:
    """Two sessions that were glanced at, one of them damaged inside, and what is told of them."""

    def __init__(self, root: Path) -> None:
        made_session(root, "sound")
        file = made_session(root, "damaged", note="x") / STATE_FILE
        file.write_bytes(file.read_bytes().replace(b'"x"', b'{"a": 1, "a": 2}'))
        self.ledger = Ledger(Index(None, str(root)), str(root))
        self.told: list[Summary] = []
        self.ends = 0
        self._parent = QObject()
        self.questions = Questions(str(root), self._parent)
        self.judging = Judging(lambda: self.ledger, self.questions, self.told.extend, self._end, self._parent)
        for site in find_sites(root):
            known = self.ledger.glance(site)
            assert known is not None
            self.ledger.keep(known)

    def _end(self) -> None:
        self.ends += 1


@pytest.fixture
def judged(tmp_path: Path, qtbot: QtBot) -> Iterator[Judged]:
    made = Judged(tmp_path)
    yield made
    made.judging.pause()
    made.ledger.close()


def test_that_only_what_turns_out_to_be_different_is_told(judged: Judged, qtbot: QtBot) -> None:
    assert all(
        summary is not None and summary.problem is None for summary in map(judged.ledger.get, waiting(judged))
    )
    judged.judging.begin(waiting(judged))
    qtbot.waitUntil(lambda: judged.ends == 1)
    assert [(one.name, one.problem.kind if one.problem else "") for one in judged.told] == [
        ("damaged", "damaged")
    ]
    assert judged.ledger.not_surveyed() == []


def test_that_nothing_is_read_twice_or_before_it_is_begun(judged: Judged, qtbot: QtBot) -> None:
    judged.judging.add([*waiting(judged), *waiting(judged), "/never/known"])
    assert not judged.judging.busy
    judged.judging.begin()
    qtbot.waitUntil(lambda: judged.ends == 1)
    assert len(judged.told) == 1


def test_that_what_meets_conditions_is_told_before_all_are_read(
    judged: Judged, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_before: list[int] = []
    judged.questions.answered.connect(lambda _: ends_before.append(judged.ends))
    judged.questions.ask(Match(parse("trial_count>1").attribute_conditions), ())
    qtbot.waitUntil(lambda: len(ends_before) == 1)
    monkeypatch.setattr("app.listing.questions.TOLD_EVERY", 0.0)
    monkeypatch.setattr("app.listing.judging.UNHURRIED_SECONDS", 0.0)
    judged.judging.begin(sorted(waiting(judged)))  # the sound one is read first
    qtbot.waitUntil(lambda: judged.ends == 1)
    assert ends_before == [0, 0]


def test_that_who_is_asked_again_and_again_to_rest_reads_all_the_same(judged: Judged, qtbot: QtBot) -> None:
    def much() -> None:
        judged.judging.begin()
        judged.judging.rest()

    stream = QTimer()
    stream.timeout.connect(much)
    judged.judging.add(waiting(judged))
    stream.start(REST_MS // 5)
    qtbot.waitUntil(lambda: judged.ends > 0)
    stream.stop()
    assert judged.ledger.not_surveyed() == []


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many are two already, so that they are read by a program of ours."""
    monkeypatch.setattr("app.listing.judging.MANY", 1)


def values_in(ledger: Ledger) -> set[str]:
    return {Path(directory).name for directory, _ in ledger.values()}


@pytest.mark.usefixtures("apart")
def test_that_many_are_read_by_a_program_of_ours_which_finds_the_same(judged: Judged, qtbot: QtBot) -> None:
    judged.judging.begin(waiting(judged))
    qtbot.waitUntil(lambda: judged.judging._apart is not None)
    qtbot.waitUntil(lambda: judged.ends == 1)
    assert [(one.name, one.problem.kind if one.problem else "") for one in judged.told] == [
        ("damaged", "damaged")
    ]
    assert judged.ledger.not_surveyed() == []
    assert values_in(judged.ledger) == {"sound", "damaged"}


class Leaving(Scout):
    """Leaves everything, as scouts leave large files."""

    def look(self, folders: Sequence[str]) -> list[Step]:
        return Unread().look(folders)


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("lost", ["large", "program"])
def test_that_what_the_program_leaves_is_read_here_and_one_that_is_lost_is_not_started_for_each_newcomer(
    judged: Judged, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    if lost == "large":
        monkeypatch.setattr("app.listing.judging.Scout", Leaving)
    else:
        monkeypatch.setattr("app.listing.scouts.python", lambda: "none")
    judged.judging.begin(waiting(judged))
    qtbot.waitUntil(lambda: judged.ends == 1)
    assert judged.ledger.not_surveyed() == []
    assert len(judged.told) == 1
    assert judged.judging._may_send == (lost == "large")


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("ended", [True, False])
def test_that_sessions_that_change_while_the_program_answers_are_read_as_they_are_then(
    judged: Judged, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, ended: bool
) -> None:
    """So many that it is asked again, while what it said before still waits, or it has said all."""
    sessions, answers, again = waiting(judged), threading.Event(), threading.Event()
    look = Scout.look

    def late(self: Scout, folders: Sequence[str]) -> list[Step]:
        found = look(self, folders)
        if answers.is_set() and not ended:
            assert again.wait(60)
        answers.set()
        return found

    monkeypatch.setattr(Scout, "look", late)
    monkeypatch.setattr("app.listing.judging._AT_ONCE", 9 if ended else 1)
    judged.judging.begin(sessions)
    judged.judging._some()
    assert answers.wait(60)
    apart = judged.judging._apart
    assert apart is not None
    if ended:  # and nobody here has heard of it yet
        with apart._change:
            assert apart._change.wait_for(lambda: apart._is_over, 60)
    for session in map(Path, sessions):
        made_session(session.parent, session.name, trial_count=99)
        site = site_at(str(session))
        assert site is not None
        glanced = judged.ledger.glance(site)
        assert glanced is not None
        judged.ledger.keep(glanced)
    judged.judging.add(sessions)
    judged.judging.begin()
    again.set()
    qtbot.waitUntil(lambda: judged.ends > 0)
    assert judged.ledger.not_surveyed() == []
    assert all("[99]" in values for _, values in judged.ledger.values())


@pytest.mark.usefixtures("apart")
def test_that_what_was_learned_of_a_session_since_the_program_was_asked_counts(
    judged: Judged, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One was seen otherwise, and one read, after the program had read them, and before that was heard."""
    root = Path(waiting(judged)[0]).parent
    answers, heard = threading.Event(), threading.Event()
    look = Scout.look

    def late(self: Scout, folders: Sequence[str]) -> list[Step]:
        found = look(self, folders)
        answers.set()
        assert heard.wait(60)
        return found

    monkeypatch.setattr(Scout, "look", late)
    monkeypatch.setattr("app.listing.judging._AT_ONCE", 9)
    judged.judging.begin(waiting(judged))
    qtbot.waitUntil(answers.is_set)
    made_session(root, "damaged", note="sound now")
    made_session(root, "sound", trial_count=99)
    there = site_at(str(root / "damaged"))
    assert there is not None
    glanced = judged.ledger.glance(there)
    assert glanced is not None
    judged.ledger.keep(glanced)
    site = site_at(str(root / "sound"))
    assert site is not None
    assert judged.judging.read(site) is not None
    newest = judged.ledger.get(str(root / "sound"))
    heard.set()
    qtbot.waitUntil(lambda: judged.ends == 1)
    assert judged.ledger.get(str(root / "sound")) is newest
    found = judged.ledger.get(str(root / "damaged"))
    assert found is not None
    assert found.problem is None
    assert judged.ledger.not_surveyed() == []
    assert judged.told == []


@pytest.mark.usefixtures("apart")
def test_that_all_is_read_here_where_the_start_of_the_program_hangs(
    judged: Judged, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, hanging = threading.Event(), list[object]()

    def hangs(*_: object, **__: object) -> None:
        hanging.append(1)
        assert release.wait(60)
        raise OSError("it was not started at last")

    monkeypatch.setattr("app.listing.scouts.subprocess.Popen", hangs)
    monkeypatch.setattr("app.listing.starts.HANGING_SECONDS", 0.01)
    judged.judging.begin(waiting(judged))
    qtbot.waitUntil(lambda: judged.ends == 1)
    assert judged.ledger.not_surveyed() == []
    judged.judging.begin(["/a", "/b", "/c"])
    qtbot.waitUntil(lambda: judged.ends == 2)
    release.set()
    assert len(hanging) == 1


@pytest.mark.usefixtures("apart")
def test_that_what_is_left_for_later_still_waits(judged: Judged, qtbot: QtBot) -> None:
    judged.judging.begin(waiting(judged))
    qtbot.waitUntil(lambda: judged.judging._apart is not None)
    judged.judging.pause()
    assert not judged.judging.busy
    judged.judging.begin()
    qtbot.waitUntil(lambda: judged.ends == 1)
    assert judged.ledger.not_surveyed() == []


def waiting(judged: Judged) -> list[str]:
    return judged.ledger.not_surveyed()
