"""Which folder the launchers of this computer save into, as its rig config says.

One idea: launchers in the field read the settings of their rig from one place, and its `output_root_folder`
is where their sessions are, so that a first start can offer it. The file is read as data: nothing that it
names is run, or made, and the folder is only looked for. A file that cannot be used is one sentence.

Never used on the GUI thread: the folder may lie on a share. Not for comparing a rig with what it was (see
`circumstances` in `resuming`).
"""

import os
import tomllib
from collections.abc import Iterable
from pathlib import Path

from app.exchange import RigFolder
from persistence.errors import StateError, words_for
from persistence.files.reading import read_file

PLACES = ("C:/RigConfig/rig_config.toml", "/opt/rigconfig/rig_config.toml")
"""Where launchers in the field keep the settings of their rig when nobody says otherwise."""
KEY = "output_root_folder"
_SIZE_LIMIT = 1 << 20


def rig_folder(places: Iterable[str] = PLACES) -> RigFolder | None:
    """What the first rig config that is there says; None without one, or where it names no folder. Places of
    another system are none of this computer's. Never raises.
    """
    for place in places:
        if Path(place).is_absolute() and os.path.lexists(place):
            return _of(os.path.normpath(place))
    return None


def _of(config: str) -> RigFolder | None:
    try:
        named = tomllib.loads(_text(config)).get(KEY)
    except OSError as error:
        return RigFolder(config, problem=f"it cannot be read: {words_for(error)}.")
    except StateError as error:
        return RigFolder(config, problem=f"it cannot be read: {error.cause}.")
    except UnicodeDecodeError:
        return RigFolder(config, problem="it is not UTF-8.")
    except (ValueError, RecursionError) as error:
        return RigFolder(config, problem=f"it is not TOML: {str(error) or 'too deeply nested'}.")
    return None if named is None else _named(config, named)


def _text(config: str) -> str:
    """A link in this place is the computer's own, and followed; a pipe or a device is not read."""
    return read_file(os.path.realpath(config), limit=_SIZE_LIMIT).decode("utf-8-sig")


def _named(config: str, named: object) -> RigFolder:
    if not isinstance(named, str) or not Path(named).is_absolute() or "\0" in named:
        return RigFolder(config, problem="what it says of the output folder is no whole path.")
    folder = os.path.normpath(named)
    try:
        there = Path(folder).is_dir()
    except OSError as error:
        return RigFolder(
            config, problem=f"the folder {folder}, which it names, cannot be reached: {words_for(error)}."
        )
    return RigFolder(config, folder, "" if there else f"the folder {folder}, which it names, is not there.")
