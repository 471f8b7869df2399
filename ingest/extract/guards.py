"""Calendar expressions that date no event: dates inside names, bases of comparison, and dates of what only is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.comparison import is_measure
from ingest.extract.dating import Dating, root_of
from ingest.extract.grammar import OBJECTS, Reading, auxiliaries, is_passive, is_verb
from ingest.extract.modality import ends_in_question
from ingest.extract.triggers import is_event_noun, lemma
from ingest.nlp.words import Span, Token
from kb.model import EntityKind, TimeMention
from kb.ontology.model import Ontology

_NAMING = frozenset((EntityKind.LAW, EntityKind.CASE, EntityKind.PRODUCT, EntityKind.EVENT_NAME))
_NAMED = frozenset("act acts amendments law code bill budget treaty agreement protocol directive regulation".split())
_DATELINE = 8
_DISTANT = frozenset(("before", "after", "earlier", "later"))
_COUNTING = frozenset("before after earlier later that days weeks months".split())
"""Words of an expression that counts from another day, or of a length."""
_DASHES = ("-", "–", "—", "--")
_LINE = 300
"""Characters on either side of a date that are looked at."""
_CODE = re.compile(r"[={}<>\\]|\b[A-Za-z]{3,40}\(|\b[a-z]+_[a-z]|\(\)|\);|\):")
_MARK = re.compile(r"[={}<>\\()_]")
"""One of these stands in whatever `_CODE` finds."""
_CLOCK = re.compile(r"(?:at )?\d{1,2}(?:[:.]\d\d ?(?:[AaPp]\.?[Mm]\.?)?| ?[AaPp]\.?[Mm]\.?)(?: ?[A-Z]{2,4})?")
_AT_A_TIME = frozenset(("at", "by", "from", "until", "till", "about", "around", "after", "before"))
_HABITS = frozenset("daily weekdays weekends every each normally usually open hours between".split())
"""Words beside a time of day that make it no day's: "open every day at 9 a.m."."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LEAST_CODE = 2
_LABEL = 3
_STAMP = 3
"""Tokens before the day of a link or a message: what ends its text, or who wrote it, in brackets."""
_STOPS = frozenset((".", "?", "!"))
_ABOUT = ("of", "about")
_NOW = frozenset(("is", "are", "am", "'s", "’s", "'re", "’re", "do", "does"))
"""Auxiliaries of what is so now."""
_BACKGROUND = ("relcl", "advcl", "acl", "csubj", "pcomp")
_WHICH = frozenset("last next previous past coming following late early same".split())


def outermost(times: Sequence[TimeMention]) -> list[TimeMention]:
    """The mentions that lie in no longer one with calendar days of its own, in text order."""
    kept: list[TimeMention] = []
    for mention in sorted(times, key=lambda m: (m.span.start, -m.span.end)):
        if mention.time.interval is not None and not (kept and mention.span.end <= kept[-1].span.end):
            kept.append(mention)
    return kept


def repeated(found: Sequence[tuple[Dating, Sequence[Token]]]) -> set[tuple[int, int]]:
    """(start of expression, trigger) pairs that say again, or less exactly, when the trigger was.

    "In 2011 Congress acted on 2 August"; "by October 6, 2024, a Sunday"; "on January 19, one day before I took office";
    "reported a loss for the third quarter on Tuesday".
    """
    spare: set[tuple[int, int]] = set()
    of_trigger: dict[int, list[Dating]] = {}
    for dating, triggers in found:
        for trigger in triggers:
            for other in of_trigger.setdefault(trigger.i, []):
                if _says_less(other, dating) or _is_accounted_for(other, dating):
                    spare.add((other.start, trigger.i))
                elif _says_less(dating, other) or _explains(dating, other) or _is_accounted_for(dating, other):
                    spare.add((dating.start, trigger.i))
                elif _is_explained(other, dating):
                    spare.add((other.start, trigger.i))
            of_trigger[trigger.i].append(dating)
    return spare


def _says_less(one: Dating, other: Dating) -> bool:
    """True if `one` is the year or month in which `other` lies."""
    inside = one.interval.start <= other.interval.start and other.interval.end <= one.interval.end
    return inside and one.interval.length > other.interval.length


def _is_accounted_for(one: Dating, other: Dating) -> bool:
    """True if `one`, behind "for", is the period that was reported on at `other`, a day after it that has come."""
    return (
        one.word_before == "for"
        and not other.future
        and one.interval.end <= other.interval.start
        and other.interval.length == 1
    )


