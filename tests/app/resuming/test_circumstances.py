"""What is known of a saved run: from real saves, real histories, and the files that launchers leave."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.change_errands import Commit, Done
from app.exchange import KnownRun
from app.files.changes import change, read_session
from app.folder_errands import Terms
from app.launchers.installed import installed_version
from app.launchers.registry import Entry
from app.resuming import circumstances
from app.resuming.cautions import Surroundings
from app.resuming.circumstances import known_of
from persistence.document import Namespace
from persistence.scan import summarize
from persistence.states.edits import set_value
from persistence.store import StateFile
from tests.small_rig import NAMESPACE, CountingLauncher, made_session


def saved(session: Path, namespace: str = NAMESPACE) -> Namespace:
    return StateFile(session).read().document.namespace(namespace)


def known(session: Path, entry: Entry | None = None, *, alone: bool = True) -> KnownRun:
    return known_of(str(session), saved(session), entry, alone=alone)


def edit(session: Path, value: int, who: str = "ann") -> None:
    snapshot = read_session(str(session))
    assert snapshot.document is not None
    document = set_value(snapshot.document, NAMESPACE, ("trial_count",), value)
    assert isinstance(change(Commit(str(session), document, snapshot.etag), terms=Terms(who)), Done)


def own_count(found: KnownRun) -> Any:
    return found.own["trial_count"] if found.own is not None else None


def metadata(session: Path, name: str, **content: Any) -> None:
    (session / "launcher_metadata").mkdir(exist_ok=True)
    (session / "launcher_metadata" / name).write_text(json.dumps(content))


# --- what the launcher saved itself -----------------------------------------------------------------------


def test_that_the_launchers_own_save_is_found_before_and_after_edits(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    assert (own_count(known(session)), known(session).edited_by) == (15, "")
    edit(session, 150)
    edit(session, 151, "bob")
    assert (own_count(known(session)), known(session).edited_by) == (15, "bob")


def write_over(session: Path, old: str, new: str) -> None:
    path = session / "session_state.json"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def touch(found: KnownRun) -> tuple[str, bool, tuple[str, ...] | None]:
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
    edit(session, 150, "bob")
    assert touch(known(session)) == ("bob", False, ())


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
    assert known(session).edited_by == "bob"


def test_that_the_state_of_another_session_over_an_edit_is_told_as_the_list_tells_it(tmp_path: Path) -> None:
    session, other = made_session(tmp_path), made_session(tmp_path, "other")
    edit(session, 150)
    (session / "session_state.json").write_bytes((other / "session_state.json").read_bytes())
    found = known(session)
    assert (found.own, *touch(found)) == (None, "ann", True, None)
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
    assert saved(session).attributes["trial_count"] == 150


def test_that_nothing_is_said_without_history(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    edit(session, 150)
    for path in (session / ".session_state_history").iterdir():
        path.unlink()
    assert known(session).own is None


# --- what it ran in ---------------------------------------------------------------------------------------


def entry(folder: Path, *command: str, python: str = "") -> Entry:
    return Entry("a.B", command or ("/bin/x",), python, str(folder))


def test_that_parameters_are_those_that_the_new_run_gets(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    metadata(session, "processed_parameters.json", reward=6.0)
    assert known(session, entry(tmp_path, "/bin/x", "{param_file}")).parameters == {"reward": 6.0}
    assert known(session, entry(tmp_path)).parameters == {}
    assert known(session).parameters == {}


@pytest.mark.parametrize("option", [["--rig-config", "{}"], ["--rig_config_path={}"], ["--rig_config", "{}"]])
def test_that_the_rig_is_compared_with_the_file_that_the_command_names(
    tmp_path: Path, option: list[str]
) -> None:
    session, rig = made_session(tmp_path), tmp_path / "rig.toml"
    rig.write_text("reward = 6\ncalibrated = 2026-11-23")
    metadata(session, "end_state.json", rig_config={"reward": 5, "calibrated": "2026-11-23"})
    found = known(session, entry(tmp_path, "/bin/x", *(part.format(rig) for part in option)))
    assert found.then.rig_config == {"reward": 5, "calibrated": "2026-11-23"}
    assert found.now.rig_config == {"reward": 6, "calibrated": "2026-11-23"}


def test_that_the_rig_of_a_crashed_run_is_known_and_the_usual_file_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, rig = made_session(tmp_path), tmp_path / "rig.toml"
    rig.write_text("reward = 6")
    monkeypatch.setattr(circumstances, "RIG_CONFIGS", (str(tmp_path / "none.toml"), str(rig)))
    metadata(session, "debug_state.json", launcher_state={"rig_config": {"reward": 5}})
    found = known(session, entry(tmp_path))
    assert (found.then.rig_config, found.now.rig_config) == ({"reward": 5}, {"reward": 6})


def install(environment: Path, name: str, version: str) -> str:
    """A Python's environment with one package in it; the path of the Python."""
    (environment / "lib" / "python3.11" / "site-packages" / f"{name}-{version}.dist-info").mkdir(parents=True)
    (environment / "bin").mkdir(exist_ok=True)
    return str(environment / "bin" / "python")


def test_that_the_version_of_the_base_package_is_compared_with_the_installed_one(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    metadata(session, "end_state.json", version="0.2.7")
    python = install(tmp_path / "env", "openscope_experimental_launcher", "0.3.0")
    found = known(session, entry(tmp_path, python=python))
    assert (found.then.launcher_version, found.now.launcher_version) == ("0.2.7", "0.3.0")


def test_that_a_launchers_own_version_is_compared_with_its_own_package(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    metadata(session, "end_state.json", version="0.2.7", launcher_version="2.3.0")
    project = tmp_path / "code"
    project.mkdir()
    package = NAMESPACE.partition(".")[0]
    (project / "pyproject.toml").write_text(f'[project]\nname = "{package}"\nversion = "2.4.1"')
    found = known(session, entry(project))
    assert (found.then.launcher_version, found.now.launcher_version) == ("2.3.0", "2.4.1")


def test_that_an_installed_package_is_found_however_its_name_is_spelled(tmp_path: Path) -> None:
    python = install(tmp_path, "My.Lab_Tools", "1.0")
    assert installed_version("my-lab-tools", python, "") == "1.0"
    assert installed_version("other", python, "") == ""
    assert installed_version("other", "", str(tmp_path)) == ""


def test_that_the_revision_is_compared_only_within_the_same_repository(tmp_path: Path) -> None:
    session, code = made_session(tmp_path), tmp_path / "code"
    (code / ".git").mkdir(parents=True)
    (code / ".git" / "HEAD").write_text("b" * 40)
    metadata(session, "command_line_arguments.json", git_revision="a" * 40, git_folder=str(code))
    found = known(session, entry(code))
    assert (found.then.revision, found.now.revision) == ("a" * 40, "b" * 40)
    metadata(session, "command_line_arguments.json", git_revision="a" * 40, git_folder="/elsewhere")
    assert known(session, entry(code)).now.revision == ""


def test_that_files_of_any_shape_are_no_trouble(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    for content in ("[]", "{", '{"rig_config": 5, "version": 7}', '{"launcher_state": []}'):
        (session / "launcher_metadata").mkdir(exist_ok=True)
        for name in ("end_state.json", "debug_state.json", "command_line_arguments.json"):
            (session / "launcher_metadata" / name).write_text(content)
        found = known(session, entry(tmp_path))
        assert found.then == Surroundings()
