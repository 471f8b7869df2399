"""The formats that events can be written in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.exports import calendar, graph_files, markdown, picture, tables, timelinejs
from kb.queries.views import EventDetail


class Kind(StrEnum):
    """Names of formats, as `chronograph export --format` takes them."""

    CSV = "csv"
    JSON = "json"
    ICS = "ics"
    TIMELINEJS = "timelinejs"
    MARKDOWN = "markdown"
    GRAPHML = "graphml"
    GEXF = "gexf"
    SVG = "svg"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is called and made. `write` gets the events in order of time, and the day that is today."""

    kind: Kind
    label: str
    suffix: str
    mime: str
    write: Callable[[Iterable[EventDetail], date], bytes]

    @property
    def file_name(self) -> str:
        """What a file of it is called."""
        return f"chronograph{self.suffix}"


FORMATS: dict[Kind, Format] = {
    made.kind: made
    for made in (
        Format(Kind.CSV, "CSV (table)", ".csv", "text/csv", tables.as_csv),
        Format(Kind.JSON, "JSON (everything)", ".json", "application/json", tables.as_json),
        Format(Kind.ICS, "iCalendar", ".ics", "text/calendar", calendar.write),
        Format(Kind.MARKDOWN, "Report (Markdown)", ".md", "text/markdown", markdown.write),
        Format(Kind.TIMELINEJS, "TimelineJS", ".timelinejs.json", "application/json", timelinejs.write),
        Format(Kind.GRAPHML, "GraphML", ".graphml", "application/xml", graph_files.as_graphml),
        Format(Kind.GEXF, "GEXF (Gephi)", ".gexf", "application/xml", graph_files.as_gexf),
        Format(Kind.SVG, "Picture (SVG)", ".svg", "image/svg+xml", picture.as_svg),
        Format(Kind.PNG, "Picture (PNG)", ".png", "image/png", picture.as_png),
    )
}


def export(kind: Kind, events: Iterable[EventDetail], *, today: date) -> bytes:
    """`events` written as a file of that kind. The same events give the same bytes on the same day."""
    return FORMATS[kind].write(events, today)
