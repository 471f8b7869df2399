"""How the words that are kept read in a title: verbs in the present, pronouns by name."""

from __future__ import annotations

from ingest.extract.entities.references.nouns import BODIES
from ingest.extract.grammar import (
    ANY_SUBJECT,
    OBJECTS,
    Reading,
    antecedents,
    has_to,
    is_outcome,
    is_passive,
    is_verb,
    object_of,
    own_subject,
)
from ingest.extract.naming import (
    IDLE,
    ORDINALS,
    counted_before,
    genitive,
    is_subject_again,
    kinds_of,
    many_meant,
    meant_alone,
    name_before,
    sayer_meant,
    short_name,
    thing_meant,
)
from ingest.extract.titles.forms import (
    are_there,
    goes_on_passive,
    having_of,
    is_finite,
    is_in_headline,
    is_plural,
    present_of,
)
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.meant import has_rival, may_be_called, owner_behind, person_linked, person_meant
from ingest.extract.titles.phrase import short_phrase
from ingest.extract.titles.subjects import any_subject
from ingest.extract.titles.wanted import leads_to_time
from ingest.nlp.words import Token
from kb.model import EntityKind

_APOSTROPHES = frozenset(("'", "’", "‘"))
_QUOTES = frozenset(('"', "“", "``"))
_MARKS = _APOSTROPHES | {"-", "--", "–", "—"}
_LONGEST_QUOTATION = 25
"""Tokens."""
_NO_SPACE_BEFORE = frozenset((",", ".", ";", ":", ")", "%", "'s", "’s", "n't", "n’t", "'", "’"))
PRONOUNS = {"he": "he", "she": "she", "it": "it", "they": "they", "him": "he", "her": "she", "them": "they"}
"""Pronouns -> as they stand before a verb."""
_SHORTENED = {"'s": "is", "’s": "is", "'ll": "will", "’ll": "will", "'ve": "have", "’ve": "have"}
"""Verbs that are short behind a pronoun -> as they stand behind a name."""
_AMOUNTS = frozenset(("CARDINAL", "ORDINAL", "PERCENT", "QUANTITY"))
"""Kinds of names of which the words are none: "About 900 people"."""
_NAMED_PRONOUNS = frozenset(("he", "she", "it"))
_PERSONS = frozenset(("he", "she"))


def words_of(reading: Reading, kept: list[Token], head: Token, subject: Token | None = None) -> list[str]:
    """The words of `kept`, the verb `head` in the present, as its subject, or `subject`, asks for."""
    words: list[str] = []
    kept = _without_loose_marks(kept)
    gap = _gap(reading, head)
    last = head.i if gap is None else _before_gap(reading, head, kept)
    for token in kept:
        text = called(reading, token, head)
        if words and token.i > 0 and token.nbor(-1).text in _QUOTES:
            text = within_sentence(reading, token, text)  # a quotation goes on inside the title
        renamed = bool(words) and token.i > 0 and not words[-1].endswith(token.nbor(-1).text)
        if renamed and token.lower_ in _SHORTENED and token.pos_ in ("AUX", "VERB"):
            words.append("has" if token.lemma_ == "have" and token.lower_.endswith("s") else _SHORTENED[token.lower_])
            continue
        if token.i == head.i and (_is_told(reading, token) or (subject is not None and token.tag_ == "VBD")):
            doer = subject or any_subject(reading, token)
            text = present_of(token, plural=are_there(token) or (doer is not None and is_plural(reading, doer, token)))
        glued = words and (
            text in _NO_SPACE_BEFORE or (token.i > 0 and not token.nbor(-1).whitespace_ and kept[0].i != token.i)
        )
        if glued and (token.nbor(-1) in kept or text == ","):
            words[-1] += text
        else:
            words.append(text)
        if gap is not None and token.i == last:
            words += [t.text for t in head.rights if t.i > last and _is_stranded(reading, t)]
            phrase = short_phrase(reading, gap)
            first, *rest = words_of(reading, phrase, gap)
            words += [within_sentence(reading, phrase[0], first), *rest]
    return words


def _is_told(reading: Reading, verb: Token) -> bool:
    """True for a verb that is told in the present: a past form, but for one that may be a participle."""
    past = verb.tag_ == "VBD" and is_finite(verb) and not is_in_headline(reading, verb) and not goes_on_passive(verb)
    return past or is_outcome(verb) or having_of(verb) is not None


