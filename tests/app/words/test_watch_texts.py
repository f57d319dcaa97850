"""How a folder is watched, in words: the means, the last look, what was missed and what is wrong."""

import pytest

from app.watch_exchange import WatchedFolder
from app.words.watch_texts import tone_of, watched_text

LOST = (
    "Watched by events; last checked 14:32:08, 0 sessions. "
    "Events were lost once, and the whole folder was looked at again. Too few."
)


@pytest.mark.parametrize(
    ("folder", "text", "tone"),
    [
        (
            WatchedFolder("/data"),
            "Watched by a look at the whole folder now and then; not checked yet, 0 sessions.",
            "muted",
        ),
        (
            WatchedFolder("/data", True, "14:32:08", how="by events", sessions=1),
            "Watched by events; last checked 14:32:08, 1 session.",
            "green",
        ),
        (
            WatchedFolder("/nas", True, "14:32:08", how="by looking every 2 s", remote=True, sessions=1234),
            "On another computer, watched by looking every 2 s; last checked 14:32:08, 1,234 sessions.",
            "green",
        ),
        (
            WatchedFolder("/data", True, "14:32:08", "/data: too few.", "by events", losses=1),
            LOST,
            "amber",
        ),
        (WatchedFolder("/nas", False, note="/nas cannot be reached."), "/nas cannot be reached.", "amber"),
    ],
)
def test_that_it_is_told_how_a_folder_is_watched(folder: WatchedFolder, text: str, tone: str) -> None:
    assert (watched_text(folder), tone_of(folder)) == (text, tone)
