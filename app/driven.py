"""A whole application with its window, for a program that drives it in the place of a person.

One idea: who drives one (the tour, the album) does so with `hands`; here it is put there, in the size that a
picture is to have, and ended at last, whatever happened. Not for what is done with it.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.launchers.rig_config import PLACES
from app.main import Application

SIZE = (1440, 900)
SMALL = (1024, 700)


@contextlib.contextmanager
def driven(
    roots: Sequence[Path],
    config_dir: Path,
    *,
    size: tuple[int, int] = SIZE,
    clock: Callable[[], datetime] = datetime.now,
    greeting: str = "",
    rig_configs: Sequence[str] = PLACES,
) -> Iterator[QWidget]:
    """The window, shown, of an application that is told the same as `Application`."""
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    # what a window before has left: a thread of this one that freed it might never end
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    application = Application(
        roots=roots, config_dir=config_dir, clock=clock, greeting=greeting, rig_configs=rig_configs
    )
    application.window.resize(*size)
    application.window.show()
    try:
        yield application.window
    finally:
        application.shutdown()
        qt.processEvents()
