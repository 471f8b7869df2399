"""Names that follow a rule: laws, bills, cases, orders, courts, ministries and committees.

Each rule gives the span of the name, its kind and, where the rule knows one, the official form:
"9th Circuit" is the "United States Court of Appeals for the Ninth Circuit".

A rule never looks at more than a bounded stretch of text, so the cost is linear in the length of the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.extract.entities.runs import is_headline, run_after, run_before
from ingest.extract.entities.wording import wording
from kb.model import EntityKind

_US = r"(?:(?:U\.S\.|US|United States) )"
_STATE = r"[A-Z][a-z]+(?: [A-Z][a-z]+)?"
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh")
_ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)|D\.?C\.?|District of Columbia|Federal)"
_REGION = r"(?:Northern|Southern|Eastern|Western|Central|Middle)"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A stretch of text that a rule takes for a name."""

    start: int
    end: int
    kind: EntityKind
    name: str | None = None
    """The official form, if the rule knows it."""


def find_patterns(text: str) -> Iterator[Pattern]:
    """Every match of every rule; matches of different rules may overlap."""
    for rule in (rule for rule in _FIXED if any(sign in text for sign in rule.signs)):
        for match in rule.pattern.finditer(text):
            yield Pattern(*match.span("name"), rule.kind, rule.official(match) if rule.official else None)
    words = wording()
    for match in words.head.finditer(text):
        yield from _before_head(text, match)
    for match in words.stem.finditer(text):
        yield from _after_stem(text, match)
    for match in _VERSUS.finditer(text):
        yield from _case(text, match)


# --- names of a fixed form ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Fixed:
    kind: EntityKind
    pattern: re.Pattern[str]
    official: Callable[[re.Match[str]], str] | None = None
    signs: tuple[str, ...] = ("",)
    """One of them stands in every match: a text without them is not searched."""


def _circuit(match: re.Match[str]) -> str:
    word = match["ordinal"]
    if word[0].isdigit():
        number = int(word[:-2])
        word = _ORDINALS[number - 1] if 1 <= number <= len(_ORDINALS) else word
    elif word.startswith("D"):
        word = "District of Columbia"
    return f"United States Court of Appeals for the {word} Circuit"


def _district(match: re.Match[str]) -> str:
    return f"United States District Court for the {match['district']}"


def _order(match: re.Match[str]) -> str:
    return f"Executive Order {match['number'].replace(',', '')}"


def _public_law(match: re.Match[str]) -> str:
    return f"Public Law {match['number'].replace('–', '-')}"


_CHAMBERS = {"hr": "H.R.", "s": "S.", "sb": "SB", "hb": "HB", "ab": "AB", "senatebill": "SB", "housebill": "HB"}


def _bill(match: re.Match[str]) -> str:
    letters = re.sub(r"[^a-z]", "", match["chamber"].casefold())
    chamber = _CHAMBERS.get(letters)
    return f"{chamber} {match['number']}" if chamber else str(match["name"])


_FIXED = (
    _Fixed(
        EntityKind.LAW,
        re.compile(r"\b(?P<name>(?:Public Law|Pub\. ?L\.|P\.L\.)(?: No\.)? (?P<number>\d+[-–]\d+))\b"),
        _public_law,
        signs=("Pub", "P.L."),
    ),
    _Fixed(
        EntityKind.LAW,
        re.compile(
            r"(?<![\w.])(?P<name>(?P<chamber>H\. ?R\.|HR|[HS]\. ?(?:J\. ?|Con\. ?)?Res\.|S\.|SB|HB|AB"
            r"|(?:Senate|House|Assembly) Bill)"
            r" ?(?P<number>\d+(?:-\d+)?))\b(?![.,]\d)"
        ),
        _bill,
    ),
    _Fixed(
        EntityKind.LAW,
        re.compile(r"\b(?P<name>(?:Proposition|Prop\.|Initiative Measure) \d+)\b"),
        signs=("Prop", "Initiative"),
    ),
    _Fixed(
        EntityKind.CASE,
        re.compile(
            r"(?<!\w)(?P<name>(?:(?:Case|Docket|Cause|Civil Action|Criminal Action) )?(?:[Nn]o\. ?|Nos\. ?|[Nn]umber )"
            r"(?:\d{1,2}[:-]\d{2}-(?:cv|cr|mc|md|mj|ap|bk)-\d+(?:-[A-Z]+)*|\d{2}[-–A]\d{1,4}))\b"
        ),
    ),
    _Fixed(EntityKind.CASE, re.compile(r"\b(?P<name>(?:Case )?[CT][-‑]\d{1,4}/\d\d)\b"), signs=("/",)),
    _Fixed(
        EntityKind.ORDER,
        re.compile(r"\b(?P<name>(?:[Ee]xecutive [Oo]rder|E\.O\.|EO)(?: No\.)? (?P<number>\d+,?\d{3}))\b"),
        _order,
        signs=("xecutive ", "E.O.", "EO"),
    ),
    _Fixed(
        EntityKind.ORDER,
        re.compile(
            r"\b(?P<name>(?:Proclamation|Presidential Determination|National Security Memorandum"
            r"|Presidential Policy Directive)(?: No\.)?[ /-](?:NSM-|PPD-)?\d+(?:,\d{3}|[-–]\d+)*"
            r"|(?:NSM|PPD|NSPM)-\d+)\b"
        ),
        signs=("Proclamation", "Presidential ", "Memorandum", "NSM", "PPD", "NSPM"),
    ),
    _Fixed(
        EntityKind.AGENCY,
        re.compile(
            r"\b(?P<name>(?:(?!The )[A-Z]\w+ )?(?:Central|Reserve) Bank(?: of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)?)\b"
        ),
        signs=(" Bank",),
    ),
    _Fixed(
        EntityKind.LEGISLATURE,
        re.compile(
            r"\b(?P<name>House of (?:the )?(?:Assembly|Chiefs|Councillors|Delegates|Deputies|Elders|Federation|Keys"
            r"|Nationalities|Peoples|Representatives|Senators))\b"
        ),
        signs=("House of ",),
    ),
    _Fixed(
        EntityKind.COURT,
        re.compile(rf"\b(?P<name>{_US}?(?:Circuit )?Courts? of Appeals for the (?P<ordinal>{_ORDINAL}) Circuit)\b"),
        _circuit,
        signs=("Circuit",),
    ),
    _Fixed(
        EntityKind.COURT,
        re.compile(rf"(?<!\w)(?P<name>(?P<ordinal>{_ORDINAL}) {_US}?Circuit(?: Court(?: of Appeals)?)?)\b(?! Judge)"),
        _circuit,
        signs=("Circuit",),
    ),
    _Fixed(
        EntityKind.COURT,
        re.compile(
            rf"\b(?P<name>{_US}?District Court (?:for|in) the "
            rf"(?P<district>(?:{_REGION} )?District of (?:Columbia|{_STATE})))\b"
        ),
        _district,
        signs=(" District of ",),
    ),
    _Fixed(
        EntityKind.COURT,
        re.compile(rf"\b(?P<name>(?P<district>{_REGION} District of {_STATE}))\b"),
        _district,
        signs=(" District of ",),
    ),
    _Fixed(
        EntityKind.COURT,
        re.compile(rf"\b(?P<name>{_US}?Bankruptcy Court for the (?:{_REGION} )?District of (?:Columbia|{_STATE}))\b"),
        signs=("Bankruptcy Court",),
    ),
)


