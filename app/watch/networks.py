"""Whether a folder lies on another computer, where the system tells of changes made here alone.

One idea: on a network share, events are silent about what other computers do, and a launcher on a rig is
another computer. So such a folder is looked at instead (see `polling`). What a system says of its file
systems is parsed from text; the branches for the systems are three lines each.

On macOS it would take a process to find out: there, the operator chooses. Touches the path, which may hang:
not for the GUI thread.
"""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

_REMOTE = frozenset((
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4",
    "ocfs2", "orangefs", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
))  # fmt: skip
_REMOTE_FUSE = frozenset(
    ("davfs", "glusterfs", "mount_davfs", "rclone", "s3fs", "smbnetfs", "sshfs", "vmhgfs-fuse")
)
_DRIVE_REMOTE = 4


def is_remote(path: str) -> bool:
    """True when a folder is known to lie on another computer."""
    if sys.platform == "win32":
        return is_remote_on_windows(os.path.realpath(path), _drive_type)
    return sys.platform == "linux" and is_remote_kind(kind_of(os.path.realpath(path), _mountinfo()))


def kind_of(path: str, mountinfo: str) -> str:
    """The kind of file system that a path without links lies on, by /proc/self/mountinfo; "" if unknown."""
    found, where = "", ""
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        # A later mount on the same place hides the earlier one.
        if len(fields) > 4 and _lies_in(path, point := _unescaped(fields[4])) and len(point) >= len(where):
            found, where = kinds[0], point
    return found


def is_remote_kind(kind: str) -> bool:
    """True for file systems whose files are on another computer, or on the host of a virtual one."""
    return kind in _REMOTE or kind.removeprefix("fuse.") in _REMOTE_FUSE


def is_remote_on_windows(path: str, drive_type: Callable[[str], int]) -> bool:
    """True for \\\\server\\share, and for a drive letter that stands for one."""
    plain = path.replace("/", "\\")
    if plain.upper().startswith("\\\\?\\UNC\\"):
        return True
    local = plain.removeprefix("\\\\?\\").removeprefix("\\\\.\\")
    return local.startswith("\\\\") or drive_type(local[:2] + "\\") == _DRIVE_REMOTE


def _mountinfo() -> str:
    return Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")


def _drive_type(root: str) -> int:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    return 0


def _lies_in(path: str, folder: str) -> bool:
    return folder == "/" or path == folder or path.startswith(f"{folder}/")


def _unescaped(text: str) -> str:
    """Spaces, tabs, line ends and backslashes stand in mountinfo as three octal digits."""
    return re.sub(r"\\([0-7]{3})", lambda digits: chr(int(digits[1], 8)), text)
