"""A list that is too long to be taken in, searched or told at once: the same rows come of it, in pieces."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QCoreApplication, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.models.sessions.searching import AT_ONCE
from app.models.sessions.session_rows import GROUPINGS, Heading
from app.models.sessions.sessions import SessionsModel
from app.session import Delta, Summary
from tests.samples import NOW, ROOT, summary

MANY = tuple(
    summary(f"{n % 7}_2026-{1 + n % 11:02}-{1 + n % 28:02}_{n % 24:02}-{n % 60:02}-{n:05}", started=None)
    for n in range(AT_ONCE + 500)
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
    assert batches == [len(MANY) + 1]
    qtbot.waitUntil(lambda: model.count("all") == len(MANY) + 50)
    assert len(batches) == 2


def test_that_a_single_session_is_inserted_and_others_stay(qtbot: QtBot, model: SessionsModel) -> None:
    kept = QPersistentModelIndex(model.index_of(MANY[77].directory))
    with qtbot.assertNotEmitted(model.modelReset):
        model.apply(Delta(added=(summary("9_2026-11-23_14-30"),)))
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
    model.apply(Delta(added=(new,)))
    model.set_unsaved(MANY[0].directory, 1)
    model.sort(0)
    qtbot.waitUntil(lambda: model.session_count() > len(MANY) and model.count("all") < 9)
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
    model: SessionsModel, grouping: str, column: int
) -> None:
    model.set_grouping(grouping)  # type: ignore[arg-type]
    model.sort(column, Qt.SortOrder.DescendingOrder)
    listed = [line for line in shown(model) if line.startswith(f"{ROOT}/")]
    assert sorted(listed) == sorted(one.directory for one in MANY)


@pytest.mark.parametrize("seed", range(4))
def test_that_a_life_in_pieces_ends_as_one_without_a_pause(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr("app.models.pieces.SLICE", 0)
    monkeypatch.setattr("app.models.sessions.arrivals.AT_ONCE", 0)
    monkeypatch.setattr("app.models.sessions.arrivals.TOGETHER", 1)
    monkeypatch.setattr("app.models.sessions.searching.AT_ONCE", 0)
    monkeypatch.setattr("app.models.sessions.session_lines.SHORT", 0)
    chance, known = random.Random(seed), dict[str, Summary]()
    model = SessionsModel(lambda: NOW)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for _ in range(60):
        model.apply(portion(chance, known))
        act = chance.randrange(9)
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
        elif act < 7:
            QCoreApplication.processEvents()
    model.set_filter("")
    model.set_unavailable(())
    model.set_grouping("date")
    model.sort(-1)
    anew = at_once(tuple(known.values()))
    qtbot.waitUntil(lambda: model.session_count() == len(known) and not model._arrivals._waiting)
    qtbot.waitUntil(lambda: not (model._searching.busy or model._arrivals._pieces.busy))
    assert shown(model) == shown(anew)
    assert {model.summary(directory) for directory in known} == set(known.values())
    del tester


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
