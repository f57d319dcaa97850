"""What `import persistence` brings along: nothing but the standard library, and not much of that."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

TELL = """
import sys
before = set(sys.modules)
{statement}
loaded = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(sorted(loaded - set(sys.stdlib_module_names) - {{"persistence"}}))
"""


def python(code: str, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, *options, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize(
    "statement",
    [
        "import persistence",
        "from persistence import BaseLauncher, PersistentState, StateFile, save, load, clear",
        "import persistence.scan",
        "import persistence.__main__; import persistence.cli.arguments",
    ],
)
def test_that_only_the_standard_library_is_needed(statement: str) -> None:
    assert python(TELL.format(statement=statement)) == "[]\n"


def test_that_every_module_can_be_imported_without_any_installed_package() -> None:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sorted((ROOT / "persistence").rglob("*.py"))
        if "build" not in path.parts
    ]
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n" + "\n".join(f"import {name}" for name in names)
    python(code, "-I", "-S")


def test_that_every_name_of_the_front_door_is_behind_it() -> None:
    """In a Python of its own, where no test has imported the rooms before."""
    assert (
        python("from persistence import *; import persistence; print({*persistence.__all__} - {*dir()})")
        == "set()\n"
    )


def test_that_a_console_completes_every_name_of_the_front_door() -> None:
    """Before any of them was used."""
    assert python("import persistence; print({*persistence.__all__} - {*dir(persistence)})") == "set()\n"


def test_that_importing_it_starts_and_imports_nothing_slow() -> None:
    code = "import sys, threading, persistence; print(threading.active_count(), 'subprocess' in sys.modules)"
    assert python(code) == "1 False\n"


def milliseconds(statement: str) -> float:
    """What the statement takes in a Python that has just started: of computing, the best of a few.

    On a machine with other work to do, a pause says nothing of the library.
    """
    code = f"import time; began = time.process_time(); {statement}; print(time.process_time() - began)"
    return min(float(python(code)) for _ in range(7)) * 1000


def test_that_importing_it_takes_less_than_50_milliseconds() -> None:
    assert milliseconds("import persistence") < 50


@pytest.mark.parametrize("statement", ["from persistence import BaseLauncher", "import json"])
def test_that_the_time_of_an_import_is_printed(statement: str) -> None:
    """For people and for `docs/benchmarks.md`; these are not promised."""
    print(f"{statement}: {milliseconds(statement):.1f} ms")  # noqa: T201 - a figure for people
