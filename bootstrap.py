#!/usr/bin/env python3
"""Set Rigstate up in this checkout and run it: `python3 bootstrap.py demo`, `... test`, `... bench`,
`... prove`, `... pictures`; and make of it what others install: `... build`, `... bundle`, `... freeze`.

The one idea: one command on a bare Python 3.11 with pip is enough, everywhere. The environment is `.venv`,
made again only when the project's requirements or the Python change. Standard library only, because nothing
is installed when it runs, and written so that an older Python still reads it far enough to be told.
Not for installing Rigstate on a rig: that is pip's, pipx's or uv's work on the wheel.

Exit codes: those of what was run; 2 wrong usage, 3 could not be set up, 130 interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import errno
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:  # younger than the oldest Python that reads this
    from typing import TypeAlias

OLDEST_PYTHON = (3, 11)
NOT_SET_UP = 3
INTERRUPTED = 130
# Each holds everything of those after it.
EXTRAS = ("bench", "dev", "app")
# Verbs that others understand, in the environment: further arguments are passed on as they stand.
PASSED_ON = {
    "test": "lint, format, types, import rules, then all tests; further arguments go to pytest",
    "bench": "how fast we are against others; `bench -- --help` tells what can be asked",
    "prove": "try to break what the library promises, for an hour; `prove -- --help` tells what can be asked",
    "pictures": "every tab, sheet, banner and status, pictured by a clock that stands still; into [DIR]",
    "build": "wheels and source archives of the library and of the whole, tried in clean environments",
    "bundle": "all that rigs without a network need to install Rigstate; `bundle -- --help` tells for which",
    "freeze": "one folder that runs without Python, on systems like this one",
}
MOST_WORKERS = 4  # of the tests: each collects all of them
SECONDS_TO_END = 10  # what a child gets to end by itself after Ctrl+C

# Shared libraries that Qt's wheels expect from a Linux system, and the Debian package of each: the NEEDED
# entries of the Qt libraries and platform plugins that we use (PySide6 6.11), less what every system has.
ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
ON_X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
ON_WAYLAND = {"libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0"}

# Programs that suites of the proof run, and the Debian package of each.
OF_THE_PROOF = {"strace": "strace", "mkfs.ext4": "e2fsprogs", "mount": "mount"}

Command: TypeAlias = "Sequence[str | Path]"


class CannotSetUp(Exception):
    """One sentence for the person at the keyboard: what is missing, and what to do about it."""


# ------------------------------------------------------------------------------------------- the verbs


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code. Never shows a traceback for what a user can mend."""
    options, rest = parse(arguments)
    checkout = Path(__file__).resolve().parent
    try:
        refuse_old_python(sys.version_info[:3])
        if options.verb == "demo":
            return demo(checkout, options.tour)
        if options.verb in ("build", "bundle", "freeze"):
            return pack(checkout, options.verb, rest)
        own = {"test": test, "bench": bench, "prove": prove, "pictures": pictures}
        return own[options.verb](checkout, rest)
    except CannotSetUp as problem:
        print(f"bootstrap: {problem}", file=sys.stderr)
        return NOT_SET_UP
    except KeyboardInterrupt:
        print("bootstrap: interrupted; the same command goes on from here.", file=sys.stderr)
        return INTERRUPTED


def parse(arguments: Sequence[str] | None) -> tuple[argparse.Namespace, list[str]]:
    """The verb with its options, and what is to be passed on as it stands."""
    about = "Set Rigstate up in this checkout and run it."
    parser = argparse.ArgumentParser(prog="bootstrap.py", description=about, allow_abbrev=False)
    names = ",".join(["demo", *PASSED_ON])
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=f"{{{names}}}")
    about = "the window on a dozen sessions of demo launchers that really ran"
    show = verbs.add_parser("demo", help=about, description=f"Open {about}.", allow_abbrev=False)
    about = "do not open the window, drive it unseen, with pictures into DIR (so it is without a display)"
    show.add_argument("--tour", metavar="DIR", help=about)
    for verb, about in PASSED_ON.items():
        verbs.add_parser(verb, help=about, description=about[0].upper() + about[1:] + ".", allow_abbrev=False)
    options, rest = parser.parse_known_args(arguments)
    if options.verb == "demo" and rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return options, [argument for argument in rest if argument != "--"]


