"""The foot of the Resume sheet: what ends it, and beside that why it cannot be started yet.

One idea: a grey button has its reason beside it, and where the reason is that something was not seen, or is
another by now, the way to it, too. Not for finding reasons: the sheet has them.
"""

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.views.parts.widgets import Button, Label
from app.views.style.theme import Theme
from app.words.plain import tip

_WHERE = "the Command Prompt" if os.name == "nt" else "a terminal"
_COPY = f"Copy a line that starts the launcher as it stands here, for {_WHERE}"
_LEAVES = "Closing Rigstate leaves the launcher running."


class ResumeFoot:
    """Buttons and words in the line of a sheet's foot. `words`: what the main button says."""

    def __init__(self, theme: Theme, line: QHBoxLayout, words: str) -> None:
        self.resume = Button(theme, words, "play", kind="primary", grand=True)
        self.copy = Button(theme, "Copy command", "content-copy", grand=True)
        self.look = Button(theme, "Show", kind="link")
        self.look.setAccessibleName("Show what is to be checked")
        self.again = Button(theme, "Look at it again", kind="link")
        self.cancel = Button(theme, "Cancel", grand=True)
        self._reason = Label(theme, "", "small", "muted", wrap=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for button, name in (
            (self.resume, "resume"), (self.copy, "copyCommand"), (self.look, "look"), (self.again, "again"),
            (self.cancel, "cancel"),
        ):  # fmt: skip
            button.setObjectName(f"{name}Button")
        line.addWidget(self.copy)
        line.addWidget(self._reason, 1)
        line.addSpacing(theme.px(8))
        for button in (self.look, self.again, self.cancel, self.resume):
            line.addWidget(button)

    def say(self, reason: str, *, unseen: bool, outdated: bool, stopped: bool) -> None:
        """Why nothing can be started; empty when it can. `unseen`: because something was not looked at yet;
        `outdated`: because it is about another state; `stopped`: because of something that the operator
        cannot fill in.
        """
        self.resume.setEnabled(not reason)
        self.resume.setToolTip(tip(reason or "Start the launcher as it stands here"))
        self.look.setVisible(unseen)
        self.again.setVisible(outdated)
        self._reason.setText(reason or _LEAVES)
        self._reason.set_tone("amber" if stopped or unseen else "muted")

    def offer_copy(self, reason: str) -> None:
        """Why there is no command to be pasted that would resume; empty when there is."""
        self.copy.setEnabled(not reason)
        self.copy.setToolTip(tip(reason or _COPY))
