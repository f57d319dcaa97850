"""A suite: whatever happens to a watched folder, or to the watching, the list is true within ten seconds.

One idea: a world is one way in which a list goes wrong in silence: events lost, forbidden or not understood,
folders that go and come back, more changes at once than anybody hears. It happens to real folders, and the
rooms that keep the list are the real ones, in processes that can be stopped and limited
(`tests.proof.rooms`). Where events alone must do, the rooms never look by themselves.

Not for: how the list is shown.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.proof.suite import Outcome, Suite
from tests.small_rig import made_session
from tests.syntax import PROJECT

TRUE_WITHIN = 10.0
BEGUN_WITHIN = 60.0
"""Seconds for a list to be true for the first time."""
SOON = "0.2"
"""Seconds between two looks, where what no event tells of is to be seen."""
WATCHES = 12
BURST, SHORT_BURST = 5000, 300
LONG = 50
"""Rounds from which a burst is as large as on the worst of rigs."""


Said = dict[str, object]
Condition = Callable[[Said], bool]


class Liar(Exception):
    """The list is not true; the sentence says in what."""


class Process:
    """Rooms in a process of their own."""

    def __init__(self, options: Sequence[str], log: Path) -> None:
        self._log = log
        with log.open("w") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.proof.rooms", *options],
                cwd=PROJECT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.lacking: str | None = None

    def is_lacking(self) -> str:
        """What this machine lacks for it; waits for its beginning."""
        if self.lacking is None:
            self.lacking = str(self._line()["lacking"])
        return self.lacking

    def ask(self, *words: str) -> Said:
        """Say a line, and return the answer."""
        stdin = _open(self._process.stdin)
        stdin.write(" ".join(words) + "\n")
        stdin.flush()
        return self._line()

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        """It hears nothing meanwhile, and what happens piles up.

        The signal goes to one thread, which stops the others once it has a turn; until then they go on. So it
        is waited for the system's word that all of them stand still.
        """
        self._process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self._process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def threads(self) -> list[str]:
        """In what state the system says each of its threads is: "T" is stopped. Of Linux."""
        stats = Path(f"/proc/{self._process.pid}/task").glob("*/stat")
        return [stat.read_text().rpartition(") ")[2][0] for stat in stats]

    def end(self) -> str:
        """End it; returns what was wrong with that, or with anything before."""
        _open(self._process.stdin).close()
        try:
            code = self._process.wait(TRUE_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        _open(self._process.stdout).close()
        warnings = self._log.read_text()
        return f"the rooms ended by {code}, and said: {warnings}" if code or warnings else ""

    def _line(self) -> Said:
        line = _open(self._process.stdout).readline()
        if not line:
            raise Liar("the rooms ended by themselves")
        answer: Said = json.loads(line)
        return answer


def _open(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


@dataclass
class World:
    """A folder that is watched, and the rooms that watch it."""

    root: Path
    process: Process
    chance: random.Random
    template: str
    burst: int
    counts: Counter[str]
    made: int = 0
    slowest: float = 0.0
    sessions: list[Path] = field(default_factory=list)

    def watch(self, how: str = "events", sessions: int = 4) -> None:
        """Begin, with a few sessions, and wait until all is known and nobody looks at the whole any more:
        what comes now is heard or it is not listed.
        """
        self.root.mkdir()
        for _ in range(sessions):
            self.make()
        self.process.ask(how, str(self.root))
        self.wait_for_truth(
            lambda said: bool(said["checked"] and (said["live"] or said["note"]) and not said["looking"]),
            BEGUN_WITHIN,
        )

    def make(self, subject: str = "") -> Path:
        """A new session of a subject, as a launcher saves it."""
        self.made += 1
        session = self.root / (subject or f"mouse{self.chance.randrange(4)}") / f"session{self.made:05}"
        session.mkdir(parents=True)
        self.save(session)
        self.sessions.append(session)
        return session

    def save(self, session: Path) -> None:
        """Another state, of another size."""
        text = self.template.replace("15", str(self.chance.randrange(10 ** self.chance.randrange(1, 9))), 1)
        staged = session / ".new"
        staged.write_text(text)
        staged.rename(session / "session_state.json")

    def change(self, times: int = 8) -> None:
        """Some of everything that happens to sessions."""
        for _ in range(times):
            self.chance.choice((self.make, self._save_one, self._remove_one, self._move_one))()

    def _one(self) -> Path:
        self.sessions = [session for session in self.sessions if session.is_dir()] or [self.make()]
        return self.chance.choice(self.sessions)

    def _save_one(self) -> None:
        self.save(self._one())

    def _remove_one(self) -> None:
        shutil.rmtree(self._one())

    def _move_one(self) -> None:
        self.made += 1
        session = self._one()
        place = self.chance.choice((session, session.parent))  # with all that is below it
        target = self.root / f"moved{self.made}" / place.name
        target.parent.mkdir()
        place.rename(target)
        self.sessions += [one.parent for one in target.rglob("session_state.json")]

    def wait_for_truth(self, condition: Condition = lambda _: True, within: float = 0) -> Said:
        """Until the list is what is on the disk, and the condition holds.

        Raises Liar after so many seconds (0: ten).
        """
        began, within = time.monotonic(), within or TRUE_WITHIN
        while True:
            said = self.process.ask("truth", str(self.root))
            took = time.monotonic() - began
            if said["errors"]:
                raise Liar(f"an exception that nobody caught: {said['errors']}")
            if not said["differs"] and condition(said):
                self.slowest = max(self.slowest, took)
                return said
            if took > within:
                raise Liar(f"after {took:.0f} s: {said['differs'] or said}")
            time.sleep(0.02)


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
