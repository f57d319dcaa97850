"""How many watches are to be had, counted in a /proc that was made for it."""

import os
from pathlib import Path

import pytest

from app.watch import watch_limits

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="only for Linux")


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    """Two processes: one with an inotify instance of three watches, one with other files."""
    for process, target in (("12", "anon_inode:inotify"), ("345", "/dev/null")):
        for folder in ("fd", "fdinfo"):
            (tmp_path / process / folder).mkdir(parents=True)
        (tmp_path / process / "fd" / "7").symlink_to(target)
        lines = ["pos:\t0", *(f"inotify wd:{number} ino:9e7e" for number in range(3))]
        (tmp_path / process / "fdinfo" / "7").write_text("\n".join(lines))
    (tmp_path / "self").symlink_to("12")
    return tmp_path


def limit(proc: Path, folder: str, name: str, text: str) -> None:
    (proc / "sys" / folder).mkdir(parents=True, exist_ok=True)
    (proc / "sys" / folder / name).write_text(text)


def test_that_what_is_in_use_is_counted_and_a_share_is_left_to_others(proc: Path) -> None:
    limit(proc, "fs/inotify", "max_user_watches", "103\n")
    assert watch_limits.watches_in_use(proc) == 3
    assert watch_limits.watches_to_be_had(proc) == 90


def test_that_the_lowest_limit_counts(proc: Path) -> None:
    limit(proc, "fs/inotify", "max_user_watches", "100000")
    limit(proc, "user", "max_inotify_watches", "500")
    assert watch_limits.max_watches(proc) == 500


def test_that_the_system_is_asked_for_one_where_none_seem_to_be_left(proc: Path) -> None:
    limit(proc, "fs/inotify", "max_user_watches", "2")
    assert watch_limits.watches_to_be_had(proc) == 1


def test_that_what_cannot_be_read_is_not_counted(proc: Path) -> None:
    limit(proc, "fs/inotify", "max_user_watches", "unreadable")
    (proc / "12" / "fdinfo" / "7").unlink()
    (proc / "99").symlink_to("nowhere")
    (proc / "345" / "fd" / "8").write_text("no link")
    assert watch_limits.watches_in_use(proc) == 0
    assert watch_limits.max_watches(proc) == 8192


def test_that_this_system_says_how_many_there_are() -> None:
    assert watch_limits.watches_to_be_had() >= 1
