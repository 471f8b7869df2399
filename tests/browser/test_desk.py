"""What only a browser can tell: that pages draw, respond to pointer and keys, keep their state, and fit the screen."""

from datetime import date

import pytest

from tests.browser.conftest import settle
from tests.ui.sample import DUE, HEARING, HOSTILE_SENTENCE, MOVED, SCRIPT

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ON_TOP = """(element) => {
    const { right, top, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(right - 1, top + height / 2));
}"""
"""Whether the end of an element is in view, neither cut off nor covered."""
MARCH = (date(2024, 3, 1), date(2024, 3, 31))


def canvas(page):
    found = page.locator("canvas.canvas")
    found.wait_for()
    return found


def state(page):
    """What the timeline draws: its window in days since 1970, number of events, the open one."""
    return canvas(page).evaluate("element => ({ ...element.dataset })")


def position(page, day, *, lane=0):
    """Pixels of a day in the picture, and of the first row of a lane when every lane has one row."""
    drawn, box = state(page), canvas(page).bounding_box()
    start, end = float(drawn["from"]), float(drawn["to"])
    days = day.toordinal() - date(1970, 1, 1).toordinal() + 0.5
    return box["width"] * (days - start) / (end - start), 26 + 18 + 11 + lane * 40


def open_first_event(page):
    """By keyboard: the month of March 2024 is the first."""
    picture = canvas(page)
    picture.focus()
    picture.press("ArrowRight")
    picture.press("Enter")
    page.get_by_role("heading", name="TikTok launches a shopping service").wait_for()
    settle(page)


def test_the_filters_stand_in_one_row_and_the_days_that_were_chosen_are_not_cut(desk):
    page = desk("/?from=2024-03-01&to=2025-08-31&lanes=source&main=100&q=tiktok", width=1280)
    boxes = [part.bounding_box() for part in page.locator(".st-key-filters > *").all()]
    bottoms = {round(box["y"] + box["height"]) for box in boxes}
    assert len(bottoms) == 1
    for name in ("day, From", "day, To"):
        assert page.get_by_role("spinbutton", name=name).evaluate(ON_TOP), f"“{name}” is cut"


def test_a_click_on_a_mark_opens_the_event_and_its_address_restores_it(desk):
    page = desk()
    x, y = position(page, MARCH[0])
    canvas(page).click(position={"x": x + 8, "y": y})
    page.get_by_role("heading", name="TikTok launches a shopping service").wait_for()
    settle(page)
    shown = page.get_by_test_id("stMain").inner_text()
    for part in ("In March 2024 TikTok launched a shopping service.", "Capital Ledger", "March 2024 (month)"):
        assert part in shown
    assert state(page)["selected"] in page.url

    again = desk("/?" + page.url.partition("?")[2])
    again.get_by_role("heading", name="TikTok launches a shopping service").wait_for()
    assert state(again)["selected"] == state(page)["selected"]


def test_a_month_is_drawn_a_month_wide(desk):
    page = desk()
    tip = page.locator(".tip")
    for day in (MARCH[0], date(2024, 3, 16), MARCH[1]):
        x, y = position(page, day)
        canvas(page).hover(position={"x": x, "y": y})
        assert tip.inner_text().split("\n") == ["TikTok launches a shopping service", "Occurred · Mar 2024"]


def test_a_row_of_the_table_opens_the_event_and_marks_it_in_the_picture(desk):
    page = desk()
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 16, "y": 36 + 4.5 * 33})
    page.get_by_role("heading", name="ByteDance to sell TikTok").wait_for()
    page.wait_for_function(
        "id => document.documentElement.dataset.chronographEvent === id", arg=page.url.split("event=")[1]
    )
    assert state(page)["selected"] == page.url.split("event=")[1]


def test_keys_alone_open_an_event_and_say_what_it_is(desk):
    page = desk()
    open_first_event(page)
    said = page.locator(".live").text_content()
    assert said == "TikTok launches a shopping service. Occurred, Mar 2024."


def test_back_returns_to_the_event_before(desk):
    page = desk()
    open_first_event(page)
    first = state(page)["selected"]
    for key in ("ArrowLeft", "Enter"):
        canvas(page).press(key)
    page.get_by_role("heading", name="ByteDance to sell TikTok").wait_for()
    page.go_back()
    page.get_by_role("heading", name="TikTok launches a shopping service").wait_for()
    page.wait_for_function("id => document.documentElement.dataset.chronographEvent === id", arg=first)
    assert state(page)["selected"] == first