def demo(checkout: Path, tour: str | None) -> int:
    """The window on the demo, or the tour when asked for, or when there is nothing to show a window on."""
    displayed = tour is None and has_display(sys.platform, os.environ)
    provide_libraries(needed_libraries(os.environ if displayed else {}))
    python = provide_environment(checkout, "app")
    if displayed:
        return run([python, "-m", "app", "--demo"], checkout)
    pictures = Path(tour).resolve() if tour else checkout / "build" / "tour"
    if tour is None:
        print("No display here, so the demo runs as a tour.", flush=True)
    return run([python, "-m", "app.tour", pictures], checkout, {"QT_QPA_PLATFORM": "offscreen"})


def test(checkout: Path, rest: Sequence[str]) -> int:
    """All checks, then all tests, whose closing line is the last; 0 only when everything passed."""
    provide_libraries(needed_libraries({}))
    python = provide_environment(checkout, "dev")
    import_linter = "from importlinter.cli import lint_imports_command as check; check(['--no-logo'])"
    checks = {
        "lint": ["-m", "ruff", "check"],
        "format": ["-m", "ruff", "format", "--check"],
        "types": ["-m", "mypy"],
        "import rules": ["-c", import_linter],
    }
    failed = [name for name, check in checks.items() if step(name, [python, *check], checkout) != 0]
    if failed:
        print(f"== not passed: {', '.join(failed)}; the tests run all the same", flush=True)
    workers = [f"--numprocesses={workers_on(os.cpu_count() or 1)}", "--dist=worksteal"]
    return step("tests", [python, "-m", "pytest", *workers, *rest], checkout) or int(bool(failed))


def workers_on(processors: int) -> int:
    """One more than there are processors: tests wait for disks, programs and timers, too, and then another
    one can go on.
    """
    return min(processors + 1, MOST_WORKERS)


def bench(checkout: Path, rest: Sequence[str]) -> int:
    """The benchmarks, all or those asked for. Nothing fails because a machine is slow."""
    return run([provide_environment(checkout, "bench"), "-m", "tests.benchmarks", *rest], checkout)


def prove(checkout: Path, rest: Sequence[str]) -> int:
    """The suites of the proof, all in full or those asked for; 0 only when no promise was broken."""
    provide_programs(OF_THE_PROOF)
    return run([provide_environment(checkout, "dev"), "-m", "tests.proof", *rest], checkout)


def pictures(checkout: Path, rest: Sequence[str]) -> int:
    """Pictures of all that can be seen; 0 only when each showed what it should."""
    provide_libraries(needed_libraries({}))
    python = provide_environment(checkout, "app")
    return run([python, "-m", "app.pictures", *rest], checkout, {"QT_QPA_PLATFORM": "offscreen"})


def pack(checkout: Path, verb: str, rest: Sequence[str]) -> int:
    """What others install, made and tried; 0 only when it works."""
    provide_libraries(needed_libraries({}))  # the window is opened from what was made
    return run([provide_environment(checkout, "app"), "-m", "tests.packaging", verb, *rest], checkout)


def step(name: str, command: Command, checkout: Path) -> int:
    print(f"== {name}", flush=True)
    return run(command, checkout)


# ------------------------------------------------------------------------------------ the environment


