"""Looking at a file again and again: what is new in it is told, whatever its writer does with it."""

from __future__ import annotations

import gc
import os
import sys
import tracemalloc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.file_errands import FileSeen, LookAt, TextSeen
from app.files import followed
from app.files.followed import look

only_posix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and open files")


class Onlooker:
    """Looks at one file again and again, as the window does."""

    def __init__(self, session: Path, name: str = "launcher.log") -> None:
        self.path = session / name
        self.session, self.name = session, name
        self.seen: TextSeen | None = None

    def look(self) -> FileSeen:
        answer = look(LookAt(str(self.session), self.name, self.seen))
        self.seen = answer.seen
        return answer

    def append(self, data: bytes) -> None:
        with self.path.open("ab") as file:
            file.write(data)

    @property
    def text(self) -> bytes:
        assert self.seen is not None
        return self.seen.text.data


@pytest.fixture
def log(tmp_path: Path) -> Onlooker:
    made = Onlooker(tmp_path)
    made.path.write_bytes(b"one\ntwo\n")
    return made


@pytest.fixture
def state(tmp_path: Path) -> Onlooker:
    made = Onlooker(tmp_path, "end_state.json")
    made.path.write_bytes(b'{"a": 1}\n')
    return made


def test_that_a_file_is_told_once_and_then_what_is_new(log: Onlooker) -> None:
    assert (log.look().news, log.text) == ("new", b"one\ntwo\n")
    assert log.look().news == "same"
    log.append(b"three")
    assert (log.look().news, log.text) == ("grown", b"one\ntwo\nthree")
    log.append(b"!\n")
    assert (log.look().news, log.text) == ("grown", b"one\ntwo\nthree!\n")
    assert log.look().news == "same"


def test_that_what_was_seen_before_goes_without_the_collector(log: Onlooker) -> None:
    log.look()
    gc.disable()
    try:
        assert log.seen is not None
        before = weakref.ref(log.seen.text)
        log.append(b"three\n")
        assert log.look().news == "grown"
        assert before() is None
    finally:
        gc.enable()


def test_that_an_empty_log_begins_to_be_written(log: Onlooker) -> None:
    log.path.write_bytes(b"")
    assert (log.look().news, log.text) == ("new", b"")
    log.append(b"a\n")
    assert (log.look().news, log.text) == ("grown", b"a\n")


def test_that_a_log_that_was_shortened_is_read_anew(log: Onlooker) -> None:
    log.look()
    log.path.write_bytes(b"new\n")
    answer = log.look()
    assert (answer.news, answer.note, log.text) == ("changed", "shortened", b"new\n")


def test_that_a_log_that_was_shortened_and_outgrew_itself_between_two_looks_is_read_anew(
    log: Onlooker,
) -> None:
    log.look()
    log.path.write_bytes(b"another, and longer than before\n")
    assert (log.look().news, log.text) == ("changed", b"another, and longer than before\n")


def test_that_a_log_that_was_replaced_is_read_anew(log: Onlooker) -> None:
    log.look()
    other = log.session / "other"
    other.write_bytes(b"one\ntwo\nof another run\n")
    other.replace(log.path)
    answer = log.look()
    assert (answer.news, answer.note, log.text) == ("changed", "replaced", b"one\ntwo\nof another run\n")


def test_that_a_file_that_was_only_touched_or_replaced_by_the_same_is_the_same(state: Onlooker) -> None:
    state.look()
    os.utime(state.path, (1, 1))
    assert state.look().news == "same"
    other = state.session / "other"
    other.write_bytes(state.path.read_bytes())
    other.replace(state.path)
    assert state.look().news == "same"
    assert state.look().seen is state.seen


def test_that_other_bytes_of_the_same_size_are_noticed(state: Onlooker) -> None:
    state.look()
    state.path.write_bytes(b'{"a": 2}\n')
    os.utime(state.path, (9, 9))
    assert (state.look().news, state.text) == ("changed", b'{"a": 2}\n')


