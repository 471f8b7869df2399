"""What looks like a time and is none: verbs, names, sums of money, counts of things."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Doc

from ingest.extract.times.expressions import (
    Between,
    Decade,
    Expression,
    Found,
    Grant,
    Length,
    Partial,
    Recurrence,
    Reference,
    Timed,
)
from ingest.extract.times.lexicon import Cues
from ingest.nlp.words import Token

_NAMES = frozenset({"PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "FAC", "GPE", "LOC", "NORP"})
_TITLES = frozenset({"WORK_OF_ART", "EVENT", "PRODUCT", "ORG"})
_COUNTS = frozenset({"MONEY", "PERCENT", "QUANTITY", "LAW"})
_MONTH_VERBS = frozenset({"may", "march", "mar"})
_VERB_TAGS = frozenset({"MD", "VB", "VBP", "VBZ", "VBD", "VBG", "VBN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_QUOTES = frozenset("\"'“”‘’«»")
_LASTING = frozenset({"for", "over", "after", "within", "in"})
_OF_ITS_OWN = frozenset({"det", "poss", "amod", "compound", "nummod", "nmod"})
_RARELY_LENGTHS = frozenset({"minutes", "seconds", "quarters", "nights", "weekends", "mins", "weekdays"})
"""Units whose plural is more often something else: the minutes of a meeting, quarters to live in."""
_BEHIND_ONCE = frozenset({"a", "an", "every", "per", "each", "more", "again", "the", "and"})
_UNITS = frozenset({"day", "night", "week", "weekend", "month", "year"})
_TITLED = frozenset({"Today", "Tonight", "This"})
"""How expressions begin that programmes and papers are called by."""
_AROUND, _SHORT = 6, 3
"""Words beside what may be a title, and letters of those that headlines write small."""
_SEASONAL = frozenset({"in", "by", "during", "until", "till", "through", "throughout", "before", "since", "over"})
"""Prepositions before "the fall" as a season."""
_OF_WHAT = frozenset({"of", "in", "from"})
"""Behind "the fall" as a decline."""
_PAPER = 3
"""Words before the weekday of a paper's name."""
_OWNERS = frozenset({"the", "its", "their", "his", "her", "our", "my", "'s", "’s"})


