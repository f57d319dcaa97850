"""A session's files by name and time: what is not there is not looked for, what changed is seen."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from persistence import save
from persistence.files.running import MARKER_FILE, RunningMarker
from persistence.files.version_log import FOLDER
from persistence.scan import find_sites
from persistence.sessions.session_files import END_STATE, METADATA, SESSION
from persistence.sessions.site import Site, has_signature, is_sign, own_status
from persistence.sessions.spilling import new_name
from persistence.store import STATE_FILE


class Launcher:
    def __init__(self) -> None:
        self.trials = 1


linked = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
LONG_AGO = 1_700_000_000


def clock_goes_on(folder: Path) -> None:
    """What happens to files from now on has another time; some systems tell no less than milliseconds."""
    probe = folder / "probe"
    probe.touch()
    before = probe.stat().st_ctime_ns
    while probe.stat().st_ctime_ns == before:
        probe.touch()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A session of long ago: the clock goes on, and not the files."""
    assert save(Launcher(), tmp_path)
    (tmp_path / SESSION).write_text("{}")
    clock_goes_on(tmp_path.parent)
    now = max(path.stat().st_ctime for path in [tmp_path, *tmp_path.iterdir()])
    monkeypatch.setattr("persistence.sessions.site.time.time", lambda: now + 60)
    (found,) = find_sites(tmp_path)
    return found


def signature_of(site: Site) -> bytes:
    """As it is known of a session of which all was read."""
    times = site.times()
    return times.signature() if times is not None else b""


def again(site: Site) -> bytes:
    """The signature of what stands there after some more time."""
    (found,) = find_sites(Path(site.directory))
    return signature_of(found)


def test_that_the_walk_knows_what_stands_there(site: Site) -> None:
    assert site.names == frozenset((STATE_FILE, SESSION, FOLDER))
    assert site.may_hold(STATE_FILE)
    assert not site.may_hold(MARKER_FILE)
    assert Site(site.directory).may_hold(MARKER_FILE)


def test_that_nothing_changed_is_known(site: Site) -> None:
    before = signature_of(site)
    assert before
    assert again(site) == before


