"""Joining a launcher's base class: finding out when a run begins, ends, succeeds or crashes.

One idea: the mixin changes no base class and asks for no call. When a launcher's class is defined, four of
its methods are wrapped, wherever in its ancestry they come from: `run`, `save_end_state` (called by the
base on success only), `save_debug_state` (called with the exception of a crash) and `signal_handler` (called
by Ctrl+C: a run that fails after it was interrupted). A base without one of them is joined by those that it
has. Of a chain of overrides only the outermost counts. Coroutines are left alone: their call is no run;
and static methods, which nobody is given to.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeAlias

from persistence.launching import session_folder
from persistence.launching.remembered import remembered
from persistence.launching.run import Run, outcome_of

if TYPE_CHECKING:
    from persistence.launcher import PersistentState

log = logging.getLogger(__name__)

OPENSCOPE_RUN_ATTRIBUTES = frozenset(
    [
        "output_session_folder",
        "session_uuid",
        "start_time",
        "stop_time",
        "process",
        "params",
        "rig_config",
        "platform_info",
        "param_file",
        "original_param_file",
        "original_input_params",
        "stdout_data",
        "stderr_data",
    ]
)
_MARK = "joined_by_persistence"
# Code flags of generators, coroutines and asynchronous generators (see `inspect`).
_NOT_A_CALL = 0x20 | 0x80 | 0x200

_Around: TypeAlias = "Callable[[PersistentState, Callable[[], object], tuple[object, ...]], object]"


def join(cls: type[PersistentState], mixin: type[PersistentState]) -> None:
    """Wrap what `cls` has of the four methods.

    Raises:
        TypeError: a base class with `run` stands before the mixin, so that the mixin could never join it.
    """
    _check_order(cls, mixin)
    for name, around in _AROUND.items():
        _wrap(cls, name, around)
    if getattr(cls, "run", None) is not None:
        session_folder.install(cls)
    if hasattr(cls, "determine_output_session_folder") and cls.run_attributes is mixin.run_attributes:
        cls.run_attributes = OPENSCOPE_RUN_ATTRIBUTES


def joins_run(cls: type) -> bool:
    """Whether calling `run()` of `cls` is a run that we know of, and a request to resume is heard."""
    return _MARK in vars(getattr(cls, "run", None) or cls)


def _check_order(cls: type, mixin: type) -> None:
    first = next(base for base in cls.__mro__[1:] if issubclass(base, mixin))
    if hasattr(first, "run"):
        return
    before = cls.__mro__[1 : cls.__mro__.index(first)]
    if any("run" in vars(base) for base in before):
        # As the class names it: `run` itself may be of a base of that one.
        base = next(base for base in before if hasattr(base, "run"))
        raise TypeError(
            f"class {cls.__name__}: {first.__name__} must stand before {base.__name__}, "
            f"as in class {cls.__name__}({first.__name__}, {base.__name__})"
        )


def _wrap(cls: type, name: str, around: _Around) -> None:
    known = getattr(cls, name, None)
    if not isinstance(known, FunctionType) or _MARK in vars(known) or _is_static(cls, name):
        return
    if known.__code__.co_flags & _NOT_A_CALL:
        log.warning(
            "%s.%s is asynchronous and is not joined; call checkpoint() yourself.", cls.__name__, name
        )
        return
    method: Callable[..., object] = known
    if name not in vars(cls):  # so that the ancestry of a subclass decides at the call, as ever

        def method(launcher: object, /, *args: object, **kwargs: object) -> object:
            return getattr(super(_holder(cls, launcher, name, joined), launcher), name)(*args, **kwargs)

    @functools.wraps(known)
    def joined(launcher: Any, /, *args: object, **kwargs: object) -> object:
        under_way = remembered(launcher).hooks
        if name in under_way:
            return method(launcher, *args, **kwargs)
        under_way.add(name)
        try:
            call = functools.partial(method, launcher, *args, **kwargs)
            return around(launcher, call, (*args, *kwargs.values()))
        finally:
            under_way.discard(name)

    vars(joined)[_MARK] = True
    setattr(cls, name, joined)


def _is_static(cls: type, name: str) -> bool:
    """Whether it is called without a launcher: then the end of `run()` has to tell how it went."""
    return isinstance(next(vars(base)[name] for base in cls.__mro__ if name in vars(base)), staticmethod)


def _holder(cls: type, launcher: object, name: str, joined: object) -> type:
    """The class of `launcher` where `joined` stands.

    It is not `cls` where a decorator made the class anew, as `dataclass(slots=True)` does.
    """
    return next((base for base in type(launcher).__mro__ if vars(base).get(name) is joined), cls)


def _around_run(launcher: PersistentState, call: Callable[[], object], _: tuple[object, ...]) -> object:
    memory = remembered(launcher)
    memory.run = Run(launcher, memory)
    try:
        return memory.run.carry_out(call)
    finally:
        memory.run = None


def _around_end_state(
    launcher: PersistentState, call: Callable[[], object], arguments: tuple[object, ...]
) -> object:
    """Its return value means nothing; that it was called, and did not raise, means success."""
    result = call()
    _conclude(launcher, "completed", arguments[0] if arguments else None)
    return result


def _around_debug_state(
    launcher: PersistentState, call: Callable[[], object], arguments: tuple[object, ...]
) -> object:
    try:
        return call()
    finally:
        error = next((value for value in arguments if isinstance(value, BaseException)), None)
        _conclude(launcher, outcome_of(error) if error else "failed", arguments[0] if arguments else None)


def _around_signal(launcher: PersistentState, call: Callable[[], object], _: tuple[object, ...]) -> object:
    """Noted before the handler acts: when that ends the process, `run()` goes on, and fails."""
    run = remembered(launcher).run
    if run is not None:
        run.interrupted = True
    return call()


def _conclude(launcher: PersistentState, outcome: str, directory: object) -> None:
    memory = remembered(launcher)
    known = memory.run
    run = memory.run = known or Run(launcher, memory)  # a base may call these without a run() that we know of
    try:
        run.learn(directory)
        run.conclude(outcome)
    finally:
        if known is None:
            memory.run = None
            run.end()


_AROUND: dict[str, _Around] = {
    "run": _around_run,
    "save_end_state": _around_end_state,
    "save_debug_state": _around_debug_state,
    "signal_handler": _around_signal,
}
