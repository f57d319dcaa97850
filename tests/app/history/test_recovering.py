"""Ways back that are tried on a slow disk: what is waited for is the way that is wanted, and no other."""

from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.history.recovering import Recovering
from app.past_errands import CrashRecord, PastErrand, Remains, TryWay, WayTried

ONE, OTHER = TryWay("/data/one", Remains()), TryWay("/data/other", Remains())


class Waiting:
    """Somebody who tries ways, and the banners that stand."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.asked: list[PastErrand] = []
        self.banners: dict[str, Banner] = {}
        self.messages: list[str] = []
        self.room = Recovering(self._ask, lambda _: None)
        self.room.message_shown.connect(self.messages.append)
        self.patience = self.room.patience
        self.patience.banner_shown.connect(lambda banner: self.banners.__setitem__(banner.key, banner))
        self.patience.banner_removed.connect(lambda key: self.banners.pop(key, None))

    def _ask(self, errand: PastErrand) -> bool:
        self.asked.append(errand)
        return True

    def until_told(self, name: str) -> None:
        self.qtbot.waitUntil(lambda: any(name in banner.text for banner in self.banners.values()))


def test_that_only_the_way_that_is_wanted_is_waited_for(qtbot: QtBot) -> None:
    waiting = Waiting(qtbot)
    waiting.room.try_way(ONE)
    waiting.until_told("one")
    waiting.room.try_way(OTHER)
    waiting.until_told("other")
    waiting.room.take(WayTried(ONE, problem="Nothing is left of one."))
    waiting.until_told("other")
    waiting.room.take(WayTried(OTHER, problem="Nothing is left of the other."))
    assert (waiting.banners, waiting.messages) == ({}, ["other: Nothing is left of the other."])
    waiting.room.take(WayTried(OTHER, problem="Nothing is left of the other."))
    assert waiting.messages == ["other: Nothing is left of the other."]


def test_that_another_way_of_the_same_session_is_waited_for_when_the_first_is_known(qtbot: QtBot) -> None:
    waiting = Waiting(qtbot)
    waiting.room.try_way(ONE)
    waiting.room.try_way(TryWay(ONE.directory, CrashRecord("rig.CountingLauncher")))
    waiting.room.take(WayTried(ONE, problem="Nothing is left of one."))
    waiting.until_told("one")
    assert waiting.messages == []
