"""What an input says about its articles, one unchecked record each: text, Markdown, HTML, JSON, JSON Lines, mails."""

from __future__ import annotations

import codecs
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Protocol

from ingest.aside import Call, here
from ingest.inputs.decode import decode, decode_saved_page
from ingest.inputs.feed import looks_like_feed, read_feed
from ingest.inputs.front_matter import split_front_matter
from ingest.inputs.mail import begins_mail, is_head, is_mailbox, read_mail, split_mailbox
from ingest.inputs.moment import Moment
from ingest.inputs.packed import Unpacked
from ingest.inputs.page import Hints, as_page
from ingest.inputs.problem import Problem, Report
from ingest.inputs.walk import STDIN, describe
from kb.counted import counted
from kb.errors import SkipInput


@dataclass(frozen=True, slots=True)
class Record:
    """One article as the input gives it."""

    name: str
    """What to call it in a message: the file, and the line or the place in a list."""
    path: str
    text: object = None
    html: object = None
    fields: Mapping[str, object] = field(default_factory=dict)
    """Everything else: `id`, `url`, `title`, `published` or `date`, `source`, and keys that we do not read."""
    told: Told | None = None
    """What is known of it besides, if it comes from a source."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a page before it is read: its address, what its feed says, and what a person knows."""

    base: str | None = None
    hints: Hints = field(default=Hints())
    published: Moment | None = None
    updated: Moment | None = None
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    more: Callable[[str], str | None] | None = None
    """Gets another page of the same article, as HTML."""
    canonical: str | None = None
    """The address that its server calls its own; what the page itself says goes before."""


class Format(StrEnum):
    """How an input is written."""

    PLAIN = "plain"
    HTML = "html"
    JSON = "json"
    LINES = "lines"
    MAIL = "mail"


_BY_SUFFIX = {
    ".txt": Format.PLAIN,
    ".md": Format.PLAIN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".jsonl": Format.LINES,
    ".rss": Format.HTML,
    ".atom": Format.HTML,
    ".eml": Format.MAIL,
    ".mbox": Format.MAIL,
}
_HEAD_LINES = 200
"""Lines within which the head of a mail has an end."""
_JSON_OBJECT = re.compile(rb'\s*\{\s*(?:["}]|\Z)')
_JSON_LIST = re.compile(rb"\s*\[\s*(?:[{\]]|\Z)")
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|!--|\?xml)", re.IGNORECASE)


def read_records(
    path: str,
    *,
    limit: int,
    stdin: BinaryIO,
    report: Report,
    on_read: Callable[[int], None] = lambda _: None,
    any_mail: bool = False,
    call: Call = here,
) -> Iterator[Record]:
    """The records of one file (or of `stdin`, for '-') as they are read; what cannot be read goes to `report`.

    `limit` is the most bytes that one line of JSON Lines, one mail of a mailbox, or a file of another kind may have.
    With `any_mail` a text file that begins as a mail does is one, too, whatever it is called. Feeds are read by a
    `call`.
    """
    try:
        if path == STDIN:
            yield from _records(stdin, path, "", limit, report, any_mail=any_mail, call=call)
        else:
            with _open(path) as file:
                size = os.fstat(file.fileno()).st_size
                stream = _Counted(file, on_read)
                name = Path(path.lower())
                if name.suffix == ".gz":
                    suffix = name.with_suffix("").suffix
                    yield from _records(
                        Unpacked(stream, path), path, suffix, limit, report, any_mail=any_mail, call=call
                    )
                    return
                if size > limit and _is_one_article(name.suffix):
                    raise SkipInput(path, _too_large(limit, size))
                yield from _records(stream, path, name.suffix, limit, report, any_mail=any_mail, call=call)
    except SkipInput as error:
        report(Problem.of(error))


def sniff(suffix: str, line: bytes) -> Format:
    """The format of an input, by the ending of its name, else by its first line."""
    if known := _BY_SUFFIX.get(suffix):
        return known
    start = line.removeprefix(codecs.BOM_UTF8)
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = line[2:].replace(b"\0", b"")
    if _JSON_OBJECT.match(start):
        return Format.LINES if start.rstrip().endswith(b"}") else Format.JSON
    if suffix == ".json" or _JSON_LIST.match(start):
        return Format.JSON
    return Format.HTML if _HTML.match(start) else Format.PLAIN


def _is_one_article(suffix: str) -> bool:
    """True for the ending of files that are read whole; what has another one may be a mailbox."""
    return suffix == ".json" or _BY_SUFFIX.get(suffix) in (Format.PLAIN, Format.HTML)


def _open(path: str) -> BinaryIO:
    try:
        if not Path(path).is_file() and Path(path).exists():
            raise SkipInput(path, "not a file or folder that can be read; use '-' for standard input")
        return Path(path).open("rb")
    except OSError as err:
        raise SkipInput(path, describe(err)) from err
    except ValueError as err:  # a NUL in the name
        raise SkipInput(path, "not a file name") from err


class _Counted:
    """A file that tells how many of its bytes were read."""

    def __init__(self, file: BinaryIO, on_read: Callable[[int], None]) -> None:
        self._file = file
        self._on_read = on_read

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._on_read(len(data))
        return data

    def readline(self, size: int = -1) -> bytes:
        line = self._file.readline(size)
        self._on_read(len(line))
        return line

    def tell(self) -> int:
        return self._file.tell()


