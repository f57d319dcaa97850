"""JSON and nearly JSON, drawn quickly from a seed.

One idea: a grammar that goes wrong now and then. Each rule draws mostly what it should and sometimes what a
program in a hurry writes: a key twice, a number that nobody can hold, half an escape. Plain `random`, because
a million inputs are wanted and none is ever made smaller.

Not for: breaking bytes (`tests.proof.mutations`), or saying what is right (`tests.proof.json_promises`).
"""

from __future__ import annotations

from random import Random

INTEGERS = ["0", "1", "-1", "-0", "42", "9007199254740993", "18446744073709551616", "4" * 40]
DECIMALS = [
    *("0.0", "-0.0", "1.0", "0.1", "0.10", "1e2", "1E+2", "1.5e-7", "1e22", "5e-324", "1e-400", "100.0"),
    *("0.1234567890123456789012345678901", "1e999", "-1e999", "1.7976931348623159e308", "0e0", "1e5"),
]
FOREIGN = ["NaN", "Infinity", "-Infinity"]
WRONG = [
    *("01", "+1", ".5", "1.", "1e", "- 1", "0x10", "1_000", "nan", "True", "tru", "nul", "undefined", "'a'"),
    *(
        '"\t"',
        '"\\x41"',
        '"\\u12"',
        '"open',
        "[1,]",
        '{"a":1,}',
        "{a:1}",
        '{"a"}',
        "[1 2]",
        "//",
        "\ufeff",
        "\0",
    ),
    *("\u0661", "\uff11", "[", "]", "{", "}", ",", ":", ""),
]
PIECES = [
    *(
        "",
        "a",
        "key",
        "__type__",
        "value",
        "é",
        "漢",
        "\U0001f600",
        "\u2028",
        " ",
        "x" * 30,
        "<b>",
        "\x7f",
        "\\\\",
    ),
    *(
        "\\n",
        '\\"',
        "\\/",
        "\\u0000",
        "\\u00e9",
        "\\uD83D\\uDE00",
        "\\ud800",
        "\\udfff",
        "\\u0022",
        "\\b\\f\\r\\t",
    ),
]
KEYS = [
    "a",
    "b",
    "key",
    "",
    "é",
    "__type__",
    "value",
    "fold",
    "\\u0061",
    "\\ud800",
    "launcher_states",
    "version",
]
SPACES = ["", "", "", "", " ", "\n", "\t", "\r\n", "    "]
TAGS = {
    "datetime": [
        '"2025-06-23T10:30:00.123456"',
        '"2025-06-23T10:30:00+02:00"',
        '"20250623"',
        '"yesterday"',
        "5",
    ],
    "date": ['"2025-06-23"', '"2025-13-01"', '"2025-W01-1"'],
    "time": ['"10:30:00"', '"25:00"', '"T10"', '"10:30:00.5+00:00:00.000001"'],
    "timedelta": [
        "[1, 2, 3]",
        "[-1, 86399, 999999]",
        "[1e2, 0, 0]",
        "[true, 0, 0]",
        "[1, 2]",
        f"[{'9' * 30}, 0, 0]",
    ],
    "tuple": ["[]", "[1, true]", "{}", "[[[]]]"],
    "set": ["[1, 2]", "[[1]]", "[1, 1]", "[NaN, NaN]"],
    "frozenset": ["[]", '["a", "b"]', "null"],
    "bytes": ['"AA=="', '"AA"', '"é"', "[0]"],
    "complex": [
        "[1.0, -0.0]",
        "[1, 2]",
        "[1]",
        f"[{'9' * 400}, 0]",
        '[{"__type__": "float", "value": "nan"}, 1.5]',
    ],
    "Decimal": ['"1.10"', '"NaN"', '"sNaN1"', '"1E+999999999999"', '"1_0"', '"ten"'],
    "UUID": ['"00000000-0000-0000-0000-000000000001"', '"{00000000000000000000000000000001}"', '"1"'],
    "Path": [
        '{"__type__": "Path", "value": "C:\\\\data"}',
        '"a/b"',
        '"/data"',
        '"C:\\\\data"',
        '"./C:\\\\data"',
        '"a//../b"',
        '"\\u0000"',
        '""',
    ],
    "float": ['"nan"', '"-inf"', '"infinity"', "1.5"],
    "dict": ["[[1, 2]]", '[["a", 1], ["a", 2]]', "[[1]]", "[[[], 1]]", '[["__type__", "tuple"]]'],
    "ndarray": [
        '{"__type__": "dict", "value": [["dtype", "|b1"], ["shape", [0]], ["data", ""]]}',
        '{"dtype": "<f8", "shape": [1], "data": "AAAAAAAA8D8="}',
        '{"dtype": "<f8", "shape": [], "data": "AAAAAAAA8D8="}',
        '{"dtype": "|b1", "shape": [], "data": "AQ==", "array": true}',
        '{"dtype": "<f8", "shape": [9], "data": ""}',
        '{"dtype": "<f8", "shape": [0, 1000000000000000000000000000000], "data": ""}',
        '{"dtype": "|O", "shape": [1], "data": "AAAAAAAAAAA="}',
        '{"dtype": "|S0", "shape": [1000000000], "data": ""}',
        '{"dtype": "<U99999999999", "shape": [0], "data": ""}',
        '{"dtype": "<M8[s]", "shape": [1], "data": "AAAAAAAAAIA="}',
        '{"dtype": [["x", "<i2"], ["y", ">i2", [1]]], "shape": [1], "data": "AAAAAA=="}',
        '{"dtype": [["x", "<i2"], ["x", "<i2"]], "shape": [1], "data": "AAAAAA=="}',
    ],
    "mystery": ["1", "[1e2]", '{"__type__": "tuple", "value": [1]}', "NaN"],
}
NESTS: list[tuple[str, str, int]] = [
    ("[", "]", 1),
    ('{"k": ', "}", 1),
    ('{"__type__": "tuple", "value": [', "]}", 2),
    ('{"__type__": "dict", "value": [[1, ', "]]}", 3),
]
"""What opens and closes a container, and the levels that it takes."""
NAMESPACES = ["m.Rig", "other.Rig", "Rig", "", ".", "m.Ring\\ud800"]


