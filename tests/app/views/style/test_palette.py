"""The colours, measured from the data: everything that is read can be read, in both palettes."""

from __future__ import annotations

import json
import re
from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette

from app.views.style.kind_icons import KIND_ICONS
from app.views.style.looks import BANNER_ICONS, MARK_LOOKS, STATUS_LOOKS, status_look
from app.views.style.palette import HUES, Colors, load_colors, qt_palette
from app.views.style.stylesheet import stylesheet
from persistence.values.kinds import Kind
from resources import read

ENOUGH = 4.5  # WCAG 2.2, level AA, for text of this size
PALETTES = ("light", "dark")


@pytest.fixture(params=PALETTES)
def colors(request: pytest.FixtureRequest) -> Colors:
    return load_colors(request.param)


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two opaque colours, 1 to 21, after WCAG 2.2 ("relative luminance")."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_that_contrast_is_what_wcag_says() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)
    assert contrast(QColor("#FFFFFF"), QColor("#FFFFFF")) == 1


@pytest.mark.parametrize("hue", HUES)
def test_that_statuses_and_marks_can_be_read_on_every_ground(colors: Colors, hue: str) -> None:
    grounds = {"base": colors["base"], "highlight": colors["highlight"], "tint": colors.hue(hue).tint}
    measured = {name: contrast(colors.hue(hue).text, ground) for name, ground in grounds.items()}
    assert {name: value for name, value in measured.items() if value < ENOUGH} == {}


TEXTS = ("text", "muted", "link")
GROUNDS = ("base", "alternate", "window", "sheet", "sheet_footer", "field", "button", "highlight")


@pytest.mark.parametrize(("text", "ground"), list(product(TEXTS, GROUNDS)))
def test_that_texts_can_be_read_on_every_ground(colors: Colors, text: str, ground: str) -> None:
    assert contrast(colors[text], colors[ground]) >= ENOUGH


Of = QPalette.ColorRole
PAINTED_BY_QT = (
    (Of.WindowText, Of.Window), (Of.Text, Of.Base), (Of.Text, Of.AlternateBase), (Of.ButtonText, Of.Button),
    (Of.PlaceholderText, Of.Base), (Of.ToolTipText, Of.ToolTipBase), (Of.HighlightedText, Of.Highlight),
    (Of.Link, Of.Base), (Of.LinkVisited, Of.Base), (Of.BrightText, Of.Accent),
)  # fmt: skip


@pytest.mark.parametrize(("text", "ground"), PAINTED_BY_QT, ids=lambda role: role.name)
def test_that_what_qt_paints_by_itself_can_be_read(
    colors: Colors, text: QPalette.ColorRole, ground: QPalette.ColorRole
) -> None:
    palette = qt_palette(colors)
    assert contrast(palette.color(text), palette.color(ground)) >= ENOUGH


FAINT = re.compile(r":disabled|::(chunk|handle|separator|indicator)")
"""What is greyed may be, and what has no words."""


def test_that_words_can_be_read_on_every_ground_that_the_stylesheet_gives_them(colors: Colors) -> None:
    """As while the mouse is over them, or they are pressed."""
    rules = rules_of(colors)
    measured = {one: contrast_in(rules, one, colors) for one in rules if not FAINT.search(one)}
    assert len([value for value in measured.values() if value]) > 20
    assert {one: value for one, value in measured.items() if value and value < ENOUGH} == {}


def rules_of(colors: Colors) -> dict[str, dict[str, str]]:
    """What the stylesheet says of each of its selectors."""
    found: dict[str, dict[str, str]] = {}
    for selectors, said in re.findall(r"([^{}]+){([^{}]*)}", stylesheet(colors, round)):
        pairs = [one.partition(":") for one in said.split(";") if ":" in one]
        for selector in selectors.split(","):
            known = found.setdefault(selector.strip(), {})
            known.update((name.strip(), value.strip()) for name, _, value in pairs)
    return found


def contrast_in(rules: dict[str, dict[str, str]], selector: str, colors: Colors) -> float:
    """Of words by one rule, and by those for the same without its state and kind; 0 without a ground."""
    said: dict[str, str] = {}
    for end in (*(found.start() for found in re.finditer(r"\[|::?", selector)), len(selector)):
        said |= rules.get(selector[:end], {})
    ground = said.get("background", "")
    return contrast(QColor(said.get("color", colors["text"].name())), QColor(ground)) if "#" in ground else 0


@pytest.mark.parametrize("ground", ["accent", "accent_hover"])
def test_that_the_main_button_can_be_read(colors: Colors, ground: str) -> None:
    assert contrast(colors["on_accent"], colors[ground]) >= ENOUGH


def test_that_tick_boxes_can_be_seen(colors: Colors) -> None:
    assert contrast(colors["tick_box"], colors["base"]) >= 3


@pytest.mark.parametrize("ground", ["base", "window", "button", "sheet_footer"])
def test_that_what_is_greyed_is_faint_and_can_be_seen(colors: Colors, ground: str) -> None:
    measured = contrast(colors["disabled"], colors[ground])
    assert 2 <= measured < contrast(colors["muted"], colors[ground])


def test_that_the_window_below_a_sheet_is_darker_and_can_be_seen(colors: Colors) -> None:
    assert 60 < colors["scrim"].alpha() < 200
    assert colors["scrim"].lightness() < colors["window"].lightness()


def test_that_edited_values_and_their_neighbours_can_be_read_on_the_tint_of_their_row(colors: Colors) -> None:
    tint = colors.hue("amber").tint
    assert contrast(colors["text"], tint) >= ENOUGH
    assert contrast(colors["muted"], tint) >= ENOUGH


def test_that_both_palettes_have_the_same_roles() -> None:
    light, dark = (json.loads(read("palettes", f"{name}.json")) for name in PALETTES)
    assert light.keys() == dark.keys()
    assert not load_colors("light").dark
    assert load_colors("dark").dark


def test_that_disabled_text_is_faded_and_nothing_else_changes_with_the_state(colors: Colors) -> None:
    palette = qt_palette(colors)
    disabled, active = QPalette.ColorGroup.Disabled, QPalette.ColorGroup.Active
    text, highlight = QPalette.ColorRole.Text, QPalette.ColorRole.Highlight
    assert palette.color(disabled, text) == colors["disabled"]
    assert palette.color(disabled, highlight) == palette.color(active, highlight) == colors["highlight"]


def test_that_every_kind_status_and_mark_has_a_glyph_of_a_hue_that_exists() -> None:
    assert set(KIND_ICONS) == set(Kind)
    assert {look.hue for look in (*STATUS_LOOKS.values(), *MARK_LOOKS.values())} <= set(HUES)
    assert set(BANNER_ICONS) <= set(HUES)
    assert status_look("a status of tomorrow").hue == "grey"


def test_that_no_two_statuses_share_glyph_and_colour() -> None:
    assert len(set(STATUS_LOOKS.values())) == len(STATUS_LOOKS)
