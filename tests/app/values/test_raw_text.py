"""Rows of bytes: every byte is in one of them, numbers are right, places are found, whatever the bytes."""

import gc
import weakref
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.values import raw_pages, raw_text
from app.values.raw_pages import ROW_BYTES, Pages
from app.values.raw_text import RawText, Row, display


def whole(text: RawText) -> bytes:
    rows = (text.row(number) for number in range(text.rows))
    return b"".join(row.data + b"\n" * row.ends for row in rows)


def searched(text: RawText, words: str, start: int = 0, *, backwards: bool = False) -> int | None:
    work = text.search(words, start, backwards=backwards)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


LINES = st.lists(
    st.binary(max_size=12)
    | st.text(max_size=8).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.integers(0, 3 * ROW_BYTES).map(lambda length: ("é" * length).encode()[: length + 1]),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from([7, 64, 1000, 1 << 16]))
def test_that_rows_hold_every_byte_in_order_and_count_lines(lines: list[bytes], page: int) -> None:
    data = b"\n".join(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw_pages, "PAGE_BYTES", page)
        text = RawText(data)
        assert whole(text) == data
        assert text.lines == len(data.split(b"\n")) - (data == b"" or data.endswith(b"\n"))
        for number in range(text.rows):
            row = text.row(number)
            assert len(row.data) <= ROW_BYTES
            assert row.line == data[: row.start].count(b"\n") + 1
            assert row.continued == (row.start > 0 and data[row.start - 1] != 10)
            assert text.row_at(row.start) == number


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(alphabet="aé€𝄞\r\t ", max_size=9), min_size=1, max_size=5), st.booleans(), st.data())
def test_that_a_line_and_a_column_lead_to_the_character(
    lines: list[str], bom: bool, data: st.DataObject
) -> None:
    line = data.draw(st.integers(1, len(lines)))
    column = data.draw(st.integers(1, len(lines[line - 1]) + 1))
    encoded = ("\ufeff" if bom else "") + "\n".join(lines)
    before = ("\ufeff" if bom else "") + "\n".join([*lines[: line - 1], lines[line - 1][: column - 1]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw_pages, "PAGE_BYTES", 8)
        assert RawText(encoded.encode()).offset_of(line, column) == len(before.encode())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.sampled_from(["a", "ab", "é", "\n"]), st.integers(0, 60), st.booleans())
def test_that_a_search_finds_what_python_finds(data: bytes, words: str, start: int, backwards: bool) -> None:
    data = data.replace(b"\xff", b"ab").replace(b"\xfe", "é".encode())
    start, needle, low = min(start, len(data)), words.encode(), data.lower()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw_text, "SLICE_BYTES", 5)
        found = searched(RawText(data), words, start, backwards=backwards)
    if needle not in low:
        assert found is None
        return
    if backwards:
        wanted = low.rfind(needle, 0, start + len(needle) - 1)
        assert found == (wanted if wanted >= 0 else low.rfind(needle))
    else:
        wanted = low.find(needle, start)
        assert found == (wanted if wanted >= 0 else low.find(needle))


def test_that_bytes_that_are_no_utf_8_are_shown_and_known() -> None:
    assert display(RawText(b'{"a": "\xff\xfe"}').row(0).text) == '{"a": "\ufffd\ufffd"}'
    for data, good in ((b"\xff", False), ("é".encode()[:1], False), ("é".encode(), True), (b"", True)):
        assert RawText(data).is_utf8 is good
    assert not RawText('{"a": 1}'.encode("utf-16")).is_utf8
    assert RawText("é".encode() * 10, size=99).is_utf8


def test_that_what_hides_or_turns_text_is_shown_as_an_escape() -> None:
    assert display("a\tb\x00\u202e\u2066\x1b") == "a    b\\u0000\\u202e\\u2066\\u001b"


@given(st.binary(max_size=20))
def test_that_columns_and_offsets_lead_to_each_other_in_any_bytes(data: bytes) -> None:
    row = RawText(data.replace(b"\n", b"") + b"x").row(0)
    for column in range(len(row.text) + 1):
        assert row.column_of(row.offset_of(column)) == column
    offsets = [row.offset_of(column) for column in range(len(row.text) + 1)]
    assert offsets == sorted(set(offsets))


def test_that_a_character_is_never_torn_between_rows() -> None:
    text = RawText(b"x" + "€".encode() * 5000)
    assert "\ufffd" not in display("".join(text.row(number).text for number in range(text.rows)))


def test_that_the_end_of_a_windows_line_is_not_part_of_its_text() -> None:
    text = RawText(b"a\r\nb\r\n")
    assert [text.row(number).text for number in range(text.rows)] == ["a", "b"]


