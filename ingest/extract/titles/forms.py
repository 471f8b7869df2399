"""Forms of verbs in a title: which are told as facts, and their present with the number of who does it."""

from __future__ import annotations

import re

from ingest.extract.grammar import OBJECTS, SUBJECTS, Reading, auxiliaries, has_to, is_passive, is_verb, own_subject
from ingest.extract.titles.lexicon import title_lexicon
from ingest.nlp.words import Token
from kb.model import EntityKind

_NO_E = re.compile(r"(?:[lnr]d|[cflnprx]t|[lr][mk]|[nr]k|[lmr]p|ck|wn|rn)e")
"""Ends of no verb: what is left of "rebranded" by a lemmatizer that does not know the verb."""
_DOUBLED = re.compile(r"(?:([bdgmnpr])\1|(?<=i)tt)e$")
"""Ends of what is left of "wiretapped" and "resubmitted": only "-ette" ends so besides."""
_PARTICIPLE = re.compile(r"(?:ed|[nplhu]t|id|ade|en|own)$")
"""Ends of past forms that may be participles: "sent", not "ran"."""
_ONE = (EntityKind.COMPANY, EntityKind.AGENCY, EntityKind.COURT, EntityKind.PLACE, EntityKind.PERSON)
"""Kinds whose names take the singular, whatever they end in: "Acme Services", "the United States"."""
_INITIALS = re.compile(r"[A-Z]{2,}s")
_HEADLINE = 150
"""Characters of a headline."""


def is_finite(verb: Token) -> bool:
    """False for the participle in "the session, announced in May", even where the tagger takes it for a past tense."""
    return verb.dep_ in ("ROOT", "conj", "relcl", "ccomp") or any(t.dep_ in SUBJECTS for t in verb.children)


def goes_on_passive(verb: Token) -> bool:
    """True for the "sent" of "the inquiry was opened and the charges sent": it may be a participle too."""
    first = first_of_row(verb)
    done_by = any(t.dep_ == "agent" for t in verb.rights)
    active = any(t.dep_ in (*OBJECTS, "ccomp", "xcomp") for t in verb.rights)
    bare = not auxiliaries(verb) and (done_by or not active)
    joint = next((t for t in first.rights if t.dep_ == "cc" and t.i < verb.i), None)
    told_apart = own_subject(verb) is not None and (joint is None or joint.nbor(-1).text == ",")
    may_be = bare and not told_apart and verb.dep_ == "conj" and _PARTICIPLE.search(verb.lower_) is not None
    return may_be and is_verb(first) and is_passive(first) and bool(auxiliaries(first))


def first_of_row(verb: Token) -> Token:
    """The "kicked" of "he was kicked, robbed and left" for "left": it has the auxiliaries of all."""
    first = verb.head
    while first.dep_ == "conj" and is_verb(first.head) and not auxiliaries(first) and own_subject(first) is None:
        first = first.head
    return first


def is_in_headline(reading: Reading, verb: Token) -> bool:
    """True in the line that the text begins with: its past forms are participles, "Asylum granted, police outside"."""
    sentence = verb.sent
    if sentence.start_char > _HEADLINE or verb.idx > _HEADLINE:
        return False
    end = reading.text.find("\n", 0, _HEADLINE)
    asks = verb.dep_ == "relcl" or any(t.tag_ in ("WRB", "WP", "WDT") for t in verb.lefts)
    return verb.idx < end and not asks and not reading.text[:end].rstrip().endswith((".", "!", "?", '"', "”"))


def having_of(verb: Token) -> Token | None:
    """The "having" of "having announced in July that it would not sign": a finite verb in other words."""
    helping = auxiliaries(verb) if verb.dep_ == "advcl" else ()
    return helping[0] if len(helping) == 1 and helping[0].lower_ == "having" else None


def present_of(verb: Token, *, plural: bool) -> str:
    """The simple present of a past form: "upheld" -> "upholds", "agreed" (they) -> "agree"."""
    if verb.lemma_ in title_lexicon().suffered and not any(t.dep_ in (*OBJECTS, "ccomp") for t in verb.rights):
        return verb.text  # "a man killed in a raid", where the parser sees no passive
    if verb.is_upper:
        return verb.text  # a heading in capitals
    base = _infinitive(verb.lemma_)
    plural = plural or (base == "be" and verb.lower_ == "were")
    was_to = base == "be" and any(t.dep_ == "xcomp" and has_to(t) for t in verb.rights)
    if was_to or (auxiliaries(verb) and having_of(verb) is None) or not base.isalpha():
        return verb.text
    return present_form(base, plural=plural)


def _infinitive(lemma: str) -> str:
    """The lemma, mended where the lemmatizer does not know the verb: "rebrande", "wiretappe"."""
    if _DOUBLED.search(lemma):
        return lemma[:-2]
    return lemma[:-1] if _NO_E.fullmatch(lemma[-3:]) else lemma


def present_form(base: str, *, plural: bool) -> str:
    """The simple present of an infinitive."""
    singular = title_lexicon().present
    if plural:
        return "are" if base == "be" else singular[base].removesuffix("s") if base in ("fin", "tim") else base
    if base in singular:
        return singular[base]
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2:-1] not in "aeiou" else base + "s"


def is_plural(reading: Reading, subject: Token, clause: Token | None = None) -> bool:
    """True for "judges", "MEPs", "Ann and Bob", "they", not for names such as "Acme Services".

    Of "Ann, who sings, and Bob" the relative `clause` tells of Ann alone.
    """
    if subject.lower_ in title_lexicon().many or _is_number(reading, subject) or _is_share_of_many(subject):
        return True
    if subject.tag_ == "NNS" and reading.kind(subject) is not EntityKind.PERSON:
        return True
    if subject.tag_ == "NNPS" and reading.kind(subject) not in _ONE and subject.ent_type_ != "PERSON":
        return True
    person = reading.kind(subject) is EntityKind.PERSON
    name = reading.entities.get(subject.i)
    joined = (t for t in subject.children if t.dep_ == "conj" and not is_verb(t) and t.i not in reading.times)
    joined = (t for t in joined if clause is None or clause.dep_ != "relcl" or t.i < clause.i)
    joined = (t for t in joined if name is None or reading.entities.get(t.i) is not name)
    several = any(not (person and reading.kind(t) is EntityKind.PLACE) for t in joined)
    return several or _INITIALS.fullmatch(subject.text) is not None


def are_there(verb: Token) -> bool:
    """True for the "were" of "there were incidents"."""
    there = any(t.dep_ == "expl" and t.lower_ == "there" for t in verb.lefts)
    return there and any(t.dep_ == "attr" and t.tag_ in ("NNS", "NNPS") for t in verb.rights)


def _is_share_of_many(noun: Token) -> bool:
    """True for the "half" of "half of the voters"."""
    if noun.lower_ not in title_lexicon().shares:
        return False
    whole = next((t for of in noun.rights if of.lower_ == "of" for t in of.rights if t.dep_ == "pobj"), None)
    return whole is not None and (whole.tag_ in ("NNS", "NNPS") or whole.lower_ in title_lexicon().anybody)


def _is_number(reading: Reading, token: Token) -> bool:
    """True for "three (did)", not for the number of "H.R. 7521", nor for "one"."""
    bare = token.i not in reading.entities and token.i not in reading.times
    bare = bare and not any(t.dep_ in ("compound", "nmod") for t in token.children)
    return token.tag_ == "CD" and bare and token.lower_ not in ("one", "1")
