"""The operator's list of launchers: exact names, lists of arguments, a sentence for all that is wrong."""

from pathlib import Path

import pytest

from app.launchers.registry import NAME, Entry, Registry, read_registry

NS = "my_project.launchers.my_launcher.MyCustomLauncher"
GOOD = f'''
["{NS}"]
python = "C:/envs/rig/python.exe"
command = ["{{python}}", "-m", "my_project.run", "--param_file", "{{param_file}}"]
cwd = "D:/my_project"
rehearse = "my_project.launchers.my_launcher:MyCustomLauncher"
'''


def registry(tmp_path: Path, user: str | None, machine: str | None = None) -> Registry:
    """The registry read from these two files."""
    for name, text in (("user", user), ("machine", machine)):
        (tmp_path / name).mkdir(exist_ok=True)
        if text is not None:
            (tmp_path / name / NAME).write_text(text, encoding="utf-8")
    return read_registry(tmp_path / "user", tmp_path / "machine")


def test_that_the_example_of_the_contract_is_an_entry(tmp_path: Path) -> None:
    entry = registry(tmp_path, GOOD).find(NS)
    assert isinstance(entry, Entry)
    assert entry.cwd == "D:/my_project"
    assert entry.rehearse == "my_project.launchers.my_launcher:MyCustomLauncher"
    assert entry.wants_param_file
    assert entry.filled({"param_file": "P {etag}.json", "etag": "e"}) == (
        "C:/envs/rig/python.exe", "-m", "my_project.run", "--param_file", "P {etag}.json",
    )  # fmt: skip


def test_that_only_the_exact_name_is_found(tmp_path: Path) -> None:
    found = registry(tmp_path, GOOD)
    for name in ("MyCustomLauncher", "other.MyCustomLauncher", NS.upper(), ""):
        reason = found.find(name)
        assert isinstance(reason, str)
        assert str(tmp_path / "user" / NAME) in reason


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ('["other.Rig"]\ncommand = []', "new.MyCustomLauncher"),
        ('["far.MyCustomLauncher"]\ncommand = []', ""),  # of two of the name it may be the other
        (f'["{NS}"]\ncommand = []', ""),
        (f"[{NS}]\ncommand = ['/bin/true']", ""),  # without quotation marks: its own, perhaps
    ],
)
def test_that_where_a_launcher_has_moved_is_not_told_where_a_wrong_entry_may_be_its_own(
    tmp_path: Path, wrong: str, where: str
) -> None:
    good = GOOD.replace(NS, "new.MyCustomLauncher")
    found = registry(tmp_path, f"{wrong}\n{good}")
    assert len(found.wrong) == 1
    assert found.moved_to(NS) == where


def test_that_no_file_is_no_error(tmp_path: Path) -> None:
    found = registry(tmp_path, None)
    assert found.problems == ()
    assert "has no entry in" in str(found.find(NS))


def test_that_the_users_entry_stands_over_that_of_the_computer(tmp_path: Path) -> None:
    machine = '["a.B"]\ncommand = ["/bin/one"]\n["c.D"]\ncommand = ["/bin/two"]\n'
    found = registry(tmp_path, '["a.B"]\ncommand = ["/bin/mine"]\n', machine)
    assert {name: entry.command for name, entry in found.entries.items()} == {
        "a.B": ("/bin/mine",),
        "c.D": ("/bin/two",),
    }


def test_that_a_wrong_entry_of_the_user_hides_that_of_the_computer(tmp_path: Path) -> None:
    found = registry(tmp_path, '["a.B"]\ncommand = "one text"\n', '["a.B"]\ncommand = ["/bin/one"]\n')
    assert "write a list" in str(found.find("a.B"))


