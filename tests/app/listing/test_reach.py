"""Whether a folder is there: what cannot be listed is out of reach, and so is the place of a lost disk."""

from pathlib import Path

from app.listing.reach import look_at_root


def test_that_a_folder_is_known_by_its_identity(tmp_path: Path) -> None:
    root = tmp_path / "root"
    assert not look_at_root(str(root)).available
    root.mkdir()
    first = look_at_root(str(root))
    assert first.available
    root.rename(tmp_path / "other")
    root.mkdir()
    assert look_at_root(str(root)).identity != first.identity
