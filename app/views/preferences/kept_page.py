"""The page of the preferences about saving and history: what is kept, and in whose name.

One idea: what cannot be chosen is said, with the reason, so that nobody looks for it elsewhere. Not for
looking at versions (`views/history`).
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.views.parts.nesting import nest
from app.views.parts.remark import Remark
from app.views.parts.widgets import Glyph, Label
from app.views.style.theme import Theme
from app.words.kept_texts import WHY_NOT_HERE, kept_texts
from persistence.files.retention import Policy

_SAVING = "Edits stay unsaved until you save; they outlive the window, and its crash."


class KeptPage(QWidget):
    """Sentences only."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px, whole, rules = theme.px, QVBoxLayout(self), QGridLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(10))
        whole.addWidget(Label(theme, "Saving", "section"))
        whole.addWidget(Label(theme, _SAVING, wrap=True))
        whole.addWidget(Label(theme, "History", "section"))
        rules.setHorizontalSpacing(px(8))
        rules.setVerticalSpacing(px(8))
        rules.setColumnStretch(1, 1)
        for row, sentence in enumerate(kept_texts(Policy())):
            rules.addWidget(Glyph(theme, "check", "green"), row, 0, Qt.AlignmentFlag.AlignTop)
            rules.addWidget(Label(theme, sentence, wrap=True), row, 1)
        nest(whole, rules)
        why = Remark(theme, "information-outline")
        whole.addWidget(why)
        why.say(WHY_NOT_HERE)
        whole.addStretch(1)