def _explains(dating: Dating, other: Dating) -> bool:
    """True if `dating` stands in apposition right behind `other`: a comma between them, and about the same days."""
    between = dating.expression.doc[other.expression.end : dating.start]
    if len(between) != 1 or between[0].text not in (",", "(", "—", "–"):
        return False
    meet = dating.interval.start < other.interval.end and other.interval.start < dating.interval.end
    return meet or any(t.lower_ in _DISTANT for t in dating.expression)


def _is_explained(dating: Dating, other: Dating) -> bool:
    """True if `other`, right behind a comma, says which day was meant: "a week before, on Nov. 1", "a day, to May 3".

    `dating` then counts from another day, or says how long it is.
    """
    doc, words = dating.expression.doc, {t.lower_ for t in dating.expression}
    between = doc[dating.expression.end : other.start]
    if not 1 <= len(between) <= 2 or between[0].text not in (",", "(", "—", "–"):
        return False
    if words.isdisjoint(_COUNTING) or not _COUNTING.isdisjoint({t.lower_ for t in other.expression}):
        return False
    return len(between) == 1 or between[1].lower_ in ("on", "in", "until", "till")


def dates_nothing(reading: Reading, ontology: Ontology, dating: Dating) -> bool:
    """True for a date in a name ("the Trade Act of 1974") or one that others are measured by ("than in 2019")."""
    expression = dating.expression
    line = _line_of(reading.text, expression)
    return (
        _in_name(reading, ontology, expression)
        or (is_measure(expression) and not _is_of_event_since(reading, ontology, expression))
        or _is_called_by_year(reading, ontology, dating)
        or _is_season_of_thing(ontology, expression)
        or _is_dateline(expression)
        or _is_stamp(expression)
        or _is_numbered(reading, expression)
        or _is_span_given(ontology, expression)
        or _is_clock(expression)
        or _is_spoken_of(ontology, expression)
        or _is_of_now(expression)
        or _is_of_office(reading, ontology, expression)
        or _is_code(line)
        or _is_label(line, expression)
        or _is_row(line)
    )


def _is_of_event_since(reading: Reading, ontology: Ontology, expression: Span) -> bool:
    """True for "the deadliest since the 7 July 2005 bombings", "since the war in 2001": that event was then.

    Not for "since the attacks of 2001", which are only called so.
    """
    root = root_of(expression)
    if root.head.lower_ == "of":
        return False
    noun = root.head.head if root.head.pos_ == "ADP" else root.head
    since = noun.head
    if since.lower_ != "since" or noun.dep_ != "pobj" or root.head.i == since.i:
        return False
    return not expression.start <= noun.i < expression.end and is_event_noun(reading, ontology, noun)


def _is_of_now(expression: Span) -> bool:
    """True for "the union of today" and "as of today": what is so by now. Not for "the outcome of today's vote"."""
    above = root_of(expression).head
    now = above.lower_ == "of" and root_of(expression).dep_ == "pobj"
    return now and expression.text.lower() == "today"


def _is_of_office(reading: Reading, ontology: Ontology, expression: Span) -> bool:
    """True for "Roe, its auditor since 2012, refused": what somebody has been since then."""
    since = next((t for t in (expression[0], root_of(expression).head) if t.lower_ == "since"), None)
    if since is None or since.head.dep_ != "appos" or since.head.i != since.i - 1:
        return False
    return since.head.lower_ not in ontology.words.vessels and not is_event_noun(reading, ontology, since.head)


def _is_spoken_of(ontology: Ontology, expression: Span) -> bool:
    """True for the year of "engineers now speak of 2026", and the day of "referred to September 11"."""
    if expression.start < expression.sent.start + 2:
        return False
    before = expression.doc[expression.start - 1]
    verb = before.head
    if before.dep_ != "prep" or not is_verb(verb):
        return False
    spoken = before.lower_ in _ABOUT and verb.lemma_ in ontology.words.speaking_of
    return spoken or f"{verb.lemma_} {before.lower_}" in ontology.words.pointing


def _is_clock(expression: Span) -> bool:
    """True for a time of day without its day that ties nothing to it: "2:02 p.m.", not "fell at 2:02 p.m."."""
    if _CLOCK.fullmatch(expression.text.strip()) is None:
        return False
    before = expression.doc[expression.start - 1] if expression.start > expression.sent.start else None
    first = expression[0].lower_
    tied = first == "at" or (before is not None and before.lower_ in _AT_A_TIME)
    return not tied or any(t.lower_ in _HABITS or t.ent_type_ == "DATE" for t in expression.sent)


def _is_code(line: str) -> bool:
    """True for a line of a program: "raise ValueError('expired on 2024-01-01')", "created >= '2024-01-01'"."""
    if _MARK.search(line) is None:
        return False
    text = _ADDRESS.sub(" ", line)
    return len(_CODE.findall(text)) >= _LEAST_CODE


