"""Rows, filters, orders and groups of the list."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.session_rows import (
    CHIPS,
    Heading,
    SessionRow,
    arrange,
    in_chip,
    in_order,
    launcher_text,
    make_row,
    matches,
)
from app.session import Running, Summary, status
from tests.samples import NOW, PREDICTIVE, SLAP2, summary

TODAY = date(2026, 11, 23)


def row(told: Summary, **marks: int) -> SessionRow:
    return make_row(told, status(told, **marks), NOW)  # type: ignore[arg-type]


def titles(rows: list[SessionRow], grouping: str) -> list[str]:
    lines = arrange(rows, grouping, (), TODAY)  # type: ignore[arg-type]
    return [line.text for line in lines if isinstance(line, Heading)]


def test_that_the_launcher_is_named_by_its_class() -> None:
    assert launcher_text(summary()) == "PredictiveLauncher"
    assert launcher_text(summary(launchers=(PREDICTIVE, SLAP2))) == "2 launchers"
    assert (
        launcher_text(summary(launchers=(), running=Running("rig3", 1, SLAP2, "", False))) == "Slap2Launcher"
    )
    assert launcher_text(summary(launchers=())) == "—"


@pytest.mark.parametrize(
    "text", ["764521", "predictive", "completed", "2026-11-23", "1 UNSAVED", "14-05 comp"]
)
def test_that_the_filter_searches_everything_shown(text: str) -> None:
    assert matches(row(summary(), unsaved=1), text.casefold().split())


def test_that_every_word_of_the_filter_has_to_be_found() -> None:
    assert not matches(row(summary()), ["764521", "failed"])


def test_that_sessions_stand_newest_first() -> None:
    names = ["1_2026-11-21_10-00", "2_2026-11-23_09-00", "3_2026-11-22_10-00"]
    ordered = in_order([row(summary(name)) for name in names], -1, descending=False)
    assert [one.summary.subject for one in ordered] == ["2", "3", "1"]


def test_that_a_session_without_any_time_has_its_place() -> None:
    lost = summary(started=None, created_at=None, saved_at="not a time", mtime_ns=10**30)
    assert in_order([row(lost), row(summary())], -1, descending=False)[0].summary.started is not None


@pytest.mark.parametrize("column", range(5))
def test_that_each_column_sorts_both_ways(column: int) -> None:
    rows = [
        row(summary("2_2026-11-21_10-00", launchers=(SLAP2,), outcome="failed")),
        row(summary("1_2026-11-23_10-00", saved_at=None, problem=None)),
    ]
    up, down = (in_order(rows, column, descending=way) for way in (False, True))
    assert up == list(reversed(down))


def test_that_groups_by_date_are_today_yesterday_older() -> None:
    names = ["1_2026-11-10_10-00", "2_2026-11-23_09-00", "3_2026-11-22_10-00", "4_2026-11-23_10-00"]
    assert titles([row(summary(name)) for name in names], "date") == [
        "Today (2)",
        "Yesterday (1)",
        "Older (1)",
    ]


def test_that_groups_by_name_are_in_order_and_nameless_ones_last() -> None:
    rows = [row(summary("x", subject="")), row(summary("b", subject="b")), row(summary("A", subject="A"))]
    assert titles(rows, "subject") == ["A (1)", "b (1)", "No subject (1)"]


def test_that_groups_by_folder_are_the_folders_above_the_sessions() -> None:
    rows = [row(summary("a", directory="/data/m1/a")), row(summary("b", directory="D:\\data\\m2\\b"))]
    assert titles(rows, "folder") == ["/data/m1 (1)", "D:\\data\\m2 (1)"]


def test_that_a_collapsed_group_keeps_its_heading_and_count() -> None:
    rows = [row(summary("1_2026-11-23_09-00")), row(summary("2_2026-11-22_09-00"))]
    lines = arrange(rows, "date", {"date:Today"}, TODAY)
    assert [line.text if isinstance(line, Heading) else line.summary.subject for line in lines] == [
        "Today (1)",
        "Yesterday (1)",
        "2",
    ]


def test_that_without_groups_there_are_no_headings() -> None:
    assert titles([row(summary())], "none") == []


def test_that_chips_hold_the_statuses_that_they_name() -> None:
    failed, fine = row(summary(outcome="failed")), row(summary())
    running = row(summary(running=Running("rig3", 1, SLAP2, "", False)))
    assert [in_chip(failed, chip) for chip in CHIPS] == [True, False, False, True]
    assert [in_chip(fine, chip) for chip in CHIPS] == [True, True, False, False]
    assert [in_chip(running, chip) for chip in CHIPS] == [True, False, True, False]
