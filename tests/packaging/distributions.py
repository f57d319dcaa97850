"""Both distributions: a source archive of each, and its wheel, made from that archive alone.

One idea: what an installer gets is made of a copy of what git would hold, and the wheel of what the archive
holds: a file that is missing there is missing for everyone who builds from it. Nothing is fetched; setuptools
is that of this environment. What came out is held against the checkout, file by file.

Not for trying it (`trial`).
"""

from __future__ import annotations

import contextlib
import email
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from persistence import __version__

_UNWANTED = shutil.ignore_patterns("__pycache__", "build", "dist", "*.egg-info", ".*")
_NOT_SHIPPED = {"persistence/pyproject.toml", "persistence/LICENSE"}
_HOOK = "import sys; from setuptools import build_meta as b; print(b.build_{}(sys.argv[1]))"


class NotMade(Exception):
    """Something could not be made, or is not what it should be; the message says what."""


@dataclass(frozen=True)
class Distribution:
    """One of the two: the files of the checkout that it is made of, and the packages that it installs."""

    name: str
    project: str
    sources: tuple[str, ...]
    packages: tuple[str, ...]
    programs: frozenset[str]

    @property
    def stem(self) -> str:
        """What the names of its files begin with."""
        return f"{self.name.replace('-', '_')}-{__version__}"


WHOLE = Distribution(
    "rigstate",
    ".",
    ("pyproject.toml", "README.md", "LICENSE", "persistence", "app", "resources"),
    ("persistence", "app", "resources"),
    frozenset({"rigstate", "rigstate-gui"}),
)
LIBRARY = Distribution(
    "rigstate-persistence", "persistence", ("persistence",), ("persistence",), frozenset({"rigstate"})
)


def make(distribution: Distribution, checkout: Path, out: Path) -> Path:
    """The wheel, beside its source archive in `out`. Raises NotMade, where its content is wrong, too."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        moment = last_change(checkout)
        archive = _built("sdist", _copied(distribution, checkout, place / "copy"), out, moment)
        with tarfile.open(archive) as packed:
            packed.extractall(place / "unpacked", filter="data")
        wheel = _built("wheel", place / "unpacked" / distribution.stem, out, moment)
    if problems := list(what_is_wrong(wheel, distribution, checkout)):
        raise NotMade(f"{wheel.name}: {'; '.join(problems)}")
    return wheel


def what_is_wrong(wheel: Path, distribution: Distribution, checkout: Path) -> Iterator[str]:
    """How a wheel differs from what the checkout says that it holds."""
    packed = zipfile.ZipFile(wheel)
    about = f"{distribution.stem}.dist-info/"
    held = {name for name in packed.namelist() if not name.startswith(about)}
    wanted = shipped(distribution, checkout)
    yield from (f"it lacks {name}" for name in sorted(wanted - held))
    yield from (f"it has {name}, which nobody ships" for name in sorted(held - wanted))
    if f"{about}licenses/LICENSE" not in packed.namelist():
        yield "it has no licence"
    told = email.message_from_bytes(packed.read(f"{about}METADATA"))
    if (told["Name"], told["Version"]) != (distribution.name, __version__):
        yield f"it calls itself {told['Name']} {told['Version']}"
    programs = {
        line.partition(" ")[0] for line in packed.read(f"{about}entry_points.txt").decode().splitlines()
    }
    yield from (f"it does not install {name}" for name in sorted(distribution.programs - programs))


def shipped(distribution: Distribution, checkout: Path) -> set[str]:
    """Every file of its packages, as wheels name them."""
    files = (path for package in distribution.packages for path in (checkout / package).rglob("*"))
    names = {path.relative_to(checkout).as_posix() for path in files if path.is_file()}
    made = ("__pycache__/", "/build/", ".egg-info/", "/.")
    return {name for name in names if not any(part in name for part in made)} - _NOT_SHIPPED


def _copied(distribution: Distribution, checkout: Path, to: Path) -> Path:
    """Its files alone, because setuptools writes where it builds; the folder of its project. Wheels tell
    modes, too, and those of a checkout are of whoever made it.
    """
    to.mkdir()
    for name in distribution.sources:
        if (checkout / name).is_dir():
            shutil.copytree(checkout / name, to / name, ignore=_UNWANTED)
        else:
            shutil.copy(checkout / name, to)
    for made in to.rglob("*"):
        made.chmod(0o755 if made.is_dir() else 0o644)
    return to / distribution.project


def last_change(checkout: Path) -> dict[str, str]:
    """The time of the last commit, which a wheel then tells of its files: the same commit, the same bytes."""
    git = shutil.which("git") or "git"
    ask = [git, "-C", str(checkout), "log", "-1", "--format=%ct"]
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        told = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
        return {"SOURCE_DATE_EPOCH": told}
    return {}


def _built(kind: str, source: Path, out: Path, moment: Mapping[str, str]) -> Path:
    """Ask the project's own build backend, as any installer does. Raises NotMade."""
    out.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", _HOOK.format(kind), str(out.resolve())]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    told = {**environment, **moment}
    answer = subprocess.run(
        command, cwd=source, env=told, capture_output=True, text=True, check=False, umask=0o022
    )
    if answer.returncode != 0:
        raise NotMade(f"no {kind} came of {source.name}: {answer.stdout}{answer.stderr}")
    return out / answer.stdout.splitlines()[-1]
