"""A run saved over a person's change, on a real disk: what is offered, and what comes of it."""

from __future__ import annotations

import pytest

from app.exchange import AgainRequest
from tests.app.sitting import COUNT, PHASE, Sitting
from tests.small_rig import NAMESPACE, CountingLauncher

REWARD = ("reward_volume",)


@pytest.fixture
def run(sitting: Sitting) -> CountingLauncher:
    """A launcher that works in the session, and whose last save is there."""
    launcher = CountingLauncher()
    assert launcher.save_session_state(sitting.session)
    return launcher


def saved_over(sitting: Sitting, run: CountingLauncher) -> None:
    """A change is saved, the run saves over it, and that is seen."""
    sitting.look()
    sitting.edit(REWARD, 6.0)
    sitting.save()
    run.trial_count = 30
    assert run.save_session_state(sitting.session)
    sitting.look()
    sitting.wait_until(lambda: sitting.banner("again") is not None)


def test_that_what_the_run_saved_over_is_offered_with_both_values(
    sitting: Sitting, run: CountingLauncher
) -> None:
    saved_over(sitting, run)
    banner = sitting.banner("again")
    assert banner is not None
    assert "change of reward_volume (6.0, now 5.5)" in banner.text
    assert banner.text.endswith("Apply it again?")
    assert [label for label, _ in banner.actions] == ["Apply it again", "Show"]


def test_that_applying_it_makes_an_unsaved_edit_of_it_and_saves_nothing(
    sitting: Sitting, run: CountingLauncher
) -> None:
    saved_over(sitting, run)
    before = sitting.bytes
    sitting.press("again", "apply_again")
    assert (sitting.in_draft(REWARD), sitting.in_draft(), sitting.bytes) == (6.0, 30, before)
    assert sitting.banner("again") is None
    assert sitting.messages[-1].startswith("1 change is an unsaved edit again.")
    sitting.save()
    assert (sitting.on_disk(REWARD), sitting.on_disk()) == (6.0, 30)
    sitting.look()
    assert sitting.banner("again") is None


def test_that_only_what_was_ticked_is_applied_on_top_of_other_edits(
    sitting: Sitting, run: CountingLauncher
) -> None:
    sitting.look()
    sitting.edit(REWARD, 6.0)
    sitting.edit(COUNT, 99)
    sitting.save()
    assert run.save_session_state(sitting.session)
    sitting.look()
    sitting.edit(PHASE, "washout")
    sitting.wait_until(lambda: sitting.banner("again") is not None)
    sitting.press("again", "show_overwritten")
    assert sitting.chosen == [sitting.directory]
    offer = sitting.offers[-1]
    assert {one.place for one in offer.changes} == {REWARD, COUNT}
    places = frozenset({(NAMESPACE, REWARD)})
    sitting.again.apply(AgainRequest(sitting.directory, offer.errand.etag, places))
    assert {one.place: one.after for one in sitting.draft.changes} == {REWARD: 6.0, PHASE: "washout"}
    sitting.drafts.undo(sitting.directory)
    assert [one.place for one in sitting.draft.changes] == [PHASE]


def test_that_an_offer_goes_with_the_version_that_it_was_about(
    sitting: Sitting, run: CountingLauncher
) -> None:
    saved_over(sitting, run)
    old = sitting.file.peek()
    sitting.somebody_saves(COUNT, 31)
    sitting.look()
    assert sitting.banner("again") is None
    sitting.again.apply(AgainRequest(sitting.directory, old, frozenset({(NAMESPACE, REWARD)})))
    assert sitting.draft.count == 0
    assert "Nothing was applied again" in sitting.messages[-1]


def test_that_a_version_is_asked_about_once(sitting: Sitting, run: CountingLauncher) -> None:
    saved_over(sitting, run)
    sitting.banners.clear()
    sitting.look()
    sitting.edit(PHASE, "washout")
    assert sitting.banner("again") is None
