"""In whose name things are done: the operator's, and the account's beside it. Pure.

One idea: one person has one name everywhere, in the window, in History and in what a started launcher saves;
the account, which several may share, is told wherever that name is chosen. Not for who is remembered.
"""

from collections.abc import Collection

from app.values.fit_text import escaped


def operator_text(name: str, account: str) -> str:
    """Who works here, and on whose account where that is another."""
    signed = f"What is saved here stands in History under the name {escaped(name)}"
    return f"{signed}; this computer's account is {escaped(account)}." if account else f"{signed}."


def new_name_text(name: str, known: Collection[str]) -> str:
    """What is to be seen of a name that may be mistyped; empty where it is known, or nobody is."""
    return f"{name} is a new name here." if name and known and name not in known else ""


def signing_text(account: str) -> str:
    """What a name is for that can be chosen, and what holds without one."""
    whose = f"this computer's account, {escaped(account)}" if account else "this computer's account"
    return (
        "What is saved, cleared and restored from now on stands in History under this name, and so does what "
        "launchers save that are started here, until another is chosen or the window is closed. "
        f"Without a name it is that of {whose}."
    )
