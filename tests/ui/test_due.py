from dataclasses import replace
from datetime import date
from functools import wraps
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from kb import queries
from kb.queries import ActorView, DeadlineView, DueView, EventFilter, StepView, Window, is_due
from tests.ui.test_pages import _open, _said
from ui.answers import forget
from ui.days import countdown
from ui.panels.due import month_words
from ui.panels.ledger import chain_html, fate_words, moved_words, steps_html
from ui.panels.overdue import _passing

TODAY = date(2025, 1, 10)


@pytest.mark.parametrize(
    ("state", "due", "expected"),
    [
        ("open", "2025-06-01", True),
        ("open", "2025-05-01", True),
        ("stayed", "2025-06-01", True),
        ("passed", "2025-04-30", False),
        ("lapsed", "2040-12-31", False),
        ("met", "2025-06-01", False),
    ],
)
def test_a_deadline_that_was_settled_before_its_day_is_no_longer_due(state, due, expected):
    assert is_due(DeadlineView("ev1", "deadline", "A deadline", due, state, 0, (), ()), "2025-05-01") is expected


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-01-10", "today"),
        ("2025-01-11", "tomorrow"),
        ("2025-02-10", "in 31 days"),
        ("2025-01-09", "yesterday"),
        ("2020-01-10", "1,827 days ago"),
    ],
)
def test_days_are_counted_from_today(day, words):
    assert countdown(day, day, TODAY) == words


@pytest.mark.parametrize(
    ("month", "words"),
    [("2025-01", "January 2025, this month"), ("2025-02", "February 2025, next month"), ("2026-01", "January 2026")],
)
def test_the_next_month_is_called_that(month, words):
    assert month_words(month, TODAY) == words


def test_next_month_is_next_month_in_december_too():
    assert month_words("2026-01", date(2025, 12, 31)) == "January 2026, next month"


@pytest.fixture
def moved(graph):
    """A deadline with the steps that articles of another story told of, too."""
    claim = queries.deadlines(graph, today="2025-01-11")[0].steps[0].claim
    days = [
        ("set", "2025-01-19", 0),
        ("extended", "2025-04-05", 76),
        ("extended", "2025-06-19", 151),
        ("met", "2025-06-19", 0),
    ]
    steps = tuple(StepView(change, due, "2025-01-20", "A <b>court</b>", late, claim) for change, due, late in days)
    return DeadlineView("ev1", "deadline", "A deadline", "2025-06-19", "met", 151, (), steps)


def test_a_chain_shows_every_day_it_stood_on_and_the_last_one_stands_out(moved):
    assert moved_words(moved) == "moved twice, 151 days later than first set"
    assert fate_words(moved) == "moved twice, 151 days later than first set: 19 Jun 2025, met"
    chain = chain_html(moved)
    places = [chain.index(day) for day in ("<s>19 Jan 2025</s>", "<s>5 Apr 2025</s>", "<b>19 Jun 2025</b>")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("slippage", "words"),
    [(1, "1 day later than first set"), (-1200, "1,200 days earlier than first set"), (0, "back to the day first set")],
)
def test_how_far_it_moved_is_said_against_the_day_first_set(moved, slippage, words):
    assert moved_words(replace(moved, slippage=slippage)) == f"moved twice, {words}"


def test_steps_say_who_moved_it_and_escape_what_articles_wrote(moved):
    told = steps_html(moved.steps, quotes=True)
    assert told.count("<li>") == 4
    assert "<b>put off</b> to 5 Apr 2025 (76 days later than first set) by A &lt;b&gt;court&lt;/b&gt;" in told
    assert "<b>met</b>" in told
    assert "<b>court</b>" not in told


