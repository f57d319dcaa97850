"""The scenes in which something is edited, saved, cleared, or changed by others meanwhile.

The one idea: nobody pretends. Who changes a state beside the operator is another program (`by_hand`), who
writes over his change is a launcher, and who keeps the lock is somebody else.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app import demo
from app.exchange import Banner
from app.hands import Hands, NotSeen, cell
from app.pictures.album import Album
from app.pictures.dated import OVERWRITING
from app.pictures.scenes import COUNT, escape, open_session, visit
from app.program import python
from app.remembering import OWN_FOLDER_ONLY
from app.views.parts.banner_view import BannerView
from app.views.state.value_box import ValueBox

CHECKED = "Checked by PredictiveLauncher itself"
"""What the launcher of the session that is edited says in the end, of all that is changed there."""

TYPED: Mapping[str, tuple[str, str]] = {
    "wrong": ("decimal", "5,5"),
    "text": ("text", "grating, then grey"),
    "yes-no": ("yes/no", "yes"),
    "date-time": ("date-time", "2026-11-23 14:29:51.204618+01:00"),
    "duration": ("duration", "48 minutes"),
    "mapping": ("mapping", '{"lick": 0.35}'),
    "empty": ("empty", ""),
}
"""What is typed for a new attribute, by the end of its picture's name: a type and a text."""


def edit(album: Album) -> None:
    """One value is edited, in its row and on the sheets; then the changes, the check and the save."""
    with album.window() as hands:
        open_session(album, hands, "ready")
        hands.expand("stateView", hands.row("stateView", "custom_settings"))
        hands.expand("stateView", hands.row("stateView", "thresholds"))
        hands.expand("stateView", hands.row("stateView", "laser_steps_mw"))
        put(hands, COUNT, "150")
        hands.select("stateView", hands.row("stateView", COUNT))
        hands.named(QWidget, "stateView").setFocus()
        album.take("window", hands)
        typed(album, hands)
        on_sheets(album, hands)
        put(hands, "reward_volume_ul", "6.5")
        put(hands, "param2", "43")
        visit(album, hands, "actionOperator", "operator")
        hands.named(QWidget, "detailTabs").setProperty("currentIndex", 1)
        album.take("changes", hands)
        visit(album, hands, "actionCheck", "check", CHECKED)
        visit(album, hands, "actionSave", "save", CHECKED)
        hands.trigger("actionRevert")


def typed(album: Album, hands: Hands) -> None:
    """The text of a value while it is typed."""
    hands.select("stateView", hands.row("stateView", "reward_volume_ul"))
    hands.trigger("actionEditValue")
    QTest.keyClicks(editor(hands), "6.25")
    album.take("typing", hands)
    QTest.keyClicks(editor(hands), ",5")
    album.take("typing-wrong", hands)
    QTest.keyClick(editor(hands), Qt.Key.Key_Escape)


def editor(hands: Hands) -> QWidget:
    """The field in the row that is edited."""
    return hands.wait(lambda: hands.window.findChild(QWidget, "valueText"), "the editor")


def on_sheets(album: Album, hands: Hands) -> None:
    """What is asked on sheets."""
    for name, row, action in (
        ("change-type", "reward_volume_ul", "actionChangeType"),
        ("edit-in-a-box", "stimulus_order", "actionEditInBox"),
        ("add", "custom_settings", "actionAdd"),
    ):
        hands.select("stateView", hands.row("stateView", row))
        hands.trigger(action)
        album.take(name, hands)
        if name == "add":
            type_new(album, hands)
        escape(hands)


def type_new(album: Album, hands: Hands) -> None:
    """What is new, as it is typed: a number, and one that would become another as one."""
    hands.type_into("Name", "rack")
    box = hands.named(ValueBox, "valueText")
    box.setFocus()
    for name, text in (("add-number", "764521"), ("add-zeros", "007")):
        box.selectAll()
        QTest.keyClicks(box, text)
        album.take(name, hands)
    for name, (kind, text) in TYPED.items():
        hands.choose("Type", kind)
        box.selectAll()
        QTest.keyClicks(box, text)
        album.take(f"add-{name}", hands)
    escape(hands)  # once for what was typed


def put(hands: Hands, row: str, text: str) -> None:
    """Type a value into its row. Raises NotSeen where it stands there already, as another scene saved it."""
    value = cell(hands.row("stateView", row), "Value")
    if value.data() == text:
        raise NotSeen(f"{row} is {text} already, and this would be no edit")
    hands.edit(value, text)
    hands.row("stateView", row, Value=text)


def by_hand(directory: Path, *command: str) -> None:
    """Somebody at another window changes a session."""
    line = [*by_hand_line(directory), *command]
    subprocess.run(line, cwd=demo.CODE, stdout=subprocess.DEVNULL, check=True)


def by_hand_line(directory: Path) -> list[str]:
    """The command line of somebody at another window."""
    who = ["--who", "ann", "--at", "2026-11-23T14:32:00"]
    return [python(), "-m", "resources.demo.by_hand", str(directory), *who]


def disagree(album: Album) -> None:
    """Somebody else saves while one edits: what can be put together is, the rest is decided."""
    session = album.demo.sessions["resumed from"]
    with album.window() as hands:
        open_session(album, hands, "resumed from")
        put(hands, COUNT, "50")
        put(hands, "param1", "value2")
        by_hand(session, "set", "reward_volume_ul", "6.0")
        album.take("merged", hands)
        put(hands, "experiment_phase", "washout")
        by_hand(session, "set", COUNT, "16")
        by_hand(session, "set", "experiment_phase", '"habituation"')
        album.take("changed-on-disk", hands)
        hands.press("Decide…")
        album.take("conflict", hands)
        escape(hands)
        hands.trigger("actionRevert")


