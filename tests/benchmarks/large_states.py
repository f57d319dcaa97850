"""Large states for the benchmarks: fifty megabytes, a million rows, as months of one launcher leave them.

One idea: what makes a state large is lists that grew, of trials above all. One attribute is large by itself,
one is a list of a hundred thousand numbers, and very many hold a block of trials each.

Not for: the small standard state (`tests.benchmarks.states`).
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import cast

from persistence.document import new_document, render
from persistence.states.edits import with_namespace
from persistence.states.slices import LARGE
from persistence.store import STATE_FILE
from persistence.values.json_text import JSON
from tests.benchmarks.figures import Terms

SIZE = 50_000_000
"""Bytes of a state file."""

BIG, LIST = "trials", "samples"
"""The attribute that is large by itself, and the list of so many numbers."""

ITEMS = 100_000
NAMESPACE = "predictive.PredictiveLauncher"
RARE = "hiccup"
"""A word that stands at one place, far behind in the last attribute."""

_TRIAL = 538  # bytes of one, about
_BLOCK = 500  # trials of an attribute
_BIG_SHARE = 0.3  # of all bytes
_STIMULI = ("grating", "natural_movie_three", "oddball")
_NOTE = (
    "weak response after the second block; 5 µL at 21 °C, flushed twice; the animal was at rest for half a "
    "minute before the protocol went on as it had been planned in the morning, with the camera on all along. "
)
_COMMENTS = (3 * _NOTE, "as planned", "")
_MEASURED = (
    "reaction_time_s",
    "reward_onset_s",
    "pupil_diameter_px",
    "running_speed_cm_per_s",
    "lick_rate_hz",
)


def size_of(terms: Terms) -> int:
    """Bytes of a state on these terms: never so few that it would not be a large one."""
    return max(terms.shrunk(SIZE), LARGE + (LARGE >> 2))


def items_of(terms: Terms) -> int:
    """Numbers of the list on these terms: never so few that nobody would wait for them."""
    return max(terms.shrunk(ITEMS), 2_000)


def make_large_session(directory: Path, terms: Terms, seed: int = 0) -> None:
    """One session directory with a large state in it; another seed makes other numbers."""
    directory.mkdir(parents=True)
    (directory / "session.json").write_text("{}", "utf-8")
    (directory / STATE_FILE).write_bytes(large_state(size_of(terms), items_of(terms), seed))


def large_state(size: int, items: int, seed: int = 0) -> bytes:
    """The bytes of a state file of about so many, with a list of so many numbers in it."""
    numbers = random.Random(seed)
    attributes: dict[str, object] = {
        "subject_id": "764521",
        "experiment_phase": "data_collection",
        "trial_count": 150,
        "reward_volume_ul": 5.5,
        "screen_size": {"__type__": "tuple", "value": [1920, 1080]},
        LIST: [numbers.uniform(0, 100) for _ in range(items)],
        BIG: _trials(round(size * _BIG_SHARE / _TRIAL), numbers),
    }
    left = round((size * (1 - _BIG_SHARE) - 20 * items) / _TRIAL)
    for block, first in enumerate(range(0, left, _BLOCK)):
        attributes[f"block_{block:03d}"] = _trials(min(_BLOCK, left - first), numbers)
    attributes["last_comment"] = {"of": "the operator", "said": [f"one {RARE} of the camera, at the end"]}
    module, _, name = NAMESPACE.rpartition(".")
    document = with_namespace(
        new_document(),
        module=module,
        class_name=name,
        attributes=cast("dict[str, JSON]", attributes),
        saved_at="2026-03-09T14:05:30.123456",
        extra={"outcome": "checkpoint"},
    )
    return render(document)


def _trials(count: int, numbers: random.Random) -> list[dict[str, object]]:
    return [
        {
            "trial": trial,
            "stimulus": numbers.choice(_STIMULI),
            **{name: numbers.uniform(0, 100) for name in _MEASURED},
            "stimulus_position_deg": [numbers.uniform(-90, 90), numbers.uniform(-45, 45)],
            "rewarded": numbers.random() < 0.7,
            "comment": numbers.choice(_COMMENTS),
        }
        for trial in range(count)
    ]
