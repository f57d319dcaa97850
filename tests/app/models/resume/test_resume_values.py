"""What is judged on the Resume sheet, of a state as it stands there."""

from dataclasses import replace

from app.models.resume.resume_values import around_of, given_of
from app.resume_exchange import KnownRun
from app.resuming.cautions import cautions
from app.session import Running
from persistence.document import Document, render
from persistence.states.edits import set_value
from persistence.states.front import read_front
from persistence.states.recovery import from_front
from persistence.values.json_text import JSON
from tests.app.views.offers import CHOICE, offer
from tests.samples import NOW, PREDICTIVE, document, snapshot

NAN: JSON = {"__type__": "float", "value": "nan"}


def told(state: Document) -> str:
    seen = snapshot(state)
    around = around_of(offer(), CHOICE, seen, given_of(CHOICE, seen, None))
    return "\n".join(one.text for one in cautions(around, NOW))


def test_that_a_run_that_did_not_save_is_told() -> None:
    died = Running("rig3", 7, PREDICTIVE, "2026-11-23T14:31:00")
    seen = replace(snapshot(document({"gain": 2})), died=died)
    around = around_of(offer(), CHOICE, seen, given_of(CHOICE, seen, None))
    assert "The last run (PredictiveLauncher, 14:31) ended without saving" in cautions(around, NOW)[0].text


def test_that_a_nan_that_somebody_made_of_a_number_is_told() -> None:
    saved = document({"gain": 2, "offset": NAN})
    seen = snapshot(set_value(saved, PREDICTIVE, ("gain",), NAN))
    choice = replace(CHOICE, known=KnownRun(saved.namespace(PREDICTIVE).attributes))
    around = around_of(offer(), choice, seen, given_of(choice, seen, None))
    text = "gain is nan, which is not a number: nothing can be computed with it."
    assert [(one.weight, one.text) for one in cautions(around, NOW)] == [("check", text)]


def test_that_what_a_damaged_file_lost_is_told_until_it_is_put_there_again() -> None:
    whole = document({"phase": "data", "count": 1, "gain": 2, "lick": 7})
    data = render(whole)
    recovered = from_front(read_front(data[: data.index(b'"gain"')]), (1, whole)).document
    assert told(whole) == ""
    assert told(recovered) == "2 attributes were lost when the file was damaged: gain, lick."
    partly = set_value(recovered, PREDICTIVE, ("gain",), 2)
    assert told(partly) == "1 attribute was lost when the file was damaged: lick."
