"""The arguments of a command: what stands for what in them, and which are surely not what was meant. Pure.

One idea: nobody can know what a launcher takes, but some commands cannot be meant by anybody: a placeholder
in other brackets, which would reach the launcher as it stands; two arguments on one line; a parameter file
in the place of the script. These are refused where the entry is made, so that no run fails for them. Not for
what the rest of an entry may be (`registry`), nor for what is there on the disk (`commands`).
"""

import re
from collections.abc import Iterable, Sequence

PLACEHOLDERS = ("python", "session_dir", "param_file", "etag")
PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")
_PEOPLE = ("subject", "subject_id", "user", "user_id")
_NEARLY = re.compile(
    r"(?:--?[\w-]+=)?[{<$%\[]*\s*(python|session[ _-]?dir|param[ _-]?file|etag)\s*[}>%\]]*", re.IGNORECASE
)
_BRACKETS = re.compile(r"[{}<>$%\[\]]")
_TWO = re.compile(r"(--?[\w-]+)\s+(\{\w+\})")
_MODULE = re.compile(r"(-m)\s+([\w.]+)")


def names_in(command: Iterable[str]) -> set[str]:
    """The names of all placeholders in it, known or not."""
    return {name for part in command for name in PLACEHOLDER.findall(part)}


def mixed_up(command: Sequence[str]) -> str:
    """What is surely not meant, as the end of "the entry ..."; empty where nothing is."""
    for name in sorted(names_in(command)):
        if name not in PLACEHOLDERS:
            return _unknown(name)
    first, *others = command
    for part in command:
        if (found := _NEARLY.fullmatch(part)) and _BRACKETS.search(part) and not PLACEHOLDER.search(part):
            return f"has {part!r} in its command, which stands for nothing: write {{{_known(found[1])}}}"
    for part in others:
        if found := _TWO.fullmatch(part) or (_MODULE.fullmatch(part) if first == "{python}" else None):
            return (
                f"has two arguments on one line: write {found[1]} and {found[2]} on a line of their own each"
            )
    if "{python}" in others and (first.startswith("-") or first.endswith(".py")):  # nice may run it
        return "has {python} behind other arguments: it is the program, and stands first"
    script = script_of(others) if first == "{python}" else ""
    if script in ("{param_file}", "{session_dir}", "{etag}"):
        return f"lets Python run {script}: the script, or -m and a module, stands before it"
    return ""


def script_of(arguments: Sequence[str]) -> str:
    """The script among the arguments of Python; empty where it runs a module, a text or its input."""
    given = iter(arguments)
    for argument in given:
        if not argument.startswith("-"):
            return argument
        letters = "" if argument.startswith("--") else argument[1:]
        last = next((letter for letter in letters if letter in "cmXW"), "")
        if argument == "-" or last in ("c", "m"):
            return ""
        if argument == "--check-hash-based-pycs" or (last and letters.endswith(last)):
            next(given, None)  # which belongs to it
    return ""


def _unknown(name: str) -> str:
    known = ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
    whose = "; subject and user reach a launcher in {param_file}" if name.casefold() in _PEOPLE else ""
    return f"has the unknown placeholder {{{name}}} in its command; known are {known}{whose}"


def _known(name: str) -> str:
    return (
        re.sub(r"[ -]", "_", name.casefold())
        .replace("sessiondir", "session_dir")
        .replace("paramfile", "param_file")
    )
