"""The bundle: everything that a rig without a network needs, in one folder and one archive of it.

One idea: what stands in it is proven complete before it leaves: every requirement is met by a wheel for the
system and the Python that are meant, and the checksums of all of it are written down, which its own installer
(`recipe/install.py`) reads before it does anything. Where it is for the system that we are on, it is
installed from, without a network, and tried.

The wheels come from wherever pip is set to fetch from, with the versions of `constraints.txt`.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bootstrap import Command, own_variables, said_by
from persistence import __version__
from tests.packaging.distributions import LIBRARY, WHOLE, NotMade, make
from tests.packaging.trial import Programs, try_out
from tests.packaging.wheels import Target, in_folder, missing, superfluous

RECIPE = Path(__file__).with_name("recipe")
SUMS = "SHA256SUMS"
_WINDOWS = {
    "sys_platform": "win32",
    "os_name": "nt",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
}
_LINUX = {
    "sys_platform": "linux",
    "os_name": "posix",
    "platform_system": "Linux",
    "platform_machine": "x86_64",
}
_GLIBC = (39, 35, 34, 31, 28, 27, 24, 17, 12, 5)  # whichever of these a wheel names runs on a newer system


def targets(python: str) -> dict[str, Target]:
    """The systems that a bundle can be made for, by the names that are typed."""
    linux = tuple(f"manylinux_2_{glibc}_x86_64" for glibc in _GLIBC)
    linux += ("manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64", "linux_x86_64")
    return {
        "win_amd64": Target("win_amd64", ("win_amd64",), python, _WINDOWS),
        "linux": Target("linux", linux, python, _LINUX),
    }


def bundle(checkout: Path, out: Path, target: Target) -> Path:
    """Make it and try what can be tried here; the archive. Raises NotMade."""
    folder = out / f"rigstate-{__version__}-{target.name}-python{target.python}"
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    make(LIBRARY, checkout, folder / "library")
    fetch(make(WHOLE, checkout, wheels), wheels, checkout / "constraints.txt", target)
    for archive in folder.rglob("*.tar.gz"):  # rigs build nothing
        archive.unlink()
    add_installer(folder, target)
    seal(folder)
    print(
        f"{len(list(wheels.iterdir()))} wheels, complete for {target.name} and Python {target.python}",
        flush=True,
    )
    if is_here(target):
        try_installing(folder, out.parent / "build" / "bundle-tour")
    return packed(folder, target)


def fetch(wheel: Path, into: Path, constraints: Path, target: Target) -> None:
    """Everything that a wheel needs on the target, and nothing else. Raises NotMade.

    pip asks markers of the system that it runs on, so what another system needs besides is asked for by name.
    """
    _download([str(wheel)], into, constraints, target)
    if by_name := missing(in_folder(into), WHOLE.name, target):
        _download([name.partition(";")[0] for name in by_name], into, constraints, target)
    if lacking := missing(in_folder(into), WHOLE.name, target):
        raise NotMade(f"no wheel for {target.name} and Python {target.python}: {', '.join(lacking)}")
    for name in superfluous(in_folder(into), WHOLE.name, target):
        (into / name).unlink()


def _download(what: Sequence[str], into: Path, constraints: Path, target: Target) -> None:
    platforms = [word for name in target.platforms for word in ("--platform", name)]
    command: Command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--dest", into, "--constraint", constraints,
        "--only-binary=:all:", "--implementation", "cp", "--python-version", target.python, *platforms, *what,
    ]  # fmt: skip
    if reason := said_by(command):
        raise NotMade(f"the packages could not be had ({reason})")


def add_installer(folder: Path, target: Target) -> None:
    """What whoever stands before the rig starts, and reads."""
    on_windows = target.markers["os_name"] == "nt"
    starter = "install.cmd" if on_windows else "install.sh"
    line_end = "\r\n" if on_windows else "\n"
    machine = "win-amd64" if on_windows else "linux-x86_64"  # as Python's sysconfig calls it
    told = {
        "{version}": __version__, "{python}": target.python, "{machine}": machine, "{starter}": starter,
        "{programs}": "Scripts" if on_windows else "bin", "{slash}": "\\" if on_windows else "/",
    }  # fmt: skip
    for name in ("install.py", starter, "READ ME.txt"):
        text = (RECIPE / name).read_text("utf-8")
        for word, meant in told.items():
            text = text.replace(word, meant)
        (folder / name).write_text(text, "utf-8", newline=line_end)
        shutil.copymode(RECIPE / name, folder / name)


def seal(folder: Path) -> None:
    """Write down the checksum of every file, in the form that sha256sum reads."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != SUMS]
    lines = [f"{_sum(path)} *{path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / SUMS).write_bytes("".join(lines).encode())


def is_here(target: Target) -> bool:
    """Whether this computer and this Python are what the target means."""
    ours = (sys.platform, platform.machine(), "{}.{}".format(*sys.version_info))
    return ours == (target.markers["sys_platform"], target.markers["platform_machine"], target.python)


def try_installing(folder: Path, pictures: Path) -> None:
    """Install from it without a network, where the system can take one away, and try that. Raises NotMade."""
    alone = without_network()
    print("Installing from it, " + ("the network taken away" if alone else "with pip told to use no network"))
    with tempfile.TemporaryDirectory(prefix="rigstate-bundle-") as name:
        place = Path(name) / "a rig's folder"
        command = [*alone, sys.executable, str(folder / "install.py"), str(place), "--no-shortcut"]
        done = subprocess.run(command, env=own_variables({"HOME": name}), check=False)
        if done.returncode != 0:
            raise NotMade(f"its installer ended with code {done.returncode}")
        try_out(Programs.of(place, alone), pictures)


def without_network() -> tuple[str, ...]:
    """What to put before a command that shall have no network; nothing where that cannot be."""
    ways: tuple[tuple[str, ...], ...] = (("unshare", "-n"), ("unshare", "-rn"))
    return next((way for way in ways if sys.platform == "linux" and not said_by([*way, "true"])), ())


def packed(folder: Path, target: Target) -> Path:
    """The folder as one archive, of the kind that its system opens; told with its checksum."""
    kind = "zip" if target.markers["os_name"] == "nt" else "gztar"
    archive = Path(shutil.make_archive(str(folder), kind, folder.parent, folder.name))
    print(f"{_sum(archive)}  {archive}", flush=True)
    return archive


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
