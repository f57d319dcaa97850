"""The stylesheet of the window, for one palette and one font size.

One idea: what Qt's own widgets look like (bars, fields, buttons, tabs, scroll bars) is said here once,
from the colours of the palette. What delegates and our own widgets paint is not here, and there are no
``::item`` rules: they would fight with the delegates. A bare ``QToolButton`` rule would shift the icons
inside line edits.
"""

from collections.abc import Callable

from app.views.style.palette import Colors

Scale = Callable[[int], int]
_SIDES = (13, 7, 5)
"""Of tabs that close up, what may stand at both sides of their words."""


def stylesheet(colors: Colors, px: Scale) -> str:
    """All rules; `px` grows a length of the grid with the user's font size."""
    parts = (_surfaces, _bars, _menus, _fields, _buttons, _tabs, _tables, _scroll_bars)
    return "\n".join(part(_Hex(colors), px) for part in parts)


class _Hex:
    """The colours as "#rrggbb", by role or as "hue.part"."""

    def __init__(self, colors: Colors) -> None:
        self._colors = colors

    def __getitem__(self, name: str) -> str:
        hue, _, part = name.partition(".")
        if not part:
            return self._colors[name].name()
        found = self._colors.hue(hue)
        return {"text": found.text, "tint": found.tint, "line": found.line}[part].name()


def _surfaces(c: _Hex, px: Scale) -> str:
    return f"""
QMainWindow {{ background: {c["window"]}; }}
QWidget#sessionPane, QWidget#detailPane, QWidget#emptyState, QWidget#statePage, QWidget#messagePage,
QWidget#outputPage, QWidget#trendPage, QWidget#historyPage, QWidget#comparePage, QWidget#rawPage,
QWidget#filesPage, QWidget#filePage {{ background: {c["base"]}; }}
QScrollArea#emptyView {{ border: 1px solid {c["base"]}; }}
QScrollArea#emptyView:focus {{ border-color: {c["link"]}; }}
QWidget#bannerHolder {{ background: {c["window"]}; border-bottom: 1px solid {c["pane_line"]}; }}
QSplitter::handle {{ background: {c["pane_line"]}; }}
QFrame#strip {{ background: {c["alternate"]}; border: none; border-top: 1px solid {c["pane_line"]}; }}
QFrame#notice {{ background: {c["blue.tint"]}; border: none; border-bottom: 1px solid {c["blue.line"]}; }}
QFrame#notice[hue="vermilion"] {{ background: {c["vermilion.tint"]}; border-color: {c["vermilion.line"]}; }}
QFrame#notice[hue="amber"] {{ background: {c["amber.tint"]}; border-color: {c["amber.line"]}; }}
QFrame#card {{ background: {c["alternate"]}; border: 1px solid {c["pane_line"]}; border-radius: {px(6)}px; }}
QFrame#box {{ background: {c["base"]}; border: 1px solid {c["pane_line"]}; border-radius: {px(6)}px; }}
QFrame#sheetHead {{ background: transparent; border: none; border-bottom: 1px solid {c["pane_line"]}; }}
QFrame#sheetFoot {{ background: {c["sheet_footer"]}; border: none; border-top: 1px solid {c["pane_line"]};
    border-bottom-left-radius: {px(9)}px; border-bottom-right-radius: {px(9)}px; }}
QFrame#sheetFrame {{ background: {c["sheet"]}; border: 1px solid {c["pane_line"]};
    border-radius: {px(10)}px; }}
QFrame#sheetLine {{ background: {c["pane_line"]}; border: none; }}
QWidget#sheetBody, QScrollArea#sheetScroll {{ background: transparent; border: none; }}
QFrame#reason {{ background: {c["vermilion.tint"]}; border: 1px solid {c["vermilion.line"]};
    border-radius: {px(4)}px; }}
QFrame#reason[hue="amber"] {{ background: {c["amber.tint"]}; border-color: {c["amber.line"]}; }}
QFrame#callout {{ background: {c["base"]}; border: 1px solid {c["accent_line"]};
    border-radius: {px(4)}px; }}
QFrame#callout[hue="amber"] {{ border-color: {c["amber.line"]}; }}
QLabel {{ background: transparent; }}
QLabel#fieldHint {{ background: {c["amber.tint"]}; border: 1px solid {c["amber.line"]};
    border-radius: {px(4)}px; }}
QLabel[tone="muted"] {{ color: {c["muted"]}; }}
QLabel[tone="link"] {{ color: {c["link"]}; }}
QLabel[tone="vermilion"] {{ color: {c["vermilion.text"]}; }}
QLabel[tone="amber"] {{ color: {c["amber.text"]}; }}
QLabel[tone="green"] {{ color: {c["green.text"]}; }}
QToolTip {{ background: {c["button"]}; color: {c["text"]}; border: 1px solid {c["input_border"]};
    padding: {px(4)}px {px(6)}px; }}
"""


