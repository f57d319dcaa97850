"""An operator at his desk: one session on a real disk, the rooms between him and it, and what he was told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.disk.folders import Folders
from app.disk.watching import Watching
from app.editing.again import Again
from app.editing.clearing import Clearing
from app.editing.desk import Desk
from app.editing.draft import Draft
from app.editing.drafts import Drafts
from app.editing.edits import SetValue
from app.editing.gone import Gone
from app.editing.saves import Saves
from app.exchange import Banner, ClearRequest, Decision, SaveRequest
from app.files.elsewhere import Elsewhere
from app.listing.catalog import Catalog
from app.models.sessions.sessions import SessionsModel
from app.session_errands import ReplacedRead
from app.snapshot import SessionSnapshot
from persistence.document import Place
from persistence.states.edits import get_value, set_value
from persistence.states.merge import Spot
from persistence.store import STATE_FILE, StateFile
from persistence.values.json_text import JSON
from tests.small_rig import NAMESPACE, made_session

COUNT, PHASE = ("trial_count",), ("experiment_phase",)


class Sitting:
    """What is said to the operator is kept in order, the banners that stand by kind."""

    def __init__(self, root: Path, wait_until: Callable[[Callable[[], bool]], None]) -> None:
        """`wait_until` lets the window live until a condition holds, and fails when it never does."""
        self.wait_until = wait_until
        self.session = made_session(root)
        self.directory = str(self.session)
        self.file = StateFile(self.session)
        self.drafts = Drafts()
        self.folders = Folders(rescan_seconds=3600)
        self.catalog = Catalog()
        self.sessions = SessionsModel(datetime.now)
        self.watching = Watching(self.folders, self.catalog)
        self.desk = Desk(self.drafts, self.folders.ask)
        self.saves = Saves(self.drafts, self.folders.ask, self.desk.take_snapshot)
        self.clearing = Clearing(self.drafts, self.saves.change, self.sessions.called)
        self.again = Again(self.drafts, self.folders.ask)
        self.elsewhere = Elsewhere()
        self.gone_ones = Gone(
            self.drafts, self.folders.ask, self.elsewhere.ask, self.folders.root_of,
            listed=lambda: self.catalog.summaries,
        )  # fmt: skip
        self.shown: list[tuple[SessionSnapshot, Draft | None]] = []
        self.gone: list[tuple[str, str]] = []
        self.chosen: list[str] = []
        self.banners: dict[str, Banner] = {}
        self.told: list[Banner] = []
        self.messages: list[str] = []
        self.over: list[str] = []
        self.wanted: list[tuple[str, str]] = []
        self.offers: list[ReplacedRead] = []
        self.files_wanted: list[str] = []
        self.saved: list[SessionSnapshot] = []
        self.not_saved: list[str] = []
        self._connect()
        self.elsewhere.start()
        self.watching.add(str(root))
        self.wait_until(lambda: self.catalog.get(self.directory) is not None)

    @property
    def rooms(self) -> tuple[Desk, Saves, Clearing, Again, Gone]:
        return self.desk, self.saves, self.clearing, self.again, self.gone_ones

    def end(self) -> None:
        """Every thread ends."""
        self.folders.shutdown()
        self.elsewhere.close()
        self.elsewhere.wait()

    def select(self) -> None:
        before = len(self.shown)
        self.desk.select(self.directory)
        self.wait_until(lambda: len(self.shown) > before)

    def look(self) -> None:
        """The disk is looked at, and what is there now has been shown."""
        etag = self.file.peek()
        self.desk.select(self.directory)
        self.wait_until(lambda: bool(self.shown) and self.shown[-1][0].etag == etag)

    def edit(self, place: Place = COUNT, value: JSON = 150) -> None:
        self.desk.stage(self.directory, SetValue(NAMESPACE, place, value))

    def save(self, *places: Place, note: str = "") -> None:
        """Save on the sheet, all or only these; what came of it is known afterwards."""
        spots = frozenset((NAMESPACE, place) for place in places) if places else None
        self.ask_to_save(SaveRequest(self.directory, self.draft.base_etag, spots, note))

    def ask_to_save(self, request: SaveRequest) -> None:
        before = len(self.saved) + len(self.not_saved)
        self.saves.save(request)
        self.wait_until(lambda: len(self.saved) + len(self.not_saved) > before)

    def decide(self, *mine: Place, save: bool = False) -> None:
        """Decide on the sheet about the version that it shows: mine at these places."""
        assert self.draft.newer is not None
        spots: frozenset[Spot] = frozenset((NAMESPACE, place) for place in mine)
        self.saves.decide(Decision(self.directory, self.draft.newer.etag, spots, save))

    def clear(self, namespace: str | None = None, etag: str = "") -> None:
        self.clearing.clear([ClearRequest(self.directory, namespace, etag or self.file.peek())])

    def somebody_saves(self, place: Place = COUNT, value: JSON = 16) -> bytes:
        """Somebody else changes the file; returns its bytes then."""
        read = self.file.read()
        document = set_value(read.document, NAMESPACE, place, value)
        StateFile(self.session, who="bob").commit(document, expected_etag=read.etag)
        return self.bytes

    @property
    def bytes(self) -> bytes:
        return (self.session / STATE_FILE).read_bytes()

    @property
    def draft(self) -> Draft:
        draft = self.drafts.get(self.directory)
        assert draft is not None
        return draft

    def on_disk(self, place: Place = COUNT) -> JSON:
        return get_value(self.file.read().document, NAMESPACE, place)

    def in_draft(self, place: Place = COUNT) -> JSON:
        return get_value(self.draft.document, NAMESPACE, place)

    def banner(self, kind: str) -> Banner | None:
        return self.banners.get(f"{kind}:{self.directory}")

    def press(self, kind: str, action: str) -> None:
        banner = self.banner(kind)
        assert banner is not None
        assert action in [name for _, name in banner.actions]
        for room in self.rooms:
            room.act(banner.key, action)

    def _connect(self) -> None:
        self.catalog.sessions_changed.connect(self.sessions.apply)
        self.folders.answered.connect(self.watching.take)
        self.folders.answered.connect(self.desk.take)
        for waiting in (self.saves, self.clearing, self.again, self.gone_ones):
            self.folders.answered.connect(waiting.take)
        self.again.session_chosen.connect(self.chosen.append)
        self.catalog.sessions_changed.connect(self.desk.take_delta)
        self.desk.session_shown.connect(self.shown.append)
        self.desk.session_gone.connect(lambda *gone: self.gone.append(gone))
        self.desk.session_chosen.connect(self.chosen.append)
        self.desk.save_wanted.connect(self.wanted.append)
        self.desk.standing.message_over.connect(self.over.append)
        self.saves.sheet_wanted.connect(lambda wanted: self.desk.look_again(*wanted))
        self.saves.give_up_requested.connect(self.folders.give_up)
        self.saves.saved.connect(self.saved.append)
        self.saves.not_saved.connect(self.not_saved.append)
        self.desk.session_shown.connect(self.again.take_session)
        self.desk.session_chosen.connect(self.gone_ones.look_for)
        self.catalog.sessions_changed.connect(self.gone_ones.take_delta)
        self.catalog.sessions_changed.connect(self.clearing.take_delta)
        self.elsewhere.answered.connect(self.gone_ones.take)
        self.again.offer_shown.connect(self.offers.append)
        self.gone_ones.session_chosen.connect(self.chosen.append)
        self.gone_ones.file_wanted.connect(self.files_wanted.append)
        for room in self.rooms:
            room.banner_shown.connect(self._put)
            room.banner_removed.connect(lambda key: self.banners.pop(key, None))
            room.message_shown.connect(self.messages.append)

    def _put(self, banner: Banner) -> None:
        self.banners[banner.key] = banner
        self.told.append(banner)


def disputed(sitting: Sitting) -> bytes:
    """An edit, and somebody else's of the same attribute, met in the attempt to save."""
    sitting.select()
    sitting.edit()
    theirs = sitting.somebody_saves()
    sitting.save()
    assert sitting.not_saved == [sitting.directory]
    return theirs
