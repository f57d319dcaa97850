"""Two states side by side: type-strict, by attribute name, launchers paired as a person would pair them."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.values.differences import Comparison, compare, copied, flipped, sifted, unequal
from persistence.document import ABSENT, Document
from persistence.values.sameness import same
from tests.samples import PREDICTIVE, SLAP2, document, documents


def told(comparison: Comparison) -> list[tuple[str, object, object, str]]:
    rows = comparison.rows
    return [("/".join(map(str, row.place)), row.left, row.right, row.kind) for row in rows]


def differing(left: Document, right: Document | None) -> list[tuple[str, object, object, str]]:
    return told(compare(left, right))


def test_that_each_kind_of_difference_is_told_in_file_order() -> None:
    left = document({"a": 1, "b": 1, "c": "x", "d": {"e": 1, "f": 2}, "g": 0})
    right = document({"a": 1, "b": 1.0, "c": "y", "d": {"e": 1, "f": 3}, "h": None})
    comparison = compare(left, right)
    assert told(comparison) == [
        ("b", 1, 1.0, "type"),
        ("c", "x", "y", "changed"),
        ("d/f", 2, 3, "changed"),
        ("g", 0, ABSENT, "removed"),
        ("h", ABSENT, None, "added"),
    ]
    assert (comparison.differing, comparison.equal) == (5, 1)


def test_that_true_is_not_one_and_one_is_not_a_decimal() -> None:
    assert [kind for *_, kind in differing(document({"a": True}), document({"a": 1}))] == ["type"]
    assert [kind for *_, kind in differing(document({"a": 1}), document({"a": 1.0}))] == ["type"]


def test_that_equal_attributes_are_told_when_wanted_and_stand_in_their_places() -> None:
    left, right = document({"a": 1, "b": 2, "c": 3}), document({"a": 1, "b": 5, "c": 3})
    comparison = compare(left, right, equal=True)
    assert [row.kind for row in unequal(comparison).rows] == ["changed"]
    assert [kind for *_, kind in told(comparison)] == ["equal", "changed", "equal"]


def test_that_words_are_sought_in_names_and_values_of_both_sides() -> None:
    comparison = compare(
        document({"volume": 5, "phase": "baseline", "x": 1}),
        document({"volume": 6, "phase": "washout", "x": 2}),
    )
    for words, found in (("vol", ["volume"]), ("WASH", ["phase"]), ("phase base", ["phase"]), ("zzz", [])):
        assert [name for name, *_ in told(sifted(comparison, words))] == found


def states(**launchers: dict[str, Any]) -> Document:
    return documents(
        {name.replace("_", "."): {"attributes": attributes} for name, attributes in launchers.items()}
    )


def test_that_a_launcher_is_paired_with_its_like_under_another_module() -> None:
    comparison = compare(
        states(old_Rig={"a": 1}, old_Cam={"a": 1}), states(new_Cam={"a": 1}, new_Rig={"a": 2})
    )
    assert [(pair.left, pair.right) for pair in comparison.pairs] == [
        ("old.Rig", "new.Rig"),
        ("old.Cam", "new.Cam"),
    ]
    assert [(row.pair.left, row.left, row.right) for row in comparison.rows if row.kind != "equal"] == [
        ("old.Rig", 1, 2)
    ]


def test_that_launchers_of_two_classes_are_compared_by_attribute_name_and_that_is_known() -> None:
    comparison = compare(
        documents({PREDICTIVE: {"attributes": {"a": 1}}}), documents({SLAP2: {"attributes": {"a": 2}}})
    )
    (pair,) = comparison.pairs
    assert (pair.left, pair.right, pair.by_attribute_name) == (PREDICTIVE, SLAP2, True)
    assert [row.kind for row in comparison.rows] == ["changed"]


def test_that_nothing_is_paired_where_it_would_be_a_guess() -> None:
    comparison = compare(states(m_A={"a": 1}, m_B={"a": 1}), states(m_C={"a": 1}, m_D={"a": 1}))
    assert [(pair.left, pair.right) for pair in comparison.pairs] == [
        ("m.A", ""), ("m.B", ""), ("", "m.C"), ("", "m.D"),
    ]  # fmt: skip
    assert [row.kind for row in comparison.rows] == ["removed", "removed", "added", "added"]


def test_that_of_a_file_that_cannot_be_read_nothing_is_claimed() -> None:
    comparison = compare(document({"a": 1}), None)
    assert told(comparison) == [("a", 1, ABSENT, "unknown")]
    assert (comparison.differing, comparison.equal) == (0, 0)


def test_that_exchanged_sides_tell_the_same() -> None:
    left, right = document({"a": 1, "b": 1, "c": 3}), document({"a": 2, "d": 4, "c": 3})
    assert sorted(map(str, told(flipped(compare(left, right))))) == sorted(
        map(str, told(compare(right, left)))
    )


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.0, 1.0, "", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=6,
)
ATTRIBUTES = st.dictionaries(st.sampled_from(["p", "q", "r"]), VALUES, max_size=3)


@settings(max_examples=200)
@given(ATTRIBUTES, ATTRIBUTES)
def test_that_every_attribute_is_told_once_as_equal_or_by_what_differs(one: Any, two: Any) -> None:
    comparison = compare(document(one), document(two), equal=True)
    equal = [row.place[0] for row in comparison.rows if row.kind == "equal"]
    other = {row.place[0] for row in comparison.rows if row.kind != "equal"}
    assert len(equal) == len(set(equal)) == comparison.equal
    assert not other.intersection(equal)
    assert other.union(equal) == {*one, *two}
    assert len(other) == comparison.differing
    for name in equal:
        assert same(one[name], two[name])


def test_that_values_are_copied_to_either_side_but_only_where_they_have_a_place() -> None:
    left = states(m_A={"a": 1, "b": True}, m_X={"x": 1})
    right = states(m_A={"a": 2, "c": [1]}, m_Y={"y": 1}, m_Z={"z": 1})
    rows = compare(left, right, equal=True).rows
    to_left = [(one.namespace, one.place, one.before, one.after) for one in copied(rows, to_left=True)]
    assert to_left == [
        ("m.A", ("a",), 1, 2),
        ("m.A", ("b",), True, ABSENT),
        ("m.A", ("c",), ABSENT, [1]),
        ("m.X", ("x",), 1, ABSENT),
    ]
    to_right = [(one.namespace, one.place) for one in copied(rows, to_left=False)]
    assert to_right == [("m.A", ("a",)), ("m.A", ("b",)), ("m.A", ("c",)), ("m.Y", ("y",)), ("m.Z", ("z",))]
    assert copied(compare(left, left, equal=True).rows, to_left=True) == ()
