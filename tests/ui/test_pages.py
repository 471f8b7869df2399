"""Every page on a real store: what it shows, and what it says when there is nothing to show."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from kb import queries
from kb.config import Settings
from kb.queries import Change, EntityView, EventFilter
from kb.store import embedded, open_graph
from tests.ui.sample import BYTEDANCE, DUE, HOSTILE_NAME, SCRIPT, TIKTOK, fill
from ui import access, answers, shelf, tables
from ui.answers import open_store
from ui.panels import event, events, filters, notice, overdue
from ui.panels.choice import more_words
from ui.panels.claim import show_claims
from ui.roles import Role
from ui.text import plain

APP = Path(__file__).parents[2] / "ui" / "app.py"
PAGES = ["timeline", "deadlines", "entities", "articles", "review", "query", "data"]


@pytest.fixture
def desk(filled, monkeypatch):
    """Opens a page of the filled store by its name and the parameters of its address."""
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    return _open


def _open(page="timeline", **params):
    at = AppTest.from_file(str(APP), default_timeout=30)
    if page != "timeline":
        at.switch_page(f"app_pages/{page}.py")
    for name, value in params.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception, at.exception[0].value
    assert notice.MISTAKE not in [error.value for error in at.error]
    return at


def _said(at):
    """All a page says outside of tables and widgets."""
    elements = [*at.html, *at.markdown, *at.caption, *at.warning, *at.error, *at.info, *at.subheader, *at.page_link]
    return "\n".join(str(element.value) for element in elements)


def _event(graph, title):
    return next(event.id for event in queries.timeline(graph, EventFilter()) if event.title == title)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_a_filled_store(desk, page):
    at = desk(page)
    assert not at.error
    assert not at.warning


@pytest.mark.parametrize("page", ["timeline", "deadlines", "entities", "articles", "review", "data"])
def test_an_empty_graph_says_how_to_fill_it(empty, monkeypatch, page):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(empty.data))
    at = _open(page)
    assert "The graph is empty" in [title.value for title in at.subheader]
    assert "chronograph ingest" in at.code[0].value


def test_words_for_days_it_stood_on_before_are_not_said_to_be_its_own(graph):
    due = next(claim for claim in queries.article(graph, "harbor").claims if claim.quote == DUE)
    detail = queries.event(graph, due.event)
    before = replace(
        due, id="before", first_day="2024-12-01", last_day="2024-12-01", time_text="December 1", basis="context"
    )
    facts = event._facts(replace(detail, claims=(before, *detail.claims)), None)
    assert "“January 19, 2025”" in facts
    assert "December 1" not in facts
    assert "taken from another sentence" not in facts
    assert "“December 1”" in event._facts(replace(detail, claims=(before,)), None)


@pytest.mark.parametrize("page", ["timeline", "articles", "data"])
def test_a_graph_that_was_empty_a_moment_ago_is_not_said_to_be(tmp_path, monkeypatch, page):
    settings = Settings(tmp_path / "data", None, "unused")
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(settings.data))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setattr(shelf, "SLOW", -1.0)
    monkeypatch.setattr(answers, "_PATIENCE", 0.0)
    try:
        open_graph(settings, create=True).close()
        at = _open(page)
        assert "The graph is empty" in [title.value for title in at.subheader]
        fill(settings)
        answers._writes.clear()  # a second later
        at.run()
        assert not at.exception
        assert "The graph is empty" not in [title.value for title in at.subheader]
    finally:
        answers.forget()
        embedded.stop(settings.data)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "data"])
def test_a_store_that_is_not_there_is_told_in_plain_words(tmp_path, monkeypatch, page):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(tmp_path / "nowhere"))
    at = _open(page, **({"cypher": "MATCH (n) RETURN n"} if page == "query" else {}))
    assert "nowhere" in at.error[0].value
    assert [button.label for button in at.button if button.label == "Try again"]
    assert [code.value for code in at.code if "chronograph" in code.value] == ["chronograph ingest fixtures/articles"]
    assert not any("Traceback" in text.value for text in at.code)


def test_where_there_is_no_store_the_first_articles_can_be_read_on_the_page(tmp_path, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(tmp_path / "nowhere"))
    at = _open("data")
    assert not at.error
    assert "The graph is empty" in [title.value for title in at.subheader]
    assert "Read into the graph" in [button.label for button in at.button]
    assert "nowhere" in _said(at)  # the data folder, among the settings


def test_a_mistake_of_the_program_shows_no_trace_and_says_what_to_do(desk, monkeypatch, caplog):
    def fail(_):
        raise RuntimeError("a secret of the program")

    monkeypatch.setattr(queries, "holds_articles", fail)
    at = AppTest.from_file(str(APP), default_timeout=30).run()
    assert at.error[0].value == notice.MISTAKE
    assert [button.label for button in at.button] == ["Try again"]
    assert not at.exception
    assert "secret" not in _said(at)
    assert "a secret of the program" in caplog.text


def test_a_store_that_comes_back_is_used_again(desk, filled, tmp_path, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(tmp_path / "nowhere"))
    at = _open()
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    next(button for button in at.button if button.label == "Try again").click().run()
    assert not at.error
    assert len(at.dataframe[0].value) == 5


def test_the_timeline_lists_events_with_their_days_in_words(desk):
    table = desk().dataframe[0].value
    assert list(table["When"]) == ["Mar 2024", "5 May 2024", "6 May 2024", "10 Jan 2025", "19 Jan 2025"]
    assert list(table["Status"]) == ["● Occurred", "◇ Proposed", "✕ Denied", "● Occurred", "⊘ Cancelled"]


@pytest.mark.parametrize(
    ("params", "days"),
    [
        pytest.param({"q": "tiktok"}, ["Mar 2024", "10 Jan 2025", "19 Jan 2025"], id="text"),
        pytest.param({"q": "tiktok HEARING"}, ["10 Jan 2025"], id="words in any order"),
        pytest.param({"entity": "ByteDance"}, ["19 Jan 2025"], id="entity by name"),
        pytest.param({"status": ["denied", "proposed"]}, ["5 May 2024", "6 May 2024"], id="statuses"),
        pytest.param({"type": "court_hearing"}, ["10 Jan 2025"], id="type"),
        pytest.param({"from": "2024-03-31", "to": "2024-05-05"}, ["Mar 2024", "5 May 2024"], id="window"),
        pytest.param({"known": "2025-01-11"}, ["5 May 2024", "6 May 2024", "10 Jan 2025"], id="as known then"),
    ],
)
def test_the_address_filters_the_timeline(desk, params, days):
    assert list(desk(**params).dataframe[0].value["When"]) == days


def test_what_is_chosen_goes_into_the_address_and_clear_takes_it_out(desk):
    at = desk()
    at.text_input(key="timeline:q").set_value("tiktok").run()
    at.pills(key="timeline:status").set_value(["cancelled"]).run()
    assert at.query_params == {"q": "tiktok", "status": "cancelled"}
    assert list(at.dataframe[0].value["When"]) == ["19 Jan 2025"]
    next(button for button in at.button if button.label == "Clear").click().run()
    assert at.query_params == {}
    assert len(at.dataframe[0].value) == 5


def test_a_changed_address_changes_the_widgets(desk):
    at = desk(q="tiktok")
    at.query_params["q"] = "hearing"
    at.run()
    assert at.text_input(key="timeline:q").value == "hearing"


@pytest.mark.parametrize(
    ("params", "pills"),
    [
        ({"status": "denied"}, ["Occurred 2", "Proposed 1", "Denied 1", "Cancelled 1"]),
        ({"entity": "ByteDance"}, ["Cancelled 1"]),
        ({"entity": "ByteDance", "known": "2025-01-15"}, ["Scheduled 1"]),
    ],
)
def test_status_pills_count_what_each_would_show(desk, params, pills):
    labels = desk(**params).pills(key="timeline:status").options
    assert [str(label).split("]")[-1].strip() for label in labels] == pills


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"from": "2025-02-30"}, "not a valid date"),
        ({"known": "yesterday"}, "not a valid date"),
        ({"status": "done"}, "there is no"),
        ({"type": "<script>"}, "there is no"),
        ({"entity": "Nobody At All"}, "no entity is called"),
        ({"from": "2025-02-01", "to": "2025-01-01"}, "is after"),
    ],
)
def test_nonsense_in_the_address_is_named_and_left_out(desk, params, complaint):
    at = desk(**params)
    assert complaint in at.warning[0].value.replace("\\", "")


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("timeline", {"event": "ev0"}),
        ("timeline", {"event": "x" * 5000}),
        ("entities", {"entity": "Nobody At All"}),
        ("articles", {"article": "`none`"}),
        ("articles", {"article": "ledger", "claim": "none", "unknown": "1"}),
    ],
)
def test_a_link_to_what_is_not_there_says_so(desk, page, params):
    at = desk(page, **params)
    assert not at.error
    assert page == "articles" or "in this graph" in at.warning[0].value


def test_an_event_shows_its_claims_with_quote_words_source_and_history(desk, graph):
    said = _said(desk(event=_event(graph, "ByteDance to sell TikTok")))
    for part in (
        "19 January 2025 (day)", "“January 19, 2025”", "the full date stands in the text", "12 Jan 2025 to 21 Jan 2025",
        "2 claims from 2 sources", "How it changed", "Harbor Post", "Capital Ledger", "according to an official",
        "read from “dropped”", "confidence 90%", '<mark class="trigger">sell</mark>',
        '<mark class="time">January 19, 2025</mark>', "ByteDance", "TikTok waits for the court",
    ):  # fmt: skip
        assert part in said


def test_a_search_shows_the_quotes_it_finds_and_one_of_them_opens_its_event(desk, graph):
    at = desk(q="two-hour court")
    said = _said(at)
    assert "1 quote with two-hour court" in said
    assert '<mark class="found">two-hour</mark>' in said
    next(button for button in at.button if str(button.key).startswith("quote:")).click().run()
    (hearing,) = queries.timeline(graph, EventFilter(types=("court_hearing",)))
    assert at.query_params["event"] == hearing.id
    assert '<mark class="found">two-hour</mark>' in _said(at)
    assert "At a glance" in _said(desk(q="HEARING nobody"))


def test_a_quote_that_has_what_was_searched_for_comes_first(desk, graph):
    said = _said(desk(q="dropped", event=_event(graph, "ByteDance to sell TikTok")))
    assert said.index("Capital Ledger</bdi></a></b> · published") < said.index("Harbor Post</bdi></a></b> · published")


def test_of_events_to_merge_with_those_nearest_in_time_come_first(desk, graph):
    sale = _event(graph, "ByteDance to sell TikTok")
    at = desk(event=sale)
    at.text_input(key=f"decide:same:{sale}:words").set_value("tiktok").run()
    assert [option[:8] for option in at.selectbox(key=f"decide:same:{sale}:one").options] == ["10 Jan 2", "Mar 2024"]


def test_a_quote_is_copied_with_where_it_stands(desk, graph):
    said = _said(desk(event=_event(graph, "ByteDance to sell TikTok")))
    cited = f"“{DUE}” (Harbor Post, “TikTok waits for the court”, 12 Jan 2025, https://harbor.example/story)"
    assert f'data-copy="{cited}">Copy with source</button>' in said
    assert '<button type="button" class="cg-copy">Copy link</button>' in said


def test_more_claims_than_are_shown_are_a_query_away(desk, graph, monkeypatch):
    monkeypatch.setitem(show_claims.__kwdefaults__, "most", 1)
    at = desk(event=_event(graph, "ByteDance to sell TikTok"))
    link = next(link for link in at.get("page_link") if "All of them" in link.proto.label)
    (asked,) = parse_qs(link.proto.query_string)["cypher"]
    assert list(desk("query", cypher=asked).dataframe[0].value["outlet"]) == ["Harbor Post", "Capital Ledger"]


def test_all_claims_as_known_on_a_day_are_those_of_that_day(desk, graph, monkeypatch):
    monkeypatch.setitem(show_claims.__kwdefaults__, "most", 0)
    at = desk(event=_event(graph, "ByteDance to sell TikTok"), known="2025-01-12")
    link = next(link for link in at.get("page_link") if "All of them" in link.proto.label)
    (asked,) = parse_qs(link.proto.query_string)["cypher"]
    assert list(desk("query", cypher=asked).dataframe[0].value["outlet"]) == ["Harbor Post"]


def test_filters_that_leave_nothing_say_which_of_them_to_take_away(desk):
    at = desk(q="tiktok", type="lawsuit_filed", to="2025-12-31")
    ways = [button for button in at.button if button.label.startswith("Without")]
    assert [button.label for button in ways] == [
        "Without the type: 3 events",
        "Without the words: 1 event",
    ]
    ways[0].click().run()
    assert len(at.dataframe[0].value) == 3
    assert at.query_params == {"q": "tiktok", "to": "2025-12-31"}


def test_names_to_choose_from_are_shown_as_they_are_written(desk):
    options = desk().selectbox(key="timeline:entity").options
    assert plain(HOSTILE_NAME, 60) in options


def test_before_the_first_article_nothing_was_known(desk):
    at = desk(known="1990-01-01")
    assert at.info[0].value.startswith("Nothing was known on 1 Jan 1990: the first article is of ")
    assert [button.label for button in at.button if button.label.startswith("Without the day as known on")]


def test_where_no_single_filter_is_in_the_way_that_is_said(desk):
    at = desk(q="nothing like it", type="lawsuit_filed", known="2020-01-01")
    assert not [button for button in at.button if button.label.startswith("Without")]
    assert "“Clear” takes all of them away" in _said(at)


def test_beside_a_day_of_the_past_stands_nothing_of_now(desk):
    at = desk(known="2025-01-15")
    said = _said(at)
    assert "As known on 15 Jan 2025" in said
    assert "At a glance" not in said
    next(button for button in at.button if "in the week before" in button.label).click().run()
    assert at.query_params == {"known": "2025-01-15", "since": "2025-01-08"}


def test_an_event_that_was_not_known_on_that_day_says_so(desk, graph):
    at = desk(event=_event(graph, "TikTok launches a shopping service"), known="2025-01-15")
    assert "Nobody had reported this event by 15 Jan 2025" in at.info[0].value


def test_an_event_as_known_then_has_the_status_it_had_then(desk, graph):
    said = _said(desk(event=_event(graph, "ByteDance to sell TikTok"), known="2025-01-15"))
    assert "Scheduled" in said
    assert "Cancelled" not in said


def test_entities_are_found_by_part_of_a_name(desk):
    at = desk("entities", q="BYTE")
    assert list(at.dataframe[0].value["Name"]) == ["ByteDance"]
    assert at.text_input(key="entities:q").value == "BYTE"


def test_a_misspelt_name_finds_who_may_be_meant(desk):
    at = desk("entities", q="Bytedanse")
    assert "Did you mean" in at.info[0].value
    assert list(at.dataframe[0].value["Name"]) == ["ByteDance"]


def test_an_entity_shows_its_events_company_articles_and_undated_claims(desk):
    at = desk("entities", entity="TikTok")
    events, company = at.dataframe[0].value, at.dataframe[1].value
    assert list(events["When"]) == ["Mar 2024", "10 Jan 2025", "19 Jan 2025"]
    assert set(company["Name"]) == {"ByteDance", "Supreme Court of the United States"}
    assert "Undated claims" in _said(at)
    assert "A deadline goes" in _said(at)


def test_articles_are_listed_newest_first_and_searched_by_words(desk):
    titles = list(desk("articles").dataframe[0].value["Title"])
    assert titles[0] == "A deadline goes"
    assert titles[-1] == "(no title)"
    assert list(desk("articles", q="post court").dataframe[0].value["Title"]) == ["TikTok waits for the court"]


def test_the_reader_marks_sentences_triggers_and_times(desk):
    body = _said(desk("articles", article="harbor"))
    assert '<mark class="claim trigger">hearing</mark>' in body
    assert '<mark class="claim time">January 19, 2025</mark>' in body
    assert '</mark><mark class="claim"> held a two-hour </mark>' in body


def test_the_reader_marks_the_words_of_the_search_that_led_to_it(desk):
    assert ' found">TikTok</mark>' in _said(desk("articles", article="harbor", q="tiktok"))
    assert 'found">TikTok' not in _said(desk("articles", article="harbor"))


def test_other_names_are_told_once_however_they_are_capitalized():
    told = EntityView("e1", "Beijing", "place", ("BEIJING", "Beijing", "Peking", "PEKING"), 1, 1)
    assert list(tables.entities_table([told])["Also called"]) == ["Peking"]


@pytest.mark.parametrize(
    ("page", "params", "title"),
    [
        ("articles", {"article": "harbor"}, "TikTok waits for the court"),
        ("entities", {"entity": "TikTok"}, "TikTok"),
        ("entities", {}, "Entities"),
    ],
)
def test_a_tab_is_called_after_what_the_page_shows(desk, monkeypatch, page, params, title):
    called = []
    monkeypatch.setattr("ui.tab.name_tab", called.append)
    desk(page, **params)
    assert called[-1] == title


def test_the_claim_that_a_link_names_stands_out(desk, graph):
    claim = next(claim for claim in queries.article(graph, "harbor").claims if claim.quote == DUE)
    body = _said(desk("articles", article="harbor", claim=claim.id))
    assert '<mark class="open trigger">sell</mark>' in body


@pytest.mark.parametrize(("left", "words"), [(4612, "Show 60 more of 4,612"), (60, "Show 60 more"), (6, "Show 6 more")])
def test_a_button_for_more_says_how_many_it_shows(left, words):
    assert more_words(left, 60) == words


def test_of_an_article_of_many_claims_some_are_listed_and_more_if_asked(desk, monkeypatch):
    monkeypatch.setattr("ui.panels.stated._MOST", 1)
    at = desk("articles", article="harbor")
    listed = [button.label for button in at.button if "in the text" in button.label]
    more = next(button for button in at.button if button.label.startswith("Show "))
    assert len(listed) == 1
    more.click().run()
    assert len([button for button in at.button if "in the text" in button.label]) == 2


def test_an_open_claim_is_listed_though_it_is_none_of_the_first(desk, graph, monkeypatch):
    monkeypatch.setattr("ui.panels.stated._MOST", 1)
    last = queries.article(graph, "harbor").claims[-1]
    at = desk("articles", article="harbor", claim=last.id)
    listed = [button.label for button in at.button if "in the text" in button.label]
    assert len(listed) == 2
    assert last.trigger in listed[0]


def test_an_article_without_title_date_and_claims_can_be_read(desk):
    said = _said(desk("articles", article="bare"))
    assert "(no title)" in said
    assert "no publication date" in said
    assert "No claim was read" in said


@pytest.mark.parametrize("page", ["timeline", "entities", "articles"])
def test_hostile_texts_reach_the_page_as_text(desk, graph, page):
    params = {
        "timeline": {"event": _event(graph, HOSTILE_NAME)},
        "entities": {"entity": HOSTILE_NAME},
        "articles": {"article": "evil"},
    }[page]
    at = desk(page, **params)
    markup = "\n".join(element.value for element in at.html)
    assert "<script" not in markup
    assert "<img" not in markup
    assert "&lt;script&gt;" in markup
    assert "\u202e" not in _said(at)
    for link in at.page_link:
        assert SCRIPT not in link.value
        assert ":smile:" not in link.value.replace("\\", "")


def test_huge_titles_are_cut(desk):
    assert max(map(len, desk().dataframe[0].value["Event"])) in (299, 300)
    assert plain(HOSTILE_NAME) in set(desk().dataframe[0].value["Event"])


def test_a_statement_in_the_address_is_shown_and_run(desk):
    at = desk("query", cypher="MATCH (e:Event) RETURN e.title AS event ORDER BY e.first_day")
    assert at.text_area[0].value.startswith("MATCH (e:Event)")
    assert list(at.dataframe[0].value.columns) == ["event"]
    assert at.caption[0].value == "5 rows"


def test_a_chosen_example_is_run_and_goes_into_the_address(desk):
    at = desk("query")
    at.button(key="query:example:5").click().run()
    assert set(at.dataframe[0].value["source"]) >= {"Harbor Post", "Capital Ledger"}
    assert at.query_params["cypher"].startswith("MATCH (s:Source)")


@pytest.mark.parametrize(
    "cypher", ["CREATE (n:Event) RETURN n", "MATCH (n) DETACH DELETE n", "MATCH (n", "LOAD CSV FROM 'x' AS r RETURN r"]
)
def test_what_may_not_run_or_cannot_is_refused_in_plain_words(desk, graph, cypher):
    at = desk("query", cypher=cypher)
    assert at.error[0].value
    assert not at.dataframe
    assert queries.overview(graph).events == 5


def test_an_answer_without_rows_says_so(desk):
    assert "no rows" in desk("query", cypher="MATCH (e:Event {id: 'none'}) RETURN e").info[0].value


def test_an_answer_that_is_cut_says_so(desk):
    at = desk("query", cypher="UNWIND range(1, 5000) AS n RETURN n")
    assert "1,000 rows, there are more" in at.caption[0].value


def test_versions_of_an_article_are_compared_word_by_word(desk):
    at = desk("articles", article="wire")
    assert at.selectbox[0].label == "This article has 2 versions"
    at.selectbox[0].select_index(0).run()
    assert at.query_params["version"]
    said = _said(at)
    assert "held a <del>long</del><ins>two-hour</ins> hearing" in said
    assert "<del>&lt;script&gt;" in said


def test_a_version_that_is_not_there_is_named_and_left_out(desk):
    at = desk("articles", article="wire", version="none")
    assert "there is no" in at.warning[0].value.replace("\\", "")


def test_names_are_marked_in_the_text(desk):
    assert '<mark class="claim entity">TikTok</mark>' in _said(desk("articles", article="harbor"))


def test_lanes_by_actor_name_them(desk):
    at = desk(lanes="actor")
    assert not at.error
    assert at.selectbox(key="timeline:lanes").value == "actor"


def test_two_days_side_by_side_say_what_was_added_and_changed(desk):
    at = desk(since="2025-01-11")
    table = at.dataframe[0].value
    rows = dict(zip(table["Event"], table["Change"], strict=True))
    assert rows["ByteDance to sell TikTok"] == "+ Added"
    assert rows["TikTok launches a shopping service"] == "+ Added"
    later = desk(since="2025-01-12").dataframe[0].value
    changed = dict(zip(later["Event"], later["Change"], strict=True))
    assert changed["ByteDance to sell TikTok"] == "≠ Changed"
    assert list(later["Before"])[list(later["Event"]).index("ByteDance to sell TikTok")].startswith("◆ Scheduled")
    assert [change.split()[1] for change in later["Change"]] == [
        "Changed",
        "Added",
    ]  # what is new comes last


def test_changes_of_one_kind_alone_are_asked_for(desk):
    at = desk(since="2025-01-12")
    at.pills(key="timeline:changes:kinds").set_value([Change.ADDED]).run()
    assert set(at.dataframe[0].value["Change"]) == {"+ Added"}


def test_a_long_table_has_the_most_told_first_or_goes_by_day(desk, monkeypatch):
    monkeypatch.setattr(events, "_PAGE", 2)
    at = desk()
    weight = {event.title: queries.weight_of_view(event) for event in queries.timeline(open_store(), EventFilter())}
    first, second = at.dataframe[0].value["Event"]
    assert weight[first] >= weight[second] >= max(weight[title] for title in weight if title not in (first, second))
    at.get("button_group")[-1].set_value("day").run()
    assert at.query_params["order"] in ("day", ["day"])
    assert list(at.dataframe[0].value["When"]) == ["19 Jan 2025"]  # the part of today


def test_only_the_main_events_are_shown_if_asked(desk, monkeypatch):
    monkeypatch.setattr(filters, "_MAIN", ("2",))
    at = desk(main="2")
    assert len(at.dataframe[0].value) == 2
    assert "The 2 main ones of 5 events." in _said(at)


def test_beside_a_day_of_the_past_stands_what_was_to_come_then(desk):
    at = desk(known="2025-01-15")
    assert "ByteDance to sell TikTok" in [button.label.split("[")[-1].rstrip("]") for button in at.button]
    assert "in 4 days" in _said(at)


def test_a_day_far_from_all_others_is_typed_and_the_slider_reaches_to_it(desk, monkeypatch):
    def every(_):
        return "1789-07-14", "2025-01-21"

    def usual(_):
        return "2024-05-07", "2025-01-21"

    monkeypatch.setattr(filters.queries, "published_days", every)
    monkeypatch.setattr(filters.queries, "usual_days", usual)
    assert [_day_of(at) for at in (desk().slider[0].min, desk().slider[0].max)] == [date(2024, 5, 7), date(2025, 1, 21)]
    typed = desk(known="1789-07-14").slider[0]
    assert (_day_of(typed.min), typed.value) == (date(1789, 7, 14), date(1789, 7, 14))


def _day_of(place):
    """The day at a place of a slider, which counts microseconds."""
    return date(1970, 1, 1) + timedelta(microseconds=place)


def test_dragging_the_slider_goes_into_the_address_and_its_end_takes_it_out(desk):
    at = desk()
    slider = at.slider[0]
    slider.set_value(date(2025, 1, 15)).run()
    assert at.query_params["known"] == "2025-01-15"
    at.slider[0].set_value(date(2025, 1, 21)).run()
    assert "known" not in at.query_params


def test_a_query_is_saved_shared_and_dropped(desk):
    at = desk("query", cypher="MATCH (e:Event) RETURN count(e) AS n")
    at.text_input[0].set_value("How many")
    next(button for button in at.button if button.label == "Save").click().run()
    link = at.success[0].value.split("saved=")[1]
    again = desk("query", saved=link)
    assert again.text_area[0].value == "MATCH (e:Event) RETURN count(e) AS n"
    assert again.caption[0].value == "1 row"
    next(button for button in again.button if button.key == f"query:drop:{link}").click().run()
    assert not [button for button in again.button if button.label == "How many"]


@pytest.mark.parametrize("title", ["", "   "])
def test_a_query_without_a_title_is_not_saved(desk, title):
    at = desk("query", cypher="RETURN 1 AS one")
    at.text_input[0].set_value(title)
    next(button for button in at.button if button.label == "Save").click().run()
    assert "needs a title" in at.error[0].value


def test_an_answer_is_shown_as_json(desk):
    at = desk("query", cypher="RETURN 1 AS one")
    at.button_group[0].set_value("JSON").run()
    assert at.json[0].value
    assert at.query_params["view"] == "JSON"
    assert desk("query", cypher="RETURN 1 AS one", view="JSON").json[0].value
    assert "there is no" in desk("query", cypher="RETURN 1 AS one", view="Song").warning[0].value


def test_settings_are_shown_and_no_password_is(desk, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_CONTACT", "desk@example.org")
    said = _said(desk("data"))
    for part in ("Data folder", "Sources", "Alerts", "Language model", "desk@example.org", "Time zone", "Python 3"):
        assert part in said
    assert "password" not in said.casefold()


def test_an_entity_tells_its_id_and_what_it_was_called_when(desk, graph):
    at = desk("entities", entity="TikTok")
    assert queries.resolve_entity(graph, "TikTok").id in _said(at)
    assert "<b>TikTok</b>: 11 Jan 2025 to 21 Jan 2025, 3 articles" in _said(at)


@pytest.mark.parametrize("role", ["viewer", "reviewer", "admin"])
def test_what_a_page_offers_depends_on_the_role(desk, monkeypatch, role):
    granted = Role[role.upper()]
    monkeypatch.setattr(access, "role", lambda: granted)
    data = desk("data")
    assert bool([b for b in data.button if b.label == "Read into the graph"]) == (granted is Role.ADMIN)
    assert ("Data folder" in _said(data)) == (granted is Role.ADMIN)
    query = desk("query", cypher="RETURN 1 AS one")
    assert bool([b for b in query.button if b.label == "Save"]) == (granted >= Role.REVIEWER)
    entity = desk("entities", entity="TikTok")
    assert bool([box for box in entity.text_input if box.label.startswith("Why")]) == (granted >= Role.REVIEWER)


def test_who_may_not_decide_cannot_even_with_a_button_drawn_before(desk, graph, monkeypatch):
    at = desk("entities", entity="TikTok")
    at.text_input(key="judging:name-field").set_value("Ann").run()
    one = queries.resolve_entity(graph, "TikTok").id
    other = queries.resolve_entity(graph, "ByteDance").id
    at.text_input(key=f"merge:{one}:words").set_value("byted").run()
    at.selectbox(key=f"merge:{one}:one").set_value(other).run()
    monkeypatch.setattr(access, "role", lambda: Role.VIEWER)
    at.button(key="merge:do").click().run()
    assert "role of reviewer" in at.toast[0].value
    assert queries.resolve_entity(graph, "TikTok").id == one
    assert len(queries.members(graph, one)) == 1


def test_nobody_without_a_role_sees_a_page(desk, monkeypatch):
    monkeypatch.setattr(access, "role", lambda: None)
    monkeypatch.setattr(access, "claims", lambda: None)
    at = desk("articles", article="harbor")
    assert [button.label for button in at.button] == ["Sign in"]
    assert "TikTok" not in _said(at)


def test_articles_are_searched_in_whole_texts_if_asked(desk):
    at = desk("articles", q="shopping service launched")
    assert "No title or source" in at.info[0].value
    next(button for button in at.button if button.label == "Search whole texts").click().run()
    assert at.query_params["in"] in ("texts", ["texts"])
    assert len(at.dataframe[0].value) == 1


def test_words_that_no_event_has_are_looked_for_in_the_texts_of_articles(desk):
    at = desk(q="nosuchword")
    assert "texts of articles" in _said(at)


def test_a_timeline_is_narrowed_to_the_story_of_an_event(desk, graph):
    event = _event(graph, "TikTok launches a shopping service")
    at = desk(event=event)
    next(button for button in at.button if button.key == "only-story").click().run()
    assert at.query_params["story"] in (event, [event])
    story = queries.story_of(graph, event)
    assert f"{len(story.events)} event" in _said(at)
    assert 0 < len(story.events) < queries.count_events(graph, EventFilter())
    next(button for button in at.button if button.key == "story:leave").click().run()
    assert "story" not in at.query_params
    at = desk(story="evnone")
    assert "not known" in _said(at)


def test_deadlines_are_asked_for_by_when_they_are_due(desk):
    assert "ByteDance to sell TikTok" in _said(desk("deadlines", known="2025-01-15", **{"from": "2025-01-19"}))
    said = _said(desk("deadlines", known="2025-01-15", to="2025-01-18"))
    assert "ByteDance to sell TikTok" not in said
    assert "Nothing is due on these days." in said


def test_deadlines_stand_under_who_is_held_to_them(desk):
    said = _said(desk("deadlines", known="2025-01-15", by="who"))
    assert f'<h3 class="cg-month">{BYTEDANCE} <span class="cg-aside">1</span></h3>' in said
    assert "<b>Sun 19 Jan 2025</b>, in 4 days" in said


def test_the_deadlines_of_the_page_are_downloaded(desk):
    at = desk("deadlines", q="tiktok")
    assert any("CSV" in button.proto.label for button in at.get("download_button"))


def test_the_file_of_the_deadlines_holds_what_the_page_shows(desk, graph, monkeypatch):
    wanted = []
    monkeypatch.setattr("ui.panels.downloads.show_downloads", lambda asked, **_: wanted.append(asked))
    due = _event(graph, "ByteDance to sell TikTok")
    for params, shown in (({}, True), ({"q": "tiktok"}, True), ({"from": "2099-01-01"}, False)):
        desk("deadlines", **params)
        assert (due in wanted[-1].events) is shown
    desk("deadlines", known="2025-01-13")
    assert wanted[-1].as_of == "2025-01-13"


def test_it_says_how_many_events_are_without_a_report():
    assert overdue.count_words(10_499).startswith("10,499 events were fixed")
    assert overdue.count_words(1).startswith("1 event was fixed")


def test_entities_of_a_past_day_are_listed_without_any_words(desk):
    now, then = (desk("entities", **known).dataframe[0].value for known in ({}, {"known": "2025-01-11"}))
    assert TIKTOK in set(then["Name"]) < set(now["Name"])
    assert "ByteDance" in set(now["Name"]) - set(then["Name"])
    assert list(then["Events"]) == sorted(then["Events"], reverse=True)
    counts = [dict(zip(told["Name"], told["Events"], strict=True))[TIKTOK] for told in (then, now)]
    assert counts[0] < counts[1]


def test_who_can_be_chosen_on_a_past_day_had_been_named_by_then(desk):
    now, then = (desk(**known).selectbox(key="timeline:entity").options for known in ({}, {"known": "2025-01-11"}))
    assert TIKTOK in set(then) < set(now)
    assert "ByteDance" in set(now) - set(then)
    assert not desk(known="1990-01-01").selectbox(key="timeline:entity").options


def test_on_a_day_before_any_article_nobody_is_listed(desk):
    assert "Nobody and nothing was in any event known by 1 Jan 1990" in _said(desk("entities", known="1990-01-01"))


def test_a_table_is_written_out_for_paper_whole_and_harmless(desk):
    written = [html.value for html in desk().html if html.value.startswith("<table")]
    assert len(written) == 1
    assert "TikTok launches a shopping service" in written[0]
    assert "&lt;script&gt;" in written[0]
    assert "<script" not in written[0]
    assert "First day" not in written[0]
