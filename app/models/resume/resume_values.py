"""The values behind the Resume sheet: from the offer and what the window holds, to what is judged. Pure.

One idea: the sheet shows, and what it shows is made here from frozen values. Not for judging
(`app.resuming.plan`, `app.resuming.cautions`).
"""

from collections.abc import Iterator
from datetime import datetime

from app.checks import Checked
from app.editing.draft import Draft
from app.models.resume.turns import edited_elsewhere, whose_run
from app.models.state.unread import are_few
from app.resume_exchange import Foreseen, ResumeChoice, ResumeOffer
from app.resuming.around import Around
from app.resuming.people import people_untold, saved_person
from app.resuming.plan import Given, raw
from app.snapshot import SessionSnapshot
from app.values.fit_text import escaped
from app.values.numbers import is_nan
from app.words.check_texts import answer_text
from app.words.moments import clock_or_day, moment
from app.words.stranger_texts import stranger_text
from persistence.rehearsing.rehearsed import Rehearsed
from persistence.states.recovery import lost_in
from persistence.values.spelled import Spelled, plain

_FEW = 2_000
"""Values, or as much text: read and compared in about a frame."""
_NAN_ROOM = 60  # characters of what may be a nan
_BY_FILE = "By the saved state alone"


def given_of(choice: ResumeChoice, snapshot: SessionSnapshot, draft: Draft | None) -> Given:
    """What the chosen launcher will find, edits included. Without the launcher's own last save, what is on
    disk stands for it.
    """
    name, document = choice.namespace, draft.document if draft else snapshot.document
    if document is None or name not in document.namespaces:
        return Given({})
    changes = draft.changes if draft else ()
    changed = frozenset(str(one.place[0]) for one in changes if one.namespace == name and one.place)
    own = choice.known.own
    if own is None and draft is not None and name in draft.base.namespaces:
        own = draft.base.namespace(name).attributes
    return Given(document.namespace(name).attributes, changed, own, choice.known.parameters)


def is_quick(given: Given) -> bool:
    """Whether there are so few values that nobody notices that a plan is made of them."""
    return are_few(given.values, _FEW)


def untold_of(given: Given, choice: ResumeChoice, subject: str, user: str) -> tuple[str, ...]:
    """Of "subject" and "user", those that were typed and would not reach the chosen launcher."""
    return () if choice.problem or choice.tells_people else people_untold(given.attributes, subject, user)


def around_of(
    offer: ResumeOffer,
    choice: ResumeChoice,
    snapshot: SessionSnapshot,
    given: Given,
    *,
    untold: tuple[str, ...] = (),
    strangers: str = "",
) -> Around:
    """All that is to be judged beside the plan; `strangers` says what the launcher does not know, `untold`
    who does not reach it.
    """
    return Around(
        directory=offer.directory,
        subject=offer.subject,
        saved_subject=saved_person(given.attributes, "subject_id"),
        own_subject=saved_person(given.own or {}, "subject_id"),
        untold=untold,
        handed_over=choice.handed_over,
        saved_at=choice.saved_at,
        old_after=offer.old_after,
        edited_by=choice.known.edited_by,
        written=choice.known.written,
        lost=choice.known.lost,
        lost_by=choice.known.lost_by,
        deed=choice.known.deed,
        edited_before=choice.known.edited_before,
        edited_elsewhere=edited_elsewhere(choice, offer.choices),
        damaged=_damaged(choice, snapshot, given),
        no_numbers=tuple(_no_numbers(given)),
        module=choice.namespace.rpartition(".")[0],
        started_as=choice.started_as.rpartition(".")[0],
        host=offer.host,
        running=snapshot.running,
        died=snapshot.died,
        died_elsewhere=whose_run(snapshot.died, offer.choices) not in ("", choice.namespace),
        neighbours=offer.neighbours,
        resumed_from=offer.resumed_from,
        resumed_as=offer.resumed_as,
        resumed_before=offer.resumed_before,
        earlier=offer.earlier,
        then=choice.known.then,
        now=choice.known.now,
        unsaved=tuple(one for one in offer.unsaved if choice.namespace in one.launchers),
        problems=(*offer.warnings, strangers) if strangers else offer.warnings,
    )


def _damaged(choice: ResumeChoice, snapshot: SessionSnapshot, given: Given) -> tuple[str, ...]:
    """What was lost of the chosen launcher's state, and was not put there again."""
    document = snapshot.document
    if document is None or choice.namespace not in document.namespaces:
        return ()
    lost = lost_in(document.namespace(choice.namespace))
    return tuple(name for name in lost if name not in given.attributes)


def _no_numbers(given: Given) -> Iterator[str]:
    """The attributes that are nan, where the launcher had saved another value."""
    own = given.own
    for name, held in raw(given.attributes).items() if own is not None else ():
        if isinstance(held, Spelled) and (len(held) > _NAN_ROOM or "nan" not in held.text.casefold()):
            continue
        if is_nan(plain(held)) and own is not None and not (name in own and is_nan(plain(own[name]))):
            yield name


def subtitle(offer: ResumeOffer, now: datetime) -> str:
    """The line below the title: session, when it was saved, how the run ended. No age in minutes: it would
    stand still while the sheet is open.
    """
    saved = moment(offer.saved_at)
    parts = [offer.name]
    if saved is not None:
        parts.append(f"saved {clock_or_day(saved, now, seconds=True)}")
    parts += [choice.outcome for choice in offer.choices[:1] if choice.outcome and len(offer.choices) == 1]
    return "  ·  ".join(parts)


def alike_text(choice: ResumeChoice) -> str:
    """Beside a launcher or a way to start it: what there is of the same name in another module."""
    if choice.started_as:
        return "Same name, another module" if choice.started_as != choice.namespace else ""
    names = [escaped(one.started_as) for one in choice.alike if not one.problem]
    if len(names) > 1:
        return f"{len(names)} launchers of the same name can be started: choose one above."
    return f"{names[0]} has the same name and can be started: choose it above." if names else ""


def said_by(choice: ResumeChoice, foreseen: Foreseen) -> Rehearsed | None:
    """What the chosen launcher itself said; None where it was not asked, or has not answered."""
    checked = _checked(choice, foreseen)
    return checked.found if checked is not None and checked.how == "asked" else None


def stranger_text_of(given: Given, said: Rehearsed | None) -> str:
    """What the launcher does not know of the names that people changed since it saved; empty for nothing, and
    where one or the other is not known.
    """
    if said is None or given.own is None:
        return ""
    now, before = given.attributes.keys(), given.own.keys()
    return stranger_text(said.findings, now - before, before - now)


def basis_text(choice: ResumeChoice, foreseen: Foreseen) -> str:
    """Whether the launcher itself was asked what it makes of the state, and what it said."""
    if not choice.asks:
        return f"{_BY_FILE}: the list of launchers does not say how this one can be asked."
    checked = _checked(choice, foreseen)
    if checked is None:
        return f"Asking the launcher itself. {_BY_FILE} so far."
    if checked.how == "asked":
        return answer_text(checked)
    return f"{_BY_FILE}: the launcher could not be asked. {checked.sentence}".rstrip()


def _checked(choice: ResumeChoice, foreseen: Foreseen) -> Checked | None:
    if not choice.asks:
        return None
    way = choice.namespace, choice.started_as or choice.namespace
    answers = ((one.namespace, one.started_as or one.namespace, one) for one in foreseen.launchers)
    return next((one for name, asked, one in answers if (name, asked) == way), None)
