"""Where claims are filed, and who finds them there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.fold import Files, ReportedClaim, finds, postings
from kb.model import Status

RULING = ReportedClaim(
    id="c1",
    type="court_ruling",
    status=Status.OCCURRED,
    title="Court upholds law",
    first_day="2025-01-31",
    last_day="2025-01-31",
    precision="day",
    actors=(("court", "e-court"), ("law", "e-law")),
    source="s1",
    published="2025-02-02",
    confidence=0.8,
    article="a1",
    origin="a1",
    trigger="upheld",
    quote="The court upheld the law on Friday.",
    names=("e-court", "e-law"),
    topics=("e-app", "e-law"),
)


def on(first: str, last: str, precision: str = "day") -> ReportedClaim:
    """The ruling as another article has it, of other days."""
    return replace(RULING, id="c2", article="a2", origin="a2", first_day=first, last_day=last, precision=precision)


@pytest.mark.parametrize(
    ("first", "last", "precision", "found"),
    [
        ("2025-01-31", "2025-01-31", "day", True),
        ("2025-02-01", "2025-02-01", "day", True),
        ("2025-02-02", "2025-02-02", "day", False),
        ("2025-01-30", "2025-01-30", "day", True),
        ("2025-01-01", "2025-01-31", "month", True),
        ("2025-02-01", "2025-02-28", "month", False),
        ("2025-01-27", "2025-02-02", "week", True),
        ("2025-01-20", "2025-01-26", "week", True),
        ("2024-01-31", "2024-01-31", "day", False),
    ],
    ids=[
        "the same day",
        "a day off, in the next month",
        "two days off",
        "a day before",
        "the month that holds it",
        "the next month",
        "a week of two months that holds it",
        "another week of its month: all of that is looked at",
        "that day of another year",
    ],
)
def test_what_happened_on_a_day_is_found_from_there_and_by_spans_that_hold_it(
    first: str, last: str, precision: str, found: bool
) -> None:
    other = on(first, last, precision)
    assert (list(Files.of([RULING]).near(other)) == [RULING]) is found


def test_what_happened_on_a_day_is_filed_once_for_each_thing_that_it_is_about() -> None:
    long = replace(RULING, profile=tuple(f"e-{number}" for number in range(12)))
    dated = [posting for posting in postings(long) if posting.day]
    assert sorted(key for key, _ in dated) == ["e-app|in 2025-01", "e-court|in 2025-01", "e-law|in 2025-01"]
    assert {day for _, day in dated} == {RULING.first_day}
    others = {key.partition("|")[0] for key, day in postings(long) if not day and RULING.first_day in key}
    assert others.isdisjoint({"e-app", "e-court", "e-law"})


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        pytest.param({}, True, id="a word for the same"),
        pytest.param({"first_day": "2025-02-01", "last_day": "2025-02-01"}, False, id="another day"),
        pytest.param({"title": "Quake strikes", "trigger": "quake"}, False, id="another happening"),
        pytest.param({"profile": tuple(f"e-{number}" for number in range(9))}, False, id="an article of many things"),
    ],
)
def test_short_texts_find_the_disaster_of_a_day_by_what_its_word_means(changes: dict[str, object], found: bool) -> None:
    nobody = {"type": "disaster", "actors": (), "names": (), "topics": ()}
    one = replace(RULING, title="Bridge falls", trigger="fell", **nobody)  # type: ignore[arg-type]
    told = {"id": "c2", "article": "a2", "title": "Viaduct collapses", "trigger": "collapsed", **nobody, **changes}
    assert finds(one, replace(one, **told)) is found  # type: ignore[arg-type]


@pytest.mark.parametrize(("published", "found"), [("2025-02-20", True), ("2025-06-20", False)])
def test_what_moved_a_deadline_after_new_year_is_found_by_the_day_that_it_was_due_before(
    published: str, found: bool
) -> None:
    due = replace(RULING, type="deadline", status=Status.SCHEDULED, trigger="file", quote="They must file by Dec. 19.",
                  first_day="2024-12-19", last_day="2024-12-19", published="2024-10-01")  # fmt: skip
    moved = replace(due, id="c2", article="a2", origin="a2", first_day="2025-09-01", last_day="2025-09-01",
                    published=published, quote="They have three more months to file.")  # fmt: skip
    assert (finds(due, moved) or finds(moved, due)) is found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        pytest.param({}, True, id="what its article is about"),
        pytest.param({"type": "statement", "title": "Minister speaks"}, False, id="of what there are many"),
        pytest.param({"first_day": "2025-01-30", "last_day": "2025-01-30", "precision": "day"}, False, id="on a day"),
    ],
)
def test_a_rare_event_of_a_month_is_found_by_all_that_its_article_names(changes: dict[str, str], found: bool) -> None:
    vague = on("2025-01-01", "2025-01-31", "month")
    vague = replace(vague, actors=(), names=(), topics=("e-judge",), profile=("e-judge", "e-law"), **changes)  # type: ignore[arg-type]
    assert finds(vague, RULING) is found
    assert finds(RULING, vague) is found


def test_a_deadline_of_a_short_text_is_found_on_another_day_by_all_that_it_names() -> None:
    due = replace(
        RULING, type="deadline", status=Status.SCHEDULED, title="Drillers must cap wells", trigger="cap", actors=(),
        names=(), topics=("e-wells",), profile=("e-bureau", "e-wells"), quote="Drillers must cap wells by January 31.",
    )  # fmt: skip
    moved = replace(
        due, id="c2", article="a2", first_day="2025-08-01", last_day="2025-08-01", topics=("e-summer",),
        profile=("e-bureau", "e-summer"), quote="Drillers now have until August 1 to cap them.", published="2025-02-23",
    )  # fmt: skip
    assert finds(moved, due)
    elsewhere = replace(moved, profile=("e-summer",))
    assert not finds(elsewhere, due)
