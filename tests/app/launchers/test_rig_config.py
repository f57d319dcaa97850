"""What a rig config says of its folder: read as data, and whatever is wrong with it is one sentence."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app.exchange import RigFolder
from app.launchers.rig_config import PLACES, rig_folder


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "rig_config.toml"


def names(config: Path, folder: object) -> RigFolder | None:
    config.write_text(f"rig_id = 'rig3'\noutput_root_folder = {folder!r}\n", "utf-8")
    return rig_folder([str(config)])


def test_that_the_folder_that_a_rig_config_names_is_found(config: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert names(config, f"{tmp_path}/./data/") == RigFolder(str(config), str(tmp_path / "data"))


def test_that_without_a_rig_config_nothing_is_found(tmp_path: Path) -> None:
    assert rig_folder([]) is None
    assert rig_folder(["", str(tmp_path / "none.toml")]) is None


def test_that_a_place_of_another_system_is_not_looked_for_below_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for place in PLACES:
        if not Path(place).is_absolute():
            Path(place).parent.mkdir(parents=True)
            Path(place).write_text("output_root_folder = '/'")
    Path("rig_config.toml").write_text("output_root_folder = '/'")
    elsewhere = [place for place in (*PLACES, "rig_config.toml") if not Path(place).is_absolute()]
    assert len(elsewhere) == 2
    assert rig_folder(elsewhere) is None


def test_that_the_first_that_is_there_counts(config: Path, tmp_path: Path) -> None:
    config.write_text(f"output_root_folder = '{tmp_path.as_posix()}'")
    other = tmp_path / "other.toml"
    other.write_text("output_root_folder = 5")
    found = rig_folder([str(tmp_path / "none.toml"), str(config), str(other)])
    assert found == RigFolder(str(config), str(tmp_path))


def test_that_a_rig_config_that_names_no_folder_offers_none_and_is_no_trouble(config: Path) -> None:
    config.write_text("rig_id = 'rig3'")
    assert rig_folder([str(config)]) is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"output_root_folder = ", "it is not TOML: "),
        (b"\xff\xfe", "it is not UTF-8."),
        (b"output_root_folder = 5", "what it says of the output folder is no whole path."),
        (b"output_root_folder = 'data'", "what it says of the output folder is no whole path."),
        (b"output_root_folder = ''", "what it says of the output folder is no whole path."),
        (b'output_root_folder = "/a\\u0000b"', "what it says of the output folder is no whole path."),
        (b"x = " + b"[" * 100_000, "it is not TOML: "),
        (b"#" * (1 << 20) + b"#", "it cannot be read: "),
    ],
    ids=["not toml", "utf-16", "number", "relative", "empty", "nul", "deep", "large"],
)
def test_that_a_bad_rig_config_is_one_sentence(config: Path, content: bytes, problem: str) -> None:
    config.write_bytes(content)
    found = rig_folder([str(config)])
    assert found is not None
    assert (found.config, found.folder) == (str(config), "")
    assert found.problem.startswith(problem)
    assert found.problem.endswith(".")
    assert "\n" not in found.problem


def test_that_a_folder_that_is_not_there_is_said_and_not_made(config: Path, tmp_path: Path) -> None:
    away = tmp_path / "share" / "data"
    found = names(config, str(away))
    assert found == RigFolder(str(config), str(away), f"the folder {away}, which it names, is not there.")
    found = names(config, f"{tmp_path}/{'x' * 300}")
    assert found is not None
    assert found.problem.endswith(": the name is too long.") or found.problem.endswith("is not there.")
    assert list(tmp_path.iterdir()) == [config]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_that_a_pipe_in_its_place_is_refused_and_not_waited_for(config: Path) -> None:
    os.mkfifo(config)
    found = rig_folder([str(config)])
    assert found is not None
    assert found.problem.startswith("it cannot be read: ")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_that_a_link_in_its_place_is_the_computers_own(config: Path, tmp_path: Path) -> None:
    real = tmp_path / "rig3.toml"
    real.write_text(f"output_root_folder = '{tmp_path}'")
    config.symlink_to(real)
    assert rig_folder([str(config)]) == RigFolder(str(config), str(tmp_path))