# --- names that end in a telling word ----------------------------------------------------------------------------


_BODY_HEADS = (
    "Court",
    "Tribunal",
    "Committee",
    "Ministry",
    "Department",
    "Commission",
    "Agency",
    "Authority",
    "Bureau",
)
_OTHER_BODY = re.compile(rf" (?:{'|'.join(_BODY_HEADS)}) and ")
_CHAMBER_NAMES = frozenset("House Senate Commons Lords Joint Assembly Parliamentary".split())
_OFFICES = frozenset(
    "Trade Drug Safety Space Transportation Aviation Security Business Services Market Energy Medical Food".split()
)
"""Words before `Administration` that make it an agency, not a president's team."""
_NOT_A_LAW = frozenset(("Public Law", "United States Code", "U.S. Code", "US Code"))
_TAIL = re.compile(r" (?:of|for|on)(?: the)? (?=[A-Z])")
_NAME_GOES_ON = re.compile(r" (?:[A-Z]\w+|of (?:the )?[A-Z])")


def _before_head(text: str, match: re.Match[str]) -> Iterator[Pattern]:
    head, end = match["head"], match.end()
    _, rule = wording().head_rules[head]
    start = run_before(text, match.start(), joined=rule.joined)
    for other in _OTHER_BODY.finditer(text, start, match.start()):
        start = other.end()  # "the Trade Ministry and Energy Agency" are two
    words = [word for word in text[start : match.start()].split() if not word[0].islower()]
    least = 1 if head in wording().short_laws and _is_spoken_of(text, start, end) else rule.least
    if len(words) < least or text[start:end] in _NOT_A_LAW or is_headline(text, start, end, least=6):
        return
    kind = _kind_of(head, words)
    if kind is None or (head in _AMBIGUOUS_HEADS and _NAME_GOES_ON.match(text, end)):
        return
    tail = _TAIL.match(text, end) if kind is EntityKind.AGENCY else None
    if tail and (longer := run_after(text, tail.end())) > tail.end():
        end = longer
    yield Pattern(start, end, kind)


_OF_A_YEAR = re.compile(r",? (?:of )?(?:19|20)\d\d\b")


def _is_spoken_of(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 4) : start].casefold() == "the " or bool(_OF_A_YEAR.match(text, end))


_AMBIGUOUS_HEADS = frozenset(("Law", "Code", "Bill", "Court", "Committee", "Senate", "Assembly"))


def _kind_of(head: str, words: list[str]) -> EntityKind | None:
    """The kind a head word gives together with the words before it."""
    kind, _ = wording().head_rules[head]
    if head in ("Committee", "Subcommittee") and words[0] in _CHAMBER_NAMES:
        return EntityKind.LEGISLATURE
    if kind is not EntityKind.GOVERNMENT:
        return kind
    if head == "administration":
        return kind if len(words) == 1 and words[0] not in ("U.S.", "US") else None
    return EntityKind.AGENCY if len(words) > 1 or words[0] in _OFFICES else kind


# --- names that begin with a telling word ------------------------------------------------------------------------

_PREFIXED = re.compile(r"(?:U\.S\.|US|United States|(?<!White )House|Senate|(?:House|Senate) Select|Joint) \Z")


def _after_stem(text: str, match: re.Match[str]) -> Iterator[Pattern]:
    end = run_after(text, match.end())
    kind = wording().stem_kinds[match["stem"]]
    if end == match.end():
        return
    prefix = _PREFIXED.search(text, max(0, match.start() - 20), match.start())
    yield Pattern(prefix.start() if prefix else match.start(), end, kind)


# --- cases -------------------------------------------------------------------------------------------------------

_VERSUS = re.compile(r" vs?\.? (?=[A-Z])")


def _case(text: str, match: re.Match[str]) -> Iterator[Pattern]:
    start, end = run_before(text, match.start()), run_after(text, match.end())
    if start < match.start() and end > match.end():
        yield Pattern(start, end, EntityKind.CASE, text[start:end].replace(" vs. ", " v. ").replace(" vs ", " v. "))
