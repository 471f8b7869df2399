"""Inputs of every kind become articles; what cannot be read gets one line and never stops the rest."""

from __future__ import annotations

import errno
import io
import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.inputs import articles
from ingest.inputs.articles import read_articles
from ingest.inputs.page import WebPage
from ingest.inputs.problem import Problem
from ingest.inputs.records import Format, sniff
from kb.model import Article

TODAY = date(2025, 6, 1)
STORY = "The court ruled on Friday that the law may stand, and the company said it would appeal to the justices."
GERMAN = "Das Gericht hat am Montag entschieden, dass die Firma nicht mehr in der EU ist."
PAGE = (
    "<!doctype html><html><head><title>Court lets the law stand</title>"
    '<meta property="article:published_time" content="2025-01-17T10:00:00Z">'
    '<meta property="og:site_name" content="The Ledger"></head><body><nav><a href="/">Home</a></nav>'
    f"<article><h1>Court lets the law stand</h1>{f'<p>{STORY}</p>' * 4}</article></body></html>"
)


class Run:
    """What came of reading some inputs."""

    def __init__(self, *inputs: str | Path, stdin: bytes = b"", limit: int = 1_000_000, today: date = TODAY) -> None:
        self.problems: list[Problem] = []
        self.articles: list[Article] = list(
            read_articles(
                [str(name) for name in inputs],
                today=today,
                limit=limit,
                stdin=io.BytesIO(stdin),
                report=self.problems.append,
            )
        )

    @property
    def article(self) -> Article:
        (article,) = self.articles
        return article

    @property
    def problem(self) -> str:
        (problem,) = self.problems
        return str(problem)

    @property
    def skipped(self) -> list[str]:
        return [str(problem) for problem in self.problems if problem.skipped]


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file into the test's folder; text as UTF-8, anything else as JSON."""

    def written(name: str, content: object) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return path

    return written


def test_a_page_that_takes_for_ever_to_read_is_left_out_and_the_rest_goes_on(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_time = articles.read_page

    def loops(html: str, **told: Any) -> WebPage:
        while "<blink>" in html:
            pass
        return in_time(html, **told)

    monkeypatch.setattr(articles, "read_page", loops)
    monkeypatch.setattr(articles, "_SECONDS_A_PAGE", 1.0)
    run = Run(write("a.html", PAGE.replace("<body>", "<body><blink>")), write("b.html", PAGE))
    assert len(run.articles) == 1
    assert [text.partition(": ")[2] for text in run.skipped] == [
        "the page is too intricate: reading it took more than 1 seconds"
    ]


# --- what is read ------------------------------------------------------------------------------------------------


def test_plain_text_is_taken_unchanged(write: Write) -> None:
    text = f"Court lets the law stand\r\nJan. 17, 2025\r\n\r\n{STORY}\r\n \r\n"
    path = write("a.txt", text)
    article = Run(path).article
    assert (article.text, article.path) == (text, str(path))
    assert (article.title, article.published, article.language) == ("Court lets the law stand", date(2025, 1, 17), "en")


def test_front_matter_is_read_and_taken_off(write: Write) -> None:
    head = (
        "---\ntitle: No law\npublished: 2025-01-17\nsource: The Ledger\nurl: https://example.org/1\nmood: good\n---\n"
    )
    article = Run(write("a.md", head + "\n" + STORY)).article
    assert article.text == "\n" + STORY
    assert (article.title, article.published) == ("No law", date(2025, 1, 17))
    assert (article.source, article.url) == ("The Ledger", "https://example.org/1")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"---\n{STORY}\n", id="never closed"),
        pytest.param(f"---\n\n---\n{STORY}", id="two rulers"),
        pytest.param(f"----\nkey: value\n----\n{STORY}", id="longer rulers"),
    ],
)
def test_a_ruler_is_no_front_matter(write: Write, text: str) -> None:
    assert Run(write("a.md", text)).article.text == text


def test_a_page_gives_its_story_and_what_it_says_about_itself(write: Write) -> None:
    article = Run(write("a.html", PAGE)).article
    assert STORY in article.text
    assert "Home" not in article.text
    assert (article.title, article.published, article.source) == (
        "Court lets the law stand",
        date(2025, 1, 17),
        "The Ledger",
    )


