"""Random lives of one session against a plain model (`tests.proof.life`); the proof has many more."""

from __future__ import annotations

from hypothesis import settings

from tests.proof.life import Session

TestSession = Session.TestCase
TestSession.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
