"""Types of other sessions: of the same launcher and subject, the newest, read wholly."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.checks import Precedents
from app.listing.index import Index
from app.listing.ledger import Ledger
from app.listing.precedents import MOST, look_back
from app.session_errands import LookBack
from persistence.scan import find_sites
from persistence.store import STATE_FILE
from persistence.values.kinds import Kind
from tests.small_rig import NAMESPACE, made_session


class Folder:
    """A watched folder with sessions, as its ledger knows them."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self.own = made_session(self.root, "m1_2026-11-23_14-05-00", subject_id="m1")
        self.ledger = Ledger(Index(None, str(self.root)), str(self.root))

    def look_back(self, *places: Any, namespace: str = NAMESPACE) -> Precedents:
        for site in find_sites(self.root):
            self.ledger.survey(site)
        spots = frozenset((namespace, place) for place in places)
        return look_back(LookBack(str(self.own), 7, spots), self.ledger).precedents


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path)
    yield made
    made.ledger.close()


def test_that_types_are_told_of_other_sessions_of_the_same_subject(folder: Folder) -> None:
    made_session(folder.root, "m1_2026-11-22_14-05-00", subject_id="m1", steps=[1], settings={"a": 1})
    made_session(folder.root, "m1_2026-11-21_14-05-00", subject_id="m1", steps="none", settings={"a": 1.5})
    made_session(folder.root, "m2_2026-11-21_14-05-00", subject_id="m2", steps=None)
    found = folder.look_back(("steps",), ("settings", "a"), ("missing",), ("steps", 0))
    assert found.sessions == {NAMESPACE: 2}
    assert found.kinds == {
        (NAMESPACE, ("steps",)): {Kind.LIST, Kind.TEXT},
        (NAMESPACE, ("settings", "a")): {Kind.INTEGER, Kind.DECIMAL},
        (NAMESPACE, ("steps", 0)): {Kind.INTEGER},
    }


def test_that_another_launcher_a_damaged_session_and_the_own_do_not_count(folder: Folder) -> None:
    damaged = made_session(folder.root, "m1_2026-11-22_14-05-00", subject_id="m1")
    (damaged / STATE_FILE).write_bytes(b'{"version": "1.0')
    assert folder.look_back(("trial_count",)).sessions == {NAMESPACE: 0}
    found = folder.look_back(("trial_count",), namespace="another.Launcher")
    assert found == Precedents({}, {"another.Launcher": 0})


def test_that_only_the_newest_are_read(folder: Folder) -> None:
    for day in range(1, MOST + 4):
        value = "old" if day < 4 else day
        made_session(folder.root, f"m1_2026-10-{day:02}_14-05-00", subject_id="m1", value=value)
    found = folder.look_back(("value",))
    assert found.sessions == {NAMESPACE: MOST}
    assert found.kinds == {(NAMESPACE, ("value",)): {Kind.INTEGER}}


def test_that_a_session_that_nobody_knows_has_no_precedents(folder: Folder) -> None:
    spots = frozenset({(NAMESPACE, ("trial_count",))})
    assert look_back(LookBack("/nowhere", 1, spots), folder.ledger).precedents == Precedents()
