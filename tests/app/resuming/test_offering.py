"""What is offered to be started, by the operator's list."""

from dataclasses import replace
from pathlib import Path

from app.launchers.registry import Entry, Registry
from app.resuming.offering import Prepare, offer_of
from tests.samples import PREDICTIVE, document, snapshot


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
