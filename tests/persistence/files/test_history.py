"""Versions get right numbers and right bytes whatever happened to the log or the files."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

from persistence.errors import Damaged, NoSuchVersion, Refused
from persistence.files.history import FOLDER, LOG, History, Position, Version, etag_of, local_time, tail
from persistence.files.version_log import OPERATOR, account, signer

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


@pytest.fixture
def history(tmp_path: Path) -> History:
    """An empty history."""
    made = History(tmp_path)
    made.files.prepare()
    return made


def version(sequence: int, data: bytes, before: str = "absent", **fields: str) -> Version:
    """A log line."""
    said = {
        "time": "2025-01-01T00:00:00.000000",
        "who": "anna",
        "program": "test",
        "action": "edit",
        **fields,
    }
    return Version(sequence=sequence, etag=etag_of(data), etag_before=before, **said)  # type: ignore[arg-type]


def keep(history: History, sequence: int, data: bytes) -> None:
    """Put a version's file there, as a commit leaves it."""
    (history.folder / f"{sequence:06d}-{etag_of(data)[:12]}.json").write_bytes(data)


A, B, C, D = b"aaa", b"bbb", b"ccc", b"ddd"


def three_versions(history: History) -> None:
    """Versions 1 and 2 superseded, 3 (C) live."""
    history.append([version(1, A), version(2, B, etag_of(A)), version(3, C, etag_of(B))])
    keep(history, 1, A)
    keep(history, 2, B)


def told(history: History, live: bytes | None) -> list[tuple[int, str, str, bool, bool]]:
    """What history says, in short."""
    etag = "absent" if live is None else etag_of(live)
    return [(v.sequence, v.action, v.etag, v.available, v.current) for v in history.versions(etag, "now")]


# --- the ordinary case ------------------------------------------------------------------------------------


def test_that_there_is_no_history_before_the_first_commit(tmp_path: Path) -> None:
    history = History(tmp_path)
    assert history.position("absent") == Position(None, 0, logged=True)
    assert history.versions("absent", "now") == ()
    assert tail(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def test_that_a_file_without_history_is_version_one_by_somebody(tmp_path: Path) -> None:
    history = History(tmp_path)
    assert history.position(etag_of(A)) == Position(1, 0, logged=False, etag_before="absent")
    (only,) = history.versions(etag_of(A), "2025")
    assert only == Version(1, "2025", "", "", "foreign", etag_of(A), "absent", available=True, current=True)


def test_that_lines_and_files_make_the_versions(history: History) -> None:
    three_versions(history)
    assert history.position(etag_of(C)) == Position(3, 3, logged=True)
    assert told(history, C) == [
        (1, "edit", etag_of(A), True, False),
        (2, "edit", etag_of(B), True, False),
        (3, "edit", etag_of(C), True, True),
    ]
    assert history.read(2) == B
    assert history.find(etag_of(A)) == A
    assert history.find(etag_of(D)) is None


def test_that_a_line_holds_all_of_a_version(history: History) -> None:
    first = version(1, A, who="Ünal\n", program="rigstate", action="save", note='a "note"\n\ud800')
    history.append([first])
    text = (history.folder / LOG).read_text("utf-8")
    assert text.count("\n") == 1
    assert json.loads(text) == {
        "sequence": 1,
        "time": "2025-01-01T00:00:00.000000",
        "who": "Ünal\n",
        "program": "rigstate",
        "action": "save",
        "etag_before": "absent",
        "etag": hashlib.sha256(A).hexdigest(),
        "note": 'a "note"\n\ud800',
    }
    assert tail(history.folder.parent) == (first,)


def test_that_the_tail_reads_the_end_only(history: History) -> None:
    lines = [version(number, b"%d" % number, note="x" * 100) for number in range(1, 200)]
    history.append(lines)
    end = tail(history.folder.parent, 2000)
    assert 3 <= len(end) <= 6
    assert end == tuple(lines[-len(end) :])
    assert tail(history.folder.parent, 10) == ()


def test_that_times_are_local_and_naive_with_microseconds() -> None:
    assert len(local_time()) == len("2025-06-23T10:30:00.123456")
    assert local_time(0.0).endswith(".000000")


# --- what somebody else wrote -----------------------------------------------------------------------------


def test_that_unknown_live_bytes_are_the_next_version(history: History) -> None:
    three_versions(history)
    assert history.position(etag_of(D)) == Position(4, 3, logged=False, etag_before=etag_of(C))
    assert told(history, D)[-2:] == [
        (3, "edit", etag_of(C), False, False),
        (4, "foreign", etag_of(D), True, True),
    ]


def test_that_old_bytes_put_back_by_somebody_are_a_version_of_their_own(history: History) -> None:
    three_versions(history)
    assert history.position(etag_of(A)).current == 4
    assert history.versions(etag_of(A), "now")[-1].action == "foreign"


def test_that_a_deleted_file_leaves_its_history(history: History) -> None:
    three_versions(history)
    assert history.position("absent") == Position(None, 3, logged=True)
    assert [entry[3:] for entry in told(history, None)] == [(True, False), (True, False), (False, False)]


# --- a commit that was interrupted ------------------------------------------------------------------------


def test_that_a_copy_kept_by_an_interrupted_commit_changes_no_number(history: History) -> None:
    three_versions(history)
    keep(history, 3, C)
    assert history.position(etag_of(C)) == Position(3, 3, logged=True)
    assert told(history, C)[-1] == (3, "edit", etag_of(C), True, True)
    assert history.position(etag_of(D)).current == 4
    assert told(history, D)[-2][3]


def test_that_a_commit_without_its_line_is_the_next_version(history: History) -> None:
    three_versions(history)
    keep(history, 3, C)  # kept, replaced by D, and killed before the line
    assert history.position(etag_of(D)) == Position(4, 3, logged=False, etag_before=etag_of(C))


# --- a log that lost lines --------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", [0, 1, 2, 3])
def test_that_numbers_come_from_the_files_when_the_log_lost_its_end(history: History, lost: int) -> None:
    three_versions(history)
    log = history.folder / LOG
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[: 3 - lost]))
    assert history.position(etag_of(C)).current == 3
    assert history.position(etag_of(C)).next == 4
    assert [entry[0] for entry in told(history, C)] == [1, 2, 3]
    assert [entry[2] for entry in told(history, C)] == [etag_of(A), etag_of(B), etag_of(C)]


