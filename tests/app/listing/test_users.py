"""Names of users, gathered from all folders."""

from app.listing.users import Users
from app.session import RootStatus
from app.value_errands import FindUsers, UsersFound


def test_that_names_of_all_folders_are_told_once_and_forgotten_with_their_folder() -> None:
    asked: list[FindUsers] = []
    users, told = Users(asked.append), list[object]()
    users.found.connect(told.append)
    users.find()
    assert (asked, told) == ([FindUsers()], [])
    users.take(UsersFound("/a", ("bob", "ann")))
    users.take(UsersFound("/b", ("ann", "eve")))
    assert told == [("ann", "bob"), ("ann", "bob", "eve")]
    users.take_roots((RootStatus("/a"),))
    users.find()
    assert told[-1] == ("ann", "bob")
