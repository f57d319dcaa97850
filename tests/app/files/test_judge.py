"""What another process says of a large session is what reading it here would say."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from app.files import apart
from app.files.apart import NotWanted, ask
from app.files.judge import Verdict, judge, loaded, main
from persistence.document import parse_document, render
from persistence.errors import Damaged, NoStateFile
from persistence.files.history import etag_of
from persistence.sessions.gathering import values_of
from persistence.sessions.query_values import dump_values
from persistence.store import SIZE_LIMIT, STATE_FILE, StateFile
from tests.persistence.values.test_layout import file
from tests.small_rig import made_session

OURS = file('"a": {"x":1e2,"y" : [ 1.50 ]},\n"b": "\\u00e9",\n"c": 150')
FOREIGN = file('"a": NaN,\n"b": 1')
DAMAGED = (OURS[:-20], OURS.replace(b"1.50", b"1.5.0"), file('"a": 1,\n"a": 2'), b"\0" * 40, b"[1]")


def in_another_layout(data: bytes) -> bytes:
    """The same, as another program would write it."""
    return json.dumps(json.loads(data), indent=2).encode()


def session_of(tmp_path: Path, data: bytes) -> Path:
    (tmp_path / STATE_FILE).write_bytes(data)
    return tmp_path


@pytest.mark.parametrize("data", [OURS, FOREIGN, in_another_layout(OURS), in_another_layout(FOREIGN)])
def test_that_a_sound_file_is_judged_with_what_can_be_asked_of_it(tmp_path: Path, data: bytes) -> None:
    verdict = judge(StateFile(session_of(tmp_path, data)), lay_out=True)
    assert verdict.error is None
    assert verdict.etag == etag_of(data)
    assert verdict.sliced is (data == OURS)
    assert verdict.values == dump_values(values_of(parse_document(data)))
    laid_out = data == in_another_layout(OURS)  # numbers that JSON lacks would be written in another way
    assert verdict.laid_out == (render(parse_document(data)) if laid_out else b"")


@pytest.mark.parametrize("data", DAMAGED)
def test_that_damage_is_told_as_the_store_tells_it(tmp_path: Path, data: bytes) -> None:
    session = StateFile(session_of(tmp_path, data))
    with pytest.raises(Damaged) as told:
        session.read()
    error = judge(session, lay_out=False).error
    assert error is not None
    assert (error.cause, error.line, error.column, error.ends_early) == (
        told.value.cause, told.value.line, told.value.column, told.value.ends_early,
    )  # fmt: skip


def test_that_as_many_names_are_kept_as_of_the_whole(tmp_path: Path) -> None:
    lines = ",\n".join(f'"name_{index}": {{"x": {index}, "y": [1], "z": null}}' for index in range(150))
    data = file(lines)
    verdict = judge(StateFile(session_of(tmp_path, data)), lay_out=False)
    assert verdict.sliced
    assert verdict.values == dump_values(values_of(parse_document(data)))


def test_that_a_verdict_comes_through_a_pipe_as_it_was() -> None:
    verdict = Verdict(
        "e", sliced=False, damage={"cause": "é\n", "line": 3}, values="{}", laid_out=b'{\n"a"\n'
    )
    assert loaded(verdict.dumped()) == verdict
    for nonsense in (b"", b"{}\n", b"[1]\n", b"no json\n", b'{"etag": 1}'):
        with pytest.raises((ValueError, TypeError)):
            loaded(nonsense)


def test_that_another_process_says_the_same(tmp_path: Path) -> None:
    session = made_session(tmp_path, "it's a & session é")
    assert ask(str(session), SIZE_LIMIT) == judge(StateFile(session), lay_out=False)
    (session / STATE_FILE).write_bytes(in_another_layout((session / STATE_FILE).read_bytes()))
    assert ask(str(session), SIZE_LIMIT, lay_out=True) == judge(StateFile(session), lay_out=True)


def test_that_there_is_no_answer_where_none_can_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(str(tmp_path / "gone"), SIZE_LIMIT) is None
    with pytest.raises(NoStateFile):
        judge(StateFile(tmp_path / "gone"), lay_out=False)
    session = made_session(tmp_path)
    assert ask(str(session), 10) is None  # larger than the limit
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    assert ask(str(session), SIZE_LIMIT) is None
    monkeypatch.undo()
    monkeypatch.setattr(apart, "loaded", lambda _: loaded(b"nonsense"))
    assert ask(str(session), SIZE_LIMIT) is None
    assert main([str(tmp_path / "gone"), "100"]) == 1


def test_that_a_process_that_nobody_waits_for_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = made_session(tmp_path)
    monkeypatch.setattr(apart, "LOOK_SECONDS", 0.0)
    with pytest.raises(NotWanted):  # a child that is left alive would fail the test
        ask(str(session), SIZE_LIMIT, lambda: False)
