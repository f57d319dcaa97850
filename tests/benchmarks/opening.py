"""A process that opens a window and ends when it was painted: `python -m tests.benchmarks.opening HOW ...`.

``bare``: an empty table, and nothing else. ``known ROOT OWN``: ours, the way that `rigstate-gui ROOT` goes,
until real rows of what an index in `OWN` knows of the folder were painted in the list; ``whole ROOT OWN``:
until all of the window is there. ``idle ROOT OWN SECONDS``: ours, for so long after all was read; it prints
the per cent of a core that it took meanwhile.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Qt is imported by ours, in its own way
    from app.opening import Opening


def ours(how: str, root: str, own: str, seconds: str = "0") -> int:
    """The program itself, until its list was painted with sessions in it, until all of it is there, or for so
    long.
    """
    from app.__main__ import main as rigstate_gui

    def begun(opening: Opening) -> None:
        from tests.benchmarks.painted import Idle, Painted, leave

        window = opening.front.window
        window.resize(1440, 900)
        if how == "whole":
            opening.whole.connect(leave)
        else:
            view = window.sessions.view
            act = leave if how == "known" else Idle(float(seconds), window).begin
            Painted(view.viewport(), lambda: view.model().rowCount() > 0, act)

    os.environ["RIGSTATE_CONFIG_DIR"] = own
    return rigstate_gui([root], begun=begun)


def main(how: str, *arguments: str) -> int:
    """Until it was painted, or for so long."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if how != "bare":
        return ours(how, *arguments)
    from tests.benchmarks.painted import bare

    return bare()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