def test_what_is_due_is_listed_by_month_and_day_with_the_words_that_say_so(filled, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    said = _said(_open("deadlines", known="2025-01-13"))
    for part in (
        "Due (1)", "January 2025, this month", "Sun 19 Jan 2025 <span>in 6 days</span>", "ByteDance to sell TikTok",
        '<mark class="time">January 19, 2025</mark>', "<bdi>Harbor Post</bdi></a>, 12 Jan 2025",
    ):  # fmt: skip
        assert part in said


def test_before_anybody_told_of_it_nothing_was_due(filled, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    said = _said(_open("deadlines", known="2025-01-11"))
    assert "Nothing is due that the articles tell of." in said
    assert "is below" not in said
    assert "a day before 11 Jan 2025 is without a report" in said


def test_upcoming_holds_what_is_fixed_for_a_day_to_come_as_it_was_known_then(graph):
    found = queries.upcoming(graph, today="2025-01-13", as_of="2025-01-13")
    assert [(due.title, due.last_day, due.says.source) for due in found] == [
        ("ByteDance to sell TikTok", "2025-01-19", "Harbor Post")
    ]
    assert queries.upcoming(graph, today="2025-01-22") == ()


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [(None, None, 1), ("2025-01-19", "2025-01-19", 1), ("2025-01-20", None, 0), (None, "2025-01-18", 0)],
)
def test_what_is_due_is_narrowed_to_days_before_it_is_cut(graph, first, last, count):
    asked = {"today": "2025-01-13", "as_of": "2025-01-13", "window": Window(first, last)}
    assert len(queries.upcoming(graph, **asked)) == count
    assert queries.upcoming(graph, **asked, events=frozenset()) == ()


def test_a_count_of_what_is_due_that_is_cut_says_so(filled, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    is_cut = queries.is_cut
    monkeypatch.setattr(queries, "is_cut", wraps(is_cut)(lambda *args, **kwargs: is_cut(*args, **kwargs, limit=-1)))
    forget()  # answers are kept by what was asked
    shown = _said(_open("deadlines", known="2025-01-13"))
    forget()
    assert "Due (1 and more)" in shown
    assert "only the earliest of what is fixed" in shown


def test_the_link_to_what_is_due_soon_leads_to_as_much_as_it_counts(filled, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    link = next(link for link in _open().get("page_link") if "30 days" in link.proto.label)
    days = parse_qs(link.proto.query_string)
    assert (date.fromisoformat(days["to"][0]) - date.fromisoformat(days["from"][0])).days == 30


def test_a_glance_counts_what_a_first_visitor_asks_for(graph):
    seen = queries.glance(graph, today="2025-01-13")
    assert (seen.soon, seen.unanswered, seen.disagreeing, seen.since) == (0, 0, 0, "2025-01-14")
    assert seen.lately == 2


def test_a_due_day_is_as_exact_as_the_most_exact_of_its_claims(moved):
    claim = replace(moved.steps[0].claim, first_day="2027-01-01", last_day="2027-12-31", precision="year")
    year = replace(moved.steps[0], due="2027-12-31", claim=claim)
    exact = replace(year, claim=replace(claim, first_day="2027-12-31", precision="day"))
    by_year = replace(moved, due="2027-12-31", steps=(year,))
    assert chain_html(by_year) == "<b>2027</b>"
    assert "<b>set</b> for 2027" in steps_html(by_year.steps)
    assert chain_html(replace(by_year, steps=(exact, year))) == "<b>31 Dec 2027</b>"
    elsewhere = replace(year, claim=replace(claim, last_day="2026-12-31"))
    assert chain_html(replace(by_year, steps=(elsewhere,))) == "<b>31 Dec 2027</b>"


def _drawn(dues):
    """What the list shows of these, in order."""

    def page(dues, today):
        from ui.panels.due import show_due

        show_due(dues, today=today)

    at = AppTest.from_function(page, args=(dues, TODAY), default_timeout=30).run()
    assert not at.exception, at.exception[0].value
    return [element.value for element in at.html if "cg-month" in element.value or "cg-day" in element.value]


def test_what_is_due_some_day_of_a_year_stands_under_that_year_and_not_under_its_last_day(moved, monkeypatch):
    monkeypatch.setattr("streamlit.page_link", lambda *_, **__: None)  # there are no pages to link to here
    due = DueView("ev1", "deadline", "A deadline", "2025-12-31", "2025-12-31", "day", (), moved.steps[0].claim)
    whole_year = replace(due, event="ev2", first_day="2025-01-01", precision="year")
    month = replace(due, event="ev3", first_day="2025-12-01", precision="month")
    assert _drawn([whole_year, month, due]) == [
        '<h3 class="cg-month">December 2025</h3>',
        '<h4 class="cg-day">Some day in Dec 2025 <span>in 325 to 355 days</span></h4>',
        '<h4 class="cg-day">Wed 31 Dec 2025 <span>in 355 days</span></h4>',
        '<h3 class="cg-month">2025</h3>',
        '<h4 class="cg-day">Some day in 2025 <span>within 355 days</span></h4>',
    ]


def test_those_who_are_only_named_have_one_label_for_all(graph, monkeypatch):
    labels = []
    monkeypatch.setattr("streamlit.page_link", lambda *_, label, **__: labels.append(label))
    event = queries.timeline(graph, EventFilter())[0]
    actors = (
        ActorView("court", "e1", "Court", "court"),
        *(ActorView("mentioned", n, n, "place") for n in ("Rye", "Ayr")),
    )

    def page(event):
        from ui.panels.event import _actors

        _actors(event)

    at = AppTest.from_function(page, args=(replace(event, actors=actors),), default_timeout=30).run()
    assert labels == [":gray[court] :blue[Court]", ":blue[Rye]", ":blue[Ayr]"]
    assert [caption.value for caption in at.caption] == ["also named"]


def test_whether_it_happened_is_asked_of_what_passes_the_filters(filled, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    day = {"known": "2025-01-20"}
    asked = "1 event was fixed for a day that has passed"
    assert asked in _said(_open("deadlines", **day))
    assert asked in _said(_open("deadlines", q="tiktok", to="2025-01-31", **day))
    for others in ({"from": "2025-02-01"}, {"q": "nosuchword"}):
        said = _said(_open("deadlines", **others, **day))
        assert asked not in said
        assert "Of what the filters leave out, 1 is." in said


def test_the_calendar_of_what_is_due_holds_what_the_page_lists_and_nothing_behind_us(filled, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    files = {}
    monkeypatch.setattr("streamlit.download_button", lambda label, data, *_, **__: files.update({label: data}))
    _open("deadlines", known="2025-01-13")
    due = files["What is due (1)"]().decode()
    assert "SUMMARY:ByteDance to sell TikTok" in due
    assert "DTSTART;VALUE=DATE:20250119" in due
    _open("deadlines", known="2025-01-20")
    assert "What is due (0)" in files
    assert "BEGIN:VEVENT" in files["All deadlines, those behind us too"]().decode()


@pytest.mark.parametrize(("last", "asked"), [("2024-03-31", True), ("2024-03-30", False), ("9999-12-31", True)])
def test_what_ends_after_the_days_that_were_asked_for_is_not_asked_about(graph, filled, monkeypatch, last, asked):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    told = {event.title: event for event in queries.timeline(graph, EventFilter())}
    launch = told["TikTok launches a shopping service"]  # some day of March 2024
    assert (launch.id in _passing(EventFilter(first="2024-03-05", last=last))) is asked
