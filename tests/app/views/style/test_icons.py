"""Icons are there by name, in their colour, without qtawesome being imported."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from pytestqt.qtbot import QtBot

from app.views.style.icons import Icons, glyphs

BLUE, GREY = QColor("#0a66c2"), QColor("#9aa3af")


def inks(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    """The colours of the pixels that are wholly covered."""
    image = icon.pixmap(QSize(48, 48), 1.0, mode).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def test_that_an_icon_is_drawn_in_its_colour_and_in_another_one_when_disabled(qtbot: QtBot) -> None:
    icon = Icons().icon("refresh", BLUE, GREY)
    assert inks(icon) == {BLUE.name()}
    assert inks(icon, QIcon.Mode.Disabled) == {GREY.name()}


def test_that_a_pixmap_is_as_sharp_as_the_screen(qtbot: QtBot) -> None:
    pixmap = Icons().pixmap("play", BLUE, 16, 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)
    assert Icons().pixmap("play", BLUE, 16, 1.0).width() == 16


def test_that_a_name_that_the_font_does_not_have_is_no_empty_square(qtbot: QtBot) -> None:
    with pytest.raises(KeyError):
        Icons().icon("no-such-icon", BLUE)


def test_that_the_font_has_every_icon_that_the_window_names(qtbot: QtBot) -> None:
    texts = "".join(path.read_text("utf-8") for path in Path(str(files("app"))).rglob("*.py"))
    known = json.loads(glyphs().numbers)
    named = {name for name in re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', texts) if name in known}
    assert len(named) > 40
    for name in named:
        assert glyphs().character(name) == chr(int(known[name], 16))
        assert inks(Icons().icon(name, BLUE)), name


def test_that_qtawesome_is_not_imported() -> None:
    code = "import sys, app.main; sys.exit('qtawesome' in sys.modules or 'qtpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
