"""The header says what is known of a session, and where it leads to."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import Column
from app.resuming.lineage import Lineage, Relative
from app.session import Delta, Problem, Running, status
from tests.app.views.seen import DIRECTORY, laid_out
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT, summary


def test_that_lineage_is_told_and_followed_by_a_click(shown: Shown) -> None:
    header = shown.window.detail.header
    directory = f"{ROOT}/{shown.names[0]}"
    source, heir = Relative("764521_13-11"), Relative(shown.names[1], f"{ROOT}/{shown.names[1]}")
    shown.window.show_lineage("/elsewhere", Lineage(source, heir))
    assert not header.lineage.source.isVisibleTo(header)
    shown.window.show_lineage(directory, Lineage(source, heir))
    assert header.lineage.source.accessibleName() == "Resumed from 764521_13-11 (not listed)"
    assert not header.lineage.source.isEnabled()
    assert header.lineage.heir.accessibleName() == f"Resumed as {shown.names[1]}"
    header.lineage.heir.click()
    assert shown.window.selected_directory == heir.directory
    assert not header.lineage.heir.isVisibleTo(header)


def test_that_a_link_shows_an_ampersand_of_a_name(shown: Shown) -> None:
    header = shown.window.detail.header
    shown.window.show_lineage(f"{ROOT}/{shown.names[0]}", Lineage(Relative("a&b")))
    assert header.lineage.source.text() == "Resumed from a&&b (not listed)"  # as Qt writes one
    assert header.lineage.source.accessibleName() == "Resumed from a&b (not listed)"


def test_that_of_several_sessions_it_was_resumed_as_the_others_are_in_a_menu(shown: Shown) -> None:
    header, directory = shown.window.detail.header, f"{ROOT}/{shown.names[0]}"
    heirs = [Relative(name, f"{ROOT}/{name}") for name in shown.names[1:3]]
    shown.window.show_lineage(directory, Lineage(heir=heirs[0]))
    assert not header.lineage.others.isVisibleTo(header)
    shown.window.show_lineage(directory, Lineage(heir=heirs[0], others=(heirs[1],)))
    assert header.lineage.others.accessibleName() == "and 1 more"
    header.lineage.others.click()
    menu = header.findChild(QMenu, "otherHeirs")
    assert menu is not None
    assert [entry.text() for entry in menu.actions()] == [shown.names[2].replace("&", "&&")]
    menu.actions()[0].trigger()
    menu.close()
    assert shown.window.selected_directory == heirs[1].directory


def test_that_links_without_room_for_names_say_the_day(shown: Shown, qtbot: QtBot) -> None:
    """ "Resumed from …0-00-00" told nothing."""
    header = shown.window.detail.header
    names = ("mouse_7_2026-11-20_10-00-00", "mouse_7_2026-11-28_07-50-26")
    source, heir = (Relative(one, f"{ROOT}/{one}") for one in names)
    shown.window.resize(1024, 700)
    shown.window.show_lineage(f"{ROOT}/{shown.names[0]}", Lineage(source, heir))
    said = ("Resumed from 20 Nov", "Resumed as 28 Nov")
    qtbot.waitUntil(lambda: (header.lineage.source.text(), header.lineage.heir.text()) == said)
    assert header.lineage.heir.accessibleName() == f"Resumed as {names[1]}"
    assert names[0] in header.lineage.source.toolTip().replace("\u200b", "")
    others = (Relative("mouse_7_2026-11-28_08-50-26"),)
    shown.window.show_lineage(f"{ROOT}/{shown.names[0]}", Lineage(source, heir, others))
    line = header.lineage
    said = ("From 20 Nov 10:00", "As 28 Nov 07:50")
    qtbot.waitUntil(lambda: (line.source.text(), line.heir.text()) == said)
    assert (line.others.text(), line.others.accessibleName()) == ("+1", "and 1 more")
    assert "and 1 more" in line.others.toolTip()
    link = header.lineage.source
    link.set_room(None)
    link.set_whole("Resumed from ", "mouse_without_any_date_but_a_long_name")
    link.resize(link.fontMetrics().horizontalAdvance("Resumed from mouse_wi…ng_name") + 2, link.height())
    assert link.text().startswith("Resumed from mou")
    assert link.text().endswith("name")


def test_that_two_of_one_day_say_their_times(shown: Shown) -> None:
    """Both said "20 Nov", in a small window."""
    header = shown.window.detail.header
    shown.window.resize(1024, 700)
    source, heir, *others = (Relative(f"mouse_7_2026-11-20_1{hour}-00-00") for hour in range(4))
    for more in ((), tuple(others)):
        shown.window.show_lineage(f"{ROOT}/{shown.names[0]}", Lineage(source, heir, more))
        laid_out()
        line = header.lineage
        assert (line.source.text(), line.heir.text()) == ("From 20 Nov 10:00", "As 20 Nov 11:00")
        assert line.others.isHidden() == (not more)
        assert source.name in line.source.toolTip().replace("\u200b", "")


def test_that_a_link_alone_says_resumed_in_the_least_room(shown: Shown) -> None:
    """At 150 % "As 28 Nov 08:54", and 1 more, told nothing."""
    header = shown.window.detail.header
    shown.theme.set_percent(150)
    shown.window.resize(1440, 900)
    heirs = (Relative("mouse_7_2026-11-28_07-50-26"), Relative("mouse_7_2026-11-28_08-50-26"))
    shown.window.show_lineage(f"{ROOT}/{shown.names[0]}", Lineage(None, heirs[0], heirs[1:]))
    laid_out()
    assert header.lineage.heir.text() == "Resumed as 28 Nov 07:50"
    header.lineage.heir.resize(header.lineage.heir.width() // 2, header.lineage.heir.height())
    assert header.lineage.heir.text().startswith("Resumed as")


def test_that_over_midnight_the_times_of_today_are_told_with_their_day(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ "saved 14:05" stood there the next morning, for a run of the day before."""
    header = shown.window.detail.header
    shown.window.resize(1024, 700)
    source, heir = (Relative(f"mouse_7_2026-11-23_1{hour}-00-00") for hour in range(2))
    shown.window.show_lineage(f"{ROOT}/{shown.names[0]}", Lineage(source, heir))
    monkeypatch.setattr("tests.sample_window.NOW", datetime(2026, 11, 23, 23, 59))
    shown.window.sessions.ticked.emit()
    laid_out()
    assert header.meta.text().endswith("saved 14:05")
    assert header.lineage.source.text().endswith(" 10:00")
    assert "Nov" not in header.lineage.source.text()
    monkeypatch.setattr("tests.sample_window.NOW", datetime(2026, 11, 24, 0, 1))
    shown.window.sessions.ticked.emit()
    laid_out()
    assert header.meta.text().endswith("saved 23 Nov 14:05")
    assert header.lineage.source.text() == "From 23 Nov 10:00"


