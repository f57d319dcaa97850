"""A layout as plain values: what comes back, and that what makes no sense says nothing."""

import json
from typing import Any

import pytest

from app.models.sessions.session_rows import OUTCOME, Column, Extra
from app.views.layout import USUAL, Layout, Order, read_layout

COUNT = Extra("trial_count")
ALL = Layout(
    "QUJD", (500, 900), "subject", (COUNT, OUTCOME), Order(COUNT, True), "problems", "History", "/data/one",
    {Column.SESSION: 300, Column.SAVED: 90}, frozenset({Column.SUBJECT}), True, (Column.STATUS, COUNT),
)  # fmt: skip


@pytest.mark.parametrize("layout", [ALL, USUAL, USUAL._replace(order=Order(Column.SAVED), sideways=True)])
def test_that_a_layout_comes_back_from_a_file(layout: Layout) -> None:
    assert read_layout(json.loads(json.dumps(layout.as_json()))) == layout


def test_that_nothing_said_is_nothing_changed() -> None:
    assert read_layout({}) == Layout()


@pytest.mark.parametrize(
    ("key", "odd"),
    [
        ("geometry", "é"),
        ("geometry", 5),
        ("panes", [1]),
        ("panes", [1, True]),
        ("panes", [0, 10]),
        ("panes", "ab"),
        ("grouping", ["date"]),
        ("grouping", "animal"),
        ("order", "saved"),
        ("order", {"column": "weight", "falling": True}),
        ("order", {"column": "saved", "falling": "yes"}),
        ("order", {"column": {"attribute": "not_there"}, "falling": True}),
        ("order", {"column": 3, "falling": True}),
        ("chip", 7),
        ("chip", "none"),
        ("tab", ["State"]),
        ("selected", "x" * 5000),
        ("selected", None),
        ("widths", [300]),
        ("away", "subject"),
        ("sideways", 1),
    ],
)
def test_that_what_makes_no_sense_is_left_out_alone(key: str, odd: Any) -> None:
    good = json.loads(json.dumps(ALL.as_json()))
    assert read_layout({**good, key: odd}) == read_layout({name: good[name] for name in good if name != key})


def test_that_no_name_and_no_status_is_put_away() -> None:
    away = ["session", "status", "launcher", "weight", 3]
    assert read_layout({"away": away}).away == frozenset({Column.LAUNCHER})


def test_that_of_widths_those_that_make_sense_are_taken() -> None:
    widths = {"session": 300, "saved": -1, "status": True, "weight": 50, "subject": 10**6}
    assert read_layout({"widths": widths}).widths == {Column.SESSION: 300}
