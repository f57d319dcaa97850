"""The grammar of the command line: verbs, their arguments, and what `--help` says of them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from typing import NoReturn

from persistence.cli import (
    adopting,
    changing,
    comparing,
    listing,
    looking,
    recovering,
    rehearsing,
    resuming,
    validating,
)
from persistence.cli.answers import Answer
from persistence.cli.choosing import PROGRAM
from persistence.cli.plain import one_line
from persistence.cli.sources import DEBUG, FRONT
from persistence.cli.which import offer_version
from persistence.store import SIZE_LIMIT

_EPILOG = """\
PATH is a JSON pointer below the attributes, without its first slash: custom_settings/param2.
Exit codes: 0 done, 1 a problem with the state, 2 usage, 3 conflict, 4 refused, 5 not written,
6 written but not confirmed."""

_QUERY = 'only those, such as "trial_count>100 phase=data subject:mouse_12 saved>=2025-11"'

_PATH = "an attribute or a value inside one: trial_count, custom_settings/param2; lists begin with 0"
_LONGEST = 1000  # characters of what is wrong with a command
_NEGATIVE = re.compile(r" *-(\d+(\.\d+)?([eE][+-]?\d+)?|(?i:inf(inity)?))")


_NUMBER = re.compile(r"[0-9]{1,9}")


def parsed(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments; `.verb` is the function to call. Raises SystemExit as argparse does."""
    found = _parser().parse_args([f" {word}" if _NEGATIVE.fullmatch(word) else word for word in argv])
    for name, value in vars(found).items():
        setattr(found, name, _as_typed(value))
    return found


def _as_typed(value: object) -> object:
    """Without the space that made a negative number pass for no option."""
    if isinstance(value, list):
        return [_as_typed(item) for item in value]
    shielded = isinstance(value, str) and value.startswith(" ") and _NEGATIVE.fullmatch(value)
    return str(value)[1:] if shielded else value


class Parser(argparse.ArgumentParser):
    """Repeats what it was given, such as the name of a folder, in a form that no terminal obeys."""

    def error(self, message: str) -> NoReturn:
        super().error(one_line(message, _LONGEST))


class _Help(argparse.RawDescriptionHelpFormatter):
    """Lists the verbs without a line above them that stands for all of them."""

    def _format_action(self, action: argparse.Action) -> str:
        told = super()._format_action(action)
        return told.partition("\n")[2] if action.nargs == argparse.PARSER else told


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog=PROGRAM,
        description="Look at, correct and restore the saved state of experiment launchers.",
        epilog=_EPILOG,
        formatter_class=_Help,
        allow_abbrev=False,
    )
    offer_version(parser)
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    _add_looking(verbs)
    _add_changing(verbs)
    _add_starting(verbs)
    return parser


_Verbs = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for what it returns


def _add(verbs: _Verbs[Parser], name: str, function: Callable[..., Answer], text: str) -> Parser:
    verb = verbs.add_parser(name, help=text, description=text, allow_abbrev=False)
    verb.set_defaults(verb=function)
    return verb


def _add_looking(verbs: _Verbs[Parser]) -> None:
    verb = _add(verbs, "list", listing.list_sessions, "list the sessions below folders")
    verb.add_argument("roots", metavar="ROOT", nargs="+", help="a folder with sessions anywhere below it")
    verb.add_argument("--where", metavar="QUERY", action="append", default=[], help=_QUERY)
    output = verb.add_mutually_exclusive_group()
    _json(output)
    output.add_argument(
        "--json-lines", dest="json", action="store_const", const="lines", help="the same, one session a line"
    )
    verb = _add(verbs, "show", looking.show, "show a saved state")
    _directory(verb)
    _namespace(verb)
    _json(verb)
    verb = _add(verbs, "get", looking.get, "print one value, as JSON")
    _directory(verb)
    verb.add_argument("path", metavar="PATH", help=_PATH)
    _namespace(verb)
    _json(verb)
    verb.set_defaults(json=True)
    verb = _add(verbs, "history", looking.history, "list the versions of a saved state, the newest first")
    _directory(verb)
    verb.add_argument(
        "--prune", action="store_true", help="thin out what launchers saved on their way; edits stay"
    )
    verb.add_argument(
        "--export", metavar="FOLDER", help="copy the bytes of every version into an empty folder"
    )
    _json(verb)
    verb = _add(verbs, "diff", comparing.compare, "show what changed between two versions")
    _directory(verb)
    verb.add_argument(
        "before", metavar="N", nargs="?", type=_version, help="a version; without it, the last but one"
    )
    verb.add_argument(
        "after", metavar="M", nargs="?", type=_version, help="another; without it, the state now"
    )
    _json(verb)
    verb = _add(verbs, "validate", validating.validate, "say everything that is wrong with files")
    verb.add_argument("paths", metavar="PATH", nargs="+", help="a file, a session, or a folder of sessions")
    _any_size(verb)
    _json(verb)


