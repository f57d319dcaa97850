"""What was known in earlier times is told at once, and costs nothing but time where it is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

from app.folder_errands import Rescan, ScanEnded, Seen
from app.value_errands import Match, Matched
from persistence.query import parse
from persistence.sessions import spilling
from persistence.store import STATE_FILE, StateFile
from tests.app.disk.asked import Asked, ended, names, read_before, read_wholly
from tests.small_rig import made_session


def test_that_what_was_known_is_told_before_the_walk(cached: Callable[[], Asked], tmp_path: Path) -> None:
    gone, stays = made_session(tmp_path / "root", "gone"), made_session(tmp_path / "root", "stays")
    read_before(cached)
    shutil.rmtree(gone)
    new = made_session(tmp_path / "root", "new")
    again = cached()
    again.ask(Rescan())
    again.wait_for(ScanEnded)
    ended(again)
    seen = again.of(Seen)
    assert (seen[0].all, names(seen[:1])) == (None, {"gone", "stays"})
    assert seen[-1].all == frozenset({str(stays), str(new)})


def test_that_what_could_not_be_saved_meanwhile_is_told_with_what_was_known(
    cached: Callable[[], Asked], tmp_path: Path
) -> None:
    session = made_session(tmp_path / "root")
    read_before(cached)
    data = spilling.contents(StateFile(session).read().document, session, "no rights")
    spill = spilling.write_locally(spilling.new_name(), data)
    again = cached()
    again.ask(Rescan())
    again.wait_for(ScanEnded)
    ended(again)
    assert [one.unsaved for one in again.of(Seen)[0].summaries] == [(str(spill),)]


def test_that_a_lost_cache_costs_nothing_but_time(cached: Callable[[], Asked], tmp_path: Path) -> None:
    made_session(tmp_path / "root")
    first = read_before(cached)
    for file in (tmp_path / "cache").iterdir():
        file.write_bytes(b"nonsense")
    again = cached()
    read_wholly(again)
    ended(again)
    assert [one.summaries for one in again.of(Seen)] == [one.summaries for one in first.of(Seen)]


def test_that_values_are_read_again_when_the_index_was_damaged_meanwhile(
    cached: Callable[[], Asked], tmp_path: Path
) -> None:
    many = made_session(tmp_path / "root", "many", trial_count=200)
    first = cached()
    read_wholly(first)
    (file,) = (tmp_path / "cache").glob("*.sqlite")
    file.write_bytes(b"nonsense" * 4096)
    first.ask(Match(parse("trial_count>100").attribute_conditions))
    first.qtbot.waitUntil(lambda: bool(first.of(Matched)) and bool(first.of(Matched)[-1].directories))
    assert first.of(Matched)[-1].directories == frozenset([str(many)])
    ended(first)
    again = cached()
    again.ask(Rescan(), Match(parse("trial_count>150").attribute_conditions))
    again.wait_for(Matched)
    ended(again)
    assert again.of(Matched)[-1].directories == frozenset([str(many)])


def test_that_damage_inside_an_attribute_is_found_behind_the_list(asked: Asked, tmp_path: Path) -> None:
    """At a glance the file is sound: its outline is."""
    file = made_session(tmp_path, note="x") / STATE_FILE
    file.write_bytes(file.read_bytes().replace(b'"x"', b'{"a": 1, "a": 2}'))
    asked.ask(Rescan())
    asked.qtbot.waitUntil(lambda: len(asked.of(Seen)) > 1)
    glanced, read = (one.summaries[0].problem for one in asked.of(Seen)[:2])
    assert glanced is None
    assert read is not None
    assert read.kind == "damaged"
