"""The parser suite sees each way in which bytes may be misread, and each error that should not come out."""

from __future__ import annotations

import json
import subprocess
import tarfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from persistence import codec, document, store
from persistence.document import Document
from persistence.errors import Damaged, NotRepresentable
from persistence.states import value_reading
from persistence.values import json_text, json_writing, kinds, value_text
from persistence.values.json_text import JSON, Number
from tests.proof import json_corpus, mutations, parser
from tests.proof.batches import Batch
from tests.proof.examples import Broken
from tests.proof.json_promises import Clock, examine
from tests.proof.parser import SUITE, in_a_file

Patch = pytest.MonkeyPatch


def raising(error: BaseException) -> Callable[..., Any]:
    """A function that fails."""

    def fails(*_: object, **__: object) -> Any:
        raise error

    return fails


def giving(answer: object) -> Callable[..., Any]:
    """A function that always says the same."""
    return lambda *_: answer


def last_of_two(data: bytes) -> JSON:
    """What `json` does with a key that stands twice."""
    try:
        made: JSON = json.loads(data)
    except ValueError:
        raise Damaged("no") from None
    return made


def sleepy(data: bytes, read: Callable[[bytes], JSON] = json_text.parse) -> JSON:
    """A reader that computes for a while."""
    until = time.thread_time() + 1.1
    while time.thread_time() < until:
        pass
    return read(data)


def spelling_lost(data: bytes, read: Callable[[bytes], JSON] = json_text.parse) -> JSON:
    """A reader that takes a number for what it is worth."""
    value = read(data)
    return float(value.text) if isinstance(value, Number) else value


def lax(data: bytes, read: Callable[[bytes], JSON] = json_text.parse) -> JSON:
    """A reader that mends."""
    return read(data.replace(b",]", b"]"))


STATE = b'{"launcher_states": {"m.L": {"attributes": {"a": [1, {"__type__": "tuple", "value": [2]}]}}}}'


@pytest.mark.parametrize(
    ("room", "name", "broken", "data", "seen"),
    [
        (json_text, "parse", raising(RecursionError()), b"[]", "RecursionError"),
        (json_text, "parse", raising(MemoryError()), b"[]", "MemoryError"),
        (json_text, "parse", raising(ValueError("x")), b"[]", "ValueError"),
        (json_text, "parse", raising(Damaged("no")), b"[]", "Python's own json reads it"),
        (json_text, "parse", last_of_two, b'{"a": 1, "a": 2}', "twice"),
        (json_text, "parse", lax, b"[1,]", "Python's own json says"),
        (json_text, "parse", spelling_lost, b"1e2", "something else"),
        (json_text, "parse", sleepy, b"[]", "1.1 s"),
        (json_text, "parse", giving({}), b'{"b": 1}', "something else"),
        (json_writing, "write", giving("[1]"), b"[2]", "another tree"),
        (json_writing, "write", giving("["), b"[2]", "cannot be read"),
        (json_writing, "write", raising(UnicodeError("x")), b"[2]", "UnicodeError"),
        (document, "parse_document", raising(KeyError("x")), STATE, "KeyError"),
        (document, "render", giving(b"{}"), STATE, "another document"),
        (document, "render", giving(b"{"), STATE, "cannot be read"),
        (document, "render", raising(NotRepresentable("x", type_name="")), STATE, "cannot be written"),
        (codec, "decode", raising(TypeError("x")), STATE, "TypeError"),
        (codec, "encode", raising(NotRepresentable("x", type_name="")), b"[1]", "cannot be encoded"),
        (codec, "encode", giving(1), b"[1]", "another tree"),
        (value_text, "text_of", giving("[2]"), b"[1]", "another text"),
        (kinds, "kind_of", raising(LookupError("x")), b"[1]", "LookupError"),
        (value_reading, "parse_values", giving(Document({})), STATE, "other namespaces"),
        (value_reading, "parse_values", document.parse_document, STATE, "other values"),
        (value_reading, "parse_values", giving(Document({})), b"[", "was refused, and"),
    ],
)
def test_that_each_broken_promise_is_seen(
    monkeypatch: Patch, room: object, name: str, broken: Callable[..., Any], data: bytes, seen: str
) -> None:
    accepted = name != "parse_values" and broken not in (last_of_two, lax)
    if accepted:
        examine(data, Clock(), ours=False)
    monkeypatch.setattr(room, name, named(broken, name))
    with pytest.raises(Broken, match=seen):
        examine(data, Clock(), ours=False)


