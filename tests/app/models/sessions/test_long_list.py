"""A list that is too long to be taken in, searched or told at once: the same rows come of it, in pieces."""

from __future__ import annotations

import random
from itertools import cycle

import pytest
from PySide6.QtCore import QCoreApplication, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import CHIPS, GROUPINGS, Heading
from app.models.sessions.sessions import SessionsModel
from app.models.sessions.shape_work import SHORT_LIST
from app.session import Delta, Summary
from tests.samples import NOW, ROOT, summary

MANY = tuple(
    summary(f"{n % 7}_2026-{1 + n % 11:02}-{1 + n % 28:02}_{n % 24:02}-{n % 60:02}-{n:05}", started=None)
    for n in range(SHORT_LIST + 500)
)


@pytest.fixture
def model(qtbot: QtBot) -> SessionsModel:
    model = SessionsModel(lambda: NOW)
    model.apply(Delta(added=MANY))
    qtbot.waitUntil(lambda: model.count("all") == len(MANY) and not model._arrivals._rest.isActive())
    return model


def shown(model: SessionsModel) -> list[str]:
    lines = [model.line(position) for position in range(model.rowCount())]
    return [line.text if isinstance(line, Heading) else line.key for line in lines]


def at_once(told: tuple[Summary, ...]) -> SessionsModel:
    """A model that was told in portions that it takes in at once."""
    model = SessionsModel(lambda: NOW)
    for summary_ in told:
        model._known.put(summary_)
    model._settle()
    model._shaping.finish()
    return model


def test_that_what_was_told_in_one_go_is_listed_as_if_it_had_come_slowly(model: SessionsModel) -> None:
    assert shown(model) == shown(at_once(MANY))


def test_that_a_long_delta_never_blocks_until_all_of_it_is_listed(qapp: object) -> None:
    model = SessionsModel(lambda: NOW)
    model.apply(Delta(added=MANY))
    assert model.session_count() < len(MANY)


def test_that_the_last_word_about_a_session_counts(qtbot: QtBot, model: SessionsModel) -> None:
    new = summary("9_2026-11-23_14-30")
    model.apply(Delta(added=(new,)))
    model.apply(Delta(changed=(summary(MANY[0].name, outcome="failed"),), removed=(new.directory,)))
    model.apply(Delta(changed=(summary(MANY[0].name, outcome="checkpoint"),), removed=(MANY[1].directory,)))
    qtbot.waitUntil(lambda: model.count("all") == len(MANY) - 1)
    status = model.status(MANY[0].directory)
    assert status is not None
    assert status.kind == "checkpoint"
    assert model.summary(new.directory) is None


def test_that_many_deltas_at_once_are_one_batch(qtbot: QtBot, model: SessionsModel) -> None:
    batches: list[int] = []
    model.counts_changed.connect(lambda: batches.append(model.count("all")))
    news = [summary(f"9_2026-11-23_14-30-{n:02}") for n in range(50)]
    for one in news:
        model.apply(Delta(added=(one,)))
    qtbot.waitUntil(lambda: model.count("all") == len(MANY) + 50)
    assert batches == [len(MANY) + 1, len(MANY) + 50]


def test_that_a_single_session_is_inserted_and_others_stay(qtbot: QtBot, model: SessionsModel) -> None:
    kept = QPersistentModelIndex(model.index_of(MANY[77].directory))
    with qtbot.assertNotEmitted(model.modelReset):
        model.apply(Delta(added=(summary("9_2026-11-23_14-30"),)))
        qtbot.waitUntil(lambda: not model.busy)
    assert shown(model)[:2] == ["Today (1)", f"{ROOT}/9_2026-11-23_14-30"]
    assert kept.data() == MANY[77].name


def test_that_a_search_in_pieces_finds_what_a_search_at_once_finds(
    qtbot: QtBot, model: SessionsModel
) -> None:
    model.set_filter("saved>=2026-10 subject:3")
    wanted = {
        one.directory for one in MANY if one.saved_at and one.saved_at >= "2026-10" and one.subject == "3"
    }
    qtbot.waitUntil(lambda: model.count("all") == len(wanted))
    assert {line for line in shown(model) if line.startswith(ROOT)} == wanted


def test_that_a_search_that_a_newer_one_overtakes_is_dropped(qtbot: QtBot, model: SessionsModel) -> None:
    counts: list[int] = []
    model.counts_changed.connect(lambda: counts.append(model.count("all")))
    model.set_filter("saved>=2026-10")
    assert counts == []
    model.set_filter("00007")
    qtbot.waitUntil(lambda: shown(model)[1:] == [MANY[7].directory])
    assert counts == [1]


def test_that_what_changes_during_a_search_is_found_too(qtbot: QtBot, model: SessionsModel) -> None:
    new = summary("9_2027-01-01_14-30")
    model.set_filter("saved>=2027")
    assert model._searching.busy
    assert model.searching
    model.apply(Delta(added=(new,)))
    model.set_unsaved(MANY[0].directory, 1)
    model.sort(0)
    qtbot.waitUntil(lambda: model.session_count() > len(MANY) and not model.searching)
    assert shown(model) == ["Today (1)", new.directory]


