"""How what a launcher would run in differs from what it ran in, in words. Pure; no Qt.

One idea: one sentence for each difference; what is not known on both sides is not compared. Not for finding
out (`circumstances`), nor for what it weighs (`cautions`).
"""

from collections.abc import Iterator, Mapping

from app.resume_exchange import Surroundings
from app.values.edit_text import shown

_MOST_NAMED = 3
_SHORT = 10  # characters of a revision
_HELD = 40  # characters of a value


def differences(then: Surroundings, now: Surroundings) -> Iterator[str]:
    """What is different now, sentence by sentence."""
    if then.launcher_version and now.launcher_version and then.launcher_version != now.launcher_version:
        text = (
            f"Launcher version differs: saved with {then.launcher_version}, "
            f"this computer has {now.launcher_version}."
        )
        yield text
    if then.revision and now.revision and not _same_revision(then.revision, now.revision):
        text = f"The launcher's code differs: it was {then.revision[:_SHORT]}, now it is "
        yield f"{text}{now.revision[:_SHORT]} (git)."
    if then.rig_config is not None and now.rig_config is not None:
        yield from _of_rig(then.rig_config, now.rig_config)


def _same_revision(one: str, other: str) -> bool:
    """Revisions may be told short."""
    return one.startswith(other) or other.startswith(one)


def _of_rig(then: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    """What the rig's own settings say otherwise than at the time of the run.

    What only stands there now was perhaps not part of what was kept then.
    """
    differing = [key for key, value in then.items() if key not in now or now[key] != value]
    if not differing:
        return
    named = [_difference(key, then, now) for key in differing[:_MOST_NAMED]]
    more = len(differing) - len(named)
    rest = f" and {more} more" if more else ""
    yield f"Rig config differs from the saved run: {', '.join(named)}{rest}."


def _difference(key: str, then: Mapping[str, object], now: Mapping[str, object]) -> str:
    after = _held(now[key]) if key in now else "not there"
    return f"{key} was {_held(then[key])}, is {after}"


def _held(value: object) -> str:
    """A setting as a saved value would be shown; TOML has dates besides."""
    if isinstance(value, str | int | float | list | dict) or value is None:
        return shown(value, _HELD)
    return str(value)[:_HELD]
