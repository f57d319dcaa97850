"""What can be done to the rows of the state: the actions of their two menus, and the sheets of some.

One idea: every wish about a row begins here, from the menu bar, the menu of the row, its keys or the buttons
above the tree, and ends in one edit that the model asks for, or in a sentence that says why there is none.
Not for what an edit does (`app.models.state.row_edits`), nor for typing in place (`state_delegate`), nor for
what is done to several rows (`together`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMenu

from app.editing.draft import Draft
from app.editing.edits import Edit, Edits, SetValue
from app.models.state.new_rows import Opening, openings, where_text, why_there
from app.models.state.row_edits import (
    MEMBER,
    NO_ROW,
    CannotBeDone,
    duplicate,
    moved,
    removal,
    why_fixed,
)
from app.models.state.row_texts import pasted, path_of
from app.models.state.state_nodes import Node
from app.models.state.state_texts import Marks, staged_words
from app.models.state.state_tree import StateTreeModel
from app.models.state.text_parts import has_text
from app.values.box_text import MAX_CHARACTERS, boxed
from app.values.edit_text import Parsed
from app.values.fit_text import escaped
from app.values.retyping import CHOICES
from app.views.actions import Actions
from app.views.menus import ROW_ACTIONS
from app.views.parts.grey_tips import GreyTips
from app.views.parts.sheets import Sheets
from app.views.state.add_sheet import AddSheet
from app.views.state.copying import OWN_FORMAT, Copying
from app.views.state.deciding_first import DecidingFirst
from app.views.state.row_offers import RowOffers
from app.views.state.state_pane import StatePane
from app.views.state.strangers import Strangers
from app.views.state.together import Together
from app.views.state.value_sheets import BoxSheet, RetypeSheet
from app.views.style.theme import Theme
from app.words.comma_texts import parted_text
from persistence.document import ABSENT, Place
from persistence.values.json_text import JSON


class RowActions(QObject):
    """The actions of the current row. `told` carries a sentence for the status bar."""

    told = Signal(object)

    def __init__(
        self, theme: Theme, window: QMainWindow, actions: Actions, state: StateTreeModel, pane: StatePane,
        sheets: Sheets,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._theme, self._window, self._sheets = theme, window, sheets
        self._actions, self._state, self._view = actions, state, pane.view
        view = pane.view
        self.copying = Copying(state, self)
        self._together = Together(state, view.chosen, self.copying)
        for telling in (self.copying, self._together):
            telling.told.connect(self.told)
        for name, act in self._acts().items():
            self._action(name).triggered.connect(partial(self._begin, act, name))
        self._action("EditValue").triggered.connect(lambda _=False: view.edit_value())
        view.addActions([self._action(name) for name in ROW_ACTIONS if name])
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)
        view.in_place.box_requested.connect(partial(self._begin, self._edit_in_box, "EditInBox"))
        view.in_place.refused.connect(self.told)
        view.in_place.typed_over.connect(self.told)
        view.grey_pressed.connect(lambda name: self.told.emit(actions.why_grey(name, "row")))
        self._offers = RowOffers(actions, state, view)
        self.deciding = DecidingFirst(state, sheets, self)
        pane.buttons.act_by({name: self._action(name) for name in ("Add", "Duplicate", "Remove")})

    def tell_edit(self, _directory: str, edit: Edit) -> None:
        """An edit was asked for, by a row or in it."""
        node = self._state.made(edit.namespace, edit.place)
        self.told.emit(staged_words(edit, self._state.marks(node) if node is not None else Marks()))

    def tell_edits(self, _directory: str, edits: Edits) -> None:
        """Several rows were removed at once."""
        values = "1 value" if len(edits) == 1 else f"{len(edits):,} values"
        self.told.emit(f"Removed {values}, not saved yet")

    def refresh(self) -> None:
        """The current row may have become another."""
        self._offers.refresh()

    def _acts(self) -> dict[str, Callable[[Node], None]]:
        return {
            "EditInBox": self._edit_in_box,
            "ChangeType": self._change_type,
            "Rename": lambda _: _or_refuse(self._view.in_place.edit_name()),
            "Add": self._add,
            "Duplicate": lambda node: self._do(duplicate(node)),
            "Remove": self._remove,
            "MoveUp": lambda node: self._do(moved(node, -1)),
            "MoveDown": lambda node: self._do(moved(node, 1)),
            "CopyValue": self._copy_value,
            "CopyPath": self._copy_path,
            "CopyJson": self._copy_json,
            "PasteJson": self._paste,
            "TakeBack": self._take_back,
        }

    def _begin(self, act: Callable[[Node], None], name: str, _checked: bool = False) -> None:
        """Do something to the current row, or what an action of this name does to several, after what is
        being typed has become an edit.
        """
        if not self._view.in_place.finish():
            return
        self._view.chosen.settle()
        if self._view.chosen.several:
            self._together.do(name)
            self.refresh()
            return
        node = self._node()
        if node is None and act == self._add:
            node = self._state.node(self._state.index(0, 0))
        if node is None:
            self.told.emit(NO_ROW)
            return
        if not self._goes_unread(act, node) and self._state.read_around(self._state.index_of(node)):
            self.told.emit(f"{node.path} is being read; try again in a moment.")
            return
        try:
            act(node)
        except CannotBeDone as reason:
            self.told.emit(str(reason))
        self.refresh()

    def _goes_unread(self, act: Callable[[Node], None], node: Node) -> bool:
        """Whether something can be done to a row of which only the text is at hand."""
        if act == self._copy_path:
            return True
        return act in (self._copy_value, self._copy_json) and self._state.judged and has_text(node)

    def _node(self) -> Node | None:
        return self._state.node(self._view.currentIndex())

    def _action(self, name: str) -> QAction:
        return self._actions[f"action{name}"]

    # --- typing ---------------------------------------------------------------------------------------------

    def _check_free(self, node: Node) -> None:
        """Raises CannotBeDone for a row whose value cannot be edited."""
        if reason := self._state.waiting.why_fixed(node):
            raise CannotBeDone(reason)

    def _edit_in_box(self, node: Node) -> None:
        self._check_free(node)
        if _is_long(node.value):
            raise CannotBeDone(f"{node.path} is too long to be typed here: copy, edit it elsewhere, paste.")
        self._open(BoxSheet(self._theme, self._window, node), node)

    def _change_type(self, node: Node) -> None:
        self._check_free(node)
        if _is_long(node.value):
            raise CannotBeDone(
                f"{node.path} is too long for that: copy null, or what it is to be, and paste it."
            )
        self._open(RetypeSheet(self._theme, self._window, node), node)

    def _open(self, sheet: BoxSheet | RetypeSheet, node: Node) -> None:
        directory, namespace, place = self._state.directory, node.namespace, node.place
        if (usuals := self._view.usuals) is not None:
            sheet.form.hint_by(usuals.begin(node))
            usuals.changed.connect(sheet.form.judge_again)
        seen = self._state.draft
        self.deciding.attend(sheet, lambda: SetValue(namespace, place, sheet.chosen), lambda: place)
        sheet.done.connect(lambda: self._put(directory, namespace, place, sheet.chosen, seen))
        self._sheets.show(sheet, sheet.first)

    def _put(self, directory: str, namespace: str, place: Place, value: JSON, seen: Draft | None) -> None:
        """What a sheet ended in; the row may have gone meanwhile, or another session be shown."""
        node = self._state.node(self._state.find(namespace, place))
        if node is not None and not node.removed and directory == self._state.directory:
            self._state.ask_value(node, value, seen)
        elif seen is not None and self._state.has_lost(seen, namespace, place):
            self._state.ask_late(SetValue(namespace, place, value), seen)
        else:
            self.told.emit("Not changed: it is not there any more.")

    def _add(self, node: Node) -> None:
        opened = self._offers.stands_open(node)
        found = openings(node, opened)
        if not found:
            raise CannotBeDone(MEMBER if not node.removed else why_fixed(node))
        sheet = AddSheet(
            self._theme, self._window, found, where_text(node, found), why_there(node, found, opened)
        )
        seen = self._state.draft
        self.deciding.attend(
            sheet,
            lambda: sheet.opening.insertion(sheet.name, sheet.chosen),
            lambda: sheet.opening.holder,
        )
        if (usuals := self._view.usuals) is not None:
            sheet.form.hint_by(lambda value: usuals.hint(sheet.opening.namespace, sheet.place, ABSENT, value))
            usuals.changed.connect(sheet.form.judge_again)
        if (strangers := self._view.strangers) is not None and any(one.what == "attribute" for one in found):
            strangers.begin(self._state.directory, node.namespace)
            sheet.hint_names_by(lambda opening, name: _name_hint(strangers, opening, name))
            strangers.changed.connect(sheet.judge)
        sheet.done.connect(lambda: self._insert(sheet, seen))
        self._sheets.show(sheet, sheet.first)

    def _insert(self, sheet: AddSheet, seen: Draft | None) -> None:
        """What was asked for, where it was asked for: its launcher or list may have gone meanwhile."""
        opening, edit = sheet.opening, sheet.opening.insertion(sheet.name, sheet.chosen)
        if seen is not None and self._state.has_lost(seen, opening.namespace, opening.holder):
            self._state.ask_late(edit, seen)
        elif seen is not None and seen.directory != self._state.directory:
            self.told.emit("Not added: another session is shown.")
        else:
            self._state.ask(edit, opening.value_place(edit))

    # --- at once --------------------------------------------------------------------------------------------

    def _do(self, edit: Edit) -> None:
        self._state.ask(edit)

    def _remove(self, node: Node) -> None:
        self._do(removal(node))

    def _take_back(self, node: Node) -> None:
        if not self._state.take_back(self._state.index_of(node)):
            raise CannotBeDone(f"{node.path} is as it is saved.")

    def _copy_value(self, node: Node) -> None:
        self.copying.copy(node, as_json=False)

    def _copy_json(self, node: Node) -> None:
        self.copying.copy(node, as_json=True)

    def _copy_path(self, node: Node) -> None:
        QGuiApplication.clipboard().setText(path_of(node))
        self.told.emit(f"Copied the path {escaped(path_of(node))}.")

    def _paste(self, node: Node) -> None:
        self._check_free(node)
        data = QGuiApplication.clipboard().mimeData()
        own = data.hasFormat(OWN_FORMAT)
        parsed = pasted(bytes(data.data(OWN_FORMAT).data()).decode() if own else data.text(), node)
        if parsed.problem:
            raise CannotBeDone(f"{node.path} stays as it is. {parsed.problem}")
        if parsed.kind is node.kind:
            parted = parted_text(data.text(), node.value, parsed.value)
            if self._state.ask_value(node, parsed.value) and parted:
                self.told.emit(f"{node.path}, not saved yet: {parted}")
        elif parsed.kind in CHOICES:
            self._paste_other(node, parsed)

    def _paste_other(self, node: Node, parsed: Parsed) -> None:
        """What was copied is of another type: it is looked at first."""
        if _is_long(parsed.value):
            raise CannotBeDone(
                f"{node.path} stays as it is. What was copied is of another type, and too long."
            )
        sheet = RetypeSheet(self._theme, self._window, node, parsed.kind)
        sheet.form.type_in(boxed(parsed.value).text)
        self._open(sheet, node)

    # --- the menu of a row ----------------------------------------------------------------------------------

    def _show_menu(self, where: QPoint) -> None:
        if self._node() is None or not self._view.in_place.finish():
            return
        menu = QMenu(self._view)
        for name in ROW_ACTIONS:
            if name:
                menu.addAction(self._action(name))
            else:
                menu.addSeparator()
        GreyTips(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._view.viewport().mapToGlobal(where))


def _is_long(value: JSON) -> bool:
    """Whether the window would be held up by its text in a box."""
    return len(boxed(value).text) > MAX_CHARACTERS


def _name_hint(strangers: Strangers, opening: Opening, name: str) -> str:
    return strangers.hint(opening.namespace, name) if opening.what == "attribute" else ""


def _or_refuse(renaming: bool) -> None:
    if not renaming:
        raise CannotBeDone("It has no name of its own.")
