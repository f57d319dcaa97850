"""Which compartment of a state file belongs to a launcher.

One idea: a namespace is `module.Class`, stable between a run as a script, by `-m` and as an import as far as
Python can tell, and never `__main__`. It is text to compare; nothing here or elsewhere ever imports it.
"""

from __future__ import annotations

import sys
from pathlib import PurePath
from types import ModuleType

from persistence.document import Document

_MAIN = ("__main__", "__mp_main__")  # the second is the same script again, in a child of multiprocessing


def namespace_of(cls: type) -> str:
    """`module.Class` of a launcher's class, with the script's stem or the `-m` name for a `__main__`."""
    return f"{module_of(cls)}.{cls.__name__}"


def module_of(cls: type) -> str:
    """The module half of a namespace."""
    if cls.__module__ not in _MAIN:
        return cls.__module__
    return _name_of_main(sys.modules.get(cls.__module__))


def _name_of_main(main: ModuleType | None) -> str:
    spec = getattr(main, "__spec__", None)
    if spec is not None and spec.name not in _MAIN:  # python -m name; for a package "name.__main__"
        return str(spec.name).removesuffix(".__main__")
    script = PurePath(getattr(main, "__file__", None) or "interactive")
    if script.name.startswith("<"):  # python - reads from standard input
        return "interactive"
    if script.stem in _MAIN:  # python some/directory
        return script.parent.stem or "interactive"
    return script.stem


def choose(document: Document, cls: type) -> tuple[str, tuple[str, ...]]:
    """The namespace that a launcher of `cls` takes, "" for none, and the others of the same class name.

    The exact one if it is there; else the most recently saved one of a class of that name, as it is found
    when code moved to another module.
    """
    exact = namespace_of(cls)
    alike = [name for name in document.namespaces if document.namespace(name).class_name == cls.__name__]
    if exact in document.namespaces:
        return exact, ()
    if not alike:
        return "", ()
    newest = max(alike, key=lambda name: document.namespace(name).saved_at or "")
    return newest, tuple(name for name in alike if name != newest)
