"""Which words a title can do without: times, asides, articles, adverbs of telling, who says so."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.grammar import ANY_SUBJECT, Reading, has_to, is_relative, is_verb
from ingest.extract.titles.lexicon import title_lexicon
from ingest.nlp.words import Token

_ASIDES = frozenset(("advcl", "appos", "parataxis", "relcl", "punct", "cc", "conj", "dep", "meta", "intj", "npadvmod"))
_WHICH = frozenset(("which", "whom"))
_BEFORE_OR_AFTER = ("before", "after")


def is_wanted(reading: Reading, token: Token) -> bool:
    """True for what belongs to a title, with all that hangs on it."""
    if token.i in reading.times or token.is_space or _is_left_out(token) or _is_source(token):
        return False
    if (token.dep_ in _ASIDES and not _says_what(reading, token)) or (is_relative(token) and not _is_of_which(token)):
        return False
    if _is_only_when(reading, token) or _is_only_with(reading, token):
        return False
    if (first := token.left_edge.i) > 0 and token.doc[first - 1].text in ("(", "["):
        return False
    if token.dep_ == "acl" and (_is_set_off(token) or _is_bare(reading, token)):
        return False
    return not (token.pos_ in ("ADP", "SCONJ") and any(t.i in reading.times for t in _behind_all(token)))


def _is_bare(reading: Reading, participle: Token) -> bool:
    """True for the "called" of "a strike called (for Monday)", of which only the time is left out."""
    return participle.tag_ == "VBN" and not any(is_wanted(reading, t) for t in participle.children)


def _is_set_off(clause: Token) -> bool:
    """True behind a comma, where a participle only explains the noun: "the app, translated as Little Red Book, led"."""
    first, noun = clause.left_edge, clause.head
    return noun.dep_ in ANY_SUBJECT and first.i > noun.i and first.nbor(-1).text == ","


def _behind_all(preposition: Token) -> Iterator[Token]:
    """What stands behind it, and behind another one that goes with it: "on or before June 1"."""
    for child in preposition.children:
        yield child
        if child.dep_ == "conj" and child.pos_ == "ADP":
            yield from child.children


def _says_what(reading: Reading, aside: Token) -> bool:
    """True for an aside that says something of its own: a part of the name, how much, what for, a plain yes or no."""
    named = _is_hyphened(aside) or _is_named_by(aside) or _is_amount(aside)
    return named or _is_for_to(aside) or _is_answer(aside) or _is_what_for(aside) or is_aim(reading, aside)


def _is_named_by(name: Token) -> bool:
    """True for the "Acme" of "the French investor Acme": a name right behind the noun."""
    first = name.left_edge
    return name.dep_ == "appos" and name.pos_ == "PROPN" and first.i == name.head.i + 1 and not first.is_punct


def _is_amount(token: Token) -> bool:
    """True for the "€3bn" of "fined the group €3bn"."""
    return token.dep_ == "npadvmod" and is_verb(token.head) and token.ent_type_ in ("MONEY", "PERCENT")


def _is_for_to(clause: Token) -> bool:
    """True for "for Parliament to be suspended"."""
    first = clause.left_edge
    bound = clause.dep_ == "advcl" and is_verb(clause.head) and first.i == clause.head.i + 1
    return bound and first.dep_ == "mark" and first.lower_ == "for" and has_to(clause)


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
    return first or all(t.i in reading.times or t.pos_ == "ADP" for t in between)


def _is_answer(token: Token) -> bool:
    """True for the "no" of "it said no"."""
    return token.dep_ == "intj" and token.lower_ in ("no", "yes") and token.i == token.head.i + 1


def _is_of_which(relative: Token) -> bool:
    """True for the "which" of "talks, none of which succeeded": without it nothing would be left of the "of"."""
    return relative.lower_ in _WHICH and relative.dep_ == "pobj" and relative.head.lower_ == "of"


def _is_only_when(reading: Reading, token: Token) -> bool:
    """True for what only leads to a time that is left out: "(a delivery,) due in May", "as early as this week"."""
    if token.pos_ not in ("ADJ", "ADV", "ADP") or token.dep_ not in ("amod", "advmod", "prep", "acl"):
        return False
    aside = token.i < token.head.i if is_verb(token.head) else token.i > token.head.i
    compared = [t for t in token.children if t.lower_ == "as"]
    rest = [t for t in token.children if not t.is_punct and t.lower_ not in title_lexicon().before_time]
    times = [*rest, *(t for one in compared for t in one.children)]
    if not times or not (aside or len(compared) > 1):
        return False
    return all(t.i in reading.times or leads_to_time(reading, t) for t in times)


def leads_to_time(reading: Reading, token: Token) -> bool:
    """True for a preposition of nothing but times: "until" Friday."""
    below = list(token.children)
    return token.pos_ in ("ADP", "SCONJ") and len(below) > 0 and all(t.i in reading.times for t in below)


def _is_left_out(token: Token) -> bool:
    """True for articles, adverbs of telling ("then", "also") and the "that" of a clause."""
    mark = token.dep_ == "mark" and token.lower_ not in title_lexicon().conditions and not _opens_coming(token)
    told = token.dep_ == "advmod" and (token.lower_ in title_lexicon().adverbs or _is_how_long_before(token))
    article = token.lower_ in title_lexicon().articles and not _is_in_name(token)
    return article or (token.tag_ == "WRB" and not asks(token)) or mark or told or _is_that_of_clause(token)


def _opens_coming(mark: Token) -> bool:
    """True for the "after" of "came after they met"."""
    return mark.head.dep_ == "advcl" and mark.i > mark.head.head.i and mark.head.head.lemma_ in title_lexicon().coming


def asks(adverb: Token) -> bool:
    """True for the "how" of "showed how important it is" and the "where" of "stay where they are"."""
    clause = adverb.head if is_verb(adverb.head) else adverb.head.head
    return clause.dep_ in ("ccomp", "pcomp") and adverb.i > clause.head.i


def _is_that_of_clause(token: Token) -> bool:
    """True for the "that" of "recommend that banks be ready", which the parser ties to the plural behind it."""
    if token.lower_ != "that" or token.tag_ not in ("DT", "IN"):
        return False
    return token.head.tag_ in ("NNS", "NNPS") and token.i < token.head.i


def _is_source(preposition: Token) -> bool:
    """True for "according to police" and "per the ministry": who says so has a place of its own."""
    if preposition.lower_ == "per" and is_verb(preposition.head):
        return any(t.dep_ == "pobj" and any(c.dep_ == "det" for c in t.children) for t in preposition.children)
    return preposition.lower_ == "according" and preposition.dep_ == "prep"


def _is_how_long_before(adverb: Token) -> bool:
    """True for the "immediately" of "(shuts,) immediately before the party": without the rest it says another thing."""
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


def _is_hyphened(token: Token) -> bool:
    """True for the "state" of "state-owned"."""
    doc = token.doc
    return token.dep_ == "npadvmod" and token.i + 1 < len(doc) and doc[token.i + 1].text == "-"
