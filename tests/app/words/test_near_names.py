"""Which of many names was meant: the nearest where they are few, and never a wait where they are many."""

from __future__ import annotations

import time
from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks import KnownNames
from app.values.fit_text import escaped
from app.words.near_names import NearNames
from app.words.stranger_texts import NameHints

MANY = [f"attribute_{number}_trial" for number in range(100_000)]
NAMES = st.text("abAB\u00df_\0", max_size=8)


@given(st.sets(NAMES, max_size=12), NAMES, NAMES)
def test_that_of_few_names_each_is_looked_at(names: set[str], typed: str, but: str) -> None:
    near = NearNames(names)
    whole = {name for name in names if "\0" not in name and name != but}
    begun = {name for name in whole if name.startswith(typed)}
    found = near.beginning(typed, but)
    assert (set(found) <= begun, len(found)) == (True, min(2, len(begun)))
    wanted = get_close_matches(typed.casefold(), {name.casefold() for name in whole}, n=1, cutoff=0.75)
    nearest = near.nearest(typed, but)
    assert [nearest.casefold()] * bool(nearest or "" in wanted) == wanted
    assert not wanted or nearest in whole


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("attribute_77x_trail", "attribute_77x_trail is not known to this launcher."),
        ("Reward_volum3", "Reward_volum3 is not known to this launcher. Did you mean reward_volume?"),
        ("rew", "Did you mean reward_volume?"),
        ("attr", ""),
        ("attribute_99999_trial", ""),
        ("ab" * 10_000, f"{escaped('ab' * 10_000)} is not known to this launcher."),
    ],
)
def test_that_among_very_many_names_no_key_is_waited_for(typed: str, said: str) -> None:
    hints = NameHints(KnownNames("/data/m1", "m.L", frozenset({*MANY, "reward_volume"}), asked=True))
    before = time.process_time()
    assert [hints.of(typed) for _ in range(10)] == [said] * 10
    assert time.process_time() - before < 1.0  # for ten; some milliseconds each, where it was some seconds


def test_that_long_names_are_compared_with_few() -> None:
    names = [f"{'ab' * 50}{number}" for number in range(250)]
    before = time.process_time()
    assert NearNames(names).nearest("ab" * 50 + "x") == ""
    assert NearNames([*names, "cab" * 30]).nearest("cab" * 29 + "cax") == "cab" * 30
    assert time.process_time() - before < 0.5
