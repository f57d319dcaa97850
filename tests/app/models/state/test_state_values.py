"""What is told of a row's value and of the saved one beside it."""

from __future__ import annotations

import pytest

from app.models.state import state_values
from app.models.state.state_values import Held
from app.words.beside_texts import beside
from persistence.document import Absent
from persistence.values.json_text import JSON

LONG = "a line of the log\n" * 200


def test_that_long_values_are_compared_once_however_often_they_are_painted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[JSON | Absent] = []

    def counted(value: JSON | Absent, other: JSON | Absent, limit: int) -> str:
        compared.append(value)
        return beside(value, other, limit)

    monkeypatch.setattr(state_values, "beside", counted)
    row = Held()
    row.hold(f"{LONG}now", f"{LONG}then")
    texts = [row.texts_beside() for _ in range(5)]
    assert texts[0][0].endswith("now")
    assert texts[0][1].endswith("then")
    assert texts == [texts[0]] * 5
    assert len(compared) == 2


def test_that_what_a_row_holds_next_is_told_apart_anew() -> None:
    row = Held()
    row.hold(f"{LONG}now", f"{LONG}then")
    assert row.texts_beside()[0].endswith("now")
    assert row.base_text.endswith("…")
    row.hold(f"{LONG}later", LONG)
    assert row.texts_beside()[0].endswith("later")
    row.hold(LONG, "short")
    assert (row.base_text, row.texts_beside()[1]) == ("short", "short")
    assert len(row.texts_beside(40)[0]) <= 40
