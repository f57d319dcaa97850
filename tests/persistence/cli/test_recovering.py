"""`rigstate recover`: what is left becomes a new version, and the user says from what."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence.document import parse_document
from persistence.files.history import etag_of
from persistence.files.running import RunningMarker
from persistence.store import STATE_FILE, StateFile
from tests.persistence.launcher_scripts import finished, start, write_script


class Rig:
    def __init__(self) -> None:
        self.trial_count = 150
        self.phase = "data_collection"
        self.notes = "long"


RIG = f"{__name__}.Rig"


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A session with one saved state."""
    directory = tmp_path / "m1_2026-01-02_03-04-05"
    directory.mkdir()
    assert persistence.save(Rig(), directory)
    return directory


@pytest.fixture
def tear(session: Path) -> Callable[..., bytes]:
    """Damage the file as another program would, keeping what comes before a text; without any history."""

    def call(before: str, tail: bytes = b"", *, history: bool = False) -> bytes:
        data = (session / STATE_FILE).read_bytes()
        torn = data[: data.index(before.encode())] + tail
        (session / STATE_FILE).write_bytes(torn)
        if not history:
            for path in (session / ".session_state_history").iterdir():
                path.unlink()
        return torn

    return call


def put_debug_state(session: Path, state: dict[str, Any], **further: Any) -> None:
    folder = session / "launcher_metadata"
    folder.mkdir(exist_ok=True)
    crash = {"exception_type": "OSError", "message": "x", "crash_time": "2026-01-02T03:05:06.789"}
    content = {"crash_info": crash, "launcher_state": state, **further}
    (folder / "debug_state.json").write_text(json.dumps(content), encoding="utf-8")


def attributes(session: Path, name: str = RIG) -> dict[str, Any]:
    return dict(StateFile(session).read().document.namespace(name).attributes)


def files(session: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in session.rglob("*") if path.is_file()}


# --- the front of a damaged file --------------------------------------------------------------------------


