"""Numbers of a sentence that two reports of one event must agree on: votes, money, shares."""

from __future__ import annotations

import re
from functools import lru_cache

_VOTES = re.compile(r"\b(\d{1,4})(?: votes)?(?:\s*[-–]\s*|\s+to\s+)(\d{1,4})\b")
_MONEY = re.compile(r"([$€£₹])\s?(\d+(?:,\d{3})*(?:\.\d+)?)\s?(trillion|billion|million|crore|bn|tn|m)?\b")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|percent\b|per cent\b)")
_SCALE = {"trillion": 1e12, "tn": 1e12, "billion": 1e9, "bn": 1e9, "crore": 1e7, "million": 1e6, "m": 1e6, None: 1.0}
_YEARS = range(1900, 2100)
_CLOSE = 0.05
"""Relative difference that rounding explains."""


@lru_cache(maxsize=65_536)
def quantities(text: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Kind and values of the quantities of a text, one of each kind: a kind told twice says nothing.

    >>> quantities("approved the measure 79 to 18")
    (('votes', (79.0, 18.0)),)
    """
    votes = [(float(a), float(b)) for a, b in _VOTES.findall(text) if int(a) not in _YEARS and int(b) not in _YEARS]
    money = [(sign, (float(n.replace(",", "")) * _SCALE[unit or None],)) for sign, n, unit in _MONEY.findall(text)]
    shares = [(float(n),) for n in _PERCENT.findall(text)]
    found: list[tuple[str, tuple[float, ...]]] = []
    if len(votes) == 1:
        found.append(("votes", votes[0]))
    if len(money) == 1:
        found.append((f"money {money[0][0]}", money[0][1]))
    if len(shares) == 1:
        found.append(("percent", shares[0]))
    return tuple(found)


def disagree(one: str, other: str) -> str | None:
    """What two sentences give different numbers for, or None."""
    ours, theirs = dict(quantities(one)), dict(quantities(other))
    for kind in sorted(ours.keys() & theirs.keys()):
        leeway = 0.0 if kind == "votes" else _CLOSE
        if any(abs(a - b) > leeway * max(a, b) for a, b in zip(ours[kind], theirs[kind], strict=True)):
            return f"{kind.split()[0]}: {_text(ours[kind])} or {_text(theirs[kind])}"
    return None


def _text(values: tuple[float, ...]) -> str:
    return " to ".join(f"{value:,.0f}" if value.is_integer() else f"{value:,g}" for value in values)
