"""The house keeps its rules: who may import whom, who may touch what, and what nobody may do.

The one idea: the drawing in `docs/architecture.md` is checked, not hoped for. import-linter holds the same
rules as contracts in pyproject.toml; here stands what it cannot see (parts of a third-party package, calls,
strings). Each kind of check is shown a file that breaks it: a rule that finds nothing has looked.
"""

from __future__ import annotations

import ast
import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.syntax import PROJECT, Source, is_below, is_made, last_name, read, sources

QT = ("PySide6", "shiboken6", "qtpy", "qtawesome")
UNLOCKED = (
    "persistence.store",
    "persistence.StateFile",
    "persistence.files.history",
    "persistence.files.outlined",
    "persistence.files.past",
)
STORE = (*UNLOCKED, "persistence.lock")


@pytest.fixture(autouse=True, scope="module")
def trees_that_go() -> Iterator[None]:
    """What was read of the code is let go after the last test of it."""
    yield
    read.cache_clear()


@dataclass(frozen=True)
class Rule:
    """These modules never import those; `but` are the modules that may."""

    why: str
    modules: tuple[str, ...]
    never: tuple[str, ...]
    but: tuple[str, ...] = ()

    def broken_by(self, source: Source) -> set[str]:
        if not is_below(source.module, self.modules) or is_below(source.module, self.but):
            return set()
        return {name for name in source.imports() if is_below(name, self.never)}


RULES = (
    Rule("launchers have no window", ("persistence",), ("app", "resources", "tests")),
    Rule(
        "the nouns know no Qt",
        (
            "app.session",
            "app.snapshot",
            "app.exchange",
            "app.resume_exchange",
            "app.values.edit_text",
            "app.values.scalar_text",
        ),
        QT,
    ),
    Rule(
        "a plan touches nothing",
        ("app.resuming.plan", "app.resuming.cautions"),
        ("io", "os", "pathlib", *QT, *STORE),
    ),
    Rule("models draw nothing", ("app.models",), ("PySide6.QtWidgets", "qtawesome", "app.views")),
    Rule(
        "a view speaks in intents and never fetches",
        ("app.views", "app.models"),
        (
            "app.disk.disk",
            "app.files.changes",
            "app.files.reading",
            "app.watch.watcher",
            "app.listing.catalog",
            "app.main",
            "watchdog",
            *STORE,
        ),
    ),
    Rule("one room knows pyqtgraph", ("app",), ("pyqtgraph",), but=("app.views.trend.canvas",)),
    Rule("one room counts with numpy", ("app",), ("numpy",), but=("app.views.trend.plot",)),
    Rule("one room hears the file system", ("app",), ("watchdog",), but=("app.watch.ears",)),
    Rule(
        "one door to the state files: one changes them, one reads what they held before, two read large ones",
        ("app", "resources"),
        UNLOCKED,
        but=(
            "app.files.changes",
            "app.files.reading",
            "app.files.large",
            "app.files.judge",
            "resources.demo.by_hand",  # stands for another window
        ),
    ),
    Rule(
        "the library locks; and what several windows change is locked: settings, drafts, a demo's folder",
        ("app", "resources"),
        ("persistence.lock",),
        but=(
            "app.settings_file",
            "app.editing.draft_places",
            "app.demo_folders",
            "app.pictures.__main__",  # whose folder has one name in all runs
        ),
    ),
    Rule(
        "main knows all, nobody knows main",
        ("app",),
        ("app.main",),
        but=("app.opening", "app.driven"),
    ),
    Rule("demo launchers are launchers", ("resources",), ("app", *QT)),
    Rule(
        "asking reads nothing",
        ("persistence.query", "persistence.sessions.query_order", "persistence.sessions.query_values"),
        ("io", "os", "pathlib", *STORE),
    ),
    Rule(
        "nobody speaks to a network: nothing that could is imported",
        ("app", "persistence", "resources"),
        (
            "asyncio",
            "email",
            "ftplib",
            "http",
            "imaplib",
            "smtplib",
            "socketserver",
            "ssl",
            "telnetlib",
            "urllib.request",
            "webbrowser",
            "wsgiref",
            "xmlrpc",
            "requests",
            "PySide6.QtNetwork",
            "PySide6.QtWebSockets",
            "PySide6.QtWebEngineCore",
        ),
    ),
    Rule(
        "of sockets, the name of this computer is all that is wanted, and a pair within the program",
        ("app", "persistence", "resources"),
        ("socket",),
        but=(
            "app.__main__",  # hears of signals by the pair
            "app.resuming.offering",
            "persistence.files.running",
            "persistence.launching.run_record",
            "persistence.sessions.spilling",
        ),
    ),
    Rule("no data that runs", ("app", "persistence", "resources"), ("pickle", "marshal", "shelve", "dill")),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.why)
