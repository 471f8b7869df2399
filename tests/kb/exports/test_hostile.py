"""Whatever articles write, in whatever field of an event: every format stays what it is, and runs and links nothing."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.exports import Kind, export
from kb.exports.tables import changes_as_csv
from kb.queries import Change, Difference
from kb.queries.views import ActorView, ConflictView, EventDetail
from tests.kb.exports.details import claim, event, step

TODAY = date(2025, 3, 1)
PIECES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![x](https://e.example)",
    "<javascript:alert(1)>", "**bold**", "=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\uff1d1", "\t=1",
    "\r\nBEGIN:VEVENT\r\n",
    "\n# head\n", "]]>", "-->", "&amp;", '"', "'", ",", ";", "\\", "\x00", "\u202egnp.exe", "\u2066", "\u2028",
    "\ud800", "\ufffe", "x" * 3000, "[^1]: note", "\n[^1]: note", "{{x}}", "$(x)", "javascript:alert(1)",
)  # fmt: skip
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), min_size=1, max_size=5).map("".join)
FORMULAS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def events_of(text):
    """Two events in which every text that an article can write is `text`."""
    told = [
        claim(id_, quote=text, title=text, source=text, url=text, article_title=text, attributed_to=text, trigger=text,
              time_text=text, cues=(text,))
        for id_ in ("c1", "c2")
    ]  # fmt: skip
    return [
        EventDetail(
            replace(event(id_, title=text), actors=(ActorView("obligated", "en1", text, "company"),), because=(text,)),
            tuple(told),
            (step(1, "2025-01-19"), step(2, "2025-04-05")),
            (ConflictView("date", text, *told),),
        )
        for id_ in ("ev1", "ev2")
    ]


def check_table(made):
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    assert len(rows) > 2
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULAS)]


def check_json(made):
    assert len(json.loads(made)) == 2


def check_timelinejs(made):
    shown = [slide["text"] for slide in json.loads(made)["events"]]
    for words in (value for text in shown for value in text.values()):
        assert not [tag for tag in ("<script", "<img", "<a ", "<javascript") if tag in words.lower()]


def check_calendar(made):
    lines = made.decode("utf-8").replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert not [line for line in lines if "\n" in line or "\r" in line]
    assert not [line for line in lines if line.startswith("URL") and "javascript" in line]


def check_report(made):
    text = made.decode("utf-8")
    assert "<" not in text
    assert "](" not in text.replace("\\](", "")
    notes = [line for line in text.split("\n") if line.startswith("[^")]
    assert [line.partition(":")[0] for line in notes] == [f"[^{at}]" for at in range(1, 5)]
    assert [line for line in text.split("\n") if line.startswith("#")] == ["# Timeline", "## 2025"]


def check_xml(made):
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(made).iter()}
    assert not tags & {"script", "img", "image", "a", "foreignObject", "iframe"}


CHECKS = {
    Kind.CSV: check_table, Kind.JSON: check_json, Kind.TIMELINEJS: check_timelinejs, Kind.ICS: check_calendar,
    Kind.MARKDOWN: check_report, Kind.GRAPHML: check_xml, Kind.GEXF: check_xml, Kind.SVG: check_xml,
}  # fmt: skip


def test_every_format_made_of_text_has_a_check():
    assert set(Kind) - set(CHECKS) == {Kind.PNG}


@pytest.mark.parametrize("kind", CHECKS)
@settings(max_examples=60, deadline=None)
@given(text=HOSTILE)
def test_hostile_text_in_every_field_stays_text(kind, text):
    CHECKS[kind](export(kind, events_of(text), today=TODAY))


@pytest.mark.parametrize("text", PIECES, ids=range(len(PIECES)))
def test_each_known_trick_stays_text_in_every_format(text):
    for kind, check in CHECKS.items():
        check(export(kind, events_of(text), today=TODAY))
    assert export(Kind.PNG, events_of(text), today=TODAY).startswith(b"\x89PNG")


@given(HOSTILE)
def test_what_changed_is_a_table_whatever_titles_say(text):
    told = [one.event for one in events_of(text)]
    found = [
        Difference(Change.ADDED, None, told[0], ("new",)),
        Difference(Change.GONE, told[0], None, ("gone",)),
        Difference(Change.MOVED, replace(told[0], first_day="2025-01-19"), told[1], ("days",)),
    ]
    made = changes_as_csv(found)
    check_table(made)
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    assert [row["change"] for row in rows] == ["added", "gone", "moved"]
    assert [row["first_day_before"] for row in rows] == ["", told[0].first_day, "2025-01-19"]
    assert [row["first_day"] for row in rows] == [told[0].first_day, "", told[1].first_day]
