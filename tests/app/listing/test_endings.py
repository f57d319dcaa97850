"""The notice that an experiment has ended."""

from __future__ import annotations

import pytest

from app.exchange import Banner
from app.listing.endings import KEY, Endings
from app.session import Delta, Problem, Running, Summary
from tests.samples import PREDICTIVE, summary

AT_WORK = Running("rig3", 1, PREDICTIVE, "", False)
NAMES = [f"{number}_2026-11-23_14-05" for number in range(5)]


class Told:
    """Endings with somebody who notes what they say."""

    def __init__(self) -> None:
        self.endings = Endings()
        self.banners: list[Banner] = []
        self.chosen: list[str] = []
        self.removed: list[str] = []
        self.endings.banner_shown.connect(self.banners.append)
        self.endings.session_chosen.connect(self.chosen.append)
        self.endings.banner_removed.connect(self.removed.append)

    def run(self, *names: str) -> None:
        self.endings.take(Delta(added=tuple(summary(name, running=AT_WORK) for name in names)))

    def end(self, *names: str, **how: object) -> None:
        how = {"etag": "saved at the end", **how}
        self.endings.take(Delta(changed=tuple(summary(name, **how) for name in names)))

    def sentences(self) -> list[str]:
        return [banner.text for banner in self.banners]


@pytest.fixture
def told(qapp: object) -> Told:
    return Told()


def test_that_a_run_that_ends_is_told_with_how_it_ended_and_can_be_shown(told: Told) -> None:
    told.run(NAMES[0])
    assert told.banners == []
    told.end(NAMES[0])
    assert told.sentences() == [f"The experiment {NAMES[0]} (Completed) has ended."]
    assert told.banners[0].hue == "green"
    ((_, action),) = told.banners[0].actions
    told.endings.act(KEY, action)
    assert told.chosen == [summary(NAMES[0]).directory]
    assert told.removed == [KEY]


def test_that_several_ends_are_one_notice_and_a_bad_one_changes_its_colour(told: Told) -> None:
    told.run(*NAMES)
    told.end(NAMES[0])
    told.end(NAMES[1], outcome="failed")
    assert {banner.key for banner in told.banners} == {KEY}
    assert told.sentences()[-1] == (f"2 experiments have ended: {NAMES[1]} (Failed), {NAMES[0]} (Completed).")
    assert told.banners[-1].hue == "amber"
    told.end(*NAMES[2:])
    assert told.sentences()[-1].startswith("5 experiments have ended: ")
    assert told.sentences()[-1].endswith(" and 2 more.")
    assert len(told.banners) == 3


def test_that_what_is_named_first_is_shown_first(told: Told) -> None:
    told.run(*NAMES[:2])
    told.end(NAMES[0], outcome="checkpoint")
    told.end(NAMES[1])
    ((_, action),) = told.banners[-1].actions
    told.endings.act(KEY, action)
    assert told.chosen == [summary(NAMES[0]).directory]


def test_that_a_run_that_ended_without_a_final_save_is_the_loudest(told: Told) -> None:
    told.run(*NAMES)
    told.end(NAMES[0], outcome="checkpoint")
    assert told.sentences() == [f"The experiment {NAMES[0]} has ended without a final save (Checkpoint)."]
    told.end(NAMES[1], outcome="interrupted")
    told.end(*NAMES[2:])
    assert [banner.hue for banner in told.banners] == ["vermilion"] * 3
    assert (
        f"ended: {NAMES[0]} (Checkpoint, no final save), {NAMES[1]} (Interrupted), " in told.sentences()[-1]
    )


def test_that_a_run_that_was_killed_before_it_saved_anything_more_has_ended(told: Told) -> None:
    told.endings.take(Delta(added=(summary(NAMES[0], running=AT_WORK, outcome="checkpoint"),)))
    told.endings.take(Delta(changed=(summary(NAMES[0], outcome="checkpoint"),)))
    assert told.sentences() == [f"The experiment {NAMES[0]} has ended without a final save (Checkpoint)."]


_OF_BEFORE = "has ended without a save; what is saved is of the run before"


