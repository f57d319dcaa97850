"""Starts the window: `rigstate-gui [ROOT ...]`, or `python -m app [ROOT ...]`.

One idea: whatever is wrong on the way to the window is said in one sentence, never as a traceback.
Not for what the window does (see `main`).
"""

import argparse
import contextlib
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DONE, PROBLEM = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and return when it is closed, with the exit code."""
    wanted = _parser().parse_args(arguments)
    try:
        return _open(wanted)
    except ImportError as error:
        print(f"rigstate-gui: the window needs a package that is not installed ({error}).", file=sys.stderr)
        return PROBLEM


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rigstate-gui", description="See, correct and resume the saved states of experiment sessions."
    )
    parser.add_argument(
        "roots", metavar="ROOT", nargs="*", help="a folder to watch for sessions, in this run"
    )
    parser.add_argument(
        "--demo", action="store_true", help="make some sessions in a temporary folder, and watch it"
    )
    parser.add_argument("--version", action="version", version=f"rigstate {_version()}")
    return parser


def _version() -> str:
    try:
        return version("rigstate")
    except PackageNotFoundError:
        return "(not installed)"


def _open(wanted: argparse.Namespace) -> int:
    with contextlib.ExitStack() as stack:
        roots, config_dir = list(wanted.roots), None
        if wanted.demo:
            from app import demo

            place = stack.enter_context(demo.made(say=print))
            roots, config_dir = [*roots, str(place.root)], place.config_dir
        return _run(roots, config_dir)


def _run(roots: Sequence[str], config_dir: Path | None) -> int:
    from PySide6.QtWidgets import QApplication

    from app.main import Application

    signal.signal(
        signal.SIGINT, signal.SIG_DFL
    )  # Ctrl+C in a terminal ends the window, which Python cannot while Qt waits
    qapplication = QApplication(sys.argv[:1])
    qapplication.setApplicationName("Rigstate")
    application = Application(roots=roots, config_dir=config_dir)
    application.window.show()
    code = qapplication.exec()
    application.shutdown()
    return code


if __name__ == "__main__":
    sys.exit(main())