@pytest.mark.parametrize(
    ("name", "content", "count"),
    [
        pytest.param("a.json", {"text": STORY}, 1, id="one object"),
        pytest.param("a.json", json.dumps({"text": STORY}, indent=2), 1, id="one object on many lines"),
        pytest.param("a.json", [{"text": STORY}, {"html": PAGE}], 2, id="a list"),
        pytest.param("a.json", json.dumps([{"text": STORY}], indent=1), 1, id="a list on many lines"),
        pytest.param("a.jsonl", f"{json.dumps({'text': STORY})}\n\n{json.dumps({'text': STORY})}", 2, id="lines"),
        pytest.param("a.json", f'{{"text": "{STORY}"}}\n{{"text": "{STORY}"}}\n', 2, id="lines by another name"),
    ],
)
def test_json_in_all_its_forms_is_read(write: Write, name: str, content: object, count: int) -> None:
    run = Run(write(name, content))
    assert len(run.articles) == count
    assert run.skipped == []


def test_the_fields_of_an_object_are_taken_and_others_ignored(write: Write) -> None:
    given_ = {"id": 7, "url": "https://example.org", "title": "T", "published": "2025-01-17", "source": "S"}
    article = Run(write("a.json", {**given_, "text": STORY, "sentences": [[0, 1]], "mood": None})).article
    assert (article.id, article.url, article.title, article.source) == ("7", "https://example.org", "T", "S")
    assert article.published == date(2025, 1, 17)


@pytest.mark.parametrize(
    ("data", "form"),
    [
        pytest.param(b"\n" + json.dumps({"text": STORY}).encode() + b"\n", Format.LINES, id="JSON Lines"),
        pytest.param(json.dumps({"text": STORY}, indent=2).encode(), Format.JSON, id="JSON"),
        pytest.param(b"\xef\xbb\xbf" + json.dumps([{"text": STORY}]).encode(), Format.JSON, id="a list with a mark"),
        pytest.param(PAGE.encode(), Format.HTML, id="a page"),
        pytest.param(STORY.encode(), Format.PLAIN, id="text"),
        pytest.param(b"[Update] " + STORY.encode(), Format.PLAIN, id="text in brackets"),
    ],
)
def test_standard_input_is_recognised(data: bytes, form: Format) -> None:
    first_line = next(line for line in data.splitlines(keepends=True) if not line.isspace())
    assert sniff("", first_line) is form
    article = Run("-", stdin=data).article
    assert STORY in article.text
    assert article.path == "-"


