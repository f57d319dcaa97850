"""Warnings and logs while one listens: all that reach the root, none of what is told elsewhere."""

import logging
import warnings

from persistence.rehearsing.overheard import MOST, Overheard


def test_that_warnings_and_records_are_heard_until_the_end() -> None:
    ears = Overheard()
    before = warnings.showwarning
    with ears, warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = ears._warned
        ears.during = "load"
        logging.getLogger("lab").warning("a %s", "b")
        logging.getLogger("lab").info("nothing")
        logging.getLogger("persistence.launching.loading").warning("told elsewhere")
        ears.emit(logging.LogRecord("lab", logging.CRITICAL, "", 1, "%d", ("no number",), None))
        warnings.warn("old", stacklevel=1)
    assert warnings.showwarning is before
    logging.getLogger("lab").error("too late")
    assert [(one.during, one.level, one.text) for one in ears.heard] == [
        ("load", "warning", "a b"),
        ("load", "critical", "%d"),
        ("load", "warning", "old"),
    ]


def test_that_a_flood_is_cut() -> None:
    ears = Overheard()
    with ears:
        for _ in range(3 * MOST):
            logging.getLogger("lab").error("x" * 5000)
    assert len(ears.heard) == MOST
    assert len(ears.heard[0].text) == 1000
