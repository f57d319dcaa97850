"""Where this user's own files are, on the three systems.

One idea: the library and the window must agree on it, so that the window finds what a launcher left there.
Nothing is made here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "RIGSTATE_CONFIG_DIR"
"""Overrides where the per-user files are: configuration in it, data in its folder `data`."""


def data_directory(environment: Mapping[str, str] = os.environ) -> Path:
    """The per-user directory for data that must not be lost. Raises RuntimeError where there is no home."""
    own = environment.get(VARIABLE)
    if own:
        return Path(own).absolute() / "data"
    home = Path.home()
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Rigstate"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Rigstate" / "data"
    return Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share") / "rigstate"
