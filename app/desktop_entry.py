"""Rigstate in the menu of the desktop, for whoever has installed it without a package of the system.

One idea: the entry names the very program that was asked to make it, so that it works from pipx, uv, a
virtual environment, a bundle and the frozen program alike. On Linux it is a file of the freedesktop.org
standard, on Windows a shortcut in the start menu and on the desktop; macOS has the Dock. Whoever asks for it
is at a terminal, without a window.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import resources
from app.identity import NAME, WINDOW_CLASS
from app.program import beside, is_frozen, window
from persistence.errors import words_for
from persistence.files.durable import write_file

ENTRY = f"{NAME}.desktop"
_ICONS = {"scalable": f"{NAME}.svg", "256x256": f"{NAME}.png"}
_PATIENCE = 60.0  # seconds for PowerShell, which starts slowly on a rig
# Values come in by the environment: no path, whatever it holds, becomes a piece of a script.
_SHORTCUTS = """
$ErrorActionPreference = 'Stop'
$shell = New-Object -ComObject WScript.Shell
foreach ($place in 'Programs', 'Desktop') {
    $file = Join-Path $shell.SpecialFolders.Item($place) 'Rigstate.lnk'
    if ($env:RIGSTATE_TARGET) {
        $link = $shell.CreateShortcut($file)
        $link.TargetPath = $env:RIGSTATE_TARGET
        $link.Arguments = $env:RIGSTATE_ARGUMENTS
        $link.IconLocation = $env:RIGSTATE_ICON
        $link.Description = 'Saved states of experiment sessions'
        $link.Save()
    } elseif (Test-Path $file) { Remove-Item $file }
}
"""


class NoEntry(Exception):
    """The sentence that says why there is none."""


def install(system: str = sys.platform, environment: Mapping[str, str] = os.environ) -> str:
    """Make the entry; what was made, as a sentence. Raises NoEntry."""
    if system == "win32":
        _run_on_windows(_of_windows(this_program()))
        return "Rigstate is in the start menu and on the desktop."
    place = _applications(system, environment)
    try:
        for size, name in _ICONS.items():
            _write(_icon_folder(place.parent, size) / name, resources.read("icons", name))
        _write(place / ENTRY, entry(this_program()).encode())
    except OSError as error:
        place = error.filename or place
        raise NoEntry(f"{place}: it was not written, because {words_for(error)}.") from error
    return f"Rigstate is in the menu of the desktop: {place / ENTRY}"


def remove(system: str = sys.platform, environment: Mapping[str, str] = os.environ) -> str:
    """Take the entry away again; what was done, as a sentence. Raises NoEntry."""
    if system == "win32":
        _run_on_windows({})
        return "Rigstate is no longer in the start menu and on the desktop."
    place = _applications(system, environment)
    made = [place / ENTRY, *(_icon_folder(place.parent, size) / name for size, name in _ICONS.items())]
    try:
        for file in made:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise NoEntry(f"{error.filename}: it was not removed, because {words_for(error)}.") from error
    return "Rigstate is no longer in the menu of the desktop."


def this_program() -> tuple[str, ...]:
    """The command that opens the window that we are: its own program where it has one."""
    own = beside("rigstate-gui")
    return (own,) if is_frozen() or Path(own).is_file() else window()


def entry(command: Sequence[str]) -> str:
    """The text of the entry that starts a command."""
    lines = {
        "Type": "Application",
        "Name": "Rigstate",
        "GenericName": "Saved states of experiments",
        "Comment": "See, correct and resume the saved states of experiment sessions",
        "Exec": _value(" ".join(_quoted(part) for part in _started(command))),
        "TryExec": _value(command[0]),
        "Icon": NAME,
        "Terminal": "false",
        "Categories": "Science;",
        "StartupWMClass": WINDOW_CLASS,
    }
    return "\n".join(["[Desktop Entry]", *(f"{key}={value}" for key, value in lines.items()), ""])


def _started(command: Sequence[str]) -> Sequence[str]:
    """The command with a program that GLib finds: it looks for a % as it is spelled here, doubled."""
    return ("env", *command) if "%" in command[0] else command


def _quoted(argument: str) -> str:
    """One argument of a command line, as the standard quotes it; a % would begin a field."""
    return '"' + re.sub(r'(["`$\\])', r"\\\1", argument).replace("%", "%%") + '"'


def _value(text: str) -> str:
    """A text as the value of a key: on one line."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def _applications(system: str, environment: Mapping[str, str]) -> Path:
    """Where the person's own entries lie. Raises NoEntry."""
    if system == "darwin":
        raise NoEntry("macOS has no such menu: open the window, and keep it in the Dock.")
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share", "applications")


def _icon_folder(data: Path, size: str) -> Path:
    return data / "icons" / "hicolor" / size / "apps"


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file(file, data)


def _of_windows(command: Sequence[str]) -> dict[str, str]:
    """What the script of the shortcuts is told."""
    icon = Path(resources.__file__).with_name("icons") / f"{NAME}.ico"
    return {
        "RIGSTATE_TARGET": command[0],
        "RIGSTATE_ARGUMENTS": subprocess.list2cmdline(command[1:]),
        "RIGSTATE_ICON": str(icon),
    }


def _run_on_windows(told: Mapping[str, str]) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in _of_windows(("",))}
    command = ["powershell", "-NoProfile", "-NonInteractive", "-Command", _SHORTCUTS]
    try:
        done = subprocess.run(
            command, env={**kept, **told}, capture_output=True, text=True, errors="replace", check=False,
            timeout=_PATIENCE, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoEntry(f"PowerShell, which makes shortcuts, could not be asked ({error}).") from error
    if done.returncode != 0:
        said = " ".join(done.stderr.split())[:300]
        raise NoEntry(f"PowerShell could not do it ({said}).")
