"""What is known of sessions: read again only where a file changed, at a glance first, wholly later."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

import persistence
from app.listing.index import Index
from app.listing.known import Known
from app.listing.ledger import Ledger
from persistence import scan
from persistence.files.history import FOLDER
from persistence.scan import Site, find_sites
from persistence.sessions.query_values import load_values
from persistence.store import STATE_FILE
from tests.small_rig import made_session


class Read:
    """Counts what is read, and lets the files be of long ago."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.glances: list[str] = []
        patch.setattr("app.listing.steps.glance", self._glance)
        patch.setattr("persistence.sessions.site.SETTLED_SECONDS", 0.0)

    def _glance(self, site: Site, root: str) -> object:
        self.glances.append(Path(site.directory).name)
        return scan.glance(site, root)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    return Read(monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        made_session(tmp_path / "root", name)
    return tmp_path / "root"


@pytest.fixture
def ledger(tmp_path: Path, root: Path) -> Iterator[Ledger]:
    made = Ledger(Index(tmp_path / "cache", str(root)), str(root))
    yield made
    made.close()


def glanced(ledger: Ledger, root: Path) -> list[str]:
    found = [known for site in find_sites(root) if (known := ledger.glance(site)) is not None]
    for known in found:
        ledger.keep(known)
    return sorted(known.summary.name for known in found)


def survey_all(ledger: Ledger, root: Path) -> None:
    for site in find_sites(root):
        ledger.survey(site)


def test_that_only_what_changed_is_read_again(ledger: Ledger, root: Path, read: Read) -> None:
    assert glanced(ledger, root) == ["a", "b"]
    assert sorted(read.glances) == ["a", "b"]
    survey_all(ledger, root)
    assert glanced(ledger, root) == ["a", "b"]
    assert sorted(read.glances) == ["a", "b"]
    os.utime(root / "a" / STATE_FILE, (1, 1))
    assert glanced(ledger, root) == ["a", "b"]
    assert sorted(read.glances) == ["a", "a", "b"]


def test_that_a_session_that_was_never_read_wholly_is_read_again_once(
    ledger: Ledger, root: Path, read: Read
) -> None:
    for _ in range(4):
        assert glanced(ledger, root) == ["a", "b"]
    assert sorted(read.glances) == ["a", "a", "b", "b"]


def test_that_what_an_earlier_ledger_knew_is_not_read_again(
    tmp_path: Path, ledger: Ledger, root: Path, read: Read
) -> None:
    survey_all(ledger, root)
    ledger.write()
    again = Ledger(Index(tmp_path / "cache", str(root)), str(root))
    assert sorted(summary.name for summary in again.remember()) == ["a", "b"]
    assert glanced(again, root) == ["a", "b"]
    assert read.glances == []
    again.close()


def test_that_what_changed_just_now_is_read_each_time(ledger: Ledger, root: Path, read: Read) -> None:
    later = max(path.stat().st_mtime for path in (root / "a").iterdir()) + 3600
    os.utime(root / "a" / STATE_FILE, (later, later))  # as a share whose clock is ahead tells it
    glanced(ledger, root)
    glanced(ledger, root)
    assert read.glances.count("a") == 2


def test_that_values_are_had_once_a_session_was_read_wholly(ledger: Ledger, root: Path) -> None:
    glanced(ledger, root)
    assert list(ledger.values()) == []
    assert sorted(ledger.not_surveyed()) == [str(root / "a"), str(root / "b")]
    for site in find_sites(root):
        surveyed = ledger.survey(site)
        assert surveyed is not None
        assert surveyed.summary == ledger.get(site.directory)
    assert ledger.not_surveyed() == []
    assert load_values(dict(ledger.values())[str(root / "a")])["trial_count"] == [15]


def test_that_values_of_many_do_not_wait_in_memory_for_the_last_to_be_read(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.ledger._MOST_UNWRITTEN", 2)
    many = [made_session(root, f"s{number}") for number in range(5)]
    ledger, other = (Ledger(Index(tmp_path / "cache", str(root)), str(root)) for _ in range(2))
    taken = [len(list(other.values())) for session in many if ledger.survey(Site(str(session)))]
    assert taken == [0, 2, 2, 4, 4]
    assert len(list(ledger.values())) == 5
    ledger.close()
    other.close()


def test_that_values_wait_where_the_index_does_not_take_them(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.ledger._MOST_UNWRITTEN", 1)
    index = Index(tmp_path / "cache", str(root))
    ledger, tried = Ledger(index, str(root)), list[int]()

    def refused(known: Collection[Known]) -> bool:
        tried.append(len(known))
        return False

    with monkeypatch.context() as locked:
        locked.setattr(index, "put", refused)
        for number in range(8):
            ledger.survey(Site(str(made_session(root, f"s{number}"))))
    assert tried == [1, 2, 4, 8]
    assert len(list(ledger.values())) == 8
    ledger.close()


def test_that_what_goes_before_it_is_remembered_is_not_remembered(
    tmp_path: Path, ledger: Ledger, root: Path
) -> None:
    survey_all(ledger, root)
    ledger.write()
    again = Ledger(Index(tmp_path / "cache", str(root)), str(root))
    again.recall()
    gone = str(root / "a")
    assert again.below(gone) == {gone}
    assert again.expected == 2
    remembered = again.remember()
    again.forget([gone])
    assert [summary.name for summary in remembered] == ["b"]
    assert again.below(str(root)) == {str(root / "b")}
    again.close()


def test_that_much_is_written_in_pieces_so_that_somebody_else_has_his_turn(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.listing.ledger._WRITTEN_AT_ONCE", 2)
    for number in range(5):
        made_session(root, f"s{number}")
    ledger = Ledger(Index(tmp_path / "cache", str(root)), str(root))
    glanced(ledger, root)
    other = Index(tmp_path / "cache", str(root))
    written = list[int]()
    while not ledger.write(0.0):
        written.append(len(list(other.load())))
    assert written == [2, 4, 6]
    assert len(list(other.load())) == 7
    assert ledger.write(0.0)
    ledger.close()
    other.close()


def test_that_what_is_forgotten_is_not_known_anywhere(tmp_path: Path, ledger: Ledger, root: Path) -> None:
    glanced(ledger, root)
    ledger.forget([str(root / "a"), "/never/known"])
    ledger.write()
    assert str(root / "a") not in ledger
    assert ledger.directories == {str(root / "b")}
    again = Index(tmp_path / "cache", str(root))
    assert [known.summary.name for known in again.load()] == ["b"]
    again.close()


def test_that_a_session_that_is_none_any_more_is_none(ledger: Ledger, root: Path) -> None:
    (site,) = (site for site in find_sites(root) if site.directory.endswith("a"))
    (root / "a" / STATE_FILE).unlink()
    for left in (root / "a").iterdir():
        left.rename(root.parent / left.name)
    assert ledger.survey(site) is None
    assert ledger.glance(site) is None


def test_that_values_stay_known_while_the_bytes_are_the_same(ledger: Ledger, root: Path, read: Read) -> None:
    for site in find_sites(root):
        ledger.survey(site)
    os.utime(root / "a" / STATE_FILE, (1, 1))
    glanced(ledger, root)
    assert ledger.not_surveyed() == []
    assert len(list(ledger.values())) == 2
    made_session(root, "a", trial_count=16)
    glanced(ledger, root)
    assert ledger.not_surveyed() == [str(root / "a")]
    assert [directory for directory, _ in ledger.values()] == [str(root / "b")]


def test_that_a_file_that_was_found_damaged_does_not_look_sound_again(
    ledger: Ledger, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of a moment ago has no signature, so that it is read with each walk."""
    monkeypatch.setattr("persistence.sessions.site.SETTLED_SECONDS", 3600.0)
    file = made_session(root, "a", note="x") / STATE_FILE
    file.write_bytes(file.read_bytes().replace(b'"x"', b'{"a": 1, "a": 2}'))
    (site,) = (site for site in find_sites(root) if site.directory.endswith("a"))
    surveyed = ledger.survey(site)
    assert surveyed is not None
    assert surveyed.summary.problem is not None
    glanced(ledger, root)
    assert ledger.get(site.directory) == surveyed.summary
    assert site.directory not in ledger.not_surveyed()
    made_session(root, "a", note="sound")
    glanced(ledger, root)
    found = ledger.get(site.directory)
    assert found is not None
    assert found.problem is None
    assert site.directory in ledger.not_surveyed()


@pytest.mark.parametrize("session", ['{"rig_id": "rig3"}', '{"session_info": {"rig_id": "rig3"}}'])
def test_that_the_rig_can_be_asked_for_as_session_json_says_it(
    ledger: Ledger, root: Path, session: str
) -> None:
    (root / "a" / "session.json").write_text(session)
    (root / "b" / "session.json").write_text('{"rig_id": 5}')
    made_session(root, "b", rig="of the launcher")
    for site in find_sites(root):
        ledger.survey(site)
    rigs = {Path(directory).name: load_values(text)["rig"] for directory, text in ledger.values()}
    assert rigs == {"a": ["rig3"], "b": ["of the launcher"]}


def test_that_a_session_json_that_comes_later_or_names_another_rig_is_read(
    ledger: Ledger, root: Path
) -> None:
    for rig in ("rig3", "rig4"):
        for site in find_sites(root):
            ledger.survey(site)
        assert ledger.not_surveyed() == []
        (root / "a" / "session.json").write_text(f'{{"rig_id": "{rig}"}}')
        glanced(ledger, root)
        assert ledger.not_surveyed() == [str(root / "a")]


def test_that_a_loss_is_told_whoever_noticed_it(tmp_path: Path, ledger: Ledger, root: Path) -> None:
    for site in find_sites(root):
        ledger.survey(site)
    assert len(list(ledger.values())) == 2
    assert not ledger.take_loss()
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(b"nonsense" * 4096)
    assert list(ledger.values()) == []
    assert list(ledger.values()) == []  # what is asked now notices it, and so does whoever writes
    assert ledger.take_loss()
    assert not ledger.take_loss()
    assert sorted(ledger.not_surveyed()) == [str(root / "a"), str(root / "b")]


class Animal:
    """A launcher-like object that says whose session it is."""

    def __init__(self) -> None:
        self.subject_id = "mouse_12"


def test_that_a_session_without_a_state_is_read_again_when_its_history_has_changed(
    tmp_path: Path, ledger: Ledger, root: Path, read: Read
) -> None:
    """As when the folder of a history was not copied with its session, and comes later."""
    session = root / "a_b"
    assert persistence.save(Animal(), session)
    (session / STATE_FILE).write_bytes(b"[]")
    (session / FOLDER).rename(tmp_path / "history")

    def seen() -> str | None:
        (site,) = (one for one in find_sites(root) if one.name == session.name)
        known = ledger.glance(site)
        assert known is not None
        ledger.keep(known)
        return known.summary.subject

    survey_all(ledger, root)
    assert [seen(), seen()] == ["a", "a"]
    assert read.glances == []
    (tmp_path / "history").rename(session / FOLDER)
    assert [seen(), seen()] == ["mouse_12", "mouse_12"]
    (kept,) = (session / FOLDER).glob("*.json")
    kept.unlink()
    assert seen() == "a"
