"""The album: each picture in both palettes and both sizes, taken when it shows what it promises.

The one idea: a scene is played once, as an operator plays it, and looked at from all sides while it stands.
What a picture promises stands in `contents`, and is looked for in the window before it is taken. Not for
what is played: the scenes do that.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabWidget

from app.demo import Demo
from app.driven import SIZE, SMALL, driven
from app.hands import Hands, NotSeen, cell
from app.pictures.contents import CONTENTS, STATUS_WORDS
from app.pictures.dated import now
from app.views.parts.banner_view import BannerView
from app.views.parts.sheet import Sheet

PALETTES = ("light", "dark")
SECONDS = 60.0
SETTLING_MS = 60  # layouts that wait for layouts have then done what they do


@dataclass(frozen=True)
class Appearance:
    """One way of looking at a scene: the name of the palette and the size of the window."""

    palette: str
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """As it stands at the end of a picture's name."""
        return f"{self.palette}-{self.size[0]}"


LOOKS = tuple(Appearance(palette, size) for size in (SIZE, SMALL) for palette in PALETTES)
AT_TWICE_THE_SCALE = tuple(Appearance(palette, SMALL) for palette in PALETTES)


class Album:
    """Where the pictures of one run go. `taken` are the names of those that were taken."""

    def __init__(
        self, demo: Demo, directory: Path, looks: Sequence[Appearance] = LOOKS, suffix: str = ""
    ) -> None:
        self.demo = demo
        self.taken: list[str] = []
        self._directory = directory
        self._looks = looks
        self._suffix = suffix

    @contextlib.contextmanager
    def window(
        self, *roots: Path, config: str = "", known: bool = True, greeting: str = "", rig_config: str = ""
    ) -> Iterator[Hands]:
        """A window on folders (by default the demo's), with settings of its own, unless it shares `config`
        with another; its list of launchers is the demo's where they are `known`, and this computer has no
        `rig_config` but this one.
        """
        where = self.demo.directory / (config or f"settings-{len(self.taken)}")
        where.mkdir(exist_ok=True)
        if known:
            shutil.copy(self.demo.config_dir / "launchers.toml", where)
        with driven(
            roots or (self.demo.root,), where, size=self._looks[0].size, clock=now, greeting=greeting,
            rig_configs=(rig_config,),
        ) as window:  # fmt: skip
            try:
                yield Hands(window, SECONDS)
            except NotSeen:
                Hands(window).picture(self._directory / f"failed-{len(self.taken)}.png")
                raise

    def take(self, name: str, hands: Hands, again: Callable[[], None] | None = None) -> None:
        """One picture, from all sides. What lasts for a moment only is begun `again` before each of them.
        Raises NotSeen when it does not show what it promises, OSError.
        """
        picture = CONTENTS[name]
        for thing in picture.shows:
            hands.wait(lambda thing=thing: sees(hands, thing), f"{thing}, for the picture {name}")  # type: ignore[misc]
        if picture.everywhere or not self._suffix:
            for look in self._looks:
                self._look(look, hands)
                if again is not None:
                    again()
                hands.picture(self._directory / f"{name}-{look.name}{self._suffix}.png")
            self._look(self._looks[0], hands)
        self.taken.append(name)

    def _look(self, look: Appearance, hands: Hands) -> None:
        hands.trigger(look.palette.capitalize())
        hands.window.resize(*look.size)
        QTest.qWait(SETTLING_MS)


def sees(hands: Hands, thing: str) -> bool:
    """Whether the window shows a `thing` of the contents now."""
    kind, _, name = thing.partition(" ")
    window = hands.window
    if kind == "sheet":
        return any(type(one).__name__ == name and one.isVisible() for one in window.findChildren(Sheet))
    if kind == "tab":
        tabs = window.findChild(QTabWidget, "detailTabs")
        return tabs is not None and tabs.isVisible() and tabs.tabText(tabs.currentIndex()).startswith(name)
    if kind == "page":
        return any(name == one.tabText(one.currentIndex()) for one in window.findChildren(QTabWidget))
    if kind == "banner":
        found = [one for one in window.findChildren(BannerView) if one.isVisible()]
        return any(one.banner.key.partition(":")[0] == name for one in found)
    if kind == "status":
        return any(cell(row, "Status").data() == STATUS_WORDS[name] for row in hands.rows("sessionView"))
    raise NotSeen(f"nobody knows what a {kind} is")
