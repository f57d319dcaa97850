"""The album holds a picture of all that can be seen: who adds a sheet, a tab or a status adds one."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from app.driven import SIZE
from app.exchange import Banner
from app.hands import Hands, NotSeen, cell
from app.pictures.__main__ import SCENES, the_same_place
from app.pictures.album import sees
from app.pictures.changing import TYPED, put
from app.pictures.contents import ADDED, CONTENTS, PAGES, STATUS_WORDS
from app.pictures.for_docs import COLORS, IN_DOCS, with_few_colors
from app.pictures.scenes import COUNT
from app.session import Status, status
from app.views.detail import _TABS
from app.views.parts.sheet import Sheet
from app.views.preferences.preferences_sheet import PreferencesSheet
from app.views.style.looks import STATUS_LOOKS
from app.views.style.theme import Theme
from persistence.errors import LockTimeout
from tests.sample_window import Shown
from tests.samples import summary
from tests.syntax import PROJECT, read, sources

SHOWN = {thing for picture in CONTENTS.values() for thing in picture.shows}
OF_TROUBLE = {
    "not-kept",
    "draft-file",
    "copy",
    "start",
    "trouble",
    "settings",
    "overtaken",
    "ended-run",
    "doubt",
    "file manager",
}
"""Banners that something broken would have to bring about; the picture of `banners` has their colours."""


@pytest.fixture(autouse=True, scope="module")
def trees_that_go() -> Iterator[None]:
    """What was read of the code is let go after the last test of it."""
    yield
    read.cache_clear()


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Shown:
    """The window over sample sessions, the first of them selected."""
    theme = Theme("light")
    theme.apply(qapp)
    shown = Shown(theme)
    qtbot.addWidget(shown.window)
    shown.window.resize(*SIZE)
    shown.window.show()
    shown.open(shown.names[0])
    return shown


def all_below(kind: type[Sheet]) -> Iterator[type[Sheet]]:
    """The classes of sheets that are opened: those that no other is made of."""
    below = kind.__subclasses__()
    if not below:
        yield kind
    for one in below:
        yield from all_below(one)


def test_that_there_is_a_picture_of_every_sheet() -> None:
    for source in sources("app"):
        if source.module.startswith("app.views.") and "Sheet" in source.names():
            importlib.import_module(source.module)
    sheets = {f"sheet {one.__name__}" for one in all_below(Sheet) if one.__module__.startswith("app.")}
    assert len(sheets) > 15
    assert sheets - SHOWN == set()
    assert {one for one in SHOWN if one.startswith("sheet ")} - sheets == set()


def test_that_there_is_a_picture_of_every_tab(shown: Shown) -> None:
    tabs = shown.window.detail.tabs
    there = {tabs.tabText(position).partition(" (")[0] for position in range(tabs.count())} | {"Output"}
    assert there <= set(_TABS)
    assert {f"tab {name}" for name in there} - SHOWN == set()


def test_that_there_is_a_picture_of_every_page_of_the_preferences(shown: Shown) -> None:
    pages = PreferencesSheet(shown.theme, shown.window).pages
    assert tuple(pages.tabText(position) for position in range(pages.count())) == PAGES


def test_that_there_is_a_picture_of_every_status_in_its_words() -> None:
    assert set(STATUS_WORDS) == set(STATUS_LOOKS)
    assert {f"status {kind}" for kind in STATUS_LOOKS} - SHOWN == set()
    told: Status = status(summary())
    assert STATUS_WORDS[told.kind] == told.word


def test_that_there_is_a_picture_of_every_banner() -> None:
    told = [one for one in sources("app") if not one.module.startswith("app.pictures")]
    keys = {key for source in told for key in banner_keys(source.tree)}
    assert len(keys) > 8
    assert keys - OF_TROUBLE - {one.removeprefix("banner ") for one in SHOWN} == set()


def banner_keys(tree: ast.AST) -> Iterator[str]:
    """The first words of the keys of all banners that are made with a key in the same line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Banner" and node.args:
            first = node.args[0]
            parts = first.values if isinstance(first, ast.JoinedStr) else [first]
            if isinstance(parts[0], ast.Constant):
                yield str(parts[0].value).partition(":")[0]