@pytest.mark.parametrize("name", [STATE_FILE, SESSION])
def test_that_other_bytes_are_seen_though_size_and_time_are_as_before(
    site: Site, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(site.directory, name)
    os.utime(path, (LONG_AGO, LONG_AGO))
    monkeypatch.setattr("persistence.sessions.site.time.time", lambda: path.stat().st_ctime + 60)
    before = signature_of(site)
    clock_goes_on(path.parents[1])
    path.write_bytes(path.read_bytes().replace(b"1", b"2"))
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert before != signature_of(site)


def test_that_a_new_file_is_seen(site: Site) -> None:
    before = signature_of(site)
    Path(site.directory, new_name()).write_text("{}")
    assert again(site) != before


def test_that_what_changed_just_now_has_no_signature(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(Launcher(), tmp_path)
    now = tmp_path.stat().st_ctime
    monkeypatch.setattr("persistence.sessions.site.time.time", lambda: now)
    (site,) = find_sites(tmp_path)
    assert signature_of(site) == b""


def test_that_a_running_session_has_none(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = RunningMarker(tmp_path, "m.L")
    marker.acquire()
    (running,) = find_sites(tmp_path)
    later = (tmp_path / MARKER_FILE).stat().st_ctime + 60
    monkeypatch.setattr("persistence.sessions.site.time.time", lambda: later)
    assert signature_of(running) == b""
    marker.release()
    later = (tmp_path / MARKER_FILE).stat().st_ctime + 60
    assert signature_of(running)


def test_that_what_is_gone_or_not_known_has_none(site: Site) -> None:
    Path(site.directory, SESSION).unlink()
    assert signature_of(site) == b""
    assert signature_of(Site(site.directory)) == b""


def test_that_signs_are_told_from_other_names() -> None:
    assert is_sign(STATE_FILE)
    assert is_sign(new_name())
    assert not is_sign(FOLDER)
    assert not is_sign("data")


def test_that_other_names_are_another_signature(site: Site) -> None:
    more = site._replace(names=(site.names or frozenset()) | {new_name()})
    assert signature_of(more) != signature_of(site)


def test_that_what_has_its_signature_still_need_not_be_listed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    signature = signature_of(site)
    with monkeypatch.context() as listing_nothing:
        listing_nothing.delattr(os, "scandir")
        listing_nothing.delattr(os, "listdir")
        assert has_signature(site.directory, signature)


def test_that_a_name_that_comes_after_the_listing_is_seen_however_late_one_looks(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where many folders are listed ahead, a walk may rest before it asks for a signature."""
    late = Path(site.directory, new_name())
    late.write_text("{}")
    monkeypatch.setattr("persistence.sessions.site.time.time", lambda: late.stat().st_ctime + 60)
    signature = signature_of(site)
    assert signature == b"" or not has_signature(site.directory, signature)
    assert again(site) != signature


def test_that_a_directory_that_was_just_changed_when_it_was_listed_has_none_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(Launcher(), tmp_path)
    now = tmp_path.stat().st_ctime
    monkeypatch.setattr("persistence.sessions.site.time.time", lambda: now)
    (found,) = find_sites(tmp_path)
    monkeypatch.setattr("persistence.sessions.site.time.time", lambda: now + 60)
    assert signature_of(found) == b""


@linked
def test_that_of_a_session_reached_by_a_link_the_directory_counts_and_not_the_link(
    site: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(site.directory)
    (found,) = find_sites(link)
    signature = signature_of(found)
    assert has_signature(str(link), signature)
    Path(site.directory, MARKER_FILE).touch()
    assert not has_signature(str(link), signature)


@pytest.mark.parametrize("name", ["session_state.json.partial", SESSION, MARKER_FILE, "data"])
def test_that_a_name_that_came_or_went_is_seen_without_listing(site: Site, name: str) -> None:
    signature = signature_of(site)
    path = Path(site.directory, name)
    if path.exists():
        path.unlink()
    else:
        path.mkdir()
    assert not has_signature(site.directory, signature)


def test_that_a_state_that_could_not_get_into_its_file_is_always_looked_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(site.directory, new_name())
    path.write_text("{}")
    monkeypatch.setattr("persistence.sessions.site.time.time", lambda: path.stat().st_ctime + 60)
    (found,) = find_sites(Path(site.directory))
    assert signature_of(found)
    assert not has_signature(site.directory, signature_of(found))


def test_that_a_disk_with_coarse_times_is_always_listed(site: Site) -> None:
    os.utime(site.directory, (LONG_AGO, LONG_AGO))
    assert signature_of(site)
    assert not has_signature(site.directory, signature_of(site))


@pytest.mark.parametrize("signature", [b"", b"\x05", b"\xff" * 17, b"x" * 16])
def test_that_what_is_no_signature_is_that_of_nothing(site: Site, signature: bytes) -> None:
    assert not has_signature(site.directory, signature)


def with_metadata(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The same session with a folder of what the launcher left, long ago."""
    folder = Path(site.directory, METADATA)
    folder.mkdir()
    settled(folder, monkeypatch)
    (found,) = find_sites(Path(site.directory))
    return found


def settled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in it is of long ago, and from now on has another time."""
    clock_goes_on(folder.parents[1])
    now = max(folder.stat().st_ctime, folder.parent.stat().st_ctime)
    monkeypatch.setattr("persistence.sessions.site.time.time", lambda: now + 60)


@pytest.mark.parametrize("metadata", [True, False])
def test_that_what_was_not_read_may_change(
    site: Site, metadata: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = with_metadata(site, monkeypatch)
    times = found.times()
    assert times is not None
    signature = times.signature(metadata=metadata)
    assert has_signature(found.directory, signature)
    end_state = Path(found.directory, METADATA, END_STATE)
    end_state.touch()
    settled(end_state.parent, monkeypatch)
    assert has_signature(found.directory, signature) is not metadata
    now = found.times()
    assert now is not None
    assert now.are_of(signature) is not metadata
    end_state.unlink()
    end_state.parent.rmdir()
    assert not has_signature(found.directory, signature)


def test_that_files_with_numbers_of_many_bits_are_told_apart(site: Site) -> None:
    times = site.times()
    assert times is not None
    first, second = (times._replace(own=(number, *times.own[1:])) for number in (1 << 100, 1 << 101))
    assert first.signature() != second.signature()
    assert first.are_of(first.signature())


def test_that_files_with_numbers_of_many_bits_need_not_be_listed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a share of Windows has them, and many a disk that many computers share."""

    def numbered(found: os.stat_result) -> SimpleNamespace:
        times = {"st_mtime_ns": found.st_mtime_ns, "st_ctime_ns": found.st_ctime_ns}
        return SimpleNamespace(st_ino=found.st_ino + (1 << 63), st_size=found.st_size, **times)

    system = SimpleNamespace(
        sep=os.sep,
        stat=lambda path: numbered(Path(path).stat()),
        lstat=lambda path: numbered(Path(path).lstat()),
    )
    monkeypatch.setattr("persistence.sessions.site.os", system)
    times = site._replace(own=own_status(site.directory)).times()
    assert times is not None
    assert has_signature(site.directory, times.signature())
