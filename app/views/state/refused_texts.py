"""What was typed and cannot stand in its row, while another session is looked at.

One idea: a red field goes out of sight with its session and comes back with it, with the text that was typed
and without the keyboard. Where its row is gone by then, the text is told in a banner. Kept for as long as the
window is open. Not for what can stand there: that becomes an edit.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from app.exchange import Banner
from app.models.state.state_texts import Column
from app.models.state.state_tree import StateTreeModel
from app.session import last_part
from app.values.box_text import wants_box
from app.views.state.state_pane import StatePane
from app.views.state.value_editor import NameEditor
from app.words.change_texts import place_text
from persistence.document import Place


class RefusedText(NamedTuple):
    """A text, and where it was typed: into the name of a row or its value."""

    namespace: str
    place: Place
    is_name: bool
    text: str


class RefusedTexts(QObject):
    """Of each session at most one, as one field is open at a time. `told` carries a sentence for the status
    bar, `banner_shown` a Banner.
    """

    told = Signal(object)
    banner_shown = Signal(object)

    def __init__(self, pane: StatePane, model: StateTreeModel, parent: QObject) -> None:
        super().__init__(parent)
        self._pane = pane
        self._model = model
        self._kept: dict[str, RefusedText] = {}
        model.was_read.connect(self.bring_back)

    def keep(self) -> None:
        """Close the open field if what stands in it cannot stand there, and keep that."""
        editor = self._pane.view.in_place.editor
        if editor is None or editor.node is None or editor.seen is None or not editor.problem:
            return
        node, directory = editor.node, editor.seen.directory
        is_name = isinstance(editor, NameEditor)
        self._kept[directory] = RefusedText(node.namespace, node.place, is_name, editor.text())
        self.told.emit(f"{last_part(directory)}: what you typed into {node.path} waits in its field.")
        self._pane.view.in_place.drop()

    def bring_back(self) -> None:
        """Open the field again in which something waits, if the session that is shown has one."""
        kept = self._kept.get(self._model.directory)
        if kept is None or not self._model.editable or self._pane.view.in_place.editor is not None:
            return
        around = self._model.find_around(kept.namespace, kept.place)
        if around.isValid() and self._model.read_around(around):
            return  # in a moment
        del self._kept[self._model.directory]
        if not self._open(kept):
            self._tell_gone(kept)

    def _open(self, kept: RefusedText) -> bool:
        """Open the field with its text; the keyboard stays where it is. False where there is none now."""
        view, keyboard = self._pane.view, QApplication.focusWidget()
        if not self._model.find(kept.namespace, kept.place).isValid():
            self._pane.filter.clear()
        index = self._model.find(kept.namespace, kept.place)
        node = self._model.node(index)
        if node is None or (not kept.is_name and wants_box(node.value)):
            return False
        view.go_to(index.siblingAtColumn(Column.VALUE))
        opened = view.in_place.edit_name() if kept.is_name else view.in_place.edit_value()
        editor = view.in_place.editor if opened else None
        if editor is not None:
            editor.type_again(kept.text)
        if keyboard is not None:
            keyboard.setFocus(Qt.FocusReason.OtherFocusReason)
        return editor is not None

    def _tell_gone(self, kept: RefusedText) -> None:
        directory, what = self._model.directory, place_text(kept.namespace, kept.place)
        text = f"{last_part(directory)}: {what} cannot be edited any more. You had typed: {kept.text}"
        self.banner_shown.emit(Banner(f"typed:{directory}", "amber", text))
