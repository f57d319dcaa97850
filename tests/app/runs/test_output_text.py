"""The output of a launcher, read piece by piece: lines that can be shown, and what is left out."""

from pathlib import Path

import pytest

from app.runs.output_text import CHUNK, Lines, OutputFile


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        (["one\ntwo\n", "three"], "one\ntwo\nthree"),
        (["one\r\ntwo\r", "\nthree"], "one\ntwo\nthree"),
        (["\r 1 %\r 2 %", "\r 3 %\r 4 %", "\ndone\n"], " 2 %\n 4 %\ndone\n"),
        (["1 %\r", "2 %\r", "3 %\r"], "1 %\n2 %\n3 %"),
        (["x" * 4096, "y" * 5000], "x" * 4096 + "\n" + "y" * 4096 + "\n" + "y" * 904),
        (["", "a", "", "b"], "ab"),
    ],
)
def test_that_output_comes_in_lines_that_can_be_shown(pieces: list[str], shown: str) -> None:
    lines = Lines()
    assert "".join(map(lines.of, pieces)) == shown


def test_that_what_is_printed_comes_as_it_comes_and_nothing_twice(tmp_path: Path) -> None:
    path = tmp_path / "output.log"
    output = OutputFile(path)
    assert (output.look(), output.at_end) == ("", True)
    path.write_bytes("é".encode()[:1])
    assert output.look() == ""
    with path.open("ab") as file:
        file.write("é".encode()[1:] + b" one\n")
    assert output.look() == "é one\n"
    assert output.look(final=True) == ""


def test_that_of_much_only_the_end_is_read_and_the_rest_is_told(tmp_path: Path) -> None:
    path = tmp_path / "output.log"
    path.write_bytes(b"x" * 999 + b"\n" + b"last\n" * 10)
    output = OutputFile(path, behind=100)
    text = output.look()
    assert text.endswith("last\n" * 10)
    assert "950 bytes left out here" in text
    assert len(text) < 1000


def test_that_a_long_output_is_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "output.log"
    path.write_bytes(b"line\n" * CHUNK)
    output, pieces = OutputFile(path), 0
    text = output.look()
    while not output.at_end:
        pieces += 1
        text += output.look()
    assert pieces == 5
    assert text == "line\n" * CHUNK
