"""Settings as text: what comes back, what is refused, and what of numbers beyond their limits."""

import pytest

from app.settings import Settings
from app.settings_text import OtherVersion, from_bytes, to_bytes

ALL = Settings(
    folders=("/data", "D:\\data"),
    users=("ann", "bob"),
    theme="dark",
    layout={"geometry": "AAAA", "columns": [1, 2]},
    trusted=("/data",),
    view_only=("/archive",),
    as_network=("/data",),
    font_percent=150,
    old_after_hours=48,
    detailed_log=True,
    unknown={"new": {"a": [1, None]}},
)


def test_that_settings_come_back_as_they_were() -> None:
    assert from_bytes(to_bytes(ALL)) == ALL
    assert from_bytes(b"{}") == Settings()


def test_that_a_file_without_a_version_is_of_the_first() -> None:
    assert from_bytes(b'{"theme": "dark"}') == from_bytes(b'{"version": 1, "theme": "dark"}')


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (b'{"folders": "x"}', "folders"),
        (b'{"as_network": [1]}', "as_network"),
        (b'{"theme": 5}', "theme"),
        (b'{"layout": []}', "layout"),
        (b'{"font_percent": 120.5}', "font_percent"),
        (b'{"old_after_hours": true}', "old_after_hours"),
        (b'{"detailed_log": 1}', "detailed_log"),
    ],
)
def test_that_a_wrong_shape_is_told_by_its_key(text: bytes, key: str) -> None:
    with pytest.raises(ValueError, match=key):
        from_bytes(text)


def test_that_another_version_is_none_of_the_wrong_shapes() -> None:
    with pytest.raises(OtherVersion, match=r"^2$"):
        from_bytes(b'{"version": 2, "folders": 7}')


@pytest.mark.parametrize(("written", "taken"), [(99, 100), (100, 100), (133, 133), (900, 200)])
def test_that_a_size_beyond_the_limits_is_taken_as_the_limit(written: int, taken: int) -> None:
    assert from_bytes(b'{"font_percent": %d}' % written).font_percent == taken
