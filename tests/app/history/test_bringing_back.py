"""What a banner says of a state that was brought back: as long as it is so; and that it is taken back."""

from collections.abc import Mapping
from typing import Literal

import pytest

from app.change_errands import BringIn, ChangeErrand, Commit, Done, NotDone, Restore
from app.editing.drafts import Drafts
from app.editing.edits import SetValue
from app.exchange import Banner
from app.history.bringing_back import HISTORY, UNDO, BringingBack
from app.past_exchange import BackOffer
from app.session import Delta, last_part
from app.snapshot import SessionSnapshot
from app.views.allowed import undoes_back
from persistence.files.runner import Running
from tests.app.sitting import Sitting
from tests.samples import PREDICTIVE, document, snapshot, summary

SOUND = snapshot(document())
HERE = SOUND.directory
KEY, REFUSED = f"back:{HERE}", f"refused:{HERE}"
TRIED = Restore(HERE, 7, "e8")


class Back:
    """One that brings back over `before`, and all that it tells."""

    def __init__(self, before: SessionSnapshot = SOUND) -> None:
        self.before, self.can_ask = before, True
        self.asked = list[ChangeErrand]()
        self.banners = dict[str, Banner]()
        self.told, self.wanted = list[str](), list[str]()
        self.offers: Mapping[str, BackOffer] = {}
        self.room = BringingBack(self._ask, lambda _: self.before, Drafts())
        self.room.banner_shown.connect(lambda banner: self.banners.update({banner.key: banner}))
        self.room.banner_removed.connect(lambda key: self.banners.pop(key, None))
        self.room.message_shown.connect(self.told.append)
        self.room.history_wanted.connect(self.wanted.append)
        self.room.offers_changed.connect(lambda offers: setattr(self, "offers", offers))

    def _ask(self, errand: ChangeErrand) -> bool:
        self.asked += [errand] if self.can_ask else []
        return self.can_ask

    def done(self, errand: ChangeErrand = TRIED) -> None:
        """It is brought back, as version 9 in the place of version 8."""
        self.room.bring_back(errand)
        self.room.take(Done(errand, 9, "e9", 8, SOUND))

    def refused(self, kind: Literal["changed", "cancelled", "refused"] = "refused") -> None:
        """What was asked for last is not done."""
        self.room.take(NotDone(self.asked[-1], kind, "The disk is full.", SOUND))


def test_that_over_what_nobody_can_read_the_way_back_is_by_history() -> None:
    back = Back(snapshot(None))
    back.done()
    assert back.banners[KEY].actions == (("Go to History", HISTORY),)
    assert "What it replaces is version 8." in back.banners[KEY].text
    assert back.offers == {}
    back.room.act(KEY, HISTORY)
    assert back.wanted == [HERE]
    sound = Back()
    sound.done()
    assert sound.banners[KEY].actions == (("Undo", UNDO),)
    assert "What it replaces" not in sound.banners[KEY].text


def test_that_what_could_be_taken_back_before_cannot_behind_what_nobody_could_read() -> None:
    back = Back()
    back.done()
    assert HERE in back.offers
    back.before = snapshot(None)
    back.done()
    assert back.offers == {}


def test_that_what_is_brought_back_is_told_in_words_and_what_was_refused_before_no_more() -> None:
    back = Back()
    back.room.bring_back(TRIED)
    back.refused()
    assert back.banners[REFUSED].text == f"{SOUND.name}: The disk is full."
    assert KEY not in back.banners
    back.done()
    assert REFUSED not in back.banners
    back.done(BringIn(HERE, "file", "e9"))
    assert back.told == [
        f"Version 7 of {SOUND.name} is back, as version 9.",
        f"The unsaved state of {SOUND.name} is brought in, as version 9.",
    ]


@pytest.mark.parametrize(("kind", "again"), [("refused", True), ("cancelled", True), ("changed", False)])
def test_that_a_taking_back_that_did_not_come_to_be_is_offered_again_where_it_still_can_be(
    kind: Literal["changed", "cancelled", "refused"], again: bool
) -> None:
    back = Back()
    back.done()
    back.room.act(KEY, UNDO)
    assert (KEY in back.banners, back.offers) == (False, {})  # not twice
    back.refused(kind)
    assert (KEY in back.banners, HERE in back.offers) == (again, again)
    assert (REFUSED in back.banners) is (kind != "cancelled")
    assert ("The disk is full." in back.told) is (kind == "cancelled")


