"""Which named thing a definite description means: "the court", "the San Francisco company", "its parent"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ingest.extract.entities.references.discourse import Discourse, Referent
from ingest.extract.entities.references.nouns import Noun, Nouns, load_nouns
from ingest.extract.entities.references.phrases import modifiers_of, subjects_beside
from ingest.nlp.words import Token
from kb.model import EntityKind

_FADING = 0.7
_CLEAR = 1.1
_CALLED, _IN_NAME, _KNOWN_WORD, _STRANGE_WORD = 2.0, 3.0, 1.5, 0.5
_NEAR = 3
"""Sentences within which somebody is named whom the text now calls "the actress"."""


def resolve_description(
    noun: Token,
    meaning: Noun,
    discourse: Discourse,
    sentence: int,
    *,
    nouns: Nouns,
    country: str | None = None,
) -> Referent | None:
    """The named referent, or None where several might be meant or the text speaks of something without a name.

    `country` is that of "the Indian navy": what belongs to another is not meant.
    """
    word = noun.lemma_.lower() if not meaning.plural else noun.lower_
    barred = {id(discourse.at[t.i]) for t in subjects_beside(noun) if t.i in discourse.at}
    said = [t.lower_ for t in modifiers_of(noun)]
    field = [t.lower_ for t in modifiers_of(noun) if t.pos_ in ("NOUN", "PROPN")] if word in nouns.telling else []
    held = next((words for (before, of), words in nouns.narrow.items() if of == word and before in said), None)
    scores: list[tuple[float, int, Referent]] = []
    for referent in discourse.named(meaning.kinds, word):
        if id(referent) in barred or (country and referent.country not in (None, country)):
            continue
        if _is_named_otherwise(referent, word, field, nouns) or (held and not held & referent.words):
            continue
        score = 0.0
        if _may_mean(referent, word, meaning, said, sentence):
            score = _score(referent, word, said, sentence, nouns)
        if score > 0:
            scores.append((score, len(scores), referent))
    if noun.text[0].isupper():  # "the Commission" is one that is called so, if any is
        called = [one for one in scores if word in one[2].heads | one[2].nouns]
        scores = called if called or word in nouns.telling else scores
    scores.sort(key=lambda one: (-one[0], one[1]))
    if not scores or (len(scores) > 1 and scores[0][0] < _CLEAR * scores[1][0]):
        return None
    rival = discourse.unnamed(word)
    if rival is not None and _is_later(rival, scores[0][2]) and word not in scores[0][2].nouns:
        return None
    return scores[0][2]


def level_of(words: Iterable[str], levels: Mapping[str, str]) -> str | None:
    """Where a court stands, by the words of its name or description."""
    return next((levels[word] for word in words if word in levels), None)


def _is_named_otherwise(referent: Referent, word: str, field: Iterable[str], nouns: Nouns) -> bool:
    """True if its own name says that it is none of what `word` tells, or not the one of that `field`."""
    if word not in nouns.telling or word in referent.nouns | referent.heads:
        return False
    if referent.heads & (nouns.telling | nouns.apart):
        return True
    return any(noun not in referent.words | nouns.light for noun in field)


def _may_mean(referent: Referent, word: str, meaning: Noun, said: list[str], sentence: int) -> bool:
    """True if nothing speaks against it: the kind, the sex, the level of a court, how long ago it was named."""
    if EntityKind.COURT in referent.kinds and _levels_differ(referent, word, said):
        return False
    if word in load_nouns().fields and said and _has_another_field(referent, word, said[-1]):
        return False
    if word in referent.nouns or (word in referent.heads and not referent.is_person):
        return True
    if meaning.introduced or not referent.kinds & meaning.kinds:
        return False
    if referent.is_person:
        return referent.distance(sentence) <= _NEAR and meaning.sex in (None, referent.sex or meaning.sex)
    return EntityKind.PLACE not in referent.kinds or referent.distance(sentence) <= 1


def _has_another_field(referent: Referent, word: str, field: str) -> bool:
    """True for a "prime minister" who has only been called "first minister"."""
    told = {noun for noun in referent.nouns if noun.endswith(f" {word}")}
    return bool(told) and f"{field} {word}" not in told


def _score(referent: Referent, word: str, said: list[str], sentence: int, nouns: Nouns) -> float:
    score = referent.salience(sentence, fading=_FADING)
    if word in referent.nouns:
        score *= _CALLED
    if word in referent.heads and not referent.is_person:
        score *= _IN_NAME
    for modifier in said:
        if modifier in referent.words:
            score *= _KNOWN_WORD
        elif modifier not in nouns.light and not modifier[0].isdigit():
            score *= _STRANGE_WORD
    return score


def _levels_differ(referent: Referent, word: str, said: list[str]) -> bool:
    levels = load_nouns().levels
    level = "supreme" if word == "justices" else level_of(said, levels)
    return level is not None and level_of(sorted(referent.words), levels) not in (None, level)


def _is_later(rival: Referent, referent: Referent) -> bool:
    """True if a nameless thing of that description has been spoken of since."""
    return rival.seen[-1].token > referent.seen[-1].token
