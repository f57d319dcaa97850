"""The scenes in large text: twice the usual size, also in the smallest window.

The one idea: this is what somebody sees who reads at arm's length, and nothing of it may be cut. Not for
twice the scale: that is another screen, and the album is taken there, too.
"""

from __future__ import annotations

from app.hands import Hands
from app.pictures.album import Album
from app.pictures.changing import CHECKED, put
from app.pictures.resuming import fill
from app.pictures.scenes import COUNT, escape, open_session, visit
from app.settings import FONT_PERCENTS

PERCENT = 200


def read_from_afar(album: Album) -> None:
    """The list, a state, its change, and what is asked before it is saved and resumed, in large text."""
    with album.window() as hands:
        open_session(album, hands, "ready")
        put(hands, COUNT, "150")
        _enlarge(hands)
        album.take("large-list", hands)
        hands.trigger("actionState")  # in the smallest window one of both is shown
        album.take("large-state", hands)
        visit(album, hands, "actionSave", "large-save", CHECKED)
        hands.trigger("actionResume")
        fill(hands, "764521")
        album.take("large-resume", hands)
        escape(hands)
        hands.trigger("actionRevert")


def _enlarge(hands: Hands) -> None:
    """As with the key, step by step."""
    theme = hands.window.theme  # type: ignore[attr-defined]
    for percent in FONT_PERCENTS:
        if theme.percent < percent <= PERCENT:
            hands.trigger("actionTextLarger")
            hands.wait(lambda wanted=percent: theme.percent == wanted, f"text at {percent} %")  # type: ignore[misc]
