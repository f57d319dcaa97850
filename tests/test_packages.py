"""Both distributions as an installer gets them: the library alone, and the whole.

The one idea: build and install for real, into environments of their own, and ask those what they hold.
Without a network: setuptools is lent to the build from this environment, nothing is downloaded.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from bootstrap import interpreter
from persistence import __version__
from tests.packaging.distributions import LIBRARY, WHOLE, last_change, make, shipped, what_is_wrong
from tests.syntax import PROJECT, is_made

OFFLINE = ["--no-build-isolation", "--no-index", "--no-deps", "--no-compile", "--disable-pip-version-check"]


def clean_environment(place: Path) -> Path:
    """The interpreter of an environment with nothing in it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    return interpreter(place)


def install(python: Path, what: Path, **variables: str) -> None:
    """With the pip of this environment, from nowhere else."""
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", *OFFLINE, str(what)]
    environment = {**os.environ, "PIP_CONFIG_FILE": os.devnull, **variables}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def lent_setuptools(tmp_path: Path) -> Path:
    """A directory with setuptools and nothing else in it."""
    for file in importlib.metadata.files("setuptools") or ():
        if file.parts[0] != "..":
            target = tmp_path / "lent" / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file.locate(), target)
    return tmp_path / "lent"


def said(python: Path, code: str, directory: Path) -> str:
    """What an interpreter answers that sees its own environment only."""
    command = [str(python), "-I", "-c", code]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="module")
def library_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a clean environment after `pip install ./persistence`."""
    place = tmp_path_factory.mktemp("library")
    unwanted = shutil.ignore_patterns("__pycache__", "build", "*.egg-info")
    shutil.copytree(PROJECT / "persistence", place / "persistence", ignore=unwanted)
    python = clean_environment(place / "clean")
    install(python, place / "persistence", PYTHONPATH=str(lent_setuptools(place)))
    return python


def test_that_the_library_installs_alone_and_without_dependencies(
    library_alone: Path, tmp_path: Path
) -> None:
    ask = "import importlib.metadata as m; print(*sorted(d.name for d in m.distributions()))"
    assert said(library_alone, ask, tmp_path) == "rigstate-persistence"
    ask = "import importlib.metadata as m; print(*m.files('rigstate-persistence'))"
    held = {name for name in said(library_alone, ask, tmp_path).split() if name.startswith("persistence/")}
    assert {name for name in held if "__pycache__" not in name} == {
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "persistence").rglob("*")
        if (path.suffix == ".py" or path.name == "py.typed") and not is_made(path)
    }
    ask = "import importlib.util as u; print([n for n in ('app', 'resources', 'PySide6') if u.find_spec(n)])"
    assert said(library_alone, ask, tmp_path) == "[]"


def test_that_the_library_alone_saves_and_loads(library_alone: Path, tmp_path: Path) -> None:
    script = tmp_path / "launcher.py"
    script.write_text(
        "import sys\n"
        "from persistence import BaseLauncher\n"
        "class Mine(BaseLauncher):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.trial_count = 0\n"
        "first, second = Mine(), Mine()\n"
        "first.trial_count = 150\n"
        "assert first.save_session_state(sys.argv[1]) and second.load_session_state(sys.argv[1])\n"
        "print(second.trial_count, [name for name in sys.modules if 'Qt' in name or name == 'app'])\n",
        "utf-8",
    )
    command = [str(library_alone), str(script), str(tmp_path)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stdout == "150 []\n"


def test_that_the_library_alone_brings_its_command_line(library_alone: Path, tmp_path: Path) -> None:
    name = "rigstate.exe" if os.name == "nt" else "rigstate"
    answer = subprocess.run(
        [str(library_alone.parent / name), "--help"], capture_output=True, text=True, check=True
    )
    assert "validate" in answer.stdout


def test_that_the_whole_installs_from_its_source_archive_and_brings_both_programs(tmp_path: Path) -> None:
    """`make` refuses a wheel that lacks a file of the checkout, or has one that nobody ships."""
    before = os.umask(0o077)
    try:
        wheel = make(WHOLE, PROJECT, tmp_path / "dist")
    finally:
        os.umask(before)
    held = zipfile.ZipFile(wheel).infolist()
    if last_change(PROJECT):  # so that the same commit gives the same bytes, to whomever
        assert len({entry.date_time for entry in held}) == 1
    if os.name != "nt":
        assert {entry.external_attr >> 16 & 0o777 for entry in held} == {0o644, 0o664}  # 0o664: RECORD
    python = clean_environment(tmp_path / "clean")
    install(python, wheel)
    for name in ("rigstate", "rigstate-gui"):
        program = python.with_name(name + python.suffix)
        answer = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=True)
        assert answer.stdout == f"rigstate {__version__}\n"


def test_that_a_wheel_with_too_little_or_too_much_is_refused(tmp_path: Path) -> None:
    about = f"{LIBRARY.stem}.dist-info"
    with zipfile.ZipFile(tmp_path / "x.whl", "w") as wheel:
        for name in shipped(LIBRARY, PROJECT) - {"persistence/store.py", "persistence/py.typed"}:
            wheel.writestr(name, "")
        wheel.writestr("tests/test_x.py", "")
        wheel.writestr(f"{about}/METADATA", "Name: rigstate-persistence\nVersion: 0.9\n")
        wheel.writestr(f"{about}/entry_points.txt", "")
    assert list(what_is_wrong(tmp_path / "x.whl", LIBRARY, PROJECT)) == [
        "it lacks persistence/py.typed",
        "it lacks persistence/store.py",
        "it has tests/test_x.py, which nobody ships",
        "it has no licence",
        "it calls itself rigstate-persistence 0.9",
        "it does not install rigstate",
    ]


def test_that_both_distributions_tell_the_same_version_licence_and_python() -> None:
    whole, library = (
        tomllib.loads((PROJECT / name).read_text("utf-8"))["project"]
        for name in ("pyproject.toml", "persistence/pyproject.toml")
    )
    for key in ("dynamic", "license", "requires-python"):
        assert whole[key] == library[key]
    assert library["dependencies"] == []
    assert (PROJECT / "LICENSE").read_bytes() == (PROJECT / "persistence" / "LICENSE").read_bytes()


def test_that_constraints_are_exact_and_name_no_host() -> None:
    lines = (PROJECT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert [pin for pin in pins if "==" not in pin or "/" in pin or "@" in pin] == []
