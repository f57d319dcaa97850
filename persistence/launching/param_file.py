"""The parameter file of a resumed run: the old run's parameters without the old run's identity.

One idea: the animal and the person are those that whoever resumes has confirmed, by typing or by naming the
session; who calls says them. Paths that were relative stay true wherever the new run starts. Everything else
is taken over as it is.

Not for a launcher's attributes: those are in its saved state.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PureWindowsPath

from persistence.errors import Refused, StateError, words_for
from persistence.files.durable import write_file
from persistence.files.reading import read_file

SOURCE = Path("launcher_metadata") / "processed_parameters.json"
_ARGUMENTS = Path("launcher_metadata") / "command_line_arguments.json"
_OLD_IDENTITY = ("session_uuid", "output_session_folder")
_PATH_KEY = re.compile(r"(path|file|folder|dir|directory)$", re.IGNORECASE)
SIZE_LIMIT = 64 << 20


def make_param_file(session: Path, target: Path, *, subject: str, user: str, cwd: str) -> None:
    """Write `target` from the session's processed parameters.

    Relative paths are taken from where the old run was started, if that was recorded, else from `cwd`. Raises
    StateError with a sentence when there are no parameters to take over, OSError when `target` cannot be
    written.
    """
    bases = [Path(base) for base in (_recorded_cwd(session), cwd) if base]
    old = read_parameters(session)
    try:
        made = json.dumps(parameters_for(old, subject=subject, user=user, bases=bases), indent=4)
    except RecursionError:
        raise Refused("its parameters are too deeply nested", path=session / SOURCE) from None
    # Escapes only, because many a launcher reads the file in the encoding of its computer.
    write_file(target, made.encode("ascii") + b"\n")


def read_parameters(session: Path) -> Mapping[str, object]:
    """The parameters that the old run worked with. Raises StateError with a sentence."""
    path = session / SOURCE
    why = (
        "This launcher starts from a parameter file, which is made from the parameters of the earlier run. "
        "Put them there as JSON, or name a file of your own in its command, in the place of {param_file}."
    )
    if path.parent.is_symlink():
        raise Refused("the folder that it lies in is a link", path=path, next_step=why)
    try:
        found = json.loads(read_file(path, limit=SIZE_LIMIT))
    except FileNotFoundError:
        raise Refused("the parameters of the earlier run are not there", path=path, next_step=why) from None
    except OSError as error:
        raise Refused(f"it could not be read: {words_for(error)}", path=path, next_step=why) from error
    except RecursionError:
        raise Refused("it is too deeply nested", path=path, next_step=why) from None
    except ValueError as error:
        raise Refused(f"it is not valid JSON ({error})", path=path, next_step=why) from error
    if not isinstance(found, dict):
        raise Refused("it holds no parameters", path=path, next_step=why)
    return found


def parameters_for(
    old: Mapping[str, object], *, subject: str, user: str, bases: Sequence[Path]
) -> dict[str, object]:
    """The parameters of the new run. Looks whether relative paths exist below `bases`, and reads nothing."""
    made = {key: _absolute(key, value, bases) for key, value in old.items() if key not in _OLD_IDENTITY}
    return made | {"subject_id": subject, "user_id": user}


def _absolute(key: str, value: object, bases: Sequence[Path]) -> object:
    if isinstance(value, dict):
        return {inner: _absolute(str(inner), one, bases) for inner, one in value.items()}
    if isinstance(value, list):
        return [_absolute(key, one, bases) for one in value]
    if isinstance(value, str) and value and _PATH_KEY.search(key) and _is_relative(value):
        return next((str(base / value) for base in bases if _exists(base / value)), value)
    return value


def _is_relative(path: str) -> bool:
    return not Path(path).is_absolute() and not PureWindowsPath(path).drive and "\0" not in path


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _recorded_cwd(session: Path) -> str:
    """Where the old run was started, as far as it was recorded. A share is not asked: it may be anybody's."""
    try:
        found = json.loads(read_file(session / _ARGUMENTS, limit=SIZE_LIMIT))
    except (OSError, StateError, ValueError, RecursionError):
        return ""
    cwd = found.get("working_directory") if isinstance(found, dict) else None
    if not isinstance(cwd, str) or cwd[:2] in (r"\\", "//") or "\0" in cwd:
        return ""
    return cwd if Path(cwd).is_absolute() else ""
