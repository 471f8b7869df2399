"""Bytes to text, or a clear refusal: never a guess that would change what the article says."""

from __future__ import annotations

import codecs
import re

from ingest.inputs.problem import Problem, Report
from kb.errors import SkipInput

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_KINDS = (
    (b"%PDF", "a PDF file: save its text as .txt"),
    (b"PK\x03\x04", "a zip archive or Office document: save its text as .txt"),
    (b"\x1f\x8b", "gzip-compressed: unpack it first"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"{\\rtf", "an RTF document: save it as .txt"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as .txt"),
)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NOT_OF_THE_WEB = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"})
"""What Python can decode and no page is written in, some of it slowly."""
_WESTERN = frozenset("‘’“”–—…•€£¥§©®°±½¼¾×«»¡¿™·\u00a0\u00ad¢†‡‰‹›")


def decode(data: bytes, name: str, report: Report = lambda _: None) -> str:
    """The text of `data`: by its byte order mark, as UTF-8, by the charset the page declares, or as Windows-1252.

    Line ends stay as they are. `report` hears of an encoding that nothing declares and that was guessed.
    Raises SkipInput, with `name`, for binary data and for bytes that are legible in none of these.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name)
    _refuse_binary(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as err:
        text = _declared(data)
        if text is not None:
            return text
        text = _windows(data)
        if text is None:
            reason = f"not valid UTF-8 (byte {data[err.start]:#04x} at offset {err.start}): save it as UTF-8"
            raise SkipInput(name, reason) from err
        report(Problem(name, "not UTF-8; read as Windows-1252, which is a guess: save it as UTF-8", skipped=False))
        return text


def decode_page(data: bytes, charset: str | None) -> str:
    """The text of a page from the web: bytes that are legible in no way become a mark.

    By the byte order mark; as UTF-8, whatever is declared, if it can be nothing else; by the charset of the HTTP
    header; by the one that the page declares; as UTF-8, or Windows-1252.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    if is_utf8(data):
        return data.decode("utf-8")
    text = (_in(data, charset) if charset else None) or _declared(data) or _in(data, "utf-8") or _windows(data)
    if text is not None:
        return text
    broken = data.decode("utf-8", "replace")
    mostly = len(_MULTIBYTE.findall(data)) >= broken.count("\ufffd")
    return broken if mostly else data.decode("cp1252", "replace")


def decode_saved_page(data: bytes, name: str, report: Report = lambda _: None) -> str:
    """The text of a page that was saved, as a browser reads it; `report` hears of what is legible in no way.

    Raises SkipInput, with `name`, for what is no text.
    """
    if not data.startswith(tuple(bom for bom, _ in _BOMS)):
        _refuse_binary(data.replace(b"\x00", b""), name)
    text = decode_page(data, None)
    if marks := text.count("\ufffd") - data.count("\ufffd".encode()):
        report(Problem(name, f"{marks} characters cannot be read in its encoding and are left out", skipped=False))
    return text


def without_declaration(text: str) -> str:
    """The text of a page without its XML declaration: lxml reads no text that names an encoding."""
    declared = _DECLARATION.match(text)
    return text[declared.end() :] if declared else text


def is_utf8(data: bytes) -> bool:
    """True for valid UTF-8 with characters of several bytes: in no other encoding does such a text make sense."""
    return _MULTIBYTE.search(data) is not None and _in(data, "utf-8") is not None


def _in(data: bytes, encoding: str) -> str | None:
    """The text in this encoding, if it is one of the web's and fits; Latin-1 on the web means Windows-1252."""
    try:
        name = codecs.lookup(encoding).name
        if name in _NOT_OF_THE_WEB:
            return None
        return data.decode("cp1252" if name in ("iso8859-1", "ascii") else name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as err:
        raise SkipInput(name, f"starts like {encoding} but is broken at offset {err.start}: save it as UTF-8") from err


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, what in _BINARY_KINDS:
        if data.startswith(magic):
            raise SkipInput(name, f"not text but {what}")
    if b"\x00" in data:
        raise SkipInput(name, "not text but binary data; give text, HTML or JSON")


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data, 0, 4096)
    return _in(data, match[1].decode("ascii")) if match else None


def _windows(data: bytes) -> str | None:
    """Windows-1252, if that is legible: some accents and typographic marks in plain text, and no UTF-8 among them."""
    if _MULTIBYTE.search(data):
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [char for char in text if char > "\x7f"]
    legible = sum(char.isalpha() or char in _WESTERN for char in foreign)
    controls = sum(char < " " and char not in "\t\n\r\f\v" for char in text)
    return text if legible == len(foreign) < 0.2 * len(text) and not controls else None
