"""The day on which a page says it was published: from the best place that states it, and how sure that is.

In this order: where the source's file says, the page's metadata (for a moment in UTC, the day it was where the address
says so), an element marked as the day of publication, the address, a byline beside the headline, and last what htmldate
finds, the only day that stands by itself, the only one that a label calls so; failing all these, when the page was last
changed. Days of other stories, of comments, of the site itself and of copyrights are left out, and no day is made up
for a month.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from ingest.inputs.head import find_published
from ingest.inputs.metadata import Statements
from ingest.inputs.moment import Moment, read_moment
from ingest.inputs.surroundings import all_but_others, story_part
from ingest.inputs.written_days import days_in
from kb.errors import TimeValueError
from kb.timevalue import make_day, parse_day

_STATED, _MARKED, _ADDRESSED, _BESIDE, _LOOSE, _LATER = 0.95, 0.9, 0.85, 0.8, 0.6, 0.5
_PUBLISHED = frozenset({"datepublished", "datecreated", "dc:issued", "dcterms:issued"})
_UPDATED = frozenset({"datemodified", "dcterms:modified"})
_PUBLISHED_CLASSES = frozenset({"published", "dt-published", "entry-date", "pubdate", "publish-date", "post-date"})
_UPDATED_CLASSES = frozenset({"updated", "dt-updated", "last-updated", "modified"})
_BLOCKS = frozenset(
    "address article aside blockquote body br dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul".split()
)
_FURTHEST_WEST, _FURTHEST_EAST = timedelta(hours=12), timedelta(hours=14)
"""How far from UTC clocks are on Earth."""
_FIRST_PAGES = date(1991, 8, 6)
"""The day of the first page: one that is older, below a picture of a treaty, is not that of publication."""
_LABEL = re.compile(
    r"(?:first |last )?(?:published|posted|updated|modified|date|release date|issued|filed)(?: on)?:?\Z", re.IGNORECASE
)
_IN_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([/_.-]?)(0[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\2"
    r"(0[1-9]|[12]\d|3[01])(?!\d)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]{1,9}\Z")
_THREE_WORDS = re.compile(r"[^\W_]{1,9}([-_.])[^\W_]{1,9}\1[^\W_]{4}\Z")
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LINES_BEFORE, _LINES_AFTER = 4, 8
_STATED_IN = "datetime content title data-datetime data-date data-time data-timestamp data-published data-utime".split()
"""Attributes in which an element states its day, the best first."""
_MARKS = frozenset({*_STATED_IN, "value"})
"""Attributes in which a day may stand."""
_CARD_WORDS = 8
"""A link with more words is the card of another story."""
_MOST_DAYS = 2
"""Different days of elements that are marked as the day of publication; of more, none is."""
_BYLINE_WORDS, _DAY_WORDS = 12, 5
"""Words of a line that may be a byline; of one that is a day and little else, and may end as a sentence does."""
_COPYRIGHT = re.compile(r"©|\bcopyright\b|\btoday is\b|\bphoto\b", re.IGNORECASE)
_OTHER_DAY = re.compile(
    r"\b(?:events?|hearings?|meetings?|conference|webinar|deadline|due|effective|expire[sd]?|until|open(?:s|ing)|"
    r"clos(?:es|ing)|begins?|starts?|ends?|applies|captured|printed|accessed|retrieved|born|died)\b",
    re.IGNORECASE,
)
"""Words of a line whose day is that of something else."""
_UPDATE = re.compile(r"\W*(?:(?:page |site )?last )?(?:updated|modified|revised|reviewed)\b|stand:", re.IGNORECASE)
_PUBLICATION = re.compile(
    r"\W*(?:(?:first |originally )?(?:published|posted|issued|released)|(?:release|publication|issue|posting) date"
    r"|date (?:published|posted|issued|of (?:publication|issue|release))|date"
    r"|veröffentlicht|erschienen|datum|publié|date de publication|publicado|pubblicato|gepubliceerd|publicerad"
    r"|opublikowano|опубликовано)\b",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"(?:this (?:entry|post|article|story|item|page|release) was (?:first |originally )?"
    r"(?:posted|published|written|issued|released)|dies(?:er|e) (?:artikel|beitrag|meldung) wurde"
    r"(?!.{0,60}(?:zuletzt|aktualisiert|geändert)))\b",
    re.IGNORECASE,
)
"""A sentence that says nothing but when the article was published, by whom and under which heading."""
_LABELLED_WORDS, _POSTED_REACH = 8, 80
"""Words of a label and its day, if they end as a sentence does; characters in which such a sentence says its day."""
_DAY_FIRST = frozenset({"uk", "au", "nz", "ie", "eu", "in", "za", "sg", "my", "de", "fr", "it", "es", "nl", "at", "ch"})
_MONTH_FIRST = frozenset({"gov", "mil", "us"})


@dataclass(frozen=True, slots=True)
class Dating:
    """When a page was published and changed, which place says so, and how sure that is; None for what is unknown."""

    published: Moment | None = None
    by: str | None = None
    sure: float | None = None
    updated: Moment | None = None


@dataclass(frozen=True, slots=True)
class DatePlace:
    """Where a person says that the day stands: CSS, and how it is written, as strptime knows it."""

    selector: str
    pattern: str


def date_page(
    tree: HtmlElement,
    said: Statements,
    *,
    url: str | None,
    latest: date,
    zone: ZoneInfo | None = None,
    place: DatePlace | None = None,
) -> Dating:
    """The dating of a page. A day after `latest` is taken only if the page states no other."""
    stated = as_addressed(said.published, url) if said.published and zone is None else said.published
    if stated and stated.day <= latest and place is None:
        return Dating(stated, "metadata", _STATED, said.updated)
    story = story_part(tree)
    day_first = _writes_day_first(tree, url)
    places: tuple[tuple[str, float, Callable[[], Moment | None]], ...] = (
        ("page", _MARKED, lambda: _at_place(tree, place)),
        ("metadata", _STATED, lambda: stated),
        ("page", _MARKED, lambda: _marked(story, _PUBLISHED, _PUBLISHED_CLASSES, zone)),
        ("address", _ADDRESSED, lambda: _in_address(url, day_first=day_first)),
        ("page", _BESIDE, lambda: _beside_headline(story)),
        ("page", _LOOSE, lambda: _found(story, latest, day_first=day_first)),
        ("page", _LOOSE, lambda: _alone(story, latest, day_first=day_first)),
        ("page", _LOOSE, lambda: _labelled(tree, latest, day_first=day_first)),
        ("update", _LATER, lambda: updated),
    )
    updated = said.updated or _marked(story, _UPDATED, _UPDATED_CLASSES, zone)
    updated = updated or _updated_line(story, latest, day_first=day_first)
    future = Dating(updated=updated)
    for by, sure, read in places:
        moment = read()
        if moment and moment.day <= latest:
            return Dating(moment, by, sure, updated)
        if moment and future.published is None:
            future = Dating(moment, by, sure, updated)
    return future


def as_addressed(stated: Moment, url: str | None) -> Moment:
    """A moment that is stated in UTC, on the day before or after if the address names that and it was so somewhere."""
    if stated.at is None or (moment := datetime.fromisoformat(stated.at)).utcoffset() != timedelta(0):
        return stated
    addressed = _in_address(url)
    there = {moment.date(), (moment - _FURTHEST_WEST).date(), (moment + _FURTHEST_EAST).date()}
    return replace(stated, day=addressed.day) if addressed and addressed.day in there else stated


def _at_place(tree: HtmlElement, place: DatePlace | None) -> Moment | None:
    if place is None:
        return None
    for element in tree.cssselect(place.selector):
        try:
            written = datetime.strptime(" ".join(element.text_content().split()), place.pattern)  # noqa: DTZ007
        except ValueError:
            continue
        return Moment(written.date())
    return None


def _marked(story: HtmlElement, names: frozenset[str], classes: frozenset[str], zone: ZoneInfo | None) -> Moment | None:
    """The day of an element that microdata, RDFa or a microformat marks, the nearest to the headline.

    Very many different days there are those of a list of other stories.
    """
    cards = {link for link in story.iter("a") if len(link.text_content().split()) > _CARD_WORDS}
    told = {
        element: moment
        for element in story.iter()
        if _has_mark(element, names, classes)
        and cards.isdisjoint(element.iterancestors("a"))
        and (moment := _told(element, zone))
    }
    near = _near_headline(story, list(told))
    days = {told[element].day for element in near}
    return told[near[0]] if near and len(days) <= _MOST_DAYS else None


def _has_mark(element: HtmlElement, names: frozenset[str], classes: frozenset[str]) -> bool:
    if not isinstance(element.tag, str) or element.tag == "meta":
        return False
    marks = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower().replace("schema:", "").split()
    if not names.isdisjoint(marks) or not classes.isdisjoint((element.get("class") or "").lower().split()):
        return True
    return element.tag == "time" and element.get("pubdate") is not None and names is _PUBLISHED


def _near_headline(story: HtmlElement, elements: list[HtmlElement]) -> list[HtmlElement]:
    """Those in the smallest part of the page that has the headline and one of them; all of them without a headline."""
    above = [{*element.iterancestors()} for element in elements]
    headline = next(story.iter("h1"), None)
    for part in headline.iterancestors() if headline is not None else ():
        if near := [element for element, parts in zip(elements, above, strict=True) if part in parts]:
            return near
    return elements


def _told(element: HtmlElement, zone: ZoneInfo | None) -> Moment | None:
    """The moment that an element states in an attribute, in one of an element in it, or in its text."""
    for inner in element.iter():
        for name in _STATED_IN:
            if moment := read_moment(inner.get(name), zone):
                return moment
    text = " ".join(element.text_content().split())
    days = list(days_in(text))
    return read_moment(text, zone) or (Moment(days[0]) if len(days) == 1 else None)


def _in_address(url: str | None, *, day_first: bool | None = None) -> Moment | None:
    """The day in an address such as /2025/01/17/story or /17-01-2025/story; a month alone is none."""
    path = urlsplit(url).path if url else ""
    match = _IN_ADDRESS.search(path)
    if match is None:
        days = [day for text in _years_last(path) for day in days_in(text, day_first=day_first)]
        return Moment(days[0]) if days else None
    month = match[3].lower()
    return _moment(int(match[1]), _MONTHS.index(month) + 1 if month in _MONTHS else int(month), int(match[4]))


def _years_last(path: str) -> Iterator[str]:
    """What may be a day that ends with its year: parts of an address that are nothing else, or three of them."""
    parts = [part.partition(".html")[0] for part in path.split("/")]
    yield from (part.replace("_", "-") for part in parts if _THREE_WORDS.match(part))
    for three in zip(parts, parts[1:], parts[2:], strict=False):
        if all(map(_WORD.match, three)):
            yield "-".join(three)


def _moment(year: int, month: int, day: int) -> Moment | None:
    try:
        return Moment(make_day(year, month, day))
    except TimeValueError:
        return None


def _beside_headline(story: HtmlElement) -> Moment | None:
    """The day in a byline or dateline below the headline, or just above it."""
    lines = list(_lines(story))
    at = next((number for number, (_, heading) in enumerate(lines) if heading), None)
    if at is None:
        return None
    story_begins = next((n for n in range(at + 1, len(lines)) if _is_paragraph(lines[n][0])), len(lines))
    texts = [text for text, _ in lines[: min(at + _LINES_AFTER, story_begins + 1)]]
    day = find_published("\n".join(texts[at:])) or find_published("\n".join(texts[max(0, at - _LINES_BEFORE) : at]))
    return Moment(day) if day else None


def _is_paragraph(line: str) -> bool:
    return len(line.split()) > _BYLINE_WORDS and line.endswith((".", "!", "?", '."', ".”", "…"))


def _lines(story: HtmlElement) -> Iterator[tuple[str, bool]]:
    """The lines of text as a reader sees them, and whether each is the headline; a label and its value are one."""
    label = ""
    for text, heading in _blocks(story):
        if _LABEL.match(text):
            label = f"{text} "
        else:
            yield label + text, heading
            label = ""


def _blocks(story: HtmlElement) -> Iterator[tuple[str, bool]]:
    words: list[str] = []
    headline = heading = False
    for event, element in iterwalk(story, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _BLOCKS and (line := " ".join(" ".join(words).split())):
            yield line, heading
            words, heading = [], False
        headline = event == "start" if element.tag == "h1" else headline
        text = element.text if event == "start" else element.tail
        if text and text.strip():
            words.append(text)
            heading = heading or headline
    if line := " ".join(" ".join(words).split()):
        yield line, heading


def _updated_line(story: HtmlElement, latest: date, *, day_first: bool | None) -> Moment | None:
    """The day in a line such as "Last updated: 20 January 2025"."""
    days = [
        day
        for text, _ in _lines(story)
        if (label := _UPDATE.match(text))
        for day in days_in(text[label.end() :], day_first=day_first)
    ]
    return next((Moment(day) for day in days if day <= latest), None)


def _alone(story: HtmlElement, latest: date, *, day_first: bool | None) -> Moment | None:
    """The only day that stands by itself in the story's part of the page, unless it is older than any page."""
    lines = (text for text in _lone_lines(story) if not _UPDATE.match(text))
    days = {day for text in lines for day in days_in(text, day_first=day_first)}
    return Moment(next(iter(days))) if len(days) == 1 and _FIRST_PAGES <= max(days) <= latest else None


