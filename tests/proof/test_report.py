"""The command and its page: every suite is told, nothing that was measured is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.proof.__main__ import BROKEN, INTERRUPTED, main
from tests.proof.report import Result, commit, line, measured, page
from tests.proof.suite import Outcome, Suite
from tests.syntax import PROJECT

Run = Callable[[int, Path], Outcome]


def sound(rounds: int, directory: Path) -> Outcome:
    """A suite that finds nothing."""
    (directory / "used").touch()
    return Outcome(rounds, (), "quick | quiet")


def broken(rounds: int, directory: Path) -> Outcome:
    """A suite that finds something."""
    (directory / "evidence").touch()
    return Outcome(rounds, ("version 3 is lost",))


def lacking(rounds: int, directory: Path) -> Outcome:
    """A suite that cannot run here."""
    return Outcome(0, lacking="root, to mount disks")


def failing(rounds: int, directory: Path) -> Outcome:
    """A suite that is wrong itself."""
    raise ZeroDivisionError("by zero")


def interrupted(rounds: int, directory: Path) -> Outcome:
    """A suite during which somebody presses Ctrl+C."""
    raise KeyboardInterrupt


def suite(name: str, run: Run = sound) -> Suite:
    return Suite(name, f"how {name} breaks things", "rounds", full=1_000, short=5, run=run)


def prove(tmp_path: Path, suites: list[Suite], *arguments: str) -> tuple[int, str]:
    """The exit code, and the page."""
    path = tmp_path / "reliability.md"
    code = main(arguments, suites=suites, path=path, holding=tmp_path / "build")
    return code, path.read_text("utf-8") if path.exists() else ""


def rows_of(written: str) -> dict[str, list[str]]:
    """The cells of each row, by the suite."""
    rows = [row.split(" | ") for row in written.splitlines() if row.startswith("| ")]
    return {row[0].removeprefix("| "): [cell.removesuffix(" |") for cell in row[1:]] for row in rows[1:]}


def test_that_a_full_run_writes_a_row_for_each_suite(tmp_path: Path) -> None:
    code, written = prove(tmp_path, [suite("kill"), suite("power cut")])
    assert code == 0
    rows = rows_of(written)
    assert list(rows) == ["kill", "power cut"]
    assert rows["power cut"][:2] == ["1,000 rounds", "0"]
    assert "Not kept yet" not in written
    assert "quick / quiet" in rows["kill"]
    assert "- **kill**: how kill breaks things." in written
    assert not any((tmp_path / "build").iterdir())


def test_that_one_suite_updates_its_own_row_and_keeps_the_others(tmp_path: Path) -> None:
    suites = [suite("kill"), suite("power cut")]
    old = page("", [Result(one, 1_000, Outcome(1_000), 5.0) for one in suites], suites, "long ago")
    (tmp_path / "reliability.md").write_text(old, "utf-8")
    _, written = prove(tmp_path, suites, "power-cut")
    rows = rows_of(written)
    assert rows["kill"][-1] == "long ago"
    assert rows["power cut"][-1] != "long ago"


def test_that_fewer_rounds_are_told_and_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prove(tmp_path, [suite("kill")], "--rounds", "7") == (0, "")
    assert "7 rounds" in capsys.readouterr().out


def test_that_a_violation_is_told_ends_with_1_and_leaves_what_shows_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, written = prove(tmp_path, [suite("kill", broken), suite("power cut")])
    assert code == BROKEN
    assert rows_of(written)["kill"][1] == "1"
    assert "**Not kept yet:** kill found violations" in written
    (left,) = (tmp_path / "build").iterdir()
    assert (left / "evidence").exists()
    said = capsys.readouterr().out
    assert "version 3 is lost" in said
    assert str(left) in said
    assert "power cut" in said


def test_that_what_a_machine_lacks_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, written = prove(tmp_path, [suite("power cut", lacking)])
    assert code == 0
    assert rows_of(written)["power cut"][:2] == ["not run, lacks root, to mount disks", "–"]
    assert "lacks root, to mount disks" in capsys.readouterr().out


def test_that_a_machine_that_lacks_something_takes_no_figures_away(tmp_path: Path) -> None:
    able = suite("power cut")
    old = page("", [Result(able, 1_000, Outcome(1_000), 5.0)], [able], "long ago")
    unable = suite("power cut", lacking)
    assert rows_of(
        page(old, [Result(unable, 1_000, Outcome(0, lacking="root"), 0.1)], [unable], "today")
    ) == (rows_of(old))


def test_that_a_suite_that_fails_itself_is_no_success_and_stops_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, written = prove(tmp_path, [suite("kill", failing), suite("power cut")])
    assert code == BROKEN
    assert list(rows_of(written)) == ["kill", "power cut"]
    assert "the suite failed itself: ZeroDivisionError: by zero" in capsys.readouterr().out


def test_that_an_interrupt_writes_nothing(tmp_path: Path) -> None:
    assert prove(tmp_path, [suite("kill"), suite("power cut", interrupted)]) == (INTERRUPTED, "")
    assert not any((tmp_path / "build").iterdir())


@pytest.mark.parametrize("arguments", [["kil"], ["--rounds", "0"], ["--rounds", "many"], ["--round", "3"]])
def test_that_wrong_usage_is_said(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        prove(tmp_path, [suite("kill")], *arguments)
    assert "usage: bootstrap.py prove" in capsys.readouterr().err


def test_that_a_long_time_is_told_in_minutes() -> None:
    assert "3 min 5 s" in line(Result(suite("kill"), 1_000, Outcome(1_000), 185.2))


def test_that_the_commit_and_the_file_system_are_named(tmp_path: Path) -> None:
    told = measured(tmp_path, PROJECT)
    assert "cores" in told
    assert "Python" in told
    assert commit(tmp_path) == "no commit"
