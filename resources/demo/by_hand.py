"""An operator of the demo at another window: sets or removes a value, clears a state, brings a version back.

The one idea: what people did to sessions before one looks, in their own names and at their own times. Run as
`python -m resources.demo.by_hand DIRECTORY --at TIME --who NAME set NAME VALUE [--note TEXT]`, or with
`remove NAME`, `clear`, or `restore VERSION`; VALUE is JSON. Not for rigs, which have `rigstate set` and
others.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from persistence import StateFile
from persistence.document import Document
from persistence.files.live import Snapshot
from persistence.states.edits import remove_value, set_value


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one thing to one saved state."""
    options = parse(arguments)
    file = StateFile(options.directory, who=options.who, program="Rigstate", clock=lambda: options.at)
    snapshot = file.read()
    if options.way == "clear":
        file.clear(expected_etag=snapshot.etag)
    elif options.way == "restore":
        file.restore(options.version, expected_etag=snapshot.etag)
    elif options.way == "remove":
        file.update(lambda newest: _without(newest or snapshot, options.name), action="edit")
    else:
        file.update(lambda newest: _set(newest or snapshot, options), action="edit", note=options.note)
    return 0


def _set(newest: Snapshot, options: argparse.Namespace) -> Document:
    """The state with the value; made slowly where that is wanted, while nobody else can save."""
    print("saving", flush=True)
    time.sleep(options.slowly)
    document = newest.document
    return set_value(document, document.namespaces[0], (options.name,), json.loads(options.value))


def _without(newest: Snapshot, name: str) -> Document:
    document = newest.document
    return remove_value(document, document.namespaces[0], (name,))


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Whose session, who and when; then what is done."""
    parser = argparse.ArgumentParser(description="Change a saved state as an operator does.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--at", type=datetime.fromisoformat, required=True, metavar="TIME")
    parser.add_argument("--who", required=True)
    ways = parser.add_subparsers(dest="way", required=True)
    ways.add_parser("clear")
    ways.add_parser("restore").add_argument("version", type=int)
    ways.add_parser("remove").add_argument("name")
    setting = ways.add_parser("set")
    setting.add_argument("name")
    setting.add_argument("value")
    setting.add_argument("--note", default="")
    setting.add_argument("--slowly", type=float, default=0.0, metavar="SECONDS", help="as a slow disk does")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