def _bars(c: _Hex, px: Scale) -> str:
    return f"""
QMenuBar {{ background: {c["window"]}; padding: {px(1)}px {px(11)}px; border: none; spacing: {px(4)}px; }}
QMenuBar::item {{ color: {c["text"]}; padding: {px(5)}px {px(11)}px; background: transparent;
    border-radius: {px(6)}px; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {c["hover"]}; }}
QToolBar {{ background: {c["window"]}; border: none; border-bottom: 1px solid {c["pane_line"]};
    padding: {px(4)}px {px(8)}px {px(7)}px {px(8)}px; spacing: {px(4)}px; }}
QToolBar::separator {{ background: {c["pane_line"]}; width: 1px; margin: {px(8)}px {px(6)}px; }}
QToolBar QToolButton {{ color: {c["text"]}; border: 1px solid transparent; border-radius: {px(6)}px;
    padding: {px(8)}px {px(9)}px; background: transparent; }}
QToolBar[compact="true"] {{ padding: {px(2)}px {px(6)}px {px(5)}px {px(6)}px; }}
QToolBar QToolButton[compact="true"] {{ padding: {px(5)}px {px(3)}px {px(4)}px {px(3)}px; }}
QToolBar QToolButton:hover {{ background: {c["hover"]}; }}
QToolBar QToolButton:pressed {{ background: {c["pane_line"]}; }}
QToolBar QToolButton:disabled {{ color: {c["disabled"]}; }}
QToolBar QToolButton[tone="danger"]:enabled {{ color: {c["vermilion.text"]}; }}
QToolBar QToolButton[tone="amber"] {{ background: {c["amber.tint"]}; border-color: {c["amber.line"]}; }}
QStatusBar {{ background: {c["window"]}; border-top: 1px solid {c["pane_line"]}; }}
QStatusBar::item {{ border: none; }}
"""


def _menus(c: _Hex, px: Scale) -> str:
    return f"""
QMenu {{ background: {c["button"]}; color: {c["text"]}; border: 1px solid {c["input_border"]};
    padding: {px(4)}px; menu-scrollable: 1; }}  /* else it has columns, which run off a small screen */
QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(10)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {c["highlight"]}; }}
QMenu::item:disabled {{ color: {c["disabled"]}; }}
QMenu::separator {{ height: 1px; background: {c["pane_line"]}; margin: {px(4)}px {px(8)}px; }}
QMenu::indicator {{ width: {px(16)}px; height: {px(16)}px; left: {px(6)}px; }}
"""