def test_that_answers_that_keep_coming_do_not_keep_a_search_from_its_end(
    qtbot: QtBot, model: SessionsModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.models.pieces.SLICE", 0)
    asked: list[object] = []
    model.conditions_wanted.connect(asked.append)
    model.set_filter("trial_count>1 saved>=2026")
    counts: list[int] = []
    model.counts_changed.connect(lambda: counts.append(model.count("all")))
    found = frozenset[str]()
    for one in MANY[:3]:
        found |= {one.directory}
        model.set_matching(asked[0], found)
    qtbot.waitUntil(lambda: counts[-1:] == [3])
    assert counts == [1, 3]


@pytest.mark.parametrize("grouping", GROUPINGS)
@pytest.mark.parametrize("column", range(-1, 5))
def test_that_each_order_and_grouping_lists_every_session_once(
    qtbot: QtBot, model: SessionsModel, grouping: str, column: int
) -> None:
    model.set_grouping(grouping)  # type: ignore[arg-type]
    model.sort(column, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: not model.busy)
    listed = [line for line in shown(model) if line.startswith(f"{ROOT}/")]
    assert sorted(listed) == sorted(one.directory for one in MANY)


@pytest.mark.parametrize("seed", range(4))
def test_that_a_life_in_pieces_ends_as_one_without_a_pause(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr("app.models.pieces.SLICE", 0)
    monkeypatch.setattr("app.models.sessions.arrivals.SHORT_LIST", 0)
    monkeypatch.setattr("app.models.sessions.arrivals.SESSIONS_TAKEN", 1)
    monkeypatch.setattr("app.models.sessions.shape_work.SHORT_LIST", 0)
    monkeypatch.setattr("app.models.sessions.session_lines.SHORT", 0)
    monkeypatch.setattr("app.models.sessions.in_order.RUN", 2)
    monkeypatch.setattr("app.models.sessions.slices.ROWS", 2)
    chance, known = random.Random(seed), dict[str, Summary]()
    model = SessionsModel(lambda: NOW)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for _ in range(60):
        model.apply(portion(chance, known))
        act = chance.randrange(11)
        if act == 0:
            model.set_filter(chance.choice(("", "1_", "failed", "saved>=2026-11-22", "not:failed")))
        elif act == 1:
            model.sort(chance.randrange(-1, 5), chance.choice(list(Qt.SortOrder)))
        elif act == 2:
            model.set_unavailable(chance.choice(((), (ROOT,))))
        elif act == 3:
            model.set_grouping(chance.choice(GROUPINGS))
        elif act == 4 and known:
            model.set_unsaved(chance.choice(sorted(known)), chance.randrange(3))
        elif act == 5:
            model.set_chip(chance.choice(list(CHIPS)))
        elif act == 6 and model.heading_positions():
            heading = model.line(chance.choice(model.heading_positions()))
            assert isinstance(heading, Heading)
            model.toggle(heading)
        elif act < 9:
            QCoreApplication.processEvents()
    model.set_filter("")
    model.set_unavailable(())
    model.set_grouping("none")
    model.set_chip("all")
    model.sort(-1)
    anew = at_once(tuple(known.values()))
    anew.set_grouping("none")
    qtbot.waitUntil(lambda: not (model.busy or anew.busy))
    assert shown(model) == shown(anew)
    assert [model.count(chip) for chip in CHIPS] == [anew.count(chip) for chip in CHIPS]
    assert {model.summary(directory) for directory in known} == set(known.values())
    del tester


@pytest.fixture
def smallest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many short slices."""
    monkeypatch.setattr("app.models.pieces.SLICE", 0)
    monkeypatch.setattr("app.models.sessions.slices.ROWS", 200)
    monkeypatch.setattr("app.models.sessions.in_order.RUN", 200)


@pytest.mark.usefixtures("smallest")
@pytest.mark.parametrize(("column", "order"), [*zip(range(5), cycle(Qt.SortOrder), strict=False)])
def test_that_until_all_is_sorted_the_rows_stay_and_then_they_are_as_sorted_at_once(
    qtbot: QtBot, model: SessionsModel, column: int, order: Qt.SortOrder
) -> None:
    model.sort(-1)
    qtbot.waitUntil(lambda: not model.busy)
    before, at_once_ = shown(model), at_once(MANY)
    told: list[list[str]] = []
    model.counts_changed.connect(lambda: told.append(shown(model)))
    model.sort(column, order)
    assert (model.busy, shown(model)) == (True, before)
    assert model.order == (column, order)
    qtbot.waitUntil(lambda: not model.busy)
    at_once_.sort(column, order)
    at_once_._shaping.finish()
    assert told == [shown(at_once_)]


@pytest.mark.usefixtures("smallest")
def test_that_a_change_in_the_middle_of_a_sort_is_not_lost(qtbot: QtBot, model: SessionsModel) -> None:
    model.set_grouping("none")
    qtbot.waitUntil(lambda: not model.busy)
    new, failed = summary("0_2026-11-23_14-30", saved_at=None), summary(MANY[5].name, outcome="failed")
    model.sort(3)
    for _ in range(2):
        QCoreApplication.processEvents()
    assert model.busy
    model.apply(Delta(added=(new,), changed=(failed,), removed=(MANY[6].directory,)))
    model.set_unsaved(MANY[7].directory, 2)
    qtbot.waitUntil(lambda: not model.busy)
    told = at_once((new, *(failed if one is MANY[5] else one for one in MANY if one is not MANY[6])))
    told.set_grouping("none")
    told.sort(3)
    told._shaping.finish()
    assert shown(model) == shown(told)
    assert model.count("problems") == told.count("problems")
    row = model.line(model.index_of(MANY[7].directory).row())
    assert not isinstance(row, Heading)
    assert [mark.kind for mark in row.status.marks] == ["unsaved"]


@pytest.mark.usefixtures("smallest")
def test_that_a_newer_choice_in_the_middle_of_another_is_followed_too(
    qtbot: QtBot, model: SessionsModel
) -> None:
    model.sort(1)
    model.set_grouping("subject")
    QCoreApplication.processEvents()
    model.set_chip("completed")
    QCoreApplication.processEvents()
    model.sort(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: not model.busy)
    listed = [line for line in shown(model) if line.startswith("/")]
    assert shown(model)[0].startswith("0 (")
    wanted = sorted((one for one in MANY if one.subject == "0"), key=lambda one: one.name, reverse=True)
    assert listed[: len(wanted)] == [one.directory for one in wanted]


@pytest.mark.usefixtures("smallest")
def test_that_folding_a_group_waits_for_nothing(qtbot: QtBot, model: SessionsModel) -> None:
    model.set_grouping("subject")
    qtbot.waitUntil(lambda: not model.busy)
    model.sort(0)
    heading = model.line(0)
    assert isinstance(heading, Heading)
    model.toggle(heading)
    assert isinstance(model.line(1), Heading)
    qtbot.waitUntil(lambda: not model.busy)
    assert [isinstance(model.line(position), Heading) for position in range(3)] == [True, True, False]


@pytest.mark.usefixtures("smallest")
def test_that_a_session_that_is_on_its_way_is_shown_to_whoever_asks_for_it(
    qtbot: QtBot, model: SessionsModel
) -> None:
    model.set_chip("running")
    qtbot.waitUntil(lambda: not model.busy)
    assert model.rowCount() == 0
    model.set_chip("all")
    assert model.reveal(MANY[3].directory).data() == MANY[3].name


@pytest.mark.usefixtures("smallest")
def test_that_a_folder_that_goes_away_is_seen_at_once_and_counted_a_little_later(
    qtbot: QtBot, model: SessionsModel
) -> None:
    model.sort(4)
    qtbot.waitUntil(lambda: not model.busy)
    model.set_unavailable((ROOT,))
    line = model.line(1)
    assert not isinstance(line, Heading)
    assert line.status.kind == "unavailable"
    model.set_filter("unavailable")
    qtbot.waitUntil(lambda: not model.busy)
    assert model.count("problems") == model.count("all") == len(MANY)
    model.set_unavailable(())
    qtbot.waitUntil(lambda: not model.busy)
    assert model.count("all") == 0


@pytest.mark.usefixtures("smallest")
def test_that_a_folder_that_is_back_while_its_going_is_counted_is_back(
    qtbot: QtBot, model: SessionsModel
) -> None:
    problems = model.count("problems")
    model.set_unavailable((ROOT,))
    for _ in range(5):
        QCoreApplication.processEvents()
    assert model.busy
    model.set_unavailable(())
    qtbot.waitUntil(lambda: not model.busy)
    assert model.count("problems") == problems


def test_that_what_moves_nothing_starts_nothing_anew(qtbot: QtBot, model: SessionsModel) -> None:
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_unavailable(("/elsewhere",))
        model.sort(-1)
        qtbot.waitUntil(lambda: not model.busy)


def portion(chance: random.Random, known: dict[str, Summary]) -> Delta:
    """Some sessions that are new, changed or gone."""
    told: dict[str, Summary] = {}
    for _ in range(chance.randrange(5)):
        name = f"{chance.randrange(5)}_2026-11-{chance.choice((23, 22, 21))}_{chance.randrange(24):02}-05"
        one = summary(name, outcome=chance.choice(("failed", "completed")), size=chance.randrange(9))
        told[one.directory] = one
    gone = [directory for directory in sorted(known) if directory not in told and chance.random() < 0.1]
    known.update(told)
    for directory in gone:
        del known[directory]
    return Delta(changed=tuple(told.values()), removed=tuple(gone))
