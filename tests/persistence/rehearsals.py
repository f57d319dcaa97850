"""Rehearsals with launchers that really are constructed: their source, and the states that they are given.

One idea: a test writes a module into its own folder and rehearses with it in a process of its own, as the
window does; what comes back is all that it looks at.
"""

import json
import textwrap
from pathlib import Path
from typing import Any

from persistence.rehearsing.asking import rehearse
from persistence.rehearsing.rehearsal import Wanted
from persistence.rehearsing.rehearsed import Finding, Rehearsed

HEAD = """
import logging, os, subprocess, sys, time, warnings
from persistence import BaseLauncher, PersistentState
"""


def state(namespace: str = "rig.Rig", skipped: Any = None, **attributes: Any) -> bytes:
    """A state file with these attributes of one launcher."""
    launcher = {"attributes": attributes, "saved_at": "2026-11-23T14:30:00.000001"}
    if skipped:
        launcher["skipped"] = skipped
    tree = {"version": "1.0.0", "launcher_module": "os", "launcher_states": {namespace: launcher}}
    return json.dumps(tree).encode()


def write_module(folder: Path, body: str, name: str = "rig") -> Path:
    """A module with `HEAD` and `body`, in a folder that is made."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    path.write_text(HEAD + textwrap.dedent(body), encoding="utf-8")
    return path


def rehearsed(folder: Path, body: str, data: bytes, *, limit: float = 30.0, **wanted: Any) -> Rehearsed:
    """What `rig.Rig` of a module with this body makes of a state."""
    write_module(folder, body)
    return rehearse(Wanted("rig:Rig", paths=(str(folder),), **wanted), data, limit=limit)


def results(found: Rehearsed) -> dict[str, str]:
    """What became of each attribute, in a word."""
    return {finding.name: finding.result for finding in found.findings}


def finding(found: Rehearsed, name: str) -> Finding:
    """All that was found out about one attribute."""
    return next(one for one in found.findings if one.name == name)
