"""Random lives of one session against a plain model: every version that was acknowledged is found.

One idea: the model knows no numbers. It writes down what the library says that stands, number and bytes, and
from then on this must be true for ever, whatever else happens to the session: other programs, crashes, full
disks, a log that is lost. What nobody was told may be there or not; what stands in the file is always
somebody's whole bytes.

Not for: how many lives there are (`tests.proof.model`), or which error comes of what (tests of the store).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from persistence.document import Document, render
from persistence.errors import Conflict, NotConfirmed, StateError
from persistence.files import live as live_module
from persistence.files.history import FOLDER, LOG
from persistence.files.retention import ENDINGS, Policy
from persistence.store import STATE_FILE, Committed, Snapshot, StateFile
from tests.persistence.first_save import first_save
from tests.proof.examples import Broken
from tests.proof.sudden import failing_at, killed_at

DENSE = 4
"""Of so few newest versions each is kept, so that thinning out begins within one life."""

values = st.integers(0, 5)
clients = st.integers(0, 1)
calls = st.integers(0, 100)
notes = st.sampled_from(["", "checkpoint", "completed"])
DAMAGED = (b"", b"\0\0\0", b'{"launcher_states": {"m.L"')
NEWER = b'{"version": "2.0.0"}'


def state(trials: int) -> Document:
    """A document of one launcher."""
    return first_save({"trials": trials})


anything = values.map(lambda trials: render(state(trials))) | st.sampled_from([*DAMAGED, NEWER])


@dataclass(frozen=True)
class Stands:
    """A version that stands. `note`: with which a launcher saved it; None when it is no launcher's."""

    data: bytes
    note: str | None = None

    @property
    def passing(self) -> bool:
        """Whether a launcher saved it on its way."""
        return self.note is not None and self.note not in ENDINGS


def etag_of(data: bytes | None) -> str:
    """Of any bytes, said here once more: what is checked is not asked."""
    return "absent" if data is None else hashlib.sha256(data).hexdigest()


def is_state(data: bytes | None) -> bool:
    """Whether bytes are a state that we may write."""
    if data is None or data == NEWER:
        return False
    try:
        return isinstance(json.loads(data), dict)
    except ValueError:
        return False


