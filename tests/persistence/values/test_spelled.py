"""A value that stands in a text: of a beginning nobody gets more, or less, than is said."""

from __future__ import annotations

import pytest

from persistence.errors import Damaged
from persistence.values.spelled import Spelled

WHOLE = memoryview(b"[10, 20, 30]")


class HeldMeanwhile(Spelled):
    """One whose rest comes, from another thread, just when it is asked for."""

    @property
    def at_hand(self) -> bool:
        self.hold(WHOLE)
        return super().at_hand


def begun(kind: type[Spelled] = Spelled) -> Spelled:
    return kind(WHOLE[:7], length=len(WHOLE))


def test_that_a_beginning_is_no_text_until_somebody_has_the_rest() -> None:
    held = begun()
    assert (held.at_hand, len(held)) == (False, len(WHOLE))
    for ask in (lambda: held.text, lambda: held.whole, lambda: held.value):
        with pytest.raises(Damaged, match="not been read yet"):
            ask()
    held.hold(WHOLE)
    assert (held.at_hand, len(held), held.whole) == (True, len(WHOLE), WHOLE)
    assert (held.text, held.value) == ("[10, 20, 30]", [10, 20, 30])


def test_that_a_beginning_is_never_given_as_if_it_were_all() -> None:
    assert begun(HeldMeanwhile).text == "[10, 20, 30]"
    assert begun(HeldMeanwhile).value == [10, 20, 30]
