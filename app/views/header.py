"""The header of the session that is shown: its name, how it stands, where it is, which session it came from.

One idea: all of it is known from the list and from other sessions, so that it is there before the state is
read. Of the path the end stays as long as it can, which tells it from others of the same name: its beginning
gives way first, then what the list says, too. Not for the links to other sessions (`lineage_line`), nor for
the tabs below (`detail`).
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.sessions.session_rows import launcher_text
from app.models.sessions.session_texts import when_text
from app.resuming.lineage import Lineage
from app.session import Status, Summary, last_part
from app.values.fit_text import escaped
from app.views.lineage_line import LineageLine
from app.views.parts.nesting import nest
from app.views.parts.widgets import Button, ElidedLabel, Label, Pill
from app.views.style.fonts import Role
from app.views.style.looks import status_look
from app.views.style.painting import text_width
from app.views.style.theme import Theme
from app.words.died_texts import not_saved
from app.words.file_texts import size_text
from app.words.moments import NEVER
from app.words.plain import tip

_RESUME = "Resume…"
_USUAL = "764521_2026-11-23_14-05-00"
"""A name as launchers give them: where it has no room beside Resume, that stands below, for every session."""
_END = 40
"""Characters of a path; of a longer end the last are enough."""


class Header(QWidget):
    """Name, status, where it is, its lineage, and the main action. `session_chosen` carries a directory."""

    session_chosen = Signal(object)

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme = theme
        self._now = now
        self._day = now().date()
        self._summary: Summary | None = None
        self._compact = self._low = self._pill_below = self._resume_below = False
        self.name = ElidedLabel(theme, "title")
        self.pill = Pill(theme)
        self.among = Label(theme, "", "small", "link")
        self.among.hide()
        self.meta = ElidedLabel(theme, "small", "muted", Qt.TextElideMode.ElideLeft)
        self.resume = Button(theme, _RESUME, "play", kind="primary", grand=True)
        self.back = Button(theme, "Sessions", "arrow-left", kind="flat")
        self.back.setToolTip("Back to the list of sessions")
        self.back.hide()
        self.lineage = LineageLine(theme, now)
        self._first, self._second, self._below = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._lay_out()
        self.lineage.session_chosen.connect(self.session_chosen)

    def show_lineage(self, lineage: Lineage) -> None:
        """Show where the session came from and what became of it; a click goes there."""
        self.lineage.show_lineage(lineage)

    def show_summary(self, summary: Summary, status: Status) -> None:
        """Show what the list knows of a session."""
        if self._summary is None or summary.directory != self._summary.directory:
            self.show_lineage(Lineage())
        self._summary = summary
        self.name.set_whole(escaped(summary.name))
        self._fit_name()
        self.pill.show_status(status_look(status.kind), status.word)
        self._place_pill()
        self._show_meta()

    def tick(self) -> None:
        """Time has passed: at midnight, what was told by its time alone was yesterday."""
        if (day := self._now().date()) != self._day:
            self._day = day
            self._show_meta()
            self.lineage.tell_anew()

    def show_among(self, count: int, clearable: int) -> None:
        """Say that it is one of so many that are selected, if it is."""
        self.among.setText(f"1 of {count:,} selected" if count > 1 else "")
        told = f"{about_several(count, clearable)}, everything else about this one." if count > 1 else ""
        self.among.setToolTip(tip(told))
        self.among.setVisible(count > 1 and not self._low)

    def set_compact(self, compact: bool) -> None:
        """Move the pill down beside the meta line where the name needs the width."""
        self._compact = compact
        self._place_pill()
        self._show_meta()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Resume stands beside a name that is there whole, or below it; so does the pill."""
        super().resizeEvent(event)
        self._place_resume()
        self._fit_name()
        self._place_pill()

    def set_low(self, low: bool) -> None:
        """One line only, where the window has no height for two; what is left out is in the list."""
        px = self._theme.px
        self._low = low
        self.meta.setVisible(not low)
        self.among.setVisible(bool(self.among.text()) and not low)
        self.back.set_words("" if low else "Sessions")
        self.back.setAccessibleName("Sessions")
        self._whole.setContentsMargins(px(16), px(6 if low else 13), px(16), px(4 if low else 8))
        self._place_resume()
        self._fit_name()
        self._place_pill()

    def _fit_name(self) -> None:
        """A long name is there whole in smaller letters, before it is cut; the line keeps its height."""
        theme, text = self._theme, self.name.accessibleName()
        beside = (self.back,) if self._resume_below else (self.back, self.resume)
        room = self.width() - self._taken(*beside)
        roles: tuple[Role, ...] = ("strong",) if self._low else ("title", "section")
        fitting = (one for one in roles if text_width(text, theme.font(one)) <= room)
        self.name.setFont(theme.font(next(fitting, roles[-1])))
        self.name.setMinimumHeight(QFontMetrics(theme.font(roles[0])).height())

    def _place_resume(self) -> None:
        """By what names usually need, so that it is in one place whatever session is selected. In a low
        window it gives way to them as far as its sign, which the tool bar has as well.
        """
        self.resume.set_words(_RESUME)
        wanted = QFontMetrics(self._theme.font("strong" if self._low else "title")).horizontalAdvance(_USUAL)
        wanted += self.pill.width() + self._first.spacing() if self._low else 0
        has_room = wanted <= self.width() - self._taken(self.back, self.resume)
        if self._low and not has_room:
            self.resume.set_words("")
            self.resume.setAccessibleName(_RESUME)
        below = not self._low and not has_room
        if below != self._resume_below:
            self._resume_below = below
            (self._whole if below else self._below).removeWidget(self.resume)
            (self._below if below else self._whole).addWidget(self.resume)

    def _place_pill(self) -> None:
        below = not self._low and (self._compact or not self._fits_beside())
        if below == self._pill_below:
            return
        self._pill_below = below
        (self._first if below else self._second).removeWidget(self.pill)
        (self._second.insertWidget if below else self._first.insertWidget)(0 if below else 1, self.pill)

    def _fits_beside(self) -> bool:
        """Whether name and pill have room on one line."""
        beside = (self.back,) if self._resume_below else (self.back, self.resume)
        wanted = self.name.sizeHint().width() + self._first.spacing() + self.pill.width()
        return wanted <= self.width() - self._taken(*beside)

    def _taken(self, *beside: Button) -> int:
        """Of the width, what these and the edges take."""
        edges, gap = self._whole.contentsMargins(), self._whole.spacing()
        shown = (part for part in beside if not part.isHidden())
        return sum(part.sizeHint().width() + gap for part in shown) + edges.left() + edges.right()

    def _show_meta(self) -> None:
        """Where it is, the launcher, the size, when it was saved, and which run since was not. In little room
        the name is not said twice: the folder around it tells it from others of that name.
        """
        if self._summary is None:
            return
        summary = self._summary
        launcher = "" if self._compact else escaped(launcher_text(summary))
        size = size_text(summary.size) if summary.size else ""
        when = escaped(when_text(summary, self._now(), short=self._compact))
        died = escaped(not_saved(summary.died, self._now(), short=self._compact))
        known = [part for part in (launcher, size, when, died) if part not in ("", NEVER)]
        path, around = summary.directory, _around(summary.directory)
        end = path[len(around) - len(last_part(around)) :][-_END:]
        self.meta.set_whole(escaped(path), *known, keep=escaped(end), shorter=escaped(around))

    def _lay_out(self) -> None:
        px = self._theme.px
        self._first.setSpacing(px(12))
        self._first.addWidget(self.name)
        self._first.addWidget(self.pill)
        self._first.addStretch(1)
        self._second.setSpacing(px(8))
        self._second.addWidget(self.among)
        self._second.addWidget(self.meta)
        self._second.addStretch(1)
        lines, words = QVBoxLayout(), QVBoxLayout()
        for column in (lines, words):
            column.setSpacing(px(2))
        nest(lines, self._second)
        lines.addWidget(self.lineage)
        self._below.setSpacing(px(12))
        nest(self._below, lines, 1)
        nest(words, self._first)
        nest(words, self._below)
        whole = self._whole = QHBoxLayout(self)
        whole.setContentsMargins(px(16), px(13), px(16), px(8))
        whole.setSpacing(px(12))
        whole.addWidget(self.back)
        nest(whole, words, 1)
        whole.addWidget(self.resume)


def _around(path: str) -> str:
    """The folder in which a session lies."""
    return path.removesuffix(last_part(path)).rstrip("/\\") or path


def about_several(count: int, clearable: int) -> str:
    """What is about all sessions that are selected, more than one, of which so many can be cleared, and not
    about the one that is shown.
    """
    if count == 2:
        clear = ("Clear about none", "Clear about one of them")[clearable] if clearable < 2 else ""
        return f"Compare is about both, {clear}" if clear else "Clear and Compare are about both"
    return f"Clear is about {_of(count, clearable)}"


def _of(count: int, some: int) -> str:
    return f"all {count:,}" if some == count else f"{some:,} of them" if some else "none of them"
