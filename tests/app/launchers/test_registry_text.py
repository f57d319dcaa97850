"""The text of the list of launchers: one entry more or less, and everything else byte for byte as it was."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.launchers.registry import Entry, WrongEntry, entry_from
from app.launchers.registry_text import NotWritable, quoted, table_of, with_entry, without_entry

NS = "my_project.launchers.MyLauncher"
ENTRY = Entry(NS, ("{python}", "-m", "my_project.run", "two words", ""), "/envs/rig/bin/python", "/code")
OTHERS = """# ours, do not touch
["a.A"]   # the camera
command = ["/bin/a",
  "x", # with a remark
  "y",
]

# about b
["b.B"]
command = ["/bin/b"]
cwd = '''/b'''
# the end
"""
PLAIN = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.text(PLAIN, min_size=1, max_size=12)


VARIABLES = st.tuples(st.from_regex(r"[A-QS-Z]{1,5}", fullmatch=True), TEXTS)


def entry_of(namespace: str, rest: list[str], environment: list[tuple[str, str]]) -> Entry:
    return Entry(namespace, ("/bin/x", *rest), "/bin/py", "/c d", "", tuple(environment))


def entries() -> st.SearchStrategy[Entry]:
    name = st.builds("{}.{}".format, TEXTS, TEXTS)
    parts = st.lists(TEXTS.filter(lambda part: "{" not in part), max_size=4)
    variables = st.lists(VARIABLES, max_size=2, unique_by=lambda pair: pair[0])
    return st.builds(entry_of, name, parts, variables)


def read(text: str) -> dict[str, Any]:
    return tomllib.loads(text.removeprefix("\ufeff"))


def test_that_an_entry_is_appended_and_nothing_before_it_is_touched() -> None:
    changed = with_entry(OTHERS, ENTRY)
    assert changed.startswith(OTHERS)
    assert entry_from(NS, read(changed)[NS]) == ENTRY
    assert with_entry("", ENTRY) == table_of(ENTRY)
    assert with_entry("# no end of line", ENTRY).startswith("# no end of line\n\n[")


def test_that_an_entry_takes_the_place_of_an_earlier_one_and_comments_stay() -> None:
    text = with_entry(OTHERS, ENTRY) + '# why\n\n# last\n["z.Z"]\ncommand = ["/bin/z"]\n'
    other = Entry(NS, ("/bin/other",))
    changed = with_entry(text, other)
    assert entry_from(NS, read(changed)[NS]) == other
    assert changed.startswith(OTHERS)
    assert changed.endswith('# why\n\n# last\n["z.Z"]\ncommand = ["/bin/z"]\n')


def test_that_an_entry_in_the_middle_is_replaced_or_removed_alone() -> None:
    new = Entry("a.A", ("/bin/new",))
    assert with_entry(OTHERS, new) == OTHERS.replace(
        '["a.A"]   # the camera\ncommand = ["/bin/a",\n  "x", # with a remark\n  "y",\n]\n', table_of(new)
    )
    gone = without_entry(OTHERS, "a.A")
    assert gone.startswith("# ours, do not touch\n")
    assert gone.endswith(OTHERS[OTHERS.index("\n# about b") :])
    assert without_entry(OTHERS, "none.None") == OTHERS


def test_that_a_table_of_variables_below_belongs_to_its_entry() -> None:
    text = '["a.A"]\ncommand = ["/bin/a"]\n["a.A".environment]\nRIG = "3"\n["b.B"]\ncommand = ["/bin/b"]\n'
    assert read(with_entry(text, Entry("a.A", ("/bin/n",))))["a.A"] == {"command": ["/bin/n"]}
    assert list(read(without_entry(text, "a.A"))) == ["b.B"]


def test_that_what_only_looks_like_an_entry_is_none() -> None:
    text = '["b.B"]\ncommand = ["/bin/b", """\n["a.A"]\n"""]\n["a.A"]\ncommand = ["/bin/a"]\n'
    changed = with_entry(text, Entry("a.A", ("/bin/n",)))
    assert read(changed)["b.B"] == {"command": ["/bin/b", '["a.A"]\n']}
    assert read(changed)["a.A"] == {"command": ["/bin/n"]}


@pytest.mark.parametrize(
    "text", ["a =", '["a.A"]\n["a.A"]', "[" * 3000, '"a.A" = { command = ["/bin/a"] }\n']
)
def test_that_a_text_that_cannot_be_changed_safely_is_not(text: str) -> None:
    with pytest.raises(NotWritable):
        with_entry(text, Entry("a.A", ("/bin/x",)))


def test_that_ends_of_lines_and_the_mark_at_the_beginning_stay() -> None:
    text = "\ufeff" + OTHERS.replace("\n", "\r\n")
    changed = with_entry(text, ENTRY)
    assert changed.startswith(text)
    assert "\n" not in changed.replace("\r\n", "")
    assert list(read(without_entry(text, "a.A"))) == ["b.B"]


def test_that_half_a_character_is_refused() -> None:
    with pytest.raises(WrongEntry):
        quoted("\ud800")


@given(TEXTS)
def test_that_every_text_comes_back(text: str) -> None:
    assert read(f"a = {quoted(text)}") == {"a": text}


@given(st.lists(entries(), max_size=4, unique_by=lambda entry: entry.namespace), entries())
def test_that_any_list_holds_any_entry_and_gives_it_back(held: list[Entry], entry: Entry) -> None:
    text = "# begin\n"
    for one in held:
        text = with_entry(text, one)
    changed = with_entry(text, entry)
    assert entry_from(entry.namespace, read(changed)[entry.namespace]) == entry
    rest = {name: one for name, one in read(text).items() if name != entry.namespace}
    assert {name: one for name, one in read(changed).items() if name != entry.namespace} == rest
    assert read(without_entry(changed, entry.namespace)) == rest
