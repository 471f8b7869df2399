"""Mails and mailboxes among the inputs of a command."""

from __future__ import annotations

import gzip
from datetime import date
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from ingest.inputs.articles import read_articles
from ingest.inputs.problem import Problem
from kb.model import Article

STORY = "The Supreme Court ruled on Friday that ByteDance must sell TikTok, and the company said that it would appeal."
LIMIT = 4000


def mail(subject: str = "Ruling", text: str = STORY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Date"] = "Court <a@court.example>", "Fri, 17 Jan 2025 23:30:00 -0500"
    message["Subject"], message["Message-ID"] = subject, "<ruling@court.example>"
    for name, value in headers.items():
        message[name] = value
    message.set_content(text)
    return message


def read(*paths: Path, stdin: bytes = b"", limit: int = LIMIT) -> tuple[list[Article], list[Problem]]:
    problems: list[Problem] = []
    articles = read_articles(
        [str(path) for path in paths] or ["-"],
        today=date(2025, 2, 1),
        limit=limit,
        stdin=BytesIO(stdin),
        report=problems.append,
    )
    return list(articles), problems


def test_a_mail_is_an_article_with_what_its_head_says(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(mail()))
    (article,), problems = read(path)
    assert problems == []
    assert (article.title, article.source, article.published) == ("Ruling", "Court", date(2025, 1, 17))
    assert (article.text.strip(), article.id) == (STORY, "mid:ruling@court.example")


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-15", "windows-1251", "gb18030"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_mail_is_read_in_its_charset(tmp_path: Path, charset: str, encoding: str) -> None:
    name = {"windows-1251": "Ельцин", "gb18030": "王毅"}.get(charset, "Pelé")
    message = mail(f"The visit of {name}")
    message.set_content(f"{STORY} So said {name}.", charset=charset, cte=encoding)
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    (article,), _ = read(path)
    assert article.title == f"The visit of {name}"
    assert article.text.strip().endswith(f"So said {name}.")


def test_the_html_of_a_mail_is_read_where_that_is_all_there_is(tmp_path: Path) -> None:
    message = mail()
    message.set_content(f"<p>{STORY}</p><p>It holds &amp; stays.</p>" + f"<p>{STORY}</p>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="order.pdf")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    (article,), _ = read(path)
    assert "It holds & stays." in article.text
    assert "PDF" not in article.text


def boxed(*mails: EmailMessage) -> bytes:
    return b"\n".join(b"From a@b.example Fri Jan 17 10:00:00 2025\n" + bytes(one) for one in mails)


@pytest.mark.parametrize("name", ["Inbox.mbox", "Inbox", "Inbox.mbox.gz", "-"])
def test_a_mailbox_gives_its_mails_whatever_it_is_called_and_however_large_it_is(tmp_path: Path, name: str) -> None:
    box = boxed(*(mail(f"Ruling {n}", f"{STORY} Case {n}.") for n in range(20)))
    assert len(box) > LIMIT
    path = tmp_path / name
    path.write_bytes(gzip.compress(box) if name.endswith(".gz") else box)
    articles, problems = read(stdin=box) if name == "-" else read(path)
    assert [article.title for article in articles] == [f"Ruling {n}" for n in range(20)]
    assert problems == []


def test_a_mail_of_a_mailbox_that_is_too_large_or_blank_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    box.write_bytes(boxed(mail("Large", f"{STORY}\n" * 100), mail("Blank", " "), mail("Small")))
    (article,), problems = read(box)
    assert article.title == "Small"
    assert [(problem.name, problem.kind) for problem in problems] == [
        (f"{box} mail 1", "unreadable"),
        (f"{box} mail 2", "no text"),
    ]


def test_mails_of_one_day_and_subject_are_articles_of_their_own(tmp_path: Path) -> None:
    mails = [mail("Alert", f"{STORY} Case {n}.") for n in range(2)]
    mails[1].replace_header("Message-ID", "<other@court.example>")
    (tmp_path / "a.eml").write_bytes(bytes(mails[0]))
    (tmp_path / "b.eml").write_bytes(bytes(mails[1]))
    first, second = read(tmp_path)[0]
    assert first.id != second.id


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("a.txt", f"From: the court\nDate: today\n\n{STORY}", id="a text file"),
        pytest.param("a", f"Ruling: a story\n\nFrom: the court\nDate: now\n{STORY}", id="no head"),
        pytest.param("a", f"From: the court\nDate: today\n{STORY}\n\n{STORY}", id="a head that runs into a text"),
        pytest.param("a", f"From then on it holds.\n{STORY}", id="a sentence that begins as a mailbox does"),
        pytest.param("a", "From: the court", id="one line"),
    ],
)
def test_a_text_that_only_looks_like_a_mail_is_read_unchanged(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    (article,), _ = read(path)
    assert article.text == text
