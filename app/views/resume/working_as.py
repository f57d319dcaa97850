"""In whose name changes are made, as the window shows it and asks for it.

One idea: the name is always in sight when it is not the account's, and is changed in one place. Not for
signing: what was chosen leaves as an intent.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.views.parts.stage import Stage
from app.views.resume.operator_sheet import OperatorSheet
from app.views.status_bar import StatusBar


class WorkingAs(QObject):
    """`operator_chosen` carries a name; "" is the account's."""

    operator_chosen = Signal(object)

    def __init__(self, stage: Stage, bar: StatusBar) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._bar = bar
        self._name = ""
        self._users: Sequence[str] = ()
        self._account = ""
        stage.actions["actionOperator"].triggered.connect(self._ask)

    def show(self, name: str, users: Sequence[str], account: str = "") -> None:
        """Show in whose name changes are made, whom to offer when that is asked, and whose the account is."""
        self._name, self._users, self._account = name, users, account
        self._bar.show_operator(name, account)

    def _ask(self) -> None:
        sheet = OperatorSheet(self._stage.theme, self._stage.window, self._name, self._users, self._account)
        sheet.operator_chosen.connect(self.operator_chosen)
        self._stage.sheets.show(sheet, sheet.first)
