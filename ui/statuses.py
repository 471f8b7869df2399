"""How each status looks: one shape, one colour and one word, the same on every page."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import EventStatus as Status


@dataclass(frozen=True, slots=True)
class Look:
    """A status as it is drawn. `colour` names a colour of Streamlit's palette, which knows light and dark."""

    status: str
    label: str
    glyph: str
    colour: str
    meaning: str


_LOOKS = (
    Look(Status.OCCURRED, "Occurred", "●", "green", "told as fact, in the past or completed"),
    Look(Status.ONGOING, "Ongoing", "◐", "blue", "under way when it was published"),
    Look(Status.SCHEDULED, "Scheduled", "◆", "violet", "fixed for a day to come, or due"),
    Look(Status.PROPOSED, "Proposed", "◇", "orange", "planned, asked for, promised or forecast, but not fixed"),
    Look(Status.HYPOTHETICAL, "Hypothetical", "○", "gray", "could, may, might or if"),
    Look(Status.DENIED, "Denied", "✕", "red", "did not happen, or is refused"),
    Look(Status.CANCELLED, "Cancelled", "⊘", "yellow", "called off, withdrawn or lapsed"),
    Look(Status.OVERTAKEN, "Overtaken", "⬖", "gray", "was to come, and was put off, replaced or settled otherwise"),
)
LOOKS = {look.status: look for look in _LOOKS}


def look(status: str) -> Look:
    """How `status` is drawn; one that this program does not know gets a neutral mark and its own name."""
    return LOOKS.get(status) or Look(status, status.capitalize(), "▪", "gray", "a status this version does not know")
