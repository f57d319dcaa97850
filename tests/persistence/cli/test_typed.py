"""What is typed on the command line in the place of a saved value: it keeps its type, or it is said how."""

import json
import sys
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence.store import StateFile
from persistence.values.kinds import kind_of

CET = timezone(timedelta(hours=1))


class Rig:
    def __init__(self) -> None:
        self.reward_volume_ul = 5.5
        self.trial_count = 150
        self.laser_steps_mw = [0.7, 1.0, 1.5, 2.0]
        self.grid = {"rows": [[1], [2]]}
        self.photodiode_on = True
        self.phase = "baseline"
        self.started = datetime(2026, 11, 23, 14, 29, 51, 204618)
        self.zoned = datetime(2026, 11, 23, 14, 29, tzinfo=CET)
        self.day = date(2026, 11, 23)
        self.at = time(14, 29)
        self.lasted = timedelta(minutes=48)
        self.folder = Path("/data")
        self.note = None
        self.window = (64.0, 512.0)


@pytest.fixture
def rig(tmp_path: Path) -> Path:
    assert persistence.save(Rig(), tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "typed", "hint"),
    [
        ("reward_volume_ul", ["6", "--string"], "Write it without --string: 6"),
        ("reward_volume_ul", ["9" * 400], "This number is too large for a decimal"),
        ("reward_volume_ul", ["3e831"], "This number is too large for a decimal"),
        ("reward_volume_ul", ["-3.0E831", "--type-change"], "This number is too large for a decimal"),
        ("reward_volume_ul", ["1e-831"], "This number is too small for a decimal"),
        ("new_one", ["1e831"], "This number is too large for a decimal"),
        ("laser_steps_mw", ["[1.0, 2e831]"], "A number in it is too large for a decimal"),
        ("trial_count", ["5.5"], "A whole number has no decimal point"),
        ("reward_volume_ul", ["5,5"], "Use a point: 5.5"),
        ("reward_volume_ul", ["5,5", "--string"], "Use a point: 5.5"),
        ("reward_volume_ul", ["lots"], "Write a number"),
        ("reward_volume_ul", ["nan", "--string"], "Write it without --string: nan"),
        ("reward_volume_ul", ["1,000.5"], "Digits and a point only: 1000.5"),
        ("trial_count", ["5,5"], "A whole number has no decimal point"),
        ("trial_count", ["1e3"], "Use digits only: 1000"),
        ("trial_count", ["1,000"], "Use digits only: 1000"),
        ("trial_count", ["many", "--string"], "Write a whole number"),
        ("photodiode_on", ["maybe"], "Write yes or no"),
        ("photodiode_on", ["no", "--string"], "Write it without --string: no"),
        ("photodiode_on", ["0"], "Write yes or no"),
        ("phase", ["stimulus"], "VALUE is neither a number nor true, false, null, or other JSON. For plain"),
        ("phase", ['"stimulus'], "VALUE is not JSON: "),
        ("phase", ["7"], "use --string"),
        ("started", ["2026-11-23 14:30:00+01:00"], "It has no zone"),
        ("started", ["soon"], "Type date and time: 2026-11-23"),
        ("started", ['"2026-11-23 14:30"'], "without quotes"),
        ("zoned", ["2026-11-23 14:30"], "It has a zone"),
        ("lasted", ["0:48:12,5"], "Use a point: 0:48:12.5"),
        ("note", ["hello"], "For plain text, add --string and --type-change."),
        ("note", ["5"], "If a value is meant to stand there, add --type-change."),
        ("laser_steps_mw", ["[1, 2.0]"], "laser_steps_mw/0 (item 1 of 2) is of type decimal"),
        ("laser_steps_mw", ["[1, 2.0]"], "would become integer. Write 1.0; if the other type is meant"),
        ("grid", ['{"rows": [[1], ["2"]]}'], "grid/rows/1/0 (item 2 of 2, item 1 of 1) is of type integer"),
        ("window", ['{"__type__": "tuple", "value": [64, 512]}'], "window/value/0 (item 1 of 2) is of type"),
        ("folder", ["/other"], '{"__type__": "Path", "value": "/data"}'),
    ],
)
def test_that_what_does_not_fit_is_led_to_the_same_type(
    rig: Path, run: Any, path: str, typed: list[str], hint: str
) -> None:
    before = StateFile(rig).peek()
    said = run("set", rig, path, *typed)
    assert (said.code in (2, 4), hint in said.errors) == (True, True), said.errors
    assert "--string" not in said.errors or path in ("phase", "started", "note") or "without" in said.errors
    assert StateFile(rig).peek() == before


