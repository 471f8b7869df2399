"""The lines of a plain text that are not part of its story: bylines, credits, share buttons, related headlines.

Rules look at whole lines and know only the phrases of `boilerplate.yaml` and the shape of a byline. They err on the
side of the story: a list of provisions, however short its lines, is story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ingest.asides import aside_lines
from ingest.inputs.head import byline_day, is_byline, parse_date
from kb.errors import TimeValueError
from kb.shipped import read_yaml

_LINE = re.compile(r"[^\n]*\n+|[^\n]+")
_SHORT = 200
"""Characters: a longer line is a paragraph of the story whatever it starts with."""
_NOISE = re.compile(r"[\W\d_]+")
_RULE = re.compile(r"[|\s:=_*~–—-]{3,}\Z")
"""A line drawn between two parts, or below the head of a table."""
_BULLET = re.compile(r"\A[\s•·*\-–—>|#»]+")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: [a-z]{2,4})?")
_LONGEST_CONSENT = 1500
_SEPARATORS = re.compile(r"\s*[|>»›·•]\s*")
_FEW_WORDS = 3
_CONSENT = re.compile(r"\b(?:we|our)\b.*\byour?\b|\byour?\b.*\b(?:we|our)\b", re.DOTALL)
_BIOGRAPHY = re.compile(
    r"[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){1,3},? (?:"
    r"(?:is|has (?:covered|reported|written|worked)) [^.]{0,120}"
    r"(?:reporter|correspondent|editor|columnist|journalist|writer|contributor|bureau|covered|reported|written)\b"
    r"|(?:covers|edits) [^.]{3,80} (?:for|at) |writes (?:about|for|on) )"
)
_BIOGRAPHY_LINES = 4
"""Lines at the end of a text in which its author may be introduced."""
_WIRE = re.compile(r"[A-Z][A-Z .,'/]{2,40}, [^()\n]{4,25}(?:\([^)\n]{2,30}\) ?)?(?:--?|–|—|:) \w+ \w+ \w+")
"""A dateline with its story: "LONDON, March 11, 2025 (Wire) - The court ruled"."""
_RELEASE_END = re.compile(r"[\s*–—-]*(?:#(?:\s*#)+|-\s*30\s*-|end(?:s|e| of release)?)[\s*.–—-]*\Z", re.IGNORECASE)
"""The mark that ends a press release: "# # #", "-30-", "ENDS"."""
_ABOUT = re.compile(r"about (?:the )?(?P<who>\w[\w'’&.-]*)(?: [\w'’&.,()-]+){0,8}:?\Z", re.IGNORECASE)
_MOST_ABOUT_LINES = 3
_ROLE = re.compile(
    r"(?:[A-Z][\w&'’-]* ){0,4}(?:correspondent|reporter|editor|columnist|writer|journalist|in [A-Z]\w+)\Z",
)
_NAME = re.compile(r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]*){1,3}(?:(?:,| and) [A-Z][\w'’.-]+(?: [A-Z][\w'’.-]*){1,3})*\Z")
_HEAD_LINES = 6
_STORY_WORDS = 40
_SENTENCE_END = (".", "!", "?", '."', ".”", ".'", ".’", ".)")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """The line without bullets, case and typographic apostrophes."""
        return _BULLET.sub("", self.text).casefold().replace("’", "'")


def find_boilerplate(text: str) -> tuple[tuple[int, int], ...]:
    """Ranges of `text`, each one or more whole lines with their line ends, sorted and disjoint.

    "Jan. 15, 2025\\nThe court …\\nRelated Posts\\nOther story" -> the first line, and the last two
    """
    lines = [_Line(*match.span(), match.group().strip()) for match in _LINE.finditer(text)]
    tail = _tail_lines(lines) | aside_lines([line.text for line in lines])
    last = max((at for at, line in enumerate(lines) if at not in tail and line.text), default=-1)
    days = {at for at, line in enumerate(lines) if _is_day(line)}
    head = {at for at in range(min(_HEAD_LINES, len(lines))) if at != last and (at not in days or len(days) == 1)}
    ends = {at for at, line in enumerate(lines) if line.text and at not in tail}
    bios = set(sorted(ends)[1:][-_BIOGRAPHY_LINES:])
    besides = tail | _release_lines(lines) | _signature_lines(lines)
    dropped = [
        at in besides or _is_boilerplate(line, at in head) or (at in bios and _is_biography(line))
        for at, line in enumerate(lines)
    ]
    ranges: list[tuple[int, int]] = []
    for line, drop in zip(lines, dropped, strict=True):
        if drop and ranges and ranges[-1][1] == line.start:
            ranges[-1] = (ranges[-1][0], line.end)
        elif drop:
            ranges.append((line.start, line.end))
    return tuple(ranges)


def _is_boilerplate(line: _Line, in_head: bool) -> bool:
    if not line.text or len(line.text) > _SHORT:
        return _is_consent(line)
    if _RULE.match(line.text):
        return True
    key, phrases = line.key, _phrases()
    if _NOISE.sub(" ", key).strip() in phrases.whole_line or key.startswith(phrases.line_start):
        return True
    if _is_stamp(line) or _is_navigation(line) or any(part in key for part in phrases.credit) or _is_consent(line):
        return True
    return in_head and is_byline(line.text) and not (line.text.startswith("|") or _WIRE.match(line.text))


def _is_day(line: _Line) -> bool:
    """True for a line that is a day and nothing else: one may be a byline, several are headings of a chronicle."""
    try:
        return len(line.text) < _SHORT and parse_date(line.text.strip("*_#>:– ")) is not None
    except TimeValueError:
        return False


def _is_stamp(line: _Line) -> bool:
    """True for "Last updated on 4 March 2025 at 10.12 GMT", and for several of them: "Published … | Updated …"."""
    return all(_says_when(part.strip()) for part in line.key.split("|"))


def _says_when(key: str) -> bool:
    start = next((s for s in _phrases().stamp_start if key.startswith(s)), None)
    if start is None:
        return False
    rest = key[len(start) :].strip(" :").removeprefix("on ").removeprefix("at ")
    return _CLOCK.fullmatch(rest) is not None or (byline_day(rest) is not None and len(rest.split()) <= 12)


def _is_navigation(line: _Line) -> bool:
    """True for "Home | Politics | World": names of sections that lead away from the story, with a stamp or a byline."""
    parts = _SEPARATORS.split(line.text)
    few = all(len(part.split()) <= _FEW_WORDS or _says_when(part.casefold()) or is_byline(part) for part in parts)
    return len(parts) > _FEW_WORDS - 1 and few and _NOISE.sub(" ", parts[0].casefold()).strip() in _phrases().whole_line


def _is_consent(line: _Line) -> bool:
    """True for what a site asks of its reader about cookies; not for a story about cookies."""
    key = line.key
    if "cookie" not in key or len(line.text) > _LONGEST_CONSENT or '"' in line.text or "“" in line.text:
        return False
    return _CONSENT.search(key) is not None


def _is_biography(line: _Line) -> bool:
    """True for a line that introduces the author, or says where to follow them."""
    if len(line.text) > 2 * _SHORT:
        return False
    follows = any(f"follow {them} on" in line.key for them in ("her", "him", "them", "me", "us"))
    return follows or _BIOGRAPHY.match(line.text) is not None


def _tail_lines(lines: list[_Line]) -> set[int]:
    """Numbers of the lines of "Related Posts" tails: the heading and the headlines after it."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if at in found or not _is_tail_heading(line):
            continue
        stop = at + 1
        while stop < len(lines) and _is_headline(lines[stop]):
            stop += 1
        if stop > at + 1 or at == len(lines) - 1:
            found.update(range(at, stop))
    return found


