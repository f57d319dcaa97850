"""What a screen reader is told, asked as it asks: by the accessibility tree of the window.

The one idea: models say words for it in a role of their own; here it is heard that they arrive where the
system asks, for the two lists that the window is made of.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from tests.sample_window import Shown


@pytest.fixture
def listening() -> Iterator[None]:
    """Somebody listens, as Qt learns it from the system."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def heard(widget: QWidget, most: int = 60) -> list[str]:
    """The names of what is inside, in their order."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    places = range(min(found.childCount(), most))
    return [found.child(place).text(QAccessible.Text.Name) for place in places]


@pytest.mark.usefixtures("listening")
def test_that_a_row_of_the_list_is_heard_with_its_status_and_marks_in_words(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    said = heard(shown.window.sessions.view)
    start = said.index(f"Session {shown.names[0]}")
    assert said[start : start + 5] == [
        f"Session {shown.names[0]}", "Subject 764521", "Launcher PredictiveLauncher", "Saved 26 min ago",
        "Completed, 1 unsaved",
    ]  # fmt: skip
    assert "Today (2), open group" in said
    assert {"Running, live", "Damaged"} <= set(said)


@pytest.mark.usefixtures("listening")
def test_that_an_attribute_is_heard_with_type_value_edit_and_saved_value(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    said = heard(shown.window.detail.state.view)
    start = said.index("Attribute trial_count")
    assert said[start : start + 5] == [
        "Attribute trial_count", "Type integer", "Value 150, unsaved edit", "Saved value 15",
        "Take this edit back",
    ]  # fmt: skip
