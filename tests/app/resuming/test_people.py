"""Subject and user: whose saved name is restored, and whose typed name reaches a launcher."""

from typing import Any

import pytest

from app.resuming.people import people_to_leave_out, people_untold
from persistence.values.json_text import Number


@pytest.mark.parametrize(
    ("saved", "left"),
    [
        ({"subject_id": "764521", "user_id": "ann"}, ()),
        ({"subject_id": 764521, "user_id": "ann"}, ()),
        ({"subject_id": "764521", "user_id": "bob"}, ("user_id",)),
        ({"subject_id": Number("764521"), "user_id": ""}, ("user_id",)),
        ({"user_id": None}, ("user_id",)),
        ({}, ()),
    ],
)
def test_that_another_user_than_the_confirmed_one_is_never_restored(
    saved: dict[str, Any], left: tuple[str, ...]
) -> None:
    assert people_to_leave_out(saved, "764521", "ann") == left


@pytest.mark.parametrize(
    ("saved", "user", "untold"),
    [
        ({"subject_id": "764521", "user_id": "ann"}, "ann", ()),
        ({"subject_id": Number("764521"), "user_id": "ann"}, "bob", ("user",)),
        ({"subject_id": "764521"}, "bob", ("user",)),
        ({"user_id": "bob"}, "bob", ("subject",)),
        ({}, "bob", ("subject", "user")),
        ({"subject_id": "764521"}, "", ()),
    ],
)
def test_that_who_reaches_no_launcher_is_known(
    saved: dict[str, Any], user: str, untold: tuple[str, ...]
) -> None:
    assert people_untold(saved, "764521", user) == untold
