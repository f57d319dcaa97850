"""Resuming as the operator lives it: the right animal, saved first, nothing starts on what was not saved."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.files.changes import read_session
from app.launchers.registry import Registry
from app.resume_exchange import ResumeOffer, ResumeRequest, Run
from app.resuming.offering import Prepare, offer_of
from app.resuming.resume import Copied, Copy, NotCopied, NotStarted, Start
from app.resuming.starting import LEAVE_OUT, SHOW, STOP, Starting
from app.runs.following import Output
from app.runs.run import WAITING
from app.runs.run_report import UNCONFIRMED, LoadedAttribute
from app.snapshot import SessionSnapshot
from tests.small_rig import NAMESPACE, made_session


class Sheet:
    """The flow between sheet and start, with what it asked and told."""

    def __init__(self, snapshot: SessionSnapshot) -> None:
        self.snapshot = snapshot
        self.asked: list[Prepare | Start | Copy] = []
        self.starting = Starting(self.asked.append)
        self.banners: dict[str, Banner] = {}
        self.saves: list[tuple[str, str]] = []
        self.users: list[str] = []
        self.messages: list[str] = []
        self.starting.banner_shown.connect(lambda banner: self.banners.__setitem__(banner.key, banner))
        self.starting.banner_removed.connect(lambda key: self.banners.pop(key, None))
        self.starting.save_requested.connect(lambda *asked: self.saves.append(asked))
        self.starting.user_confirmed.connect(self.users.append)
        self.starting.message_shown.connect(self.messages.append)
        self.starting.message_over.connect(self.forget)

    def forget(self, message: str) -> None:
        self.messages[:] = [one for one in self.messages if one != message]

    def confirm(self, *, subject: str = "764521", save_first: bool = False, etag: str = "") -> None:
        seen = etag or self.snapshot.etag
        request = ResumeRequest(self.snapshot.directory, NAMESPACE, subject, "ann", save_first, seen)
        self.starting.start(request, self.snapshot, "764521")

    def offered(self) -> ResumeOffer:
        """What the disk answers to what was asked last."""
        asked = self.asked[-1]
        assert isinstance(asked, Prepare)
        folder = Path(self.snapshot.directory).parent
        return offer_of(asked, Registry(folder / "launchers.toml"), folder / "run")

    def run(self, state: str, note: str, **more: object) -> Run:
        run = Run("r1", self.snapshot.directory, "s", state, note, **more)  # type: ignore[arg-type]
        self.starting.take(run)
        return run


@pytest.fixture
def sheet(tmp_path: Path, qtbot: QtBot) -> Sheet:
    return Sheet(read_session(str(made_session(tmp_path))))


def test_that_an_offer_that_comes_late_is_announced_and_dropped_when_nobody_waits(
    sheet: Sheet, qtbot: QtBot
) -> None:
    shown: list[object] = []
    sheet.starting.offer_shown.connect(shown.append)
    sheet.starting.patience.banner_shown.connect(lambda one: sheet.banners.__setitem__(one.key, one))
    wanted = Prepare(sheet.snapshot, "764521", ("ann",))
    sheet.starting.offer(wanted)
    qtbot.waitUntil(lambda: "busy:offer" in sheet.banners)
    banner = sheet.banners["busy:offer"]
    assert banner.text == f"Looking how {Path(sheet.snapshot.directory).name} can be resumed …"
    sheet.starting.patience.act(banner.key, banner.actions[0][1])
    sheet.starting.take(sheet.offered())
    assert shown == []
    sheet.starting.offer(wanted)
    sheet.starting.take(sheet.offered())
    assert shown == [sheet.offered()]


def test_that_of_two_offers_only_the_last_one_is_shown_and_once(sheet: Sheet, qtbot: QtBot) -> None:
    """The sheet of the first would be replaced by that of the second, with all that was typed into it."""
    shown: list[object] = []
    sheet.starting.offer_shown.connect(shown.append)
    sheet.starting.patience.banner_shown.connect(lambda one: sheet.banners.__setitem__(one.key, one))
    wanted = Prepare(sheet.snapshot, "764521", ("ann",))
    sheet.starting.offer(wanted)
    first = sheet.offered()
    qtbot.waitUntil(lambda: "busy:offer" in sheet.banners)
    sheet.starting.patience.act("busy:offer", "give_up")
    sheet.starting.offer(replace(wanted, left_out=("trial_count",)))
    last = sheet.offered()
    for answer in (first, last, last):
        sheet.starting.take(answer)
    assert shown == [last]


def test_that_an_offer_is_asked_for_and_shown(sheet: Sheet, qtbot: QtBot) -> None:
    wanted = Prepare(sheet.snapshot, "764521", ("ann",))
    sheet.starting.offer(wanted)
    (asked,) = sheet.asked
    assert isinstance(asked, Prepare)
    assert replace(asked, stamp=0) == wanted
    offer = sheet.offered()
    with qtbot.waitSignal(sheet.starting.offer_shown) as shown:
        sheet.starting.take(offer)
    assert shown.args == [offer]


def test_that_a_confirmed_start_is_on_the_version_that_was_seen(sheet: Sheet) -> None:
    sheet.confirm(subject=" 764521 ")
    (start,) = sheet.asked
    assert isinstance(start, Start)
    assert start.etag == sheet.snapshot.etag
    assert sheet.users == ["ann"]


def test_that_a_copied_start_is_told_with_what_it_is_for_and_changes_nobodys_name(sheet: Sheet) -> None:
    lines: list[str] = []
    sheet.starting.line_copied.connect(lines.append)
    request = ResumeRequest(sheet.snapshot.directory, NAMESPACE, "764521", "mia", False, sheet.snapshot.etag)
    sheet.starting.copy(request)
    assert sheet.asked == [Copy(request)]
    sheet.starting.take(Copied(request, "cd / && true"))
    (message,) = sheet.messages
    assert message.startswith("Copied, for a terminal: resume ")
    assert "(subject 764521, user mia). It holds until the saved state is changed." in message
    assert (lines, sheet.users) == (["cd / && true"], [])


def test_that_what_cannot_be_copied_is_told(sheet: Sheet) -> None:
    sheet.starting.take(NotCopied(sheet.snapshot.directory, "there is no such program."))
    (message,) = sheet.messages
    assert message.endswith(": not copied. there is no such program.")


def test_that_the_wrong_animal_stops_here(sheet: Sheet) -> None:
    sheet.confirm(subject="770012")
    assert sheet.asked == []
    (banner,) = sheet.banners.values()
    assert "770012" in banner.text
    assert "764521" in banner.text


@pytest.mark.parametrize("save_first", [False, True])
def test_that_nothing_starts_on_a_version_that_was_not_seen(sheet: Sheet, save_first: bool) -> None:
    sheet.confirm(etag="what the sheet showed", save_first=save_first)
    assert (sheet.asked, sheet.saves) == ([], [])
    (banner,) = sheet.banners.values()
    assert "changed while you were looking" in banner.text


def test_that_edits_are_saved_before_the_start_and_the_start_is_on_them(sheet: Sheet) -> None:
    sheet.confirm(save_first=True)
    assert (sheet.saves, sheet.asked) == ([(sheet.snapshot.directory, "")], [])
    saved = SessionSnapshot(sheet.snapshot.directory, sheet.snapshot.document, "e2", 10, 2, None)
    sheet.starting.take_saved(saved)
    sheet.starting.take_saved(saved)
    assert [start.etag for start in sheet.asked if isinstance(start, Start)] == ["e2"]


def test_that_nothing_starts_when_the_edits_could_not_be_saved(sheet: Sheet) -> None:
    sheet.confirm(save_first=True)
    sheet.starting.take_not_saved(sheet.snapshot.directory)
    sheet.starting.take_saved(sheet.snapshot)
    assert sheet.asked == []
    (banner,) = sheet.banners.values()
    assert "could not be saved" in banner.text


def test_that_a_start_takes_the_word_of_an_earlier_refusal_back(sheet: Sheet) -> None:
    sheet.confirm(subject="770012")
    assert sheet.banners
    sheet.confirm()
    assert sheet.banners == {}


def test_that_an_ordinary_save_starts_nothing(sheet: Sheet) -> None:
    sheet.starting.take_saved(sheet.snapshot)
    sheet.starting.take_not_saved(sheet.snapshot.directory)
    assert (sheet.asked, sheet.banners) == ([], {})


def test_that_what_did_not_start_is_told(sheet: Sheet) -> None:
    sheet.starting.take(NotStarted(sheet.snapshot.directory, "There is no such program."))
    (banner,) = sheet.banners.values()
    assert banner.hue == "vermilion"
    assert "There is no such program." in banner.text


def test_that_a_run_is_followed_and_trouble_stays_in_sight(sheet: Sheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.starting.output_printed) as printed:
        sheet.starting.take(Output("r1", "trial 1\n"))
    assert printed.args == [("r1", "trial 1\n")]
    sheet.run("running", UNCONFIRMED, unconfirmed=True)
    banner = sheet.banners["run:r1"]
    assert UNCONFIRMED in banner.text
    assert not banner.dismissible
    sheet.run("running", "Loaded 5 attributes.")
    assert sheet.banners == {}
    assert sheet.messages[-1] == "s: Loaded 5 attributes."
    sheet.run("failed", "It ended with code 3.")
    assert "code 3" in sheet.banners["run:r1"].text


def test_that_what_is_said_of_a_run_names_its_own_session_once_that_is_known(sheet: Sheet) -> None:
    sheet.run("running", "Loaded 5 attributes.", session="/data/new")
    assert sheet.messages[-1] == "new: Loaded 5 attributes."
    sheet.run("running", UNCONFIRMED, session="/data/new", unconfirmed=True)
    assert sheet.banners["run:r1"].text == f"new: {UNCONFIRMED}"


def test_that_from_a_notice_one_goes_to_the_output_or_stops_the_run(sheet: Sheet) -> None:
    shown: list[object] = []
    stopped: list[object] = []
    sheet.starting.output_wanted.connect(shown.append)
    sheet.starting.stop_wanted.connect(stopped.append)
    run = sheet.run("running", UNCONFIRMED, unconfirmed=True)
    assert [words for words, _ in sheet.banners["run:r1"].actions] == ["Show output", "Stop…"]
    sheet.starting.act("run:r1", SHOW)
    sheet.starting.act("run:r1", STOP)
    sheet.starting.act("run:r2", STOP)
    sheet.starting.act("start:r1", STOP)
    assert (shown, stopped) == ([run], [run])


def test_that_what_a_launcher_could_not_restore_can_be_left_out_the_next_time(sheet: Sheet) -> None:
    wanted: list[object] = []
    sheet.starting.offer_wanted.connect(wanted.append)
    loaded = (
        LoadedAttribute("a", "restored"),
        LoadedAttribute("b", "mismatched", "x"),
        LoadedAttribute("c", "refused"),
    )
    sheet.run("failed", "The launcher refused to start.", loaded=loaded, refused=True)
    actions = dict(sheet.banners["run:r1"].actions)
    assert actions["Leave these out and resume…"] == LEAVE_OUT
    sheet.starting.act("run:r1", LEAVE_OUT)
    assert wanted == [(sheet.snapshot.directory, ("b", "c"))]
    assert sheet.banners == {}
    sheet.run("failed", "It ended with code 3.", loaded=loaded)
    assert [words for words, _ in sheet.banners["run:r1"].actions] == ["Show output"]


def test_that_a_run_that_had_ended_before_the_window_opened_is_no_news(sheet: Sheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.starting.run_shown):
        sheet.run("failed", "It ended with code 3.", found=True)
    assert (sheet.banners, sheet.messages) == ({}, [])


def test_that_no_message_goes_on_telling_what_a_banner_has_overtaken(sheet: Sheet) -> None:
    sheet.confirm()
    sheet.run("starting", WAITING)
    assert sheet.messages == [f"Starting the launcher on {sheet.snapshot.name} …", f"s: {WAITING}"]
    sheet.run("failed", "It ended with code 2.")
    assert sheet.messages == []
    sheet.confirm()
    sheet.starting.take(NotStarted(sheet.snapshot.directory, "Not started: nobody knows why."))
    assert sheet.messages == []


def test_that_whoever_was_to_resume_is_withdrawn_when_nothing_started(sheet: Sheet) -> None:
    withdrawn: list[str] = []
    sheet.starting.user_withdrawn.connect(withdrawn.append)
    sheet.confirm()
    sheet.starting.take(NotStarted(sheet.snapshot.directory, "No such program."))
    assert (sheet.users, withdrawn) == (["ann"], ["ann"])
    sheet.confirm()
    sheet.run("failed", "The launcher refused to start: No.", refused=True)
    sheet.run("failed", "The launcher refused to start: No.", refused=True)
    assert withdrawn == ["ann", "ann"]
    sheet.confirm()
    sheet.run("running", "Loaded 12 attributes.", session="/data/other")
    sheet.run("failed", "It failed.", session="/data/other")
    assert withdrawn == ["ann", "ann"]