def test_that_a_torn_file_is_recovered_as_far_as_it_is_certain(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    torn = tear('_collection"')
    said = run("recover", session)
    assert (said.code, said.errors) == (0, "")
    assert attributes(session) == {"trial_count": 150}
    first, heading, one, two, last = said.output.splitlines()
    assert first == f"{session}: 1 attribute from the damaged file up to line 10, column 31 (version 2)."
    assert heading == RIG
    assert one.split() == ["recovered", "trial_count", "integer", "150"]
    assert two.split() == ["not", "recovered", "phase", "it", "is", "cut", "off"]
    assert last == (
        "The damaged bytes are kept as version 1. "
        f"To copy them out: rigstate history {session} --export FOLDER"
    )
    assert StateFile(session).version(1) == torn
    versions = StateFile(session).history()
    assert [(one.action, one.note) for one in versions] == [
        ("foreign", ""),
        ("recover", "from the damaged file up to line 10, column 31"),
    ]
    assert "not saved: phase: lost when the file was damaged: it is cut off" in run("show", session).output


@pytest.mark.parametrize("dry", [True, False])
def test_that_what_only_an_earlier_version_can_name_is_named(
    session: Path, run: Any, tear: Callable[..., bytes], dry: bool
) -> None:
    tear('_collection"', history=True)
    said = run("recover", session, "--from", "front", *(["--dry-run"] if dry else []))
    assert said.code == 0
    lost = [line.split(None, 3)[2:] for line in said.output.splitlines() if "not recovered" in line]
    assert lost == [["phase", "it is cut off"], ["notes", "nothing of it can be read; version 1 has it"]]
    if not dry:
        reason = "lost when the file was damaged: nothing of it can be read; version 1 has it"
        assert f"not saved: notes: {reason}" in run("show", session).output


def test_that_a_launcher_of_which_nothing_is_left_is_named_with_what_it_had(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    tear('0,\n                "phase"', history=True)
    put_debug_state(session, {"k": 1}, launcher_class="Other", launcher_module="x")
    said = run("recover", session, "--from", "debug-state", "--namespace", "x.Other", "--dry-run")
    assert said.code == 0
    for name in ("trial_count", "phase", "notes"):
        assert f"not recovered  {name}" in said.output


def test_that_the_command_that_copies_the_bytes_out_works(
    session: Path, run: Any, tear: Callable[..., bytes], tmp_path: Path
) -> None:
    torn = tear('_collection"')
    said = run("recover", session)
    command = said.output.splitlines()[-1].partition(": rigstate ")[2].split()
    assert run(*command[:-1], tmp_path / "copy").code == 0
    (copied,) = (tmp_path / "copy").glob("000001-*.json")
    assert copied.read_bytes() == torn


@pytest.mark.parametrize(
    ("before", "tail", "expected"),
    [
        ("0,\n", b"", {}),
        (',\n                "phase"', b"\0" * 4000, {}),
        ('\n                "phase"', b"\0" * 4000, {"trial_count": 150}),
        ('"notes"', b"\xff\xfe garbage", {"trial_count": 150, "phase": "data_collection"}),
    ],
)
def test_that_a_number_that_may_be_half_is_not_taken(
    session: Path, run: Any, tear: Callable[..., bytes], before: str, tail: bytes, expected: dict[str, Any]
) -> None:
    torn = tear(before, tail)
    said = run("recover", session)
    if expected:
        assert said.code == 0
        assert attributes(session) == expected
    else:
        assert said.code == 1
        assert "nothing of it can be read with certainty" in said.errors
        assert (session / STATE_FILE).read_bytes() == torn


def test_that_a_whole_state_with_something_after_it_comes_back_whole(session: Path, run: Any) -> None:
    data = (session / STATE_FILE).read_bytes()
    (session / STATE_FILE).write_bytes(data + b"\0" * 600)
    said = run("recover", session, "--from", "front")
    assert said.code == 0
    assert "not recovered" not in said.output
    assert (session / STATE_FILE).read_bytes() == data


@pytest.mark.parametrize("data", [b"", b"\0" * 512, b"\xff\xfe{", b"[]", b"{"])
def test_that_of_nothing_nothing_is_made(
    session: Path, run: Any, tear: Callable[..., bytes], data: bytes
) -> None:
    tear("{")
    (session / STATE_FILE).write_bytes(data)
    for options in ([], ["--from", "front"], ["--dry-run"]):
        said = run("recover", session, *options)
        assert (said.code, said.output) == (1, "")
        assert str(session) in said.errors
        assert "nothing of it can be read" in said.errors
    assert (session / STATE_FILE).read_bytes() == data


def test_that_a_front_of_a_newer_format_is_not_written(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    path = session / STATE_FILE
    path.write_bytes(path.read_bytes().replace(b"1.0.0", b"2.0.0"))
    torn = tear('"notes"')
    for options in ([], ["--dry-run"]):
        said = run("recover", session, *options)
        assert (said.code, said.output, "newer version (2.0.0)" in said.errors) == (4, "", True)
    assert path.read_bytes() == torn


# --- choosing ---------------------------------------------------------------------------------------------


def test_that_of_several_sources_none_is_chosen_silently(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    assert run("set", session, "trial_count", "160").code == 0
    put_debug_state(session, {"trial_count": 170}, launcher_class="Rig", launcher_module=__name__)
    tear('"notes"', history=True)
    before = files(session)
    said = run("recover", session)
    assert said.code == 2
    assert "Choose one with --from" in said.errors
    titles, *rows = said.output.splitlines()
    assert titles.split() == ["--from", "Time", "What", "it", "has"]
    assert [row.split()[0] for row in rows] == ["debug-state", "front", "2", "1"]
    assert "2026-01-02 03:05:06" in rows[0]
    assert files(session) == before
    for source, count in (("debug-state", 170), ("front", 160), ("2", 160), ("1", 150)):
        said = run("recover", session, "--from", source, "--dry-run")
        assert (said.code, f"integer  {count}" in said.output) == (0, True)
        last = said.output.splitlines()[-1]
        etag = StateFile(session).peek()
        assert last == f"Nothing was written. Without --dry-run, this takes the place of etag {etag}."
    assert files(session) == before


def test_that_a_version_of_a_newer_format_is_no_source(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    path = session / STATE_FILE
    path.write_bytes(path.read_bytes().replace(b"1.0.0", b"2.0.0"))
    tear('"notes"')
    newer = b'{"version": "2.0.0"}'
    (session / ".session_state_history" / f"000001-{etag_of(newer)[:12]}.json").write_bytes(newer)
    path.write_bytes(path.read_bytes().replace(b"2.0.0", b"1.0.0"))
    assert run("history", session, "--json").output.count('"available": true') == 2
    said = run("recover", session, "--dry-run")
    assert (said.code, "from the damaged file" in said.output) == (0, True)


def test_that_a_version_comes_back_with_its_bytes(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    data = (session / STATE_FILE).read_bytes()
    torn = tear('"notes"', history=True)
    said = run("recover", session, "--from", "1", "--note", "the disk was full")
    assert said.code == 0
    assert (session / STATE_FILE).read_bytes() == data
    newest = StateFile(session).history()[-1]
    assert (newest.action, newest.note) == ("recover", "from version 1: the disk was full")
    assert StateFile(session).version(newest.sequence - 1) == torn


def test_that_a_version_that_is_damaged_or_not_there_is_told(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    tear('"notes"', history=True)
    said = run("recover", session, "--from", "2")
    assert (said.code, "version 2 is damaged itself" in said.errors) == (4, True)
    said = run("recover", session, "--from", "9")
    assert (said.code, "no version 9" in said.errors) == (1, True)
    next((session / ".session_state_history").glob("000001-*")).write_bytes(b"{}")
    assert run("recover", session, "--from", "1").code == 1


@pytest.mark.parametrize("source", ["back", "", "-1", "1.5", "9" * 5000, "٣"])
def test_that_a_source_that_cannot_be_is_wrong_usage(session: Path, run: Any, source: str) -> None:
    assert run("recover", session, "--from", source).code == 2


def test_that_a_sound_file_is_left_alone(session: Path, run: Any) -> None:
    put_debug_state(session, {"trial_count": 170})
    before = files(session)
    for options in ([], ["--from", "front"], ["--from", "debug-state"], ["--from", "1"], ["--dry-run"]):
        said = run("recover", session, *options)
        assert (said.code, "it is not damaged" in said.errors) == (4, True)
    assert files(session) == before


# --- a debug state ----------------------------------------------------------------------------------------


def test_that_a_crash_that_never_saved_is_recovered_when_that_is_said(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    tear("{")
    (session / STATE_FILE).unlink()
    put_debug_state(session, {"trial_count": 170, "camera": "<rig.Camera object at 0x7f>", "params": {}})
    (session / "session.json").write_text('{"launcher": "Rig"}', encoding="utf-8")
    command = {"arguments": ["/lab/rig.py"]}
    (session / "launcher_metadata" / "command_line_arguments.json").write_text(json.dumps(command))
    said = run("recover", session)
    assert (said.code, "debug-state" in said.output) == (2, True)
    assert "there is no saved state" in said.errors
    said = run("recover", session, "--from", "debug-state")
    assert said.code == 0
    first, heading, one, two, last = said.output.splitlines()
    assert first.endswith(
        "1 attribute from the crash's own record of 2026-01-02 03:05:06, as of rig.Rig by session.json and "
        "the command line (version 1)."
    )
    assert (heading, one) == ("rig.Rig", "  recovered      trial_count  integer  170")
    assert two == "  not recovered  camera                only described, as <rig.Camera object at 0x7f>"
    assert last == "left out, because they describe one run: params"
    space = StateFile(session).read().document.namespace("rig.Rig")
    assert (dict(space.attributes), space.outcome, space.saved_at) == (
        {"trial_count": 170},
        "failed",
        "2026-01-02T03:05:06.789",
    )
    assert "camera" in space.skipped


def test_that_a_debug_state_comes_over_what_is_left_of_the_other_launchers(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    tear('"notes"')
    put_debug_state(session, {"gain": 2.0})
    said = run("recover", session, "--from", "debug-state", "--namespace", "lab.Other")
    assert said.code == 0
    assert attributes(session) == {"trial_count": 150, "phase": "data_collection"}
    assert attributes(session, "lab.Other") == {"gain": 2.0}


def test_that_whose_a_debug_state_is_must_be_clear(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    torn = tear("{")
    put_debug_state(session, {"gain": 2.0})
    said = run("recover", session, "--from", "debug-state")
    assert (said.code, "--namespace module.Class" in said.errors) == (2, True)
    (session / "session.json").write_text('{"launcher": "Rig"}', encoding="utf-8")
    said = run("recover", session, "--from", "debug-state")
    assert (said.code, "its class is Rig" in said.errors) == (2, True)
    states = '{"launcher_states": {"a.Rig": {"attributes": {"x": 1}}, "b.Rig": {"attributes": {"x": 1'
    (session / STATE_FILE).write_text(states, encoding="utf-8")
    said = run("recover", session, "--from", "debug-state")
    assert (said.code, "a.Rig or b.Rig" in said.errors) == (2, True)
    for name in ("Rig", ""):
        assert run("recover", session, "--from", "debug-state", "--namespace", name).code == 2
    assert (session / STATE_FILE).read_text(encoding="utf-8") == states
    assert torn == b""
    assert run("recover", session, "--from", "debug-state", "--namespace", "b.Rig").code == 0


def test_that_a_class_name_is_enough_where_one_launcher_has_it(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    tear('"notes"')
    put_debug_state(session, {"trial_count": 170})
    assert run("recover", session, "--from", "debug-state", "--namespace", "Rig").code == 0
    assert attributes(session) == {"trial_count": 170}


def test_that_a_namespace_goes_with_a_debug_state_only(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    tear('"notes"')
    said = run("recover", session, "--namespace", "Rig")
    assert (said.code, "--from debug-state" in said.errors) == (2, True)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (None, "there is none"),
        (b"{", "ends too early"),
        (b'{"launcher_state": {}}', "no attributes"),
        (b'{"launcher_state": "?"}', "no attributes"),
        (b"[]", "no attributes"),
        (b"\0" * 9, "zero bytes"),
    ],
)
def test_that_a_debug_state_that_cannot_be_used_is_told(
    session: Path, run: Any, tear: Callable[..., bytes], data: bytes | None, word: str
) -> None:
    tear('"notes"')
    if data is not None:
        put_debug_state(session, {})
        (session / "launcher_metadata" / "debug_state.json").write_bytes(data)
    said = run("recover", session, "--from", "debug-state")
    assert (said.code, word in said.errors) == (1, True)
    assert run("recover", session).code == 0  # by its front


def test_that_the_crash_of_a_real_launcher_can_be_loaded_again(tmp_path: Path, run: Any) -> None:
    script = write_script(
        tmp_path,
        """
        class Rig(BaseLauncher):
            def __init__(self):
                super().__init__()
                self.trial_count = 7
                self.block = (1, {2})
                self.save_on_failure = False
            def create_process(self):
                raise ConnectionError("no rig")
        if __name__ == "__main__":
            launcher = Rig()
            if sys.argv[1:]:
                launcher.trial_count = 0
                launcher.block = (0, set())
                print(launcher.load_session_state(sys.argv[1]), launcher.trial_count, launcher.block)
            else:
                launcher.run()
                print(launcher.output_session_folder)
        """,
    )
    _, folder, _ = finished(start(script, cwd=tmp_path))
    session = Path(folder.strip())
    assert not (session / STATE_FILE).exists()
    said = run("recover", session, "--from", "debug-state")
    assert (said.code, "rig.Rig" in said.output) == (0, True)
    assert finished(start(script, session, cwd=tmp_path))[1] == "True 7 (1, {2})\n"


# --- as every verb that changes ---------------------------------------------------------------------------


def test_that_expect_makes_a_compare_and_set(session: Path, run: Any, tear: Callable[..., bytes]) -> None:
    torn = tear('"notes"')
    assert run("recover", session, "--expect", "0" * 64).code == 3
    assert run("recover", session, "--dry-run", "--expect", "0" * 64).code == 3
    assert (session / STATE_FILE).read_bytes() == torn
    assert run("recover", session, "--expect", etag_of(torn)).code == 0


def test_that_nothing_is_recovered_while_a_launcher_runs_unless_that_is_meant(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    tear('"notes"')
    marker = RunningMarker(session, RIG)
    marker.acquire()
    try:
        said = run("recover", session)
        assert (said.code, RIG in said.errors) == (4, True)
        assert run("recover", session, "--dry-run").code == 0
        assert run("recover", session, "--while-running").code == 0
    finally:
        marker.release()


def test_that_without_anything_there_is_nothing_to_recover(tmp_path: Path, run: Any) -> None:
    for directory in (tmp_path, tmp_path / "none"):
        said = run("recover", directory)
        assert (said.code, said.output) == (1, "")
        assert str(directory) in said.errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders there")
def test_that_links_and_pipes_are_refused(session: Path, run: Any, tmp_path: Path) -> None:
    path = session / STATE_FILE
    target = tmp_path / "elsewhere.json"
    target.write_bytes(b"{")
    path.unlink()
    path.symlink_to(target)
    assert run("recover", session).code == 4
    path.unlink()
    os.mkfifo(path)
    assert run("recover", session).code == 4
    assert target.read_bytes() == b"{"


def test_that_nothing_in_a_file_commands_the_terminal(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    hostile = "m.\x1b]0;mine\x07\u202e"
    states = {
        "launcher_states": {hostile: {"attributes": {"a\x1b": "\x1b[2J", "\u2066b": "x" * 500, "c": 1}}}
    }
    data = json.dumps(states).encode()
    tear("{")
    (session / STATE_FILE).write_bytes(data[: data.index(b'"c"')])
    put_debug_state(session, {"x\x1b": "<a\x1b>"}, launcher_class="\x1b", launcher_module="\u202e")
    outputs = [run("recover", session, *options) for options in ([], ["--from", "debug-state"])]
    (session / STATE_FILE).write_bytes(data[: data.index(b'"c"')])
    outputs.append(run("recover", session, "--from", "front"))
    assert [said.code for said in outputs] == [2, 0, 0]
    for said in outputs:
        assert not set("\x1b\x07\u202e\u2066") & set(said.output + said.errors)


def test_that_a_number_of_any_length_is_recovered(
    session: Path, run: Any, tear: Callable[..., bytes]
) -> None:
    assert run("set", session, "trial_count", "9" * 5000).code == 0
    tear('"notes"')
    assert run("recover", session).code == 0
    assert b"9" * 5000 in (session / STATE_FILE).read_bytes()
    parse_document((session / STATE_FILE).read_bytes())
