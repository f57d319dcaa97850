"""What lies in a session: told by name, size and time, in order; never walked, and never out of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app.file_errands import FileEntry, FilesListed, ListFiles
from app.files import beside
from app.files.beside import listed, path_of
from persistence.errors import Refused

only_posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")


@pytest.fixture
def session(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "764521"
    (folder / "launcher_metadata" / "deeper").mkdir(parents=True)
    (folder / "camera").mkdir()
    (folder / "camera" / "frame.raw").write_bytes(b"x")
    (folder / ".session_state_history").mkdir()
    for name in ("zebra.csv", "session_state.json", "session.json", ".session_state.lock"):
        (folder / name).write_bytes(b"ab")
    for name in ("launcher.log", "end_state.json"):
        (folder / "launcher_metadata" / name).write_bytes(b"abc")
    return folder


def told(session: Path) -> FilesListed:
    return listed(ListFiles(str(session)))


def names(session: Path) -> list[str]:
    return [one.name for one in told(session).entries]


def test_that_files_come_first_then_the_launchers_own_then_folders_then_what_is_hidden(session: Path) -> None:
    assert names(session) == [
        "session.json",
        "session_state.json",
        "zebra.csv",
        "launcher_metadata",
        "launcher_metadata/deeper",
        "launcher_metadata/end_state.json",
        "launcher_metadata/launcher.log",
        "camera",
        ".session_state.lock",
        ".session_state_history",
    ]


def test_that_sizes_times_and_kinds_are_the_disks(session: Path) -> None:
    os.utime(session / "zebra.csv", (7, 1234.5))
    found = {one.name: one for one in told(session).entries}
    assert found["zebra.csv"] == FileEntry("zebra.csv", "file", 2, 1234.5)
    assert (found["camera"].kind, found["camera"].size) == ("folder", 0)
    assert found["launcher_metadata/launcher.log"].size == 3


def test_that_folders_of_data_are_not_walked(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[str] = []
    real = os.scandir

    def scandir(path: str) -> object:
        walked.append(path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    told(session)
    assert walked == [str(session), str(session / "launcher_metadata")]


def test_that_of_a_folder_full_of_files_some_are_listed_and_those_one_looks_for(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "MOST", 3)
    for number in range(20):
        (session / f"{number}.dat").touch()
    found = told(session)
    assert found.more
    listed_names = [one.name for one in found.entries]
    assert {"session.json", "launcher_metadata", "launcher_metadata/launcher.log"} <= set(listed_names)
    assert len(listed_names) <= 3 + 2 + 3


def test_that_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    assert told(tmp_path / "gone").problem.startswith("The folder cannot be read: ")
    assert told(tmp_path / "gone").entries == ()


@only_posix
def test_that_what_is_neither_file_nor_folder_is_told_as_that(session: Path) -> None:
    os.mkfifo(session / "pipe")
    (session / "link").symlink_to("/etc/passwd")
    found = {one.name: one.kind for one in told(session).entries}
    assert (found["pipe"], found["link"]) == ("other", "link")


@only_posix
def test_that_links_lead_to_other_files_of_the_session_and_nowhere_else(
    session: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret")
    for name, target in {
        "inside": "launcher_metadata/launcher.log",
        "whole": str(session / "session.json"),
        "chain": "inside",
        "outside": str(tmp_path / "secret"),
        "above": "../../secret",
        "data": "camera/frame.raw",
        "loop": "loop",
    }.items():
        (session / name).symlink_to(target)
    here = Path(os.path.realpath(session))
    assert path_of(str(session), "inside") == here / "launcher_metadata" / "launcher.log"
    assert path_of(str(session), "chain") == here / "launcher_metadata" / "launcher.log"
    assert path_of(str(session), "whole") == here / "session.json"
    for name in ("outside", "above", "data"):
        with pytest.raises(Refused, match="leads out of the session"):
            path_of(str(session), name)


@only_posix
def test_that_metadata_that_are_a_link_out_of_the_session_are_neither_listed_nor_read(tmp_path: Path) -> None:
    session, other = tmp_path / "session", tmp_path / "other"
    session.mkdir()
    other.mkdir()
    (other / "launcher.log").write_text("secret")
    (session / "launcher_metadata").symlink_to(other)
    assert [(one.name, one.kind) for one in told(session).entries] == [("launcher_metadata", "link")]
    with pytest.raises(Refused):
        path_of(str(session), "launcher_metadata/launcher.log")


@only_posix
def test_that_a_session_that_is_reached_by_a_link_has_its_files(session: Path, tmp_path: Path) -> None:
    (tmp_path / "short").symlink_to(session)
    assert names(tmp_path / "short") == names(session)
    found = path_of(str(tmp_path / "short"), "launcher_metadata/launcher.log")
    assert found.read_bytes() == b"abc"
