"""Rows of the store: Python values to JSON text and back, without a disk.

One idea: ours is the very road that a launcher's save and load take, in one function each; the reference
makes or reads the same text by Python's own `json` alone, which checks nothing.

Not for: what a save costs in all (`tests.benchmarks.commits`).
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from contextlib import ExitStack
from functools import partial

from persistence.states.value_reading import parse_values
from persistence.values.json_writing import quoted
from persistence.values.whole import attribute_text, encode_attribute, rebuild
from tests.benchmarks.figures import Terms
from tests.benchmarks.peers import peer
from tests.benchmarks.race import Contender, Field, Race
from tests.benchmarks.states import NAMESPACE, SCALE_OF_1_MB, StandardLauncher, render_of

NEWEST_PICKLE = partial(pickle.dumps, protocol=pickle.HIGHEST_PROTOCOL)


def ours_encode(launcher: StandardLauncher) -> str:
    """The road of a save: `launching.collecting` makes the text of each attribute.

    A test holds it to what a save writes: where the road moves, this has to follow.
    """
    texts = (f"{quoted(name)}: {attribute_text(value)}" for name, value in vars(launcher).items())
    return "{" + ", ".join(texts) + "}"


def ours_decode(data: bytes, launcher: StandardLauncher) -> dict[str, object]:
    """The road of a load: `persistence.store` reads values, `launching.loading` rebuilds each attribute.

    A test holds it to what was saved.
    """
    saved = parse_values(data).namespace(NAMESPACE).attributes
    return {name: rebuild(getattr(launcher, name), value) for name, value in saved.items()}


def encoding(scale: int, terms: Terms, _ends: ExitStack) -> Field:
    """The reference and orjson are given the tree with the tags already made, pickle the values."""
    launcher = StandardLauncher(terms.shrunk(scale))
    tree = {name: encode_attribute(value) for name, value in vars(launcher).items()}
    return Field(
        Contender("compact `json.dumps` of the same text", partial(json.dumps, tree, ensure_ascii=False)),
        [Contender("", partial(ours_encode, launcher))],
        [
            Contender("pickle", partial(NEWEST_PICKLE, vars(launcher))),
            peer("orjson", "orjson", lambda orjson: partial(orjson.dumps, tree)),
        ],
    )


def decoding(scale: int, terms: Terms, _ends: ExitStack) -> Field:
    """Everybody reads a whole state file; orjson and the reference leave the tags as they are."""
    launcher = StandardLauncher(terms.shrunk(scale))
    data = render_of(launcher)
    pickled = NEWEST_PICKLE(vars(launcher))
    return Field(
        Contender("`json.loads`", partial(json.loads, data)),
        [Contender("", partial(ours_decode, data, launcher))],
        [
            peer("orjson", "orjson", lambda orjson: partial(orjson.loads, data)),
            Contender("pickle", partial(pickle.loads, pickled)),
        ],
    )


ENCODE = "encode a {} state, types checked, lossless"
DECODE = "decode a {} state, tags restored, duplicate keys found"

# Windows tells processor time in steps of 16 ms.
by_the_processor = partial(Race, clock=time.perf_counter if sys.platform == "win32" else time.process_time)

WALK = (
    "the look at all types, which makes it safe to leave the writing to C, is half the reference at this size"
    ", and each attribute is a call of its own, so that one that cannot be saved costs itself only."
)
COUNT = (
    "the reader in C calls for each mapping, so that tags are restored, and keys and levels are counted in"
    " the text; what is quicker finds no key that stands twice."
)
ROWS = (
    by_the_processor("encode-3kb", ENCODE.format("3 KB"), 1.6, partial(encoding, 1), shortfall=WALK),
    by_the_processor("decode-3kb", DECODE.format("3 KB"), 1.5, partial(decoding, 1), shortfall=COUNT),
    by_the_processor("encode-1mb", ENCODE.format("1 MB"), 1.6, partial(encoding, SCALE_OF_1_MB)),
    by_the_processor(
        "decode-1mb", DECODE.format("1 MB"), 1.5, partial(decoding, SCALE_OF_1_MB), shortfall=COUNT
    ),
)
