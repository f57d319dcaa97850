"""Bytes broken in the ways in which files break, and in the ways in which attackers break them.

One idea: each is a function of a source of chance and bytes, and makes other bytes; they can be applied one
after the other.

Not for: what is broken (`tests.proof.json_grammar`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Mutation = Callable[[Random, bytes], bytes]

_NUMBER = re.compile(rb"-?[0-9][0-9.eE+-]*")
_KEY = re.compile(rb'"[^"\\]*"\s*:')
_VALUE = re.compile(rb'[\[{"]')
NUMBERS = [
    *(
        b"-0",
        b"1e2",
        b"1e999",
        b"-1e999",
        b"1E400",
        b"01",
        b"1.",
        b".1",
        b"--1",
        b"NaN",
        b"-Infinity",
        b"0" * 20,
    ),
    *(b"9" * 400, b"9" * 4300, b"9" * 4301, b"0." + b"1" * 400, b"1e" + b"9" * 400, b"1e-" + b"9" * 30),
]
NOT_UTF_8 = [
    *(
        b"\xff",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xed\xb0\x80",
        b"\xf4\x90\x80\x80",
        b"\xe2\x82",
        b"\x80",
        b"\xfe\xff",
    ),
    *(b"\xef\xbb\xbf", b"\0", b"\xc2\x85", b"\xe2\x80\xa8", b"\x1f", b"\x0b"),
]
ENCODINGS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-8-sig", "cp1252", "utf-7"]
SOUP = b'{}[]",:0123456789eE.-+truefalsn \\u\n"__type__"value'
DEPTHS = [1, 2, 50, 150, 180, 195, 196, 197, 198, 199, 200, 201, 250, 500, 1000]


def _place(random: Random, data: bytes) -> int:
    return random.randrange(len(data) + 1)


def _part(random: Random, data: bytes) -> tuple[int, int]:
    start = _place(random, data)
    return start, min(len(data), start + random.choice([1, 2, 5, 20, 200]))


def flip_a_bit(random: Random, data: bytes) -> bytes:
    """As a bad disk does."""
    made = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 5])):
        if made:
            made[random.randrange(len(made))] ^= 1 << random.randrange(8)
    return bytes(made)


def cut_off(random: Random, data: bytes) -> bytes:
    """As a write that was interrupted."""
    return data[: _place(random, data)]


def fill_with_zeros(random: Random, data: bytes) -> bytes:
    """As a file system after a power cut."""
    start, end = _part(random, data)
    return data[:start] + bytes(end - start) + data[end:]


def take_out(random: Random, data: bytes) -> bytes:
    """Some bytes from the middle."""
    start, end = _part(random, data)
    return data[:start] + data[end:]


def repeat(random: Random, data: bytes) -> bytes:
    """Some bytes, as an editor that saves twice."""
    start, end = _part(random, data)
    return data[:end] + data[start:end] + data[end:]


def exchange(random: Random, data: bytes) -> bytes:
    """Two parts of it."""
    cuts = sorted(_place(random, data) for _ in range(3))
    return data[: cuts[0]] + data[cuts[1] : cuts[2]] + data[cuts[0] : cuts[1]] + data[cuts[2] :]


def put_in(random: Random, data: bytes) -> bytes:
    """What is no text, or no JSON."""
    at = _place(random, data)
    soup = bytes(random.choices(SOUP, k=random.randrange(6)))
    return data[:at] + random.choice([random.choice(NOT_UTF_8), soup]) + data[at:]


def encode_otherwise(random: Random, data: bytes) -> bytes:
    """As an editor on another system saves it."""
    return data.decode("utf-8", "replace").encode(random.choice(ENCODINGS), "replace")


def exchange_a_number(random: Random, data: bytes) -> bytes:
    """By one that is hard to hold."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    chosen = random.choice(found)
    return data[: chosen.start()] + random.choice(NUMBERS) + data[chosen.end() :]


def repeat_a_key(random: Random, data: bytes) -> bytes:
    """Before itself, with another value."""
    found = list(_KEY.finditer(data))
    if not found:
        return data
    chosen = random.choice(found)
    return data[: chosen.start()] + chosen[0] + b" 1, " + data[chosen.start() :]


def nest(random: Random, data: bytes) -> bytes:
    """A value of it deeper, soundly or not."""
    found = list(_VALUE.finditer(data))
    at = random.choice(found).start() if found else 0
    depth = random.choice(DEPTHS)
    opened, closed = random.choice(
        [(b"[", b"]"), (b'{"k": ', b"}"), (b'{"__type__": "tuple", "value": [', b"]}")]
    )
    core = random.choice([b"", b"1", b"NaN"]) if opened == b"[" else random.choice([b"1", b"NaN"])
    return data[:at] + opened * depth + core + random.choice([closed * depth, b""]) + b", " + data[at:]


MUTATIONS: list[Mutation] = [
    flip_a_bit,
    cut_off,
    fill_with_zeros,
    take_out,
    repeat,
    exchange,
    put_in,
    encode_otherwise,
    exchange_a_number,
    exchange_a_number,
    repeat_a_key,
    nest,
]


def broken(random: Random, data: bytes) -> bytes:
    """The bytes after one to three mutations."""
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        data = random.choice(MUTATIONS)(random, data)
    return data


def noise(random: Random) -> bytes:
    """Bytes that were never anything, or signs of JSON in no order."""
    length = random.choice([0, 1, 2, 3, 10, 50])
    return random.randbytes(length) if random.random() < 0.3 else bytes(random.choices(SOUP, k=length))


def monster(random: Random) -> bytes:
    """Much of one thing: what takes a careless reader long, or all of its stack."""
    count = random.choice([1000, 5000, 20_000, 100_000])
    return random.choice(
        [
            b"[" * count,
            b"[" * count + b"]" * count,
            b'{"a":' * count,
            b'{"a": [' * count + b"]}" * count,
            b"[" + b"9" * count + b"]",
            b"[0." + b"9" * count + b"]",
            b"[1e" + b"9" * count + b"]",
            b'"' + b"\\" * count + b'"',
            b'"' + b"\\u" * count,
            b'{"a": "' + b"[" * count + b'"}',
            b" " * count + b"1",
            b"[" + b"1," * (count // 4) + b"1]",
            b"{" + b",".join(b'"%d": 1' % index for index in range(count // 20)) + b"}",
            b'{"__type__": "set", "value": [' + b"1," * (count // 4) + b"1]}",
        ]
    )