def test_that_where_a_session_came_from_never_moves_the_divider(shown: Shown, qtbot: QtBot) -> None:
    """The links give way: what the right side needs at the least is the same for each session."""
    header, longest = shown.window.detail.header, "764521_" + "of_a_long_name_" * 10
    before = shown.window.detail.minimumSizeHint().width()
    one = Relative(longest, f"{ROOT}/{longest}")
    both = Lineage(one, one, (one, one))
    shown.window.show_lineage(f"{ROOT}/{shown.names[0]}", both)
    qtbot.waitUntil(lambda: "…" in header.lineage.source.text())
    assert shown.window.detail.minimumSizeHint().width() == before
    assert header.lineage.others.text() == "+2"  # what has no name is shortened, and never cut
    assert header.lineage.heir.accessibleName() == f"Resumed as {longest}"
    assert longest in header.lineage.heir.toolTip().replace("\u200b", "")


def test_that_the_header_and_the_list_say_who_edited_when(shown: Shown, qtbot: QtBot) -> None:
    """What the launcher saved is one time, what somebody saved over it another."""
    edited = "2026-11-23T14:09:30.000000"
    known = shown.sessions.summary(f"{ROOT}/{shown.names[0]}")
    assert known is not None
    changed = known._replace(edited_by="ann", edited_at=edited, etag="other")
    shown.sessions.apply(Delta(changed=(changed,)))
    assert shown.window.detail.header.meta.accessibleName().endswith("saved 14:05, edited 14:09 by ann")
    index = shown.sessions.index_of(known.directory).siblingAtColumn(Column.SAVED)
    tip = str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert tip.startswith("Saved by the launcher 2026-11-23 14:05")
    assert tip.endswith("\nEdited 2026-11-23 14:09:30 by ann")
    shown.window.resize(1024, 700)
    qtbot.waitUntil(
        lambda: shown.window.detail.header.meta.accessibleName().endswith("  ·  edited 14:09 by ann")
    )
    cleared = changed._replace(launchers=(), saved_at=None, etag="third")
    shown.sessions.apply(Delta(changed=(cleared,)))
    assert shown.window.detail.header.meta.accessibleName().endswith("cleared 14:09 by ann")


