"""The lines of the experiment's process, as they reach the log and the launcher, from a real process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from persistence import BaseLauncher


class Counting(BaseLauncher):
    """Keeps what its process prints; raises where it is told to."""

    def __init__(self, script: str, root: Path, raise_at: str = "") -> None:
        super().__init__()
        self.params["output_root_folder"] = str(root)
        self._script = script
        self._raise_at = raise_at
        self.trial_lines: list[str] = []

    def create_process(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", self._script]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def handle_output(self, line: str) -> None:
        if line == self._raise_at:
            raise ValueError(line)
        self.trial_lines.append(line)


def log_of(launcher: Counting) -> str:
    return Path(launcher.output_session_folder, "launcher_metadata", "launcher.log").read_text("utf-8")


def test_that_a_launcher_is_handed_each_line_of_its_process_before_it_is_saved(tmp_path: Path) -> None:
    launcher = Counting(
        "import sys; sys.stdout.buffer.write(b'one\\nzwei \\xc3\\xa4\\n'); sys.stderr.write('error')",
        tmp_path,
    )
    assert launcher.run()
    assert launcher.trial_lines == ["one", "zwei ä"]
    again = Counting("", tmp_path)
    assert again.load_session_state(launcher.output_session_folder)
    assert again.trial_lines == ["one", "zwei ä"]


def test_that_a_launcher_that_raises_over_a_line_gets_the_next_and_harms_no_run(tmp_path: Path) -> None:
    launcher = Counting("print('one'); print('two'); print('three')", tmp_path, raise_at="two")
    assert launcher.run()
    assert launcher.trial_lines == ["one", "three"]
    assert "stdout: two" in log_of(launcher)
    assert "could not handle a line" in log_of(launcher)


def test_that_a_log_that_cannot_be_written_harms_no_run(tmp_path: Path) -> None:
    class Blocked(Counting):
        def determine_output_session_folder(self) -> str:
            folder = Path(super().determine_output_session_folder())
            (folder / "launcher_metadata").write_text("in the way", encoding="utf-8")
            return str(folder)

    launcher = Blocked("print('one')", tmp_path)
    assert launcher.run()
    assert launcher.trial_lines == ["one"]
