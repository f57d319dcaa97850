"""What a watch tells: which directory a path is about, and when it is told."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.watch.stirrings import GATHER_SECONDS, MOST_SECONDS, QUIET_SECONDS, Settling, directory_of


@pytest.mark.parametrize(
    ("path", "is_directory", "directory"),
    [
        ("/r/s/session_state.json", False, "/r/s"),
        ("/r/s/session.json", False, "/r/s"),
        ("/r/s/.session_state.running", False, "/r/s"),
        ("/r/s/.session_state.lock", False, "/r/s"),
        ("/r/s/.session_state_history/log.jsonl", False, "/r/s"),
        ("/r/s/launcher_metadata/end_state.json", False, "/r/s"),
        ("/r/s/data/frame_000001.tif", False, ""),
        ("/r/s/.session_state.json.1-ab.rigstate-tmp", False, ""),
        ("/r/s", True, "/r/s"),
        ("/r/s/launcher_metadata", True, "/r/s"),
        ("/r/s/.session_state_history", True, "/r/s"),
        ("/r/.copying", True, ""),
        ("/r/.copying/notes.txt", False, ""),
    ],
)
def test_that_a_path_is_about_its_session(path: str, is_directory: bool, directory: str) -> None:
    assert directory_of(path, is_directory=is_directory) == directory


TIMES = st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 0.3)), max_size=30)


@given(TIMES)
def test_that_every_stirring_is_told_and_never_twice_within_the_quiet_time(
    steps: list[tuple[str, float]],
) -> None:
    settling, now, told, last = Settling(), 0.0, list[tuple[str, float]](), dict[str, float]()
    for name, pause in [*steps, ("end", 9.0)]:
        now += pause
        while (due := settling.next_due()) is not None and due <= now:
            told += [(one, due) for one in settling.take(due)]
        settling.add([name], now)
        last[name] = now
    assert all(max(at for one, at in told if one == name) >= last[name] for name in last if name != "end")
    for name in "abc":
        times = [at for one, at in told if one == name]
        assert all(after - before >= QUIET_SECONDS - 1e-9 for before, after in pairwise(times))


def test_that_the_first_stirring_is_told_soon() -> None:
    settling = Settling()
    settling.add("a", 5.0)
    assert settling.next_due() == 5.0 + GATHER_SECONDS
    settling.add("b", 5.0)
    assert settling.take(5.0) == frozenset()
    assert settling.take(5.0 + GATHER_SECONDS) == frozenset("ab")


def test_that_what_follows_many_is_gathered_and_what_follows_one_is_not() -> None:
    settling = Settling()
    settling.add("a", 5.0)
    settling.take(5.1)
    settling.add("b", 5.11)
    assert settling.next_due() == 5.11 + GATHER_SECONDS
    settling.take(5.2)
    settling.add(map(str, range(1000)), 6.0)
    assert len(settling.take(6.1)) == 1000
    settling.add("c", 6.11)
    settling.add("d", 6.15)
    assert settling.next_due() == 6.1 + MOST_SECONDS
    assert settling.take(6.1 + MOST_SECONDS) == frozenset("cd")
    settling.add("e", 7.0)
    assert settling.next_due() == 7.0 + GATHER_SECONDS
