"""Programs of our own that look into folders: they find what one finds here, and may be lost any time."""

import logging
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.listing.known import Before
from app.listing.lookers import Here, Unread
from app.listing.scouts import MOST, Scout, scouts
from app.listing.steps import Step
from app.listing.wholly import read_wholly
from persistence.files.running import RunningMarker
from persistence.scan import Cancelled, site_at
from persistence.store import STATE_FILE
from tests.patience import PATIENCE_MS
from tests.small_rig import made_session

PATIENCE = PATIENCE_MS / 1000


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="there programs can be stopped and measured")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of each kind."""
    root = tmp_path_factory.mktemp("scouted")
    for name in ("old", "changed", "plain", "übung"):
        made_session(root, name)
    (root / "damaged").mkdir()
    (root / "damaged" / STATE_FILE).write_bytes(b'{"version": ')
    os.utime(root / "damaged" / STATE_FILE, (1e9, 1e9))  # else it may be being written
    (root / "never" / "launcher_metadata").mkdir(parents=True)
    (root / "folder" / "inside").mkdir(parents=True)
    if sys.platform != "win32":
        made_session(root, "odd").rename(os.fsdecode(os.fsencode(root) + b"/\xff\n"))
    return root


@pytest.fixture(scope="module")
def folders(root: Path) -> list[str]:
    return [str(root), *map(str, sorted(root.iterdir())), str(root / "gone")]


@pytest.fixture(scope="module")
def known(root: Path) -> dict[str, Before]:
    """What was known of some of them, once their files are old enough for that."""
    found = {str(root / name): signed(root / name) for name in ("old", "changed", "damaged")}
    made_session(root, "changed", trial_count=99)
    return {path: Before(signature, path.endswith("damaged")) for path, signature in found.items()}


def signed(session: Path) -> bytes:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        site = site_at(str(session))
        if site is not None and (times := site.times()) is not None:
            return times.signature()
        time.sleep(0.05)
    raise AssertionError(f"{session} has no signature")


@pytest.fixture
def scout(root: Path, known: dict[str, Before]) -> Iterator[Scout]:
    made = Scout(str(root), known.get, Here(str(root), known.get, lambda: False))
    yield made
    made.close()


def here(root: Path, known: dict[str, Before], folders: list[str]) -> list[Step]:
    """What one finds in this process."""
    return Here(str(root), known.get, lambda: False).look(folders)


def test_that_a_scout_finds_what_one_finds_here(
    scout: Scout, root: Path, known: dict[str, Before], folders: list[str]
) -> None:
    found = scout.look(folders)
    assert found == here(root, known, folders)
    assert scout._process is not None
    assert not scout.lost
    kinds = {Path(step.folder).name: step for step in found}
    assert kinds["old"].unchanged == known[str(root / "old")]
    assert kinds["changed"].known is not None
    assert kinds["folder"].below == (str(root / "folder" / "inside"),)
    assert scout.look(folders[:2]) == found[:2]  # and again


def test_that_many_threads_of_a_scout_find_the_same_in_the_order_of_the_question(
    root: Path, known: dict[str, Before], folders: list[str], tmp_path: Path
) -> None:
    """Another computer's folders are listed, whatever is said of their times."""
    many = [*folders, *(str(made_session(tmp_path, f"more{number}")) for number in range(20))]
    here = Here(str(root), known.get, lambda: False, lists_all=True)
    scout = Scout(str(root), known.get, here, threads=4)
    try:
        assert scout.look(many) == here.look(many)
        assert not scout.lost
    finally:
        scout.close()


def test_that_a_scout_looks_at_known_sessions_of_a_folder_as_well(tmp_path: Path) -> None:
    names = ("same", "damaged", "changed", "gone", "link", "folder")
    for name in names:
        made_session(tmp_path, name)
    (tmp_path / "damaged" / STATE_FILE).write_bytes(b'{"version": ')
    signatures = {name: signed(tmp_path / name) for name in names}
    made_session(tmp_path, "changed", trial_count=99)
    made_session(tmp_path, "new")
    shutil.rmtree(tmp_path / "gone")
    (tmp_path / "folder" / STATE_FILE).unlink()
    (tmp_path / "link").rename(tmp_path / "moved")
    if sys.platform != "win32":
        (tmp_path / "link").symlink_to("moved")  # where no walk goes
    inside = {**signatures, "never": b"", "odd": b"?"}
    scout = Scout(
        str(tmp_path), lambda _: None, Unread(), inside=lambda one: inside if one == str(tmp_path) else {}
    )
    try:
        found = scout.look([str(tmp_path), str(tmp_path / "same"), str(tmp_path / "never")])
        assert not scout.lost
    finally:
        scout.close()
    same = {name: signatures[name] for name in ("same", "damaged")}
    below = tuple(str(tmp_path / name) for name in ("changed", "folder", "moved", "new"))
    assert found[0] == Step(str(tmp_path), below=below, same=same)
    assert found[0].same_folders == [str(tmp_path / name) for name in same]
    assert found[1].known is not None
    assert found[2] == Step(str(tmp_path / "never"))


