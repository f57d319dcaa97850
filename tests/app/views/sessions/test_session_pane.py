"""The pane of the list: its clock goes by what it shows."""

from datetime import timedelta

from pytestqt.qtbot import QtBot

from app.models.sessions.sessions import SessionsModel
from app.session import Delta
from app.views.sessions.session_pane import SessionPane
from app.views.style.theme import Theme
from tests.samples import NOW, summary


def test_that_the_clock_ticks_each_second_only_while_seconds_are_shown(qtbot: QtBot, theme: Theme) -> None:
    time = [NOW]
    model = SessionsModel(lambda: time[0])
    pane = SessionPane(model, theme)
    qtbot.addWidget(pane)
    clock = pane._clock
    saved = (NOW - timedelta(hours=1)).isoformat()
    model.apply(Delta(added=(summary("one", saved_at=saved), summary("two", saved_at=saved))))
    assert (clock.isActive(), clock.interval()) == (True, 10_000)
    model.apply(Delta(changed=(summary("one", saved_at=NOW.isoformat()),)))
    assert clock.interval() == 1000
    time[0] += timedelta(seconds=70)
    clock.timeout.emit()
    assert (clock.isActive(), clock.interval()) == (True, 10_000)
