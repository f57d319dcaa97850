"""Sessions of one name in different folders: their folders stand beside their names."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.models.sessions.sessions import SessionsModel
from app.session import Delta, Summary
from tests.samples import NOW, summary

pytestmark = pytest.mark.usefixtures("qapp")
NAME = "764521_2026-11-23_14-05"


def session(root: str, below: str = "", name: str = NAME) -> Summary:
    return summary(name)._replace(directory=f"{root}{below}/{name}", root=root)


def names(model: SessionsModel) -> dict[str, str]:
    """What the list calls each session."""
    rows = [row for row in range(model.rowCount()) if model.is_session(row)]
    return {model.line(row).key: str(model.index(row, 0).data()) for row in rows}


def made(*sessions: Summary) -> SessionsModel:
    model = SessionsModel(lambda: NOW)
    model.apply(Delta(added=sessions))
    return model


def test_that_sessions_of_one_name_are_called_by_their_folders_too_and_others_are_not() -> None:
    other = session("/data/rig2", name="771830_2026-11-22_08-55")
    model = made(session("/data/rig1"), session("/data/rig2"), other)
    assert names(model) == {
        f"/data/rig1/{NAME}": f"{NAME} · rig1",
        f"/data/rig2/{NAME}": f"{NAME} · rig2",
        other.directory: other.name,
    }
    assert model.called(f"/data/rig2/{NAME}") == f"{NAME} in rig2"
    assert (model.called(other.directory), model.called("/gone/m2")) == (other.name, "m2")
    assert len(model.longest_name()) == len(f"{NAME} · rig1")
    cell = model.index_of(f"/data/rig2/{NAME}")
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == f"Session {NAME} · rig2"


def test_that_the_same_place_of_two_watched_folders_is_told_by_what_differs() -> None:
    many = [session("/data/rig2", f"/m{number}", f"m{number}_2026-11-22_08-55") for number in range(30)]
    model = made(session("/data/rig1", "/m1"), session("/data/rig2", "/m1"), *many)
    assert names(model)[f"/data/rig2/m1/{NAME}"] == f"{NAME} · rig2/m1"


def test_that_a_session_is_called_otherwise_as_soon_as_another_of_its_name_comes_or_goes() -> None:
    model = made(session("/data/rig1"))
    told: list[str] = []
    model.dataChanged.connect(
        lambda first, last: told.extend(
            str(first.siblingAtRow(row).data()) for row in range(first.row(), last.row() + 1)
        )
    )
    assert names(model) == {f"/data/rig1/{NAME}": NAME}
    model.apply(Delta(added=(session("/data/rig2"),)))
    assert names(model)[f"/data/rig1/{NAME}"] == f"{NAME} · rig1"
    assert f"{NAME} · rig1" in told
    model.apply(Delta(removed=(f"/data/rig2/{NAME}",)))
    assert names(model) == {f"/data/rig1/{NAME}": NAME}
    assert NAME in told


@pytest.mark.parametrize("folders", [3, 30])
def test_that_sessions_of_one_name_in_one_watched_folder_are_told_apart_however_many_folders_it_has(
    folders: int,
) -> None:
    many = [session("/data", f"/m{number}", f"m{number}_2026-11-22_08-55") for number in range(folders)]
    three = [session("/data", below) for below in ("/batch5", "/more/batch5", "/other")]
    model = made(*three, *many)
    told = {path: said for path, said in names(model).items() if path.endswith(NAME)}
    assert told == {
        f"/data/batch5/{NAME}": f"{NAME} · data/batch5",
        f"/data/more/batch5/{NAME}": f"{NAME} · more/batch5",
        f"/data/other/{NAME}": f"{NAME} · other",
    }
    model.apply(Delta(removed=(f"/data/more/batch5/{NAME}", f"/data/other/{NAME}")))
    assert names(model)[f"/data/batch5/{NAME}"] == NAME


def test_that_of_very_many_sessions_of_one_name_each_is_called_by_its_folder() -> None:
    model = made()
    for number in range(40):
        model.apply(Delta(added=(session("/data", f"/m{number}"),)))
        assert number == 0 or len({*names(model).values()}) == number + 1
    assert names(model)[f"/data/m3/{NAME}"] == f"{NAME} · data/m3"
    model.apply(Delta(removed=tuple(f"/data/m{number}/{NAME}" for number in range(20))))
    assert names(model)[f"/data/m30/{NAME}"] == f"{NAME} · m30"