def provide_environment(checkout: Path, extra: str) -> Path:
    """The interpreter of an up-to-date `.venv` with one of EXTRAS (`app`: none), made where need be.

    Raises CannotSetUp when the environment cannot be made or the packages cannot be had.
    """
    environment = checkout / ".venv"
    stamp = environment / "rigstate-stamp"
    wanted = fingerprint(checkout)
    ready = is_usable(interpreter(environment))
    if ready and is_stamped(stamp, wanted, extra):
        return interpreter(environment)
    with alone(checkout / ".venv-lock"):
        ready = is_usable(interpreter(environment))  # by who was first, perhaps
        if ready and is_stamped(stamp, wanted, extra):
            return interpreter(environment)
        if not ready:
            print(f"Making {environment} with Python {sys.version.split()[0]}", flush=True)
            make_environment(environment)
        stamp.unlink(missing_ok=True)
        print("Installing what Rigstate needs; the first time, this takes a minute or two.", flush=True)
        install(environment, checkout, extra)
        stamp.write_text(f"{wanted} {extra}", "utf-8")
    return interpreter(environment)


@contextlib.contextmanager
def alone(place: Path) -> Iterator[None]:
    """One at a time: two who set up the same checkout would clear each other's environment."""
    try:
        file = place.open("ab")
    except OSError:  # nothing can be made here, which is told by who tries
        yield
        return
    with file:
        if not is_ours(file):
            print("Another bootstrap.py sets this checkout up; this one waits for it.", flush=True)
            while not is_ours(file):
                time.sleep(0.2)
        yield


def is_ours(file: BinaryIO) -> bool:
    """Whether a lock on it could be taken, which goes with the file; also where there are no locks at all."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        return problem.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def fingerprint(checkout: Path) -> str:
    """A digest of everything that decides what is installed; another one means: install again."""
    digest = hashlib.sha256(repr((sys.version_info[:2], str(checkout))).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((checkout / name).read_bytes())
    return digest.hexdigest()


def is_stamped(stamp: Path, wanted: str, extra: str) -> bool:
    """Whether the last installation that ended well was this one, or one that holds all of it."""
    holding = EXTRAS[: EXTRAS.index(extra) + 1]
    return stamp.is_file() and stamp.read_text("utf-8") in [f"{wanted} {name}" for name in holding]


def interpreter(environment: Path, system: str = os.name) -> Path:
    """Where an environment keeps its Python."""
    return environment / ("Scripts/python.exe" if system == "nt" else "bin/python")


def is_usable(python: Path) -> bool:
    """Whether it runs, has pip, and is of our own version: tests should run on the Python that was typed."""
    command = [str(python), "-I", "-c", "import sys, pip; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def make_environment(environment: Path) -> None:
    """An empty environment with pip in it. Raises CannotSetUp, with what each way of making one said."""
    try:
        environment.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotSetUp(
            f"{environment} cannot be made ({problem.strerror}). Take away what is in its place, or copy this"
            " directory to where you may write, and type the same command again."
        ) from problem
    makers: list[Callable[[Path], str]] = [with_venv, with_venv_and_our_pip, with_virtualenv]
    reasons: list[str] = []
    for make in makers if shutil.which("uv") is None else [with_uv, *makers]:
        reasons += [make(environment)]
        if is_usable(interpreter(environment)):
            return
    raise CannotSetUp(
        f"no environment could be made in {environment} ({'; '.join(filter(None, reasons))}). Install pip for"
        f" {sys.executable} (on Debian and Ubuntu: sudo apt-get install python3-pip python3-venv), check the"
        " network connection or the proxy, and type the same command again."
    )


def with_uv(environment: Path) -> str:
    return said_by(["uv", "venv", "--quiet", "--clear", "--seed", "--python", sys.executable, environment])


def with_venv(environment: Path) -> str:
    """The usual way. Debian's python3 has venv, but not what it needs unless python3-venv is installed."""
    return said_by([sys.executable, "-m", "venv", "--clear", environment])


