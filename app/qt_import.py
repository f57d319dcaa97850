"""Qt, imported without what nobody needs as long as nothing goes wrong.

One idea: PySide brings the Python that it needs itself as text, and compiles it at each start, which is a
fifth of the time until there is any window. Most of it words signatures for people: what a call with wrong
arguments should have been, what `help` says. One more gives Qt's methods other names for modules that want
them, and imports `inspect` for it. These modules are there unread, until somebody asks for a name in one of
them; who has shown a window has all of them read, so that PySide is what it always is.

Where PySide lies there compiled, or has other modules, it comes as ever. Not for what Qt is asked for: that
is everybody's own.
"""

import builtins
import sys
from collections.abc import Callable, Mapping
from functools import partial
from threading import RLock
from typing import Any

_STAND_IN = "compile.__self__.stand_in(globals())"
_UNREAD: Mapping[str, str] = {
    "feature": f"feature_import = feature_imported = lambda *_, **__: None; {_STAND_IN}",
    "signature/errorhandler": _STAND_IN,
    "signature/layout": _STAND_IN,
    "signature/mapping": "compile.__self__.stand_in(globals(), 'update_mapping')",
    "signature/parser": _STAND_IN,
    "signature/lib/enum_sig": _STAND_IN,
    "signature/lib/pyi_generator": _STAND_IN,
    "signature/lib/tool": _STAND_IN,
}
"""By their files, what is run in the place of a module's own text, while the built-in `compile` is that of a
ReadLater. `feature` is asked at each import whether that wants Qt's methods under other names: it does not.
"""


def import_qt() -> "ReadLater":
    """Import Qt, and say what of PySide is to be read when there is time.

    Later imports go on as Python does them: PySide puts itself into each, and reads the source of each module
    for whether it wants Qt's methods under other names, which none of ours does. That would take a tenth of
    the time until the first picture.
    """
    later = ReadLater({f"shibokensupport/{name}.py": text for name, text in _UNREAD.items()})
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

    def __init__(self, files: Mapping[str, str]) -> None:
        """By the names of their files, as `compile` is told them: what is run in the place of their texts."""
        self._files = dict(files)
        self._compile = builtins.compile
        self._unread: dict[str, Callable[[], None]] = {}
        self._lock = RLock()

    def compile(self, source: Any, filename: Any, *how: Any, **named: Any) -> Any:
        """In the place of Python's own."""
        text = self._files.pop(filename, source)  # the next time it is read
        return self._compile(text, filename, *how, **named)

    def stand_in(self, space: dict[str, Any], *taken: str) -> None:
        """Put off reading the module that has these names, and is being made. Functions that PySide's library
        has `taken` from their names, without asking the module, read it when they are called.
        """
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
        space.update({one: partial(self._call, name, space, one) for one in taken}, __getattr__=ask)

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