def test_a_status_pill_filters_picture_and_address_and_keeps_the_window(desk):
    page = desk()
    before = state(page)["from"]
    canvas(page).press("-")
    page.locator(f'canvas.canvas:not([data-from="{before}"])').wait_for()
    window = state(page)["from"]
    page.get_by_role("button", name="Occurred 2").click()
    page.wait_for_url("**status=occurred**")
    settle(page)
    page.locator('canvas.canvas[data-events="2"]').wait_for()
    assert state(page)["from"] == window


def test_a_plain_wheel_scrolls_the_page_and_ctrl_wheel_zooms(desk):
    page = desk()
    page.set_viewport_size({"width": 1400, "height": 400})
    before = state(page)
    canvas(page).hover()
    page.mouse.wheel(0, 120)
    page.wait_for_function("document.querySelector('[data-testid=\"stMain\"]').scrollTop > 0")
    assert state(page) == before
    canvas(page).hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -240)
    page.keyboard.up("Control")
    page.locator(f'canvas.canvas:not([data-to="{before["to"]}"])').wait_for()
    after = state(page)
    assert float(after["to"]) - float(after["from"]) < float(before["to"]) - float(before["from"])


def test_opening_an_event_moves_little_data(desk):
    page = desk()
    received = []
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    cdp.on("Network.webSocketFrameReceived", lambda frame: received.append(len(frame["response"]["payloadData"])))
    open_first_event(page)
    assert 0 < sum(received) < 50_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_is_drawn_in_the_colours_of_the_theme(desk, scheme):
    ink = canvas(desk(scheme=scheme)).evaluate(
        """element => {
            const { data } = element.getContext("2d").getImageData(0, 0, element.width, 40);
            const solid = [];
            for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 200) solid.push(data[at + 1]);
            return solid.reduce((total, value) => total + value, 0) / solid.length;
        }"""
    )
    assert (ink > 128) == (scheme == "dark")


@pytest.mark.parametrize("path", ["/articles?article=evil", "/entities", "/?q=evil"])
def test_hostile_texts_show_as_text(desk, path):
    page = desk(path)
    if path == "/?q=evil":
        open_any = canvas(page)
        open_any.press("ArrowRight")
        open_any.press("Enter")
        page.get_by_text("1 claim from 1 source").wait_for()
        settle(page)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x]").count() == 0
    if "article" in path:
        assert HOSTILE_SENTENCE.replace("\u202e", "\ufffd") in page.locator(".cg-reader").inner_text()
        assert SCRIPT in page.get_by_test_id("stMain").inner_text()


def test_links_lead_from_an_event_to_its_article_and_its_actors(desk):
    page = desk()
    open_first_event(page)
    page.get_by_role("link", name="A deadline goes").click()
    page.wait_for_url("**/articles?article=ledger**")
    page.locator(".cg-reader").wait_for()
    page.get_by_role("link", name="TikTok", exact=True).click()
    page.wait_for_url("**/entities?entity=**")
    page.get_by_role("heading", name="TikTok").wait_for()


def test_an_example_query_runs_and_downloads(desk):
    page = desk("/query")
    page.get_by_role("button", name="Events by month").click()
    page.get_by_text("3 rows").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert download.value.path().read_text().splitlines() == ["month,events", "2024-03,1", "2024-05,2", "2025-01,2"]


@pytest.mark.parametrize(
    ("words", "leads_to", "shown"),
    [
        ("due in the next 30 days", "/deadlines?from=", "Did it happen?"),
        ("what changed", "since=2025-01-14", "Since 14 Jan 2025"),
        ("sources disagree", "queue=conflicts", "contradictions"),
        ("did it happen", "/deadlines", "Did it happen?"),
    ],
)
def test_somebody_new_is_one_click_from_what_they_ask(desk, words, leads_to, shown):
    page = desk()
    way = page.get_by_role("link", name=words).or_(page.get_by_role("button", name=words))
    way.first.click()
    page.wait_for_url(f"**{leads_to}**")
    settle(page)
    page.get_by_test_id("stMain").get_by_text(shown).first.wait_for()


def test_what_is_due_says_why_and_opens_its_event(desk):
    page = desk("/deadlines?known=2025-01-13")
    page.get_by_text("in 6 days").wait_for()
    assert "ByteDance must sell TikTok by January 19, 2025" in page.locator(".cg-quote").first.inner_text()
    page.get_by_role("link", name="ByteDance to sell TikTok").first.click()
    page.wait_for_url("**event=**")
    page.get_by_role("heading", name="ByteDance to sell TikTok").wait_for()