def test_that_a_number_is_not_given_twice_when_restored_bytes_lost_their_lines(history: History) -> None:
    three_versions(history)
    keep(history, 3, C)  # and 4 has the bytes of 1 again, its line and those of 2 and 3 are lost
    log = history.folder / LOG
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    assert history.position(etag_of(A)) == Position(4, 3, logged=False)


def test_that_without_a_log_all_versions_are_there_unexplained(history: History) -> None:
    three_versions(history)
    (history.folder / LOG).unlink()
    assert told(history, C) == [
        (1, "foreign", etag_of(A), True, False),
        (2, "foreign", etag_of(B), True, False),
        (3, "foreign", etag_of(C), True, True),
    ]
    assert history.versions(etag_of(C), "now")[1].etag_before == etag_of(A)


@pytest.mark.parametrize(
    "torn", [b'{"sequence": 4, "time": "20', b"{", b"\0\0\0\0", b'{"sequence": "4"}', b"\xff\xfe"]
)
def test_that_a_torn_last_line_is_ignored_and_cut_off(history: History, torn: bytes) -> None:
    three_versions(history)
    log = history.folder / LOG
    whole = log.read_bytes()
    log.write_bytes(whole + torn)
    assert history.position(etag_of(C)) == Position(3, 3, logged=True)
    assert len(told(history, C)) == 3
    history.append([version(4, D)])
    lines = log.read_bytes()
    assert lines.startswith(whole)
    assert [json.loads(line)["sequence"] for line in lines.splitlines()] == [1, 2, 3, 4]


def test_that_a_whole_last_line_without_its_end_is_kept(history: History) -> None:
    history.append([version(1, A)])
    log = history.folder / LOG
    log.write_bytes(log.read_bytes().rstrip())
    history.append([version(2, B)])
    assert [v.sequence for v in tail(history.folder.parent)] == [1, 2]


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"5",
        b'{"sequence": true}',
        b'{"sequence": 0, "etag": "x"}',
        b'{"sequence": -1}',
        b'{"sequence": ' + b"9" * 30 + b"}",
        b'{"sequence": 9, "etag": 5}',
        b'{"sequence": 9, "sequence": 9}',
        b"[" * 5000,
        b"",
    ],
)
def test_that_lines_of_nonsense_are_ignored(history: History, line: bytes) -> None:
    three_versions(history)
    log = history.folder / LOG
    log.write_bytes(line + b"\n" + log.read_bytes().replace(b"\n", b"\n" + line + b"\n"))
    assert history.position(etag_of(C)) == Position(3, 3, logged=True)
    assert len(told(history, C)) == 3


