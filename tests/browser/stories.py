"""Stories told around today: accounts that are due soon, a vote counted in two ways, a closing put off twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kb.model import Extraction, Status
from kb.timevalue import Interval, Precision
from tests.ui.sample import _article, _claim, _extraction

CLOSING = "Harbor Line to close its terminal"


def closing_days(today: date) -> list[date]:
    """The days on which the terminal was to close, one after the other."""
    return [today + timedelta(days=away) for away in (-60, -10, 20)]


def in_words(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def accounts(today: date) -> Iterator[Extraction]:
    """What a law makes due soon, told of yesterday; two outlets count the votes for it otherwise, a month ago."""
    due, vote, told = today + timedelta(days=25), today - timedelta(days=40), today - timedelta(days=1)
    obliged = f"Meridian Bank must publish its accounts by {in_words(due)}."
    told_of = _article("meridian", "A bank and its accounts", told, "Quay Courier", obliged)
    yield _extraction(
        told_of,
        _claim(
            told_of, obliged, "publish", type_="deadline", status=Status.SCHEDULED, cues=("must",),
            title="Meridian Bank to publish its accounts", actors=(("obligated", "Meridian Bank"),),
            when=(in_words(due), Interval.day(due), Precision.DAY),
        ),
    )  # fmt: skip
    yield from votes(vote, "Accounts Act")


def votes(day: date, bill: str) -> Iterator[Extraction]:
    """Two outlets that count the votes for one law otherwise."""
    for id_, source, count in (("seventy", "Quay Courier", "79 to 18"), ("eighty", "Hill Gazette", "78 to 19")):
        said = f"The Senate passed the {bill} {count} on {in_words(day)}."
        article = _article(id_, f"The vote, {count}", day + timedelta(days=1), source, said)
        yield _extraction(
            article,
            _claim(
                article, said, "passed", type_="legislative_vote", status=Status.OCCURRED,
                title=f"Senate passes {bill}", actors=(("chamber", "Senate"), ("bill", bill)),
                when=(in_words(day), Interval.day(day), Precision.DAY),
            ),
        )  # fmt: skip


def closing(today: date) -> Iterator[Extraction]:
    """A deadline that is set, and put off twice."""
    days = closing_days(today)
    for at, (due, told) in enumerate(zip(days, (-100, -70, -20), strict=True)):
        said, trigger = f"Harbor Line must close its terminal by {in_words(due)}.", "close"
        if at:
            before = in_words(days[at - 1])
            said = f"The deadline for Harbor Line to close its terminal was extended from {before} to {in_words(due)}."
            trigger = "extended"
        article = _article(f"closing{at}", "A terminal", today + timedelta(days=told), "Quay Courier", said)
        yield _extraction(
            article,
            _claim(
                article, said, trigger, type_="deadline_change" if at else "deadline", status=Status.SCHEDULED,
                title=CLOSING, actors=(("obliged", "Harbor Line"), ("object", "terminal")),
                when=(in_words(due), Interval.day(due), Precision.DAY),
            ),
        )  # fmt: skip
