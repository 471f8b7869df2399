"""Deadlines, review and judgements: on a store of their own, filled anew for each, because these tests write to it."""

from datetime import date

import pytest
import streamlit as st

from kb import queries
from kb.config import Settings, today_in
from kb.ids import entity_id
from kb.judgement import parse_line
from kb.model import Article, Entity, EntityKind, Extraction, Span, Status
from kb.queries import EventFilter
from kb.store import embedded, open_graph
from kb.store.record import record
from tests.contract.synthetic import wipe
from tests.ui.sample import BYTEDANCE, COURT, fill
from tests.ui.test_pages import _open, _said
from tests.ui.unsettled import LOST, OUT_OF_OFFICE, SUMMONED, unsettled
from ui import answers
from ui.app_pages.review import _file


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    settings = Settings(tmp_path_factory.mktemp("findings") / "data", None, "unused")
    with open_graph(settings, create=True) as graph:
        yield settings, graph
    embedded.stop(settings.data)


@pytest.fixture
def pending(store, monkeypatch):
    settings, graph = store
    wipe(graph)
    fill(settings)
    record(graph, unsettled(), recorded_at="2025-03-07T00:00:00Z", extractor="sample")
    st.cache_data.clear()
    answers._shelf().clear()
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(settings.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    return graph


def event_of(graph, title):
    return next(event for event in queries.timeline(graph, EventFilter()) if event.title == title)


def decide(at, key):
    at.text_input(key="judging:name-field").set_value("Ann").run()
    at.button(key=key).click().run()
    assert not at.exception


def test_what_nobody_reported_on_is_answered_with_a_name_and_taken_back(pending):
    at = _open("deadlines")
    assert "ByteDance to appear before the court" in _said(at)
    assert at.button(key="answer:occurred").disabled
    decide(at, "answer:occurred")
    assert event_of(pending, "ByteDance to appear before the court").status == "occurred"
    assert SUMMONED not in _said(at)
    at.button(key="judging:undo").click().run()
    assert event_of(pending, "ByteDance to appear before the court").status == "scheduled"


def test_deadlines_tell_how_long_ago_they_were_and_who_is_held_to_them(pending):
    table = _open("deadlines").dataframe[0].value
    assert "ByteDance to sell TikTok" in set(table["Deadline"])
    assert (today_in(None) - date(2025, 1, 19)).days in set(table["Days ago"])
    assert "ByteDance" in table["Who"].iloc[0]


def test_a_search_that_finds_no_deadline_says_so(pending):
    at = _open("deadlines", q="nothing like it")
    assert not at.dataframe
    assert "No title or actor of what is due has “nothing like it”" in _said(at)


def test_what_is_due_and_no_deadline_is_not_denied_where_only_deadlines_are_shown(pending):
    at = _open("deadlines", q="appear before", show="deadlines", known="2025-01-23")
    assert "No deadline is due, but 1 other day with “Everything fixed”" in _said(at)


def test_a_doubtful_claim_is_corrected_listed_and_undone(pending):
    at = _open("review", queue="doubts")
    assert LOST.split(" lost", maxsplit=1)[0] in _said(at)
    decide(at, "review:y")
    assert "No claims of low confidence left" in _said(at)
    decided = _open("review", queue="decided")
    assert "status is occurred" in _said(decided)
    assert "Ann" in _said(decided)
    assert "(“lost”)" in _said(decided)
    assert [button.label for button in decided.get("download_button")] == ["Download all"]
    (line,) = _file().splitlines()
    assert parse_line(line, where="the file").by == "Ann"
    next(button for button in decided.button if button.label == "Undo").click().run()
    assert "Nothing was decided yet" in decided.info[0].value


def test_two_events_that_may_be_one_are_joined_and_parted_again(pending):
    before = queries.count_events(pending, EventFilter())
    at = _open("review", queue="twins")
    assert "TikTok loses its appeal" in _said(at)
    decide(at, "review:e")
    assert queries.count_events(pending, EventFilter()) == before - 1
    at.button(key="judging:undo").click().run()
    assert queries.count_events(pending, EventFilter()) == before


def test_what_cannot_be_told_is_not_asked_again(pending):
    at = _open("review", queue="twins")
    decide(at, "review:u")
    assert "No pairs of possible duplicates" in _said(_open("review", queue="twins"))


def test_an_event_is_corrected_from_its_panel(pending):
    event = event_of(pending, "TikTok loses its appeal")
    at = _open(event=event.id)
    at.text_input(key="judging:name-field").set_value("Ann").run()
    at.selectbox(key=f"decide:{event.id}").set_value(Status.DENIED).run()
    at.button(key="decide:correct").click().run()
    assert event_of(pending, "TikTok loses its appeal").status == "denied"


def test_the_day_of_an_event_is_corrected_from_its_panel_and_taken_back(pending):
    event = event_of(pending, "A hearing on TikTok")
    assert event.claims == 2
    at = _open(event=event.id)
    at.text_input(key="judging:name-field").set_value("Ann").run()
    at.date_input(key=f"decide:day:{event.id}").set_value(date(2025, 1, 9)).run()
    at.button(key="decide:correct-day").click().run()
    found = event_of(pending, "A hearing on TikTok")
    assert (found.first_day, found.last_day, found.claims) == ("2025-01-09", "2025-01-09", 2)
    at.button(key="judging:undo").click().run()
    assert event_of(pending, "A hearing on TikTok").first_day == "2025-01-10"


def test_the_way_to_another_entity_names_the_events_on_it(pending):
    court = queries.resolve_entity(pending, COURT).id
    said = _said(_open("entities", entity="ByteDance", to_entity=court))
    assert "ByteDance to appear before the court" in said.replace("\\", "")


def test_lanes_by_story_are_drawn(pending):
    assert not _open(lanes="story").error


def test_a_claim_that_cannot_be_right_is_flagged_and_left_as_it_is(pending):
    at = _open("review", queue="flags")
    assert "Not in office on that day" in _said(at)
    assert "1 claim that cannot be right as it stands to look at" in _said(at)
    assert OUT_OF_OFFICE.split(" signed", maxsplit=1)[0] in _said(at)
    decide(at, "review:y")
    assert "No claims that cannot be right" in _said(at)
    at.button(key="judging:undo").click().run()
    assert "Not in office on that day" in _said(at)


def test_a_flagged_day_is_put_right_and_both_halves_are_taken_back(pending):
    at = _open("review", queue="flags")
    claim = queries.conflicts(pending, on="office")[0].one
    at.date_input(key=f"review:day:{claim.id}").set_value(date(2021, 9, 27)).run()
    decide(at, "review:w")
    assert event_of(pending, "Biden signs the order").first_day == "2021-09-27"
    assert event_of(pending, "Biden signs the order").last_day == "2021-09-27"
    assert "No claims that cannot be right" in _said(at)
    at.button(key="judging:undo").click().run()
    assert event_of(pending, "Biden signs the order").first_day == "2020-09-27"
    assert queries.conflicts(pending, on="office")


def test_contradictions_are_the_queue_to_begin_with(pending):
    at = _open("review")
    assert at.button_group[0].value == "conflicts"
    assert "contradictions" in _said(at)


def test_a_link_to_an_event_that_was_merged_leads_to_the_one_it_is_now(pending):
    one = event_of(pending, "TikTok loses its appeal")
    other = event_of(pending, "TikTok loses its last appeal")
    at = _open("review", queue="twins")
    decide(at, "review:e")
    left = {event.id for event in queries.timeline(pending, EventFilter())}
    gone, kept = (one.id, other.id) if other.id in left else (other.id, one.id)
    assert gone not in left
    link = _open(event=gone)
    assert link.query_params["event"] == kept
    assert not link.warning
    assert "2 claims from" in _said(link)


def test_a_decision_that_cannot_be_kept_says_so_and_the_page_stays(pending, monkeypatch):
    from kb.errors import StoreUnavailable
    from ui import judging

    def refuse(*_):
        raise StoreUnavailable("the store at here does not answer")

    monkeypatch.setattr(judging, "judge", refuse)
    at = _open("review", queue="doubts")
    decide(at, "review:y")
    assert "does not answer" in at.warning[0].value
    assert LOST.split(" lost", maxsplit=1)[0] in _said(at)
    assert "does not answer" in at.run().warning[0].value  # until something is decided, or another page is opened
    at.query_params["queue"] = "twins"
    assert not at.run().warning


def test_a_name_that_the_browser_kept_is_not_asked_for_again(pending, monkeypatch):
    from ui import judging

    monkeypatch.setattr(judging, "remembered_name", lambda: "Ann")
    at = _open("review", queue="doubts")
    assert at.text_input(key="judging:name-field").value == "Ann"
    assert not at.button(key="review:y").disabled
    at.text_input(key="judging:name-field").set_value("").run()
    assert at.text_input(key="judging:name-field").value == ""
    assert at.button(key="review:y").disabled


def test_two_entities_are_merged_on_their_page_split_again_and_the_decision_taken_back(pending):
    one, other = (queries.resolve_entity(pending, name).id for name in (BYTEDANCE, "Somebody Else"))
    at = _open("entities", entity=one)
    at.text_input(key="judging:name-field").set_value("Ann").run()
    at.text_input(key="judging:why").set_value("a pen name").run()
    at.text_input(key=f"merge:{one}:words").set_value("somebody").run()
    at.selectbox(key=f"merge:{one}:one").set_value(other).run()
    at.button(key="merge:do").click().run()
    merged = queries.resolve_entity(pending, "Somebody Else")
    assert {BYTEDANCE, "Somebody Else"} <= set(merged.aliases)
    assert "a pen name" in _said(at)
    assert "Ann" in _said(at)
    assert not at.text_input(key="judging:why").value  # the next decision has a reason of its own

    member = next(found.id for found in queries.members(pending, merged.id) if found.id != merged.id)
    again = _open("entities", entity=merged.id)
    again.text_input(key="judging:name-field").set_value("Bob").run()
    again.button(key=f"split-{member}").click().run()
    assert not again.exception
    assert queries.resolve_entity(pending, BYTEDANCE).id != queries.resolve_entity(pending, "Somebody Else").id
    assert len(queries.members(pending, one)) == 1

    again.button(key="judging:undo").click().run()
    assert len(queries.members(pending, merged.id)) == 2


def test_an_entity_that_is_not_listed_is_chosen_by_typing_its_name(pending, monkeypatch):
    from ui.panels import who

    monkeypatch.setattr(who, "_MOST", 1)
    at = _open()
    listed = at.selectbox(key="timeline:entity")
    assert len(listed.options) == 1
    listed.options.append("bytedance")  # as a browser does with what is typed
    one = queries.resolve_entity(pending, BYTEDANCE).id
    listed.set_value("bytedance").run()
    assert at.query_params["entity"] == one
    listed = at.selectbox(key="timeline:entity")
    listed.options.append("nobody at all")
    listed.set_value("nobody at all").run()
    assert "entity" not in at.query_params
    assert "nobody at all" in at.toast[0].value.replace("\\", "")


def test_nobody_without_a_name_merges_entities(pending):
    one = queries.resolve_entity(pending, BYTEDANCE).id
    assert _open("entities", entity=one).button(key="merge:do").disabled


@pytest.mark.parametrize(
    ("queue", "words", "who", "others"),
    [
        ("doubts", "lost", "TikTok", "summoned"),
        ("twins", "appeal", "TikTok", "launches"),
        ("flags", "signs", "Joe Biden", "nothing"),
    ],
)
def test_a_queue_is_narrowed_to_words_and_to_an_entity(pending, queue, words, who, others):
    assert not _said(_open("review", queue=queue, q=words)).startswith("No ")
    left = "left to look at"
    assert left not in _said(_open("review", queue=queue, q=words))
    assert left not in _said(_open("review", queue=queue, entity=who))
    assert left in _said(_open("review", queue=queue, q=others))
    assert left in _said(_open("review", queue=queue, entity=COURT))


def test_what_a_queue_was_narrowed_to_is_in_the_address_until_it_is_cleared(pending):
    at = _open("review", queue="doubts")
    at.text_input(key="review:q").set_value("nothing like it").run()
    assert at.query_params["q"] == "nothing like it"
    assert "left to look at" in _said(at)
    next(button for button in at.button if button.label == "Clear").click().run()
    assert "q" not in at.query_params
    assert "1 claim of low confidence to look at" in _said(at)


def test_namesakes_are_told_apart_by_their_offices_and_lead_to_each_other(pending):
    texts = {"o1": "Leeds mayor John Smith resigned on May 2, 2024.", "o2": "John Smith, mayor of York, resigned."}
    record(pending, [_naming(*told) for told in texts.items()], recorded_at="2025-03-08T00:00:00Z", extractor="sample")
    listed = _open("entities", q="John Smith").dataframe[0].value
    assert sorted(listed["Described as"]) == ["mayor of Leeds", "mayor of York"]
    at = _open("entities", entity=queries.find_entities(pending, "John Smith")[0].id)
    (other,) = (button for button in at.button if button.label.startswith("mayor of "))
    here, there = ("Leeds", "York") if "York" in other.label else ("York", "Leeds")
    assert f"mayor of {here}" in _said(at)
    other.click().run()
    assert f"mayor of {there}" in _said(at)


def _naming(id_, text):
    """An article that names a John Smith and a town."""
    named = {"John Smith": EntityKind.PERSON, **dict.fromkeys(filter(text.count, ("Leeds", "York")), EntityKind.PLACE)}
    entities = [
        Entity(entity_id(name), name, kind, (Span(at := text.index(name), at + len(name), name),))
        for name, kind in named.items()
    ]
    return Extraction(Article(id_, text, title=text, published=date(2024, 5, 2)), (), tuple(entities), ())
