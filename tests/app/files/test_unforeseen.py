"""What nobody foresaw while a session is read or changed: answered, logged, and nothing waits on for ever."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.change_errands import Done
from app.files.changes import change, not_foreseen, read_session
from app.files.reading import read
from app.past_errands import (
    FindWays,
    GoodVersion,
    PastErrand,
    ReadHistory,
    ReadRaw,
    ReadVersion,
    SaveCopy,
    TryWay,
)
from persistence.store import STATE_FILE, Committed, StateFile
from tests.app.edited import count_in, edited
from tests.app.sitting import Sitting
from tests.small_rig import PROJECT, made_session

UNFORESEEN = "Something unexpected went wrong (RuntimeError: what nobody thought of). It is noted in the log."


def broken(*_args: object, **_named: object) -> Committed:
    raise RuntimeError("what nobody thought of.")


def test_that_a_change_that_ends_as_nobody_foresaw_is_answered_and_can_be_saved_again(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sitting.select()
    sitting.edit()
    before = sitting.bytes
    with monkeypatch.context() as breaking:
        breaking.setattr(StateFile, "commit", broken)
        sitting.save()
    assert (sitting.not_saved, sitting.bytes, sitting.draft.count) == ([sitting.directory], before, 1)
    banner = sitting.banner("refused")
    assert banner is not None
    assert f"Nothing was saved. {UNFORESEEN}" in banner.text
    assert "what nobody thought of" in caplog.text
    sitting.save()
    assert (sitting.on_disk(), sitting.banners) == (150, {})


def test_that_nothing_stays_given_up_after_a_change_that_ended_as_nobody_foresaw(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting.select()
    sitting.edit()
    disk = sitting.folders._disks[sitting.folders.root_of(sitting.directory)]

    def given_up_and_broken(*_args: object) -> Committed:
        disk.give_up(sitting.directory)
        return broken()

    monkeypatch.setattr("app.disk.disk.change", given_up_and_broken)
    sitting.save()
    assert sitting.not_saved == [sitting.directory]
    assert disk._given_up == set()


def test_that_nobody_says_nothing_was_saved_where_the_file_is_another_one(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    errand = edited(session)
    assert isinstance(change(errand), Done)  # and then something breaks
    answer = not_foreseen(errand, UNFORESEEN)
    assert answer.sentence.startswith("Nobody knows whether it was saved; look at what is there now. Someth")
    assert answer.snapshot == read_session(str(session))


def test_that_what_was_saved_is_told_as_saved_also_when_it_cannot_be_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = made_session(tmp_path)
    errand = edited(session)
    monkeypatch.setattr("app.files.changes._before_clear", broken)
    monkeypatch.setattr("app.files.changes._why_not", lambda *_: "")
    done = change(errand)
    assert isinstance(done, Done)
    assert count_in(session) == 150
    assert done.snapshot.etag == done.etag
    assert done.snapshot.problem is not None
    assert (done.snapshot.problem.kind, done.snapshot.problem.text) == ("unreadable", UNFORESEEN)


ASKED: list[Callable[[str], PastErrand]] = [
    lambda session: ReadVersion(session, 1),
    ReadHistory,
    ReadRaw,
    lambda session: SaveCopy(session, 1, "copy.json"),
    lambda session: FindWays(session, lost=True),
    lambda session: TryWay(session, GoodVersion(1)),
]


@pytest.mark.parametrize("asked", ASKED)
def test_that_every_question_about_the_past_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: Callable[[str], PastErrand]
) -> None:
    errand = asked(str(made_session(tmp_path)))
    for name in ("version", "history", "raw_start"):
        monkeypatch.setattr(StateFile, name, broken)
    answer = read(errand)
    assert answer.errand is errand
    assert answer.problem.removeprefix("No copy was saved. ") == UNFORESEEN


_OPENED_IN_LITTLE_MEMORY = """
import resource, sys
from pathlib import Path
from app.folder_errands import Terms
from app.files.changes import read_session
from app.files.large import Large
pages = int(Path("/proc/self/statm").read_text().split()[0])
limit = pages * resource.getpagesize() + (32 << 20)
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
problem = read_session(sys.argv[1], Terms(any_size=True), Large(), lambda glimpse: None).problem
print(problem.kind, problem.text)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is not limited in this way")
def test_that_a_file_larger_than_memory_says_so(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    with (session / STATE_FILE).open("r+b") as file:
        file.truncate(200 << 20)  # sparse
    opened = subprocess.run(
        [sys.executable, "-c", _OPENED_IN_LITTLE_MEMORY, str(session)],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert opened.stdout == "too_large It takes more memory than is free on this computer.\n", opened.stderr
