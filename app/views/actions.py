"""Everything that can be done in the window, each thing once: words, icon, shortcut, name.

One idea: an action is declared in one line of one table; menu bar, tool bar and the page of shortcuts are
made from it, so that nothing has two names and nothing is only in one place. Not for doing: the window
connects them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from app.values.fit_text import escaped
from app.views.style.theme import Theme
from app.words.plain import tip

MOST_COUNTED = 99
"""Unsaved edits, in figures: a tool bar has no room for any number."""


class Spec(NamedTuple):
    """One action: `text` in menus, `words` and `icon` on the tool bar, where it has a place there.

    The keys of a `local` action are heard by the widgets that have it, and by no others.
    """

    name: str
    text: str
    shortcuts: tuple[str, ...] = ()
    words: str = ""
    icon: str = ""
    color: str = "text"
    local: bool = False


SPECS = (
    Spec("actionWatchFolder", "&Watch folder…", ("Ctrl+O",), "Watch folder", "folder-plus-outline"),
    Spec("actionRescan", "&Rescan", ("F5",), "Rescan", "refresh"),
    Spec("actionDemo", "Open the &demo"),
    Spec("actionPreferences", "&Preferences…", ("Ctrl+,",)),
    Spec("actionOperator", "W&ork as…"),
    Spec("actionQuit", "&Quit", ("Ctrl+Q",)),
    Spec("actionUndo", "&Undo", ("Ctrl+Z",), "Undo", "undo"),
    Spec("actionRedo", "&Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "Redo", "redo"),
    Spec("actionEditValue", "&Edit value", ("F2",), "Edit value", "pencil-outline"),
    Spec("actionEditInBox", "Edit in a &box…", ("Shift+Enter", "Shift+Return"), local=True),
    Spec("actionChangeType", "Change t&ype…", ("Ctrl+T",)),
    Spec("actionRename", "Re&name…", ("Shift+F2",), local=True),
    Spec("actionAdd", "&Add…", ("Ins",), local=True),
    Spec("actionDuplicate", "Dup&licate", ("Ctrl+Shift+D",), local=True),
    Spec("actionRemove", "Remo&ve", ("Del",), local=True),
    Spec("actionMoveUp", "&Move up", ("Alt+Up",), local=True),
    Spec("actionMoveDown", "Move do&wn", ("Alt+Down",), local=True),
    Spec("actionCopyValue", "&Copy value", ("Ctrl+C",), local=True),
    Spec("actionCopyPath", "Copy pat&h", ("Ctrl+Shift+C",), local=True),
    Spec("actionCopyJson", "Copy as &JSON"),
    Spec("actionPasteJson", "&Paste as JSON", ("Ctrl+V",), local=True),
    Spec("actionTakeBack", "&Take this edit back", local=True),
    Spec("actionRevert", "&Discard edits", (), "Discard edits", "pencil-off-outline"),
    Spec("actionShowUnsaved", "&Go to unsaved edits"),
    Spec("actionFindSessions", "Filter &sessions", ("Ctrl+F",)),
    Spec("actionFindAttributes", "F&ilter attributes", ("Ctrl+Shift+F",)),
    Spec("actionSave", "&Save", ("Ctrl+S",), "Save", "content-save-outline"),
    Spec("actionCheck", "Chec&k with the launcher…", ("F7",)),
    Spec("actionResume", "&Resume…", ("Ctrl+Enter", "Ctrl+Return"), "Resume…", "play", "link"),
    Spec("actionClear", "&Clear saved state…", ("Ctrl+Del",), "Clear saved state…", "eraser", "vermilion"),
    Spec("actionUndoClear", "&Undo clear"),
    Spec("actionCompare", "Co&mpare…", ("Ctrl+D",), "Compare…", "compare-horizontal"),
    Spec("actionCompareFrom", "Compare &from…"),
    Spec("actionExchange", "E&xchange the sides"),
    Spec("actionHideEqual", "Hide &equal"),
    Spec("actionCopyAcross", "Copy &across to this session"),
    Spec("actionHistory", "&History", ("Ctrl+H",)),
    Spec("actionRaw", "&Raw", ("Ctrl+U",)),
    Spec("actionList", "S&ession list"),
    Spec("actionState", "&State", ("Ctrl+1",)),
    Spec("actionChanges", "&Changes", ("Ctrl+2",)),
    Spec("actionComparison", "Co&mpare"),
    Spec("actionFiles", "Fi&les", ("Ctrl+L",)),
    Spec("actionOutput", "&Output"),
    Spec("actionTrend", "&Trend", ("Ctrl+Shift+T",)),
    Spec("actionCopyTrend", "Copy as ta&ble"),
    Spec("actionNextTab", "&Next tab", ("Ctrl+PgDown",)),
    Spec("actionPreviousTab", "&Previous tab", ("Ctrl+PgUp",)),
    Spec("actionSource", "Session it was resumed &from"),
    Spec("actionHeir", "Session it was resumed &as"),
    Spec("actionHeirs", "Others it was res&umed as…"),
    Spec("actionShowEqual", "Show e&qual attributes too"),
    Spec("actionNotSaved", "Attributes &not in the saved state"),
    Spec("actionFindNext", "Find the ne&xt", ("F3",)),
    Spec("actionFindPrevious", "Find the &one before", ("Shift+F3",)),
    Spec("actionFindRaw", "&Find in the raw file"),
    Spec("actionFindRawBack", "Find bac&k in the raw file"),
    Spec("actionCopyRaw", "&Copy from the raw file"),
    Spec("actionSelectRaw", "Select &all of the raw file"),
    Spec("actionGoToDamage", "&Go to the damage"),
    Spec("actionGoToEnd", "Go to the &end"),
    Spec("actionStop", "St&op the launcher…"),
    Spec("actionRestoreVersion", "Restore &version…"),
    Spec("actionSaveCopy", "Save a cop&y…"),
    Spec("actionRestoreGood", "Restore the last &good version…"),
    Spec("actionSalvage", "&Salvage what can be read…"),
    Spec("actionRecoverCrash", "Recover from the &crash's own record…"),
    Spec("actionBringIn", "&Bring in the unsaved state…"),
    Spec("actionOpenAnyway", "&Open anyway"),
    Spec("actionFoldGroup", "F&old the group"),
    Spec("actionFoldGroups", "Fold all &groups"),
    Spec("actionUnfoldGroups", "&Unfold all groups"),
    Spec("actionTextLarger", "&Larger text", ("Ctrl++", "Ctrl+=")),
    Spec("actionTextSmaller", "S&maller text", ("Ctrl+-",)),
    Spec("actionTextUsual", "&Usual size of text", ("Ctrl+0",)),
    Spec("actionResetLayout", "&Reset layout"),
    Spec("actionShowFolder", "Show in &file manager", ("Ctrl+E",)),
    Spec("actionCopyPlace", "Copy pa&th of the session or file"),
    Spec("actionLogs", "Open the &logs folder"),
    Spec("actionShortcuts", "&Keyboard shortcuts", ("F1",)),
    Spec("actionAbout", "&About Rigstate"),
)

_USUAL = {spec.name: spec for spec in SPECS}


class Actions(QObject):
    """The actions of one window, by their object names. `begun`: one was asked for, and is done next; `named`
    carries which.
    """

    begun = Signal()
    named = Signal(object)

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reasons: dict[str, Mapping[str, str]] = {"session": {}}
        self._cleared = (1, 1)  # what Clear speaks of
        self._asked = QActionGroup(self)  # before anybody else hears of one
        self._asked.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self._asked.triggered.connect(self._begin)
        self._actions = {spec.name: self._make(spec) for spec in SPECS}
        self._tips = {name: action.toolTip() for name, action in self._actions.items()}
        theme.changed.connect(self._restyle)
        self._restyle()

    def __getitem__(self, name: str) -> QAction:
        """The action of that object name. Raises KeyError for an unknown one."""
        return self._actions[name]

    def enable(self, **wanted: bool) -> None:
        """Enable and disable actions by the ends of their names: `enable(Save=True)`."""
        for end, enabled in wanted.items():
            self._actions[f"action{end}"].setEnabled(enabled)

    def explain(self, reasons: Mapping[str, str], of: str = "session") -> None:
        """Say in their tool tips why actions are grey, by the ends of their names. Reasons `of` other things
        stay; where there are two, that of the session is said.
        """
        before = set(self._reasons.get(of, ()))
        self._reasons[of] = reasons
        for name in before | set(reasons):
            found = (told[name] for told in self._reasons.values() if name in told)
            told = (self._tips[f"action{name}"], escaped(next(found, "")))
            self._actions[f"action{name}"].setToolTip(tip("\n".join(filter(None, told))))

    def why_grey(self, end: str, of: str) -> str:
        """What was said last of why an action is grey; empty for one that is not."""
        return self._reasons.get(of, {}).get(end, "")

    def show_save_count(self, count: int) -> None:
        """Say on the action how many changes it would save, and draw its icon accordingly."""
        action = self._actions["actionSave"]
        action.setText(f"&Save ({count:,})" if count else "&Save")
        action.setIconText(counted_save(count))
        action.setIcon(self._theme.icon("content-save-outline", "amber" if count else "text"))

    def show_steps(self, undo: str, redo: str) -> None:
        """Say on Undo and Redo what they would take back; the tool bar keeps its one word."""
        for name, what in (("actionUndo", undo), ("actionRedo", redo)):
            action = self._actions[name]
            action.setText(" ".join(filter(None, (_USUAL[name].text, what.replace("&", "&&")))))
            self._tips[name] = _tip(action)
            action.setToolTip(tip(escaped(_tip(action))))  # whoever tells of the session says next why grey

    def show_clear_count(self, selected: int, count: int) -> None:
        """Say on the action how many saved states it would clear, of so many sessions that are selected."""
        if self._cleared == (selected, count):
            return  # a list that changes says so often
        self._cleared = selected, count
        action = self._actions["actionClear"]
        state = "state" if count == 1 or selected < 2 else "states"
        number = f"{count:,} " if count and selected > 1 else ""
        action.setText(f"&Clear {number}saved {state}…")
        action.setIconText(_spaced(f"Clear {number or 'saved '}{state}…"))
        self._tips["actionClear"] = _tip(action)
        action.setToolTip(_tip(action))  # whoever tells of other sessions says next why it is grey

    def _make(self, spec: Spec) -> QAction:
        action = QAction(self)
        self._asked.addAction(action)
        action.setObjectName(spec.name)
        action.setText(spec.text)
        if spec.shortcuts:
            action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        if spec.local:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if spec.words:
            action.setIconText(_spaced(spec.words))
        action.setToolTip(_tip(action))
        action.setIconVisibleInMenu(False)
        return action

    def _begin(self, asked: QAction) -> None:
        self.begun.emit()
        self.named.emit(asked.objectName())

    def _restyle(self) -> None:
        for spec in SPECS:
            if spec.icon:
                self._actions[spec.name].setIcon(self._theme.icon(spec.icon, spec.color))


def _tip(action: QAction) -> str:
    """Its words and its key."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{plain_words(action)} ({keys})" if keys else plain_words(action)


def plain_words(action: QAction) -> str:
    """The words of an action without the mark of its mnemonic."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def counted_save(count: int) -> str:
    """What Save says on the tool bar: a number of two digits, and of more that they are more."""
    if count > MOST_COUNTED:
        return _spaced(f"Save ({MOST_COUNTED}+)")
    return _spaced(f"Save ({count:,})" if count else "Save")


def _spaced(words: str) -> str:
    return f"\u2009{words}"  # a thin space keeps the words off the icon


def usual_words(action: QAction) -> str:
    """The same of an action whose words tell what is selected, without that: "Add…", never "Add item…"."""
    spec = _USUAL.get(action.objectName())
    return spec.text.replace("&", "") if spec else plain_words(action)


def usual_keys(action: QAction) -> list[QKeySequence]:
    """Its keys, also while another action has them for the row that is selected."""
    spec = _USUAL.get(action.objectName())
    return [QKeySequence(keys) for keys in spec.shortcuts] if spec else action.shortcuts()
