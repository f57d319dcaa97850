"""The rooms of the window that keep its list, in a process of their own that can be stopped, limited, broken.

One idea: they are the real ones, tied together as the window ties them, without anything to be seen. Whoever
started the process tells it by lines which folders to watch, and asks whether the list is true; it is
compared with what a fresh look at the disk finds.

Not for: what happens to the folders (`tests.proof.watch_truth`). Run as `python -m tests.proof.rooms`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import logging
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.disk.folders import Folders
from app.disk.watching import Watching
from app.folder_errands import RootSeen, ScanEnded
from app.listing.catalog import Catalog
from app.session import Summary
from app.watch import inotify_ear
from app.watch.polling import PollingEar
from app.watch.root_watch import How
from app.watch.watcher import Watcher
from persistence.scan import find_sessions, summarize
from tests.proof.child import die_with
from tests.proof.limits import limit_inotify, read_only_what_is_allowed

POLL_SECONDS = 0.2
Fact = tuple[object, ...]


class Rooms(QObject):
    """The rooms, and the lines that come in and go out."""

    asked = Signal(object)

    def __init__(self, rescan_seconds: float) -> None:
        super().__init__()
        self.folders = Folders(rescan_seconds, self)
        self.catalog = Catalog(self)
        self.watching = Watching(self.folders, self.catalog, self)
        self.watcher = Watcher(self)
        self.folders.answered.connect(self.watching.take)
        self.folders.answered.connect(self._note_look)
        self.watcher.stirred.connect(self.watching.take_stirred)
        self.watcher.watched.connect(self.watching.take_watched)
        self.watcher.watched.connect(self._count)
        self.watching.begin(self.watcher)
        self.asked.connect(self._answer)
        self.missed: dict[str, int] = {}
        self.awaited: dict[str, type] = {}
        """Where something was missed, what of the look that this asks for is still to come."""
        self.errors: list[str] = []

    def read(self) -> None:
        """Hand on the lines of the standard input; an empty one at its end. On a thread of its own."""
        for line in sys.stdin:
            self.asked.emit(line.rstrip("\n"))
        self.asked.emit("")

    def end(self) -> bool:
        """End every thread. False when one hangs."""
        return all([self.watching.end(), self.folders.shutdown()])

    def _count(self, watched: object) -> None:
        root, missed = str(getattr(watched, "root", "")), bool(getattr(watched, "missed", False))
        self.missed[root] = self.missed.get(root, 0) + missed
        if missed:
            self.awaited[root] = RootSeen

    def _note_look(self, answer: object) -> None:
        """A look begins with RootSeen; one that ends without was begun before."""
        if isinstance(answer, RootSeen | ScanEnded) and self.awaited.get(answer.root) is type(answer):
            del self.awaited[answer.root]
            if isinstance(answer, RootSeen):
                self.awaited[answer.root] = ScanEnded

    def _answer(self, line: str) -> None:
        what, _, root = line.partition(" ")
        match what:
            case "events" | "polling":
                how: How = "events" if what == "events" else "polling"
                self.watching.add(root, how)
                say({})
            case "forget":
                self.watching.remove(root)
                say({})
            case "break":
                break_events(int(root))
                say({})
            case "truth":
                say(self._truth(root))
            case _:
                QCoreApplication.quit()

    def _truth(self, root: str) -> dict[str, object]:
        (status,) = (one for one in self.catalog.roots if one.root == root)
        return {
            "available": status.available,
            "checked": status.checked_at is not None,
            "live": status.live,
            "how": status.how,
            "note": status.note,
            "missed": self.missed.get(root, 0),
            "looking": root in self.awaited,
            "errors": self.errors,
            "differs": differs(held(self.catalog, root), on_disk(root)) if status.available else "",
        }


def held(catalog: Catalog, root: str) -> dict[str, Fact]:
    """What the list says of each session."""
    return {summary.directory: fact(summary) for summary in catalog.below(root)}


def on_disk(root: str) -> dict[str, Fact]:
    """The same, by a fresh look."""
    found = (summarize(path, Path(root)) for path in find_sessions(Path(root)))
    return {summary.directory: fact(summary) for summary in found if summary is not None}


def fact(summary: Summary) -> Fact:
    """What of a session has to be right."""
    problem = summary.problem.kind if summary.problem else ""
    return summary.etag, summary.size, summary.mtime_ns, problem, summary.running is not None


def differs(held: Mapping[str, Fact], there: Mapping[str, Fact]) -> str:
    """Where the list is not what is there; empty where it is."""
    wrong = {path for path in held.keys() & there.keys() if held[path] != there[path]}
    parts = {
        "not there any more": {path for path in held.keys() - there.keys() if not is_out_of_reach(path)},
        "not listed": there.keys() - held.keys(),
        "listed as it was before": wrong,
    }
    return ", ".join(f"{len(paths)} {what} ({min(paths)})" for what, paths in parts.items() if paths)


def is_out_of_reach(path: str) -> bool:
    """Whether a folder on the way there cannot be listed, so that nobody knows what is in it."""
    return not all(is_listable(folder) for folder in Path(path).parents)


def is_listable(folder: Path) -> bool:
    """Whether it can be listed; one that is gone is nobody's secret."""
    try:
        with os.scandir(folder):
            return True
    except PermissionError:
        return False
    except OSError:
        return True


def break_events(number: int) -> None:
    """The next events cannot be understood."""
    meaning = inotify_ear._meaning
    left = [number]

    def broken(*arguments: object) -> str:
        if left[0]:
            left[0] -= 1
            raise RuntimeError("an event that nobody understands")
        return meaning(*arguments)  # type: ignore[arg-type]  # they are what it takes

    inotify_ear._meaning = broken  # type: ignore[assignment]


def spoil(name: str) -> None:
    """Let a method of the rooms do nothing, so that it shows whether anybody sees that."""
    module, cls, method = name.rsplit(".", 2)
    setattr(getattr(importlib.import_module(module), cls), method, lambda *_, **__: None)


def say(answer: dict[str, object]) -> None:
    """One line, as JSON."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rescan", type=float, default=3600)
    parser.add_argument("--watches", type=int)
    parser.add_argument("--instances", type=int)
    parser.add_argument("--spoil", action="append", default=[])
    options = parser.parse_args(arguments)
    die_with(os.getppid())
    lacking = ""
    if options.watches is not None:
        lacking = limit_inotify(watches=options.watches, instances=options.instances)
    read_only_what_is_allowed()
    say({"lacking": lacking})
    if lacking:
        return 0
    for name in options.spoil:
        spoil(name)
    logging.disable(logging.CRITICAL)  # what is broken on purpose is no news
    PollingEar.period = POLL_SECONDS
    application = QCoreApplication(["rooms"])
    rooms = Rooms(options.rescan)
    sys.excepthook = lambda kind, error, _: rooms.errors.append(f"{kind.__name__}: {error}")
    threading.Thread(target=rooms.read, daemon=True).start()
    application.exec()
    return 0 if rooms.end() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