def test_that_a_taking_back_that_cannot_be_asked_for_now_stays_on_offer() -> None:
    back = Back()
    back.done()
    back.can_ask = False
    back.room.act(KEY, UNDO)
    assert (KEY in back.banners, HERE in back.offers) == (True, True)


def test_that_an_answer_about_a_file_that_nobody_could_read_ends_nothing() -> None:
    back = Back()
    back.done()
    other = Restore(HERE, 3, "e9")
    back.room.take(NotDone(other, "refused", "It does not answer.", snapshot(None, etag="")))
    assert KEY in back.banners
    back.room.take(Done(other, 10, "e10", 9, snapshot(document(), etag="e10")))
    assert KEY not in back.banners


def test_that_a_banner_goes_when_the_state_is_another_one_again() -> None:
    back, standing = BringingBack(lambda _: True, lambda _: None, Drafts()), set[str]()
    back.banner_shown.connect(lambda banner: standing.add(banner.key))
    back.banner_removed.connect(standing.discard)
    errand = Restore(HERE, 7, "damaged")
    back.bring_back(errand)
    back.take(Done(errand, 9, "new", 8, snapshot(document(), etag="new")))
    assert standing == {KEY}
    for etag in ("damaged", "new"):  # what was listed before, and what was brought back
        back.take_delta(Delta(changed=(summary(etag=etag),)))
        assert standing == {KEY}
    back.take_delta(Delta(changed=(summary(etag="damaged"),)))  # again
    assert standing == set()


def test_that_what_was_brought_back_is_taken_back_and_brought_back_again_for_as_long_as_it_stands() -> None:
    asked, drafts = list[ChangeErrand](), Drafts()
    drafts.open(snapshot(document()))
    for count in (150, 151):
        drafts.stage(HERE, SetValue(PREDICTIVE, ("trial_count",), count))
    offers: list[Mapping[str, BackOffer]] = []

    def ask(errand: ChangeErrand) -> bool:
        asked.append(errand)
        return True

    back = BringingBack(ask, lambda _: snapshot(document()), drafts)
    back.offers_changed.connect(offers.append)

    def done(number: int) -> None:
        """The change that was asked for last became the version of this number."""
        back.take(Done(asked[-1], number, f"etag {number}", number - 1, snapshot(document())))

    back.bring_back(Restore(HERE, 1, "etag 4"))
    done(5)
    assert offers.pop() == {HERE: BackOffer(2, what="restore")}
    back.turn_back(HERE)
    assert asked[-1] == Restore(HERE, 4, "etag 5", over=5)
    assert offers.pop() == {}  # not twice
    back.turn_back(HERE)
    assert len(asked) == 2
    drafts.undo(HERE)
    done(6)
    assert offers.pop() == {HERE: BackOffer(1, again=True, what="restore")}
    back.turn_back(HERE)
    assert asked[-1] == Restore(HERE, 5, "etag 6", over=6)
    done(7)
    assert offers.pop() == {HERE: BackOffer(1, what="restore")}
    back.take_delta(Delta(changed=(summary(etag="somebody saved"),)))
    assert offers.pop() == {}


def test_that_a_save_ends_what_it_was_saved_over_before_the_list_says_so(sitting: Sitting) -> None:
    """It leaves fewer steps to undo than there were: the next Undo would ask for what is refused."""
    desk = sitting.desk
    back = BringingBack(sitting.saves.change, desk.snapshot, sitting.drafts)
    offers: list[Mapping[str, BackOffer]] = [{}]
    sitting.folders.answered.connect(back.take)
    back.offers_changed.connect(offers.append)
    sitting.somebody_saves()
    sitting.select()
    back.bring_back(Restore(sitting.directory, 1, sitting.file.peek()))
    sitting.wait_until(lambda: sitting.directory in offers[-1])
    assert undoes_back(sitting.draft, offers[-1][sitting.directory])
    sitting.edit()
    assert not undoes_back(sitting.draft, offers[-1][sitting.directory])
    sitting.save()
    assert sitting.drafts.steps(sitting.directory) == 0
    assert offers[-1] == {}
    assert sitting.on_disk() == 150


