"""What sessions are called beside each other."""

import pytest

from app.words.apart import tail_apart, told_apart


def test_that_a_name_that_is_there_once_is_enough() -> None:
    assert told_apart(["/data/a/m1", "/data/b/m2"]) == {"/data/a/m1": "m1", "/data/b/m2": "m2"}


def test_that_equal_names_are_told_with_their_folders_on_every_system() -> None:
    assert told_apart(["/data/a/m1", "/data/b/m1", "C:\\rig\\m1\\", "/data/b/m2", "/m1"]) == {
        "/data/a/m1": "m1 in /data/a",
        "/data/b/m1": "m1 in /data/b",
        "C:\\rig\\m1\\": "m1 in C:\\rig",
        "/data/b/m2": "m2",
        "/m1": "m1 in /",
    }


@pytest.mark.parametrize(
    ("folder", "others", "told"),
    [
        ("/data/rig1", ["/data/rig2"], "rig1"),
        ("/rig1/m1", ["/rig2/m1", "/rig3"], "rig1/m1"),
        ("C:\\rig1\\m1", ["D:\\rig1\\m1"], "C:/rig1/m1"),
        ("/data", ["/other/data"], "data"),
    ],
)
def test_that_the_end_of_a_path_is_as_short_as_tells_it_from_others(
    folder: str, others: list[str], told: str
) -> None:
    assert tail_apart(folder, others) == told
