"""Many who walk at once: through everything, once, the newest first, and no longer than they are wanted."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.listing.steps import Step
from app.listing.walkers import NobodyWalks, Walkers
from persistence.scan import Cancelled
from tests.patience import PATIENCE_MS

PATIENCE = PATIENCE_MS / 1000


class Drawn:
    """Looks into a drawn tree: names of folders, of which each is a list of those below it."""

    def __init__(self, look: Callable[[str], Sequence[str]], ahead: int = 0) -> None:
        self._look = look
        self.ahead = ahead
        self.begun: list[list[str]] = []
        self.asked: list[list[str]] = []
        self.given_up = threading.Event()
        self.stopped = threading.Event()
        self.closed = threading.Event()

    def begin(self, folders: Sequence[str]) -> None:
        self.begun.append(list(folders))

    def look(self, folders: Sequence[str]) -> list[Step]:
        self.asked.append(list(folders))
        return [Step(folder, below=tuple(self._look(folder))) for folder in folders]

    def prepare(self) -> None:
        """There is nothing to prepare."""

    def give_up(self) -> None:
        self.given_up.set()

    def stop(self) -> None:
        self.stopped.set()

    def close(self) -> None:
        self.closed.set()


def nothing(_: str) -> Sequence[str]:
    return ()


def walked(walkers: Walkers) -> list[str]:
    found = list[str]()
    while not walkers.ended:
        found += (step.folder for step in walkers.next(PATIENCE))
    return found


trees: st.SearchStrategy[dict[str, object]] = st.recursive(
    st.just({}), lambda inner: st.dictionaries(st.sampled_from("abcdef"), inner, max_size=5), max_leaves=40
)


def folders_of(tree: dict[str, object], path: str = "") -> dict[str, list[str]]:
    """Each folder of a tree with those below it."""
    found = {path: [f"{path}/{name}" for name in sorted(tree)]}
    for name, inner in tree.items():
        assert isinstance(inner, dict)
        found |= folders_of(inner, f"{path}/{name}")
    return found


@given(trees, st.integers(1, 3), st.integers(1, 7), st.integers(0, 2))
def test_that_each_folder_is_looked_into_once(
    tree: dict[str, object], count: int, most: int, ahead: int
) -> None:
    below = folders_of(tree)
    lookers = [Drawn(below.__getitem__, ahead) for _ in range(count)]
    assert Counter(walked(Walkers([""], lookers, most))) == Counter(list(below))
    for looker in lookers:
        assert looker.closed.wait(PATIENCE)
        assert all(len(folders) <= most for folders in looker.asked)
        assert looker.begun == looker.asked


def test_that_those_of_later_names_come_first() -> None:
    below = {"": ["/a", "/b"], "/a": ["/a/1", "/a/2"], "/b": ["/b/1", "/b/2"]}
    found = walked(Walkers([""], [Drawn(lambda folder: below.get(folder, ()))], 9))
    assert found == ["", "/b", "/b/2", "/b/1", "/a", "/a/2", "/a/1"]


def test_that_one_that_is_slow_leaves_the_rest_to_the_others() -> None:
    others = threading.Event()

    def slow(folder: str) -> Sequence[str]:
        assert others.wait(PATIENCE)
        return ()

    def quick(folder: str) -> Sequence[str]:
        if folder == "0":
            others.set()
        return ()

    walkers = Walkers([str(number) for number in range(200)], [Drawn(slow), Drawn(quick)], 3)
    assert sorted(walked(walkers)) == sorted(str(number) for number in range(200))


def test_that_they_wait_until_what_they_found_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.listing.walkers._MOST_FOUND", 2)
    waits, looker = threading.Event(), Drawn(nothing)
    wait_for = threading.Condition.wait_for

    def waiting(self: threading.Condition, *how: object) -> bool:
        if len(looker.asked) == 2:
            waits.set()
        return wait_for(self, *how)  # type: ignore[arg-type]  # as it was asked

    monkeypatch.setattr(threading.Condition, "wait_for", waiting)
    walkers = Walkers([str(number) for number in range(20)], [looker], 1)
    assert waits.wait(PATIENCE)
    assert len(looker.asked) == 2
    assert len(walked(walkers)) == 20


def test_that_one_that_looks_ahead_takes_the_next_ones_first_where_there_are_enough_for_all() -> None:
    begun = list[list[list[str]]]()

    def look(folder: str) -> Sequence[str]:
        begun.append(looker.begun.copy())
        return ()

    looker = Drawn(look, ahead=1)
    assert walked(Walkers(list("abcdef"), [looker], 2)) == list("fedcba")
    assert begun[0] == [["f", "e"], ["d", "c"]]
    assert looker.begun == [["f", "e"], ["d", "c"], ["b"], ["a"]]  # the last ones may be wanted by others


def test_that_who_listens_may_help_until_the_others_have_begun() -> None:
    begun, release = threading.Event(), threading.Event()

    def slow(folder: str) -> Sequence[str]:
        begun.set()
        assert release.wait(PATIENCE)
        return ()

    walkers = Walkers([str(number) for number in range(10)], [Drawn(slow)], 2)
    assert begun.wait(PATIENCE)
    assert not walkers.told
    helper = Drawn(lambda folder: [f"{folder}/more"] if folder == "7" else ())
    found = [step.folder for step in walkers.help(helper)]
    assert found == ["7", "6"]
    found += [step.folder for step in walkers.help(helper)]
    assert found[2:] == ["7/more", "5"]
    while some := walkers.help(helper):
        found += [step.folder for step in some]
    assert not walkers.ended  # what is left may be wanted by the other one
    release.set()
    assert sorted(found + walked(walkers)) == sorted([*map(str, range(10)), "7/more"])


def test_that_what_went_wrong_while_helping_is_raised_and_no_folder_is_waited_for() -> None:
    def broken(folder: str) -> Sequence[str]:
        raise Cancelled

    release = threading.Event()

    def waits(folder: str) -> Sequence[str]:
        assert release.wait(PATIENCE)
        return ()

    walkers = Walkers(list("abcd"), [Drawn(waits)], 1)
    with pytest.raises(Cancelled):
        walkers.help(Drawn(broken))
    release.set()
    assert len(walked(walkers)) == 3


def test_that_what_went_wrong_is_raised_where_it_is_taken() -> None:
    def broken(folder: str) -> Sequence[str]:
        raise RuntimeError("what nobody thought of")

    walkers = Walkers([""], [Drawn(broken)], 1)
    with pytest.raises(RuntimeError, match="nobody thought"):
        walkers.next(PATIENCE)
    walkers.end()


def test_that_nobody_goes_on_when_they_are_not_wanted_any_more() -> None:
    looks, release = threading.Event(), threading.Event()

    def hangs(folder: str) -> Sequence[str]:
        looks.set()
        assert release.wait(PATIENCE)
        return [f"{folder}/more"]

    looker = Drawn(hangs)
    walkers = Walkers([""], [looker], 1)
    assert looks.wait(PATIENCE)
    assert walkers.next(0.0) == []  # nothing so far
    walkers.end()
    assert looker.stopped.is_set()
    assert walkers.ended
    release.set()
    assert looker.closed.wait(PATIENCE)
    assert looker.asked == [[""]]


def test_that_who_was_told_that_nobody_waits_ends_all() -> None:
    def cancelled(folder: str) -> Sequence[str]:
        raise Cancelled

    lookers = [Drawn(cancelled), Drawn(cancelled)]
    walkers = Walkers(["a", "b", "c"], lookers, 1)
    assert walked(walkers) == []
    for looker in lookers:
        assert looker.closed.wait(PATIENCE)


def test_that_one_that_looks_for_too_long_is_given_up_and_finds_it_in_another_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.listing.walkers.HANGING_SECONDS", 0.01)

    def hangs(folder: str) -> Sequence[str]:
        assert looker.given_up.wait(PATIENCE)
        return ()

    looker = Drawn(hangs)
    walkers, found = Walkers(["a"], [looker], 1), list[str]()
    while not walkers.ended:
        found += (step.folder for step in walkers.next(0.02))
    assert found == ["a"]


def test_that_each_prepares_before_there_is_anything_for_him() -> None:
    """Else a program would be started when its folders wait already."""
    prepared, release = threading.Barrier(3), threading.Event()

    class Preparing(Drawn):
        def prepare(self) -> None:
            prepared.wait(PATIENCE)

    def waits(folder: str) -> Sequence[str]:
        assert release.wait(PATIENCE)
        return ()

    walkers = Walkers(["the only one"], [Preparing(waits), Preparing(waits)], 1)
    prepared.wait(PATIENCE)
    release.set()
    assert walked(walkers) == ["the only one"]


def test_that_who_listens_goes_on_to_the_end_where_all_others_hang_before_they_begin() -> None:
    release = threading.Event()

    class Hanging(Drawn):
        def prepare(self) -> None:
            assert release.wait(PATIENCE)

    lookers, helper = [Hanging(nothing), Hanging(nothing)], Drawn(nothing)
    walkers, found = Walkers([str(number) for number in range(20)], lookers, 9), list[str]()
    while some := walkers.help(helper):
        found += (step.folder for step in some)
    assert walkers.ended
    assert sorted(found) == sorted(map(str, range(20)))
    release.set()
    for looker in lookers:
        assert looker.closed.wait(PATIENCE)
        assert looker.asked == []


def test_that_one_that_cannot_prepare_looks_all_the_same() -> None:
    class Unprepared(Drawn):
        def prepare(self) -> None:
            raise ValueError("whatever it is")

    assert walked(Walkers(["a"], [Unprepared(nothing)], 1)) == ["a"]


def test_that_what_is_added_is_looked_into_before_what_waits() -> None:
    release = threading.Event()

    def waits(folder: str) -> Sequence[str]:
        assert release.wait(PATIENCE)
        return ()

    walkers = Walkers(["a", "b"], [Drawn(waits)], 1)
    walkers.add(["c"])
    release.set()
    assert walked(walkers)[-1] == "a"


def test_that_nothing_is_added_to_those_that_have_ended() -> None:
    looker = Drawn(nothing)
    walkers = Walkers(["a"], [looker], 1)
    assert looker.closed.wait(PATIENCE)  # what it found is not taken yet
    assert not walkers.add(["b"])
    assert walked(walkers) == ["a"]


def test_that_what_goes_wrong_ahead_is_told_by_the_look_that_follows() -> None:
    class Exhausted(Drawn):
        def begin(self, folders: Sequence[str]) -> None:
            raise MemoryError(folders)

    assert walked(Walkers(["a", "b"], [Exhausted(nothing, ahead=1)], 1)) == ["b", "a"]


def test_that_those_of_whom_nobody_heard_are_told_at_the_end() -> None:
    looks, release = threading.Event(), threading.Event()

    def waits(folder: str) -> Sequence[str]:
        if folder == "b":
            looks.set()
            assert release.wait(PATIENCE)
        return ()

    looker = Drawn(waits)
    walkers = Walkers(["a", "b", "c"], [looker], 1)
    assert looks.wait(PATIENCE)
    assert sorted(walkers.end()) == ["a", "b", "c"]
    release.set()
    assert looker.closed.wait(PATIENCE)


def test_that_folders_where_something_went_wrong_are_told_at_the_end_where_nobody_heard_of_it() -> None:
    """Else whoever goes on with those takes the sessions in them for gone."""

    def broken(_: str) -> Sequence[str]:
        raise RuntimeError("what nobody thought of")

    looker = Drawn(broken)
    walkers = Walkers(["a"], [looker], 1)
    assert looker.closed.wait(PATIENCE)
    assert walkers.end() == ["a"]


def test_that_what_lies_in_folders_of_which_nobody_heard_is_told_once_at_the_end() -> None:
    looks, release = threading.Event(), threading.Event()

    def waits(folder: str) -> Sequence[str]:
        if folder == "a":
            return ("a/b", "a/c")
        looks.set()
        assert release.wait(PATIENCE)
        return ()

    walkers = Walkers(["a"], [Drawn(waits)], 1)
    assert looks.wait(PATIENCE)
    left = walkers.end()
    release.set()
    assert sorted(left) == ["a/b", "a/c"]  # and not what they lie in, where they would be found once more


def test_that_sessions_that_are_what_they_were_are_told_one_by_one_at_the_end() -> None:
    """Where nobody heard of them, and not with their folder: what else lies in it waits by itself."""

    class Same(Drawn):
        def look(self, folders: Sequence[str]) -> list[Step]:
            return [Step("/m", below=("/m/new",), same={"a": b"1", "b": b"2"})] if "/m" in folders else []

    looker = Same(nothing)
    walkers = Walkers(["/m"], [looker], 1)
    assert looker.closed.wait(PATIENCE)
    assert sorted(walkers.end()) == ["/m/a", "/m/b"]


def test_that_few_are_taken_where_much_is_looked_into_with_each() -> None:
    looker = Drawn(nothing, ahead=1)
    weights = {"a": 0, "b": 3, "c": 9, "d": 1, "e": 0}
    walkers = Walkers("abcde" + "f" * 20, [looker], 4, lambda folder: weights.get(folder, 0))
    walked(walkers)
    assert looker.asked[5:] == [["e", "d", "c"], ["b"], ["a"]]


@pytest.mark.parametrize("threads", [0, 1])
def test_that_they_are_as_many_as_the_system_has_threads_for(
    threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, started = threading.Thread.start, list[threading.Thread]()

    def starting(self: threading.Thread) -> None:
        if len(started) == threads:
            raise RuntimeError("can't start new thread")
        started.append(self)
        start(self)

    monkeypatch.setattr(threading.Thread, "start", starting)
    lookers = [Drawn(nothing), Drawn(nothing)]
    if threads == 0:
        with pytest.raises(NobodyWalks):
            Walkers(["a"], lookers, 1)
    else:
        assert walked(Walkers(["a"], lookers, 1)) == ["a"]
