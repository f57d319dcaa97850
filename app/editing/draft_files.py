"""Keeps drafts on disk, so that no edit is lost with the window: one small file for each session, and one for
its base. Each window keeps its own (`draft_places`).

One idea: what is kept is the draft itself, the base that it was made on and the edits, not the outcome; so
the next start can tell whether it still fits what the session holds by then. The base is written once, the
edits at each step. A file that cannot be read stays where it is and is told. Of a large base only what the
edits touch is read.

The only room that touches these files; runs as a worker. Not for session directories.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.editing.draft import Draft
from app.editing.draft_places import EDITS, DraftPlaces
from app.editing.kept_edits import as_json, edit_of
from app.editing.told_anew import only_says
from app.worker import Worker
from persistence.document import Document, parse_document, render
from persistence.errors import StateError, words_for
from persistence.files.durable import write_file
from persistence.files.reading import read_file
from persistence.states import slices
from persistence.values import json_text, json_writing
from persistence.values.json_text import JSON

FORMAT = 2
"""Format 1 knew values that were set, and nothing else."""


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Errand: keep this draft, or forget it when nothing in it was typed any more."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class ForgetDraft:
    """Errand: the draft of this session is saved or gone."""

    directory: str


@dataclass(frozen=True, slots=True)
class LoadDrafts:
    """Errand: read every draft that was kept by a window that is gone."""


@dataclass(frozen=True, slots=True)
class LookElsewhere:
    """Errand: say of those of these sessions that no other window keeps a draft of any more that it is so."""

    directories: frozenset[str]


@dataclass(frozen=True, slots=True)
class TurnTo:
    """Errand: of the drafts of this session, that of another `place` is the one that is kept from now on."""

    directory: str
    place: str


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it was found: in which folder, and when it was written, in seconds since the epoch."""

    draft: Draft
    place: str
    at: float


