"""How well short texts about two similar events are kept apart, and those about one joined, days told or not.

    python -m tools.quality.tellings                # pairs, those held apart counted on their own
    python -m tools.quality.tellings --errors NAME  # and which events of a pair are split or mixed
    python -m tools.quality.tellings --no-days      # as if nobody knew when the texts were published

`fixtures/tellings/*.txt` holds two similar events each (two earthquakes, two arrests), told by several outlets, with
every mention of an event marked by the slug of that: `{WORD|SLUG}`. `fixtures/README.md` says more. A pair of mentions
counts where a claim stands on both. Files named in `HELD_APART`, `NEVER_READ`, `JUDGED_BY` and `COUNTED_ONCE` were
not looked into while rules were made.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path

from kb.fold import Rulings, thread_claims
from kb.model import Article, Claim, Extraction
from tests.golden.extracted import extract_all
from tests.golden.linking import Pairs, claims_of

FOLDER = Path(__file__).parents[2] / "fixtures" / "tellings"
HELD_APART = ("resignations", "takeovers", "fires", "bills", "clubs", "churches", "hosts")
READ_LATE = ("bouts", "capsules", "cables", "servers", "gunmen")
"""Written after most rules, then read: what texts of another kind may look like."""
NEVER_READ = ("raids", "gadgets", "buyouts", "envoys", "temblors", "picks", "cyclones", "stores", "linebackers")
"""Like these, and not read."""
WRITTEN_LAST = ("seisms", "chipmakers", "finals")
"""Written after all these, then read."""
JUDGED_BY = ("handsets", "detox", "jurors")
"""Written with them; what the program makes of these was not looked at."""
OF_REAL_EVENTS = ("ministers", "bridges", "rates", "ransoms")
"""Of real events, in the manner of several outlets, then read."""
COUNTED_ONCE = ("gamedeals", "coups", "eruptions", "landings")
"""Written with these; counted once, when the rules were made."""
_GROUPED = {
    "read late": READ_LATE,
    "held apart": HELD_APART,
    "never read": NEVER_READ,
    "written last": WRITTEN_LAST,
    "judged by": JUDGED_BY,
    "real, read": OF_REAL_EVENTS,
    "real, counted": COUNTED_ONCE,
}
GROUPS = ("open", *_GROUPED)
_HEAD = re.compile(r"(?m)^## ")
_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")


@dataclass(frozen=True, slots=True)
class Telling:
    """One short text as an article, and the slug of the event that each marked word mentions, by where it starts."""

    pair: str
    article: Article
    mentions: Mapping[int, str]


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", metavar="NAME", help="a pair whose split and mixed events are printed")
    parser.add_argument("--no-days", action="store_true", help="leave out when the texts were published")
    asked = parser.parse_args()
    tellings = list(read_tellings())
    if asked.no_days:
        tellings = without_days(tellings)
    found = extract_tellings(tellings)
    events = events_of_mentions(found.values())
    for name in sorted({telling.pair for telling in tellings}):
        mine = [telling for telling in tellings if telling.pair == name]
        sys.stdout.write(f"{name:16}{_line(count(mine, found, events))}\n")
    for title in GROUPS:
        some = [telling for telling in tellings if group_of(telling) == title]
        sys.stdout.write(f"{title:16}{_line(count(some, found, events))}\n")
    for telling in tellings:
        if telling.pair == asked.errors:
            sys.stdout.write("\n".join(_told(telling, found[telling.article.id], events)) + "\n")


def group_of(telling: Telling) -> str:
    """How well the text was known when rules were made: one of `GROUPS`; of those held apart the figures were seen."""
    return next((group for group, pairs in _GROUPED.items() if telling.pair in pairs), "open")


def read_tellings(folder: Path = FOLDER) -> Iterable[Telling]:
    """Every text of the folder. Raises ValueError naming file and headline of one out of form."""
    for path in sorted(folder.glob("*.txt")):
        for number, block in enumerate(_HEAD.split(path.read_text(encoding="utf-8"))[1:], start=1):
            yield _telling(path.stem, number, block)


def without_days(tellings: Iterable[Telling]) -> list[Telling]:
    """The texts as articles of which nobody knows the day."""
    return [replace(telling, article=replace(telling.article, published=None)) for telling in tellings]


def _telling(pair: str, number: int, block: str) -> Telling:
    head, _, body = block.strip().partition("\n")
    try:
        day, source, title = (part.strip() for part in head.split("|", 2))
        published = date.fromisoformat(day)
    except ValueError as err:
        raise ValueError(f"{pair}.txt: {head!r} is no 'DAY | outlet | headline'") from err
    text, at, mentions = f"{title}\n\n", 0, {}
    for found in _MARK.finditer(body):
        text += body[at : found.start()]
        mentions[len(text)] = found[2]
        text, at = text + found[1], found.end()
    text += body[at:]
    if set("{}|") & set(text):
        raise ValueError(f"{pair}.txt, {title!r}: a mark that is no {{WORD|SLUG}}")
    return Telling(pair, Article(f"{pair}-{number}", text, title, published, source=source), mentions)


def extract_tellings(tellings: Iterable[Telling]) -> dict[str, Extraction]:
    """What the default pipeline finds in these texts, by the id of the article."""
    return {extraction.article.id: extraction for extraction in extract_all(telling.article for telling in tellings)}


def events_of_mentions(extractions: Iterable[Extraction]) -> dict[str, str]:
    """The event of each claim that has one, everything folded together."""
    threads = thread_claims(claims_of(extractions), Rulings())
    return {claim: told[0] for thread in threads for told in thread.tellings for claim in told}


def count(tellings: Iterable[Telling], found: Mapping[str, Extraction], events: Mapping[str, str]) -> Pairs:
    """The pairs of mentions of these texts; a claim that is about no event is joined with none."""
    marked = [
        (f"{telling.pair} {slug}", claims.get(start), telling.article.id, start)
        for telling in tellings
        for claims in [_by_place(found[telling.article.id])]
        for start, slug in telling.mentions.items()
    ]
    total = Pairs(0, 0, 0, 0)
    for (slug, one, *_), (other_slug, other, *_) in combinations(marked, 2):
        same = slug == other_slug
        said = bool(one and other and events.get(one.id, one.id) == events.get(other.id, other.id))
        known = bool(one and other)
        total += Pairs(said, same and known, same and said, same)
    return total


def _line(pairs: Pairs) -> str:
    return (
        f"precision {pairs.precision:.3f}  recall {pairs.recall:.3f}  "
        f"of all mentions {pairs.recall_of_all:.3f}  ({pairs.right} pairs)"
    )


def _by_place(extraction: Extraction) -> dict[int, Claim]:
    """The claim on each word; of several the first with a day."""
    placed: dict[int, Claim] = {}
    for claim in sorted(extraction.claims, key=lambda claim: claim.when is None):
        placed.setdefault(claim.trigger.start, claim)
    return placed


def _told(telling: Telling, extraction: Extraction, events: Mapping[str, str]) -> Iterable[str]:
    """The claims of a text, with what they are taken for and what they are."""
    numbers: dict[str, list[str]] = defaultdict(list)
    yield f"{telling.article.published} {telling.article.title}"
    placed = _by_place(extraction)
    for start, slug in telling.mentions.items():
        claim = placed.get(start)
        if claim is None:
            yield f"    {slug:20} no claim: {telling.article.text[start : start + 20]!r}"
        else:
            event = events.get(claim.id, "-")
            numbers[event].append(slug)
            day = claim.when.interval.first_day if claim.when else "undated"
            yield f"    {slug:20} {event[-6:]:7} {claim.type:18} {claim.status:10} {day:10} {claim.title}"


if __name__ == "__main__":
    main()
