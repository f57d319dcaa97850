"""What a banner says of a state that was brought back: as long as it is so."""

from app.change_errands import Done, Restore
from app.history.bringing_back import BringingBack
from app.session import Delta
from tests.samples import document, snapshot, summary

HERE = snapshot(document()).directory
KEY = f"back:{HERE}"


def test_that_a_banner_goes_when_the_state_is_another_one_again() -> None:
    back, standing = BringingBack(lambda _: True, lambda _: None), set[str]()
    back.banner_shown.connect(lambda banner: standing.add(banner.key))
    back.banner_removed.connect(standing.discard)
    errand = Restore(HERE, 7, "damaged")
    back.bring_back(errand)
    back.take(Done(errand, 9, "new", 8, snapshot(document(), etag="new")))
    assert standing == {KEY}
    for etag in ("damaged", "new"):  # what was listed before, and what was brought back
        back.take_delta(Delta(changed=(summary(etag=etag),)))
        assert standing == {KEY}
    back.take_delta(Delta(changed=(summary(etag="damaged again"),)))
    assert standing == set()
