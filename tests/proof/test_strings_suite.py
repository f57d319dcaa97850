"""The suite of strings can fail: it sees a child that hangs, one that dies, and a window that guesses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.proof import strings
from tests.proof.payloads import payloads
from tests.proof.string_sinks import PLACES, pairs, wrong

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
HANGS = """
import sys, time
if sys.argv[3] == "0":
    print('["try", 0, "x, in y"]', flush=True)
    time.sleep(60)
"""
DIES = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
if sys.argv[3] == "0":
    print('["try", 0, "x, in y"]', flush=True)
    os.abort()
print('["try", 1, "z, in y"]\\n["done", 0.5, ["it was wrong"]]', flush=True)
"""


@needs_pipes
@pytest.mark.parametrize(
    ("program", "seen"),
    [
        (HANGS, ["x, in y: it hung for 1 seconds"]),
        (DIES, ["x, in y: it died with -6, it said nothing", "z, in y: it was wrong"]),
    ],
    ids=["hangs", "dies"],
)
def test_that_a_child_that_fails_is_told_and_the_next_goes_on(
    program: str, seen: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "child.py").write_text(program, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.delenv("PYTHONFAULTHANDLER", raising=False)  # it would say something when it dies
    (tmp_path / "work").mkdir()
    outcome = strings.run(9, tmp_path / "work", program="child", hang=1)
    assert list(outcome.violations) == seen


def test_that_a_guess_and_a_taken_ampersand_are_seen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert list(wrong(window)) == []
    QLabel("<b>x</b>", window)
    QPushButton("&File & a & b", window)
    action = QAction(window)
    action.setToolTip("<b>x</b>")
    told = " ".join(wrong(window))
    assert "a label guesses" in told
    assert "an ampersand would be taken" in told
    assert "a tip would be guessed" in told
    for label in window.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
    assert "a label guesses" not in " ".join(wrong(window))


def test_that_there_are_sixty_texts_and_every_one_gets_into_every_place(tmp_path: Path) -> None:
    texts = payloads(tmp_path / "trap")
    assert len(texts) >= 60
    every = list(pairs(tmp_path / "trap", strings.SUITE.full))
    assert len(every) == len(texts) * len(PLACES)
    few = list(pairs(tmp_path / "trap", 200))
    assert len({name for name, _, _ in few}) > 50
    assert len({place for _, _, place in few}) > len(PLACES) // 2
