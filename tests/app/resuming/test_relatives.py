"""The relatives of the selected session are told again when the list makes other ones of them, only then."""

import pytest
from pytestqt.qtbot import QtBot

from app.folder_errands import Seen
from app.listing.catalog import Catalog
from app.resuming.lineage import Lineage, Relative
from app.resuming.outlying import Outlying
from app.resuming.relatives import Relatives
from app.session import Summary
from tests.samples import ROOT, document, snapshot, summary

SOURCE = summary("764521_2026-11-23_13-11", etag="e1")
HEIR = summary("764521_2026-11-23_14-05", resumed_from=SOURCE.directory, resumed_version="e1", etag="e2")
ALONE = summary("770012_2026-11-23_13-41")
FROM = Lineage(source=Relative(SOURCE.name, SOURCE.directory))


class Told:
    """With the heir selected, all of it listed."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.catalog = Catalog()
        self.catalog.add_root(ROOT)
        self.made: dict[str, str] = {}
        self.read = snapshot(document(), HEIR.name, etag="e2")
        self.relatives = Relatives(self.catalog, Outlying(), lambda: self.made, lambda: self.read)
        self.lineages: list[Lineage] = []
        self.relatives.told.connect(lambda _directory, lineage: self.lineages.append(lineage))
        self.list(SOURCE, HEIR, ALONE)
        self.relatives.take_session()

    def list(self, *sessions: Summary) -> None:
        """The disk holds these, which is told at once, or as soon as listeners have recovered."""
        with self._qtbot.waitSignal(self.catalog.sessions_changed):
            self.catalog.take(Seen(ROOT, ROOT, sessions, frozenset(one.directory for one in sessions)))


@pytest.fixture
def told(qtbot: QtBot) -> Told:
    return Told(qtbot)


def test_that_a_source_that_goes_and_comes_back_is_told(told: Told) -> None:
    assert told.lineages[-1] == FROM
    told.list(HEIR, ALONE)
    assert told.lineages[-1] == Lineage(source=Relative(SOURCE.name))
    told.list(SOURCE, HEIR, ALONE)
    assert told.lineages[-1] == FROM


def test_that_nothing_is_told_where_nothing_of_it_is_concerned(told: Told) -> None:
    before = len(told.lineages)
    told.relatives.take_session()
    told.list(SOURCE, HEIR, ALONE._replace(etag="e7"))
    told.list(SOURCE, HEIR)
    assert len(told.lineages) == before
    told.relatives.forget()
    told.relatives.take_session()
    assert len(told.lineages) == before + 1


def test_that_a_run_of_ours_that_has_saved_nothing_yet_is_the_heir(told: Told) -> None:
    young = summary("764521_2026-11-23_15-00")
    told.made[young.directory] = HEIR.directory
    told.list(SOURCE, HEIR, ALONE, young)
    assert told.lineages[-1] == Lineage(FROM.source, Relative(young.name, young.directory))
