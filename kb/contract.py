"""An extraction as JSON: the public format of `chronograph extract`, key for key.

Offsets count characters of `article.text`; every span is checked against the text before anything is printed.
"""

from __future__ import annotations

import json
from typing import Any

from kb.model import Article, Claim, Entity, Extraction, Span, TimeMention, When
from kb.timevalue import Offset, TimeValue

Json = dict[str, Any]


def dump(extraction: Extraction) -> str:
    """One line of JSON; the same extraction gives the same bytes."""
    return json.dumps(to_json(extraction), ensure_ascii=False)


def to_json(extraction: Extraction) -> Json:
    """The extraction with the keys and the key order of the contract.

    Raises AssertionError when a span does not hold the text at its offsets: that is a mistake in the program.
    """
    verify_spans(extraction)
    return {
        "article": _article(extraction.article),
        "times": [_time(mention) for mention in extraction.times],
        "entities": [_entity(entity) for entity in extraction.entities],
        "claims": [_claim(claim) for claim in extraction.claims],
    }


def verify_spans(extraction: Extraction) -> None:
    """Raise AssertionError unless `text[start:end]` is the text of every span, character for character."""
    text = extraction.article.text
    for span in _spans(extraction):
        if text[span.start : span.end] != span.text:
            raise AssertionError(f"article {extraction.article.id}: {span.text!r} is not at {span.start}:{span.end}")


def _spans(extraction: Extraction) -> list[Span]:
    spans = [mention.span for mention in extraction.times]
    spans += [mention for entity in extraction.entities for mention in entity.places]
    for claim in extraction.claims:
        spans += [claim.trigger, claim.sentence]
        if claim.when is not None:
            spans.append(claim.when.span)
    return spans


def _article(article: Article) -> Json:
    return {
        "id": article.id,
        "path": article.path,
        "url": article.url,
        "title": article.title,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "text": article.text,
    }


def _time(mention: TimeMention) -> Json:
    time = mention.time
    return {
        **_span(mention.span),
        "type": time.type.value,
        "value": time.value,
        "first_day": time.interval.first_day if time.interval else None,
        "last_day": time.interval.last_day if time.interval else None,
        "precision": time.precision.value if time.precision else None,
        "basis": time.basis.value if time.basis else None,
        **_more_of(time),
    }


def _more_of(time: TimeValue) -> Json:
    """What only some times have; a key is left out where there is nothing to say."""
    more = {
        "mod": time.mod,
        "quant": time.quant,
        "freq": time.freq,
        "unresolved": time.unresolved,
        "flags": list(time.flags),
        **_offset(time.offset),
    }
    return {key: value for key, value in more.items() if value}


def _offset(offset: Offset | None) -> Json:
    """What a legal clock counts from, so that it can be counted again when its anchor moves."""
    if offset is None:
        return {}
    counted_from = offset.counted_from.isoformat() if offset.counted_from else None
    numbers = {"amount": offset.amount, "unit": offset.unit}
    return {"offset": {**numbers, "anchor": offset.anchor, "counted_from": counted_from}}


def _entity(entity: Entity) -> Json:
    mentions = [_span(mention) for mention in entity.places]
    return {"id": entity.id, "name": entity.name, "kind": entity.kind.value, "mentions": mentions}


def _claim(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "type": claim.type,
        "status": claim.status.value,
        "title": claim.title,
        "trigger": _span(claim.trigger),
        "when": _when(claim.when) if claim.when else None,
        "actors": [{"role": actor.role, "entity": actor.entity, "name": actor.name} for actor in claim.actors],
        "attributed_to": claim.attributed_to,
        "sentence": {"start": claim.sentence.start, "end": claim.sentence.end},
        "confidence": claim.confidence,
    }


def _when(when: When) -> Json:
    return {
        **_span(when.span),
        "first_day": when.interval.first_day,
        "last_day": when.interval.last_day,
        "precision": when.precision.value,
        "basis": when.basis.value,
        **_offset(when.offset),
    }


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end, "text": span.text}