def _is_label(line: str, expression: Span) -> bool:
    """True for a line of two or three words with a date in it ("Elections 2024"), as menus have them."""
    words = line.split()
    if not len(expression) < len(words) <= _LABEL or line.endswith((".", ":", "!", "?", ")", ";")):
        return False
    return not any(is_verb(t) for t in expression.sent[:6])


def _is_row(line: str) -> bool:
    """True for a row with several days, "| Act | 13 May 2023 | 1 July 2025 |": only its head says what they are."""
    return line.startswith("|") and line.endswith("|") and len(_YEAR.findall(line)) > 1


def _line_of(text: str, expression: Span) -> str:
    """The line around the expression, as far as it is short."""
    start, end = expression.start_char, expression.end_char
    first = text.rfind("\n", max(0, start - _LINE), start) + 1 or max(0, start - _LINE)
    last = text.find("\n", end, end + _LINE)
    return text[first : last if last >= 0 else end + _LINE].strip()


def _describes(word: Token) -> bool:
    """True for "bleak", "their", "a"; not for "last", which says when."""
    return word.tag_ in ("JJ", "JJS", "PRP$") and word.lower_ not in _WHICH


def _is_dateline(expression: Span) -> bool:
    """True for the day at the head of a wire story: "WASHINGTON, Aug. 6, 2024 (Continental Wire) - Google is"."""
    doc, start, end = expression.doc, expression.start, expression.end
    behind = doc[end : min(end + _DATELINE, len(doc))]
    dash = next((t for t in behind if t.text in _DASHES), None) or _signed_by(behind)
    before = [t for t in doc[max(start - _DATELINE, expression.sent.start) : start] if t.is_alpha]
    if dash is None or not before or not all(t.is_upper or t.pos_ == "PROPN" for t in before):
        return False
    first = doc[max(start - _DATELINE, expression.sent.start) : start][0]
    between = doc[end : dash.i]
    closed = len(between) == 0 or (between[0].text == "(" and between[-1].text == ")")
    closed = closed or dash.text not in _DASHES
    return (
        closed and before[0].is_upper and len(before[0]) > 1 and (first.i == 0 or "\n" in first.nbor(-1).text_with_ws)
    )


def _is_stamp(expression: Span) -> bool:
    """True for the day of a link or a message: "… the post. (05.02.2017) The party", "(@roe) May 3, 2017 He"."""
    doc, start, end = expression.doc, expression.start, expression.end
    if start < _STAMP or end + 1 >= len(doc):
        return False
    if doc[start - 1].text == ")" and any("@" in t.text for t in doc[start - _STAMP : start]):
        return True
    if doc[start - 1].text != "(" or doc[end].text != ")" or not doc[end + 1].text[:1].isupper():
        return False
    return doc[start - 2].text in _STOPS and "\n" not in doc[start - 2].text_with_ws


def _signed_by(behind: Span) -> Token | None:
    """The agency between slashes of "MOSCOW, March 1. /TASS/." right behind the day."""
    return next((t for t in behind[:2] if t.text.startswith("/") and t.text.count("/") > 1), None)


def _is_numbered(reading: Reading, expression: Span) -> bool:
    """True for the year in "coronavirus disease 2019" or "Agenda 2030": a name with a number."""
    if len(expression) > 1 or expression.start == 0 or not expression[0].text.isdigit() or len(expression[0].text) != 4:
        return False
    before = expression.doc[expression.start - 1]
    if before.text.endswith("/") or (
        expression.end < len(expression.doc) and expression.doc[expression.end].text[0] == "/"
    ):
        return True
    return before.pos_ in ("NOUN", "PROPN") and before.i not in reading.times and before.tag_ != "NNS"


def _is_span_given(ontology: Ontology, expression: Span) -> bool:
    """True for a length of time that is handed over ("give themselves three more months"), with nothing to do in it."""
    root = root_of(expression)
    if (
        root.dep_ in OBJECTS
        and root.head.lemma_ in ontology.words.spending
        and not any(t.pos_ == "ADP" for t in expression)
    ):
        return root.tag_ == "NNS"
    if root.dep_ not in OBJECTS or root.head.lemma_ not in ontology.words.giving_time or root.tag_ not in ("NNS", "NN"):
        return False
    if any(t.pos_ in ("ADP", "PROPN", "SCONJ") or (t.is_digit and len(t) == 4) for t in expression):
        return False
    return not any(t.tag_ == "VB" for t in (*root.children, *root.head.children))


