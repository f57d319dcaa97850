"""What stands in the place of a session while none is selected.

One idea: nothing is missing without a reason. Where the session went away, that is said right here, with the
ways to keep what was edited in it. Not for sessions that are there, nor for writing files.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal

from app.session import last_part
from app.views.parts.message_page import MessagePage, Offer
from app.views.style.looks import status_look
from app.views.style.theme import Theme
from app.words.edit_texts import them

_CARRY, _ELSEWHERE = "carry", "elsewhere"


class NothingPage(MessagePage):
    """`elsewhere_requested` carries the directory whose edits are to be written into another file,
    `carry_requested` that whose edits are to be put where their state is by now.
    """

    elsewhere_requested = Signal(object)
    carry_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._gone = ""
        self.chosen.connect(self._take)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No session is selected, and none is missed."""
        self._gone = ""
        self.say("No session selected", "Select a session in the list to see its saved state.")
        self.offer(())

    def show_gone(self, directory: str, sentence: str, *, edited: int, heir: str = "") -> None:
        """A session is not there any more, with so many edits, and `heir` holds the state of these; without a
        sentence it is there.
        """
        if sentence:
            self._gone = directory
            self.say("The folder of this session is gone", sentence, status_look("moved"))
            self.offer(tuple(_offers(directory, heir, edited)) if edited else ())
        elif directory == self._gone:
            self.show_nothing()

    def _held(self, offers: Sequence[Offer]) -> object:
        """A keyboard that came by itself stays on the page: whoever typed on meant none of its ways."""
        return None if self.hasFocus() else super()._held(offers)

    def _take(self, key: object) -> None:
        (self.carry_requested if key == _CARRY else self.elsewhere_requested).emit(self._gone)


def _offers(directory: str, heir: str, count: int) -> Iterator[Offer]:
    if heir:
        become = "The edit becomes one" if count == 1 else "The edits become edits"
        yield Offer(_CARRY, "pencil", f"Put {them(count)} there", f"{become} of {last_part(heir)}")
    words = f"The edited state of {last_part(directory)}, as a file of your choice"
    yield Offer(_ELSEWHERE, "content-save-outline", "Save elsewhere…", words)
