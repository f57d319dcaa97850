"""The benchmarks run, and say what they found; how fast anything was is nobody's business here."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from persistence import load, save
from persistence.store import STATE_FILE
from tests.benchmarks import __main__ as command
from tests.benchmarks import coding, day, machine, peers, states
from tests.benchmarks.figures import Figure, Group, Line, Row, Terms, figure_of
from tests.benchmarks.race import Contender, Field, Race
from tests.benchmarks.report import plain_table, section, with_section, write_section

ROWS = [row for group in command.GROUPS.values() for row in group.rows]
SLOW = Line("a | b", "c: 1 ms", Figure(2.0, 1.9, 2.5), {"d": Figure(0.5, 0.5, 0.5), "e": None}, 1.5, "fsync")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_that_each_row_gives_positive_figures_and_leaves_nothing(row: Row, tmp_path: Path) -> None:
    lines = row.measure(Terms(tmp_path, runs=1, pace=0, shrink=10_000))
    figures = [figure for line in lines for figure in (line.ours, *line.peers.values()) if figure is not None]
    assert figures
    assert all(
        math.isfinite(one) and one > 0 for each in figures for one in (each.low, each.median, each.high)
    )
    assert list(tmp_path.iterdir()) == []


def test_that_rows_have_names_of_their_own() -> None:
    names = [row.name for row in ROWS]
    assert len(names) == len({*names, *command.GROUPS}) - len(command.GROUPS)


def test_that_the_standard_state_is_always_the_same_and_about_as_large_as_it_says() -> None:
    first, second = (states.render_of(states.StandardLauncher()) for _ in range(2))
    assert first == second
    assert 2_500 < len(first) < 4_000
    assert 900_000 < len(states.render_of(states.StandardLauncher(states.SCALE_OF_1_MB))) < 1_100_000


@pytest.mark.parametrize("scale", [1, 40])
def test_that_our_roads_are_those_of_a_save_and_a_load(tmp_path: Path, scale: int) -> None:
    launcher = states.StandardLauncher(scale)  # one that was never saved: a save leaves its memory in it
    assert save(states.StandardLauncher(scale), tmp_path)
    data = (tmp_path / STATE_FILE).read_bytes()
    saved = json.loads(data)["launcher_states"][states.NAMESPACE]["attributes"]
    assert coding.ours_encode(launcher) == json.dumps(saved, ensure_ascii=False)
    assert coding.ours_decode(data, launcher) == vars(states.StandardLauncher(scale))


@pytest.mark.parametrize(
    "road", ["persistence.launching.collecting.attribute_text", "persistence.store.parse_values"]
)
def test_that_a_save_and_a_load_go_by_the_functions_that_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, road: str
) -> None:
    calls: list[object] = []
    real = getattr(coding, road.rpartition(".")[2])

    def seen(given: object) -> object:
        calls.append(given)
        return real(given)

    monkeypatch.setattr(road, seen)
    launcher = states.StandardLauncher()
    assert save(launcher, tmp_path)
    assert load(launcher, tmp_path)
    assert calls


def test_that_contenders_take_turns_and_that_a_lacking_one_is_told(tmp_path: Path) -> None:
    turns: list[str] = []
    reference = Contender("reference", lambda: turns.append("r"))
    racing = Field(reference, [Contender("", lambda: turns.append("o"))], [Contender("gone", None)])
    (line,) = Race("r", "work", 1.0, lambda _terms, _ends: racing).measure(Terms(tmp_path, runs=3, pace=0))
    assert "".join(turns[-12:]) == "rroo" * 3  # of two calls in a turn the first is not counted
    assert line.peers == {"gone": None}
    assert "gone cannot be imported" in plain_table([line])


def test_that_work_that_leaves_something_behind_is_done_equally_often_by_all(tmp_path: Path) -> None:
    done = {"quick": 0, "slow": 0}

    def working(name: str, steps: int) -> Contender:
        def work() -> None:
            done[name] += 1
            sum(range(steps))

        return Contender(name, work)

    racing = Field(working("quick", 1), [working("slow", 100_000)], [])
    Race("r", "work", 1.0, lambda _terms, _ends: racing, pieces=20).measure(Terms(tmp_path, runs=2))
    assert done == {"quick": 60, "slow": 60}  # 20 in a run, and the uncounted one of each of its ten turns


def test_that_a_day_is_compared_with_the_state_alone_and_not_with_its_spare_copy(tmp_path: Path) -> None:
    told = day.lived(tmp_path, states.StandardLauncher(states.SCALE_OF_1_MB), 1)
    assert told.sizes[0] > 1.5 * told.state  # the spare copy is there, and would be counted
    (at_the_end, *_) = day.lines_of("a day", replace(told, sizes=told.sizes * 1440))
    state = len(states.render_of(states.StandardLauncher(states.SCALE_OF_1_MB)))
    said = float(at_the_end.reference.removeprefix("every version: ").removesuffix(" MB").replace(",", ""))
    assert said == pytest.approx(1440 * state / day.MEGABYTE, rel=0.01)


def test_that_a_peer_that_is_not_installed_is_a_contender_without_work() -> None:
    assert peers.peer("x", "no_such_module_of_anybody", lambda module: module.work).work is None
    assert peers.peer("json", "json", lambda module: module.dumps).work is not None


def test_that_a_goal_is_judged_by_the_median() -> None:
    assert figure_of([3.0, 1.0, 1.4]) == Figure(1.4, 1.0, 3.0)
    assert Line("w", "r", Figure(1.5, 1.0, 9.0), goal=1.5).reached is True
    assert SLOW.reached is False
    assert Line("w", "r", Figure(1.5, 1.0, 9.0)).reached is None


def test_that_a_section_says_figures_goal_and_what_is_known_of_a_shortfall() -> None:
    written = section("Title", "today, here.", [SLOW])
    assert "| 2.00 (1.90–2.50) | d 0.50, e cannot be imported | ≤ 1.50 | no |" in written
    assert "- a | b: fsync" in written
    assert "fsync" not in section("Title", "", [Line("w", "r", SLOW.ours, goal=2.0, shortfall="fsync")])


def test_that_a_section_takes_the_place_of_the_older_one_and_leaves_the_others(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    for title, told in (("One", "old"), ("Two", "kept"), ("One", "new"), ("Three", "last")):
        write_section(page, section(title, told, [SLOW]))
    text = page.read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# Benchmarks",
        "## One",
        "## Two",
        "## Three",
    ]
    assert "old" not in text
    assert "kept" in text
    assert "\n\n\n" not in text
    assert with_section(text, section("Two", "kept", [SLOW])) == text


@pytest.mark.parametrize(("rows", "written"), [([], True), (["still"], False)])
def test_that_only_a_whole_group_is_written_into_the_docs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[str], written: bool
) -> None:
    still = Contender("still", lambda: None)
    row = Race("still", "work", 1.0, lambda *_: Field(still, [Contender("", lambda: None)], []), seconds=0)
    monkeypatch.setattr(command, "GROUPS", {"store": Group("store", "The store", (row,))})
    monkeypatch.setattr(command, "CHECKOUT", tmp_path)
    monkeypatch.setattr(command, "PAGE", tmp_path / "benchmarks.md")
    assert command.main(["store", *rows, "--runs", "5"]) == 0
    assert (tmp_path / "benchmarks.md").exists() is written
    assert list((tmp_path / "build").iterdir()) == []


@pytest.mark.parametrize("arguments", [["shop"], ["store", "encode"], ["--runs", "4"]])
def test_that_what_is_not_there_to_be_measured_is_said(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    assert "usage: bootstrap.py bench" in capsys.readouterr().err


def test_that_the_machine_is_told_with_its_disk_and_without_its_name(tmp_path: Path) -> None:
    told = machine.machine(tmp_path, ["pytest", "no-such-distribution"])
    assert f"pytest {pytest.__version__}" in told
    assert "no-such-distribution not installed" in told
    assert "files on " in told
    assert "memory and no disk" in machine.disk("tmpfs")
