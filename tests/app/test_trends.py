"""The Trend tab in the whole application: over sessions on a disk, and with what draws imported late."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.hands import Hands
from app.main import Application
from app.trends import LoadPlot, PlotLibrary, PlotLoaded
from app.views.state.value_editor import ValueEditor
from app.views.trend.plot import Plot
from tests.small_rig import PROJECT, made_session

START = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
from app.hands import Hands
from app.main import Application

qt = QApplication([])
application = Application(roots=[sys.argv[1]], config_dir=sys.argv[2])
application.window.show()
hands = Hands(application.window)
hands.select("sessionView", hands.row("sessionView", sys.argv[3]))
hands.row("stateView", "trial_count")
late = ("numpy", "pyqtgraph")
print([name for name in late if name in sys.modules])
hands.trigger("actionTrend")
hands.row("trendView", sys.argv[3], Change="")
hands.wait(lambda: all(name in sys.modules for name in late), "what draws")
application.shutdown()
"""


def test_that_starting_the_window_imports_nothing_that_draws(tmp_path: Path) -> None:
    session = made_session(tmp_path / "data")
    given = (str(tmp_path / "data"), str(tmp_path / "config"), session.name)
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": PROJECT}
    done = subprocess.run(
        [sys.executable, "-c", START, *given], env=variables, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr


@pytest.fixture
def application(tmp_path: Path, qtbot: QtBot) -> Iterator[Application]:
    """An application over six sessions of one subject, the newest of them selected."""
    for day, count in enumerate((104, 109, 124, 130, 142, 15), 1):
        made_session(tmp_path / "data", f"764521_2026-11-0{day}_14-05-00", trial_count=count)
    made_session(tmp_path / "data", "770012_2026-11-09_14-05-00", trial_count=99)
    made = Application(roots=[tmp_path / "data"], config_dir=tmp_path / "config", rescan_seconds=3600)
    made.window.resize(1440, 900)
    made.window.show()
    yield made
    made.shutdown()


def test_that_sessions_on_a_disk_are_drawn_and_followed(application: Application, qtbot: QtBot) -> None:
    hands = Hands(application.window)
    hands.select("sessionView", hands.row("sessionView", "764521_2026-11-06_14-05-00"))
    hands.row("stateView", "trial_count")
    hands.trigger("actionTrend")
    hands.wait(lambda: values(application) == ["15", "142", "130", "124", "109", "104"], "six sessions")
    hands.row("trendView", "764521_2026-11-06_14-05-00", Change="-127", Status="Ready")
    plot = hands.wait(lambda: application.window.findChild(Plot), "the plot")
    assert plot.thread() is application.thread()
    hands.wait(lambda: len(plot._places) == 6, "six points")
    state = made_session(Path(application._folders.roots[0]), "764521_2026-11-07_14-05-00", trial_count=160)
    application._folders.rescan()
    hands.row("trendView", state.name, Change="+145")
    application.window.trends.pane.over_chosen.emit(True)
    hands.row("trendView", "770012_2026-11-09_14-05-00", Change="-61")
    assert values(application)[:2] == ["99", "160"]


def values(application: Application) -> list[str]:
    """What stands in the table of the tab, newest first."""
    model = application.window.trends.pane.model
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def test_that_an_unusual_number_is_hinted_at_while_it_is_typed(
    application: Application, qtbot: QtBot
) -> None:
    hands = Hands(application.window)
    hands.select("sessionView", hands.row("sessionView", "764521_2026-11-06_14-05-00"))
    view = application.window.detail.state.view
    view.setCurrentIndex(hands.row("stateView", "trial_count"))
    assert view.in_place.edit_value()
    (editor,) = view.viewport().findChildren(ValueEditor)
    editor.selectAll()
    QTest.keyClicks(editor, "1500")
    hands.read("Unusual: 104 to 142 in the last 5 sessions")
    view.in_place.finish()
    hands.row("stateView", "trial_count", Value="1500")


def test_that_what_draws_is_imported_on_a_thread_of_its_own(qtbot: QtBot) -> None:
    threads: list[int] = []

    class Noted(PlotLibrary):
        def work(self, errand: object) -> None:
            threads.append(threading.get_ident())
            super().work(errand)

    library, answers = Noted(), list[object]()
    library.answered.connect(answers.append)
    library.start()
    library.ask(LoadPlot())
    qtbot.waitUntil(lambda: bool(answers))
    library.close()
    assert library.wait()
    assert answers == [PlotLoaded()]
    assert threading.get_ident() not in threads


def test_that_a_library_that_is_missing_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "app.views.trend.plot", None)
    answers: list[object] = []
    library = PlotLibrary()
    library.answered.connect(answers.append)
    library.work(LoadPlot())
    (told,) = answers
    assert isinstance(told, PlotLoaded)
    assert told.why_not
