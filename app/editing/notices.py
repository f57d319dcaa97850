"""What the operator is told about a draft and the file under it: the banners of the desk, in words. Pure.

One idea: one sentence says what happened and what became of the edits, the buttons are the ways on. Not for
deciding what to do about it (`desk`).
"""

from collections.abc import Sequence
from dataclasses import replace

from app.editing.draft import Draft
from app.exchange import Banner
from app.session import last_part
from app.snapshot import SessionSnapshot
from app.words.beside_texts import value_text
from app.words.change_texts import place_text
from app.words.edit_texts import are, them, unsaved_edits, your_edits
from persistence.document import Absent
from persistence.states.diff import Change
from persistence.states.merge import Merge

RELOAD, DECIDE, SAVE, SHOW, CANCEL = "reload", "decide", "save", "show", "cancel"
ELSEWHERE = "save_elsewhere"
_NOT_SAVED = "What you edited is not saved."
"""Of any number: else one more edit would bring back a notice that was dismissed."""
_MOST_NAMED = 3
_MOST_LOOKED_AT = 100
_LONGEST_VALUE = 30


def kept(draft: Draft, name: str) -> Banner:
    """Edits of an earlier time are there again, of a session that is called `name`."""
    text = f"{name} has {unsaved_edits(draft.count)} from an earlier time."
    return Banner(f"kept:{draft.directory}", "blue", text, (("Show", SHOW),))


def there_again(draft: Draft) -> str:
    """The same of the session that is selected: its edits are seen, and so is what became of them."""
    what = "Your edit" if draft.count == 1 else f"Your {draft.count:,} edits"
    return f"{what} of an earlier time {are(draft.count)} here again, not saved yet."


def aside(others: Sequence[Draft], action: str, name: str) -> Banner:
    """Several windows left edits of one session, called `name`: which ones are not shown. Nothing is said of
    those that are: they can be edited, saved and discarded while this stands.
    """
    count, more = len(others), "; ".join(_told(one.changes) for one in others)
    if count == 1:
        what, kept = "1 other set of unsaved edits, left by another window", "It is kept until it is"
    else:
        what = f"{count} other sets of unsaved edits, left by other windows"
        kept = "They are kept until they are"
    text = f"{name} has {what} ({more}). {kept} saved or discarded."
    words = "Show the other one" if count == 1 else "Show the next one"
    return Banner(f"aside:{others[0].directory}", "amber", text, ((words, action),))


def elsewhere(directory: str, name: str) -> Banner:
    """Another window that is open has edits of the same session, called `name`."""
    text = (
        f"{name} has unsaved edits in another window, too. Each window keeps its own; what "
        "one of them saves is held against the edits of the other."
    )
    return Banner(f"elsewhere:{directory}", "amber", text)


def merged(draft: Draft, found: SessionSnapshot, theirs: Sequence[Change], *, own: bool = False) -> Banner:
    """Another version was saved, by this window itself where it is our `own`; the edits now stand on it.
    `theirs` is what it changed.
    """
    what = f"You changed {found.name} on disk" if own else f"{found.name} was changed on disk{_by(found)}"
    stays = f"{your_edits(draft.count)} stay{'s' * (draft.count == 1)}: {named(draft.changes)}."
    told = [f"{what}: {named(theirs)}.", _met(draft, theirs), stays if draft.count else ""]
    return Banner(f"merged:{draft.directory}", "blue", " ".join(filter(None, told)))


def _met(draft: Draft, theirs: Sequence[Change]) -> str:
    """That the disk has by now what was typed, of what was changed there; it is no edit as long as it has."""
    there = {(one.namespace, one.place) for one in draft.met}
    met = [one for one in theirs if (one.namespace, one.place) in there]
    return f"By now the disk has what you typed in {named(met)}." if met else ""


def standing(draft: Draft, found: SessionSnapshot) -> Banner | None:
    """How edits stand to a version on disk that they could not be put onto; None where they could."""
    if not draft.outdated or not draft.count:
        return None
    return _disputed(draft, found, draft.merged) if draft.merged else _unreadable(draft, found)


def _disputed(draft: Draft, found: SessionSnapshot, merge: Merge) -> Banner:
    places = _in_question(draft)
    what = f"{found.name} was changed on disk{_by(found)} while you were editing"
    text = f"{what}, and both of you changed {named(places)}. {_NOT_SAVED}"
    if all(not one.place and isinstance(one.theirs, Absent) for one in merge.conflicts):
        what = f"{found.name}: {named(places)} was cleared{_by(found)} while you were editing"
        text = f"{what} {named(draft.changes)}. {_NOT_SAVED}"
    actions = (("Decide…", DECIDE), ("Reload", RELOAD))
    return Banner(f"outdated:{draft.directory}", "amber", text, actions, asks=True)


def _in_question(draft: Draft) -> list[Change]:
    """What both sides have changed, as what I say there."""
    return [Change(one.namespace, one.place, one.base, one.mine) for one in draft.disputes.values()]


