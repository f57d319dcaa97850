"""Which of several launchers in one file a resume is about, and what was done last of another than it. Pure.

One idea: whoever resumes means what was last at work, or what was last corrected, so the sheet begins with
that launcher; and whatever was another one's is told as such, for it is not in what starts. Not for judging
(`app.resuming.cautions`).
"""

from collections.abc import Sequence
from datetime import datetime

from app.resume_exchange import ResumeChoice
from app.resuming.around import EditedElsewhere
from app.values.fit_text import escaped
from app.words.moments import clock_or_day, moment
from persistence.files.runner import Running

_NEVER = datetime.min


def whose_run(died: Running | None, choices: Sequence[ResumeChoice]) -> str:
    """The launcher of the file whose run that was, also where its module has moved; empty where none of them
    can be told.
    """
    if died is None:
        return ""
    names = [one.namespace for one in choices]
    alike = [one for one in names if one.rpartition(".")[2] == died.launcher.rpartition(".")[2]]
    if died.launcher in names:
        return died.launcher
    return alike[0] if len(alike) == 1 else ""


def saved_last(choices: Sequence[ResumeChoice]) -> int:
    """Which of these launchers saved last. The first where no time is known."""
    times = [moment(choice.saved_at) or _NEVER for choice in choices]
    return times.index(max(times))


def turn_of(choices: Sequence[ResumeChoice], died: Running | None) -> int:
    """Which of these launchers a resume begins with: the one that saved, was edited or ran last."""
    times = [(max(_saved(one), _edited(one), _ran(one, choices, died)), _saved(one)) for one in choices]
    return times.index(max(times))


def turn_text(
    choice: ResumeChoice, choices: Sequence[ResumeChoice], died: Running | None, now: datetime
) -> str:
    """When the chosen one of several launchers saved, and which of them did last, was edited or ran since."""
    first = choices[turn_of(choices, died)]
    told = [_since(first, choice, choices, died, now), _saves(choice, choices, now)]
    if first.namespace != choice.namespace:
        told.reverse()  # the chosen one first: it is meant by "It"
    return " ".join(filter(None, told))


def edited_elsewhere(choice: ResumeChoice, choices: Sequence[ResumeChoice]) -> tuple[EditedElsewhere, ...]:
    """Who edited the state of another launcher than the chosen one, and has edited nothing of that one."""
    here = {choice.known.edited_by, *(who for who, _ in choice.known.edited_before)}
    others = [one for one in choices if one.namespace != choice.namespace and one.known.edited_by not in here]
    return tuple(
        EditedElsewhere(one.known.edited_by, one.known.deed, _name(one, choice))
        for one in others
        if one.known.edited_by
    )


def _name(one: ResumeChoice, beside: ResumeChoice) -> str:
    return one.namespace if one.class_name == beside.class_name else one.class_name


def _saves(choice: ResumeChoice, choices: Sequence[ResumeChoice], now: datetime) -> str:
    last = choices[saved_last(choices)]
    when, newest = moment(choice.saved_at), moment(last.saved_at)
    if newest is None:
        return "When each of them saved is not known."
    told = clock_or_day(newest, now, seconds=True)
    if choice.namespace == last.namespace:
        return f"It saved last, {told}."
    own = f"It saved {clock_or_day(when, now, seconds=True)}; " if when is not None else ""
    return f"{own}{escaped(last.class_name)} saved last, {told}."


def _since(
    first: ResumeChoice,
    choice: ResumeChoice,
    choices: Sequence[ResumeChoice],
    died: Running | None,
    now: datetime,
) -> str:
    """What was done of the first after all of them had saved; empty where that was nothing."""
    saved, edited, ran = _saved(choices[saved_last(choices)]), _edited(first), _ran(first, choices, died)
    when = max(edited, ran)
    if when <= saved:
        return ""
    is_chosen, told = choice.namespace == first.namespace, clock_or_day(when, now, seconds=True)
    name = escaped(_name(first, choice))
    if when == edited:
        return f"It was edited last, {told}." if is_chosen else f"{name} was edited since, {told}."
    whose = "Its" if is_chosen else f"{name}'s"
    return f"{whose} run was the last, begun {told}."


def _saved(choice: ResumeChoice) -> datetime:
    return moment(choice.saved_at) or _NEVER


def _edited(choice: ResumeChoice) -> datetime:
    return moment(choice.known.edited_at) or _NEVER


def _ran(choice: ResumeChoice, choices: Sequence[ResumeChoice], died: Running | None) -> datetime:
    is_its = died is not None and whose_run(died, choices) == choice.namespace
    return (moment(died.started) or _NEVER) if died is not None and is_its else _NEVER
