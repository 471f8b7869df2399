"""Sitemaps as they are met."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.sources.sitemap import read_sitemap

URL = "https://paper.example/maps/news.xml"
PICTURE = "<i:image><i:loc>https://paper.example/1.jpg</i:loc><i:title>A picture</i:title></i:image>"
NEWS = (
    "<n:news><n:publication><n:name>Paper</n:name><n:language>en</n:language></n:publication>"
    "<n:publication_date>2025-01-17</n:publication_date><n:title>A &amp; B</n:title></n:news>"
)


def urls(*inside: str) -> str:
    entries = "".join(f"<url>{one}</url>" for one in inside)
    return f"<?xml version='1.0'?><urlset xmlns:i='urn:image' xmlns:n='urn:news'>{entries}</urlset>"


@pytest.mark.parametrize("inside", ["<loc>/a</loc>{}{}", "{}{}<loc>/a</loc>", "{1}<loc>/a</loc>{0}"])
def test_pictures_are_not_taken_for_the_article(inside: str) -> None:
    (entry,) = read_sitemap(urls(inside.format(NEWS, PICTURE)).encode(), url=URL).entries
    assert (entry.url, entry.title) == ("https://paper.example/a", "A & B")
    assert entry.published
    assert entry.published.day == date(2025, 1, 17)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param(urls("<loc>b?x=1&y=2</loc>").encode(), "maps/b?x=1&y=2", id="a bare ampersand"),
        pytest.param(urls("<loc>b?x=1&amp;y=2</loc>").encode(), "maps/b?x=1&y=2", id="an escaped one"),
        pytest.param(urls("<loc><![CDATA[/b?x=1&y=2]]></loc>").encode(), "b?x=1&y=2", id="CDATA"),
        pytest.param(urls("<loc>/b?x=1&amp;y=2</loc>").encode("utf-16"), "b?x=1&y=2", id="UTF-16"),
        pytest.param(b"\n\xef\xbb\xbf" + urls("<loc>/b</loc>").encode(), "b", id="a blank line before it"),
        pytest.param(b"\xef\xbb\xbfhttps://paper.example/b\r\n", "b", id="a plain list"),
        pytest.param(urls("<loc>/b</loc>").encode()[:-20], "b", id="cut off"),
    ],
)
def test_an_address_is_read_as_it_is_meant(body: bytes, wanted: str) -> None:
    assert [entry.url for entry in read_sitemap(body, url=URL).entries] == [f"https://paper.example/{wanted}"]


def test_the_maps_of_an_index_may_be_named_from_its_own_place() -> None:
    index = b"<sitemapindex><sitemap><loc>2025.xml.gz</loc></sitemap></sitemapindex>"
    assert read_sitemap(index, url=URL).maps == (("https://paper.example/maps/2025.xml.gz", None),)
