"""Days that the text lends to an event without one of its own: a heading, an answer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.extract.grammar import Reading, tokens_of
from ingest.extract.modality import ends_in_question
from ingest.nlp.words import Token
from kb.model import TimeMention

_LONGEST_HEADING = 120
_LONGEST_LIST = 1000
"""Characters from a heading to the last entry of the list under it."""
_FRAMES = ("in", "on", "at", "by", "from", "until", "since", "only", "a", ":")
"""Words that may stand with the time in an answer that is nothing but a time: "A: On January 19"."""
_MOST_FRAMES, _LONGEST_ANSWER = 4, 14


@dataclass(frozen=True, slots=True)
class Context:
    """What the article offers: its headings, and its answers by the sentence before them."""

    headings: Sequence[TimeMention]
    answers: Mapping[int, TimeMention]
    """Index of the last token of a question -> the time that answers it."""

    def answer_to(self, trigger: Token) -> TimeMention | None:
        """The time that answers the question of `trigger`: "When did it sue? In March."."""
        return self.answers.get(trigger.sent.end - 1)

    def heading_above(self, offset: int) -> TimeMention | None:
        """The last heading before `offset`."""
        at = bisect_right(self.headings, offset, key=lambda m: m.span.end) - 1
        return self.headings[at] if at >= 0 else None

    def listed_under(self, offset: int) -> TimeMention | None:
        """The heading of the list that the line at `offset` is in: not far above it."""
        heading = self.heading_above(offset)
        return heading if heading is not None and offset - heading.span.end <= _LONGEST_LIST else None


def context_of(reading: Reading, times: Sequence[TimeMention]) -> Context:
    """The headings and answers of one article."""
    dated = [mention for mention in times if mention.time.interval is not None]
    headings = [mention for mention in dated if _fills_line(reading.text, mention)]
    return Context(headings, dict(_answers(reading, dated)))


def _fills_line(text: str, mention: TimeMention) -> bool:
    """True for an expression that has a line to itself: what stands below, up to the next one, is of that day."""
    span = mention.span
    start = text.rfind("\n", max(0, span.start - _LONGEST_HEADING), span.start) + 1
    end = text.find("\n", span.end, span.end + _LONGEST_HEADING)
    if span.start - start > _LONGEST_HEADING:
        return False
    line = text[start : end if end >= 0 else span.end + _LONGEST_HEADING]
    return line.strip(" \t#*•-–—:.[]()") == span.text


def _answers(reading: Reading, times: Sequence[TimeMention]) -> Iterator[tuple[int, TimeMention]]:
    """Questions with "when" that the next sentence answers with a time and nothing else."""
    for mention in times:
        expression = tokens_of(reading.doc, mention.span.start, mention.span.end)
        if len(expression) == 0 or not expression[0].has_dep():
            continue
        sentence = expression.sent
        if sentence.end - sentence.start > _LONGEST_ANSWER or sentence.start == 0:
            continue
        rest = [t for t in sentence if t.i not in reading.times and not t.is_punct and not t.is_space]
        framed = all(t.lower_ in _FRAMES or t.text in ("A", "A.") for t in rest) and len(rest) <= _MOST_FRAMES
        if framed:
            question = reading.doc[sentence.start - 1].sent
            if any(t.lower_ == "when" for t in question) and ends_in_question(question):
                yield question.end - 1, mention
