"""Which session is marked as resumed, in whatever order sessions are told of, also where one was renamed."""

import pytest

from app.models.sessions.known import KnownSessions
from app.session import Summary
from tests.samples import NOW, ROOT, summary

VERSION = "a" * 64
SOURCE = summary("764521_2026-11-23_13-11", etag=VERSION)
RENAMED = SOURCE._replace(directory=f"{ROOT}/renamed", name="renamed")
HEIR = summary("764521_2026-11-23_14-30", resumed_from=SOURCE.directory, resumed_version=VERSION)
MARK = ["Resumed as 14-30"]


@pytest.fixture
def known() -> KnownSessions:
    return KnownSessions(lambda: NOW)


def marks(known: KnownSessions, one: Summary) -> list[str]:
    row = known.roster.row(one.directory)
    assert row is not None
    assert known.standings[row].marks == known.status(one).marks
    return [mark.text for mark in known.standings[row].marks]


@pytest.mark.parametrize("order", [(RENAMED, HEIR), (HEIR, RENAMED)])
def test_that_a_source_that_was_renamed_is_marked(known: KnownSessions, order: tuple[Summary, ...]) -> None:
    for one in order:
        known.put(one)
    assert marks(known, RENAMED) == MARK
    assert known.heir(RENAMED.directory) == HEIR.directory
    known.remove(HEIR.directory)
    assert marks(known, RENAMED) == []


@pytest.mark.parametrize("new_comes_first", [True, False])
def test_that_the_mark_goes_along_when_the_source_is_renamed(
    known: KnownSessions, new_comes_first: bool
) -> None:
    known.put(SOURCE)
    known.put(HEIR)
    assert marks(known, SOURCE) == MARK
    if new_comes_first:
        known.put(RENAMED)
        assert (marks(known, SOURCE), marks(known, RENAMED)) == (MARK, [])  # it may be a copy
        known.remove(SOURCE.directory)
    else:
        known.remove(SOURCE.directory)
        known.put(RENAMED)
    assert marks(known, RENAMED) == MARK
    known.put(SOURCE)
    assert (marks(known, SOURCE), marks(known, RENAMED)) == (MARK, [])


def test_that_a_session_is_marked_whose_run_has_saved_nothing_that_says_so(known: KnownSessions) -> None:
    young = HEIR._replace(resumed_from=None, resumed_version=None)
    known.set_heir(SOURCE.directory, young.directory)
    known.put(SOURCE)
    assert marks(known, SOURCE) == MARK  # before it is listed
    known.put(young)
    assert marks(known, SOURCE) == MARK
    later = summary("764521_2026-11-23_15-30")
    known.set_heir(SOURCE.directory, later.directory)
    assert marks(known, SOURCE) == MARK  # the listed one is told, as in the header
    known.put(later)
    assert marks(known, SOURCE) == ["Resumed as 15-30"]
    known.put(HEIR)
    assert marks(known, SOURCE) == ["Resumed as 15-30"]
    known.set_heir(HEIR.directory, HEIR.directory)
    assert marks(known, HEIR) == []  # the run went on in the very session