def test_cypher_is_coloured_while_it_is_typed_and_stays_text(desk):
    page = desk("/query")
    box = page.get_by_label("Cypher")
    box.click()
    box.press_sequentially("MATCH (e:Event) // <b>all</b>")
    paint = page.locator("pre.paint")
    page.wait_for_function("document.querySelector('pre.paint')?.textContent.includes('all')")
    assert paint.text_content().rstrip("\n") == "MATCH (e:Event) // <b>all</b>"
    assert paint.locator(".keyword").all_text_contents() == ["MATCH"]
    assert paint.locator(".label").all_text_contents() == [":Event"]
    assert paint.locator(".comment").all_text_contents() == ["// <b>all</b>"]
    assert paint.locator("b").count() == 0
    assert box.input_value() == "MATCH (e:Event) // <b>all</b>"
    over, under = box.bounding_box(), paint.bounding_box()
    assert abs(over["x"] - under["x"]) < 3
    assert abs(over["y"] - under["y"]) < 3


def test_the_reader_has_about_seventy_characters_a_line(desk):
    page = desk("/articles?article=harbor")
    a_line = """text => {
        const told = document.createElement("span");
        told.textContent = text;
        document.querySelector(".cg-reader").replaceChildren(told);
        return text.length / new Set([...told.getClientRects()].map(({ top }) => Math.round(top))).size;
    }"""
    assert 64 <= page.evaluate(a_line, " ".join([HEARING, DUE, MOVED] * 12)) <= 74


def test_on_a_narrow_screen_who_is_named_together_with_an_entity_stands_below_its_timeline(desk):
    page = desk("/entities?entity=TikTok", width=768)
    picture = canvas(page).bounding_box()
    below = page.get_by_role("heading", name="Named together with").bounding_box()
    assert below["y"] > picture["y"] + picture["height"]
    assert below["x"] < picture["x"] + 20


def test_on_a_phone_an_open_event_lies_in_view_and_closes_again(desk):
    page = desk(width=390)
    open_first_event(page)
    heading = page.get_by_role("heading", name="TikTok launches a shopping service").bounding_box()
    assert 0 <= heading["y"] < heading["y"] + heading["height"] <= page.viewport_size["height"]
    page.get_by_role("button", name="Close").click()
    page.locator(".st-key-detail-open").wait_for(state="detached")
    page.wait_for_url(lambda url: "event=" not in url)


def test_on_a_phone_the_picture_begins_on_the_upper_half_of_the_first_screen(desk):
    page = desk(width=390)
    assert canvas(page).bounding_box()["y"] < page.viewport_size["height"] / 2
    assert page.evaluate(OVERFLOW) <= 0


def test_on_a_phone_no_link_is_cut(desk):
    page = desk("/?entity=ByteDance&event=none", width=390)
    cut = """() => [...document.querySelectorAll('[data-testid="stPageLink"] a *')]
        .filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflow !== "visible")
        .map((part) => part.textContent.slice(0, 60))"""
    assert page.evaluate(cut) == []
    for path in ("/deadlines?known=2025-01-13", "/articles?article=harbor", "/entities?entity=TikTok"):
        assert desk(path, width=390).evaluate(cut) == []


def test_a_key_answers_the_question_whether_it_happened(desk):
    page = desk("/deadlines?known=2025-01-20")
    page.get_by_text("1 event was fixed for a day that has passed").wait_for()
    page.keyboard.press("s")
    page.get_by_text("Nothing that was fixed for a day before 20 Jan 2025 is without a report.").wait_for()


