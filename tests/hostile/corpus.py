"""A corpus of hostile sessions and lists of launchers: whatever a session could try to make Rigstate do.

The one idea: each case plants what a careless program would start, import or open, and all of these lie in
one folder of canaries; that a canary was touched is then seen in the system calls, whatever the window
shows. A case is one session directory (or one list), and says whether it may be started: by the operator's
own command, and by nothing else.
"""

from __future__ import annotations

import base64
import json
import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LAUNCHER = "lab.launchers.HostileLauncher"
"""The one launcher that the operator has put into his list."""
PLAIN = {"trial_count": 15, "phase": "baseline"}
Tree = dict[str, Any]


@dataclass(frozen=True)
class Corpus:
    """The folders: canaries (they are on the Python path, too), and watched sessions."""

    folder: Path

    @property
    def canaries(self) -> Path:
        """What must never be touched."""
        return self.folder / "canaries"

    @property
    def data(self) -> Path:
        """The watched folder."""
        return self.folder / "data"

    def canary(self, name: str = "canary.sh") -> str:
        """The path of a program, module or file that would tell that it was used."""
        return str(self.canaries / name)


@dataclass(frozen=True)
class Case:
    """A session directory by its name, what its state holds, and what else is put there.

    `starts`: the operator may start his launcher on it.
    """

    what: str
    name: str = ""
    tree: Callable[[Corpus], Tree] = field(default=lambda _: state(PLAIN))
    plant: Callable[[Corpus, Path], None] = field(default=lambda _corpus, _session: None)
    starts: bool = True

    @property
    def directory(self) -> str:
        """The name of the session directory."""
        return self.name or self.what.replace(" ", "-").replace("/", "-")


def state(attributes: Tree, namespace: str = LAUNCHER, **more: Any) -> Tree:
    """What a state file holds."""
    space = {"attributes": attributes, "saved_at": "2026-11-23T14:30:00", "outcome": "completed", **more}
    module, _, name = namespace.rpartition(".")
    return {
        "version": "1.0.0", "launcher_class": name, "launcher_module": module,
        "created_at": "2026-11-23T14:05:00", "launcher_states": {namespace: space},
    }  # fmt: skip


