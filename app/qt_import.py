"""Qt, imported without what nobody needs as long as nothing goes wrong.

One idea: PySide brings the Python that it needs itself as text, and compiles it at each start, which is a
fifth of the time until there is any window. Most of it words signatures for people: what a call with wrong
arguments should have been, what `help` says. These modules are there unread, until somebody asks for a name
in one of them; who has shown a window has all of them read, so that PySide is what it always is.

Where PySide lies there compiled, or has other modules, it comes as ever. Not for what Qt is asked for: that
is everybody's own.
"""

import builtins
import sys
from collections.abc import Callable, Mapping
from functools import partial
from threading import RLock
from typing import Any

_EXPLAINING: Mapping[str, tuple[str, ...]] = {
    "errorhandler": (),
    "layout": (),
    "mapping": ("update_mapping",),
    "parser": (),
    "lib/enum_sig": (),
    "lib/pyi_generator": (),
    "lib/tool": (),
}
"""By their files; and functions that PySide's library takes from their names without asking the module."""
_UNREAD = "compile.__self__.stand_in(globals())"
"""What is run in the place of a module's own text, while the built-in `compile` is that of a ReadLater."""


def import_qt() -> "ReadLater":
    """Import Qt, and say what of PySide is to be read when there is time.

    Later imports go on as Python does them: PySide puts itself into each, and reads the source of each module
    for whether it wants Qt's methods under other names, which none of ours does. That would take a tenth of
    the time until the first picture.
    """
    later = ReadLater({f"shibokensupport/signature/{name}.py": taken for name, taken in _EXPLAINING.items()})
    imports, compiles = builtins.__import__, builtins.compile
    setattr(builtins, "compile", later.compile)  # noqa: B010 - a type checker knows only its own signature
    try:
        import PySide6.QtWidgets  # noqa: F401 - what counts is that it is there
    finally:
        builtins.__import__, builtins.compile = imports, compiles
    return later


class ReadLater:
    """Modules whose texts are not compiled before somebody asks for a name in them, on whatever thread. The
    importer that they came from reads them then.
    """

    def __init__(self, files: Mapping[str, tuple[str, ...]]) -> None:
        """By the names of their files, as `compile` is told them: functions that are there from the
        beginning, and read the module when they are called.
        """
        self._files = dict(files)
        self._compile = builtins.compile
        self._taken: tuple[str, ...] = ()  # those of the module that is being made
        self._unread: dict[str, Callable[[], None]] = {}
        self._lock = RLock()

    def compile(self, source: Any, filename: Any, *how: Any, **named: Any) -> Any:
        """In the place of Python's own."""
        taken = self._files.pop(filename, None)  # the next time it is read
        self._taken = taken or ()
        return self._compile(source if taken is None else _UNREAD, filename, *how, **named)

    def stand_in(self, space: dict[str, Any]) -> None:
        """Put off reading the module that has these names, and is being made."""
        spec, name = space["__spec__"], space["__name__"]

        def read() -> None:
            renamed, spec.name = spec.name, name  # PySide shows it under another name, too
            try:
                spec.loader.exec_module(sys.modules[name])
            finally:
                spec.name = renamed
            del space["__getattr__"]

        def ask(wanted: str) -> Any:
            self._read(name)
            if wanted in space:
                return space[wanted]
            raise AttributeError(f"module {name!r} has no attribute {wanted!r}")

        self._unread[name] = read
        space.update({one: partial(self._call, name, space, one) for one in self._taken}, __getattr__=ask)

    def read_all(self) -> None:
        """Let all of them be what they are."""
        for name in tuple(self._unread):
            self._read(name)

    def _call(self, name: str, space: Mapping[str, Any], function: str) -> Any:
        self._read(name)
        return space[function]()

    def _read(self, name: str) -> None:
        """One that another thread is reading is waited for."""
        with self._lock:
            if (read := self._unread.pop(name, None)) is not None:
                read()
