"""What the suites found and what is not mended yet, each reduced to the one commit that shows it.

One idea: a test here is expected to fail, and says so by failing once the library is mended; then it moves to
the tests of the room that was mended.
"""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from persistence import StateFile, durable
from persistence.errors import StateError
from tests.proof.aftermath import told_in
from tests.proof.situations import bytes_of, foreign_bytes


@pytest.mark.xfail(
    reason="a spare copy that may not be read counts as none, and is written over", raises=StateError
)
def test_that_a_spare_copy_that_may_not_be_read_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign_bytes(tmp_path)
    read = durable.read_file

    def refuse(path: Path, *, limit: int | None) -> bytes:
        if path.name.endswith(".newest.json"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path, limit=limit)

    with monkeypatch.context() as patched:
        patched.setattr(durable, "read_file", refuse)
        told_in(tmp_path)
    assert StateFile(tmp_path).version(2) == bytes_of(2)