class Session(RuleBasedStateMachine):
    """A session directory with two clients of ours, and programs that know nothing of us.

    `live`: the bytes of the file. `note`: that of the launcher's save that wrote them, as far as one did.
    `ours`: what the last commit of ours wrote, told or not: where the same bytes come again, deleted in
    between or not, they are that version again. `standing`: what we were told, by number. `seen`: the etags
    that the clients saw last. `complete`: no line of the log was ever lost.
    """

    def __init__(self, parent: Path | None = None, counts: Counter[str] | None = None) -> None:
        super().__init__()
        self.parent = parent
        self.counts = Counter[str]() if counts is None else counts

    @initialize()
    def start(self) -> None:
        """An empty session."""
        self.directory = Path(tempfile.mkdtemp(dir=self.parent))
        self.path = self.directory / STATE_FILE
        self.log = self.directory / FOLDER / LOG
        policy = Policy(dense=DENSE)
        self.clients = [StateFile(self.directory, who=name, policy=policy) for name in ("anna", "berta")]
        self.standing: dict[int, Stands] = {}
        self.live: bytes | None = None
        self.note: str | None = None
        self.ours: Stands | None = None
        self.seen = ["absent", "absent"]
        self.complete = True
        self.pause, live_module.SETTLE_SECONDS = live_module.SETTLE_SECONDS, 0.0

    def teardown(self) -> None:
        """All that was ever acknowledged, once more and to the byte; then leave nothing."""
        if not hasattr(self, "directory"):
            return
        self.counts["lives"] += 1
        self.counts["versions"] += len(self.standing)
        try:
            self.check_bytes(self.standing)
        finally:
            live_module.SETTLE_SECONDS = self.pause
            shutil.rmtree(self.directory)

    # --- our own commits ----------------------------------------------------------------------------------

    def committed(self, made: Committed, data: bytes, note: str | None = None) -> None:
        """A commit of ours stands, and so does what it replaced."""
        self.replaced(made.replaced)
        if made.sequence in self.standing:
            raise Broken(f"number {made.sequence} was given twice")
        self.standing[made.sequence] = Stands(data, note)
        self.wrote(data, note)
        self.counts["commits"] += 1

    def wrote(self, data: bytes, note: str | None) -> None:
        """The file holds what a commit of ours wrote."""
        self.live, self.note = data, note
        self.ours = Stands(data, note)

    def replaced(self, number: int | None) -> None:
        """What stood in the file went into history, under this number."""
        if (number is None) != (self.live is None):
            raise Broken(f"a commit says that it replaced version {number}")
        if number is None or self.live is None:
            return
        known = self.standing.setdefault(number, Stands(self.live, self.note))
        if known.data != self.live:
            raise Broken(f"number {number} was given to other bytes before")

    @rule(client=clients, trials=values)
    def edit(self, client: int, trials: int) -> None:
        """A client commits onto what it saw last, as an operator does."""
        expected, now = self.seen[client], etag_of(self.live)
        try:
            made = self.clients[client].commit(state(trials), expected_etag=expected)
        except Conflict:
            if expected == now:
                raise
            self.seen[client] = now
        except StateError:
            if self.live != NEWER:
                raise
        else:
            if expected != now:
                raise Broken("an edit was committed onto bytes that its client had not seen")
            self.seen[client] = made.etag
            self.committed(made, render(state(trials)))

    @rule(client=clients, trials=values, note=notes)
    def save(self, client: int, trials: int, note: str) -> None:
        """A client saves onto the newest, as a launcher does."""
        given: list[Snapshot | None] = []

        def change(found: Snapshot | None) -> Document:
            given.append(found)
            return state(trials)

        try:
            made = self.clients[client].update(change, action="save", note=note)
        except StateError:
            if self.live != NEWER:
                raise
            return
        if (given[0] is not None) != is_state(self.live) or (given[0] and given[0].data != self.live):
            raise Broken("a save was given other bytes than those of the file")
        self.committed(made, render(state(trials)), note)

    @rule(client=clients)
    def clear(self, client: int) -> None:
        """A client takes all out of the file."""
        try:
            made = self.clients[client].clear()
        except StateError:
            if is_state(self.live):
                raise
        else:
            if not is_state(self.live):
                raise Broken("what is no state of ours was cleared")
            self.committed(made, made.snapshot.data)

    @precondition(lambda self: self.standing)
    @rule(client=clients, data=st.data())
    def restore(self, client: int, data: st.DataObject) -> None:
        """A client brings back any version."""
        sequence = data.draw(st.sampled_from(sorted(self.standing)))
        wanted = self.standing[sequence].data
        try:
            made = self.clients[client].restore(sequence)
        except StateError:
            if is_state(wanted) and self.live != NEWER and not self.may_be_gone(sequence):
                raise
        else:
            if made.snapshot.data != wanted:
                raise Broken(f"restoring version {sequence} brought other bytes")
            self.committed(made, wanted)

    # --- what goes wrong ----------------------------------------------------------------------------------

    @precondition(lambda _self: hasattr(os, "fork"))
    @rule(trials=values, call=calls)
    def crash(self, trials: int, call: int) -> None:
        """A process of ours is killed in the middle of a save."""
        if self.live == NEWER:
            return
        before, data = self.live, render(state(trials))

        def work() -> str:
            made = self.clients[0].update(lambda _: state(trials), action="save")
            return f"{made.sequence} {made.replaced or 0}"

        told = killed_at(call, work)
        self.counts["crashes"] += not told
        found = self.path.read_bytes() if self.path.exists() else None
        if found not in (before, data) or (told and found != data):
            raise Broken(f"after a crash the file is neither the old nor the new one: {found!r}")
        if told:
            sequence, number = map(int, told[0].split())
            self.replaced(number or None)
            self.standing[sequence] = Stands(data, note="")
        elif found != before and before is not None:
            self.replaced(self.current() - 1)  # nobody was told, but what was replaced was kept before
        if found == data:
            self.wrote(data, "")

    @rule(trials=values, call=calls, once=st.booleans(), error=st.sampled_from([errno.ENOSPC, errno.EIO]))
    def fail(self, trials: int, call: int, once: bool, error: int) -> None:
        """The disk fails in the middle of a save."""
        data = render(state(trials))
        try:
            with failing_at(call, error, once=once):
                made = self.clients[0].update(lambda _: state(trials), action="save")
        except NotConfirmed as told:  # neither success nor failure: the bytes are there, and may be lost yet
            self.counts["not confirmed"] += 1
            self.replaced(told.committed.replaced)
            self.wrote(data, "")
        except StateError:
            self.counts["failed commits"] += 1
        else:
            self.committed(made, data, note="")

    def foreign(self, data: bytes | None) -> None:
        """Somebody else wrote; the same bytes as ours are nothing that anybody could tell apart."""
        self.note = self.ours.note if self.ours and self.ours.data == data else None
        self.live = data

    @rule(data=anything)
    def write_in_place(self, data: bytes) -> None:
        """An old program rewrites the file."""
        self.path.write_bytes(data)
        self.foreign(data)

    @rule(data=anything)
    def exchange(self, data: bytes) -> None:
        """A program replaces the file by another."""
        other = self.directory / "other.json"
        other.write_bytes(data)
        other.replace(self.path)
        self.foreign(data)

    @precondition(lambda self: self.live)
    @rule(data=st.data())
    def truncate(self, data: st.DataObject) -> None:
        """Somebody's write is cut short."""
        size = data.draw(st.integers(0, len(self.live or b"") - 1))
        os.truncate(self.path, size)
        self.foreign((self.live or b"")[:size])

    @precondition(lambda self: self.live is not None)
    @rule()
    def delete(self) -> None:
        """Somebody deletes the file."""
        self.path.unlink()
        self.foreign(None)

    @rule(wholly=st.booleans())
    def lose_the_log(self, wholly: bool) -> None:
        """The log, or the end of its last line: what it said is unknown, the bytes are not."""
        text = self.log.read_bytes() if self.log.exists() else b""
        if not text.endswith(b"\n"):  # torn before, and no line was written since
            return
        self.log.write_bytes(text[:-20])
        if wholly:
            self.log.unlink()
        self.complete = False
        newest = max(self.standing, default=0)
        last, before = self.standing.get(newest), self.standing.get(newest - 1)
        if last and before and last.data == before.data:
            del self.standing[newest]  # nothing else tells it apart from the one before

    # --- what must hold -----------------------------------------------------------------------------------

    def current(self) -> int:
        """The number of the live version."""
        return next(version.sequence for version in self.clients[0].history() if version.current)

    def may_be_gone(self, number: int) -> bool:
        """Whether it may have been thinned out: a launcher's save on its way, old, followed by another."""
        follower = self.standing.get(number + 1)
        old = number <= max(self.standing) - DENSE
        thinned = self.standing[number].passing and (follower is None or follower.note is not None)
        return number > 1 and old and thinned

    def check_bytes(self, numbers: dict[int, Stands]) -> None:
        """To the byte."""
        for number, stands in numbers.items():
            try:
                found = self.clients[1].version(number)
            except StateError as error:
                if not self.may_be_gone(number):
                    raise Broken(f"version {number} cannot be had: {error}") from None
                continue
            if found != stands.data:
                raise Broken(f"version {number} has other bytes")

    @invariant()
    def every_version_is_there(self) -> None:
        """By its number; the newest ones with their bytes."""
        if not hasattr(self, "directory"):
            return
        if (self.path.read_bytes() if self.path.exists() else None) != self.live:
            raise Broken("the file holds what nobody wrote")
        known = {version.sequence: version for version in self.clients[0].history()}
        for number in self.standing:
            if not (number in known and known[number].available) and not self.may_be_gone(number):
                raise Broken(f"version {number} is not there")
        if self.complete and list(known) != list(range(1, len(known) + 1)):
            raise Broken(f"the versions are numbered {list(known)}")
        current = [version for version in known.values() if version.current]
        if [version.etag for version in current] != ([] if self.live is None else [etag_of(self.live)]):
            raise Broken("the live version is not the bytes of the file")
        if current and current[0].sequence != max(known):
            raise Broken("the live version is not the newest one")
        self.check_bytes({number: self.standing[number] for number in sorted(self.standing)[-3:]})
        strange = {
            path.name for path in self.directory.iterdir() if not path.name.startswith(".session_state")
        }
        if not strange <= {STATE_FILE}:
            raise Broken(f"these are left behind: {strange}")
