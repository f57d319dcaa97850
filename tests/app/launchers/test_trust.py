"""Which folders may be changed: asked once, only looked at until then, and remembered."""

from app.exchange import Banner, FolderTrust
from app.launchers.trust import TRUST, VIEW_ONLY, Trusting


class Window:
    """The room, with what it told."""

    def __init__(self) -> None:
        self.room = Trusting()
        self.refused: dict[str, str] = {}
        self.answers: list[tuple[str, str]] = []
        self.banners: dict[str, Banner] = {}
        self.asked = 0
        self.room.refusals_changed.connect(self._take)
        self.room.answered.connect(lambda *answer: self.answers.append(answer))
        self.room.banner_shown.connect(self._ask)
        self.room.banner_removed.connect(lambda key: self.banners.pop(key, None))

    def _take(self, refused: dict[str, str]) -> None:
        self.refused = dict(refused)

    def _ask(self, banner: Banner) -> None:
        self.asked += 1
        self.banners[banner.key] = banner


def test_that_a_folder_is_only_looked_at_until_somebody_says_that_it_is_trusted() -> None:
    window = Window()
    window.room.add("/data", named=False)
    assert "nobody has said yet" in window.refused["/data"]
    (banner,) = window.banners.values()
    assert "/data" in banner.text
    assert not banner.dismissible
    window.room.act(banner.key, TRUST)
    assert (window.refused, window.banners, window.answers) == ({}, {}, [("/data", "trusted")])
    assert window.room.folders == (FolderTrust("/data", "trusted"),)


def test_that_nobody_is_asked_twice() -> None:
    window = Window()
    window.room.remember(["/data"], ["/archive"])
    for folder in ("/data", "/archive", "/new"):
        window.room.add(folder, named=False)
    window.room.add("/new", named=False)
    assert window.asked == 1
    assert set(window.refused) == {"/archive", "/new"}
    assert window.refused["/archive"] == "this folder is view-only"
    window.room.act("trust:/new", VIEW_ONLY)
    assert window.refused["/new"] == "this folder is view-only"
    window.room.act("trust:/new", VIEW_ONLY)
    assert window.answers == [("/new", "view_only")]


def test_that_a_folder_named_at_the_start_is_trusted_unless_it_was_said_to_be_view_only() -> None:
    window = Window()
    window.room.remember([], ["/archive"])
    window.room.add("/data", named=True)
    window.room.add("/archive", named=True)
    assert (set(window.refused), window.asked, window.answers) == ({"/archive"}, 0, [])


def test_that_what_was_said_can_be_changed_and_outlives_the_watching() -> None:
    window = Window()
    window.room.add("/data", named=True)
    window.room.choose("/data", "view_only")
    assert set(window.refused) == {"/data"}
    window.room.remove("/data")
    assert (window.refused, window.room.folders) == ({}, ())
    window.room.add("/data", named=False)
    assert set(window.refused) == {"/data"}


def test_that_a_question_goes_with_its_folder() -> None:
    window = Window()
    window.room.add("/data", named=False)
    window.room.remove("/data")
    assert window.banners == {}
    window.room.act("cleared:/data", TRUST)
    assert window.answers == []


def test_that_a_folder_that_is_watched_with_another_stays_view_only() -> None:
    window = Window()
    window.room.remember(["/data"], ["/data/rig3"])
    window.room.add("/data/rig3", named=False)
    window.room.add("/data", named=False)
    assert window.refused == {"/data/rig3": "/data/rig3 is view-only"}
    assert window.room.folders == (FolderTrust("/data", "trusted"), FolderTrust("/data/rig3", "view_only"))
    window.room.choose("/data/rig3", "trusted")
    assert window.refused == {}
    assert len(window.room.folders) == 1


def test_that_nobody_is_asked_about_a_folder_that_is_watched_with_another() -> None:
    window = Window()
    window.room.add("/data/rig3", named=False)
    window.room.add("/data", named=True)
    assert (window.banners, window.refused) == ({}, {})
    assert window.room.folders == (FolderTrust("/data", "trusted"),)
