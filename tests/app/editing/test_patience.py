"""What is said of waits, and when: by the window's own timer, over banners that are really put."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.editing.patience import Patience
from app.exchange import Banner


class Waits:
    """A patience and the banners that stand."""

    def __init__(self) -> None:
        self.patience = Patience("test", lambda keys: f"Waiting for {', '.join(keys)} …")
        self.banners: dict[str, Banner] = {}
        self.texts: list[str] = []
        self.given_up: list[object] = []
        self.patience.banner_shown.connect(self._put)
        self.patience.banner_removed.connect(self.banners.pop)
        self.patience.given_up.connect(self.given_up.append)

    def _put(self, banner: Banner) -> None:
        self.banners[banner.key] = banner
        self.texts.append(banner.text)


@pytest.fixture
def waits(qtbot: QtBot) -> Waits:
    return Waits()


def test_that_what_comes_before_anybody_grows_impatient_is_never_announced(
    qtbot: QtBot, waits: Waits
) -> None:
    waits.patience.begin("a")
    waits.patience.end("a")
    waits.patience.begin("b")
    qtbot.waitUntil(lambda: bool(waits.banners))
    assert waits.texts == ["Waiting for b …"]


def test_that_one_banner_tells_of_all_until_the_last_has_come(qtbot: QtBot, waits: Waits) -> None:
    for key in "abc":
        waits.patience.begin(key)
    qtbot.waitUntil(lambda: bool(waits.banners))
    waits.patience.end("b")
    waits.patience.begin("d")
    waits.patience.end("never asked for")
    assert waits.texts[-1] == "Waiting for a, c, d …"
    for key in "acd":
        assert list(waits.banners) == ["busy:test"]
        waits.patience.end(key)
    assert waits.banners == {}


def test_that_giving_up_names_what_is_not_waited_for_any_more(qtbot: QtBot, waits: Waits) -> None:
    waits.patience.begin("a")
    waits.patience.begin("b")
    qtbot.waitUntil(lambda: bool(waits.banners))
    (banner,) = waits.banners.values()
    ((words, action),) = banner.actions
    assert (words, banner.dismissible) == ("Do not wait", False)
    waits.patience.act("another", action)
    assert waits.given_up == []
    waits.patience.act(banner.key, action)
    assert (waits.given_up, waits.banners) == ([("a", "b")], {})
