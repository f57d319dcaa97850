"""Settings: what several windows change is put together; the per-user directories of each platform."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import Settings, merged, places

folders = st.lists(st.sampled_from("abcdef"), unique=True).map(tuple)
layouts = st.dictionaries(st.sampled_from("xyz"), st.integers(0, 2))
anything = st.builds(
    Settings()._replace,
    folders=folders,
    theme=st.sampled_from(["light", "dark"]),
    layout=layouts,
    detailed_log=st.booleans(),
)


@given(anything, anything)
def test_that_with_nobody_else_the_newer_settings_stand(before: Settings, after: Settings) -> None:
    found = merged(before, after, before)
    assert (found.folders, found.theme, found.layout) == (after.folders, after.theme, after.layout)


@given(anything, anything)
def test_that_who_changed_nothing_changes_nothing(mine: Settings, theirs: Settings) -> None:
    assert merged(mine, mine, theirs) == theirs


@given(folders, folders, folders)
def test_that_of_lists_every_addition_and_removal_counts(
    before: tuple[str, ...], after: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    found = merged(Settings(before), Settings(after), Settings(theirs)).folders
    added, removed = {*after} - {*before}, {*before} - {*after}
    assert {*found} == ({*theirs} | added) - removed
    assert len(found) == len({*found})


def test_that_two_windows_each_add_a_folder_and_place_a_pane() -> None:
    base = Settings(("/a",), layout={"panes": [1, 2], "grouping": "date"})
    one = Settings(("/a", "/b"), layout={"panes": [3, 4], "grouping": "date"})
    other = Settings(("/a", "/c"), layout={"panes": [1, 2], "grouping": "none"})
    found = merged(base, one, other)
    assert {*found.folders} == {"/a", "/b", "/c"}
    assert found.layout == {"panes": [3, 4], "grouping": "none"}


def test_that_a_directory_of_ones_own_holds_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = places(tmp_path)
    assert (own.config, own.data) == (tmp_path, tmp_path / "data")
    monkeypatch.setenv("RIGSTATE_CONFIG_DIR", str(tmp_path / "by_variable"))
    assert places(None).config == tmp_path / "by_variable"
    assert places(tmp_path).config == tmp_path


@pytest.mark.parametrize(
    ("platform", "environment", "config", "data"),
    [
        ("linux", {"XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d"}, "/c/rigstate", "/d/rigstate"),
        ("linux", {}, "~/.config/rigstate", "~/.local/share/rigstate"),
        ("win32", {"APPDATA": "/r", "LOCALAPPDATA": "/l"}, "/r/Rigstate", "/l/Rigstate"),
        (
            "darwin",
            {},
            "~/Library/Application Support/Rigstate",
            "~/Library/Application Support/Rigstate/data",
        ),
    ],
)
def test_that_each_platform_has_its_places(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], config: str, data: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    found = places(None, environment)
    assert (found.config, found.data) == (Path(config).expanduser(), Path(data).expanduser())
