"""Findings: what a load and a save say together of each attribute."""

import enum
from pathlib import Path
from typing import Any

from persistence.document import parse_document
from persistence.launching.collecting import collect
from persistence.launching.loading import load
from persistence.launching.remembered import Handler, remembered
from persistence.rehearsing.findings import Loaded, findings
from persistence.rehearsing.rehearsed import MOST_CHANGES, Finding
from persistence.store import STATE_FILE
from persistence.values.json_writing import write
from persistence.values.spelled import plain
from tests.persistence.rehearsals import state


class Phase(enum.Enum):
    WARM = 1


class Rig:
    def __init__(self) -> None:
        self.phase = Phase.WARM
        self.many = {str(number): number for number in range(200)}
        self.count = 1


NAME = f"{__name__}.Rig"


def found(tmp_path: Path, thing: Any, **attributes: Any) -> dict[str, Finding]:
    """Load these attributes into `thing`, and say what became of them."""
    (tmp_path / STATE_FILE).write_bytes(state(NAME, **attributes))
    given = parse_document((tmp_path / STATE_FILE).read_bytes()).namespace(NAME)
    report = load(thing, tmp_path)
    assert report.ok
    kept = collect(thing, remembered(thing), tmp_path)
    attributes = {name: plain(value) for name, value in kept.attributes.items()}
    text = write({"launcher_states": {NAME: {"attributes": attributes}}})
    again = parse_document(text.encode()).namespace(NAME)
    told = findings(Loaded(thing, given, report, frozenset()), (kept, again))
    return {one.name: one for one in told}


def test_that_a_value_of_the_right_type_that_is_not_allowed_is_refused(tmp_path: Path) -> None:
    told = found(tmp_path, Rig(), phase="COLD", count="x")
    assert told["phase"].result == "refused"
    assert "Phase cannot be made of it" in told["phase"].reason
    assert told["count"].result == "type_differs"
    assert told["many"].result == "own"


def test_that_of_very_many_changes_some_are_told_and_all_are_counted(tmp_path: Path) -> None:
    rig = Rig()
    remembered(rig).handlers["many"] = Handler(
        None, lambda data: {key: value + 1 for key, value in data.items()}
    )
    told = found(tmp_path, rig, many=rig.many)["many"]
    assert (told.result, told.reason, len(told.changes)) == ("changed", "200 values in it", MOST_CHANGES)


def test_that_a_list_that_becomes_a_tuple_is_a_change(tmp_path: Path) -> None:
    rig = Rig()
    rig.many = (1, 2)  # type: ignore[assignment]
    told = found(tmp_path, rig, many=[1, 2])["many"]
    assert told.result == "changed"
    assert told.changes[0].after == {"__type__": "tuple", "value": [1, 2]}
