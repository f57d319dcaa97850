"""Random lives of one session against a plain model: every version that can be there is there."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from persistence import live as live_module
from persistence.document import Document, new_document, render
from persistence.edits import with_namespace
from persistence.errors import Conflict, Refused
from persistence.history import FOLDER, LOG
from persistence.store import STATE_FILE, Snapshot, StateFile

values = st.integers(0, 5)
DAMAGED = (b"", b"\0\0\0", b'{"launcher_states": {"m.L"')
NEWER = b'{"version": "2.0.0"}'


def state(trials: int) -> Document:
    """A document of one launcher."""
    return with_namespace(
        new_document(), module="m", class_name="L", attributes={"trials": trials}, saved_at="2025", extra={}
    )


class Session(RuleBasedStateMachine):
    """A session directory with two clients of ours and programs that know nothing of us.

    `written` are all versions in order, `versions` the same with None for bytes that were overwritten where
    they stood. Bytes of others that nobody of us saved over yet (`logged` is False) have their number for as
    long as they stand there. `kept`: history holds the live bytes under the live version's own number.
    """

    @initialize()
    def start(self) -> None:
        """An empty session."""
        self.directory = Path(tempfile.mkdtemp())
        self.clients = [StateFile(self.directory, who=name) for name in ("anna", "berta")]
        self.versions: list[bytes | None] = []
        self.written: list[bytes] = []
        self.logged, self.kept = True, False
        self.live: bytes | None = None
        self.seen = ["absent", "absent"]
        self.pause, live_module.SETTLE_SECONDS = live_module.SETTLE_SECONDS, 0.0

    def teardown(self) -> None:
        """Leave nothing."""
        live_module.SETTLE_SECONDS = self.pause
        shutil.rmtree(self.directory)

    @property
    def path(self) -> Path:
        """The live file."""
        return self.directory / STATE_FILE

    def committed(self, data: bytes) -> None:
        """A commit of ours stands."""
        self.versions.append(data)
        self.written.append(data)
        self.live, self.logged, self.kept = data, True, False

    def gone(self) -> None:
        """The live bytes are no more where they stood."""
        if self.kept:
            self.kept = False
        elif self.live is not None and self.logged:
            self.versions[-1] = None
        elif self.live is not None:
            self.versions.pop()
            self.written.pop()
        self.live, self.logged = None, True

    def foreign(self, data: bytes) -> None:
        """Somebody wrote; to us that is a version only when the bytes are not those of the newest."""
        if data == self.live:
            return
        self.gone()
        if self.written and data == self.written[-1]:
            self.kept = self.versions[-1] is not None
            self.versions[-1] = data
        else:
            self.versions.append(data)
            self.written.append(data)
            self.logged = False
        self.live = data

    @rule(client=st.integers(0, 1), trials=values)
    def edit(self, client: int, trials: int) -> None:
        """A client commits onto what it saw last, as an operator does."""
        expected, now = self.seen[client], self.clients[client].peek()
        try:
            self.seen[client] = self.clients[client].commit(state(trials), expected_etag=expected).etag
        except Conflict:
            assert expected != now
            self.seen[client] = now
        except Refused:
            assert self.live == NEWER
        else:
            assert expected == now
            self.committed(render(state(trials)))

    @rule(client=st.integers(0, 1), trials=values)
    def save(self, client: int, trials: int) -> None:
        """A client saves onto the newest, as a launcher does."""
        given: list[Snapshot | None] = []

        def change(found: Snapshot | None) -> Document:
            given.append(found)
            return state(trials)

        try:
            made = self.clients[client].update(change, action="save")
        except Refused:
            assert self.live == NEWER
            return
        assert (given[0] is None) == (self.live is None or self.live in DAMAGED)
        assert given[0] is None or given[0].sequence == len(self.versions) == made.replaced
        self.committed(render(state(trials)))
        assert made.sequence == len(self.versions)

    @rule(client=st.integers(0, 1))
    def clear(self, client: int) -> None:
        """A client takes all out of the file."""
        good = self.live is not None and self.live not in (*DAMAGED, NEWER)
        try:
            made = self.clients[client].clear()
        except Exception:  # noqa: BLE001 - which one it is, other tests say
            assert not good
        else:
            assert good
            self.committed(made.snapshot.data)

    @precondition(lambda self: self.versions)
    @rule(client=st.integers(0, 1), data=st.data())
    def restore(self, client: int, data: st.DataObject) -> None:
        """A client brings back any version."""
        sequence = data.draw(st.integers(1, len(self.versions)))
        wanted = self.versions[sequence - 1]
        possible = wanted is not None and wanted not in (*DAMAGED, NEWER) and self.live != NEWER
        try:
            made = self.clients[client].restore(sequence)
        except Exception:  # noqa: BLE001 - which one it is, other tests say
            assert not possible
        else:
            assert possible
            assert wanted is not None
            assert made.snapshot.data == wanted
            self.committed(wanted)

    @rule(data=values.map(lambda trials: render(state(trials))) | st.sampled_from([*DAMAGED, NEWER]))
    def write_in_place(self, data: bytes) -> None:
        """An old program rewrites the file."""
        self.path.write_bytes(data)
        self.foreign(data)

    @rule(data=values.map(lambda trials: render(state(trials))) | st.sampled_from([*DAMAGED, NEWER]))
    def exchange(self, data: bytes) -> None:
        """A program replaces the file by another."""
        other = self.directory / "other.json"
        other.write_bytes(data)
        other.replace(self.path)
        self.foreign(data)

    @precondition(lambda self: self.live is not None)
    @rule()
    def delete(self) -> None:
        """Somebody deletes the file."""
        self.path.unlink()
        self.gone()

    @precondition(lambda self: self.live is not None and self.logged and self.versions)
    @rule()
    def tear_the_log(self) -> None:
        """The live version's line was cut short: what it said is unknown, its bytes are not."""
        log = self.directory / FOLDER / LOG
        lines = log.read_bytes()
        if not lines.endswith(b"\n"):  # torn before, and no line was written since
            return
        log.write_bytes(lines[:-20])
        self.logged = False
        if self.written[-2:-1] == [self.live]:  # the same bytes as before it, and nothing that tells it apart
            self.versions.pop()
            self.written.pop()
            self.logged, self.kept = True, self.versions[-1] is not None
            self.versions[-1] = self.live

    @invariant()
    def every_version_is_there(self) -> None:
        """By its number, with its bytes."""
        if not hasattr(self, "directory"):
            return
        for client in self.clients:
            history = client.history()
            known = {version.sequence: version for version in history}
            for sequence, data in enumerate(self.versions, 1):
                if data is not None:
                    assert known[sequence].available
                    assert client.version(sequence) == data
                elif sequence in known:
                    assert not known[sequence].available
            assert set(known) <= set(range(1, len(self.versions) + 1))
            assert [version.sequence for version in history if version.current] == (
                [len(self.versions)] if self.live is not None else []
            )
        names = {path.name for path in self.directory.iterdir()}
        assert names <= {STATE_FILE, FOLDER, ".session_state.lock"}


TestSession = Session.TestCase
TestSession.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