def test_that_the_header_says_which_run_did_not_save(shown: Shown, qtbot: QtBot) -> None:
    known = shown.sessions.summary(f"{ROOT}/{shown.names[0]}")
    assert known is not None
    died = Running("rig3", 7, PREDICTIVE, "2026-11-23T14:20:05")
    shown.sessions.apply(Delta(changed=(known._replace(died=died),)))
    meta = shown.window.detail.header.meta
    assert meta.accessibleName().endswith("saved 14:05  ·  last run (PredictiveLauncher, 14:20) did not save")
    shown.window.resize(1024, 700)
    qtbot.waitUntil(lambda: meta.accessibleName().endswith("saved 14:05  ·  last run (14:20) did not save"))
    assert meta.text().endswith("last run (14:20) did not save")
    shown.sessions.apply(Delta(changed=(known,)))
    assert meta.accessibleName().endswith("saved 14:05")


@pytest.mark.parametrize("width", [1440, 1024])
def test_that_a_header_without_room_for_the_path_begins_with_what_it_says(shown: Shown, width: int) -> None:
    """With a long time the path went whole, and the dot that stood behind it was left in front."""
    header = shown.window.detail.header
    shown.window.resize(width, 900 if width == 1440 else 700)
    known = shown.sessions.summary(f"{ROOT}/{shown.names[0]}")
    assert known is not None
    long = known._replace(edited_at="2026-11-20T14:09:30")
    for by in ("ann", "a.very.long.name@rig-computer-3.of.the.lab", "somebody" * 30):
        header.show_summary(long._replace(edited_by=by), status(long))
        QApplication.processEvents()
        text, metrics = header.meta.text(), header.meta.fontMetrics()
        assert not text.lstrip("…").startswith((" ", "·")), text
        assert metrics.horizontalAdvance(text) <= header.meta.width(), text
        assert text.endswith(by[-8:]), text
        if known.directory not in text:
            assert known.directory in header.meta.toolTip().replace("\u200b", "")


def test_that_the_longest_status_does_not_cut_the_name(shown: Shown, qtbot: QtBot) -> None:
    """It stands below then, where the path gives way."""
    header, newer = shown.window.detail.header, Problem("newer", "Version 2.0.0 is newer.")
    shown.window.resize(1440, 900)
    known = summary(problem=newer)
    for name in ("764522_2026-11-27_06-27-44", "764522_2026-11-27_06-27-44_2"):
        header.show_summary(known._replace(name=name), status(known))
        qtbot.waitUntil(lambda: header.name.text() == header.name.accessibleName())
        assert header.name.text() == name
        assert header.rect().contains(header.pill.mapTo(header, header.pill.rect().bottomRight()))


def test_that_a_long_name_is_there_whole_in_smaller_letters_and_nothing_moves(
    shown: Shown, qtbot: QtBot
) -> None:
    header = shown.window.detail.header
    shown.window.resize(1024, 700)
    known = summary()
    header.show_summary(known, status(known))
    laid_out()
    usual, height = header.name.font().pixelSize(), header.height()
    for name in ("764520_2026-11-23_09-00-00", known.name):
        header.show_summary(known._replace(name=name), status(known))
        qtbot.waitUntil(lambda: header.name.text() == header.name.accessibleName())
        assert header.name.font().pixelSize() == usual
    for name in ("mouse0001_2025-06-01_000001", "mouse0001_2025-06-01_000001_repeat"):
        header.show_summary(known._replace(name=name), status(known))
        qtbot.waitUntil(lambda: header.name.text() == header.name.accessibleName())
        assert header.name.text() == name
        assert header.name.font().pixelSize() < usual
        assert header.height() == height
    header.show_summary(known, status(known))
    qtbot.waitUntil(lambda: header.name.text() == known.name)
    assert header.name.font().pixelSize() == usual


def test_that_the_header_says_only_what_is_known(shown: Shown) -> None:
    shown.sessions.apply(Delta(changed=(summary(launchers=(), saved_at=None),)))
    assert shown.window.detail.header.meta.text() == f"{DIRECTORY}  ·  4.2 kB"