def _release_lines(lines: list[_Line]) -> set[int]:
    """The mark that ends a press release, and what its sender says of itself at the end of it."""
    told = [at for at, line in enumerate(lines) if line.text]
    found = {at for at in told[len(told) // 2 :] if len(told) > 2 and _RELEASE_END.match(lines[at].text)}
    for place, at in enumerate(told[1:-1], start=1):
        about = _ABOUT.match(lines[at].key) if len(lines[at].text) < _SHORT else None
        rest = told[place + 1 :]
        if about and len(rest) <= _MOST_ABOUT_LINES and about["who"] in lines[rest[0]].key[:_SHORT]:
            found |= {at, *rest}
    return found


def _signature_lines(lines: list[_Line]) -> set[int]:
    """At the head, a line that is a name with one that is its bearer's office at the paper."""
    told = [at for at, line in enumerate(lines) if line.text][: _HEAD_LINES + 1]
    return {
        at
        for name, role in pairwise(told[1:])
        if _ROLE.match(lines[role].text) and _NAME.match(lines[name].text)
        for at in (name, role)
    }


def is_tail_heading(text: str) -> bool:
    """True for a heading such as "Related articles", after which there are only headlines of other stories."""
    return bool(text) and _is_tail_heading(_Line(0, len(text), text.strip()))


_TAIL_STARTS = (
    *("more from ", "more stories from ", "more news from ", "more coverage from ", "more must-reads from "),
    *("related to ", "read more "),
)


def _is_tail_heading(line: _Line) -> bool:
    key = line.key.removesuffix("[edit]").rstrip(" :.…»>")
    heads = _phrases().tail_heading
    return key in heads or (len(key.split()) <= 6 and key.startswith(_TAIL_STARTS))


def _is_headline(line: _Line) -> bool:
    """True for a line that may be a link to another story: short, and no sentence of a paragraph."""
    words = line.text.split()
    if len(words) > _STORY_WORDS or len(line.text) > _SHORT:
        return False
    return not (len(words) > 12 and line.text.endswith(_SENTENCE_END))


@dataclass(frozen=True, slots=True)
class _Phrases:
    whole_line: frozenset[str]
    line_start: tuple[str, ...]
    tail_heading: frozenset[str]
    stamp_start: tuple[str, ...]
    credit: tuple[str, ...]


@cache
def _phrases() -> _Phrases:
    sheet = read_yaml("ingest", "boilerplate.yaml")
    whole = frozenset(_NOISE.sub(" ", phrase).strip() for phrase in sheet["whole_line"])
    return _Phrases(
        whole_line=whole,
        line_start=tuple(sheet["line_start"]),
        tail_heading=frozenset(sheet["tail_heading"]),
        stamp_start=tuple(sorted(sheet["stamp_start"], key=len, reverse=True)),
        credit=tuple(sheet["credit"]),
    )