def test_a_folder_is_read_in_order_without_hidden_and_foreign_files(write: Write, tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.txt", ".hidden.txt", ".git/x.txt", "notes.pdf", "C.TXT"):
        write(name, STORY)
    run = Run(tmp_path)
    paths = [os.path.relpath(article.path or "", tmp_path) for article in run.articles]
    assert paths == ["C.TXT", "a/b/c.txt", "a/z.md", "b.txt"]
    assert "(.pdf)" in next(str(problem) for problem in run.problems if "other kinds" in problem.reason)
    assert run.skipped == []


def test_a_saved_feed_is_the_texts_in_it_and_what_has_none_is_named(write: Write) -> None:
    told = f"<pubDate>Fri, 17 Jan 2025 10:00:00 GMT</pubDate><description>{STORY}</description>"
    whole = f"<item><title>Told</title><link>https://a.example/1</link>{told}</item>"
    bare = "<item><title>Bare</title><link>https://a.example/2</link></item>"
    saved = write("feed.rss", f"<rss version='2.0'><channel><title>Court</title>{whole}{bare}{bare[:20]}")
    run = Run(saved)
    assert [article.title for article in run.articles] == ["Told"]
    assert [(problem.skipped, problem.reason.partition(":")[0]) for problem in run.problems] == [
        (False, "not well-formed"),
        (False, "1 entry has neither a web address nor a text, and cannot be read"),
        (True, "1 entry has no text in it; give the feed's address instead of a file, and their pages are fetched"),
    ]


def test_a_link_that_leads_back_up_is_not_followed(write: Write, tmp_path: Path) -> None:
    write("a/one.txt", STORY)
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    run = Run(tmp_path)
    assert len(run.articles) == 1
    assert any("leads back" in problem.reason for problem in run.problems)


def test_ids_are_stable_and_come_from_the_input_where_it_has_one(write: Write) -> None:
    named = write("named.json", {"id": "x-1", "text": STORY})
    unnamed = write("unnamed.txt", STORY)
    first, second = Run(named, unnamed), Run(unnamed, named)
    assert [article.id for article in first.articles] == [article.id for article in reversed(second.articles)]
    assert first.articles[0].id == "x-1"


def test_articles_come_before_the_rest_of_a_file_is_read() -> None:
    class Endless(io.RawIOBase):
        """Lines for ever, counted."""

        lines = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            line = json.dumps({"text": STORY}).encode() + b"\n"
            self.lines += 1
            buffer[: len(line)] = line
            return len(line)

    source = Endless()
    stream = io.BufferedReader(source, buffer_size=1024)
    articles: Iterator[Article] = read_articles(
        ["-"], today=TODAY, limit=10_000, stdin=stream, report=lambda problem: None
    )
    for _ in range(20):
        assert next(articles).text == STORY
    assert source.lines < 30


# --- what is not -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("a.txt", "", "empty", id="empty"),
        pytest.param("a.txt", " \n\n\t ", "empty", id="white space"),
        pytest.param("a.txt", "--- ... ***", "empty", id="punctuation"),
        pytest.param("a.txt", b"ELF\x00\x01\x02", "not text but binary", id="binary"),
        pytest.param("a.txt", b"%PDF-1.4", "PDF", id="PDF"),
        pytest.param("a.txt", "caf\u00e9 ".encode() + b"\xff bad", "not valid UTF-8", id="broken encoding"),
        pytest.param("a.html", "<html><body><nav>Home</nav></body></html>", "no article text found", id="empty page"),
        pytest.param("a.html", "<html", "no article text found", id="broken page"),
        pytest.param("a.json", {"title": "T"}, "neither 'text' nor 'html'", id="JSON without text"),
        pytest.param("a.json", {"text": None}, "neither 'text' nor 'html'", id="null text"),
        pytest.param("a.json", {"text": ""}, "empty", id="empty text"),
        pytest.param("a.json", {"text": ["a"]}, "'text' must be text, not a list", id="text that is a list"),
        pytest.param("a.json", {"text": "x", "title": 5}, "'title' must be text, not a number", id="title in figures"),
        pytest.param("a.json", {"text": "x", "id": True}, "'id' must be text, not true or false", id="true as id"),
        pytest.param("a.json", {"text": "x", "id": "i" * 1001}, "'id' has 1001 characters", id="a very long id"),
        pytest.param("a.json", '{"text": "x",}', "not valid JSON", id="JSON syntax"),
        pytest.param("a.json", "[" * 100_000, "nested too deeply", id="JSON nesting"),
        pytest.param("a.json", "5", "not an article", id="JSON number"),
        pytest.param(
            "a.json", {"text": "x", "published": "2025-02-30"}, "published: 2025-02-30 is not", id="no such day"
        ),
        pytest.param("a.json", {"text": "x", "date": "soon"}, "date: 'soon' is not a full date", id="no date"),
        pytest.param(
            "a.md", "---\ndate: 2025-02-30\n---\nx", "date: 2025-02-30 is not", id="no such day in front matter"
        ),
        pytest.param(
            "a.md", f"---\ntitle: [a\n---\n{STORY}", "front matter is not valid YAML", id="broken front matter"
        ),
        pytest.param("a.txt", GERMAN, "not English (German)", id="German"),
    ],
)
def test_bad_input_gets_one_line_with_its_name_and_the_rest_goes_on(
    write: Write, name: str, content: object, reason: str
) -> None:
    bad = write(f"bad/{name}", content)
    good = write("good.json", {"text": STORY, "published": "2025-01-17"})
    run = Run(bad, good)
    assert run.article.path == str(good)
    assert run.problem.startswith(str(bad))
    assert reason in run.problem
    assert "\n" not in run.problem


def test_a_bad_line_does_not_hide_the_next(write: Write) -> None:
    good = json.dumps({"text": STORY, "published": "2025-01-17"})
    lines = [good, '{"text": ', "5", '{"title": "T"}', "caf\u00e9".encode("cp1252").decode("latin-1"), good]
    path = write("a.jsonl", "\n".join(lines))
    run = Run(path)
    assert len(run.articles) == 2
    assert [problem.name for problem in run.problems] == [f"{path} line {number}" for number in (2, 3, 4, 5)]


def test_a_bad_item_of_a_list_does_not_hide_the_next(write: Write) -> None:
    path = write("a.json", [{"published": "2025-01-17"}, {"text": STORY, "published": "2025-01-17"}])
    run = Run(path)
    assert run.article.text == STORY
    assert run.problem.startswith(f"{path} item 1: ")


