"""The parameters of a launcher: a JSON file for the experiment, over a TOML file for the rig.

One idea: both are read once and completely, before anything starts, and a file that was named but cannot be
read stops the experiment there and then. A file that was not named is no parameters.
"""

from __future__ import annotations

import json
import os

Path = str | os.PathLike[str]


class ParameterError(ValueError):
    """A parameter file or rig config that was named cannot be used; the text is one sentence."""


def read_parameters(path: Path | None) -> dict[str, object]:
    """The object in a JSON parameter file; nothing without a path. Raises ParameterError."""
    if path is None:
        return {}
    try:
        found = json.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise ParameterError(f"{path}: this is not JSON ({error}). Correct the parameter file.") from error
    if not isinstance(found, dict):
        raise ParameterError(f"{path}: this is no JSON object. Put the parameters between {{ and }}.")
    return found


def read_rig_config(path: Path | None) -> dict[str, object]:
    """The content of a TOML rig config; nothing without a path. Raises ParameterError."""
    if path is None:
        return {}
    import tomllib

    try:
        return tomllib.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise ParameterError(f"{path}: this is not TOML ({error}). Correct the rig config.") from error


def _text(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return file.read().decode("utf-8-sig")
    except OSError as error:
        raise ParameterError(f"{path}: cannot be read ({error.strerror}). Check the path.") from error
