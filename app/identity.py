"""By which name the desktop knows our windows, so that it groups them and shows their icon.

One idea: each system asks for another kind of name, and all of them must be known before the first window.
On Windows a window would else count as one of Python's. Not for the entry in a menu (`desktop_entry`), which
has the same names.
"""

import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the entry is made without Qt
    from PySide6.QtGui import QGuiApplication

NAME = "rigstate"
WINDOW_CLASS = "Rigstate"
_ON_WINDOWS = "Rigstate.Window"


def claim(application: "QGuiApplication", system: str = sys.platform) -> None:
    """Give the application our names. Before there is a window."""
    application.setApplicationName(WINDOW_CLASS)
    application.setDesktopFileName(NAME)
    if system == "win32":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            getattr(ctypes, "windll").shell32.SetCurrentProcessExplicitAppUserModelID(_ON_WINDOWS)  # noqa: B009
