"""Checks: one at a time, answers from two sides, none that nobody waits for."""

from dataclasses import replace

import pytest

from app.checks import Checked, CheckRequest, Checks, Precedents
from app.rehearsing.checking import Checking
from app.rehearsing.rehearsal import Asked, Rehearse, Stop
from app.session_errands import LookBack, LookedBack
from persistence.states.diff import diff
from persistence.states.edits import remove_value, set_value
from persistence.values.kinds import Kind
from tests.samples import PREDICTIVE, SLAP2, document, documents

HERE = "/data/m1"
BASE = document()
EDITED = set_value(BASE, PREDICTIVE, ("trial_count",), 150)
CHANGES = diff(BASE, EDITED)


class Around:
    """What a check is between: launchers, folders, and whoever is shown it."""

    def __init__(self, *, watched: bool = True) -> None:
        self.launchers: list[Rehearse | Stop] = []
        self.folders: list[LookBack] = []
        self.shown: list[Checks] = []
        self._watched = watched
        self.checking = Checking(self.launchers.append, self._ask_folders)
        self.checking.checks_shown.connect(self.shown.append)

    def _ask_folders(self, errand: LookBack) -> bool:
        self.folders.append(errand)
        return self._watched

    @property
    def stamp(self) -> int:
        asked = self.launchers[-1]
        assert isinstance(asked, Rehearse)
        return asked.stamp


@pytest.fixture
def around(qapp: object) -> Around:
    return Around()


def test_that_launchers_and_folders_are_asked_and_both_are_told(around: Around) -> None:
    around.checking.check(CheckRequest(HERE), EDITED, CHANGES)
    (asked,) = around.launchers
    (looked,) = around.folders
    assert not around.shown[-1].answered  # told at once: nobody takes it for checked
    assert asked == Rehearse(HERE, asked.stamp if isinstance(asked, Rehearse) else 0, EDITED, (PREDICTIVE,))
    assert looked.places == {(PREDICTIVE, ("trial_count",))}
    around.checking.take(Asked(HERE, around.stamp, (), PREDICTIVE))
    assert (around.shown[-1].asking, around.shown[-1].precedents) == (PREDICTIVE, None)
    found = Precedents({(PREDICTIVE, ("trial_count",)): frozenset({Kind.INTEGER})}, {PREDICTIVE: 3})
    around.checking.take(LookedBack(looked, found))
    checked = Checked(PREDICTIVE, "asked")
    around.checking.take(Asked(HERE, around.stamp, (checked,)))
    last = around.shown[-1]
    assert (last.launchers, last.asking, last.precedents, last.changes) == ((checked,), "", found, CHANGES)


def test_that_an_answer_that_comes_too_late_is_dropped(around: Around) -> None:
    around.checking.take(Asked(HERE, 1, ()))
    around.checking.check(CheckRequest(HERE), EDITED, CHANGES)
    early, looked = around.stamp, around.folders[-1]
    around.checking.check(CheckRequest(HERE), BASE, ())
    around.checking.take(Asked(HERE, early, ()))
    around.checking.take(LookedBack(looked, Precedents()))
    assert [one.answered for one in around.shown] == [False, False]  # that they are asked
    around.checking.take(Asked(HERE, around.stamp, ()))
    assert around.shown[-1].document is BASE


def test_that_without_changes_or_a_watched_folder_nothing_is_compared() -> None:
    around = Around(watched=False)
    around.checking.check(CheckRequest(HERE), BASE, ())
    assert around.folders == []
    around.checking.check(CheckRequest(HERE), EDITED, CHANGES)
    around.checking.take(Asked(HERE, around.stamp, ()))
    assert around.shown[-1].precedents == Precedents()


def test_that_before_a_save_only_launchers_with_changes_are_asked(around: Around) -> None:
    two = documents({name: {"attributes": {"trial_count": 1, "x": 1}} for name in (PREDICTIVE, SLAP2)})
    edited = remove_value(set_value(two, SLAP2, ("trial_count",), 2), SLAP2, ("x",))
    around.checking.check(CheckRequest(HERE), edited, diff(two, edited))
    assert around.launchers[-1].namespaces == (PREDICTIVE, SLAP2)  # type: ignore[union-attr]
    around.checking.check(CheckRequest(HERE, frozenset()), edited, diff(two, edited))
    assert around.launchers[-1].namespaces == (SLAP2,)  # type: ignore[union-attr]
    assert around.folders[-1].places == {(SLAP2, ("trial_count",))}  # what is gone has no type


def test_that_launchers_stand_in_the_order_of_the_file(around: Around) -> None:
    two = documents({name: {"attributes": {}} for name in (SLAP2, PREDICTIVE)})
    around.checking.check(CheckRequest(HERE), two, ())
    first, second = Checked(PREDICTIVE, "asked"), Checked(SLAP2, "not_asked")
    around.checking.take(Asked(HERE, around.stamp, (first, second, replace(first, namespace="gone.Since"))))
    assert [one.namespace for one in around.shown[-1].launchers] == [SLAP2, PREDICTIVE, "gone.Since"]


def test_that_stopping_names_what_is_under_way(around: Around) -> None:
    around.checking.check(CheckRequest(HERE), BASE, ())
    stamp = around.stamp
    around.checking.stop()
    assert around.launchers[-1] == Stop(stamp)
