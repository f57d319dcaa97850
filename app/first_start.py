"""Behind the first screen: what this computer's rig config says is looked for while nothing is watched.

One idea: like `nearby`, this room only connects. The screen asks when it is shown, a worker looks, and the
folder that is offered is watched as any other is that the operator chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from app.launchers.rig_config import rig_folder
from app.worker import Worker

if TYPE_CHECKING:
    from app.views.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class LookForRig:
    """Errand: look for the folder of this computer's rig."""


class FirstStart(Worker):
    """Looks into the `places` where a rig config may lie. Answers a RigFolder, or None."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__("first start")
        self._places = tuple(places)

    def work(self, errand: object) -> None:
        if isinstance(errand, LookForRig):
            self.answered.emit(rig_folder(self._places))

    def connect_window(self, window: MainWindow) -> None:
        """Let the first screen ask, and be told. Where it is shown already it has asked before."""
        beginning = window.beginning
        beginning.rig_wanted.connect(self._look)
        self.answered.connect(beginning.show_rig)
        beginning.folder_chosen.connect(window.watch_folder_requested)
        if beginning.isVisible():
            self._look()

    @Slot()  # else PySide notes it in this object, whose thread has begun
    def _look(self) -> None:
        self.ask(LookForRig())
