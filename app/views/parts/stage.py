"""What a flow of the window works with: the parts that are there for all flows.

One idea: a flow (looking back, comparing, recovering, saving) is an object beside the window, and gets these
together, so that none has a list of its own. Not for behaviour.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QMainWindow

from app.views.actions import Actions
from app.views.detail import DetailPane
from app.views.parts.sheets import Sheets
from app.views.style.theme import Theme


@dataclass(frozen=True, slots=True)
class Stage:
    """`now` gives the local time, naive."""

    theme: Theme
    window: QMainWindow
    detail: DetailPane
    actions: Actions
    sheets: Sheets
    now: Callable[[], datetime]
