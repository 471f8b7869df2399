"""How what became of a deadline looks: one shape, one colour and one word, the same on every page."""

from __future__ import annotations

from ui.statuses import Look

_STATES = (
    Look("open", "Open", "◆", "violet", "still to come"),
    Look("passed", "Passed, nothing reported", "◌", "gray", "its day has passed, and no article tells more"),
    Look("stayed", "Stayed", "‖", "blue", "suspended by a court or an authority"),
    Look("waived", "Waived", "⊘", "yellow", "nobody has to keep it any more"),
    Look("lapsed", "Lapsed", "⊘", "yellow", "its ground has gone"),
    Look("met", "Met", "✓", "green", "done in time"),
    Look("missed", "Missed", "✕", "red", "not done in time"),
    Look("in-effect", "In effect", "✓", "green", "it took effect"),
)
STATES = {look.status: look for look in _STATES}


def state_look(state: str) -> Look:
    """How `state` is drawn; one that this program does not know gets a neutral mark and its own name."""
    return STATES.get(state) or Look(state, state.capitalize(), "▪", "gray", "a state this version does not know")
