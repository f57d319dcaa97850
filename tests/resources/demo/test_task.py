"""The task of the demo rig, as a process: what it prints and how it ends."""

from __future__ import annotations

import subprocess
import sys

from tests.syntax import PROJECT


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "resources.demo.task", "--seconds", "0", *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_that_it_prints_a_line_for_each_trial_and_ends_well() -> None:
    answer = run("--first", "4", "--trials", "3")
    assert answer.returncode == 0
    assert answer.stdout.splitlines() == ["trial 4: hit", "trial 5: hit", "trial 6: hit"]


def test_that_it_breaks_where_it_is_told_to() -> None:
    answer = run("--trials", "5", "--break_at", "3")
    assert answer.returncode == 1
    assert answer.stdout.splitlines()[-1] == "the stimulus computer does not answer"
    assert len(answer.stdout.splitlines()) == 3
