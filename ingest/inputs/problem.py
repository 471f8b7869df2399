"""What went wrong with one input, for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kb.errors import SkipInput


@dataclass(frozen=True, slots=True)
class Problem:
    """One line about one input: `name` as the user gave it, `reason` with the fix."""

    name: str
    reason: str
    skipped: bool = True
    """False if the article was read all the same, without what the reason names."""
    kind: str = "unreadable"
    """The few words it is counted under."""

    @classmethod
    def of(cls, error: SkipInput) -> Problem:
        """The problem that made us skip an input."""
        return cls(error.name, error.reason, kind=error.kind)

    def __str__(self) -> str:
        line = f"{self.name}: {self.reason}" if self.skipped else f"{self.name}: note: {self.reason}"
        return "".join(char if char.isprintable() else "�" for char in line)


Report = Callable[[Problem], None]
"""Called once for each problem, as soon as it is met."""
