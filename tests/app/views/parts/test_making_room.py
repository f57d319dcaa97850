"""Notices come and go above the panes, and nothing moves under the hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.views.parts import second_press
from app.views.parts.banner_view import BannerView
from app.views.parts.banners import BannerBar
from app.views.parts.hand import REST_MS
from app.views.parts.making_room import MakingRoom
from app.views.parts.second_press import SecondPress
from app.views.parts.unmoved_press import REFUSED
from app.views.style.theme import Theme
from tests.app.views.seen import laid_out

HOURS = 10**7
INSIDE, OUTSIDE = QPoint(300, 200), QPoint(780, 580)
UNDER = Qt.WidgetAttribute.WA_UnderMouse
ONE = Banner("one", "vermilion", "A folder cannot be reached.", (), True)


class Place:
    """A button and a field in panes below notices; both report what was done to them."""

    def __init__(self, qtbot: QtBot, theme: Theme, rest: int = HOURS) -> None:
        self.banners = BannerBar(theme, rest=rest, pointer=lambda: self.pointer)
        self.below = QWidget()
        column = QVBoxLayout(self.below)
        self.button, self.field = QPushButton("Row"), QLineEdit()
        column.addWidget(self.button)
        column.addWidget(self.field)
        column.addStretch(1)
        self.pressed: list[object] = []
        self.button.clicked.connect(lambda: self.pressed.append("Row"))
        self.pointer = OUTSIDE
        self._qtbot = qtbot

    def show(self, *, rest: int = HOURS) -> None:
        self.room = MakingRoom(self.banners, self.below, rest=rest, pointer=lambda: self.pointer)
        self.held: list[object] = []
        self.room.held.connect(self.held.append)
        self.room.held.connect(self.banners.take_places)
        self.banners.keeps_still = lambda: self.room.keeps_still
        self._qtbot.addWidget(self.room)
        self.room.resize(600, 400)
        self.room.show()
        self.room.activateWindow()
        self._qtbot.waitExposed(self.room)

    @property
    def top(self) -> int:
        """Where the panes begin."""
        return self.below.mapTo(self.room, QPoint(0, 0)).y()

    def enter(self, where: QPoint = INSIDE) -> None:
        """The hand goes into the panes."""
        self.pointer = where
        self.below.setAttribute(UNDER)
        self.banners.setAttribute(UNDER, on=False)  # the screen of tests has a pointer of its own

    def leave(self) -> None:
        self.pointer = OUTSIDE
        self.below.setAttribute(UNDER, on=False)
        QApplication.sendEvent(self.below, QEvent(QEvent.Type.Leave))

    def put(self, banner: Banner = ONE) -> None:
        self.banners.put(banner)
        laid_out()

    def take_away(self) -> None:
        """It goes by itself."""
        self.banners.remove("one")
        self._qtbot.waitUntil(lambda: self.banners.isHidden() and self.top == 0)

    def enter_notices(self, where: QPoint) -> None:
        """The hand goes to the notices."""
        self.pointer = where
        self.banners.setAttribute(UNDER)

    def leave_notices(self) -> None:
        self.pointer = OUTSIDE
        self.banners.setAttribute(UNDER, on=False)
        QApplication.sendEvent(self.banners, QEvent(QEvent.Type.Leave))

    def press_at(self, widget: QWidget) -> None:
        """Press where that is, whatever lies there."""
        self.press(widget.mapTo(self.room, widget.rect().center()))

    def press(self, where: QPoint) -> None:
        window = self.room.windowHandle()
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


@pytest.fixture
def place(qtbot: QtBot, theme: Theme) -> Iterator[Place]:
    made = Place(qtbot, theme)
    yield made
    made.room.close()


def test_that_a_notice_pushes_the_panes_down_while_no_hand_is_there(place: Place) -> None:
    place.show()
    place.put()
    assert place.top == place.banners.height() > 0
    place.take_away()
    assert (place.top, place.room.is_waiting) == (0, False)


def test_that_a_notice_that_comes_under_the_hand_moves_nothing_until_it_leaves(place: Place) -> None:
    place.show()
    place.enter()
    place.put()
    assert (place.top, place.room.is_waiting, place.held) == (0, True, [True])
    place.leave()
    QApplication.sendPostedEvents()
    assert place.top == place.banners.height() > 0
    assert place.held == [True, False]


def test_that_the_room_of_a_notice_that_went_stays_until_the_hand_leaves(place: Place, qtbot: QtBot) -> None:
    place.show()
    place.put()
    place.enter()
    top = place.top
    place.banners.remove("one")
    qtbot.waitUntil(lambda: place.room.is_waiting)
    assert place.top == top > 0
    place.leave()
    qtbot.waitUntil(lambda: place.top == 0)


def test_that_a_notice_that_waits_covers_nothing(place: Place, qtbot: QtBot) -> None:
    """It lay over the filter, and over Resume."""
    place.show()
    place.enter()
    place.put()
    for count in (1, 2):
        place.press_at(place.button)
        assert place.pressed == ["Row"] * count
    assert place.top == 0


def test_that_a_notice_that_stands_stays_where_it_is_while_another_one_waits(place: Place) -> None:
    place.show()
    place.put()
    one = place.banners.findChild(BannerView)
    assert one is not None
    before = one.mapTo(place.room, QPoint(0, 0))
    place.enter()
    place.put(Banner("two", "blue", "Another one."))
    QApplication.sendPostedEvents()
    assert place.room.is_waiting
    assert one.mapTo(place.room, QPoint(0, 0)) == before


@pytest.mark.parametrize("standing", [1, 2])
def test_that_nothing_is_seen_of_a_notice_that_waits_beside_one_that_stands(
    place: Place, standing: int
) -> None:
    """Its lower edge was a line under the tool bar."""
    place.show()
    for number in range(standing):
        place.put(Banner(f"stands {number}", "amber", "This one stands."))
    place.enter()
    place.put(Banner("waits", "blue", "Another one."))
    assert place.room.is_waiting
    views = [one for one in place.banners.findChildren(BannerView) if one.isVisible()]
    (waits,) = (one for one in views if one.banner.key == "waits")
    tops = [one.mapTo(place.room, QPoint(0, 0)).y() for one in views if one is not waits]
    drawn = place.room.grab().toImage()
    first = min(top for top in tops if top >= 0)
    assert first > 0
    assert len({drawn.pixel(x, y) for x in range(drawn.width()) for y in range(first)}) == 1
    place.leave()
    laid_out()
    drawn = place.room.grab().toImage()
    top = waits.mapTo(place.room, QPoint(0, 0)).y()
    assert len({drawn.pixel(x, top + 5) for x in range(drawn.width())}) > 1  # then it is seen


def test_that_a_third_notice_that_waits_takes_the_place_of_none_that_stands(place: Place) -> None:
    place.show()
    for key in ("first", "second"):
        place.put(Banner(key, "amber", "This one stands."))
    views = {one.banner.key: one for one in place.banners.findChildren(BannerView)}
    before = {key: one.mapTo(place.room, QPoint(0, 0)) for key, one in views.items()}
    place.enter()
    place.put(Banner("third", "blue", "Another one."))
    assert {key: one.mapTo(place.room, QPoint(0, 0)) for key, one in views.items()} == before
    assert all(one.isVisible() for one in views.values())
    place.leave()
    laid_out()
    shown = [one.banner.key for one in place.banners.findChildren(BannerView) if one.isVisible()]
    assert sorted(shown) == ["second", "third"]
    assert "and 1 more" in [one.text() for one in place.banners.findChildren(QPushButton) if one.isVisible()]
    assert place.top == place.banners.height()


def dismiss(place: Place, key: str) -> QPoint:
    """Dismiss a notice by the mouse; where that was pressed."""
    views = {one.banner.key: one for one in place.banners.findChildren(BannerView)}
    button = next(one for one in views[key].findChildren(QPushButton) if one.text() == "Dismiss")
    where = button.mapTo(place.room, button.rect().center())
    place.enter_notices(place.room.mapToGlobal(where))
    place.press(where)
    laid_out()
    return where


def test_that_a_notice_that_is_dismissed_goes_at_once(place: Place) -> None:
    place.show()
    place.put()
    dismiss(place, "one")
    assert (place.top, place.banners.isHidden(), place.room.is_waiting) == (0, True, False)


def test_that_a_second_press_where_a_notice_was_dismissed_reaches_nothing(place: Place, qtbot: QtBot) -> None:
    """Below its Dismiss lies Resume, as soon as the panes have taken the room."""
    place.show()
    place.put()
    place.button.setFixedSize(600, 200)
    where = dismiss(place, "one")
    assert place.room.childAt(where) is not place.button
    for _ in range(3):
        place.press(where)
    assert place.pressed == []
    QApplication.sendEvent(shield_of(place), QEvent(QEvent.Type.Leave))
    place.press(where)
    assert place.pressed == ["Row"]


def test_that_a_moment_after_a_notice_was_dismissed_its_place_is_as_any_other(
    place: Place, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_press, "MOMENT_MS", 1)
    place.show()
    place.put()
    dismiss(place, "one")
    qtbot.waitUntil(lambda: not place.room.findChildren(SecondPress))


def test_that_a_notice_that_is_dismissed_by_key_leaves_nothing_in_its_place(place: Place) -> None:
    place.show()
    place.put()
    button = next(one for one in place.banners.findChildren(QPushButton) if one.text() == "Dismiss")
    QTest.keyClick(button, Qt.Key.Key_Space)
    laid_out()
    assert place.top == 0
    assert not place.room.findChildren(SecondPress)


def shield_of(place: Place) -> SecondPress:
    (found,) = place.room.findChildren(SecondPress)
    return found


def test_that_of_two_notices_a_double_click_dismisses_one(place: Place) -> None:
    place.show()
    place.put()
    place.put(Banner("two", "blue", "Another one."))
    QApplication.sendPostedEvents()
    where = dismiss(place, "two")
    assert [one.key for one in place.banners.banners()] == ["one"]
    assert place.top == place.banners.height()
    place.press(where)
    assert [one.key for one in place.banners.banners()] == ["one"]


def test_that_a_notice_that_goes_with_its_button_leaves_its_place_to_what_answers(place: Place) -> None:
    """Undo was refused, and the refusal stood there cut and without its buttons while the hand stayed. A
    second press reaches nothing.
    """
    place.show()
    undo = Banner("saved", "green", "Saved.", (("Undo", "u"),))
    refused = Banner("refused:x", "vermilion", "It was changed on disk.", (("Save…", "s"),))
    chosen: list[object] = []
    place.banners.action_chosen.connect(lambda _, action: chosen.append(action))
    place.put(undo)
    view = place.banners.findChild(BannerView)
    assert view is not None
    button = next(one for one in view.findChildren(QPushButton) if one.text() == "Undo")
    where = button.mapTo(place.room, button.rect().center())
    place.enter_notices(where)
    place.press(where)
    place.banners.remove("saved")
    place.put(refused)
    assert place.banners.waiting is None
    shown = [one for one in place.banners.findChildren(BannerView) if one.isVisible()]
    assert [one.banner.key for one in shown] == ["refused:x"]
    assert [one.text() for one in shown[0].findChildren(QPushButton) if one.isVisible()] == [
        "Save…",
        "Dismiss",
    ]
    place.press(where)
    assert chosen == ["u"]


@pytest.mark.parametrize("by_key", [False, True])
def test_that_a_notice_whose_button_led_to_nothing_goes_like_any_other(place: Place, by_key: bool) -> None:
    """Who comes back aims anew: what stands below a notice that goes then stays where it is."""
    place.show()
    view = _put_with_button(place)
    (button,) = (one for one in view.findChildren(QPushButton) if one.text() == "Show")
    where = button.mapTo(place.room, button.rect().center())
    if by_key:
        button.click()
    else:
        place.enter_notices(where)
        place.press(where)
        place.leave_notices()
    place.enter_notices(where)
    top = place.top
    place.banners.remove("run")
    laid_out()
    assert place.top == top > 0
    place.leave_notices()
    laid_out()
    assert place.top == 0


def _put_with_button(place: Place) -> BannerView:
    place.put(Banner("run", "vermilion", "It stopped.", (("Show", "s"),)))
    view = place.banners.findChild(BannerView)
    assert view is not None
    return view


def test_that_what_comes_where_a_notice_went_by_itself_is_told_in_its_place(place: Place) -> None:
    place.show()
    came = Banner("came", "vermilion", "It was changed on disk.", (("Save…", "s"),))
    waits: list[object] = []
    place.banners.waits.connect(waits.append)
    place.put()
    view, top = place.banners.findChild(BannerView), place.top
    assert view is not None
    place.enter_notices(view.mapTo(place.room, view.rect().center()))
    place.banners.remove("one")
    assert waits == [None, None]
    place.put(came)
    told = [one.text() for one in view.findChildren(QLabel) if one.isVisible()]
    assert (told, waits[-1], place.top) == ([came.text], came, top)
    place.banners.remove("came")
    assert [one.text() for one in view.findChildren(QLabel) if one.isVisible()] == []
    place.put(came)
    place.leave_notices()
    assert waits[3:] == [None, came, None]
    laid_out()
    shown = [one.banner.key for one in place.banners.findChildren(BannerView) if one.isVisible()]
    assert shown == ["came"]


def test_that_an_empty_place_goes_when_a_key_is_pressed_or_the_hand_rests(qtbot: QtBot, theme: Theme) -> None:
    place = Place(qtbot, theme, rest=1)
    place.show()
    place.put()
    place.enter_notices(OUTSIDE - QPoint(1, 1))
    place.banners.remove("one")
    qtbot.waitUntil(lambda: place.top == 0)
    place.room.close()


def test_that_typing_makes_room_and_holding_a_key_to_select_does_not(place: Place, qtbot: QtBot) -> None:
    place.show()
    place.field.setFocus()
    qtbot.waitUntil(place.field.hasFocus)
    place.enter()
    place.put()
    qtbot.keyClick(place.field, Qt.Key.Key_Control)
    assert place.room.is_waiting
    qtbot.keyClick(place.field, "a")
    qtbot.waitUntil(lambda: place.top == place.banners.height() > 0)


def test_that_a_key_of_the_menus_makes_room_as_any_other_does(place: Place, qtbot: QtBot) -> None:
    """Qt asks about these first, and tells the one with the keyboard nothing more where a menu takes them."""
    place.show()
    QShortcut(QKeySequence("Ctrl+U"), place.room).activated.connect(lambda: place.pressed.append("Raw"))
    place.put()
    place.enter()
    place.field.setFocus()
    place.banners.remove("one")
    qtbot.waitUntil(lambda: place.room.is_waiting)
    window = place.room.windowHandle()
    QTest.keyClick(window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert place.pressed == ["Raw"]
    qtbot.waitUntil(lambda: place.top == 0)


def test_that_a_hand_that_rests_aims_at_nothing(place: Place, qtbot: QtBot) -> None:
    place.show(rest=1)
    place.enter()
    place.put()
    qtbot.waitUntil(lambda: place.top == place.banners.height() > 0)


def test_that_a_pointer_that_nobody_touched_since_the_window_opened_or_since_a_key_is_no_hand(
    place: Place, qtbot: QtBot
) -> None:
    place.enter()
    place.show()
    place.put()
    qtbot.waitUntil(lambda: place.top == place.banners.height())
    place.take_away()
    place.enter(QPoint(310, 210))
    place.put()
    assert place.room.is_waiting
    place.field.setFocus()
    qtbot.waitUntil(place.field.hasFocus)
    qtbot.keyClick(place.field, "a")
    qtbot.waitUntil(lambda: place.top == place.banners.height())
    one = place.top
    place.put(Banner("two", "blue", "Another one."))
    qtbot.waitUntil(lambda: place.top == place.banners.height() > one)


def press_where_it_is(place: Place) -> None:
    """As often as the button has moved under the pointer, it lies there still: it is high."""
    place.press(place.room.mapFromGlobal(place.pointer))
    laid_out()


def let_go_by_key(place: Place, qtbot: QtBot) -> None:
    """A notice waits while the pointer lies on the button, and comes with a key."""
    place.show()
    place.button.setFixedSize(600, 300)
    place.field.setFocus()
    qtbot.waitUntil(place.field.hasFocus)
    laid_out()
    place.enter(place.room.mapToGlobal(QPoint(100, 150)))
    place.put()
    qtbot.keyClick(place.field, "a")
    qtbot.waitUntil(lambda: place.top == place.banners.height() > 0)


def test_that_a_press_by_a_pointer_that_has_not_moved_since_the_page_did_reaches_nothing_once_and_is_told(
    place: Place, qtbot: QtBot
) -> None:
    """It met another row than the one that it was aimed at."""
    let_go_by_key(place, qtbot)
    told: list[object] = []
    place.room.refused.connect(told.append)
    press_where_it_is(place)
    assert (place.pressed, told) == ([], [REFUSED])
    for _ in range(3):  # the clock of these presses goes on by half a second with each
        press_where_it_is(place)
    assert (place.pressed[:1], told) == (["Row"], [REFUSED])


def test_that_a_pointer_that_moved_after_the_page_aims_anew(place: Place, qtbot: QtBot) -> None:
    let_go_by_key(place, qtbot)
    place.pointer = place.pointer + QPoint(0, 4)
    press_where_it_is(place)
    assert place.pressed == ["Row"]


def test_that_a_pointer_that_lies_there_since_a_sheet_has_gone_is_no_hand(place: Place, qtbot: QtBot) -> None:
    """What Save and Clear tell, with Undo, waited until the pointer had left the panes."""
    place.show()
    place.button.setFixedSize(600, 300)
    laid_out()
    place.enter(place.room.mapToGlobal(QPoint(100, 150)))
    place.room.forget()
    place.put()
    laid_out()
    assert place.top == place.banners.height() > 0
    press_where_it_is(place)
    assert place.pressed == []  # it may have been aimed before that


def test_that_a_hand_that_reads_for_some_seconds_is_still_there() -> None:
    """After five of them all moved, just when the row was read and it went to press."""
    assert REST_MS >= 60_000


def test_that_another_size_of_the_window_makes_room(place: Place, qtbot: QtBot) -> None:
    place.show()
    place.enter()
    place.put()
    place.room.resize(500, 300)
    qtbot.waitUntil(lambda: place.top == place.banners.height() > 0)


def test_that_a_notice_is_as_high_as_its_sentence_needs_in_the_width_that_there_is(
    qtbot: QtBot, theme: Theme
) -> None:
    """It was as high as in the narrowest window, where it takes several lines."""
    place = Place(qtbot, theme)
    place.show()
    sentence = "This is the demo: its sessions are made up, and one more starts and ends while you look."
    place.banners.put(Banner("long", "blue", sentence))
    place.room.resize(1200, 400)
    qtbot.waitUntil(lambda: place.top > 0)
    wide = place.top
    place.room.resize(420, 400)
    qtbot.waitUntil(lambda: place.top > wide + 10)
    place.room.resize(1200, 400)
    qtbot.waitUntil(lambda: place.top == wide)
    short = Place(qtbot, theme)
    short.show()
    short.room.resize(1200, 400)
    short.banners.put(Banner("short", "blue", "Short."))
    qtbot.waitUntil(lambda: short.top == wide)
