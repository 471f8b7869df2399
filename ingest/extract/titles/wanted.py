"""Which words a title can do without: times, asides, articles, adverbs of telling, who says so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ingest.extract.grammar import (
    ANY_SUBJECT,
    OBJECTS,
    TENSES,
    Reading,
    has_to,
    is_relative,
    is_verb,
    own_subject,
)
from ingest.extract.titles.lexicon import title_lexicon
from ingest.nlp.words import Token

_ASIDES = frozenset(("advcl", "appos", "parataxis", "relcl", "punct", "cc", "conj", "dep", "meta", "intj", "npadvmod"))
_BETWEEN = frozenset((*OBJECTS, "prep"))
_WHICH = frozenset(("which", "whom"))
_CLIMB = 3
PARTS_OF_DAY = ("morning", "afternoon", "evening", "night")
_BY = ("per", "according")
_UNSURE = ("with", "back")
_BEFORE_OR_AFTER = ("before", "after")


def is_wanted(reading: Reading, token: Token) -> bool:
    """True for what belongs to a title, with all that hangs on it."""
    if token.lower_ == "that" and token.dep_ == "mark" and _is_apart_from_verb(reading, token):
        return True
    if (
        (token.i in reading.times and not _is_told_of(reading, token))
        or token.is_space
        or _is_left_out(token)
        or (token.lower_ in _BY and _is_source(token))
    ):
        return False
    if (token.dep_ in _ASIDES and not _says_what(reading, token)) or (is_relative(token) and not _is_of_which(token)):
        return False
    if token.lower_ in _UNSURE and (_is_only_with(reading, token) or _is_long_ago(reading, token)):
        return False
    if (first := token.left_edge.i) > 0 and token.doc.tokens[first - 1].text in ("(", "["):
        return False
    return (not token.children and token.dep_ != "acl") or _tells_more(reading, token)


def _tells_more(reading: Reading, token: Token) -> bool:
    """False for what only leads to a time that is left out, and for what is set apart."""
    if _is_only_when(reading, token) or _is_compared(reading, token):
        return False
    if token.dep_ == "acl" and (_is_set_off(token) or _is_bare(reading, token)):
        return False
    if token.pos_ not in ("ADP", "SCONJ"):
        return True
    return not any(t.i in reading.times or _is_stretch(reading, t) for t in _behind_all(token))


def _is_stretch(reading: Reading, noun: Token) -> bool:
    """True for the "much" of "for much of 2016", the "start" of "at the start of May": nothing without its time."""
    if noun.lower_ not in title_lexicon().stretches:
        return False
    return any(leads_to_time(reading, t) and t.lower_ in ("of", "to") for t in noun.rights)


def _is_told_of(reading: Reading, time: Token) -> bool:
    """True for a time that its clause tells of rather than happens at, and for the words that belong to it.

    "Said that now was not the time", "said January was mild", "ended a decade of war".
    """
    whole = time.head if time.head.i in reading.times and time.i < time.head.i else time
    if whole.dep_ in ANY_SUBJECT and whole.head.dep_ == "ccomp" and whole.i < whole.head.i and is_verb(whole.head):
        return not any(t.dep_ in ANY_SUBJECT and t.i > whole.i for t in whole.head.lefts)
    length = whole.dep_ in OBJECTS and whole.lower_ not in PARTS_OF_DAY
    of = length and any(t.lower_ == "of" and not leads_to_time(reading, t) for t in whole.rights)
    return _stands_for_subject(time) or (of and is_verb(whole.head))


def _stands_for_subject(time: Token) -> bool:
    """True for the "now" of "said that now was not the time": the only word before the verb that says what is meant."""
    verb = time.head
    if verb.lemma_ != "be" or time.dep_ not in ("advmod", "npadvmod") or verb.i != time.i + 1 or verb.dep_ != "ccomp":
        return False
    return own_subject(verb) is None and not any(t.dep_ == "expl" for t in verb.children)


def _is_bare(reading: Reading, participle: Token) -> bool:
    """True for the "called" of "a strike called (for Monday)", of which only the time is left out."""
    return participle.tag_ == "VBN" and not any(is_wanted(reading, t) for t in participle.children)


def _is_set_off(clause: Token) -> bool:
    """True behind a comma, where a participle only explains the noun: "the app, translated as Little Red Book, led"."""
    first, noun = clause.left_edge, clause.head
    return noun.dep_ in ANY_SUBJECT and first.i > noun.i and first.nbor(-1).text == ","


def _behind_all(preposition: Token) -> Iterator[Token]:
    """What stands behind it, and behind another one that goes with it: "on or before June 1", "as of June"."""
    for child in preposition.children:
        yield child
        if child.pos_ == "ADP" and (child.dep_ == "conj" or preposition.lower_ == "as"):
            yield from child.children


def _says_what(reading: Reading, aside: Token) -> bool:
    """True for an aside that says something of its own: a part of the name, how much, what for, a plain yes or no."""
    named = _is_hyphened(aside) or _is_named_by(aside) or _is_amount(aside) or _is_object_of(aside)
    told = _is_asked(aside) or _is_told_of_object(reading, aside) or (aside.dep_ == "advcl" and _is_as_what(aside))
    told = told or _is_ranked(aside) or (aside.dep_ == "npadvmod" and _is_each(aside.left_edge))
    return named or told or _is_for_to(aside) or _is_answer(aside) or _is_what_for(aside) or is_aim(reading, aside)


def _is_named_by(name: Token) -> bool:
    """True for the "Acme" of "the French investor Acme": a name right behind the noun; for the rest of "$724m"."""
    if name.dep_ != "appos":
        return False
    if name.i == name.head.i + 1 and not name.head.whitespace_ and name.is_alpha:
        return True
    first = name.left_edge
    if first.i != name.head.i + 1:
        return False
    return first.lower_ == "to" or (name.pos_ == "PROPN" and not first.is_punct)  # "0.75% to 1%"


def _is_amount(token: Token) -> bool:
    """True for the "€3bn" of "fined the group €3bn", and of "worth €3bn"."""
    valued = is_verb(token.head) or token.head.lower_ == "worth"
    return token.dep_ == "npadvmod" and valued and token.ent_type_ in ("MONEY", "PERCENT")


def _is_object_of(noun: Token) -> bool:
    """True for the "fees" of "raised Class 2 fees", which the parser takes for a measure."""
    verb = noun.head
    if noun.dep_ != "npadvmod" or noun.tag_ not in ("NNS", "NNPS") or noun.ent_type_ or not is_verb(verb):
        return False
    return noun.left_edge.i == verb.i + 1 and not any(t.dep_ in OBJECTS for t in verb.children)


def _is_asked(clause: Token) -> bool:
    """True for the "if she would go" of "was asked if she would go"."""
    verb = clause.head
    asked = clause.dep_ == "advcl" and verb.lemma_ in title_lexicon().asking and clause.i > verb.i
    return asked and clause.left_edge.text in ("if", "whether")


def _is_as_what(clause: Token) -> bool:
    """True for the "as rushed" of "described the law as rushed", and the "as" of it."""
    if clause.dep_ != "advcl" or own_subject(clause) is not None or clause.i < clause.head.i:
        return False
    return clause.left_edge.lower_ == "as" and clause.head.lemma_ in title_lexicon().calling


def _is_told_of_object(reading: Reading, clause: Token) -> bool:
    """True for the "was a crime" of "ruled the fire was a crime", where the parser takes the fire for the object."""
    verb = clause.head
    if clause.dep_ != "advcl" or clause.tag_ not in TENSES or clause.i < verb.i or not is_verb(verb):
        return False
    if own_subject(clause) is not None or any(t.dep_ in ("mark", "cc") or t.tag_ == "WRB" for t in clause.lefts):
        return False
    between = clause.doc[verb.i + 1 : clause.i]
    told = any(t.dep_ in OBJECTS and t.head.i == verb.i for t in between)
    return told and not any(t.is_punct and t.i not in reading.times for t in between)


def _is_for_to(clause: Token) -> bool:
    """True for "for Parliament to be suspended"."""
    if clause.dep_ != "advcl" or not is_verb(clause.head):
        return False
    first = clause.left_edge
    return first.i == clause.head.i + 1 and first.dep_ == "mark" and first.lower_ == "for" and has_to(clause)


def _is_what_for(token: Token) -> bool:
    """True for the "to get" of "harder to get a visa", and the "lapse" of "due to lapse", taken for a noun."""
    if token.dep_ == "npadvmod":
        return token.head.pos_ == "ADJ" and token.i > token.head.i and token.nbor(-1).lower_ == "to"
    return token.dep_ == "advcl" and has_to(token) and token.head.pos_ == "ADJ" and token.i > token.head.i


def is_aim(reading: Reading, clause: Token) -> bool:
    """True for the aim of a verb with nothing else behind it: "voted (in May) to allow", and for "came after they met".

    So is the infinitive of "was the first to sign".
    """
    verb = clause.head
    if clause.dep_ != "advcl" or not is_verb(verb) or clause.i < verb.i or verb.lemma_ == "have":
        return False
    if not has_to(clause):
        mark = clause.left_edge
        return verb.lemma_ in title_lexicon().coming and mark.dep_ == "mark" and is_wanted(reading, mark)
    first = any(t.dep_ == "attr" for t in verb.rights) and verb.lemma_ == "be"
    between = clause.doc[verb.i + 1 : clause.left_edge.i]
    settled = title_lexicon().settled  # "is due (on Friday) to vote"
    return first or all(t.i in reading.times or t.pos_ == "ADP" or t.lower_ in settled for t in between)


def _is_ranked(clause: Token) -> bool:
    """True for the "to sign" of "is the first to sign"."""
    bound = clause.dep_ == "relcl" and clause.head.dep_ == "attr" and clause.left_edge.i == clause.head.i + 1
    return bound and has_to(clause)


def _is_answer(token: Token) -> bool:
    """True for the "no" of "it said no"."""
    return token.dep_ == "intj" and token.lower_ in ("no", "yes") and token.i == token.head.i + 1


def _is_of_which(relative: Token) -> bool:
    """True for the "which" of "talks, none of which succeeded": without it nothing would be left of the "of".

    So is the "who" of "asked who had paid", and the "which" of "said which parts fell".
    """
    if relative.lower_ == "which" and relative.dep_ == "det":
        return True
    clause = relative.head
    if relative.lower_ == "who" and clause.dep_ in ("ccomp", "pcomp") and relative.i > clause.head.i:
        return True
    return relative.lower_ in _WHICH and relative.dep_ == "pobj" and relative.head.lower_ == "of"


def _is_only_when(reading: Reading, token: Token) -> bool:
    """True for what only leads to a time that is left out: "(a delivery,) due in May", "as early as this week"."""
    if token.pos_ not in ("ADJ", "ADV", "ADP") or token.dep_ not in ("amod", "advmod", "prep", "acl"):
        return False
    if not token.children:
        return False
    aside = token.i < token.head.i if is_verb(token.head) else token.i > token.head.i
    compared = [t for t in token.children if t.lower_ == "as"]
    rest = [t for t in token.children if not t.is_punct and t.lower_ not in title_lexicon().before_time]
    times = [*rest, *(t for one in compared for t in one.children)]
    if not times or not (aside or len(compared) > 1):
        return False
    return all(t.i in reading.times or leads_to_time(reading, t) for t in times)


def _is_long_ago(reading: Reading, adverb: Token) -> bool:
    """True for the "back" of "said back in May", not of "came back in May" nor of "dates back to 1950"."""
    if adverb.lower_ != "back" or adverb.i + 1 == len(adverb.doc):
        return False
    behind, words = adverb.nbor(), title_lexicon()
    back = adverb.head.lemma_ in words.returning | words.dating
    back = back and not any(t.dep_ == "prt" and t.i < adverb.i for t in adverb.head.rights)  # "took over back in May"
    return behind.lower_ in ("in", "on") and not back and leads_to_time(reading, behind)


def _is_compared(reading: Reading, token: Token) -> bool:
    """True for the ", up from 3 % in May" of another time, which says something else without that."""
    if token.i < token.head.i or token.lower_ not in title_lexicon().comparing:
        return False
    return token.left_edge.nbor(-1).text == "," and any(t.i in reading.times for t in token.subtree)


def leads_to_time(reading: Reading, token: Token) -> bool:
    """True for a preposition of nothing but times: "until" Friday."""
    below = list(token.children)
    return token.pos_ in ("ADP", "SCONJ") and len(below) > 0 and all(t.i in reading.times for t in below)


def _is_left_out(token: Token) -> bool:
    """True for articles, adverbs of telling ("then", "also") and the "that" of a clause."""
    words, word = title_lexicon(), token.lower_
    if word in words.articles and not (_is_in_name(token) or _is_each(token)):
        return True
    if token.dep_ == "mark" and word not in words.conditions and not (_opens_coming(token) or _is_as_what(token.head)):
        return True
    if token.dep_ == "advmod" and (word in words.adverbs or _is_how_long_before(token)):
        return True
    return (token.tag_ == "WRB" and not asks(token)) or _is_that_of_clause(token)


def _is_apart_from_verb(reading: Reading, mark: Token) -> bool:
    """True for the "that" of "told the envoy that talks failed", "repeats claims by Roe that talks failed".

    Without it two names would run into one another.
    """
    governor = mark.head.head
    if mark.head.dep_ not in ("ccomp", "acl") or governor.i > mark.i:
        return False
    return any(t.i < mark.i and t.dep_ in _BETWEEN and is_wanted(reading, t) for t in governor.rights)


def _opens_coming(mark: Token) -> bool:
    """True for the "after" of "came after they met"."""
    return mark.head.dep_ == "advcl" and mark.i > mark.head.head.i and mark.head.head.lemma_ in title_lexicon().coming


def asks(adverb: Token) -> bool:
    """True for the "how" of "showed how many there are" and the "where" of "stay where they are"."""
    clause = next((t for t in islice(adverb.ancestors, _CLIMB) if is_verb(t)), adverb.head)
    return clause.dep_ in ("ccomp", "pcomp") and adverb.i > clause.head.i


def _is_that_of_clause(token: Token) -> bool:
    """True for the "that" of "recommend that banks be ready", which the parser ties to the plural behind it."""
    if token.lower_ != "that" or token.tag_ not in ("DT", "IN"):
        return False
    return token.head.tag_ in ("NNS", "NNPS") and token.i < token.head.i


def _is_source(preposition: Token) -> bool:
    """True for "according to police" and "per the ministry": who says so has a place of its own."""
    if preposition.lower_ == "per":
        return is_verb(preposition.head) and any(
            t.dep_ == "pobj" and any(c.dep_ == "det" for c in t.children) for t in preposition.children
        )
    return preposition.dep_ == "prep"


def _is_how_long_before(adverb: Token) -> bool:
    """True for the "immediately" of "(shuts,) immediately before the party": without the rest it says another thing."""
    if adverb.lower_ in title_lexicon().ways:
        return False
    behind = next((t for t in adverb.doc[adverb.i + 1 : adverb.i + 3] if not t.is_space), None)
    return behind is not None and behind.lower_ in _BEFORE_OR_AFTER and behind.pos_ in ("ADP", "SCONJ")


def _is_only_with(reading: Reading, token: Token) -> bool:
    """True for the ", with a report expected soon" that a clause goes on with, if its participle is left out."""
    if token.lower_ != "with" or token.i == 0 or token.nbor(-1).text != ",":
        return False
    parts = (t for noun in token.children for t in noun.children if t.dep_ == "acl")
    return any(t.tag_ == "VBN" and not is_wanted(reading, t) for t in parts)


def _is_in_name(article: Token) -> bool:
    """True for the "a" of "Mar-a-Lago": nothing but hyphens beside it."""
    doc, i = article.doc, article.i
    return 0 < i < len(doc) - 1 and doc[i - 1].text == "-" == doc[i + 1].text


def _is_each(article: Token) -> bool:
    """True for the "a" of "$9 a head"."""
    before = article.nbor(-1) if article.i else article
    counted = before.tag_ == "CD" and before.ent_type_ not in ("DATE", "TIME") and before.whitespace_ != ""
    each = before.ent_type_ == "MONEY" or article.head.dep_ == "npadvmod"
    return counted and each and article.lower_ in ("a", "an")


def _is_hyphened(token: Token) -> bool:
    """True for the "state" of "state-owned" and the "Lago" of "Mar-a-Lago", not for the 70 of a vote of "70-48"."""
    if token.dep_ != "npadvmod" or not token.is_alpha:
        return False
    before = token.nbor(-1) if token.i else token
    return before.text + before.whitespace_ == "-" or any(t.text == "-" for t in token.doc[token.i + 1 : token.i + 2])