def test_that_a_line_that_contradicts_its_file_does_not_explain_it(history: History) -> None:
    history.append([version(1, D), version(2, B)])
    keep(history, 1, A)
    first = history.versions(etag_of(B), "now")[0]
    assert (first.etag, first.action, first.who) == (etag_of(A), "foreign", "")


def test_that_appending_is_all_or_nothing(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    history.append([version(1, A)])
    before = (history.folder / LOG).read_bytes()
    write, calls = os.write, [20]

    def write_some(descriptor: int, data: bytes) -> int:
        if not calls:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[: calls.pop()])

    monkeypatch.setattr(os, "write", write_some)
    with pytest.raises(OSError, match="No space"):
        history.append([version(2, B), version(3, C)])
    assert (history.folder / LOG).read_bytes() == before


# --- keeping ----------------------------------------------------------------------------------------------


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """A live state file."""
    path = tmp_path / "session_state.json"
    path.write_bytes(A)
    return path


@posix_only
def test_that_live_bytes_are_kept_by_a_link_where_that_is_possible(history: History, live: Path) -> None:
    kept = history.files.keep(live, A, etag_of(A), live.stat(), 1)
    assert kept.made
    assert kept.path.name == f"000001-{etag_of(A)[:12]}.json"
    assert kept.path.samefile(live)


