"""The gold itself is checked: it is well formed, stands in the articles, and its calendar adds up."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from kb.model import Status
from kb.ontology import load_ontology
from kb.timevalue import Interval, Precision
from tests.golden.gold import (
    ARTICLES,
    EXPECTED,
    GoldEvent,
    Quoted,
    Story,
    every_event,
    expected_paths,
    find_unique,
    load_expected,
    load_stories,
    place,
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DAY_AND_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}}) {MONTH}|\b{MONTH.replace('month', 'month2')} (?P<day2>\d{{1,2}})(?!\d)"
)
MONTH_NAME = re.compile(rf"\b{MONTH}")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
DAYS_AGO = {"yesterday": 1, "last night": 1, "today": 0, "this morning": 0}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

GOLD = [pytest.param(path, id=path.stem) for path in expected_paths()]


def test_every_article_has_its_gold():
    assert {load_expected(path).file for path in expected_paths()} == {path.name for path in ARTICLES.iterdir()}


@pytest.mark.parametrize("path", GOLD)
def test_an_article_is_read_with_the_title_and_day_of_its_gold(path, articles):
    expected = load_expected(path)
    assert articles[expected.title].published == expected.published


@pytest.mark.parametrize("path", GOLD)
def test_quotes_stand_once_in_the_article_and_hold_trigger_and_time(path, articles):
    expected = load_expected(path)
    article = articles[expected.title]
    for event in expected.events:
        place(article, event)
        assert event.time in event.quote
    for quote in expected.none:
        find_unique(article, quote)
    assert [entity.name for entity in expected.entities if entity.name.casefold() not in article.text.casefold()] == []


@pytest.mark.parametrize("path", GOLD)
def test_the_gold_of_an_article_is_rich_enough_to_mean_something(path):
    expected = load_expected(path)
    must, entities, none = (3, 4, 1) if path.stem.startswith("brief-") else (5, 8, 3)
    assert sum(event.must for event in expected.events) >= must
    assert len(expected.entities) >= entities
    assert len(expected.none) >= none


@pytest.mark.parametrize("path", GOLD)
def test_every_name_of_an_entity_stands_in_the_article(path, articles):
    expected = load_expected(path)
    text = articles[expected.title].text.casefold()
    names = [name for entity in expected.entities for name in entity.names]
    assert [name for name in names if name.casefold() not in text] == []


@pytest.mark.parametrize("story", [pytest.param(story, id=story.story) for story in load_stories()])
def test_a_story_quotes_its_own_articles_and_knows_nothing_early(story, articles):
    published = {stem: load_expected(EXPECTED / f"{stem}.yaml").published for stem in story.articles}
    assert list(published.values()) == sorted(published.values())
    for quoted in _quotations(story):
        find_unique(articles[load_expected(EXPECTED / f"{quoted.article}.yaml").title], quoted.quote)
    assert {stem for copies in story.copies for stem in copies} <= published.keys()
    told = {event.event for stem in story.articles for event in load_expected(EXPECTED / f"{stem}.yaml").events}
    for ledger in story.deadlines:
        assert ledger.event in told
        known = [change.known_on for change in ledger.chain]
        assert known == sorted(known)
        assert known == [published[change.article] for change in ledger.chain]


def _quotations(story: Story) -> list[Quoted]:
    steps = [change for ledger in story.deadlines for change in ledger.chain]
    return [*steps, *(quoted for conflict in story.conflicts for quoted in (conflict.one, conflict.other))]


def test_the_briefs_tell_events_of_every_type_and_status():
    briefs = [event for path, event in every_event() if path.stem.startswith("brief-")]
    types = Counter(event.type for event in briefs)
    assert [name for name in load_ontology().types if types[name] < 2] == []
    assert {event.status for event in briefs} == set(Status)


def test_every_second_brief_is_held_back():
    briefs = [load_expected(path) for path in expected_paths() if path.stem.startswith("brief-")]
    assert [brief.held_back for brief in briefs] == [bool(number % 2) for number in range(len(briefs))]


def test_types_are_those_of_the_ontology():
    assert {event.type for _, event in every_event()} <= load_ontology().types.keys()


@pytest.mark.parametrize("path", GOLD)
def test_days_agree_with_the_words_of_the_time(path):
    expected = load_expected(path)
    disagreements = [
        (event.quote, check.__name__)
        for event in expected.events
        for check in (_weekday, _day_and_month, _month, _year, _day_word, _season)
        if not check(event, expected.published)
    ]
    assert disagreements == []


@pytest.mark.parametrize("path", GOLD)
def test_the_span_is_as_long_as_its_precision_says(path):
    assert [event.quote for event in load_expected(path).events if event.interval != _span(event)] == []


@pytest.mark.parametrize("path", GOLD)
def test_what_occurred_is_past_and_what_is_scheduled_is_not(path):
    expected = load_expected(path)
    ahead = [event for event in expected.events if event.first_day > expected.published]
    behind = [event for event in expected.events if event.last_day < expected.published]
    assert [event.quote for event in ahead if event.status is Status.OCCURRED] == []
    assert [event.quote for event in behind if event.status is Status.SCHEDULED] == []


def test_a_wrong_weekday_would_be_noticed():
    event = load_expected(expected_paths()[0]).events[0]
    monday = event.model_copy(update={"time": "Monday", "first_day": date(2024, 5, 7)})
    assert not _weekday(monday, date(2024, 5, 8))


def _span(event: GoldEvent) -> Interval:
    """The days that the precision allows; a range may be of any length."""
    first = event.first_day
    spans = {
        Precision.DAY: Interval.day(first),
        Precision.WEEK: Interval.week(first),
        Precision.MONTH: Interval.month(first.year, first.month),
        Precision.QUARTER: Interval.quarter(first.year, (first.month + 2) // 3),
        Precision.SEASON: Interval.months(first.year, first.month, 3),
        Precision.YEAR: Interval.year(first.year),
    }
    return spans.get(event.precision, event.interval)


def _weekday(event: GoldEvent, published: date) -> bool:
    """A weekday is that day of the week; one without a date lies within eight days of the publication."""
    named = [day for day in WEEKDAYS if day in event.time]
    near = re.search(r"\d", event.time) or abs((event.first_day - published).days) <= 8
    return not named or (WEEKDAYS[event.first_day.weekday()] == named[0] and bool(near))


def _day_and_month(event: GoldEvent, published: date) -> bool:
    """A day of a month is the first or the last day of the span."""
    ends = {(day.day, day.month) for day in (event.first_day, event.last_day)}
    return all(
        (int(m["day"] or m["day2"]), MONTHS.index(m["month"] or m["month2"]) + 1) in ends
        for m in DAY_AND_MONTH.finditer(event.time)
    )


def _month(event: GoldEvent, published: date) -> bool:
    """The first month named holds the first day of the span."""
    named = MONTH_NAME.search(event.time)
    return named is None or MONTHS.index(named["month"]) + 1 == event.first_day.month


def _year(event: GoldEvent, published: date) -> bool:
    """A year named holds the first day; a month without one lies within a year of the publication or is anchored."""
    return all(int(year) == event.first_day.year for year in YEAR.findall(event.time))


def _day_word(event: GoldEvent, published: date) -> bool:
    """Yesterday is the day before the publication."""
    ago = DAYS_AGO.get(event.time.lower())
    return ago is None or event.first_day == published - timedelta(days=ago)


def _season(event: GoldEvent, published: date) -> bool:
    """Seasons are meteorological."""
    named = [month for season, month in SEASONS.items() if season in event.time]
    return event.precision is not Precision.SEASON or named == [event.first_day.month]