class _Bomb:
    """What unpickling runs."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (self._path,)


# --- states -----------------------------------------------------------------------------------------------


def _with(**attributes: Any) -> Callable[[Corpus], Tree]:
    return lambda _: state({**PLAIN, **attributes})


def _top(**keys: Any) -> Callable[[Corpus], Tree]:
    return lambda _: {**state(PLAIN), **keys}


def _holding(make: Callable[[str], Any]) -> Callable[[Corpus], Tree]:
    """A value that names the canary."""
    return lambda corpus: state({**PLAIN, "value": make(corpus.canary())})


def _beside(key: str, make: Callable[[str], Any]) -> Callable[[Corpus], Tree]:
    """A key beside the attributes that names the canary."""
    return lambda corpus: state(PLAIN, **{key: make(corpus.canary())})


_OBJECTS = {"dtype": "|O", "shape": [1], "data": "gASVAA=="}


def _pickled(path: str) -> Tree:
    return {"__type__": "bytes", "value": base64.b64encode(pickle.dumps(_Bomb(path))).decode()}


STATES = (
    Case("module os", tree=_top(launcher_module="os", launcher_class="system")),
    Case("module canary", tree=_top(launcher_module="canary_module", launcher_class="Canary")),
    Case("namespace of os", tree=lambda _: state(PLAIN, "os.system"), starts=False),
    Case("namespace of a canary", tree=lambda _: state(PLAIN, "canary_module.HostileLauncher"), starts=False),
    Case("namespace with code", tree=lambda _: state(PLAIN, "__import__('canary_module').X"), starts=False),
    Case("namespace with a path", tree=lambda corpus: state(PLAIN, corpus.canary()), starts=False),
    Case("namespace in capitals", tree=lambda _: state(PLAIN, LAUNCHER.upper()), starts=False),
    Case("dunder attributes", tree=_with(__class__="os", __dict__={}, __init__=1, __reduce__=["os.system"])),
    Case("attributes like methods", tree=_with(run="x", checkpoint=1, save_session_state=None, stop=2)),
    Case("unknown tag", tree=_holding(lambda path: {"__type__": "os.system", "value": path})),
    Case("tag of a module", tree=_holding(lambda path: {"__type__": "canary_module.Canary", "value": path})),
    Case("path tag", tree=_holding(lambda path: {"__type__": "Path", "value": path})),
    Case("pickle", tree=_holding(_pickled)),
    Case("array of objects", tree=_with(a={"__type__": "ndarray", "value": _OBJECTS})),
    Case("placeholders in values", tree=_with(a="{session_dir} {param_file} {python}", b="{etag}")),
    Case("shell in values", tree=_holding(lambda path: f"$({path}); `{path}` | {path} & {path}")),
    Case("markup in values", tree=_holding(lambda path: f"<img src='file://{path}'><table>" + "<tr>" * 60)),
    Case("markup in reasons", tree=_beside("skipped", lambda path: {"x": f"<img src='file://{path}'>"})),
    Case("resumed from a canary", tree=_beside("resumed_from", lambda path: {"path": path, "etag": "x"})),
    Case("resumed from a share", tree=_beside("resumed_from", lambda _: {"path": "//canary.invalid/share"})),
    Case("control characters", tree=_with(a="\x1b]0;x\x07\u202eabc\u0000", **{"b\nc": 1})),
    Case("subject with a path", tree=_with(subject_id="../../canaries/canary.sh")),
)  # fmt: skip

# --- names of session directories -------------------------------------------------------------------------

NAMES = tuple(
    Case(f"name {number}", name=name)
    for number, name in enumerate(
        (
            "a & calc", "-c", "--param_file=x", "$(x)", "`x`", "; x", "| x", "> x", "{param_file}",
            "{session_dir}", "%COMSPEC%", "$HOME", "~", "*", "' \" x", "a\nb", " leading", "x.bat",
            "\u202ex", "-rf", "x\\y",
        )
    )
)  # fmt: skip


# --- files beside the state -------------------------------------------------------------------------------


def _json(name: str, make: Callable[[Corpus], Any]) -> Callable[[Corpus, Path], None]:
    def plant(corpus: Corpus, session: Path) -> None:
        path = session / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(make(corpus)), encoding="utf-8")

    return plant


def _link(name: str, to: str) -> Callable[[Corpus, Path], None]:
    def plant(corpus: Corpus, session: Path) -> None:
        path = session / name
        path.parent.mkdir(exist_ok=True)
        if path.is_dir():
            for inner in path.iterdir():
                inner.unlink()
            path.rmdir()
        path.unlink(missing_ok=True)
        path.symlink_to(corpus.canaries / to)

    return plant


def _fifo(corpus: Corpus, session: Path) -> None:
    os.mkfifo(session / "session.json")


def _record(corpus: Corpus) -> Any:
    return {
        "arguments": [corpus.canary(), "-c", "x"], "python_executable": corpus.canary(),
        "working_directory": str(corpus.canaries), "original_arguments": [corpus.canary(), corpus.canary()],
        "git_folder": str(corpus.canaries), "git_revision": "a" * 40,
    }  # fmt: skip


METADATA = "launcher_metadata/"
FILES = (
    Case("record of a canary", plant=_json(METADATA + "command_line_arguments.json", _record)),
    Case("record of another launcher", tree=lambda _: state(PLAIN, "other.Launcher"), starts=False,
         plant=_json(METADATA + "command_line_arguments.json", _record)),
    Case("record with a share", plant=_json(METADATA + "command_line_arguments.json",
         lambda _: {"working_directory": "//canary.invalid/share"})),
    Case("rig config of a canary", plant=_json(METADATA + "end_state.json",
         lambda corpus: {"rig_config": {"path": corpus.canary()}, "version": corpus.canary()})),
    Case("parameters with placeholders", plant=_json(METADATA + "processed_parameters.json",
         lambda _: {"subject_id": "{session_dir}", "x": "{python}", "script_path": "$(x)"})),
    Case("parameters as a link", starts=False,
         plant=_link(METADATA + "processed_parameters.json", "parameters.json")),
    Case("metadata as a link", plant=_link("launcher_metadata", "."), starts=False),
    Case("session file as a link", plant=_link("session.json", "parameters.json")),
    Case("session file as a pipe", plant=_fifo),
    Case("list of launchers inside", plant=_json("launchers.toml", lambda corpus: {"x": corpus.canary()})),
    Case("state as a link", plant=_link("session_state.json", "state.json"), starts=False),
    Case("history as a link", plant=_link(".session_state_history", ".")),
)  # fmt: skip

CASES = (*STATES, *NAMES, *FILES)

LOOKED_AT = (
    "module os", "module canary", "dunder attributes", "attributes like methods", "tag of a module", "pickle",
    "array of objects", "subject with a path", "metadata as a link",
)  # fmt: skip
"""What a launcher is asked about, too: a process each, so not all."""

# --- lists of launchers -----------------------------------------------------------------------------------

WRONG_ENTRIES = {
    "a batch file": 'command = ["C:/lab/run.bat"]',
    "a batch file with a dot": 'command = ["C:/lab/run.cmd. "]',
    "a text": "command = CANARY",
    "the session as program": 'command = ["{session_dir}/canary.sh"]',
    "a relative program": 'command = ["./canary.sh"]',
    "an unknown placeholder": 'command = [CANARY, "{home}"]',
    "an unknown key": "command = [CANARY]\nshell = true",
    "a relative folder": 'command = [CANARY]\ncwd = ".."',
    "the session as folder": "command = [CANARY]\ncwd = SESSION",
    "our own variable": 'command = [CANARY]\nenvironment = { RIGSTATE_RESUME = "x" }',
    "a class that is code": 'python = CANARY\ncommand = [CANARY]\nrehearse = "a:B()"',
    "a zero": 'command = [CANARY, "\\u0000"]',
}
"""Entries for the session's launcher that must never be started, by what is wrong with them."""


