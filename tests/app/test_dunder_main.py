"""`python -m app`: it opens, it closes in good order, and whatever is wrong is one sentence."""

import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.__main__ import main
from tests.small_rig import PROJECT, made_session


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_that_it_says_what_it_is(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([option])
    assert end.value.code == 0
    assert "rigstate" in capsys.readouterr().out


def test_that_an_unknown_option_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--watch"])
    assert end.value.code == 2
    assert "--watch" in capsys.readouterr().err


def test_that_asking_for_help_needs_no_window_library() -> None:
    code = "import sys; sys.modules['PySide6'] = None; from app.__main__ import main; main(['--help'])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("package", ["PySide6", "persistence"])
def test_that_a_missing_package_is_a_sentence(package: str) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; from app.__main__ import main; sys.exit(main([]))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("rigstate-gui: the window needs a package that is not installed (")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bring what Qt needs")
@pytest.mark.parametrize(
    ("library", "said"),
    [
        ("libEGL.so.1", "lacks libraries that the window needs (libEGL.so.1). "),  # at the import of Qt
        (
            "libxcb-cursor.so.0",
            "lacks libraries that the window needs (libxcb-cursor.so.0). ",
        ),  # by Qt, later
        ("", "no screen answers: DISPLAY says :65535. "),
    ],
)
def test_that_a_missing_library_of_the_system_or_screen_is_named_with_what_to_do(
    tmp_path: Path, library: str, said: str
) -> None:
    if library:
        (tmp_path / library).touch()  # the loader finds it first, and cannot load it
    window = {"LD_LIBRARY_PATH": str(tmp_path), "QT_QPA_PLATFORM": "xcb", "DISPLAY": ":65535"}
    done = subprocess.run(
        [sys.executable, "-m", "app"],
        cwd=PROJECT, capture_output=True, text=True, check=False, env={**os.environ, **window},
    )  # fmt: skip
    if not library and "lacks libraries" in done.stderr:
        pytest.skip("this system has no libraries for a screen")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert said in done.stderr
    assert (
        done.stderr.rstrip().partition(said)[2].startswith(("Type: sudo apt-get install", "Install", "Start"))
    )


def test_that_whoever_double_clicked_on_windows_reads_why_there_is_no_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[tuple[object, ...]] = []
    user32 = type("User32", (), {"MessageBoxW": staticmethod(lambda *given: told.append(given))})
    monkeypatch.setattr(ctypes, "windll", type("Dlls", (), {"user32": user32}), raising=False)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", None)
        patch.setitem(sys.modules, "PySide6.QtWidgets", None)
        assert main([]) == 1
    assert [str(text).partition("(")[0] for _, text, *_ in told] == [
        "the window needs a package that is not installed "
    ]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_that_it_closes_in_good_order_when_asked_before_anything_was_painted(tmp_path: Path) -> None:
    code = """
import os, signal, sys
from app.__main__ import main
sys.exit(main([], begun=lambda _: os.kill(os.getpid(), signal.SIGTERM)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "RIGSTATE_CONFIG_DIR": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_that_the_folder_of_the_demo_goes_also_where_the_window_cannot_become_whole(tmp_path: Path) -> None:
    code = """
import contextlib, functools, os, sys, tempfile
sys.modules["app.views.detail"] = None
from app import demo
from app.__main__ import main
demo.made = functools.partial(demo.made, sessions=())
demo.Demo.arriving = lambda *_, **__: contextlib.nullcontext()
told = lambda opening: print(os.listdir(tempfile.gettempdir()), opening.front.only, flush=True)
sys.exit(main(["--demo"], begun=told))
"""
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **temporary},
    )  # fmt: skip
    assert done.returncode == 1
    assert re.search(r"'(rigstate-demo-\w+)'.*\1.data", done.stdout)  # outside of which it watches nothing
    assert "app.views.detail" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_that_it_opens_and_closes_in_good_order_when_asked(tmp_path: Path, asked: signal.Signals) -> None:
    made_session(tmp_path / "data")
    settings = tmp_path / "config" / "settings.json"
    ready = tmp_path / "ready"
    code = f"""
import gc, pathlib, sys
from PySide6.QtCore import QTimer
from app import __main__

def look(opening):
    timer = QTimer(opening, interval=20, timeout=lambda: tell(opening.application))
    opening.whole.connect(timer.start)

def tell(application):
    if application.window.windowHandle().isExposed() and application._catalog.summaries:
        pathlib.Path({str(ready)!r}).touch()

code = __main__.main([{str(tmp_path / "data")!r}], begun=look)
print("spared", gc.get_freeze_count())
sys.exit(code)
"""
    window = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "RIGSTATE_CONFIG_DIR": str(settings.parent)},
    )  # fmt: skip
    while not ready.exists():
        assert window.poll() is None
        time.sleep(0.02)
    window.send_signal(asked)
    said, errors = window.communicate(timeout=120)
    assert (window.returncode, errors) == (0, "")
    assert int(said.removeprefix("spared ")) > 10_000  # by the collector: modules and widgets stay
    assert settings.exists()


def test_that_it_closes_in_good_order_with_something_on_the_clipboard(tmp_path: Path) -> None:
    made_session(tmp_path / "data")
    code = f"""
import sys
from PySide6.QtGui import QGuiApplication
from app.__main__ import main
from app.hands import Hands

def look(opening):
    opening.whole.connect(lambda: copy(opening))

def copy(opening):
    hands = Hands(opening.front.window)
    hands.select("sessionView", hands.new_row("sessionView", set()))
    hands.select("stateView", hands.row("stateView", "trial_count"))
    hands.trigger("actionCopyValue")
    print(QGuiApplication.clipboard().text())
    opening.front.window.close()

sys.exit(main([{str(tmp_path / "data")!r}], begun=look))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "RIGSTATE_CONFIG_DIR": str(tmp_path / "config")},
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "15", "")
