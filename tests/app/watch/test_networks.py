"""Which folders lie on another computer, by what systems say of their file systems."""

import sys
from pathlib import Path

import pytest

from app.watch.networks import is_remote, is_remote_kind, is_remote_on_windows, kind_of

MOUNTINFO = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
40 27 0:33 / /mnt/rig\040data rw,relatime shared:7 master:2 - nfs4 nas:/export/rig rw,vers=4.2
41 27 0:34 / /mnt/rig rw,relatime - cifs //nas/rig rw
42 41 254:1 / /mnt/rig/scratch rw,relatime - ext4 /dev/vdb rw
43 27 0:35 / /home/ann/remote rw,nosuid - fuse.sshfs ann@nas:/data rw
44 27 0:36 / /mnt/twice rw - tmpfs none rw
45 27 0:37 / /mnt/twice rw - smb3 //nas/twice rw
a line of another kind
"""


@pytest.mark.parametrize(
    ("path", "kind", "remote"),
    [
        ("/", "ext4", False),
        ("/mnt/rig data/mouse", "nfs4", True),
        ("/mnt/rig", "cifs", True),
        ("/mnt/rig/mouse", "cifs", True),
        ("/mnt/rigs", "ext4", False),
        ("/mnt/rig/scratch/x", "ext4", False),
        ("/home/ann/remote", "fuse.sshfs", True),
        ("/mnt/twice/x", "smb3", True),
    ],
)
def test_that_the_innermost_and_latest_mount_tells(path: str, kind: str, remote: bool) -> None:
    assert kind_of(path, MOUNTINFO) == kind
    assert is_remote_kind(kind) is remote


def test_that_nothing_known_is_no_network() -> None:
    assert kind_of("/data", "") == ""
    assert not is_remote_kind("")
    assert not is_remote_kind("fuse.gocryptfs")
    assert not is_remote_kind("fuseblk")


@pytest.mark.parametrize(
    ("path", "drive", "remote"),
    [
        (r"\\nas\rig\mouse", 1, True),
        ("//nas/rig", 1, True),
        (r"\\?\UNC\nas\rig", 1, True),
        (r"\\?\C:\data", 3, False),
        (r"\\?\Z:\data", 4, True),
        (r"C:\data", 3, False),
        (r"Z:\data", 4, True),
    ],
)
def test_that_windows_is_asked_of_drives(path: str, drive: int, remote: bool) -> None:
    asked: list[str] = []

    def drive_type(root: str) -> int:
        asked.append(root)
        return drive

    assert is_remote_on_windows(path, drive_type) is remote
    assert all(len(root) == len("C:\\") and root[1:] == ":\\" for root in asked)


def test_that_this_disk_is_no_network(tmp_path: Path) -> None:
    assert not is_remote(str(tmp_path))


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
def test_that_links_are_followed_to_where_the_folder_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    share = f"40 27 0:33 / {real.resolve()} rw - nfs nas:/rig rw"
    monkeypatch.setattr("app.watch.networks._mountinfo", lambda: share)
    assert is_remote(str(link))
    assert not is_remote(str(tmp_path))
