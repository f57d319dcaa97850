"""The licences of what is frozen along, in a folder beside it.

One idea: whoever hands a program on hands on the terms of all that is in it. They are taken from where each
package was installed; for those that bring no text, Qt's among them, the page names the licence and that its
libraries lie in the folder as files of their own, which may be exchanged.
"""

from __future__ import annotations

import email
import shutil
from collections.abc import Iterator
from pathlib import Path

_TOOLS = frozenset({"altgraph", "macholib", "pefile", "pip", "pyinstaller-hooks-contrib", "setuptools"})
_TEXTS = ("licen", "copying", "notice")
_LONGEST = 100  # characters of what is a name, and no text
_HEAD = """\
Rigstate is under the MIT licence (LICENSE). In _internal lie, unchanged, Python, these packages, each under
its own licence, and libraries of the system that it was made on. The texts that the packages bring are in
the folders here. Qt and PySide6 are used under the LGPL, version 3: their libraries are files of their own
in _internal/PySide6, and may be exchanged for other builds of them. Of PyInstaller only its starter is in
the two programs, under its exception for programs that are made with it.

"""


def collect(packages: Path, python: Path, into: Path) -> None:
    """The page and the texts. `packages`: where they are installed; `python`: the folder of its library."""
    into.mkdir()
    lines = []
    for about in sorted(packages.glob("*.dist-info"), key=lambda path: path.name.casefold()):
        told = email.message_from_bytes((about / "METADATA").read_bytes())
        if told["Name"] in _TOOLS:
            continue
        lines.append(f"{told['Name']} {told['Version']}: {licence_of(told)}")
        for text in texts_in(about):
            target = into / told["Name"] / "-".join(text.relative_to(about).parts)
            target.parent.mkdir(exist_ok=True)
            shutil.copy(text, target)
    if (python / "LICENSE.txt").is_file():
        shutil.copy(python / "LICENSE.txt", into / "Python.txt")
    (into / "READ ME.txt").write_text(_HEAD + "\n".join(lines) + "\n", "utf-8")


def licence_of(told: email.message.Message) -> str:
    """The name of it, as a package tells it; some write the whole text there."""
    names = [told["License-Expression"], told["License"], *told.get_all("Classifier", [])]
    short = (name for name in names if name and "\n" not in name and len(name) <= _LONGEST)
    found = next((name for name in short if "::" not in name or name.startswith("License ::")), "")
    return found.rpartition("::")[2].strip() or "see its text"


def texts_in(about: Path) -> Iterator[Path]:
    """Its licences and notices."""
    files = (path for path in sorted(about.rglob("*")) if path.is_file())
    yield from (path for path in files if any(word in path.name.casefold() for word in _TEXTS))
