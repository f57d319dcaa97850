"""What sessions are called beside each other: by name, and by folder, too, where names are equal. Pure.

One idea: a name says everything as long as it is the only one; of two that are equal, neither does. Not for
sessions one by one where nothing is done to one: the name alone is enough there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from app.session import last_part


def told_apart(directories: Iterable[str]) -> Mapping[str, str]:
    """What to call each of these session directories: "m1_2026-11-27_08-30", or "m1_... in /data/rig2"."""
    names = {directory: last_part(directory) for directory in directories}
    often = Counter(names.values())
    return {
        directory: name if often[name] == 1 else named_in(name, _folder(directory))
        for directory, name in names.items()
    }


def named_in(name: str, folder: str) -> str:
    """A session's name in a sentence, with the folder that tells it from others of that name; "" for none."""
    return f"{name} in {folder}" if folder else name


def tail_apart(folder: str, others: Iterable[str]) -> str:
    """The end of a folder's path, as short as tells it from these others: "rig2", or "rig2/m1"."""
    parts, ends = _parts(folder), [_parts(other) for other in others]
    least = next((count for count in range(1, len(parts)) if parts[-count:] not in _tails(ends, count)), 0)
    return "/".join(parts[-least:])


def _parts(path: str) -> list[str]:
    return path.replace("\\", "/").strip("/").split("/")


def _tails(ends: Iterable[list[str]], count: int) -> list[list[str]]:
    return [parts[-count:] for parts in ends]


def _folder(directory: str) -> str:
    """The path of the folder that holds a session."""
    whole = directory.rstrip("/\\")
    return whole[: len(whole) - len(last_part(whole))].rstrip("/\\") or whole[:1]
