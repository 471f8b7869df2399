"""Folders and mails as they are met: names that are no text, files that cannot be moved, mails in any encoding."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.ingest.sources.conftest import STORY, Desk


@pytest.mark.parametrize("kind", ["folder", "drop"])
def test_a_file_whose_name_is_no_text_is_read_too(desk: Desk, kind: str) -> None:
    folder = desk.home / "in"
    folder.mkdir()
    for name in (b"caf\xe9.txt", b"empty\xe9.txt"):
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
        path.write_text("" if name.startswith(b"empty") else STORY * 2, encoding="utf-8")
        os.utime(path, (1, 1))
    desk.source(text=f"kind: {kind}\npath: {folder}\n")
    run = desk.detail(desk.run())
    assert {item.name.partition(" ")[0] for item in run.items} == {f"{folder}/{n}\ufffd.txt" for n in ("caf", "empty")}
    assert [article.text for article in desk.write_all()] == [STORY * 2]
    if kind == "drop":
        assert [os.fsencode(path.name) for path in (folder / "done").iterdir()] == [b"caf\xe9.txt"]
    desk.later(hours=1)
    assert desk.detail(desk.run()).items == ()


def test_a_file_that_cannot_be_moved_is_read_and_told(desk: Desk) -> None:
    folder = desk.home / "in"
    folder.mkdir()
    for name in ("a.txt", "done"):
        (folder / name).write_text(STORY * 2, encoding="utf-8")
        os.utime(folder / name, (1, 1))
    desk.source(text=f"kind: drop\npath: {folder}\n")
    for _ in range(2):
        notes = [str(note) for note in desk.run().notes if "cannot be moved" in str(note)]
        assert len(notes) == 2, notes
    assert len(desk.write_all()) == 1
    (folder / "done").unlink()
    desk.run()
    assert (folder / "done" / "a.txt").exists()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(
            "Return-Path: <a@court.example>\nReceived: by mx\n id 7\nDate: Fri, 17 Jan 2025 10:00:00 +0000\n"
            "From: Court <a@court.example>\nSubject: Ruling\n\n{0}",
            "Ruling",
            id="a mail",
        ),
        pytest.param("Ruling: a story\n\nFrom: the court\n{0}", "Ruling: a story", id="a text"),
    ],
)
def test_a_mail_is_known_without_an_ending(desk: Desk, text: str, title: str) -> None:
    folder = desk.home / "in"
    folder.mkdir()
    (folder / "1737108000.M1P2.host:2,S").write_text(text.format(STORY * 2), encoding="utf-8")
    os.utime(folder / "1737108000.M1P2.host:2,S", (1, 1))
    desk.source(text=f"kind: drop\npath: {folder}\n")
    desk.run()
    (article,) = desk.write_all()
    assert (article.title, "Return-Path" in article.text) == (title, False)


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param("Content-Type: text/plain; charset=nonsense\n\n{0}", id="an unknown encoding"),
        pytest.param(
            "Content-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n\n \n"
            "--B\nContent-Type: text/html\n\n<p>{0}</p><p>{0}</p>\n--B--\n",
            id="a blank plain text",
        ),
    ],
)
def test_a_mail_is_read_by_what_it_holds(desk: Desk, mail: str) -> None:
    folder = desk.home / "in"
    folder.mkdir()
    (folder / "a.eml").write_text("Subject: Ruling\n" + mail.format(STORY), encoding="utf-8")
    desk.source(text=f"kind: folder\npath: {folder}\n")
    desk.run()
    (article,) = desk.write_all()
    assert article.title == "Ruling"
    assert STORY in article.text


def test_a_whole_mailbox_gives_its_mails(desk: Desk) -> None:
    head = "From desk@court.example Fri Jan 17 10:00:00 2025\nFrom: Court <a@court.example>\n"
    folder = desk.home / "in"
    folder.mkdir()
    mails = [
        f"Date: Fri, 17 Jan 2025 10:00:00 +0000\nSubject: First\n\n{STORY}\n"
        "From now on it holds.\n\n>From here, too.\n",
        "Date: Fri, 17 Jan 2025 11:00:00 +0000\nSubject: Nothing\n\n\n",
        f"Date: Sat, 18 Jan 2025 10:00:00 +0000\nSubject: Second\n\n{STORY} {STORY}\n",
    ]
    (folder / "Inbox").write_text("\n".join(head + mail for mail in mails), encoding="utf-8")
    os.utime(folder / "Inbox", (1, 1))
    desk.source(text=f"kind: drop\npath: {folder}\n")
    run = desk.detail(desk.run())
    assert [(item.name.rpartition("/")[2], item.reason) for item in run.items if item.reason] == [
        ("Inbox mail 2", "no text")
    ]
    first, second = desk.write_all()
    assert [(one.title, str(one.published)) for one in (first, second)] == [
        ("First", "2025-01-17"),
        ("Second", "2025-01-18"),
    ]
    assert first.text.rstrip().endswith("From now on it holds.\n\nFrom here, too.")
    assert (folder / "done" / "Inbox").exists()


@pytest.mark.parametrize(
    ("outlet", "source"), [("outlet: The Court\n", "The Court"), ("", "Press office")], ids=["named", "not named"]
)
def test_the_outlet_of_a_source_goes_before_who_sent_a_mail(desk: Desk, outlet: str, source: str) -> None:
    folder = desk.home / "in"
    folder.mkdir()
    (folder / "a.eml").write_text(f"From: Press office <a@court.example>\n\n{STORY}", encoding="utf-8")
    desk.source(text=f"kind: folder\npath: {folder}\n{outlet}")
    desk.run()
    assert [article.source for article in desk.write_all()] == [source]
