"""The phrases of `phrases.yaml`: how sentences say what becomes of a day."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from kb.shipped import read_form

_FILE = "phrases.yaml"


def _compiled(told: object) -> re.Pattern[str]:
    """One pattern, or any of several; ValueError if it is none."""
    told = [told] if isinstance(told, str) else told
    if not (isinstance(told, list) and all(isinstance(one, str) for one in told)):
        raise ValueError("neither a pattern nor a list of them")
    try:
        return re.compile("|".join(told), re.IGNORECASE)
    except re.error as err:
        raise ValueError(str(err)) from err


Phrase = Annotated[re.Pattern[str], BeforeValidator(_compiled)]
"""A pattern compared without case: in the data one, or a list of which any will do."""


class Phrases(BaseModel):
    """A pattern for each thing said; `phrases.yaml` tells what it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    takes_effect: Phrase
    puts_off: Phrase
    puts_off_law: Phrase
    instead_of: Phrase
    given_up_day: Phrase
    now: Phrase
    speaks_of_deadline: Phrase
    deadline_for: Phrase
    up_to: Phrase
    due_by: Phrase
    old_day: Phrase
    never_was: Phrase
    asked_for: Phrase
    granted: Phrase
    another_day: Phrase
    came_late: Phrase
    after_the_date: Phrase
    let_pass: Phrase
    ran_out: Phrase
    kept: Phrase
    in_time: Phrase
    keeping: Phrase
    given_up: Phrase
    held_up: Phrase
    waived: Phrase
    moved_up: Phrase
    led_by: Phrase
    points_elsewhere: Phrase
    looks_back: Phrase
    denies: Phrase
    other_deed: Phrase
    answer: Phrase


@cache
def phrases() -> Phrases:
    """The phrases as they stand in the package; OntologyError names what is wrong with them."""
    return read_form("kb.fold", _FILE, Phrases)
