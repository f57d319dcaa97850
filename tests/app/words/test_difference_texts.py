"""Words of differences: two values that differ never look alike."""

import base64
import struct

from app.values.differences import Comparison, compare
from app.words.difference_texts import count_sentence, pairs_sentence, side_text, value_text
from persistence.document import ABSENT
from persistence.values.json_text import JSON
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


def test_that_an_array_has_the_words_of_the_tree_and_a_small_one_its_numbers() -> None:
    """Two that differ stood there as the file has them."""

    def array(dtype: str, shape: list[JSON], data: bytes) -> JSON:
        inner: dict[str, JSON] = {"dtype": dtype, "shape": shape, "data": base64.b64encode(data).decode()}
        return {"__type__": "ndarray", "value": inner}

    assert value_text(array("<i2", [3], b"\1\0\2\0\3\0")) == "3 integers (int16): 1, 2, 3"
    assert (
        value_text(array(">f8", [1, 2], struct.pack(">dd", 0.1, 7))) == "1 × 2 decimals (float64): 0.1, 7.0"
    )
    assert value_text(array("<f4", [], struct.pack("<f", 0.1))) == "1 decimal (float32): 0.100000001"
    assert value_text(array("|b1", [2], b"\0\1")) == "2 yes/no: no, yes"
    assert value_text(array("<f8", [4, 5], bytes(160))) == "4 × 5 decimals (float64)"
    assert value_text(array("<U3", [2], bytes(24))) == "2 texts"
    assert value_text(array("<M8[us]", [2], bytes(16))) == "2 date-times"
