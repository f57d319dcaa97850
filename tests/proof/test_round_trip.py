"""The round trip suite sees each way in which a library may lose something."""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from persistence.errors import NotRepresentable
from persistence.values import whole
from persistence.values.json_text import JSON, parse
from persistence.values.json_writing import write
from persistence.values.sameness import same
from tests.proof.exactly import difference, exactly
from tests.proof.examples import Broken
from tests.proof.own_classes import Count, Label, Level, Names, Pair, Side
from tests.proof.round_trip import SUITE, Attribute, check

Change = Callable[[JSON], JSON]


def everywhere(monkeypatch: pytest.MonkeyPatch, name: str, broken: object) -> None:
    """Break a function of the library in every room that knows it."""
    rooms = [module for name, module in list(sys.modules.items()) if name.split(".")[0] == "persistence"]
    for room in rooms:
        if name in vars(room):
            monkeypatch.setattr(room, name, broken)


def break_writing(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    """Let every value be saved as what `change` makes of its JSON, from the inside out."""
    sound = whole.attribute_text

    def deep(value: JSON) -> JSON:
        if isinstance(value, dict):
            return change({key: deep(item) for key, item in value.items()})
        return change([deep(item) for item in value] if isinstance(value, list) else value)

    everywhere(monkeypatch, "attribute_text", lambda value: write(deep(parse(sound(value).encode()))))


def without(key: str) -> Change:
    return lambda value: {k: v for k, v in value.items() if k != key} if isinstance(value, dict) else value


def untagged(tag: str) -> Change:
    return lambda value: value["value"] if isinstance(value, dict) and value.get("__type__") == tag else value


def instead_of(one: JSON, other: JSON) -> Change:
    return lambda value: other if same(value, one) else value


def in_texts(old: str, new: str) -> Change:
    return lambda value: value.replace(old, new) if isinstance(value, str) else value


def only_first(value: JSON) -> JSON:
    return value[:1] if isinstance(value, list) else value


def in_order_of_keys(value: JSON) -> JSON:
    return dict(sorted(value.items())) if isinstance(value, dict) else value


NANS: list[object] = [float("nan"), float("nan")]
EAST = dt.timezone(dt.timedelta(hours=5))


@pytest.mark.parametrize(
    ("change", "value"),
    [
        (untagged("tuple"), [(1, 2)]),
        (untagged("set"), {1}),
        (untagged("Decimal"), Decimal("1.10")),
        (untagged("float"), math.nan),
        (without("fold"), dt.datetime(2025, 1, 1, fold=1)),
        (without("fold"), dt.time(1, fold=1)),
        (instead_of(True, 1), {"a": True}),
        (instead_of(1.0, 1), [1.0]),
        (instead_of(-0.0, 0.0), -0.0),
        (in_texts("+05:00", ""), dt.datetime(2025, 1, 1, tzinfo=EAST)),
        (in_texts(" ", ""), " text"),
        (only_first, {*NANS}),
        (in_order_of_keys, {"b": 1, "a": 2}),
    ],
)
def test_that_whatever_comes_back_as_another_is_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: Change, value: object
) -> None:
    check([Attribute(value)], tmp_path)
    break_writing(monkeypatch, change)
    with pytest.raises(Broken, match="came back as another"):
        check([Attribute(value)], tmp_path)


@pytest.mark.parametrize("value", [Label("x"), Count(1), Names([1]), Pair(1, 2), Level.HIGH, Side.RIGHT])
def test_that_an_own_class_that_is_not_rebuilt_is_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: object
) -> None:
    pair = Attribute(value, type(value)(*([0, 0] if isinstance(value, Pair) else [value])))
    check([pair], tmp_path)
    everywhere(monkeypatch, "rebuild", lambda _current, saved, *_: saved)
    with pytest.raises(Broken, match=r"came back as another|was not restored"):
        check([pair], tmp_path)


def save_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be refused: what cannot be saved is saved as a text."""
    sound = whole.attribute_text

    def attribute_text(value: object) -> str:
        try:
            return sound(value)
        except NotRepresentable:
            return '"something"'

    everywhere(monkeypatch, "attribute_text", attribute_text)


def save_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be refused."""

    def attribute_text(value: object) -> str:
        raise NotRepresentable("not today", type_name=type(value).__name__)

    everywhere(monkeypatch, "attribute_text", attribute_text)


def test_that_what_should_be_refused_and_is_saved_is_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    circle: list[object] = []
    circle.append(circle)
    attribute = Attribute(circle, refused="containing itself")
    check([attribute, Attribute(1)], tmp_path)
    with pytest.raises(Broken, match="another reason"):
        check([Attribute(circle, refused="no such words")], tmp_path)
    save_all(monkeypatch)
    with pytest.raises(Broken, match="should have been refused"):
        check([attribute], tmp_path)


def test_that_a_sound_value_that_is_refused_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    save_none(monkeypatch)
    with pytest.raises(Broken, match="was refused"):
        check([Attribute(1)], tmp_path)


def test_that_a_save_that_fails_is_seen(tmp_path: Path) -> None:
    (tmp_path / "no_folder").touch()
    with pytest.raises((Broken, OSError)):
        check([Attribute(1)], tmp_path / "no_folder")


@pytest.mark.parametrize(
    "broken", [save_all, save_none, lambda patch: break_writing(patch, untagged("tuple"))]
)
def test_that_the_short_form_finds_it_and_tells_how_to_see_it_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    broken(monkeypatch)
    outcome = SUITE.run(SUITE.short, tmp_path)
    assert len(outcome.violations) == 1
    assert "Broken" in outcome.violations[0]
    assert "seed" in outcome.violations[0]
    assert "reproduce_failure" in outcome.violations[0]
    assert not list(tmp_path.iterdir())


def test_that_a_sound_library_passes_and_is_counted(tmp_path: Path) -> None:
    outcome = SUITE.run(30, tmp_path)
    assert outcome.violations == ()
    assert outcome.rounds == 30
    assert "values back" in outcome.details


def test_that_values_are_told_apart_by_every_type_and_sign() -> None:
    numbers = [
        True,
        1,
        1.0,
        "1",
        b"1",
        None,
        1 + 0j,
        Decimal(1),
        Decimal("1.0"),
        0.0,
        -0.0,
        math.nan,
        Count(1),
    ]
    moments = [dt.datetime(2025, 1, 1, fold=fold, tzinfo=zone) for fold in (0, 1) for zone in (None, dt.UTC)]
    others = [dt.date(2025, 1, 1), dt.time(1), dt.time(1, fold=1), dt.timedelta(1), Path("1"), Label("1")]
    holders = [[1], (1,), {1}, frozenset([1]), {1: 1}, {"1": 1}, {True: 1}, [1.0], [[1]], {*NANS}, {NANS[0]}]
    orders = [{"a": 1, "b": 2}, {"b": 2, "a": 1}]
    different = [*numbers, *moments, *others, *holders, *orders]
    told = [exactly(value) for value in different]
    assert len(set(told)) == len(different)
    assert exactly(float("nan")) == exactly(-float("nan"))
    with pytest.raises(TypeError, match="nothing is known"):
        exactly(object())


def test_that_a_difference_is_shown_where_it_is() -> None:
    assert difference("x" * 90 + "True", "x" * 90 + "1") == f"...{'x' * 40}True... became ...{'x' * 40}1..."
