"""A suite: whatever happens to a watched folder, or to the watching, the list is true within ten seconds.

One idea: a world is one way in which a list goes wrong in silence: events lost, forbidden or not understood,
folders that go and come back, more changes at once than anybody hears. It happens to real folders, and the
rooms that keep the list are the real ones, in processes that can be stopped and limited
(`tests.proof.rooms`). Where events alone must do, the rooms never look by themselves.

Not for: how the list is shown.
"""

from __future__ import annotations

import random
import secrets
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.proof.suite import Outcome, Suite
from tests.proof.worlds import Liar, Process, World
from tests.small_rig import made_session

SOON = "0.2"
"""Seconds between two looks, where what no event tells of is to be seen."""
WATCHES = 12
BURST, SHORT_BURST = 5000, 300
LONG = 50
"""Rounds from which a burst is as large as on the worst of rigs."""


# --- what happens -----------------------------------------------------------------------------------------


def events_are_lost(world: World) -> None:
    """More happens than the system keeps for one who does not listen; what matters comes last."""
    world.watch()
    before = world.process.ask("truth", str(world.root))["missed"]
    noise = world.root / "noise"
    noise.write_text("")
    with world.process.stopped():
        for _ in range(int(Path("/proc/sys/fs/inotify/max_queued_events").read_text()) // 4 + 100):
            noise.rename(world.root / "nois")
            (world.root / "nois").rename(noise)
        world.change()
    said = world.wait_for_truth(lambda said: said["missed"] != before)
    world.counts["overflows"] += said["missed"] != before


def watches_run_out(world: World) -> None:
    world.watch(sessions=WATCHES)
    world.change()
    said = world.wait_for_truth()
    world.counts["folders without a watch"] += " of " in str(said["how"])


def instances_run_out(world: World) -> None:
    world.watch()
    world.change()
    said = world.wait_for_truth()
    if said["live"] or "max_user_instances" not in str(said["note"]):
        raise Liar(f"nobody is told that no events arrive: {said}")


def events_are_not_understood(world: World) -> None:
    world.watch()
    world.process.ask("break", str(world.chance.randrange(1, 5)))
    world.change()
    world.wait_for_truth()


def root_is_removed_and_made_again(world: World) -> None:
    world.watch()
    shutil.rmtree(world.root)
    if world.chance.random() < 0.5:
        world.wait_for_truth(lambda said: not said["available"])
    world.root.mkdir()
    world.make()
    world.wait_for_truth(lambda said: bool(said["available"]))
    world.change()
    world.wait_for_truth()


def root_goes_away_and_comes_back(world: World) -> None:
    world.watch()
    away = world.root.with_name("away")
    world.root.rename(away)
    if world.chance.random() < 0.5:
        world.wait_for_truth(lambda said: not said["available"])
    shutil.rmtree(next(away.iterdir()))
    away.rename(world.root)
    world.wait_for_truth(lambda said: bool(said["available"]))
    world.change()
    world.wait_for_truth()


def many_sessions_land_at_once(world: World) -> None:
    world.watch()
    for _ in range(world.burst):
        world.make()
    world.wait_for_truth()
    world.counts["sessions landed at once"] += world.burst


def everything_is_renamed(world: World) -> None:
    world.watch()
    for _ in range(40):
        world._move_one()
    world.change()
    world.wait_for_truth()


def folders_cannot_be_read_for_a_while(world: World) -> None:
    world.watch()
    folder = world.make().parent
    world.wait_for_truth()
    folder.chmod(0)
    try:
        world.wait_for_truth()
        world.make("another")
        world.wait_for_truth()
    finally:
        folder.chmod(0o755)
    world.wait_for_truth()
    world.change()
    world.wait_for_truth()


def events_are_silent(world: World) -> None:
    """As on a share of another computer."""
    world.watch("polling")
    for _ in range(2):
        world.change()
        world.wait_for_truth()


# --- rounds -----------------------------------------------------------------------------------------------

ROOMS: dict[str, tuple[str, ...]] = {
    "that hear": (),
    "that look": ("--rescan", SOON),
    "with few watches": ("--rescan", SOON, "--watches", str(WATCHES), "--instances", "8"),
    "without instances": ("--rescan", SOON, "--watches", "100", "--instances", "0"),
}
WORLDS: tuple[tuple[Callable[[World], None], str], ...] = (
    (many_sessions_land_at_once, "that hear"),
    (everything_is_renamed, "that hear"),
    (events_are_silent, "that hear"),
    (root_is_removed_and_made_again, "that look"),
    (root_goes_away_and_comes_back, "that look"),
    (folders_cannot_be_read_for_a_while, "that look"),
    (events_are_lost, "that hear"),
    (events_are_not_understood, "that hear"),
    (watches_run_out, "with few watches"),
    (instances_run_out, "without instances"),
)
OF_LINUX = 4
"""So many at the end are about inotify."""


def run(rounds: int, directory: Path) -> Outcome:
    """So many rounds; a folder of which the list was not true stays where it is."""
    return tried(rounds, directory)


def tried(rounds: int, directory: Path, spoilt: Sequence[str] = ()) -> Outcome:
    """The same, with methods of the rooms that do nothing."""
    worlds = WORLDS if sys.platform == "linux" else WORLDS[:-OF_LINUX]
    spoiling = [word for name in spoilt for word in ("--spoil", name)]
    wanted = {kind for _, kind in worlds[:rounds]}
    processes = {
        kind: Process((*ROOMS[kind], *spoiling), directory / f"rooms {kind}.log")
        for kind in ROOMS
        if kind in wanted
    }
    trial = Trial(rounds, directory, processes)
    try:
        lacking = {kind: said for kind, process in processes.items() if (said := process.is_lacking())}
        possible = [(happens, kind) for happens, kind in worlds if kind not in lacking]
        for number in range(rounds):
            trial.round(number, *possible[number % len(possible)])
    finally:
        ends = [process.end() for process in processes.values()]
    violations = (*trial.violations, *filter(None, ends))
    return Outcome(rounds, violations, "; ".join([trial.details(), *set(lacking.values())]))


class Trial:
    """Rounds, and what they showed."""

    def __init__(self, rounds: int, directory: Path, processes: dict[str, Process]) -> None:
        self._directory = directory
        self._processes = processes
        self._seed = secrets.randbits(40)
        self._burst = BURST if rounds >= LONG else SHORT_BURST
        self._template = _template(directory)
        self._counts: Counter[str] = Counter()
        self._slowest = 0.0
        self.violations: list[str] = []

    def round(self, number: int, happens: Callable[[World], None], kind: str) -> None:
        """Let one thing happen to a new folder."""
        folder = self._directory / f"round{number}"
        folder.mkdir()
        chance, process = random.Random(self._seed + number), self._processes[kind]
        world = World(folder / "root", process, chance, self._template, self._burst, self._counts)
        try:
            happens(world)
        except Liar as error:
            name = happens.__name__.replace("_", " ")
            self.violations.append(f"{name} (rooms {kind}, seed {self._seed + number}): {error}")
        else:
            shutil.rmtree(folder)
        process.ask("forget", str(world.root))
        self._slowest = max(self._slowest, world.slowest)

    def details(self) -> str:
        """Figures, and the seed of the first round."""
        figures = [f"{count:,} {what}" for what, count in self._counts.items()]
        return ", ".join(
            [*figures, f"true after {self._slowest:.1f} s at the latest, first seed {self._seed}"]
        )


def _template(directory: Path) -> str:
    """The text of a saved state."""
    with tempfile.TemporaryDirectory(dir=directory) as folder:
        return (made_session(Path(folder)) / "session_state.json").read_text("utf-8")


SUITE = Suite(
    name="watch truth",
    how=(
        "events lost by a real overflow, forbidden by limits on watches and instances, or not understood; a"
        " watched folder removed and made again, moved away and back, unreadable for a while; 5,000 sessions"
        " at once, storms of renames, and a share where events are silent; the list of the real rooms equals"
        " a fresh look at the disk within ten seconds"
    ),
    unit="rounds",
    full=100,
    short=10,
    run=run,
)
