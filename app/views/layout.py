"""How the window is laid out, as a value for the settings file.

One idea: what is remembered is a handful of plain values, each checked on its own, so that a file of another
version, or one that was written by hand, can spoil nothing. Not for folders or looks, nor for laying the
window out (`placing`).
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.models.sessions.session_rows import (
    CAN_BE_AWAY,
    CHIPS,
    GROUPINGS,
    OUTCOME,
    Chip,
    Column,
    Extra,
    Grouping,
)

MOST_COLUMNS = 20
"""By choice, that are remembered."""
_WIDEST = 20_000  # pixels: of a pane or a column
_LONGEST = 4_096  # characters: of a path


class Order(NamedTuple):
    """What the list is sorted by: a column of its own, or one by choice; None is newest first."""

    column: Column | Extra | None = None
    falling: bool = False


class Layout(NamedTuple):
    """Size and place of the window (Qt's own base64 text), the two panes' widths where somebody chose them,
    the grouping, the columns by choice, the order, the chip, the tab, the session that is selected, the
    widths of the columns that somebody has pulled, in pixels of the grid, the list's own columns that were
    put away, whether it scrolls sideways for those without room, and where the columns behind the names
    stand, if not as usual. What is None, or an empty text, is not said.
    """

    geometry: str = ""
    panes: tuple[int, int] | None = None
    grouping: Grouping | None = None
    columns: tuple[Extra, ...] | None = None
    order: Order | None = None
    chip: Chip | None = None
    tab: str = ""
    selected: str = ""
    widths: Mapping[Column, int] | None = None
    away: frozenset[Column] | None = None
    sideways: bool | None = None
    places: tuple[Column | Extra, ...] | None = None

    def as_json(self) -> dict[str, object]:
        """As plain values, whether said or not, so that nothing of an earlier layout stays beside them."""
        order = self.order or Order()
        return {
            "geometry": self.geometry,
            "panes": list(self.panes or ()),
            "grouping": self.grouping,
            "columns": [_extra_as_json(one) for one in self.columns or ()],
            "order": {"column": _column_as_json(order.column), "falling": order.falling},
            "chip": self.chip,
            "tab": self.tab,
            "selected": self.selected,
            "widths": {column.name.lower(): width for column, width in (self.widths or {}).items()},
            "away": sorted(column.name.lower() for column in self.away or ()),
            "sideways": bool(self.sideways),
            "places": [_column_as_json(one) for one in self.places or ()],
        }


USUAL = Layout(
    grouping="date", columns=(), order=Order(), chip="all", tab="State", widths={}, away=frozenset(),
    sideways=False, places=(),
)  # fmt: skip
"""How the window is laid out until somebody changes it; size and panes are those of the screen."""


def read_layout(values: Mapping[str, object]) -> Layout:
    """The layout that plain values say; whatever in them makes no sense is left out."""
    geometry, wanted, chip = values.get("geometry"), values.get("grouping"), values.get("chip")
    columns = _extras(values.get("columns"))
    return Layout(
        geometry if isinstance(geometry, str) and geometry.isascii() else "",
        _panes(values.get("panes")),
        next((known for known in GROUPINGS if known == wanted), None),
        columns,
        _order(values.get("order"), columns or ()),
        next((known for known in CHIPS if known == chip), None),
        _text(values.get("tab")),
        _text(values.get("selected")),
        _widths(values.get("widths")),
        _away(values.get("away")),
        sideways if isinstance(sideways := values.get("sideways"), bool) else None,
        _places(values.get("places")),
    )


def untouched(wanted: Layout, before: Layout, now: Layout) -> Layout:
    """What a layout says of that in which the window is still as it was before."""
    return Layout(
        **{
            name: getattr(wanted, name)
            for name in Layout._fields
            if getattr(before, name) == getattr(now, name)
        }
    )


def _extra_as_json(extra: Extra) -> dict[str, str]:
    return {"field" if extra.field else "attribute": extra.name}


def _column_as_json(column: Column | Extra | None) -> object:
    return column.name.lower() if isinstance(column, Column) else column and _extra_as_json(column)


def _extra(value: object) -> Extra | None:
    match value:
        case {"field": OUTCOME.name}:
            return OUTCOME
        case {"attribute": str(name)} if name:
            return Extra(name)
    return None


def _extras(values: object) -> tuple[Extra, ...] | None:
    if not isinstance(values, list):
        return None
    found = (_extra(value) for value in values[:MOST_COLUMNS])
    return tuple(dict.fromkeys(extra for extra in found if extra is not None))


def _order(value: object, extras: tuple[Extra, ...]) -> Order | None:
    """Only by a column that is there."""
    match value:
        case {"column": None}:
            return Order()
        case {"column": str(name), "falling": bool(falling)}:
            column = _own(name)
            return None if column is None else Order(column, falling)
        case {"column": other, "falling": bool(falling)} if (extra := _extra(other)) in extras:
            return Order(extra, falling)
    return None


def _own(name: str) -> Column | None:
    return next((column for column in Column if column.name.lower() == name), None)


def _text(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= _LONGEST else ""


def _widths(value: object) -> dict[Column, int] | None:
    if not isinstance(value, dict):
        return None
    known = {_own(name): width for name, width in value.items() if isinstance(name, str)}
    return {column: width for column, width in known.items() if column is not None and _is_width(width)}


def _away(value: object) -> frozenset[Column] | None:
    if not isinstance(value, list):
        return None
    named = (_own(name) for name in value if isinstance(name, str))
    return frozenset(column for column in named if column in CAN_BE_AWAY)


def _places(values: object) -> tuple[Column | Extra, ...] | None:
    if not isinstance(values, list):
        return None
    most = values[: MOST_COLUMNS + len(Column)]
    found = (_own(one) if isinstance(one, str) else _extra(one) for one in most)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _panes(panes: object) -> tuple[int, int] | None:
    if not isinstance(panes, list) or len(panes) != 2 or not all(_is_width(one) for one in panes):
        return None
    return panes[0], panes[1]


def _is_width(value: object) -> bool:
    return type(value) is int and 0 < value < _WIDEST
