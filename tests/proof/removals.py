"""The single precautions of the library, and how each is taken out of its source.

One idea: a precaution is a few lines of text. Taking them out gives a library that works as before on every
good day, so only a suite that makes a bad one can tell the difference.

Not for: running anything (`tests.proof.mutation`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Removal:
    """What is taken out, where, and which suites may see it: name and rounds, or a test by its pytest name.

    `old` stands exactly once in the file, and `new` takes its place.
    """

    what: str
    file: str
    old: str
    new: str
    seen_by: Sequence[tuple[str, int]]


CUTS = ("power-cut", 400)
KILLS = ("kill", 150)
CALLS = ("system-calls", 400)
DISKS = ("full-disk", 150)
WRITERS = ("writers", 400)
ROUND_TRIPS = ("round-trip", 400)
LIVES = ("model", 60)
INPUTS = ("parser", 20_000)
RESUMES = ("resume", 6)
COMMITS = "tests/persistence/files/test_commit.py"
ORDER = f"{COMMITS}::test_that_old_bytes_and_new_are_safe_before_the_replace_and_the_name_after"
STORE = "tests/persistence/test_store.py"
OTHERS = "tests/persistence/test_store_beside_others.py"
RESUMING = "tests/persistence/launching/test_resuming.py"


def test(name: str) -> tuple[str, int]:
    """A test of the ordinary run, for what no suite can bring about: a disk that keeps no order, say."""
    return name, 0


REMOVALS = (
    # the replace
    Removal(
        "the replace in one step",
        "files/durable.py",
        "        os.replace(source, target)\n",
        "        target.write_bytes(source.read_bytes())\n        os.unlink(source)\n",
        (KILLS,),
    ),
    # syncs
    Removal(
        "the sync of the new bytes",
        "files/durable.py",
        "                _own_as(descriptor, like)\n            _sync(descriptor)\n",
        "                _own_as(descriptor, like)\n",
        (CUTS,),
    ),
    Removal(
        "the sync of the folder after the replace",
        "files/commit.py",
        "lambda: durable.sync_directory(self._path.parent)",
        "lambda: None",
        (CUTS, test(ORDER)),
    ),
    Removal(
        "the sync of bytes that somebody else wrote, when they are kept",
        "files/version_files.py",
        "        durable.sync_file(kept.path)\n",
        "",
        (CUTS, test(ORDER)),
    ),
    Removal(
        "the sync of the name of a kept version",
        "files/version_files.py",
        "        durable.sync_directory(self.folder)\n",
        "",
        (test(ORDER), CUTS),
    ),
    Removal(
        "the sync of the folder that history was made in",
        "files/version_files.py",
        "        durable.sync_directory(parent)\n",
        "",
        (test(ORDER), CUTS),
    ),
    Removal(
        "going on after a short write",
        "files/durable.py",
        "    while rest:\n        rest = rest[os.write(descriptor, rest) :]\n",
        "    os.write(descriptor, rest)\n",
        (CALLS, DISKS),
    ),
    Removal(
        "the reading back",
        "files/commit.py",
        '            _failure("it cannot be read back", lambda: self._verify(committed.snapshot.data)),\n',
        "",
        (CALLS, test(f"{COMMITS}::test_that_bytes_that_do_not_read_back_are_not_confirmed")),
    ),
    Removal(
        "cleaning up after a failure",
        "files/commit.py",
        "        with undone_by(lambda: _undo(kept, staged)):",
        "        with undone_by(lambda: None):",
        (CALLS,),
    ),
    # others
    Removal(
        "the lock",
        "files/locked.py",
        "        lock.acquire(seconds, waiting=tell)\n",
        "        pass\n",
        (WRITERS,),
    ),
    Removal(
        "the look whether the file is the expected one",
        "store.py",
        "            if live.etag != expected_etag:\n",
        "            if not expected_etag:\n",
        (WRITERS, LIVES),
    ),
    Removal(
        "the second look, right before the replace",
        "files/commit.py",
        "            if not still_holds(live, self._path, self._size_limit):\n",
        "            if self._size_limit < 0:\n",
        (
            test(
                f"{OTHERS}::test_that_an_exchange_between_look_and_replace_is_a_conflict_and_update_takes_it"
            ),
        ),
    ),
    # history
    Removal(
        "keeping the old bytes",
        "files/commit.py",
        "            if live.status is not None and position.current is not None:\n                kept",
        "            if live.status is None and position.current is not None:\n                kept",
        (KILLS,),
    ),
    Removal(
        "the spare copy",
        "files/commit.py",
        '            _failure("history cannot be written", lambda: self._put_spare(committed, status)),\n',
        "",
        (WRITERS, LIVES),
    ),
    Removal(
        "giving a spare copy its place",
        "files/commit.py",
        "            if position.spare:\n",
        "            if position.newest < 0:\n",
        (WRITERS, LIVES),
    ),
    Removal(
        "the rule that history has no link to the live file",
        "files/version_files.py",
        "        if live.st_nlink < 2:\n            return\n",
        "        return\n",
        (test(f"{STORE}::test_that_what_was_written_through_a_link_is_not_told_as_the_version_that_it_was"),),
    ),
    Removal(
        "never writing a spare copy through a link",
        "files/durable.py",
        "        if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:\n",
        "        if stat.S_ISREG(found.st_mode):\n",
        (test(f"{OTHERS}::test_that_a_spare_copy_is_never_written_through_a_link"),),
    ),
    Removal(
        "the log's line",
        "files/commit.py",
        "lambda: self._history.append(lines)",
        "lambda: None",
        (LIVES, test(COMMITS)),
    ),
    Removal(
        "thinning out none of what people did",
        "files/retention.py",
        "        and version.action == SAVE\n",
        "",
        (test("tests/persistence/files/test_retention.py"),),
    ),
    # what bytes and values say
    Removal(
        "looking for a key that stands twice",
        "values/json_text.py",
        "    if len(made) != len(pairs):\n        raise _Duplicate\n",
        "",
        (INPUTS, test("tests/persistence/values/test_json_text.py")),
    ),
    Removal(
        "looking for it on the quick road",
        "states/value_reading.py",
        "    if text.count('\":') != keys or",
        "    if",
        (test("tests/persistence/states/test_value_reading.py"),),
    ),
    Removal(
        "the limit of depth",
        "values/json_text.py",
        "    if too_deep(value, text, levels):\n        raise_too_deep(text)\n",
        "",
        (INPUTS, test("tests/persistence/values/test_json_text.py")),
    ),
    Removal(
        "keeping how a number is spelled",
        "values/json_text.py",
        "    return value if repr(value) == text or math.isinf(value) else Number(text)\n",
        "    return value\n",
        (INPUTS, test("tests/persistence/values/test_json_text.py")),
    ),
    Removal(
        "telling a tuple from a list on the quick road",
        "values/value_text.py",
        "_SAFE = _SCALARS | {dict, list} | _HANDED_OVER",
        "_SAFE = _SCALARS | {dict, list, tuple} | _HANDED_OVER",
        (ROUND_TRIPS,),
    ),
    Removal(
        "refusing what is only like a type that can be saved",
        "codec.py",
        "    encoder = _ENCODERS.get(kind)",
        "    encoder = next((made for known, made in _ENCODERS.items() if isinstance(value, known)), None)",
        (ROUND_TRIPS, test("tests/persistence/test_codec.py")),
    ),
    Removal(
        "spilling what cannot be saved",
        "launching/saving.py",
        "    except StateError as error:\n        return _spilled(work, error, budget)\n",
        "    except StateError as error:\n        return _not_saved(work.namespace, error)\n",
        (DISKS, test("tests/persistence/sessions/test_spilling.py")),
    ),
    Removal(
        "the total time of a save",
        "launching/deadline.py",
        "        thread.join(seconds)\n",
        "        thread.join()\n",
        (test("tests/persistence/launching/test_saving.py"),),
    ),
    # launchers
    Removal(
        "leaving an older state of an object undone",
        "launching/turns.py",
        "            raise Overtaken\n",
        "            return\n",
        (test("tests/persistence/launching/test_turns.py"),),
    ),
    Removal(
        "the look whether a resume finds the file that was looked at",
        "launching/loading.py",
        "    if etag and etag != snapshot.etag:\n",
        "    if etag and not snapshot.etag:\n",
        (test(RESUMING),),
    ),
    Removal(
        "the refusal of half a state",
        "launching/resuming.py",
        "    if failed and not request.partial:\n",
        "    if failed and request.source == request.report:\n",
        (test(RESUMING),),
    ),
    Removal(
        "the mark on the session that is resumed",
        "launching/resuming.py",
        "        marker.acquire()\n",
        "        pass\n",
        (test(RESUMING),),
    ),
    Removal(
        "saying where a resumed run came from",
        "launching/save_notes.py",
        "    if memory.source and _key(Path(memory.source.directory)) != _key(folder):\n",
        "    if memory.source and not folder.name:\n",
        (RESUMES,),
    ),
)
