"""The launcher that an operator names as `module:Class`, found and constructed.

One idea: code is imported by a name that a person typed or wrote into the registry, here and nowhere else,
and never by one that stands in a state file. Nothing is guessed: a class that wants arguments is told, with
their names, and is not given any.

Not for what is then done with the launcher (`rehearsing.rehearsal`, `persistence.cli.resuming`).
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from persistence.errors import Refused

_DEFAULTS = "Give them defaults, as in __init__(self, param_file=None, rig_config_path=None)."


class Misnamed(ValueError):
    """The text is no `module:Class`; the message is a clause."""


@dataclass(frozen=True, slots=True)
class ClassName:
    """`module:Class`, in its two halves; a class inside a class has a dot in the second."""

    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}:{self.name}"


def class_name(text: str) -> ClassName:
    """The two halves of `module:Class`. Raises Misnamed."""
    module, colon, name = text.strip().partition(":")
    if not colon:
        raise Misnamed(f"{text!r} has no colon; write module:Class, as in my_project.launchers:MyLauncher")
    for part in (*module.split("."), *name.split(".")):
        if not part.isidentifier():
            raise Misnamed(f"{text!r} is no module:Class, as in my_project.launchers:MyLauncher")
    return ClassName(module, name)


def find(named: ClassName, paths: Sequence[str]) -> Callable[..., Any]:
    """The class of that name, imported; `paths` are searched first.

    Raises Refused when there is none, and whatever the module itself raises while it is imported.
    """
    sys.path[:0] = [os.path.abspath(path) for path in paths]
    try:
        found: Any = importlib.import_module(named.module)
    except ModuleNotFoundError as error:
        if not _is_part_of(error.name or "", named.module):
            raise  # found, and something that it needs is not
        raise Refused(
            f"there is no module {error.name} for {sys.executable}",
            next_step=f"Looked for in {', '.join(sys.path[: len(paths)] or ['its own packages'])} first.",
        ) from error
    for part in named.name.split("."):
        if not hasattr(found, part):
            raise Refused(f"the module {named.module} has no {named.name}", next_step=_of_file(found))
        found = getattr(found, part)
    if not callable(found):
        raise Refused(f"{named} is no class, but of type {type(found).__name__}")
    made: Callable[..., Any] = found
    return made


def _is_part_of(missing: str, module: str) -> bool:
    """Whether the missing module is the wanted one, or a package around it."""
    return module == missing or module.startswith(f"{missing}.")


def _of_file(module: object) -> str:
    place = getattr(module, "__file__", None)
    return f"It is {Path(place)}." if isinstance(place, str) else ""


def construct(named: ClassName, made: Callable[..., Any], given: Mapping[str, str]) -> Any:
    """Call the class with these keyword arguments, and no others.

    Raises Refused when it needs others, or does not take these; and whatever the class itself raises.
    """
    parameters = _parameters(made)
    if parameters is not None:
        _check(named, parameters, given)
    return made(**given)


def takes(made: Callable[..., Any], keyword: str) -> bool | None:
    """Whether the class has this parameter; None where nobody can tell: it hands on whatever it is given."""
    parameters = _parameters(made)
    if parameters is None:
        return None
    if keyword in parameters:
        return True
    return None if any(one.kind.name == "VAR_KEYWORD" for one in parameters.values()) else False


def _parameters(made: Callable[..., Any]) -> Mapping[str, Any] | None:
    """Its parameters by name; None where nobody can tell."""
    import inspect  # slow to import, and no launcher that runs has a use for it

    try:
        return inspect.signature(made).parameters
    except (TypeError, ValueError):
        return None


def _check(named: ClassName, parameters: Mapping[str, Any], given: Mapping[str, str]) -> None:
    kinds = {name: parameter.kind.name for name, parameter in parameters.items()}
    needed = [
        f"{name} (by keyword)" if kinds[name] == "KEYWORD_ONLY" else name
        for name, parameter in parameters.items()
        if parameter.default is parameter.empty and not kinds[name].startswith("VAR_") and name not in given
    ]
    if needed:
        raise Refused(f"{named} cannot be made without {_listed(needed)}", next_step=_DEFAULTS)
    unknown = [name for name in given if name not in parameters]
    if unknown and "VAR_KEYWORD" not in kinds.values():
        raise Refused(f"{named} takes no {_listed(unknown)}")


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
