"""spaCy's attribute ruler, asked once for each kind of word: the same attributes in a third of the time.

Nearly all of an English ruler's patterns speak of one word: its tag, its lower-case form, its part in the sentence.
What they say of two words that agree in these is the same, so it is kept. See docs/decisions/026-names-at-once.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

COMPONENT = "chronograph_attributes"
_ASKED = ("TAG", "LOWER", "DEP", "IS_SPACE")
"""What patterns of one word may ask for."""

_SIGNS = ("DEP", "LOWER")
"""What tells whether a pattern that is not of one plain word has anything to look for, the rarer first."""
_MOST_KEPT = 30_000

_Kind = tuple[int, int, int, int]


@Language.factory(COMPONENT, assigns=["token.pos", "token.morph", "token.lemma"])
def create_attributes(nlp: Language, name: str) -> QuickAttributes:  # noqa: ARG001 - spaCy passes both
    """The component, still without a ruler."""
    return QuickAttributes()


class QuickAttributes:
    """What an `AttributeRuler` sets, looked up by kind of word."""

    def take(self, ruler: AttributeRuler) -> None:
        """Set what this one does; `suits(ruler)` holds."""
        self._strings = ruler.vocab.strings
        self._attributes = list(ruler.attrs)
        self._indices = list(ruler.indices)
        self._of_one: defaultdict[str | None, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
        """By the tag that they ask for; None for those that ask for none, or for one of several."""
        self._of_more = Matcher(ruler.vocab)
        self._signs: dict[str, list[object]] = {sign: [] for sign in _SIGNS}
        self._is_sign = lru_cache(_MOST_KEPT)(self._tells)
        patterns: list[dict[str, Any]] = ruler.patterns
        for number, pattern in enumerate(patterns):
            for words in pattern["patterns"]:
                if len(words) == 1 and _is_plain(words[0]):
                    tag = words[0].get("TAG")
                    self._of_one[tag if isinstance(tag, str) else None].append((number, words[0]))
                else:
                    self._of_more.add(str(number), [words])
                    self._note_sign(words)
        self._forms = {
            self._strings[form]: form
            for of_tag in self._of_one.values()
            for _, asked in of_tag
            for form in _values(asked.get("LOWER", ()))
        }
        self._kinds: dict[_Kind, tuple[list[int], dict[int, int]]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same text, its words with their attributes."""
        if not len(doc):
            return doc
        tags, forms, parts, spaces = doc.to_array(list(_ASKED)).T.tolist()
        signed = any(self._is_sign("LOWER", form) for form in {*forms}) or any(
            self._is_sign("DEP", p) for p in {*parts}
        )
        more = self._told_of_more(doc) if signed else {}
        named = self._forms
        for at, (tag, form, part, space) in enumerate(zip(tags, forms, parts, spaces, strict=True)):
            kind = (tag, form if form in named else 0, part, space)
            numbers, attributes = self._kinds.get(kind) or self._learnt(kind)
            if at in more:
                attributes = self._together(sorted([*numbers, *more[at]]))
            if attributes:
                set_token_attrs(doc[at], attributes)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:  # noqa: ARG002 - spaCy passes it
        """The same texts, in order."""
        return map(self, stream)

    def _note_sign(self, words: Sequence[Mapping[str, object]]) -> None:
        """Note what at least one word of a text has in which this pattern finds something."""
        sign, asked = next(((sign, word[sign]) for sign in _SIGNS for word in words if sign in word), ("DEP", {}))
        self._signs[sign].append(asked)

    def _tells(self, sign: str, value: int) -> bool:
        """True for what may belong to a pattern of several words."""
        told = self._strings[value]
        return any(_may_hold(told, asked) for asked in self._signs[sign])

    def _told_of_more(self, doc: Doc) -> Mapping[int, list[int]]:
        """Patterns of several words, by the word that they say something of."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for name, start, end in self._of_more(doc, allow_missing=True):
            number = int(self._strings[name])
            index = self._indices[number]
            found[(start if index >= 0 else end) + index].append(number)
        return found

    def _learnt(self, kind: _Kind) -> tuple[list[int], dict[int, int]]:
        tag, form, part, space = kind
        told = {
            "TAG": self._strings[tag],
            "LOWER": self._forms.get(form),
            "DEP": self._strings[part],
            "IS_SPACE": space,
        }
        numbers = sorted(
            number
            for of_tag in (self._strings[tag], None)
            for number, asked in self._of_one.get(of_tag, ())
            if all(_holds(told[k], v) for k, v in asked.items())
        )
        self._kinds[kind] = numbers, self._together(numbers)
        return self._kinds[kind]

    def _together(self, numbers: list[int]) -> dict[int, int]:
        """Later patterns have the last word."""
        return {name: value for number in numbers for name, value in self._attributes[number].items()}


def suits(ruler: object) -> bool:
    """True for a ruler as spaCy makes it."""
    return type(ruler) is AttributeRuler


def _is_plain(asked: Mapping[str, object]) -> bool:
    """True if a pattern of one word asks for nothing but what is kept."""
    plain = all(not isinstance(value, dict) or set(value) <= {"IN", "NOT_IN"} for value in asked.values())
    return plain and set(asked) <= set(_ASKED)


def _values(asked: object) -> Iterable[str]:
    """What is named: one form, or those of a list."""
    if isinstance(asked, dict):
        return [value for values in asked.values() for value in values]
    return [asked] if isinstance(asked, str) else []


def _holds(told: object, asked: object) -> bool:
    if isinstance(asked, dict):
        return all((told in values) == (how == "IN") for how, values in asked.items())
    return bool(told == asked)


def _may_hold(told: str, asked: object) -> bool:
    """As `_holds`; conditions of other kinds than these are taken to hold."""
    if not isinstance(asked, dict):
        return told == asked
    found = "REGEX" not in asked or re.search(asked["REGEX"], told) is not None
    return found and told in asked.get("IN", (told,))
