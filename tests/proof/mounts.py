"""Disks of our own: small file systems, mounted where nobody else sees them.

One idea: whatever mounts does so in a child that has a table of mounts of its own (`in_own_mounts`). The
table ends with the child, however that ends, so that no mount and no loop device is ever left behind.

Not for: what is done on such a disk.
"""

from __future__ import annotations

import ctypes
import dataclasses
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.proof.child import FAILED, child
from tests.proof.suite import Outcome

PROGRAMS = ("/usr/sbin", "/sbin")
"""Where programs of root are, which is not always in the PATH."""

_CLONE_NEWNS = 0x00020000
_MS_REMOUNT, _MS_REC, _MS_PRIVATE = 0x20, 0x4000, 0x40000


class Lacking(Exception):
    """What this machine would have to have for it."""


def in_own_mounts(work: Callable[[], Outcome]) -> Outcome:
    """What `work` saw, done where its mounts are its own; where that cannot be, what is lacking."""
    if sys.platform != "linux":
        return Outcome(0, lacking="Linux")
    if os.geteuid() != 0:
        return Outcome(0, lacking="root, to mount disks")
    with child(lambda tell: tell(json.dumps(dataclasses.asdict(_outcome(work))))) as worker:
        said = worker.line()
    if not said or said.startswith(FAILED):
        raise RuntimeError(said or "the process that mounts ended without a word")
    found = json.loads(said)
    return Outcome(**{**found, "violations": tuple(found["violations"])})


def _outcome(work: Callable[[], Outcome]) -> Outcome:
    try:
        _call("unshare", _CLONE_NEWNS)
        mount("none", Path("/"), "", flags=_MS_REC | _MS_PRIVATE)
        return work()
    except PermissionError as error:
        return Outcome(0, lacking=f"the right to mount disks ({error})")
    except Lacking as error:
        return Outcome(0, lacking=str(error))


def program(name: str) -> str:
    """Where a program is. Raises Lacking."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *PROGRAMS]))
    if found is None:
        raise Lacking(name)
    return found


def ran(*command: str | Path) -> None:
    """Run a program that makes or mounts a disk. Raises Lacking with what it said."""
    path = program(str(command[0]))
    answer = subprocess.run([path, *command[1:]], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise Lacking(f"a working {command[0]} ({answer.stderr.strip()})")


def mount(source: str, target: Path, kind: str, *, options: str = "", flags: int = 0) -> None:
    """As the system call, which is ten times quicker than the program. Raises OSError."""
    texts = [os.fsencode(text) or None for text in (source, target, kind, options)]
    _call("mount", *texts[:3], ctypes.c_ulong(flags), texts[3])


def remount(target: Path, options: str) -> None:
    """Change the options of a mounted disk. Raises OSError."""
    mount("none", target, "", options=options, flags=_MS_REMOUNT)


def unmount(target: Path) -> None:
    """Raises OSError, also while anybody has a file open there."""
    _call("umount2", os.fsencode(target), 0)


def _call(name: str, *arguments: object) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