NAMED_AT = {"take": 0, "visit": 3}
"""Where the name of a picture stands among the arguments of what takes it."""


def test_that_each_picture_is_taken_in_one_scene() -> None:
    taken = [
        str(argument.value)
        for source in sources("app")
        if source.module.startswith("app.pictures.")
        for name, call in source.calls()
        if name in NAMED_AT
        for argument in call.args[NAMED_AT[name] :][:1]
        if isinstance(argument, ast.Constant)
    ]
    by_name = {"change-type", "edit-in-a-box", "add"}  # one after another, in a loop, as the next
    by_name |= {"add-number", "add-zeros", *(f"add-{name}" for name in ADDED)}
    by_name |= {f"preferences-{name.lower()}" for name in PAGES}
    assert sorted(taken) == sorted(set(CONTENTS) - by_name)
    assert len({scene.__name__ for scene in SCENES}) == len(SCENES)


def test_that_all_that_is_promised_to_be_typed_is_typed() -> None:
    assert tuple(TYPED) == ADDED


def test_that_a_value_that_stands_there_already_is_not_put_there(shown: Shown) -> None:
    """It would be no edit, and whatever comes of one would be waited for in vain."""
    hands = Hands(shown.window, seconds=0)
    saved = cell(hands.row("stateView", COUNT), "Value").data()
    with pytest.raises(NotSeen, match="already"):
        put(hands, COUNT, saved)


def test_that_what_a_picture_promises_is_looked_for_in_the_window(shown: Shown) -> None:
    hands = Hands(shown.window, seconds=0)
    assert sees(hands, "tab State")
    assert not sees(hands, "tab History")
    assert sees(hands, "status running")
    assert not sees(hands, "status moved")
    assert not sees(hands, "banner kept")
    shown.window.show_banner(Banner("kept:x", "blue", "Here."))
    assert sees(hands, "banner kept")
    assert not sees(hands, "sheet TextSheet")
    shown.window.actions_["actionAbout"].trigger()
    assert sees(hands, "sheet TextSheet")


def test_that_nobody_promises_what_nobody_knows(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QLabel("x", window)
    QTabWidget(window)
    with pytest.raises(NotSeen):
        sees(Hands(window, seconds=0), "smell of roses")


def test_that_two_runs_at_once_do_not_take_the_folder_from_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with the_same_place() as place:
        with pytest.raises(LockTimeout), the_same_place():
            pytest.fail("it is in use")
        assert place.is_dir()
    with the_same_place() as again:
        assert again == place
    assert not place.exists()


def test_that_pictures_of_the_documentation_are_those_that_are_taken_and_shown() -> None:
    docs = PROJECT / "docs"
    kept = {path.stem for path in (docs / "pictures").glob("*.png")}
    assert kept == set(IN_DOCS)
    for picture in IN_DOCS.values():
        assert picture.rpartition("-")[0].rpartition("-")[0] in CONTENTS
    pages = "".join(page.read_text("utf-8") for page in [PROJECT / "README.md", *docs.glob("*.md")])
    assert [name for name in IN_DOCS if f"pictures/{name}.png)" not in pages] == []


def test_that_few_colors_are_the_most_frequent_ones() -> None:
    image = QImage(300, 2, QImage.Format.Format_RGB32)
    image.fill(0xFF0A66C2)
    for column in range(300):
        image.setPixel(column, 0, 0xFF000000 + column)
    few = with_few_colors(image)
    assert few.colorCount() <= COLORS
    assert few.pixel(5, 1) == 0xFF0A66C2
    assert few.pixel(7, 0) == 0xFF000007


def test_that_a_rare_hue_stays_what_it_is_among_few_colors() -> None:
    """A word in vermilion beside a thousand shades of grey and amber: it must not become amber."""
    image = QImage(1000, 3, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    for column in range(1000):
        grey = column % 250
        image.setPixel(column, 0, 0xFF000000 | grey << 16 | grey << 8 | grey)
        image.setPixel(column, 1, 0xFF8A5A00 + column % 200)
    image.setPixel(0, 2, 0xFFB23C00)
    assert with_few_colors(image).pixel(0, 2) == 0xFFB23C00
