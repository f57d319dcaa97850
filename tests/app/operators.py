"""An operator at a rig with a list of launchers, who resumes, follows and stops; for tests of those rooms.

The one idea: the workers are the real ones, the launcher really runs, and what was answered is noted. Not for
the window: what it makes of the answers is tested with it.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pytestqt.qtbot import QtBot

from app.files.changes import read_session
from app.launchers.registry import NAME
from app.resume_exchange import ResumeOffer, ResumeRequest, Run
from app.resuming.offering import Prepare
from app.resuming.resume import Begun, NotStarted, Resume, Start
from app.runs.following import Follow, Following, Output
from app.settings import places
from persistence.store import StateFile
from tests.small_rig import Rig

Answer = TypeVar("Answer")


class Operator:
    """A resume worker with a registry and a session of its own, and what it answered."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.rig = Rig(folder)
        self.config = folder / "config"
        self.config.mkdir()
        self.session = self.rig.root / "764521_2026-11-23_14-05-00"
        self.qtbot = qtbot
        self.answers: list[object] = []
        self.resume: Resume | None = None
        self.following: Following | None = None

    @classmethod
    def at(cls, other: "Operator") -> "Operator":
        """A second operator of the same rig, at a window of his own."""
        made = cls.__new__(cls)
        made.__dict__.update(other.__dict__)
        made.answers, made.resume, made.following = [], None, None
        return made

    def registers(
        self, *command: str, cwd: str | None = None, namespace: str = "",
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        """Put one entry into launchers.toml."""
        lines = [f"[{json.dumps(namespace or self.rig.namespace)}]", f"python = {json.dumps(sys.executable)}"]
        lines += [f"command = {json.dumps(list(command))}"]
        lines += [f"cwd = {json.dumps(cwd)}"] if cwd else []
        pairs = ", ".join(f"{name} = {json.dumps(value)}" for name, value in environment.items())
        lines += [f"environment = {{ {pairs} }}"] if pairs else []
        (self.config / NAME).write_text("\n".join(lines), encoding="utf-8")

    def begin(self, confirm_seconds: float = 30.0) -> None:
        self.resume = Resume(places(self.config), confirm_seconds)
        self.following = Following(places(self.config))
        self.resume.answered.connect(self.take)
        for worker in (self.resume, self.following):
            worker.answered.connect(self.answers.append)
            worker.start()

    def take(self, answer: object) -> None:
        """What is started is followed."""
        if isinstance(answer, Begun) and self.following is not None:
            self.following.ask(Follow(answer.started))

    def leave(self) -> None:
        """Close the window."""
        for worker in (self.resume, self.following):
            if worker is not None:
                worker.close()
                assert worker.wait()

    def asks(self, errand: object) -> None:
        if self.resume is None:
            self.begin()
        assert self.resume is not None
        self.resume.ask(errand)

    def starts(self, subject: str = "764521", namespace: str = "", leave_out: tuple[str, ...] = ()) -> None:
        """Start as if that had been confirmed on the sheet."""
        etag = StateFile(self.session).peek()
        launcher = namespace or self.rig.namespace
        session = str(self.session)
        request = ResumeRequest(session, launcher, subject, "ann", False, etag, leave_out)
        self.asks(Start(request, etag))

    def offered(self) -> ResumeOffer:
        self.asks(Prepare(read_session(str(self.session)), subject="764521", users=("ann",)))
        self.wait(lambda: bool(self.of(ResumeOffer)))
        return self.of(ResumeOffer)[-1]

    def of(self, kind: type[Answer]) -> list[Answer]:
        return [answer for answer in self.answers if isinstance(answer, kind)]

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def ended(self) -> Run:
        self.wait(lambda: any(run.state in ("ended", "failed", "stopped") for run in self.of(Run)))
        return self.of(Run)[-1]

    def told_end(self) -> str:
        """Why a run ended, or was not started; empty as long as neither was told."""
        over = [run.note for run in self.of(Run) if run.state in ("ended", "failed", "stopped")]
        return (over + [one.sentence for one in self.of(NotStarted)] + [""])[0]

    @property
    def printed(self) -> str:
        return "".join(output.text for output in self.of(Output))


def with_a_run(operator: Operator) -> None:
    """Let the session be one that the rig's launcher really made."""
    operator.session = operator.rig.run()


def launch(operator: Operator) -> None:
    operator.registers("{python}", str(operator.rig.script), "--param_file", "{param_file}")
