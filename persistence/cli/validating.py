"""The verb validate: everything that is wrong with a file, said at once."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from persistence.cli.answers import Answer, Code, Usage
from persistence.cli.choosing import broken_tag, size_limit
from persistence.cli.plain import one_line
from persistence.document import Document, parse_document
from persistence.errors import StateError, words_for
from persistence.files.reading import read_file
from persistence.scan import find_sessions
from persistence.store import STATE_FILE
from persistence.values.json_writing import write


def validate(arguments: argparse.Namespace) -> Answer:
    """Check files, session directories, or every session below a folder. Without a problem: exit code 0."""
    if "" in arguments.paths:
        raise Usage("PATH is empty. Say which file or folder is meant.")
    limit = size_limit(arguments)
    found = [
        (path, tuple(_problems(path, limit))) for given in arguments.paths for path in _files(Path(given))
    ]
    code = Code.PROBLEM if any(problems for _, problems in found) else Code.DONE
    if arguments.json:
        return Answer(
            write([{"path": str(path), "problems": list(problems)} for path, problems in found]), (), code
        )
    lines: list[str] = []
    for path, problems in found:
        name = one_line(str(path), 1000)
        lines += [f"{name}: {one_line(problem, 1000)}." for problem in problems] or [f"{name}: fine"]
    return Answer("\n".join(lines), (), code)


def _files(given: Path) -> list[Path]:
    """The state files that a path means. One that is not there is given back, to be told."""
    if not given.is_dir():
        return [given]
    states = [directory / STATE_FILE for directory in sorted(find_sessions(given))]
    present = [path for path in states if os.path.lexists(path)]
    return present or [given / STATE_FILE]


def _problems(path: Path, limit: int) -> Iterator[str]:
    try:
        document = parse_document(read_file(path, limit=limit))
    except FileNotFoundError:
        yield "there is no such file"
    except OSError as error:
        yield words_for(error)
    except StateError as error:
        yield error.cause
    else:
        if document.newer:
            yield f"it needs a newer Rigstate (format {document.version})"
        yield from document.problems
        yield from _in_values(document)


def _in_values(document: Document) -> Iterator[str]:
    for name in document.namespaces:
        for attribute, value in document.namespace(name).attributes.items():
            broken = broken_tag(value)
            if broken:
                yield f"{name}: {attribute}: {broken}"