def test_that_nobody_imports_what_the_drawing_forbids(rule: Rule) -> None:
    broken = {source.place: names for source in sources() if (names := rule.broken_by(source))}
    assert broken == {}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.why)
def test_that_each_import_rule_speaks_of_modules_that_exist_and_can_be_broken(rule: Rule) -> None:
    modules = {source.module for source in sources()}
    for name in (*rule.modules, *rule.but):
        assert any(is_below(module, [name]) for module in modules), name
    culprit = Source(
        f"{rule.modules[0].replace('.', '/')}/x.py", ast.parse(f"def f():\n import {rule.never[-1]}")
    )
    assert rule.broken_by(culprit)


def test_that_the_library_is_standard_library_only() -> None:
    allowed = {*sys.stdlib_module_names, "persistence"}
    foreign = {
        (source.place, name)
        for source in sources("persistence")
        for name in source.imports()
        if name.partition(".")[0] not in allowed
    }
    assert foreign == set()


def test_that_relative_imports_are_seen_through() -> None:
    source = Source("app/views/x.py", ast.parse("from ..disk import Disk\nfrom . import main_window"))
    assert {"app.disk", "app.disk.Disk", "app.views", "app.views.main_window"} <= source.imports()


def test_that_no_module_has_a_name_that_says_nothing() -> None:
    nothing = {"utils", "util", "core", "common", "helpers", "helper", "manager", "managers", "misc", "base"}
    files = [
        path
        for package in ("persistence", "app", "resources", "tests")
        for path in (PROJECT / package).rglob("*")
    ]
    assert [path for path in files if path.stem in nothing] == []


# ------------------------------------------------------------------------------- what nobody may do

FORBIDDEN_CALLS = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "import_module",
    "run_module",
    "run_path",
    "system",
}
NAMED_BY_OPERATORS = "persistence.rehearsing.named_class"
# Qt guesses rich text in these, or is asked for it; a value of 270 bytes then freezes the window.
RICH_TEXT = {
    "setHtml",
    "insertHtml",
    "appendHtml",
    "setMarkdown",
    "insertMarkdown",
    "QTextBrowser",
    "QMessageBox",
}
RICH_TEXT |= {"RichText", "AutoText", "MarkdownText", "QErrorMessage", "QTextDocument", "QStaticText"}
RICH_TEXT |= {"QTextEdit", "QInputDialog", "QProgressDialog", "QSplashScreen", "drawStaticText", "toHtml"}
RICH_TEXT |= {
    "QWhatsThis",
    "setWhatsThis",
    "setStatusTip",
    "QGraphicsTextItem",
    "TextItem",
    "LabelItem",
}
ONE_LABEL = "app.views.parts.widgets"
OWN_TIPS = {
    "app.views.actions",
    "app.views.files.file_view",
    "app.views.history.raw_pane",
    "app.views.parts.fields",
    "app.views.parts.find_bar",
    "app.views.sessions.chips",
    "app.views.state.match_bar",
}
"""Whose tips are put together of our own words; all others go through `tip`, which lets Qt's guess fail."""


def calls_forbidden(source: Source) -> set[str]:
    """By their names; the library may import by a name that stands in its own text, and in no file.

    One room imports what an operator names, and only it.
    """
    # re.compile is not compile
    plain = {name for name, call in source.calls() if isinstance(call.func, ast.Name)}
    attributes = {name for name, call in source.calls() if isinstance(call.func, ast.Attribute)} - {
        "compile",
        "exec",
    }
    found = (plain | attributes) & FORBIDDEN_CALLS
    imports = [call.args[0] for name, call in source.calls() if name == "import_module"]
    own = is_below(source.module, ["persistence"]) and all(says_its_name(argument) for argument in imports)
    if own or source.module == NAMED_BY_OPERATORS:
        found.discard("import_module")
    return found


def says_its_name(argument: ast.expr) -> bool:
    """A text, or one that begins with the library's own name."""
    first = argument.values[0] if isinstance(argument, ast.JoinedStr) else argument
    if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
        return False
    return argument is first or first.value.startswith("persistence.")


def test_that_one_room_says_by_which_program_parts_are_started() -> None:
    """The interpreter of a frozen program is the window, which runs no `-m` and no `-c` (decision 0015)."""
    assert {source.module for source in sources("app") if "executable" in source.names()} == {"app.program"}


def runs_a_shell(source: Source) -> bool:
    return any(
        keyword.arg == "shell"
        and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
        for _, call in source.calls()
        for keyword in call.keywords
    )


