"""Looking into folders here: until it is not wanted any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.listing.lookers import Here
from persistence.scan import Cancelled
from tests.small_rig import made_session


@pytest.mark.parametrize("by", ["whoever asks", "stop"])
def test_that_who_is_not_wanted_any_more_looks_no_further(tmp_path: Path, by: str) -> None:
    session, unwanted = made_session(tmp_path), set[str]()
    here = Here(str(tmp_path), lambda _: None, lambda: bool(unwanted))
    folders = [str(tmp_path), str(session)]
    assert [step.folder for step in here.look(folders)] == folders
    if by == "stop":
        here.stop()
    else:
        unwanted.add(by)
    with pytest.raises(Cancelled):
        here.look(folders)