def test_that_of_a_folder_that_became_a_session_or_cannot_be_listed_that_is_told(tmp_path: Path) -> None:
    session, too_long = made_session(tmp_path, "s"), str(tmp_path / ("x" * 300))
    scout = Scout(str(tmp_path), lambda _: None, Unread(), inside=lambda _: {"s": b"signed"})
    try:
        became, unlisted = scout.look([str(session), too_long])
    finally:
        scout.close()
    assert became.known is not None
    if sys.platform != "win32":
        assert unlisted == Step(too_long, unlisted=True)


def test_that_a_scout_reads_wholly_what_is_no_large_file(root: Path, tmp_path: Path) -> None:
    huge = made_session(tmp_path, "huge", frames=["x" * 1000] * 1100)
    sessions = [str(root / name) for name in ("old", "damaged", "never", "folder")]
    scout = Scout(str(root), lambda _: None, Unread(), wholly=True)
    try:
        found = scout.look([*sessions, str(huge), str(root / "gone")])
    finally:
        scout.close()
    sites = [site_at(session) for session in sessions]
    read = [None if site is None else read_wholly(site, str(root)) for site in sites]
    assert [one.known for one in found] == [*read, None, None]
    assert read[0] is not None
    assert read[0].attributes is not None
    assert '"trial_count":[15]' in read[0].attributes


def test_that_a_scout_tells_who_runs(scout: Scout, tmp_path: Path) -> None:
    session = made_session(tmp_path, "s")
    marker = RunningMarker(session, "counting")
    marker.acquire()
    try:
        (step,) = scout.look([str(session)])
        assert step.known is not None
        assert step.known.summary.running is not None
        assert step.known.summary.running.pid == os.getpid()
    finally:
        marker.release()


