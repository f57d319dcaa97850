"""Groups of the list, and the headings among its rows."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.sessions.groups import Arranged, arrange, group_key, grouped
from app.models.sessions.known import KnownSessions
from app.models.sessions.orders import Orders
from app.models.sessions.session_rows import GROUPINGS, Grouping
from app.models.sessions.slices import finished
from app.session import Summary
from tests.app.models.rows import known
from tests.samples import summary

TODAY = date(2026, 11, 23)


def arranged(known: KnownSessions, grouping: Grouping, collapsed: tuple[str, ...] = ()) -> Arranged:
    rows = Orders(known.roster, known.standings, known.extras)
    finished(rows.change(set(), list(known.roster)))
    groups = finished(grouped(rows.newest(), known.roster, grouping, TODAY, newest_first=True))
    return finished(arrange(groups, grouping, collapsed))


def titles(told: list[Summary], grouping: Grouping) -> list[str]:
    return [heading.text for heading in arranged(known(*told), grouping).headings.values()]


def test_that_groups_by_date_are_today_yesterday_older() -> None:
    names = ["1_2026-11-10_10-00", "2_2026-11-23_09-00", "3_2026-11-22_10-00", "4_2026-11-23_10-00"]
    names += ["5_2026-11-23_00-00", "6_2026-11-22_00-00", "7_2026-11-21_23-59"]  # at midnight
    assert titles([summary(name) for name in names], "date") == ["Today (3)", "Yesterday (2)", "Older (2)"]


def test_that_groups_by_name_are_in_order_and_nameless_ones_last() -> None:
    told = [summary("x", subject=""), summary("b", subject="b"), summary("A", subject="A")]
    assert titles(told, "subject") == ["A (1)", "b (1)", "No subject (1)"]
    told = [summary("x", launchers=()), summary("y", launchers=("a.Zebra",))]
    assert titles(told, "launcher") == ["Zebra (1)", "No launcher (1)"]


def test_that_groups_by_folder_are_the_folders_above_the_sessions() -> None:
    told = [summary("a", directory="/data/m1/a"), summary("b", directory="D:\\data\\m2\\b")]
    assert titles(told, "folder") == ["/data/m1 (1)", "D:\\data\\m2 (1)"]


def test_that_a_collapsed_group_keeps_its_heading_and_count() -> None:
    held = known(summary("1_2026-11-23_09-00"), summary("2_2026-11-22_09-00"))
    found = arranged(held, "date", ("date:Today",))
    assert found.lines == ["date:Today", "date:Yesterday", held.roster.row("/data/2_2026-11-22_09-00")]
    assert found.headings["date:Today"].text == "Today (1)"
    assert found.headings["date:Today"].collapsed
    assert list(found.positions) == [0, 1]


def test_that_without_groups_there_are_no_headings() -> None:
    assert titles([summary()], "none") == []


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_that_a_row_stands_under_the_heading_that_its_key_names_in_any_order(grouping: Grouping) -> None:
    names = ["1_2026-11-23_09-00", "2_2026-11-22_00-00", "3_2026-11-10_10-00", "4_2026-11-23_00-00"]
    held = known(*(summary(name) for name in names))
    rows = list(held.roster)
    found = finished(arrange(finished(grouped(rows, held.roster, grouping, TODAY)), grouping, ()))
    assert sorted(line for line in found.lines if isinstance(line, int)) == rows
    heading = ""
    for line in found.lines:
        if isinstance(line, str):
            heading = line
        else:
            assert group_key(line, held.roster, grouping, TODAY) == heading
