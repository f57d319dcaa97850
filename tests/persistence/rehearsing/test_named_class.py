"""Classes that an operator names: two halves, nothing guessed, nothing that is not a name."""

import sys
from pathlib import Path

import pytest

from persistence.errors import Refused
from persistence.rehearsing.named_class import ClassName, Misnamed, class_name, construct, find


@pytest.fixture(autouse=True)
def own_imports(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test imports and where it looks is forgotten with it."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))


@pytest.mark.parametrize("text", ["a:B", "a.b.c:Outer.Inner", " a:B "])
def test_that_a_name_has_two_halves(text: str) -> None:
    assert str(class_name(text)) == text.strip()


@pytest.mark.parametrize("text", ["", "a", "a.B", "a:", ":B", "a b:C", "a:B()", "a/b:C", "..a:B", "a:B:C"])
def test_that_what_is_no_name_is_told_with_an_example(text: str) -> None:
    with pytest.raises(Misnamed, match="module:Class"):
        class_name(text)


def test_that_the_given_folders_are_searched_first(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a_rig.py").write_text(
            f"class Rig:\n    class Inner:\n        place = {folder!r}\n"
        )
    found = find(ClassName("a_rig", "Rig.Inner"), [str(tmp_path / "two"), str(tmp_path / "one")])
    assert found.place == "two"  # type: ignore[attr-defined]


def test_that_a_factory_is_as_good_as_a_class() -> None:
    assert construct(ClassName("a", "make"), lambda: 7, {}) == 7


def test_that_keyword_arguments_are_handed_on() -> None:
    named = ClassName("a", "B")
    assert construct(
        named, lambda param_file=None, **more: (param_file, more), {"param_file": "p", "x": "1"}
    ) == (
        "p",
        {"x": "1"},
    )
    with pytest.raises(Refused, match="takes no x"):
        construct(named, lambda param_file=None: param_file, {"x": "1"})


def test_that_what_nobody_can_tell_the_arguments_of_is_tried() -> None:
    assert construct(ClassName("builtins", "dict"), dict, {"a": "b"}) == {"a": "b"}
