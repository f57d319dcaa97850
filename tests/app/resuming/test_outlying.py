"""A session that a run made where nobody watches is told of, and remembered before the next resume."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.resume_exchange import Earlier, Run
from app.resuming.outlying import WATCH, Outlying
from app.session import RootStatus

HERE, NEW = "/copies/m1_1", "/out/rig/m1_2"
RUN = Run("r1", HERE, "m1_1", "running", session=NEW, user="ann", started="2026-11-23T06:41:00")


class Told:
    def __init__(self) -> None:
        self.outlying = Outlying()
        self.banners: dict[str, Banner] = {}
        self.wanted: list[object] = []
        self.outlying.banner_shown.connect(lambda banner: self.banners.__setitem__(banner.key, banner))
        self.outlying.banner_removed.connect(self.banners.pop)
        self.outlying.watch_wanted.connect(self.wanted.append)

    def watch(self, *roots: str) -> None:
        self.outlying.take_roots(tuple(map(RootStatus, roots)))


@pytest.fixture
def told(qtbot: QtBot) -> Told:
    return Told()


def test_that_a_session_in_no_watched_folder_is_told_and_its_folder_is_offered(told: Told) -> None:
    told.watch("/copies", "/ou")
    told.outlying.take(replace(RUN, session=""))
    assert told.banners == {}
    told.outlying.take(RUN)
    ((key, banner),) = told.banners.items()
    assert "lies in /out/rig, which is not watched" in banner.text
    assert banner.actions == (("Watch folder", WATCH),)
    told.outlying.act("another", WATCH)
    told.outlying.act(key, WATCH)
    assert told.wanted == ["/out/rig"]
    told.watch("/copies", "/out")
    assert told.banners == {}


def test_that_it_is_told_once(told: Told) -> None:
    told.watch("/copies")
    told.outlying.take(RUN)
    told.banners.clear()  # dismissed
    told.outlying.take(replace(RUN, state="ended"))
    assert told.banners == {}


def test_that_nothing_is_told_before_it_is_known_what_is_watched(told: Told) -> None:
    told.outlying.take(RUN)
    assert told.banners == {}
    told.watch("/copies")
    assert len(told.banners) == 1


OLD = replace(RUN, found=True, state="ended")


@pytest.mark.parametrize("run", [replace(RUN, session="/copies/m1_2"), OLD])
def test_that_what_is_watched_or_long_over_is_no_news(told: Told, run: Run) -> None:
    told.watch("/copies")
    told.outlying.take(run)
    assert told.banners == {}


def test_that_the_latest_resume_whose_session_is_not_listed_is_known(told: Told) -> None:
    told.watch("/copies")
    told.outlying.take(replace(RUN, key="r2", session="/out/rig/m1_3", user="bob"))
    told.outlying.take(replace(RUN, found=True))
    told.outlying.take(replace(RUN, key="r3", session="/out/rig/m1_4", refused=True))
    told.outlying.take(replace(RUN, key="r4", directory="/copies/m2_1"))
    ask = told.outlying.earlier
    assert ask(HERE, lambda _: False) == Earlier("/out/rig/m1_3", RUN.started, "bob")
    assert ask(HERE, lambda session: session.endswith("3")) == Earlier(NEW, RUN.started, "ann")
    assert ask(HERE, lambda _: True) is None
    told.watch("/copies", "/out")
    earlier = ask(HERE, lambda _: False)
    assert earlier is not None
    assert earlier.watched
