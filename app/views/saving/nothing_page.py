"""What stands in the place of a session while none is selected.

One idea: nothing is missing without a reason. Where the session went away, that is said right here, with the
way to keep what was edited in it. Not for sessions that are there, nor for writing files.
"""

from PySide6.QtCore import Signal

from app.session import last_part
from app.views.parts.message_page import MessagePage, Offer
from app.views.style.looks import status_look
from app.views.style.theme import Theme


class NothingPage(MessagePage):
    """`elsewhere_requested` carries the directory whose edits are to be written into another file."""

    elsewhere_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._gone = ""
        self.chosen.connect(self.elsewhere_requested)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No session is selected, and none is missed."""
        self._gone = ""
        self.say("No session selected", "Select a session in the list to see its saved state.")
        self.offer(())

    def show_gone(self, directory: str, sentence: str, *, edited: bool) -> None:
        """A session is not there any more, which may be `edited`; without a sentence it is."""
        if sentence:
            self._gone = directory
            self.say("The folder of this session is gone", sentence, status_look("moved"))
            words = f"The edited state of {last_part(directory)}, as a file of your choice"
            elsewhere = Offer(directory, "content-save-outline", "Save elsewhere…", words)
            self.offer((elsewhere,) if edited else ())
        elif directory == self._gone:
            self.show_nothing()
