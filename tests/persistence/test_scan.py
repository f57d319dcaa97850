"""Finding sessions: real trees, links, permissions, millions never."""

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from persistence import scan
from persistence.scan import find_sessions, find_sites, folders_below, look_into, site_at


def found(root: Path, cancelled: Callable[[], bool] = lambda: False) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in find_sessions(root, cancelled=cancelled))


def make(root: Path, *paths: str) -> None:
    """Files, or folders where a path ends with a slash."""
    for path in paths:
        target = root / path
        if path.endswith("/"):
            target.mkdir(parents=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch()


@pytest.mark.parametrize(
    "sign", ["session_state.json", ".session_state.running", "session.json", "launcher_metadata/"]
)
def test_that_each_sign_makes_a_session(tmp_path: Path, sign: str) -> None:
    make(tmp_path, f"m1/m1_2026/{sign}", "m1/notes.txt", "m2/empty/")
    assert found(tmp_path) == [str(Path("m1") / "m1_2026")]


def test_that_nothing_below_a_session_is_one(tmp_path: Path) -> None:
    make(tmp_path, "a/session.json", "a/b/session.json", "a/data/deep/session_state.json")
    assert found(tmp_path) == ["a"]


def test_that_the_root_itself_may_be_a_session(tmp_path: Path) -> None:
    make(tmp_path, "session.json", "x/session.json")
    assert found(tmp_path) == ["."]


def test_that_sessions_are_found_at_any_depth(tmp_path: Path) -> None:
    deep = "/".join(["d"] * 60)
    make(tmp_path, "session/x.txt", f"{deep}/session.json", "a/session.json", "b/c/session.json")
    assert len(found(tmp_path)) == 3


def test_that_a_root_that_is_not_there_has_no_sessions(tmp_path: Path) -> None:
    assert found(tmp_path / "none") == []
    make(tmp_path, "file")
    assert found(tmp_path / "file") == []


def test_that_hidden_folders_are_left_out_but_not_a_hidden_root(tmp_path: Path) -> None:
    make(tmp_path, ".Trash/a/session.json", ".snapshot/a/session.json", "b/session.json")
    assert found(tmp_path) == ["b"]
    assert found(tmp_path / ".Trash") == ["a"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_that_links_are_not_followed_and_loops_do_no_harm(tmp_path: Path) -> None:
    make(tmp_path, "root/a/session.json", "outside/b/session.json")
    root = tmp_path / "root"
    (root / "loop").symlink_to(root)
    (root / "a2").symlink_to(root / "a")
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "broken").symlink_to(tmp_path / "none")
    assert found(root) == ["a"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_that_a_root_may_be_reached_by_a_link(tmp_path: Path) -> None:
    make(tmp_path, "real/a/session.json")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert found(tmp_path / "link") == ["a"]


def test_that_a_windows_junction_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated where Windows tells it: in the tag of the entry's status."""
    monkeypatch.setattr("persistence.scan._ON_WINDOWS", True)
    assert not scan._is_folder(tagged(0xA0000003))
    assert scan._is_folder(tagged(0))
    assert scan._is_folder(tagged(0x9000001A))  # a folder of OneDrive


def tagged(tag: int) -> "os.DirEntry[str]":
    """A folder as Windows lists it, with this tag."""

    class Entry:
        name = path = f"{tag:x}"

        def is_dir(self, *, follow_symlinks: bool) -> bool:
            return not follow_symlinks

        def stat(self, *, follow_symlinks: bool) -> SimpleNamespace:
            assert not follow_symlinks
            return SimpleNamespace(st_reparse_tag=tag)

    return cast("os.DirEntry[str]", Entry())


def test_that_a_folder_that_does_not_answer_is_known_from_one_that_is_gone_and_both_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a/s/session.json", "disk/s/session.json", "gone/s/session.json")
    errors = {"disk": errno.EIO, "gone": errno.ENOENT}
    scandir = os.scandir

    def failing(folder: str) -> object:
        if number := errors.get(Path(folder).name):
            raise OSError(number, os.strerror(number), folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", failing)
    assert found(tmp_path) == [str(Path("a") / "s")]
    assert look_into(str(tmp_path)) == [str(tmp_path / name) for name in ("a", "disk", "gone")]
    assert look_into(str(tmp_path / "disk")) is None
    assert look_into(str(tmp_path / "gone")) == []


def test_that_what_is_at_a_place_is_found_out_by_listing_it_where_it_does_not_answer() -> None:
    class Entry:
        def is_dir(self, **_: object) -> bool:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    assert scan._is_folder(cast("os.DirEntry[str]", Entry()))


def test_that_whoever_watches_goes_where_the_walk_goes(tmp_path: Path) -> None:
    make(tmp_path, "mouse/s/session.json", ".snapshots/", "notes.txt")
    (tmp_path / "link").symlink_to(tmp_path / "mouse")
    assert folders_below(str(tmp_path)) == [str(tmp_path / "mouse")]
    assert folders_below(str(tmp_path / "mouse" / "s")) is None
    with pytest.raises(FileNotFoundError):
        folders_below(str(tmp_path / "missing"))


def test_that_whoever_watches_does_not_follow_a_junction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("persistence.scan._ON_WINDOWS", True)
    entries = contextlib.nullcontext(iter([tagged(0xA0000003), tagged(0)]))
    monkeypatch.setattr(os, "scandir", lambda _folder: entries)
    assert folders_below("C:/data") == ["0"]


@pytest.mark.parametrize("name", ["a & calc", "-c", "$(x)", "<b>x</b>", "a\u202eb", "übung", "a\nb"])
def test_that_names_are_only_names(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32" and set(name) & set("<>\n"):
        pytest.skip("no such names there")
    if not name.isascii() and sys.getfilesystemencoding() == "ascii":
        pytest.skip("no such names here")
    make(tmp_path, f"{name}/session.json")
    assert found(tmp_path) == [name]


def test_that_a_search_can_be_cancelled_between_folders_and_within_a_large_one(tmp_path: Path) -> None:
    make(tmp_path, *(f"{number}/session.json" for number in range(20)))
    asked = 0

    def after_a_few() -> bool:
        nonlocal asked
        asked += 1
        return asked > 5

    assert 0 < len(found(tmp_path, after_a_few)) < 20
    make(tmp_path, *(f"large/{number}" for number in range(2500)))
    asked = -10_000
    list(find_sessions(tmp_path / "large", cancelled=after_a_few))
    assert asked == -10_000 + 3


def test_that_a_session_that_vanishes_meanwhile_does_no_harm(tmp_path: Path) -> None:
    make(tmp_path, *(f"{number}/below/session.json" for number in range(5)))
    search = find_sessions(tmp_path)
    first = next(search)
    for number in range(5):
        if first.parent.name != str(number):
            (tmp_path / str(number) / "below" / "session.json").unlink()
            (tmp_path / str(number) / "below").rmdir()
            (tmp_path / str(number)).rmdir()
    assert list(search) == []


def test_that_a_directory_is_a_session_or_none(tmp_path: Path) -> None:
    make(tmp_path, "a/session.json", "b/")
    found = site_at(str(tmp_path / "a"))
    assert found is not None
    assert found.names == frozenset({"session.json"})
    assert site_at(str(tmp_path / "b")) is None
    assert site_at(str(tmp_path / "gone")) is None


def test_that_what_stands_in_a_huge_session_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.scan._MOST_NAMES", 10)
    make(tmp_path, "s/session.json", *(f"s/{number}.bin" for number in range(30)))
    (site,) = find_sites(tmp_path)
    assert site.names is None or site.names == frozenset({"session.json"})
    assert site.may_hold("session_state.json") is (site.names is None)