def _unreadable(draft: Draft, found: SessionSnapshot) -> Banner:
    reason = found.not_editable_because
    text = f"{found.name} was changed on disk, and cannot be edited now. {reason} {edits_kept(draft)}"
    return Banner(f"outdated:{draft.directory}", "amber", text, (("Save elsewhere…", ELSEWHERE),))


def unreachable(draft: Draft) -> Banner:
    """Nobody can say what the disk holds of a session with edits: its folder is away."""
    text = f"{last_part(draft.directory)} cannot be reached now. {edits_kept(draft)}"
    return Banner(f"outdated:{draft.directory}", "amber", text, (("Save elsewhere…", ELSEWHERE),))


def away(draft: Draft) -> Banner:
    """Why nothing is done with edits now: there is nothing on disk that they could be held against."""
    return refused(draft.directory, f"It is no longer where it was. {edits_kept(draft)}")


def discarded(count: int) -> str:
    """Edits were discarded by one step, and how they come back."""
    return f"Discarded {count:,} edit{'s' * (count != 1)}. Undo (Ctrl+Z) brings {them(count)} back."


def set_aside(count: int) -> str:
    """Edits gave way to what the disk has, and how they come back."""
    what = "Your edit was" if count == 1 else "Your edits were"
    return f"{what} set aside. Undo brings {them(count)} back."


def changed_first(found: SessionSnapshot) -> str:
    """Why a save that was confirmed is to be looked at again."""
    return f"Nothing is saved yet. It was changed on disk{_by(found)} before your changes were written."


def overtaken(found: SessionSnapshot, sequence: int) -> Banner:
    """Somebody saved in the instant after us."""
    text = (
        f"{found.name} was changed{_by(found)} right after you saved version {sequence}. "
        "Look at what it holds now."
    )
    return Banner(f"overtaken:{found.directory}", "amber", text)


def refused(directory: str, sentence: str) -> Banner:
    """Something was not done, and why."""
    name, (place, _, reason) = last_part(directory), sentence.partition(": ")
    if place.startswith(directory) and reason:  # errors begin with the whole path
        sentence = f"{name}: {reason}"
    text = sentence if name in sentence else f"{name}: {sentence}"
    return Banner(f"refused:{directory}", "vermilion", text)


def not_saved(directory: str, sentence: str) -> Banner:
    """Edits were not saved, and why; they can be saved from there again."""
    return replace(refused(directory, sentence), actions=(("Save…", SAVE),), asks=True)


def waits(count: int) -> str:
    """A run stands in the way of saving; what becomes of the edits, in the sheet and after it."""
    one = count == 1
    what = "Your edit stays" if one else "Your edits stay"
    return f"{what}. You are told when {'it' if one else 'they'} can be saved."


def ended(draft: Draft, *, finishing: bool) -> Banner:
    """The run that stood in the way of saving has ended, or is `finishing`: its last state is saved. What is
    to be decided stands in the way still.
    """
    run = f"The run of {last_part(draft.directory)} has {'saved for the last time' if finishing else 'ended'}"
    when, action = "now", ("Save…", SAVE)
    if places := _in_question(draft):
        when = f"as soon as it is decided what is to be kept of {named(places)}"
        action = ("Decide…", DECIDE)
    text = f"{run}. {your_edits(draft.count)} can be saved {when}."
    return Banner(f"ended-run:{draft.directory}", "blue", text, (action,), asks=True)


def with_theirs(ended: Banner, found: SessionSnapshot, theirs: Sequence[Change]) -> Banner:
    """The same, with what is another on disk since: that edits stay is said already."""
    return replace(ended, text=f"{ended.text} Changed on disk{_by(found)}: {named(theirs)}.")


def waiting(directory: str, holder: str, seconds_left: float) -> Banner:
    """Another program holds the file; how long it is waited for, and the way out."""
    who = holder or "another program"
    seconds = max(1, round(seconds_left))
    how_long = f"{seconds} more second{'s' * (seconds != 1)}"
    text = f"{last_part(directory)}: waiting {how_long} for {who}, which is writing it."
    return Banner(f"waiting:{directory}", "amber", text, (("Cancel", CANCEL),), dismissible=False)


def named(changes: Sequence[Change]) -> str:
    """The attributes of changes, the first few by name: "trial_count, phase and 4 more"."""
    some = changes[:_MOST_LOOKED_AT]
    names = list(dict.fromkeys(place_text(one.namespace, one.place) for one in some))
    rest = len(names) - _MOST_NAMED + len(changes) - len(some)
    if rest > 0:
        return f"{', '.join(names[:_MOST_NAMED])} and {rest} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _told(changes: Sequence[Change]) -> str:
    """The first few changes with what they make of their places: "trial_count: 111"."""
    told = [
        f"{place_text(one.namespace, one.place)}: {value_text(one.after, _LONGEST_VALUE)}"
        for one in changes[:_MOST_NAMED]
    ]
    rest = len(changes) - _MOST_NAMED
    return ", ".join(told) + (f" and {rest} more" if rest > 0 else "")


def _by(found: SessionSnapshot) -> str:
    return f" by {found.saved_by}" if found.saved_by else ""


def edits_kept(draft: Draft) -> str:
    """That nothing of what was edited is lost."""
    return f"{your_edits(draft.count)} {are(draft.count)} kept."
