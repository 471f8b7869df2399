"""The day that an article tells once, lent to where it tells of the event again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ingest.extract.retold import told_elsewhere
from kb.model import Actor, Article, Claim, Span, Status, When
from kb.timevalue import Basis, Interval, Precision

HEADLINE = "Texas judge strikes down ban on noncompetes"
TEXT = f"{HEADLINE}\n\nA judge in Texas threw out the ban on Tuesday. " + "The court ruled again on the ban. " * 30
ARTICLE = Article("a1", TEXT, title=HEADLINE, published=date(2024, 8, 21))


def claim(trigger: str, title: str, day: date | None = None, **changes: object) -> Claim:
    start = TEXT.index(trigger)
    when = None
    if day is not None:
        span = Span(TEXT.index("Tuesday"), TEXT.index("Tuesday") + 7, "Tuesday")
        when = When(span, Interval.days(day, day), Precision.DAY, Basis.RELATIVE)
    base = Claim(
        id=f"{trigger}-{start}",
        type="court_ruling",
        status=Status.OCCURRED,
        title=title,
        trigger=Span(start, start + len(trigger), trigger),
        sentence=Span(start, start + len(trigger), trigger),
        when=when,
        actors=(),
        attributed_to=None,
        confidence=0.5,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


THREW = claim("threw", "Judge in Texas throws out ban", date(2024, 8, 20))
STRIKES = claim("strikes", "Texas judge strikes down ban")
RULED = claim("ruled", "Court ruled on ban", date(2024, 8, 20))
RULING = replace(claim("court", "Ruling on ban"), trigger=Span(200, 206, "ruling"))


def days(*claims: Claim, article: Article = ARTICLE) -> list[str | None]:
    told = told_elsewhere(claims, article, "v1")
    return [one.when.interval.first_day if one.when else None for one in told]


def test_a_headline_has_the_day_of_what_the_opening_tells() -> None:
    assert days(STRIKES, THREW) == ["2024-08-20", "2024-08-20"]


def test_it_says_that_the_day_was_taken_from_elsewhere_and_has_another_id() -> None:
    (headline, lead) = told_elsewhere([STRIKES, THREW], ARTICLE, "v1")
    assert headline.when is not None
    assert lead.when is not None
    assert (headline.when.basis, headline.when.span) == (Basis.CONTEXT, lead.when.span)
    assert headline.id != STRIKES.id


@pytest.mark.parametrize(
    ("headline", "lead"),
    [
        pytest.param(replace(STRIKES, type="deal"), THREW, id="another type"),
        pytest.param(
            replace(STRIKES, title="Texas strikes"), replace(THREW, title="Judge throws it out"), id="other words"
        ),
        pytest.param(replace(STRIKES, status=Status.PROPOSED), THREW, id="only planned"),
        pytest.param(STRIKES, claim("threw", "Judge in Texas throws out ban", date(2024, 3, 1)), id="long ago"),
        pytest.param(claim("again", "Texas judge strikes down ban"), THREW, id="no headline"),
    ],
)
def test_what_is_not_the_news_lends_no_day(headline: Claim, lead: Claim) -> None:
    assert days(headline, lead)[0] is None


def test_a_noun_tells_again_of_what_the_verb_tells() -> None:
    assert days(RULED, RULING)[1] == "2024-08-20"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(RULED, replace(RULING, title="Ruling on tariffs"), id="other words"),
        pytest.param(replace(RULED, type="statement"), replace(RULING, type="statement"), id="of a type told often"),
        pytest.param(
            replace(RULED, actors=(Actor("court", "e-one", "One"),)),
            replace(RULING, actors=(Actor("court", "e-other", "Other"),)),
            id="another court",
        ),
    ],
)
def test_what_may_be_another_event_is_lent_no_day(one: Claim, other: Claim) -> None:
    assert days(one, other)[1] is None


def test_the_same_actor_and_word_are_enough() -> None:
    said = {"type": "statement", "actors": (Actor("speaker", "e-one", "One"),)}
    assert days(replace(RULED, **said), replace(RULING, **said))[1] == "2024-08-20"  # type: ignore[arg-type]


def test_no_day_is_lent_where_two_would_fit() -> None:
    second = claim("ruled", "Court ruled on ban", date(2024, 8, 1))
    assert days(RULED, second, RULING)[2] is None


def test_a_year_is_lent_to_no_second_telling() -> None:
    assert RULED.when is not None
    year = replace(RULED.when, interval=Interval.days(date(2024, 1, 1), date(2024, 12, 31)), precision=Precision.YEAR)
    judge = (Actor("court", "e1", "Ada Brown"),)
    told = [replace(RULED, when=year, actors=judge), replace(RULING, actors=judge)]
    assert days(*told) == ["2024-01-01", None]
