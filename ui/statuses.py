"""How each status of an event and each state of a deadline looks: one shape, colour and word, on every page."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import Status


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
    Look("overtaken", "Overtaken", "»", "gray", "its day passed, and another event settled the matter"),
)
_STATES = (
    Look("open", "Open", "◆", "violet", "still to come"),
    Look("passed", "Passed, nothing reported", "◌", "gray", "its day has passed, and no article tells more"),
    Look("stayed", "Stayed", "‖", "blue", "suspended by a court or an authority"),
    Look("waived", "Waived", "⊘", "yellow", "nobody has to keep it any more"),
    Look("lapsed", "Lapsed", "⊘", "yellow", "its ground has gone"),
    Look("met", "Met", "✓", "green", "done in time"),
    Look("missed", "Missed", "✕", "red", "not done in time"),
)
LOOKS = {look.status: look for look in _LOOKS}

STATES = {look.status: look for look in _STATES}


def state_look(state: str) -> Look:
    """How what became of a deadline is drawn."""
    return STATES.get(state) or Look(state, state.capitalize(), "▪", "gray", "a state this version does not know")


def look(status: str) -> Look:
    """How `status` is drawn; one that this program does not know gets a neutral mark and its own name."""
    return LOOKS.get(status) or Look(status, status.capitalize(), "▪", "gray", "a status this version does not know")
