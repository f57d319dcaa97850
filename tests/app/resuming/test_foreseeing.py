"""Asking launchers while the Resume sheet is open: only those that may be, only while somebody waits."""

from app.checks import Checked
from app.rehearsing.rehearsal import Asked, Rehearse, Stop
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
    assert [one.namespaces for one in sheet.asked if isinstance(one, Rehearse)] == [("b.B",)]
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


def test_that_nobody_is_asked_any_longer_when_the_sheet_goes() -> None:
    sheet = Sheet()
    sheet.begin("a.A")
    stamp = sheet.stamp
    sheet.room.stop()
    sheet.room.stop()
    assert sheet.asked[1:] == [Stop(stamp)]
    sheet.room.take(Asked("/s", stamp, (), ""))
    assert sheet.told == []
