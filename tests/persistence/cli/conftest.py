"""The session of tests that need no more of one than that it has a saved state."""

from pathlib import Path

import pytest

import persistence


class Rig:
    """A launcher-like object."""

    def __init__(self) -> None:
        self.x = 1


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A session with one saved state: x is 1."""
    assert persistence.save(Rig(), tmp_path)
    return tmp_path