def test_that_the_answer_says_in_words_which_item_of_a_list_it_is(
    rig: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "laser_steps_mw/1 (item 2 of 4): 1.0 → 0.8" in run("set", rig, "laser_steps_mw/1", "0.8").output
    assert "(item 2 of 4) is 0.8 already" in run("set", rig, "laser_steps_mw/1", "0.8").output
    assert "laser_steps_mw/4 (item 5 of 5): added, 2.5" in run("set", rig, "laser_steps_mw/4", "2.5").output
    assert "(item 1 of 5): 0.7 → removed" in run("remove", rig, "laser_steps_mw/0").output
    assert "grid/rows/1/0 (item 2 of 2, item 1 of 1)" in run("set", rig, "grid/rows/1/0", "3").output
    assert "item" not in run("set", rig, "trial_count", "151").output
    assert (said := run("get", rig, "laser_steps_mw/1")).errors == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    told = run("get", rig, "laser_steps_mw/1")
    assert (told.output, "laser_steps_mw/1 (item 2 of 4)" in told.errors) == (said.output, True)


@pytest.mark.parametrize(
    ("path", "typed", "becomes"),
    [
        ("started", "2026-11-23 14:30:00.5", datetime(2026, 11, 23, 14, 30, 0, 500000)),
        (
            "zoned",
            "2026-11-23T14:30+01:00",
            datetime(2026, 11, 23, 14, 30, tzinfo=CET),
        ),
        ("day", "2026-11-24", date(2026, 11, 24)),
        ("at", "15:00", time(15)),
        ("lasted", "-1 day 0:48:12.500", -timedelta(days=1, minutes=48, seconds=12, milliseconds=500)),
    ],
)
def test_that_dates_and_times_are_typed_as_in_the_window(
    rig: Path, run: Any, path: str, typed: str, becomes: object
) -> None:
    kind = kind_of(json.loads(run("get", rig, path).output))
    assert run("set", rig, path, "--", typed).code == 0
    assert kind_of(json.loads(run("get", rig, path).output)) is kind
    again = Rig()
    assert persistence.load(again, rig)
    assert getattr(again, path) == becomes


@pytest.mark.parametrize(
    ("path", "typed", "becomes"),
    [
        ("photodiode_on", "no", False),
        ("photodiode_on", "Off", False),
        ("photodiode_on", "yes", True),
        ("reward_volume_ul", "inf", float("inf")),
        ("reward_volume_ul", "-Infinity", float("-inf")),
    ],
)
def test_that_yes_and_no_and_what_is_not_finite_are_typed_as_in_the_window(
    rig: Path, run: Any, path: str, typed: str, becomes: object
) -> None:
    assert run("set", rig, path, typed).code == 0
    again = Rig()
    assert persistence.load(again, rig)
    assert getattr(again, path) == becomes


def test_that_nan_is_typed_as_in_the_window(rig: Path, run: Any) -> None:
    assert "5.5 → nan" in run("set", rig, "reward_volume_ul", "nan").output


def test_that_items_of_another_type_are_taken_where_that_is_said(rig: Path, run: Any) -> None:
    assert run("set", rig, "laser_steps_mw", "[1, 2]", "--type-change").code == 0
    assert run("set", rig, "laser_steps_mw", "[3, 4, 5]").code == 0


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("reward_volume_ul", "6", "5.5 → 6.0 "),
        ("reward_volume_ul", "-0", "5.5 → -0.0 "),
        ("reward_volume_ul", "+06", "5.5 → 6.0 "),
        ("reward_volume_ul", ".5", "5.5 → 0.5 "),
        ("reward_volume_ul", "7.50", "5.5 → 7.50 "),
        ("reward_volume_ul", "1e2", "5.5 → 1e2 "),
        ("trial_count", "+0151", "150 → 151 "),
        ("laser_steps_mw/1", "2", "1.0 → 2.0 "),
    ],
)
def test_that_a_number_is_taken_as_the_window_takes_it_and_it_is_said_what_was_written(
    rig: Path, run: Any, path: str, typed: str, told: str
) -> None:
    """6 in the place of 5.5 was refused here, and taken for 6.0 there."""
    said = run("set", rig, path, typed)
    assert (said.code, told in said.output) == (0, True), said
    assert told.rsplit(maxsplit=1)[-1] in run("get", rig, path).output


def test_that_a_whole_number_becomes_an_integer_where_that_is_said(rig: Path, run: Any) -> None:
    assert "5.5 → 6 (" in run("set", rig, "reward_volume_ul", "6", "--type-change").output
    assert run("set", rig, "reward_volume_ul", "7").code == 0
    assert run("get", rig, "reward_volume_ul").output == "7\n"