def _fields(c: _Hex, px: Scale) -> str:
    return f"""
QLineEdit, QPlainTextEdit#valueText {{ background: {c["field"]}; color: {c["text"]};
    border: 1px solid {c["input_border"]}; border-radius: {px(6)}px; padding: 0 {px(8)}px;
    selection-background-color: {c["accent"]}; selection-color: {c["on_accent"]}; }}
QLineEdit:focus, QPlainTextEdit#valueText:focus {{ border: 1px solid {c["link"]}; }}
QLineEdit:disabled {{ color: {c["disabled"]}; }}
QLineEdit#subjectField {{ border-width: 2px; border-color: {c["tick_box"]}; padding: 0 {px(12)}px; }}
QLineEdit#subjectField:focus {{ border-color: {c["link"]}; }}
QLineEdit#subjectField[verdict="right"] {{ border-color: {c["green.text"]}; }}
QLineEdit#subjectField[verdict="wrong"] {{ border-color: {c["vermilion.text"]}; }}
QLineEdit#valueText, QPlainTextEdit#valueText {{ border-radius: {px(3)}px; padding: 0 {px(5)}px; }}
QPlainTextEdit#valueText[lines="one"] {{ padding-top: {px(4)}px; }}
QLineEdit#valueText[verdict="wrong"], QPlainTextEdit#valueText[verdict="wrong"] {{
    border-color: {c["vermilion.text"]}; }}
QComboBox {{ background: {c["field"]}; color: {c["text"]}; border: 1px solid {c["input_border"]};
    border-radius: {px(6)}px; padding: 0 {px(8)}px; }}
QComboBox:focus, QComboBox:on {{ border-color: {c["link"]}; }}
QComboBox:disabled {{ color: {c["disabled"]}; }}
QComboBox::drop-down {{ border: none; width: {px(24)}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QLineEdit {{ border: none; background: transparent; padding: 0; }}
QComboBox QAbstractItemView {{ background: {c["button"]}; color: {c["text"]}; outline: none;
    border: 1px solid {c["input_border"]}; selection-background-color: {c["highlight"]};
    selection-color: {c["text"]}; }}
QComboBox QAbstractItemView::item {{ min-height: {px(28)}px; padding: 0 {px(8)}px; }}
QComboBox QAbstractItemView::item:selected {{ background: {c["highlight"]}; color: {c["text"]}; }}
QPlainTextEdit[kind="lines"] {{ background: {c["field"]}; color: {c["text"]};
    border: 1px solid {c["input_border"]}; border-radius: {px(6)}px; padding: {px(4)}px;
    selection-background-color: {c["accent"]}; selection-color: {c["on_accent"]}; }}
QPlainTextEdit[kind="lines"]:focus {{ border: 1px solid {c["link"]}; }}
QLineEdit[readOnly="true"] {{ color: {c["muted"]}; }}
#columnNames {{ background: {c["base"]}; border: 1px solid {c["input_border"]}; border-radius: {px(6)}px;
    padding: {px(4)}px; }}
#columnNames:focus {{ border-color: {c["link"]}; }}
QPlainTextEdit#registryLines {{ background: {c["base"]}; color: {c["text"]};
    border: 1px solid {c["pane_line"]}; border-radius: {px(6)}px; padding: {px(4)}px;
    selection-background-color: {c["highlight"]}; selection-color: {c["text"]}; }}
QPlainTextEdit#registryLines:focus {{ border-color: {c["link"]}; }}
QPlainTextEdit#outputView {{ background: {c["base"]}; color: {c["text"]}; border: 1px solid {c["base"]};
    padding: {px(7)}px {px(11)}px; selection-background-color: {c["highlight"]};
    selection-color: {c["text"]}; }}
QPlainTextEdit#outputView:focus {{ border-color: {c["link"]}; }}
QPlainTextEdit#wholeRow {{ background: {c["alternate"]}; color: {c["text"]};
    border: 1px solid {c["alternate"]}; border-top-color: {c["pane_line"]}; padding: {px(5)}px {px(11)}px;
    selection-background-color: {c["highlight"]}; selection-color: {c["text"]}; }}
QPlainTextEdit#wholeRow:focus {{ border-color: {c["link"]}; }}
"""


