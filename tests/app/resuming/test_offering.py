"""What is offered to be started, by the operator's list."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.hands import Hands
from app.launchers.registry import Entry, Registry
from app.main import Application
from app.resuming.offering import Prepare, offer_of
from tests.samples import PREDICTIVE, document, snapshot
from tests.small_rig import NAMESPACE, made_session


def test_that_a_launcher_of_another_module_may_be_asked_where_its_own_entry_says_so(tmp_path: Path) -> None:
    session = replace(snapshot(document()), directory=str(tmp_path))
    entries = [Entry(f"{name}.PredictiveLauncher", ("x",)) for name in ("new", "deaf")]
    entries[0] = replace(entries[0], rehearse="new:PredictiveLauncher")
    registry = Registry(tmp_path / "launchers.toml", {one.namespace: one for one in entries})
    (choice,) = offer_of(Prepare(session), registry, tmp_path).choices
    assert (choice.namespace, choice.asks) == (PREDICTIVE, False)
    assert [(one.started_as.partition(".")[0], one.asks) for one in choice.alike] == [
        ("new", True),
        ("deaf", False),
    ]


@pytest.mark.usefixtures("qtbot")
def test_that_the_launcher_that_is_chosen_instead_is_the_one_that_is_asked(tmp_path: Path) -> None:
    config, name = tmp_path / "config", NAMESPACE.rpartition(".")[2]
    config.mkdir()
    python, gone = json.dumps(sys.executable), json.dumps(str(tmp_path / "gone"))
    command = f'python = {python}\ncommand = ["{{python}}", "-m", "new"]\ncwd = {gone}'
    entry = f'["new.{name}"]\n{command}\nrehearse = "new:{name}"\n'
    (config / "launchers.toml").write_text(entry, "utf-8")
    session = made_session(tmp_path / "data", subject_id="764521")
    application = Application(roots=[tmp_path / "data"], config_dir=config)
    application.window.show()
    try:
        hands = Hands(application.window)
        hands.select("sessionView", hands.row("sessionView", session.name))
        hands.trigger("actionResume")
        hands.read("does not say how this one can be asked")
        hands.choose("Start as", f"new.{name}")
        hands.read("the launcher could not be asked.")
    finally:
        application.shutdown()