class Guard:
    """Judges expressions by the tokens around them: tags, entities, and the words before and behind."""

    def __init__(self, doc: Doc, cues: Cues) -> None:
        self._cues = cues
        self._named = doc.has_annotation("ENT_IOB")
        self._surnames = frozenset(e[-1].lower_ for e in doc.ents if e.label_ == "PERSON" and len(e) > 1)

    def is_time(self, found: Found, first: Token, last: Token) -> bool:
        """True unless the words around an expression, from token `first` to `last`, say that it is no time."""
        before = first.nbor(-1) if first.i else None
        if _is_named_so(first, last) or _is_fourth(last) or _is_till_now(first, last, before):
            return False
        if before is not None and first.text[:1].isdigit() and self._is_amount(found.expression, before):
            return False
        match found.expression:
            case Partial():
                return self._is_date(found.expression, first, last, before)
            case Between(Partial() as year, _) if not found.nested and year == Partial(year=year.year):
                return self._is_year(first, last, before, year.year or 0)
            case Length(parts) | Grant(Length(parts)) if parts[0] == (1, "TS"):
                return first.lower_ != "a" or last.tag_ in {"NN", "NNS"}
            case Length() | Grant() if last.text[:1].isupper() and last.ent_type_ in _TITLES:
                return False
            case Length(((None, _),)) if first.i == last.i:
                return _is_bare_length(first, before)
            case Reference():
                return _is_reference(last, before)
            case Recurrence():
                return not (first.text[:1].isupper() and first.ent_type_ in _NAMES and first.i == last.i)
            case Timed(None, "NI") if first.lower_ == "overnight":
                return first.tag_ == "RB" and _is_past(first.head)
            case Timed(Partial(weekday=weekday, day=None), _) if weekday and last.text[:1].isupper():
                return last.ent_type_ not in _NAMES and _following(last) not in self._cues.name_tails
        return True

    def _is_amount(self, expression: Expression, before: Token) -> bool:
        """True behind "$", "Section", "No." …"""
        if not isinstance(expression, Partial | Between | Timed | Decade):
            return False
        signs = self._cues.amount_signs
        return before.text[-1:] in signs or before.lower_.rstrip(".") in signs

    def _is_date(self, p: Partial, first: Token, last: Token, before: Token | None) -> bool:
        if p == Partial(year=p.year):
            return self._is_year(first, last, before, p.year or 0)
        if p == Partial(holiday="9/11"):
            return last.i + 1 >= len(last.doc) or not last.nbor(1).text.istitle()  # "the 9/11 Commission"
        if p == Partial(holiday=p.holiday):
            of_year = before is not None and before.text.isdigit()  # "the 1998 Good Friday accord"
            return of_year or _following(last) not in self._cues.feast_tails
        if p == Partial(month=p.month):
            return self._is_month(first, before)
        if p == Partial(weekday=p.weekday):
            return self._is_weekday(first, last)
        if p == Partial(season=p.season):
            return _is_season(first, last)
        if p.month and p.which and not p.day:
            return last.text[:1].isupper() and not self._acts(last)
        return not (p.month and first.lower_ in _MONTH_VERBS and first.text.islower())

    def _is_year(self, first: Token, last: Token, before: Token | None, year: int) -> bool:
        dated = first.ent_type_ == "DATE"
        if not (1000 if dated else 1500) <= year <= (2199 if dated else 2099):
            return False
        if first.ent_type_ in _COUNTS | {"WORK_OF_ART", "PRODUCT"} or _counts_things(last, dated=dated):
            return False
        if first.dep_ == "dobj" and first.head.lemma_ in self._cues.reading:
            return False
        if before is not None and before.text in _QUOTES and _following(last) in _QUOTES:
            return False
        if last.i + 2 < len(last.doc) and last.nbor(1).lower_ == "by" and last.nbor(2).ent_type_ == "PERSON":
            return False
        cue = before is None or before.is_space or before.lower_ in self._cues.year_cues
        return dated or (cue and not (self._named and first.ent_type_ in _NAMES))

    def _is_month(self, first: Token, before: Token | None) -> bool:
        if not first.text[:1].isupper() or (is_verb(first) and self._named):
            return False
        if first.ent_type_ in _NAMES and (first.ent_type_ != "ORG" or not _whole_entity(first)):
            return False
        if first.lower_ in self._surnames and not self._is_when(first, before):
            return False
        cue = before is not None and before.lower_ in self._cues.year_cues
        plain = len(first.text) > 5 and first.lower_ != "august"
        if self._acts(first) or self._is_first_name(first, before):
            return False
        return plain or cue or first.ent_type_ == "DATE" or not self._named

    def _is_first_name(self, month: Token, before: Token | None) -> bool:
        """True for the "August" of "argued by August Roe"; not for "the April Summit" and "in June Parliament rose"."""
        name = month.nbor() if month.i + 1 < len(month.doc) else month
        named = month.head.i == name.i > month.i and name.pos_ == "PROPN" and name.ent_type_ in {"PERSON", ""}
        when = before is not None and (before.pos_ == "DET" or before.lower_ in self._cues.month_cues)
        return named and month.lower_ in self._cues.month_people and not when

    def _acts(self, month: Token) -> bool:
        """True for the person of "said that May would write"; a month may be, see or bring something."""
        person = month.lower_ in self._cues.month_people and month.dep_ in _SUBJECTS
        return person and is_verb(month.head) and month.head.lemma_ not in self._cues.month_verbs

    def _is_when(self, month: Token, before: Token | None) -> bool:
        """True for "in May" and "by May" where the text has a Ms May, too; not for "May said" and "May's spokesman"."""
        if before is None or before.pos_ not in ("ADP", "SCONJ"):
            return False
        return before.lower_ in self._cues.month_cues or (month.ent_type_ == "DATE" and _following(month) != "'s")

    def _is_weekday(self, first: Token, last: Token) -> bool:
        if not first.text[:1].isupper() or (len(first.text) <= 3 and first.ent_type_ != "DATE"):
            return False
        tails = self._cues.name_tails
        if self._is_paper(first):
            return False
        behind = last.nbor(1) if last.i + 1 < len(last.doc) else None
        if behind is not None and behind.lower_ in tails and behind.text[:1].isupper():
            return False
        if _hangs_on_another(first, behind):
            return False
        before = first.nbor(-1) if first.i else None
        if before is None or not before.text[:1].isupper():
            return True
        named = before.lower_ in tails and first.ent_type_ in _NAMES
        return not named and before.lower_ not in self._cues.name_heads

    def _is_paper(self, weekday: Token) -> bool:
        """True for "the Mail on Sunday", not for "the Daily Mail on Sunday"."""
        if weekday.i < _PAPER or weekday.nbor(-1).lower_ != "on" or not weekday.nbor(-2).text[:1].isupper():
            return False
        outer = weekday.nbor(-3)
        return weekday.nbor(-2).lower_ in self._cues.papers and (outer.lower_ == "the" or not outer.text[:1].isupper())


def is_verb(token: Token) -> bool:
    """True for "may" and "fall" as verbs."""
    if token.tag_ not in _VERB_TAGS:
        return False
    return token.ent_type_ not in {"DATE", "TIME"} or (token.i > 0 and token.nbor(-1).tag_ in {"MD", "TO"})


def _is_title(first: Token, last: Token) -> bool:
    """True for the programme of "told Radio 4's Today" and "CBS This Morning", other than in a headline."""
    before = first.nbor(-1) if first.i else None
    if before is None or not last.text[:1].isupper():
        return False
    if before.text in _QUOTES and _following(last) in _QUOTES:
        return True
    if first.is_sent_start or not before.text[-1:].isalnum():
        return False
    return _is_in_prose(first, last)


def _is_in_prose(first: Token, last: Token) -> bool:
    """True unless most of the words around begin with a capital, as in a headline."""
    words = [t for t in _beside(first, last) if t.is_alpha and len(t) > _SHORT]
    return 3 * sum(t.is_lower for t in words) >= len(words) > 0


