"""What an entry names that is not there: told before anybody waits for a launcher that cannot come."""

import sys
from pathlib import Path

import pytest

from app.launchers.commands import missing
from app.launchers.registry import Entry
from app.resume_exchange import Missing


def test_that_all_that_is_not_there_is_told_with_a_remedy(tmp_path: Path) -> None:
    gone, script = str(tmp_path / "gone"), tmp_path / "run.py"
    command = ("{python}", "run.py", "{param_file}")
    assert missing(Entry("a.A", command, gone, gone)) == Missing(
        f"{gone}: there is no such program. Correct its path.",
        f"{Path(gone, 'run.py')}: there is no such file. Correct its path, or the folder.",
        f"{gone}: there is no such folder. Make it, or correct its path.",
    )
    assert missing(Entry("a.A", ("/no/such", "x"), cwd=str(tmp_path))) == Missing(
        command="/no/such: there is no such program. Correct its path."
    )
    entry = Entry("a.A", command, sys.executable, str(tmp_path))
    said = f"{script}: there is no such file. Correct its path, or the folder."
    assert missing(entry) == Missing(command=said)
    script.touch()
    assert missing(entry) == Missing()


@pytest.mark.parametrize("argument", ["{session_dir}/run.py", "-m", "{param_file}"])
def test_that_what_is_known_only_at_the_start_is_not_missed(tmp_path: Path, argument: str) -> None:
    assert missing(Entry("a.A", ("{python}", argument), sys.executable, str(tmp_path))) == Missing()
