"""The album as a command: `python -m app.pictures [DIRECTORY] [--only SCENE ...] [--docs]`.

One run takes all pictures in both palettes and sizes, and starts itself again for the main ones at twice the
scale, which Qt takes at its start only. Exit code 1 when a scene did not show what it should. Not for what is
played: `scenes`, `changing` and `resuming` have that.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app import demo
from app.hands import NotSeen
from app.pictures import changing, dated, large, resuming, scenes, seldom, slips
from app.pictures.album import AT_TWICE_THE_SCALE, LOOKS, Album
from app.pictures.contents import CONTENTS
from app.pictures.for_docs import keep_few
from app.program import python
from persistence.errors import LockTimeout
from persistence.lock import FileLock

TWICE = "QT_SCALE_FACTOR"
PICTURES, DOCS = demo.CODE / "build" / "pictures", demo.CODE / "docs" / "pictures"
SCENES: tuple[Callable[[Album], None], ...] = (
    scenes.begin,
    scenes.list_sessions,
    scenes.find_sessions,
    scenes.look_at_states,
    scenes.recover,
    scenes.look_at_files,
    scenes.look_back,
    scenes.follow_a_number,
    scenes.help_oneself,
    changing.edit,
    changing.disagree,
    changing.wait_for_another,
    changing.be_saved_over,
    changing.lose_the_place,
    changing.read_banners,
    changing.share_with_another_window,
    changing.clear,
    slips.mistype_a_name,
    slips.mistype_a_number,
    slips.find_nothing,
    slips.watch_twice,
    slips.disagree_at_length,
    slips.come_back_too_late,
    seldom.copy_a_large_row,
    seldom.click_elsewhere,
    seldom.reach_no_folder,
    seldom.make_do,
    resuming.resume,
    resuming.resume_without_an_entry,
    resuming.run_and_stop,
    resuming.resume_elsewhere,
    large.read_from_afar,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the dated demo, play all scenes; 1 when one of them did not show what it should."""
    options = parse(arguments)
    options.directory.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.update(dict.fromkeys(("LOGNAME", "USER", "LNAME", "USERNAME"), "rig3"))
    os.environ["TZ"] = "CET-1"
    if hasattr(time, "tzset"):
        time.tzset()
    try:
        failed = take(options.directory.resolve(), options.scenes)
    except LockTimeout:
        print("Other pictures are being taken on this computer. Type the same when they are done.")
        return 1
    if TWICE not in os.environ:
        names = [scene.__name__ for scene in options.scenes]
        command = [python(), "-m", "app.pictures", str(options.directory.resolve()), "--only", *names]
        failed |= subprocess.run(command, env={**os.environ, TWICE: "2"}, check=False).returncode != 0
        if options.docs:
            keep_few(options.directory, DOCS)
    return int(failed)


def take(directory: Path, played: Sequence[Callable[[Album], None]]) -> bool:
    """Take the pictures of these scenes, at the scale of this process; whether something went wrong."""
    looks, suffix = (AT_TWICE_THE_SCALE, "-twice") if TWICE in os.environ else (LOOKS, "")
    with the_same_place() as place:
        made = demo.make(place, _quietly, dated.SESSIONS, dated.NOW)
        dated.settle(made.sessions)
        album = Album(made, directory, looks, suffix)
        failed = [scene for scene in played if not _played(scene, album)]
    print(f"{len(album.taken)} scenes seen from {len(looks)} sides, in {directory}")
    missing = sorted(set(CONTENTS) - set(album.taken)) if len(played) == len(SCENES) else []
    if missing:
        print(f"not taken: {', '.join(missing)}")
    return bool(failed or missing)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Where the pictures go, and of which scenes."""
    names = {scene.__name__: scene for scene in SCENES}
    parser = argparse.ArgumentParser(prog="bootstrap.py pictures", description="Take all pictures.")
    parser.add_argument("directory", type=Path, nargs="?", default=PICTURES, metavar="DIRECTORY")
    parser.add_argument("--only", nargs="+", metavar="SCENE", choices=names, default=list(names))
    parser.add_argument("--docs", action="store_true", help="those of the documentation anew, too")
    options = parser.parse_args(arguments)
    options.scenes = [names[name] for name in options.only]
    return options


@contextlib.contextmanager
def the_same_place() -> Iterator[Path]:
    """The folder of the demo, of the same name in each run, because pictures show it.

    What an earlier run left there goes. Raises LockTimeout where another run is at it, which would lose its
    folder, and OSError when anything else is there.
    """
    place = Path(tempfile.gettempdir()) / "rig3"
    mark, lock = place / "of the pictures", FileLock(place.with_suffix(".lock"))
    lock.acquire(0)
    with lock:
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
