"""The verb list: every session below some folders, or those that a query asks for, in a line each.

One idea: all is found first, since the newest come first, as in the window; machine output has the same
order, as one JSON list or as one JSON object on each line.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from persistence.cli.answers import Answer, Code, Usage
from persistence.cli.choosing import PROGRAM
from persistence.cli.plain import as_json, table, when
from persistence.cli.telling import quoted
from persistence.document import ABSENT, Absent
from persistence.errors import step_for, words_for
from persistence.query import Query, Values, parse
from persistence.scan import Summary, Survey, find_sites, survey
from persistence.sessions.gathering import values_of
from persistence.sessions.listed import began, classes_of, fields_of, values_beside
from persistence.sessions.query_values import MAX_NAMES
from persistence.sessions.spilling import local_files, owner_of, session_key
from persistence.store import StateFile
from persistence.values.json_writing import write
from persistence.values.kinds import Kind, kind_of


def list_sessions(arguments: argparse.Namespace) -> Answer:
    """The sessions below the roots that the query asks for, newest first. Raises WrongQuery, Usage."""
    query = parse(" ".join(arguments.where))
    wrong = [root for root in arguments.roots if _problem(root)]
    roots = [root for root in arguments.roots if root not in wrong]
    found = _with_local_spills([one for root in roots for one in _surveys(root, wrong)])
    errors = tuple(filter(None, map(_problem, wrong)))
    code = Code.PROBLEM if errors else Code.DONE
    heirs = _heirs(found)
    summaries = [one.summary for one in found if _matches(query, one, heirs)]
    summaries.sort(key=lambda summary: (began(summary), summary.directory), reverse=True)
    if arguments.json:
        return Answer(_for_programs(summaries, one_a_line=arguments.json == "lines"), errors, code)
    if summaries:
        return Answer(_for_people(summaries, heirs), errors, code)
    return Answer("" if errors else _why_nothing(query, found), errors, code)


def _why_nothing(query: Query, found: list[Survey]) -> str:
    """A name that no session has is more likely a slip than a question, as a number with a comma is."""
    if not found:
        return "No sessions."
    names = {condition.name for condition in query.attribute_conditions}
    for one in found:
        names.difference_update(_values(one))
    told = {name: _why_not(name, found) for name in sorted(names)}
    unknown = ", ".join(name for name, why in told.items() if not why)
    said = [*filter(None, told.values()), *([f"No session has an attribute {unknown}."] if unknown else [])]
    return " ".join(said or filter(None, ("No such sessions.", query.slip)))


def _why_not(name: str, found: list[Survey]) -> str:
    """Why an attribute that there is cannot be asked for; empty for one that there is not."""
    documents = (one.document for one in found if one.document is not None)
    spaces = (document.namespace(space).attributes for document in documents for space in document.namespaces)
    held = next((space[name] for space in spaces if name in space), ABSENT)
    if isinstance(held, Absent):
        return ""
    kind = kind_of(held)
    if kind in (Kind.TEXT, Kind.INTEGER, Kind.DECIMAL):
        return f"{name} cannot be asked for: it is too long, or behind the first {MAX_NAMES} of its state."
    return f"{name} is {'an' if kind[0] in 'aeiou' else 'a'} {kind}; {kind}s cannot be asked for."


def _for_programs(summaries: list[Summary], *, one_a_line: bool) -> str:
    objects = [as_json({**_told(summary), "status": _standing(summary)}) for summary in summaries]
    return "\n".join(map(write, objects)) if one_a_line else write(objects)


def _told(summary: Summary) -> dict[str, object]:
    nested = {"problem": summary.problem, "running": summary.running, "died": summary.died}
    return {**summary._asdict(), **{name: one and one._asdict() for name, one in nested.items()}}


def _heirs(found: list[Survey]) -> Mapping[str, str]:
    """The name of the latest that was resumed from each directory, by one spelling of that."""
    resumed = [(one.summary.resumed_from, one.summary) for one in found]
    resumed.sort(key=lambda pair: (began(pair[1]), pair[1].name))
    return {_spelling(source): summary.name for source, summary in resumed if source}


def _spelling(directory: str) -> str:
    return os.path.normcase(os.path.abspath(directory))


def _for_people(summaries: list[Summary], heirs: Mapping[str, str]) -> str:
    rows = [_row(summary, heirs) for summary in summaries]
    rows = [("Session", "Subject", "Launcher", "Saved", "Status", "Folder"), *rows]
    return "\n".join([*table(rows), *_ways_in(summaries)])


def _matches(query: Query, one: Survey, heirs: Mapping[str, str]) -> bool:
    text = " ".join(_row(one.summary, heirs)).casefold()
    if not query.matches_row(text, fields_of(one.summary, _standing(one.summary))):
        return False
    return query.matches_values(_values(one))


def _values(one: Survey) -> Values:
    """Of the state, and what is known beside it."""
    return {**values_beside(one.summary), **(values_of(one.document) if one.document else {})}


def _problem(root: str) -> str:
    """Why nothing can be found there, as a sentence; "" when something can."""
    if not root:
        raise Usage("ROOT is empty. Say which folder is meant.")
    try:
        with os.scandir(root):
            return ""
    except (FileNotFoundError, NotADirectoryError):
        return f"{root}: there is no such folder. Check its name."
    except OSError as error:
        return f"{root}: {words_for(error)}. {step_for(error)}"


def _surveys(root: str, wrong: list[str]) -> list[Survey]:
    """The sessions below a root; a folder that cannot be listed is added to what is `wrong`."""
    sites = find_sites(Path(root), unlisted=wrong.append)
    found = (survey(site, str(Path(root))) for site in sites)
    return [one for one in found if one is not None]


def _with_local_spills(found: list[Survey]) -> list[Survey]:
    """The same, with the unsaved states that could only be kept in the per-user directory."""
    local: dict[str, tuple[str, ...]] = {}
    for file in local_files():
        owner = owner_of(file)
        local[owner] = (*local.get(owner, ()), str(file))
    return [replace(one, summary=_with_all_unsaved(one.summary, local)) for one in found]


def _with_all_unsaved(summary: Summary, local: Mapping[str, tuple[str, ...]]) -> Summary:
    beside = tuple(os.path.join(summary.directory, name) for name in summary.unsaved)
    return summary._replace(unsaved=(*beside, *local.get(session_key(summary.directory), ())))


def _ways_in(found: list[Summary]) -> list[str]:
    """What to type to bring in what could not be saved."""
    return [
        f"To bring in what could not be saved: {PROGRAM} adopt {quoted(StateFile(summary.directory))}"
        for summary in found
        if summary.unsaved
    ]


def _row(summary: Summary, heirs: Mapping[str, str]) -> tuple[str, ...]:
    classes = classes_of(summary)
    return (
        summary.name,
        summary.subject,
        classes[0] if len(classes) == 1 else f"{len(classes)} launchers" if classes else "",
        when(summary.saved_at),
        _status(summary, heirs.get(_spelling(summary.directory), "")),
        os.path.dirname(summary.directory),
    )


_PROBLEMS = {
    "no_state": "no saved state",
    "moved": "moved",
    "damaged": "damaged",
    "newer": "needs newer Rigstate",
    "unreadable": "unreadable",
    "too_large": "too large",
    "being_written": "being written",
}
_UNDER_A_RUN = ("no_state", "moved", "being_written")


def _status(summary: Summary, heir: str) -> str:
    """How it stands, with the marks beside it."""
    standing, by = _standing(summary), summary.edited_by
    if summary.running is not None and standing not in ("running", "finishing"):
        standing = f"{standing}, running"
    if summary.written_at is not None:
        by = f"since the edit by {by}" if by else "outside history"
        standing = f"{standing}, written {by}"
    elif by:
        done = "edited" if summary.launchers or summary.problem else "cleared"
        standing = f"{done} by {by}" if standing == done else f"{standing}, {done} by {by}"
    marks = (
        "last run did not save" if summary.died is not None else "",
        f"resumed as {heir}" if heir else "",
        "unsaved state found" if summary.unsaved else "",
    )
    return ", ".join(filter(None, (standing, *marks)))


def _standing(summary: Summary) -> str:
    """How it stands, in one word; what is wrong, and no run explains it, comes first, as in the window."""
    problem = summary.problem
    if problem is not None and problem.kind not in _UNDER_A_RUN:
        return _PROBLEMS[problem.kind]
    if summary.running is not None:
        return "finishing" if summary.running.finishing else "running"
    if problem is not None:
        return _PROBLEMS[problem.kind]
    return (summary.outcome or "ready") if summary.launchers else "cleared"
