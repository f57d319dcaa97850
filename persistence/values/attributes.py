"""Which attributes of an object are its state, and how a saved value fits the object's own.

One idea: these are rules about names and values, asked and answered without touching anything. No disk,
no encoding, no logging, and nothing is ever set here.

The rules:

- State is every public instance attribute (of `__dict__` or of slots) except callables, modules, processes,
  threads, locks, open files and loggers, and except what the class itself computes (a cached property).
- A name that is not an identifier, begins with an underscore, or is a method, property or descriptor of the
  class is never restored.
- None fits everything, both ways. A finite number fits an integer and a decimal, numpy's too, but never a
  yes/no.
  A list and a tuple fit each other and take the type that the object has. Everything else fits its own type.
"""

from __future__ import annotations

import keyword
import math
import sys
from collections.abc import Iterator
from types import MemberDescriptorType, ModuleType
from typing import Any

from persistence.errors import Mismatch
from persistence.values.arrays import is_number
from persistence.values.kinds import word_for_type

# Looked up in sys.modules and never imported: a module that nobody loaded has no instances.
_TOOLS: tuple[tuple[str, str, str], ...] = (
    ("subprocess", "Popen", "a process"),
    ("multiprocessing.process", "BaseProcess", "a process"),
    ("asyncio.subprocess", "Process", "a process"),
    ("psutil", "Process", "a process"),
    ("threading", "Thread", "a thread"),
    ("concurrent.futures", "Executor", "a thread pool"),
    ("_thread", "LockType", "a lock"),
    ("_thread", "RLock", "a lock"),
    ("threading", "Condition", "a lock"),
    ("threading", "Event", "a lock"),
    ("threading", "Semaphore", "a lock"),
    ("threading", "Barrier", "a lock"),
    ("multiprocessing.synchronize", "SemLock", "a lock"),
    ("io", "IOBase", "an open file"),
    ("tempfile", "_TemporaryFileWrapper", "an open file"),
    ("socket", "socket", "an open connection"),
    ("logging", "Filterer", "a logger"),
    ("logging", "LoggerAdapter", "a logger"),
)
_NO_TOOLS = frozenset((type(None), bool, int, float, str, bytes, dict, list, tuple, set))
"""What nearly all attributes are; the others are asked about one by one."""


def instance_attributes(thing: object) -> dict[str, object]:
    """Every public instance attribute of `thing` by name: slots of each class, then `__dict__`."""
    found = dict(_slot_values(thing))
    found.update(getattr(thing, "__dict__", {}))
    return {name: value for name, value in found.items() if type(name) is str and name[:1] != "_"}


def _slot_values(thing: object) -> Iterator[tuple[str, object]]:
    for cls in reversed(type(thing).__mro__):
        for name, member in vars(cls).items():
            if isinstance(member, MemberDescriptorType):
                try:
                    yield name, member.__get__(thing, type(thing))
                except AttributeError:  # a slot that was never filled
                    continue


def state_of(thing: object, run_attributes: frozenset[str]) -> tuple[dict[str, object], dict[str, str]]:
    """The state of `thing` as (values by name, reasons by name of what is excluded)."""
    values: dict[str, object] = {}
    excluded: dict[str, str] = {}
    for name, value in instance_attributes(thing).items():
        reason = _not_state(type(thing), name, value, run_attributes)
        if reason:
            excluded[name] = reason
        else:
            values[name] = value
    return values, excluded


def _not_state(cls: type, name: str, value: object, run_attributes: frozenset[str]) -> str:
    if name in run_attributes:
        return "describes one run and not the state (run_attributes)"
    return tool(value) or refusal(cls, name)  # what could never be restored is not saved either


def tool(value: object) -> str:
    """What a value is that can never be part of a state ("a process", "callable"), or an empty text."""
    if type(value) in _NO_TOOLS:
        return ""
    if callable(value):
        return "callable"
    try:
        return _tool(value)
    except Exception:  # noqa: BLE001 - a stand-in whose other side is gone raises at every question
        return ""


def _tool(value: object) -> str:
    if isinstance(value, ModuleType):
        return "a module"
    for module, name, what in _TOOLS:
        known = getattr(sys.modules.get(module), name, None)
        if isinstance(known, type) and isinstance(value, known):
            return what
    return ""


def made_by_class(cls: type, name: str) -> str:
    """Why the class forbids an instance value of that name ("a method of the class"), or an empty text.

    A slot is a descriptor too, but one that only stores; it is an attribute like any other. So is whatever
    says so itself by an attribute `only_stores`.
    """
    inherited = _class_attribute(cls, name)
    if inherited is None or isinstance(inherited, MemberDescriptorType):
        return ""
    if getattr(type(inherited), "only_stores", False):
        return ""
    if isinstance(inherited, property):
        return "a property of the class"
    if callable(inherited) or isinstance(inherited, classmethod | staticmethod):
        return "a method of the class"
    if any(hasattr(type(inherited), hook) for hook in ("__get__", "__set__", "__delete__")):
        return "a descriptor of the class"
    return ""


def _class_attribute(cls: type, name: str) -> object:
    """As `inspect.getattr_static` finds it, which is slow to import."""
    for base in cls.__mro__:
        if name in vars(base):
            attribute: object = vars(base)[name]
            return attribute
    return None


def refusal(cls: type, name: str) -> str:
    """Why an attribute of that name is never restored, or an empty text."""
    if name.startswith("_"):
        return "the name begins with an underscore"
    if keyword.iskeyword(name):
        return "the name is a word of Python itself"
    if not name.isidentifier():
        return "a name has letters, digits and _ only, and no digit first"
    return made_by_class(cls, name)


def fit(current: object, value: object) -> object:
    """`value` as it may stand in the place of `current`.

    Raises:
        Mismatch: it does not fit; the cause names both types in words.
    """
    if current is None or value is None or type(current) is type(value):
        return value
    if isinstance(current, list | tuple) and isinstance(value, list | tuple):
        return _sequence(current, value)
    if _is_number(current) and _is_finite_number(value):
        return value
    if not _is_plain(current) and isinstance(value, type(current)):
        return value
    raise Mismatch(f"{word_for_type(value)} does not fit {word_for_type(current)}")


def _sequence(current: object, value: list[object] | tuple[object, ...]) -> object:
    if type(current) is list:
        return list(value)
    if type(current) is tuple:
        return tuple(value)
    raise Mismatch(f"{word_for_type(value)} does not fit {word_for_type(current)}")


def _is_number(value: object) -> bool:
    """A number of Python's or numpy's; a yes/no is none."""
    return type(value) in (int, float) or is_number(value)


def _is_finite_number(value: Any) -> bool:
    return _is_number(value) and math.isfinite(value)


def _is_plain(value: object) -> bool:
    """Of a type of the language, where a subclass (bool for int, datetime for date) is another."""
    return type(value).__module__ in ("builtins", "datetime", "decimal", "uuid")
