"""The album as a command: `python -m app.pictures DIRECTORY [SCENE ...]`."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app import demo
from app.hands import NotSeen
from app.pictures import changing, dated, resuming, scenes
from app.pictures.album import AT_TWICE_THE_SCALE, LOOKS, Album
from app.pictures.contents import CONTENTS

TWICE = "QT_SCALE_FACTOR"
SCENES: tuple[Callable[[Album], None], ...] = (
    scenes.begin,
    scenes.list_sessions,
    scenes.find_sessions,
    scenes.look_at_states,
    scenes.recover,
    scenes.look_at_files,
    scenes.look_back,
    scenes.help_oneself,
    changing.edit,
    changing.disagree,
    changing.wait_for_another,
    changing.be_saved_over,
    changing.lose_the_place,
    changing.read_banners,
    changing.clear,
    resuming.resume,
    resuming.resume_without_an_entry,
    resuming.run_and_stop,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the dated demo, play all scenes; 1 when one of them did not show what it should."""
    options = parse(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    looks, suffix = (AT_TWICE_THE_SCALE, "-twice") if TWICE in os.environ else (LOOKS, "")
    options.directory.mkdir(parents=True, exist_ok=True)
    os.environ.update(dict.fromkeys(("LOGNAME", "USER", "LNAME", "USERNAME"), "rig3"))
    with the_same_place() as place:
        made = demo.make(place, _quietly, dated.SESSIONS, dated.NOW)
        album = Album(made, options.directory.resolve(), looks, suffix)
        failed = [scene for scene in options.scenes if not _played(scene, album)]
    missing = [] if len(options.scenes) < len(SCENES) else sorted(set(CONTENTS) - set(album.taken))
    print(f"{len(album.taken)} pictures of {len(looks)} looks each in {options.directory}")
    if missing:
        print(f"not taken: {', '.join(missing)}")
    return 1 if failed or missing else 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Where the pictures go, and of which scenes."""
    names = {scene.__name__: scene for scene in SCENES}
    parser = argparse.ArgumentParser(prog="python -m app.pictures", description="Take all pictures.")
    parser.add_argument("directory", type=Path, metavar="DIRECTORY")
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=f"all, or of {', '.join(names)}")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.scenes if name not in names]
    if unknown:
        parser.error(f"no such scene: {', '.join(unknown)}")
    options.scenes = [names[name] for name in options.scenes] or list(SCENES)
    return options


@contextlib.contextmanager
def the_same_place() -> Iterator[Path]:
    """The folder of the demo, of the same name in each run, because pictures show it.

    What an earlier run left there goes. Raises OSError when anything else is there.
    """
    place = Path(tempfile.gettempdir()) / "rig3"
    mark = place / "of the pictures"
    if mark.exists():
        shutil.rmtree(place)
    place.mkdir()
    try:
        mark.touch()
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _quietly(_: str) -> None:
    """What the demo says of each session is nothing to this command."""


def _played(scene: Callable[[Album], None], album: Album) -> bool:
    print(f"{(scene.__doc__ or '').splitlines()[0]} ... ", end="", flush=True)
    try:
        scene(album)
    except NotSeen as reason:
        print(f"FAILED\n  {reason}")
        return False
    print("ok", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
