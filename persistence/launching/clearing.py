"""Clearing the state that an object has saved; never raises."""

from __future__ import annotations

import logging
import os

from persistence.errors import NoStateFile, NoSuchAttribute, StateError
from persistence.launching.namespaces import namespace_of
from persistence.launching.remembered import remembered
from persistence.launching.report import Report
from persistence.launching.save_notes import note_cleared
from persistence.launching.saving import directory_of
from persistence.launching.switch import off, switched_off
from persistence.store import StateFile

log = logging.getLogger(__name__)


def clear(thing: object, path: str | os.PathLike[str]) -> Report:
    """Remove the state that `thing` itself saved in `path`; all else in the file stays. Never raises.

    Having nothing to remove is no failure.
    """
    if switched_off():
        return Report(error=off(f"Clearing {type(thing).__name__} in {path}"))
    namespace = namespace_of(type(thing))
    memory = remembered(thing)
    memory.report = report = _clear(namespace, path)
    if report.ok:
        note_cleared(memory, directory_of(path))
    return report


def _clear(namespace: str, path: str | os.PathLike[str]) -> Report:
    try:
        committed = StateFile(directory_of(path)).clear(namespace)
    except (NoStateFile, NoSuchAttribute) as error:
        log.info("There was nothing to clear: %s", error)
        return Report(ok=True, namespace=namespace)
    except StateError as error:
        log.error("The state of %s was not cleared: %s", namespace, error)
        return Report(namespace=namespace, error=str(error))
    except Exception as error:  # never into an experiment, whatever the disk does
        log.exception("The state of %s in %s was not cleared.", namespace, path)
        return Report(namespace=namespace, error=f"{path}: it was not cleared: {error}.")
    log.info("Cleared the state of %s in %s.", namespace, path)
    return Report(ok=True, namespace=namespace, etag=committed.etag, sequence=committed.sequence)
