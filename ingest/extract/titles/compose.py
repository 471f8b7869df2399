"""Titles of triggers: the clause around one, with what it leaves out and what was said before it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import islice

from ingest.extract.ellipsis import Gap, done_before, in_form_of, may_act
from ingest.extract.grammar import ANY_SUBJECT, OBJECTS, TENSES, Reading, auxiliaries, is_passive, is_verb, own_subject
from ingest.extract.naming import short_name
from ingest.extract.titles.bounds import clause_start, dateline_end
from ingest.extract.titles.forms import is_plural, present_form
from ingest.extract.titles.fuller import clauses_above, is_torn_off, says_too_little, sentence_around, way_down
from ingest.extract.titles.head import (
    claim_above,
    clause_about,
    clause_around,
    clause_head,
    clause_of_gerund,
    clause_of_incident,
    clause_of_occasion,
    clause_of_participle,
    clause_of_text,
    noun_before,
    text_told_by,
    with_subject,
    without_clause,
)
from ingest.extract.titles.kept import kept_of
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.line import LONGEST, cut
from ingest.extract.titles.phrase import short_phrase
from ingest.extract.titles.room import length, with_name_alone, without_asides, without_end
from ingest.extract.titles.subjects import any_subject
from ingest.extract.titles.teller import Teller, teller_behind, teller_of, told_by_the_way
from ingest.extract.titles.trimmed import THIN, trimmed
from ingest.extract.titles.wording import PRONOUNS, within_sentence, words_of
from ingest.extract.triggers import lemma
from ingest.nlp.words import Token

FEW = 5
"""Words of an occasion that is told with what is said there."""
_OF_SPEAKER = frozenset(("I", "I'm", "my", "we", "our"))
"""First words of what somebody says of himself: "Ada Roe tells lawmakers: we have paid"."""
_BARE = 3
"""Words of a text that is out, without what it tells."""
_CLIMB = 4
_SHORT = 60
"""Tokens of a quotation that still fit into a title."""


def title_of(reading: Reading, trigger: Token, *, saying: Container[str], gap: Gap | None = None) -> str:
    """A line of at most 100 characters that reads like an entry of a timeline.

    `saying` holds the lemmas of the verbs that a quotation may stand before; `gap` is what the clause leaves out.
    """
    reading = without_clause(reading, trigger)
    line = _own_line(reading, trigger, saying, gap)
    if gap is None and says_too_little(line):
        for verb in clauses_above(trigger):
            fuller = cut(_with_way(reading, verb, trigger, saying))
            if trigger.text in fuller and not fuller.endswith("…") and not says_too_little(fuller):
                return fuller
    if is_torn_off(reading, line, trigger) and (sentence := sentence_around(reading, trigger)):
        return cut(sentence.split())
    return line


def _with_way(reading: Reading, verb: Token, trigger: Token, saying: Container[str]) -> list[str]:
    """The words of the clause of `verb`, with the part of it that `trigger` stands in, which may stand before it."""
    way = way_down(reading, verb, trigger)
    if is_verb(trigger) or way[0].i > verb.i:
        return _title_words(reading, verb, trigger, saying, besides=() if is_verb(trigger) else way)
    words = words_of(reading, way, trigger)
    return [*_title_words(reading, verb, verb, saying), within_sentence(reading, way[0], words[0]), *words[1:]]


def _own_line(reading: Reading, trigger: Token, saying: Container[str], gap: Gap | None) -> str:
    """The line of the clause that the trigger stands in."""
    head = with_subject(reading, clause_head(trigger))
    words = _title_words(reading, head, trigger, saying, gap)
    adverbial = not is_verb(head) or head.dep_ in ("pobj", "pcomp")
    if len(words) <= THIN and adverbial and (verb := clause_around(trigger)) is not None:
        fuller = _title_words(reading, with_subject(reading, verb), trigger, saying)
        words = fuller if len(fuller) > THIN else words
        head = verb if len(fuller) > THIN else head
    if (claim := claim_above(head)) is not None:
        return cut([*words_of(reading, short_phrase(reading, claim), claim), *words])
    if len(words) <= _BARE and (told_by := text_told_by(head)) is not None:
        return cut(_as_told_by(reading, *told_by, trigger, saying))
    happened = clause_of_incident(head) or (clause_of_text(reading, head, saying) if len(words) <= _BARE else None)
    if happened is not None:
        return cut(_title_words(reading, with_subject(reading, happened), trigger, saying))
    told = clause_about(head) or clause_of_participle(reading, head)
    told = told or (clause_of_occasion(head) if len(words) <= FEW else None)
    if told is None and words[0].lower() in (t.lower_ for t in (head, *auxiliaries(head))):
        told = clause_of_gerund(head)
    if told is not None and told.i != head.i:
        fuller_line = cut(_title_words(reading, with_subject(reading, told), trigger, saying))
        if trigger.text in fuller_line:
            return fuller_line
    if len(words) == 1 and (fuller_line := _around(reading, head, trigger, saying)):
        return fuller_line
    if len(words) == 1 and (noun := noun_before(reading, head)) is not None:
        words = [short_name(reading, noun), words[0][:1].lower() + words[0][1:]]
    return cut(words) or trigger.text


def _as_told_by(reading: Reading, text: Token, told: Token, trigger: Token, saying: Container[str]) -> list[str]:
    """What a text tells, behind what it is called: "Results of inquiry: executives failed"."""
    named = words_of(reading, short_phrase(reading, text), text)
    words = _title_words(reading, with_subject(reading, told), trigger, saying)
    first = own_subject(told) or told
    return [*named[:-1], f"{named[-1]}:", within_sentence(reading, first.left_edge, words[0]), *words[1:]]


def _around(reading: Reading, head: Token, trigger: Token, saying: Container[str]) -> str:
    """The title of the nearest clause above that tells of the trigger too; empty if there is none."""
    for verb in islice(head.ancestors, _CLIMB):
        if is_verb(verb) and own_subject(verb) is not None:
            line = cut(_title_words(reading, with_subject(reading, verb), trigger, saying))
            if trigger.text in line:
                return line
    return ""


def phrase_title(reading: Reading, noun: Token, *, saying: Container[str]) -> str:
    """The noun with what belongs to it, without the clause it stands in: "Theft of jewels"."""
    return cut(_title_words(reading, noun, noun, saying)) or noun.text


def _title_words(
    reading: Reading,
    head: Token,
    trigger: Token,
    saying: Container[str],
    gap: Gap | None = None,
    *,
    besides: Iterable[Token] = (),
) -> list[str]:
    behind_it = teller_behind(head, saying)
    kept = trimmed(reading, head, trigger, None if behind_it is None else behind_it.end, besides)
    teller = teller_of(head, saying)
    said = _said_before(head, saying) if teller is None else teller.said
    told = [] if said is None else _kept_of_said(reading, said, None if teller is None else teller.end)
    if said is None and (said := told_by_the_way(head, saying)) is not None:
        apart = {t.i for t in head.subtree}
        told = [t for t in _kept_of_said(reading, said, None) if t.i not in apart]
    if teller is not None:
        kept = [*_who_tells(reading, teller), *(t for t in kept if t.i >= head.i)]
    if said is not None:
        kept = without_asides(_saying(reading, kept, head), head, trigger)
        kept = _with_room_for(reading, told, said, kept, head)
    own = _told_in_full(reading, kept, head, gap, None if teller is None else teller.subject)
    fronted = [] if said is None else _fronted(reading, said, told, LONGEST - len(" ".join(own)))
    if fronted and (kept[-1].i != head.i or fronted[0] in _OF_SPEAKER):
        own[-1] += ":"
    doer = _doer_behind(head) or _doer_before(reading, head)
    if doer is not None and len(own) > 1 and kept[0].i == head.i:
        who = words_of(reading, short_phrase(reading, doer), doer.head)
        if who[0].lower() not in PRONOUNS:
            return [*who, present_form(head.lemma_, plural=is_plural(reading, doer)), *own[1:], *fronted]
    behind = _behind(reading, head)
    if behind and kept[0].i == head.i:
        own[0] = own[0].lower()
    return [*behind, *own, *fronted]


def _told_in_full(
    reading: Reading, kept: list[Token], head: Token, gap: Gap | None, subject: Token | None
) -> list[str]:
    """The words of the clause, with what it leaves out: "do so" said again, or another subject for its verb.

    `subject` is that of the verb where the parser gives it a wrong one.
    """
    if gap is not None and gap.verb.i == head.i:
        inside = {t.i for t in gap.old.subtree if t.i != head.i}
        at = next((i for i, t in enumerate(kept) if t.i in inside), 0)
        inside |= {gap.new.i, gap.new.head.i} - {head.i}
        rest = [t for t in kept[at:] if t.i not in inside]
        new = short_phrase(reading, gap.new)
        other = gap.new if gap.old.dep_ in ANY_SUBJECT else None
        parts = (words_of(reading, part, head, other) for part in (kept[:at], new, rest) if part)
        return [word for part in parts for word in part]
    meant = done_before(reading, head)
    if meant is None:
        return words_of(reading, kept, head, subject)
    subject = any_subject(reading, head)
    form = in_form_of(head, meant)
    if form is None:
        form = present_form(meant.lemma_, plural=subject is not None and is_plural(reading, subject))
    before = [t for t in kept if t.i < head.i]
    behind = [t for t in kept if t.i > head.i + 1 or (t.i == head.i + 1 and t.lower_ != "so")]
    said = sorted({t for t in kept_of(reading, meant) if t.i > meant.i}, key=lambda t: t.i)
    told = words_of(reading, said, meant) if said else []
    return [*(words_of(reading, before, head) if before else []), form, *told, *words_of(reading, behind, head)]


def _saying(reading: Reading, kept: list[Token], head: Token) -> list[Token]:
    """Who says it, the verb and the rest of `kept`."""
    subject = own_subject(head)
    if subject is None or subject.i < head.i or kept[0].i != head.i:
        return kept
    who = {t.i for t in short_phrase(reading, subject)}
    return [*(t for t in kept if t.i in who), *(t for t in kept if t.i not in who)]


def _with_room_for(reading: Reading, told: list[Token], said: Token, kept: list[Token], head: Token) -> list[Token]:
    """`kept`, which says who says it, with a name alone if it leaves too little room for what is `told`."""
    room = LONGEST - length(kept)
    fits = length(told) <= room or length(without_end(told, said, said, room)) <= room
    return kept if fits else with_name_alone(reading, kept, head)


def _fronted(reading: Reading, said: Token, kept: list[Token], room: int) -> list[str]:
    """What is said, without adjuncts at its end if it is longer than `room`."""
    kept = without_end(kept, said, said, room)
    words = words_of(reading, kept, said)
    return [within_sentence(reading, kept[0], words[0]), *words[1:]]


def _kept_of_said(reading: Reading, said: Token, end: int | None) -> list[Token]:
    """What is kept of what is said, between a dateline and the index `end`."""
    start, end = dateline_end(said), len(said.doc) if end is None else end
    return sorted({t for t in kept_of(reading, said) if start <= t.i < end or t.i == said.i}, key=lambda t: t.i)


def _who_tells(reading: Reading, teller: Teller) -> list[Token]:
    """Who tells, without asides where the parser knows the subject, else without articles and times."""
    subject = own_subject(teller.verb)
    if subject is not None and subject.i > teller.end:
        return [t for t in short_phrase(reading, subject) if teller.end < t.i < teller.verb.i]
    return [t for t in teller.who if t.i not in reading.times and t.lower_ not in title_lexicon().articles]


def _said_before(head: Token, saying: Container[str]) -> Token | None:
    """What is said, where it stands before the saying: the "go" of "I will go, she said" -> She says … I will go."""
    found = head.lemma_ in title_lexicon().finding and not is_passive(head)
    if not (found or lemma(head, saying) in saying):
        return None
    teller = head.head if head.dep_ == "acl" and head.head.dep_ == "ROOT" else head
    said = next((t for t in teller.lefts if _is_said(t)), None)
    if said is None or said.i < clause_start(head):
        return None
    return None if len(list(said.subtree)) > _SHORT or said.right_edge.nbor().text == ":" else said


def _is_said(clause: Token) -> bool:
    """True for a clause that the parser takes for what is said, or for a finite one without "as" or "when"."""
    if clause.dep_ != "advcl":
        return clause.dep_ == "ccomp"
    opened = any(t.dep_ == "mark" or t.tag_ == "WRB" for t in clause.lefts)
    return clause.tag_ in TENSES and own_subject(clause) is not None and not opened


def _doer_behind(head: Token) -> Token | None:
    """Who does what a gerund before its clause says: the mayor of "Speaking at the port, the mayor said".

    So does a gerund behind "after" or "while", which tells of a fact too.
    """
    within = title_lexicon().at_once
    led = (
        head.dep_ == "pcomp"
        and head.head.dep_ == "prep"
        and (head.head.lower_ in within or head.head.lower_ == "since")
    )
    main = head.head.head if led else head.head
    if head.tag_ != "VBG" or not (led or head.dep_ == "advcl") or head.i > main.i or not is_verb(main):
        return None
    marks = [t for t in head.lefts if t.dep_ in ("mark", "neg") or t.tag_ == "WRB"]
    if auxiliaries(head) or own_subject(head) is not None or any(t.lower_ not in within for t in marks):
        return None
    subject = own_subject(main)
    return None if subject is None or not head.i < subject.i < main.i else subject


def _doer_before(reading: Reading, gerund: Token) -> Token | None:
    """Who did what a gerund behind its clause says: the jockey of "The jockey retired after falling".

    None unless the clause tells of a fact, and of somebody who may act.
    """
    led, words = gerund.head, title_lexicon()
    if gerund.tag_ != "VBG" or gerund.dep_ != "pcomp" or led.lower_ not in words.at_once | words.before_that:
        return None
    main = led.head
    helping = auxiliaries(main) if is_verb(main) and main.i < led.i else ()
    denied = any(t.dep_ == "neg" for t in main.children) or any(t.tag_ in ("MD", "TO", "VB") for t in helping)
    subject = own_subject(main) if main.tag_ in ("VBD", "VBN", "VBG") and not denied else None
    acts = subject is not None and (
        may_act(reading, subject) or (subject.pos_ == "PROPN" and not reading.kind(subject))
    )
    return subject if acts and subject is not None and subject.i < main.i else None


def _behind(reading: Reading, head: Token) -> list[str]:
    """Whom a participle before its clause is about: the draft of "First read in May, the draft was revised"."""
    main = head.head
    if head.dep_ != "advcl" or head.tag_ not in ("VBN", "VBD") or head.i > main.i or not is_verb(main):
        return []
    subject = own_subject(main)
    bare = not auxiliaries(head) and own_subject(head) is None and not any(t.dep_ in OBJECTS for t in head.children)
    if subject is None or subject.i < head.i or subject.i in reading.times or not bare:
        return []
    if subject.lower_ in PRONOUNS or head.lemma_ in title_lexicon().asking | title_lexicon().telling:
        return []
    return words_of(reading, short_phrase(reading, subject), subject)
