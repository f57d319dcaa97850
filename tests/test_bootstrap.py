"""bootstrap.py as a bare machine meets it: in checkouts of its own, never over a network.

The one idea: what can be run is run (a Python without pip, a registry that never answers, Ctrl+C); only
systems that this one is not (Windows, a Debian without libraries) are told to it as values.
Not for the installation itself, which needs a network: running these tests by bootstrap.py has tried it.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

import pytest

import bootstrap
from tests.made_once import made_once
from tests.syntax import PROJECT, read

NOWHERE = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": "", "UV_OFFLINE": "1"}

needs_ensurepip = pytest.mark.skipif(
    importlib.util.find_spec("ensurepip") is None,
    reason="this Python needs a network to make an environment: it has no ensurepip",
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with nothing made in it yet."""
    directory = tmp_path / "a checkout & its spaces"
    directory.mkdir()
    for name in ("bootstrap.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(PROJECT / name, directory)
    return directory


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment, to be looked at only; absent where this Python cannot make one without a network."""

    def make(folder: Path) -> None:
        with contextlib.suppress(bootstrap.CannotSetUp):
            bootstrap.make_environment(folder / "made")

    return made_once(tmp_path_factory, "environment", make) / "made"


@pytest.fixture
def begun(checkout: Path, made: Path) -> Path:
    """A checkout with a new environment in it, and nothing installed there yet."""
    if made.exists():
        shutil.copytree(made, checkout / ".venv", symlinks=True)
    return checkout


def without_uv(variables: dict[str, str]) -> dict[str, str]:
    """uv has its own way to be offline; these tests are about pip's."""
    path = os.environ["PATH"].split(os.pathsep)
    kept = [entry for entry in path if shutil.which("uv", path=entry) is None]
    return {**os.environ, **variables, "PATH": os.pathsep.join(kept)}


def run(checkout: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(checkout / "bootstrap.py"), *arguments]
    return subprocess.run(command, env=without_uv(variables), capture_output=True, text=True, check=False)


# ----------------------------------------------------------------------------------- the command line


def test_that_help_names_every_verb_and_needs_nothing_installed(checkout: Path) -> None:
    command = [sys.executable, "-I", "-S", str(checkout / "bootstrap.py"), "--help"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    named = set(re.findall(r"^    (\w+) ", answer.stdout, re.MULTILINE))
    assert {"demo", "test", "bench", "prove", "pictures", "build", "bundle", "freeze"} <= named
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("arguments", [[], ["tset"], ["demo", "--turo", "x"], ["demo", "x"]])
def test_that_wrong_usage_is_said_and_makes_nothing(checkout: Path, arguments: list[str]) -> None:
    answer = run(checkout, *arguments)
    assert answer.returncode == 2
    assert "usage: bootstrap.py" in answer.stderr
    assert not (checkout / ".venv").exists()


def test_that_arguments_of_test_go_to_pytest() -> None:
    _, rest = bootstrap.parse(["test", "-k", "codec", "--maxfail=1", "tests/persistence"])
    assert rest == ["-k", "codec", "--maxfail=1", "tests/persistence"]


def test_that_arguments_behind_two_dashes_go_to_pytest_without_them() -> None:
    assert bootstrap.parse(["test", "--", "-x"])[1] == ["-x"]


def test_that_arguments_of_prove_go_to_the_suites(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran: list[Sequence[object]] = []
    monkeypatch.setattr(bootstrap, "provide_programs", lambda _: None)
    monkeypatch.setattr(bootstrap, "provide_environment", lambda _, extra: f"python of {extra}")
    monkeypatch.setattr(bootstrap, "run", lambda command, _: ran.append(command))
    bootstrap.prove(tmp_path, bootstrap.parse(["prove", "kill", "--rounds", "7"])[1])
    assert ran == [["python of dev", "-m", "tests.proof", "kill", "--rounds", "7"]]


UNSEEN = {"QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.parametrize(
    ("variables", "arguments", "ran", "unseen"),
    [
        ({"DISPLAY": ":0"}, [], ["app", "--demo"], {}),
        ({}, [], ["app.tour", str(PROJECT / "build" / "tour")], UNSEEN),
        ({"DISPLAY": ":0"}, ["--tour", "here"], ["app.tour", str(Path("here").resolve())], UNSEEN),
    ],
)
def test_that_one_command_opens_the_demo_or_tours_it_where_there_is_no_screen(
    variables: dict[str, str],
    arguments: list[str],
    ran: list[str],
    unseen: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    provided, runs = list[object](), list[tuple[list[str], object]]()

    def run(command: Sequence[object], _: Path, more: object = ()) -> int:
        runs.append(([str(one) for one in command], more or {}))
        return 0

    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(bootstrap, "provide_libraries", provided.append)
    monkeypatch.setattr(bootstrap, "provide_environment", lambda _, extra: f"python of {extra}")
    monkeypatch.setattr(bootstrap, "run", run)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert bootstrap.main(["demo", *arguments]) == 0
    assert runs == [(["python of app", "-m", *ran], unseen)]
    assert provided == [bootstrap.needed_libraries({} if unseen else variables)]
    assert ("No display here" in capsys.readouterr().out) is (variables == {})


def test_that_one_command_runs_every_check_and_then_all_tests(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []
    failing, provided = {"mypy"}, list[object]()

    def run(command: Sequence[object], *_: object) -> int:
        ran.append([str(one) for one in command])
        return int(bool(failing & set(ran[-1])))

    monkeypatch.setattr(bootstrap, "provide_libraries", provided.append)
    monkeypatch.setattr(bootstrap, "provide_environment", lambda _, extra: f"python of {extra}")
    monkeypatch.setattr(bootstrap, "run", run)
    assert bootstrap.main(["test", "-k", "codec"]) == 1
    lint, form, types, rules, tests = ran  # all tests run all the same
    assert {command.pop(0) for command in ran} == {"python of dev"}
    assert (lint, form) == (["-m", "ruff", "check"], ["-m", "ruff", "format", "--check"])
    assert types == ["-m", "mypy"]
    assert "lint_imports_command as check; check(" in rules[1]
    workers = f"--numprocesses={bootstrap.workers_on(os.cpu_count() or 1)}"
    assert (tests[:3], tests[-2:]) == (["-m", "pytest", workers], ["-k", "codec"])
    assert [one for one in tests if "fail" in one] == []  # nor does it end with the first that fails
    assert provided == [bootstrap.needed_libraries({})]
    said = capsys.readouterr().out
    assert re.findall(r"^== ([\w ]+)$", said, re.MULTILINE) == [
        "lint", "format", "types", "import rules", "tests",
    ]  # fmt: skip
    assert "not passed: types" in said
    failing.clear()
    assert bootstrap.main(["test"]) == 0


def test_that_a_processor_whose_test_waits_has_another_one() -> None:
    assert [bootstrap.workers_on(processors) for processors in (1, 2, 3, 4, 64)] == [2, 3, 4, 4, 4]


@pytest.mark.parametrize("verb", ["build", "bundle", "freeze"])
def test_that_what_is_packed_needs_no_more_than_the_application(
    verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[Sequence[object]] = []
    monkeypatch.setattr(bootstrap, "provide_libraries", lambda _: None)
    monkeypatch.setattr(bootstrap, "provide_environment", lambda _, extra: f"python of {extra}")
    monkeypatch.setattr(bootstrap, "run", lambda command, _: ran.append(command))
    bootstrap.main([verb, "--out", "x"])
    assert ran == [["python of app", "-m", "tests.packaging", verb, "--out", "x"]]


def test_that_it_imports_the_standard_library_only() -> None:
    names = {name.partition(".")[0] for name in read(PROJECT / "bootstrap.py").imports()}
    assert names <= sys.stdlib_module_names


@pytest.mark.parametrize("version", [(3, 9, 2), (3, 10, 14)])
def test_that_an_older_python_is_refused_in_one_sentence(version: tuple[int, ...]) -> None:
    with pytest.raises(
        bootstrap.CannotSetUp, match=r"needs Python 3\.11 or newer, and this is 3\.\d+\.\d+\. Type"
    ):
        bootstrap.refuse_old_python(version)


def test_that_python_3_7_can_read_it_far_enough_to_be_told() -> None:
    """Below 3.9 what `collections.abc` has is no generic: `Sequence[str]` that is run is a traceback."""
    tree = read(PROJECT / "bootstrap.py").tree
    run_at_once = [
        node.value for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
    ]
    parts = [part for value in run_at_once for part in ast.walk(value)]
    assert [ast.unparse(part) for part in parts if isinstance(part, ast.Subscript)] == []


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0, 0)])
def test_that_a_new_enough_python_is_taken(version: tuple[int, ...]) -> None:
    bootstrap.refuse_old_python(version)


# ------------------------------------------------------------------------------------ the environment


def test_that_an_environment_without_network_is_refused_in_one_sentence(checkout: Path) -> None:
    answer = run(checkout, "test", **NOWHERE)
    assert answer.returncode == bootstrap.NOT_SET_UP
    assert answer.stderr.count("\n") == 1
    assert re.match(
        r"bootstrap: (the packages could not be installed|no environment could be made)", answer.stderr
    )
    assert "network connection" in answer.stderr
    assert "Traceback" not in answer.stdout + answer.stderr


def test_that_a_place_in_which_nothing_can_be_made_is_told_and_nothing_is_tried(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "__file__", str(checkout / "bootstrap.py"))
    monkeypatch.setattr(bootstrap, "provide_libraries", lambda _: None)
    (checkout / ".venv").write_text("in the way", "utf-8")
    assert bootstrap.main(["demo"]) == bootstrap.NOT_SET_UP
    said = capsys.readouterr().err
    assert said.startswith(f"bootstrap: {checkout / '.venv'} cannot be made (")
    assert said.endswith("type the same command again.\n")
    assert said.count("\n") == 1
    assert "pip" not in said


def test_that_a_python_without_pip_and_venv_is_told_what_to_install(checkout: Path) -> None:
    bare = bootstrap.interpreter(checkout / "bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(checkout / "bare")], check=True)
    tell = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run(
        [str(bare), "-c", tell], capture_output=True, text=True, check=True
    ).stdout.strip()
    Path(packages, "sitecustomize.py").write_text("import sys\nsys.modules['venv'] = None\n", "utf-8")
    command = [str(bare), str(checkout / "bootstrap.py"), "test"]
    answer = subprocess.run(command, env=without_uv(NOWHERE), capture_output=True, text=True, check=False)
    assert answer.returncode == bootstrap.NOT_SET_UP
    assert answer.stderr.count("\n") == 1
    assert "no environment could be made" in answer.stderr
    assert "No module named pip" in answer.stderr
    assert "sudo apt-get install python3-pip python3-venv" in answer.stderr


@needs_ensurepip
def test_that_an_environment_is_made_with_pip_in_it_and_known_as_usable(made: Path) -> None:
    assert bootstrap.is_usable(bootstrap.interpreter(made))


@pytest.mark.parametrize("content", [None, "", "not a program"])
def test_that_a_missing_or_broken_environment_is_not_usable(tmp_path: Path, content: str | None) -> None:
    python = bootstrap.interpreter(tmp_path)
    python.parent.mkdir()
    if content is not None:
        python.write_text(content, "utf-8")
        python.chmod(0o755)
    assert not bootstrap.is_usable(python)


def test_that_an_environment_without_pip_is_not_usable(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "bare")], check=True)
    assert not bootstrap.is_usable(bootstrap.interpreter(tmp_path / "bare"))


def test_that_another_requirement_or_place_is_another_fingerprint(checkout: Path) -> None:
    before = bootstrap.fingerprint(checkout)
    assert bootstrap.fingerprint(checkout) == before
    moved = checkout.rename(checkout.with_name("moved"))
    after_move = bootstrap.fingerprint(moved)
    with (moved / "constraints.txt").open("a", encoding="utf-8") as file:
        file.write("six==1.16.0\n")
    assert len({before, after_move, bootstrap.fingerprint(moved)}) == 3


@pytest.mark.parametrize(
    ("stamped", "extra", "up_to_date"),
    [
        ("abc app", "app", True),
        ("abc dev", "app", True),
        ("abc dev", "dev", True),
        ("abc app", "dev", False),
        ("abc bench", "app", True),
        ("abc bench", "dev", True),
        ("abc bench", "bench", True),
        ("abc dev", "bench", False),
        ("abd bench", "bench", False),
        ("abd dev", "dev", False),
        ("", "app", False),
    ],
)
def test_that_only_an_installation_that_holds_all_that_is_wanted_is_skipped(
    tmp_path: Path, stamped: str, extra: str, up_to_date: bool
) -> None:
    stamp = tmp_path / "stamp"
    assert not bootstrap.is_stamped(stamp, "abc", extra)
    stamp.write_text(stamped, "utf-8")
    assert bootstrap.is_stamped(stamp, "abc", extra) is up_to_date


@needs_ensurepip
def test_that_what_is_up_to_date_is_not_installed_again(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "install", lambda *_: pytest.fail("installed again"))
    environment = begun / ".venv"
    (environment / "rigstate-stamp").write_text(f"{bootstrap.fingerprint(begun)} dev", "utf-8")
    assert bootstrap.provide_environment(begun, "app") == bootstrap.interpreter(environment)


def test_that_of_two_who_set_up_the_same_checkout_the_second_waits_and_finds_all_done(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stamp = checkout / ".venv" / "rigstate-stamp"
    stamp.parent.mkdir()
    monkeypatch.setattr(bootstrap, "is_usable", lambda _: True)
    with contextlib.ExitStack() as first:

        def waited(_: float) -> None:
            stamp.write_text(f"{bootstrap.fingerprint(checkout)} app", "utf-8")
            first.close()

        monkeypatch.setattr(time, "sleep", waited)
        first.enter_context(bootstrap.alone(checkout / ".venv-lock"))
        python = bootstrap.provide_environment(checkout, "app")
    assert python == bootstrap.interpreter(checkout / ".venv")
    assert capsys.readouterr().out == "Another bootstrap.py sets this checkout up; this one waits for it.\n"


def test_that_an_installation_that_failed_is_not_taken_for_done(begun: Path) -> None:
    answers = [run(begun, "test", **NOWHERE) for _ in range(2)]
    assert [answer.returncode for answer in answers] == [bootstrap.NOT_SET_UP] * 2
    assert not (begun / ".venv" / "rigstate-stamp").exists()


def test_that_windows_keeps_its_interpreter_elsewhere(tmp_path: Path) -> None:
    assert bootstrap.interpreter(tmp_path, "nt") == tmp_path / "Scripts" / "python.exe"
    assert bootstrap.interpreter(tmp_path, "posix") == tmp_path / "bin" / "python"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            "Collecting x\nERROR: No matching distribution found for x.\n",
            "No matching distribution found for x",
        ),
        ("WARNING: a\nERROR: first\nERROR: second\nHint\n", "first"),
        ("error: could not\n\n", "error: could not"),
        ("ensurepip is not available.\nFailing command: /x/python3\n", "ensurepip is not available"),
        ("", "no reason given"),
    ],
)
def test_that_the_reason_of_a_failure_is_its_first_error(said: str, reason: str) -> None:
    assert bootstrap.reason_in(said.encode()) == reason


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("'N('<c 0x7f>: Failed to connect: [Errno -3] Temporary failure')'", "[Errno -3] Temporary failure"),
        ("'ProxyError('Cannot connect.', OSError('Tunnel failed: 403 Forbidden'))'", "403 Forbidden"),
        ("'E(\"Pool(host='x', port=443): Read timed out. (timeout=15)\")'", "Read timed out. (timeout=15)"),
    ],
)
def test_that_a_network_that_was_given_up_is_the_reason_of_what_pip_takes_for_a_conflict(
    broken: str, reason: str
) -> None:
    said = "WARNING: Retrying (Retry(total={}, connect=None)) after connection broken by {}: /simple/x/\n"
    conflict = "ERROR: Cannot install x because of conflicts.\n"
    given_up = said.format(0, broken) + conflict
    assert bootstrap.reason_in(given_up.encode()) == f"no connection: {reason}"
    once_more = said.format(1, broken) + conflict
    assert bootstrap.reason_in(once_more.encode()) == "Cannot install x because of conflicts"


