"""The fold of claims into events."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.fold import Event, Files, ReportedClaim, Rulings, events_of, fold_events, thread_claims
from kb.fold.evidence import duties, evidence
from kb.fold.likeness import liken
from kb.fold.outline import Outlines, may_be_related, outline_of, unpacked
from kb.fold.packing import pack, unpack
from kb.fold.threads import related
from kb.fold.timing import Timing
from kb.model import Status
from kb.timevalue import Offset

RULING = ReportedClaim(
    id="c1",
    type="court_ruling",
    status=Status.OCCURRED,
    title="Court upholds law",
    first_day="2024-12-06",
    last_day="2024-12-06",
    precision="day",
    actors=(("court", "e-court"), ("law", "e-law")),
    source="s1",
    published="2024-12-07",
    confidence=0.8,
    article="a1",
    origin="a1",
    trigger="upheld",
    names=("e-court", "e-law"),
    topics=("e-app", "e-law"),
)


def another(number: int, **changes: object) -> ReportedClaim:
    """The ruling as another article has it."""
    own = {"id": f"c{number}", "article": f"a{number}", "origin": f"a{number}", "source": f"s{number}"}
    return replace(RULING, **{**own, **changes})  # type: ignore[arg-type]


def test_the_same_event_in_two_outlets_is_one_event_with_two_sources() -> None:
    (event,) = fold_events([RULING, another(2, published="2024-12-08", confidence=0.9, title="Law stands")])
    assert (event.sources, event.claims, event.title) == (2, ("c1", "c2"), "Law stands")
    assert (event.first_reported, event.last_reported) == ("2024-12-07", "2024-12-08")


def test_a_title_that_says_too_little_gives_way_to_one_that_says_more():
    thin = another(2, published="2024-12-08", confidence=0.99, title="It upholds law requiring sale")
    telling = another(3, published="2024-12-09", confidence=0.5, title="Appeals court upholds law requiring sale")
    (event,) = fold_events([RULING, thin, telling])
    assert event.title == "Appeals court upholds law requiring sale"


@pytest.mark.parametrize(
    "title",
    [
        "Court in the capital upholds it",
        "Judges of the court uphold that law",
        "Appeals court had upheld law",
        "New ruling of court comes out",
        "Ruling",
    ],
)
def test_an_event_is_called_by_a_title_that_says_it_all(title: str):
    better = another(3, published="2024-12-09", confidence=0.5, title="Appeals court upholds law requiring sale")
    (event,) = fold_events([another(2, published="2024-12-08", confidence=0.99, title=title), better])
    assert event.title == better.title


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="who and what"),
        pytest.param(
            {"first_day": "2024-12-01", "last_day": "2024-12-31", "precision": "month"}, id="and in what month"
        ),
    ],
)
def test_an_event_is_called_by_who_does_it_and_to_what(changes: dict[str, str]):
    bare = another(2, confidence=0.9, actors=(("court", "e-court"),), title="Court gives its long ruling")
    both = another(3, confidence=0.8, title="Appeals court upholds law requiring sale", **changes)
    (event,) = fold_events([bare, both])
    assert event.title == both.title


def test_an_event_of_which_all_titles_say_too_little_is_called_by_the_surest():
    (event,) = fold_events(
        [another(2, confidence=0.99, title="It upholds it"), another(3, confidence=0.5, title="Ruling")]
    )
    assert event.title == "It upholds it"


def test_what_took_place_is_not_called_by_a_plan_for_it() -> None:
    plan = another(
        2, status=Status.SCHEDULED, published="2024-12-01", confidence=0.95, title="Appeals court will rule on law"
    )
    told = another(3, confidence=0.5, title="Appeals court upholds law requiring sale")
    assert [event.title for event in fold_events([plan])] == [plan.title]
    assert [event.title for event in fold_events([plan, told])] == [told.title]


def test_the_event_says_why_its_claims_are_taken_for_one() -> None:
    (event,) = fold_events([RULING, another(2)])
    assert {"same actors", "same days (2024-12-06)", "same type (court_ruling)"} <= set(event.because)
    (alone,) = fold_events([RULING])
    assert alone.because == ()


@pytest.mark.parametrize(
    ("changes", "sources", "outlets"),
    [
        pytest.param({"source": "s1"}, 1, 1, id="one outlet twice"),
        pytest.param({"origin": "a1"}, 1, 2, id="a syndicated copy"),
        pytest.param({}, 2, 2, id="two outlets"),
    ],
)
def test_sources_are_independent_and_outlets_are_counted_beside(
    changes: dict[str, object], sources: int, outlets: int
) -> None:
    (event,) = fold_events([RULING, another(2, **changes)])
    assert (event.sources, event.outlets) == (sources, outlets)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"type": "court_hearing", "trigger": "heard", "title": "Court hears case"}, id="another type"),
        pytest.param({"first_day": "2024-12-01", "last_day": "2024-12-01"}, id="another day"),
        pytest.param({"actors": (("court", "e-other"),)}, id="another court"),
        pytest.param({"actors": (), "names": (), "topics": (), "title": "It does"}, id="nothing known in common"),
    ],
)
def test_events_that_differ_stay_apart(changes: dict[str, object]) -> None:
    assert len(fold_events([RULING, another(2, **changes)])) == 2


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"title": "Judges back law", "trigger": "backed"}, id="other words, same court"),
        pytest.param({"actors": (), "names": (), "title": "Panel upholds statute"}, id="same story and word"),
        pytest.param(
            {"first_day": "2024-12-01", "last_day": "2024-12-31", "precision": "month"}, id="a month holds the day"
        ),
        pytest.param({"type": "other"}, id="a type that says nothing, in the same words"),
        pytest.param({"first_day": "2024-12-05", "last_day": "2024-12-05"}, id="a day that one of them got wrong"),
    ],
)
def test_one_event_told_otherwise_is_one_event(changes: dict[str, object]) -> None:
    assert len(fold_events([RULING, another(2, **changes)])) == 1


@pytest.mark.parametrize(
    ("told", "events"),
    [
        pytest.param({"title": "Company asks court for stay", "trigger": "asks"}, 2, id="no word says the same"),
        pytest.param({"title": "Court decides on law", "trigger": "decides"}, 1, id="a word for the same"),
    ],
)
def test_reports_of_two_types_are_one_event_only_where_a_word_says_the_same(told: dict[str, str], events: int) -> None:
    story = tuple(f"e-{number}" for number in range(12))
    ruling = replace(RULING, title="Court rules on law", trigger="rules", quote="The court rules on it.", profile=story)
    other = replace(ruling, id="c2", article="a2", origin="a2", source="s2", type="court_filing", **told)  # type: ignore[arg-type]
    assert len(fold_events([ruling, other])) == events


@pytest.mark.parametrize(
    ("told", "events"),
    [
        pytest.param({"title": "Mosque in town collapses", "trigger": "collapsed"}, 2, id="a part of what happened"),
        pytest.param({"title": "Tremor rattles town", "trigger": "rattled"}, 1, id="a word for the same"),
    ],
)
def test_parts_of_one_disaster_stay_apart_unless_a_word_says_the_same(told: dict[str, str], events: int) -> None:
    quake = another(1, type="disaster", title="Quake hits town", trigger="hit", profile=("e-town", "word:=earthquake"))
    assert len(fold_events([quake, replace(quake, id="c2", article="a2", origin="a2", **told)])) == events  # type: ignore[arg-type]


def test_a_month_brings_no_two_days_together() -> None:
    month = another(2, first_day="2024-12-01", last_day="2024-12-31", precision="month")
    second = another(3, first_day="2024-12-13", last_day="2024-12-13")
    events = fold_events([RULING, month, second])
    assert [event.claims for event in events] == [("c2",), ("c1",), ("c3",)]


def test_a_month_is_the_day_that_is_told_of_most() -> None:
    month = another(9, first_day="2024-12-01", last_day="2024-12-31", precision="month")
    often = [another(n) for n in range(2, 8)]
    second = another(8, first_day="2024-12-13", last_day="2024-12-13")
    assert [len(event.claims) for event in fold_events([RULING, *often, month, second])] == [8, 1]


def test_two_days_that_reports_give_for_one_event_do_not_make_a_month_doubtful() -> None:
    month = another(3, first_day="2024-12-01", last_day="2024-12-31", precision="month", actors=())
    day_after = another(2, first_day="2024-12-07", last_day="2024-12-07", published="2024-12-08")
    assert len(fold_events([RULING, day_after, month])) == 1
    others = replace(day_after, first_day="2024-12-17", last_day="2024-12-17", published="2024-12-18")
    assert len(fold_events([RULING, others, month])) == 3


def test_a_season_is_of_the_few_days_told_in_it_if_one_hearing_alone_fits() -> None:
    story = ("e-app", "e-law", *(f"e-{number}" for number in range(8)))
    heard = {"type": "court_hearing", "trigger": "heard", "title": "Court hears case", "actors": (), "profile": story}
    season = another(1, **heard, first_day="2024-09-01", last_day="2024-11-30", precision="season")
    days = another(2, **heard, first_day="2024-10-31", last_day="2024-11-02", precision="range")
    assert len(fold_events([season, replace(days, trigger="argued", title="Case is argued")])) == 1
    again = another(3, **heard, first_day="2024-09-10", last_day="2024-09-12", precision="range")
    assert len(fold_events([season, replace(days, trigger="argued"), replace(again, trigger="argued")])) == 3


def test_the_most_exact_day_told_is_the_event_s() -> None:
    month = another(2, first_day="2024-12-01", last_day="2024-12-31", precision="month", published="2024-12-20")
    (event,) = fold_events([RULING, month])
    assert (event.first_day, event.last_day, event.precision) == ("2024-12-06", "2024-12-06", "day")


def told(numbers: Iterable[int], word: str, title: str, *days: str) -> list[ReportedClaim]:
    """The ruling as some articles have it by one word, on these days in turn."""
    when = zip(numbers, days, strict=True)
    said = {"trigger": word, "title": title, "quote": f"The court {word} on the law that many had spoken of."}
    return [another(n, id=f"{word}{n}", first_day=day, last_day=day, **said) for n, day in when]


SIXTH = RULING.first_day


@pytest.mark.parametrize(
    ("ones", "others", "events"),
    [
        pytest.param(([1, 2], SIXTH, SIXTH), ([1, 3], SIXTH, SIXTH), 2, id="few reports"),
        pytest.param(([1, 2, 3], SIXTH, SIXTH, SIXTH), ([1, 4, 5], SIXTH, SIXTH, SIXTH), 1, id="many reports"),
        pytest.param(
            ([1, 2, 3], SIXTH, SIXTH, SIXTH), ([1, 2, 3], SIXTH, SIXTH, SIXTH), 2, id="as many tell of both as of two"
        ),
        pytest.param(
            ([1, 2, 3], SIXTH, SIXTH, "2024-12-07"), ([4, 5, 6], SIXTH, SIXTH, "2024-12-05"), 1, id="a stray day each"
        ),
        pytest.param(
            ([1, 2], SIXTH, "2024-12-07"), ([4, 5], SIXTH, "2024-12-05"), 2, id="as many stray days as reports"
        ),
    ],
)  # fmt: skip
def test_many_reports_of_one_day_outweigh_an_article_that_tells_of_two(
    ones: tuple[list[int], *tuple[str, ...]], others: tuple[list[int], *tuple[str, ...]], events: int
) -> None:
    claims = [*told(ones[0], "upheld", "Court upholds law", *ones[1:])]
    claims += told(others[0], "spoke", "Court speaks on law", *others[1:])
    assert len(fold_events(claims)) == events
    assert len(fold_events(claims[::-1])) == events


def test_many_statements_of_one_day_do_not_outweigh_it() -> None:
    said = [replace(claim, type="statement", actors=(("speaker", "e-court"),)) for claim in (
        *told([1, 2, 3], "spoke", "Court speaks of law", *[SIXTH] * 3),
        *told([1, 4, 5], "warned", "Court warns of law", *[SIXTH] * 3),
    )]  # fmt: skip
    assert len(fold_events(said)) > 1


ARREST = replace(
    RULING,
    type="enforcement_action",
    title="Four men were arrested in raids",
    trigger="arrested",
    actors=(),
    names=(),
    profile=("e-force", "e-harbour", "e-port", "e-raid"),
)


@pytest.mark.parametrize(
    ("days", "title", "events"),
    [
        pytest.param(("2024-12-01", "2024-12-31"), "Police arrest dozens", 2, id="a month, nothing said alike"),
        pytest.param(("2024-12-01", "2024-12-31"), "Dozens of men arrested", 1, id="a month, one word"),
        pytest.param(("2024-01-01", "2024-12-31"), "Dozens of men arrested", 2, id="a year, one word"),
        pytest.param(("2024-01-01", "2024-12-31"), "Dozens of men arrested after raids", 1, id="a year, two words"),
    ],
)
def test_a_longer_time_needs_like_words_where_nobody_has_a_part(days: tuple[str, str], title: str, events: int) -> None:
    quote = "They were arrested after a tip by neighbours in the harbour quarter."
    other = replace(ARREST, id="c2", article="a2", origin="a2", source="s2", title=title, quote=quote)
    other = replace(other, first_day=days[0], last_day=days[1], precision="month")
    assert len(fold_events([replace(ARREST, quote=quote + " All are well."), other])) == events


@pytest.mark.parametrize(
    ("alike", "actors", "events"),
    [
        pytest.param(9, (), 1, id="one story"),
        pytest.param(1, (), 2, id="hardly one story"),
        pytest.param(1, (("authority", "e-force"),), 1, id="hardly one story, the same party"),
    ],
)
def test_articles_that_are_hardly_of_one_story_must_say_more(
    alike: int, actors: tuple[tuple[str, str], ...], events: int
) -> None:
    def things(article: int) -> tuple[str, ...]:
        return tuple(f"e-{at if at < alike else article}-{at}" for at in range(9))

    one = replace(ARREST, title="Dockers arrested", actors=actors, profile=things(100))
    other = replace(one, id="c2", article="a2", origin="a2", source="s2", title="Arrests made", profile=things(200))
    assert len(fold_events([one, other])) == events


def statement(number: int, speaker: str, **changes: object) -> ReportedClaim:
    return another(
        number, type="statement", trigger="said", title="It says so", actors=(("speaker", speaker),), **changes
    )


def test_what_was_planned_for_a_day_and_told_of_it_speaks_for_one_event():
    planned = another(2, status=Status.SCHEDULED, published="2024-11-30")
    spoken = {item.name for item in evidence(RULING, planned, Timing.SAME_DAY)}
    assert "as_planned" in spoken
    assert "plan_and_fact" not in spoken
    vaguely = replace(planned, first_day="2024-12-01", last_day="2024-12-31", precision="month")
    assert "plan_and_fact" in {item.name for item in evidence(RULING, vaguely, Timing.IN_MONTH)}
    many = replace(planned, type="statement")
    assert "plan_and_fact" in {item.name for item in evidence(replace(RULING, type="statement"), many, Timing.SAME_DAY)}


@pytest.mark.parametrize(
    ("changes", "events"),
    [
        pytest.param({}, 1, id="the same word"),
        pytest.param({"trigger": "closes", "title": "Bridge at Weldon closes"}, 2, id="another word"),
        pytest.param({"title": "Shop opens"}, 2, id="another thing"),
    ],
)
def test_what_no_type_knows_is_one_event_on_one_day_if_one_word_tells_it(changes: dict[str, object], events: int):
    told = {"type": "other", "actors": (), "trigger": "opens", "title": "New bridge at Weldon opens"}
    planned = another(1, **{**told, "status": Status.SCHEDULED, "trigger": "open", "title": "Bridge will open"})
    assert len(fold_events([planned, another(2, **{**told, **changes})])) == events


@pytest.mark.parametrize(
    ("changes", "events"),
    [
        pytest.param({"trigger": "visited"}, 1, id="the same word"),
        pytest.param({"trigger": "signed"}, 2, id="another word"),
        pytest.param({"trigger": "called", "status": Status.CANCELLED}, 1, id="called off"),
        pytest.param({"trigger": "signed", "type": "court_ruling"}, 1, id="there are few of"),
    ],
)
def test_another_word_tells_no_plan_as_done_where_there_are_many(changes: dict[str, object], events: int) -> None:
    type_ = changes.get("type", "diplomacy")
    told = {"type": type_, "title": "Roe will visit Weldon", "trigger": "visit", "status": Status.SCHEDULED}
    about = ("e-poe", "e-port", "e-roe", "e-strait", "e-union")
    plan = another(1, **told, published="2024-12-01", profile=about)
    report = another(2, **{"type": type_, "title": "Roe at Weldon", "profile": about, **changes})
    assert len(fold_events([plan, report])) == events


def test_what_happens_often_needs_the_same_actor() -> None:
    assert len(fold_events([statement(1, "e-a"), statement(2, "e-a")])) == 1
    assert len(fold_events([statement(1, "e-a"), replace(statement(2, "e-a"), actors=())])) == 2


def test_roles_do_not_part_events_but_are_all_kept() -> None:
    swapped = another(2, actors=(("court", "e-court"), ("issuer", "e-law")))
    (event,) = fold_events([RULING, swapped])
    assert event.actors == (("court", "e-court"), ("issuer", "e-law"), ("law", "e-law"))


def test_who_acts_is_not_also_mentioned() -> None:
    claims = [
        replace(RULING, actors=(("court", "e-court"), ("mentioned", "e-law"), ("mentioned", "e-app"))),
        another(2),
    ]
    (event,) = fold_events(claims)
    assert event.actors == (("court", "e-court"), ("law", "e-law"), ("mentioned", "e-app"))


def test_status_is_that_of_the_last_day_told_and_every_change_is_a_revision() -> None:
    told = [
        (Status.PROPOSED, "2024-11-01"),
        (Status.PROPOSED, "2024-11-15"),
        (Status.SCHEDULED, "2024-12-01"),
        (Status.OCCURRED, "2024-12-07"),
    ]
    (event,) = fold_events([another(n, status=status, published=day) for n, (status, day) in enumerate(told, 1)])
    assert event.status == Status.OCCURRED
    assert [(r.seq, r.status, r.known_on, r.claim) for r in event.revisions] == [
        (1, Status.PROPOSED, "2024-11-01", "c1"),
        (2, Status.SCHEDULED, "2024-12-01", "c3"),
        (3, Status.OCCURRED, "2024-12-07", "c4"),
    ]


def test_what_is_adjourned_to_a_day_to_come_is_planned_for_that_day() -> None:
    trial = {"type": "court_hearing", "trigger": "trial", "title": "Trial of Roe begins"}
    set_for = {"first_day": "2025-02-03", "last_day": "2025-02-03", "status": Status.SCHEDULED}
    put_off = {"trigger": "adjourned", "title": "Judge adjourns trial of Roe", "published": "2025-01-31"}
    day = {"first_day": "2025-03-10", "last_day": "2025-03-10"}
    claims = [
        another(1, **trial, **set_for, published="2025-01-20"),
        another(2, **trial, **set_for, published="2025-01-21"),
        another(3, **{**trial, **put_off, **day}),
        another(4, **trial, **day, published="2025-03-11"),
    ]
    (event,) = fold_events(claims)
    assert [(step.first_day, step.status, step.known_on) for step in event.revisions] == [
        ("2025-02-03", "scheduled", "2025-01-20"),
        ("2025-03-10", "scheduled", "2025-01-31"),
        ("2025-03-10", "occurred", "2025-03-11"),
    ]


def test_on_one_day_the_majority_speaks_and_then_the_firmer_status() -> None:
    claims = [another(2, status=Status.HYPOTHETICAL), RULING]
    assert fold_events(claims)[0].status == Status.OCCURRED
    claims.append(another(3, status=Status.HYPOTHETICAL))
    assert fold_events(claims)[0].status == Status.HYPOTHETICAL


def test_an_unpublished_claim_does_not_overrule_a_published_one() -> None:
    (event,) = fold_events([RULING, another(0, published=None, status=Status.DENIED)])
    assert event.status == Status.OCCURRED
    assert event.revisions[0].known_on is None


def deadline(number: int, day: str, published: str, quote: str, **changes: object) -> ReportedClaim:
    return another(
        number,
        **{
            "type": "deadline",
            "status": Status.SCHEDULED,
            "trigger": "deadline",
            "title": "Deadline for sale is",
            "first_day": day,
            "last_day": day,
            "published": published,
            "quote": quote,
            "actors": (),
            "names": ("e-app",),
            **changes,
        },
    )


FIRST = deadline(1, "2025-01-19", "2024-04-24", "The deadline for a sale is Jan. 19.")
MOVED = deadline(2, "2025-04-05", "2025-01-20", "The new deadline for a sale is April 5.")


def test_a_deadline_that_moves_is_one_event_with_a_revision_for_each_day() -> None:
    looking_back = deadline(3, "2025-01-19", "2025-06-01", "The first deadline was Jan. 19.", status=Status.OCCURRED)
    (event,) = fold_events([FIRST, MOVED, looking_back])
    assert (event.first_day, [(r.first_day, r.known_on) for r in event.revisions]) == (
        "2025-04-05",
        [("2025-01-19", "2024-04-24"), ("2025-04-05", "2025-01-20")],
    )


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"quote": "The deadline for a sale is April 5."}, id="nobody says it moved"),
        pytest.param({"title": "Deadline for comments is"}, id="another duty"),
        pytest.param({"topics": ("e-other",), "names": ()}, id="another story"),
    ],
)
def test_two_deadlines_stay_two(changes: dict[str, object]) -> None:
    assert len(fold_events([FIRST, replace(MOVED, **changes)])) == 2  # type: ignore[arg-type]


def test_a_report_of_the_new_day_need_not_be_like_those_of_the_old_one() -> None:
    old = [replace(FIRST, id=f"c{n}", article=f"a{n}", origin=f"a{n}") for n in (1, 3, 4, 5, 6, 7, 8)]
    plain = deadline(
        9, "2025-04-05", "2025-03-01", "Owners have until April 5 to sell.", title="Owners to sell", trigger="sell"
    )
    (event,) = fold_events([*old, MOVED, plain])
    assert event.first_day == "2025-04-05"
    assert len(event.claims) == 9


@pytest.mark.parametrize(
    ("clock", "events"),
    [
        pytest.param(Offset(30, "D", "the order", date(2025, 3, 6)), 1, id="one clock"),
        pytest.param(Offset(60, "D", "the order", date(2025, 2, 4)), 2, id="another length"),
        pytest.param(Offset(30, "D", "the hearing", date(2025, 3, 6)), 2, id="from something else"),
        pytest.param(Offset(30, "D", "publication", date(2025, 3, 6)), 2, id="from its own day"),
        pytest.param(None, 2, id="no clock"),
    ],
)
def test_a_legal_clock_whose_start_is_told_of_two_days_is_one_deadline(clock: Offset | None, events: int) -> None:
    quote = "It must pay a fine within 30 days of the order."
    first = deadline(1, "2025-03-30", "2025-02-01", quote, title="Bank must pay fine")
    first = replace(first, clock=Offset(30, "D", "the order", date(2025, 2, 28)))
    second = deadline(2, "2025-04-05", "2025-03-07", quote, title="Bank must pay fine")
    assert len(fold_events([first, replace(second, clock=clock)])) == events


@pytest.mark.parametrize(
    ("title", "events"),
    [
        ("Tax office misses deadline for paying refunds", 1),
        ("Tax office misses deadline for paying wages", 2),
        ("Tax office misses deadline", 2),
    ],
)
def test_one_duty_of_one_day_is_one_deadline_though_nobody_is_named(title: str, events: int) -> None:
    nobody: dict[str, object] = {"actors": (), "names": (), "topics": ()}
    due = deadline(1, "2025-08-15", "2025-06-16", "", title="Tax office must pay all refunds", trigger="pay", **nobody)
    over = deadline(2, "2025-08-15", "2025-08-18", "", title=title, status=Status.OCCURRED, **nobody)
    assert len(fold_events([due, over])) == events


def test_a_deadline_that_says_no_duty_brings_no_two_duties_together() -> None:
    to_sell = deadline(
        1, "2025-01-19", "2024-04-24", "It must sell by Jan. 19.", trigger="sell", title="Firm to sell app"
    )
    to_remove = deadline(
        2,
        "2025-01-19",
        "2024-12-18",
        "Stores must remove it by Jan. 19.",
        trigger="remove",
        title="Stores to remove app",
    )
    bare = deadline(3, "2025-01-19", "2025-02-20", "The deadline was Jan. 19.", title="Law sets deadline")
    assert len(fold_events([to_sell, bare])) == len(fold_events([to_remove, bare])) == 1
    assert len(fold_events([to_sell, to_remove, bare])) == 2


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("It waived the deadline for airlines to pay the levy.", {"pay"}),
        ("It moved the deadline to May 3 after talks failed.", set()),
        ("It moved the deadline after talks on the sale.", set()),
    ],
)
def test_what_a_deadline_is_for_is_read_where_the_title_leaves_it_out(quote: str, told: set[str]) -> None:
    assert duties(deadline(1, "2025-01-19", "2024-04-24", quote, title="Ministry waives deadline")) == told


def test_a_name_says_nothing_of_what_a_deadline_is_for() -> None:
    to_report = deadline(1, "2024-03-06", "2024-02-16", "By March 6.", trigger="give", title="Bank to give details")
    to_election_body = replace(to_report, title="Bank to give Election Commission details")
    assert duties(to_report) == duties(to_election_body) == {"report"}
    assert duties(replace(to_report, title="Sale of firm closes")) == {"sell", "finish"}


def test_one_sentence_may_tell_of_one_event_in_two_words() -> None:
    quote = "The litigation began in October 2020, when the complaint was filed."
    suit = another(2, type="lawsuit_filed", trigger="filed", title="State files complaint", quote=quote, actors=())
    litigation = replace(suit, id="c3", trigger="litigation", title="Litigation begins")
    elsewhere = replace(suit, id="c1", article="a1", origin="a1", trigger="sued", title="State sues", quote="It sued.")
    assert len(fold_events([suit, litigation, elsewhere])) == 1
    assert len(fold_events([suit, replace(litigation, quote="The litigation began."), elsewhere])) == 2


def test_same_joins_and_different_parts_whatever_the_evidence_says() -> None:
    alike, apart = another(2), another(3, first_day="2025-03-01", last_day="2025-03-01")
    parted = Rulings(parted=frozenset({("c1", "c2")}))
    joined = Rulings(joined=frozenset({("c1", "c3")}))
    assert len(fold_events([RULING, alike], parted)) == 2
    assert len(fold_events([RULING, apart], joined)) == 1
    assert len(fold_events([RULING, alike, another(4)], parted)) == 2, "not over a third one either"
    both = Rulings(joined=frozenset({("c1", "c3")}), parted=frozenset({("c1", "c3")}))
    assert len(fold_events([RULING, apart], both)) == 2, "different wins"


def test_two_events_taken_for_one_bring_all_their_reports_along_whatever_days_they_tell() -> None:
    later = [another(number, first_day="2024-12-13", last_day="2024-12-13") for number in (4, 5, 6)]
    told = [RULING, another(2), another(3), *later]
    assert len(fold_events(told)) == 2
    (event,) = fold_events(told, Rulings(joined=frozenset({("c1", "c4")})))
    assert set(event.claims) == {claim.id for claim in told}


def test_where_reports_of_two_events_were_also_parted_each_of_the_rest_joins_as_far_as_it_may() -> None:
    later = [another(number, first_day="2024-12-13", last_day="2024-12-13") for number in (4, 5)]
    rulings = Rulings(joined=frozenset({("c1", "c4")}), parted=frozenset({("c2", "c5")}))
    events = [set(event.claims) for event in fold_events([RULING, another(2), *later], rulings)]
    assert {"c1", "c4"} <= events[0]
    assert not any({"c2", "c5"} <= claims for claims in events)


def test_a_correction_changes_the_claim_and_so_the_event() -> None:
    rulings = Rulings(corrections=(("c1", "status", "denied"), ("c1", "first_day", "2024-12-01")))
    (event,) = fold_events([RULING], rulings)
    assert (event.status, event.first_day, event.last_day) == (Status.DENIED, "2024-12-01", "2024-12-06")
    late = Rulings(corrections=(("c1", "first_day", "2024-12-09"),))
    (event,) = fold_events([RULING], late)
    assert (event.first_day, event.last_day) == ("2024-12-09", "2024-12-09")


def _claims(types: list[str]) -> st.SearchStrategy[list[ReportedClaim]]:
    days = st.sampled_from(
        [
            ("2024-12-06", "2024-12-06", "day"),
            ("2024-12-07", "2024-12-07", "day"),
            ("2024-12-01", "2024-12-31", "month"),
        ]
    )
    entities = [(), (("court", "e1"),), (("court", "e2"),), (("court", "e1"), ("law", "e3"))]

    def make(id_: str, span: tuple[str, str, str], **values: object) -> ReportedClaim:
        first, last, precision = span
        return replace(RULING, id=id_, first_day=first, last_day=last, precision=precision, **values)  # type: ignore[arg-type]

    claim = st.builds(
        make,
        st.uuids().map(lambda uuid: f"c{uuid}"),
        days,
        type=st.sampled_from(types),
        status=st.sampled_from(Status),
        title=st.sampled_from(["Court upholds law", "Judge blocks ban"]),
        trigger=st.sampled_from(["upheld", "blocked"]),
        quote=st.sampled_from(["It was moved.", "It stands."]),
        actors=st.sampled_from(entities),
        names=st.sampled_from([(), ("e1",), ("e3",)]),
        topics=st.sampled_from([(), ("e4",), ("e4", "e5")]),
        article=st.sampled_from(["a1", "a2", "a3"]),
        source=st.sampled_from([None, "s1", "s2"]),
        published=st.sampled_from([None, "2024-12-06", "2024-12-07"]),
        confidence=st.sampled_from([0.5, 0.9]),
    )
    return st.lists(claim, max_size=14, unique_by=lambda claim: claim.id)


CLAIMS = _claims(["court_ruling", "court_ruling", "deadline", "statement", "other"])


@st.composite
def _judged(draw: st.DrawFn) -> tuple[list[ReportedClaim], Rulings]:
    claims = draw(CLAIMS)
    ids = sorted(claim.id for claim in claims)
    pairs = [(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :]]
    some = st.sets(st.sampled_from(pairs), max_size=3) if pairs else st.just(set())
    return claims, Rulings(joined=frozenset(draw(some)), parted=frozenset(draw(some)))


@settings(deadline=None)
@given(_judged(), st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(judged: tuple[list[ReportedClaim], Rulings], random: Random) -> None:
    claims, rulings = judged
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert fold_events(shuffled, rulings) == fold_events(claims, rulings)


@settings(deadline=None)
@given(_judged())
def test_every_claim_is_in_exactly_one_event_and_each_thread_folds_alone(
    judged: tuple[list[ReportedClaim], Rulings],
) -> None:
    claims, rulings = judged
    events = fold_events(claims, rulings)
    assert sorted(id_ for event in events for id_ in event.claims) == sorted(claim.id for claim in claims)
    alone = [events_of(thread_claims(thread.claims, rulings)) for thread in thread_claims(claims, rulings)]
    assert sorted((event for part in alone for event in part), key=_by_id) == sorted(events, key=_by_id)


def _by_id(event: Event) -> str:
    return event.id


@settings(deadline=None)
@given(_judged())
def test_what_was_judged_to_be_different_is_never_one_event(judged: tuple[list[ReportedClaim], Rulings]) -> None:
    claims, rulings = judged
    event_of = {id_: event.id for event in fold_events(claims, rulings) for id_ in event.claims}
    assert all(event_of[a] != event_of[b] for a, b in rulings.parted)


@settings(deadline=None)
@given(CLAIMS)
def test_of_two_claims_that_link_each_is_filed_where_the_other_looks(claims: list[ReportedClaim]) -> None:
    for i, one in enumerate(claims):
        for other in claims[i + 1 :]:
            if liken(one, other):
                assert list(Files.of([one]).near(other)) == [one]
                assert list(Files.of([other]).near(one)) == [other]


@settings(deadline=None)
@given(CLAIMS)
def test_claims_of_two_articles_that_are_related_have_outlines_that_may_be(claims: list[ReportedClaim]) -> None:
    for i, one in enumerate(claims):
        for other in claims[i + 1 :]:
            if one.article != other.article and related(one, other):
                assert may_be_related(unpacked(outline_of(one).packed()), unpacked(outline_of(other).packed()))
                assert may_be_related(outline_of(other), outline_of(one))


@settings(deadline=None)
@given(CLAIMS)
def test_those_with_like_outlines_are_found_without_looking_at_all(claims: list[ReportedClaim]) -> None:
    outlines = Outlines(claims)
    for other in map(outline_of, claims):
        assert list(outlines.like(other)) == [one for one in claims if may_be_related(outline_of(one), other)]


@settings(deadline=None)
@given(CLAIMS)
def test_claims_that_were_packed_are_the_same_again(claims: list[ReportedClaim]) -> None:
    assert list(unpack(pack(claims), {claim.id for claim in claims})) == claims
    wanted = {claim.id for claim in claims[:1]}
    assert list(unpack(pack(claims), wanted)) == [claim for claim in claims if claim.id in wanted]


def test_a_clock_and_what_was_corrected_are_packed_too() -> None:
    clock = Offset(60, "D", "the date of this order", date(2024, 12, 6))
    told = another(2, clock=clock, corrected=("first_day",), doubts=("weekday-mismatch",), quote="“60 days” \ud83d")
    claims = [told, replace(told, id="c3", clock=replace(clock, counted_from=None))]
    assert list(unpack(pack(claims), {"c2", "c3"})) == claims


def test_what_holds_is_looked_for_on_other_days_by_what_may_be_another_day_of_it_alone() -> None:
    due = another(2, type="deadline", first_day="2024-12-06", last_day="2024-12-06", status=Status.SCHEDULED)
    later = another(3, type="deadline", first_day="2024-12-20", last_day="2024-12-20", status=Status.SCHEDULED)
    extended = replace(later, quote="The court extended the deadline to December 20.")
    heard = another(4, type="court_hearing", first_day="2024-12-20", last_day="2024-12-20")
    awaited = another(5, type="court_hearing", status=Status.SCHEDULED)
    assert [one.id for one in Files.of([due, later]).near(later)] == []
    assert [one.id for one in Files.of([due]).near(extended)] == ["c2"]
    assert [one.id for one in Files.of([extended]).near(due)] == ["c3"]
    assert [one.id for one in Files.of([another(6, type="court_hearing")]).near(heard)] == []
    assert [one.id for one in Files.of([awaited]).near(heard)] == ["c5"]
    assert [one.id for one in Files.of([heard]).near(awaited)] == ["c4"]


@settings(deadline=None)
@given(CLAIMS, st.integers(0, 13))
def test_a_claim_that_goes_changes_its_own_thread_only(claims: list[ReportedClaim], which: int) -> None:
    if not claims:
        return
    gone = claims[which % len(claims)]
    others = [thread for thread in thread_claims(claims, Rulings()) if gone not in thread.claims]
    rest = thread_claims([claim for claim in claims if claim is not gone], Rulings())
    assert all(thread in rest for thread in others)
