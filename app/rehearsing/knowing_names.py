"""Which names a launcher knows, found out when somebody begins to type one.

One idea: the launcher is asked once about the state that is saved, and its answer holds for every name that
is typed over that state, also where it is that it cannot say. Until it has answered, and where it may not be
asked, saved states are witnesses. Only where something else came between and the launcher was stopped is it
asked again.
Not for what is said of a name (`words.stranger_texts`), nor for the check of a draft (`checking`).
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.checks import Checked, KnownNames
from app.rehearsing.rehearsal import Asked, Rehearse
from app.session_errands import LookBack, LookedBack
from app.snapshot import SessionSnapshot

LARGEST = 4 << 20
"""Bytes of a state; writing a larger one out for the launcher would hold up whoever types."""
_NOTHING = ("", "", "")


class KnowingNames(QObject):
    """`known` carries KnownNames, each time more is known."""

    known = Signal(object)

    def __init__(
        self,
        ask_launchers: Callable[[Rehearse], None],
        ask_folders: Callable[[LookBack], bool],
        snapshot: Callable[[str], SessionSnapshot | None],
        parent: QObject | None = None,
    ) -> None:
        """`snapshot` gives a session as it was read last."""
        super().__init__(parent)
        self._ask_launchers = ask_launchers
        self._ask_folders = ask_folders
        self._snapshot = snapshot
        self._stamp = 0
        self._about = _NOTHING
        self._names: KnownNames | None = None

    def ask(self, directory: str, namespace: str) -> None:
        """Somebody begins to type a name of an attribute there."""
        snapshot = self._snapshot(directory)
        document = snapshot.document if snapshot is not None else None
        if snapshot is None or document is None or namespace not in document.namespaces:
            return
        about = (directory, namespace, snapshot.etag)
        if about == self._about and self._names is not None:
            self.known.emit(self._names)
            return
        self._about = about
        self._stamp -= 1  # those of the checks of drafts are above zero
        self._tell(KnownNames(directory, namespace, frozenset(document.namespace(namespace).attributes)))
        self._ask_folders(LookBack(directory, self._stamp, frozenset({(namespace, ())})))
        if snapshot.size <= LARGEST:
            self._ask_launchers(Rehearse(directory, self._stamp, document, (namespace,)))

    def take(self, answer: object) -> None:
        """Take in what the launcher, or a folder, said."""
        known = self._names
        match answer:
            case Asked(_, stamp, (Checked(how="asked") as launcher,), "") if stamp == self._stamp and known:
                names = frozenset(one.name for one in launcher.findings if one.result != "new")
                self._tell(replace(known, names=names, asked=True))
            case Asked(_, stamp, (Checked(how="stopped"),), "") if stamp == self._stamp:
                self._about = _NOTHING
            case LookedBack(errand, precedents) if errand.stamp == self._stamp and known and not known.asked:
                names = precedents.names.get(known.namespace, frozenset())
                count = precedents.sessions.get(known.namespace, 0)
                self._tell(replace(known, names=known.names | names, sessions=count))

    def _tell(self, known: KnownNames) -> None:
        self._names = known
        self.known.emit(known)
