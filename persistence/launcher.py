"""Saved state for any launcher: the mixin, and the same as functions for any object.

One idea: a launcher names `PersistentState` first among its bases, and changes nothing else. The mixin has no
`__init__`, makes no demands on the base class, and never raises into an experiment: what goes wrong is logged
and told by `state_report`.

The work itself is done in `launching.saving`, `launching.loading` and `launching.run`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any, ClassVar

from persistence.launching import collecting, loading
from persistence.launching.clearing import clear
from persistence.launching.hooks import join
from persistence.launching.info import describe
from persistence.launching.loading import load
from persistence.launching.namespaces import namespace_of
from persistence.launching.remembered import Handler, Loading, remembered
from persistence.launching.report import Report
from persistence.launching.saving import save
from persistence.launching.session_folder import as_text, folder_of, key_of
from persistence.launching.switch import off, switched_off

__all__ = ["PersistentState", "clear", "load", "save"]

log = logging.getLogger(__name__)
_Directory = str | os.PathLike[str]


class PersistentState:
    """Mixin: `class MyLauncher(PersistentState, SomeLauncherBase)`.

    Around a base class that has `run()`, the state is saved when the run ends, the session directory is
    marked as running meanwhile, and a state named in `RIGSTATE_RESUME` is loaded first. See
    `launching.hooks` for what is joined, and `values.attributes` for what is saved.
    """

    run_attributes: ClassVar[frozenset[str]] = frozenset()
    """Names that describe one run and not the state: neither saved nor restored."""
    save_on_failure: bool = True
    """Whether the state is saved also after a run that failed or was interrupted."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Raises TypeError when a base class with `run` stands before the mixin."""
        super().__init_subclass__(**kwargs)
        join(cls, PersistentState)

    # --- save, load, look, clear

    def save_session_state(self, output_directory: _Directory) -> bool:
        """Save this launcher's state into a session directory.

        True when it is committed and confirmed, even if single attributes were skipped. Waits for the disk at
        most 10 s.
        """
        return save(self, output_directory, outcome=lambda: self._outcome_in(output_directory)).ok

    def load_session_state(self, output_directory: _Directory) -> bool:
        """Load the state saved in a session directory, or in the state file itself.

        True when a namespace was applied, even if single attributes were refused. Without a state of
        exactly this class, that of a class of the same name in another module is taken, with a warning; of
        several such, the one saved last.
        """
        return load(self, output_directory).ok

    def get_session_state_info(self, output_directory: _Directory) -> dict[str, Any] | None:
        """What the state file holds; None when there is none.

        Keys: version, launcher_class, launcher_module, created_at (texts or None), etag, size (bytes), valid,
        error (one sentence, empty when valid), and namespaces: by name a dict with saved_at, outcome,
        attributes (a list of names) and would_be_loaded (whether `load_session_state` takes that one).
        """
        if switched_off():
            off(f"Looking at the state in {output_directory}")
            return None
        return describe(type(self), output_directory)

    def clear_session_state(self, output_directory: _Directory) -> bool:
        """Remove this launcher's saved state from the file; those of other launchers stay.

        True when there is none of it any more, also when there was none before.
        """
        return clear(self, output_directory).ok

    def checkpoint(self) -> bool:
        """Save now, in the middle of a run, into its session directory.

        Not any more once the final state is saved: what is in the file then belongs to the operators.
        """
        if switched_off():
            off(f"A checkpoint of {namespace_of(type(self))}")
            return False
        run, name = remembered(self).run, namespace_of(type(self))
        directory = (run.directory if run is not None else "") or folder_of(self)
        if not directory:
            log.warning("%s has no session directory yet; no checkpoint.", name)
            return False
        if run.saved if run is not None else remembered(self).ended.get(key_of(directory)):
            log.warning("%s: the final state is saved already; no further checkpoint.", name)
            return False
        if run is None:
            return save(self, directory, outcome="checkpoint").ok
        run.learn(directory)
        return bool(self.save_session_state(directory))

    @property
    def state_report(self) -> Report:
        """What the last save, load or clear of this launcher did, attribute by attribute."""
        return remembered(self).report

    # --- what a launcher may change

    def register_state_handler(
        self,
        attribute: str,
        serializer: Callable[[Any], object] | None = None,
        deserializer: Callable[[Any], object] | None = None,
    ) -> None:
        """Save `attribute` as `serializer(value)`, restore it as `deserializer(saved)`.

        What a serializer returns may hold every type that a state file knows. May be called at any time, also
        before `super().__init__()`.
        """
        remembered(self).handlers[attribute] = Handler(serializer, deserializer)

    def get_persistent_attributes(self) -> dict[str, Any]:
        """What is to be saved: raw values by name, before handlers. Override it to add and to remove."""
        return collecting.default_attributes(self)

    def set_persistent_attributes(self, attrs: dict[str, Any]) -> None:
        """Take what was saved, after deserializers. Override it to pop what is yours; pass on the rest."""
        loading.apply(self, attrs, remembered(self).loading or Loading())

    def _outcome_in(self, directory: _Directory) -> str:
        """What a save into `directory` is marked with: as the run that goes on there, or that ended there."""
        run = remembered(self).run
        if run is not None and run.is_in(directory):
            return run.outcome
        folder = as_text(directory)
        return remembered(self).ended.get(key_of(folder), "") if folder else ""