def test_that_a_folder_that_cannot_be_listed_is_told(scout: Scout, root: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no such names there")
    too_long = str(root / ("x" * 300))  # the system refuses such a name
    assert scout.look([too_long]) == [Step(too_long, unlisted=True)]


def test_that_a_scout_is_asked_again_before_its_first_answer_is_read(
    scout: Scout, root: Path, known: dict[str, Before], folders: list[str]
) -> None:
    """However much is said: what nobody reads yet fills no pipe on which the other one waits."""
    steady = [folder for folder in folders if not folder.endswith("changed")]  # which is signed in a moment
    many, found = steady * 200, here(root, known, steady)
    assert scout.ahead
    scout.begin(many)
    scout.begin(many[::-1])
    assert scout.look(many) == found * 200
    assert scout.look(many[::-1]) == (found * 200)[::-1]
    assert not scout.lost


@on_linux
def test_that_a_scout_that_is_lost_after_it_was_asked_loses_no_question(
    scout: Scout, root: Path, known: dict[str, Before], folders: list[str]
) -> None:
    scout.look(folders[:1])
    assert scout._process is not None
    os.kill(scout._process.pid, signal.SIGSTOP)
    steady = [folder for folder in folders if not folder.endswith("changed")]
    scout.begin(steady)
    scout.begin(steady[::-1])
    killed(scout)
    found = here(root, known, steady)
    assert scout.look(steady) == found
    assert scout.look(steady[::-1]) == found[::-1]
    assert not scout.ahead


def killed(scout: Scout) -> None:
    assert scout._process is not None
    scout._process.kill()
    scout._process.wait(PATIENCE)


def nonsense(scout: Scout) -> None:
    scout.close()
    scout._process = None
    scout._command = (sys.executable, "-c", "input(); print('[true]')")


def not_there(scout: Scout) -> None:
    scout.close()
    scout._process = None
    scout._command = (str(Path(sys.executable).parent / "not there"),)


def spelled_otherwise(scout: Scout) -> None:
    scout.close()
    scout._process = None
    scout._command = (*scout._command[:-1], "as nobody spells names")


@pytest.mark.parametrize("loss", [killed, nonsense, not_there, spelled_otherwise])
def test_that_where_a_scout_is_lost_its_thread_looks_itself(
    scout: Scout,
    root: Path,
    known: dict[str, Before],
    folders: list[str],
    loss: Callable[[Scout], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    scout.look(folders)
    loss(scout)
    assert scout.look(folders) == here(root, known, folders)
    assert "is not asked any more" in caplog.text
    assert scout.lost
    assert scout.look(folders) == here(root, known, folders)


def test_that_a_scout_that_is_not_wanted_any_more_ends_at_once(scout: Scout, folders: list[str]) -> None:
    scout.look(folders)
    process = scout._process
    assert process is not None
    threading.Thread(target=scout.stop).start()
    assert process.wait(PATIENCE) != 0
    with pytest.raises(Cancelled):
        scout.look(folders)


def test_that_a_scout_that_was_stopped_before_it_began_starts_no_program(
    scout: Scout, folders: list[str]
) -> None:
    scout.stop()
    scout.prepare()
    with pytest.raises(Cancelled):
        scout.look(folders)
    assert scout._process is None


def test_that_a_scout_that_prepares_starts_the_program_that_it_asks(
    scout: Scout, root: Path, known: dict[str, Before], folders: list[str]
) -> None:
    scout.prepare()
    process = scout._process
    assert process is not None
    assert scout.look(folders) == here(root, known, folders)
    assert scout._process is process


def test_that_a_scout_whose_program_cannot_be_started_is_lost_when_it_prepares(
    scout: Scout, root: Path, known: dict[str, Before], folders: list[str], tmp_path: Path
) -> None:
    scout._command = (str(tmp_path / "none"),)
    scout.prepare()
    assert scout.lost
    assert scout.look(folders) == here(root, known, folders)


def test_that_a_scout_that_is_asked_nonsense_ends_at_once(scout: Scout, folders: list[str]) -> None:
    """Though it still waits for questions: the input stays open."""
    scout.look(folders)
    process = scout._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.write(b"nonsense\n")
    process.stdin.flush()
    assert process.wait(PATIENCE) == 1


def test_that_a_scout_ends_with_who_asks(scout: Scout, folders: list[str]) -> None:
    """Also where he was killed: then the system closes the pipe."""
    scout.look(folders)
    process = scout._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(PATIENCE) == 0


@on_linux
def test_that_a_scout_that_hangs_is_given_up(scout: Scout, folders: list[str]) -> None:
    scout.look(folders)
    assert scout._process is not None
    os.kill(scout._process.pid, signal.SIGSTOP)
    threading.Thread(target=scout.give_up).start()
    assert [step.folder for step in scout.look(folders)] == folders
    assert scout.lost


@on_linux
def test_that_a_key_in_the_terminal_ends_no_scout(scout: Scout, folders: list[str]) -> None:
    found = scout.look(folders)
    assert scout._process is not None
    os.kill(scout._process.pid, signal.SIGINT)
    assert scout.look(folders) == found
    assert not scout.lost


@on_linux
def test_that_what_is_damaged_does_not_stay_in_memory(scout: Scout, tmp_path: Path) -> None:
    (tmp_path / STATE_FILE).write_bytes(b'{"version": "1.0.0", "note": "' + b"x" * 1_000_000)

    def megabytes() -> int:
        assert scout._process is not None
        pages = Path(f"/proc/{scout._process.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") // 1_000_000

    scout.look([str(tmp_path)] * 5)
    before = megabytes()
    scout.look([str(tmp_path)] * 60)
    assert megabytes() < before + 60


@pytest.fixture
def dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What does not answer to a program of ours, which soon notices that."""
    program = tmp_path / "program"
    program.mkdir()
    (program / "sitecustomize.py").write_text(DEAD, "utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(program), os.environ.get("PYTHONPATH", ""))))
    return "dead"


DEAD = """
import os, time
from app.listing import hanging

hanging.TICK_SECONDS = 0.01

def dead(call):
    return lambda path, **how: time.sleep(3600) if str(path).endswith("dead") else call(path, **how)

os.scandir, os.stat, os.lstat = map(dead, (os.scandir, os.stat, os.lstat))
"""


@pytest.mark.parametrize("threads", [1, 4])
def test_that_a_folder_that_hangs_is_out_of_reach_and_what_stands_beside_it_is_found(
    tmp_path: Path, dead: str, threads: int
) -> None:
    before, hangs, after = (str(made_session(tmp_path, name)) for name in ("before", dead, "later"))
    scout = Scout(str(tmp_path), lambda _: None, Unread(), threads=threads)
    try:
        found = scout.look([before, hangs, after])
        assert found[1] == Step(hangs, unlisted=True)
        assert [one.known is not None for one in found] == [True, False, True]
        assert [one.known is not None for one in scout.look([after])] == [True]
        assert not scout.lost
    finally:
        scout.close()


def test_that_a_folder_with_a_session_that_hangs_is_told_with_all_that_lies_in_it(
    tmp_path: Path, dead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them is asked about by itself then."""
    monkeypatch.setattr("persistence.sessions.site.SETTLED_SECONDS", 0.0)
    folder = tmp_path / "folder"
    sessions = [made_session(folder, name) for name in (dead, "other")]
    signatures = {session.name: signed(session) for session in sessions}
    scout = Scout(str(tmp_path), lambda _: None, Unread(), inside=lambda _: signatures)
    try:
        assert scout.look([str(folder)]) == [Step(str(folder), below=tuple(map(str, sessions)))]
    finally:
        scout.close()


def test_that_there_are_as_many_as_processors_but_not_more_than_a_disk_bears(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for processors, count in ((None, 1), (1, 1), (2, 2), (64, MOST)):
        monkeypatch.setattr(os, "cpu_count", lambda found=processors: found)
        assert len(scouts(str(root), lambda _: None, lambda: False)) == count
