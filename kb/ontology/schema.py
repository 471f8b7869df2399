"""The form of ontology files, as people write them. Unknown keys are errors: a typing slip cannot pass silently."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from kb.model import EntityKind, Status


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


Words = Annotated[list[str], BeforeValidator(_one_or_many)]
"""A word or a list of words; `$name` stands for a word class, `~kind` for entities of a kind, `~date` for a time."""
Phrase = Annotated[str, Field(pattern=r"^[^A-Z\s]+( [^A-Z\s]+)*$")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RoleForm(_Form):
    """Where a role's filler stands, and what kinds it may have; the first place that holds one counts.

    Places are the slots of patterns, `possessor`, `alone` for the subject of a verb that is done to nobody else,
    `parting` for the subject of a verb of giving away, `addressed` for the object of a verb of speaking to somebody,
    `owner` for whose the object is, and of a deadline `setter` for who sets or moves it, `held` for whom that is done
    to, or the subject of any other verb. A person only fills a role with `callings` if the text calls him one of these
    or, with `uncalled`, nothing at all.
    """

    places: Words
    kinds: list[EntityKind] = Field(min_length=1)
    callings: list[str] = []
    uncalled: bool = False


class ExampleForm(_Form):
    """A sentence, the word in it that is (or is not) a trigger of this type, and the expected status."""

    text: str
    trigger: str
    status: Status | None = None

    @model_validator(mode="after")
    def _has_its_trigger(self) -> Self:
        if self.trigger not in self.text:
            raise ValueError(f"the trigger {self.trigger!r} does not occur in {self.text!r}")
        return self


class TriggersForm(_Form):
    """Words that name the event by themselves, and patterns that need company.

    A pattern has `verb` or `noun` (one or several), an optional `weight`, and conditions: `subject`, `object`,
    `complement`, `modifier`, `governor`, `nearby`, `topic`, or any preposition; `not-` before a slot forbids its words.
    """

    verbs: list[Phrase] = []
    nouns: list[Phrase] = []
    patterns: list[dict[str, Words | float]] = []


class ExamplesForm(_Form):
    """At least two sentences that state the event and one that only looks like it."""

    positive: list[ExampleForm] = Field(min_length=2)
    negative: list[ExampleForm] = Field(min_length=1)


class TypeForm(_Form):
    """One event type: the whole content of its file."""

    id: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    label: str
    description: str
    family: str
    plover: str | None
    roles: dict[str, RoleForm] = {}
    triggers: TriggersForm
    examples: ExamplesForm


class ClassForm(_Form):
    """Words, and kinds of entities, that patterns treat alike."""

    words: list[Phrase] = []
    kinds: list[EntityKind] = []


class ClassesForm(_Form):
    """Content of `lexicon/classes.yaml`."""

    classes: dict[str, ClassForm]


class TopicsForm(_Form):
    """Content of `lexicon/topics.yaml`: see `Ontology.topics`."""

    topics: dict[str, list[Phrase]]


class StatusForm(_Form):
    """Content of `lexicon/status.yaml`: see `StatusLexicon`."""

    modals: dict[Status, list[Phrase]]
    governors: dict[Status, list[Phrase]]
    opinions: list[Phrase]
    supposing: list[Phrase]
    pledges: list[Phrase]
    deniers: list[Phrase]
    hearsay: list[Phrase]
    rejecting: list[Phrase]
    implied: list[Phrase]
    endings: dict[Status, list[Phrase]]
    modifiers: dict[Status, list[Phrase]]
    lasting: list[Phrase]
    validity: list[Phrase]
    momentary: list[Phrase]
    failing: list[Phrase]
    dead: list[Phrase]
    unmet: list[Phrase]
    stopped: list[Phrase]
    promised: list[Phrase]
    meant: list[Phrase]
    ceasing: list[Phrase]
    hedges: dict[Status, list[Phrase]]
    repeals: list[Phrase]
    conditions: list[Phrase]
    negations: list[Phrase]
    obligations: list[Phrase]
    demands: list[Phrase]
    superseded: list[Phrase]
    moves: list[Phrase]
    holds_up: list[Phrase]
    requests: list[Phrase]
    grants: list[Phrase]
    no_plans: list[Phrase]
    wishes: list[Phrase]
    awaited: list[Phrase]
    former: list[Phrase]
    announced: list[Phrase]
    as_fixed: list[Phrase]
    going_on: list[Phrase]
    odds: list[Phrase]
    readying: list[Phrase]
    sets: list[Phrase]

    @field_validator("modals", "governors", "endings", "modifiers", "hedges")
    @classmethod
    def _one_status(cls, words: dict[Status, list[str]]) -> dict[Status, list[str]]:
        """A word under two statuses would take the last one silently."""
        seen: dict[str, Status] = {}
        for status, group in words.items():
            for word in group:
                if seen.setdefault(word, status) is not status:
                    raise ValueError(f"{word!r} is listed under both {seen[word]} and {status}: remove it from one")
        return words


class SpeechForm(_Form):
    """Content of `lexicon/speech.yaml`: see `SpeechLexicon`."""

    verbs: list[Phrase]
    sources: list[Phrase]
    hearsay: list[Phrase]
    records: list[Phrase]
    shows: list[Phrase]
    unnamed: list[Phrase]


class WordsForm(_Form):
    """Content of `lexicon/words.yaml`: see `WordLexicon`."""

    light: list[Phrase]
    support: list[Phrase]
    arranging: list[Phrase]
    installing: list[Phrase]
    parting: list[Phrase]
    addressing: list[Phrase]
    happening: list[Phrase]
    vessels: list[Phrase]
    aspect: list[Phrase]
    announce: list[Phrase]
    event_nouns: list[Phrase]
    things: list[Phrase]
    planning: list[Phrase]
    acts: list[Phrase]
    conative: list[Phrase]
    naming: list[Phrase]
    starting: list[Phrase]
    fixing: list[Phrase]
    duties: list[Phrase]
    day_nouns: list[Phrase]
    terms: list[Phrase]
    taking_place: list[Phrase]
    appearing: list[Phrase]
    held: list[Phrase]
    occasions: list[Phrase]
    deeds: list[Phrase]
    texts: list[Phrase]
    reports: list[Phrase]
    only_planned: list[Phrase]
    calendared: list[Phrase]
    states: list[Phrase]
    telling: list[Phrase]
    seats: list[Phrase]
    cohorts: list[Phrase]
    by_year: list[Phrase]
    swaying: list[Phrase]
    charging: list[Phrase]
    timing: list[Phrase]
    pointing: list[Phrase]
    passing: list[Phrase]
    fixtures: list[Phrase]
    feasts: list[Phrase]
    festive: list[Phrase]
    speaking_of: list[Phrase]
    outlooks: list[Phrase]
    foreseeing: list[Phrase]
    spending: list[Phrase]
    afterwards: list[Phrase]
    alongside: list[Phrase]
    giving_time: list[Phrase]
    documents: list[Phrase]
