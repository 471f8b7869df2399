"""Numbers of a sentence that two reports of one event must agree on: votes, money, shares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from itertools import product

from pydantic import BaseModel, ConfigDict

from kb.fold.words import stems
from kb.shipped import read_form

_VOTES = re.compile(r"(?<!from )\b(\d{1,4})(?: votes)?(?:\s*[-–]\s*|\s+to\s+)(\d{1,4})\b")
_FOR = re.compile(r"\b(\d{1,4}) votes (?:in favou?r|for)\b")
_MONEY = re.compile(r"([$€£₹]|\bRs\.?)\s?(\d+(?:,\d{3})*(?:\.\d+)?)\s?(trillion|billion|million|crore|bn|tn|m)?\b")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|percent\b|per cent\b)")
_COUNTED = tuple(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty".split()
)
_COUNT = re.compile(
    rf"(?<![$€£₹.\d,-])\b(\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(_COUNTED[2:])})\b"
    r"(?![.,]\d|-|%| (?:per ?cent|[mb]illion|years?|days?))",
    re.IGNORECASE,
)
_MAGNITUDE = re.compile(
    r"\bmagnitude (?:of )?(\d(?:\.\d)?)\b|\b(\d(?:\.\d)?)[- ]magnitude\b|\b(\d(?:\.\d)?) on the Richter\b",
    re.IGNORECASE,
)
_REVISED = 0.5
"""By how much reports of one earthquake differ in its magnitude."""
_PRICE, _RAISED = 1e6, 1.5
"""A sum from which on it is what something costs as a whole, and how many times as much is no better offer for it."""
_MANY_TIMES = 3.0
"""How many times as many are others."""
_WORDS = re.compile(r"[^\W\d_]+")
_BEFORE, _BEHIND = 2, 3
"""Words before and behind a number that say what it is of."""
_SCALE = {"trillion": 1e12, "tn": 1e12, "billion": 1e9, "bn": 1e9, "crore": 1e7, "million": 1e6, "m": 1e6, None: 1.0}
_YEARS = range(1900, 2100)
_FOLLOWING, _PRECEDING = 3, 6
"""Words behind a verb within which what it counts begins, and before it."""
_FILE = "quantities.yaml"


class _Words(BaseModel):
    """What the file holds, and the pattern made of it; the file tells what each is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    currencies: dict[str, str]
    no_things: frozenset[str]
    inexact: frozenset[str]
    helpers: frozenset[str]
    of_themselves: frozenset[str]
    joining: frozenset[str]

    @cached_property
    def sum_in_words(self) -> re.Pattern[str]:
        """A sum with the name of its currency behind it: number, scale and name are groups."""
        return re.compile(
            rf"(?<![$€£₹\d.,])(\d+(?:,\d{{3}})*(?:\.\d+)?)( (?:trillion|billion|million|crore))?"
            rf"[ -](?:U\.?S\.? )?({'|'.join(self.currencies)})s?\b",
            re.IGNORECASE,
        )


@cache
def _words() -> _Words:
    return read_form("kb.fold", _FILE, _Words)


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[tuple[str, tuple[float, ...], float], ...]:
    """Kind, values and precision of the quantities of a text, one of each kind: a kind told twice says nothing.

    >>> quantities("approved the measure 79 to 18")
    (('votes', (79.0, 18.0), 0.0),)
    """
    found: list[tuple[str, tuple[float, ...], float]] = []
    votes: list[tuple[float, ...]] = [
        (float(a), float(b)) for a, b in _VOTES.findall(text) if int(a) not in _YEARS and int(b) not in _YEARS
    ]
    votes = votes or [(float(a),) for a in _FOR.findall(text)]
    if len(votes) == 1:
        found.append(("votes", votes[0], 0.0))
    money = _MONEY.findall(text)
    if len(money) == 1:
        ((sign, number, unit),) = money
        scale = _SCALE[unit or None]
        found.append((f"money {sign.rstrip('.')}", (float(number.replace(",", "")) * scale,), _grain(number) * scale))
    shares = _PERCENT.findall(text)
    if len(shares) == 1:
        found.append(("percent", (float(shares[0]),), _grain(shares[0])))
    return tuple(found)


def count_otherwise(one: str, other: str) -> bool:
    """True if two titles each give one number of people or things, and one is a multiple of the other.

    >>> count_otherwise("Police detain 300 people", "Police arrest three men over explosions")
    True
    """
    ours, theirs = _count(one), _count(other)
    return bool(ours and theirs) and max(ours, theirs) >= _MANY_TIMES * min(ours, theirs)


@lru_cache(maxsize=4096)
def with_signs(text: str) -> str:
    """The text with the signs of currencies in place of their names.

    >>> with_signs("fined it 300 million euros")
    'fined it €300 million'
    """
    words = _words()
    return words.sum_in_words.sub(lambda found: f"{words.currencies[found[3].lower()]}{found[1]}{found[2] or ''}", text)


@lru_cache(maxsize=4096)
def counted(text: str, verb: str, *, people: bool = False) -> int | None:
    """How many people or things the `verb` of a text is done to, if it says exactly how many right beside it.

    Whom a verb counts that tells of `people` needs no word, and may stand before it.

    >>> counted("The fire killed four workers there.", "killed"), counted("It killed at least four people.", "killed")
    (4, None)
    >>> counted("Four workers were killed.", "killed", people=True), counted("It killed 12.", "killed", people=True)
    (4, 12)
    """
    before, _, behind = text.partition(verb)
    return (_counted_before(before, verb) if people else None) or _counted_behind(behind, people=people)


