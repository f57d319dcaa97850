"""The list of launchers as the window changes it: back to where one was, and loud when it was not."""

from pathlib import Path

from app.exchange import Banner
from app.launchers.entries import (
    DropEntry,
    Entries,
    KeepEntry,
    LaunchersTold,
    ListChanged,
    MissingTold,
    TellLaunchers,
    TellMissing,
)
from app.launchers.registry import Entry, Registry
from app.resume_exchange import Filled, Missing, ResumeReturn

ENTRY = Entry("a.A", ("/bin/a",))
FROM = ResumeReturn("/data/s", Filled("764521", "ann"))


class Window:
    """The room, with what it asked and told."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.room = Entries(self.asked.append)
        self.shown: list[object] = []
        self.offers: list[object] = []
        self.banners: dict[str, Banner] = {}
        self.messages: list[str] = []
        self.room.launchers_shown.connect(self.shown.append)
        self.room.offer_wanted.connect(self.offers.append)
        self.room.banner_shown.connect(lambda banner: self.banners.__setitem__(banner.key, banner))
        self.room.banner_removed.connect(lambda key: self.banners.pop(key, None))
        self.missing: list[object] = []
        self.room.missing_told.connect(lambda *told: self.missing.append(told))
        self.room.message_shown.connect(self.messages.append)


def test_that_the_list_is_read_each_time_it_is_shown() -> None:
    window, registry = Window(), Registry(Path("/x"))
    window.room.tell()
    assert window.asked == [TellLaunchers()]
    window.room.take(LaunchersTold(registry))
    assert window.shown == [registry]


def test_that_who_came_from_a_session_comes_back_to_it() -> None:
    window = Window()
    window.room.keep(ENTRY, FROM)
    assert window.asked == [KeepEntry(ENTRY, FROM)]
    window.room.take(ListChanged(KeepEntry(ENTRY, FROM)))
    assert (window.offers, window.messages) == ([FROM], ["a.A is in the list of launchers."])


def test_that_who_came_from_the_preferences_sees_the_list_again() -> None:
    window = Window()
    window.room.drop("a.A")
    window.room.take(ListChanged(DropEntry("a.A")))
    assert window.asked == [DropEntry("a.A"), TellLaunchers()]
    assert "not in the list of launchers any more" in window.messages[0]


def test_that_a_list_that_was_not_changed_is_told_until_it_is() -> None:
    window = Window()
    window.room.take(ListChanged(KeepEntry(ENTRY, FROM), "It is broken."))
    assert window.banners["launchers"].text == "It is broken."
    assert window.offers == [FROM]
    window.room.take(ListChanged(KeepEntry(ENTRY)))
    assert window.banners == {}


def test_that_what_an_entry_names_is_looked_for_where_disks_are_read() -> None:
    window = Window()
    window.room.look_for(ENTRY)
    assert window.asked == [TellMissing(ENTRY)]
    found = Missing(command="/bin/a: there is no such program.")
    window.room.take(MissingTold(ENTRY, found))
    assert window.missing == [(ENTRY, found)]
