"""The first start on a computer that has a rig config: its folder is offered, watched, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.front import Front
from app.hands import Hands
from app.main import Application
from app.opening import Opening
from persistence import BaseLauncher, save

Open = Callable[[], Application]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "rig_config.toml"


@pytest.fixture(params=["at once", "as the program does"])
def start(
    request: pytest.FixtureRequest,
    tmp_path: Path, config: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Open]:  # fmt: skip
    """Open the window of one person; it is closed before the next one."""
    made = partial(Application, rig_configs=(str(config),))
    monkeypatch.setattr("app.main.Application", made)  # which the program makes
    opened: list[Application] = []

    def start() -> Application:
        if opened:
            opened[-1].shutdown()
        settings = tmp_path / "settings"
        opened.append(made((), settings) if request.param == "at once" else in_stages(settings, qtbot))
        opened[-1].window.show()
        return opened[-1]

    yield start
    opened[-1].shutdown()


def in_stages(settings: Path, qtbot: QtBot) -> Application:
    """The first picture is shown, and all of the rest comes after it."""
    opening = Opening(Front((), settings))
    with qtbot.waitSignal(opening.whole):
        assert opening.front.window.beginning.isVisible() or opening.front.looked.folders
    assert opening.application is not None
    return opening.application


def saved_below(folder: Path) -> str:
    """A session as this rig leaves one; its name."""
    session = folder / "764521_2026-11-23_14-05-00"
    session.mkdir(parents=True)
    save(BaseLauncher(), session)
    return session.name


def test_that_the_folder_of_the_rig_is_one_press_away_and_remembered(
    tmp_path: Path, config: Path, start: Open
) -> None:
    session = saved_below(tmp_path / "data")
    config.write_text(f"output_root_folder = '{(tmp_path / 'data').as_posix()}'")
    hands = Hands(start().window)
    hands.read("Found on this computer: ")
    assert buttons(hands)["Watch this folder"].accessibleDescription() == str(tmp_path / "data")
    hands.press("Watch this folder")
    hands.row("sessionView", session)
    hands.read("Do you trust")
    again = Hands(start().window)
    again.row("sessionView", session)
    assert not again.can_read("Found on this computer")


@pytest.mark.parametrize(("named", "said"), [("<b>", "it is not TOML"), ("'{}'", "is not there")])
def test_that_a_bad_rig_config_is_said_and_the_window_goes_on(
    tmp_path: Path, config: Path, start: Open, named: str, said: str
) -> None:
    config.write_text(f"output_root_folder = {named.format((tmp_path / 'gone').as_posix())}")
    hands = Hands(start().window)
    hands.read(said)
    assert {"Watch a folder…", "Open the demo"} <= buttons(hands).keys()
    assert "Watch this folder" not in buttons(hands)


def buttons(hands: Hands) -> dict[str, QPushButton]:
    """Those that can be seen, by their words."""
    found = (one for one in hands.window.findChildren(QPushButton) if one.isVisible())
    return {one.text().strip(" \u2009"): one for one in found}


def test_that_what_the_rig_config_says_is_asked_again_whenever_nothing_is_watched(
    tmp_path: Path, config: Path, start: Open
) -> None:
    window = start().window
    hands = Hands(window)
    hands.read("Watch a folder to see its sessions")
    assert not hands.can_read("Found on this computer")
    window.watch_folder_requested.emit(str(tmp_path))
    hands.wait(lambda: not window.beginning.isVisible(), "the list")
    config.write_text(f"output_root_folder = '{tmp_path.as_posix()}'")
    window.stop_watching_requested.emit(str(tmp_path))
    hands.read("Found on this computer")
