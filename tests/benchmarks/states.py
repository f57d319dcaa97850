"""The standard state of the benchmarks: what a launcher of a lab holds, in three sizes.

One idea: the same attributes, always the same values. A larger state is an older session of the same
launcher: its lists and mappings are longer, its settings are not.

Not for: strange values; those are in the tests of the codec. Here everything is what a rig saves all day.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from persistence.document import Document, new_document, render
from persistence.states.edits import with_namespace
from persistence.values.whole import encode_attribute

SCALE_OF_1_MB = 400
SCALE_OF_2_MB = 800
SCALE_OF_20_MB = 8000

START = dt.datetime(2026, 3, 9, 14, 5, 30, 123456)


class StandardLauncher:
    """A launcher with a state of about 3 KB as JSON, times `scale`."""

    def __init__(self, scale: int = 1) -> None:
        numbers = random.Random(764521)
        self.subject_id = "764521"
        self.user_id = "ann.example"
        self.rig_name = "rig-4b"
        self.experiment_phase = "data_collection"
        self.protocol = "predictive_processing_v3"
        self.output_root = "/data/predictive/764521/2026-03-09"
        self.note = "weak responses after the second block; 5 µL at 21 °C, twice flushed"
        self.trial_count = 150
        self.reward_volume_ul = 5.5
        self.photodiode_on = True
        self.aborted_because = None
        self.screen_size = (1920, 1080)
        self.gains = {f"channel_{index:02d}": numbers.uniform(0, 100) for index in range(20 * scale)}
        self.trials = [_trial(index, numbers) for index in range(6 * scale)]
        self.events = [_event(index, numbers) for index in range(8 * scale)]


def _trial(index: int, numbers: random.Random) -> dict[str, object]:
    return {
        "trial": index,
        "stimulus": numbers.choice(["grating", "natural_movie", "oddball"]),
        "orientation_deg": numbers.choice([0, 45, 90, 135]),
        "contrast": numbers.choice([0.25, 0.5, 1.0]),
        "reaction_s": numbers.uniform(0.1, 2),
        "rewarded": numbers.random() < 0.7,
        "comment": None,
    }


def _event(index: int, numbers: random.Random) -> dict[str, object]:
    at = START + dt.timedelta(seconds=index, microseconds=numbers.randrange(1_000_000))
    return {"name": numbers.choice(["lick", "reward", "airpuff"]), "at": at, "trial": index // 2}


NAMESPACE = f"{StandardLauncher.__module__}.{StandardLauncher.__name__}"


def document_of(launcher: StandardLauncher) -> Document:
    """What the first save of a launcher writes, at a time that is always the same."""
    return with_namespace(
        new_document(),
        module=StandardLauncher.__module__,
        class_name=StandardLauncher.__name__,
        attributes={name: encode_attribute(value) for name, value in vars(launcher).items()},
        saved_at=START.isoformat(timespec="microseconds"),
        extra={"outcome": "checkpoint"},
    )


def render_of(launcher: StandardLauncher) -> bytes:
    """The state file that such a save leaves."""
    return render(document_of(launcher))


def documents(scale: int, count: int) -> Iterator[Document]:
    """So many documents of one launcher, each different from the others in one value."""
    launcher = StandardLauncher(scale)
    for trial in range(count):
        launcher.trial_count = 150 + trial
        yield document_of(launcher)
