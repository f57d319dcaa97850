"""The tour, as the demo runs it where there is no display; and that a step that fails is a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.demo import Demo
from app.driven import SIZE, SMALL
from app.hands import Hands
from app.tour import UNEXPECTED, Tour, walk
from tests.syntax import PROJECT


@pytest.mark.begins_first
def test_that_the_tour_goes_through_and_leaves_its_pictures(tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    command = [sys.executable, "-m", "app.tour", str(pictures)]
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    answer = subprocess.run(command, cwd=PROJECT, env=variables, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "FAILED" not in answer.stdout
    taken = {path.stem.partition("-")[2]: QImage(str(path)).size() for path in pictures.iterdir()}
    assert f"{len(taken)} pictures in {pictures}\n" in answer.stdout
    names = ("list", "arrival", "log-of-a-running-session", "window", "files", "resume", "output", "clear")
    for name in (*names, "dark", "small"):
        size = taken[name]
        assert (size.width(), size.height()) == (SMALL if name == "small" else SIZE)


class Short(Tour):
    """A tour of one step."""

    @property
    def steps(self) -> tuple[Callable[[], None], ...]:
        return (self.look,)

    def look(self) -> None:
        """a word is read"""
        self._hands.read("here")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QLabel("here", window).setObjectName("words")
    window.show()
    return window


def say(window: QWidget, words: str) -> None:
    Hands(window).named(QLabel, "words").setText(words)


def short(window: QWidget, tmp_path: Path) -> Short:
    return Short(Demo(tmp_path), Hands(window, seconds=0), tmp_path)


def test_that_a_step_that_sees_what_it_should_is_ok(
    window: QWidget, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert walk(short(window, tmp_path)) == 0
    assert capsys.readouterr().out == f"a word is read ... ok\n0 pictures in {tmp_path}\n"


def test_that_a_step_that_does_not_see_it_fails_with_its_reason_and_a_picture(
    window: QWidget, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(window, "not yet")
    assert walk(short(window, tmp_path)) == 1
    assert "FAILED\n  the words 'here': not seen" in capsys.readouterr().out
    assert (tmp_path / "01-failed.png").is_file()


def test_that_trouble_inside_the_window_fails_the_step(window: QWidget, tmp_path: Path) -> None:
    say(window, f"here. {UNEXPECTED} (ValueError)")
    assert walk(short(window, tmp_path)) == 1