def is_mere_state(reading: Reading, ontology: Ontology, trigger: Token, dating: Dating) -> bool:
    """True for what is rather than happens ("had a list price of $527 in 2023"), and for an untyped question."""
    if ends_in_question(trigger.sent):
        return True
    if not is_verb(trigger):
        if _is_like_that_today(trigger, dating):
            return True
        amount = trigger.pos_ in ("NUM", "SYM", "PRON", "DET") or trigger.ent_type_ in ("MONEY", "PERCENT", "CARDINAL")
        return amount or _is_mere_name(reading, ontology, trigger, dating)
    compared = trigger.lower_ == "compared" and trigger.tag_ == "VBN" and not auxiliaries(trigger)
    if compared or trigger.lemma_ in ontology.words.states or (trigger.tag_ == "VBG" and trigger.head.lower_ == "with"):
        return True
    return _is_nowadays(ontology, trigger, dating)


def _is_mere_name(reading: Reading, ontology: Ontology, noun: Token, dating: Dating) -> bool:
    """True for the "priority" of "is a priority this year"; not for what is counted or the most of its kind."""
    if noun.dep_ != "attr" or noun.head.lemma_ != "be" or is_event_noun(reading, ontology, noun):
        return False
    if dating.limit:
        return False
    told = any(t.pos_ == "NUM" or t.tag_ in ("JJS", "RBS") for t in noun.subtree if t.i not in reading.times)
    return not told and not any(t.dep_ == "expl" for t in noun.head.children)


def _is_like_that_today(adjective: Token, dating: Dating) -> bool:
    """True for "today, the union is reminiscent of an empire"; not for "the bridge is open today"."""
    be = adjective.head
    ascribed = adjective.pos_ == "ADJ" and adjective.dep_ == "acomp" and be.lower_ in _NOW
    return ascribed and dating.expression.text.lower() == "today" and dating.start < be.i


def _is_nowadays(ontology: Ontology, verb: Token, dating: Dating) -> bool:
    """True for "the problems that families face today" and "today, many seem lost"; not for "the talks begin today"."""
    coming = ontology.words.happening | ontology.status.governors.keys()
    if dating.expression.text.lower() != "today" or lemma(verb, coming) in coming:
        return False
    if root_of(dating.expression).dep_ == "poss" or not (dating.start < verb.i or verb.dep_ in _BACKGROUND):
        return False
    words = [t.lower_ for t in auxiliaries(verb)]
    return (words[0] in _NOW and not is_passive(verb)) if words else verb.tag_ in ("VBZ", "VBP")


def _in_name(reading: Reading, ontology: Ontology, expression: Span) -> bool:
    if _is_inside_name(reading, expression):
        return True
    preposition = root_of(expression).head
    named = preposition.head
    if preposition.lower_ != "of":
        return False
    return (named.pos_ == "PROPN" and named.lower_ in _NAMED) or named.lower_ in ontology.words.cohorts


def _is_called_by_year(reading: Reading, ontology: Ontology, dating: Dating) -> bool:
    """True for the past year of "meddling in the 2016 election", which tells only which one another word is about.

    So is that of "influencing the 2016 election". Not if the noun names what happened in it: "the loss in the 2005
    election".
    """
    year = dating.expression[0]
    noun, link = year.head, year.head.head
    if not dating.past or len(dating.expression) > 1 or noun.i < year.i or not year.is_digit:
        return False
    if noun.lower_ not in ontology.words.by_year:
        return False
    if noun.dep_ in OBJECTS and is_verb(link):
        return lemma(link, ontology.words.swaying) in ontology.words.swaying
    if noun.dep_ != "pobj" or link.pos_ != "ADP":
        return False
    above = link.head
    of_noun = above.pos_ == "NOUN" and above.i < link.i and not is_event_noun(reading, ontology, above)
    return of_noun or link.lower_ == "during"


def _is_inside_name(reading: Reading, expression: Span) -> bool:
    """True for the "2024" of "Olympics 2024", not for a feast that is its day by itself: "on New Year's Eve"."""
    entities = [reading.entities.get(t.i) for t in expression]
    if not all(e is not None and e.kind in _NAMING for e in entities):
        return False
    around = (expression.start - 1, expression.end)
    inside = any(0 <= i < len(expression.doc) and reading.entities.get(i) in entities for i in around)
    return inside or any(e is not None and e.kind is not EntityKind.EVENT_NAME for e in entities)


def _is_season_of_thing(ontology: Ontology, expression: Span) -> bool:
    """True for the season of "a winter storm", the feast of "Christmas carols" and "a bleak Christmas": no times."""
    word = expression[-1]
    if word.lower_ not in ontology.words.feasts or any(t.lower_ not in ("the", "early") for t in expression[:-1]):
        return False
    thing, start = word.head, expression.start
    if start > expression.sent.start and len(expression) == 1 and _describes(expression.doc[start - 1]):
        return True
    return word.dep_ in ("compound", "amod", "nmod") and thing.i > word.i and thing.lower_ not in ontology.words.festive