def named(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Under the name of what it stands for."""

    def stand_in(*arguments: object) -> Any:
        return function(*arguments)

    stand_in.__name__ = name
    return stand_in


def test_that_a_value_that_comes_back_as_another_is_seen(monkeypatch: Patch) -> None:
    tagged = json_writing.write(codec.encode((1, 2))).encode()
    assert examine(tagged, Clock(), ours=True)
    monkeypatch.setattr(codec, "encode", list)
    with pytest.raises(Broken, match="another tree"):
        examine(tagged, Clock(), ours=True)
    with pytest.raises(Broken, match="another value"):
        examine(tagged, Clock(), ours=False)


def test_that_a_file_that_says_something_else_than_its_bytes_is_seen(
    monkeypatch: Patch, tmp_path: Path
) -> None:
    in_a_file(STATE, tmp_path)
    in_a_file(b"{", tmp_path)
    monkeypatch.setattr(store.StateFile, "version", giving(b""))
    with pytest.raises(Broken, match="history"):
        in_a_file(b"{", tmp_path)


def test_that_a_save_that_takes_other_words_away_is_seen(monkeypatch: Patch, tmp_path: Path) -> None:
    sound = parser._saved
    monkeypatch.setattr(parser, "_saved", giving(sound(None)))
    with pytest.raises(Broken, match="took the state"):
        in_a_file(STATE, tmp_path)
    with pytest.raises(Broken, match="note"):
        in_a_file(b'{"note": 1}', tmp_path)


def test_that_the_short_form_finds_a_leak_and_names_seed_and_input(
    monkeypatch: Patch, tmp_path: Path
) -> None:
    sound = json_text.parse

    def leaky(data: bytes) -> JSON:
        try:
            return sound(data)
        except Damaged:
            return json.loads(data)  # type: ignore[no-any-return]

    monkeypatch.setattr(json_text, "parse", leaky)
    outcome = SUITE.run(SUITE.short, tmp_path)
    assert outcome.violations
    assert "seed" in outcome.violations[0]
    assert "input" in outcome.violations[0]


def test_that_a_seed_draws_the_same_again_and_a_sound_library_passes(tmp_path: Path) -> None:
    first, again = (parser.batch(tmp_path, Batch(7, 300)) for _ in range(2))
    assert (first.violations, first.rounds, first.counts) == ((), 300, again.counts)
    assert first.counts["read"] > 50
    assert first.counts["refused"] > 50
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("mutation", mutations.MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_that_every_mutation_breaks_something_and_takes_any_bytes(mutation: mutations.Mutation) -> None:
    random = Random(1)
    assert any(mutation(random, STATE) != STATE for _ in range(10))
    for data in (b"", b"1", b"\xff"):
        assert isinstance(mutation(random, data), bytes)


# --- the public corpus ------------------------------------------------------------------------------------


def test_that_the_corpus_is_held_against_the_names_of_its_files(monkeypatch: Patch) -> None:
    files = {
        "y_array.json": b"[]",
        "n_open.json": b"[",
        "i_utf16.json": "[]".encode("utf-16"),
        "n_number_NaN.json": b"[NaN]",
        "y_object_duplicated_key.json": b'{"a":1,"a":2}',
    }
    assert json_corpus.violations(files) == ()
    wrong = json_corpus.violations({"y_wrong.json": b"[", "n_wrong.json": b"[]"})
    assert [sentence.partition(": ")[0] for sentence in wrong] == [
        "JSONTestSuite, n_wrong.json",
        "JSONTestSuite, y_wrong.json",
    ]


def test_that_a_corpus_that_cannot_be_had_is_no_violation(monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setattr(subprocess, "run", raising(subprocess.CalledProcessError(1, "pip")))
    monkeypatch.setattr(parser, "FULL", 50)
    outcome = SUITE.run(50, tmp_path)
    assert outcome.violations == ()
    assert "JSONTestSuite not available" in outcome.details


def test_that_the_corpus_is_read_from_the_distribution_that_pip_fetched(
    monkeypatch: Patch, tmp_path: Path
) -> None:
    def download(*_: object, **__: object) -> None:
        with tarfile.open(tmp_path / "some-1.0.tar.gz", "w:gz") as archive:
            for name, data in (("x/JSONTestSuite/test_parsing/y_a.json", b"["), ("x/setup.py", b"")):
                member = tarfile.TarInfo(name)
                member.size = len(data)
                archive.addfile(member, BytesIO(data))

    monkeypatch.setattr(subprocess, "run", download)
    monkeypatch.setattr(parser, "FULL", 50)
    outcome = SUITE.run(50, tmp_path)
    assert "JSONTestSuite 1 files" in outcome.details
    assert outcome.violations == ("JSONTestSuite, y_a.json: it is sound, and was refused",)
    assert outcome.rounds == 51
