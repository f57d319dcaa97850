"""The launcher that a verb is about: its class as it was named, and what its constructor is given."""

from __future__ import annotations

import argparse

from persistence.cli.answers import Usage
from persistence.rehearsing.named_class import ClassName, Misnamed, class_name

_CONSTRUCTOR = {"param_file": "param_file", "rig_config": "rig_config_path"}


def named(text: str) -> ClassName:
    """The class that `module:Class` means. Raises Usage."""
    try:
        return class_name(text)
    except Misnamed as error:
        raise Usage(f"{error}.") from error


def arguments_for(arguments: argparse.Namespace) -> dict[str, str]:
    """The keyword arguments for the constructor, of those options that were given."""
    given = {keyword: getattr(arguments, option) for option, keyword in _CONSTRUCTOR.items()}
    return {keyword: value for keyword, value in given.items() if value is not None}
