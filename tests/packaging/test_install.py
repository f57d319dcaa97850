"""The installer of a bundle: nothing is begun before every file is what it was, and nothing is overwritten.

Not for the installation itself, which needs all wheels: `bootstrap.py bundle` tries it, without a network.
"""

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.bundle import add_installer, seal, targets
from tests.packaging.recipe import install
from tests.packaging.recipe.install import (
    NotInstalled,
    can_install,
    check_files,
    check_place,
    refuse_other_python,
)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A sealed folder, with files that are no wheels but are called so."""
    folder = tmp_path / "a bundle"
    (folder / "wheels").mkdir(parents=True)
    for name in ("a-1.0-py3-none-any.whl", "ü b.whl"):
        (folder / "wheels" / name).write_bytes(name.encode())
    add_installer(folder, targets("3.11")["linux"])  # a fixed one, whichever runs the tests
    seal(folder)
    return folder


def test_that_a_whole_bundle_is_accepted(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_files(bundle)
    assert capsys.readouterr().out == "5 files are what they should be.\n"


def test_that_what_is_damaged_missing_or_strange_is_named_before_anything_is_done(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "HERE", bundle)
    monkeypatch.setattr(install, "refuse_other_python", lambda *_: None)  # whichever runs the tests
    place = tmp_path / "place"
    first, strange = bundle / "wheels" / "a-1.0-py3-none-any.whl", bundle / "wheels" / "b.whl"

    def said() -> str:
        assert install.main([str(place)]) == 1
        assert not place.exists()
        return capsys.readouterr().err

    strange.write_bytes(b"")
    assert said() == "install: wheels/b.whl does not belong to this folder: take it out of there.\n"
    strange.unlink()
    first.write_bytes(b"other")
    assert f"{first} is damaged or was changed" in said()
    first.unlink()
    assert f"{first} is missing" in said()
    (bundle / "SHA256SUMS").unlink()
    assert "SHA256SUMS is missing" in said()


@pytest.mark.skipif(os.name == "nt", reason="sha256sum is a program of Linux")
def test_that_the_checksums_are_those_of_other_programs(bundle: Path) -> None:
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    answer = subprocess.run(check, cwd=bundle, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_that_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    check_place(tmp_path / "new")
    check_place(tmp_path)
    (tmp_path / "thesis.doc").write_text("", "utf-8")
    with pytest.raises(NotInstalled, match="has something else in it"):
        check_place(tmp_path)
    with pytest.raises(NotInstalled, match="has something else in it"):
        check_place(tmp_path / "thesis.doc")
    (tmp_path / install.MARK).write_text("", "utf-8")
    check_place(tmp_path)


def test_that_another_python_than_that_of_the_wheels_is_refused(bundle: Path) -> None:
    assert 'MADE_FOR = "3.11"' in (bundle / "install.py").read_text("utf-8")
    with pytest.raises(NotInstalled, match=r"for Python 3\.11, and this is 3\.9: start it with that one\.$"):
        refuse_other_python((3, 9), "win-amd64", "3.11", "win-amd64")
    refuse_other_python((3, 11), "win-amd64", "3.11", "win-amd64")


def test_that_a_python_for_other_processors_than_the_wheels_is_refused(bundle: Path, tmp_path: Path) -> None:
    assert 'MADE_ON = "linux-x86_64"' in (bundle / "install.py").read_text("utf-8")
    add_installer(tmp_path, targets("3.11")["win_amd64"])
    assert 'MADE_ON = "win-amd64"' in (tmp_path / "install.py").read_text("utf-8")
    with pytest.raises(NotInstalled, match=r"for the Python 3\.11 of win-amd64, and this is that of win32: "):
        refuse_other_python((3, 11), "win32", "3.11", "win-amd64")


def test_that_only_an_environment_of_the_python_that_is_meant_is_installed_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not can_install(tmp_path / "python", "3.11")
    monkeypatch.setattr(install, "run", lambda _: "pip 26.3 from /a place/pip (python 3.11)")
    assert can_install(tmp_path / "python", "3.11")
    assert not can_install(tmp_path / "python", "3.12")


def test_that_damaged_checksums_are_told(bundle: Path) -> None:
    (bundle / "SHA256SUMS").write_bytes(b"\xff\xfe\0 *\xe4\n")
    with pytest.raises(NotInstalled, match="copy the whole folder once more"):
        check_files(bundle)


def test_that_an_interruption_ends_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(install, "refuse_other_python", interrupted)
    assert install.main([str(tmp_path / "place")]) == 1
    assert capsys.readouterr().err == "install: interrupted; start it once more, and it goes on from here.\n"


def test_that_a_folder_with_any_name_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what is said goes into a file, its encoding need not have all letters of a name."""
    said = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(said, "cp1252"))
    install.say("Rigstate is in /home/Łucja Müller")
    assert said.getvalue().decode("cp1252").rstrip() == "Rigstate is in /home/?ucja Müller"


def test_that_the_starter_of_windows_hands_names_on_outside_of_its_loop(tmp_path: Path) -> None:
    """In a loop over %%p, `50%pure` is read as its value, and a bracket in a name ends the loop."""
    add_installer(tmp_path, targets("3.11")["win_amd64"])
    _, _, rest = (tmp_path / "install.cmd").read_text("utf-8").partition("for %%p in ")
    loop, _, after = rest.partition("\n)\n")
    assert "%~dp0" not in loop
    assert "%*" not in loop
    assert '"%~dp0install.py" %*\n' in after


def test_that_only_what_is_meant_is_written_into_the_installer(bundle: Path) -> None:
    """A name of its own in braces, in a sentence, would be taken for one of the words that are written in."""
    recipe = Path(install.__file__).read_text("utf-8").splitlines()
    made = (bundle / "install.py").read_text("utf-8").splitlines()
    written = [line.partition(" = ")[0] for line, of in zip(made, recipe, strict=True) if line != of]
    assert written == ["MADE_FOR", "MADE_ON"]


def test_that_each_system_gets_its_own_starter(bundle: Path, tmp_path: Path) -> None:
    assert (bundle / "install.sh").stat().st_mode & stat.S_IXUSR
    assert not (bundle / "install.cmd").exists()
    (tmp_path / "windows").mkdir()
    add_installer(tmp_path / "windows", targets("3.11")["win_amd64"])
    starter = (tmp_path / "windows" / "install.cmd").read_bytes()
    assert starter.count(b"\r\n") == starter.count(b"\n") > 10
    assert "{" not in (tmp_path / "windows" / "READ ME.txt").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the starter of Linux")
def test_that_the_starter_finds_a_python_and_hands_its_arguments_on(bundle: Path) -> None:
    (bundle / "install.py").write_text("import sys; print(sys.argv[1:])", "utf-8")
    ours = "{}.{}".format(*sys.version_info)
    starter = (bundle / "install.sh").read_text("utf-8").replace("3.11", ours)
    (bundle / "install.sh").write_text(starter, "utf-8")
    command = [str(bundle / "install.sh"), "a b", "--no-shortcut"]
    here = {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    answer = subprocess.run(command, cwd="/", env=here, capture_output=True, text=True, check=True)
    assert answer.stdout == "['a b', '--no-shortcut']\n"
    none = {"PATH": str(bundle)}
    answer = subprocess.run(["/bin/sh", *command], env=none, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
