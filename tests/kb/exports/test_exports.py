import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.exports import FORMATS, Kind, calendar, export
from kb.queries import DeadlineView
from tests.kb.exports.details import ALL, EVIL, HOSTILE, MONTH, MOVED, detail, event, step

TODAY = date(2025, 3, 1)
TEXTS = st.text(max_size=300)


def written(kind, events=ALL):
    return export(kind, events, today=TODAY)


def unfolded(events):
    return written(Kind.ICS, events).decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("kind", Kind)
def test_every_format_holds_something_and_the_same_again(kind):
    assert kind in FORMATS
    assert len(written(kind)) > 100
    assert written(kind) == written(kind)


@pytest.mark.parametrize("kind", Kind)
def test_every_format_of_no_events_is_a_whole_file(kind):
    made = written(kind, ())
    assert made
    if kind in {Kind.JSON, Kind.TIMELINEJS}:
        json.loads(made)
    if kind in {Kind.GRAPHML, Kind.GEXF, Kind.SVG}:
        ElementTree.fromstring(made)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PNG])
@given(text=TEXTS)
def test_any_text_goes_into_any_format(kind, text):
    made = export(kind, (detail(event(title=text)),), today=TODAY).decode("utf-8")
    if kind in {Kind.GRAPHML, Kind.GEXF, Kind.SVG}:
        ElementTree.fromstring(made)
    if kind in {Kind.JSON, Kind.TIMELINEJS}:
        json.loads(made)


def test_no_cell_of_the_table_is_a_formula():
    rows = list(csv.DictReader(io.StringIO(written(Kind.CSV).decode("utf-8-sig"))))
    assert [row["first_day"] for row in rows] == ["2025-04-05", "2025-02-01", "2025-03-01"]
    assert rows[2]["quote"].startswith("'=")
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_the_table_says_what_became_of_a_deadline():
    ledger = DeadlineView("ev1", "deadline", "Law to sell TikTok", "2025-04-05", "open", 76, (), ())
    made = export(Kind.CSV, (replace(MOVED, deadline=ledger), MONTH), today=TODAY)
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    told = [(row["due"], row["state"], row["slippage"]) for row in rows]
    assert told == [("2025-04-05", "open", "76"), ("", "", "")]


def test_json_holds_every_claim_and_revision():
    first = json.loads(written(Kind.JSON))[0]
    assert first["claims"][0]["quote"] == "ByteDance must sell TikTok by January 19, 2025."
    assert [step["first_day"] for step in first["revisions"]] == ["2025-01-19", "2025-04-05"]


def test_an_event_that_moved_keeps_its_uid_and_counts_up():
    before = detail(event(first="2025-01-19"), revisions=(step(1, "2025-01-19"),))
    old, new = unfolded((before,)), unfolded((MOVED,))
    assert [line for line in old if line.startswith("UID")] == [line for line in new if line.startswith("UID")]
    assert ("SEQUENCE:0" in old, "SEQUENCE:1" in new) == (True, True)
    assert ("DTSTART;VALUE=DATE:20250119" in old, "DTSTART;VALUE=DATE:20250405" in new) == (True, True)
    assert any("Before: 2025-01-19" in line for line in new)


@pytest.mark.parametrize(
    ("status", "told"),
    [("occurred", "CONFIRMED"), ("scheduled", "CONFIRMED"), ("proposed", "TENTATIVE"), ("cancelled", "CANCELLED")],
)
def test_a_calendar_says_how_sure_an_event_is(status, told):
    assert f"STATUS:{told}" in unfolded((detail(event(status=status)),))


def test_a_month_is_a_month_long_in_a_calendar():
    lines = unfolded((MONTH,))
    assert {"DTSTART;VALUE=DATE:20250201", "DTEND;VALUE=DATE:20250301"} <= set(lines)
    assert any("The text gives the month\\, not the day." in line for line in lines)


@given(text=TEXTS)
def test_a_line_of_a_calendar_is_short_and_whole_again_when_unfolded(text):
    lines = list(calendar._folded(f"SUMMARY:{text}"))
    assert all(len(line.encode("utf-8", "replace")) <= 75 for line in lines)
    assert "".join(line[1:] if at else line for at, line in enumerate(lines)) == f"SUMMARY:{text}"


def test_a_hostile_text_adds_no_line_to_a_calendar():
    evil = detail(event(title="x\r\nBEGIN:VALARM\nACTION:AUDIO"))
    assert not [line for line in unfolded((evil,)) if line.startswith(("BEGIN:VALARM", "ACTION"))]


def test_a_report_has_a_footnote_for_every_claim_and_no_markup_of_articles():
    text = written(Kind.MARKDOWN).decode()
    assert text.count("[^1]") == 2
    assert "“ByteDance must sell TikTok by January 19, 2025.”" in text
    assert "moved from 2025-01-19 to 2025-04-05" in text
    for bad in ("<script", "**bold**", "[x](javascript", "<javascript", "\u202e"):
        assert bad not in text


def test_timelinejs_gets_no_markup_and_no_more_than_the_text_said():
    made = json.loads(written(Kind.TIMELINEJS))
    assert made["events"][1]["start_date"] == {"year": 2025, "month": 2}
    assert made["events"][0]["start_date"] == {"year": 2025, "month": 4, "day": 5}
    evil = json.dumps(made["events"][2])
    assert "<script" not in evil
    assert "href" not in evil


@pytest.mark.parametrize(
    ("kind", "read"), [(Kind.GRAPHML, nx.read_graphml), (Kind.GEXF, nx.read_gexf)], ids=["graphml", "gexf"]
)
def test_a_graph_is_read_again_with_events_entities_and_sources(kind, read):
    graph = read(io.BytesIO(written(kind)))
    kinds = sorted(data["node"] for _, data in graph.nodes(data=True))
    assert kinds == ["entity", "event", "event", "event", "source", "source"]
    assert {data["role"] for *_, data in graph.edges(data=True)} == {"obligated", "reports"}


def test_a_picture_escapes_texts_and_draws_days_of_before():
    text = written(Kind.SVG).decode()
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert text.count("<polygon") > written(Kind.SVG, (detail(event(first="2025-04-05")),)).decode().count("<polygon")
    assert HOSTILE not in text
    assert written(Kind.PNG, (EVIL,)).startswith(b"\x89PNG")


def test_a_label_begins_after_the_days_an_event_stood_on_before_and_today_keeps_within_the_picture():
    earlier = detail(event(first="2025-01-19"), revisions=(step(1, "2025-04-05"), step(2, "2025-01-19")))
    text = FORMATS[Kind.SVG].write((earlier, MONTH), date(2025, 4, 24)).decode()
    ghost = max(float(x) for x in re.findall(r'<polygon points="[\d.]+,[\d.]+ ([\d.]+),', text))
    assert float(re.search(r'<text x="([\d.]+)"[^>]*>Law to sell TikTok', text)[1]) > ghost
    assert float(re.search(r'<text x="([\d.]+)"[^>]*>today', text)[1]) <= 1400 - 36


@pytest.mark.parametrize("days", [("0001-01-01", "0001-12-31"), ("9999-12-31", "9999-12-31")], ids=["first", "last"])
@pytest.mark.parametrize("kind", Kind)
def test_the_ends_of_time_break_no_format(kind, days):
    assert written(kind, (detail(event(first=days[0], last=days[1])), MOVED))
