"""A document as the first save of a small launcher makes it, for tests that are about files."""

from __future__ import annotations

from collections.abc import Mapping

from persistence.document import Document, new_document
from persistence.states.edits import with_namespace
from persistence.values.json_text import JSON


def first_save(attributes: Mapping[str, JSON]) -> Document:
    """What the launcher `m.L` has saved."""
    return with_namespace(
        new_document(),
        module="m",
        class_name="L",
        attributes=attributes,
        saved_at="2025-01-01T00:00:00",
        extra={},
    )
