"""What is known of a saved run: from real saves, real histories, and the files that launchers leave."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.launchers.installed import installed_version
from app.launchers.registry import Entry
from app.resume_exchange import KnownRun, Surroundings
from app.resuming import circumstances
from app.resuming.circumstances import known_of
from persistence.document import Namespace
from persistence.store import StateFile
from tests.small_rig import NAMESPACE, made_session


def saved(session: Path, namespace: str = NAMESPACE) -> Namespace:
    return StateFile(session).read().document.namespace(namespace)


def known(session: Path, entry: Entry | None = None) -> KnownRun:
    return known_of(str(session), saved(session), entry, alone=True)


def metadata(session: Path, name: str, **content: Any) -> None:
    (session / "launcher_metadata").mkdir(exist_ok=True)
    (session / "launcher_metadata" / name).write_text(json.dumps(content))


def test_that_what_became_of_its_own_save_is_known_beside_the_state(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    before = (session / "session_state.json").read_bytes()
    StateFile(session, who="ann").clear()
    (session / "session_state.json").write_bytes(before)
    found = known(session)
    assert found.own is not None
    assert found.lost == tuple(found.own)
    assert (found.edited_by, found.written, found.lost_by) == ("ann", True, "ann")


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
