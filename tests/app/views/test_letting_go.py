"""A window that is gone is gone: what outlives it, as the theme and the models may, holds no part of it."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import QCoreApplication, QEvent

from app.views.style.theme import Theme
from tests.sample_window import Shown


def test_that_nothing_of_a_window_stays_when_it_is_gone(theme: Theme) -> None:
    shown = Shown(theme)
    shown.window.show()
    shown.open(shown.names[0])
    QCoreApplication.processEvents()  # what waits for the next turn of the loop holds what it is about
    parts = [shown.window, shown.window.sessions, shown.window.sessions.view, shown.window.detail]
    stays = [weakref.ref(part) for part in (*parts, shown.sessions, shown.state, shown.drafts)]
    shown.window.close()
    shown.window.deleteLater()
    del shown, parts
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert [part() for part in stays if part() is not None] == []