def test_that_what_was_left_out_is_known() -> None:
    assert RawText(b"abc", size=10).left_out == 7
    assert RawText(b"abc").left_out == 0


def test_that_there_are_no_rows_of_nothing_and_none_behind_the_last() -> None:
    text = RawText(b"")
    assert (text.rows, text.lines, text.row_at(0), text.offset_of(1, 1)) == (0, 0, 0, 0)
    for number in (-1, 1):
        with pytest.raises(IndexError):
            RawText(b"a").row(number)


@pytest.mark.parametrize(
    ("data", "size"),
    [(b"\n", 8_000_000), (b"x" * 79 + b"\n", 50_000_000), (b"y", 50_000_000)],
    ids=["empty lines", "lines", "one line"],
)
def test_that_for_a_row_of_a_large_file_one_page_is_looked_at(
    data: bytes, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, page_rows = list[int](), raw_text._page_rows

    def counted(data: bytes, pages: Pages, page: int) -> tuple[Row, ...]:
        made.append(page)
        return page_rows(data, pages, page)

    monkeypatch.setattr(raw_text, "_page_rows", counted)
    text = RawText(data * (size // len(data)))
    asked = range(0, text.rows, max(1, text.rows // 50))
    assert all(len(text.row(number).data) <= ROW_BYTES for number in asked)
    assert 40 < len(made) <= len(asked)
    starts = [int(start) for start in text._pages.starts]
    assert max(after - start for start, after in pairwise([*starts, size])) <= 2 * raw_pages.PAGE_BYTES


def told(text: RawText) -> list[tuple[bytes, int, bool]]:
    """The rows, each with its line and whether the line ends there."""
    rows = (text.row(number) for number in range(text.rows))
    return [(row.data, row.line, row.ends) for row in rows]


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES.map(b"\n".join), max_size=6), st.sampled_from([7, 64, 1 << 16]))
def test_that_bytes_that_grow_have_the_rows_that_they_would_have_at_once(
    parts: list[bytes], page: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw_pages, "PAGE_BYTES", page)
        text = RawText(b"")
        for part in parts:
            text = text.grown(part, keep=1 << 30)
        at_once = RawText(b"".join(parts))
        assert told(text) == told(at_once)
        assert (text.data, text.size, text.lines) == (at_once.data, at_once.size, at_once.lines)
        assert (text.is_utf8, text.skipped) == (at_once.is_utf8, 0)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.text("aé\n", max_size=9).map(str.encode), min_size=1).map(b"".join), max_size=9),
    st.integers(0, 60),
)
def test_that_of_bytes_that_grow_the_first_lines_are_let_go_and_the_others_keep_their_numbers(
    parts: list[bytes], keep: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw_pages, "PAGE_BYTES", 16)
        text = RawText(b"")
        for part in parts:
            text = text.grown(part, keep)
            assert len(text.data) <= keep + 16 + len(part)
            assert text.numbered
        data = b"".join(parts)
        assert data.endswith(text.data)
        assert (text.skipped, text.size, text.end) == (len(data) - len(text.data), len(data), len(data))
        assert text.lines == (RawText(data).lines if text.data else text.lines)
        if not text.skipped or data[text.skipped - 1] == 10:
            known = told(RawText(data))
            assert told(text) == known[len(known) - text.rows :]


def test_that_the_end_of_a_file_is_counted_from_where_it_begins() -> None:
    text = RawText(b"c\nd", 100, skipped=97)
    assert (text.row(1).line, text.left_out, text.lines) == (2, 0, 2)
    assert (text.numbered, text.grown(b"e", 100).numbered) == (False, False)
    grown = text.grown(b"", 100, 120)
    assert (grown.left_out, told(grown)) == (20, told(text))
    assert grown.data is text.data  # nothing is copied where only the file has grown


def test_that_half_a_character_is_no_fault_where_the_file_goes_on() -> None:
    half = RawText("aé".encode()[:2])
    assert not half.is_utf8
    assert half.grown("é".encode()[1:], 100).is_utf8
    assert half.grown(b"", 100, 50).is_utf8
    assert not half.grown(b"z", 100).is_utf8


def test_that_bytes_nobody_shows_any_more_go_without_the_collector() -> None:
    gc.disable()
    try:
        text = RawText(b"a\nb\n")
        assert text.row(1).text == "b"
        before = weakref.ref(text)
        text = text.grown(b"c\n", keep=100)
        assert before() is None
    finally:
        gc.enable()
    assert text.row(2).text == "c"