def test_that_nothing_runs_text_as_code_or_names_code_to_import() -> None:
    assert {source.place: found for source in sources() if (found := calls_forbidden(source))} == {}


def test_that_no_command_goes_through_a_shell() -> None:
    assert [source.place for source in sources() if runs_a_shell(source)] == []


def test_that_the_window_shows_plain_text_only() -> None:
    assert {source.place: found for source in sources("app") if (found := source.names() & RICH_TEXT)} == {}


def test_that_labels_are_made_in_one_room_which_tells_them_that_text_is_plain() -> None:
    assert {source.module for source in sources("app") if makes_labels(source)} == {ONE_LABEL}


def makes_labels(source: Source) -> bool:
    """Whether it calls Qt's own label, or builds on it."""
    bases = {
        last_name(base) for node in source.nodes if isinstance(node, ast.ClassDef) for base in node.bases
    }
    return "QLabel" in bases or any(name == "QLabel" and call.args for name, call in source.calls())


def test_that_tips_are_words_of_our_own_or_go_through_tip() -> None:
    assert {source.module for source in sources("app") if guessed_tips(source)} <= OWN_TIPS


def guessed_tips(source: Source) -> list[str]:
    """What it gives as a tip that is neither a text of its own nor made by `tip`."""
    calls = [(name, call.args) for name, call in source.calls() if call.args]
    given = [args[0] for name, args in calls if name == "setToolTip"]
    given += [args[1] for name, args in calls if name == "showText" and len(args) > 1]
    return [ast.unparse(one) for one in given if not is_plain_tip(one)]


def is_plain_tip(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return is_plain_tip(node.body) and is_plain_tip(node.orelse)
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Call) and last_name(node.func) == "tip")


def test_that_a_label_and_a_tip_of_qts_own_would_be_seen() -> None:
    culprit = Source("app/x.py", ast.parse("class L(QLabel): pass\nw.setToolTip(f'{name}')"))
    assert makes_labels(culprit)
    assert makes_labels(Source("app/x.py", ast.parse("QLabel(name)")))
    assert guessed_tips(culprit) == ["f'{name}'"]
    plain = Source("app/x.py", ast.parse("w.setToolTip(tip(x) if x else '')\nmatch w:\n case QLabel(): pass"))
    assert not guessed_tips(plain)
    assert not makes_labels(plain)


def test_that_signals_carry_objects() -> None:
    """Signal(dict) loses dicts with other keys than strings, Signal(int) turns 2**40 into 0."""
    assert [source.place for source in sources("app") if narrow_signals(source)] == []


def narrow_signals(source: Source) -> list[str]:
    return [
        ast.unparse(call)
        for name, call in source.calls()
        if name == "Signal"
        for argument in call.args
        if last_name(argument) != "object"
    ]


@pytest.mark.parametrize(
    "text",
    ["eval('1')", "importlib.import_module(name)", "os.system('x')", "__import__(name)", "runpy.run_path(p)"],
)
def test_that_running_text_as_code_would_be_seen(text: str) -> None:
    assert calls_forbidden(Source("app/x.py", ast.parse(text)))
    assert not calls_forbidden(Source("app/x.py", ast.parse("re.compile('x')\ndialog.open()")))


def test_that_the_library_may_import_only_by_a_name_that_it_says_itself() -> None:
    good = "importlib.import_module('fcntl')\nimportlib.import_module(f'persistence.{home}')"
    assert not calls_forbidden(Source("persistence/x.py", ast.parse(good)))
    assert calls_forbidden(Source("app/x.py", ast.parse(good)))
    for bad in ("importlib.import_module(name)", "importlib.import_module(f'{module}.x')"):
        assert calls_forbidden(Source("persistence/x.py", ast.parse(bad)))


def test_that_what_an_operator_names_comes_from_the_command_line_alone() -> None:
    """Whoever imports by name is told the name by the verbs; no room that reads state files asks for it."""
    asking = {
        source.module for source in sources() if "persistence.rehearsing.named_class.find" in source.imports()
    }
    assert asking == {"persistence.rehearsing.rehearsal", "persistence.cli.resuming"}


def test_that_a_shell_rich_text_and_narrow_signals_would_be_seen() -> None:
    culprit = Source(
        "app/x.py", ast.parse("Popen(c, shell=yes)\nlabel.setTextFormat(Qt.TextFormat.RichText)\nSignal(int)")
    )
    assert runs_a_shell(culprit)
    assert culprit.names() & RICH_TEXT
    assert narrow_signals(culprit) == ["Signal(int)"]
    assert not runs_a_shell(Source("app/x.py", ast.parse("Popen(c, shell=False)")))


# ------------------------------------------------------------------------------ who may touch files

