"""What tests of the watched folders begin with."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.app.disk.asked import Asked


@pytest.fixture(autouse=True)
def pieces_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look is told in pieces of so many sessions, not of what is done in a tenth of a second."""
    for room in ("walking", "looks", "tidings", "questions"):
        monkeypatch.setattr(f"app.listing.{room}.PIECE_SECONDS", 60.0)


@pytest.fixture
def asked(tmp_path: Path, qtbot: QtBot) -> Iterator[Asked]:
    made = Asked(tmp_path, qtbot, rescan_seconds=3600)
    yield made
    made.disk.close()
    assert made.disk.wait()


@pytest.fixture
def cached(tmp_path: Path, qtbot: QtBot) -> Callable[[], Asked]:
    """Workers on one folder, one after another, with one cache."""
    (tmp_path / "root").mkdir()
    return lambda: Asked(tmp_path / "root", qtbot, 3600, tmp_path / "cache")