def test_that_of_several_saves_the_last_has_a_banner_and_each_can_be_taken_back() -> None:
    other, standing, asked = f"{HERE}-2", dict[str, str](), list[ChangeErrand]()
    offers: list[Mapping[str, BackOffer]] = []

    def ask(errand: ChangeErrand) -> bool:
        asked.append(errand)
        return True

    back = BringingBack(ask, lambda _: None, Drafts())
    back.banner_shown.connect(lambda banner: standing.update({banner.key: banner.text}))
    back.banner_removed.connect(lambda key: standing.pop(key, None))
    back.offers_changed.connect(offers.append)
    for directory, number in ((HERE, 4), (other, 7)):
        errand = Commit(directory, document(), "before")
        back.take_saved(Done(errand, number, f"etag {number}", number - 1, snapshot(document())), 0)
    assert standing == {
        f"back:{other}": f"Saved {last_part(other)} as version 7. The version before it is kept."
    }
    assert offers[-1] == {HERE: BackOffer(0, what="save"), other: BackOffer(0, what="save")}
    back.turn_back(HERE)
    assert asked == [Restore(HERE, 3, "etag 4", over=4)]


def test_that_a_later_save_elsewhere_takes_no_banner_but_that_of_the_save_before() -> None:
    """A version that was brought back since is told for as long as it is so."""
    back = Back()
    back.room.take_saved(Done(Commit(HERE, document(), "e7"), 8, "e8", 7, SOUND), 0)
    back.done()
    told = back.banners[KEY]
    elsewhere = Commit(f"{HERE}-2", document(), "before")
    back.room.take_saved(Done(elsewhere, 5, "etag", 4, snapshot(document())), 0)
    assert back.banners[KEY] == told
    assert f"back:{HERE}-2" in back.banners


def test_that_the_banner_of_a_save_goes_with_another_session_and_its_undo_stays() -> None:
    back = Back()
    back.room.take_saved(Done(Commit(HERE, document(), "e7"), 8, "e8", 7, SOUND), 0)
    for directory in (HERE, None, HERE):
        back.room.turn_to(directory)
        assert KEY in back.banners
    back.room.turn_to(f"{HERE}-2")
    assert back.banners == {}
    assert back.offers == {HERE: BackOffer(0, what="save")}
    back.room.turn_back(HERE)
    assert back.asked == [Restore(HERE, 7, "e8", over=8)]


def test_that_the_banner_of_what_was_brought_back_goes_with_another_session_and_its_undo_stays() -> None:
    back = Back()
    back.done()
    for directory in (HERE, None):
        back.room.turn_to(directory)
        assert KEY in back.banners
    back.room.turn_to(f"{HERE}-2")
    assert back.banners == {}
    back.room.turn_back(HERE)
    assert back.asked[1:] == [Restore(HERE, 8, "e9", over=9)]


def test_that_a_banner_that_is_the_only_way_back_stays_with_another_session() -> None:
    back = Back(snapshot(None))
    back.done()
    back.room.turn_to(f"{HERE}-2")
    assert KEY in back.banners


def test_that_no_banner_offers_to_take_back_what_a_launcher_works_with() -> None:
    back = Back()
    back.done()
    running = Running("rig3", 77, PREDICTIVE, "", elsewhere=True)
    back.room.take_delta(Delta(changed=(summary(etag="e9")._replace(running=running),)))
    assert back.banners == {}
    assert back.offers == {HERE: BackOffer(0, what="restore")}  # for when it has ended


def test_that_a_first_save_offers_nothing() -> None:
    back, told = BringingBack(lambda _: True, lambda _: None, Drafts()), list[object]()
    for signal in (back.banner_shown, back.offers_changed):
        signal.connect(told.append)
    back.take_saved(Done(Commit(HERE, document(), "absent"), 1, "etag", None, snapshot(document())), 0)
    assert told == []


def test_that_only_what_somebody_else_wrote_is_told_to_end_an_offer(sitting: Sitting) -> None:
    back, said = BringingBack(sitting.saves.change, sitting.desk.snapshot, sitting.drafts), list[str]()
    offers: list[Mapping[str, BackOffer]] = [{}]
    sitting.folders.answered.connect(back.take)
    sitting.saves.confirmed.connect(back.take_saved)
    sitting.catalog.sessions_changed.connect(back.take_delta)
    back.message_shown.connect(said.append)
    back.offers_changed.connect(offers.append)
    for count in (150, 151):
        sitting.select()
        sitting.edit(value=count)
        sitting.save()
    assert sitting.directory in offers[-1]
    assert said == []
    sitting.somebody_saves()
    sitting.folders.rescan()
    sitting.wait_until(lambda: bool(said))
    assert "was changed outside this window. Undo does not go back behind that" in said[-1]
    assert offers[-1] == {}
