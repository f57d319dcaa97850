"""Names of compartments, as real programs get them."""

import subprocess
import sys
from pathlib import Path
from textwrap import TextWrapper
from types import ModuleType

import pytest

from persistence.document import parse_document
from persistence.launching.namespaces import choose, namespace_of
from tests.persistence.launcher_scripts import finished, start

SOURCE = """
from persistence.launching.namespaces import namespace_of
class Rig:
    class Inner: ...
if __name__ in ("__main__", "__mp_main__"):
    print(namespace_of(Rig), namespace_of(Rig.Inner))
"""


def printed(*arguments: str | Path, cwd: Path) -> str:
    code, output, errors = finished(start(*arguments, cwd=cwd))
    assert code == 0, errors
    return str(output)


def test_that_a_class_of_a_module_has_its_modules_name() -> None:
    assert namespace_of(ModuleType) == "builtins.module"
    assert namespace_of(TextWrapper) == "textwrap.TextWrapper"


def test_that_a_class_of_a_script_has_the_scripts_stem(tmp_path: Path) -> None:
    (tmp_path / "my rig.py").write_text(SOURCE, encoding="utf-8")
    assert printed(tmp_path / "my rig.py", cwd=tmp_path) == "my rig.Rig my rig.Inner\n"


def test_that_a_class_of_a_module_that_is_run_has_its_name(tmp_path: Path) -> None:
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "__init__.py").touch()
    (tmp_path / "lab" / "rig.py").write_text(SOURCE, encoding="utf-8")
    assert printed("-m", "lab.rig", cwd=tmp_path) == "lab.rig.Rig lab.rig.Inner\n"


def test_that_a_class_of_a_package_that_is_run_has_the_packages_name(tmp_path: Path) -> None:
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "__main__.py").write_text(SOURCE, encoding="utf-8")
    assert printed("-m", "lab", cwd=tmp_path) == "lab.Rig lab.Inner\n"
    assert printed("lab", cwd=tmp_path) == "lab.Rig lab.Inner\n"
    assert printed(Path("lab") / "__main__.py", cwd=tmp_path) == "lab.Rig lab.Inner\n"


def test_that_code_without_a_file_has_some_name(tmp_path: Path) -> None:
    assert printed("-c", SOURCE, cwd=tmp_path) == "interactive.Rig interactive.Inner\n"
    (tmp_path / "rig.py").write_text(SOURCE, encoding="utf-8")
    with (tmp_path / "rig.py").open("rb") as script:
        command = [sys.executable, "-"]
        said = subprocess.run(command, stdin=script, stdout=subprocess.PIPE, check=True, text=True).stdout
    assert said == "interactive.Rig interactive.Inner\n"


def test_that_a_child_of_multiprocessing_has_the_same_name(tmp_path: Path) -> None:
    script = tmp_path / "rig.py"
    script.write_text(
        """
import multiprocessing
from persistence.launching.namespaces import namespace_of
class Rig: ...
def tell():
    print(namespace_of(Rig))
if __name__ == "__main__":
    process = multiprocessing.get_context("spawn").Process(target=tell)
    process.start()
    process.join()
""",
        encoding="utf-8",
    )
    assert printed(script, cwd=tmp_path) == "rig.Rig\n"


# --- choosing ---------------------------------------------------------------------------------------------


class Rig:
    pass


OWN = f"{__name__}.Rig"


def document(**saved_at: str) -> bytes:
    states = ", ".join(
        f'"{name.replace("__", ".")}": {{"attributes": {{}}, "saved_at": "{time}"}}'
        for name, time in saved_at.items()
    )
    return f'{{"launcher_states": {{{states}}}}}'.encode()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (document(a__Other="2025"), ("", ())),
        (document(), ("", ())),
        (document(a__Rig="2025"), ("a.Rig", ())),
        (document(a__Rig="2025-02", b__Rig="2025-03", c__Other="2026"), ("b.Rig", ("a.Rig",))),
        (document(Rig="2025"), ("Rig", ())),
    ],
)
def test_that_a_class_of_the_same_name_is_chosen_by_the_time_of_saving(
    data: bytes, expected: tuple[str, tuple[str, ...]]
) -> None:
    assert choose(parse_document(data), Rig) == expected


def test_that_the_exact_name_is_always_chosen() -> None:
    data = document(**{OWN: "2020", "a__Rig": "2026"})
    assert choose(parse_document(data), Rig) == (OWN, ())


def test_that_a_namespace_that_does_not_say_when_it_was_saved_is_the_oldest() -> None:
    data = (
        b'{"launcher_states": {"a.Rig": {"attributes": {}}, "b.Rig": {"attributes": {}, "saved_at": "2020"}}}'
    )
    assert choose(parse_document(data), Rig) == ("b.Rig", ("a.Rig",))