def _buttons(c: _Hex, px: Scale) -> str:
    round_end = min(px(26) + 2, px(24) + 4) // 2  # of a chip; Qt rounds nothing by more than half its height
    return f"""
QPushButton {{ background: {c["button"]}; color: {c["text"]}; border: 1px solid {c["input_border"]};
    border-radius: {px(6)}px; padding: 0 {px(14)}px; min-height: {px(30)}px; }}
QPushButton {{ outline: none; }}
QPushButton:hover {{ background: {c["button_hover"]}; }}
QPushButton:pressed {{ background: {c["hover"]}; }}
QPushButton:disabled {{ color: {c["disabled"]}; border-color: {c["pane_line"]}; }}
QPushButton:focus {{ border: 2px solid {c["link"]}; padding: 0 {px(13)}px; min-height: {px(28)}px; }}
QPushButton[grand="true"] {{ min-height: {px(38)}px; padding: 0 {px(18)}px; }}
QPushButton[grand="true"]:focus {{ min-height: {px(36)}px; padding: 0 {px(17)}px; }}
QPushButton[kind="primary"] {{ background: {c["accent"]}; color: {c["on_accent"]};
    border: 1px solid {c["accent"]}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {c["accent_hover"]}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c["text"]}; }}
QPushButton[kind="primary"]:disabled {{ background: {c["hover"]}; color: {c["disabled"]};
    border: 1px solid {c["pane_line"]}; }}
QPushButton[kind="danger"]:enabled {{ color: {c["vermilion.text"]}; background: {c["vermilion.tint"]};
    border-color: {c["vermilion.line"]}; }}
QPushButton[kind="danger"]:focus {{ border-color: {c["vermilion.text"]}; }}
QPushButton[kind="chip"] {{ color: {c["muted"]}; border-color: {c["pane_line"]}; background: {c["base"]};
    border-radius: {round_end}px; min-height: {px(26)}px; max-height: {px(26)}px;
    padding: 0 {px(12)}px; }}
QPushButton[kind="chip"][narrow="true"] {{ padding: 0 {px(8)}px; }}
QPushButton[kind="chip"][narrow="most"] {{ padding: 0 {px(3)}px; }}
QPushButton[kind="chip"]:hover {{ background: {c["button_hover"]}; }}
QPushButton[kind="chip"]:checked {{ font-weight: 600; color: {c["link"]}; background: {c["accent_soft"]};
    border-color: {c["accent_line"]}; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {c["link"]}; min-height: {px(24)}px;
    max-height: {px(24)}px; padding: 0 {px(11)}px; }}
QPushButton[kind="chip"][narrow="true"]:focus {{ padding: 0 {px(7)}px; }}
QPushButton[kind="chip"][narrow="most"]:focus {{ padding: 0 {px(2)}px; }}
QPushButton[kind="offer"] {{ text-align: left; }}
QPushButton[kind="bare"] {{ background: transparent; border: none; padding: 0; min-height: {px(20)}px; }}
QPushButton[kind="bare"]:hover {{ color: {c["link"]}; }}
QPushButton[kind="bare"]:focus {{ color: {c["link"]}; border: none; padding: 0; min-height: {px(20)}px;
    text-decoration: underline; }}
QPushButton[kind="inline"] {{ color: {c["link"]}; background: transparent; border: none; padding: 0;
    min-height: {px(17)}px; text-align: left; }}
QPushButton[kind="inline"]:hover, QPushButton[kind="inline"]:focus {{ text-decoration: underline;
    border: none; padding: 0; min-height: {px(17)}px; }}
QPushButton[kind="inline"]:disabled {{ color: {c["muted"]}; }}
QRadioButton, QCheckBox {{ background: transparent; color: {c["text"]}; spacing: 0; outline: none;
    border: 2px solid transparent; border-radius: {px(4)}px;
    padding: {px(3) - 2}px {px(4)}px {px(3) - 2}px {px(2)}px; }}
QRadioButton::indicator, QCheckBox::indicator {{ width: 0; height: 0; border: none; image: none; }}
QRadioButton:focus, QCheckBox:focus {{ color: {c["link"]}; border-color: {c["link"]}; }}
QProgressBar {{ background: {c["row_line"]}; border: none; border-radius: {px(3)}px; }}
QProgressBar::chunk {{ background: {c["accent"]}; border-radius: {px(3)}px; }}
QPushButton[kind="flat"] {{ background: transparent; border: 1px solid transparent; padding: 0 {px(8)}px; }}
QPushButton[kind="flat"]:hover {{ background: {c["hover"]}; }}
QPushButton[kind="flat"]:disabled {{ color: {c["disabled"]}; }}
QPushButton[kind="flat"]:focus {{ border: 2px solid {c["link"]}; padding: 0 {px(7)}px; }}
QPushButton[kind="link"] {{ color: {c["link"]}; background: transparent; border: 1px solid transparent;
    padding: 0 {px(8)}px; }}
QPushButton[kind="link"]:hover {{ background: {c["accent_soft"]}; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {c["link"]}; padding: 0 {px(7)}px; }}
"""


