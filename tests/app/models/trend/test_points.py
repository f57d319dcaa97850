"""A trend put together: in order, with gaps, with this session and its edit, and only what belongs to it."""

from __future__ import annotations

from app.models.trend.choices import NumberChoice
from app.models.trend.points import Own, PointValue, Trend, trend, value_of
from app.session import Status, Summary, status
from app.value_errands import Trace
from app.values.cells import Cell
from persistence.document import ABSENT
from persistence.values.json_text import Number
from tests.samples import PREDICTIVE, SLAP2, summary

COUNT = NumberChoice(PREDICTIVE, ("trial_count",))
SESSIONS = [summary(f"764521_2026-11-2{day}_14-05") for day in (1, 2, 3)]
OTHERS = [
    summary("764521_2026-11-24_14-05", launchers=(SLAP2,)),
    summary("770012_2026-11-20_14-05", outcome="failed"),
]
OWN = Own(SESSIONS[2].directory, PointValue("15", 15))


def made(
    values: dict[str, int | str | None], own: Own = OWN, subject: str | None = "764521", most: int = 9,
    alike: int = 0,
) -> Trend:  # fmt: skip
    """The trend of sessions by their day, or their whole name."""
    known = {one.directory: one for one in (*SESSIONS, *OTHERS)}
    paths = {one.name[12:17] if one in SESSIONS else one.name[:17]: one.directory for one in known.values()}
    cells = {paths[key]: _cell(value) for key, value in values.items()}
    errand = Trace("trend", "trial_count", "PredictiveLauncher", subject, most)

    def look(directory: str) -> tuple[Summary, Status] | None:
        return (known[directory], status(known[directory])) if directory in known else None

    return trend(errand, COUNT, own, {**cells, "/gone": Cell("1", 1)}, look, alike)


def _cell(value: int | str | None) -> Cell | None:
    return None if value is None else Cell(str(value), value if isinstance(value, int) else None)


def heights(found: Trend) -> list[float | None]:
    return [point.value.height for point in found.points]


def test_that_sessions_stand_in_their_order_with_this_one_among_them() -> None:
    found = made({"11-22": 147, "11-21": 142})
    assert heights(found) == [142, 147, 15]
    assert [point.own for point in found.points] == [False, False, True]
    assert (found.own, found.counted, found.heights) == (2, 3, (142, 147, 15))


def test_that_sessions_without_a_number_are_gaps() -> None:
    found = made({"11-22": None, "11-21": "15; 20"})
    assert heights(found) == [None, None, 15]
    assert [point.value.text for point in found.points] == ["15; 20", "", "15"]


def test_that_those_without_a_readable_state_are_counted_as_long_as_they_have_none() -> None:
    damaged, mended = (summary(f"764521_2026-11-1{day}_14-05", launchers=()) for day in (1, 2))
    mended_now = mended._replace(launchers=(PREDICTIVE,))
    known = {one.directory: one for one in (*SESSIONS, damaged, mended_now)}
    errand = Trace("trend", "trial_count", "PredictiveLauncher", "764521", 9)

    def look(directory: str) -> tuple[Summary, Status] | None:
        return (known[directory], status(known[directory])) if directory in known else None

    unread = [damaged.directory, mended.directory, "/gone"]
    assert trend(errand, COUNT, OWN, {}, look, 0, unread=unread).unread == 1
    known[mended.directory] = mended
    assert trend(errand, COUNT, OWN, {mended.directory: None}, look, 0, unread=unread).unread == 2


def test_that_changes_are_against_the_last_that_had_the_number() -> None:
    found = made({"11-22": None, "11-21": 142})
    assert [point.change for point in found.points] == ["", "", "-127"]


def test_that_other_launchers_and_subjects_do_not_belong_to_it() -> None:
    others: dict[str, int | str | None] = {"764521_2026-11-24": 1, "770012_2026-11-20": 99}
    assert heights(made({**others, "11-22": 147})) == [147, 15]
    every = made({**others, "11-22": 147}, subject=None)
    assert heights(every) == [99, 147, 15]
    assert every.points[0].status.kind == "failed"


def test_that_the_oldest_are_left_out_where_there_are_many_and_this_session_never_is() -> None:
    own = Own(SESSIONS[0].directory, PointValue("15", 15))
    found = made({"11-22": 2, "11-23": 3}, own, most=1, alike=70)
    assert heights(found) == [15, 3]
    assert found.older == 68


def test_that_an_edit_is_a_mark_of_its_own_and_counts_for_the_heights() -> None:
    found = made({"11-22": 147}, Own(OWN.directory, OWN.saved, PointValue("300", 300)))
    assert found.edit == PointValue("300", 300)
    assert found.heights == (147, 15, 300)


def test_that_a_session_of_its_own_that_is_not_listed_is_not_drawn() -> None:
    assert made({"11-22": 1}, Own("/nowhere", PointValue("1", 1))).own == -1


def test_that_values_are_told_as_people_see_them() -> None:
    assert value_of(ABSENT) == PointValue()
    assert value_of(Number("1e2")).text == "1e2"
    assert value_of(Number("1e2")).height == 100
    assert value_of(10**400).height is None
