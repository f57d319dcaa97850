"""The index may be lost, damaged, foreign or locked: it costs time and nothing else."""

import sqlite3
from itertools import islice
from pathlib import Path

import pytest

from app.listing.index import AT_ONCE, Index
from app.listing.known import Known
from app.listing.newest import newest_known
from app.session import Problem, Running, Summary
from persistence.files.running import RunningMarker, read_running


def known(name: str, **more: object) -> Known:
    summary = Summary(directory=f"/data/{name}", root="/data", name=name, subject="m1", **more)  # type: ignore[arg-type]
    return Known(summary, b"signature", '{"trials": [1]}')


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The index of /data, with two sessions in it."""
    index = Index(tmp_path, "/data")
    index.put([known("old", started="2025-01-01T00:00:00"), known("new", started="2026-01-01T00:00:00")])
    index.close()
    (found,) = tmp_path.glob("*.sqlite")
    return found


def names(index: Index) -> list[str]:
    return [one.summary.name for one in index.load()]


def opened(file: Path) -> list[str]:
    index = Index(file.parent, "/data")
    try:
        return names(index)
    finally:
        index.close()


def test_that_what_was_known_is_known_again_newest_first(file: Path) -> None:
    assert opened(file) == ["new", "old"]


def test_that_every_part_of_a_summary_comes_back(tmp_path: Path) -> None:
    full = known(
        "all",
        launchers=("m.A", "m.B"),
        problem=Problem("damaged", "Why."),
        unsaved=("a", "b"),
        size=2**40,
        mtime_ns=-1,
    )
    index = Index(tmp_path, "/data")
    index.put([full])
    assert list(index.load()) == [full._replace(attributes="")]
    index.close()


def test_that_who_ran_then_is_not_said_to_run_now(tmp_path: Path) -> None:
    index = Index(tmp_path, "/data")
    index.put([known("ran", running=Running("rig", 1, "m.A", "2025", finishing=True))])
    assert list(index.load()) == [known("ran")._replace(attributes="")]
    index.close()


def test_that_who_still_runs_is_known_at_once_by_the_lock(tmp_path: Path) -> None:
    """A new window said No saved state of a running session, until it had found it."""
    session = tmp_path / "ran"
    session.mkdir()
    ran = known("ran", running=Running("rig", 1, "m.A", "2025"))
    index = Index(tmp_path, "/data")
    index.put([ran._replace(summary=ran.summary._replace(directory=str(session)))])
    marker = RunningMarker(session, "m.A")
    marker.acquire()
    running = read_running(session)
    found = [one.summary.running for one in index.load()]
    page = [one.running for one in newest_known(tmp_path, "/data", 4)]
    marker.release()
    assert running is not None
    assert (found, page) == ([running], [running])
    assert [one.running for one in newest_known(tmp_path, "/data", 4)] == [None]
    index.close()


def test_that_a_directory_of_any_bytes_can_be_known(tmp_path: Path) -> None:
    odd = known("a\udc80b")
    index = Index(tmp_path, "/data")
    index.put([odd])
    assert list(index.load()) == [odd._replace(attributes="")]
    index.forget([odd.summary.directory])
    assert names(index) == []
    index.close()


def test_that_half_characters_in_times_are_no_reason_to_fail(tmp_path: Path) -> None:
    index = Index(tmp_path, "/data")
    assert index.put([known("a", started="\ud800", created_at="\ud800")])
    assert names(index) == ["a"]
    index.close()


def test_that_each_folder_has_an_index_of_its_own(file: Path) -> None:
    other = Index(file.parent, "/other")
    assert names(other) == []
    other.close()


@pytest.mark.parametrize("data", [b"", b"\0" * 5000, b"SQLite format 3\0" + b"x" * 4096])
def test_that_a_damaged_index_is_made_anew(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    assert opened(file) == []
    index = Index(file.parent, "/data")
    index.put([known("again")])
    index.close()
    assert opened(file) == ["again"]


def test_that_an_index_that_is_damaged_while_it_is_read_knows_what_could_be_read(file: Path) -> None:
    with file.open("r+b") as torn:
        torn.seek(4096)
        torn.write(b"\xff" * 8192)
    assert set(opened(file)) <= {"new", "old"}
    index = Index(file.parent, "/data")
    index.put([known("again")])
    index.close()
    assert "again" in opened(file)


def test_that_an_index_that_is_damaged_while_it_is_written_is_made_anew_and_tells_that_once(
    tmp_path: Path,
) -> None:
    index = Index(tmp_path, "/data")
    assert index.put([known("lost")])
    (file,) = tmp_path.glob("*.sqlite")
    file.write_bytes(b"\xff" * file.stat().st_size)
    assert not index.put([known("a")])
    assert [index.take_loss(), index.take_loss()] == [True, False]
    assert index.put([known("again")])
    assert names(index) == ["again"]
    index.close()


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("select summary from known order by started desc, directory desc limit 48", "INDEX newest"),
        ("select directory from known where damaged", "INDEX broken"),
    ],
)
def test_that_the_newest_and_the_damaged_are_had_without_looking_at_all(
    file: Path, question: str, way: str
) -> None:
    """Among a hundred thousand, and at each start."""
    database = sqlite3.connect(file)
    plan = [text for *_, text in database.execute(f"explain query plan {question}")]
    database.close()
    assert len(plan) == 1  # nothing is sorted
    assert way in plan[0]


def test_that_of_a_session_that_is_forgotten_nothing_is_held(file: Path) -> None:
    index = Index(file.parent, "/data")
    index.forget(["/data/old"])
    index.close()
    database = sqlite3.connect(file)
    assert [database.execute(f"select count(*) from {table}").fetchone() for table in ("known", "held")] == [
        (1,), (1,),
    ]  # fmt: skip
    database.close()


def test_that_a_session_whose_name_tells_no_time_stands_where_it_was_made(tmp_path: Path) -> None:
    index = Index(tmp_path, "/data")
    times = {"a": "2026-01-02T00:00:00", "b": "2026-01-03T00:00:00", "c": "2026-01-01T00:00:00"}
    index.put(known(name, created_at=time) for name, time in times.items())
    assert names(index) == ["b", "a", "c"]
    index.close()


def test_that_an_index_of_another_version_is_made_anew(file: Path) -> None:
    database = sqlite3.connect(file)
    with database:
        database.execute("update format set text = 'of the future'")
    database.close()
    assert opened(file) == []


def test_that_a_row_that_nobody_of_ours_wrote_is_passed_over(file: Path) -> None:
    database = sqlite3.connect(file)
    with database:
        database.execute("update known set summary = '[1]' where started < cast('2026' as blob)")
    database.close()
    assert opened(file) == ["new"]


def test_that_another_window_that_writes_is_not_waited_for(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("begin exclusive")
    index = Index(file.parent, "/data")
    index.put([known("later")])
    index.close()
    other.execute("rollback")
    waiting = Index(file.parent, "/data")
    other.execute("begin exclusive")
    assert not waiting.put([known("later")])
    other.execute("rollback")
    assert waiting.put([known("later")])
    other.execute("begin exclusive")
    assert names(waiting) == []
    other.execute("rollback")
    assert len(names(waiting)) == 3
    waiting.close()
    other.close()
    other.close()
    assert set(opened(file)) >= {"new", "old"}


def test_that_without_a_folder_that_can_be_written_it_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", None):
        index = Index(folder, "/data")
        index.put([known("here")])
        assert names(index) == ["here"]
        index.close()


def test_that_values_are_had_apart_and_stay_until_there_are_others(tmp_path: Path) -> None:
    index = Index(tmp_path, "/data")
    index.put([known("a")])
    index.put([known("a")._replace(signature=b"later", attributes="")])
    assert list(index.attributes()) == [("/data/a", '{"trials": [1]}')]
    assert list(index.load()) == [known("a")._replace(signature=b"later", attributes="")]
    index.put([known("a")._replace(attributes=None)])
    assert list(index.attributes()) == []
    assert list(index.load()) == [known("a")._replace(attributes=None)]
    index.close()


@pytest.mark.parametrize("all_of_them", [True, False])
@pytest.mark.parametrize("judged", [True, False])
def test_that_values_of_another_time_are_told_as_damage(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, *, judged: bool, all_of_them: bool
) -> None:
    """As a power cut may leave them: some of the pages that were written are there, and others are not."""
    index = Index(tmp_path, "/data")
    index.put(known(f"s{number}", etag="then") for number in range(60))
    if not judged:
        index.put(known(f"s{number}", etag="then")._replace(attributes=None) for number in range(60))
    index.close()
    (file,) = tmp_path.glob("*.sqlite")
    before = file.read_bytes()
    index = Index(tmp_path, "/data")
    index.put([known("s7", etag="now")._replace(attributes='{"trials": [2]}')])
    index.close()
    after = file.read_bytes()
    pages = [at for at in range(4096, len(after), 4096) if before[at : at + 4096] != after[at : at + 4096]]
    assert len(pages) > 1
    for lost in pages:
        file.write_bytes(after[:lost] + before[lost : lost + 4096] + after[lost + 4096 :])
        index = Index(tmp_path, "/data")
        told = {one.summary.directory: one for one in index.load()}["/data/s7"]
        found = dict(index.attributes() if all_of_them else index.attributes_of(["/data/s7"]))
        assert "/data/s7" not in found
        assert index.take_loss() or told.attributes is None
        index.close()
        file.unlink(missing_ok=True)
    assert "damaged" in caplog.text


def test_that_the_device_of_the_folder_is_remembered(tmp_path: Path) -> None:
    index = Index(tmp_path, "/data")
    assert (index.device(), index.count()) == (None, 0)
    index.put_device(2**64 - 1)
    index.put([known("a")])
    index.put_device(7)
    index.close()
    again = Index(tmp_path, "/data")
    assert (again.device(), again.count()) == (7, 1)
    again.close()


def test_that_values_can_be_had_while_others_are_written(tmp_path: Path) -> None:
    """Also by another window: a long look at all of them keeps nobody from writing."""
    index, many = Index(tmp_path, "/data"), 3 * AT_ONCE
    index.put([known(str(number)) for number in range(many)])
    rows = index.attributes()
    first = [directory for directory, _ in islice(rows, AT_ONCE)]
    other = Index(tmp_path, "/data")
    assert other.put([known("elsewhere")])
    other.close()
    assert index.put([known(str(many - 1))._replace(attributes="{}"), known("new")])
    index.forget([first[0], f"/data/{many - 2}"])
    rest = dict(rows)
    index.close()
    assert rest.keys() & set(first) == set()
    assert rest[f"/data/{many - 1}"] == "{}"
    assert {"/data/elsewhere", "/data/new"} <= rest.keys()
    assert len(first) + len(rest) == many + 1


def test_that_what_many_sessions_have_in_common_is_held_once(tmp_path: Path) -> None:
    index = Index(tmp_path, "/data")
    index.put(
        known(name, launchers=("m.A",), outcome="failed", saved_at="2025", created_at="2025") for name in "ab"
    )
    one, other = (row.summary for row in index.load())
    index.close()
    assert one.root is other.root
    assert one.subject is other.subject
    assert one.outcome is other.outcome
    assert one.launchers[0] is other.launchers[0]
    assert one.created_at is one.saved_at
