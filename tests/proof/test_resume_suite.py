"""The suite that resumes can fail: it sees launchers that were broken on purpose."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.proof import resume

ACKNOWLEDGES_AND_SAVES_NOTHING = """
from persistence import PersistentState
PersistentState.checkpoint = lambda launcher: True
"""
LOADS_NOTHING = """
from persistence.launching import resuming
from persistence.launching.report import Report
def load(launcher, resumption):
    resumption.result = Report(ok=True, etag=resumption.request.etag)
resuming._load = load
"""
REPORTS_NOTHING = """
from persistence.launching import resuming
resuming.write_answer = lambda *_: None
"""
SAVES_OTHERS = """
from persistence import PersistentState
take = PersistentState.get_persistent_attributes
def take_too_few(launcher):
    return {**take(launcher), "step": max(0, launcher.step - 2)}
PersistentState.get_persistent_attributes = take_too_few
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
@pytest.mark.parametrize(
    ("broken", "seen"),
    [
        (ACKNOWLEDGES_AND_SAVES_NOTHING, "was acknowledged, and nothing is saved"),
        (LOADS_NOTHING, "it started with trial 0, and"),
        (REPORTS_NOTHING, "it started, and reported nothing"),
        (SAVES_OTHERS, "the state is not wholly of trial"),
    ],
    ids=["acknowledges and saves nothing", "loads nothing", "reports nothing", "saves an older trial"],
)
def test_that_a_broken_launcher_is_seen(
    broken: str, seen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program itself loads it, by the module that Python looks for at its start."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "sitecustomize.py").write_text(broken, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "broken"))
    life = resume.Life(tmp_path, "own")
    for _ in range(2):
        if not life.broken:
            life.run(8, 0.0)
    assert seen in " ".join(life.broken)


def test_that_kills_fall_everywhere() -> None:
    chance = random.Random(1)
    assert {resume.moment_of(chance) for _ in range(1000)} == set(range(resume.MOMENTS))
