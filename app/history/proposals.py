"""What is proposed where a state is to be brought back: the question in words, and what a yes does. Pure.

One idea: a way that was tried becomes a proposal, which says what the session holds now, what it would hold,
what is lost, and carries the very errand that a yes means. Not for looking for ways (`ways`), nor for asking
(`views.history.bring_back_sheet`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.change_errands import BringIn, ChangeErrand, Recover, Restore
from app.past_errands import CrashRecord, GoodVersion, UnsavedState, WayTried
from app.session import last_part
from app.values.differences import Comparison, missing
from app.values.fit_text import escaped
from app.words.difference_texts import count_sentence, last_class
from app.words.edit_texts import are, your_edits
from app.words.moments import ago, exact, moment
from app.words.version_texts import made_text
from persistence.document import Document
from persistence.files.version_log import Version

_MOST_TOLD = 8


@dataclass(frozen=True, slots=True)
class GlyphLine:
    """A sentence with its glyph. `saved`: the time whose age it tells, as of when it was asked."""

    icon: str
    hue: str
    text: str
    saved: datetime | None = None

    def text_at(self, now: datetime) -> str:
        """The same as time goes on."""
        return self.text if self.saved is None else _age_text(self.saved, now)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is asked, and the errand that a yes means.

    `comparison` has at the left what is known of now, under the title `now`; without a title there is nothing
    to be shown there. At the right is what would be, under `then`.
    """

    icon: str
    title: str
    session: str
    sentence: str
    comparison: Comparison
    now: str
    then: str
    words: str
    errand: ChangeErrand
    lines: tuple[GlyphLine, ...] = ()


_KEPT = GlyphLine("check-circle", "green", "What is there now, and every other version, is kept in History.")
_BYTES_KEPT = GlyphLine("check-circle", "green", "The damaged file is kept in History as it is.")


def restoring(
    directory: str, version: Version, etag: str, comparison: Comparison, at: datetime, *, now: str = "Now"
) -> Proposal:
    """To bring a version back. `now` as in Proposal."""
    count = len({(row.pair, row.place[0]) for row in comparison.rows})
    return Proposal(
        "history",
        f"Restore version {version.sequence}",
        f"{last_part(directory)}  ·  {made_text(version, at)}",
        count_sentence(comparison, "now") if now else f"It holds {_attributes(count)}.",
        comparison,
        now,
        f"After restoring version {version.sequence}",
        f"Restore version {version.sequence}",
        Restore(directory, version.sequence, etag),
        (*_told_age(version, at), _KEPT),
    )


def over_edits(proposal: Proposal, count: int) -> Proposal:
    """The same, where so many unsaved edits are staged."""
    if not count:
        return proposal
    kept = f"{your_edits(count)} {are(count)} kept, and put on top of what comes back."
    line = GlyphLine("pencil", "amber", kept)
    return replace(proposal, lines=(*proposal.lines, line))


def proposed(tried: WayTried, after: Document, comparison: Comparison, at: datetime) -> Proposal:
    """To go the way that was tried, to what the session would hold `after`."""
    directory, way = tried.errand.directory, tried.errand.way
    if isinstance(way, GoodVersion) and tried.version is not None:
        now = "What can be read now" if tried.before else ""
        return restoring(directory, tried.version, tried.etag, comparison, at, now=now)
    if isinstance(way, UnsavedState):
        return _bringing_in(BringIn(directory, way.file, tried.etag), comparison)
    if isinstance(way, CrashRecord):
        errand = Recover(directory, after, tried.etag, f"from the crash's own record, as of {way.namespace}")
        return _from_crash(tried, way.namespace, errand, comparison)
    origin = "from what can be read of the damaged file"
    return _salvaging(tried, Recover(directory, after, tried.etag, origin), comparison)


def _bringing_in(errand: BringIn, comparison: Comparison) -> Proposal:
    gone = f"{last_part(errand.file)} is taken away then: what it holds is a version of this session."
    return Proposal(
        "tray-arrow-down",
        "Bring in the unsaved state",
        last_part(errand.directory),
        count_sentence(comparison, "now"),
        comparison,
        "Now",
        "After bringing it in",
        "Bring in",
        errand,
        (_KEPT, GlyphLine("information-outline", "muted", escaped(gone))),
    )


def _salvaging(tried: WayTried, errand: Recover, comparison: Comparison) -> Proposal:
    title, then = "Salvage what can be read", "What can be read"
    return _recovering(title, then, tried, errand, comparison, (*_told_lost(tried), _BYTES_KEPT))


def _from_crash(tried: WayTried, namespace: str, errand: Recover, comparison: Comparison) -> Proposal:
    by = f", as {tried.told_by} tells" if tried.told_by else ""
    whose = f"It is taken as the state of {escaped(last_class(namespace))}{by}."
    lines = [GlyphLine("cube-outline", "link", whose), *_told_lost(tried)]
    if tried.left_out:
        names = escaped(", ".join(tried.left_out))
        lines.append(GlyphLine("minus-circle-outline", "muted", f"Left out, as part of one run: {names}."))
    title, then = "Recover from the crash's own record", "The crash's record"
    return _recovering(title, then, tried, errand, comparison, (*lines, _KEPT))


def _recovering(
    title: str,
    then: str,
    tried: WayTried,
    errand: Recover,
    comparison: Comparison,
    lines: tuple[GlyphLine, ...],
) -> Proposal:
    found = errand.document
    count = sum(len(found.namespace(name).attributes) for name in found.namespaces)
    gone = missing(tried.before, found) if tried.before else 0
    lost = f"; {gone:,} of version {tried.version.sequence} cannot" if gone and tried.version else ""
    return Proposal(
        "lifebuoy",
        title,
        last_part(errand.directory),
        f"{_attributes(count)} can be had with certainty{lost}.",
        comparison,
        f"Version {tried.version.sequence}, the last good one" if tried.version else "",
        then,
        "Save as a new version",
        errand,
        lines,
    )


def _told_age(version: Version, at: datetime) -> tuple[GlyphLine, ...]:
    """How old it is: what happened since then is not in it."""
    then = moment(version.time)
    if then is None:
        return ()
    return (GlyphLine("clock-outline", "muted", _age_text(then, at), then),)


def _age_text(then: datetime, now: datetime) -> str:
    told = f", {ago(then, now)}" if then.date() == now.date() else ""
    return f"It was saved {exact(then)}{told}."


def _told_lost(tried: WayTried) -> tuple[GlyphLine, ...]:
    """The first by name and reason; all stand in the table, where it is held against a version."""
    told = [f"{escaped(name)}: {escaped(reason)}"[:300] for name, reason in tried.lost[:_MOST_TOLD]]
    if len(tried.lost) > _MOST_TOLD:
        where = ", in the table" if tried.before else ""
        told.append(f"and {len(tried.lost) - _MOST_TOLD:,} more{where}")
    return tuple(GlyphLine("minus-circle-outline", "vermilion", text) for text in told)


def _attributes(count: int) -> str:
    return "1 attribute" if count == 1 else f"{count:,} attributes"
