"""What a session is most likely to be compared with."""

from __future__ import annotations

import pytest

from app.models.history.likely import likely, session_before
from app.past_exchange import Side
from app.session import Problem, Summary
from persistence.files.version_log import Version
from tests.app.models.history.test_versions import version
from tests.samples import ROOT, document, snapshot, summary

HERE = f"{ROOT}/764521_2026-11-23_14-05"
OWN = summary()
BEFORE = summary("764521_2026-11-22_14-05")
VERSIONS = (version(1), version(2), version(3, available=False), version(4, current=True))


@pytest.mark.parametrize(
    ("looked_at", "unsaved", "before", "expected"),
    [
        (2, 1, BEFORE, Side(HERE, 2)),  # who looks at a version means that one
        (4, 0, BEFORE, Side(HERE, 2)),  # at the newest: the one before, as far as it can be had
        (0, 1, BEFORE, Side(HERE, "now")),
        (0, 0, BEFORE, Side(BEFORE.directory, "now")),
        (0, 0, None, Side(HERE, 2)),
    ],
)
def test_that_it_is_what_the_operator_looks_at_else_what_came_before(
    looked_at: int, unsaved: int, before: Summary | None, expected: Side
) -> None:
    session = snapshot(document(), version=4)
    assert likely(session, unsaved, VERSIONS, looked_at, before) == expected


@pytest.mark.parametrize(
    "versions", [(), (version(1, current=True),), (version(1), version(2, current=True))]
)
def test_that_no_version_is_likely_that_is_the_one_of_now(versions: tuple[Version, ...]) -> None:
    session = snapshot(document(), version=1)
    assert likely(session, 0, versions, 0, None) is None


def test_that_the_session_before_is_of_the_same_subject_and_older_and_has_a_state() -> None:
    newer, other = summary("764521_2026-11-23_17-00"), summary("770012_2026-11-23_09-00")
    damaged = summary("764521_2026-11-23_10-00", problem=Problem("damaged", "x"))
    cleared = summary("764521_2026-11-23_09-00", launchers=())
    assert session_before(OWN, [newer, OWN, other, damaged, cleared, BEFORE]) is BEFORE
    assert session_before(OWN, [newer, OWN, other]) is None
    assert session_before(OWN, [newer, other, BEFORE]) is None  # it is not known where it stands
    nobody = summary(subject="")
    assert session_before(nobody, [nobody, summary("x_2026-11-22_14-05", subject="")]) is None
