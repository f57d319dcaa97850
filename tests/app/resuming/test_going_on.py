"""A window that opens says which runs of an earlier one go on."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.resume_exchange import Run
from app.resuming.going_on import KEY, SHOW, GoingOn

RUN = Run("r1", "/data/m1_1", "m1_1", "running", earlier=True)


class Told:
    def __init__(self) -> None:
        self.going_on = GoingOn()
        self.banners: dict[str, Banner] = {}
        self.shown: list[object] = []
        self.going_on.banner_shown.connect(lambda banner: self.banners.__setitem__(banner.key, banner))
        self.going_on.banner_removed.connect(lambda key: self.banners.pop(key, None))
        self.going_on.output_wanted.connect(self.shown.append)


@pytest.fixture
def told(qtbot: QtBot) -> Told:
    return Told()


def test_that_a_run_of_an_earlier_window_is_told_and_shown(told: Told) -> None:
    told.going_on.take(RUN)
    banner = told.banners[KEY]
    assert banner.text == "1 run of an earlier window is going on: m1_1."
    assert banner.actions == (("Show", SHOW),)
    told.going_on.take(replace(RUN, key="r2", title="m2_1"))
    assert told.banners[KEY].text == "2 runs of an earlier window are going on: m2_1."
    told.going_on.act("another", SHOW)
    assert told.shown == []
    told.going_on.act(KEY, SHOW)
    assert told.shown == [replace(RUN, key="r2", title="m2_1")]
    assert told.banners == {}
    told.going_on.take(replace(RUN, note="Loaded 1 attribute."))
    assert told.banners == {}


def test_that_the_session_that_runs_is_named_as_soon_as_it_is_known(told: Told) -> None:
    told.going_on.take(RUN)
    made = replace(RUN, session="/data/m1_2")
    told.going_on.take(made)
    assert told.banners[KEY].text == "1 run of an earlier window is going on: m1_2."
    told.banners.clear()
    told.going_on.take(replace(made, note="Loaded 1 attribute."))
    assert told.banners == {}
    told.going_on.act(KEY, SHOW)
    assert told.shown == [replace(made, note="Loaded 1 attribute.")]


def test_that_the_notice_goes_with_the_run(told: Told) -> None:
    told.going_on.take(RUN)
    told.going_on.take(replace(RUN, state="ended"))
    assert told.banners == {}


def test_that_what_was_dismissed_is_not_told_again(told: Told) -> None:
    told.going_on.take(RUN)
    told.banners.clear()
    told.going_on.forget(KEY)
    told.going_on.take(replace(RUN, note="x"))
    assert told.banners == {}


@pytest.mark.parametrize("run", [replace(RUN, earlier=False), replace(RUN, found=True, state="ended")])
def test_that_runs_of_this_window_and_those_that_are_over_are_no_news(told: Told, run: Run) -> None:
    told.going_on.take(run)
    assert told.banners == {}
