"""Large rows on their way to the clipboard: between frames, told, and left where nobody waits for them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.models import pieces
from app.models.state import text_parts
from app.models.state.text_parts import Copied
from app.views.state.copying import OWN_FORMAT, Copying, leave_clipboard
from tests.app.models.large import LARGE, TRIALS, spelled, unread
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, snapshot


@pytest.fixture(autouse=True)
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is large is not done in the first slice."""
    monkeypatch.setattr(pieces, "SLICE", 0.0)
    QGuiApplication.clipboard().setText("before")


def copy(shown: Shown, name: str, *place: str, checked: bool = True) -> None:
    """Begin to copy a row of a large state of which nothing is read."""
    large = snapshot(unread(LARGE), shown.names[0], etag="large", checked=checked)
    shown.drafts.open(large)
    shown.window.show_session(large, shown.drafts.get(large.directory))
    shown.window.detail.state.view.go_to(shown.state.find(PREDICTIVE, place))
    shown.window.actions_[f"action{name}"].trigger()


def copying_of(shown: Shown) -> Copying:
    found = shown.window.findChild(Copying)
    assert isinstance(found, Copying)
    return found


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def told(shown: Shown) -> str:
    return shown.window.status.message.accessibleName()


def is_read(shown: Shown) -> bool:
    document = shown.state._document
    assert document is not None
    return any(spelled(document, name).known for name in ("trials", "gains", "pair", "odd"))


def test_that_a_large_launcher_comes_to_the_clipboard_unread(qtbot: QtBot, shown: Shown) -> None:
    copy(shown, "CopyJson")
    assert clipboard() == "before"
    qtbot.waitUntil(lambda: clipboard() != "before")
    assert json.loads(clipboard()) == LARGE
    own = QGuiApplication.clipboard().mimeData().data(OWN_FORMAT)
    assert bytes(own.data()).decode() == clipboard()
    assert "Copied the launcher" in told(shown)
    assert not is_read(shown)


def test_that_a_large_list_is_copied_as_a_value_unread(qtbot: QtBot, shown: Shown) -> None:
    copy(shown, "CopyValue", "trials")
    qtbot.waitUntil(lambda: clipboard() != "before")
    assert json.loads(clipboard()) == TRIALS
    assert not is_read(shown)


def test_that_what_takes_long_is_told_and_can_be_left(
    qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    copying = copying_of(shown)
    monkeypatch.setattr(text_parts.Copied, "work", _never_done)
    seen: list[str] = []
    copying.patience.banner_shown.connect(lambda banner: seen.append(banner.text))
    copy(shown, "CopyJson")
    qtbot.waitUntil(lambda: len(seen) > 1)
    assert seen[0].startswith("Copying the launcher, ")
    shown.window.banner_action.emit("busy:copying", "give_up")
    assert "Not copied: the launcher" in told(shown)
    assert not copying._pieces.busy
    assert clipboard() == "before"


def _never_done(copied: text_parts.Copied) -> object:
    copied.all_of_them = 100
    while True:
        copied.size += 1
        yield


def test_that_what_is_too_much_is_refused_in_a_sentence(
    qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_parts, "MOST_COPIED", 100_000)
    copy(shown, "CopyJson", "trials")
    qtbot.waitUntil(lambda: "too much for a clipboard" in told(shown))
    assert "rigstate get FOLDER trials" in told(shown)
    assert clipboard() == "before"


def test_that_another_session_ends_it(qtbot: QtBot, shown: Shown) -> None:
    copy(shown, "CopyJson")
    shown.open(shown.names[1])
    assert not copying_of(shown)._pieces.busy
    assert clipboard() == "before"


def test_that_nothing_is_copied_of_a_large_state_that_is_not_judged(shown: Shown) -> None:
    copy(shown, "CopyJson", checked=False)
    assert "still being checked" in told(shown)
    assert clipboard() == "before"
    assert not is_read(shown)


def test_that_a_copy_that_fails_says_so_and_waits_no_more(
    qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Copied) -> Iterator[None]:
        yield
        raise LookupError

    with qtbot.captureExceptions() as raised, monkeypatch.context() as patch:
        patch.setattr(Copied, "work", fails)
        copy(shown, "CopyValue", "trials")
        qtbot.waitUntil(lambda: "Not copied" in told(shown))
    assert [kind for kind, *_ in raised] == [LookupError]
    assert clipboard() == "before"
    assert copying_of(shown)._copied is None
    assert shown.window.banners.banners() == ()


def test_that_only_what_this_window_has_copied_goes_with_it(qtbot: QtBot, shown: Shown) -> None:
    leave_clipboard()
    assert clipboard() == "before"
    copy(shown, "CopyValue", "trials")
    qtbot.waitUntil(lambda: clipboard() != "before")
    for _ in range(2):  # also where it is empty
        leave_clipboard()
        assert clipboard() == ""