def test_too_large_a_file_is_refused_before_it_is_read(write: Write) -> None:
    path = write("a.txt", STORY * 100)
    assert "larger than the 0.001 MB" in Run(path, limit=1000).problem


def test_too_long_a_line_is_refused_and_the_next_one_read(write: Write) -> None:
    good = json.dumps({"text": STORY, "published": "2025-01-17"})
    path = write("a.jsonl", "\n".join([json.dumps({"text": STORY * 50}), good, good]))
    run = Run(path, limit=1000)
    assert len(run.articles) == 2
    assert run.problem.startswith(f"{path} line 1: larger than")


def test_too_much_standard_input_is_refused() -> None:
    assert "larger than" in Run("-", stdin=STORY.encode() * 100, limit=1000).problem


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("nothing.txt", "no such file", id="missing"),
        pytest.param("dangling.txt", "no such file", id="dangling link"),
        pytest.param("pipe", "not a file or folder", id="named pipe"),
        pytest.param("empty", "no articles in this folder", id="empty folder"),
        pytest.param("a\x00b", "not a file name", id="NUL in the name"),
        pytest.param("x" * 300, "too long", id="too long a name"),
    ],
)
def test_what_cannot_be_opened_is_named(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").mkdir()
    run = Run(f"{tmp_path}/{name}")
    assert reason in run.problem
    assert run.problem.isprintable()


def test_an_address_is_refused_with_what_to_do() -> None:
    assert "save the page" in Run("https://example.org/story").problem
    assert "only http and https can be fetched, not 'ftp'" in Run("FTP://example.org/story.txt").problem


def test_a_folder_without_rights_is_named_and_the_rest_read(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("open/a.txt", STORY)
    closed = write("closed/b.txt", STORY).parent
    listing = Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:
        if self == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return listing(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    run = Run(tmp_path)
    assert len(run.articles) == 1
    assert run.skipped == [
        f"{closed}: the folder cannot be read: no permission to read it; change its permissions (chmod +r)"
    ]


def test_a_file_that_vanishes_while_it_is_read_is_named(write: Write, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(name, STORY)
    problems: list[Problem] = []
    articles = read_articles([str(tmp_path)], today=TODAY, limit=9999, stdin=io.BytesIO(), report=problems.append)
    next(articles)
    (tmp_path / "b.txt").unlink()
    assert [article.path for article in articles] == [str(tmp_path / "c.txt")]
    assert [problem.name for problem in problems if problem.skipped] == [str(tmp_path / "b.txt")]


# --- what is read with a remark ----------------------------------------------------------------------------------


def test_without_a_publication_day_none_is_taken_and_it_says_so(write: Write) -> None:
    run = Run(write("a.txt", STORY))
    assert run.article.published is None
    assert "no publication date found" in run.problem
    assert run.skipped == []


@pytest.mark.parametrize(
    ("published", "taken"),
    [
        pytest.param("2025-06-01", True, id="today"),
        pytest.param("2025-06-02", True, id="tomorrow, elsewhere in the world"),
        pytest.param("2025-06-03", False, id="in the future"),
    ],
)
def test_a_publication_day_in_the_future_is_not_used(write: Write, published: str, taken: bool) -> None:
    run = Run(write("a.json", {"text": STORY, "published": published}))
    assert run.article.published == (date.fromisoformat(published) if taken else None)
    assert any("in the future" in problem.reason for problem in run.problems) is not taken


def test_control_characters_become_spaces_so_that_offsets_stay(write: Write) -> None:
    run = Run(write("a.json", {"text": f"\x00{STORY}\x1b\ud800", "published": "2025-01-17"}))
    assert run.article.text == f" {STORY}  "
    assert "3 control characters" in run.problem


def test_a_problem_never_spoils_the_terminal() -> None:
    assert str(Problem("a\x1b[31m\nb", "x")).isprintable()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KEYS = st.sampled_from(["id", "url", "title", "published", "date", "source", "text", "x"])


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(KEYS, JSON), max_size=4))
def test_any_json_gives_articles_or_problems_for_each_item(items: list[dict[str, object]]) -> None:
    run = Run("-", stdin="".join(json.dumps(item) + "\n" for item in items).encode())
    if items:
        assert len(run.articles) + len(run.skipped) == len(items)


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_on_standard_input_are_survived(data: bytes) -> None:
    run = Run("-", stdin=data, limit=150)
    assert run.articles or run.skipped
