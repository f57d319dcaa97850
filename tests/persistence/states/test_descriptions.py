"""A text that describes an object is told from a text that somebody meant."""

from __future__ import annotations

import collections
import datetime as dt
import logging
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from uuid import UUID

import pytest

from persistence.document import Place
from persistence.states.descriptions import description_in, is_description
from persistence.values.json_text import JSON


@dataclass
class Event:
    name: str
    at: float = 0.5


class Camera:
    pass


class Phase(Enum):
    TRAINING = 1


def process() -> object:
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    return ended


@pytest.mark.parametrize(
    "value",
    [
        Camera(),
        Camera,
        [Camera()],
        {"a": Camera()},
        (1, Camera()),
        Event("lick (1)"),
        [Event("a"), Event("b")],
        {"e": Event("it's")},
        Phase.TRAINING,
        dt.datetime(2025, 1, 2),
        dt.timedelta(seconds=5),
        Decimal("0.1"),
        UUID(int=5),
        PurePosixPath("/data/x"),
        PureWindowsPath("C:/x"),
        b"\x00abc",
        bytearray(b"x"),
        {1, 2},
        pytest.param({"a", "b"}, id="{'a', 'b'}"),
        set(),
        frozenset({1}),
        frozenset(),
        1 - 2j,
        2j,
        range(3),
        collections.OrderedDict(a=1),
        collections.defaultdict(int),
        collections.deque([1]),
        collections.Counter("aab"),
        threading.Lock(),
        threading.Thread(name="x"),
        logging.getLogger("rig"),
        re,
        len,
        lambda: None,
        process,
        object(),
        ...,
        NotImplemented,
    ],
    ids=lambda value: re.sub(r" at 0x\w+|/\S+", "", repr(value)),  # the same in every run, on every machine
)
def test_that_what_python_says_of_an_object_is_a_description(value: Any) -> None:
    assert is_description(repr(value))


def test_that_a_process_and_an_open_file_are_described() -> None:
    assert is_description(repr(process()))
    assert is_description(repr(sys.__stdout__))


@pytest.mark.parametrize("cut", range(50, 76))
def test_that_a_process_is_described_wherever_its_arguments_are_cut_off(cut: int) -> None:
    """Python shortens what it says of a process, in the middle of a path or between two arguments."""
    whole = f"<Popen: returncode: 0 args: {['/home/ann/envs/rig/bin/python', '-c', 'import rig; rig.run()']}>"
    assert is_description(f"{whole[:cut]}...>")


@pytest.mark.parametrize(
    "text",
    [
        "<Mute>",
        "<non-serializable: Popen>",
        "<error accessing attribute>",
        "array([1., 2.])",
        "array([[1, 2],\n       [3, 4]])",
        "np.float64(1.5)",
        "<MagicMock name='mock.camera' id='140245'>",
        "<_MainThread(MainThread, started 140)>",
        "<Response [200]>",
    ],
)
def test_that_what_launchers_in_the_field_write_is_a_description(text: str) -> None:
    assert is_description(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "habituation",
        "data (collection)",
        "grating(45)",
        "f(x)",
        "Rat(7) was fine (really)",
        "see note (2)",
        "<b>not bold</b> & 5 < 6",
        "<img src='x'/>",
        "5 < 6 and 7 > 6",
        "<zoe@lab.org>",
        "<",
        "<>",
        "< a >",
        "2025-06-23T10:30:00.123456",
        "C:\\data\\x (copy)",
        "/data/764521_2026-11-23 (1)",
        "[1, 2, 3]",
        '{"param1": "value1", "n": [1, 2]}',
        "{subject_id}/{session}",
        "{}",
        "()",
        "[]",
        "(habituation)",
        "[x] done",
        "b",
        "b'",
        "1+2j",
        "None",
        "True",
        "12",
        "TypeError: <Camera object at 0x7f> does not answer",
        "took 5 (Rat(7))",
        "it's (fine)",
        "Zoë Ångström-Núñez",
        "a" * 100_000,
    ],
)
def test_that_what_somebody_may_have_meant_is_a_value(text: str) -> None:
    assert not is_description(text)


@pytest.mark.parametrize(
    "piece", ["<", "(", "'", "\\'", "A(", "[<a at 0x1, ", '{"a": ', "<a ", "a.b", "'\"", "1, "]
)
def test_that_no_text_takes_long(piece: str) -> None:
    """As a pattern that tries again and again would: this ends in a moment or not at all."""
    for text in (piece * 200_000, f"<{piece * 200_000}>", f"A({piece * 200_000})", f"[{piece * 200_000}]"):
        assert is_description(text) in (True, False)


def test_that_the_first_description_in_a_value_is_found_with_its_place() -> None:
    camera = "<rig.Camera object at 0x7f00>"
    cases: list[tuple[JSON, Place | None]] = [
        (camera, ()),
        ([1, camera, "<x>"], (1,)),
        ({"a/b": {"c": [camera]}}, ("a/b", "c", 0)),
        ({"a": 1, "b": ["<b>x</b>"]}, None),
        ({camera: 1}, None),
        (None, None),
        ({"__type__": "Path", "value": "/x"}, None),
    ]
    for value, place in cases:
        assert description_in(value) == (None if place is None else (place, camera))
