"""The part of the Resume sheet that shows the plan: counts, filter, table, and who was asked.

One idea: what is restored is one number and one table, and it is always said whether the launcher itself was
asked or only its saved state was looked at. Not for the plan itself (`app.resuming.plan`).
"""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.resume.plan_rows import PlanModel
from app.resuming.plan import WORDS, Fate, Plan
from app.views.parts.choices import Tick
from app.views.parts.fields import SearchField
from app.views.parts.nesting import nest
from app.views.parts.remark import Remark
from app.views.parts.sheet import boxed
from app.views.parts.widgets import Button, ElidedLabel, Label
from app.views.resume.plan_table import MOST_ROWS, PlanTable
from app.views.style.theme import Theme

_HINT = "Take a tick away to leave an attribute as the launcher has it."
_PARTIAL = "Start even if an attribute cannot be restored"
_OPTIONAL: tuple[Fate, ...] = (
    "edited", "new", "overrides", "type_differs", "no_handler", "refused", "left_out",
)  # fmt: skip


class PlanSection(QWidget):
    """`changed` is emitted when another number of attributes is to be restored."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows = PlanModel(self)
        self.table = PlanTable(theme, self.rows)
        self.filter = SearchField(theme, "Filter what is restored", "")
        self.partial = Tick(theme, _PARTIAL)
        self._count = ElidedLabel(theme, "small", "muted", Qt.TextElideMode.ElideRight)
        self._all = Button(theme, "Tick all", kind="link")
        self._fates = Label(theme, "", "small", "muted", wrap=True)
        self._basis = Remark(theme, "information-outline")
        self._lay_out()
        self.rows.ticks_changed.connect(self._show_counts)
        self.filter.textChanged.connect(self.rows.set_filter)
        self.filter.left_downwards.connect(self.table.setFocus)
        self._all.clicked.connect(lambda: self.rows.tick_all(ticked=not self.rows.all_taken))
        self._show_counts()

    @property
    def plan(self) -> Plan:
        """The plan with the operator's ticks."""
        return self.rows.plan

    def show_plan(self, plan: Plan, left_out: Collection[str] | None = None) -> None:
        """Show another plan. Ticks stay, unless other names to leave out are given."""
        self.rows.set_plan(plan, left_out)
        self.filter.setVisible(len(plan.rows) > MOST_ROWS)

    def say_waiting(self, sentence: str) -> None:
        """Another plan comes: say so where its counts will stand."""
        self._fates.setText(sentence)
        if not self.plan.rows:
            self._count.set_whole("")

    def say_basis(self, sentence: str) -> None:
        """Say who was asked."""
        self._basis.say(sentence)

    def _show_counts(self) -> None:
        plan = self.plan
        total = len(plan.rows)
        beside = f" beside {' and '.join(plan.people)}" if plan.people else ""
        self._count.set_whole(f"{plan.taken:,} of {total:,} attribute{'s' * (total != 1)}{beside}")
        self._all.set_words("Untick all" if self.rows.all_taken else "Tick all")
        self._all.setVisible(any(row.choosable for row in plan.rows))
        self._fates.setText(_counted(plan) or _HINT)
        self.changed.emit()

    def _lay_out(self) -> None:
        px, whole, line = self._theme.px, QVBoxLayout(self), QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(8))
        line.addWidget(Label(self._theme, "What is restored", "section"))
        line.addStretch(1)
        line.addWidget(self._count)
        line.addWidget(self._all)
        nest(whole, line)
        whole.addWidget(self.filter)
        whole.addWidget(boxed(self.table))
        whole.addWidget(self._fates)
        whole.addWidget(self._basis)
        self.partial.setObjectName("partialTick")
        whole.addWidget(self.partial)
        self.filter.hide()


def _counted(plan: Plan) -> str:
    """How many there are of each fate that is not the usual one; empty when there is none."""
    counts = {fate: sum(row.fate == fate for row in plan.rows) for fate in _OPTIONAL}
    told = [f"{count:,} {WORDS[fate].casefold()}" for fate, count in counts.items() if count]
    return f"{', '.join(told)}. {_HINT}" if told else ""