class Stream(Protocol):
    """What is read from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""
        ...

    def readline(self, size: int, /) -> bytes:
        """A line, or the first `size` bytes of it."""
        ...


def _records(
    stream: Stream, path: str, suffix: str, limit: int, report: Report, *, any_mail: bool, call: Call
) -> Iterator[Record]:
    lines = _lines(stream, path, limit)
    first = next((line for line in lines if not line[1].isspace()), None)
    if first is None:
        raise SkipInput(path, "it is empty; give an article with text")
    form = sniff(suffix, first[1])
    if form is Format.LINES:
        yield from _from_lines(chain([first], lines), path, limit, report)
        return
    head = [first[1]]
    if form is Format.PLAIN and (any_mail or suffix not in _BY_SUFFIX) and begins_mail(first[1]):
        head += _up_to_blank(lines)
        form = Format.MAIL if is_head(head[is_mailbox(first[1]) : -1]) else form
    if form is Format.MAIL and is_mailbox(first[1]):
        yield from _from_mailbox(chain(head, (line for _, line in lines)), path, limit, report)
        return
    data = b"".join(head) + _read(stream, path, limit)
    if len(data) > limit:
        raise SkipInput(path, _too_large(limit))
    if form is Format.HTML and looks_like_feed(data):
        yield from _from_feed(data, path, report, call)
        return
    if form is Format.HTML:
        yield Record(path, path, html=decode_saved_page(data, path, report))
    elif form is Format.MAIL:
        yield _from_mail(data, path, path, limit)
    elif form is Format.JSON:
        yield from _from_json(decode(data, path, report), path, report)
    else:
        fields, body = split_front_matter(decode(data, path, report), path)
        yield Record(path, path, text=body, fields=fields)


def _from_lines(lines: Iterator[tuple[int, bytes]], path: str, limit: int, report: Report) -> Iterator[Record]:
    for number, line in lines:
        name = f"{path} line {number}"
        if line.isspace():
            continue
        try:
            if len(line) > limit:
                raise SkipInput(name, _too_large(limit))
            yield _from_object(_parse(decode(line, name, report), name), name, path)
        except SkipInput as error:
            report(Problem.of(error))


def _from_json(text: str, path: str, report: Report) -> Iterator[Record]:
    value = _parse(text, path)
    if not isinstance(value, list):
        yield _from_object(value, path, path)
        return
    for number, item in enumerate(value, start=1):
        try:
            yield _from_object(item, f"{path} item {number}", path)
        except SkipInput as error:
            report(Problem.of(error))


def _up_to_blank(lines: Iterator[tuple[int, bytes]]) -> Iterator[bytes]:
    """The lines up to the first blank one, which is the last of them."""
    for _, line in islice(lines, _HEAD_LINES):
        yield line
        if not line.strip():
            return


def _from_mailbox(lines: Iterable[bytes], path: str, limit: int, report: Report) -> Iterator[Record]:
    for number, data in enumerate(split_mailbox(lines, limit), start=1):
        try:
            yield _from_mail(data, f"{path} mail {number}", path, limit)
        except SkipInput as error:
            report(Problem.of(error))


def _from_mail(data: bytes, name: str, path: str, limit: int) -> Record:
    if len(data) > limit:
        raise SkipInput(name, _too_large(limit))
    mail = read_mail(data, name)
    published = mail.sent.day.isoformat() if mail.sent else None
    fields = {"id": mail.id, "title": mail.subject, "published": published}
    told = Told(published=mail.sent, outlet=mail.sender)
    return Record(name, path, text=mail.text, html=mail.html, fields=fields, told=told)


def _from_feed(data: bytes, path: str, report: Report, call: Call) -> Iterator[Record]:
    """The entries of a feed that was saved, with the text they have in it; how many have none is reported."""
    feed = call(path, read_feed, data, url=path, full_text=True)
    for note in feed.notes:
        report(Problem(path, note, skipped=False))
    if bare := sum(not entry.html for entry in feed.entries):
        reason = f"{counted(bare, 'entry has', 'entries have')} no text in it"
        fix = "give the feed's address instead of a file, and their pages are fetched"
        report(Problem(path, f"{reason}; {fix}", kind="no text"))
    for entry in feed.entries:
        told = Told(entry.url, Hints(), entry.published, entry.updated, entry.title, None, entry.authors)
        if entry.html:
            yield Record(entry.url, path, html=as_page(entry.html), fields={"url": entry.url}, told=told)


def _parse(text: str, name: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as err:
        where = f"line {err.lineno}, column {err.colno}" if err.lineno > 1 else f"column {err.colno}"
        raise SkipInput(name, f"not valid JSON: {err.msg.lower()} at {where}; correct it there") from err
    except RecursionError as err:
        raise SkipInput(name, "not an article: the JSON is nested too deeply") from err


def _from_object(value: object, name: str, path: str) -> Record:
    if not isinstance(value, dict):
        raise SkipInput(name, "not an article: a JSON object with 'text' or 'html' is needed")
    return Record(name, path, text=value.get("text"), html=value.get("html"), fields=value)


def _lines(stream: Stream, path: str, limit: int) -> Iterator[tuple[int, bytes]]:
    """Numbered lines; of one longer than `limit` only its first `limit + 1` bytes."""
    number = 0
    while line := _read_line(stream, path, limit + 1):
        number += 1
        rest = line
        while len(line) > limit and not rest.endswith(b"\n") and (rest := _read_line(stream, path, limit)):
            pass
        yield number, line


def _read(stream: Stream, path: str, size: int) -> bytes:
    try:
        return stream.read(size)
    except OSError as err:
        raise SkipInput(path, describe(err)) from err


def _read_line(stream: Stream, path: str, size: int) -> bytes:
    try:
        return stream.readline(size)
    except OSError as err:
        raise SkipInput(path, describe(err)) from err


def _too_large(limit: int, size: int | None = None) -> str:
    measured = f"{size / 1e6:.0f} MB is larger" if size else "larger"
    return f"{measured} than the {limit / 1e6:g} MB limit for one article; split it, or raise --max-mb"
