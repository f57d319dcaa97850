"""What is to be looked at before a start: each thing known to differ, in one sentence, and no guess."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.past_errands import Unsaved
from app.resume_exchange import Earlier, HandedOver, Neighbour, Surroundings
from app.resuming.around import Around, EditedElsewhere
from app.resuming.cautions import cautions
from persistence.files.runner import Running

NOW = datetime(2026, 11, 23, 14, 32, 8)
PLAIN = Around(
    "/data/764521_2026-11-23_14-05",
    "764521",
    "2026-11-23T14:30:00",
    host="rig3",
    module="my.old",
    started_as="my.old",
)
SLAP2 = Running("rig3", 77, "my_project.launchers.slap2.Slap2Launcher")


def told(**changes: Any) -> list[tuple[str, str, str]]:
    found = cautions(replace(PLAIN, **changes), NOW)
    return [(one.weight, one.text, one.directory) for one in found]


def text(**changes: Any) -> str:
    ((_, words, _),) = told(**changes)
    return words


def test_that_nothing_is_told_where_nothing_differs() -> None:
    assert told() == []


def test_that_an_edit_is_told_and_what_another_program_left_of_it() -> None:
    edited = {"edited_by": "ann"}
    assert told(**edited) == [("know", "It was edited by ann since the launcher saved it.", "")]
    assert told(**edited, deed="recover")[0][1] == "It was recovered by ann since the launcher saved it."
    assert told(written=True) == [("know", "It was written outside history since the launcher saved it.", "")]
    for lost, left in (
        ((), "; what ann changed is still in it."),
        (None, ": what ann changed may not be in it any more."),
        (("gain",), ": gain is not as ann left it."),
        (("a", "b", "c", "d", "e"), ": a, b, c and 2 more are not as ann left it."),
    ):
        ((weight, words, _),) = told(written=True, lost=lost, lost_by="ann", **edited)
        assert (weight, words) == (
            "check",
            f"It was edited by ann, and written outside history since{left}",
        )


def test_that_a_run_that_did_not_save_is_told_with_what_is_resumed_instead() -> None:
    died = SLAP2._replace(started="2026-11-23T14:31:00")
    left = "what is resumed is the state of before it, saved 14:30."
    said = f"The last run (Slap2Launcher, 14:31) ended without saving: {left}"
    assert told(died=died) == [("check", said, "")]
    another = "The last run (Slap2Launcher, 22 Nov 09:00) ended without saving."
    assert text(died=SLAP2._replace(started="2026-11-22T09:00:00")) == another
    assert text(died=Running("rig3", 7, "", "2026-11-23T14:31:00")).startswith("The last run (14:31) ended")


def test_that_a_run_or_an_edit_of_another_launcher_than_the_chosen_one_is_told_as_such() -> None:
    died = SLAP2._replace(started="2026-11-23T14:31:00")
    said = "The last run (Slap2Launcher, 14:31) ended without saving; what is resumed here is of another"
    assert told(died=died, died_elsewhere=True) == [("check", f"{said} launcher.", "")]
    zeds = EditedElsewhere("zed", "edit", "Slap2Launcher")
    words = "What zed edited is Slap2Launcher's, not what is resumed here."
    assert told(edited_elsewhere=(zeds,)) == [("know", words, "")]
    restored = zeds._replace(deed="restore")
    assert text(edited_elsewhere=(restored,)).startswith("What zed restored is Slap2Launcher's")


def test_that_who_edited_before_is_told_in_order() -> None:
    by_root: dict[str, Any] = {"edited_by": "root", "deed": "edit"}
    for before, words in (
        ((("bob", "edit"),), "edited by bob, then root"),
        ((("bob", "recover"),), "recovered by bob, then edited by root"),
        (
            (("ann", "edit"), ("cy", "edit"), ("bob", "edit")),
            "edited by bob, then root, and by 2 more before,",
        ),
    ):
        assert text(**by_root, edited_before=before) == f"It was {words} since the launcher saved it."
    over = text(**by_root, edited_before=(("bob", "edit"),), written=True, lost_by="root")
    assert over.startswith("It was edited by bob, then root, and written outside history since; what root")


def test_that_an_edit_lost_under_a_later_one_is_told_with_whose_it_was() -> None:
    by_bob: dict[str, Any] = {"edited_by": "bob", "written": True}
    for lost, left in (
        (None, ": what ann changed may not be in it any more."),
        (("gain",), ": gain is not as ann left it."),
    ):
        ((weight, words, _),) = told(lost=lost, lost_by="ann", **by_bob)
        assert (weight, words) == (
            "check",
            f"It was edited by bob, and what ann changed was written over outside history{left}",
        )
    for whose in ("ann", ""):
        ((weight, words, _),) = told(lost_by=whose, **by_bob)
        assert (weight, words) == (
            "know",
            "It was edited by bob since the launcher saved it, and written outside history before that.",
        )


@pytest.mark.parametrize(
    ("saved", "words"),
    [
        ("2026-11-22T14:32:08", "The saved state is 1 day old."),
        ("2026-11-20T14:00:00", "The saved state is 3 days old."),
        ("2026-11-01T00:00:00", "The saved state is 3 weeks old."),
        ("2020-01-01T00:00:00", "The saved state is 6 years old."),
        ("2026-11-23T18:00:00", "which is later than it is on this computer now."),
        ("", "does not say when it was saved"),
        ("yesterday", "does not say when it was saved"),
    ],
)
def test_that_an_odd_age_is_told_in_words(saved: str, words: str) -> None:
    assert words in text(saved_at=saved)


def test_that_from_when_on_it_is_old_is_for_the_operator_to_say() -> None:
    before = "2026-11-23T09:00:00"
    assert told(saved_at=before) == []
    assert text(saved_at=before, old_after=timedelta(hours=5)) == "The saved state is 5 hours old."
    assert told(saved_at=before, old_after=timedelta(hours=6)) == []
    assert told(saved_at="2026-11-20T14:00:00", old_after=timedelta(days=7)) == []


def test_that_who_runs_in_the_very_session_stops_everything() -> None:
    assert told(running=SLAP2) == [
        ("stop", "Slap2Launcher is running in this very session, on this computer.", "")
    ]
    assert "on rig9" in text(running=SLAP2._replace(host="rig9"))


def test_that_another_launcher_on_this_computer_is_told_and_leads_there() -> None:
    there = Neighbour("/data/770012_2026-11-23_13-41", "770012", SLAP2)
    (found,) = told(neighbours=(there,))
    assert found == (
        "check",
        "Another launcher is running on this computer: 770012_2026-11-23_13-41, Slap2Launcher.",
        there.directory,
    )
    assert told(neighbours=(replace(there, directory=PLAIN.directory),)) == []


def test_that_a_resumed_run_is_told_once_where_it_works() -> None:
    source = Neighbour("/data/a", "770012", SLAP2._replace(elsewhere=True))
    at_work = Neighbour("/data/b", "770012", SLAP2)
    once = "Another launcher is running on this computer: b, Slap2Launcher."
    for order in ((source, at_work), (at_work, source)):
        assert told(neighbours=order) == [("check", once, "/data/b")]
    unlisted = "Another launcher is running on this computer: resumed from a, Slap2Launcher."
    assert told(neighbours=(source,)) == [("check", unlisted, "/data/a")]
    another = replace(at_work, directory="/data/c", running=SLAP2._replace(pid=78))
    assert len(told(neighbours=(source, at_work, another))) == 2
    away = [
        replace(one, subject="764521", running=one.running._replace(host="rig9")) for one in (source, at_work)
    ]
    assert text(neighbours=tuple(away)) == "764521 is in another session that is running on rig9: b."
    nameless = Running("rig3", 0, elsewhere=True)  # its text was torn: nobody knows whose it is
    assert (
        len(told(neighbours=(replace(source, running=nameless), replace(at_work, running=Running("rig3")))))
        == 2
    )


def test_that_the_run_of_this_session_is_no_other_launcher() -> None:
    source = Neighbour(PLAIN.directory, "764521", SLAP2._replace(elsewhere=True))
    at_work = Neighbour("/data/b", "764521", SLAP2)
    goes_on = "Slap2Launcher was started on this saved state and is still running, on this computer"
    assert told(running=source.running, neighbours=(source, at_work)) == [
        ("stop", f"{goes_on}: b.", "/data/b")
    ]
    assert told(running=source.running, neighbours=(source,)) == [("stop", f"{goes_on}.", "")]
    came_from = replace(source, directory="/data/a")
    here = replace(at_work, directory=PLAIN.directory)
    assert text(running=SLAP2, neighbours=(came_from, here)).endswith(
        "in this very session, on this computer."
    )


def test_that_on_other_computers_only_the_same_animal_counts() -> None:
    away = Neighbour("/data/x", "770012", SLAP2._replace(host="rig9"))
    assert told(neighbours=(away,)) == []
    assert "764521 is in another session that is running on rig9: x." in text(
        neighbours=(replace(away, subject="764521"),)
    )


def test_that_another_module_is_told() -> None:
    assert text(started_as="my.new") == "It was saved by a launcher of my.old; one of my.new is started."


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (
            Surroundings(launcher_version="2.3.0"),
            Surroundings(launcher_version="2.4.1"),
            "saved with 2.3.0, this computer has 2.4.1",
        ),
        (
            Surroundings(revision="a" * 40),
            Surroundings(revision="b" * 40),
            "it was aaaaaaaaaa, now it is bbbbbbbbbb (git)",
        ),
        (
            Surroundings({"reward": 5, "rig_id": "r1"}),
            Surroundings({"reward": 6, "rig_id": "r1", "new": 1}),
            "saved run: reward was 5, is 6.",
        ),
        (Surroundings({"a": "x"}), Surroundings({}), "a was x, is not there"),
        (Surroundings(dict.fromkeys("abcde", 1)), Surroundings({}), "and 2 more."),
    ],
)
def test_that_other_surroundings_are_told(then: Surroundings, now: Surroundings, words: str) -> None:
    assert words in text(then=then, now=now)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (Surroundings(), Surroundings({"a": 1}, "2.4.1", "b" * 40)),
        (Surroundings({"a": 1}, "2.4.1", "b" * 40), Surroundings()),
        (Surroundings({"a": 1}, "2.4.1", "abcdef0"), Surroundings({"a": 1, "b": 2}, "2.4.1", "abcdef0123")),
    ],
)
def test_that_nothing_is_told_of_what_is_not_known_or_the_same(then: Surroundings, now: Surroundings) -> None:
    assert told(then=then, now=now) == []


def test_that_lineage_is_told_and_leads_there() -> None:
    source = "D:\\data\\764521_2026-11-23_13-11"
    found = told(resumed_from=source, resumed_as="/data/764521_14-20")
    assert found == [
        ("check", "This session was already resumed as 764521_14-20.", "/data/764521_14-20"),
        ("know", "This session was itself resumed from 764521_2026-11-23_13-11.", source),
    ]


def test_that_resumes_before_the_last_are_counted() -> None:
    for count, words in ((1, "and 1 time before that."), (2, "and 2 times before that.")):
        assert text(resumed_as="/data/764521_14-20", resumed_before=count).endswith(f"764521_14-20, {words}")


@pytest.mark.parametrize(
    ("earlier", "words"),
    [
        (
            Earlier("/out/m1", f"{NOW:%Y-%m-%d}T06:41:00", "ann"),
            "at 06:41 by ann; its new session lies in /out/m1",
        ),
        (Earlier("/out/m1"), "resumed; its new session lies in /out/m1, which is not watched."),
        (Earlier("/out/m1", "2026-01-02T06:41:00"), "resumed on 2026-01-02 at 06:41; its new"),
        (Earlier("/out/m1", watched=True), "resumed; its new session lies in /out/m1, which is not listed."),
    ],
)
def test_that_a_resume_whose_session_is_not_listed_is_told(earlier: Earlier, words: str) -> None:
    ((weight, sentence, leads_to),) = told(earlier=earlier, resumed_as="m1")
    assert (weight, leads_to) == ("check", "")
    assert words in sentence


def test_that_a_relative_that_is_not_listed_leads_nowhere() -> None:
    assert told(resumed_from="764521_2026-11-23_13-11")[0][2] == ""


def test_that_the_heaviest_comes_first() -> None:
    weights = [weight for weight, _, _ in told(
        resumed_from="/a", edited_by="ann", saved_at="", problems=("x.",), running=SLAP2
    )]  # fmt: skip
    assert weights == ["stop", "check", "check", "know", "know"]


def test_that_another_subject_in_the_saved_state_is_told() -> None:
    assert told(saved_subject="764521") == told(saved_subject="") == []
    assert text(saved_subject="mouse 5") == (
        "The saved state names the subject mouse 5, and this session is of 764521: that name is not restored."
    )


def test_that_a_subject_that_was_changed_by_hand_is_told_where_the_session_is_of_it() -> None:
    assert told(saved_subject="764521", own_subject="764521") == told(saved_subject="764521") == []
    assert text(saved_subject="764521", own_subject="888111") == (
        "subject_id was changed by hand, 888111 before: make sure that the animal is 764521."
    )
    assert text(saved_subject="999", own_subject="888111").startswith("The saved state names the subject 999")


def test_that_who_does_not_reach_the_launcher_is_told() -> None:
    assert text(untold=("user",)) == (
        "The user typed here does not reach the launcher, whose command has no {param_file}: "
        "it runs with the one that it names itself."
    )
    assert text(untold=("subject", "user")).startswith("The subject and user typed here do not reach")


def test_that_a_command_with_the_parameters_of_another_is_told() -> None:
    assert told(handed_over=HandedOver("p1.json", "764521")) == []
    assert told(handed_over=HandedOver("p1.json", "812001"), subject="") == []
    assert text(handed_over=HandedOver("p1.json", "812001")) == (
        "The command hands over p1.json, which is of the subject 812001, and this session is of 764521. "
        "The launcher will refuse. {param_file} in the place of that file stands for the parameters of this "
        "session."
    )


def test_that_a_newer_state_that_could_not_be_saved_is_the_first_thing_to_check() -> None:
    newer = Unsaved("/home/u.json", "2026-11-23T14:31:00", ("my.old.RigLauncher",), "read-only file system")
    found = "An unsaved state was found: RigLauncher could not save it at 14:31: read-only file system."
    weight, words, _ = told(unsaved=(newer,), problems=("x.",), resumed_as="/a")[0]
    assert (weight, words) == (
        "check",
        f"{found} The launcher would start on the older one, unless you bring it in first.",
    )
    older = replace(newer, saved_at="2026-11-23T14:29:00")
    ((weight, words, _),) = told(unsaved=(older,))
    assert (weight, words.endswith("It is older than what is saved.")) == ("know", True)
    assert told(unsaved=(older, newer))[0][1].startswith("2 unsaved states were found, the newest: Rig")
