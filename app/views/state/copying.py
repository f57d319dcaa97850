"""A row of the state, or several small ones, on the way to the clipboard.

One idea: it is the row as it is when the copy begins, whatever becomes of it meanwhile. What is small is
there at once, and what is large is put together between frames: who waits is told how far it is, and can
leave it. Nothing is put on the clipboard before all of it is there, and nothing at all that no clipboard is
good for. Not for what the text is (`app.models.state.row_texts`, `text_parts`).
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from shiboken6 import createdByPython

from app.editing.patience import PATIENCE_MS, Patience
from app.models.pieces import Pieces
from app.models.state.row_texts import is_whole, json_of, value_text
from app.models.state.several_rows import values_json, values_text
from app.models.state.state_nodes import Node
from app.models.state.state_tree import StateTreeModel
from app.models.state.text_parts import Copied, is_small, taken, too_much
from persistence.errors import StateError

OWN_FORMAT = "application/x-rigstate-value"


class Copying(QObject):
    """Copies one row at a time; another one, or another session, takes its place. `told` carries a sentence
    for the status bar, and `patience` has the banner of one that takes long.
    """

    told = Signal(object)

    def __init__(self, state: StateTreeModel, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._pieces = Pieces(self)
        self._pieces.failed.connect(self._leave_failed, Qt.ConnectionType.QueuedConnection)
        self._copied: Copied | None = None
        self.patience = Patience("copying", self._say, self)
        self.patience.given_up.connect(self._give_up)
        self._timer = QTimer(self)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(lambda: self.patience.begin(_KEY))
        state.modelReset.connect(self._drop)

    def copy(self, node: Node, *, as_json: bool) -> None:
        """Put a row on the clipboard, as JSON or as a value."""
        self._drop()
        if is_small(node):
            text = json_of(node) if as_json else value_text(node)
            self._put(taken(node).name, text, json_of(node))
        elif not self._state.judged:
            self.told.emit("It is still being checked; try again in a moment.")
        else:
            self._copied = Copied(taken(node), as_json)
            self._timer.start()
            self.patience.begin(_KEY)
            self._pieces.begin(_judged(self._copied), self._end, whole=False)

    def copy_together(self, nodes: Sequence[Node], *, as_json: bool) -> None:
        """Put several rows on the clipboard; their JSON for this program. Raises CannotBeDone."""
        self._drop()
        json = values_json(nodes)
        self._put(f"{len(nodes):,} values", json if as_json else values_text(nodes), json)

    # --- within ---------------------------------------------------------------------------------------------

    def _end(self, problem: str) -> None:
        copied = self._copied
        self._drop()
        if copied is None:
            return
        if problem or copied.too_much:
            self.told.emit(f"Not copied. {problem or too_much(copied)}")
        else:
            self._put(copied.row.name, copied.json if copied.text is None else copied.text, copied.json)

    def _put(self, name: str, text: str, json: str) -> None:
        """For other programs as text, for this one as what it is, so that `=1` or 1.50 stay what they are."""
        whole, data = is_whole(text), QMimeData()
        data.setText(text if whole else json)
        data.setData(OWN_FORMAT, json.encode())
        QGuiApplication.clipboard().setMimeData(data)
        beside = "" if whole else ", as JSON, because it holds half characters"
        self.told.emit(f"Copied {name}{beside}.")

    def _say(self, _keys: tuple[str, ...]) -> str:
        if self._copied is None:
            return ""
        far = self._copied.progress
        return f"Copying {self._copied.row.name}{'' if far is None else f', {far:.0%}'} …"

    def _give_up(self, _keys: object) -> None:
        if self._copied is not None:
            self.told.emit(f"Not copied: {self._copied.row.name}. The clipboard is as it was.")
        self._drop()

    def _leave_failed(self) -> None:
        if not self._pieces.busy:
            self._give_up(())

    def _drop(self) -> None:
        self._pieces.drop()
        self._timer.stop()
        self._copied = None
        self.patience.end(_KEY)


_KEY = "row"


def leave_clipboard() -> None:
    """At the end of the window: take what was copied off a clipboard that is nobody's but ours.

    Where the platform has none for all programs (offscreen, vnc), Qt keeps what was copied in a static of its
    own and frees it when Python is gone already, which it needs: SIGSEGV in `Shiboken::Object::destroy`.
    """
    clipboard = QGuiApplication.clipboard()
    data: QMimeData | None = clipboard.mimeData()  # None where it is empty
    if data is not None and createdByPython(data) and not clipboard.ownsClipboard():
        clipboard.clear()


def _judged(copied: Copied) -> Generator[None, None, str]:
    """Put it together, and say what is wrong with it; empty where nothing is."""
    try:
        yield from copied.work()
    except (StateError, UnicodeDecodeError) as error:
        return str(error)
    return ""