def test_that_the_variables_of_a_lab_do_not_bend_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/lab")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("LAB", "kept")
    variables = bootstrap.own_variables({"MORE": "1"})
    assert "PYTHONPATH" not in variables
    assert (variables["PIP_USER"], variables["LAB"], variables["MORE"]) == ("0", "kept", "1")


# --------------------------------------------------------------------------- libraries of the system


@pytest.mark.parametrize(
    ("platform", "variables", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("win32", {}, True),
        ("darwin", {}, True),
        ("darwin", {"QT_QPA_PLATFORM": "minimal:enable_fonts"}, False),
    ],
)
def test_that_a_display_is_recognised(platform: str, variables: dict[str, str], shown: bool) -> None:
    assert bootstrap.has_display(platform, variables) is shown


def test_that_only_the_libraries_of_the_display_in_use_are_asked_for() -> None:
    assert "libxcb-cursor.so.0" not in bootstrap.needed_libraries({})
    assert "libxcb-cursor.so.0" in bootstrap.needed_libraries({"DISPLAY": ":0"})
    assert "libwayland-client.so.0" in bootstrap.needed_libraries({"WAYLAND_DISPLAY": "wayland-0"})


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves libraries of Qt to its packages")
class TestMissingLibraries:
    """A system that lacks a library, told by a name that no system has."""

    NEEDED: ClassVar = {"librigstate-test.so.7": "librigstate-test7", "libc.so.6": "libc6"}

    def test_that_only_the_missing_are_found(self) -> None:
        assert bootstrap.missing_libraries(self.NEEDED) == ["librigstate-test.so.7"]

    def test_that_the_exact_line_is_said_where_we_may_not_install(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap, "prefix_of_root", lambda: None)
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
        line = r"Type: sudo apt-get install --no-install-recommends librigstate-test7$"
        with pytest.raises(bootstrap.CannotSetUp, match=line):
            bootstrap.provide_libraries(self.NEEDED)

    def test_that_the_library_is_named_where_there_is_no_apt(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", lambda _: None)
        with pytest.raises(
            bootstrap.CannotSetUp, match=r"lacks \(librigstate-test\.so\.7\)\. Install them with"
        ):
            bootstrap.provide_libraries(self.NEEDED)

    def test_that_an_installation_that_does_not_help_is_said_with_its_reason(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        apt = tmp_path / "apt-get"
        apt.write_text(
            "#!/bin/sh\necho 'E: Unable to locate package librigstate-test7' >&2\nexit 100\n", "utf-8"
        )
        apt.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        monkeypatch.setattr(bootstrap, "prefix_of_root", list)
        with pytest.raises(
            bootstrap.CannotSetUp, match=r"could not be installed \(E: Unable to locate package"
        ):
            bootstrap.provide_libraries(self.NEEDED)

    def test_that_nothing_is_installed_where_nothing_is_missing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap, "prefix_of_root", lambda: pytest.fail("asked for root"))
        bootstrap.provide_libraries({"libc.so.6": "libc6"})


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux suites need programs of the system")
class TestMissingPrograms:
    """The same for the programs of the proof, which goes on without them."""

    NEEDED: ClassVar = {"rigstate-test-tracer": "rigstate-tracer", "mount": "mount"}

    def test_that_the_exact_line_is_said_and_the_suites_go_on(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        found = shutil.which
        monkeypatch.setattr(bootstrap, "prefix_of_root", lambda: None)
        monkeypatch.setattr(shutil, "which", lambda name, path=None: found(name, path=path) or apt_only(name))
        bootstrap.provide_programs(self.NEEDED)
        said = capsys.readouterr().err
        assert "Suites of the proof need programs that this system lacks (rigstate-test-tracer)" in said
        assert said.endswith("Type: sudo apt-get install --no-install-recommends rigstate-tracer\n")

    def test_that_programs_of_root_are_found_wherever_the_path_ends(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", "/nowhere")
        assert bootstrap.missing_programs(["ldconfig", "rigstate-test-tracer"]) == ["rigstate-test-tracer"]


def apt_only(name: str) -> str | None:
    """As on a Debian that has nothing of what is asked for."""
    return "/usr/bin/apt-get" if name == "apt-get" else None


# ----------------------------------------------------------------------------------------- Ctrl+C


@contextlib.contextmanager
def silent_registry() -> Iterator[socket.socket]:
    """A package registry that accepts a connection and then says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(120)
        yield server


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no signal that reaches one process group alone"
)
def test_that_ctrl_c_during_a_download_ends_cleanly(begun: Path) -> None:
    with silent_registry() as server:
        index = f"http://127.0.0.1:{server.getsockname()[1]}/simple"
        variables = {
            "PIP_INDEX_URL": index,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_FIND_LINKS": "",
            "NO_PROXY": "*",
        }
        process = subprocess.Popen(
            [sys.executable, str(begun / "bootstrap.py"), "test"],
            env=without_uv(variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        connection, _ = server.accept()  # pip is downloading now
        with connection:
            os.killpg(process.pid, signal.SIGINT)
            _, said = process.communicate(timeout=120)
    assert process.returncode == bootstrap.INTERRUPTED
    assert said == "bootstrap: interrupted; the same command goes on from here.\n"


def test_that_the_exit_code_of_what_was_run_is_kept(tmp_path: Path) -> None:
    assert bootstrap.run([sys.executable, "-c", "raise SystemExit(7)"], tmp_path) == 7


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no signal that reaches one process group alone"
)
def test_that_ctrl_c_waits_for_the_child_to_end(tmp_path: Path) -> None:
    wait = "import time\ntry:\n print('up', flush=True)\n while True: time.sleep(0.02)"
    child = wait + "\nexcept KeyboardInterrupt:\n print('child done')"
    script = f"import sys, bootstrap; bootstrap.run([sys.executable, '-c', {child!r}], bootstrap.Path('.'))"
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=120)[0] == "child done\n"
