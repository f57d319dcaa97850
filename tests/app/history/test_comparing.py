"""Comparing on a thread of its own: the rows that were asked for, for whom they were asked for."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.history import comparing
from app.history.comparing import Compare, Compared, Comparing
from app.values.differences import Comparison, compare
from tests.samples import document

LEFT, RIGHT = document({"a": 1, "b": 1, "c": "x"}), document({"a": 2, "b": 1, "c": "y"})


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Comparing]:
    made = Comparing()
    made.start()
    yield made
    made.close()
    assert made.wait()


def ask(worker: Comparing, qtbot: QtBot, *errands: Compare) -> list[Compared]:
    answers: list[Compared] = []
    worker.answered.connect(answers.append)
    for errand in errands:
        worker.ask(errand)
    qtbot.waitUntil(lambda: len(answers) == len(errands))
    worker.answered.disconnect(answers.append)
    return answers


def names(answer: Compared) -> list[object]:
    return [row.place[0] for row in answer.comparison.rows]


def test_that_each_errand_is_answered_with_the_rows_that_it_wants(worker: Comparing, qtbot: QtBot) -> None:
    errands = (
        Compare(LEFT, RIGHT),
        Compare(LEFT, RIGHT, equal=True),
        Compare(LEFT, RIGHT, words="y"),
        Compare(LEFT, None),
    )
    answers = ask(worker, qtbot, *errands)
    assert [answer.errand for answer in answers] == list(errands)
    assert [names(answer) for answer in answers] == [["a", "c"], ["a", "b", "c"], ["c"], ["a", "b", "c"]]


def test_that_other_words_over_the_same_two_compare_nothing_anew(
    worker: Comparing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[int] = []

    def counted(*sides: object, equal: bool) -> Comparison:
        compared.append(1)
        return compare(*sides, equal=equal)  # type: ignore[arg-type]

    monkeypatch.setattr(comparing, "compare", counted)
    ask(worker, qtbot, *(Compare(LEFT, RIGHT, words=words) for words in ("", "a", "ac")))
    assert len(compared) == 1
    ask(worker, qtbot, Compare(LEFT, RIGHT, equal=True), Compare(RIGHT, LEFT))
    assert len(compared) == 3


def test_that_it_is_done_on_another_thread(
    worker: Comparing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[QThread] = []

    def noted(*_: object, equal: bool) -> Comparison:
        threads.append(QThread.currentThread())
        return Comparison()

    monkeypatch.setattr(comparing, "compare", noted)
    ask(worker, qtbot, Compare(LEFT, RIGHT))
    assert threads[0] is not QThread.currentThread()
