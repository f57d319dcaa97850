"""Words of differences: two values that differ never look alike."""

from app.values.differences import Comparison, compare
from app.words.difference_texts import count_sentence, pairs_sentence, side_text, value_text
from persistence.document import ABSENT
from tests.samples import PREDICTIVE, SLAP2, document, documents


def test_that_small_containers_are_written_out_and_large_ones_counted() -> None:
    assert value_text([0.5, 1.0]) == "[0.5, 1.0]"
    assert value_text({"__type__": "set", "value": [1, 2]}) == "[1, 2]"
    assert value_text({"a": {"b": [1]}}) == '{"a": {"b": [1]}}'
    assert value_text(list(range(240))) == "240 items"
    assert value_text(["x" * 10_000_000]) == "1 item"
    assert value_text(ABSENT) == "not there"
    assert value_text("") == '"" (empty text)'
    assert (value_text([]), value_text({})) == ("[]", "{}")
    assert value_text("a\u202eb") == "a\\u202eb"


def test_that_counts_are_told_in_whole_sentences() -> None:
    assert (
        count_sentence(Comparison(differing=7, equal=5), "now")
        == "7 attributes differ from now, 5 are equal."
    )
    assert (
        count_sentence(Comparison(differing=1, equal=1), "now") == "1 attribute differs from now, 1 is equal."
    )
    assert count_sentence(Comparison(differing=2), "now") == "2 attributes differ from now, none is equal."
    assert count_sentence(Comparison(equal=1234), "now") == "All 1,234 attributes are equal."
    assert count_sentence(Comparison(), "now") == "Neither side has an attribute."


def test_that_of_one_side_alone_is_said_that_the_other_cannot_be_read() -> None:
    rows = compare(document(), None)
    assert rows.rows
    assert count_sentence(rows, "now") == (
        "What they are compared with cannot be read; these are the attributes of one side."
    )


def test_that_launchers_of_other_classes_are_named() -> None:
    left = documents({PREDICTIVE: {"attributes": {}}})
    right = documents({SLAP2: {"attributes": {}}})
    assert pairs_sentence(compare(left, right)) == (
        "Compared by attribute name: PredictiveLauncher with Slap2Launcher."
    )
    assert pairs_sentence(compare(document(), document())) == ""


def test_that_two_long_sides_are_told_from_where_they_differ() -> None:
    one, other = "y" * 700 + " left", "y" * 700 + " right"
    assert side_text(one, other).endswith(" left")
    assert side_text(other, one).endswith(" right")
    assert side_text(one, ABSENT) == value_text(one)
    assert side_text(one, one) == value_text(one)
