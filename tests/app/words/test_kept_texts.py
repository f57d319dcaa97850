"""What history keeps, in words: the figures are those of the library, and the words are true of it."""

from app.words.kept_texts import kept_texts
from persistence.files.retention import Policy, droppable
from persistence.files.version_log import Version


def test_that_the_figures_are_those_of_the_policy() -> None:
    text = " ".join(kept_texts(Policy(dense=7, room=3 << 20)))
    assert "newest 7 are kept" in text
    assert "3 MB" in text


def test_that_what_is_said_to_be_kept_for_good_is_never_let_go() -> None:
    actions = [
        "save",
        "save",
        "edit",
        "save",
        "foreign",
        "save",
        "save",
        "clear",
        "restore",
        "save",
        "save",
    ] * 4
    versions = [
        Version(n, "", "", "", action, str(n), str(n - 1), note="completed" if n % 9 == 0 else "checkpoint")
        for n, action in enumerate(actions, 1)
    ]
    gone = droppable(versions, {one.sequence: 1 << 20 for one in versions}, Policy(dense=4, room=0))
    assert gone
    for number in gone:
        this, after = versions[number - 1], versions[number]
        assert this.action == after.action == "save"
        assert this.note != "completed"