def _add_changing(verbs: _Verbs[Parser]) -> None:
    verb = _add(verbs, "set", changing.set_one, "set one value, or add it")
    _directory(verb)
    verb.add_argument("path", metavar="PATH", help=_PATH)
    verb.add_argument("value", metavar="VALUE", help="JSON, plain text with --string, or a date or time")
    verb.add_argument("--string", action="store_true", help="VALUE is plain text")
    verb.add_argument("--type-change", action="store_true", help="allow another type than before")
    verb.add_argument("--add", action="store_true", help="add it even if its name is nearly that of another")
    _namespace(verb)
    _change(verb)
    verb = _add(verbs, "remove", changing.remove, "remove one value")
    _directory(verb)
    verb.add_argument("path", metavar="PATH", help=_PATH)
    _namespace(verb)
    _change(verb)
    verb = _add(verbs, "clear", changing.clear, "remove the state of one launcher, or of all; the file stays")
    _directory(verb)
    _namespace(verb)
    _change(verb)
    verb = _add(
        verbs, "adopt", adopting.adopt, "bring in an unsaved state, which could not get into its file"
    )
    _directory(verb)
    verb.add_argument("file", metavar="FILE", nargs="?", help="which one, where there are several")
    _change(verb)
    verb = _add(verbs, "restore", changing.restore, "bring an earlier version back")
    _directory(verb)
    verb.add_argument("number", metavar="N", type=_version, help="its number in history")
    _change(verb)
    verb = _add(
        verbs, "recover", recovering.recover, "make a state of what is left of a damaged one, or of a crash"
    )
    _directory(verb)
    verb.add_argument(
        "--from",
        dest="source",
        metavar="SOURCE",
        type=_source,
        help=f"{DEBUG}, {FRONT} (the damaged file, as far as it is certain), or a version's number",
    )
    verb.add_argument("--dry-run", action="store_true", help="only say what would be written")
    verb.add_argument("--namespace", metavar="NS", help=f"with {DEBUG}: whose it is, as module.Class")
    _change(verb)


def _add_starting(verbs: _Verbs[Parser]) -> None:
    about = "start a launcher by hand, with a saved state loaded"
    verb = _add(verbs, "resume", resuming.resume, about)
    _directory(verb)
    verb.add_argument("--launcher", metavar="MODULE:CLASS", required=True, help="the launcher's class")
    _namespace(verb)
    verb.add_argument("--expect", metavar="ETAG", help="only if the file still is this one")
    verb.add_argument("--partial", action="store_true", help="start even if an attribute is not taken")
    _launcher(verb)
    about = "tell what a launcher makes of a saved state (on standard input), without running it"
    verb = _add(verbs, "rehearse", rehearsing.rehearse, about)
    verb.add_argument("launcher", metavar="MODULE:CLASS", help="the launcher's class")
    _namespace(verb)
    verb.add_argument(
        "--limit",
        metavar="SECONDS",
        type=_seconds,
        default=rehearsing.LIMIT,
        help=f"how long the launcher may take; {rehearsing.LIMIT:g} without it",
    )
    _launcher(verb)
    verb.set_defaults(json=True)


def _launcher(verb: argparse.ArgumentParser) -> None:
    """How the class is found and made, and what of the state it is not given."""
    verb.add_argument(
        "--leave-out", metavar="NAME", action="append", default=[], help="an attribute to leave as it is"
    )
    verb.add_argument(
        "--path", metavar="FOLDER", action="append", help="where to look for the module; without it, here"
    )
    verb.add_argument("--param-file", metavar="FILE", help="handed to the class as param_file")
    verb.add_argument("--rig-config", metavar="FILE", help="handed to the class as rig_config_path")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 86400:
        raise argparse.ArgumentTypeError(f"{_cut(text)} is no number of seconds up to a day")
    return seconds


def _version(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{_cut(text)} is no version's number")
    return int(text)


def _source(text: str) -> str:
    if text not in (DEBUG, FRONT) and not _NUMBER.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"{_cut(text)} is neither {DEBUG} nor {FRONT} nor a version's number"
        )
    return text


def _cut(text: str) -> str:
    return repr(one_line(text.strip()))


def _directory(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("directory", metavar="DIR", help="the session's folder")
    _any_size(verb)


def _any_size(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--any-size", action="store_true", help=f"also a file of more than {SIZE_LIMIT:,} bytes"
    )


def _namespace(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--namespace", metavar="NS", help="the launcher, where there are several: module.Class or Class"
    )


def _json(verb: argparse._ActionsContainer) -> None:
    verb.add_argument("--json", action="store_true", help="output for programs")


def _change(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--expect", metavar="ETAG", help="only if the file still is this one")
    verb.add_argument("--note", metavar="TEXT", default="", help="a note for history")
    verb.add_argument("--while-running", action="store_true", help="even while a launcher runs on it")
