"""What surely nobody means as a command is told where it is written."""

import pytest

from app.launchers.arguments import mixed_up, script_of

PY = "{python}"


@pytest.mark.parametrize(
    ("arguments", "script"),
    [
        (("run.py", "--fast"), "run.py"),
        (("-u", "-X", "dev", "-Werror", "-W", "once", "run.py", "more.py"), "run.py"),
        (("-Ximporttime", "--check-hash-based-pycs", "never", "run.py"), "run.py"),
        (("-m", "my_project.run"), ""),
        (("-um", "my_project.run"), ""),
        (("-c", "print()"), ""),
        (("-", "run.py"), ""),
        (("-V",), ""),
        ((), ""),
    ],
)
def test_that_of_a_command_line_of_python_the_script_is_known(
    arguments: tuple[str, ...], script: str
) -> None:
    assert script_of(arguments) == script


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ((PY, "run.py", "{subject}"), "unknown placeholder {subject} in its command; known are"),
        ((PY, "run.py", "{subject}"), "subject and user reach a launcher in {param_file}"),
        ((PY, "run.py", "{param-file}"), "'{param-file}' in its command, which stands for nothing: write"),
        ((PY, "run.py", "{ param_file }"), "write {param_file}"),
        ((PY, "run.py", "{param_file"), "write {param_file}"),
        ((PY, "run.py", "--param_file=<param_file>"), "write {param_file}"),
        ((PY, "run.py", "$SESSION_DIR"), "write {session_dir}"),
        (("{Python", "run.py"), "write {python}"),
        ((PY, "run.py", "--param_file {param_file}"), "write --param_file and {param_file} on"),
        ((PY, "-m mylab.run"), "write -m and mylab.run on a line of their own each"),
        (("run.py", PY), "{python} behind other arguments"),
        (("-m", PY, "mylab.run"), "{python} behind other arguments"),
        ((PY, "{param_file}", "run.py"), "lets Python run {param_file}: the script"),
        ((PY, "-u", "--param_file", "{param_file}"), "lets Python run {param_file}"),
    ],
)  # fmt: skip
def test_that_what_surely_nobody_means_is_told(command: tuple[str, ...], said: str) -> None:
    assert said in mixed_up(command)


@pytest.mark.parametrize(
    "command",
    [
        (PY, "-m", "mylab.run", "--param_file", "{param_file}"),
        (PY, "{session_dir}/run.py", "--title", "a note with {param_file} in it"),
        (PY, "-c", "print({'a': 1}, '[python]')"),
        ("/bin/x", "{param_file}", "{session_dir}", "{etag}", '{"gain": 2}', "param_file", "-m x"),
        ("/usr/bin/nice", "-n", "5", PY, "-m", "mylab.run", "{param_file}"),
        ("C:\\tools\\uv.exe", "run", "--python", PY, "run.py"),
        ("/usr/bin/python", "run.py", "--param_file=params.json", "--title=two words"),
    ],
)
def test_that_what_may_be_meant_is_taken(command: tuple[str, ...]) -> None:
    assert mixed_up(command) == ""
