"""A small story, made by hand: what the pages show in the tests of the UI and of the browser."""

from __future__ import annotations

import re
from datetime import date

from kb.config import Settings
from kb.ids import claim_id, entity_id, version_id
from kb.model import Actor, Article, Claim, Entity, EntityKind, Extraction, Span, Status, When
from kb.store import open_graph
from kb.store.record import record
from kb.timevalue import Basis, Interval, Precision

TIKTOK, BYTEDANCE, COURT = "TikTok", "ByteDance", "Supreme Court of the United States"
KINDS = {TIKTOK: EntityKind.PRODUCT, BYTEDANCE: EntityKind.COMPANY, COURT: EntityKind.COURT}

HEARING = "The Supreme Court held a two-hour hearing on January 10 about the future of TikTok."
DUE = "ByteDance must sell TikTok by January 19, 2025, or face a ban."
MOVED = "The deadline of January 19, 2025 was dropped, an official said."
LAUNCH = "In March 2024 TikTok launched a shopping service."

SCRIPT = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
TRICKS = "**bold** [link](javascript:alert(1)) :red[red] :smile: $x^2$ `code` # head"
HOSTILE_NAME = f"Evil {SCRIPT} {TRICKS} \u202egnp.exe"
HOSTILE_SENTENCE = f"Evil {SCRIPT} {TRICKS} \u202e said it would sue on May 5, 2024."
FORMULA = "=HYPERLINK(1) was announced on May 6, 2024."


def fill(settings: Settings) -> None:
    """Write the story into the store of `settings`."""
    with open_graph(settings, create=True) as graph:
        record(graph, EARLIER, recorded_at="2025-01-30T00:00:00Z", extractor="sample")
        record(graph, EXTRACTIONS, recorded_at="2025-02-01T00:00:00Z", extractor="sample")


def _article(id_: str, title: str | None, published: date | None, source: str, *sentences: str) -> Article:
    text = "\n\n".join(sentences)
    return Article(id_, text, title, published, source, url=f"https://{id_}.example/story", language="en")


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def _claim(
    article: Article,
    sentence: str,
    trigger: str,
    *,
    type_: str,
    status: Status,
    title: str,
    actors: tuple[tuple[str, str], ...],
    when: tuple[str, Interval, Precision] | None = None,
    said_by: str | None = None,
    cues: tuple[str, ...] = (),
) -> Claim:
    """A claim whose offsets come from the words themselves."""
    place = _span(article.text, sentence)
    head = _span(sentence, trigger)
    time = None
    if when:
        words = _span(sentence, when[0])
        span = Span(place.start + words.start, place.start + words.end, words.text)
        time = When(span, when[1], when[2], Basis.EXPLICIT)
    version = version_id(article.id, article.title, article.published, article.text)
    return Claim(
        id=claim_id(version, place.start + head.start, time.span.start if time else None),
        type=type_,
        status=status,
        title=title,
        trigger=Span(place.start + head.start, place.start + head.end, trigger),
        sentence=place,
        when=time,
        actors=tuple(Actor(role, entity_id(name), name) for role, name in actors),
        attributed_to=said_by,
        confidence=0.9,
        cues=cues,
    )


def _extraction(article: Article, *claims: Claim, extra: tuple[str, ...] = ()) -> Extraction:
    names = dict.fromkeys([*(actor.name for claim in claims for actor in claim.actors), *extra])
    entities = tuple(
        Entity(entity_id(name), name, KINDS.get(name, EntityKind.OTHER), _mentions(article.text, name))
        for name in names
    )
    return Extraction(article, (), entities, claims)


def _mentions(text: str, name: str) -> tuple[Span, ...]:
    words = "Supreme Court" if name == COURT else name if name in text else text.split(maxsplit=1)[0]
    return tuple(Span(found.start(), found.end(), words) for found in re.finditer(re.escape(words), text))


def _day(year: int, month: int, day: int) -> Interval:
    return Interval.day(date(year, month, day))


_january = ("January 10", _day(2025, 1, 10), Precision.DAY)
_due = ("January 19, 2025", _day(2025, 1, 19), Precision.DAY)

_post = _article("harbor", "TikTok waits for the court", date(2025, 1, 12), "Harbor Post", HEARING, DUE)
_ledger = _article("ledger", "A deadline goes", date(2025, 1, 21), "Capital Ledger", MOVED, LAUNCH)
_wire = _article("wire", "Ninety minutes, two hours", date(2025, 1, 11), "Wire Nine", HEARING)
_evil = _article("evil", HOSTILE_NAME, date(2024, 5, 7), SCRIPT, HOSTILE_SENTENCE, FORMULA, "x" * 3000)
_bare = _article("bare", None, None, "Notebook", "Nothing is stated here.")

_hearing = (("court", COURT), ("matter", TIKTOK))
_seller = (("obliged", BYTEDANCE), ("object", TIKTOK))

EXTRACTIONS = (
    _extraction(
        _post,
        _claim(
            _post, HEARING, "hearing", type_="court_hearing", status=Status.OCCURRED, when=_january, actors=_hearing,
            title="Supreme Court hearing on TikTok",
        ),
        _claim(
            _post, DUE, "sell", type_="deadline", status=Status.SCHEDULED, when=_due, actors=_seller, cues=("must",),
            title="ByteDance to sell TikTok",
        ),
    ),
    _extraction(
        _ledger,
        _claim(
            _ledger, MOVED, "deadline", type_="deadline", status=Status.CANCELLED, when=_due, actors=_seller,
            title="Deadline to sell TikTok dropped", said_by="an official", cues=("dropped",),
        ),
        _claim(
            _ledger, LAUNCH, "launched", type_="product_launch", status=Status.OCCURRED, actors=(("maker", TIKTOK),),
            when=("March 2024", Interval.month(2024, 3), Precision.MONTH), title="TikTok launches a shopping service",
        ),
        _claim(
            _ledger, MOVED, "said", type_="statement", status=Status.OCCURRED, actors=(("about", TIKTOK),),
            title="An official speaks",
        ),
    ),
    _extraction(
        _wire,
        _claim(
            _wire, HEARING, "hearing", type_="court_hearing", status=Status.OCCURRED, when=_january, actors=_hearing,
            title="A hearing on TikTok",
        ),
    ),
    _extraction(
        _evil,
        _claim(
            _evil, HOSTILE_SENTENCE, "sue", type_="lawsuit_filed", status=Status.PROPOSED, said_by=SCRIPT,
            actors=(("plaintiff", HOSTILE_NAME),), when=("May 5, 2024", _day(2024, 5, 5), Precision.DAY),
            title=HOSTILE_NAME,
        ),
        _claim(
            _evil, FORMULA, "announced", type_="statement", status=Status.DENIED,
            actors=(("speaker", "=HYPERLINK(1)"),), when=("May 6, 2024", _day(2024, 5, 6), Precision.DAY),
            title="=HYPERLINK(1) " + "long " * 4000,
        ),
    ),
    _extraction(_bare),
)  # fmt: skip

EARLIER = (
    _extraction(
        _article(
            "wire",
            "Ninety minutes, two hours",
            date(2025, 1, 11),
            "Wire Nine",
            HEARING.replace("two-hour", "long"),
            SCRIPT,
        )
    ),
)
"""What the store held of an article before its text changed."""
