"""What stands under the name of a file is opened as it is, or not at all."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from persistence.errors import Refused
from persistence.files import opening
from persistence.files.reading import read_end, read_file

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


def test_that_links_pipes_sockets_devices_and_folders_are_refused(tmp_path: Path, path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(path)
    with pytest.raises(Refused, match="link"):
        read_file(link, limit=None)
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    with pytest.raises(Refused, match="link"):
        read_file(tmp_path / "dangling", limit=None)
    os.mkfifo(tmp_path / "pipe")
    for place, kind in ((tmp_path / "pipe", "pipe"), (tmp_path, "folder"), (Path("/dev/null"), "device")):
        with pytest.raises(Refused, match=f"it is a {kind}, not a file"):
            read_file(place, limit=None)
        with pytest.raises(Refused, match=f"it is a {kind}, not a file"):
            read_end(place, 10)


def test_that_without_nofollow_links_are_refused_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "NOFOLLOW", 0)
    link = path.with_name("link")
    link.symlink_to(path)
    with pytest.raises(Refused):
        read_file(link, limit=None)


@posix_only
def test_that_a_loop_in_the_way_is_not_called_a_link_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OSError, match="symbolic link"):
        read_file(tmp_path / "a" / "state.json", limit=None)


def test_that_a_windows_sharing_violation_is_waited_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    violation = PermissionError(errno.EACCES, "The process cannot access the file")
    violation.winerror = 32  # type: ignore[attr-defined, unused-ignore]
    open_file, refused = os.open, [violation] * 3

    def open_shared(where: Path, flags: int) -> int:
        if refused:
            raise refused.pop()
        return open_file(where, flags)

    monkeypatch.setattr(os, "open", open_shared)
    assert read_file(path, limit=None) == b"old"