def _without_loose_marks(kept: list[Token]) -> list[Token]:
    """`kept` without hyphens of which a side is left out, and without single quotation marks."""
    if _MARKS.isdisjoint([t.text for t in kept]):
        return kept
    inside = {t.i for t in kept}
    return [t for t in kept if t.text not in _MARKS or _holds_together(t, inside)] or kept


def _holds_together(mark: Token, inside: set[int]) -> bool:
    """True for a hyphen between two words of `inside`, and for the apostrophe of "workers' pay"."""
    if mark.text not in _APOSTROPHES:
        return mark.i - 1 in inside and mark.i + 1 in inside
    return mark.tag_ == "POS" and mark.i - 1 in inside and not _closes_quotation(mark)


def _closes_quotation(mark: Token) -> bool:
    """True for the second mark of "called them 'acts of crimes' in May"."""
    before = mark.doc[max(mark.i - _LONGEST_QUOTATION, mark.sent.start) : mark.i]
    marks = [t for t in before if t.text in _APOSTROPHES]
    return bool(marks) and not marks[-1].whitespace_ and (marks[-1].i == 0 or marks[-1].nbor(-1).whitespace_ != "")


def _gap(reading: Reading, verb: Token) -> Token | None:
    """What a relative clause is about, where it is the object: the law of "the law that the king signed"."""
    if not is_verb(verb) or verb.dep_ != "relcl" or is_passive(verb) or own_subject(verb) is None:
        return None
    if any(t.dep_ == "ccomp" or (t.dep_ == "dobj" and t.i not in reading.times) for t in verb.rights):
        return None
    found = None if any(t.tag_ == "WP$" for t in verb.doc[verb.left_edge.i : verb.i]) else object_of(verb)
    named = found is not None and found.pos_ in ("NOUN", "PROPN") and found.lower_ not in title_lexicon().moments
    return found if named and found is not None and found.i == verb.head.i else None


def _before_gap(reading: Reading, verb: Token, kept: list[Token]) -> int:
    """Index of the word that the object stands behind: of "hope to finish" the "finish", of "look at" the "at"."""
    stranded = next((t for t in verb.rights if t in kept and _is_stranded(reading, t)), None)
    if stranded is not None:
        return stranded.i
    aim = next((t for t in verb.rights if t.dep_ == "xcomp" and has_to(t)), None)
    return verb.i if aim is None or aim not in kept else aim.i


def _is_stranded(reading: Reading, token: Token) -> bool:
    """True for the "to" of "lawyers we have spoken to think that …", and of "cases they looked at in May"."""
    behind = token.doc[token.i + 1 : token.i + 2]
    alone = token.dep_ == "prep" and not token.children
    return alone and any(is_verb(t) or t.is_punct or leads_to_time(reading, t) for t in behind)


def called(reading: Reading, token: Token, head: Token) -> str:
    """The token, or in the subject the name of whom a pronoun stands for: a person who is meant, or all it can be."""
    if token.tag_ == "WP$":
        owner = _owner(token, head)
        return token.text if owner is None else _possessive(reading, owner)
    of_title = token.head.i == head.i and token.dep_ == "poss"
    if token.tag_ == "PRP$" and (of_title or (token.head.dep_ in ANY_SUBJECT and token.i < head.i)):
        whose = meant_alone(reading, token) or owner_behind(reading, token)
        return token.text if whose is None else genitive(name_before(whose, token))
    if token.lower_ in ORDINALS and token.dep_ in ANY_SUBJECT and token.pos_ in ("ADJ", "ADV"):
        counted = counted_before(reading, token)
        return token.text if counted is None else f"{token.text} {counted.lemma_}"
    if token.lower_ == "it" and _stands_for_clause(token):
        return token.text
    if token.head.i == head.i and (noun := thing_meant(reading, token)) is not None:
        return _noun_phrase(reading, noun)
    subject = any_subject(reading, head) if token.lower_ in PRONOUNS else None
    return token.text if subject is None or subject.i != token.i else _meant_by(reading, token)


def _stands_for_clause(pronoun: Token) -> bool:
    """True for the "it" of "it was disclosed that he left", "it emerged that he left", "it was decided to leave"."""
    verb, words = pronoun.head, title_lexicon()
    if pronoun.dep_ not in ANY_SUBJECT:
        return False
    if is_passive(verb) and verb.lemma_ in words.resolving and any(t.dep_ == "xcomp" for t in verb.rights):
        return True
    if not (is_passive(verb) or verb.lemma_ == "be" or verb.lemma_ in words.impersonal):
        return False
    above = [verb, *(t for t in verb.rights if t.dep_ == "acomp")]
    return any(t.dep_ in ("ccomp", "csubj") and own_subject(t) is not None for v in above for t in v.rights)


