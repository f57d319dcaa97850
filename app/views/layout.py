"""How the window is laid out, as a value for the settings file.

One idea: what is remembered is a handful of plain numbers, each checked on its own, so that a file of another
version, or one that was written by hand, can spoil nothing. Not for folders or looks.
"""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray

from app.models.sessions.session_rows import GROUPINGS, OUTCOME, Extra, Grouping
from app.views.frame import Frame

MOST_COLUMNS = 20
"""By choice, that are remembered."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Size and place of the window (Qt's own base64 text), the two panes' widths where
    somebody chose them, the grouping, the columns
    by choice.
    """

    geometry: str = ""
    panes: tuple[int, int] | None = None
    grouping: Grouping | None = None
    columns: tuple[Extra, ...] = ()

    @classmethod
    def of(cls, frame: Frame) -> "Layout":
        """The layout as it is now."""
        geometry = bytes(frame.saveGeometry().toBase64().data()).decode("ascii")
        return cls(geometry, frame.chosen_panes, frame.sessions.grouping, frame.sessions.columns)

    def apply(self, frame: Frame) -> None:
        """Lay the window out like this; what is not known stays as it is."""
        if self.geometry:
            frame.restoreGeometry(QByteArray.fromBase64(self.geometry.encode("ascii")))
        if self.panes:
            frame.set_panes(*self.panes)
        if self.grouping:
            frame.set_grouping(self.grouping)
        if self.columns:
            frame.sessions.set_columns(self.columns)

    def as_json(self) -> dict[str, object]:
        """As plain values."""
        columns = [{"field" if one.field else "attribute": one.name} for one in self.columns]
        panes = list(self.panes or ())
        return {"geometry": self.geometry, "panes": panes, "grouping": self.grouping, "columns": columns}


def read_layout(values: dict[str, object]) -> Layout:
    """The layout that plain values say; whatever in them makes no sense is left out."""
    geometry, panes, wanted = values.get("geometry"), values.get("panes"), values.get("grouping")
    text = geometry if isinstance(geometry, str) and geometry.isascii() else ""
    grouping = next((known for known in GROUPINGS if known == wanted), None)
    return Layout(text, _widths(panes), grouping, _columns(values.get("columns")))


def _columns(values: object) -> tuple[Extra, ...]:
    found: list[Extra] = []
    for value in values[:MOST_COLUMNS] if isinstance(values, list) else ():
        match value:
            case {"field": OUTCOME.name}:
                found.append(OUTCOME)
            case {"attribute": str(name)} if name:
                found.append(Extra(name))
    return tuple(dict.fromkeys(found))


def _widths(panes: object) -> tuple[int, int] | None:
    if not isinstance(panes, list) or len(panes) != 2:
        return None
    left, right = panes
    if type(left) is not int or type(right) is not int or not 0 < left < 20_000 or not 0 < right < 20_000:
        return None
    return left, right
