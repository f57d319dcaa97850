"""What takes long to make is made once, also when two want it at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.made_once import made_once, of_all_workers


def test_that_two_who_want_it_at_once_get_one_that_is_whole(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def make(folder: Path) -> None:
        (folder / "first").touch()
        with (tmp_path / "made").open("a") as made:
            made.write("x")
        (folder / "last").touch()

    def ask(_: int) -> set[str]:
        return {path.name for path in made_once(tmp_path_factory, "asked-by-two", make).iterdir()}

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(8))) == [{"first", "last"}] * 8
    assert (tmp_path / "made").read_text() == "x"


def test_that_what_could_not_be_made_is_made_anew(tmp_path_factory: pytest.TempPathFactory) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise ValueError("no room")

    with pytest.raises(ValueError, match="no room"):
        made_once(tmp_path_factory, "failed-at-first", fail)
    folder = made_once(tmp_path_factory, "failed-at-first", lambda folder: (folder / "whole").touch())
    assert [path.name for path in folder.iterdir()] == ["whole"]


@pytest.mark.parametrize("worker", [None, "gw1"])
def test_that_all_workers_of_a_run_have_one_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, worker: str | None
) -> None:
    """Above the one that each has for itself; a run without workers has only that."""
    own = tmp_path_factory.getbasetemp()
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    if worker:
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
    assert of_all_workers(tmp_path_factory) == (own.parent if worker else own)
