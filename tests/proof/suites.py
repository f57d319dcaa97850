"""All suites of the proof, in the order in which they run and are reported.

One idea: a suite that is not listed here proves nothing to anybody.
"""

from __future__ import annotations

from tests.proof import (
    drafts,
    full_disk,
    kill,
    model,
    mutation,
    parser,
    power_cut,
    resume,
    round_trip,
    strings,
    system_calls,
    watch_truth,
    writers,
)
from tests.proof.suite import Suite

SUITES: tuple[Suite, ...] = (
    kill.SUITE,
    power_cut.SUITE,
    system_calls.SUITE,
    full_disk.SUITE,
    writers.SUITE,
    round_trip.SUITE,
    parser.SUITE,
    model.SUITE,
    drafts.SUITE,
    watch_truth.SUITE,
    resume.SUITE,
    strings.SUITE,
    mutation.SUITE,
)
