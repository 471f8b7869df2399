"""Sources as files: what they may say, what is wrong with them, and how the program changes them."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

from ingest.alerts import load_alerts
from ingest.sources.registry import (
    add_source,
    examples,
    find_source,
    load_sources,
    move_address,
    parse_source,
    set_disabled,
)
from ingest.sources.source import Filters, Kind, Source
from kb.errors import NotFound, SourceError, UsageError

FEED = """# our court
kind: feed
url: https://court.example/feed  # the new one
interval: 30m
timezone: America/New_York
"""


def test_a_source_is_a_small_file(tmp_path: Path) -> None:
    add_source(tmp_path, "court", FEED + "filters:\n  keywords: TikTok\n  sections: [Courts, Law]\n")
    (source,), errors = load_sources(tmp_path)
    assert (source.name, source.kind, source.url, source.interval) == (
        "court",
        Kind.FEED,
        "https://court.example/feed",
        1800,
    )
    assert (source.filters.keywords, source.filters.sections) == (("TikTok",), ("Courts", "Law"))
    assert str(source.timezone) == "America/New_York"
    assert errors == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("kind: feed\n", 1, "needs a url", id="no address"),
        pytest.param("kind: blog\nurl: x\n", 1, "kind", id="no such kind"),
        pytest.param("kind: feed\nurl: https://a.example\nintervall: 5m\n", 3, "did you mean 'interval'?", id="a slip"),
        pytest.param("kind: feed\nurl: https://a.example\ninterval: often\n", 3, "15m, 2h or 1d", id="no time"),
        pytest.param("kind: feed\nurl: https://a.example\ninterval: 10s\n", 3, "every 5 minutes", id="too often"),
        pytest.param("kind: feed\nurl: https://a.example\ninterval: 2d\n", 3, "once a day", id="too rarely"),
        pytest.param("kind: feeed\nurl: https://a.example\n", 1, "did you mean 'feed'?", id="a slip in the kind"),
        pytest.param("kind: feed\nurl: https://a.example\ncontent: pages\n", 3, "mean 'page'?", id="no such content"),
        pytest.param("kind: feed\nurl: [a]\n", 2, "url: ['a'] is not a text", id="a list for an address"),
        pytest.param("kind: feed\nurl: https://a.example\nlimit: many\n", 3, "'many' is not a whole", id="no number"),
        pytest.param("kind: feed\nurl: https://a.example\nlimit: 0\n", 3, "write 1 or more", id="too little"),
        pytest.param("kind: feed\nurl: https://a.example\nlimit: 99999\n", 3, "write 10000 or less", id="too much"),
        pytest.param("kind: feed\nurl: https://a.example\ndisabled: maybe\n", 3, "true or false", id="neither"),
        pytest.param("kind: feed\nurl: https://a.example\nfilters: x\n", 3, "lines below it", id="filters in a word"),
        pytest.param(
            "kind: feed\nurl: https://a.example\nfilters:\n  keywords: {a: b}\n", 4, "list of words", id="no words"
        ),
        pytest.param("kind: feed\nurl: https://a.example\ndate:\n  selector: p\n", 3, "missing", id="half a hint"),
        pytest.param(
            "kind: feed\nurl: https://a.example\ndate:\n  selector: p\n  pattern: '%d %B'\n",
            5,
            "does not say day, month and year",
            id="a pattern without a year",
        ),
        pytest.param("kind: feed\nurl: https://a.example\nlanguage: '!'\n", 3, "is not a language", id="no language"),
        pytest.param("kind: feed\nurl: https://a.example\npath: x\n", 1, "does not use path", id="a path of a feed"),
        pytest.param("kind: feed\nkind: pages\nurl: https://a.example\n", 2, "there twice", id="a key twice"),
        pytest.param("kind: feed\nurl: https://a.example\n1: 2\n", 3, "a key must be a word", id="a number for a key"),
        pytest.param("kind: feed\nurl: https://a.example\nzzz: 2\n", 3, "the keys are kind, title", id="no such key"),
        pytest.param(
            "kind: feed\nurl: https://a.example\ntimezone: Mars/Olympus\n", 3, "is not a time zone", id="no zone"
        ),
        pytest.param("kind: pages\nurl: https://a.example\nselector: 'a[['\n", 3, "is not a CSS", id="no selector"),
        pytest.param("kind: feed\nurl: [\n", 2, "not valid YAML", id="not YAML"),
        pytest.param("- a\n- b\n", 1, "key: value", id="a list"),
        pytest.param(
            "kind: feed\nurl: https://a.example\nfilters:\n  keyword: x\n",
            4,
            "did you mean 'keywords'?",
            id="a slip inside",
        ),
        pytest.param(
            "kind: feed\nurl: https://a.example\nname: x\n", 3, "takes its name from its file", id="its own name"
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "court.yml"
    path.write_text(text, encoding="utf-8")
    (tmp_path / "good.yml").write_text(FEED, encoding="utf-8")
    sources, (error,) = load_sources(tmp_path)
    assert [source.name for source in sources] == ["good"]
    assert words in str(error)
    assert abs(int(str(error).split(":")[1]) - line) <= 1


@pytest.mark.parametrize("name", ["Court", "../evil", "a b", "", "-a", "x" * 70])
def test_a_name_is_plain(tmp_path: Path, name: str) -> None:
    with pytest.raises((SourceError, UsageError)):
        add_source(tmp_path / "sources", name, FEED)
    assert not list(tmp_path.rglob("*.yml"))


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    add_source(tmp_path, "court", FEED)
    with pytest.raises(UsageError, match="already"):
        add_source(tmp_path, "court", FEED)


def test_an_unknown_name_gets_those_there_are(tmp_path: Path) -> None:
    add_source(tmp_path, "court", FEED)
    with pytest.raises(NotFound, match="court"):
        find_source(tmp_path, "curt")


def test_switching_off_and_on_leaves_the_rest_of_the_file_alone(tmp_path: Path) -> None:
    path = add_source(tmp_path, "court", FEED)
    set_disabled(path, disabled=True)
    assert find_source(tmp_path, "court").disabled
    assert path.read_text(encoding="utf-8") == FEED + "disabled: true\n"
    set_disabled(path, disabled=False)
    assert not find_source(tmp_path, "court").disabled
    assert "# our court" in path.read_text(encoding="utf-8")


def test_an_address_that_moved_is_changed_and_nothing_else(tmp_path: Path) -> None:
    path = add_source(tmp_path, "court", FEED)
    assert move_address(path, "https://court.example/feed", "https://new.example/feed")
    assert path.read_text(encoding="utf-8") == FEED.replace("court.example", "new.example")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FEED + "title: https://court.example/feed\n", id="it stands twice"),
        pytest.param("kind: feed\nurl: 'https://court.example/fee\\u0064'\n", id="written otherwise"),
    ],
)
def test_a_file_that_would_change_elsewhere_is_left_alone(tmp_path: Path, text: str) -> None:
    path = add_source(tmp_path, "court", text)
    assert not move_address(path, "https://court.example/feed", "https://new.example/feed")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", sorted(examples()))
def test_an_example_is_right_switched_off_and_says_what_it_is(name: str) -> None:
    source = parse_source(examples()[name], Path("sources") / f"{name}.yml")
    assert source.disabled
    assert source.title
    assert source.outlet or source.kind in (Kind.FOLDER, Kind.DROP)


def test_there_is_an_example_of_every_kind() -> None:
    kinds = {parse_source(text, Path(f"{name}.yml")).kind for name, text in examples().items()}
    assert kinds == set(Kind)


@pytest.mark.parametrize(
    ("filters", "objection"),
    [
        (Filters(), None),
        (Filters(keywords=("tiktok",)), None),
        (Filters(keywords=("tik",)), "no keyword"),
        (Filters(keywords=("supreme court", "x")), None),
        (Filters(exclude=("TikTok",)), "excluded word"),
        (Filters(sections=("law",)), None),
        (Filters(sections=("sport",)), "section"),
    ],
    ids=str,
)
def test_filters_want_whole_words_whatever_the_case(filters: Filters, objection: str | None) -> None:
    assert filters.objection("TikTok ruling", "The Supreme Court ruled.", ("Law",)) == objection


HOW_TO = Path(__file__).parents[3] / "docs" / "how-to"


def test_the_source_in_the_how_to_is_right(tmp_path: Path) -> None:
    page = (HOW_TO / "add-a-source.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    source = parse_source(block, tmp_path / "court.yml")
    assert (source.outlet, source.filters.addresses) == ("The Court", ("*/news/*",))
    assert all(f"`{kind}`" in page for kind in Kind)
    keys = set(Source.model_fields) - {"name"}
    assert {key for key in keys if f"`{key}`" not in page and f"{key}:" not in page} == set()


def test_the_alerts_and_commands_in_the_how_to_are_right(tmp_path: Path) -> None:
    page = (HOW_TO / "run-unattended.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "alerts.yml").write_text(block, encoding="utf-8")
    assert load_alerts(tmp_path / "alerts.yml").reach_somebody
    (unit,) = re.findall(r"```ini\n(.*?)```", page, re.DOTALL)
    parsed = configparser.ConfigParser(strict=False)
    parsed.optionxform = str  # type: ignore[assignment]
    parsed.read_string(unit)
    assert parsed["Service"]["ExecStart"].split(" ")[1] == "watch"