@posix_only
def test_that_they_are_copied_where_it_is_not(
    history: History, live: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    live.chmod(0o640)
    monkeypatch.setattr(os, "link", link)
    kept = history.files.keep(live, A, etag_of(A), live.stat(), 1)
    assert kept.path.read_bytes() == A
    assert not kept.path.samefile(live)
    assert kept.path.stat().st_mode & 0o777 == 0o640


@posix_only
def test_that_a_file_with_another_link_is_copied(history: History, live: Path, tmp_path: Path) -> None:
    os.link(live, tmp_path / "backup of somebody")
    kept = history.files.keep(live, A, etag_of(A), live.stat(), 1)
    assert not kept.path.samefile(live)
    assert kept.path.read_bytes() == A


@posix_only
def test_that_a_file_that_was_exchanged_meanwhile_is_not_linked(history: History, live: Path) -> None:
    status = live.stat()
    live.rename(live.with_name("old"))
    live.write_bytes(B)
    kept = history.files.keep(live, A, etag_of(A), status, 1)
    assert kept.path.read_bytes() == A


def test_that_what_is_kept_already_is_left_alone(history: History, live: Path) -> None:
    keep(history, 1, A)
    kept = history.files.keep(live, A, etag_of(A), live.stat(), 1)
    assert not kept.made
    assert kept.path.read_bytes() == A


def test_that_a_kept_file_that_was_changed_is_put_right(history: History, live: Path) -> None:
    keep(history, 1, A)
    path = history.files.keep(live, A, etag_of(A), live.stat(), 1).path
    path.write_bytes(b"changed")
    history.files.keep(live, A, etag_of(A), live.stat(), 1)
    assert path.read_bytes() == A


@posix_only
def test_that_a_left_over_link_is_repaired_and_no_other_link_touched(history: History, live: Path) -> None:
    keep(history, 7, B)
    os.link(live, history.folder / f"000001-{etag_of(A)[:12]}.json")
    os.link(live, history.folder / "somebody's.json")
    history.files.repair(live.stat())
    assert sorted(path.name for path in history.folder.iterdir()) == [
        f"000007-{etag_of(B)[:12]}.json",
        "somebody's.json",
    ]
    assert live.read_bytes() == A


def test_that_a_kept_file_that_was_changed_is_not_given_out(history: History) -> None:
    three_versions(history)
    next(history.folder.glob("000001-*")).write_bytes(b"changed")
    with pytest.raises(Damaged, match="changed after it was kept"):
        history.read(1)
    assert history.find(etag_of(A)) is None
    with pytest.raises(NoSuchVersion) as caught:
        history.read(9)
    assert caught.value.sequence == 9


# --- links in place of ours -------------------------------------------------------------------------------


@posix_only
def test_that_a_linked_history_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    session = tmp_path / "session"
    session.mkdir()
    (session / FOLDER).symlink_to(elsewhere)
    history = History(session)
    for action in (
        lambda: history.position("absent"),
        lambda: history.versions("absent", "now"),
        lambda: history.read(1),
        history.files.prepare,
    ):
        with pytest.raises(Refused, match="link"):
            action()
    assert list(elsewhere.iterdir()) == []


@posix_only
def test_that_a_linked_log_and_a_linked_version_are_refused(history: History, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(A)
    (history.folder / LOG).symlink_to(secret)
    with pytest.raises(Refused):
        history.position("absent")
    with pytest.raises(Refused):
        history.append([version(1, A)])
    (history.folder / LOG).unlink()
    (history.folder / f"000001-{etag_of(A)[:12]}.json").symlink_to(secret)
    with pytest.raises(Refused):
        history.read(1)
    assert tail(tmp_path) == ()
    assert secret.read_bytes() == A


def test_that_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_bytes(b"")
    with pytest.raises(Refused, match="no folder"):
        History(tmp_path).position("absent")


@posix_only
def test_that_whoever_may_write_to_the_session_may_write_to_its_history(tmp_path: Path) -> None:
    tmp_path.chmod(0o2775)
    mask = os.umask(0o077)
    try:
        history = History(tmp_path)
        history.files.prepare()
        history.append([version(1, A)])
    finally:
        os.umask(mask)
    assert history.folder.stat().st_mode & 0o777 == 0o775
    assert (history.folder / LOG).stat().st_mode & 0o777 == 0o664


@posix_only
def test_that_what_is_no_version_but_has_the_name_of_one_hides_no_other(history: History) -> None:
    three_versions(history)
    os.mkfifo(history.folder / "000009-aaaaaaaaaaaa.json")
    (history.folder / "000008-aaaaaaaaaaaa.json").symlink_to(history.folder / LOG)
    found = history.versions(etag_of(C), "now")
    assert [(one.sequence, one.available) for one in found if one.sequence in (1, 8, 9)] == [
        (1, True),
        (8, False),
        (9, False),
    ]


# --- found by the model suite of the proof ----------------------------------------------------------------


def spare(history: History, sequence: int, data: bytes) -> None:
    """Put a version's spare copy there, as the commit that made it leaves it."""
    (history.folder / f"{sequence:06d}-{etag_of(data)[:12]}.newest.json").write_bytes(data)


def test_that_a_write_through_the_link_of_a_crashed_commit_is_read_past(history: History) -> None:
    history.append([version(1, A)])
    spare(history, 1, A)
    (history.folder / f"000001-{etag_of(A)[:12]}.json").write_bytes(B)  # the live file, by its other name
    assert history.read(1) == A


def test_that_a_version_without_a_line_is_not_lost_to_who_puts_the_one_before_back(history: History) -> None:
    history.append([version(1, A)])  # the line of version 2 was torn by a power cut
    keep(history, 1, A)
    spare(history, 2, B)
    assert [(number, available) for number, _, _, available, _ in told(history, A)] == [
        (1, True),
        (2, True),
        (3, True),
    ]


def test_that_who_started_a_program_from_a_window_signs_and_else_the_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOGNAME", "rig3")
    monkeypatch.delenv(OPERATOR, raising=False)
    assert (signer(), account()) == ("rig3", "rig3")
    monkeypatch.setenv(OPERATOR, "ann")
    assert (signer(), account()) == ("ann", "rig3")


@pytest.mark.parametrize(
    ("account_of", "asked_by", "who"),
    [("root", "ann", "ann"), ("root", "", "root"), ("rig3", "ann", "rig3")],
)
@pytest.mark.parametrize("variable", ["SUDO_USER", "DOAS_USER"])
def test_that_whoever_asked_for_the_rights_of_root_is_one_person_with_and_without_them(
    monkeypatch: pytest.MonkeyPatch, variable: str, account_of: str, asked_by: str, who: str
) -> None:
    """A launcher that ann started by sudo saved "by root", and her window "by ann"."""
    for name in ("SUDO_USER", "DOAS_USER", OPERATOR):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOGNAME", account_of)
    monkeypatch.setenv(variable, asked_by)
    assert (account(), signer()) == (who, who)
