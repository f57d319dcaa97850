"""The form of one launcher: one argument is one line, and what is wrong is a sentence."""

import pytest

from app.launchers.registry import Entry, WrongEntry
from app.models.resume.entry_fields import EntryFields, fields_of, text_of
from app.resume_exchange import EntryText

ENTRY = Entry("a.B", ("/bin/x", "two words", "", "-c"), "/bin/py", "/c d", "m:C", (("RIG", "3=4"), ("E", "")))


def test_that_an_entry_comes_back_from_its_fields() -> None:
    assert fields_of(text_of(ENTRY)).entry() == ENTRY


def test_that_spaces_around_and_empty_ends_are_not_part_of_what_is_typed() -> None:
    fields = EntryFields(" a.B ", " /bin/py ", " {python}\r\n -m \n run \n\n", " /c ", "\n A = 1 \n")
    assert fields.entry() == Entry("a.B", ("{python}", "-m", "run"), "/bin/py", "/c", "", (("A", "1"),))


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        (EntryFields("", command="/bin/x"), "whole name"),
        (EntryFields("a.B"), "one argument on each line"),
        (EntryFields("a.B", "/p", '["{python}", "-m", "mylab"]'), "without brackets and quotes"),
        (EntryFields("a.B", "/p", "{python} -m mylab --param_file {param_file}"), "on one line"),
        (EntryFields("a.B", "/p", "{python}\nrun.py\n{subject}"), "reach a launcher in {param_file}"),
        (EntryFields("a.B", "/p", "{python}\nrun.py\n--to {param_file}"), "two arguments on one line"),
        (EntryFields("a.B", command="run.bat"), ".bat or .cmd"),
        (EntryFields("a.B", command="{python}"), "does not say python"),
        (EntryFields("a.B", command="/bin/x", environment="RIG"), "NAME=value"),
        (EntryFields("a.B", command="/bin/x", cwd="relative"), "whole path for cwd"),
        (EntryFields("a.B", "/bin/py", command="/bin/x", rehearse="x"), "no colon"),
    ],
)
def test_that_what_is_wrong_is_told(fields: EntryFields, hint: str) -> None:
    with pytest.raises(WrongEntry, match=hint):
        fields.entry()


def test_that_an_empty_form_is_made_of_nothing() -> None:
    assert fields_of(EntryText("a.B")) == EntryFields("a.B")