class Grammar:
    """Texts of one seed. `wrong`: how often, of a thousand, a rule draws what it should not."""

    def __init__(self, random: Random, wrong: int = 8) -> None:
        self._random = random
        self._wrong = wrong

    def _goes_wrong(self) -> bool:
        return self._random.randrange(1000) < self._wrong

    def text(self) -> str:
        """A whole text: a state, or any value."""
        return self.state() if self._random.random() < 0.4 else self._space() + self.value(4) + self._space()

    def value(self, depth: int) -> str:
        """A value of at most so many levels, a few tags apart."""
        if self._goes_wrong():
            return self._random.choice([*WRONG, *[self._deep()] * 8])
        kind = self._random.randrange(11 if depth > 0 else 6)
        if kind < 2:
            return self._number()
        if kind < 4:
            return self._string(PIECES)
        if kind < 6:
            return self._random.choice(["true", "false", "null", "[]", "{}"])
        if kind < 8:
            return (
                "[" + self._separated([self.value(depth - 1) for _ in range(self._random.randrange(4))]) + "]"
            )
        if kind < 10:
            return self._object(KEYS, depth)
        return self._tag(depth)

    def _deep(self) -> str:
        """Soundly nested, about as deep as it may be."""
        levels: int = self._random.choice([50, 150, *range(180, 202)])
        before, after, taken = self._random.choice(NESTS)
        core = self._random.choice(["1", "[]", *FOREIGN])
        return before * (levels // taken) + core + after * (levels // taken)

    def state(self) -> str:
        """A state file, or what somebody took for one."""
        fields = ["version", "launcher_class", "launcher_module", "created_at", "note"]
        members = [f'"{name}": {self._string(PIECES)}' for name in fields if self._random.random() < 0.7]
        names = self._random.sample(NAMESPACES, self._random.randrange(3))
        spaces = [f'"{name}": {self._namespace()}' for name in names]
        states = "{" + self._separated(spaces) + "}" if not self._goes_wrong() else self.value(1)
        return "{" + self._separated([*members, f'"launcher_states": {states}']) + "}\n"

    def _namespace(self) -> str:
        if self._goes_wrong():
            return self.value(1)
        fields = {
            "attributes": self._object(KEYS, 3),
            "saved_at": self._string(PIECES),
            "outcome": self._random.choice(['"completed"', "5", "null"]),
            "skipped": self._object(KEYS, 1),
            "replaced": self._number(),
            "resumed_from": self.value(2),
        }
        return (
            "{"
            + self._separated([f'"{n}": {v}' for n, v in fields.items() if self._random.random() < 0.6])
            + "}"
        )

    def _object(self, keys: list[str], depth: int) -> str:
        chosen = self._random.sample(keys, self._random.randrange(4))
        if self._goes_wrong():
            chosen += chosen[:1]
        members = [f'"{key}"{self._space()}:{self._space()}{self.value(depth - 1)}' for key in chosen]
        return "{" + self._separated(members) + "}"

    def _tag(self, depth: int) -> str:
        name = self._random.choice(list(TAGS))
        value = self._random.choice(TAGS[name]) if self._random.random() < 0.7 else self.value(depth - 1)
        more = ['"fold": 1', '"fold": true', '"note": "kept"'] if self._random.random() < 0.2 else [""]
        members = [f'"__type__": "{name}"', f'"value": {value}', self._random.choice(more)]
        return "{" + self._separated([member for member in members if member]) + "}"

    def _number(self) -> str:
        kind = self._random.randrange(100)
        if kind < 50:
            return self._random.choice(INTEGERS)
        if kind < 80:
            return self._random.choice(DECIMALS)
        if kind < 95:
            return repr(self._random.uniform(-1e6, 1e6))
        if kind < 98:
            return self._random.choice(FOREIGN)
        return self._random.choice(["", "-"]) + "7" * self._random.choice(
            [309, 639, 641, 4299, 4300, 4301, 6000]
        )

    def _string(self, pieces: list[str]) -> str:
        return '"' + "".join(self._random.choices(pieces, k=self._random.randrange(3))) + '"'

    def _separated(self, members: list[str]) -> str:
        return f"{self._space()},{self._space()}".join(members)

    def _space(self) -> str:
        return self._random.choice(SPACES)