@dataclass(frozen=True, slots=True)
class DraftsLoaded:
    """Answer: the drafts that were kept, one of each session, and a sentence for each file that could not be
    read. `several`: all drafts of the sessions that several windows left one of, the newest first.
    """

    drafts: tuple[Draft, ...]
    problems: tuple[str, ...]
    several: tuple[tuple[KeptDraft, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DraftElsewhere:
    """Answer: another window keeps a draft of this session, too; not `still`: it does not any more."""

    directory: str
    still: bool = True


@dataclass(frozen=True, slots=True)
class DraftNotKept:
    """Answer: a draft could not be written; the edits are in the window only."""

    directory: str
    sentence: str


class DraftFiles(Worker):
    """The draft files below `directory`, which is made when the first is kept."""

    def __init__(self, directory: Path) -> None:
        super().__init__("drafts")
        self._directory = directory
        self._places = DraftPlaces(directory)
        self._homes: dict[str, Path] = {}  # of what another window left
        self._based: dict[str, str] = {}
        self._told: set[str] = set()

    def work(self, errand: object) -> None:
        match errand:
            case LoadDrafts():
                self.answered.emit(self._load_all())
            case KeepDraft(draft):
                self._try(draft.directory, lambda: self._keep(draft))
            case ForgetDraft(directory):
                self._try(directory, lambda: self._forget(directory))
            case LookElsewhere(directories):
                for directory in sorted(directories & self._told):
                    self._look_elsewhere(directory)
            case TurnTo(directory, place):
                self._homes[directory] = Path(place)
                self._based.pop(directory, None)

    def finish(self) -> None:
        """What is kept is for the next window."""
        self._places.leave()

    def _try(self, directory: str, act: Callable[[], None]) -> None:
        try:
            act()
        except OSError as error:
            sentence = f"{self._directory}: unsaved edits could not be kept, because {words_for(error)}."
            self.answered.emit(DraftNotKept(directory, sentence))

    def _keep(self, draft: Draft) -> None:
        if not draft.is_kept:
            self._forget(draft.directory)
            return
        edits, base = _files(self._homes.get(draft.directory) or self._places.own(), draft.directory)
        if self._based.get(draft.directory) != draft.base_etag or not base.exists():
            write_file(base, _bytes_of(draft))
            self._based[draft.directory] = draft.base_etag
        write_file(edits, to_bytes(draft))
        self._tell_others(draft.directory, edits.name)

    def _tell_others(self, directory: str, name: str) -> None:
        """Once, until what is kept here is forgotten."""
        if directory not in self._told and self._is_elsewhere(name):
            self._told.add(directory)
            self.answered.emit(DraftElsewhere(directory))

    def _look_elsewhere(self, directory: str) -> None:
        edits, _ = _files(self._directory, directory)
        if not self._is_elsewhere(edits.name):
            self._told.discard(directory)
            self.answered.emit(DraftElsewhere(directory, still=False))

    def _is_elsewhere(self, name: str) -> bool:
        return any((one / name).exists() for one in self._places.foreign())

    def _forget(self, directory: str) -> None:
        self._based.pop(directory, None)
        self._told.discard(directory)
        place = self._homes.get(directory, self._places.claimed)
        for file in () if place is None else _files(place, directory):
            file.unlink(missing_ok=True)

    def _load_all(self) -> DraftsLoaded:
        problems: list[str] = []
        found: dict[str, list[KeptDraft]] = {}
        for file in (file for place in self._places.take_over() for file in sorted(place.glob(EDITS))):
            try:
                kept = _read(file)
            except (OSError, StateError, LookupError, TypeError, ValueError) as error:
                problems.append(
                    f"{file}: unsaved edits could not be read ({error}). The file was left there."
                )
            else:
                found.setdefault(kept.draft.directory, []).append(kept)
        sessions = [tuple(sorted(some, key=lambda one: -one.at)) for some in found.values()]
        shown = [newest for newest, *_ in sessions]
        self._homes |= {one.draft.directory: Path(one.place) for one in shown}
        self._based |= {one.draft.directory: one.draft.base_etag for one in shown}
        several = tuple(some for some in sessions if len(some) > 1)
        return DraftsLoaded(tuple(one.draft for one in shown), tuple(problems), several)


def _files(place: Path, directory: str) -> tuple[Path, Path]:
    """Where the edits and the base of a session are kept; names never come out of a path."""
    name = hashlib.sha256(directory.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return place / f"{name}.edits.json", place / f"{name}.base.json"


def _read(file: Path) -> KeptDraft:
    """What was kept in this file. Raises what `from_bytes` raises, and OSError."""
    base = file.with_name(file.name.replace(".edits.", ".base."))
    draft = from_bytes(read_file(file, limit=None), read_file(base, limit=None))
    return KeptDraft(draft, str(file.parent), file.stat().st_mtime)


def _bytes_of(draft: Draft) -> bytes:
    """The base of a draft as a file. What was read out of bytes that say just this is these: to put a large
    one together takes its time, and as much room again.
    """
    held = slices.bytes_under(draft.base)
    found = bool(held) and hashlib.sha256(held).hexdigest() == draft.base_etag
    return held if found else render(draft.base)


def to_bytes(draft: Draft) -> bytes:
    """The edits of a draft as a file. Number spellings and tags are kept, as in a state file."""
    edits: list[JSON] = [as_json(edit) for edit in draft.edits]
    kept: JSON = {
        "format": FORMAT, "directory": draft.directory, "base_etag": draft.base_etag, "edits": edits,
    }  # fmt: skip
    return json_writing.write(kept).encode()


def from_bytes(edits: bytes, base: bytes) -> Draft:
    """The draft that was kept. Raises StateError, ValueError or LookupError when it is not whole."""
    kept = json_text.parse(edits)
    if not isinstance(kept, dict) or kept.get("format") not in (1, FORMAT):
        raise ValueError("it is of another Rigstate")
    directory, etag, found = kept["directory"], kept["base_etag"], kept["edits"]
    if not isinstance(directory, str) or not isinstance(etag, str) or not isinstance(found, list):
        raise ValueError("it is not whole")
    read = tuple(edit_of(one) for one in found)
    past = tuple(read[:count] for count, edit in enumerate(read) if not only_says(edit))
    draft = Draft(directory, _base(base, etag), etag, edits=read, past=past)
    if not draft.is_kept:
        raise ValueError("it holds no change")
    return draft


def _base(data: bytes, etag: str) -> Document:
    """What a base says. Of a large one nothing is read where its bytes are those of the session, found
    sound before; else it is judged a little at a time. Raises Damaged.
    """
    if len(data) < slices.LARGE:
        return parse_document(data)
    document = slices.sliced(data) if hashlib.sha256(data).hexdigest() == etag else None
    return slices.parse_by_slices(data) if document is None else document
