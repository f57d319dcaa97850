"""The verb rehearse, in processes as scripts start them: a state goes in, JSON comes out."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.persistence.launcher_scripts import ROOT, until
from tests.persistence.rehearsals import state, write_module

BODY = """
class Rig(BaseLauncher):
    def __init__(self, param_file=None, rig_config_path=None):
        super().__init__(param_file, rig_config_path)
        self.trial_count = 0
        print("noise", flush=True)
"""


def start(folder: Path, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """`python -P -m persistence rehearse rig:Rig ...` in a folder, as the window starts it."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "persistence", "rehearse", "rig:Rig", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def said(folder: Path, data: bytes, *arguments: str) -> tuple[int, bytes, str]:
    process = start(folder, *arguments)
    output, errors = process.communicate(data, timeout=120)
    assert b"Traceback" not in errors
    return process.returncode, output, errors.decode()


def test_that_the_findings_are_json_whatever_the_launcher_prints(tmp_path: Path) -> None:
    write_module(tmp_path, BODY)
    code, output, errors = said(tmp_path, state(trial_count=150, größe="→"))
    told = json.loads(output)
    assert (code, errors) == (0, "")
    assert told["ok"] is True
    assert told["launcher"] == "rig:Rig"
    assert told["attributes"]["trial_count"] == {"result": "restored", "reason": ""}
    assert told["attributes"]["größe"]["result"] == "new"
    assert told["printed"] == "noise\n"


def test_that_a_refusal_is_a_code_and_a_sentence_beside_the_json(tmp_path: Path) -> None:
    write_module(tmp_path, BODY)
    code, output, errors = said(tmp_path, state(trial_count="many", run=1))
    assert code == 4
    assert errors == "rigstate: rig:Rig does not take trial_count, run.\n"
    assert json.loads(output)["attributes"]["run"]["result"] == "refused"


def test_that_a_launcher_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    write_module(tmp_path, BODY + "        raise OSError('no rig')\n")
    code, output, errors = said(tmp_path, state(trial_count=1))
    assert code == 1
    assert errors.startswith("rigstate: rig:Rig() raised OSError: no rig, in ")
    assert "OSError: no rig" in json.loads(output)["error"]
    assert "Traceback" in json.loads(output)["printed"]


def test_that_options_reach_the_launcher(tmp_path: Path) -> None:
    write_module(tmp_path / "code", BODY)
    parameters = tmp_path / "p.json"
    parameters.write_text('{"subject_id": "m7"}', "utf-8")
    data = state("some.Other", trial_count="many", subject_id="m1")
    options = ["--path", "code", "--leave-out", "trial_count", "--namespace", "some.Other"]
    code, output, _ = said(tmp_path, data, *options, "--param-file", str(parameters), "--limit", "20")
    told = json.loads(output)["attributes"]
    assert (code, told["trial_count"]["result"], told["subject_id"]["result"]) == (0, "left_out", "kept")


def test_that_the_limit_counts(tmp_path: Path) -> None:
    write_module(tmp_path, "time.sleep(600)")
    code, output, errors = said(tmp_path, state(trial_count=1), "--limit", "0.5")
    assert code == 1
    assert errors == f"rigstate: {json.loads(output)['error']}\n"
    assert "within 0.5 s" in errors


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_that_a_stop_signal_ends_the_launcher_with_it(tmp_path: Path) -> None:
    notes = tmp_path / "pid"
    write_module(tmp_path, f"open({str(notes)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)")
    process = start(tmp_path)
    assert process.stdin is not None
    process.stdin.write(state(x=1))
    process.stdin.close()
    process.stdin = None
    pid = int(until(lambda: notes.exists() and notes.read_text()))
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=120)
    assert (process.returncode, output, errors) == (1, b"", b"rigstate: stopped\n")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


class Terminal(io.TextIOWrapper):
    """Standard input with nobody behind it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "arguments", "code", "hint"),
    [
        (io.TextIOWrapper(io.BytesIO(b"")), ["a:B"], 2, "Standard input is empty"),
        (Terminal(io.BytesIO(b"")), ["a:B"], 2, "Give it on standard input"),
        (None, ["a:B"], 2, "Give it on standard input"),
        (None, ["a.B"], 2, "write module:Class"),
        (None, ["a:B", "--limit", "0"], 2, "no number of seconds"),
        (None, ["a:B", "--limit", "nan"], 2, "no number of seconds"),
        (io.TextIOWrapper(io.BytesIO(b"{")), ["a:B"], 1, "standard input: "),
        (
            io.TextIOWrapper(io.BytesIO(b'{"version": "2.0.0"}')),
            ["a:B"],
            4,
            "standard input: it was written in",
        ),
    ],
)
def test_that_what_cannot_be_rehearsed_is_told(
    run: Any, monkeypatch: pytest.MonkeyPatch, stream: Any, arguments: list[str], code: int, hint: str
) -> None:
    monkeypatch.setattr(sys, "stdin", stream)
    told = run("rehearse", *arguments)
    assert (told.code, told.output, hint in told.errors) == (code, "", True)
