"""The switch that turns saved state off for a whole process: `RIGSTATE_DISABLE=1`.

For an experiment that must go on while something about its saved state is being looked into. It is asked at
every call and stored nowhere. It does not concern the command line or the window, which do only what a
person asks for.
"""

from __future__ import annotations

import logging
import os

VARIABLE = "RIGSTATE_DISABLE"
log = logging.getLogger(__name__)


def switched_off() -> bool:
    """Whether saved state is switched off: the variable is set, to anything but nothing and 0."""
    return os.environ.get(VARIABLE, "0") not in ("", "0")


def off(what: str) -> str:
    """Log that `what` was not done because of the switch; returns the sentence."""
    sentence = f"{what}: not done, because {VARIABLE} is set. Unset it to save and load state again."
    log.warning("%s", sentence)
    return sentence