# --- on the disk ------------------------------------------------------------------------------------------


def build(folder: Path) -> Corpus:
    """All canaries and sessions. Raises OSError where the file system has no such names."""
    corpus = Corpus(folder)
    for place in (corpus.canaries, corpus.data):
        place.mkdir(parents=True)
    for name, text in _canaries(corpus):
        (corpus.canaries / name).write_text(text, encoding="utf-8")
        (corpus.canaries / name).chmod(0o755)
    for case in CASES:
        session = corpus.data / case.directory
        (session / "launcher_metadata").mkdir(parents=True)
        parameters = {"subject_id": "mouse42", "user_id": "bob"}
        (session / METADATA / "processed_parameters.json").write_text(json.dumps(parameters))
        (session / "session.json").write_text(json.dumps({"subject_id": "mouse42"}))
        (session / "session_state.json").write_text(json.dumps(case.tree(corpus)), encoding="utf-8")
        if case.what == "session file as a pipe":
            (session / "session.json").unlink()
        case.plant(corpus, session)
    return corpus


def _canaries(corpus: Corpus) -> Iterator[tuple[str, str]]:
    told = corpus.folder / "touched"
    yield "canary.sh", f"#!/bin/sh\necho started > {told}\n"
    yield "canary_module.py", f"open({str(told)!r}, 'w').close()\n"
    yield "parameters.json", '{"subject_id": "mouse42", "secret": 1}'
    yield "processed_parameters.json", '{"subject_id": "mouse42", "secret": 1}'
    yield "state.json", json.dumps(state({"secret": 1}))
