"""Which named thing a definite description means: "the court", "the San Francisco company", "its parent"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Token

from ingest.extract.entities.references.discourse import Discourse, Referent
from ingest.extract.entities.references.nouns import Noun, Nouns
from ingest.extract.entities.references.phrases import modifiers_of, subjects_beside
from kb.model import EntityKind

_FADING = 0.8
_CLEAR = 1.1
_CALLED, _IN_NAME, _KNOWN_WORD, _STRANGE_WORD = 2.0, 3.0, 1.5, 0.5
_NEAR = 3
"""Sentences within which somebody is named whom the text now calls "the actress"."""


def resolve_description(
    noun: Token,
    meaning: Noun,
    discourse: Discourse,
    sentence: int,
    nouns: Nouns,
) -> Referent | None:
    """The named referent, or None where several might be meant or the text speaks of something without a name."""
    word = noun.lemma_.lower() if not meaning.plural else noun.lower_
    barred = {id(discourse.at[t.i]) for t in subjects_beside(noun) if t.i in discourse.at}
    said = [t.lower_ for t in modifiers_of(noun)]
    scores = []
    for referent in discourse.named(meaning.kinds, word):
        if id(referent) in barred:
            continue
        score = _score(referent, word, meaning, said, sentence, nouns)
        if score > 0:
            scores.append((score, len(scores), referent))
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


def _score(referent: Referent, word: str, meaning: Noun, said: list[str], sentence: int, nouns: Nouns) -> float:
    called = word in referent.nouns
    in_name = word in referent.words and not referent.is_person
    if not (called or in_name or referent.kinds & meaning.kinds):
        return 0.0
    if referent.is_person and not called:
        if meaning.introduced or referent.distance(sentence) > _NEAR:
            return 0.0
        if referent.sex is not None and meaning.sex is not None and referent.sex is not meaning.sex:
            return 0.0
    if referent.kinds & _PLACES and not (called or in_name) and referent.distance(sentence) > 1:
        return 0.0
    if EntityKind.COURT in referent.kinds and _levels_differ(referent, said, nouns):
        return 0.0
    score = referent.salience(sentence, fading=_FADING)
    score *= _CALLED if called else 1.0
    score *= _IN_NAME if in_name else 1.0
    for modifier in said:
        if modifier in referent.words:
            score *= _KNOWN_WORD
        elif modifier not in nouns.light and not modifier[0].isdigit():
            score *= _STRANGE_WORD
    return score


_PLACES = frozenset((EntityKind.PLACE,))


def _levels_differ(referent: Referent, said: list[str], nouns: Nouns) -> bool:
    level = level_of(said, nouns.levels)
    return level is not None and level_of(referent.words, nouns.levels) not in (None, level)


def _is_later(rival: Referent, referent: Referent) -> bool:
    """True if a nameless thing of that description has been spoken of since."""
    return rival.seen[-1].token > referent.seen[-1].token
