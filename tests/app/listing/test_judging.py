"""Sessions read wholly: behind a glance, each once, and only what is different is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from app.listing.index import Index
from app.listing.judging import REST_MS, Judging
from app.listing.ledger import Ledger
from app.listing.questions import Questions
from app.session import Summary
from app.value_errands import Match
from persistence.query import parse
from persistence.scan import find_sites
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


def waiting(judged: Judged) -> list[str]:
    return judged.ledger.not_surveyed()
