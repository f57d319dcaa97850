"""Which of some paths lie below a folder: the same as a look at all of them says."""

from hypothesis import given
from hypothesis import strategies as st

from app.session import holds
from app.watch.below import Below

PATHS = st.lists(st.sampled_from("ab"), max_size=4).map(lambda names: "/".join(["/r", *names]))
STEPS = st.lists(st.tuples(st.booleans(), PATHS), max_size=30)


@given(STEPS, PATHS)
def test_that_it_knows_what_lies_below_whatever_came_and_went(
    steps: list[tuple[bool, str]], folder: str
) -> None:
    there = set[str]()
    below = Below("/r", there.__contains__)
    for comes, path in steps:
        if comes:
            there.add(path)
            below.add(path)
        else:
            there.discard(path)
            below.drop(path)
    assert sorted(below.of(folder)) == sorted(path for path in there if holds(folder, path))


@given(st.lists(PATHS, min_size=1))
def test_that_nothing_is_kept_of_what_went(paths: list[str]) -> None:
    there = set(paths)
    below = Below("/r", there.__contains__)
    for path in paths:
        below.add(path)
    for path in paths:
        there.discard(path)
        below.drop(path)
    assert below._inside == {}


def test_that_all_below_the_root_of_a_system_is_found() -> None:
    below = Below("/", {"/mouse/one"}.__contains__)
    below.add("/mouse/one")
    assert [*below.of("/mouse")] == [*below.of("/")] == ["/mouse/one"]


def test_that_what_is_added_again_and_again_takes_no_more_room() -> None:
    below = Below("/r", {"/r/a"}.__contains__)
    for _ in range(3):
        below.add("/r/a")
    assert len(below._added) == 1
