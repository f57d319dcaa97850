"""Waiting a little before saying that one waits.

One idea: what takes longer is announced, what comes at once is not; a shorter time would only flicker. Not
for what is waited for, nor for a way not to wait for it (`app.editing.patience`).
"""

from PySide6.QtCore import QObject, QTimer

READING_MS = 200
ASKING_MS = 500  # what a launcher or a search over values takes is no surprise


class TakingLong(QTimer):
    """Started when something is asked for, stopped when it is there; `timeout` when it takes long."""

    def __init__(self, parent: QObject, after_ms: int = READING_MS) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(after_ms)
