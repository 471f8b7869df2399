"""Decisions in a real browser: queues that keys answer and take back, entities merged and split, links to share."""

from datetime import date

import pytest

from kb import queries
from kb.queries import EventFilter
from tests.browser.conftest import settle
from tests.ui.sample import BYTEDANCE

HEARING = "ByteDance to appear before the court"
TWINS = ("TikTok loses its appeal", "TikTok loses its last appeal")
PEN_NAME = "Somebody Else"
LEFT = {
    "doubts": ("1 claim of low confidence to look at", "No claims of low confidence left to look at."),
    "twins": ("1 pair of possible duplicates to look at", "No pairs of possible duplicates left"),
    "conflicts": ("1 contradiction to look at", "No contradictions left to look at."),
    "flags": ("1 claim that cannot be right", "No claims that cannot be right"),
}
"""What a queue of Review says before its only question is answered, and after."""


def give_name(page):
    """Say who decides, and leave the field, so that keys are no longer its letters."""
    field = page.get_by_role("textbox", name="Your name").locator("visible=true")
    field.fill("Ann")
    field.press("Enter")
    page.get_by_text("Give your name to decide").wait_for(state="detached")
    settle(page)
    field.blur()


def press(page, key, *, then):
    """Press a key, and wait for the words that the page says after it."""
    page.keyboard.press(key)
    page.get_by_test_id("stMain").get_by_text(then).locator("visible=true").first.wait_for()
    settle(page)


def choose_same(page, words, name):
    """Choose what is the same as that which is open, by words that nothing else has."""
    field = page.get_by_role("searchbox", name="The same as").or_(page.get_by_role("textbox", name="The same as"))
    field.fill(words)
    field.press("Enter")
    page.get_by_placeholder("1 found").wait_for()
    settle(page)
    listed = page.get_by_role("combobox", name="The same as: which one")
    listed.scroll_into_view_if_needed()
    settle(page)
    listed.click()  # a page that scrolls now would close the list
    page.get_by_role("option", name=name).click()
    settle(page)


def titled(graph):
    return {event.title: event for event in queries.timeline(graph, EventFilter())}


@pytest.mark.parametrize(
    ("queue", "key"),
    [
        ("doubts", "y"),
        ("doubts", "2"),
        ("twins", "e"),
        ("twins", "d"),
        ("twins", "u"),
        ("flags", "y"),
        ("flags", "n"),
        ("conflicts", "d"),
        ("conflicts", "e"),
        ("conflicts", "u"),
    ],
)
def test_a_queue_of_review_is_answered_and_taken_back_by_keys_alone(desk, undecided, queue, key):
    address, graph = undecided
    before, after = LEFT[queue]
    found = titled(graph)
    page = desk(f"/review?queue={queue}", at=address)
    page.get_by_text(before).wait_for()
    give_name(page)
    press(page, key, then=after)
    press(page, "z", then=before)
    assert page.get_by_role("button", name="Undo").count() == 0
    assert titled(graph) == found


def test_who_decides_is_asked_once_and_not_again_after_a_reload(desk, undecided):
    address, _ = undecided
    page = desk("/review?queue=twins", at=address)
    give_name(page)
    page.wait_for_function("document.cookie.includes('chronograph-name=Ann')")
    again = desk("/review?queue=doubts", at=address)
    assert again.get_by_role("textbox", name="Your name").locator("visible=true").input_value() == "Ann"
    assert again.get_by_text("Give your name to decide").count() == 0


def test_later_puts_a_question_off_and_keeps_nothing(desk, undecided):
    address, graph = undecided
    found = titled(graph)
    page = desk("/review?queue=twins", at=address)
    press(page, "s", then=LEFT["twins"][1])
    assert titled(graph) == found


def test_nothing_is_decided_by_a_key_before_a_name_is_given(desk, undecided):
    address, graph = undecided
    found = titled(graph)
    page = desk("/review?queue=twins", at=address)
    page.keyboard.press("e")
    settle(page)
    page.get_by_text("Give your name to decide").wait_for()
    assert titled(graph) == found


@pytest.mark.parametrize(("key", "status"), [("y", "occurred"), ("n", "denied"), ("x", "cancelled")])
def test_whether_it_happened_is_answered_and_taken_back_by_keys_alone(desk, undecided, key, status):
    address, graph = undecided
    page = desk("/deadlines", at=address)
    question = page.locator(".st-key-did-it-happen").get_by_role("link", name=HEARING)
    question.wait_for()
    give_name(page)
    page.keyboard.press(key)
    question.wait_for(state="detached")
    settle(page)
    assert titled(graph)[HEARING].status == status
    page.keyboard.press("z")
    question.wait_for()
    settle(page)
    assert titled(graph)[HEARING].status == "scheduled"


