"""What was only begun is undone, whatever ended it, and that is told on."""

import pytest

from persistence.files.undoing import undone_by


@pytest.mark.parametrize("ending", [OSError, KeyboardInterrupt, SystemExit])
def test_that_what_did_not_come_to_its_end_is_undone(ending: type[BaseException]) -> None:
    undone: list[str] = []
    with pytest.raises(ending), undone_by(lambda: undone.append("undone")):
        raise ending
    assert undone == ["undone"]


def test_that_what_came_to_its_end_stays() -> None:
    undone: list[str] = []
    with undone_by(lambda: undone.append("undone")):
        pass
    assert undone == []
