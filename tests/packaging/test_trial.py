"""Parts that the trial starts, started in this checkout: so it shows long before a bundle is made whether the
trial still knows how.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging import trial
from tests.packaging.distributions import NotMade
from tests.packaging.trial import Programs
from tests.syntax import PROJECT

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="there is no env to say whose modules are meant"
)
STEPS = (trial._send_a_scout, trial._judge_a_large_one)


def programs() -> Programs:
    """This checkout as if it were installed."""
    python = Path(sys.executable)
    return Programs(python, python, python, before=("env", f"PYTHONPATH={PROJECT}"))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__.strip("_"))
def test_that_a_part_is_started_as_the_window_starts_it(
    step: Callable[[Programs, Path], None], tmp_path: Path
) -> None:
    step(programs(), tmp_path)


def test_that_a_part_that_does_not_start_is_said_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(NotMade, match=r"ended with code 1:\n(.|\n)*not enough values"):
        programs().run(programs().part, "-P", "-m", "app.listing.scout", tmp_path)