def test_that_a_file_that_vanishes_is_said_kept_and_found_again(log: Onlooker) -> None:
    log.look()
    log.path.rename(log.session / "away")
    answer = log.look()
    assert (answer.news, answer.problem) == ("problem", "It is not there any more.")
    assert log.text == b"one\ntwo\n"
    (log.session / "away").rename(log.path)
    assert log.look().news == "same"
    log.append(b"three\n")
    assert log.look().news == "grown"


def test_that_of_a_large_log_the_end_is_read_from_a_whole_line_on(
    log: Onlooker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followed, "LOG_LIMIT", 20)
    log.path.write_bytes(b"".join(b"line %03d\n" % number for number in range(100)))
    log.look()
    assert log.text == b"line 098\nline 099\n"
    assert log.seen is not None
    assert (log.seen.text.skipped, log.seen.text.row(1).line) == (98 * 9, 2)
    log.append(b"line 100\n")
    assert (log.look().news, log.text[-9:]) == ("grown", b"line 100\n")
    log.append(b"x" * 30 + b"\nlast\n")  # more than is shown at all
    answer = log.look()
    assert (answer.news, log.text) == ("changed", b"last\n")


def test_that_a_large_file_is_read_from_its_beginning_and_its_growth_is_told(
    state: Onlooker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followed, "LIMIT", 20)
    state.look()
    state.append(b"0123456789")
    assert (state.look().news, state.text) == ("grown", b'{"a": 1}\n0123456789')
    state.append(b"0123456789")
    assert (state.look().news, state.text) == ("grown", b'{"a": 1}\n01234567890')
    assert state.seen is not None
    assert (state.seen.text.size, state.seen.text.left_out) == (29, 9)
    state.append(b"0123456789")
    assert (state.look().news, state.seen.text.left_out) == ("grown", 19)


def test_that_a_log_of_a_gigabyte_costs_little_memory(log: Onlooker) -> None:
    with log.path.open("wb") as file:
        file.truncate(1 << 30)  # a hole: no disk is filled
        file.seek(0, os.SEEK_END)
        file.write(b"\nthe end\n")
    tracemalloc.start()
    try:
        log.look()
        log.append(b"and more\n")
        log.look()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert log.text.endswith(b"\nthe end\nand more\n")
    assert peak < 4 * followed.LOG_LIMIT


@only_posix
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (os.mkfifo, "a pipe or a device"),
        (lambda path: path.symlink_to("/etc/passwd"), "leads out of the session"),
        (lambda path: path.symlink_to("/dev/zero"), "leads out of the session"),
        (Path.mkdir, "it is a folder"),
    ],
    ids=["pipe", "link", "link to a device", "folder"],
)
def test_that_what_is_no_file_of_the_session_is_refused_with_a_sentence(
    log: Onlooker, make: Callable[[Path], None], words: str
) -> None:
    log.look()
    log.path.unlink()
    make(log.path)  # also in place of a file that was looked at before
    answer = log.look()
    assert answer.news == "problem"
    assert words in answer.problem
    assert answer.problem.endswith(".")


@only_posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_that_a_file_without_rights_is_a_sentence(log: Onlooker) -> None:
    log.path.chmod(0)
    assert log.look().problem.startswith("It cannot be read: ")


CHANGES = st.one_of(
    st.tuples(st.just("append"), st.binary(max_size=40)),
    st.tuples(st.sampled_from(["replace", "rewrite", "remove"]), st.binary(max_size=60)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CHANGES, max_size=12), st.sampled_from(["x.log", "x.json"]))
def test_that_what_is_shown_is_what_is_there_whatever_happened(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, bytes]], name: str
) -> None:
    onlooker = Onlooker(tmp_path_factory.mktemp("session"), name)
    onlooker.path.write_bytes(b"begin\n")
    for number, (what, data) in enumerate(changes):
        onlooker.look()
        if what == "append":
            onlooker.append(data)
        elif what == "remove":
            onlooker.path.unlink(missing_ok=True)
        else:
            target = onlooker.session / "new" if what == "replace" else onlooker.path
            target.write_bytes(data)
            target.replace(onlooker.path)
        if onlooker.path.exists():
            os.utime(onlooker.path, ns=(number, number))  # two changes within a tick of the clock
            onlooker.look()
            assert onlooker.text == onlooker.path.read_bytes()
