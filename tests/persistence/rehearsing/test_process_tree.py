"""Processes and what they start: waited for within a limit, and ended with everything they left."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from persistence.rehearsing.process_tree import KEPT, ProcessTree

MARK = "RIGSTATE_TEST_MARK"
FOREVER = threading.Event()


def tree(code: str) -> ProcessTree:
    return ProcessTree([sys.executable, "-c", code], os.environ, MARK)


def is_alive(pid: int) -> bool:
    """A process that has ended and was only not taken note of does not count."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_that_a_process_that_ends_by_itself_tells_its_code_and_its_output() -> None:
    process = tree("import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)")
    assert process.wait(20, FOREVER)
    assert process.end() == 7
    assert process.printed.split() == [b"out", b"err"] or process.printed.split() == [b"err", b"out"]
    assert process.printed_bytes == len(process.printed)


def test_that_it_is_waited_for_no_longer_than_agreed() -> None:
    process = tree("import time; time.sleep(600)")
    began = time.monotonic()
    assert not process.wait(0.2, FOREVER)
    assert process.end() != 0
    assert time.monotonic() - began < 20


def test_that_waiting_ends_when_somebody_wants_it() -> None:
    process, stopped = tree("import time; time.sleep(600)"), threading.Event()
    stopped.set()
    assert not process.wait(600, stopped)
    process.end()


def test_that_the_end_of_much_output_is_kept() -> None:
    process = tree("import sys; sys.stdout.write('x' * 3_000_000 + 'end')")
    assert process.wait(20, FOREVER)
    process.end()
    assert process.printed_bytes == 3_000_003
    assert len(process.printed) == KEPT
    assert process.printed.endswith(b"xend")


def test_that_it_has_nothing_to_read() -> None:
    process = tree("import sys; print(repr(sys.stdin.read()))")
    assert process.wait(20, FOREVER)
    process.end()
    assert process.printed.strip() == b"''"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of processes that left their group")
@pytest.mark.parametrize("leader_ends", [True, False])
def test_that_nothing_is_left_of_what_it_started(leader_ends: bool) -> None:
    code = f"""
import os, subprocess, sys, time
sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
print(subprocess.Popen(sleep).pid, subprocess.Popen(sleep, start_new_session=True).pid, flush=True)
if not {leader_ends}: time.sleep(600)
"""
    process = tree(code)
    if leader_ends:
        assert process.wait(20, FOREVER)
    else:
        until = time.monotonic() + 20
        while process.printed.count(b"\n") < 1 and time.monotonic() < until:
            time.sleep(0.02)
    pids = [int(pid) for pid in process.printed.split()]
    while len(pids) < 2:
        pids = [int(pid) for pid in process.printed.split()]
    assert all(map(is_alive, pids))
    process.end()
    assert not any(map(is_alive, pids))


def test_that_a_program_that_is_not_there_is_an_error() -> None:
    with pytest.raises(OSError):  # noqa: PT011 - which one, the system decides
        ProcessTree([str(Path("nowhere") / "python")], os.environ, MARK)
