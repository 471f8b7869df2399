"""Bytes to text: what is legible is read as it is, the rest is refused by name."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.inputs.decode import decode, decode_page, decode_saved_page
from kb.errors import SkipInput

TEXT = "The café’s owner said – on Monday – that “TikTok” must go. " * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_comes_out_as_it_was_written(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "a.txt") == TEXT


def test_the_charset_that_a_page_declares_is_believed() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body>Łódź said the Sejm met.</body></html>'
    assert decode(page.encode("iso-8859-2"), "a.html") == page


def test_line_ends_stay_as_they_are() -> None:
    assert decode(b"one\r\ntwo\rthree\n", "a.txt") == "one\r\ntwo\rthree\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"%PDF-1.7 ...", "a PDF file", id="PDF"),
        pytest.param(b"PK\x03\x04word", "Office document", id="docx"),
        pytest.param(b"\x89PNG\r\n", "an image", id="image"),
        pytest.param(b"\x1f\x8b\x08", "gzip", id="gzip"),
        pytest.param(b"abc\x00def", "binary data", id="NUL"),
        pytest.param(
            "café ".encode() + b"\xff\xfe broken", "not valid UTF-8 (byte 0xff at offset 6)", id="broken UTF-8"
        ),
        pytest.param(TEXT.encode()[:-1] + "…".encode()[:2], "not valid UTF-8", id="cut-off UTF-8"),
        pytest.param("Сегодня суд решил дело".encode("koi8-r"), "not valid UTF-8", id="another code page"),
        pytest.param(codecs.BOM_UTF16_LE + b"a", "starts like utf-16", id="broken UTF-16"),
    ],
)
def test_what_is_not_legible_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SkipInput) as refused:
        decode(data, "a.txt")
    assert reason in refused.value.reason
    assert refused.value.name == "a.txt"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data, "a.txt")
    except SkipInput:
        return
    assert isinstance(text, str)


@given(st.text(max_size=200).filter(lambda text: "\x00" not in text))
def test_every_text_survives_utf_8(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    if not data.startswith((b"%PDF", b"PK\x03\x04", b"{\\rtf", b"GIF8", b"\xef\xbb\xbf")):
        assert decode(data, "a.txt") == text


def test_a_guessed_encoding_is_said() -> None:
    heard: list[str] = []
    assert decode("caf\u00e9 au lait".encode("cp1252"), "a.txt", lambda problem: heard.append(str(problem)))
    assert len(heard) == 1
    assert "a.txt" in heard[0]
    assert "Windows-1252" in heard[0]


PAGE = "<html><head>{0}</head><body>The café’s owner said: “TikTok” must go.</body></html>"
META = "<meta charset=windows-1252>"


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        pytest.param(PAGE.encode(), "iso-8859-1", id="UTF-8 that is called Latin-1"),
        pytest.param(PAGE.replace("{0}", META).encode(), None, id="UTF-8 that calls itself Windows-1252"),
        pytest.param(PAGE.encode("cp1252"), "utf-8", id="Windows-1252 that is called UTF-8"),
        pytest.param(PAGE.encode("cp1252"), "iso-8859-1", id="Windows-1252 that is called Latin-1"),
        pytest.param(PAGE.replace("{0}", META).encode("cp1252"), "utf-8", id="called UTF-8, and itself what it is"),
        pytest.param(PAGE.encode("cp1252"), "no-such-charset", id="called something unknown"),
        pytest.param(PAGE.encode("utf-16-le"), "utf-16-le", id="UTF-16 without a mark"),
        pytest.param(PAGE.encode("utf-16"), "utf-8", id="UTF-16 that is called UTF-8"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_is_in(data: bytes, charset: str | None) -> None:
    assert "The café’s owner said: “TikTok” must go." in decode_page(data, charset)


def test_what_no_page_is_written_in_is_not_tried() -> None:
    assert decode_page(b"abc-" * 200_000, "punycode").startswith("abc-abc-")


def test_a_saved_page_with_some_broken_characters_is_read_without_them() -> None:
    heard: list[str] = []
    data = PAGE.encode() + b"\xff\xfe" + "”".encode() * 30
    assert "café" in decode_saved_page(data, "a.html", lambda problem: heard.append(str(problem)))
    assert "2 characters" in heard[0]
