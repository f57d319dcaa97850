"""Asking for sessions: ``trial_count>100 phase=data subject:mouse_12``; parse and match, pure.

One idea: a query is terms with spaces between, and all of them must hold.

=========================== ============================================================================
a term                      holds when
=========================== ============================================================================
``mouse``, ``"two words"``  it stands anywhere in the row's text, whatever the case
``name:part``               the text of what is called so contains the part, whatever the case
``name=value``              that equals the value; also ``!=``, ``>``, ``>=``, ``<``, ``<=``
``not:term``                the term does not hold
=========================== ============================================================================

Names of the list come first, in any case: session (or name), subject, launcher (its class), status, saved,
started, folder, outcome. Every other name is an attribute of the saved state, as it is spelled there; dots
reach into mappings: ``settings.volume>5``. A name in quotes is always an attribute: ``"status"=ok``,
``"settings.left arm">5``. Where several launchers have an attribute, it is enough that one of them holds.

``phase!=data`` asks for a phase that is another; ``not:phase=data`` also takes sessions without any. How
values compare stands in `sessions.query_order`, which ones can be asked for in `sessions.query_values`.

Quotes hold what has spaces, or begins with a sign of comparison; inside, ``""`` is one quote. A time of the
day is a word, not a name with a colon: ``14:05``.

Not for: where rows and values come from, nor how a wrong query is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal, NoReturn, TypeAlias, cast

from persistence.errors import WrongQuery
from persistence.sessions.query_order import Typed, order, order_in_time, shown, typed
from persistence.sessions.query_slips import meant
from persistence.sessions.query_values import Scalar, Values, dump_values, load_values

__all__ = [
    "FIELDS",
    "Condition",
    "Operator",
    "Query",
    "Scalar",
    "Values",
    "dump_values",
    "load_values",
    "parse",
]

Operator: TypeAlias = Literal[":", "=", "!=", ">", ">=", "<", "<="]

FIELDS: Final = ("session", "subject", "launcher", "status", "saved", "started", "folder", "outcome")
"""What can be asked of the list without the saved state."""
_TIMES = ("saved", "started")
_ALIASES = {"name": "session"}
_ORDERS: Mapping[str, frozenset[int | None]] = {
    "=": frozenset((0,)),
    "!=": frozenset((-1, 1, None)),
    ">": frozenset((1,)),
    ">=": frozenset((0, 1)),
    "<": frozenset((-1,)),
    "<=": frozenset((-1, 0)),
}


@dataclass(frozen=True)
class Condition:
    """One comparison; `value` as typed, `field` when the name is one of `FIELDS`."""

    name: str
    operator: Operator
    value: str
    field: bool = False
    negated: bool = False

    def holds(self, found: Values) -> bool:
        """Whether one of the values of that name meets it (or none does, when negated)."""
        return any(map(self._meets, found.get(self.name, ()))) is not self.negated

    def _meets(self, value: Scalar) -> bool:
        if self.operator == ":":
            return self._typed.text in shown(value).casefold()
        how = order_in_time if self.is_about_time else order
        return how(value, self._typed) in _ORDERS[self.operator]

    @property
    def slip(self) -> str:
        """How what was meant, perhaps, is asked for, as a sentence; empty where nothing is to be said."""
        how, values = meant(self.value)
        return f"{how}: {' or '.join(str(replace(self, value=value)) for value in values)}" if how else ""

    @cached_property
    def is_about_time(self) -> bool:
        """Whether it asks when something was."""
        return self.field and self.name in _TIMES

    @cached_property
    def _typed(self) -> Typed:
        return typed(self.value)

    def __str__(self) -> str:
        name = self.name if self.field else _as_name(self.name)
        return f"{'not:' * self.negated}{name}{self.operator}{_quoted(self.value)}"


@dataclass(frozen=True)
class Query:
    """Words and conditions that must all hold; one that has none matches everything.

    `str` gives a text that parses to the same query.
    """

    words: tuple[str, ...] = ()
    """In lower case (`str.casefold`)."""
    excluded: tuple[str, ...] = ()
    """Words that must not stand there, likewise."""
    conditions: tuple[Condition, ...] = ()

    @cached_property
    def field_conditions(self) -> tuple[Condition, ...]:
        """Those that the list itself answers."""
        return tuple(condition for condition in self.conditions if condition.field)

    @cached_property
    def attribute_conditions(self) -> tuple[Condition, ...]:
        """Those that need the values of the saved state."""
        return tuple(condition for condition in self.conditions if not condition.field)

    def matches(self, text: str, fields: Values, values: Values) -> bool:
        """Whether all holds of a session; for the arguments see `matches_row` and `matches_values`."""
        return self.matches_row(text, fields) and self.matches_values(values)

    def matches_row(self, text: str, fields: Values) -> bool:
        """The words and field conditions alone; `text` is the row's, casefolded, `fields` are by `FIELDS`."""
        if not all(word in text for word in self.words) or any(word in text for word in self.excluded):
            return False
        return all(condition.holds(fields) for condition in self.field_conditions)

    def matches_values(self, values: Values) -> bool:
        """The attribute conditions alone; `values` as `values_of` gives them, none without a saved state."""
        return all(condition.holds(values) for condition in self.attribute_conditions)

    @property
    def slip(self) -> str:
        """The first of these of its conditions on values of the saved state (`Condition.slip`)."""
        return next(filter(None, (one.slip for one in self.attribute_conditions)), "")

    def __str__(self) -> str:
        words = (_quoted(word) for word in self.words)
        excluded = (f"not:{_quoted(word)}" for word in self.excluded)
        return " ".join([*words, *excluded, *map(str, self.conditions)])


