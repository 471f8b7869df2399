"""Years of birth: what parts two people of one name for good.

They are read where a text gives them right after a name, "(1905–1988)", "(born 1948)", ", born in 1948", and kept among
what an article says that somebody is: "born 1948".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.model import Span

_BORN = "born "
_READ = 60
"""Characters after a name that are looked at."""
_YEAR = r"(?P<year>1\d{3}|20\d{2})"
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2},? |\d{1,2} [A-Z][a-z]{2,8} )?"
_AFTER_NAME = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\s?\({_DAY}{_YEAR}\s?[–—-]\s?{_DAY}(?:1\d{{3}}|20\d{{2}})\)",
        rf"\s?\((?:born|b\.) (?:in |on )?{_DAY}{_YEAR}\)",
        rf",? (?:who was )?born (?:in |on )?{_DAY}{_YEAR}\b",
    )
)


def birth_of(text: str, mentions: Iterable[Span]) -> str | None:
    """ "born 1948" where a text says so after a mention; None where it says nothing, or two things."""
    after = {text[mention.end : mention.end + _READ] for mention in mentions}
    found = {match["year"] for told in after for pattern in _AFTER_NAME if (match := pattern.match(told))}
    return f"{_BORN}{found.pop()}" if len(found) == 1 else None


def births(roles: Iterable[str]) -> frozenset[str]:
    """Those of what somebody is said to be that are years of birth."""
    return frozenset(role for role in roles if role.startswith(_BORN))


def were_born_apart(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """True if both have a year of birth and share none."""
    one, other = births(ours), births(theirs)
    return bool(one and other) and not one & other
