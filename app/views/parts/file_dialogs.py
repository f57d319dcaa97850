"""The dialogs that ask for a folder or a file: the system's own where it looks like the window, else Qt's.

One idea: a dialog never dazzles who works in the dark: where light and dark of the system are not those of
the window, the dialog is drawn with the window's own colours. It stops nothing: what was chosen is told.
Not for reading or writing what was chosen.
"""

from collections.abc import Callable

from PySide6.QtCore import QDir, QFileInfo, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from app.views.style.theme import Theme

_NAMES = {"lookInCombo": "Look in", "fileNameEdit": "Name", "fileTypeCombo": "Kind of files"}


def ask_folder(
    theme: Theme, window: QWidget, title: str, chosen: Callable[[str], None], beside: str = ""
) -> None:
    """Ask for a folder, at first among those `beside` a known one, else in the home folder; `chosen` is told
    its path.
    """
    dialog = QFileDialog(window, title, QFileInfo(beside).path() if beside else QDir.homePath())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(theme, dialog, chosen)


def ask_json_file(
    theme: Theme, window: QWidget, title: str, name: str, chosen: Callable[[str], None]
) -> None:
    """Ask where a JSON file is to be written, `name` being offered; `chosen` is told its path."""
    dialog = QFileDialog(window, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(["JSON files (*.json)", "All files (*)"])
    dialog.setDefaultSuffix("json")
    dialog.selectFile(name)
    _open(theme, dialog, chosen)


def _open(theme: Theme, dialog: QFileDialog, chosen: Callable[[str], None]) -> None:
    dialog.setAccessibleName(dialog.windowTitle())
    if not _looks_alike(theme):
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    for kind in (QComboBox, QLineEdit):
        for field in dialog.findChildren(kind):  # none where it is the system's
            field.setAccessibleName(_NAMES.get(field.objectName(), field.accessibleName()))
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _looks_alike(theme: Theme) -> bool:
    """Whether light and dark of the system are those of the window; who does not say is light."""
    return theme.colors.dark == (QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark)
