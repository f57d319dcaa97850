"""What the tests of files have in common."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is there."""
    path = tmp_path / "state.json"
    path.write_bytes(b"old")
    return path
