"""Copy command: what is pasted into a shell resumes, as the window would have it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.resume_exchange import ResumeRequest, Run
from app.resuming.resume import Copied, Copy, NotCopied
from persistence.store import StateFile
from tests.app.operators import Operator, launch, with_a_run

SHELLS = [shell for shell in ("sh", "bash", "dash", "zsh", "fish") if shutil.which(shell)]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="a POSIX shell")


def copied(operator: Operator, leave_out: tuple[str, ...] = ()) -> str:
    """The line for what would be confirmed now."""
    etag, session = StateFile(operator.session).peek(), str(operator.session)
    operator.asks(
        Copy(ResumeRequest(session, operator.rig.namespace, "764521", "mia", False, etag, leave_out))
    )
    operator.wait(lambda: bool(operator.of(Copied) or operator.of(NotCopied)))
    assert operator.of(NotCopied) == []
    return operator.of(Copied)[-1].line


def pasted(line: str, folder: Path, shell: str = "sh") -> subprocess.CompletedProcess[str]:
    """What a terminal says, in which somebody is elsewhere."""
    return subprocess.run(
        [shell, "-c", line], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def states_of(folder: Path) -> list[dict[str, object]]:
    """The states of all sessions in a folder, the earliest first."""
    files = sorted(folder.glob("*/session_state.json"), key=os.path.getmtime)
    return [json.loads(file.read_bytes()) for file in files]


def test_that_what_was_copied_resumes_when_it_is_pasted(operator: Operator, tmp_path: Path) -> None:
    with_a_run(operator)
    launch(operator)
    operator.offered()
    ended = pasted(copied(operator), tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "trial_count is 16" in ended.stdout
    *_, state = states_of(operator.rig.root)
    (made,) = state["launcher_states"].values()  # type: ignore[attr-defined]
    assert (made["attributes"]["trial_count"], made["attributes"]["user_id"]) == (17, "mia")
    assert made["resumed_from"]["path"] == str(operator.session)


@pytest.mark.parametrize("shell", SHELLS)
def test_that_a_shell_changes_nothing_of_what_was_copied(
    operator: Operator, tmp_path: Path, shell: str
) -> None:
    with_a_run(operator)
    odd = operator.session.with_name("-c $(touch canary) & calc; `x` !a {etag} \"'%PATH%")
    operator.session = operator.session.rename(odd)
    script = operator.config / "print it.py"
    script.write_text(
        "import json, os, sys\n"
        "print(json.dumps([sys.argv[1:], os.getcwd(), os.environ['RIGSTATE_RESUME'], os.environ['GAIN']]))"
    )
    operator.registers(
        "{python}", str(script), "{session_dir}", "two  words", "", cwd=str(operator.config),
        environment={"GAIN": "a b$c"},
    )  # fmt: skip
    ended = pasted(copied(operator, leave_out=("experiment_phase",)), tmp_path, shell)
    arguments, cwd, wish, gain = json.loads(ended.stdout)
    assert arguments == [str(odd), "two  words", ""]
    assert (cwd, gain) == (str(operator.config), "a b$c")
    assert json.loads(wish) == {
        "from": str(odd), "etag": StateFile(odd).peek(), "namespace": operator.rig.namespace,
        "leave_out": ["experiment_phase"], "partial": False, "report": "",
    }  # fmt: skip
    assert not list(tmp_path.rglob("canary"))


def test_that_a_copy_starts_nothing_on_a_state_that_was_changed_since(
    operator: Operator, tmp_path: Path
) -> None:
    with_a_run(operator)
    launch(operator)
    line = copied(operator)
    subprocess.run(
        [sys.executable, "-m", "persistence", "set", str(operator.session), "trial_count", "99"],
        check=True, capture_output=True,
    )  # fmt: skip
    ended = pasted(line, tmp_path)
    assert ended.returncode != 0
    assert "trial_count is" not in ended.stdout


def test_that_a_start_from_the_sheet_goes_on_after_a_copy(operator: Operator) -> None:
    with_a_run(operator)
    launch(operator)
    operator.offered()
    copied(operator)
    operator.starts()
    assert operator.ended().state == "ended"
    assert len({run.key for run in operator.of(Run)}) == 1


def test_that_what_cannot_be_started_is_not_copied_and_says_why(operator: Operator) -> None:
    with_a_run(operator)
    launch(operator)
    shutil.rmtree(operator.session / "launcher_metadata")
    request = ResumeRequest(str(operator.session), operator.rig.namespace, "764521", "mia", False, "")
    operator.asks(Copy(request))
    operator.wait(lambda: bool(operator.of(NotCopied)))
    assert "processed_parameters.json" in operator.of(NotCopied)[0].sentence
    assert operator.of(Copied) == []


def test_that_a_variable_that_no_terminal_can_set_is_named(operator: Operator) -> None:
    """It was pasted as the name of a program that is not there."""
    with_a_run(operator)
    operator.registers("{python}", "-c", "", environment={"MY-RIG": "3"})
    etag = StateFile(operator.session).peek()
    operator.asks(
        Copy(ResumeRequest(str(operator.session), operator.rig.namespace, "764521", "mia", False, etag))
    )
    operator.wait(lambda: bool(operator.of(NotCopied)))
    assert "'MY-RIG'" in operator.of(NotCopied)[0].sentence