# The names of what only the library's rooms write. Saying one elsewhere means touching it elsewhere.
STATE_FILES = (
    "session_state.json",
    ".session_state.lock",
    ".session_state.running",
    ".session_state_history",
)
MAY_NAME_THEM = {
    "app/watch/stirrings.py",  # must know which events matter, and opens nothing
    "app/watch/polling.py",  # asks for the time of a state, and opens nothing
    "resources/demo/old_program.py",  # stands for the programs that know no store
}
# Who else writes files, and which: whoever joins them gets a line here.
WRITERS = {
    "persistence.files.durable": "every file that must be whole, for those below",
    "persistence.files.opening": "files that several programs write to, opened",
    "persistence.store": "the state file",
    "persistence.files.commit": "the state file",
    "persistence.files.version_files": "the versions of a state file",
    "persistence.files.version_log": "their log",
    "persistence.sessions.spilling": "a state that cannot get into its file",
    "persistence.lock": "the lock file, always empty",
    "persistence.files.running": "the mark of a running session",
    "persistence.sessions.session_files": "session.json and launcher_metadata",
    "persistence.launching.process_output": "launcher.log",
    "persistence.launching.resume_request": "the answer to a resume",
    "persistence.launching.param_file": "the parameter file of a resumed run",
    "persistence.launching.run_record": "what was resumed, for the next window",
    "persistence.cli.run_by_hand": "what the launcher reported, beside that",
    "persistence.rehearsing.asking": "the draft and the wish, in a temporary folder",
    "persistence.rehearsing.rehearsal": "how far it came, in that folder",
    "persistence.__main__": "the null device, when nobody reads on",
    "persistence.cli.looking": "what `history --export` was told to write",
    "app.files.copies": "a copy of a version, where the operator wants it",
    "app.editing.draft_files": "drafts",
    "app.settings_file": "settings",
    "app.launchers.registry_file": "the operator's own list of launchers",
    "app.runs.run": "the output of a started launcher",
    "app.troubles": "the window's own log",
    "app.demo": "the demo's folder",
    "app.desktop_entry": "the person's entry in the menu of the desktop",
    "resources.demo.old_program": "a state file, as it should not",
}
WRITING = {"write_text", "write_bytes", "write_file", "NamedTemporaryFile", "mkstemp", "FileHandler"}


def writes(source: Source) -> bool:
    """Whether it calls what writes files, or opens one for writing."""
    return any(name in WRITING or (name == "open" and opens_to_write(call)) for name, call in source.calls())


def opens_to_write(call: ast.Call) -> bool:
    given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    modes = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    flags = {last_name(node) for one in call.args for node in ast.walk(one)}
    return any(set(mode) & set("wax+") and set(mode) <= set("rwax+bt") for mode in modes) or bool(
        flags & {"O_WRONLY", "O_RDWR", "O_CREAT"}
    )


def test_that_files_are_written_by_those_who_own_them() -> None:
    assert {source.module for source in sources() if writes(source)} <= set(WRITERS)


@pytest.mark.parametrize(
    "text", ["path.write_text('x')", "open(p, 'w')", "path.open(mode='ab')", "os.open(p, os.O_RDWR)"]
)
def test_that_writing_a_file_would_be_seen(text: str) -> None:
    assert writes(Source("app/x.py", ast.parse(text)))
    assert not writes(Source("app/x.py", ast.parse("open(p)\npath.open('rb')\nsheet.open()")))


def test_that_the_state_files_are_named_in_the_library_alone() -> None:
    naming = {
        source.place
        for source in sources("app", "resources")
        for text in source.texts()
        if any(name in text for name in STATE_FILES)
    }
    assert naming <= MAY_NAME_THEM


# --------------------------------------------------------------------------- what must not be named


def test_that_nothing_names_the_place_it_was_made_in() -> None:
    """Machine paths, working papers and hosts are no part of the project."""
    ours = (
        "/work" + "/main",
        "../" + "shared",
        "/work" + "/shared",
        "/tmp/" + "plan",
        "/opt/" + "pypi",
        "/opt/" + "wheels",
    )
    naming = {
        path.relative_to(PROJECT).as_posix(): word
        for path in project_files()
        for word in ours
        if word.encode() in path.read_bytes()
    }
    assert naming == {}


def project_files() -> list[Path]:
    """Every file that git holds; without git, every file that is not made by tools."""
    git = shutil.which("git") or "git"
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        listed = subprocess.run([git, "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True)
        files = [PROJECT / name for name in listed.stdout.decode().split("\0") if name]
        return [path for path in files if path.is_file()]
    return [path for path in PROJECT.rglob("*") if path.is_file() and not is_made(path)]