def _noun_phrase(reading: Reading, noun: Token) -> str:
    """The noun with what belongs to it: "code of practice for models"."""
    kept = short_phrase(reading, noun)
    return within_sentence(reading, kept[0], " ".join(words_of(reading, kept, noun)))


def _meant_by(reading: Reading, pronoun: Token) -> str:
    """What the pronoun that is the subject is called: a name, a noun, or itself as it stands before a verb."""
    word = pronoun.lower_
    if (meant := sayer_meant(reading, pronoun) or many_meant(reading, pronoun)) is not None:
        return _noun_phrase(reading, meant)
    if pronoun.dep_ not in ANY_SUBJECT or word not in _NAMED_PRONOUNS:
        return pronoun.text if word == PRONOUNS[word] else PRONOUNS[word]
    if (name := _name_meant(reading, pronoun)) is not None:
        return name
    noun = _told_to(pronoun) or _subject_again(reading, pronoun)
    return pronoun.text if noun is None else short_name(reading, noun)


def _name_meant(reading: Reading, pronoun: Token) -> str | None:
    """The name of whom or what "he", "she" or "it" means: what it is linked to, or the one name it can stand for."""
    if (meant := meant_alone(reading, pronoun)) is not None and may_be_called(reading, pronoun, meant):
        return name_before(meant, pronoun)
    if (person := person_meant(reading, pronoun)) is not None:
        return person.name
    if pronoun.lower_ == "it" and pronoun.head.lemma_ in IDLE:
        return None
    nouns = [*antecedents(pronoun)]
    named = {e.id: e for t in nouns if (e := reading.entities.get(t.i)) is not None}
    fitting = [e for e in named.values() if (e.kind is EntityKind.PERSON) == (pronoun.lower_ in _PERSONS)]
    alone = len(fitting) == 1 and all(t.i in reading.entities for t in nouns)
    if alone and may_be_called(reading, pronoun, fitting[0]):
        return fitting[0].name
    return None if (person := person_linked(reading, pronoun)) is None else person.name


def _subject_again(reading: Reading, pronoun: Token) -> Token | None:
    """The noun without a name whose verb "it" goes on from, if nothing else may be meant."""
    nouns = [*antecedents(pronoun)]
    if pronoun.lower_ != "it" or len(nouns) != 1 or nouns[0].i in reading.entities:
        return None
    unsure = not kinds_of(nouns[0]).isdisjoint(BODIES) and has_rival(reading, pronoun)
    return nouns[0] if is_subject_again(nouns[0], pronoun) and not unsure else None


def _told_to(pronoun: Token) -> Token | None:
    """The company of "told the company it must sell": who is told what to do is who has to."""
    clause = pronoun.head
    above = clause.head
    bound = any(t.tag_ == "MD" for t in clause.lefts)
    bound = bound or (clause.lemma_ == "have" and any(t.dep_ == "xcomp" and has_to(t) for t in clause.rights))
    if clause.dep_ != "ccomp" or not bound or above.i > pronoun.i:
        return None
    told = (t for t in above.children if t.dep_ in OBJECTS and t.i < pronoun.i and t.pos_ in ("NOUN", "PROPN"))
    return next(told, None)


def _owner(whose: Token, head: Token) -> Token | None:
    """The noun that "whose" stands for: by the parse, or right before it."""
    if head.dep_ == "relcl":
        return head.head
    before = whose.doc[max(whose.i - 2, whose.sent.start) : whose.i]
    return next((t for t in reversed(before) if t.pos_ in ("NOUN", "PROPN")), None)


def _possessive(reading: Reading, owner: Token) -> str:
    entity = reading.entities.get(owner.i)
    phrase = [t for t in short_phrase(reading, owner) if t.i <= owner.i]
    return genitive(entity.name if entity is not None else " ".join(t.text for t in phrase))


def within_sentence(reading: Reading, first: Token, words: str) -> str:
    """`words` as they stand inside a sentence, the first of which is `first`."""
    name = first.ent_type_ and first.ent_type_ not in _AMOUNTS
    named = first.i in reading.entities or first.pos_ == "PROPN" or name or first.text == "I"
    named = named or words[1:2].isupper()  # an acronym
    return words if named or not words.startswith(first.text) else words[:1].lower() + words[1:]
