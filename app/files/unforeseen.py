"""What nobody foresaw in work that somebody waits for: noted in the log, and said in a sentence.

One idea: whoever asked is answered whatever happens, because until then he waits, and nothing more can be
asked of the same session. Not for what was foreseen: that has a sentence of its own. Not for work that nobody
waits for: there the net under everything is enough (see `troubles`).
"""

import logging

_log = logging.getLogger(__name__)


def told(error: Exception) -> str:
    """Note it in the log with all that is known of it, and say it to people."""
    _log.error("Nobody foresaw this.", exc_info=error)
    if isinstance(error, MemoryError):
        return "It takes more memory than is free on this computer."
    what = f"{type(error).__name__}: {error}".rstrip(".: ")
    return f"Something unexpected went wrong ({what}). It is noted in the log."
