"""One pass over a text that follows what it speaks of, and gives descriptions and pronouns to the named things."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.extract.entities.page import Page
from ingest.extract.entities.references.descriptions import resolve_description
from ingest.extract.entities.references.discourse import Discourse, Referent, Sighting
from ingest.extract.entities.references.introductions import How, Introduction
from ingest.extract.entities.references.nouns import Noun, Nouns, Sex, load_nouns
from ingest.extract.entities.references.phrases import (
    description,
    determiner_of,
    fate_of,
    is_head,
    is_restricted,
    modifiers_of,
    possessor_of,
    role_of,
    weight_of,
)
from ingest.extract.entities.references.pronouns import FORMS, resolve_pronoun
from ingest.extract.grammar import ANY_SUBJECT
from ingest.nlp.words import Token, Words
from kb.gazetteer import Gazetteer
from kb.ids import name_key
from kb.model import Entity, EntityKind, Span

_NO_COMPOUNDS = frozenset((EntityKind.PLACE, EntityKind.PERSON))
""" "The Trump administration" is not Trump, "the Dallas court" not Dallas."""
_OPEN = frozenset((EntityKind.ORGANIZATION, EntityKind.COMPANY))
"""What a body may be of which only the tagger says that it is one."""
_UNKNOWN = Noun(frozenset())
_HONORIFICS = {
    **dict.fromkeys(("mr", "mr.", "sir", "lord", "king", "prince", "pope", "congressman"), Sex.MALE),
    **dict.fromkeys(("ms", "ms.", "mrs", "mrs.", "miss", "dame", "lady", "queen", "princess", "baroness"), Sex.FEMALE),
}
_SPEECH = frozenset("say tell add write ask argue warn note explain declare state announce insist recall tweet".split())
_PRONOUNS, _NOUNS = ("PRON", "DET"), ("NOUN", "PROPN")
_JOINT = re.compile(r" (?:of|for|on) ")
_QUOTES = {"“": True, "”": False}
_MARKS = frozenset('"“”')


def find_references(
    page: Page,
    entities: Sequence[Entity],
    gazetteer: Gazetteer,
    introduced: Mapping[int, Sequence[Introduction]],
    guessed: Collection[str] = (),
) -> tuple[Entity, ...]:
    """The entities with where the text speaks of them by a description or a pronoun, and what it says they are.

    `introduced` holds what the text says of the mention that starts at an offset, as `introductions` finds it;
    `guessed` the ids of entities of which nothing but the tagger tells the kind: what the text calls one decides.
    """
    reader = _Reader.of(page, entities, gazetteer, introduced, guessed)
    found = reader.read()
    return tuple(
        replace(
            entity,
            kind=reader.kind_of(entity),
            references=tuple(sorted(found[entity.id] - set(entity.mentions))),
            roles=tuple(sorted(reader.roles[entity.id])),
        )
        for entity in entities
    )


@dataclass(slots=True)
class _Reader:
    """A text being read from its start to its end."""

    words: Words
    text: str
    nouns: Nouns
    gazetteer: Gazetteer
    heads: dict[int, Referent]
    """Head token of each mention -> what it names."""
    inside: frozenset[int]
    """The other tokens of mentions."""
    owned: dict[str, Referent]
    """Name of a thing -> the named thing it belongs to."""
    found: defaultdict[str, set[Span]]
    roles: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Entity id -> what the text says it is."""
    called: defaultdict[str, Counter[EntityKind]] = field(default_factory=lambda: defaultdict(Counter))
    """Id of an entity of open kind -> the kinds of the nouns that stand for it."""
    discourse: Discourse = field(default_factory=Discourse)
    sentence: int = 0
    quoted: bool = False
    speaker: Referent | None = None

    @classmethod
    def of(
        cls,
        page: Page,
        entities: Sequence[Entity],
        gazetteer: Gazetteer,
        introduced: Mapping[int, Sequence[Introduction]],
        guessed: Collection[str],
    ) -> _Reader:
        """Ready to read `page`, with what it says of its entities anywhere already known."""
        words = page.words
        reader = cls(words, page.text, load_nouns(), gazetteer, {}, frozenset(), {}, defaultdict(set))
        inside: set[int] = set()
        by_name: dict[str, Referent] = {}
        for entity in entities:
            is_open = entity.id in guessed and entity.kind in _OPEN
            referent = by_name[entity.name] = _referent(entity, reader.nouns, gazetteer, is_open=is_open)
            for mention in entity.mentions:
                span = words.covering(mention.start, mention.end)
                if len(span) and span[0].has_dep():
                    reader._introduce(referent, introduced.get(mention.start, ()))
                    reader.heads[span.root.i] = referent
                    inside.update(range(span.start, span.end))
        reader.inside = frozenset(inside - reader.heads.keys())
        reader.owned = {
            entity.name: by_name[listed.owner]
            for entity in entities
            if (listed := gazetteer.get(entity.name)) and listed.owner in by_name
        }
        return reader

    def read(self) -> defaultdict[str, set[Span]]:
        """References by entity id."""
        for token in self.words:
            if not token.has_dep():
                continue
            if token.i == token.sent.start:
                self.sentence += 1
            if (referent := self.heads.get(token.i)) is not None:
                self._sight(referent, token)
            elif (pos := token.pos_) in _PRONOUNS and token.lower_ in FORMS:
                self._pronoun(token)
            elif pos in _NOUNS and token.i not in self.inside and is_head(token):
                self._noun(token)
            elif token.text in _MARKS or token.is_space:
                self._quote(token)
        return self.found

    def kind_of(self, entity: Entity) -> EntityKind:
        """Its kind; of one whose kind was open, what the text most often calls it: "the company"."""
        called = self.called[entity.id]
        return called.most_common(1)[0][0] if called else entity.kind

    def _introduce(self, referent: Referent, introduced: Iterable[Introduction]) -> None:
        for one in introduced:
            word = one.noun.lower_
            meaning = self.nouns.nouns.get(word)
            if referent.is_person and word in _HONORIFICS:
                referent.sex = _HONORIFICS[word]
            if meaning is None and not (referent.is_person and one.how is How.BEHIND):
                continue
            if meaning is not None and not meaning.kinds & referent.kinds:
                continue
            if one.how is How.COMPOUND and referent.kinds & _NO_COMPOUNDS:
                continue
            referent.nouns.add(word)
            if word in self.nouns.fields:
                referent.nouns.add(f"{one.noun.nbor(-1).lower_ if one.noun.i else ''} {word}")
            if meaning is not None and referent.entity is not None and one.how is not How.COMPOUND:
                self.roles[referent.entity.id].add(word)
            if referent.is_person and meaning is not None and meaning.sex is not None:
                referent.sex = meaning.sex
            if one.is_mention and (span := description(one.noun, self.text)):
                self._note(referent, span)
                self.heads.setdefault(one.noun.i, referent)

    def _sight(self, referent: Referent, token: Token) -> None:
        role = role_of(token)
        subject = role in ANY_SUBJECT
        self.discourse.sight(referent, Sighting(self.sentence, token.i, weight_of(token, role), subject))
        if subject and token.head.lemma_ in _SPEECH:
            self.speaker = referent
        if referent.is_person and referent.entity is not None:
            referent.nouns.update(self.nouns.fates.get(fate_of(token), ()))

    def _note(self, referent: Referent, span: Span) -> None:
        if referent.entity is not None:
            self.found[referent.entity.id].add(span)

    def _pronoun(self, token: Token) -> None:
        referent = resolve_pronoun(token, self.discourse, self.sentence, speaker=self._speaker_of(token))
        if referent is None:
            return
        form = FORMS[token.lower_]
        if form.sex is not None and referent.sex is None:
            referent.sex = form.sex
        self._note(referent, Span(token.idx, token.idx + len(token), token.text))
        self._sight(referent, token)

    def _noun(self, token: Token) -> None:
        word = token.lower_
        determiner = determiner_of(token)
        meaning = self.nouns.nouns.get(word) or self.nouns.nouns.get(token.lemma_.lower()) or _UNKNOWN
        singular = token.tag_ in ("NN", "NNP") or meaning.plural
        referent = self._described(token, meaning, determiner) if singular and determiner not in ("", "a") else None
        if referent is not None and (span := description(token, self.text)):
            self._note(referent, span)
            self._sight(referent, token)
            self._call(referent, meaning)
        else:
            self._sight(self._nameless(token, meaning, determiner), token)

    def _call(self, referent: Referent, meaning: Noun) -> None:
        kinds = meaning.kinds & referent.kinds
        if referent.entity is not None and len(referent.kinds) > 1 and len(kinds) == 1:
            self.called[referent.entity.id].update(kinds)

    def _described(self, token: Token, meaning: Noun, determiner: str) -> Referent | None:
        if determiner in ("its", "'s"):
            return self._owner(token)
        if is_restricted(token):
            return None
        return resolve_description(
            token, meaning, self.discourse, self.sentence, nouns=self.nouns, country=self._country_of(token)
        )

    def _country_of(self, noun: Token) -> str | None:
        """IN for "the Indian navy"."""
        for token in modifiers_of(noun):
            form = self.gazetteer.forms.get(token.text) if token.text[0].isupper() else None
            if form is not None and form.listed[0].country:
                return form.listed[0].country
        return None

    def _owner(self, token: Token) -> Referent | None:
        """ "its parent", "TikTok's parent company": what the gazetteer says the possessor belongs to."""
        possessor = possessor_of(token)
        words = {token.lower_, *(t.lower_ for t in token.lefts)}
        if possessor is None or not words & self.nouns.owners:
            return None
        owned = self.discourse.at.get(possessor.i)
        return self.owned.get(owned.entity.name) if owned is not None and owned.entity is not None else None

    def _nameless(self, token: Token, meaning: Noun, determiner: str) -> Referent:
        """A thing without a name: the one last spoken of by this noun, unless the phrase brings in a new one."""
        noun = token.lemma_.lower()
        known = self.discourse.unnamed(noun) if determiner != "a" else None
        if known is not None:
            return known
        kinds = meaning.kinds or frozenset((EntityKind.OTHER,))
        return Referent(kinds, plural=token.tag_ in ("NNS", "NNPS"), sex=meaning.sex, nouns={noun})

    def _quote(self, token: Token) -> None:
        if "\n" in token.text:
            self.quoted = False
            self.speaker = None
        elif token.text == '"':
            self.quoted = not self.quoted
        elif token.text in _QUOTES:
            self.quoted = _QUOTES[token.text]

    def _speaker_of(self, token: Token) -> Referent | None:
        """Who says the quotation around `token`: the subject of its sentence's speech verb, else the last speaker."""
        if not self.quoted:
            return None
        for head in token.ancestors:
            if head.lemma_ in _SPEECH:
                subject = next((t for t in head.children if t.dep_ == "nsubj"), None)
                if subject is not None:
                    return self.discourse.at.get(subject.i) or self.heads.get(subject.i) or self.speaker
        return self.speaker


def _referent(entity: Entity, nouns: Nouns, gazetteer: Gazetteer, *, is_open: bool = False) -> Referent:
    names = [name_key(text) for text in {entity.name, *(mention.text for mention in entity.mentions)}]
    words = frozenset(word for name in names for word in name.split())
    heads = frozenset(_JOINT.split(name)[0].rpartition(" ")[2] for name in names)
    kinds = _OPEN if is_open else frozenset((entity.kind,))
    sex = _sex_of(entity, nouns) if entity.kind is EntityKind.PERSON else None
    listed = gazetteer.get(entity.name)
    return Referent(kinds, entity, sex=sex, words=words, heads=heads, country=listed.country if listed else None)


def _sex_of(entity: Entity, nouns: Nouns) -> Sex | None:
    names: Iterator[str] = (
        text.split()[0].casefold() for text in (entity.name, *(m.text for m in entity.mentions)) if " " in text
    )
    return next((sex for name in names if (sex := nouns.sexes.get(name))), None)
