"""Install Rigstate from this folder, without a network: `install.cmd`, `./install.sh` or
`python install.py [FOLDER] [--no-shortcut]`.

One idea: first every file is held against its checksum, then an environment is made in FOLDER and filled from
the wheels that lie here, and nothing is fetched from anywhere. Installing over an earlier Rigstate there
brings it up to date; a folder with anything else in it is left alone. Saved states are nowhere in it.

Standard library only, and readable for an older Python far enough to be told.
Exit codes: 0 installed, 1 not.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUMS = "SHA256SUMS"
MADE_FOR = "{python}"  # the Python that the wheels here are for, written in when the bundle is made
MADE_ON = "{machine}"  # and the system and processor of that Python: a 32-bit one is another
MARK = "rigstate-was-installed-here.txt"


class NotInstalled(Exception):
    """One sentence: what is wrong, and what to do about it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, install, tell where it is."""
    wanted = parsed(arguments)
    try:
        refuse_other_python(sys.version_info[:2], sysconfig.get_platform())
        check_files(HERE)
        check_place(wanted.folder)
        install(wanted.folder)
        if not wanted.no_shortcut:
            say(run([python_of(wanted.folder), "-P", "-m", "app", "--install-desktop-entry"]))
    except (NotInstalled, OSError) as problem:
        print(f"install: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("install: interrupted; start it once more, and it goes on from here.", file=sys.stderr)
        return 1
    say(f"Rigstate is installed. To open it: {program_of(wanted.folder)}")
    return 0


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The folder, and whether the menu is left as it is."""
    parser = argparse.ArgumentParser(description="Install Rigstate from this folder, without a network.")
    text = f"where to; without it, {usual_place()}"
    parser.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, default=usual_place(), help=text)
    parser.add_argument("--no-shortcut", action="store_true", help="leave the menu of the desktop as it is")
    wanted = parser.parse_args(arguments)
    wanted.folder = Path.cwd() / wanted.folder
    return wanted


def usual_place() -> Path:
    """For one person, without the rights of an administrator."""
    if os.name == "nt":
        home = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        return Path(home, "Programs", "Rigstate")
    return Path.home() / ".local" / "opt" / "rigstate"


def refuse_other_python(
    version: Sequence[int], system: str, wanted: str = MADE_FOR, wanted_on: str = MADE_ON
) -> None:
    """Raises NotInstalled where the wheels are for another one."""
    ours = ".".join(str(number) for number in version)
    if ours != wanted:
        raise NotInstalled(f"this bundle is for Python {wanted}, and this is {ours}: start it with that one.")
    if system != wanted_on:
        raise NotInstalled(
            f"this bundle is for the Python {wanted} of {wanted_on}, and this is that of {system}: start it"
            " with the other one."
        )


def check_files(folder: Path) -> None:
    """Every file is there and is what it was, and there is none besides. Raises NotInstalled."""
    try:
        lines = (folder / SUMS).read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        raise NotInstalled(f"{folder / SUMS} is missing: copy the whole folder once more.") from None
    sums = {name: digest for digest, _, name in (line.partition(" *") for line in lines)}
    for name, digest in sums.items():
        check_file(folder / name, digest)
    strange = {wheel.relative_to(folder).as_posix() for wheel in folder.rglob("*.whl")} - sums.keys()
    if strange:
        raise NotInstalled(f"{min(strange)} does not belong to this folder: take it out of there.")
    say(f"{len(sums)} files are what they should be.")


def check_file(path: Path, digest: str) -> None:
    """Raises NotInstalled when it is missing or other than it was."""
    if not path.is_file():
        raise NotInstalled(f"{path} is missing: copy the whole folder once more.")
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise NotInstalled(f"{path} is damaged or was changed: copy the whole folder once more.")


def check_place(place: Path) -> None:
    """Raises NotInstalled where something else is."""
    if place.exists() and not (place / MARK).exists() and (not place.is_dir() or any(place.iterdir())):
        raise NotInstalled(f"{place} has something else in it: name an empty or a new folder.")


def install(place: Path) -> None:
    """An environment in that place with all wheels of this folder. Raises NotInstalled, OSError."""
    python = python_of(place)
    if not can_install(python, MADE_FOR):
        say(f"Making {place}")
        make_environment(place)
    say("Installing")
    pip: list[str | Path] = [python, "-I", "-m", "pip", "--isolated", "--disable-pip-version-check"]
    wheels: list[str | Path] = ["--no-index", "--no-cache-dir", "--find-links", HERE / "wheels"]
    run([*pip, "install", "--quiet", "--force-reinstall", *wheels, "rigstate"])
    say(run([program_of(place).with_name(f"rigstate{exe()}"), "--version"]))


def can_install(python: Path, wanted: str) -> bool:
    """Whether there is an environment of that Python with a pip: at first there is none, or half of one, and
    a newer bundle may be for another Python.
    """
    try:
        return f"(python {wanted})" in run([python, "-I", "-m", "pip", "--version"])
    except (NotInstalled, OSError):
        return False


def make_environment(place: Path) -> None:
    """An empty one, marked as ours before anything else. Raises NotInstalled where this Python cannot."""
    place.mkdir(parents=True, exist_ok=True)
    (place / MARK).write_text("Rigstate can be installed here again.\n", "utf-8")
    for old in place.iterdir():
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        elif old.name != MARK:
            old.unlink()
    try:
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(place)
    except (subprocess.CalledProcessError, ImportError, SystemExit) as problem:
        raise NotInstalled(
            f"{sys.executable} cannot make an environment ({problem}); on Debian and Ubuntu, install the"
            " package python3-venv."
        ) from problem


def python_of(place: Path) -> Path:
    """The interpreter of the environment."""
    return place / ("Scripts" if os.name == "nt" else "bin") / f"python{exe()}"


def program_of(place: Path) -> Path:
    """What opens the window."""
    return python_of(place).with_name(f"rigstate-gui{exe()}")


def exe() -> str:
    """How the names of programs end."""
    return ".exe" if os.name == "nt" else ""


def run(command: Sequence[str | Path]) -> str:
    """Run to the end; what it said. Raises NotInstalled with its last words."""
    words = [str(word) for word in command]
    bending = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if name not in bending}
    kept["PIP_CONFIG_FILE"] = os.devnull  # nothing comes from anywhere else, whatever pip is used to here
    done = subprocess.run(
        words, env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        check=False,
    )  # fmt: skip
    said = done.stdout.strip()
    if done.returncode != 0:
        raise NotInstalled(f"{' '.join(words[:4])} failed: {said[-600:] or done.returncode}")
    return said


def say(text: str) -> None:
    """One line on the terminal, at once; where it goes into a file whose encoding lacks letters of a name,
    without those.
    """
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)


if __name__ == "__main__":
    sys.exit(main())
