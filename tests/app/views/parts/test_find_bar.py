"""Finding in a file: what the tests of its tabs do not show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.values.raw_text import RawText
from app.views.parts.find_bar import FindBar
from app.views.parts.raw_view import RawView
from app.views.style.theme import Theme


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> RawView:
    view = RawView(theme)
    qtbot.addWidget(view)
    view.set_text(RawText(b"one\ntwo\nthree\n"))
    return view


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, view: RawView) -> FindBar:
    bar = FindBar(theme, view, "find")
    qtbot.addWidget(bar)
    bar.resize(400, 32)
    bar.show()
    return bar


def test_that_in_little_room_the_field_has_all_of_it(qtbot: QtBot, bar: FindBar) -> None:
    buttons = bar.findChildren(QPushButton)
    assert [one.isVisible() for one in buttons] == [True, True]
    bar.resize(120, 32)
    assert [one.isVisible() for one in buttons] == [False, False]
    qtbot.waitUntil(lambda: bar.field.width() > 72)
    bar.resize(400, 32)
    assert [one.isVisible() for one in buttons] == [True, True]


def test_that_a_place_is_found_although_first_lines_were_let_go_while_it_was_searched(
    qtbot: QtBot, bar: FindBar, view: RawView
) -> None:
    """The search goes on in the text of before; the place is one of the text that is shown by then."""
    lines = b"".join(b"%07d\n" % number for number in range(400_000))
    view.set_text(RawText(lines))
    bar.field.setText("0399999")
    view.grow(RawText(lines[8000:] + b"more\n", skipped=8000))
    qtbot.waitUntil(lambda: view._found is not None)
    first, last = view._found or (0, 0)
    assert view.text.data[first:last] == b"0399999"


def test_that_nothing_stays_marked_where_nothing_is_found(qtbot: QtBot, bar: FindBar, view: RawView) -> None:
    bar.field.setText("t")
    qtbot.waitUntil(lambda: view._found == (4, 5))
    bar.field.setText("tx")
    qtbot.waitUntil(lambda: bar.told.text() == "Not found")
    assert (view._found, view.caret_offset) == (None, 4)
    bar.field.setText("two")
    qtbot.waitUntil(lambda: view._found == (4, 7))
    bar.field.clear()
    assert view._found is None


def test_that_a_search_that_fails_says_so_and_the_next_one_finds(
    qtbot: QtBot, bar: FindBar, view: RawView, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> Iterator[None]:
        yield
        raise LookupError

    with qtbot.captureExceptions() as raised, monkeypatch.context() as patch:
        patch.setattr("app.models.pieces.SLICE", 0)
        patch.setattr(RawText, "search", fails)
        bar.resize(800, 32)
        bar.field.setText("two")
        qtbot.waitUntil(lambda: bar.told.text() == "The search failed")
    assert [kind for kind, *_ in raised] == [LookupError]
    bar.find_next()
    qtbot.waitUntil(lambda: view._found == (4, 7))
