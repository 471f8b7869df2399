"""What a source says about one of its articles before it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.inputs.moment import Moment, read_moment
from kb.ids import digest
from kb.store.pages import Found


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a source names; `url` is where it is, or a file's path."""

    url: str
    title: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    html: str | None = None
    """Its text, where the source gives that."""
    mark: str = ""
    """Changes when the source says that the article has changed, besides title and times."""

    def found(self) -> Found:
        """For the journal."""
        entry: dict[str, Any] = {
            "title": self.title,
            "published": _dump(self.published),
            "updated": _dump(self.updated),
            "authors": list(self.authors),
            "sections": list(self.sections),
            "html": self.html,
        }
        mark = digest("", self.title, str(entry["published"]), str(entry["updated"]), self.mark, self.html)
        return Found(self.url, mark, {key: value for key, value in entry.items() if value})


def load_entry(url: str, stored: Mapping[str, Any]) -> Entry:
    """An entry as the journal kept it."""
    return Entry(
        url=url,
        title=stored.get("title"),
        published=_load(stored.get("published")),
        updated=_load(stored.get("updated")),
        authors=tuple(stored.get("authors", ())),
        sections=tuple(stored.get("sections", ())),
        html=stored.get("html"),
    )


def _dump(moment: Moment | None) -> list[str | None] | None:
    return [moment.day.isoformat(), moment.at] if moment else None


def _load(stored: list[str | None] | None) -> Moment | None:
    if not stored:
        return None
    day = read_moment(stored[0])
    return Moment(day.day, stored[1]) if day else None
