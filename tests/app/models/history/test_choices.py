"""What a session can be compared with, told and found."""

from __future__ import annotations

from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.models.history.choices import MOST, ChoicesModel, StateChoice, choices
from app.models.sessions.sessions import SessionsModel
from app.past_exchange import Side
from app.session import Delta, Problem
from persistence.files.version_log import Version
from tests.app.models.history.test_versions import version
from tests.samples import NOW, ROOT, document, snapshot, summary

HERE = f"{ROOT}/764521_2026-11-23_14-05"
OTHER = "770012_2026-11-23_13-41"
VERSIONS = (
    version(1, note="first"),
    version(2, "edit", who="ann"),
    version(3, available=False),
    version(4, current=True),
)


def listed(*names: str, **changes: object) -> SessionsModel:
    model = SessionsModel(lambda: NOW)
    model.apply(Delta(added=tuple(summary(name, **changes) for name in names)))
    return model


def found(
    words: str = "",
    unsaved: int = 0,
    versions: tuple[Version, ...] = VERSIONS,
    sessions: SessionsModel | None = None,
) -> list[StateChoice]:
    model = sessions or listed(OTHER, "764521_2026-11-23_14-05")
    return list(choices(words, snapshot(document(), version=4), unsaved, versions, model.named, NOW))


def test_that_itself_its_versions_and_other_sessions_can_be_chosen(qapp: object) -> None:
    assert [(one.side, one.name) for one in found(unsaved=2)] == [
        (Side(HERE, "edits"), "As it is shown"),
        (Side(HERE, "now"), "As it is on disk"),
        (Side(HERE, 2), "Version 2"),
        (Side(HERE, 1), "Version 1"),
        (Side(f"{ROOT}/{OTHER}", "now"), OTHER),
    ]
    assert [one.more for one in found(unsaved=2)][:3] == [
        "with 2 unsaved edits",
        "version 4",
        "edited 14:05:10 by ann",
    ]


def test_that_the_session_before_is_the_first_of_the_others_and_stands_there_once(qapp: object) -> None:
    before, other = "764521_2026-11-22_08-00", "770012_2026-11-23_13-41"
    model = listed(other, before)
    session = snapshot(document())

    def names(words: str) -> list[tuple[str, str]]:
        one = summary(before)
        found = choices(words, session, 0, (), model.named, NOW, one)
        return [(choice.what, choice.name) for choice in found if choice.what != "This session"]

    assert names("") == [("Session before", before), ("Session", other)]
    assert names("13-41") == [("Session", other)]
    assert names("08-00") == [("Session before", before)]


def test_that_sessions_of_one_name_are_told_apart(qapp: object) -> None:
    model = listed(OTHER)
    twin = summary(OTHER)._replace(directory=f"/data/rig2/{OTHER}", root="/data/rig2")
    model.apply(Delta(added=(twin,)))
    told = choices("", snapshot(None), 0, (), model.named, NOW, called=model.called)
    folder = ROOT.rpartition("/")[2]
    assert {one.name for one in told} == {f"{OTHER} in {folder}", f"{OTHER} in rig2"}


def test_that_words_find_names_launchers_people_and_notes(qapp: object) -> None:
    for words, names in (
        ("ann", ["Version 2"]),
        ("FIRST", ["Version 1"]),
        ("predictive 770012", [OTHER]),
        ("disk", ["As it is on disk"]),
        ("nonsense", []),
    ):
        assert [one.name for one in found(words)] == names


def test_that_a_version_is_first_when_it_is_named(qapp: object) -> None:
    versions = tuple(version(number) for number in range(1, 30))
    assert found("version 2", versions=versions)[0].name == "Version 2"


def test_that_sessions_without_a_state_cannot_be_chosen(qapp: object) -> None:
    damaged = listed(OTHER, problem=Problem("damaged", "x"))
    cleared = listed(OTHER, launchers=())
    for model in (damaged, cleared):
        assert not [one for one in found(sessions=model) if one.what == "Session"]


def test_that_a_session_without_a_state_offers_its_versions_only(qapp: object) -> None:
    told = choices("", snapshot(None), 0, VERSIONS, listed(OTHER).named, NOW)
    assert [one.what for one in told] == ["Version", "Version", "Session"]


def test_that_of_very_many_the_newest_are_listed_and_others_found_by_words(qtbot: QtBot) -> None:
    names = [f"{number}_2026-11-{1 + number % 20:02}_10-00" for number in range(500_000, 500_900)]
    sessions = listed(*names)
    qtbot.waitUntil(lambda: sessions.session_count() == len(names))
    told = [one.name for one in found(sessions=sessions) if one.what == "Session"]
    assert len(told) == MOST
    assert {name.partition("_")[2][:10] for name in told} <= {
        f"2026-11-{day}" for day in (16, 17, 18, 19, 20)
    }
    assert [one.name for one in found("500000", sessions=sessions)] == [names[0]]


def test_that_the_table_shows_them(qapp: object) -> None:
    model = ChoicesModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_choices(found())
    assert [str(model.index(0, column).data()) for column in range(3)] == [
        "This session", "As it is on disk", "version 4",
    ]  # fmt: skip
    assert model.choice_at(99) is None
    assert tester is not None


def test_that_a_session_is_found_by_the_folder_that_tells_it_from_others(qapp: object) -> None:
    twins = [summary(OTHER)._replace(directory=f"{ROOT}/{rig}/day/{OTHER}") for rig in ("rig1", "rig2")]
    model = SessionsModel(lambda: NOW)
    model.apply(Delta(added=tuple(twins)))

    def sessions(words: str) -> list[str]:
        chosen = choices(words, snapshot(document()), 0, (), model.named, NOW, twins[0], model.called)
        return [one.side.directory for one in chosen if one.side.directory != HERE]

    assert sessions("rig2") == sessions("rig2/day 770012") == [twins[1].directory]
    assert sessions("rig1 13-41") == sessions("rig1/day") == [twins[0].directory]
    assert sorted(sessions("770012")) == [one.directory for one in twins]
    assert sessions(ROOT.strip("/")) == []  # all are in it
