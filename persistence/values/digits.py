"""Integers as text, of any size. Not for numbers as they were spelled (`json_text`)."""

from __future__ import annotations


def digits_of(value: int) -> str:
    """An integer as text, of any size and whatever limit this process has set."""
    try:
        return str(value)
    except ValueError:
        from decimal import Decimal

        return str(Decimal(value))
