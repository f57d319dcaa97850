"""What a launcher saved itself, and what became of it: from real saves and real histories."""

from pathlib import Path
from typing import Any

import pytest

from app.change_errands import Commit, Done
from app.files.changes import change, read_session
from app.folder_errands import Terms
from app.resuming.own_save import Own, own_save
from persistence.scan import summarize
from persistence.states.edits import set_value
from persistence.store import StateFile
from persistence.values.json_text import JSON
from tests.small_rig import NAMESPACE, CountingLauncher, made_session


def known(session: Path, *, alone: bool = True) -> Own:
    saved = StateFile(session).read().document.namespace(NAMESPACE)
    return own_save(str(session), saved, alone=alone)


def edit(
    session: Path, value: JSON, who: str = "ann", name: str = "trial_count", of: str = NAMESPACE
) -> None:
    snapshot = read_session(str(session))
    assert snapshot.document is not None
    document = set_value(snapshot.document, of, (name,), value)
    assert isinstance(change(Commit(str(session), document, snapshot.etag), terms=Terms(who)), Done)


def own_count(found: Own) -> Any:
    return found.attributes["trial_count"] if found.attributes is not None else None


def test_that_the_launchers_own_save_is_found_before_and_after_edits(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    assert (own_count(known(session)), known(session).edited_by) == (15, "")
    edit(session, 150)
    edit(session, 151, "bob")
    assert (own_count(known(session)), known(session).edited_by, known(session).deed) == (15, "bob", "edit")


def test_that_all_who_edited_what_stands_there_are_known(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    edit(session, 165, "bob")
    assert known(session).edited_before == ()
    for value, who in ((120, "root"), (121, "ann"), (122, "root")):
        edit(session, value, who)
    found = known(session)
    assert (found.edited_by, found.edited_before) == ("root", (("bob", "edit"), ("ann", "edit")))
    file = StateFile(session)
    file.restore(file.history()[-4].sequence, expected_etag=file.read().etag)
    assert (known(session).edited_by, known(session).edited_before) == ("bob", ())


def write_over(session: Path, old: str, new: str) -> None:
    path = session / "session_state.json"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def touch(found: Own) -> tuple[str, bool, tuple[str, ...] | None]:
    return found.edited_by, found.written, found.lost


def test_that_what_another_program_left_of_an_edit_is_known(tmp_path: Path) -> None:
    """The list says of the same file that it was written since the edit."""
    session = made_session(tmp_path)
    edit(session, 150)
    assert touch(known(session)) == ("ann", False, ())
    write_over(session, '"trial_count": 150', '"trial_count":  150')
    assert touch(known(session)) == ("ann", True, ())
    write_over(session, '"trial_count":  150', '"trial_count": 15')
    assert touch(known(session)) == ("ann", True, ("trial_count",))
    summary = summarize(session, tmp_path)
    assert summary is not None
    assert (summary.edited_by, summary.written_at is not None) == ("ann", True)
    edit(session, 150, "bob")  # as it had been left
    assert touch(known(session)) == ("bob", True, ())


def test_that_an_edit_taken_back_to_what_the_launcher_saved_is_none(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    edit(session, 150)
    StateFile(session, who="ann").restore(1)
    assert touch(known(session)) == ("", False, ())
    write_over(session, '"trial_count": 15', '"trial_count": 16')
    assert touch(known(session)) == ("", True, ())


def test_that_a_restore_of_what_another_program_wrote_before_the_last_save_is_an_edit(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    write_over(session, '"trial_count": 15', '"trial_count": 16')
    made_session(tmp_path, trial_count=200)
    StateFile(session, who="bob").restore(2)
    assert (known(session).edited_by, known(session).deed) == ("bob", "restore")


def test_that_the_state_of_another_session_over_an_edit_is_told_as_the_list_tells_it(tmp_path: Path) -> None:
    session, other = made_session(tmp_path), made_session(tmp_path, "other")
    edit(session, 150)
    (session / "session_state.json").write_bytes((other / "session_state.json").read_bytes())
    found = known(session)
    assert (found.attributes, *touch(found)) == (None, "ann", True, None)
    summary = summarize(session, tmp_path)
    assert summary is not None
    assert (summary.edited_by, summary.written_at is not None) == ("ann", True)


def test_that_an_older_save_put_back_over_an_edit_is_told_with_what_is_lost(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    old = (session / "session_state.json").read_bytes()
    made_session(tmp_path, trial_count=200)
    edit(session, 150)
    (session / "session_state.json").write_bytes(old)
    assert touch(known(session)) == ("ann", True, ("trial_count",))


def test_that_a_later_save_of_the_launcher_is_its_own_again(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    edit(session, 150)
    launcher = CountingLauncher()
    launcher.trial_count = 200
    assert launcher.save_session_state(session)
    assert (own_count(known(session)), known(session).edited_by) == (200, "")


def test_that_a_save_of_another_launcher_does_not_hide_an_edit(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    edit(session, 150)
    other = type("OtherLauncher", (CountingLauncher,), {})()
    assert other.save_session_state(session)
    assert own_count(known(session, alone=False)) == 15
    document = StateFile(session).read().document
    assert document.namespace(NAMESPACE).attributes["trial_count"] == 150


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Another launcher has saved there, too."""
    session = made_session(tmp_path)
    assert type("OtherLauncher", (CountingLauncher,), {})().save_session_state(session)
    return session


OTHER = f"{__name__}.OtherLauncher"


def test_that_an_edit_is_of_the_launcher_whose_state_it_changed(two: Path) -> None:
    edit(two, 150, "zed")
    assert (known_other(two).edited_by, known_other(two).written) == ("", False)
    found = known(two, alone=False)
    assert (found.edited_by, found.edited_at) == ("zed", StateFile(two).history()[-1].time)
    edit(two, 17, "bob", of=OTHER)
    assert (known(two, alone=False).edited_by, known_other(two).edited_by) == ("zed", "bob")
    assert known(two, alone=False).edited_before == ()


def test_that_a_state_that_is_as_its_launcher_saved_it_was_edited_by_nobody(two: Path) -> None:
    edit(two, 150, "zed")
    edit(two, 17, "bob", of=OTHER)
    edit(two, 15, "zed")
    assert known(two, alone=False).edited_by == ""
    assert known_other(two).edited_by == "bob"


def test_that_what_another_program_wrote_is_of_the_launcher_whose_state_it_changed(two: Path) -> None:
    edit(two, 150, "zed")
    write_over(two, '"trial_count": 150', '"trial_count": 15')
    assert touch(known(two, alone=False)) == ("zed", True, ("trial_count",))
    assert touch(known_other(two)) == ("", False, ())


def known_other(session: Path) -> Own:
    saved = StateFile(session).read().document.namespace(OTHER)
    return own_save(str(session), saved, alone=False)


def test_that_nothing_is_said_without_history(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    edit(session, 150)
    for path in (session / ".session_state_history").iterdir():
        path.unlink()
    assert known(session).attributes is None


# --- under a later edit -----------------------------------------------------------------------------------


@pytest.fixture
def lost(tmp_path: Path) -> Path:
    """Another program took ann's edit back, and nobody has saved since."""
    session = made_session(tmp_path, note="x")
    edit(session, 150)
    write_over(session, '"trial_count": 150', '"trial_count": 15')
    return session


def told(session: Path) -> tuple[str, bool, tuple[str, ...] | None, str]:
    return known(session)[1:5]


def test_that_an_edit_lost_under_a_later_edit_is_told_with_whose_it_was(lost: Path) -> None:
    assert told(lost) == ("ann", True, ("trial_count",), "ann")
    edit(lost, 6.5, "bob", "reward_volume")
    assert told(lost) == ("bob", True, ("trial_count",), "ann")
    edit(lost, "y", "bob", "note")
    assert told(lost) == ("bob", True, ("trial_count",), "ann")


def test_that_what_was_decided_again_since_is_not_lost(lost: Path) -> None:
    edit(lost, 151, "bob")
    assert told(lost) == ("bob", True, (), "ann")


def test_that_several_lost_edits_are_told_with_all_whose_they_were(lost: Path) -> None:
    edit(lost, 6.5, "bob", "reward_volume")
    write_over(lost, '"reward_volume": 6.5', '"reward_volume": 5.5')
    write_over(lost, '"note": "x"', '"note":  "x"')
    edit(lost, "y", "cat", "note")
    assert told(lost) == ("cat", True, ("trial_count", "reward_volume"), "ann and bob")


def test_that_another_program_before_any_edit_writes_over_none(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    write_over(session, '"trial_count": 15', '"trial_count": 16')
    edit(session, 6.5, "bob", "reward_volume")
    assert told(session) == ("bob", True, (), "")


def test_that_nothing_is_lost_where_the_launchers_own_save_is_back(lost: Path) -> None:
    StateFile(lost, who="bob").restore(1)
    assert told(lost) == ("", False, (), "")


def test_that_a_save_of_the_launcher_ends_what_was_written_before_it(lost: Path) -> None:
    made_session(lost.parent, lost.name, trial_count=20)
    assert told(lost) == ("", False, (), "")
    edit(lost, 6.5, "bob", "reward_volume")
    assert told(lost) == ("bob", False, (), "")


def test_that_a_loss_is_not_known_where_the_version_cannot_be_read(lost: Path) -> None:
    edit(lost, 6.5, "bob", "reward_volume")
    for file in (lost / ".session_state_history").glob("000002*"):
        file.unlink()
    assert told(lost) == ("bob", True, None, "ann")
