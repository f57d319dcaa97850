"""The frozen Rigstate: one folder that runs without Python, for systems like the one it is made on.

One idea: what is frozen is the wheel, in an environment that has it, PyInstaller and nothing else, so that
nothing of this checkout, and nothing of the tests, comes along. The result is tried before it is handed out.

What is frozen how stands in `recipe/rigstate.spec`.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from bootstrap import interpreter, make_environment, own_variables
from persistence import __version__
from tests.packaging.distributions import WHOLE, NotMade, make
from tests.packaging.licences import collect
from tests.packaging.trial import Programs, try_out

SPEC = Path(__file__).with_name("recipe") / "rigstate.spec"


def freeze(checkout: Path, out: Path) -> Path:
    """Make it and try it; the archive. Raises NotMade, and bootstrap's CannotSetUp."""
    work = checkout / "build" / "freeze"
    python = environment(make(WHOLE, checkout, out), work / "environment", checkout / "constraints.txt")
    name = f"rigstate-{__version__}-{sys.platform}-{platform.machine().lower()}"
    folder = out / name
    shutil.rmtree(folder, ignore_errors=True)
    print(f"Freezing {name}", flush=True)
    _run([python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
          "--distpath", work, "--workpath", work / "work", SPEC])  # fmt: skip
    shutil.move(work / "Rigstate", folder)
    shutil.copy(checkout / "LICENSE", folder)
    collect(packages_of(python), Path(sysconfig.get_path("stdlib")), folder / "licences")
    try_out(programs(folder), work / "tour")
    archive = shutil.make_archive(str(folder), "zip" if sys.platform == "win32" else "gztar", out, name)
    return Path(archive)


def environment(wheel: Path, place: Path, constraints: Path) -> Path:
    """The interpreter of an environment with the wheel and PyInstaller. Raises NotMade, CannotSetUp."""
    shutil.rmtree(place, ignore_errors=True)
    make_environment(place)
    python = interpreter(place)
    _run([python, "-m", "pip", "install", "--quiet", "--constraint", constraints, f"{wheel}[freeze]"])
    return python


def packages_of(python: Path) -> Path:
    """Where an environment has its packages."""
    ask: list[str | Path] = [python, "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    return Path(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip())


def programs(folder: Path) -> Programs:
    """Those of a frozen Rigstate: `rigstate` also starts the parts."""
    end = ".exe" if sys.platform == "win32" else ""
    command = folder / f"rigstate{end}"
    return Programs(command, folder / f"rigstate-gui{end}", command)


def _run(command: list[str | Path]) -> None:
    words = [str(word) for word in command]
    done = subprocess.run(words, env=own_variables({}), check=False)
    if done.returncode != 0:
        raise NotMade(f"{' '.join(words)} ended with code {done.returncode}")
