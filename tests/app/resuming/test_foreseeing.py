"""Asking launchers while the Resume sheet is open: only those that may be, only while somebody waits."""

from dataclasses import replace

from app.checks import Checked
from app.rehearsing.rehearsal import Asked, Rehearse, Stop, Way
from app.resume_exchange import Foreseen, ResumeChoice, ResumeOffer
from app.resuming.foreseeing import Foreseeing
from persistence.document import Document


class Sheet:
    """The room with what it asked and told, and an offer of two launchers."""

    def __init__(self) -> None:
        self.asked: list[Rehearse | Stop] = []
        self.told: list[object] = []
        self.room = Foreseeing(self.asked.append)
        self.room.foreseen.connect(self.told.append)

    def begin(self, *asks: str) -> None:
        names = ("a.A", "b.B")
        choices = tuple(ResumeChoice(name, name, "", "", (), "", asks=name in asks) for name in names)
        self.room.begin(ResumeOffer("/s", "s", "", "1", choices), Document({}))

    @property
    def stamp(self) -> int:
        return self.asked[-1].stamp


def test_that_only_launchers_that_may_be_asked_are_asked() -> None:
    sheet = Sheet()
    sheet.begin("b.B")
    assert [one.ways for one in sheet.asked if isinstance(one, Rehearse)] == [(Way("b.B"),)]
    sheet.begin()
    assert [type(one) for one in sheet.asked] == [Rehearse, Stop]


def test_that_what_is_known_is_told_as_long_as_somebody_waits() -> None:
    sheet = Sheet()
    sheet.begin("a.A", "b.B")
    known = (Checked("a.A", "asked"),)
    sheet.room.take(Asked("/s", sheet.stamp - 1, (), ""))
    sheet.room.take(Asked("/s", sheet.stamp, known, "b.B"))
    assert sheet.told == [Foreseen("/s", known, "b.B")]
    sheet.room.take(Asked("/s", sheet.stamp, known, ""))
    sheet.room.take(Asked("/s", sheet.stamp, (), ""))
    assert len(sheet.told) == 2


def test_that_a_launcher_of_another_module_is_asked_once_it_is_chosen_and_what_was_said_stays() -> None:
    sheet = Sheet()
    like = ResumeChoice("a.A", "A", "", "", (), "", asks=True, started_as="new.A")
    sheet.room.choose(like)  # nothing is open
    sheet.begin("a.A", "b.B")
    said = Checked("a.A", "asked")
    sheet.room.take(Asked("/s", sheet.stamp, (said,), "b.B"))
    for choice in (like, like, replace(like, started_as="deaf.A", asks=False)):
        sheet.room.choose(choice)
    first, second = sheet.asked
    assert isinstance(first, Rehearse)
    assert isinstance(second, Rehearse)
    assert (first.ways, second.ways) == ((Way("a.A"), Way("b.B")), (Way("b.B"), Way("a.A", "new.A")))
    moved = Checked("a.A", "asked", started_as="new.A")
    sheet.room.take(Asked("/s", first.stamp, (said, Checked("b.B", "stopped"))))
    sheet.room.take(Asked("/s", second.stamp, (moved,)))
    assert sheet.told[-1] == Foreseen("/s", (said, moved))
    sheet.room.stop()
    sheet.room.choose(replace(like, started_as="other.A"))
    assert len(sheet.asked) == 2


def test_that_nobody_is_asked_any_longer_when_the_sheet_goes() -> None:
    sheet = Sheet()
    sheet.begin("a.A")
    stamp = sheet.stamp
    sheet.room.stop()
    sheet.room.stop()
    assert sheet.asked[1:] == [Stop(stamp)]
    sheet.room.take(Asked("/s", stamp, (), ""))
    assert sheet.told == []