@pytest.mark.parametrize(
    ("table", "hint"),
    [
        ('command = "python -m run"', "a command that is one text; write a list"),
        ("", "needs a command"),
        ("command = []", "needs a command"),
        ('command = ["/bin/x", 5]', "needs a command"),
        ('command = ["{pyhton}", "-m", "run"]', "unknown placeholder {pyhton}"),
        ('command = ["{python}", "-m", "run"]', "does not say python"),
        ('command = ["/bin/x", "{session}"]', "unknown placeholder {session}"),
        ('python = "/p"\ncommand = ["{python}", "{param_file}", "run.py"]', "lets Python run {param_file}"),
        ('command = ["{session_dir}/run"]', "begins with a placeholder"),
        ('command = [""]', "empty text"),
        ('command = ["C:/lab/run.bat"]', ".bat or .cmd"),
        ('command = ["C:/lab/run.CMD "]', ".bat or .cmd"),
        ('command = ["run.cmd."]', ".bat or .cmd"),
        ('python = "C:/lab/python.bat"\ncommand = ["{python}"]', ".bat or .cmd"),
        ('command = ["./run"]', "whole path for its program"),
        ('command = ["tools\\\\run.exe"]', "whole path for its program"),
        ('command = ["/bin/x"]\ncwd = "relative"', "whole path for cwd"),
        ('command = ["/bin/x"]\ncwd = 5', "text for cwd"),
        ('command = ["/bin/x"]\ncomand = ["/bin/y"]', "unknown key comand"),
        ('command = ["/bin/x"]\nenvironment = "RIG=3"', "texts for its environment"),
        ('command = ["/bin/x"]\nenvironment = { RIG = 3 }', "texts for its environment"),
        ('command = ["/bin/x"]\nenvironment = { "A=B" = "3" }', "a variable that cannot be"),
        ('command = ["/bin/x"]\nenvironment = { RIGSTATE_RESUME = "/x" }', "Rigstate's own"),
        ('command = ["/bin/x\\u0000y"]', "zero character"),
        (
            'python = "/bin/py"\ncommand = ["{python}"]\nrehearse = "a.B"',
            "cannot ask the class that it names (rehearse): 'a.B' has no colon; write module:Class",
        ),
        ('python = "/bin/py"\ncommand = ["{python}"]\nrehearse = "a:B()"', "is no module:Class"),
        ('python = "/bin/py"\ncommand = ["{python}"]\nrehearse = ["a:B"]', "text for rehearse"),
        ('command = ["/bin/x"]\nrehearse = "a:B"', "does not say python"),
        ('python = "C:/lab/python.bat"\ncommand = ["/bin/x"]\nrehearse = "a:B"', ".bat or .cmd"),
        ('python = "bin/python"\ncommand = ["/bin/x"]\nrehearse = "a:B"', "whole path for its program"),
    ],
)
def test_that_a_wrong_entry_says_what_is_wrong_and_the_others_stay(
    tmp_path: Path, table: str, hint: str
) -> None:
    found = registry(tmp_path, f'["a.B"]\n{table}\n["c.D"]\ncommand = ["/bin/x"]\n')
    reason = found.find("a.B")
    assert isinstance(reason, str)
    assert hint in reason
    assert '"a.B"' in reason
    assert isinstance(found.find("c.D"), Entry)


def test_that_a_name_without_quotation_marks_is_explained(tmp_path: Path) -> None:
    found = registry(tmp_path, '[my_project.run.Launcher]\ncommand = ["/bin/x"]\n')
    assert "quotation marks" in str(found.find("my_project"))


def test_that_an_entry_that_is_no_table_is_explained(tmp_path: Path) -> None:
    assert "quotation marks" in str(registry(tmp_path, 'x = "y"').find("x"))


@pytest.mark.parametrize("data", [b"[[[", b"\xff\xfe[\x00", b'a = "\xff"'])
def test_that_a_file_that_is_no_toml_is_told_with_its_path(tmp_path: Path, data: bytes) -> None:
    registry(tmp_path, "")
    (tmp_path / "user" / NAME).write_bytes(data)
    found = read_registry(tmp_path / "user", tmp_path / "machine")
    (problem,) = found.problems
    assert problem.startswith(str(tmp_path / "user" / NAME))
    assert found.find(NS) == problem


def test_that_a_link_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    registry(tmp_path, None)
    real = tmp_path / "elsewhere.toml"
    real.write_text(GOOD)
    (tmp_path / "user" / NAME).symlink_to(real)
    found = read_registry(tmp_path / "user", tmp_path / "machine")
    assert found.entries == {}
    assert len(found.problems) == 1


def test_that_values_put_into_placeholders_are_never_read_again(tmp_path: Path) -> None:
    found = registry(tmp_path, '["a.B"]\ncommand = ["/bin/x", "--dir={session_dir}", "{etag}"]\n').find("a.B")
    assert isinstance(found, Entry)
    nasty = "{etag} $(touch x) & calc; -c"
    assert found.filled({"session_dir": nasty, "etag": "e1"}) == ("/bin/x", f"--dir={nasty}", "e1")


def test_that_launchers_of_the_same_name_in_other_modules_are_known_and_never_found(tmp_path: Path) -> None:
    text = GOOD + '["other.MyCustomLauncher"]\ncommand = ["/bin/x"]\n["a.Another"]\ncommand = ["/bin/y"]'
    found = registry(tmp_path, text)
    assert [entry.namespace for entry in found.alike(NS)] == ["other.MyCustomLauncher"]
    assert [entry.namespace for entry in found.alike("gone.MyCustomLauncher")] == [
        NS,
        "other.MyCustomLauncher",
    ]
    assert isinstance(found.find("gone.MyCustomLauncher"), str)


def test_that_whose_an_entry_is_is_known(tmp_path: Path) -> None:
    one, two = '["a.A"]\ncommand = ["/bin/x"]\n', '["b.B"]\ncommand = 5\n'
    assert registry(tmp_path, two, one).machine == {"a.A"}
    assert registry(tmp_path, one, one + two).machine == {"b.B"}


def test_that_a_launcher_can_have_variables_of_its_own(tmp_path: Path) -> None:
    found = registry(tmp_path, '["a.B"]\ncommand = ["/bin/x"]\nenvironment = { RIG = "3", EMPTY = "" }').find(
        "a.B"
    )
    assert isinstance(found, Entry)
    assert found.environment == (("RIG", "3"), ("EMPTY", ""))
