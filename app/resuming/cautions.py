"""What should be looked at before a launcher is started on a saved state. Pure; no Qt.

One idea: each caution is one sentence with all that a person needs to decide, and how much it weighs: "stop"
(nothing starts meanwhile), "check" or "know". What is not known is not guessed: without both sides there is
no sentence. Not for what becomes of single attributes (see `plan`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from app.resume_exchange import Earlier, Neighbour
from app.resuming.around import Around, Caution, Weight
from app.resuming.surroundings import differences
from app.session import last_part
from app.words.died_texts import before_it, of_another
from app.words.moments import age_words
from app.words.way_texts import found_text
from persistence.files.runner import Running

_WEIGHTS: tuple[Weight, ...] = ("stop", "check", "know")
_AHEAD = timedelta(minutes=10)
_MOST_NAMED = 3
_HELD = 40  # characters of a value
_DONE = {"recover": "recovered", "restore": "restored", "adopt": "brought in"}


def cautions(around: Around, now: datetime) -> tuple[Caution, ...]:
    """All cautions, the heaviest first. `now` is local and naive."""
    found = [
        *_of_unsaved(around, now),
        *_of_death(around, now),
        *_of_damage(around),
        *_of_runs(around),
        *_of_whom(around),
        *_of_age(around, now),
        *_of_code(around),
        *_of_lineage(around, now),
    ]
    found += [Caution("check", problem) for problem in around.problems]
    return tuple(sorted(found, key=lambda one: _WEIGHTS.index(one.weight)))


# --- whether there is a newer state -------------------------------------------------------------------------


def _of_unsaved(around: Around, now: datetime) -> Iterator[Caution]:
    if not around.unsaved:
        return
    text = found_text(around.unsaved, now)
    if around.unsaved[-1].saved_at < around.saved_at:
        yield Caution("know", f"{text} It is older than what is saved.")
    else:
        yield Caution(
            "check", f"{text} The launcher would start on the older one, unless you bring it in first."
        )


def _of_death(around: Around, now: datetime) -> Iterator[Caution]:
    """Whoever starts must not believe that the last run is in what is loaded."""
    if around.died is not None and around.died_elsewhere:
        yield Caution("check", of_another(around.died, now))
    elif around.died is not None:
        yield Caution("check", before_it(around.died, _moment(around.saved_at), now))


# --- what it lacks ----------------------------------------------------------------------------------------


def _of_damage(around: Around) -> Iterator[Caution]:
    if around.damaged:
        count = len(around.damaged)
        what = "1 attribute was" if count == 1 else f"{count:,} attributes were"
        yield Caution("check", f"{what} lost when the file was damaged: {_named(around.damaged)}.")
    if around.no_numbers:
        are = "is" if len(around.no_numbers) == 1 else "are"
        what = f"{_named(around.no_numbers)} {are} nan, which is not a number"
        yield Caution("check", f"{what}: nothing can be computed with it.")


# --- who else runs ----------------------------------------------------------------------------------------


def _of_runs(around: Around) -> Iterator[Caution]:
    here = around.running
    if here is not None:
        yield _of_run_here(around, here)
    for one in _each_run_once(around.neighbours):
        if one.directory == around.directory or (here is not None and _is_one_run(one.running, here)):
            continue
        name, who = last_part(one.directory), _launcher(one.running)
        if one.running.host == around.host:
            where = f"resumed from {name}" if one.running.elsewhere else name
            text = f"Another launcher is running on this computer: {where}, {who}."
            yield Caution("check", text, one.directory)
        elif around.subject and one.subject == around.subject:
            text = f"{around.subject} is in another session that is running on {one.running.host}: {name}."
            yield Caution("check", text, one.directory)


def _of_run_here(around: Around, here: Running) -> Caution:
    where = "on this computer" if here.host == around.host else f"on {here.host}"
    if not here.elsewhere:
        return Caution("stop", f"{_launcher(here)} is running in this very session, {where}.")
    text = f"{_launcher(here)} was started on this saved state and is still running, {where}"
    for one in around.neighbours:
        if _is_one_run(one.running, here) and not one.running.elsewhere:
            return Caution("stop", f"{text}: {last_part(one.directory)}.", one.directory)
    return Caution("stop", f"{text}.")


def _each_run_once(neighbours: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """A resumed run holds the session that it was resumed from, too: it is told where it works, if listed."""
    at_work = [one.running for one in neighbours if not one.running.elsewhere]
    for one in neighbours:
        if not (one.running.elsewhere and any(_is_one_run(one.running, other) for other in at_work)):
            yield one


def _is_one_run(one: Running, other: Running) -> bool:
    return bool(one.pid) and (one.host, one.pid) == (other.host, other.pid)


def _launcher(running: Running) -> str:
    return running.launcher.rpartition(".")[2] or "a launcher"


# --- for whom, and by whom --------------------------------------------------------------------------------


def _of_whom(around: Around) -> Iterator[Caution]:
    saved, subject = around.saved_subject, around.subject
    if saved and subject and saved != subject:
        text = f"The saved state names the subject {saved[:_HELD]}, and this session is of {subject}"
        yield Caution("check", f"{text}: that name is not restored.")
    elif saved and around.own_subject and saved != around.own_subject:
        text = f"subject_id was changed by hand, {around.own_subject[:_HELD]} before"
        yield Caution("check", f"{text}: make sure that the animal is {saved[:_HELD]}.")
    handed = around.handed_over
    if handed is not None and subject and handed.subject != subject:
        whose = f"which is of the subject {handed.subject[:_HELD]}, and this session is of {subject}"
        way_out = "The launcher will refuse. {param_file} in the place of that file stands for the parameters"
        yield Caution("check", f"The command hands over {handed.file}, {whose}. {way_out} of this session.")
    if around.untold:
        several = len(around.untold) > 1
        do, whose = ("do", "those") if several else ("does", "the one")
        text = (
            f"The {' and '.join(around.untold)} typed here {do} not reach the launcher, whose command has no"
        )
        yield Caution("check", f"{text} {{param_file}}: it runs with {whose} that it names itself.")


# --- how old it is ----------------------------------------------------------------------------------------


def _of_age(around: Around, now: datetime) -> Iterator[Caution]:
    saved = _moment(around.saved_at)
    if saved is None:
        yield Caution("check", "The saved state does not say when it was saved.")
    elif saved - now > _AHEAD:
        text = f"It was saved at {saved:%Y-%m-%d %H:%M}, which is later than it is on this computer now."
        yield Caution("check", text)
    elif now - saved >= around.old_after:
        yield Caution("check", f"The saved state is {age_words(now - saved)} old.")
    yield from _of_people(around)


def _of_people(around: Around) -> Iterator[Caution]:
    """Whoever starts on an edit must not believe in one that was written over. Who did that is not known: a
    program that keeps no history, or a save that could not be noted there.
    """
    by = around.edited_by
    if by and around.written:
        yield _of_both(around)
    elif by:
        yield Caution("know", f"It was {_by_whom(around)} since the launcher saved it.")
    elif around.written:
        yield Caution("know", "It was written outside history since the launcher saved it.")
    for who, deed, launcher in around.edited_elsewhere:
        done = _DONE.get(deed, "edited")
        yield Caution("know", f"What {who} {done} is {launcher}'s, not what is resumed here.")


def _by_whom(around: Around) -> str:
    """Who changed it, the last two in order: "edited by ann, then bob"."""
    deeds = (*around.edited_before, (around.edited_by, around.deed))
    *_, (who, deed) = deeds
    done = _DONE.get(deed, "edited")
    if len(deeds) == 1:
        return f"{done} by {who}"
    first, before = deeds[-2], _DONE.get(deeds[-2][1], "edited")
    then = who if done == before else f"{done} by {who}"
    more = f", and by {len(deeds) - 2} more before," if len(deeds) > 2 else ""
    return f"{before} by {first[0]}, then {then}{more}"


def _of_both(around: Around) -> Caution:
    """Of people and of what was written outside history, maybe over the edit of another than the last one."""
    whose = around.lost_by
    if whose == around.edited_by:
        text = f"It was {_by_whom(around)}, and written outside history since{_left(around)}."
        return Caution("check", text)
    if whose and around.lost != ():
        text = f"It was {_by_whom(around)}, and what {whose} changed was written over outside history"
        return Caution("check", f"{text}{_left(around)}.")
    text = f"It was {_by_whom(around)} since the launcher saved it, and written outside history before that."
    return Caution("know", text)


def _left(around: Around) -> str:
    """What is left of the edit, as the end of a sentence."""
    if around.lost is None:
        return f": what {around.lost_by} changed may not be in it any more"
    if not around.lost:
        return f"; what {around.lost_by} changed is still in it"
    are = "is" if len(around.lost) == 1 else "are"
    return f": {_named(around.lost)} {are} not as {around.lost_by} left it"


def _named(names: Sequence[str]) -> str:
    """The first of these, and how many more there are."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone().replace(tzinfo=None) if found.tzinfo else found
    except (ValueError, OverflowError, OSError):  # the last two: a year that the system cannot convert
        return None


