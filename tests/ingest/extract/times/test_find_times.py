"""The temporal tagger on whole texts: the table of expressions.yaml, what is no time, checks, and hostile input."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ingest.extract.times import find_times
from kb.model import TimeMention
from kb.timevalue import Offset, TimexType
from tests.sheets import read_sheet

TABLE = read_sheet(Path(__file__).with_name("expressions.yaml"))
ROWS = [(group, *row) for group, rows in TABLE.items() for row in rows]
PUBLISHED = date(2025, 1, 15)
Parse = Callable[..., Doc]


def days_of(mention: TimeMention) -> str | None:
    interval = mention.time.interval
    if interval is None:
        return None
    return interval.first_day if interval.length == 1 else f"{interval.first_day}..{interval.last_day}"


def one(mentions: tuple[TimeMention, ...], text: str) -> TimeMention:
    return next(m for m in mentions if m.span.text == text)


def test_the_table_is_large_enough() -> None:
    assert len(ROWS) >= 250


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}: {row[2]}" for row in ROWS])
def test_expression_has_the_gold_extent_value_and_days(row: tuple[str, date, str, str], parse: Parse) -> None:
    _, published, marked, value, *days = row
    start, end = marked.index("["), marked.index("]") - 1
    mentions = find_times(parse(marked.replace("[", "").replace("]", "")), published)
    found = {(m.span.start, m.span.end): (m.time.value, days_of(m)) for m in mentions}
    assert found.get((start, end)) == (value, days[0] if days else None), found


@pytest.mark.parametrize(
    "text",
    [
        "He may resign if they march on the town.",
        "The Sunday Times reported it.",
        "They watched Saturday Night Live together.",
        "He read 1984 by George Orwell again.",
        "It costs $2024 at least.",
        "About 2,024 people came.",
        "Call 202-555-0199 or 555-2010.",
        "It is docket No. 24-656, under Section 230.",
        "Regulation (EU) 2024/1689 applies, and so does Directive 2019/790.",
        "The price rose to $19.99 from $1,999.",
        "The score was 3-2, and 12/15 tests passed.",
        "See Rule 1990 and page 2015.",
        "Prices will fall and spring back.",
        "A second group was chosen.",
        "The strikes could last.",
        "Version 10.12.3 of the app is out.",
        "British Prime Minister Theresa May spoke. Critics of the May plan, and what May said, were not heard.",
        "Traders attributed the fall to rain.",
        "After the fall of the wall many left.",
        "Officials thought that May would carry the letter.",
        "Envoys quoted the Good Friday accord.",
        "The shop had quite the day.",
        "Read more: The day Roe was ousted.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str, parse: Parse) -> None:
    assert [m.span.text for m in find_times(parse(text), PUBLISHED) if m.time.interval or m.time.type == "DATE"] == []


@pytest.mark.parametrize(
    "text", ["for 90 days", "weekly", "aged 54 years", "every Tuesday", "two hours", "33 years with GM"]
)
def test_durations_frequencies_and_ages_are_no_dates(text: str, parse: Parse) -> None:
    assert all(m.time.interval is None for m in find_times(parse(f"It went on {text}."), PUBLISHED))


@pytest.mark.parametrize(
    "text",
    [
        "It was sold yesterday.",
        "It was sold on Friday.",
        "It was sold last year.",
        "It was sold on May 3.",
        "It was sold two years ago.",
        "It must report within 60 days of the date of this order.",
        "It was sold later this year.",
        "It was sold that week.",
    ],
)
def test_without_a_publication_day_relative_times_stay_unresolved(text: str, parse: Parse) -> None:
    (mention,) = find_times(parse(text), None)
    assert mention.time.interval is None
    assert mention.time.unresolved


def test_without_a_publication_day_full_dates_and_their_followers_resolve(parse: Parse) -> None:
    mentions = find_times(parse("It was sold on May 3, 2020. A week later it was closed."), None)
    assert [days_of(m) for m in mentions] == ["2020-05-03", "2020-05-10"]


def test_boilerplate_yields_nothing(parse: Parse) -> None:
    text = "He left on Monday.\nRelated: what happened in 2020\nHe came back on Tuesday."
    start = text.index("Related")
    mentions = find_times(parse(text, ((start, text.index("He came")),)), PUBLISHED)
    assert [m.span.text for m in mentions] == ["Monday", "Tuesday"]


def test_dates_of_a_range_lie_inside_it(parse: Parse) -> None:
    mentions = find_times(parse("The work ran from 2009 to 2011."), PUBLISHED)
    assert [m.span.text for m in mentions] == ["from 2009 to 2011", "2009", "2011"]


def test_an_order_quoted_by_another_text_is_not_dated_by_it(parse: Parse) -> None:
    text = 'The agency must report "within 60 days of the date of this order," it said.'
    (mention,) = find_times(parse(text), PUBLISHED)
    assert mention.time.interval is None
    assert mention.time.unresolved


def test_a_quoted_order_is_dated_by_its_signing(parse: Parse) -> None:
    text = 'The order was signed on January 10, 2025. Reports are due "within 60 days of the date of this order."'
    mentions = find_times(parse(text), PUBLISHED)
    assert days_of(one(mentions, "within 60 days of the date of this order")) == "2025-03-11"


def test_a_legal_clock_keeps_anchor_and_offset(parse: Parse) -> None:
    (mention,) = find_times(parse("Within 60 days of the date of this order, he shall report."), date(2021, 1, 20))
    assert mention.time.offset == Offset(60, "D", "the date of this order", date(2021, 1, 20))
    assert mention.time.offset.due(date(2021, 1, 21)) == date(2021, 3, 22)


def test_a_nested_clock_stays_unresolved_with_its_anchor(parse: Parse) -> None:
    text = "Within 30 days of receipt of the recommendations, the Secretary shall act."
    (mention,) = find_times(parse(text), PUBLISHED)
    assert mention.time.type is TimexType.DURATION
    assert mention.time.offset
    assert mention.time.offset.amount == 30
    assert "receipt" in mention.time.offset.anchor
    assert "receipt" in (mention.time.unresolved or "")


@pytest.mark.parametrize(
    ("text", "expression", "flag"),
    [
        ("The court ruled on Tuesday, January 16, 2024.", "Tuesday, January 16, 2024", None),
        ("The court ruled on Tuesday, January 15, 2024.", "Tuesday, January 15, 2024", "weekday-mismatch"),
        ("The law took effect on March 3, 2024.", "March 3, 2024", None),
        ("The law took effect on March 3, 2025.", "March 3, 2025", "past-told-future"),
        ("The law will take effect on March 3, 2025.", "March 3, 2025", None),
        ("The law was scheduled to take effect on March 3, 2025.", "March 3, 2025", None),
        ("He signed it on April 24, 2024, and the 270 days ran out on January 19, 2025.", "270 days", None),
        ("He signed it on April 24, 2024, and the 270 days ran out on January 29, 2025.", "270 days", "sum-mismatch"),
        ("It is due 270 days after April 24, 2024, January 19, 2025.", "270 days after April 24, 2024", None),
        ("It is due 270 days after April 24, 2024, January 30, 2025.", "270 days after April 24, 2024", "sum-mismatch"),
    ],
)
def test_doubts_are_flagged_and_never_corrected(text: str, expression: str, flag: str | None, parse: Parse) -> None:
    mention = one(find_times(parse(text), PUBLISHED), expression)
    assert mention.time.flags == ((flag,) if flag else ())


@pytest.mark.parametrize(
    "expression",
    ["32 January 2024", "29 February 2023", "2023-02-30", "0/0/0000", "13/13/2024", "99/99/9999", "April 31, 2024"],
)
def test_impossible_dates_are_unresolved_with_a_reason(expression: str, parse: Parse) -> None:
    mention = one(find_times(parse(f"It was dated {expression}, they said."), PUBLISHED), expression)
    assert mention.time.interval is None
    assert mention.time.unresolved


def test_mixed_orders_leave_an_ambiguous_date_open(parse: Parse) -> None:
    text = "It came on 5 May 2024, and May 6, 2024, and on 3/4/2024."
    mention = one(find_times(parse(text), PUBLISHED), "3/4/2024")
    assert (mention.time.value, mention.time.interval) == ("2024-XX-XX", None)


@pytest.mark.parametrize("sign", ["\u200e", "\u200f", "\u00a0", "\u202f", "\u2009", "\u00ad", "\ufeff", "  "])
def test_odd_spaces_and_marks_do_not_hide_a_date(sign: str, parse: Parse) -> None:
    (mention,) = find_times(parse(f"He left on 5{sign} May{sign} 2024."), PUBLISHED)
    assert days_of(mention) == "2024-05-05"


@pytest.mark.parametrize("published", [date(1, 1, 1), date(9999, 12, 31), date(9998, 12, 31), date(2024, 2, 29)])
def test_a_publication_day_at_the_edge_of_the_calendar_raises_nothing(published: date, parse: Parse) -> None:
    text = (
        "He left yesterday, last week, last weekend, last year and two years ago, a century ago and a decade earlier; "
        "he returns tomorrow, next week, next year, in the next decade, 5000 years from now, later this year, Monday, "
        "on Feb. 29, by Christmas, at the end of the century, within 90 days of this order and next spring."
    )
    mentions = find_times(parse(text), published)
    assert len(mentions) > 15
    assert all(m.time.interval or m.time.unresolved or m.time.type != "DATE" for m in mentions)


WORDS = (
    "the a of in on by from to until between and last next this that first second third 1 2 19 31 32 2024 1999 0 9999 "
    "99999999999 January Feb. March may Friday Sun day days week months year years quarter decade century ago later "
    "earlier before after within end early mid late - – / . , : ' ’ \" ( ) $ % s th st a.m. pm Q3 H1 fiscal half "
    "two twenty hundred thousand several few every each twice now recently once soon Christmas Sundays nights dawn "
    "overnight New Year's Day 9/11 order date \n ended ending for since than eighties quarter o clock GMT year-ago "
    "part midyear recent coming same comparable ½ / 1988 \u200f \u00a0 T Z EST 🙂 ² ٣ ß İ"
).split(" ")


def test_ten_thousand_random_strings_raise_nothing() -> None:
    rng = random.Random(4)
    blank = spacy.blank("en")
    for number in range(10_000):
        joint = rng.choice(["", " ", " ", " "])
        text = joint.join(rng.choices(WORDS, k=rng.randint(1, 14)))
        published = rng.choice([None, PUBLISHED, date(1, 1, 1), date(9998, 12, 31)])
        mentions = find_times(blank.make_doc(text), published)
        assert all(text[m.span.start : m.span.end] == m.span.text for m in mentions), (number, text)
        assert [m.span for m in mentions] == sorted((m.span for m in mentions), key=lambda s: (s.start, -s.end))


def test_expressions_overlap_only_inside_a_range(parse: Parse) -> None:
    text = " ".join(marked.replace("[", "").replace("]", "") for _, _, marked, *_ in ROWS)
    mentions = find_times(parse(text), PUBLISHED)
    for first, second in pairwise(mentions):
        assert second.span.start >= first.span.end or second.span.end <= first.span.end


@pytest.mark.parametrize(
    "line",
    [
        "12 March 2024 7 May 1999 31 " * 36_000,
        "1 " * 500_000,
        "7" * 1_000_000,
        "March " * 166_000,
        "2024-01-19T10:30 " * 58_000,
    ],
    ids=["dates", "digits", "one number", "months", "stamps"],
)
def test_a_line_of_a_megabyte_takes_less_than_a_second(line: str) -> None:
    blank = spacy.blank("en")
    blank.max_length = 2_000_000
    doc = Doc(blank.vocab, words=[line])
    find_times(blank.make_doc("He left yesterday."), PUBLISHED)
    start = process_time()
    find_times(doc, PUBLISHED)
    assert process_time() - start < 1


@pytest.mark.parametrize(
    "unit",
    [
        "the end of ",
        "60 days after ",
        "twenty two thousand ",
        "' ",
        "1-",
        "May, ",
        "1 year and ",
        '"a ',
        "from 2009 to ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    blank = spacy.blank("en")

    def seconds(length: int) -> float:
        doc = blank.make_doc(unit * (length // len(unit)))
        start = process_time()
        find_times(doc, PUBLISHED)
        return process_time() - start

    seconds(1000)
    gc.disable()  # a collection over all that the other tests left would count as this one's time
    try:
        short, long = (min(seconds(length) for _ in range(3)) for length in (8_000, 40_000))
    finally:
        gc.enable()
    assert long < 12 * short + 0.2


def test_the_component_puts_times_on_the_document(nlp: Language) -> None:
    from ingest.nlp import times_component

    tagger = times_component.create_times(nlp, times_component.COMPONENT)
    doc = nlp("The court ruled on Monday.")
    assert tagger(doc)._.times[0].time.unresolved
    doc._.published = PUBLISHED
    assert [days_of(m) for m in tagger(doc)._.times] == ["2025-01-13"]
