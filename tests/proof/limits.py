"""A process that has less than others: fewer watches, no right to read everything.

One idea: limits are set in a user namespace of the process's own, where nobody else lives, and rights are
given up by the process itself; both end with it. Before it has threads.

Not for: what is done within the limits.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_CAPABILITIES_3 = 0x20080522
_READ_ANYTHING = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Rights(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def limit_inotify(*, watches: int, instances: int) -> str:
    """Allow this process so many and no more; returns "", or what this machine lacks."""
    user, group = os.geteuid(), os.getegid()
    try:
        _call("unshare", _CLONE_NEWUSER)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        Path("/proc/sys/user/max_inotify_watches").write_text(str(watches))
        Path("/proc/sys/user/max_inotify_instances").write_text(str(instances))
    except (AttributeError, OSError) as error:
        return f"limits of one's own ({error})"
    return ""


def read_only_what_is_allowed() -> None:
    """Root reads what nobody may read; give that up, as the operator of a rig does not have it."""
    if sys.platform != "linux":
        return
    header, rights = _Header(_CAPABILITIES_3, 0), (_Rights * 2)()
    _call("capget", ctypes.byref(header), rights)
    rights[0].effective &= ~_READ_ANYTHING
    rights[0].permitted &= ~_READ_ANYTHING
    _call("capset", ctypes.byref(header), rights)


def _call(name: str, *arguments: object) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