def test_an_address_of_an_event_that_was_merged_leads_to_the_one_it_is_now(desk, undecided):
    address, graph = undecided
    before = titled(graph)
    page = desk("/review?queue=twins", at=address)
    give_name(page)
    press(page, "e", then=LEFT["twins"][1])
    left = {event.id for event in titled(graph).values()}
    gone, kept = sorted((before[title].id for title in TWINS), key=left.__contains__)
    link = desk(f"/?event={gone}", at=address)
    link.wait_for_url(f"**event={kept}**")
    link.get_by_text("2 claims from 2 sources").wait_for()
    press(page, "z", then=LEFT["twins"][0])


def test_an_event_is_merged_with_another_from_its_panel_and_the_merge_is_taken_back(desk, undecided):
    address, graph = undecided
    before = titled(graph)
    page = desk(f"/?event={before[TWINS[0]].id}", at=address)
    page.get_by_text("1 claim from 1 source").wait_for()
    page.get_by_text("Decide", exact=True).click()
    give_name(page)
    choose_same(page, "last appeal", TWINS[1])
    settle(page)
    page.get_by_role("button", name=f"Merge with “{TWINS[1]}”").click()
    page.get_by_text("2 claims from 2 sources").wait_for()
    settle(page)
    page.get_by_role("button", name="Undo: one event").click()
    page.get_by_text("1 claim from 1 source").wait_for()
    settle(page)
    assert titled(graph) == before


def test_two_entities_are_merged_and_split_again_each_with_a_way_back(desk, undecided):
    address, graph = undecided
    one = queries.resolve_entity(graph, BYTEDANCE).id
    page = desk(f"/entities?entity={one}", at=address)
    page.get_by_text("Merge or split").click()
    give_name(page)
    choose_same(page, PEN_NAME, PEN_NAME)
    page.get_by_role("button", name=f"Merge with {PEN_NAME}").click()
    page.get_by_role("heading", name="Taken for one").wait_for()
    settle(page)
    assert queries.resolve_entity(graph, PEN_NAME).id == queries.resolve_entity(graph, BYTEDANCE).id

    page.get_by_role("button", name="Split off").click()
    page.get_by_role("heading", name="Taken for one").wait_for(state="detached")
    settle(page)
    page.get_by_role("button", name="Undo: another entity").click()
    page.get_by_role("heading", name="Taken for one").wait_for()
    settle(page)
    page.get_by_role("button", name="Undo", exact=True).first.click()
    page.get_by_role("heading", name="Taken for one").wait_for(state="detached")
    settle(page)
    assert queries.resolve_entity(graph, PEN_NAME).id != queries.resolve_entity(graph, BYTEDANCE).id


def test_two_days_lie_side_by_side_as_a_difference_and_the_address_keeps_them(desk, undecided):
    address, _ = undecided
    page = desk("/?known=2025-01-30", at=address)
    page.get_by_role("combobox", name="What changed since").click()
    page.get_by_role("option", name="a month before").click()
    page.wait_for_url("**since=2024-12-3**")
    settle(page)
    heading = page.get_by_role("heading", name="Since")
    heading.wait_for()
    assert "added" in heading.inner_text()
    again = desk("/?" + page.url.partition("?")[2], at=address)
    assert again.get_by_role("heading", name="Since").inner_text() == heading.inner_text()
    assert date.fromisoformat(page.url.partition("since=")[2][:10]) < date(2025, 1, 1)


def test_a_saved_query_is_run_from_its_address_and_dropped(desk, undecided):
    address, _ = undecided
    page = desk("/query?cypher=MATCH%20(e:Event)%20RETURN%20count(e)%20AS%20events", at=address)
    page.get_by_role("textbox", name="Keep it in the graph as").fill("How many events")
    page.get_by_role("button", name="Save", exact=True).click()
    told = page.get_by_text("Saved. Its address:").inner_text()
    link = desk(told.partition("address:")[2].strip(), at=address)
    link.get_by_text("1 row", exact=True).wait_for()
    assert "count(e)" in link.get_by_label("Cypher").input_value()
    link.get_by_role("button", name="✕").click()
    link.get_by_role("button", name="How many events").wait_for(state="detached")