def with_venv_and_our_pip(environment: Path) -> str:
    """Without ensurepip: an environment without pip, filled by the pip of this Python."""
    reason = said_by([sys.executable, "-m", "venv", "--clear", "--without-pip", environment])
    pip: Command = [sys.executable, "-m", "pip", "--python", interpreter(environment)]
    return reason or said_by([*pip, "install", "--quiet", "pip"])


def with_virtualenv(environment: Path) -> str:
    """Without venv, or with a pip too old to install elsewhere: virtualenv, in a directory of its own.

    pip allows `--target` also where the system forbids installing (PEP 668).
    """
    own = environment.with_name(".venv-maker")
    reason = said_by([sys.executable, "-m", "pip", "install", "--quiet", "--target", own, "virtualenv"])
    make: Command = [sys.executable, "-m", "virtualenv", "--clear", environment]
    reason = reason or said_by(make, {"PYTHONPATH": str(own)})
    shutil.rmtree(own, ignore_errors=True)
    return reason


def install(environment: Path, checkout: Path, extra: str) -> None:
    """The project, editable, with the committed versions. Raises CannotSetUp when they cannot be had."""
    python = interpreter(environment)
    constraints: Command = ["--constraint", checkout / "constraints.txt"]
    project = str(checkout) if extra == "app" else f"{checkout}[{extra}]"
    # setuptools first: the project is built with the version of the constraints, not with today's newest.
    steps: list[Command] = [["setuptools"], ["--no-build-isolation", "--editable", project]]
    installers: list[Command] = [[python, "-m", "pip", "install"]]
    if shutil.which("uv"):
        installers.insert(0, ["uv", "pip", "install", "--python", python])
    log = environment / "install-log.txt"
    log.unlink(missing_ok=True)
    if not any(all(logged([*tool, *constraints, *step], log) for step in steps) for tool in installers):
        raise CannotSetUp(
            f"the packages could not be installed ({reason_in(log.read_bytes())}). Check the network"
            f" connection or the proxy and type the same command again; all that was said is in {log}."
        )


def reason_in(said: bytes) -> str:
    """Why it has no connection; else the first line that a program called an error, else its last line;
    shortened, for a sentence.

    pip, when it has given up, takes the versions that it could not ask for to be in conflict.
    """
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith("Failing command")]
    for line in (line for line in lines if "Retry(total=0," in line):
        why = line.partition("connection broken by ")[2].partition(")':")[0].rpartition(": ")[2]
        return "no connection: " + why.strip("\"'").removesuffix("')")[:200]
    errors = [line.partition("ERROR:")[2].strip() for line in lines if "ERROR:" in line]
    return (errors[:1] or lines or ["no reason given"])[-1][:200].rstrip(".")


# ------------------------------------------------------------- libraries and programs of the system


