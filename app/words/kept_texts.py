"""What is kept of earlier versions of a saved state, in sentences.

One idea: what the library does is said from its own figures, so that the words are true when these change.
Pure. Not for single versions (`version_texts`).
"""

from persistence.files.retention import Policy

_MB = 1 << 20


def kept_texts(policy: Policy) -> tuple[str, ...]:
    """One sentence for each rule, the most important first."""
    return (
        "Whatever a person did is kept for good: every edit, restore and clear, with the version before it.",
        "The save with which a run ended is kept for good, and so is what another program wrote.",
        f"Of a run's other saves the newest {policy.dense} are kept, then every second, every fourth ...",
        f"These take {policy.room // _MB} MB in a session at the most; where they need more, fewer are kept.",
    )


WHY_NOT_HERE = (
    "This is the same on every computer and not set here: launchers thin out history too, by the same rules, "
    "so that a choice of this window would last only until their next save. In a terminal, "
    "“rigstate history FOLDER --prune” thins out at once."
)