def _labelled(tree: HtmlElement, latest: date, *, day_first: bool | None) -> Moment | None:
    """The only day that a label calls the day of publication, but of comments and other stories."""
    told = (_told_by_label(text) for text, _ in _lines(all_but_others(tree)))
    days = {day for text in told for day in days_in(text, day_first=day_first)}
    return Moment(next(iter(days))) if len(days) == 1 and max(days) <= latest else None


def _told_by_label(line: str) -> str:
    """What a line says after calling it the day of publication; '' if it does not."""
    if posted := _POSTED.match(line):
        return line[posted.end() : posted.end() + _POSTED_REACH]
    label = _PUBLICATION.match(line)
    whole = len(line.split()) <= _LABELLED_WORDS and not _OTHER_DAY.search(line) and not _COPYRIGHT.search(line)
    return line[label.end() :] if label and (whole or _stands_by_itself(line)) else ""


def _lone_lines(story: HtmlElement) -> Iterator[str]:
    """The lines that stand by themselves, the headline and what is below the heading of another thing left out."""
    for (above, _), (text, heading) in pairwise([("", False), *_lines(story)]):
        headed = len(above.split()) <= _DAY_WORDS and _OTHER_DAY.search(above)
        if not heading and not headed and _stands_by_itself(text):
            yield text


