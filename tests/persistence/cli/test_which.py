"""`--version` says what runs, and names an installation that takes itself apart."""

from pathlib import Path

import pytest

import persistence
from persistence.__main__ import main
from persistence.cli import which
from persistence.cli.which import clash, installed


def test_that_the_version_is_that_of_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"rigstate {persistence.__version__}\n"


def test_that_both_distributions_in_one_environment_are_found_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("rigstate", "rigstate_persistence"):
        told = tmp_path / f"{name}-1.0.0.dist-info"
        told.mkdir()
        (told / "METADATA").write_text(f"Name: {name.replace('_', '-')}\nVersion: 1.0.0\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert installed() == {which.WHOLE, which.LIBRARY}
    main(["--version"])
    assert "Uninstall both, then install the one that is wanted" in capsys.readouterr().err


@pytest.mark.parametrize("names", [(), ("rigstate",), ("rigstate-persistence",)])
def test_that_one_of_them_is_fine(names: tuple[str, ...]) -> None:
    assert clash(names) == ""
