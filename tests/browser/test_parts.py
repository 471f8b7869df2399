"""Timeline, network and upload, touched as people touch them: with fingers, by dragging, by clicks."""

from __future__ import annotations

from datetime import date

import pytest

from kb.config import today_in
from tests.browser.conftest import settle
from tests.browser.stories import CLOSING, closing_days
from tests.browser.test_desk import canvas, state
from tests.ui.sample import BYTEDANCE, COURT, TIKTOK

EPOCH = date(1970, 1, 1).toordinal()


def window(page):
    """The first and the last day that are shown, as days since 1970."""
    drawn = state(page)
    return float(drawn["from"]), float(drawn["to"])


def pixel(page, day):
    """Where noon of a day is in the picture."""
    start, end = window(page)
    return canvas(page).bounding_box()["width"] * (day.toordinal() - EPOCH + 0.5 - start) / (end - start)


def boxes(page, *what):
    found = canvas(page).evaluate("element => element.boxes()")
    return [box for box in found if not what or box["what"] in what]


def moved_on(page, before):
    """Wait until the picture shows another window, and return that."""
    page.locator(f'canvas.canvas:not([data-from="{before[0]}"]), canvas.canvas:not([data-to="{before[1]}"])').wait_for()
    return window(page)


def touch(cdp, kind, *points):
    fingers = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(points)]
    cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})


@pytest.mark.parametrize(("start", "end"), [(60, 220), (220, 60)], ids=["apart", "together"])
def test_two_fingers_zoom_around_what_lies_between_them(desk, newcomer, start, end):
    page = desk("/", at=newcomer)
    for _ in range(3):  # so that there is room on both sides to zoom out into
        before = window(page)
        page.get_by_role("button", name="Zoom in").click()
        before = moved_on(page, before)
    box = canvas(page).bounding_box()
    middle, y = box["x"] + box["width"] / 2, box["y"] + 50
    cdp = page.context.new_cdp_session(page)
    centre, length = sum(before) / 2, before[1] - before[0]
    touch(cdp, "touchStart", (middle - start, y), (middle + start, y))
    steps = 8
    for step in range(1, steps + 1):
        reach = start + (end - start) * step / steps
        touch(cdp, "touchMove", (middle - reach, y), (middle + reach, y))
    touch(cdp, "touchEnd")
    page.wait_for_function(
        "([{ dataset }, before, wanted]) => Math.abs((dataset.to - dataset.from) / before / wanted - 1) < 0.12",
        arg=[canvas(page).element_handle(), length, start / end],
    )
    now = window(page)
    assert sum(now) / 2 == pytest.approx(centre, abs=0.08 * length)
    assert "event=" not in page.url  # two fingers are no click


def test_the_window_is_dragged_along_the_strip_by_where_it_is_taken(desk, crowded):
    page = desk("/", at=crowded)
    before = window(page)
    strip = page.locator("canvas.map")
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 15)
    page.mouse.down()
    held = moved_on(page, before)
    assert held[1] - held[0] == pytest.approx(before[1] - before[0])
    page.mouse.up()
    box = strip.bounding_box()  # the picture above it may have needed more rows
    page.mouse.move(box["x"] + box["width"] * 0.5 + 1, box["y"] + 15)  # inside of the window, and not in its middle
    page.mouse.down()
    assert window(page)[0] == pytest.approx(held[0], abs=1)  # taking hold of it moves nothing
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 15, steps=5)
    page.mouse.up()
    page.wait_for_function(
        "([{ dataset }, day]) => dataset.from > day",
        arg=[canvas(page).element_handle(), held[0] + 2 * (held[1] - held[0])],
    )
    now = window(page)
    assert now[1] - now[0] == pytest.approx(held[1] - held[0])


def test_the_days_a_deadline_stood_on_before_are_ghosts_joined_to_it(desk, newcomer):
    page = desk("/?q=terminal&type=deadline", at=newcomer)
    first, second, last = closing_days(today_in(None))
    ghosts = boxes(page, "ghost")
    assert [(box["left"] + box["right"]) / 2 for box in ghosts] == pytest.approx(
        [pixel(page, first), pixel(page, second)], abs=2
    )
    (mark,) = boxes(page, "mark")
    assert (mark["left"] + mark["right"]) / 2 == pytest.approx(pixel(page, last), abs=2)
    middles = [(box["top"] + box["bottom"]) / 2 for box in [*ghosts, mark]]
    assert len(set(middles)) == 1
    row = {"x": pixel(page, second), "y": middles[0]}
    assert ink(page, row["x"] + 10, row["y"], pixel(page, last) - 10)  # the line from one day to the next
    canvas(page).hover(position=row)
    told = page.locator(".tip").inner_text()
    assert CLOSING in told
    assert f"before that {first.day} {first:%b %Y}, {second.day} {second:%b %Y}" in told


def test_today_is_a_line_with_its_name_below_the_events(desk, newcomer):
    page = desk("/?q=terminal", at=newcomer)
    x = pixel(page, today_in(None)) - 0.5 * (pixel(page, date(2025, 1, 2)) - pixel(page, date(2025, 1, 1)))
    (name,) = boxes(page, "today")
    assert abs(name["left"] - x) < 8 or abs(name["right"] - x) < 8
    for y in (30, name["top"] + 2):  # from the axis down to its name
        assert ink(page, x - 2, y, x + 2)