def _stands_by_itself(line: str) -> bool:
    """True for a line that is about as long as a byline, and no sentence, nor a claim of copyright."""
    words = line.split()
    if len(words) > _BYLINE_WORDS or _COPYRIGHT.search(line) or _OTHER_DAY.search(line):
        return False
    return len(words) <= _DAY_WORDS or not line.endswith((".", "!", "?", ":"))


def _found(story: HtmlElement, latest: date, *, day_first: bool | None) -> Moment | None:
    """What htmldate finds in the story's part of the page, if it stands there in full and by itself, and once only.

    htmldate makes up days for months, and takes days out of sentences.
    """
    from htmldate import find_date  # only pages without a stated day need it

    found = find_date(
        story, original_date=True, extensive_search=False, min_date="1995-01-01", max_date=latest.isoformat()
    )
    try:
        day = parse_day(found) if found else None
    except TimeValueError:
        return None
    if day is None:
        return None
    lines = _lone_lines(story)
    marks = (str(value) for element in story.iter() for name, value in element.attrib.items() if name in _MARKS)
    texts = {*lines, *marks}  # lists of a page say the same over and over
    written = {one for text in texts for one in days_in(text, day_first=day_first)}
    return next((Moment(one) for one in _readings(day) if one in written), None)


def _readings(day: date) -> Iterator[date]:
    """The day, and the other one that its numbers may mean."""
    yield day
    if day.day <= 12:
        yield date(day.year, day.day, day.month)


def _writes_day_first(tree: HtmlElement, url: str | None) -> bool | None:
    """How numbers are a date there: by the page's language ("en-GB"), else by the country of its address."""
    country = (tree.get("lang") or "").lower().replace("_", "-").partition("-")[2]
    host = urlsplit(url).hostname if url else None
    for where in filter(None, (country, (host or "").rpartition(".")[2])):
        if where in _DAY_FIRST | {"gb"}:
            return True
        if where in _MONTH_FIRST:
            return False
    return None
