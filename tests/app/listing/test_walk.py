"""A walk over a whole folder: in pieces, alone or with many at once, and told once."""

import errno
import os
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.listing.index import Index
from app.listing.known import Before
from app.listing.ledger import Ledger
from app.listing.lookers import Looker
from app.listing.scout import About
from app.listing.scouts import Scout
from app.listing.steps import Step
from app.listing.walk import Walk, Walks
from app.listing.walkers import NobodyWalks, Walkers
from app.session import Summary
from persistence import scan
from persistence.scan import Site
from persistence.store import StateFile
from tests.patience import PATIENCE_MS
from tests.small_rig import made_session


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    for number in range(20):
        made_session(tmp_path, f"s{number:02d}")
    made = Ledger(Index(None, str(tmp_path)), str(tmp_path))
    yield made
    made.close()


def walked(walk: Walk, most: int = 500) -> list[tuple[Summary, ...]]:
    """All pieces of a walk."""
    pieces, ended = list[tuple[Summary, ...]](), False
    while not ended:
        told, ended = walk.piece(60.0, most)
        pieces.append(told)
    walk.end()
    return pieces


def names(pieces: list[tuple[Summary, ...]]) -> list[str]:
    return sorted(summary.name for piece in pieces for summary in piece)


@pytest.mark.parametrize(("threads", "alone"), [(1, 2500), (4, 2500), (1, 3), (1, 0), (4, 3), (4, 0)])
def test_that_all_sessions_are_met_and_told_once(
    ledger: Ledger, tmp_path: Path, threads: int, alone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alone; by many threads; and, after so many, by programs of our own."""
    monkeypatch.setattr("app.listing.walk.ALONE", alone)
    monkeypatch.setattr("app.listing.walk.FAR_ALONE", alone)
    walk = Walk(str(tmp_path), ledger, lambda: False, threads)
    assert names(walked(walk)) == [f"s{number:02d}" for number in range(20)]
    assert (len(walk.seen), walk.read, walk.expected) == (20, 20, 0)
    again = Walk(str(tmp_path), ledger, lambda: False, threads)
    assert again.expected == 20
    walked(again)
    assert len(again.seen) == 20


@pytest.mark.parametrize(("threads", "lists_all"), [(1, False), (4, True)])
def test_that_what_was_read_wholly_and_has_not_changed_is_met_and_not_read_and_here_not_even_listed(
    tmp_path: Path, threads: int, lists_all: bool, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another computer may tell times of a minute ago, so its folders are listed."""
    monkeypatch.setattr("persistence.sessions.site.SETTLED_SECONDS", 0.0)
    for site in scan.find_sites(tmp_path):
        ledger.survey(site)
    (tmp_path / "s07" / "session.json").write_text('{"subject_id": "another"}')
    listed: list[str] = []
    scandir = os.scandir

    def listing(folder: str) -> object:
        listed.append(folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", listing)
    walk = Walk(str(tmp_path), ledger, lambda: False, threads)
    assert names(walked(walk)) == ["s07"]
    assert len(walk.seen) == 20
    assert len(listed) == (21 if lists_all else 2)  # the folder, and what changed


def test_that_pieces_are_as_small_as_they_are_wanted(ledger: Ledger, tmp_path: Path) -> None:
    pieces = walked(Walk(str(tmp_path), ledger, lambda: False), most=6)
    assert [len(piece) for piece in pieces] == [6, 6, 6, 2]


@pytest.mark.parametrize("threads", [1, 4])
def test_that_folders_without_sessions_are_walked_through_in_pieces_too(
    ledger: Ledger, tmp_path: Path, threads: int
) -> None:
    folder = tmp_path / "data"
    for number in range(20):
        (folder / f"run{number}" / "frames").mkdir(parents=True)
    walk = Walk(str(folder), ledger, lambda: False, threads)
    pieces = 0
    while not walk.piece(0.0, 500)[1]:
        pieces += 1
    walk.end()
    assert pieces >= 2  # there are three levels


def test_that_a_walk_that_nobody_waits_for_ends(ledger: Ledger, tmp_path: Path) -> None:
    assert names(walked(Walk(str(tmp_path), ledger, lambda: True))) == []


def test_that_what_stops_being_a_session_in_between_is_not_met(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.steps.glance", lambda *_: None)
    walk = Walk(str(tmp_path), ledger, lambda: False)
    assert names(walked(walk)) == []
    assert walk.seen == set()


def test_that_a_walk_that_failed_says_so_and_ends(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(site: Site, root: str) -> Summary | None:
        if site.directory.endswith("s10"):
            raise RuntimeError("what nobody thought of")
        return scan.glance(site, root)

    monkeypatch.setattr("app.listing.steps.glance", broken)
    walk = Walk(str(tmp_path), ledger, lambda: False)
    assert 0 < len(names(walked(walk))) < 20
    assert walk.failed
    assert "what nobody thought of" in caplog.text


def test_that_what_lies_in_a_folder_that_became_a_session_meanwhile_is_not_met(
    ledger: Ledger, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        made_session(tmp_path / "mouse", name)
    walks = Walks()
    walks.begin(Walk(str(tmp_path), ledger, lambda: False))
    walk = walks.next()
    told, _ = walk.piece(60.0, 5)
    assert names([told])[0] > "mouse"  # those of later names come first
    walk.piece(60.0, 16)
    assert str(tmp_path / "mouse" / "b") in walk.seen
    walks.forget([str(tmp_path / "mouse" / "b")])
    walks.note([str(tmp_path / "mouse")], closed=True)
    walked(walk)
    assert {Path(one).name for one in walk.seen} == {"mouse", *(f"s{number:02d}" for number in range(20))}


@pytest.fixture
def signed(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """All sessions were read wholly, long ago."""
    monkeypatch.setattr("persistence.sessions.site.SETTLED_SECONDS", 0.0)
    for site in scan.find_sites(tmp_path):
        ledger.survey(site)
    return ledger


class Planned:
    """Stands for others who walk: what they found is planned."""

    def __init__(self, *found: Step) -> None:
        self._found = [[step] for step in found]

    def __call__(self, *_: object) -> "Planned":
        return self

    @property
    def ended(self) -> bool:
        return not self._found

    @property
    def told(self) -> bool:
        return bool(self._found)

    def help(self, _looker: Looker) -> list[Step]:
        return []

    def next(self, _seconds: float) -> list[Step]:
        return self._found.pop(0) if self._found else []

    def end(self) -> None:
        self._found = []


def test_that_what_others_found_before_it_was_forgotten_is_looked_at_again(
    signed: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, here = (str(tmp_path / name) for name in ("s03", "s04"))
    monkeypatch.setattr("app.listing.walk.ALONE", 0)
    found = [Step(path, unchanged=signed.before(path)) for path in (gone, here)]
    monkeypatch.setattr("app.listing.walk.Walkers", Planned(*found))
    walks = Walks()
    walks.begin(Walk(str(tmp_path), signed, lambda: False))
    shutil.rmtree(gone)
    signed.forget([gone])
    walks.forget([gone, here])
    walk = walks.next()
    assert walked(walk) == [()]
    assert walk.seen == {here}


def test_that_what_others_found_unchanged_is_read_where_it_is_known_otherwise_by_now(
    signed: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = made_session(tmp_path, "s03", trial_count=99)
    monkeypatch.setattr("app.listing.walk.ALONE", 0)
    before = Before(b"another window has read it since")
    monkeypatch.setattr("app.listing.walk.Walkers", Planned(Step(str(session), unchanged=before)))
    walk = Walk(str(tmp_path), signed, lambda: False)
    ((told,),) = walked(walk)
    assert told.directory == str(session)
    assert told.etag == StateFile(session).peek()


def test_that_it_is_out_of_reach_where_it_cannot_be_looked_at_again(
    signed: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = str(made_session(tmp_path, "s03", trial_count=99))
    monkeypatch.setattr("app.listing.walk.ALONE", 0)
    monkeypatch.setattr("app.listing.walk.Walkers", Planned(Step(session, unchanged=Before(b"of another"))))
    walk = Walk(str(tmp_path), signed, lambda: False)
    scandir = os.scandir

    def failing(folder: str) -> object:
        if folder == session:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE), folder)
        return scandir(folder)

    with monkeypatch.context() as broken:
        broken.setattr(os, "scandir", failing)
        assert walked(walk) == [()]
    assert walk.out_of_reach([session]) == {session: session}


def test_that_where_there_are_no_threads_one_walks_alone(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> Walkers:
        raise NobodyWalks

    monkeypatch.setattr("app.listing.walk.ALONE", 3)
    monkeypatch.setattr("app.listing.walk.Walkers", refused)
    for threads in (1, 4):
        walk = Walk(str(tmp_path), ledger, lambda: False, threads)
        walked(walk)
        assert len(walk.seen) == 20


@pytest.mark.parametrize("known", [True, False])
def test_that_a_long_walk_through_another_computer_is_left_to_programs_with_as_many_threads(
    ledger: Ledger, tmp_path: Path, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once where it is known to be long; a folder that hangs by then is looked at by them."""
    if known:
        walked(Walk(str(tmp_path), ledger, lambda: False))
    monkeypatch.setattr("app.listing.walk.FAR_ALONE", 3)
    asked: list[Sequence[str]] = []

    class Asked(Scout):
        def look(self, folders: Sequence[str]) -> list[Step]:
            asked.append(self._command[-1:])
            return super().look(folders)

    monkeypatch.setattr("app.listing.scouts.Scout", Asked)
    monkeypatch.setattr("app.listing.scouts.os.cpu_count", lambda: 2)
    monkeypatch.setattr(Walkers, "help", lambda *_: [])  # who listens may be done before they have begun
    walk = Walk(str(tmp_path), ledger, lambda: False, 8)
    assert (walk._walkers is not None and len(walk._walkers._lookers)) == (2 if known else 8)
    walked(walk)
    assert len(walk.seen) == 20
    assert set(asked) == {("4",)}


def test_that_a_short_walk_through_another_computer_starts_no_program(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.walk.FAR_ALONE", 30)
    monkeypatch.delattr("app.listing.walk.scouts")
    walk = Walk(str(tmp_path), ledger, lambda: False, 4)
    walked(walk)
    assert (len(walk.seen), walk.failed) == (20, False)


def test_that_a_walk_goes_on_where_the_start_of_its_programs_hangs(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The home of the operator is on a computer that does not answer; the watched folder is not."""
    release = threading.Event()
    monkeypatch.setattr("app.listing.walk.ALONE", 3)
    monkeypatch.setattr(Scout, "prepare", lambda _: release.wait(PATIENCE_MS / 1000))
    walk = Walk(str(tmp_path), ledger, lambda: False)
    pieces = 0
    while not walk.piece(60.0, 500)[1]:
        pieces += 1
        assert pieces < 100, "nobody goes on"
    release.set()
    walk.end()
    assert len(walk.seen) == 20


def test_that_a_walk_knows_what_was_recalled_before_it_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.sessions.site.SETTLED_SECONDS", 0.0)
    monkeypatch.setattr("app.listing.walk.ALONE", 3)
    root, cache = tmp_path / "root", tmp_path / "cache"
    for number in range(9):
        made_session(root, f"s{number}")
    first = Ledger(Index(cache, str(root)), str(root))
    for site in scan.find_sites(root):
        first.survey(site)
    first.close()
    signatures: dict[str, Before | None] = {}
    looked = Walkers

    def noting(waiting: Sequence[str], lookers: Sequence[Looker], *more: Any) -> Walkers:
        signatures.update({path: again.recalled(path) for path in map(str, root.iterdir())})
        return looked(waiting, lookers, *more)

    monkeypatch.setattr("app.listing.walk.Walkers", noting)
    again = Ledger(Index(cache, str(root)), str(root))
    again.recall()
    walk = Walk(str(root), again, lambda: False)
    assert walk.expected == 9
    assert all(before is not None and before.signature for before in signatures.values())
    assert len(list(again.remember())) == 9
    walked(walk)
    assert len(walk.seen) == 9
    assert again.recalled(str(root / "none")) is None
    again.close()


@pytest.fixture
def known_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Ledger]]:
    """Three folders with four sessions each, as an earlier window has read them."""
    monkeypatch.setattr("persistence.sessions.site.SETTLED_SECONDS", 0.0)
    monkeypatch.setattr("app.listing.walk.ALONE", 3)
    root, cache = tmp_path / "root", tmp_path / "cache"
    for mouse in range(3):
        for number in range(4):
            made_session(root / f"m{mouse}", f"s{number}")
    first = Ledger(Index(cache, str(root)), str(root))
    for site in scan.find_sites(root):
        first.survey(site)
    first.close()
    again = Ledger(Index(cache, str(root)), str(root))
    yield root, again
    again.close()


def places(directories: Iterable[str], root: Path) -> list[str]:
    return sorted(Path(directory).relative_to(root).as_posix() for directory in directories)


def test_that_a_folder_of_sessions_that_are_what_they_were_is_asked_about_as_one(
    known_before: tuple[Path, Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, ledger = known_before
    made_session(root / "m0", "s1", trial_count=99)
    made_session(root / "m1", "new")
    shutil.rmtree(root / "m2" / "s3")
    asked, about = set[str](), Scout._about

    def noting(self: Scout, folder: str) -> About:
        asked.add(folder)
        return about(self, folder)

    monkeypatch.setattr(Scout, "_about", noting)
    monkeypatch.setattr(Walkers, "help", lambda *_: [])  # programs alone
    walk = Walk(str(root), ledger, lambda: False)
    assert len(list(ledger.remember())) == 12
    told = {summary.directory for piece in walked(walk) for summary in piece}
    assert places(told, root) == ["m0/s1", "m1/new"]
    there = {path for mouse in root.iterdir() for path in mouse.iterdir()}
    assert walk.seen == set(map(str, there))
    assert places(asked - {str(root)}, root) == ["m0", "m0/s1", "m1", "m1/new", "m2"]


def signatures(ledger: Ledger, folder: Path) -> dict[str, bytes]:
    found = {path.name: ledger.before(str(path)) for path in folder.iterdir()}
    return {name: before.signature for name, before in found.items() if before is not None}


def test_that_what_became_known_otherwise_meanwhile_is_looked_at_again(
    known_before: tuple[Path, Ledger],
) -> None:
    """An answer of before is not believed of it; nor of one that somebody has missed since."""
    root, ledger = known_before
    walk = Walk(str(root), ledger, lambda: False)
    assert len(list(ledger.remember())) == 12
    other, missed = str(root / "m0" / "s0"), str(root / "m1" / "s0")
    same = [Step(str(mouse), same=signatures(ledger, mouse)) for mouse in (root / "m0", root / "m1")]
    made_session(root / "m0", "s0", trial_count=99)
    site = scan.site_at(other)
    assert site is not None
    ledger.survey(site)  # by an event
    shutil.rmtree(missed)
    walk.missed.add(missed)
    assert [list(walk._taken(step)) for step in same] == [[], []]
    assert places(walk.seen, root) == ["m0/s0", "m0/s1", "m0/s2", "m0/s3", "m1/s1", "m1/s2", "m1/s3"]
    assert sorted(walk.met) == sorted(walk.seen)
    summary = ledger.get(other)
    assert summary is not None
    assert (summary.etag, summary.problem) == (StateFile(Path(other)).read().etag, None)
    walk.end()


def test_that_nothing_is_met_in_a_folder_that_became_a_session_meanwhile(
    known_before: tuple[Path, Ledger],
) -> None:
    root, ledger = known_before
    walk = Walk(str(root), ledger, lambda: False)
    assert len(list(ledger.remember())) == 12
    walk.closed.add(str(root / "m0"))
    assert list(walk._taken(Step(str(root / "m0"), same={"s0": b"signed"}))) == []
    assert walk.met == []
    walk.end()
