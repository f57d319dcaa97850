"""The names that a launcher knows: asked for once, by its own word where it may be asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.checks import Checked, KnownNames, Precedents
from app.rehearsing.knowing_names import LARGEST, KnowingNames
from app.rehearsing.rehearsal import Asked, Rehearse
from app.session_errands import LookBack, LookedBack
from app.snapshot import SessionSnapshot
from persistence.rehearsing.rehearsed import Finding, Rehearsed
from tests.samples import ATTRIBUTES, PREDICTIVE, document, snapshot

DIRECTORY = snapshot(document()).directory
OWN = frozenset(ATTRIBUTES)


class Around:
    """What was asked of launchers and folders, and what was told."""

    def __init__(self) -> None:
        self.session: SessionSnapshot | None = snapshot(document())
        self.launchers: list[Rehearse] = []
        self.folders: list[LookBack] = []
        self.told: list[KnownNames] = []
        self.names = KnowingNames(self.launchers.append, self._look, lambda _: self.session)
        self.names.known.connect(self.told.append)

    def _look(self, errand: LookBack) -> bool:
        self.folders.append(errand)
        return True

    def answer(self, *findings: Finding, how: str = "asked", stamp: int | None = None) -> None:
        checked = Checked(PREDICTIVE, how, "", Rehearsed(PREDICTIVE, findings=findings))  # type: ignore[arg-type]
        wanted = self.launchers[-1].stamp if stamp is None else stamp
        self.names.take(Asked(DIRECTORY, wanted, (checked,)))

    def look_back(self, *names: str, sessions: int = 2) -> None:
        found = Precedents({}, {PREDICTIVE: sessions}, {PREDICTIVE: frozenset(names)})
        self.names.take(LookedBack(self.folders[-1], found))


@pytest.fixture
def around(qapp: object) -> Around:
    made = Around()
    made.names.ask(DIRECTORY, PREDICTIVE)
    return made


def test_that_what_is_saved_is_the_witness_until_somebody_answers(around: Around) -> None:
    assert around.told == [KnownNames(DIRECTORY, PREDICTIVE, OWN)]
    around.look_back("opto_power")
    assert around.told[-1] == KnownNames(DIRECTORY, PREDICTIVE, OWN | {"opto_power"}, sessions=2)


def test_that_the_word_of_the_launcher_is_the_last_one(around: Around) -> None:
    around.answer(Finding("trial_count", "restored"), Finding("phase", "new"), Finding("gain", "own"))
    known = KnownNames(DIRECTORY, PREDICTIVE, frozenset({"trial_count", "gain"}), asked=True)
    assert around.told[-1] == known
    around.look_back("opto_power")
    assert around.told[-1] == known


def test_that_a_launcher_that_could_not_be_asked_says_nothing(around: Around) -> None:
    around.answer(Finding("trial_count", "restored"), how="failed")
    assert not around.told[-1].asked


def test_that_the_launcher_is_asked_once_about_one_saved_state(around: Around) -> None:
    around.answer(Finding("trial_count", "restored"))
    around.names.ask(DIRECTORY, PREDICTIVE)
    assert len(around.launchers) == len(around.folders) == 1
    assert around.told[-1].asked
    assert around.session is not None
    around.session = replace(around.session, etag="another")
    around.names.ask(DIRECTORY, PREDICTIVE)
    around.answer(Finding("trial_count", "restored"), stamp=around.launchers[0].stamp)
    assert len(around.launchers) == 2
    assert [one.asked for one in around.told] == [False, True, True, False]
    assert all(one.stamp < 0 for one in around.launchers)


@pytest.mark.parametrize("how", ["", "failed", "not_asked"])
def test_that_it_is_not_asked_again_while_it_is_slow_nor_where_it_cannot_say(
    around: Around, how: str
) -> None:
    around.look_back("opto_power")
    if how:
        around.answer(how=how)
    for _ in range(10):
        around.names.ask(DIRECTORY, PREDICTIVE)
    assert len(around.launchers) == len(around.folders) == 1
    assert around.told[-10:] == [KnownNames(DIRECTORY, PREDICTIVE, OWN | {"opto_power"}, sessions=2)] * 10
    around.answer(Finding("trial_count", "restored"))
    assert around.told[-1].asked


def test_that_a_launcher_that_was_stopped_for_something_else_is_asked_again(around: Around) -> None:
    around.answer(how="stopped")
    assert around.told == [KnownNames(DIRECTORY, PREDICTIVE, OWN)]
    around.names.ask(DIRECTORY, PREDICTIVE)
    around.answer(how="stopped", stamp=around.launchers[0].stamp)  # of before
    around.names.ask(DIRECTORY, PREDICTIVE)
    assert len(around.launchers) == 2


def test_that_a_large_state_is_not_written_out_for_a_name(qapp: object) -> None:
    around = Around()
    assert around.session is not None
    around.session = replace(around.session, size=LARGEST + 1)
    around.names.ask(DIRECTORY, PREDICTIVE)
    assert (around.launchers, len(around.folders)) == ([], 1)


def test_that_nothing_is_asked_of_what_is_not_there(qapp: object) -> None:
    around = Around()
    around.names.ask(DIRECTORY, "somebody.Else")
    around.session = None
    around.names.ask(DIRECTORY, PREDICTIVE)
    assert (around.launchers, around.folders, around.told) == ([], [], [])
