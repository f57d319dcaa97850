"""What a launcher restored and what not, in its own words, above its output.

One idea: what was not restored stands there with its reason, each in a row of its own, on as many lines as it
takes; what was is a number and names, as many as anybody reads. Hidden until the launcher has reported. Not
for plans: this is what came true.
"""

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.runs.run_report import LoadedAttribute
from app.values.fit_text import escaped
from app.views.parts.widgets import Glyph, Label
from app.views.style.looks import LOADED_LOOKS, UNKNOWN_LOOK
from app.views.style.theme import Theme
from app.words.plain import tip

_MOST_LINES = 5
_NAMES = 240
"""Characters of names; the tool tip has all of them."""
_WORDS = {
    "mismatched": "type differs",
    "refused": "refused",
    "skipped": "was not saved",
    "kept": "the launcher's own stays",
    "excluded": "belongs to one run",
    "left_out": "left out",
}


class LoadedBox(QWidget):
    """A line for what was restored, and one for each attribute that was not."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Sequence[LoadedAttribute] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(2), 0, 0)
        self._column.setSpacing(theme.px(2))
        self.hide()

    def show_loaded(self, loaded: Sequence[LoadedAttribute]) -> None:
        """Show what a launcher reported; nothing where it has not."""
        if loaded == self._shown:
            return
        self._shown = loaded
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        restored = [escaped(one.name) for one in loaded if one.restored]
        others = [one for one in loaded if not one.restored]
        if restored:
            whole = f"Restored ({len(restored):,}): {', '.join(restored)}"
            self._add("restored", f"Restored ({len(restored):,}): {_some(restored)}", whole)
        for one in others[:_MOST_LINES]:
            self._add(one.result, _text(one))
        if len(others) > _MOST_LINES:
            rest = others[_MOST_LINES:]
            more = f"and {len(rest):,} more: {_some([escaped(one.name) for one in rest])}"
            self._add("left_out", more, "\n".join(map(_text, rest)))
        self.setVisible(bool(loaded))

    def _add(self, result: str, text: str, whole: str = "") -> None:
        line, row = QHBoxLayout(), QWidget()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.px(8))
        glyph = Glyph(self._theme, *LOADED_LOOKS.get(result, UNKNOWN_LOOK), 14)
        line.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        words = Label(self._theme, text, "small", wrap=True)
        if whole != text:
            words.setToolTip(tip(whole))
        line.addWidget(words, 1)
        row.setLayout(line)
        self._column.addWidget(row)


def _some(names: Sequence[str]) -> str:
    """As many of these as anybody reads, and how many there are beside them."""
    ends = accumulate(len(name) + 2 for name in names)
    count = max(1, sum(1 for end in ends if end <= _NAMES))
    rest = len(names) - count
    return ", ".join(names[:count]) + (f" and {rest:,} more" if rest else "")


def _text(one: LoadedAttribute) -> str:
    word = _WORDS.get(one.result, escaped(one.result))
    reason = f" ({escaped(one.reason)})" if one.reason and one.result != "left_out" else ""
    return f"{escaped(one.name)}: {word}{reason}"
