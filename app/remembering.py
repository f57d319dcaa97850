"""What is remembered from one start to the next, and who is told of it.

One idea: settings are applied to the rooms that they are about when they were read, and again when somebody
changes them; what is different is written at once. Nothing is written before it was read.

Not for what a setting does: that is decided in the room that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.disk.folders import Folders
from app.disk.watching import Watching
from app.exchange import Banner, Preferences, TrustState
from app.launchers.trust import Trusting
from app.resumption import Resumption
from app.session import holds, reaches, whole
from app.settings import Settings
from app.settings_file import PutAside, ReadSettings, Remember, SettingsFile, SettingsNotWritten, SettingsRead
from app.troubles import KEPT, Troubles
from app.views.layout_changes import LayoutChanges
from app.views.style.theme import Theme
from persistence.files.version_log import account

if TYPE_CHECKING:
    from app.views.main_window import MainWindow
    from app.watch.root_watch import How

USERS_REMEMBERED = 20
CHOICES = ("theme", "font_percent", "old_after_hours", "detailed_log")
"""The settings that the preferences offer as such."""
Alteration = Callable[[Settings], Settings]
"""What somebody has chosen, done to the settings as they are."""
_DOUBLED, _STOP = "doubled:", "stop_watching"
OWN_FOLDER_ONLY = (
    "The demo shows its own folder. To watch yours, start rigstate-gui; after bootstrap.py it is in .venv."
)


class Remembering(QObject):
    """The settings of this window. `file` is the worker that reads and writes them. The demo watches `only`
    what lies in its own folder: with that goes all that is kept of edits.
    """

    def __init__(
        self, directory: Path, theme: Theme, parent: QObject | None = None, *, only: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.file = SettingsFile(directory)
        self._theme = theme
        self._only = only
        self._settings = Settings()
        self._known = False
        self._early: list[Alteration] = []
        self._user = ""
        self._stand_in: tuple[str, str, bool] | None = (
            None  # who resumes, after whom, and whether known before
        )

    def join(
        self, window: MainWindow, watching: Watching, trusting: Trusting, resumption: Resumption,
        folders: Folders, troubles: Troubles,
    ) -> None:  # fmt: skip
        """Know the rooms that settings are about, and hear what is changed there."""
        self._window = window
        self._layout_changes = LayoutChanges(window)
        self._watching = watching
        self._trusting = trusting
        self._resumption = resumption
        self._folders = folders
        self._troubles = troubles
        if self._only is not None:
            window.watching_more.keep_to(whole(str(self._only)), OWN_FOLDER_ONLY)
        self._connect()

    def watch_named(self, roots: Iterable[str]) -> None:
        """Watch these folders in this run: they are not remembered."""
        for root in roots:
            self._watch(root, named=True)

    def begin(self, read: SettingsRead | None) -> None:
        """Apply what was read, and what the window opened with; None where that is still to be read."""
        self.file.answered.connect(self._take)
        if read is None:
            self.file.ask(ReadSettings())
        else:
            self._known = True
            self._apply(read.settings)
            self._window.go_to_tab(dict(read.settings.layout))
            self._layout_changes.touch()  # before anybody could hear of it
            self._tell_problem(read.problem)

    def end(self) -> None:
        """The window goes: the layout that it has now is the last one."""
        self._layout_changes.end()
        self.keep_layout()

    def keep_layout(self) -> None:
        """Remember how the window is laid out now."""
        if self._known:  # else the one of last time is still to come
            layout = {**self._settings.layout, **self._window.layout_state()}
            self._remember(lambda settings: settings._replace(layout=layout))

    # --- within ---------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        window = self._window
        window.watch_folder_requested.connect(self._watch_folder)
        window.stop_watching_requested.connect(self._stop_watching)
        self._watching.doubled.connect(self._leave_out)
        window.preferring.setting_chosen.connect(lambda name, value: self._set(**{name: value}))
        window.preferring.network_chosen.connect(self._set_network)
        window.preferring.defaults_wanted.connect(self._set_defaults)
        window.operator_chosen.connect(self._choose)
        window.banner_action.connect(self._act)
        window.closing.connect(self.keep_layout)
        self._layout_changes.settled.connect(self.keep_layout)  # the window may be killed at any time
        self._resumption.user_confirmed.connect(self._resume_as)
        self._resumption.user_withdrawn.connect(self._work_as_before)
        self._trusting.answered.connect(self._remember_trust)

    def _take(self, answer: object) -> None:
        match answer:
            case SettingsRead() if not self._known:
                self._known = True
                self._window.restore_layout(dict(answer.settings.layout))
                self._take_up(answer.settings)
                self._tell_problem(answer.problem)
            case PutAside(sentence):
                self._window.show_banner(Banner("settings", "amber", sentence))
            case SettingsNotWritten(sentence):
                self._window.show_message(sentence)

    def _take_up(self, settings: Settings) -> None:
        """Settings that came late: what was chosen meanwhile stays chosen."""
        self._settings = settings
        early, self._early = self._early, []
        for change in early:
            self._remember(change)
        self._apply(self._settings)

    def _tell_problem(self, problem: str) -> None:
        if problem:
            self._window.show_banner(Banner("settings", "amber", problem))

    def _apply(self, settings: Settings) -> None:
        self._settings = settings
        self._show_chosen()
        self._trusting.remember(settings.trusted, settings.view_only)
        self._resumption.set_users(settings.users)
        self._window.show_operator(self._user, settings.users, account())
        for folder in settings.as_network:  # one that was named at the start is watched already
            self._watching.watch_as(folder, "polling")
        for folder in settings.folders:
            self._watch(folder, named=False)

    def _set(self, **changes: object) -> None:
        """Somebody has chosen something: it holds at once."""
        self._remember(lambda settings: settings._replace(**changes))  # type: ignore[arg-type]  # names are those of the fields
        self._show_chosen()

    def _set_defaults(self) -> None:
        """What is chosen is again as at the beginning. Folders, trust and names are no choices."""
        usual = Settings()
        self._set(**{name: getattr(usual, name) for name in CHOICES})

    def _set_network(self, folder: str, wanted: bool) -> None:
        def change(settings: Settings) -> Settings:
            others = tuple(one for one in settings.as_network if one != folder)
            return settings._replace(as_network=(*others, folder) if wanted else others)

        self._remember(change)
        self._watching.watch_as(folder, "polling" if wanted else "auto")

    def _show_chosen(self) -> None:
        chosen = self._settings
        self._theme.set_choice(chosen.theme)
        self._theme.set_percent(chosen.font_percent)
        self._resumption.set_old_after(timedelta(hours=chosen.old_after_hours))
        self._troubles.set_detailed(chosen.detailed_log)
        self._window.preferring.show_preferences(
            Preferences(
                **{name: getattr(chosen, name) for name in CHOICES},
                settings=str(self.file.path), log=str(self._troubles.path), log_bytes=KEPT,
            )
        )  # fmt: skip

    def _remember(self, change: Alteration) -> None:
        """Keep what was chosen. Before settings were read it holds already, and is kept when they are."""
        before = self._settings
        self._settings = after = change(before)
        if not self._known:
            self._early.append(change)
        elif after != before:
            self.file.ask(Remember(before, after))

    def _remember_trust(self, folder: str, trust: TrustState) -> None:
        """What was said of a folder that was named at the start counts for the next starts, too."""

        def change(settings: Settings) -> Settings:
            trusted = tuple(one for one in settings.trusted if one != folder)
            view_only = tuple(one for one in settings.view_only if one != folder)
            trusted += (folder,) * (trust == "trusted")
            view_only += (folder,) * (trust == "view_only")
            return settings._replace(trusted=trusted, view_only=view_only)

        self._remember(change)

    def _choose(self, user: str) -> None:
        self._stand_in = None
        self._work_as(user)

    def _resume_as(self, user: str) -> None:
        """Whoever resumes works here from then on, unless nothing comes of it."""
        if user != self._user:
            self._stand_in = (user, self._user, user in self._settings.users)
        self._work_as(user)

    def _work_as_before(self, user: str) -> None:
        """Nothing started in this name: it may be mistyped, and is nobody's if it was not known before."""
        if self._stand_in is None or self._stand_in[0] != user:
            return
        (_, before, known), self._stand_in = self._stand_in, None
        if not known:
            others = tuple(one for one in self._settings.users if one != user)
            self._remember(lambda settings: settings._replace(users=others))
        self._work_as(before)

    def _work_as(self, user: str) -> None:
        """Changes are made in this name from now on; "" is the account's, and nobody to be remembered."""

        def change(settings: Settings) -> Settings:
            others = tuple(one for one in settings.users if one != user)
            return settings._replace(users=(user, *others)[:USERS_REMEMBERED])

        self._user = user
        self._folders.sign_as(user)
        if user:
            self._remember(change)
        self._resumption.set_users(self._settings.users)
        self._window.show_operator(user, self._settings.users, account())

    def _watch_folder(self, path: str) -> None:
        root = whole(path)  # which those inside it are watched with
        if self._only is not None and not holds(str(self._only), root):
            self._window.watching_more.refuse()
            return

        def change(settings: Settings) -> Settings:
            others = (folder for folder in settings.folders if not reaches(root, whole(folder)))
            return settings._replace(folders=(*others, root))

        problem = self._watch(path, named=False)
        if problem:
            self._window.show_message(problem)
        else:
            self._remember(change)

    def _watch(self, path: str, *, named: bool) -> str:
        """Watch a folder, and ask whether it is trusted unless it was named at the start; why not, if not."""
        how: How = "polling" if whole(path) in self._settings.as_network else "auto"
        problem = self._watching.add(path, how)
        if not problem:
            self._trusting.add(whole(path), named=named)
        return problem

    def _leave_out(self, path: str, sentence: str) -> None:
        """Its sessions are listed with another folder, under other paths, for as long as links lead there: it
        is left out of this run, and forgotten only where somebody says so.
        """
        self._unwatch(path)
        is_kept = path in map(whole, self._settings.folders)
        actions = (("Stop watching", _STOP),) if is_kept else ()
        text = f"{sentence} It is left out for now."
        self._window.show_banner(Banner(f"{_DOUBLED}{path}", "blue", text, actions))

    def _act(self, key: str, action: str) -> None:
        """The button of a banner of ours was pressed."""
        if key.startswith(_DOUBLED) and action == _STOP:
            self._window.remove_banner(key)
            self._forget(key.removeprefix(_DOUBLED))

    def _stop_watching(self, path: str) -> None:
        self._unwatch(path)
        self._forget(path)

    def _unwatch(self, path: str) -> None:
        self._watching.remove(path)
        self._trusting.remove(path)

    def _forget(self, path: str) -> None:
        def change(settings: Settings) -> Settings:
            return settings._replace(folders=tuple(one for one in settings.folders if whole(one) != path))

        self._remember(change)
