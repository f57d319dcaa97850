"""A folder of wheels, and whether a computer without a network could install from it.

One idea: what is asked of an installer there is answered here beforehand, from what the wheels say of
themselves: each requirement, on the system and the Python that are meant, is met by a wheel that fits both.
Pure but for reading the wheels. Not for fetching any (`bundle`).
"""

from __future__ import annotations

import email
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version


@dataclass(frozen=True)
class Target:
    """The computers that are meant: `platforms` as wheels name them, `python` such as "3.11"."""

    name: str
    platforms: tuple[str, ...]
    python: str
    markers: Mapping[str, str]

    @property
    def environment(self) -> dict[str, str]:
        """What markers of requirements are asked about."""
        version = {"python_version": self.python, "python_full_version": f"{self.python}.0"}
        named = {"implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": ""}
        return {**named, **version, **self.markers}

    @property
    def tags(self) -> frozenset[Tag]:
        """Every kind of wheel that can be installed there."""
        numbers = [int(part) for part in self.python.split(".")]
        interpreter = "cp" + "".join(self.python.split("."))
        return frozenset(
            [
                *cpython_tags(numbers, platforms=self.platforms),
                *compatible_tags(numbers, interpreter=interpreter, platforms=self.platforms),
            ]
        )


@dataclass(frozen=True)
class Wheel:
    """One wheel, and what it says of itself."""

    file: Path
    name: str
    version: Version
    tags: frozenset[Tag]
    requirements: tuple[Requirement, ...]

    @classmethod
    def read(cls, file: Path) -> Wheel:
        """From its name and its metadata."""
        name, version, _, tags = parse_wheel_filename(file.name)
        packed = zipfile.ZipFile(file)
        (place,) = (one for one in packed.namelist() if one.endswith(".dist-info/METADATA"))
        told = email.message_from_bytes(packed.read(place)).get_all("Requires-Dist", [])
        return cls(file, name, version, frozenset(tags), tuple(Requirement(text) for text in told))


def in_folder(folder: Path) -> tuple[Wheel, ...]:
    """All wheels of a folder."""
    return tuple(Wheel.read(file) for file in sorted(folder.glob("*.whl")))


def missing(wheels: Sequence[Wheel], wanted: str, target: Target) -> tuple[str, ...]:
    """The requirements, of `wanted` and of all that it draws in, that no wheel meets there."""
    return tuple(dict.fromkeys(_missing(wheels, [Requirement(wanted)], target, set())))


def superfluous(wheels: Sequence[Wheel], wanted: str, target: Target) -> tuple[str, ...]:
    """The wheels that nothing asks for there."""
    seen: set[str] = set()
    list(_missing(wheels, [Requirement(wanted)], target, seen))
    return tuple(wheel.file.name for wheel in wheels if wheel.name not in seen)


def _missing(
    wheels: Sequence[Wheel], requirements: Sequence[Requirement], target: Target, seen: set[str]
) -> Iterator[str]:
    for requirement in requirements:
        if requirement.marker and not requirement.marker.evaluate(target.environment):
            continue
        name = canonicalize_name(requirement.name)
        found = [wheel for wheel in wheels if wheel.name == name and wheel.tags & target.tags]
        fitting = [wheel for wheel in found if requirement.specifier.contains(wheel.version)]
        if not fitting:
            yield str(requirement)
        elif name not in seen:
            seen.add(name)
            yield from _missing(wheels, fitting[0].requirements, target, seen)
