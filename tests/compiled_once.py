"""Nothing is compiled twice: by workers, the programs that tests start, and the run after this one.

The one idea: what Python and pytest have compiled lies in one folder, with pytest's own memory and not beside
the sources, also where the environment says to write nothing. `pytest --cache-clear` forgets it.
Not for what tests write themselves and import: of that nothing is kept.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path


def compile_into(folder: Path) -> None:
    """From now on, in this process and in all that it starts."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(folder)
    sys.dont_write_bytecode = False


def forget(sources: Path, folder: Path) -> None:
    """Remove from the folder what was compiled of modules below `sources`."""
    shutil.rmtree(folder.joinpath(*sources.resolve().parts[1:]), ignore_errors=True)