@pytest.mark.parametrize(
    ("began", "sentences"),
    [
        ("2026-11-23T15:00:00", [f"The experiment {NAMES[0]} {_OF_BEFORE} (Completed)."]),
        ("2026-11-23T14:00:00", []),  # what it saved last stood there when it was met
    ],
)
def test_that_a_run_that_saved_nothing_over_the_state_of_an_earlier_one_has_ended(
    told: Told, began: str, sentences: list[str]
) -> None:
    """It was killed in the session that it had been resumed in, and nobody was told."""
    saved, running = "2026-11-23T14:29:51.204618", AT_WORK._replace(started=began)
    told.endings.take(Delta(added=(summary(NAMES[0], running=running, saved_at=saved),)))
    told.endings.take(Delta(changed=(summary(NAMES[0], saved_at=saved),)))
    assert told.sentences() == sentences
    assert [banner.hue for banner in told.banners] == ["vermilion"] * len(sentences)
    told.run(NAMES[1])
    told.end(NAMES[1])
    assert [NAMES[0] in one for one in told.sentences()[len(sentences) :]] == [bool(sentences)]


def test_that_of_several_that_ended_one_that_saved_nothing_is_not_told_as_completed(told: Told) -> None:
    saved, running = "2026-11-23T14:29:51.204618", AT_WORK._replace(started="2026-11-23T15:00:00")
    told.run(NAMES[1])
    told.endings.take(Delta(added=(summary(NAMES[0], running=running, saved_at=saved),)))
    told.end(NAMES[1])
    told.endings.take(Delta(changed=(summary(NAMES[0], saved_at=saved),)))
    named = f"{NAMES[0]} (no save; Completed in the run before), {NAMES[1]} (Completed)"
    assert told.sentences()[-1] == f"2 experiments have ended: {named}."


def test_that_a_checkpoint_that_was_only_resumed_from_has_not_ended(told: Told) -> None:
    held = AT_WORK._replace(elsewhere=True)
    told.endings.take(Delta(added=(summary(NAMES[0], running=held, outcome="checkpoint"),)))
    told.endings.take(Delta(changed=(summary(NAMES[0], outcome="checkpoint"),)))
    assert told.banners == []


def test_that_a_notice_that_was_dismissed_does_not_come_back(told: Told) -> None:
    told.run(*NAMES)
    told.end(NAMES[0])
    told.endings.forget(KEY)
    told.end(NAMES[1])
    assert told.sentences()[-1] == f"The experiment {NAMES[1]} (Completed) has ended."


@pytest.mark.parametrize(
    "now", [summary(NAMES[0]), summary(NAMES[0], problem=Problem("being_written", "why"))]
)
def test_that_what_never_ran_here_and_what_is_still_written_has_not_ended(told: Told, now: Summary) -> None:
    if now.problem:
        told.run(NAMES[0])
    told.endings.take(Delta(changed=(now,)))
    assert told.banners == []


def test_that_a_run_that_is_finishing_has_not_ended_and_one_that_goes_is_forgotten(told: Told) -> None:
    told.run(NAMES[0], NAMES[1])
    told.end(NAMES[0], running=Running("rig3", 1, PREDICTIVE, "", True))
    told.endings.take(Delta(removed=(summary(NAMES[1]).directory,)))
    told.end(NAMES[1])
    assert told.banners == []
    told.end(NAMES[0], problem=Problem("no_state", "The run never saved a state."))
    assert told.sentences() == [f"The experiment {NAMES[0]} (No saved state) has ended."]


def test_that_a_run_whose_last_state_could_not_be_saved_has_not_ended_well(told: Told) -> None:
    told.run(*NAMES[:2])
    told.end(NAMES[0], outcome="checkpoint", unsaved=("/home/u.json",))
    assert told.sentences() == [f"The experiment {NAMES[0]} (Checkpoint, unsaved state found) has ended."]
    told.end(NAMES[0])  # it was brought in
    assert told.sentences()[-1] == f"The experiment {NAMES[0]} (Completed) has ended."
    assert [banner.hue for banner in told.banners] == ["amber", "green"]
    unsaved = summary(NAMES[1], unsaved=("/home/u.json",))  # not one state got into the file
    told.endings.take(Delta(changed=(unsaved,)))
    assert told.sentences()[-1].startswith(f"2 experiments have ended: {NAMES[1]} (Completed, unsaved state")


def test_that_a_session_with_an_old_unsaved_state_that_was_only_held_has_not_ended(told: Told) -> None:
    told.endings.take(Delta(added=(summary(NAMES[0], running=AT_WORK, unsaved=("/home/u.json",)),)))
    told.endings.take(Delta(changed=(summary(NAMES[0], unsaved=("/home/u.json",)),)))
    assert told.banners == []


def test_that_a_notice_goes_with_what_it_is_about(told: Told) -> None:
    told.run(*NAMES)
    told.end(*NAMES[:3])
    told.run(NAMES[0])
    assert told.sentences()[-1].startswith("2 experiments have ended: ")
    told.endings.take(Delta(removed=tuple(summary(name).directory for name in NAMES[:3])))
    assert told.removed == [KEY]


