"""What the first lines of a plain text say about it: its headline and its day of publication.

Only lines of their own count: a headline, a byline ("Jane Doe · Jan. 15, 2025") or a dateline ("WASHINGTON, Jan. 6,
2025 (Reuters) -"). A day inside the story is never taken for the day of publication, and a day without a year is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kb.errors import TimeValueError
from kb.timevalue import make_day

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = (
    re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}[ -]{_MONTH}(?:,? |-){_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_YEAR}-(?P<number>\d\d)-{_DAY}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)"),
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_LABEL = (
    r"(?:(?:first |last )?(?:published|posted|updated|dated?|release date|filed|issued)(?: on| at)?:?\s+"
    r"|(?:transcript(?: of the)? )?(?:broadcast|edition|issue|newsletter|transcript)(?: of| for|,|:)?\s+)?"
)
_CLOCK = r"(?:\d{1,2}[:.]\d\d(?:[:.]\d\d)?|\d{1,2})\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,4}\)?)?"
_BEFORE_DATE = re.compile(rf"(?P<rest>.*?){_LABEL}(?:{_CLOCK},?\s+)?{_WEEKDAY}\Z", re.IGNORECASE)
_AFTER_DATE = re.compile(
    rf"[\s,|·•・/\-–—]*(?:(?:at )?{_CLOCK})?[\s,|·•・/\-–—()]*(?:\d+ min(?:ute)?s?(?: read)?)?[\s.]*(?P<rest>.*)\Z"
)
_SEPARATOR = re.compile(r"[|·•・/–—,\-]\s*\Z")
_BY = re.compile(r"(?:by|from|written by|reported by|posted by)\s+\S", re.IGNORECASE)
_DATELINE = re.compile(rf"[A-Z][A-Z .,'/]{{2,40}}, (?:{_FORMS[0].pattern})\.? (?:\([\w /]{{2,30}}\) ?)?(?:--?|–|—|:) ")
_PLACE_LINE = re.compile(
    rf"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:[A-Z][\w.'’]{{0,20}},? ){{0,4}}[A-Z][\w.'’]{{1,20}}, "
    rf"(?:{_FORMS[0].pattern})\.? ?(?:\([\w /]{{2,30}}\) ?)?(?:--|–|—) ?(?=[A-Z“\"])"
)
"""A dateline in small letters: "Washington D.C., March 4, 2025 — The commission"."""
_DECIDED = re.compile(rf"(?:No\.|Argued|Submitted|Heard|Decided)\b.{{0,80}}(?<=Decided )(?:{_FORMS[0].pattern})\W*\Z")
"""The head of an opinion: "Argued January 14, 2025—Decided March 4, 2025"."""
_UPDATE = re.compile(r"\bupdated\b", re.IGNORECASE)
_HEAD_LINES = 8
_LABEL_WORDS = 5
_LONGEST_BYLINE, _LONGEST_HEADLINE = 120, 200


def find_published(text: str) -> date | None:
    """The day of publication that stands in a byline or dateline at the head of `text`, or None."""
    found = [(line, day) for line in _head_lines(text) if (day := byline_day(line) or _dateline_day(line))]
    first_published = [day for line, day in found if not _UPDATE.search(line)]
    return next(iter(first_published or [day for _, day in found]), None)


def find_title(text: str) -> str | None:
    """The headline of a plain text, or None.

    It is the first headline-like line above the byline; if only short labels stand there ("PRESS RELEASE"), the first
    one between the byline and the story.
    """
    above: list[str] = []
    below: list[str] = []
    seen_byline = False
    for line in _head_lines(text):
        if is_byline(line):
            seen_byline = True
        elif not _is_headline(line):
            break
        else:
            (below if seen_byline else above).append(line.lstrip("# "))
    headlines = [line for line in above if len(line.split()) > _LABEL_WORDS and not line.isupper()]
    return next(iter(headlines or below or above), None)


def is_byline(line: str) -> bool:
    """True for a line that only says who wrote the article, or when."""
    return len(line) <= _LONGEST_BYLINE and (byline_day(line) is not None or _is_author(line))


def byline_day(line: str) -> date | None:
    """The day in a byline, or None if the line is not a byline with a full date.

    >>> byline_day("By Jane Doe | Jan. 15, 2025, 5:00 p.m. ET")
    datetime.date(2025, 1, 15)
    >>> byline_day("TikTok ban takes effect on Jan. 19, 2025") is None
    True
    """
    line = line.strip().strip("*_#> ")
    if len(line) > _LONGEST_BYLINE:
        return None
    for form in _FORMS:
        if (match := form.search(line)) and _is_frame(line[: match.start()], line[match.end() :]):
            return _read_day(match)
    return None


def parse_date(text: str) -> date | None:
    """A full date as people write it, with nothing else but a weekday and a time of day; None if it is none.

    Raises TimeValueError for a day that is not in the calendar.
    """
    for form in _FORMS:
        match = form.search(text)
        if match and not (_before(text[: match.start()]) or _after(text[match.end() :])):
            return make_day(int(match["year"]), _month(match), int(match["day"]))
    return None


def _is_frame(before: str, after: str) -> bool:
    """True if what stands around a date makes the line a byline: nothing, an author, or a part set off by a mark."""
    head, tail = _before(before), _after(after)
    if tail and not (_is_name(tail) or _is_author(tail) or re.match(r"[|·•・/(]", after.strip())):
        return False
    if not head:
        return True
    return _is_author(head) or (bool(_SEPARATOR.search(head)) and _is_name(_SEPARATOR.sub("", head)))


def _before(text: str) -> str:
    match = _BEFORE_DATE.match(text)
    return match["rest"].strip() if match else text.strip()


def _after(text: str) -> str:
    match = _AFTER_DATE.match(text)
    return match["rest"].strip() if match else text.strip()


def _is_author(text: str) -> bool:
    words = text.split()
    return bool(_BY.match(text)) and len(words) <= 14 and not text.rstrip().endswith((".", "?", "!"))


def _is_name(text: str) -> bool:
    """True for one to five words that may be an author or an outlet."""
    words = text.strip(" |·•・/–—,-").split()
    return 1 <= len(words) <= 5 and (
        len(words) == 1 or all(word[0].isupper() or word in ("and", "&") for word in words)
    )


def _dateline_day(line: str) -> date | None:
    match = _DATELINE.match(line) or _PLACE_LINE.match(line) or (_DECIDED.match(line) if len(line) < 120 else None)
    return _read_day(match) if match else None


def _read_day(match: re.Match[str]) -> date | None:
    try:
        return make_day(int(match["year"]), _month(match), int(match["day"]))
    except TimeValueError:
        return None


def _month(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("number"):
        return int(groups["number"])
    name = groups["month"].lower()
    return next(number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3]))


def _head_lines(text: str) -> Iterator[str]:
    """The first lines that are not blank, up to and including the second paragraph of the story."""
    paragraphs = 0
    lines = (line.strip(" \t\r\f\v\u00a0\ufeff") for line in text[:8000].split("\n"))
    for number, line in enumerate(line for line in lines if line):
        if number >= _HEAD_LINES or paragraphs >= 2:
            return
        yield line
        paragraphs += len(line) > _LONGEST_HEADLINE


def _is_headline(line: str) -> bool:
    words = line.split()
    return 2 <= len(words) <= 30 and len(line) <= _LONGEST_HEADLINE and not line.endswith((".", ":", ";", ","))