def ink(page, left, y, right):
    """Whether anything is drawn in a row of pixels, from one place to another."""
    return canvas(page).evaluate(
        """(element, [left, y, right]) => {
            const ratio = element.width / element.clientWidth;
            const [x, row, wide] = [left, y, right - left].map((value) => Math.round(value * ratio));
            const { data } = element.getContext("2d").getImageData(x, row, Math.max(wide, 1), 1);
            return data.some((value, at) => at % 4 === 3 && value > 60);
        }""",
        [left, y, right],
    )


@pytest.mark.parametrize("width", [1400, 768, 390])
def test_labels_never_lie_over_anything_at_any_zoom(desk, newcomer, width):
    page = desk("/?known=2025-01-15&lanes=none", at=newcomer, width=width)
    assert collisions(page) == []
    page.goto(f"{newcomer}/")
    settle(page)
    for zoom in ("All", "Zoom in", "Zoom in", "Zoom in", "Zoom out"):
        page.get_by_role("button", name=zoom, exact=True).click()
        assert collisions(page) == []


def test_labels_of_thousands_of_events_never_lie_over_anything(desk, crowded):
    page = desk("/?status=denied", at=crowded)
    seen = 0
    for zoom in ("+", "+", "+", "Shift+ArrowRight", "-", "-", "Shift+ArrowLeft", "-", "-", "-", "0"):
        canvas(page).press(zoom)
        assert collisions(page) == []
        seen += len(boxes(page, "label"))
    assert seen > 50


def collisions(page):
    """Labels, and names of days, that lie over a label, a mark, a ghost or a name of another event or day."""
    drawn = boxes(page)
    words = [box for box in drawn if box["what"] not in ("mark", "ghost", "bar")]
    solid = [box for box in drawn if box["what"] != "bar"]
    inside = canvas(page).bounding_box()
    outside = [word for word in words if word["right"] > inside["width"] + 1 or word["bottom"] > inside["height"] + 1]
    return outside + [(word, other) for word in words for other in solid if other is not word and _overlap(word, other)]


def _overlap(one, other):
    wide = min(one["right"], other["right"]) - max(one["left"], other["left"])
    high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return wide > 0.5 and high > 0.5


def test_a_click_looks_further_into_a_network_and_another_folds_it_back(desk):
    page = desk(f"/entities?entity={COURT}")
    stage = network(page, nodes=2)
    click_node(stage, TIKTOK)
    page.wait_for_url("**further=**")
    stage = network(page, nodes=3)
    assert set(places(stage)) == {COURT, TIKTOK, BYTEDANCE}
    click_node(stage, TIKTOK)
    page.wait_for_url(lambda url: "further=" not in url)
    network(page, nodes=2)
    page.get_by_role("button", name=f"Open {TIKTOK}").click()
    page.get_by_role("heading", name=TIKTOK).wait_for()


def test_a_network_is_looked_into_by_its_list_too(desk):
    page = desk(f"/entities?entity={COURT}")
    network(page, nodes=2)
    page.get_by_role("combobox", name="Look further from").click()
    page.get_by_role("option", name=TIKTOK).click()
    page.wait_for_url("**further=**")
    stage = network(page, nodes=3)
    again = desk("/entities?" + page.url.partition("?")[2])
    assert places(network(again, nodes=3)).keys() == places(stage).keys()


def test_names_of_a_network_never_collide_at_any_zoom(desk):
    page = desk("/query?view=Graph&cypher=MATCH%20(e:Event)-[i:INVOLVES]->(x:Entity)%20RETURN%20e,i,x")
    stage = page.locator(".stage[data-ready]")
    wide = stage.bounding_box()["width"]
    named = []
    for zoom in ("All", "Zoom out", "Zoom out", "Zoom out", "Zoom in"):
        page.get_by_role("button", name=zoom, exact=True).click()
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        names = stage.evaluate("element => element.names()")
        named.append(len(names))
        assert all(0 <= name["x1"] < name["x2"] <= wide for name in names)
        assert not [1 for at, one in enumerate(names) for other in names[:at] if _names_overlap(one, other)]
    assert named[0] > named[3] > 0


def _names_overlap(one, other):
    return one["x1"] < other["x2"] and other["x1"] < one["x2"] and one["y1"] < other["y2"] and other["y1"] < one["y2"]


def network(page, *, nodes):
    settle(page)
    stage = page.locator(f'.stage[data-nodes="{nodes}"]')
    stage.wait_for()
    return stage


def places(stage):
    return stage.evaluate("element => element.places()")


def click_node(stage, name):
    stage.scroll_into_view_if_needed()
    stage.click(position=places(stage)[name])


ARTICLE = b"""---
title: A ferry begins to run
published: 2025-02-20
source: Quay Courier
---
The Northern Ferry Company launched its new line between Aberport and Westhaven on February 18, 2025.
"""


def test_an_upload_shows_how_far_it_is_and_what_came_of_it(desk, newcomer):
    page = desk("/data", at=newcomer)
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "ferry.md", "mimeType": "text/markdown", "buffer": ARTICLE},
            {"name": "broken.json", "mimeType": "application/json", "buffer": b"{"},
        ]
    )
    page.get_by_text("broken.json").first.wait_for()
    settle(page)
    page.get_by_role("button", name="Read into the graph").click()
    bar = page.get_by_role("progressbar").first
    bar.wait_for()
    page.get_by_text("Reading 2 inputs").wait_for()
    page.get_by_text("1 new, 0 updated, 0 unchanged, 1 left out").wait_for()
    settle(page)
    assert page.get_by_text("Reading 2 inputs").count() == 0
    assert page.get_by_text("broken.json").count() > 0
    listed = desk("/articles?q=ferry", at=newcomer)
    listed.get_by_text("1 article", exact=True).wait_for()
