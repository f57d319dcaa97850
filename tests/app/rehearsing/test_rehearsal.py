"""Asking launchers about a draft, in real processes: only those of the operator's list, and nothing stays."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.checks import Checked
from app.rehearsing.rehearsal import Asked, Rehearsals, Rehearse, Stop, Way
from app.settings import places
from persistence.document import Document, parse_document
from persistence.rehearsing.rehearsed import Finding
from tests.persistence.rehearsals import state, write_module
from tests.small_rig import PROJECT

BODY = """
class Rig(BaseLauncher):
    def __init__(self):
        super().__init__()
        self.trial_count = 0
"""


class Operator:
    """Has a list of launchers, asks, and waits for answers."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.folder = folder
        self.code = folder / "code"
        self.session = folder / "session"
        self.session.mkdir()
        self.worker = Rehearsals(places(folder / "config"), limit=20)
        self.answers: list[Asked] = []
        self.worker.answered.connect(self.answers.append)
        self.worker.start()
        self._bot = qtbot
        self._stamp = 0

    def list(self, *entries: str, **values: str) -> None:
        """Write launchers.toml: an entry with these values, and further ones as they stand."""
        known = {"python": sys.executable, "cwd": str(self.code), "rehearse": "rig:Rig", **values}
        lines = [f"{key} = {json.dumps(value)}" for key, value in known.items() if value]
        text = "\n".join(['["rig.Rig"]', 'command = ["{python}", "-m", "rig"]', *lines, *entries])
        (self.folder / "config").mkdir(exist_ok=True)
        (self.folder / "config" / "launchers.toml").write_text(text, "utf-8")

    def ask(self, data: bytes) -> int:
        document = parse_document(data)
        self._stamp += 1
        self.worker.ask(Rehearse(str(self.session), self._stamp, document, document.namespaces))
        return self._stamp

    def answer(self, stamp: int) -> Asked:
        """The last answer to what was asked with this stamp."""
        self._bot.waitUntil(lambda: self.last(stamp) is not None)
        found = self.last(stamp)
        assert found is not None
        return found

    def last(self, stamp: int) -> Asked | None:
        return next((one for one in self.answers if one.stamp == stamp and not one.asking), None)

    def check(self, **attributes: Any) -> Checked:
        """Ask about one launcher's attributes."""
        (found,) = self.answer(self.ask(state(**attributes))).launchers
        return found


