"""The command line, as a new user and as a script meet it: every verb, every exit code, no traceback."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence.__main__ import main
from persistence.cli.answers import Code, answer_to
from persistence.errors import LockTimeout, NewerVersion, NotConfirmed
from persistence.files.running import RunningMarker
from persistence.store import STATE_FILE, StateFile
from tests.persistence.launcher_scripts import finished, start


class Rig:
    def __init__(self) -> None:
        self.subject_id = "m1"
        self.trial_count = 150
        self.custom_settings = {"param1": "value1", "param2": 42, "a/b~c": [1, 2]}


class Other:
    def __init__(self) -> None:
        self.gain = 1.0


RIG, OTHER = f"{__name__}.Rig", f"{__name__}.Other"


@pytest.fixture
def session(tmp_path: Path) -> Path:
    directory = tmp_path / "root" / "m1_2026-01-02_03-04-05"
    directory.mkdir(parents=True)
    assert persistence.save(Rig(), directory)
    return directory


def value(session: Path, pointer: str, run: Any) -> Any:
    said = run("get", session, pointer)
    assert said.code == 0
    return json.loads(said.output)


# --- looking ----------------------------------------------------------------------------------------------


def test_that_list_shows_each_session_in_a_row(session: Path, run: Any) -> None:
    (session.parent / "m2_crashed" / "launcher_metadata").mkdir(parents=True)
    said = run("list", session.parent)
    assert said.code == 0
    titles, second, first = said.output.splitlines()  # the crashed one has no time but its file's, now
    assert titles.split() == ["Session", "Subject", "Launcher", "Saved", "Status", "Folder"]
    assert re.match(r"m1_2026-01-02_03-04-05 +m1 +Rig +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +ready", first)
    assert re.match(r"m2_crashed +m2 +no saved state", second)


def test_that_list_says_when_there_is_nothing(tmp_path: Path, run: Any) -> None:
    assert run("list", tmp_path) == (0, "No sessions.\n", "")
    said = run("list", tmp_path, tmp_path / "none")
    assert (said.code, "none: there is no such folder." in said.errors) == (1, True)


def test_that_list_has_json_for_programs(session: Path, run: Any) -> None:
    said = run("list", session.parent, "--json")
    (summary,) = json.loads(said.output)
    assert summary["directory"] == str(session)
    assert summary["launchers"] == [RIG]
    assert summary["attributes"] == 3
    assert summary["problem"] is None


def test_that_list_tells_the_status_in_a_word(session: Path, run: Any) -> None:
    def status() -> str:
        return str(run("list", session.parent).output.splitlines()[1])

    assert run("set", session, "trial_count", "1").code == 0
    assert "ready, edited by " in status()
    marker = RunningMarker(session, RIG)
    marker.acquire()
    try:
        assert " running, edited by " in status()
        marker.finishing()
        assert " finishing, edited by " in status()
    finally:
        marker.release()
    (session / STATE_FILE).write_bytes(b"{")
    assert " being written " in status() or " damaged " in status()


def test_that_set_says_what_does_not_follow_from_another_subject_and_that_nan_is_no_number(
    session: Path, run: Any
) -> None:
    said = run("set", session, "subject_id", '""', "--add").output
    assert "Whose session this is stands in session.json" in said
    assert "nan is not a number" not in said
    said = run("set", session, "gain", "2.5", "--add").output
    assert "Whose session" not in said
    assert "gain is nan: nan is not a number, and nothing can be computed with it." in (
        run("set", session, "gain", "nan").output
    )


def test_that_show_tells_values_and_types_in_words(session: Path, run: Any) -> None:
    said = run("show", session)
    assert said.code == 0
    assert re.search(r"trial_count +integer +150\n", said.output)
    assert re.search(r'custom_settings +mapping +\{"param1": "value1"', said.output)
    assert StateFile(session).peek() in said.output


def test_that_show_has_json_that_keeps_the_spelling_of_numbers(session: Path, run: Any) -> None:
    text = (session / STATE_FILE).read_text(encoding="utf-8").replace("150", "1e2")
    (session / STATE_FILE).write_text(text, encoding="utf-8")
    said = run("show", session, "--json")
    assert '"trial_count": 1e2' in said.output
    assert json.loads(said.output)["namespaces"][RIG]["attributes"]["custom_settings"]["param2"] == 42


def test_that_show_takes_the_state_file_too(session: Path, run: Any) -> None:
    assert run("show", session / STATE_FILE).output == run("show", session).output


def test_that_a_terminal_gets_no_control_characters_from_a_file(session: Path, run: Any) -> None:
    (session / STATE_FILE).write_text(
        json.dumps(
            {"launcher_states": {"a\x1b[31m.B": {"attributes": {"x\u202ey": "z\x07"}, "saved_at": "\x1b[0m"}}}
        ),
        encoding="utf-8",
    )
    assert not set("\x1b\x07\u202e") & set(run("show", session).output + run("list", session.parent).output)


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("trial_count", 150),
        ("custom_settings/param2", 42),
        ("custom_settings/a~1b~0c/1", 2),
        ("", {"subject_id": "m1", "trial_count": 150}),
    ],
)
def test_that_get_finds_values_by_pointer(session: Path, run: Any, pointer: str, expected: Any) -> None:
    found = value(session, pointer, run)
    assert found == expected or expected.items() <= found.items()


@pytest.mark.parametrize(
    "pointer", ["none", "custom_settings/none", "trial_count/0", "custom_settings/a~1b~0c/9"]
)
def test_that_get_says_what_is_not_there(session: Path, run: Any, pointer: str) -> None:
    said = run("get", session, pointer)
    assert (said.code, said.output) == (1, "")
    assert pointer in said.errors
    assert str(session) in said.errors


@pytest.mark.parametrize(
    ("pointer", "why"),
    [
        ("none", f"{RIG} has no attribute none. "),
        ("custom_settings/none", f"{RIG} has no custom_settings/none: custom_settings has no such key. "),
        ("custom_settings/a~1b~0c/9", "custom_settings/a~1b~0c has 2 items, counted from 0. "),
        ("custom_settings/a~1b~0c/second", "custom_settings/a~1b~0c has 2 items, counted from 0. "),
        ("none_yet/0", "none_yet has 0 items, counted from 0. "),
        ("only/1", "only has 1 item, counted from 0. "),
        ("trial_count/0/1", "trial_count is of type integer, with nothing inside. "),
        ("started/year", "started is of type date-time, with nothing inside. "),
        ("pair/0", "pair is of type tuple, whose items stand below pair/value. "),
        ("odd/unit", f"{RIG} has no odd/unit: odd has no such key. "),
    ],
)
def test_that_what_is_not_there_is_told_with_what_is_there_instead(
    session: Path, run: Any, pointer: str, why: str
) -> None:
    for name, added in (
        ("none_yet", "[]"),
        ("only", "[5]"),
        ("started", '{"__type__": "datetime", "value": "2026-11-23T14:29:51"}'),
        ("pair", '{"__type__": "tuple", "value": [1, 2]}'),
        ("odd", '{"__type__": "Quantity", "value": 5}'),
    ):
        if pointer.startswith(name):
            assert run("set", session, name, added, "--add").code == 0
    said = run("get", session, pointer)
    assert (said.code, why in said.errors) == (1, True), said.errors
    assert run("remove", session, pointer).errors == said.errors


def test_that_setting_beyond_the_end_of_a_list_says_how_long_it_is(session: Path, run: Any) -> None:
    said = run("set", session, "custom_settings/a~1b~0c/3", "5")
    assert (said.code, "custom_settings/a~1b~0c has 2 items, counted from 0." in said.errors) == (1, True)
    said = run("set", session, "trial_count/x", "5")
    assert (said.code, "trial_count is of type integer, with nothing inside." in said.errors) == (1, True)


# --- changing ---------------------------------------------------------------------------------------------


def test_that_set_changes_one_value_and_says_how_to_undo_it(session: Path, run: Any) -> None:
    said = run("set", session, "trial_count", "151", "--note", "counted twice")
    assert said.code == 0
    assert "trial_count: 150 → 151 (version 2)" in said.output
    assert value(session, "trial_count", run) == 151
    newest = StateFile(session).history()[-1]
    assert (newest.action, newest.note, newest.program) == ("edit", "counted twice", "rigstate")
    command = said.output.splitlines()[-1].removeprefix("To undo: rigstate ").split()
    assert run(*command).code == 0
    assert value(session, "trial_count", run) == 150


@pytest.mark.parametrize(
    ("pointer", "text", "expected"),
    [
        ("trial_count", "-5", -5),
        ("custom_settings/a~1b~0c/0", "9", 9),
        ("custom_settings/a~1b~0c/2", "3", 3),
        ("custom_settings/new", '{"x": null}', {"x": None}),
        ("brand_new", "[1]", [1]),
        ("trial_count", " 7 ", 7),
    ],
)
def test_that_set_changes_and_adds_at_any_depth(
    session: Path, run: Any, pointer: str, text: str, expected: Any
) -> None:
    assert run("set", session, pointer, text).code == 0
    assert value(session, pointer, run) == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("trial_cuont", "trial_count"), ("Trial_Count", "trial_count"), ("custom_settings/param_1", "param1")],
)
def test_that_a_new_name_that_is_nearly_one_that_is_there_must_be_meant(
    session: Path, run: Any, typed: str, meant: str
) -> None:
    said = run("set", session, typed, "5")
    assert said.code == 4
    assert meant in said.errors
    assert "--add" in said.errors
    assert run("get", session, typed).code == 1
    assert run("set", session, typed, "5", "--add").code == 0
    assert value(session, typed, run) == 5


def test_that_what_is_new_is_said_to_be_new(session: Path, run: Any) -> None:
    assert "added" in run("set", session, "brand_new", "5").output
    assert "added" not in run("set", session, "brand_new", "6").output
    said = run("set", session, "nowhere/inside", "5")
    assert (said.code, "nowhere/inside" in said.errors) == (1, True)


def test_that_a_negative_number_in_any_spelling_is_a_value_and_no_option(session: Path, run: Any) -> None:
    assert run("set", session, "trial_count", "-1.5e3", "--type-change").code == 0
    assert run("get", session, "trial_count").output == "-1.5e3\n"


def test_that_plain_text_needs_no_quotes(session: Path, run: Any) -> None:
    assert run("set", session, "subject_id", "m2", "--string").code == 0
    assert value(session, "subject_id", run) == "m2"
    said = run("set", session, "subject_id", "m3")
    assert (said.code, "--string" in said.errors) == (2, True)


def test_that_a_changed_type_must_be_meant(session: Path, run: Any) -> None:
    said = run("set", session, "trial_count", '"150"')
    assert said.code == 4
    assert "integer" in said.errors
    assert "--type-change" in said.errors
    assert value(session, "trial_count", run) == 150
    assert run("set", session, "trial_count", '"150"', "--type-change").code == 0
    assert value(session, "trial_count", run) == "150"


def test_that_a_tagged_value_that_cannot_be_is_refused(session: Path, run: Any) -> None:
    tagged = '{"__type__": "datetime", "value": "yesterday"}'
    said = run("set", session, "when", f"[{tagged}]")
    assert (said.code, "datetime" in said.errors) == (2, True)
    assert run("set", session, "when", tagged.replace("yesterday", "2025-01-02T03:04:05")).code == 0


def test_that_setting_what_is_set_writes_nothing(session: Path, run: Any) -> None:
    said = run("set", session, "trial_count", "150")
    assert (said.code, "already" in said.output) == (0, True)
    assert len(StateFile(session).history()) == 1
    assert run("set", session, "trial_count", "150", "--expect", "x").code == 3


def test_that_expect_makes_a_compare_and_set(session: Path, run: Any) -> None:
    etag = StateFile(session).peek()
    assert run("set", session, "trial_count", "1", "--expect", etag).code == 0
    for verb in (
        ["set", session, "trial_count", "2"],
        ["remove", session, "trial_count"],
        ["clear", session],
    ):
        said = run(*verb, "--expect", etag)
        assert (said.code, "was changed since it was read" in said.errors) == (3, True)
    assert run("restore", session, 1, "--expect", etag).code == 3
    assert value(session, "trial_count", run) == 1


def test_that_remove_takes_out_one_value(session: Path, run: Any) -> None:
    assert run("remove", session, "custom_settings/a~1b~0c/0").code == 0
    assert run("remove", session, "trial_count").code == 0
    assert value(session, "", run) == {
        "subject_id": "m1",
        "custom_settings": {"param1": "value1", "param2": 42, "a/b~c": [2]},
    }
    assert run("remove", session, "trial_count").code == 1
    assert run("remove", session, "").code == 2


def test_that_clear_empties_the_file_and_restore_brings_the_bytes_back(session: Path, run: Any) -> None:
    before = (session / STATE_FILE).read_bytes()
    assert run("clear", session).code == 0
    assert json.loads((session / STATE_FILE).read_bytes())["launcher_states"] == {}
    assert "cleared" in run("list", session.parent).output
    assert run("restore", session, 1).code == 0
    assert (session / STATE_FILE).read_bytes() == before
    assert [version.action for version in StateFile(session).history()] == ["save", "clear", "restore"]


def test_that_restore_says_which_versions_there_are_not(session: Path, run: Any) -> None:
    assert run("restore", session, 7).code == 1
    assert run("restore", session, "first").code == 2


def test_that_nothing_is_changed_while_a_launcher_runs_unless_that_is_meant(session: Path, run: Any) -> None:
    marker = RunningMarker(session, RIG)
    marker.acquire()
    try:
        for verb in (
            ["set", session, "trial_count", "2"],
            ["remove", session, "trial_count"],
            ["clear", session],
            ["restore", session, "1"],
        ):
            said = run(*verb)
            assert (said.code, RIG in said.errors) == (4, True)
        assert run("set", session, "trial_count", "2", "--while-running").code == 0
        marker.finishing()
        assert run("set", session, "trial_count", "3").code == 0
    finally:
        marker.release()


# --- several launchers ------------------------------------------------------------------------------------


def test_that_with_several_launchers_one_must_be_chosen(session: Path, run: Any) -> None:
    assert persistence.save(Other(), session)
    said = run("get", session, "gain")
    assert (said.code, RIG in said.errors, "--namespace" in said.errors) == (2, True, True)
    for name in (OTHER, "Other"):
        assert run("get", session, "gain", "--namespace", name).output == "1.0\n"
    assert run("get", session, "gain", "--namespace", "None").code == 1
    assert run("set", session, "gain", "2.0", "--namespace", "Other").code == 0
    assert run("clear", session, "--namespace", "Other").code == 0
    assert value(session, "trial_count", run) == 150


def test_that_a_class_name_that_stands_for_several_is_not_guessed(session: Path, run: Any) -> None:
    (session / STATE_FILE).write_text('{"launcher_states": {"a.B": {}, "c.B": {}}}', encoding="utf-8")
    said = run("get", session, "x", "--namespace", "B")
    assert (said.code, "a.B or c.B" in said.errors) == (2, True)


# --- history, validate ------------------------------------------------------------------------------------


def test_that_history_lists_who_did_what(session: Path, run: Any) -> None:
    assert run("set", session, "trial_count", "1", "--note", "why").code == 0
    said = run("history", session)
    assert said.code == 0
    assert re.search(r"^2 .* rigstate +edited +\w{12} +why \(now\)$", said.output, re.MULTILINE)
    versions = json.loads(run("history", session, "--json").output)
    assert [version["action"] for version in versions] == ["save", "edit"]
    assert versions[1]["etag"] == StateFile(session).peek()


def test_that_history_tells_people_the_newest_first_and_programs_by_number(session: Path, run: Any) -> None:
    """The window and `list` begin with the newest."""
    for count in ("1", "2"):
        assert run("set", session, "trial_count", count).code == 0
    told = run("history", session).output.splitlines()[1:]
    assert [line.split()[0] for line in told] == ["3", "2", "1"]
    versions = json.loads(run("history", session, "--json").output)
    assert [version["sequence"] for version in versions] == [1, 2, 3]


def test_that_history_can_be_exported(session: Path, run: Any, tmp_path: Path) -> None:
    before = (session / STATE_FILE).read_bytes()
    assert run("set", session, "trial_count", "1").code == 0
    said = run("history", session, "--export", tmp_path / "copy")
    assert (said.code, "2 of 2" in said.output) == (0, True)
    (first,) = (tmp_path / "copy").glob("000001-*.json")
    assert first.read_bytes() == before
    assert len(json.loads((tmp_path / "copy" / "versions.json").read_text(encoding="utf-8"))) == 2
    assert run("history", session, "--export", tmp_path / "copy").code == 5


def test_that_validate_says_everything_that_is_wrong(session: Path, run: Any, tmp_path: Path) -> None:
    assert run("validate", session, session.parent).output == f"{session / STATE_FILE}: fine\n" * 2
    bad = tmp_path / "bad.json"
    bad.write_text(
        """{"launcher_states": {"a.B": {"attributes": {"n": [NaN], "d": {"__type__": "date", "value": "x"}},
        "saved_at": 7}}, "created_at": []}""",
        encoding="utf-8",
    )
    said = run("validate", bad, session)
    assert said.code == 1
    for part in ("created_at", "saved_at", "n/0 is nan", "a.B: d: this is no date", "fine"):
        assert part in said.output
    found = json.loads(run("validate", bad, "--json").output)
    assert (found[0]["path"], len(found[0]["problems"])) == (str(bad), 4)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"{", "ends too early"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"version": "2.0"}', "newer"),
        (b"\xff", "UTF-8"),
        (b"[]", "list"),
        (b"[" * 500 + b"]" * 500, "deep"),
    ],
)
def test_that_validate_names_the_damage(session: Path, run: Any, data: bytes, word: str) -> None:
    (session / STATE_FILE).write_bytes(data)
    said = run("validate", session)
    assert said.code == 1
    assert word in said.output


def test_that_validate_says_that_nothing_is_there(tmp_path: Path, run: Any) -> None:
    assert run("validate", tmp_path).code == 1
    assert run("validate", tmp_path / "none").code == 1


# --- problems ---------------------------------------------------------------------------------------------


VERBS = [
    ["show"],
    ["get", "x"],
    ["set", "x", "1"],
    ["remove", "x"],
    ["clear"],
    ["restore", "1"],
    ["history"],
]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
def test_that_every_verb_says_that_there_is_no_state(tmp_path: Path, run: Any, verb: list[str]) -> None:
    for directory in (tmp_path, tmp_path / "none"):
        said = run(verb[0], directory, *verb[1:])
        assert said.code in (1, 5)
        assert str(directory) in said.errors
    assert list(tmp_path.glob("*.json")) == []


@pytest.mark.parametrize(
    "verb", [verb for verb in VERBS if verb[0] not in ("history", "restore")], ids=lambda v: v[0]
)
def test_that_every_verb_says_that_the_state_is_damaged_and_keeps_it(
    session: Path, run: Any, verb: list[str]
) -> None:
    (session / STATE_FILE).write_bytes(b"{ torn")
    said = run(verb[0], session, *verb[1:])
    assert said.code in (1, 4)
    assert (session / STATE_FILE).read_bytes() == b"{ torn"


@pytest.mark.parametrize(
    "verb", [["set", "trial_count", "1"], ["remove", "trial_count"], ["clear"]], ids=lambda v: v[0]
)
def test_that_a_newer_state_is_shown_and_not_changed(session: Path, run: Any, verb: list[str]) -> None:
    text = (session / STATE_FILE).read_text(encoding="utf-8").replace("1.0.0", "2.0.0")
    (session / STATE_FILE).write_text(text, encoding="utf-8")
    said = run(verb[0], session, *verb[1:])
    assert (said.code, "newer" in said.errors) == (4, True)
    assert (session / STATE_FILE).read_text(encoding="utf-8") == text
    assert "150" in run("show", session).output


@pytest.mark.parametrize(
    "arguments", [[], ["unheard"], ["get"], ["set", "a"], ["list"], ["list", "a", "--unheard"]]
)
def test_that_wrong_usage_is_told_with_its_own_code(run: Any, arguments: list[str]) -> None:
    said = run(*arguments)
    assert said.code == 2
    assert "usage: rigstate" in said.errors


def test_that_help_tells_verbs_and_exit_codes(run: Any) -> None:
    said = run("--help")
    assert said.code == 0
    for word in (
        "list",
        "show",
        "get",
        "set",
        "remove",
        "clear",
        "history",
        "restore",
        "validate",
        "Exit codes",
    ):
        assert word in said.output
    assert "--type-change" in run("set", "--help").output


def test_that_each_kind_of_error_has_its_exit_code() -> None:
    committed: Any = None
    assert answer_to(NotConfirmed("x", committed=committed)).code is Code.NOT_CONFIRMED
    assert answer_to(LockTimeout(seconds=1)).code is Code.NOT_WRITTEN
    assert answer_to(NewerVersion("x", version="2")).code is Code.REFUSED


# --- as a program -----------------------------------------------------------------------------------------


def test_that_it_runs_as_a_module(session: Path) -> None:
    assert finished(start("-m", "persistence", "get", session, "trial_count")) == (0, "150\n", "")


def test_that_a_console_of_few_characters_is_served(session: Path) -> None:
    assert persistence.save(Rig(), session)
    assert main(["set", str(session), "subject_id", "mäuschen", "--string"]) == 0
    process = start(
        "-m", "persistence", "get", session, "subject_id", environment={"PYTHONIOENCODING": "ascii"}
    )
    assert finished(process) == (0, '"m\\u00e4uschen"\n', "")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no head there")
def test_that_a_reader_that_has_seen_enough_is_no_error(session: Path) -> None:
    process = start("-m", "persistence", "show", session)
    process.stdout.close()
    process.wait(30)
    assert process.stderr.read() == ""
    process.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
def test_that_a_write_that_fails_has_its_exit_code_and_changes_nothing(session: Path) -> None:
    before = (session / STATE_FILE).read_bytes()
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64));"
        "from persistence.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    exit_code, _, errors = finished(start("-c", code, "set", session, "trial_count", "1"))
    assert exit_code == 5
    assert "larger than this disk" in errors
    assert (session / STATE_FILE).read_bytes() == before


def test_that_plain_text_that_looks_like_a_number_is_saved_as_it_is(session: Path, run: Any) -> None:
    assert run("set", session, "custom_settings/param1", "-5", "--string").code == Code.DONE
    assert json.loads(run("get", session, "custom_settings/param1").output) == "-5"
    assert run("set", session, "trial_count", "-1", "--note", "-2").code == Code.DONE
    assert StateFile(session).history()[-1].note == "-2"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_that_output_that_cannot_be_written_is_told_without_a_traceback(session: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "persistence", "show", str(session)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert done.returncode == Code.PROBLEM
    assert done.stderr.startswith("rigstate: the output cannot be written: the disk is full.")
    assert len(done.stderr.splitlines()) == 1


def test_that_an_export_onto_a_file_is_refused_in_one_sentence(session: Path, run: Any) -> None:
    said = run("history", session, "--export", session / STATE_FILE)
    assert said.code == Code.NOT_WRITTEN
    assert "not a directory" in said.errors


def test_that_no_name_in_a_file_commands_the_terminal(session: Path, run: Any) -> None:
    name = "m.\x1b]0;mine\x07\u202e"
    states: dict[str, Any] = {name: {"attributes": {}}, "m.Other": {"attributes": {}}}
    (session / STATE_FILE).write_text(json.dumps({"launcher_states": states}), encoding="utf-8")
    for said in (run("get", session, "x"), run("clear", session, "--namespace", name)):
        assert "\\x1b" in said.output + said.errors
        assert "\x1b" not in said.output + said.errors
        assert "\u202e" not in said.output + said.errors


@pytest.mark.parametrize(
    "verb", [["set", "trial_count", '"a text"'], ["remove", "nothing"], ["clear", "--namespace", "Nobody"]]
)
def test_that_another_file_than_expected_is_a_conflict_before_anything_else(
    session: Path, run: Any, verb: list[str]
) -> None:
    name, *rest = verb
    assert run(name, session, *rest, "--expect", "0" * 64).code == Code.CONFLICT


def test_that_clearing_one_launcher_of_a_damaged_file_is_refused_as_clearing_all_is(
    session: Path, run: Any
) -> None:
    (session / STATE_FILE).write_bytes(b"{]")
    assert run("clear", session).code == Code.REFUSED
    assert run("clear", session, "--namespace", "Rig").code == Code.REFUSED
