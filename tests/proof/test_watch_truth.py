"""The suite about the truth of the list can fail: it sees rooms that were broken on purpose."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.proof import watch_truth, worlds
from tests.proof.rooms import differs


@pytest.mark.parametrize(
    ("broken", "seen", "limit"),
    [
        ("app.disk.watching.Watching.take_stirred", "300 not listed", "TRUE_WITHIN"),
        ("app.listing.catalog.Catalog.take", "4 not listed", "BEGUN_WITHIN"),
    ],
)
def test_that_a_list_that_is_not_true_is_seen(
    broken: str, seen: str, limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worlds, limit, 0.5)  # of the part that is broken: a sound one may take its time
    outcome = watch_truth.tried(1, tmp_path, [broken])
    violation = next((one for one in outcome.violations if seen in one), "")
    assert "many sessions land at once (rooms that hear, seed" in violation
    assert (tmp_path / "round0").is_dir()  # what was not true can be looked at


def test_that_rooms_that_end_are_seen(tmp_path: Path) -> None:
    process = worlds.Process(("--no-such-option",), tmp_path / "log")
    with pytest.raises(worlds.Liar, match="ended by themselves"):
        process.is_lacking()
    assert "no-such-option" in process.end()


@pytest.mark.skipif(sys.platform != "linux", reason="threads are looked at in /proc")
def test_that_all_of_a_stopped_process_stands_still_before_anything_happens(tmp_path: Path) -> None:
    """Else what is to pile up unheard is heard, by a thread that nobody has stopped yet."""
    process = worlds.Process((), tmp_path / "log")
    process.is_lacking()
    for _ in range(20):  # often enough that one which does not wait is seen
        with process.stopped():
            assert set(process.threads()) == {"T"}
        process.ask("forget", str(tmp_path))  # it goes on
    assert process.end() == ""


def test_that_a_difference_is_told_of_each_kind() -> None:
    held = {"/gone": (1,), "/old": (1,), "/same": (1,)}
    assert differs(held, {"/old": (2,), "/same": (1,), "/new": (1,)}) == (
        "1 not there any more (/gone), 1 not listed (/new), 1 listed as it was before (/old)"
    )
    assert differs(held, dict(held)) == ""
