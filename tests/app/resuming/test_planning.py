"""Plans of large values, made on a thread of their own."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.resuming import planning
from app.resuming.plan import Given, Plan, plan
from app.resuming.planning import MakePlan, Planned, Planning
from persistence.rehearsing.rehearsed import Rehearsed
from persistence.values.in_pieces import WINDOW
from persistence.values.json_text import JSON, parse_text
from persistence.values.spelled import Spelled

TRACE: list[JSON] = [number / 4 for number in range(20_000)]


def spelled(value: JSON) -> Spelled:
    return Spelled(memoryview(json.dumps(value).encode()))


def test_that_each_question_is_answered_on_a_thread_of_its_own(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[QThread] = []

    def noted(given: Given, said: Rehearsed | None) -> Plan:
        threads.append(QThread.currentThread())
        return plan(given, said)

    monkeypatch.setattr(planning, "plan", noted)
    worker = Planning()
    answers: list[Planned] = []
    worker.answered.connect(answers.append)
    worker.start()
    try:
        errands = MakePlan(Given({"a": 1}, own={"a": 2})), MakePlan(Given({"a": 1}))
        for errand in errands:
            worker.ask(errand)
        qtbot.waitUntil(lambda: len(answers) == 2)
    finally:
        worker.close()
        assert worker.wait()
    assert [answer.errand for answer in answers] == list(errands)
    assert [answer.plan.rows[0].fate for answer in answers] == ["edited", "restored"]
    assert QThread.currentThread() not in threads


def test_that_large_values_are_read_in_pieces_while_others_have_their_turns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole: list[int] = []

    def noted(text: str) -> JSON:
        whole.append(len(text))
        return parse_text(text)

    monkeypatch.setattr("persistence.values.spelled.parse_text", noted)
    was, now = spelled({"trace": TRACE}), spelled({"trace": [*TRACE[:-1], 0.5]})
    (row,) = plan(Given({"recording": now}, own={"recording": was})).rows
    assert (row.fate, row.note) == ("edited", "trace: 20,000 items → 20,000 items")
    assert max(whole, default=0) <= WINDOW < len(now)


def test_that_what_stands_there_as_it_was_saved_is_not_read() -> None:
    was, now = spelled(TRACE), spelled(TRACE)
    (row,) = plan(Given({"trace": now}, own={"trace": was})).rows
    assert row.fate == "restored"
    assert not was.known
    assert not now.known
