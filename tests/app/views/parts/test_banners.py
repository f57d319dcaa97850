"""Banners in little room: each is folded, few are seen, and nothing of them is out of reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.views.parts.banner_view import BannerView
from app.views.parts.few_lines import broken
from app.views.parts.widgets import Button
from app.views.style.theme import Theme
from tests.sample_window import Shown

NAME = "764521_2026-11-23_14-05"
DISPUTED = Banner(
    "outdated",
    "amber",
    f"{NAME} was changed on disk by bob (rigstate) while you were editing, and both of you changed "
    "trial_count. What you edited is not saved.",
    (("Decide…", "decide"), ("Reload", "reload")),
    dismissible=False,
)
FULL = Banner(
    "refused", "vermilion", f"{NAME}: the disk is full. Nothing was changed, and your edits are kept."
)
TOLD = Banner(
    "told", "blue", f"{NAME} was changed on disk by bob (rigstate): reward_volume. Your unsaved edits stay."
)
SAVED = Banner("back", "green", f"Saved {NAME} as version 5.", (("Undo", "undo"),))


@pytest.fixture
def large(qtbot: QtBot) -> Iterator[Shown]:
    """The smallest window with the largest text."""
    theme, application = Theme("light", 200), QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application)
    made = Shown(theme)
    qtbot.addWidget(made.window)
    made.window.resize(1024, 700)
    made.window.show()
    QApplication.processEvents()
    yield made
    made.window.close()
    Theme("light").apply(application)


def seen(shown: Shown) -> list[str]:
    found = [one for one in shown.window.banners.findChildren(BannerView) if one.isVisible()]
    return [one.banner.key for one in sorted(found, key=lambda one: one.y())]


def link(shown: Shown) -> Button:
    """What says how many more there are, or that there are to be fewer."""
    buttons = shown.window.banners.findChildren(Button)
    (found,) = [one for one in buttons if one.isVisible() and one.property("kind") == "link"]
    return found


def test_that_many_banners_leave_the_panes_most_of_the_window_in_large_text(
    qtbot: QtBot, large: Shown
) -> None:
    for banner in (DISPUTED, TOLD, SAVED, Banner("kept", "blue", f"{NAME} has 1 unsaved edit.")):
        large.window.show_banner(banner)
    QApplication.processEvents()
    room = large.window.height()
    assert large.window.banners.height() < room * 0.3
    assert seen(large) == ["kept", "outdated"]  # what came last, and what waits for an answer
    assert link(large).text() == "and 2 more"
    large.window.remove_banner("outdated")
    QApplication.processEvents()
    assert seen(large) == ["kept"]
    qtbot.waitUntil(lambda: large.window.banners.height() < room * 0.17)


def test_that_what_can_be_done_is_seen_before_what_only_tells(shown: Shown) -> None:
    shown.window.resize(1024, 700)
    ended = Banner("ended-run", "blue", f"The run of {NAME} has ended.", (("Save…", "save"),), asks=True)
    for banner in (ended, SAVED, Banner("merged", "blue", f"{NAME} was changed on disk."), SAVED):
        shown.window.show_banner(banner)
    QApplication.processEvents()
    assert seen(shown) == ["back", "ended-run"]
    shown.window.resize(1440, 900)
    shown.window.show_banner(FULL)
    QApplication.processEvents()
    assert seen(shown) == ["refused", "ended-run"]


def test_that_a_third_notice_folds_them_in_a_small_window_and_two_stand_whole(shown: Shown) -> None:
    shown.window.resize(1024, 700)
    for banner in (FULL, SAVED):
        shown.window.show_banner(banner)
    QApplication.processEvents()
    assert seen(shown) == ["back", "refused"]
    whole = shown.window.banners.height()
    shown.window.show_banner(Banner("ended", "green", f"The experiment {NAME} (Completed) has ended."))
    QApplication.processEvents()
    assert seen(shown) == ["ended", "refused"]  # what failed is not hidden by what went well
    assert link(shown).text() == "and 1 more"
    assert shown.window.banners.height() < whole


def test_that_what_was_just_done_is_seen_whatever_else_asks(shown: Shown) -> None:
    asking = [
        Banner(f"ended-run:{n}", "blue", f"{n} can be saved.", (("Save…", "s"),), asks=True) for n in "ab"
    ]
    for width in (1440, 1024):
        shown.window.resize(width, 700)
        for banner in (*asking, SAVED):
            shown.window.show_banner(banner)
        QApplication.processEvents()
        assert seen(shown) == ["back", "ended-run:b"], width
        assert link(shown).text() == "and 1 more"


def test_that_all_of_them_are_shown_whole_and_folded_again(qtbot: QtBot, large: Shown) -> None:
    for banner in (TOLD, SAVED):
        large.window.show_banner(banner)
    QApplication.processEvents()
    folded = large.window.banners.height()
    assert seen(large) == ["back"]
    link(large).click()
    QApplication.processEvents()
    assert seen(large) == ["back", "told"]
    assert large.window.banners.height() > folded
    link(large).click()
    QApplication.processEvents()
    assert seen(large) == ["back"]
    qtbot.waitUntil(lambda: large.window.banners.height() == folded)


def test_that_one_long_sentence_is_read_whole_by_its_button(large: Shown) -> None:
    large.window.show_banner(DISPUTED)
    QApplication.processEvents()
    (view,) = large.window.banners.findChildren(BannerView)
    folded = view.height()
    assert view.is_cut
    assert DISPUTED.text in view.accessibleName()
    assert link(large).text() == "Show all of it"
    link(large).click()
    QApplication.processEvents()
    assert view.height() > folded
    assert link(large).text() == "Show less"
    link(large).click()
    QApplication.processEvents()
    assert view.height() == folded


def test_that_a_notice_that_is_told_in_a_place_that_is_left_stands_at_its_beginning(
    qtbot: QtBot, theme: Theme
) -> None:
    view = BannerView(theme, SAVED)
    qtbot.addWidget(view)
    view.resize(1000, 44)
    view.show()
    view.go_blank()
    view.tell(FULL)
    assert view.layout() is not None
    view.layout().activate()  # type: ignore[union-attr]  # as just asked
    assert view._glyph.x() < 30
    assert view._line.x() < view._glyph.geometry().right() + 20
    assert view._line.text() == FULL.text
    view.resize(300, 44)
    assert view._line.geometry().right() <= 300
    assert view._line.text().endswith("…")


def test_that_a_larger_window_unfolds_them(large: Shown) -> None:
    for banner in (TOLD, SAVED):
        large.window.show_banner(banner)
    QApplication.processEvents()
    assert seen(large) == ["back"]
    large.window.resize(1600, 1800)
    QApplication.processEvents()
    assert seen(large) == ["back", "told"]


@given(st.text(st.sampled_from("ab  c-_…\u4e2d"), max_size=80), st.integers(1, 400), st.integers(1, 3))
def test_that_a_text_in_few_lines_says_what_it_began_with(
    qapp: QApplication, text: str, width: int, most: int
) -> None:
    lines = broken(text, qapp.font(), width, most)
    assert 1 <= len(lines) <= most
    words = "".join(lines).replace(" ", "")
    whole = text.replace(" ", "")
    assert words == whole or whole.startswith(words.removesuffix("…"))