def _counted_before(text: str, verb: str) -> int | None:
    """The four of "four workers were" and "four workers have": nobody else stands between a number and its verb."""
    words = text.split()[-_PRECEDING:]
    helped = [word for word in words if word.casefold() in _words().helpers]
    if not helped and verb.casefold() not in _words().of_themselves:
        return None
    for at in range(len(words) - 1, -1, -1):
        if found := _COUNT.fullmatch(words[at]):
            exact = not at or words[at - 1].casefold() not in _words().inexact
            of_what = words[at + 1].casefold() if words[at + 1 :] else ""
            return _number(found) if exact and of_what and of_what not in _words().no_things else None
        if not words[at].isalpha():
            return None
    return None


def _counted_behind(text: str, *, people: bool) -> int | None:
    behind = text.split()[: _FOLLOWING + 2]
    for at, word in enumerate(behind[:_FOLLOWING]):
        if word.casefold() in _words().inexact or word.casefold() in _words().joining:
            return None
        if found := _COUNT.fullmatch(word.rstrip(".,;:") if people else word):
            of_what = behind[at + 1].casefold().rstrip(".,;:") if behind[at + 1 :] else ""
            ends = word != found.group() or of_what in ("", "and")
            counts = (people and ends) or (of_what.isalpha() and of_what not in _words().no_things)
            return _number(found) if counts else None
    return None


def _number(found: re.Match[str]) -> int | None:
    """What a match of `_COUNT` counts; None if it may be a year."""
    told = found[1].casefold()
    number = _COUNTED.index(told) if told in _COUNTED else int(told.replace(",", ""))
    return None if number in _YEARS else number


@lru_cache(maxsize=4096)
def magnitude(text: str) -> float | None:
    """The magnitude of the one earthquake that a text gives one of.

    >>> magnitude("a 7.0-magnitude quake"), magnitude("of magnitude 6.1 and 5.4")
    (7.0, 6.1)
    """
    told = {float("".join(groups)) for groups in _MAGNITUDE.findall(text)}
    return told.pop() if len(told) == 1 else None


@lru_cache(maxsize=4096)
def price(text: str) -> float | None:
    """The one large sum that a text gives, whatever it is in.

    >>> price("for $13.9 billion, or $25 a share"), price("$25 a share")
    (13900000000.0, None)
    """
    told = {float(number.replace(",", "")) * _SCALE[unit or None] for _, number, unit in _MONEY.findall(text)}
    large = {value for value in told if value >= _PRICE}
    return large.pop() if len(large) == 1 else None


def are_two_quakes(one: Iterable[float], other: Iterable[float]) -> bool:
    """True if magnitudes told on two sides are not of one earthquake."""
    return any(abs(a - b) > _REVISED for a, b in product(one, other))


def are_two_prices(one: Iterable[float], other: Iterable[float]) -> bool:
    """True if sums told on two sides are not the price of one thing."""
    return any(max(a, b) > _RAISED * min(a, b) for a, b in product(one, other))


@lru_cache(maxsize=4096)
def _count(title: str) -> int:
    """The one number of a title; 0 if it gives none, or several, or one that may be a year."""
    found = [word.casefold() for word in _COUNT.findall(title)]
    if len(found) != 1:
        return 0
    (word,) = found
    number = _COUNTED.index(word) if word in _COUNTED else int(word.replace(",", ""))
    return 0 if number in _YEARS else number


def disagree(one: str, other: str) -> tuple[str, str, str] | None:
    """What two sentences give different numbers for, and which; None if they agree as far as they are exact."""
    if not (quantities(one) and quantities(other)):
        return None
    ours, theirs = ({kind: (values, grain) for kind, values, grain in quantities(text)} for text in (one, other))
    for kind in sorted(ours.keys() & theirs.keys()):
        (our_values, our_grain), (their_values, their_grain) = ours[kind], theirs[kind]
        leeway = max(our_grain, their_grain)
        if any(abs(a - b) > leeway for a, b in zip(our_values, their_values, strict=False)):
            return kind.split()[0], _text(our_values), _text(their_values)
    return None


def of_one_thing(one: str, other: str, kind: str) -> bool:
    """True if the words right beside the sums or shares of two texts have something in common, and name nothing else.

    >>> of_one_thing("a 34% tariff on Chinese goods", "a 25 percent tariff on Korean goods", "percent")
    False
    >>> of_one_thing("paid $38 million in tax", "wrote off $100m in losses", "money")
    False
    """
    ours, theirs = (_beside(text, _PERCENT if kind == "percent" else _MONEY) for text in (one, other))
    named, named_there = (frozenset(word for word in words if word[0].isupper()) for words in (ours, theirs))
    if named and named_there and named.isdisjoint(named_there):
        return False
    return not stems(" ".join(ours)).isdisjoint(stems(" ".join(theirs)))


def _beside(text: str, form: re.Pattern[str]) -> list[str]:
    """The words right before and behind what `form` finds."""
    words: list[str] = []
    for found in form.finditer(text):
        words += _WORDS.findall(text[: found.start()])[-_BEFORE:] + _WORDS.findall(text[found.end() :])[:_BEHIND]
    return words


def _grain(number: str) -> float:
    """How exact a written number is: its last digit that is not a trailing zero of a whole number.

    >>> _grain("95"), _grain("95.3"), _grain("1,386"), _grain("20")
    (1.0, 0.1, 1.0, 1.0)
    """
    decimals = len(number.partition(".")[2])
    if decimals:
        return float(10**-decimals)
    digits = number.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10 ** max(0, min(zeros, len(digits) - 2)))


def _text(values: tuple[float, ...]) -> str:
    return " to ".join(f"{value:,.0f}" if value.is_integer() else f"{value:,g}" for value in values)
