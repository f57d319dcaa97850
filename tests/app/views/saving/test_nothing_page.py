"""What stands in the place of a session that is gone, and what is offered there for its edits."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton

from tests.sample_window import Shown

GONE, HEIR = "/data/rig1/m1", "/data/rig1/m1-renamed"


def test_that_the_edits_of_a_session_that_is_gone_are_put_there_or_elsewhere_as_in_its_banner(
    shown: Shown,
) -> None:
    page, asked = shown.window.detail.nothing, list[tuple[str, object]]()
    page.carry_requested.connect(lambda one: asked.append(("carry", one)))
    page.elsewhere_requested.connect(lambda one: asked.append(("elsewhere", one)))
    page.show_gone(GONE, "It is gone.", edited=2, heir=HEIR)
    buttons = page.findChildren(QPushButton)
    assert [one.accessibleName() for one in buttons] == ["Put them there", "Save elsewhere…"]
    for button in buttons:
        button.click()
    assert asked[0] == ("carry", GONE)
    assert asked[1] == ("elsewhere", GONE)
    page.show_gone(GONE, "It is gone.", edited=1, heir=HEIR)
    buttons = [one for one in page.findChildren(QPushButton) if not one.isHidden()]
    assert [one.accessibleName() for one in buttons] == ["Put it there", "Save elsewhere…"]
    assert "The edit becomes one of m1-renamed" in [one.text() for one in page.findChildren(QLabel)]
