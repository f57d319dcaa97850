"""What is asked for on the command line of the window."""

from __future__ import annotations

import pytest

from app.command_line import Wanted, wanted


@pytest.mark.parametrize("folders", [(), ("/data",), ("a folder", "b")])
def test_that_folders_alone_are_what_they_are(folders: tuple[str, ...]) -> None:
    assert wanted(folders) == Wanted(folders)


def test_that_folders_beside_options_are_the_same() -> None:
    assert wanted(["--demo"]) == Wanted((), demo=True)
    assert wanted(["--", "-data"]) == Wanted(("-data",))


def test_that_the_demo_and_a_folder_of_ones_own_exclude_each_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        wanted(["--demo", "/data"])
    assert "the demo shows its own folder; leave out --demo to watch yours" in capsys.readouterr().err


def test_that_an_entry_is_made_or_taken_away_instead_of_a_window() -> None:
    assert wanted(["--install-desktop-entry"]).entry == "install"
    assert wanted(["--remove-desktop-entry"]).entry == "remove"
