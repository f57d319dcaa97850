"""What is handed on with a frozen program names the licence of each package, with the texts there are."""

from pathlib import Path

from tests.packaging.licences import collect


def package(folder: Path, name: str, told: str, **texts: str) -> None:
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Name: {name}\nVersion: 1.0\n{told}\n", "utf-8")
    for text, content in texts.items():
        path = about / text.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")


def test_that_each_package_is_named_with_its_licence_and_its_texts(tmp_path: Path) -> None:
    packages, python = tmp_path / "packages", tmp_path / "python"
    package(packages, "PySide6", "License: LGPL-3.0-only")
    package(
        packages, "watchdog", "License-Expression: Apache-2.0", licenses__COPYING="a", licenses__LICENSE="b"
    )
    package(packages, "old", "License: The whole\n        text.\nClassifier: License :: OSI Approved :: MIT")
    package(packages, "silent", "Classifier: Typing :: Typed", RECORD="")
    package(packages, "pip", "License: MIT", LICENSE="c")
    python.mkdir()
    (python / "LICENSE.txt").write_text("of Python", "utf-8")
    collect(packages, python, tmp_path / "licences")
    page = (tmp_path / "licences" / "READ ME.txt").read_text("utf-8").splitlines()
    assert page[-4:] == [
        "old 1.0: MIT",
        "PySide6 1.0: LGPL-3.0-only",
        "silent 1.0: see its text",
        "watchdog 1.0: Apache-2.0",
    ]
    texts = {path.relative_to(tmp_path / "licences").as_posix() for path in tmp_path.glob("licences/**/*.*")}
    texts |= {path.relative_to(tmp_path / "licences").as_posix() for path in tmp_path.glob("licences/*/*")}
    assert texts == {"READ ME.txt", "Python.txt", "watchdog/licenses-COPYING", "watchdog/licenses-LICENSE"}
