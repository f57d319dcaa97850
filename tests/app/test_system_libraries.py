"""The libraries that Qt needs of a Linux system: named as bootstrap.py names them, and only when missing."""

import sys

import pytest

import bootstrap
from app import system_libraries
from app.system_libraries import missing, needed, why_no_window


def test_that_the_window_and_bootstrap_know_the_same_libraries() -> None:
    tables = ("ALWAYS", "ON_X11", "ON_WAYLAND")
    assert [getattr(system_libraries, one) for one in tables] == [getattr(bootstrap, one) for one in tables]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves libraries of Qt to its packages")
def test_that_only_what_cannot_be_loaded_is_missing() -> None:
    assert missing({"librigstate-test.so.7": "x7", "libc.so.6": "libc6"}) == {"librigstate-test.so.7": "x7"}
    assert set(needed({})) == set(system_libraries.ALWAYS)
    assert "libxcb-cursor.so.0" in needed({"DISPLAY": ":0"})
    assert "libwayland-client.so.0" in needed({"WAYLAND_DISPLAY": "wayland-0"})


def test_that_what_nobody_knows_is_told_by_its_first_line() -> None:
    assert why_no_window("  a\nb", {}).endswith("(a).") or "lacks libraries" in why_no_window("a", {})
    assert "no reason was given" in why_no_window("", {}) or "lacks libraries" in why_no_window("", {})