def test_that_buttons_of_other_banners_are_none_of_its_business(told: Told) -> None:
    told.run(NAMES[0])
    told.end(NAMES[0])
    told.endings.act("cleared:/data", "undo")
    told.endings.forget("cleared:/data")
    assert told.chosen == told.removed == []


def test_that_a_session_that_was_only_held_has_not_ended(told: Told) -> None:
    """The source of a resumed run is held as long as the run lasts, and stays as it is."""
    told.run(NAMES[0])
    told.end(NAMES[0], etag=summary(NAMES[0]).etag)
    assert told.banners == []


def test_that_the_notice_goes_when_its_session_is_shown(told: Told) -> None:
    told.run(*NAMES[:2])
    told.end(*NAMES[:2])
    told.endings.see(summary(NAMES[3]).directory)
    told.endings.see(None)
    assert told.removed == []
    told.endings.see(summary(NAMES[1]).directory)
    assert told.sentences()[-1] == f"The experiment {NAMES[0]} (Completed) has ended."
    told.endings.see(summary(NAMES[0]).directory)
    assert told.removed == [KEY]


def test_that_what_was_on_the_screen_as_it_ended_is_looked_at(told: Told) -> None:
    """It was counted among those that nobody had looked at."""
    told.run(*NAMES)
    told.endings.see(summary(NAMES[0]).directory)
    told.end(NAMES[0])
    assert told.banners == []
    told.end(NAMES[1])
    told.endings.see(summary(NAMES[2]).directory)
    told.end(NAMES[2])
    assert told.sentences() == [f"The experiment {NAMES[1]} (Completed) has ended."]
    told.end(NAMES[3])
    named = f"{NAMES[3]} (Completed), {NAMES[1]} (Completed)"
    assert told.sentences()[-1] == f"3 experiments have ended, 2 of them not looked at: {named}."


def test_that_a_run_whose_output_was_watched_as_it_ended_is_looked_at(told: Told) -> None:
    told.run(*NAMES)
    told.endings.see(summary(NAMES[0]).directory)
    told.endings.watch(summary(NAMES[1]).directory)
    told.end(NAMES[1])
    assert told.banners == []
    told.endings.watch(None)
    told.end(NAMES[2])
    assert len(told.banners) == 1
    told.endings.watch(summary(NAMES[2]).directory)
    assert told.removed == [KEY]


def test_that_a_run_that_died_on_the_screen_is_told_and_not_counted_as_overlooked(told: Told) -> None:
    """The session's own words do not tell it from one that was saved to its end."""
    told.run(*NAMES)
    told.endings.see(summary(NAMES[0]).directory)
    told.end(NAMES[0], outcome="checkpoint")
    assert told.sentences() == [f"The experiment {NAMES[0]} has ended without a final save (Checkpoint)."]
    told.end(NAMES[1])
    assert told.sentences()[-1].startswith("2 experiments have ended, 1 of them not looked at: ")
    told.endings.see(summary(NAMES[1]).directory)
    assert told.sentences()[-1] == told.sentences()[0]


def test_that_what_is_done_to_a_session_later_does_not_change_how_its_experiment_ended(told: Told) -> None:
    """The notice turned amber when the saved state was cleared, and green again with the undo."""
    told.run(*NAMES[:2])
    told.end(*NAMES[:2])
    told.end(NAMES[0], etag="cleared", launchers=())
    told.end(NAMES[1], etag="restored", outcome="checkpoint")
    assert len(told.banners) == 1
    assert told.banners[0].hue == "green"


def test_that_what_colours_the_notice_is_named_in_it(told: Told) -> None:
    told.run(*NAMES)
    told.end(NAMES[0], outcome="interrupted")
    told.end(*NAMES[1:])
    assert told.banners[-1].hue == "amber"
    assert told.sentences()[-1].startswith(
        f"5 experiments have ended: {NAMES[0]} (Interrupted), {NAMES[4]} ("
    )


def test_that_the_number_stays_while_one_is_looked_at_after_the_other(told: Told) -> None:
    told.run(*NAMES)
    told.end(*NAMES[:3])
    told.endings.see(summary(NAMES[2]).directory)
    said = (
        f"3 experiments have ended, 2 of them not looked at: {NAMES[1]} (Completed), {NAMES[0]} (Completed)."
    )
    assert told.sentences()[-1] == said
    told.end(NAMES[3])
    assert told.sentences()[-1].startswith(f"4 experiments have ended, 3 of them not looked at: {NAMES[3]} (")
    told.endings.forget(KEY)
    told.run(*NAMES[:2])
    told.end(*NAMES[:2])
    assert told.sentences()[-1].startswith("2 experiments have ended: ")