def test_that_only_the_beginning_of_the_path_is_cut_where_the_header_is_narrow(shown: Shown) -> None:
    """What tells sessions of one name from each other is the end of their paths."""
    long = f"/data/{'very/deep/' * 20}764521_2026-11-23_14-05"
    shown.window.detail.header.show_summary(summary(directory=long), status(summary()))
    QApplication.processEvents()
    text = shown.window.detail.header.meta.text()
    assert text.startswith("…")
    assert text.endswith("/deep/764521_2026-11-23_14-05  ·  PredictiveLauncher  ·  4.2 kB  ·  saved 14:05")


def test_that_the_end_of_the_path_stays_when_the_divider_is_moved(shown: Shown, qtbot: QtBot) -> None:
    """Launcher and size, which stand below and in the list, go first; the session's time stays."""
    header, window = shown.window.detail.header, shown.window
    window.resize(1440, 900)
    long = summary(directory=f"{'/mnt/share' * 9}/rig3/764521_2026-11-23_14-05-00_after_lunch")
    seen = set[tuple[str, int]]()
    for width in range(700, 500, -10):
        window.splitter.setSizes([1440 - width, width])
        header.show_summary(long._replace(name="764521"), status(long))
        QApplication.processEvents()
        text, *known = header.meta.text().split("  ·  ")
        end = (
            "rig3/764521_2026-11-23_14-05-00_after_lunch"[-40:]
            if long.directory.endswith(text[1:])
            else "rig3"
        )
        assert text.startswith("…"), width
        assert text.endswith(end), (width, text)
        assert known[-1] == "saved 14:05"
        assert header.meta.fontMetrics().horizontalAdvance(header.meta.text()) <= header.meta.width()
        seen.add((end, len(known)))
    assert len(seen) > 2


def test_that_a_small_header_says_in_which_folder_a_session_is(shown: Shown, qtbot: QtBot) -> None:
    """Its name stands above; two of the same name lie in different folders."""
    header, window = shown.window.detail.header, shown.window
    window.resize(1024, 700)
    for folder in ("/mnt/share/labs/rig3/data", "D:\\labs\\rig 4\\data"):
        mark = "/" if folder.startswith("/") else "\\"
        known = summary(directory=f"{folder}{mark}764521_2026-11-23_14-05")
        header.show_summary(known, status(known))
        qtbot.waitUntil(lambda mark=mark: f"{mark}data  ·  " in header.meta.text())  # type: ignore[misc]
        assert header.meta.text().endswith("saved 14:05")
        assert known.directory in header.meta.toolTip().replace("\u200b", "")


def test_that_a_name_has_all_of_the_width_where_it_has_no_room_beside_resume(
    shown: Shown, qtbot: QtBot
) -> None:
    """In large text: Resume stands below then, in one place for all sessions."""
    header = shown.window.detail.header
    shown.theme.set_percent(150)
    for width, below in ((1920, False), (1440, True), (1920, False)):
        shown.window.resize(width, 1000)
        for name in ("764521_2026-11-23_14-05-00", "short"):
            known = summary(name)
            header.show_summary(known, status(known))
            qtbot.waitUntil(lambda below=below: resume_is_below(shown) == below)  # type: ignore[misc]
            qtbot.waitUntil(lambda name=name: header.name.text() == name)  # type: ignore[misc]
            assert header.rect().contains(header.resume.geometry())


def test_that_in_a_low_window_with_large_text_a_usual_name_is_there_whole(shown: Shown, qtbot: QtBot) -> None:
    """There, Resume is its sign alone, which the tool bar has as well."""
    header, name = shown.window.detail.header, "mouse764521_2026-11-23_14-05"
    for percent, words in ((200, ""), (100, "Resume…")):
        shown.theme.set_percent(percent)
        shown.window.resize(1000, 700)
        shown.window.one_pane.show_detail()
        known = summary(name)
        header.show_summary(known, status(known))
        qtbot.waitUntil(lambda words=words: header.resume.text().strip() == words)  # type: ignore[misc]
        qtbot.waitUntil(lambda: header.name.text() == name)
        assert header.resume.accessibleName() == "Resume…"


def resume_is_below(shown: Shown) -> bool:
    header = shown.window.detail.header
    return header.resume.geometry().top() >= header.name.geometry().bottom()
