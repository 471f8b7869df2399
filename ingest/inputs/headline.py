"""The headline in a page's title, which often names the outlet and the section, too."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARK = re.compile(r"\s+(?:--?|[–—~/])\s+|\s*(?:[|»«•·‹›]|::)\s*")
"""What stands between a headline and the name of the outlet."""
_LETTERS = re.compile(r"[\W_]+")
_SAME = str.maketrans("‘’′“”„", "'''\"\"\"")
_FEWEST_WORDS = 2
_MORE_WORDS = 2
"""Words that may follow the name of the outlet: "CNN Politics"."""
_SHORTEST_NAME = 2


def headline(
    title: str | None, *, headings: Iterable[str], names: Iterable[str | None], hosts: Iterable[str] = ()
) -> str | None:
    """The title without what is no part of its headline: what no heading of the page says, or a name.

    `names` are those of the outlet and the section; those in `hosts` are less sure, and left out at the end only.

    >>> headline("Court upholds law | Politics | The Paper", headings=["Court upholds law"], names=[])
    'Court upholds law'
    >>> headline("Paper: Court upholds law - The Paper", headings=[], names=["The Paper"])
    'Paper: Court upholds law'
    """
    if title is None:
        return None
    shown = next((part for heading in headings if (part := _shown(title, heading))), None)
    sure = {_letters(name) for name in names if name}
    return shown or _without_names(title, sure, sure | {_letters(host) for host in hosts})


def _shown(title: str, heading: str) -> str | None:
    """The part of the title that the heading says, if a mark sets it off from the rest."""
    if len(heading.split()) < _FEWEST_WORDS:
        return None
    same, said, length = title.lower().translate(_SAME), heading.lower().translate(_SAME), len(heading)
    if same.startswith(said) and _MARK.match(title, length):
        return title[:length]
    marks = (mark.end() for mark in _MARK.finditer(title))
    return title[-length:] if same.endswith(said) and len(title) - length in marks else None


def _without_names(title: str, first: set[str], last: set[str]) -> str:
    while marks := list(_MARK.finditer(title)):
        before, after = title[: marks[0].start()], title[marks[-1].end() :]
        if _is_name(after, last) and title[: marks[-1].start()].strip():
            title = title[: marks[-1].start()].strip()
        elif _is_name(before, first) and title[marks[0].end() :].strip():
            title = title[marks[0].end() :].strip()
        else:
            break
    return title


def _is_name(part: str, names: set[str]) -> bool:
    words = part.split()
    begins = (_letters(" ".join(words[:count])) for count in range(max(1, len(words) - _MORE_WORDS), len(words) + 1))
    return any(len(begin) >= _SHORTEST_NAME and begin in names for begin in begins)


def _letters(text: str) -> str:
    return _LETTERS.sub("", text.casefold())
