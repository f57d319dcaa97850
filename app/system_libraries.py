"""Why there is no window on this system: which shared libraries Qt misses, and what to type.

One idea: Qt's wheels leave these libraries to a Linux system, and where one is missing Qt names it badly or
not at all, and aborts. So they are looked for when the window could not be opened, and never before: a Qt
that brings its own is none of our business. Standard library only, and read before Qt is imported.

`bootstrap.py` has the same tables, because it runs where nothing else does; a test holds them together.
"""

import ctypes
import shutil
import sys
from collections.abc import Iterable, Mapping

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
"""Library → Debian package."""


def why_no_window(said: str, variables: Mapping[str, str]) -> str:
    """A sentence for a person, out of what Qt or the system's loader `said`."""
    if lacking := missing(needed(variables)):
        names, packages = ", ".join(lacking), " ".join(sorted(set(lacking.values())))
        way = f"Type: sudo apt-get install --no-install-recommends {packages}"
        if shutil.which("apt-get") is None:
            way = "Install them with its package manager."
        return f"this system lacks libraries that the window needs ({names}). {way}"
    if "could not connect to display" in said:
        where = variables.get("DISPLAY") or "nothing"
        return f"no screen answers: DISPLAY says {where}. Start it in a session with a screen."
    first = next(iter(said.strip().splitlines()), "no reason was given")
    return f"the window could not be opened ({first})."


def needed(variables: Mapping[str, str]) -> dict[str, str]:
    """What is needed for the platform that Qt chooses under these variables; nothing on other systems."""
    if sys.platform != "linux":
        return {}
    on_x11 = ON_X11 if variables.get("DISPLAY") else {}
    on_wayland = ON_WAYLAND if variables.get("WAYLAND_DISPLAY") else {}
    return {**ALWAYS, **on_x11, **on_wayland}


def missing(libraries: Mapping[str, str]) -> dict[str, str]:
    """Those that the system's loader does not load."""
    return {name: libraries[name] for name in _absent(libraries)}


def _absent(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            yield name
