"""Where a session came from and what became of it, also when directories were moved since."""

from app.resuming.lineage import Lineage, Relative, is_concerned, lineage_of, with_source
from app.session import Delta
from tests.samples import summary

SOURCE = summary("764521_2026-11-23_13-11", etag="e1")
HEIR = summary("764521_2026-11-23_14-05", resumed_from=SOURCE.directory, resumed_version="e1", etag="e2")
ALONE = summary("770012_2026-11-23_13-41")


def test_that_a_session_alone_has_none() -> None:
    assert lineage_of(ALONE, [SOURCE, HEIR, ALONE]) == Lineage()


def test_that_source_and_heir_know_each_other() -> None:
    listed = [SOURCE, HEIR, ALONE]
    assert lineage_of(HEIR, listed) == Lineage(source=Relative(SOURCE.name, SOURCE.directory))
    assert lineage_of(SOURCE, listed) == Lineage(heir=Relative(HEIR.name, HEIR.directory))


def test_that_a_source_that_was_moved_is_found_by_its_name() -> None:
    source = SOURCE._replace(directory=f"/archive/{SOURCE.name}")
    assert lineage_of(HEIR, [source, HEIR]).source == Relative(SOURCE.name, source.directory)
    assert lineage_of(source, [source, HEIR]).heir == Relative(HEIR.name, HEIR.directory)


def test_that_of_several_copies_the_one_with_that_version_is_the_source() -> None:
    places = {"a": "e0", "b": "e1"}
    copies = [SOURCE._replace(directory=f"/{at}/{SOURCE.name}", etag=etag) for at, etag in places.items()]
    assert lineage_of(HEIR, [*copies, HEIR]).source == Relative(SOURCE.name, f"/b/{SOURCE.name}")
    for unknown in (None, "e9"):
        heir = HEIR._replace(resumed_version=unknown)
        assert lineage_of(heir, [*copies, heir]).source == Relative(SOURCE.name)


def test_that_a_source_that_was_renamed_is_known_by_its_version() -> None:
    renamed = SOURCE._replace(directory="/data/m1_old", name="m1_old")
    assert lineage_of(HEIR, [renamed, ALONE, HEIR]).source == Relative("m1_old", renamed.directory)
    assert lineage_of(renamed, [renamed, ALONE, HEIR]).heir == Relative(HEIR.name, HEIR.directory)
    edited = renamed._replace(etag="e9")
    assert lineage_of(edited, [edited, ALONE, HEIR]).heir is None
    assert lineage_of(edited, [edited, ALONE, HEIR], {"e0", "e1"}).heir == Relative(HEIR.name, HEIR.directory)
    copy = SOURCE._replace(directory="/data/copy", name="copy")  # which of them it was, nobody can say
    assert lineage_of(HEIR, [renamed, copy, HEIR]).source == Relative(SOURCE.name)
    assert lineage_of(renamed, [renamed, SOURCE, HEIR]).heir is None


def test_that_what_comes_or_goes_may_be_a_relative() -> None:
    lineage = lineage_of(HEIR, [SOURCE, ALONE, HEIR])
    other = Delta(added=(ALONE,), removed=(ALONE.directory,))
    renamed = SOURCE._replace(directory="/data/m1_old", name="m1_old")
    for news in (Delta(removed=(SOURCE.directory,)), Delta(added=(SOURCE,)), Delta(added=(renamed,))):
        assert is_concerned(HEIR, lineage, news)
    assert is_concerned(SOURCE, Lineage(), Delta(added=(HEIR,)))
    assert not is_concerned(HEIR, lineage, other)
    assert not is_concerned(ALONE, Lineage(), Delta(added=(SOURCE,)))


def test_that_where_the_source_still_is_where_it_was_no_copy_counts() -> None:
    copy = SOURCE._replace(directory=f"/copy/{SOURCE.name}")
    assert lineage_of(HEIR, [copy, SOURCE, HEIR]).source == Relative(SOURCE.name, SOURCE.directory)
    assert lineage_of(copy, [copy, SOURCE, HEIR]).heir is None
    assert lineage_of(SOURCE, [copy, SOURCE, HEIR]).heir == Relative(HEIR.name, HEIR.directory)


def test_that_a_source_that_is_not_listed_is_named() -> None:
    assert lineage_of(HEIR, [HEIR]).source == Relative(SOURCE.name)
    windows = HEIR._replace(resumed_from="D:\\data\\764521_2026-11-23_13-11\\")
    assert lineage_of(windows, [windows, SOURCE]).source == Relative(SOURCE.name, SOURCE.directory)


def test_that_of_several_heirs_the_latest_counts() -> None:
    later = summary("764521_2026-11-23_16-00", resumed_from=f"{SOURCE.directory}/.")
    assert lineage_of(SOURCE, [SOURCE, later, HEIR]).heir == Relative(later.name, later.directory)


def test_that_a_run_that_has_saved_nothing_yet_is_known_to_whoever_started_it() -> None:
    young = HEIR._replace(resumed_from=None)
    made = {HEIR.directory: SOURCE.directory}
    assert with_source(young, made) == HEIR
    assert with_source(SOURCE, made) == SOURCE
    assert with_source(HEIR, {HEIR.directory: "/elsewhere"}) == HEIR


def test_that_a_session_is_never_its_own_relative() -> None:
    odd = SOURCE._replace(resumed_from=SOURCE.directory)
    assert lineage_of(odd, [odd]) == Lineage(source=Relative(SOURCE.name))


def test_that_all_that_were_resumed_from_a_session_are_known_the_latest_first() -> None:
    heirs = [
        summary(f"764521_2026-11-23_{at}", resumed_from=SOURCE.directory, started=f"2026-11-23T{at}:00")
        for at in ("14-05", "16-05", "15-05")
    ]
    lineage = lineage_of(SOURCE, [SOURCE, ALONE, *heirs])
    assert lineage.heir == Relative(heirs[1].name, heirs[1].directory)
    assert lineage.others == tuple(Relative(one.name, one.directory) for one in (heirs[2], heirs[0]))
    assert is_concerned(SOURCE, lineage, Delta(removed=(heirs[0].directory,)))