def wait_for_another(album: Album) -> None:
    """Somebody keeps the lock; the operator sees who, and how long it is waited for."""
    command = ["set", "objective", '"20x"', "--slowly", "30"]
    other = [*by_hand_line(album.demo.sessions["imaging"]), *command]
    with (
        subprocess.Popen(other, cwd=demo.CODE, stdout=subprocess.PIPE) as holder,
        album.window() as hands,
    ):
        next(iter(holder.stdout or ()))  # it has the lock
        open_session(album, hands, "imaging")
        put(hands, "laser_power_mw", "19.0")
        hands.trigger("actionSave")
        hands.press("Save 1 change")
        album.take("waiting", hands)
        holder.kill()
        hands.wait(lambda: not hands.can_read("Waiting"), "the end of the wait")


def be_saved_over(album: Album) -> None:
    """A run saves over a change, and the change is offered again."""
    session = album.demo.root / "770012_2026-11-23_14-11-00"
    with album.window() as hands, album.demo.arriving(wait=0, seconds=8, session=OVERWRITING):
        hands.select("sessionView", hands.row("sessionView", session.name, Status="Running"))
        hands.row("stateView", COUNT)
        by_hand(session, "set", "reward_volume_ul", "6.0")
        hands.row("sessionView", session.name, Status="Completed")
        album.take("saved-over", hands)
        banners = hands.window.findChildren(BannerView)
        told = next(one for one in banners if one.banner.key.startswith("again:"))
        Hands(told).press("Show")
        album.take("apply-again", hands)


def lose_the_place(album: Album) -> None:
    """Edits whose session goes, edits of an earlier time, a folder that nobody trusts yet."""
    session = album.demo.sessions["long ago"]
    elsewhere = album.demo.directory / "elsewhere"
    with album.window(config="left") as hands:
        open_session(album, hands, "before that")
        put(hands, COUNT, "10")
        open_session(album, hands, "long ago")
        put(hands, COUNT, "8")
        session.rename(elsewhere)
        hands.trigger("actionRescan")
        album.take("gone", hands)
        banners = hands.window.findChildren(BannerView)
        gone = next(one for one in banners if one.banner.key.startswith("gone:"))
        Hands(gone).press("Discard edits")
        album.take("discarded", hands)
        banners = hands.window.findChildren(BannerView)
        discarded = next(one for one in banners if one.banner.key.startswith("discarded:"))
        Hands(discarded).press("Undo")
        elsewhere.rename(session)
        hands.trigger("actionRescan")
        hands.row("sessionView", session.name)
    with album.window(album.demo.directory / "nothing", config="left") as hands:
        hands.window.watch_folder_requested.emit(str(album.demo.root))  # type: ignore[attr-defined]
        open_session(album, hands, "ready")
        hands.row("stateView", COUNT)
        album.take("kept", hands)
        hands.press("Trust this folder")
        for what in ("before that", "long ago"):
            open_session(album, hands, what)
            hands.trigger("actionRevert")


def read_banners(album: Album) -> None:
    """One banner of each colour, as long as they come."""
    with album.window() as hands:
        open_session(album, hands, "ready")
        hands.row("stateView", COUNT)
        name = album.demo.sessions["ready"].name
        show = hands.window.show_banner  # type: ignore[attr-defined]
        doubt = "it was saved, but that was not confirmed: the folder cannot be synced. Look at it now."
        show(Banner("doubt:x", "amber", f"{name}: {doubt}"))
        show(Banner("ended:x", "green", f"The experiment {name} (Completed) has ended.", (("Show", "x"),)))
        full = "the disk is full. Nothing was changed, and your edits are kept."
        show(Banner("refused:x", "vermilion", f"{name}: {full}", (("Save…", "x"),)))
        link = album.demo.directory / "rig-share"
        link.symlink_to(album.demo.root)
        hands.window.watch_folder_requested.emit(str(link))  # type: ignore[attr-defined]
        hands.read("is the same folder as")
        album.take("banners", hands)
        link.unlink()


def share_with_another_window(album: Album) -> None:
    """Two windows on one session, what the next one finds of both; and a demo that keeps to its folder."""
    with album.window(config="two") as first, album.window(config="two") as second:
        for hands, text in ((first, "111"), (second, "222")):
            open_session(album, hands, "ready")
            put(hands, COUNT, text)
            kept = partial(_is_kept, album.demo.directory / "two", text)
            hands.wait(kept, f"the edit {text}, kept")
        second.read("has unsaved edits in another window")
        second.window.watching_more.keep_to(str(album.demo.root), OWN_FOLDER_ONLY)  # type: ignore[attr-defined]
        second.trigger("actionWatchFolder")
        album.take("another-window", second)
    with album.window(config="two") as hands:
        album.take("left-by-two", hands)


def _is_kept(config: Path, text: str) -> bool:
    return any(text in file.read_text("utf-8") for file in config.rglob("*.edits.json"))


def clear(album: Album) -> None:
    """A saved state is cleared, and that can be undone."""
    with album.window() as hands:
        open_session(album, hands, "a week ago")
        hands.row("stateView", COUNT)
        hands.trigger("actionClear")
        album.take("clear", hands)
        hands.press("Clear saved state")
        album.take("cleared", hands)
        hands.press("Undo")
        hands.row("stateView", COUNT)