@pytest.fixture
def operator(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    monkeypatch.setenv("PYTHONPATH", PROJECT)
    operator = Operator(qtbot, tmp_path)
    write_module(operator.code, BODY)
    operator.list()
    yield operator
    operator.worker.close()
    assert operator.worker.wait()


def test_that_a_launcher_is_asked_with_its_own_python_where_it_starts(operator: Operator) -> None:
    found = operator.check(trial_count="many", fresh=1)
    assert found.how == "asked"
    assert found.found is not None
    assert found.found.launcher == "rig:Rig"
    assert found.findings[:2] == (
        Finding("trial_count", "type_differs", "text does not fit an integer"),
        Finding("fresh", "new"),
    )


def test_that_who_is_asked_is_told_first(operator: Operator) -> None:
    stamp = operator.ask(state(trial_count=1))
    operator.answer(stamp)
    assert [one.asking for one in operator.answers] == ["rig.Rig", ""]


def test_that_a_script_finds_what_lies_beside_it(operator: Operator) -> None:
    elsewhere = operator.folder / "elsewhere"
    elsewhere.mkdir()
    operator.list(cwd=str(elsewhere))
    text = (operator.folder / "config" / "launchers.toml").read_text("utf-8")
    script = json.dumps(["{python}", str(operator.code / "start.py")])
    (operator.folder / "config" / "launchers.toml").write_text(
        text.replace('["{python}", "-m", "rig"]', script), "utf-8"
    )
    assert operator.check(trial_count=1).how == "asked"


def test_that_only_a_launcher_with_an_entry_that_says_so_is_ever_asked(operator: Operator) -> None:
    touched = operator.folder / "touched"
    write_module(operator.code, f"open({str(touched)!r}, 'w').close()\n" + BODY)
    operator.list(rehearse="")
    found = operator.check(trial_count=1)
    assert (found.how, found.found) == ("not_asked", None)
    assert "does not say which class can be asked: fill in “Class to ask” in Preferences" in found.sentence
    assert "rehearse" not in found.sentence
    (found,) = operator.answer(operator.ask(state("rig.Other", trial_count=1))).launchers
    assert found.how == "not_asked"
    assert "rig.Other has no entry in " in found.sentence
    operator.list("broken")
    assert operator.check(trial_count=1).how == "not_asked"
    assert not touched.exists()


def test_that_a_launcher_whose_module_has_moved_is_asked_about_the_state_of_the_old_one(
    operator: Operator,
) -> None:
    document = parse_document(state("oldplace.rig.Rig", trial_count="many"))
    ways = (Way("oldplace.rig.Rig", "rig.Rig"), Way("oldplace.rig.Rig", "far.Rig"))
    operator.worker.ask(Rehearse(str(operator.session), 77, document, ways=ways))
    missing, found = operator.answer(77).launchers
    assert (found.namespace, found.started_as, found.how) == ("oldplace.rig.Rig", "rig.Rig", "asked")
    assert found.findings[0] == Finding("trial_count", "type_differs", "text does not fit an integer")
    assert (missing.started_as, missing.how) == ("far.Rig", "not_asked")


def test_that_a_launcher_that_has_its_entry_elsewhere_now_is_asked_there_as_it_is_the_only_one(
    operator: Operator,
) -> None:
    (found,) = operator.answer(operator.ask(state("oldplace.rig.Rig", trial_count="many"))).launchers
    assert (found.namespace, found.started_as, found.how) == ("oldplace.rig.Rig", "rig.Rig", "asked")
    assert found.findings[0] == Finding("trial_count", "type_differs", "text does not fit an integer")


@pytest.mark.parametrize("entry", ["far.Rig", "oldplace.rig.Rig"])
def test_that_where_it_has_moved_is_not_guessed(operator: Operator, entry: str) -> None:
    """Two of the name could be meant; and one with an entry, by which it may not be asked, is no other."""
    operator.list(f'["{entry}"]', 'command = ["/usr/bin/true"]')
    (found,) = operator.answer(operator.ask(state("oldplace.rig.Rig", trial_count=1))).launchers
    assert (found.started_as, found.how) == ("", "not_asked")


def test_that_one_whose_own_state_is_saved_there_is_not_asked_about_an_older_one(operator: Operator) -> None:
    """It would start on its own, whatever is edited in that of the old module."""
    tree = json.loads(state(trial_count=1))
    tree["launcher_states"]["oldplace.rig.Rig"] = {"attributes": {"trial_count": "many"}}
    found = operator.answer(operator.ask(json.dumps(tree).encode())).launchers
    assert {one.namespace: one.how for one in found} == {"oldplace.rig.Rig": "not_asked", "rig.Rig": "asked"}


def test_that_of_several_launchers_each_is_asked_or_not(operator: Operator) -> None:
    tree = json.loads(state(trial_count=1))
    tree["launcher_states"]["cam.Era"] = {"attributes": {"exposure": 1}}
    found = operator.answer(operator.ask(json.dumps(tree).encode())).launchers
    assert {one.namespace: one.how for one in found} == {"cam.Era": "not_asked", "rig.Rig": "asked"}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"cwd": "/nowhere/at/all"}, "/nowhere/at/all: there is no such folder"),
        ({"python": "/nowhere/python"}, "/nowhere/python: there is no such program."),
        ({"python": "{no_program}"}, "it cannot be started, because"),
        ({"python": "{no_library}"}, "Rigstate's library is not installed there"),
        ({"python": "{old_library}"}, "too old to be asked"),
        ({"python": "{old_python}"}, "older than Python 3.11"),
        ({"python": "{broken}"}, "it is broken"),
        ({"rehearse": "rig:Other"}, "the module rig has no Other."),
        ({"cwd": "{session}"}, "never started inside a session's own folder"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the interpreters are scripts")
def test_that_what_cannot_be_asked_is_told_in_a_sentence(
    operator: Operator, values: dict[str, str], sentence: str
) -> None:
    said = {
        "no_program": "",
        "no_library": "echo '/x/python: No module named persistence' >&2; exit 1",
        "old_library": "echo \"rigstate: error: argument VERB: invalid choice: 'rehearse'\" >&2; exit 2",
        "old_python": "echo 'Unknown option: -P' >&2; echo 'Try python -h' >&2; exit 2",
        "broken": "echo 'rigstate: it is broken' >&2; exit 1",
    }
    known = {"session": str(operator.session)}
    for name, script in said.items():
        path = operator.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n" if script else "not a program", "utf-8")
        path.chmod(0o755)
        known[name] = str(path)
    operator.list(**{key: value.format(**known) for key, value in values.items()})
    found = operator.check(trial_count=1)
    assert found.how == "failed"
    assert sentence in found.sentence


def test_that_a_launcher_that_cannot_be_made_is_told_with_what_it_printed(operator: Operator) -> None:
    write_module(
        operator.code, BODY + "        print('looking for the rig')\n        raise OSError('no rig')\n"
    )
    found = operator.check(trial_count=1)
    assert found.how == "failed"
    assert found.sentence.startswith("rig:Rig() raised OSError: no rig")
    assert found.found is not None
    assert found.found.printed.startswith("looking for the rig\n")


def hanging(operator: Operator) -> Path:
    """A launcher that never comes back, and where it writes its process's number."""
    notes = operator.folder / "pid"
    body = f"open({str(notes)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)\n"
    write_module(operator.code, body + BODY)
    return notes


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.skipif(os.name == "nt", reason="asks for processes as POSIX does")
@pytest.mark.parametrize("way", ["stop", "another", "close"])
def test_that_a_launcher_that_is_not_waited_for_any_more_is_ended(
    operator: Operator, qtbot: QtBot, way: str
) -> None:
    notes = hanging(operator)
    stamp = operator.ask(state(trial_count=1))
    qtbot.waitUntil(lambda: notes.exists() and bool(notes.read_text()))
    pid = int(notes.read_text())
    if way == "stop":
        operator.worker.ask(Stop(stamp - 1))  # of an earlier one, which changes nothing
        operator.worker.ask(Stop(stamp))
        (found,) = operator.answer(stamp).launchers
        assert found.how == "stopped"
    elif way == "another":
        write_module(operator.code, BODY)
        (found,) = operator.answer(operator.ask(state(trial_count=1))).launchers
        assert found.how == "asked"
        assert [one.how for one in operator.answer(stamp).launchers] == ["stopped"]
    else:
        operator.worker.close()
        assert operator.worker.wait()
    assert gone(pid)


def test_that_a_draft_that_cannot_be_written_is_told(operator: Operator) -> None:
    deep: Any = 1
    for _ in range(5000):
        deep = [deep]
    document = Document({"launcher_states": {"rig.Rig": {"attributes": {"x": deep}}}})
    operator.worker.ask(Rehearse(str(operator.session), 77, document, ("rig.Rig",)))
    (found,) = operator.answer(77).launchers
    assert found.how == "failed"
    assert "nested" in found.sentence