def has_display(platform: str, variables: Mapping[str, str]) -> bool:
    """Whether a window could be seen. Only Linux and its like can be without a screen and still run us."""
    if variables.get("QT_QPA_PLATFORM", "").partition(":")[0] in ("offscreen", "minimal"):
        return False
    return platform in ("win32", "darwin") or any(variables.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY"))


def needed_libraries(variables: Mapping[str, str]) -> dict[str, str]:
    """Library → Debian package, for the platform that Qt will choose under these variables."""
    on_x11 = ON_X11 if variables.get("DISPLAY") else {}
    on_wayland = ON_WAYLAND if variables.get("WAYLAND_DISPLAY") else {}
    return {**ALWAYS, **on_x11, **on_wayland}


def provide_libraries(needed: Mapping[str, str]) -> None:
    """Install the missing ones on Debian and its like when we may. Raises CannotSetUp, with what to type."""
    provide("Qt needs libraries", needed, missing_libraries)


def provide_programs(needed: Mapping[str, str]) -> None:
    """The same for programs; what can do without those that stay missing says so itself, and goes on."""
    try:
        provide("Suites of the proof need programs", needed, missing_programs)
    except CannotSetUp as problem:
        print(f"bootstrap: {problem}", file=sys.stderr, flush=True)


def provide(who: str, needed: Mapping[str, str], missing_of: Callable[[Iterable[str]], list[str]]) -> None:
    """Install the packages of what is missing. Raises CannotSetUp, which begins with `who` needs what."""
    missing = missing_of(needed) if sys.platform == "linux" else []
    if not missing:
        return
    said = f"{who} that this system lacks ({', '.join(missing)})"
    if shutil.which("apt-get") is None:
        raise CannotSetUp(f"{said}. Install them with its package manager and type the same command again.")
    packages = sorted({needed[name] for name in missing})
    install_line = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
    prefix = prefix_of_root()
    if prefix is None:
        raise CannotSetUp(f"{said}. Type: {install_line}")
    print(f"Installing what this system lacks: {' '.join(packages)}", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    install = ["install", "-y", "--no-install-recommends", *packages]
    reason = said_by([*apt, "update"]) or said_by([*apt, *install])
    if missing_of(needed):
        raise CannotSetUp(f"{said}, and they could not be installed ({reason}). Type: {install_line}")


def missing_programs(names: Iterable[str]) -> list[str]:
    """Those that are neither in the PATH nor where the programs of root are."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    return [name for name in names if shutil.which(name, path=path) is None]


def missing_libraries(names: Iterable[str]) -> list[str]:
    """Those that the system's loader does not find."""

    def is_absent(name: str) -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return True
        return False

    return [name for name in names if is_absent(name)]


def prefix_of_root() -> list[str] | None:
    """What to put before a command so that it runs as root without asking; None when that cannot be."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and not said_by(["sudo", "-n", "true"]) else None


# ------------------------------------------------------------------------------------ running things


def own_variables(more: Mapping[str, str]) -> dict[str, str]:
    """Our environment without what would bend an environment's Python or pip to another place."""
    bending = (
        "PYTHONHOME",
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "PIP_REQUIRE_VIRTUALENV",
        "PIP_TARGET",
        "PIP_PREFIX",
    )
    kept = {name: value for name, value in os.environ.items() if name not in bending}
    return {**kept, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **more}


def run(command: Command, directory: Path, more: Mapping[str, str] | None = None) -> int:
    """Run to the end and return the exit code. On Ctrl+C, which the child gets too, wait for it to end."""
    child = subprocess.Popen([str(part) for part in command], cwd=directory, env=own_variables(more or {}))
    try:
        return child.wait()
    except KeyboardInterrupt:
        try:
            child.wait(SECONDS_TO_END)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            child.kill()
            child.wait()
        raise


def said_by(command: Command, more: Mapping[str, str] | None = None) -> str:
    """Run quietly; the reason when it failed, nothing when it worked."""
    arguments = [str(part) for part in command]
    try:
        answer = subprocess.run(arguments, env=own_variables(more or {}), capture_output=True, check=False)
    except OSError as problem:
        return str(problem)
    return reason_in(answer.stdout + answer.stderr) if answer.returncode != 0 else ""


def logged(command: Command, log: Path) -> bool:
    """Run; its complaints go to a file, its progress too unless a person watches."""
    with log.open("ab") as complaints:
        progress = None if sys.stdout.isatty() else complaints
        arguments = [str(part) for part in command]
        answer = subprocess.run(
            arguments, env=own_variables({}), stdout=progress, stderr=complaints, check=False
        )
    return answer.returncode == 0


def refuse_old_python(version: tuple[int, ...]) -> None:
    """Raises CannotSetUp below the oldest Python that Rigstate runs on."""
    if version[:2] < OLDEST_PYTHON:
        oldest, ours = (".".join(str(part) for part in numbers) for numbers in (OLDEST_PYTHON, version))
        raise CannotSetUp(
            f"Rigstate needs Python {oldest} or newer, and this is {ours}. Type the same with a newer one,"
            " for example: python3.13 bootstrap.py demo"
        )


if __name__ == "__main__":
    sys.exit(main())
