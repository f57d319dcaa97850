"""Whether a folder of wheels is complete is answered as an installer would, on any system that is meant."""

import zipfile
from pathlib import Path

from tests.packaging.bundle import targets
from tests.packaging.wheels import Wheel, in_folder, missing, superfluous

WINDOWS, LINUX = (targets("3.11")[name] for name in ("win_amd64", "linux"))


def wheel(folder: Path, name: str, *requirements: str) -> Wheel:
    """A wheel that says this of itself, and holds nothing."""
    distribution, version, *_ = name.split("-")
    told = "".join(f"Requires-Dist: {one}\n" for one in requirements)
    with zipfile.ZipFile(folder / f"{name}.whl", "w") as packed:
        packed.writestr(f"{distribution}-{version}.dist-info/METADATA", f"Name: {distribution}\n{told}")
    return Wheel.read(folder / f"{name}.whl")


def test_that_a_complete_folder_lacks_nothing(tmp_path: Path) -> None:
    wheel(tmp_path, "rigstate-1.0.0-py3-none-any", "Py.Side>=6.8,!=6.9.0", "watchdog<8")
    wheel(tmp_path, "py_side-6.11.0-cp310-abi3-win_amd64", "shiboken==6.11.0")
    wheel(tmp_path, "shiboken-6.11.0-cp311-cp311-win_amd64")
    wheel(tmp_path, "watchdog-7.1.0-py3-none-win_amd64")
    assert missing(in_folder(tmp_path), "rigstate", WINDOWS) == ()
    assert superfluous(in_folder(tmp_path), "rigstate", WINDOWS) == ()


def test_that_what_does_not_fit_the_system_the_python_or_the_version_is_lacking(tmp_path: Path) -> None:
    wheel(tmp_path, "rigstate-1.0.0-py3-none-any", "pyside>=6.8", "watchdog<8", "six", "attrs")
    wheel(tmp_path, "pyside-6.11.0-cp310-abi3-manylinux_2_34_x86_64")
    wheel(tmp_path, "watchdog-8.0.0-py3-none-any")
    wheel(tmp_path, "six-1.0-cp312-cp312-win_amd64")
    lacking = missing(in_folder(tmp_path), "rigstate", WINDOWS)
    assert lacking == ("pyside>=6.8", "watchdog<8", "six", "attrs")
    assert "pyside>=6.8" not in missing(in_folder(tmp_path), "rigstate", LINUX)


def test_that_markers_are_those_of_the_system_that_is_meant(tmp_path: Path) -> None:
    only = ('colorama; sys_platform == "win32"', 'six; python_version < "3.11"', 'numpy; extra == "test"')
    wheel(tmp_path, "rigstate-1.0.0-py3-none-any", *only)
    assert missing(in_folder(tmp_path), "rigstate", WINDOWS) == ('colorama; sys_platform == "win32"',)
    assert missing(in_folder(tmp_path), "rigstate", LINUX) == ()


def test_that_wheels_that_require_each_other_come_to_an_end(tmp_path: Path) -> None:
    wheel(tmp_path, "rigstate-1.0.0-py3-none-any", "six")
    wheel(tmp_path, "six-1.0-py3-none-any", "rigstate")
    extra = wheel(tmp_path, "stray-1.0-py3-none-any")
    assert missing(in_folder(tmp_path), "rigstate", LINUX) == ()
    assert superfluous(in_folder(tmp_path), "rigstate", LINUX) == (extra.file.name,)
