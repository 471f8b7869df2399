"""What a temporal expression says, before it is known which day it means: the result of the grammar.

Everything the words leave open (the year of "January 19", the anchor of "a week later") is absent here and filled in by
`resolve`.
"""

from __future__ import annotations

from dataclasses import dataclass

Amount = float | None
"""A number, or None for "several", "many" …"""


@dataclass(frozen=True, slots=True)
class Partial:
    """A calendar date with the parts that the words give: "March", "Friday", "Jan. 19, 2025", "Q3", "last summer"."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: int | None = None
    holiday: str | None = None
    fiscal: str | None = None
    """"fiscal", or "federal" for the fiscal year of the United States government."""
    which: str | None = None
    """"last", "this", "next", "that" … standing before it."""
    of: Expression | None = None
    """The longer period it lies in: "of that year", "last year"."""


@dataclass(frozen=True, slots=True)
class Numeric:
    """A date in figures whose order the text leaves open: "6/12/2024" is in June or in December."""

    first: int
    second: int
    year: int


@dataclass(frozen=True, slots=True)
class Decade:
    """The 1990s."""

    first_year: int


@dataclass(frozen=True, slots=True)
class Century:
    """The 20th century."""

    number: int


@dataclass(frozen=True, slots=True)
class Period:
    """A unit of the calendar seen from publication or from another date: "today", "last year", "that month"."""

    unit: str
    which: str
    shift: int = 0
    """Units from the one that `which` names: "yesterday" is the day `this`, shifted by -1."""
    fiscal: bool = False
    open: str | None = None
    """"earlier" or "later": only the part of the period before or after publication."""
    holding: Expression | None = None
    """A date inside it, which the text gives with it: "the quarter ended Sept. 30", "the week of Oct. 9"."""


@dataclass(frozen=True, slots=True)
class SamePeriod:
    """The period the text speaks of, in another year: "the same quarter last year", "the year-ago period"."""

    years: int
    year: int | None = None
    """The year itself, where the text has it: "the 1988 period"."""
    quarter: bool = False
    """True if the text says that it is a quarter."""


@dataclass(frozen=True, slots=True)
class Length:
    """An amount of time: "90 days", "two years and three months", "decades"."""

    parts: tuple[tuple[Amount, str], ...]
    mod: str | None = None
    business: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A length that ends or starts at publication: "the past three months", "the next two years"."""

    length: Length
    which: str
    lasting: bool = False
    """True if it says how long and not when: "for the past two years", "the last two days of the talks"."""


@dataclass(frozen=True, slots=True)
class Run:
    """A length that ends with a date: "the three months to December", "the nine months" that "ended Sept. 30"."""

    length: Length
    last: Partial


@dataclass(frozen=True, slots=True)
class Grant:
    """A length that may be counted from a date of the text: "the 90-day extension", "had 30 days to answer"."""

    length: Length


@dataclass(frozen=True, slots=True)
class Now:
    """Anchor: the day of publication."""


@dataclass(frozen=True, slots=True)
class Focus:
    """Anchor: the date the text speaks of."""

    due: bool = False
    """True for "three days early", which counts from the day on which something was due."""


@dataclass(frozen=True, slots=True)
class Planned:
    """Anchor: another day than the one that came ("three days later than planned")."""


@dataclass(frozen=True, slots=True)
class ThisDocument:
    """Anchor: the day of the order, memorandum or rule that the text itself is."""

    text: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Anchor: something that the text may date elsewhere ("his inauguration", "the ruling")."""

    text: str
    start: int
    end: int
    behind: int
    """Where the length before it ends."""

    @property
    def pointing(self) -> bool:
        """True for "that ruling": if the text dates none, the date it speaks of is meant."""
        return self.text.lower().startswith(("that ", "those "))


@dataclass(frozen=True, slots=True)
class Shift:
    """A length away from an anchor: "two years ago", "a week later", "60 days after 30 June"."""

    length: Length
    sign: int
    anchor: Expression | Now | Focus | Planned | ThisDocument | Happening
    clock: bool = False
    """True for a legal clock ("within 60 days of …"), whose sum is a day, not a month or a year."""
    limit: bool = False
    """True if it says "within": without a known anchor it is a mere length."""
    begins: int | None = None
    """Where the length begins behind "within", "not later than"."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A part of a longer period, as modifiers.yaml names it, or its `start`, `end` or `rest`."""

    name: str
    of: Expression


@dataclass(frozen=True, slots=True)
class Nth:
    """One of the units inside a longer period, counted from 1, or from -1 backwards: "the first week of January"."""

    number: int
    unit: str
    of: Expression | None
    count: int | None = 1
    """None for "the first days of"."""
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """From the start of one date to the end of another."""

    first: Expression
    last: Expression


@dataclass(frozen=True, slots=True)
class RangeEnd:
    """One of the two dates of a range, which takes its year from the other one."""

    whole: Between
    last: bool

    @property
    def own(self) -> Expression:
        """What stands at this end."""
        return self.whole.last if self.last else self.whole.first


@dataclass(frozen=True, slots=True)
class Timed:
    """A date with a part of the day or a time of the clock: "Friday night", "10 a.m. Friday"."""

    date: Expression | None
    clock: str
    """What stands behind the T of a TIMEX3 value."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often: "daily", "twice a month", "every Tuesday"."""

    value: str
    freq: str | None = None
    quant: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """PAST_REF, PRESENT_REF or FUTURE_REF."""

    value: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """A date that does not exist: "32 January"."""

    reason: str


Expression = (
    Partial
    | Numeric
    | Decade
    | Century
    | Period
    | SamePeriod
    | Length
    | Stretch
    | Run
    | Grant
    | Shift
    | Edge
    | Nth
    | Between
    | RangeEnd
    | Timed
    | Recurrence
    | Reference
    | Impossible
)


@dataclass(frozen=True, slots=True)
class Found:
    """An expression where it stands in the text."""

    expression: Expression
    start: int
    end: int
    nested: tuple[Found, ...] = ()
    """The two dates of a range, where each stands on its own."""
