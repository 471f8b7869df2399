"""Mails as articles: one, or a whole mailbox (mbox) read as a stream."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from operator import itemgetter

from ingest.inputs.decode import decode_page
from ingest.inputs.moment import Moment, read_moment
from kb.errors import SkipInput

_BETWEEN = b"From "
"""Begins the line before each mail of a mailbox; a blank one is above it."""
_ESCAPED = re.compile(rb">+From ")
_HEADER = re.compile(rb"([\w-]{1,40}):|[ \t]+\S")
"""A line of a mail's head: a header, or more of one."""
_KNOWN_BY = {b"from", b"date"}
_LONGEST_ID = 900
"""Characters of a Message-ID that a mail is known by; no program makes longer ones."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says. `text` is None where its HTML is all there is."""

    id: str | None
    subject: str | None
    sent: Moment | None
    sender: str | None
    text: str | None
    html: str | None


def begins_mail(line: bytes) -> bool:
    """True for a line that a mail or a mailbox may begin with."""
    return is_mailbox(line) or _HEADER.match(line) is not None


def is_mailbox(line: bytes) -> bool:
    """True for the first line of a mailbox."""
    return line.startswith(_BETWEEN)


def is_head(lines: Iterable[bytes]) -> bool:
    """True for the head of a mail: headers and nothing else, among them who sent it and when."""
    headers = set()
    for line in lines:
        header = _HEADER.match(line)
        if header is None:
            return False
        headers.add((header[1] or b"").lower())
    return headers >= _KNOWN_BY


def split_mailbox(lines: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The mails of a mailbox; of one longer than `limit` bytes not much more than that."""
    message, blank = bytearray(), True
    for line in lines:
        if blank and is_mailbox(line):
            if message:
                yield bytes(message)
            message.clear()
        elif len(message) <= limit:
            message += line[1:] if _ESCAPED.match(line) else line
        blank = not line.strip()
    yield bytes(message)


def read_mail(data: bytes, name: str) -> Mail:
    """What a mail says. Raises SkipInput, with `name`, for one without a text."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what this policy makes
    is_html, content = next(filter(itemgetter(1), _texts(message)), (False, ""))
    if not content:
        raise SkipInput(name, "an email without text", kind="no text")
    id_, sent = _header(message, "message-id"), _header(message, "date")
    return Mail(
        f"mid:{id_.strip('<>')}" if id_ and len(id_) <= _LONGEST_ID else None,
        _header(message, "subject"),
        read_moment(sent) if sent else None,
        _sender(message),
        None if is_html else content.replace("\r\n", "\n"),
        content if is_html else None,
    )


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