# --- the code and the rig ---------------------------------------------------------------------------------


def _of_code(around: Around) -> Iterator[Caution]:
    if around.started_as and around.started_as != around.module:
        text = f"It was saved by a launcher of {around.module}; one of {around.started_as} is started."
        yield Caution("check", text)
    for text in differences(around.then, around.now):
        yield Caution("check", text)


# --- where it came from -----------------------------------------------------------------------------------


def _of_lineage(around: Around, now: datetime) -> Iterator[Caution]:
    if around.earlier is not None:
        yield Caution("check", _resumed_earlier(around.earlier, now))
    told = around.earlier is not None and last_part(around.earlier.session) == around.resumed_as
    if around.resumed_as and not told:
        before = around.resumed_before
        more = f", and {before:,} {'time' if before == 1 else 'times'} before that" if before else ""
        text = f"This session was already resumed as {last_part(around.resumed_as)}{more}."
        yield Caution("check", text, _listed(around.resumed_as))
    if around.resumed_from:
        text = f"This session was itself resumed from {last_part(around.resumed_from)}."
        yield Caution("know", text, _listed(around.resumed_from))


def _resumed_earlier(earlier: Earlier, now: datetime) -> str:
    at = _moment(earlier.at)
    today = at is not None and at.date() == now.date()
    when = "" if at is None else f" at {at:%H:%M}" if today else f" on {at:%Y-%m-%d at %H:%M}"
    by = f" by {earlier.by}" if earlier.by else ""
    where = "which is not listed" if earlier.watched else "which is not watched"
    return f"This session was already resumed{when}{by}; its new session lies in {earlier.session}, {where}."


def _listed(place: str) -> str:
    """Where a session is; one that is not listed is known by its name alone, which leads nowhere."""
    return place if last_part(place) != place else ""
