"""The demo as the pictures show it: the same sessions at the same times, whenever it is made.

The one idea: every rig of this demo has a clock of its own, and so have the operators; the window is given
`now`. Two runs therefore show the same words. Launchers really run here, too. Not the demo that people open:
its sessions are of the minute in which it is made.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from app.demo import DIRECTORY, OLD_PROGRAM, Session

NOW = "2026-11-23T14:32:08"
UNSIGNED = "a crash that nobody signed"
BY_HAND = f"resources.demo.by_hand {DIRECTORY}"


def now() -> datetime:
    """The local time at which all pictures are taken."""
    return datetime.fromisoformat(NOW)


def _predictive(
    what: str, at: str, trials: int, *afterwards: str, resumes: str = "", **more: object
) -> Session:
    """A session of the subject that is followed through the days."""
    parameters = {"trials": trials, **more}
    return Session(what, "predictive", "764521", "rig3", parameters, afterwards, f"2026-11-{at}", resumes)


def _spoilt(way: str, at: str) -> str:
    return f"{OLD_PROGRAM} {way} {DIRECTORY} --at 2026-11-{at}"


def _by_hand(who: str, at: str, what: str) -> str:
    return f"{BY_HAND} --who {who} --at 2026-11-{at} {what}"


def _camera_that_dies(at: str) -> str:
    """A later run in the same session, which does not come to save."""
    return f"resources.demo.camera {DIRECTORY} --die --at 2026-11-{at}"


def _other(
    what: str, launcher: str, subject: str, at: str, *afterwards: str, **parameters: object
) -> Session:
    return Session(what, launcher, subject, "rig3", parameters, afterwards, f"2026-11-{at}")


SESSIONS = (
    _predictive("ready", "23T14:05:00", 10, resumes="resumed from"),
    _predictive("resumed from", "23T13:11:00", 5),
    _other("the task broke", "slap2", "771830", "23T11:52:00", break_at=4),
    _other("stopped by the operator", "predictive", "758833", "23T10:20:00", interrupt_at=3),
    _other("the rig was off", "predictive", "769004", "23T09:47:00", rig_is_off=True),
    _predictive(
        "corrected",
        "22T15:12:00",
        16,
        _by_hand("ann", "22T15:44:10", "set reward_volume_ul 5 --note 'The pump gave 5'"),
        _by_hand("bob", "22T15:51:30", "set opto_note '\"left\"'"),
        _by_hand("ann", "22T15:52:00", "set laser_steps_mw [0.5,1.0]"),
        _by_hand("ann", "22T15:58:00", "restore 3"),
        checkpoint_at=8,
    ),
    _other("imaging", "slap2", "770012", "22T14:03:00"),
    _other("damaged", "predictive", "758833", "22T09:30:00", _spoilt("damage", "22T09:52:00")),
    _other(
        "two launchers",
        "predictive",
        "771830",
        "22T08:55:00",
        f"resources.demo.camera {DIRECTORY} --at 2026-11-22T09:20:00",
    ),
    _other("1,500 attributes", "calibration", "769004", "22T08:12:00"),
    _predictive("five days ago", "21T09:58:00", 12, _camera_that_dies("21T11:40:00")),
    _predictive("broke once", "20T11:02:00", 11, break_at=6),
    _other("from a newer version", "slap2", "758833", "19T11:40:00", _spoilt("newer", "19T12:03:00")),
    _predictive("four days ago", "19T10:02:00", 10),
    _other("cleared", "predictive", "751190", "18T16:48:00", _by_hand("ann", "18T17:20:00", "clear")),
    _predictive("a week ago", "18T09:31:00", 9),
    _other("the computer died", "slap2", "770012", "17T15:26:00", die_at=4, hold_at=8),
    _other("every type, in several scripts", "diary", "769004", "17T13:05:00"),
    _predictive("before that", "17T10:44:00", 9),
    _predictive("long ago", "16T16:20:00", 7),
    _other("from an old program", "predictive", "758833", "16T14:37:00", _spoilt("old_style", "16T15:12:00")),
    _other("moved", "predictive", "751190", "13T15:40:00", _spoilt("archive", "13T16:00:00")),
    _other(UNSIGNED, "slap2", "771830", "12T09:10:00", _spoilt("unsign", "12T09:11:00"), rig_is_off=True),
    _predictive("the first", "14T09:52:00", 6),
)
OVERWRITING = _other("overwriting", "predictive", "770012", "23T14:11:00", trials=4, checkpoint_at=1)


RUNNING = _other("running", "slap2", "770012", "23T13:41:00", trials=30, checkpoint_at=6, hold_at=8)
FINISHING = _other("finishing", "slap2", "752311", "23T14:01:00", archive_seconds=3600)


def settle(made: Mapping[str, Path]) -> None:
    """Give the files of each session the time of its rig, because the window tells when they were written."""
    for session in SESSIONS:
        at = datetime.fromisoformat(session.at).timestamp()
        for file in (made[session.what], *made[session.what].rglob("*")):
            os.utime(file, (at, at))
