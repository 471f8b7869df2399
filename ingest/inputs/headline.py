"""The headline of a page, and what in its title is one: outlet and section are often named there, too."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARK = re.compile(r"\s+(?:--?|[–—~/:])\s+|\s*(?:[|│»«•·‹›⋆]|::)\s*")
"""What stands between a headline and the name of the outlet."""
_LETTERS = re.compile(r"[\W_]+")
_SAME = str.maketrans("‘’′“”„", "'''\"\"\"")
_FEWEST_WORDS = 2
_MORE_WORDS = 2
"""Words that may follow the name of the outlet: "CNN Politics"."""
_SHORTEST_NAME = 2


def likeliest(
    title: str | None, *, document: str, others: Iterable[str], names: Iterable[str | None] = (), stated: bool = False
) -> str | None:
    """The one of several titles of a page that its document's title begins with: `title`, else the first of `others`.

    A title that stands further on in the document's title gives way to a longer one only, and one that is `stated` in
    metadata to none if it does not stand there, or if another place of the page has it, too. `names` are those of the
    outlet, which are no title.

    >>> likeliest("The Paper", document="Court upholds law - The Paper", others=["The Paper", "Court upholds law"])
    'Court upholds law'
    >>> likeliest("The Paper", document="Court upholds law | The Paper", others=[])
    'Court upholds law'
    """
    document = " ".join(document.split())
    if title and (_begins(document, title) or len(document.split()) < _FEWEST_WORDS):
        return title
    known = {_letters(name) for name in names if name}
    others = list(others)
    if title and stated and _letters(title) not in known and others.count(title) > 1:
        return title
    likely = [other for other in others if len(other.split()) >= _FEWEST_WORDS and _letters(other) not in known]
    begun = next((other for other in likely if _begins(document, other)), None)
    at = next((mark for mark in _MARK.finditer(document) if title and _begins(document[mark.end() :], title)), None)
    if title and at:  # the shorter one is the site's name, wherever it stands
        told = begun or document[: at.start()]
        longer = len(told.split()) > len(title.split())
        return told if longer and not _is_name(told, known) else title
    if title and stated:
        return title
    return begun or next((other for other in likely if _shown(document, other)), title)


def _begins(document: str, title: str) -> bool:
    """True if the document's title is `title`, or goes on after it with a mark or a colon."""
    rest = document[len(title) :]
    same = document[: len(title)].lower().translate(_SAME) == title.lower().translate(_SAME)
    return same and (not rest or rest[0] == ":" or _MARK.match(rest) is not None)


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
    parts = [part for heading in headings if (part := _shown(title, heading))]
    shown = min(parts, key=lambda part: not title.startswith(part), default=None)
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
