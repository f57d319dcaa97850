"""What an object has: its attributes, turned into JSON in the caller's own thread.

One idea: everything is read before the disk is touched, so that a saved state is always one that the object
really had. What cannot be saved is named with its reason and costs only itself.

Not for: which names are state (`values.attributes`), how values are written (`persistence.codec`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from persistence.errors import NotRepresentable
from persistence.launching import session_folder
from persistence.launching.namespaces import namespace_of
from persistence.launching.remembered import Handler, Remembered, remembered
from persistence.values.attributes import state_of
from persistence.values.spelled import Spelled
from persistence.values.value_text import text_of
from persistence.values.whole import attribute_text

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """What is to be written, and what is not and why."""

    attributes: dict[str, Spelled]
    skipped: dict[str, str]
    excluded: dict[str, str]


def default_attributes(thing: object) -> dict[str, object]:
    """Raw values of what is saved when nothing is overridden: the public state, and what has a handler."""
    values, _ = state_of(thing, run_attributes_of(thing))
    for name in remembered(thing).handlers:
        with suppress(
            Exception
        ):  # registered and not set (yet), or a property that raises, see `_unreadable`
            values[name] = getattr(thing, name)
    return values


def run_attributes_of(thing: object) -> frozenset[str]:
    """The names that describe one run of `thing` and not its state, and the mixin's own settings.

    Where a run learns its session directory from an attribute, that one is always among them: restored, it
    would take a new run into the directory of the old one.
    """
    names = getattr(thing, "run_attributes", None)
    if names is None:
        return frozenset()
    learnt = {session_folder.NAME} if session_folder.is_installed(type(thing)) else set()
    return frozenset(names) | learnt | {"run_attributes", "save_on_failure"}


def collect(thing: object, memory: Remembered, folder: Path) -> State:
    """What of `thing` goes into the state file of `folder` now, as JSON that shares nothing with it.

    Raises what an overridden `get_persistent_attributes` raises; what one value raises costs only itself.
    """
    overridable = getattr(thing, "get_persistent_attributes", None)
    values = dict(overridable()) if callable(overridable) else default_attributes(thing)
    _, excluded = state_of(thing, run_attributes_of(thing))
    state = State({}, {}, {name: why for name, why in excluded.items() if name not in values})
    state.skipped.update(_unreadable(thing, memory.handlers.keys() - values.keys()))
    for name, value in values.items():
        try:
            state.attributes[str(name)] = _encoded(value, memory.handlers.get(name))
        except Exception as error:  # noqa: BLE001 - a serializer may raise anything; it costs its own attribute only
            state.skipped[str(name)] = _reason(error)
    for name, reason in state.skipped.items():
        log.warning(
            "%s: %s of %s is not saved: %s. Register a handler for it, or name it in run_attributes.",
            folder,
            name,
            namespace_of(type(thing)),
            reason,
        )
    return state


def _unreadable(thing: object, names: Collection[str]) -> dict[str, str]:
    """Those of the names that raise when they are asked for, and why; the others are simply not there."""
    found: dict[str, str] = {}
    for name in sorted(names):
        try:
            getattr(thing, name, None)
        except Exception as error:  # noqa: BLE001 - a property is the launcher's own code
            found[name] = _reason(error)
    return found


def _encoded(value: object, handler: Handler | None) -> Spelled:
    for _ in range(3):
        try:
            if handler and handler.serializer:
                return Spelled(text_of(handler.serializer(value)))
            return Spelled(attribute_text(value))
        except RuntimeError as error:  # another thread put a key in meanwhile; a moment later it may be quiet
            if "changed size during iteration" not in str(error):
                raise
            time.sleep(0.001)
    raise NotRepresentable("another thread keeps changing it", type_name=type(value).__name__)


def _reason(error: Exception) -> str:
    if isinstance(error, NotRepresentable):
        return str(error)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