def _is_till_now(first: Token, last: Token, before: Token | None) -> bool:
    """True for the day of "goes on to this day"."""
    return (first.lower_, last.lower_) == ("this", "day") and before is not None and before.lower_ == "to"


def _hangs_on_another(first: Token, behind: Token | None) -> bool:
    """True for "the Monday after he signed it": which one that is, only another event tells."""
    defined = first.i > 0 and first.nbor(-1).lower_ == "the"
    return defined and behind is not None and behind.lower_ in ("after", "before", "following")


def _is_named_so(first: Token, last: Token) -> bool:
    return (first.text in _TITLED and _is_title(first, last)) or _is_show(first, last)


def _is_show(first: Token, last: Token) -> bool:
    """True for "Last Week Tonight" and "This Week In Tech" in the middle of a sentence that is no headline."""
    if first.i == last.i or not first.text.istitle() or not last.text.istitle() or last.lower_ not in _UNITS:
        return False
    behind = last.nbor(1) if last.i + 1 < len(last.doc) else None
    named = behind is not None and behind.text.istitle() and not first.is_sent_start
    return named and _is_in_prose(first, last)


def _is_past(verb: Token) -> bool:
    """True for "fell" and "were evacuated"; "has become famous overnight" only says how fast."""
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and any(t.dep_ == "auxpass" for t in verb.lefts))


def _is_fourth(last: Token) -> bool:
    """True for the "quarter" of "the same quarter-point cut" and of "the second quarter-final"."""
    return last.lower_ == "quarter" and _following(last) == "-"


def _beside(first: Token, last: Token) -> Iterator[Token]:
    """The nearest words before an expression, and behind it as far as its sentence goes."""
    doc = first.doc
    yield from doc[max(first.i - _AROUND, 0) : first.i]
    yield from takewhile(lambda t: not t.is_sent_start, doc[last.i + 1 : last.i + 1 + _AROUND])


def _counts_things(token: Token, *, dated: bool) -> bool:
    """ "2024 people": a number of things, unless an article before it makes it a year ("the 2008 elections")."""
    if token.i + 1 >= len(token.doc):
        return False
    noun = token.nbor(1)
    if noun.lower_ in {"%", "percent", "million", "billion"}:
        return True
    owned = token.i and token.nbor(-1).lower_ in _OWNERS
    return noun.tag_ == "NNS" and token.dep_ == "nummod" and not owned and not dated


def _is_bare_length(token: Token, before: Token | None) -> bool:
    """ "years" in "it took years", "hours after the vote": a noun that no word before it makes a thing of its own."""
    behind = _following(token)
    before_it = before.lower_ if before is not None else ""
    if not token.tag_:
        return before_it in _LASTING
    if token.tag_ != "NNS" or any(child.dep_ in _OF_ITS_OWN for child in token.lefts) or token.dep_ == "compound":
        return False
    if token.lower_ in _RARELY_LENGTHS:
        return before_it in _LASTING or behind in {"after", "before"}
    return behind not in {"-", "'", "’"} and not (before is not None and before.text in {"-", "–"})


def _is_reference(last: Token, before: Token | None) -> bool:
    """True for "the past" as a noun, "once" as "formerly", and "now" and "soon" where they stand alone."""
    behind = _following(last)
    match last.lower_:
        case "past" | "present" | "future":
            return last.tag_ in {"NN", ""}
        case "once":
            formerly = last.dep_ == "advmod" and last.i < last.head.i and last.head.tag_ in {"VBD", "VBN"}
            return formerly and behind not in _BEHIND_ONCE
        case "soon":
            before_it = before.lower_ if before is not None else ""
            return before_it not in {"as", "too", "how", "so", "very"} and behind not in {"as", "after", "enough", "-"}
        case "now":
            return behind not in {"that", "-"}
    return True


def _following(token: Token) -> str:
    return str(token.nbor(1).lower_) if token.i + 1 < len(token.doc) else ""


def _is_season(first: Token, last: Token) -> bool:
    if first.i == last.i and first.lower_ in {"fall", "spring"} and first.i and first.tag_:
        before = first.nbor(-1)
        if before.pos_ == "ADJ" or before.lower_ in {"a", "first", "its", "their", "to"}:
            return False
    behind = last.nbor(1) if last.i + 1 < len(last.doc) else None
    if last.text[:1].isupper() and behind is not None and behind.text[:1].isupper():
        return False
    if first.lower_ == "the" and last.lower_ == "fall" and _is_decline(first, last):
        return False
    return last.ent_type_ == "DATE" or first.lower_ == "the" or (first.i > 0 and first.nbor(-1).lower_ == "in")


def _is_decline(first: Token, last: Token) -> bool:
    """True for "the fall of the wall", "after the fall" and "attributed the fall to"; not for "in the fall"."""
    before = first.nbor(-1).lower_ if first.i else ""
    return before not in _SEASONAL or _following(last) in _OF_WHAT


def _whole_entity(token: Token) -> bool:
    """True if the entity that `token` is in is this one word."""
    behind = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return token.ent_iob_ == "B" and (behind is None or behind.ent_iob_ != "I")
