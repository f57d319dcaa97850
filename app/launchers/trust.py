"""Which watched folders may be changed: those that somebody has said to be trusted.

One idea: each folder is asked about once, and as long as nobody has answered, it is only looked at. A folder
that was named at the start of the program is trusted for as long as the program runs, unless it was said to
be view-only. What was said to be view-only stays so when a folder around it is watched. Not for carrying that
out: the folder's own thread refuses (`changes`).
"""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from app.exchange import Banner, FolderTrust, TrustState
from app.session import holds, reaches

TRUST, VIEW_ONLY = "trust_folder", "view_folder"
_REASONS: Mapping[TrustState, str] = {
    "view_only": "this folder is view-only",
    "unasked": "nobody has said yet that this folder is trusted",
}


class Trusting(QObject):
    """`refusals_changed` carries a mapping from folder to the clause that says why nothing is changed there;
    `answered` (folder, TrustState), to be remembered. The others carry what the window's setters take.
    """

    refusals_changed = Signal(object)
    answered = Signal(object, object)
    banner_shown = Signal(object)
    banner_removed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said: dict[str, TrustState] = {}
        self._named: set[str] = set()
        self._folders: list[str] = []
        self._asked: set[str] = set()

    @property
    def folders(self) -> tuple[FolderTrust, ...]:
        """The watched folders, in the order in which they came, and those inside them that are view-only."""
        return tuple(FolderTrust(folder, self._trust(folder)) for folder in (*self._folders, *self._inside()))

    def remember(self, trusted: Iterable[str], view_only: Iterable[str]) -> None:
        """What was said earlier."""
        self._said = {**dict.fromkeys(trusted, "trusted"), **dict.fromkeys(view_only, "view_only")}
        self._tell()

    def add(self, folder: str, *, named: bool) -> None:
        """One more folder is watched; `named` at the start of the program, or else chosen in the window."""
        for inner in [one for one in self._folders if one != folder and reaches(folder, one)]:
            self.remove(inner)  # it is watched with this one from now on
        if folder not in self._folders:
            self._folders.append(folder)
        if named:
            self._named.add(folder)
        self._tell()

    def remove(self, folder: str) -> None:
        """A folder is watched no longer; what was said of it stays."""
        if folder in self._folders:
            self._folders.remove(folder)
            self._asked.discard(folder)
            self.banner_removed.emit(_key(folder))
            self._tell()

    def choose(self, folder: str, trust: TrustState) -> None:
        """Somebody has said what a folder is for."""
        if self._said.get(folder) != trust:
            self._said[folder] = trust
            self.answered.emit(folder, trust)
            self._tell()

    def act(self, key: str, action: str) -> None:
        """A button of one of our banners was pressed."""
        folder = key.removeprefix(_key(""))
        if key.startswith(_key("")) and action in (TRUST, VIEW_ONLY):
            self.choose(folder, "trusted" if action == TRUST else "view_only")

    def _inside(self) -> list[str]:
        """What is view-only inside a watched folder, and is not watched by itself."""
        return [
            folder
            for folder, trust in self._said.items()
            if trust == "view_only"
            and folder not in self._folders
            and any(holds(outer, folder) for outer in self._folders)
        ]

    def _trust(self, folder: str) -> TrustState:
        said = self._said.get(folder)
        return said or ("trusted" if folder in self._named else "unasked")

    def _tell(self) -> None:
        now = {one.path: one.trust for one in self.folders}
        reasons = {path: _REASONS[trust] for path, trust in now.items() if trust in _REASONS}
        self.refusals_changed.emit(reasons | {path: f"{path} is view-only" for path in self._inside()})
        for path, trust in now.items():
            if trust == "unasked" and path not in self._asked:
                self._asked.add(path)
                self.banner_shown.emit(_question(path))
            elif trust != "unasked" and path in self._asked:
                self._asked.discard(path)
                self.banner_removed.emit(_key(path))


def _key(folder: str) -> str:
    return f"trust:{folder}"


def _question(folder: str) -> Banner:
    text = (
        f"Do you trust the folder {folder}? If so, its sessions can be edited, cleared and resumed; "
        "else it is only looked at, and nothing is written there."
    )
    actions = (("Trust this folder", TRUST), ("View only", VIEW_ONLY))
    return Banner(_key(folder), "blue", text, actions, dismissible=False)
