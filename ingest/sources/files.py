"""Folders as sources: files that are new or changed, and drop folders whose files are moved once they are read."""

from __future__ import annotations

import email
import email.policy
import os
import re
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote_to_bytes

from ingest.inputs.decode import decode_page
from ingest.inputs.entry import Entry
from ingest.inputs.moment import read_moment
from ingest.inputs.problem import Problem, Report
from ingest.inputs.records import Record, Told
from ingest.inputs.walk import SUFFIXES, describe
from kb.errors import SkipInput
from kb.store.journal import legible

DONE, FAILED = "done", "failed"
MAIL = ".eml"
_UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".swp", "~")
"""Endings that programs give to files until they are whole."""
_HEAD = re.compile(rb"(?:From [^\n]{1,200}\n)?(?:[\w-]{1,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*)+")
"""The lines that a mail begins with."""
_HEAD_BYTES = 20_000
_BETWEEN = b"From "
"""Begins the line before each mail of a mailbox; a blank one is above it."""
_ESCAPED = re.compile(rb">+From ")
_SETTLED = 2.0
"""Seconds since the last change of a dropped file: it may still be written to."""


def list_files(folder: Path, *, drop: bool) -> Iterator[Entry]:
    """The articles' files below a folder, by name; of a drop folder all that lie in it and wait.

    In a drop folder no file is left lying whatever it is called, but those that another program is still writing.
    Raises SkipInput if it cannot be read.
    """
    if not folder.is_dir():
        raise SkipInput(str(folder), "no such folder; make it, or correct the source's path", kind="no folder")
    try:
        paths = sorted(folder.iterdir()) if drop else sorted(_below(folder))
    except OSError as err:
        raise SkipInput(str(folder), describe(err), kind="no folder") from err
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            continue  # gone meanwhile
        if _is_wanted(path.name.lower(), drop=drop) and path.is_file():
            yield Entry(name_of(path), mark=f"{stat.st_mtime_ns}:{stat.st_size}")


def name_of(path: Path) -> str:
    """What a file goes by: its path, or where that is no text (`caf\\xe9.txt`) its address (`file:///…/caf%E9.txt`)."""
    name = str(path.absolute())
    return name if legible(name) == name else path.absolute().as_uri()


def path_of(name: str) -> Path:
    """The file that goes by this name."""
    address = name.removeprefix("file://")
    return Path(name) if address == name else Path(os.fsdecode(unquote_to_bytes(address)))


def _is_wanted(name: str, *, drop: bool) -> bool:
    if name.startswith("."):
        return False
    return not name.endswith(_UNFINISHED) if drop else name.endswith((*SUFFIXES, MAIL))


def is_settled(path: Path, now: float) -> bool:
    """True for a file that nobody has written to for a moment."""
    try:
        return now - path.stat().st_mtime >= _SETTLED or path.stat().st_mtime > now
    except OSError:
        return False


def put_away(path: Path, *, reason: str | None) -> None:
    """Move a dropped file to `done`, or to `failed` with the reason beside it; never over another one.

    Raises SkipInput if it cannot be moved.
    """
    folder = path.parent / (FAILED if reason else DONE)
    try:
        folder.mkdir(exist_ok=True)
        target = _free_name(folder / path.name)
        os.rename(path, target)  # noqa: PTH104 - within one folder: one step
        if reason:
            target.with_name(target.name + ".reason").write_text(legible(reason) + "\n", encoding="utf-8")
    except FileNotFoundError:
        return
    except OSError as err:
        raise SkipInput(str(path), f"it was read, but cannot be moved to {folder}: {err.strerror or err}") from err


def is_mail(path: Path) -> bool:
    """True for a mail, whatever its file is called: programs that deliver them give them no ending."""
    if path.suffix.lower() == MAIL:
        return True
    try:
        with path.open("rb") as file:
            head = _HEAD.match(file.read(_HEAD_BYTES))
    except OSError:
        return False
    return head is not None and {b"from", b"date"} <= {line.partition(b":")[0].lower() for line in head[0].split(b"\n")}


def read_mails(path: Path, *, limit: int, report: Report) -> Iterator[Record]:
    """The mails of a file, which are several in one that holds a whole mailbox (mbox).

    What cannot be read of them goes to `report`; `limit` is the most bytes of one. Raises SkipInput if none can be.
    """
    try:
        opened = path.open("rb")
    except OSError as err:
        raise SkipInput(str(path), describe(err)) from err
    with opened as file:
        many = file.read(len(_BETWEEN)) == _BETWEEN
        file.seek(0)
        for number, message in enumerate(_messages(file, limit) if many else [file.read(limit + 1)], start=1):
            name = f"{path} mail {number}" if many else str(path)
            try:
                yield _mail(message, name, str(path), limit)
            except SkipInput as skip:
                report(Problem.of(skip))


def _messages(mailbox: BinaryIO, limit: int) -> Iterator[bytes]:
    """The mails of a mailbox; of one longer than `limit` not much more than that."""
    message, blank = bytearray(), True
    for line in mailbox:
        if blank and line.startswith(_BETWEEN):
            if message:
                yield bytes(message)
            message.clear()
        elif len(message) <= limit:
            message += line[1:] if _ESCAPED.match(line) else line
        blank = not line.strip()
    yield bytes(message)


def _mail(data: bytes, name: str, path: str, limit: int) -> Record:
    """A mail as an article: its subject, its day, its sender, and its text, or its HTML where that is all there is."""
    if len(data) > limit:
        raise SkipInput(name, f"larger than the {limit / 1e6:g} MB limit for one article", kind="too large")
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what this policy makes
    is_html, content = next(filter(itemgetter(1), _texts(message)), (False, ""))
    if not content:
        raise SkipInput(name, "an email without text", kind="no text")
    sent = read_moment(_header(message, "date"))
    fields = {"title": _header(message, "subject"), "published": _iso(sent.day if sent else None)}
    told = Told(published=sent, outlet=_sender(message))
    text = None if is_html else content.replace("\r\n", "\n")
    return Record(name, path, text=text, html=content if is_html else None, fields=fields, told=told)


def _texts(message: EmailMessage) -> Iterator[tuple[bool, str]]:
    """The plain text of a mail, and its HTML (then True); '' for one that is blank, as a plain part may be."""
    for kind in ("plain", "html"):
        part = message.get_body(preferencelist=(kind,))
        data = part.get_payload(decode=True) if part else None
        text = decode_page(data, part.get_content_charset()) if part and isinstance(data, bytes) else ""
        yield kind == "html", text if text.strip() else ""


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return " ".join(str(message[name]).split()) if message[name] else None
    except (ValueError, LookupError, IndexError):  # a header that the parser trips over
        return None


def _sender(message: EmailMessage) -> str | None:
    name, address = email.utils.parseaddr(_header(message, "from") or "")
    return name or address or None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _below(folder: Path) -> Iterator[Path]:
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(above) / name for name in names)


def _free_name(path: Path) -> Path:
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