def _tabs(c: _Hex, px: Scale) -> str:
    return f"""
QTabWidget::pane {{ border: none; border-top: 1px solid {c["pane_line"]}; }}
QTabWidget::tab-bar {{ left: {px(4)}px; }}
QTabBar {{ background: transparent; border: none; outline: none; }}
QTabBar::tab {{ color: {c["muted"]}; background: transparent; border: none;
    border-bottom: 2px solid transparent; padding: 0 {px(12)}px; margin: 0 {px(1)}px;
    min-height: {px(36)}px; }}
{"".join(f'QTabBar[padding="{side}"]::tab {{ padding: 0 {px(side)}px; margin: 0; }}' for side in _SIDES)}
QTabBar[low="true"]::tab {{ min-height: {px(28)}px; }}
QTabBar::tab:hover {{ color: {c["text"]}; }}
QTabBar::tab:selected {{ color: {c["text"]}; border-bottom: 2px solid {c["accent"]}; }}
QTabBar::tear {{ width: 0; border: none; }}
QTabBar::scroller {{ width: {px(24)}px; }}
QTabBar QToolButton {{ background: {c["button"]}; border: 1px solid {c["pane_line"]}; }}
QTabBar QToolButton:hover {{ background: {c["button_hover"]}; }}
QTabBar::tab:focus {{ color: {c["link"]}; border: 2px solid {c["link"]}; border-radius: {px(4)}px;
    padding: 0 {px(12) - 2}px; min-height: {px(36) - 2}px; }}
{"".join(_focused_tab(side, px) for side in _SIDES)}
QTabBar[low="true"]::tab:focus {{ min-height: {px(28) - 2}px; }}
"""


def _focused_tab(side: int, px: Scale) -> str:
    """A tab that has the keyboard is framed within its own bounds: nothing moves."""
    return f'QTabBar[padding="{side}"]::tab:focus {{ padding: 0 {px(side) - 2}px; margin: 0; }}'


def _tables(c: _Hex, px: Scale) -> str:
    return f"""
QTableView, QTreeView {{ background: {c["base"]}; color: {c["text"]}; border: none; outline: none;
    selection-background-color: {c["highlight"]}; selection-color: {c["text"]}; }}
QHeaderView {{ background: {c["base"]}; border: none; }}
QHeaderView::section {{ background: {c["base"]}; color: {c["muted"]}; border: none;
    border-bottom: 1px solid {c["pane_line"]}; padding: 0 {px(8)}px; min-height: {px(29)}px;
    max-height: {px(29)}px; }}
QTableView#sessionView QHeaderView::section:first {{ padding-left: {px(26)}px; }}
QTreeView QHeaderView::section:first, QTableView#planTable QHeaderView::section:first,
RowTable QHeaderView::section:first {{
    padding-left: {px(12)}px; }}
QHeaderView::section:hover {{ color: {c["text"]}; }}
"""


def _scroll_bars(c: _Hex, px: Scale) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: transparent; height: {px(10)}px; margin: 0; border: none; }}
QScrollBar::handle {{ background: {c["scroll"]}; border-radius: {px(3)}px; margin: {px(2)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}px; }}
QScrollBar::handle:hover {{ background: {c["tick_box"]}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
"""
