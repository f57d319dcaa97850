"""What tests of the watched folders begin with."""

import pytest


@pytest.fixture(autouse=True)
def pieces_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look is told in pieces of so many sessions, not of what is done in a tenth of a second."""
    for room in ("walking", "tidings", "questions"):
        monkeypatch.setattr(f"app.listing.{room}.PIECE_SECONDS", 60.0)
