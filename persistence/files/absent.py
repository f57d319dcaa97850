"""The etag of a state file that is not there. One that is there has the SHA-256 of its bytes."""

from __future__ import annotations

ABSENT_ETAG = "absent"
