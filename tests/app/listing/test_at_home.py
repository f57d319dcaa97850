"""Unsaved states in the user's own folder: whose they are, and that coming and going is noticed once."""

from pathlib import Path

from app.listing.at_home import AtHome
from app.session import Summary
from persistence.document import new_document
from persistence.sessions import spilling


def spilled(session: Path, data: bytes = b"") -> Path:
    data = data or spilling.contents(new_document(), session, "no rights")
    return spilling.write_locally(spilling.new_name(), data)


def test_that_each_that_comes_or_goes_is_told_once_with_its_session(tmp_path: Path) -> None:
    home, session = AtHome(), tmp_path / "m1"
    plain = Summary(str(session), str(tmp_path), "m1", "", unsaved=("beside.json",))
    assert (home.look(), home.added_to(plain)) == (frozenset(), plain)
    file = spilled(session)
    assert home.look() == {spilling.session_key(session)}
    assert home.look() == frozenset()
    assert home.added_to(plain).unsaved == ("beside.json", str(file))
    assert home.added_to(plain._replace(directory=str(tmp_path / "m2"))).unsaved == ("beside.json",)
    file.unlink()
    assert home.look() == {spilling.session_key(session)}
    assert home.added_to(plain) == plain


def test_that_one_that_cannot_be_read_is_nobodys_until_it_can(tmp_path: Path) -> None:
    home, session = AtHome(), tmp_path / "m1"
    file = spilled(session, b"nonsense")
    assert home.look(again=True) == frozenset()
    file.write_bytes(spilling.contents(new_document(), session, "no rights"))
    assert home.look(again=True) == {spilling.session_key(session)}


def test_that_one_that_cannot_be_read_is_not_read_each_time_that_sessions_are_told(tmp_path: Path) -> None:
    """Five megabytes of it took 58 ms, between any two pieces of a walk."""
    home, session = AtHome(), tmp_path / "m1"
    file = spilled(session, b"nonsense")
    assert home.look() == frozenset()
    file.write_bytes(spilling.contents(new_document(), session, "no rights"))
    assert home.look() == frozenset()
    assert home.look(again=True) == {spilling.session_key(session)}