def test_one_click_copies_a_quote_or_the_address_of_the_page(desk):
    page = desk()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_first_event(page)
    page.get_by_role("button", name="Copy with source").first.click()
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“In March 2024 TikTok launched a shopping service.” (Capital Ledger, “A deadline goes”,")
    page.get_by_role("button", name="Copy link").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("navigator.clipboard.readText().then((text) => text === location.href)")
    assert "event=" in page.url


def test_enter_opens_the_row_that_the_keyboard_is_on(desk):
    page = desk("/articles?q=court")
    page.get_by_text("1 article", exact=True).wait_for()
    page.get_by_test_id("data-grid-canvas").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**article=harbor**")
    page.locator(".cg-reader").wait_for()


def test_enter_on_the_row_that_is_open_leaves_it_open_and_marked(desk):
    page = desk()
    open_first_event(page)
    marked = "document.querySelector('[data-testid=data-grid-canvas]').querySelectorAll('[aria-selected=true]').length"
    page.wait_for_function(f"{marked} > 0")
    page.get_by_test_id("data-grid-canvas").first.focus()
    for key in ("ArrowRight", "Enter", "Enter"):
        page.keyboard.press(key)
        settle(page)
    assert "event=" in page.url
    page.wait_for_function(f"{marked} > 0")


def test_where_the_keyboard_is_can_be_seen_on_every_link(desk):
    page = desk("/query")
    page.get_by_role("link", name="Deadlines").focus()
    page.keyboard.press("Tab")
    seen = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate("document.activeElement.textContent").strip() == "Entities"
    assert page.evaluate(seen) == "solid"


def test_on_paper_stands_what_was_found_and_nothing_to_press(desk):
    page = desk()
    open_first_event(page)
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="TikTok launches a shopping service").is_visible()
    assert page.get_by_text("In March 2024 TikTok launched a shopping service.").first.is_visible()
    for gone in (
        page.get_by_test_id("stHeader"),
        page.locator(".cg-copy").first,
        page.get_by_text("Decide", exact=True),
    ):
        assert not gone.is_visible()


def test_on_paper_a_table_is_written_out_and_filters_stand_where_they_are_set(desk):
    page = desk()
    written = page.locator("table.cg-paper").first
    assert not written.is_visible()
    page.emulate_media(media="print")
    assert written.get_by_text("TikTok launches a shopping service").is_visible()
    assert not page.get_by_test_id("stDataFrame").first.is_visible()
    assert not page.get_by_role("searchbox", name="Search").is_visible()
    page = desk("/?q=tiktok")
    page.emulate_media(media="print")
    assert page.get_by_role("searchbox", name="Search").is_visible()


def test_on_paper_stands_what_moved_and_no_question_to_answer(desk, newcomer):
    page = desk("/deadlines", at=newcomer)
    page.emulate_media(media="print")
    assert page.get_by_test_id("stExpander").get_by_text("later than first set").first.is_visible()
    for gone in (page.get_by_label("Your name"), page.get_by_role("button", name="It happened")):
        assert not gone.first.is_visible()


def test_who_comes_again_is_one_click_from_what_changed_since_the_last_visit(desk):
    page = desk("/?entity=TikTok")
    link = page.locator("a.cg-visit")
    link.wait_for(state="attached")
    page.evaluate("localStorage.removeItem('chronograph:visits')")
    page.reload()
    settle(page)
    link.wait_for(state="attached")
    assert not link.is_visible()
    page.evaluate("""localStorage.setItem('chronograph:visits', '{"last": "2025-01-15"}')""")
    for _ in range(2):  # the second time, today's visit is kept already
        page.reload()
        settle(page)
        page.get_by_role("link", name="what changed since your last visit, 15 Jan 2025").wait_for()
    link.click()
    page.get_by_role("heading", name="Since 14 Jan 2025").wait_for()
    assert "entity=" in page.url
    page.evaluate("localStorage.removeItem('chronograph:visits')")


def test_a_picture_opens_on_the_days_that_were_asked_for(desk):
    shown = state(desk("/?from=2025-01-01&to=2025-01-31"))
    first, last = (date(2025, 1, day).toordinal() - date(1970, 1, 1).toordinal() for day in (1, 20))
    assert first - 5 < float(shown["from"]) <= first
    assert last < float(shown["to"]) < last + 30


def test_a_phrase_is_searched_by_keys_and_its_quote_opens_the_event_with_the_words_marked(desk):
    page = desk()
    box = page.get_by_role("searchbox", name="Search")
    box.fill("“two-hour hearing”")
    box.press("Enter")
    page.get_by_role("heading", name="1 quote with “two-hour hearing”").wait_for()
    settle(page)
    assert "".join(page.locator("mark.found").all_inner_texts()) == "two-hour hearing"
    opens = page.locator("[class*=st-key-plain-quote-] button[data-testid=stBaseButton-tertiary]").first
    opens.focus()
    opens.press("Enter")
    page.get_by_text("2 claims from 2 sources").wait_for()
    settle(page)
    assert page.locator("mark.found").first.inner_text() == "two-hour "
    page.emulate_media(media="print")
    assert page.locator("mark.found").first.is_visible()
    page.get_by_role("button", name="✕ Close").wait_for(state="hidden")
