"""History stays within bounds, and what a person did stays whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.document import Document
from persistence.files import commit as commit_module
from persistence.files.retention import MIN_DENSE, Policy, droppable
from persistence.files.version_log import Version
from persistence.store import Snapshot, StateFile
from tests.persistence.first_save import first_save

ACTIONS = st.sampled_from(["save", "edit", "clear", "restore", "adopt", "recover", "foreign"])
NOTES = st.sampled_from(["checkpoint", "", "completed", "failed", "interrupted"])


def version(sequence: int, action: str = "save", note: str = "checkpoint") -> Version:
    """A version of which only what counts is said."""
    return Version(sequence, "", "", "", action, "e", "e", note, available=True)


def left(versions: list[Version], size: int, policy: Policy) -> list[int]:
    """The numbers that stay."""
    dropped = droppable(versions, {found.sequence: size for found in versions}, policy)
    return [found.sequence for found in versions if found.sequence not in dropped]


@given(
    st.lists(st.tuples(ACTIONS, NOTES), min_size=1, max_size=300), st.integers(1, 40), st.integers(0, 10**6)
)
def test_that_no_deed_of_a_person_and_nothing_before_it_ever_goes(
    made: list[tuple[str, str]], dense: int, room: int
) -> None:
    versions = [version(number, *how) for number, how in enumerate(made, 1)]
    staying = {*left(versions, 1000, Policy(dense, room))}
    for before, after in pairwise(versions):
        if after.action != "save":
            assert {before.sequence, after.sequence} <= staying
    assert {found.sequence for found in versions if found.note not in ("", "checkpoint")} <= staying
    assert {1, *range(max(1, len(versions) - MIN_DENSE + 1), len(versions) + 1)} <= staying


def test_that_the_save_with_which_a_run_ended_never_goes() -> None:
    endings = {number: ("completed", "failed", "interrupted")[number % 3] for number in range(7, 300, 7)}
    versions = [version(number, note=endings.get(number, "checkpoint")) for number in range(1, 301)]
    staying = left(versions, 1000, Policy(MIN_DENSE, 0))
    assert endings.keys() <= {*staying}
    assert len(staying) < 2 * len(endings)


@given(st.integers(1, 5000), st.integers(1, 64))
def test_that_gaps_grow_with_distance_and_never_wider_than_it(count: int, dense: int) -> None:
    staying = left([version(number) for number in range(1, count + 1)], 1, Policy(dense))
    for older, newer in pairwise(staying):
        assert newer - older <= max(1, 4 * (count - older) / max(dense, MIN_DENSE))


def test_that_thinning_as_one_goes_leaves_what_thinning_at_once_leaves() -> None:
    policy = Policy(8, 10**9)
    versions: list[Version] = []
    for number in range(1, 1001):
        versions = [
            found
            for found in [*versions, version(number)]
            if found.sequence in left([*versions, version(number)], 1, policy)
        ]
    assert [found.sequence for found in versions] == left([version(n) for n in range(1, 1001)], 1, policy)
    assert len(versions) < 80


def test_that_a_day_of_large_states_fits_into_its_room() -> None:
    size = 20_000_000
    staying = left([version(number) for number in range(1, 1441)], size, Policy())
    assert len(staying) * size <= Policy().room + 2 * size
    assert len(staying) >= 15
    assert staying[0] == 1


# --- in a real history ------------------------------------------------------------------------------------


def saved(trials: int) -> Callable[[Snapshot | None], Document]:
    """A launcher's save."""
    return lambda _found: first_save({"t": trials})


def files(directory: Path) -> list[int]:
    """The numbers of the versions that have a file."""
    return sorted(
        int(path.name[:6]) for path in (directory / ".session_state_history").glob("*[0-9a-f].json")
    )


def test_that_commits_thin_out_what_launchers_saved(tmp_path: Path) -> None:
    store = StateFile(tmp_path, policy=Policy(dense=4))
    store.update(saved(0), action="save", note="checkpoint")
    for number in range(1, 100):
        if number == 50:
            edited = store.commit(saved(-1)(None), expected_etag=store.peek(), action="edit")
            assert edited.sequence == 51
        store.update(saved(number), action="save", note="checkpoint")
    kept = files(tmp_path)
    assert {1, 50, 51} <= set(kept)
    assert len(kept) < 30
    told = store.history()
    assert [found.sequence for found in told] == list(range(1, 102))
    assert [found.sequence for found in told if found.available] == [*kept, 101]
    assert not told[1].available
    assert told[1].note == "checkpoint"  # that it was there is known


def test_that_pruning_by_hand_says_what_went_and_keeps_the_rest(tmp_path: Path) -> None:
    store = StateFile(tmp_path)
    for number in range(20):
        store.update(saved(number), action="save", note="checkpoint")
    assert store.prune() == ()
    gone = store.prune(Policy(dense=4))
    assert gone
    assert [found.sequence for found in gone] == [n for n in range(1, 21) if n not in [*files(tmp_path), 20]]
    assert store.prune(Policy(dense=4)) == ()


def test_that_a_commit_stands_though_old_versions_cannot_be_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commit_module, "PRUNE_EVERY", 1)
    store = StateFile(tmp_path, policy=Policy(dense=4))

    def fail(*_: object) -> bool:
        raise OSError("no")

    monkeypatch.setattr(store._history.files, "drop", fail)
    for number in range(20):
        store.update(saved(number), action="save")
    assert len(store.history()) == 20


def test_that_pruning_where_there_is_nothing_makes_nothing(tmp_path: Path) -> None:
    assert StateFile(tmp_path / "none").prune() == ()
    assert StateFile(tmp_path).prune() == ()
    assert list(tmp_path.iterdir()) == []
