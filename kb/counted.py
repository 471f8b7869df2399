"""How many of something, in words that agree with the number."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 event`, `2 events`; `many` where it is not `one` with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"
