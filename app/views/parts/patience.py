"""Waiting a little before saying that one waits.

One idea: what takes longer is announced, what comes at once is not; a shorter time would only flicker. Not
for what is waited for.
"""

from PySide6.QtCore import QObject, QTimer

PATIENCE_MS = 200


class Patience(QTimer):
    """Started when something is asked for, stopped when it is there; `timeout` when it takes long."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(PATIENCE_MS)
