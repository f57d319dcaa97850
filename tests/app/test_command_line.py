"""What is asked for on the command line of the window."""

from __future__ import annotations

import pytest

from app.command_line import Wanted, wanted


@pytest.mark.parametrize("folders", [(), ("/data",), ("a folder", "b")])
def test_that_folders_alone_are_what_they_are(folders: tuple[str, ...]) -> None:
    assert wanted(folders) == Wanted(folders)


def test_that_folders_beside_options_are_the_same() -> None:
    assert wanted(["--demo", "/data"]) == Wanted(("/data",), demo=True)
    assert wanted(["--", "-data"]) == Wanted(("-data",))


def test_that_an_entry_is_made_or_taken_away_instead_of_a_window() -> None:
    assert wanted(["--install-desktop-entry"]).entry == "install"
    assert wanted(["--remove-desktop-entry"]).entry == "remove"
