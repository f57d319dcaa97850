"""A cold start: what the first picture of the window does not need is not imported for it.

The one idea: most of the time until the first picture is imports, so these are counted, by name, in a process
of its own. How long it takes is no test: `bootstrap.py bench catalog first-page` measures it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.small_rig import PROJECT

NOT_NEEDED = (
    "asyncio", "email", "http", "multiprocessing", "numpy", "pyqtgraph", "qtawesome", "ssl", "unittest",
    "urllib.request", "watchdog", "xml", "PySide6.QtNetwork", "PySide6.QtSvg", "PySide6.QtTest",
    "app.demo", "app.hands", "app.pictures", "app.tour", "app.views.trend.plot", "persistence.cli.arguments",
)  # fmt: skip
START = f"""
import sys
from PySide6.QtWidgets import QApplication
qt = QApplication([])
before = set(sys.modules)
from app.main import Application
application = Application(config_dir=sys.argv[1])
application.window.show()
new = set(sys.modules) - before
print([name for name in {NOT_NEEDED} if name in new])
application.shutdown()
"""


def test_that_the_first_picture_needs_no_module_that_it_does_not_show(tmp_path: Path) -> None:
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": PROJECT}
    command = [sys.executable, "-c", START, str(tmp_path)]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr
