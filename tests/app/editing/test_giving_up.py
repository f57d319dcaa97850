"""Every kind of change that nobody wanted to wait for: nothing is done, that is said."""

from collections.abc import Callable
from typing import get_args

import pytest

from app.change_errands import BringIn, ChangeErrand, Clear, Commit, NotDone, Recover, Restore
from app.files.changes import change
from persistence.sessions import spilling
from persistence.states.edits import set_value
from persistence.store import STATE_FILE
from tests.app.edited import edited
from tests.app.sitting import COUNT, Sitting
from tests.small_rig import NAMESPACE, locked


def _a_commit(sitting: Sitting) -> ChangeErrand:
    return edited(sitting.session, 151)


def _a_clear(sitting: Sitting) -> ChangeErrand:
    return Clear(sitting.directory, None, sitting.file.peek())


def _a_restore(sitting: Sitting) -> ChangeErrand:
    return Restore(sitting.directory, 1, sitting.file.peek())


def _a_recovery(sitting: Sitting) -> ChangeErrand:
    document = sitting.file.read().document
    (sitting.session / STATE_FILE).write_bytes(b'{"version"')
    return Recover(sitting.directory, document, sitting.file.peek())


def _a_bringing_in(sitting: Sitting) -> ChangeErrand:
    document = set_value(sitting.file.read().document, NAMESPACE, COUNT, 99)
    contents = spilling.contents(document, sitting.session, "full")
    file = spilling.write_beside(sitting.session, spilling.new_name(), contents)
    return BringIn(sitting.directory, str(file), sitting.file.peek())


NOT_WAITED = "because you did not want to wait."
CHANGES: dict[type, tuple[Callable[[Sitting], ChangeErrand], str]] = {
    Commit: (
        _a_commit,
        f"What you edited is still here. NAME: nothing was saved, {NOT_WAITED}",
    ),
    Clear: (_a_clear, f"NAME: nothing was cleared, {NOT_WAITED}"),
    Restore: (_a_restore, f"NAME: nothing was brought back, {NOT_WAITED}"),
    Recover: (_a_recovery, f"NAME: nothing was recovered, {NOT_WAITED}"),
    BringIn: (_a_bringing_in, f"NAME: nothing was brought in, {NOT_WAITED}"),
}


@pytest.mark.usefixtures("waits_told_at_once")
@pytest.mark.parametrize("kind", get_args(ChangeErrand))
def test_that_any_change_can_be_given_up_and_is_done_when_it_is_asked_for_again(
    sitting: Sitting, kind: type
) -> None:
    change(edited(sitting.session))
    made, sentence = CHANGES[kind]
    errand, answers = made(sitting), list[object]()
    before = sitting.bytes
    sitting.folders.answered.connect(answers.append)
    with locked(sitting.session):
        assert sitting.saves.change(errand)
        sitting.wait_until(lambda: sitting.banner("waiting") is not None)
        sitting.press("waiting", "cancel")
        sitting.wait_until(lambda: any(isinstance(one, NotDone) for one in answers))
    told = [(one.kind, one.sentence) for one in answers if isinstance(one, NotDone)]
    assert told == [("cancelled", sentence.replace("NAME", sitting.session.name))]
    assert (sitting.bytes, sitting.banners) == (before, {})
    assert sitting.saves.change(errand)
    sitting.wait_until(lambda: sitting.bytes != before)
