"""`python -m persistence VERB ...`, also installed as `rigstate`.

The one place that prints and decides the exit code. What verbs do stands in `persistence.cli`.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from persistence.cli.answers import Answer, Code, Usage, answer_to
from persistence.cli.arguments import parsed
from persistence.cli.plain import for_console, for_programs, one_line
from persistence.errors import StateError, step_for, words_for

_LONGEST = 10_000  # characters of a sentence, which may name what stands in a file
log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that knows few characters must not end in an error
            stream.reconfigure(errors="backslashreplace")
    try:
        answer = _answer(sys.argv[1:] if argv is None else argv)
        if answer.text:
            print(answer.text, flush=True)
    except BrokenPipeError:  # whoever reads has seen enough, as in `rigstate list | head`
        _silence()
        return Code.DONE
    except OSError as error:
        _silence()
        cause = f"the output cannot be written: {words_for(error)}. {step_for(error)}"
        answer = Answer(errors=(cause,), code=answer.code or Code.PROBLEM)
    for sentence in answer.errors:
        print(f"rigstate: {one_line(sentence, _LONGEST)}", file=sys.stderr)
    return answer.code


def _answer(argv: Sequence[str]) -> Answer:
    try:
        arguments = parsed(argv)
    except SystemExit as end:  # argparse has said what it has to say
        return Answer(code=Code(end.code if isinstance(end.code, int) else Code.USAGE))
    try:
        answer: Answer = arguments.verb(arguments)
        said = for_programs if getattr(arguments, "json", False) else for_console
        answer = replace(answer, text=said(answer.text, sys.stdout.encoding))
    except StateError as error:
        directory = getattr(arguments, "directory", None)
        return answer_to(error.at(error.path or Path(directory)) if directory else error)
    except Usage as error:
        return answer_to(error)
    except KeyboardInterrupt:
        return Answer(errors=("stopped",), code=Code.PROBLEM)
    except Exception as error:  # no traceback ever reaches a user; whoever wants it sees it at level DEBUG
        log.debug("The traceback:", exc_info=error)
        sentence = f"this should not have happened ({type(error).__name__}: {error}). Please report it."
        return Answer(errors=(sentence,), code=Code.PROBLEM)
    return answer


def _silence() -> None:
    """Nothing more can be written; the interpreter must not try at its end."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