_BARE = re.compile(r"[\w./\\+-]+")


def _quoted(text: str) -> str:
    return text if _BARE.fullmatch(text) else '"' + text.replace('"', '""') + '"'


def _as_name(name: str) -> str:
    folded = name.casefold()
    reserved = folded in FIELDS or folded in _ALIASES or folded == "not" or name.isdecimal()
    return f'"{name}"' if reserved else _quoted(name)


# --- reading ----------------------------------------------------------------------------------------------

_EXAMPLE = "trial_count>100"
_NOT = re.compile("not:", re.IGNORECASE)
_SPACE = re.compile(r"\s*")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_WORD = re.compile(r'[^\s"]+')
_NAME = re.compile(r'(?:[^\s"<>=:!]|!(?!=))*')
_OPERATOR = re.compile(r"\s*([<>!]=|[<>=])\s*|:")
"""Spaces around a sign of comparison mean nothing; a colon stands right behind its name."""
_LONGEST = 60  # characters of a query that a sentence repeats


def parse(text: str) -> Query:
    """The query that a text says. Raises WrongQuery, with the place, and nothing else."""
    return _Reader(text).query()


class _Reader:
    """A text and how far it was read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def query(self) -> Query:
        words: dict[bool, list[str]] = {True: [], False: []}
        conditions: list[Condition] = []
        self._taken(_SPACE)
        while self._at < len(self._text):
            negated = self._taken(_NOT) is not None
            term = self._term(negated=negated)
            if isinstance(term, Condition):
                conditions.append(term)
            else:
                words[negated].append(term.casefold())
            if self._at < len(self._text) and not self._taken(_SPACE):
                self._refuse("a space is missing before or after a quoted text", '"two words" phase=data')
        return Query(tuple(words[False]), tuple(words[True]), tuple(conditions))

    def _taken(self, pattern: re.Pattern[str]) -> str | None:
        """What stands here and fits, quotes taken off; None where nothing does."""
        found = pattern.match(self._text, self._at)
        if not found:
            return None
        self._at = found.end()
        return found[1].replace('""', '"') if pattern is _QUOTED else found[0]

    def _term(self, *, negated: bool) -> str | Condition:
        start = self._at
        quoted = self._text_in_quotes()
        head = self._taken(_NAME) if quoted is None else quoted
        operator = (self._taken(_OPERATOR) or "").strip() or None
        if operator is None and (head or quoted is not None):
            return head or ""
        if operator == ":" and quoted is None and head and head.isdecimal():
            self._at = start
            return self._taken(_WORD) or ""
        if not head:
            self._refuse_without_name(operator, start)
        folded = _ALIASES.get(head.casefold(), head.casefold())
        field = quoted is None and folded in FIELDS
        made = Condition(folded if field else head, cast(Operator, operator), "", field, negated)
        value = self._value(f"{head}{operator}", start, made)
        return self._sensible(replace(made, value=value), start)

    def _text_in_quotes(self) -> str | None:
        if not self._text.startswith('"', self._at):
            return None
        found = self._taken(_QUOTED)
        if found is None:
            self._refuse("the closing quote of a text is missing", '"two words"')
        return found

    def _value(self, before: str, start: int, unfinished: Condition) -> str:
        found = self._text_in_quotes()
        if found is not None:
            return found
        if self._text[self._at : self._at + 1] in ("<", ">", "="):
            self._refuse(f"after {_cut(before)} stands a second sign of comparison", _EXAMPLE)
        spaced = self._text[self._at - 1 : self._at].isspace()
        found = self._taken(_WORD)
        if not found or (spaced and _OPERATOR.search(found)):  # that is the next comparison
            self._at = (
                self._at if not found else start + len(self._text[start : self._at - len(found)].rstrip())
            )
            self._refuse(f"a value is missing right after {_cut(before)}", _finished(unfinished))
        return found

    def _sensible(self, made: Condition, start: int) -> Condition:
        """The condition, unless it asks about time what is no time."""
        value = typed(made.value)
        if made.is_about_time and made.operator != ":" and not value.moment and not value.empty:
            self._at = self._text.rindex(made.value, start, self._at)
            dates = meant(made.value)[1]
            example = str(replace(made, value=dates[0])) if dates else f"{made.name}>=2025-11-23"
            self._refuse(f"{_cut(made.value)} is no date or time", example)
        return made

    def _refuse_without_name(self, operator: str | None, start: int) -> NoReturn:
        if operator is None:
            self._refuse("a word or a comparison is missing right after not:", "not:phase=data")
        self._at = start
        self._refuse(f"a name is missing right before {operator}", _EXAMPLE)

    def _refuse(self, cause: str, example: str) -> NoReturn:
        raise WrongQuery(f"{cause} (character {self._at + 1})", position=self._at, example=example)


def _finished(unfinished: Condition) -> str:
    """An example of the same comparison with a value."""
    if len(unfinished.name) > _LONGEST:
        return _EXAMPLE
    value = "100" if unfinished.operator[0] in "<>" else "data"
    return str(replace(unfinished, value="2025-11-23" if unfinished.is_about_time else value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
