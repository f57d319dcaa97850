"""numpy arrays and scalars as hypothesis draws them, where there is a numpy.

One idea: every plain type of items, in every layout of memory, filled from the bytes up, so that a nan takes
each of its forms.

Not for: telling whether two are the same (`tests.proof.exactly`).
"""

from __future__ import annotations

import random
from importlib import import_module, util
from typing import Any

from hypothesis import strategies as st

TYPES: list[Any] = [
    *("?", "i1", "u1", "<i2", ">i2", "<u4", ">u4", "<i8", ">i8", "<u8"),
    *("<f2", "<f4", ">f4", "<f8", ">f8", "<c8", "<c16", ">c16"),
    *("<M8[ns]", "<M8[D]", ">M8[ms]", "<m8[s]", "<m8[us]", "<m8", "S5", "S1", "<U3", ">U3"),
    [("x", "<f8"), ("y", ">i2")],
    [("name", "<U4"), ("inner", [("a", "?"), ("b", "<f4", (2,))])],
    [("at", "<M8[us]"), ("raw", "S3")],
]
SHAPES: list[tuple[int, ...]] = [(), (0,), (1,), (3,), (2, 0), (2, 3), (2, 1, 2)]
LAYOUTS = ["plain", "fortran", "strided", "reversed", "read-only"]


def load_numpy() -> bool:
    """Import it where it is to be had, and say whether it is: without, arrays are read as unknown tags."""
    if util.find_spec("numpy") is None:
        return False
    import_module("numpy")
    return True


def arrays() -> st.SearchStrategy[Any]:
    """Arrays and scalars; nothing where numpy cannot be imported."""
    if not load_numpy():
        return st.nothing()
    kinds, shapes, layouts = map(st.sampled_from, (TYPES, SHAPES, LAYOUTS))
    made = st.builds(_array, kinds, shapes, layouts, st.integers(0, 2**20))
    return made | st.builds(_scalar, kinds, st.integers(0, 2**20))


def objects() -> st.SearchStrategy[Any]:
    """Arrays of Python objects, which no bytes say; nothing where numpy cannot be imported."""
    if not load_numpy():
        return st.nothing()
    numpy = import_module("numpy")
    lists = st.lists(st.integers() | st.none(), max_size=2)
    return lists.map(lambda items: numpy.array(items, dtype=object))


def _array(kind: Any, shape: tuple[int, ...], layout: str, seed: int) -> Any:
    numpy = import_module("numpy")
    made = numpy.zeros(shape, dtype=kind)
    _fill(made, random.Random(seed))
    if layout == "fortran":
        return numpy.asfortranarray(made) if shape else made
    if layout in ("strided", "reversed") and shape:
        wide = numpy.repeat(made, 2, axis=0)
        return wide[::2] if layout == "strided" else wide[::-2]
    made.flags.writeable = layout != "read-only"
    return made


def _scalar(kind: Any, seed: int) -> Any:
    return _array(kind, (1,), "plain", seed)[0]


def _fill(array: Any, source: random.Random) -> None:
    """With random bytes, or ones (a nan); with characters or truth where not all bytes will do."""
    if array.dtype.names:
        for name in array.dtype.names:
            _fill(array[name], source)
    elif array.dtype.kind == "U":
        array[...] = "".join(source.choices("aé漢\U0001f600 ", k=2))
    elif array.dtype.kind == "b":
        array[...] = source.random() < 0.5
    else:
        numpy = import_module("numpy")
        data = source.choice([source.randbytes(array.nbytes), b"\xff" * array.nbytes])
        array[...] = numpy.frombuffer(data, array.dtype).reshape(array.shape)
