"""Changing the operator's own list of launchers: whole or not at all, and never over what cannot be read."""

import os
from pathlib import Path

import pytest

from app.launchers import registry_file
from app.launchers.registry import NAME, Entry, read_registry
from app.launchers.registry_file import BEFORE, NotKept, drop_entry, keep_entry
from app.launchers.registry_text import with_entry

ENTRY = Entry("a.A", ("/bin/a", "x y"), "/bin/python", "/code", "", (("RIG", "3"),))


def test_that_a_first_entry_makes_the_file_and_is_found(tmp_path: Path) -> None:
    config = tmp_path / "not" / "there"
    keep_entry(config, ENTRY)
    assert read_registry(config, tmp_path).find("a.A") == ENTRY
    assert not (config / BEFORE).exists()


def test_that_an_entry_is_added_below_what_stands_there(tmp_path: Path) -> None:
    text = '# mine\n["b.B"]\ncommand = ["/bin/b"]\n'
    (tmp_path / NAME).write_text(text)
    keep_entry(tmp_path, ENTRY)
    assert (tmp_path / NAME).read_text().startswith(text)
    assert not (tmp_path / BEFORE).exists()


def test_that_the_file_before_is_kept_when_an_entry_is_replaced_or_removed(tmp_path: Path) -> None:
    keep_entry(tmp_path, ENTRY)
    before = (tmp_path / NAME).read_bytes()
    keep_entry(tmp_path, Entry("a.A", ("/bin/b",)))
    assert (tmp_path / BEFORE).read_bytes() == before
    before = (tmp_path / NAME).read_bytes()
    drop_entry(tmp_path, "a.A")
    assert (tmp_path / BEFORE).read_bytes() == before
    assert read_registry(tmp_path, tmp_path / "machine").entries == {}


@pytest.mark.parametrize("data", [b"a = [", b"\xff\xfe", b"[" * 5000, b"a = 1" * (1 << 18)])
def test_that_a_file_that_cannot_be_read_is_kept_as_it_is_and_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    with pytest.raises(NotKept) as told:
        keep_entry(tmp_path, ENTRY)
    assert NAME in str(told.value)
    with pytest.raises(NotKept):
        drop_entry(tmp_path, "a.A")
    assert (tmp_path / NAME).read_bytes() == data
    assert not (tmp_path / BEFORE).exists()


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_that_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_text("")
    (tmp_path / NAME).symlink_to(tmp_path / "real.toml")
    with pytest.raises(NotKept):
        keep_entry(tmp_path, ENTRY)
    assert (tmp_path / "real.toml").read_text() == ""


def test_that_nothing_is_written_over_what_somebody_else_writes_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / NAME).write_text("# one\n")

    def slow(text: str, entry: Entry) -> str:
        (tmp_path / NAME).write_text("# two\n")
        return with_entry(text, entry)

    monkeypatch.setattr(registry_file, "with_entry", slow)
    with pytest.raises(NotKept, match="somebody else"):
        keep_entry(tmp_path, ENTRY)
    assert (tmp_path / NAME).read_text() == "# two\n"
