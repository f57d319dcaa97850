"""From a launcher that nobody can start to one that can be, as an operator sets it: the real window."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.hands import Hands
from app.main import Application
from app.views.parts.fields import ComboBox
from tests.small_rig import made_session


@pytest.mark.usefixtures("qtbot")
def test_that_a_missing_script_is_told_and_the_subject_is_still_there_when_it_is_set(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    session = made_session(tmp_path / "data", subject_id="764521", trace=[0.25] * 30_000)
    application = Application(roots=[tmp_path / "data"], config_dir=tmp_path / "config")
    application.window.show()
    try:
        hands = Hands(application.window)
        hands.select("sessionView", hands.row("sessionView", session.name))
        hands.trigger("actionResume")
        hands.read("attributes beside subject")  # when the large one is compared
        hands.type_into("subjectField", "764521")
        hands.type_into("User", "ann")
        hands.press("Set how to start…")
        hands.press("Cancel")
        hands.read("Matches this session")
        assert hands.named(ComboBox, "userField").currentText() == "ann"
        hands.press("Set how to start…")
        hands.type_into("entryPython", sys.executable)
        script = tmp_path / "run.py"
        hands.named(QPlainTextEdit, "entryCommand").setPlainText(f"{{python}}\n{script}")
        hands.read(f"{script}: there is no such file. Correct its path, or the folder.")
        hands.press("Save to the list")
        hands.read("there is no such file.")  # as the Resume sheet says it
        assert hands.named(QLineEdit, "subjectField").text() == "764521"
        script.touch()
        hands.press("Set how to start…")
        hands.press("Save to the list")
        hands.read("Matches this session")
        assert not hands.can_read("there is no such file")
    finally:
        application.shutdown()
