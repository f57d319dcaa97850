"""The scenes of what is easily mistaken: a name that no launcher knows, a number with a zero too many, a
filter that finds nothing, two people at one value.

The one idea: what is wrong is said before anything is lost by it, and the launcher itself is asked. Not for
what goes wrong without anybody's doing: `changing` has that.
"""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.hands import Hands, cell
from app.pictures.album import Album
from app.pictures.changing import by_hand, editor, put
from app.pictures.resuming import fill
from app.pictures.scenes import COUNT, escape, open_session, visit

NOT_KNOWN = "is not known to this launcher"
UNUSUAL = "1500: Unusual: "


def mistype_a_name(album: Album) -> None:
    """A name is mistyped: the launcher itself says so, while it is typed and on both sheets."""
    with album.window() as hands:
        open_session(album, hands, "ready")
        hands.select("stateView", hands.row("stateView", "reward_volume_ul"))
        hands.trigger("actionRename")
        QTest.keyClicks(editor(hands), "reward_volum3_ul")
        hands.read(NOT_KNOWN)
        album.take("typing-name", hands)
        QTest.keyClick(editor(hands), Qt.Key.Key_Escape)
        hands.trigger("actionAdd")
        hands.type_into("Name", "reward_volum3_ul")
        hands.read("Did you mean reward_volume_ul?")
        album.take("add-name", hands)
        escape(hands)  # once for what was typed
        escape(hands)
        hands.edit(cell(hands.row("stateView", COUNT), "Attribute"), "trial_cuont")
        hands.row("stateView", "trial_cuont")
        visit(album, hands, "actionSave", "save-unknown-name", NOT_KNOWN)
        hands.trigger("actionResume")
        fill(hands, "764521")
        hands.read(NOT_KNOWN)
        album.take("resume-unknown-name", hands)
        escape(hands)
        hands.trigger("actionRevert")


def mistype_a_number(album: Album) -> None:
    """A number has a zero too many: each sheet that decides says that it is unusual."""
    session = album.demo.sessions["four days ago"]
    with album.window() as hands:
        open_session(album, hands, "four days ago")
        put(hands, COUNT, "1500")
        visit(album, hands, "actionSave", "save-unusual", UNUSUAL)
        visit(album, hands, "actionResume", "resume-unusual", UNUSUAL)
        visit(album, hands, "actionClear", "clear-unsaved")
        by_hand(session, "set", COUNT, "16")
        hands.press("Decide…")
        hands.read(UNUSUAL)
        album.take("conflict-unusual", hands)
        _come_back(hands, session)


def find_nothing(album: Album) -> None:
    """Attributes that a filter finds, and a filter that finds none."""
    with album.window() as hands:
        open_session(album, hands, "ready")
        hands.row("stateView", COUNT)
        hands.type_into("stateFilter", "reward")
        hands.wait(lambda: sum(1 for _ in hands.rows("stateView")) == 3, "a launcher and two attributes")
        album.take("filter-found", hands)
        hands.type_into("stateFilter", "reward_size")
        hands.read("No attribute matches")
        album.take("filter-nothing", hands)


def watch_twice(album: Album) -> None:
    """A folder that leads into a watched one by a link: its sessions are listed once, and that is said."""
    link = album.demo.directory / "by_link"
    link.symlink_to(album.demo.root, target_is_directory=True)
    with album.window() as hands:
        open_session(album, hands, "ready")
        hands.row("stateView", COUNT)
        hands.window.watch_folder_requested.emit(str(link))  # type: ignore[attr-defined]
        album.take("doubled", hands)


def disagree_at_length(album: Album) -> None:
    """Two people have changed long values: both are told apart by what is different in them."""
    session = album.demo.sessions["four days ago"]
    with album.window() as hands:
        open_session(album, hands, "four days ago")
        put(hands, "experiment_phase", "sequence_mismatch_with_omitted_oddballs")
        put(hands, "last_reward_at", "2026-11-19 10:16:20.000250+01:00")
        hands.edit(cell(hands.row("stateView", "stimulus_order"), "Value"), json.dumps(_gratings(last=15)))
        theirs = "sequence_mismatch_with_deviant_oddballs"
        by_hand(session, "set", "experiment_phase", json.dumps(theirs))
        at = {"__type__": "datetime", "value": "2026-11-19T10:16:40.000125+01:00"}
        by_hand(session, "set", "last_reward_at", json.dumps(at))
        by_hand(session, "set", "stimulus_order", json.dumps(_gratings(last=8)))
        hands.press("Decide…")
        album.take("conflict-long", hands)
        _come_back(hands, session)


def come_back_too_late(album: Album) -> None:
    """What was typed could not stand in its row, and somebody removed the attribute meanwhile."""
    session = album.demo.sessions["a week ago"]
    with album.window() as hands:
        open_session(album, hands, "a week ago")
        hands.select("stateView", hands.row("stateView", COUNT))
        hands.trigger("actionEditValue")
        QTest.keyClicks(editor(hands), "twelve or so")
        open_session(album, hands, "ready")
        by_hand(session, "remove", COUNT)
        open_session(album, hands, "a week ago")
        album.take("typed", hands)
    by_hand(session, "restore", "1")


def _gratings(*, last: int) -> list[str]:
    return [f"grating_{(7 * place) % 16:02d}" for place in range(60)] + [f"grating_{last:02d}"]


def _come_back(hands: Hands, session: Path) -> None:
    """As it was: later scenes show this session, too."""
    escape(hands)
    hands.trigger("actionRevert")
    by_hand(session, "restore", "1")
