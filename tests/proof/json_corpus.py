"""The public collection of JSON that parsers get wrong: nst/JSONTestSuite, file by file.

One idea: no copy of it lives here. It is part of the source distribution of a JSON5 library; that one version
is fetched by pip, checked by its hash, and read without being unpacked. Where it cannot be had, nothing is
proved and nothing fails.

Not for: what else must hold of bytes (`tests.proof.json_promises`).
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

from tests.proof.examples import Broken
from tests.proof.json_promises import Clock, examine

REQUIREMENT = "pyjson5==2.0.1 --hash=sha256:a5b0e322e847b198a50d8a1ef16d6b2b19129644dc018d76773e81ef1487ca39"
PLACE = "/JSONTestSuite/test_parsing/"
SECONDS_TO_FETCH = 120

STRICTER = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}
"""Sound to others; to us, one of two equal keys would be lost."""

LAXER = {"n_number_NaN.json", "n_number_infinity.json", "n_number_minus_infinity.json"}
"""What Python's own json and many programs of a lab write; read, and never written."""


def fetched(directory: Path) -> Mapping[str, bytes]:
    """The files by name; none where they cannot be had."""
    wanted = directory / "corpus.txt"
    wanted.write_text(REQUIREMENT + "\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    how = ["--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--require-hashes"]
    what = ["--dest", str(directory), "--requirement", str(wanted)]
    try:
        subprocess.run([*pip, *how, *what], check=True, capture_output=True, timeout=SECONDS_TO_FETCH)
    except (OSError, subprocess.SubprocessError):
        return {}
    return {name: data for found in directory.glob("*.tar.gz") for name, data in _files_in(found).items()}


def _files_in(distribution: Path) -> dict[str, bytes]:
    found = {}
    with tarfile.open(distribution) as archive:
        for member in archive:
            content = archive.extractfile(member) if PLACE in member.name else None
            if content is not None:
                found[member.name.rpartition("/")[2]] = content.read()
    return found


def violations(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """A sentence for each file that is read and should not be, or the other way round."""
    found = []
    for name, data in sorted(files.items()):
        try:
            _check(name, data)
        except Broken as error:
            found.append(f"JSONTestSuite, {name}: {error}")
    return tuple(found)


def _check(name: str, data: bytes) -> None:
    accepted = examine(data, Clock(), ours=False)
    if not accepted and name.startswith("y_") and name not in STRICTER:
        raise Broken("it is sound, and was refused")
    if accepted and ((name.startswith("n_") and name not in LAXER) or name in STRICTER):
        raise Broken("it is unsound, and was read")
