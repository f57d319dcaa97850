"""Which code it is: read from what git left there, in real repositories, and never by running git."""

import shutil
import subprocess
from pathlib import Path

import pytest

from persistence.launching.code_state import Revision, revision_of

GIT = shutil.which("git")
needs_git = pytest.mark.skipif(GIT is None, reason="git makes the repositories")


def git(folder: Path, *arguments: str) -> str:
    """What git says."""
    who = ("-c", "user.name=ann", "-c", "user.email=ann@rig", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        [str(GIT), *who, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "code"
    folder.mkdir()
    git(folder, "init", "--quiet")
    (folder / "launcher.py").write_text("a = 1")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "first")
    return folder


@needs_git
def test_that_the_revision_of_a_branch_is_found_from_below(repository: Path) -> None:
    (repository / "deep" / "er").mkdir(parents=True)
    expected = Revision(git(repository, "rev-parse", "HEAD"), str(repository))
    assert revision_of(repository / "deep" / "er") == expected


@needs_git
def test_that_it_is_found_when_references_are_packed_or_nothing_is_on_a_branch(repository: Path) -> None:
    expected = git(repository, "rev-parse", "HEAD")
    git(repository, "pack-refs", "--all")
    assert revision_of(repository).revision == expected
    git(repository, "checkout", "--quiet", "--detach")
    assert revision_of(repository).revision == expected


@needs_git
def test_that_a_second_work_tree_has_its_own(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "--quiet", "-b", "other", str(tmp_path / "second"))
    (tmp_path / "second" / "launcher.py").write_text("a = 2")
    git(tmp_path / "second", "commit", "--quiet", "-a", "-m", "second")
    found = revision_of(tmp_path / "second")
    assert found == Revision(git(tmp_path / "second", "rev-parse", "HEAD"), str(tmp_path / "second"))
    assert found.revision != revision_of(repository).revision


@pytest.mark.parametrize(
    "head", ["", "ref: refs/heads/none", "ref: ../../secret", "ref: HEAD", "not a revision", "\x00"]
)
def test_that_nothing_is_told_of_what_is_no_repository_of_git(tmp_path: Path, head: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text(head)
    (tmp_path.parent / "secret").write_text("a" * 40)
    assert revision_of(tmp_path) == Revision("", str(tmp_path))


def test_that_there_need_be_no_repository(tmp_path: Path) -> None:
    assert revision_of(tmp_path).folder != str(tmp_path)
    assert revision_of(tmp_path / "gone" / "\0").revision == ""
