"""Settings as the text of a file, and back.

One idea: a file says of which version it is. One of this version may hold more than this window knows, which
stays in it; one of another version is not guessed at (`OtherVersion`). Pure. Not for the file itself
(`settings_file`).
"""

import json
from collections.abc import Mapping
from typing import Any

from app.settings import FONT_PERCENTS, MOST_HOURS, Settings

NAME = "settings.json"
"""Of the file."""
SIZE_LIMIT = 1 << 20
VERSION = 1
_TEXTS = ("folders", "users", "trusted", "view_only", "as_network")
_WITHIN = {"font_percent": (FONT_PERCENTS[0], FONT_PERCENTS[-1]), "old_after_hours": (1, MOST_HOURS)}


class OtherVersion(ValueError):
    """The settings are of a version that this window does not know. Its text says which."""


def to_bytes(settings: Settings) -> bytes:
    """The settings as a file for people."""
    known = {**settings._asdict(), "layout": dict(settings.layout)}
    unknown = known.pop("unknown")
    text = json.dumps({"version": VERSION, **known, **unknown}, indent=4, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass") + b"\n"


def from_bytes(data: bytes) -> Settings:
    """The settings in a file; one without a version is of the first. A number beyond its limits is taken as
    the limit.

    Raises OtherVersion, ValueError naming the key of a wrong shape, RecursionError.
    """
    found = json.loads(data.decode("utf-8-sig", "surrogatepass"))
    if not isinstance(found, dict):
        raise ValueError("it is no JSON object")
    version = found.pop("version", VERSION)
    if type(version) is not int or version != VERSION:
        raise OtherVersion(json.dumps(version)[:40])
    names = {*Settings._fields} - {"unknown"}
    known = {name: _read(name, value) for name, value in found.items() if name in names}
    return Settings(**known, unknown={name: value for name, value in found.items() if name not in names})


def _read(name: str, value: object) -> Any:
    if name in _TEXTS:
        return _texts(name, value)
    if name in _WITHIN:
        return _number(name, value, *_WITHIN[name])
    wanted, words = _SHAPES[name]
    if not isinstance(value, wanted):
        raise ValueError(f"{name} should be {words}")
    return value


_SHAPES: Mapping[str, tuple[type, str]] = {
    "theme": (str, "a text"),
    "layout": (dict, "an object"),
    "detailed_log": (bool, "true or false"),
}


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{name} should be a list of texts")
    return tuple(value)


def _number(name: str, value: object, least: int, most: int) -> int:
    if type(value) is not int:
        raise ValueError(f"{name} should be an integer")
    return min(max(value, least), most)
