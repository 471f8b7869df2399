"""Judgements in the graph: stored apart from extraction, found again by words, replayed by the fold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.errors import NotFound, UsageError, quoted
from kb.fold import ReportedClaim, Rulings
from kb.ids import entity_id, first_claim_of
from kb.judgement import (
    ClaimAnchor,
    EntityAnchor,
    Judgement,
    Matter,
    Verdict,
    check,
    contradictions,
    standing,
)
from kb.resolve import JUDGED, Link, resolve
from kb.store import judgement_cypher as cypher
from kb.store.claim_rows import Reader, Row

if TYPE_CHECKING:
    from kb.store.graph import Graph, Writer


@dataclass(frozen=True, slots=True)
class Stored:
    """A judgement as the graph has it."""

    judgement: Judgement
    missing: tuple[str, ...]
    """What it speaks of and the graph does not hold, in words: such a judgement waits, and loses nothing."""


def judge(graph: Graph, judgement: Judgement) -> Judgement:
    """Store one judgement and bring events and entities up to date. UsageError if it makes no sense."""
    return judge_all(graph, [judgement])[0]


def judge_all(graph: Graph, judgements: Iterable[Judgement]) -> list[Judgement]:
    """Store judgements, all or none, and bring what they concern up to date. Storing one again changes nothing."""
    checked = [check(judgement) for judgement in judgements]
    graph.write(lambda writer: _store(writer, checked))
    return checked


def undo(graph: Graph, id_: str) -> Judgement:
    """Take a judgement back: what it joined comes apart, what it parted may join. NotFound if there is none."""
    found = [stored for stored in read_judgements(graph.read) if stored.id == id_]
    if not found:
        raise NotFound(f"there is no judgement {id_!r}: 'chronograph judge list' shows them")
    graph.write(lambda writer: _take_back(writer, found[0]))
    return found[0]


def list_judgements(graph: Graph) -> list[Stored]:
    """All judgements by time, each with what of it the graph does not hold at present."""
    judgements = sorted(read_judgements(graph.read), key=lambda j: (j.at, j.id))
    events = [j for j in judgements if j.on is Matter.EVENT]
    claims = _claims_of(graph.read, {side.article for j in events for side in _claim_sides(j)})
    wanted = {side.entity for j in judgements for side in _sides(j) if isinstance(side, EntityAnchor)}
    entities = {row["id"] for row in graph.read(cypher.ENTITIES, ids=sorted(wanted))}
    return [Stored(j, tuple(_missing(j, claims, entities))) for j in judgements]


def contradictory(graph: Graph) -> list[tuple[Judgement, Judgement]]:
    """Pairs of judgements of which only one can be right; where one says 'different', that one holds meanwhile."""
    return contradictions(read_judgements(graph.read))


def anchor_of_claim(graph: Graph, claim: str) -> ClaimAnchor:
    """How to point at a claim for good. NotFound if there is none."""
    rows = graph.read(cypher.ANCHOR_OF_CLAIM, id=claim)
    if not rows:
        raise NotFound(f"there is no claim {claim!r}")
    return ClaimAnchor(**rows[0])


def anchor_of_event(graph: Graph, event: str) -> ClaimAnchor:
    """How to point at an event for good: by the claim that told of it first. NotFound if there is none.

    An id that it had before, as the event of one of its claims alone, points at that claim; one from a claim that no
    longer stands, at the event that went on.
    """
    from kb.store.successors import successor_of

    rows = graph.read(cypher.ANCHOR_OF_EVENT, id=event)
    rows = rows or graph.read(cypher.ANCHOR_OF_STANDING_CLAIM, id=first_claim_of(event))
    if not rows and (successor := successor_of(graph, event)):
        return anchor_of_event(graph, successor)
    if not rows:
        raise NotFound.event(event, fate_of(graph.read, event))
    return ClaimAnchor(**{key: value for key, value in rows[0].items() if key != "order"})


def standing_claim(read: Reader, claim: str) -> str | None:
    """The claim that stands on the words of this one now, in the same article; None if there is none."""
    for row in read(cypher.ANCHOR_OF_CLAIM, id=claim):
        anchor = ClaimAnchor(**row)
        return _find(anchor, _claims_of(read, [anchor.article]).get(anchor.article, ()))
    return None


def fate_of(read: Reader, event: str) -> str | None:
    """Why there is no event of that id any more, in words; None if there never was one."""
    rows = read(cypher.FATE_OF_CLAIM, id=first_claim_of(event))
    if not rows or rows[0]["since"] is None:
        return None
    article, day, by = rows[0]["article"], rows[0]["since"][:10], rows[0]["withdrawn_by"]
    if by:
        return f"the article {quoted(article)} was withdrawn on {day} by {by}; --as-of shows the days before"
    return f"the article {quoted(article)} has said otherwise since {day}: 'chronograph article {article}' shows how"


def anchor_of_entity(graph: Graph, name: str) -> EntityAnchor:
    """How to point at an entity for good, by its id or one of its names. NotFound if there is none of that name."""
    rows = graph.read(cypher.ANCHOR_OF_ENTITY, ids=[name, entity_id(name)])
    rows = rows or graph.read(cypher.ENTITY_CALLED, name=name)
    if not rows:
        raise NotFound.entity(name)
    return EntityAnchor(rows[0]["id"], rows[0]["name"])


def read_judgements(read: Reader) -> list[Judgement]:
    """All judgements."""
    return [_judgement(row) for row in read(cypher.ALL)]


def rulings_for(read: Reader, claims: Collection[ReportedClaim]) -> Rulings:
    """What people judged of these claims, and of claims of other articles together with these."""
    articles = sorted({claim.article for claim in claims})
    rows = [*read(cypher.ON_ARTICLES_ONE, articles=articles), *read(cypher.ON_ARTICLES_OTHER, articles=articles)]
    judgements = standing({row["id"]: _judgement(row) for row in rows}.values())
    if not judgements:
        return Rulings()
    return rulings_of(judgements, _claims_of(read, {side.article for j in judgements for side in _claim_sides(j)}))


Rule = Callable[[Collection[ReportedClaim]], Rulings]
"""Gives what people judged of some claims."""


def ruler(read: Reader) -> Rule:
    """`rulings_for`, knowing whether anything was judged at all: mostly nothing was, and nobody needs to be asked."""
    if not read(cypher.ANY_ON_EVENTS):
        return lambda _: Rulings()
    return lambda claims: rulings_for(read, claims)


def rulings_of(judgements: Iterable[Judgement], claims: Mapping[str, list[Row]]) -> Rulings:
    """Judgements as they bear on `claims`, by article."""
    joined: set[tuple[str, str]] = set()
    parted: set[tuple[str, str]] = set()
    corrections: list[tuple[str, str, str]] = []
    for judgement in judgements:
        found = [_find(side, claims.get(side.article, ())) for side in _claim_sides(judgement)]
        known = [claim for claim in found if claim]
        if judgement.verdict is Verdict.CORRECT and known and judgement.field and judgement.value is not None:
            corrections.append((known[0], judgement.field, judgement.value))
        elif len(known) == 2 and known[0] != known[1]:
            pair = (min(known), max(known))
            if judgement.verdict is Verdict.SAME:
                joined.add(pair)
            elif judgement.verdict is Verdict.DIFFERENT:
                parted.add(pair)
    return Rulings(frozenset(joined - parted), frozenset(parted), tuple(corrections))


def all_rulings(read: Reader) -> Rulings:
    """What people judged, over the whole graph."""
    judgements = standing(j for j in read_judgements(read) if j.on is Matter.EVENT)
    return rulings_of(judgements, _claims_of(read, {side.article for j in judgements for side in _claim_sides(j)}))


def _find(anchor: ClaimAnchor, claims: Iterable[Row]) -> str | None:
    """The claim that stands on the words of `anchor`: all of them, else those that changed least."""
    ranked = [
        (rank, row["id"])
        for row in claims
        if row["trigger"] == anchor.trigger and (rank := _rank(anchor, row)) is not None
    ]
    return min(ranked)[1] if ranked else None


def _rank(anchor: ClaimAnchor, row: Row) -> tuple[bool, bool] | None:
    quote = row["quote"]
    if anchor.quote != quote and anchor.quote not in quote and quote not in anchor.quote:
        return None
    return (bool(anchor.time) and anchor.time != row["time_text"], anchor.quote != quote)


def _claims_of(read: Reader, articles: Collection[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in read(cypher.WORDS_OF_ARTICLES, ids=sorted(articles)):
        found[row["article"]].append(row)
    return found


def _missing(judgement: Judgement, claims: Mapping[str, list[Row]], entities: Collection[str]) -> Iterable[str]:
    for side in _sides(judgement):
        if isinstance(side, EntityAnchor):
            if side.entity not in entities:
                yield f"no entity {side.name or side.entity!r}"
        elif side.article not in claims:
            yield f"no article {side.article!r}"
        elif _find(side, claims[side.article]) is None:
            yield f"article {side.article!r} no longer says {side.trigger!r} in “{side.quote[:60]}”"


def _store(writer: Writer, judgements: Collection[Judgement]) -> None:
    writer.run(cypher.WRITE, rows=[_row(judgement) for judgement in judgements])
    _apply(writer, judgements)


def _take_back(writer: Writer, judgement: Judgement) -> None:
    writer.run(cypher.DELETE, id=judgement.id)
    _apply(writer, [judgement])


def _apply(writer: Writer, judgements: Collection[Judgement]) -> None:
    """Fold anew what these judgements concern."""
    from kb.store.folding import refold, threads_of_articles

    articles = {side.article for j in judgements for side in _claim_sides(j)}
    entities = {side.entity for j in judgements for side in _sides(j) if isinstance(side, EntityAnchor)}
    if entities:
        changed = resolve_entities(writer, entities)
        articles |= {row["article"] for row in writer.run(cypher.ARTICLES_NAMING, ids=sorted(changed))}
    if articles:
        refold(writer, articles=articles, threads=threads_of_articles(writer, articles))


def resolve_entities(writer: Writer, touched: Collection[str]) -> set[str]:
    """Find out anew who is who among `touched` and all they were ever linked to. Returns whose canonical id changed."""
    from kb.store.identities import likely_links

    judgements = [j for j in standing(read_judgements(writer.run)) if j.on is Matter.ENTITY]
    judged, parted = entity_links(judgements)
    known = {id_ for link in judged for id_ in (link.one, link.other)} | set(touched)
    likely = likely_links(writer, known)
    known |= {id_ for link in likely for id_ in (link.one, link.other)}
    before = {row["id"]: row for row in writer.run(cypher.CANONICAL_OF, ids=sorted(known))}
    canonical = resolve([*judged, *likely], parted, {id_: row["since"] for id_, row in before.items()})
    changed = {id_ for id_, row in before.items() if row["canonical"] != canonical.get(id_)}
    writer.run(cypher.SET_CANONICAL, rows=[{"id": id_, "canonical": canonical.get(id_)} for id_ in sorted(changed)])
    return changed


def resolve_all(writer: Writer) -> None:
    """Find out anew who is who, for all entities that somebody judged or that are resolved to another."""
    known = {row["id"] for row in writer.run(cypher.ALL_RESOLVED)}
    judged = [j for j in read_judgements(writer.run) if j.on is Matter.ENTITY]
    resolve_entities(writer, known | {s.entity for j in judged for s in _sides(j) if isinstance(s, EntityAnchor)})


def resolve_named(
    writer: Writer,
    touched: Collection[str],
    *,
    written: Iterable[Row] = (),
    fresh: Collection[str] = (),
    reclassified: Collection[str] = (),
    redated: Collection[str] = (),
) -> set[str]:
    """Find out who is who among entities of which articles say something new, or that none names any more.

    `written` are rows of those of them that were just written, `fresh` those that were not there before,
    `reclassified` those of another kind than before, `redated` those that may be named since another day. Returns the
    articles that a change of it concerns.
    """
    from kb.store.identities import keys_of, link_likely, refile_names
    from kb.store.profiles import profiles_of, read_profiles

    profiles = profiles_of(written)
    profiles |= read_profiles(writer.run, set(touched) - profiles.keys())
    keys = refile_names(writer, touched, profiles=profiles) | keys_of(writer, reclassified)
    linked = link_likely(writer, touched, keys=keys, fresh=fresh, profiles=profiles)
    judged = _judged(writer, sorted(touched))
    if not (judged or linked or redated):
        return set()
    changed = resolve_entities(writer, {row["id"] for row in judged} | linked | set(redated))
    return {row["article"] for row in writer.run(cypher.ARTICLES_NAMING, ids=sorted(changed))}


def _judged(writer: Writer, entities: list[str]) -> list[Row]:
    """Those of these entities that people judged; mostly nobody was, and nobody needs to be looked for."""
    if not writer.run(cypher.ANY_ON_ENTITIES):
        return []
    return [*writer.run(cypher.JUDGED_ONE, ids=entities), *writer.run(cypher.JUDGED_OTHER, ids=entities)]


def entity_links(judgements: Iterable[Judgement]) -> tuple[list[Link], list[tuple[str, str]]]:
    """What people judged of entities, as links and as pairs that never join."""
    links: list[Link] = []
    parted: list[tuple[str, str]] = []
    for judgement in judgements:
        ids = [side.entity for side in _sides(judgement) if isinstance(side, EntityAnchor)]
        if len(ids) == 2 and judgement.verdict is Verdict.SAME:
            links.append(Link(ids[0], ids[1], JUDGED, f"judged to be the same by {judgement.by}"))
        if len(ids) == 2 and judgement.verdict is Verdict.DIFFERENT:
            parted.append((ids[0], ids[1]))
    return links, parted


def _sides(judgement: Judgement) -> list[ClaimAnchor | EntityAnchor]:
    return [side for side in (judgement.one, judgement.other) if side is not None]


def _claim_sides(judgement: Judgement) -> list[ClaimAnchor]:
    return [side for side in _sides(judgement) if isinstance(side, ClaimAnchor)]


def _row(judgement: Judgement) -> Row:
    row: Row = {
        "id": judgement.id,
        "on": judgement.on.value,
        "verdict": judgement.verdict.value,
        "by": judgement.by,
        "at": judgement.at,
        "why": judgement.why,
        "field": judgement.field,
        "value": judgement.value,
    }
    for name, side in (("one", judgement.one), ("other", judgement.other)):
        for part in _PARTS:
            row[f"{name}_{part}"] = getattr(side, part, None)
    return row


_PARTS = ("article", "quote", "trigger", "time", "entity", "name")


def _judgement(row: Row) -> Judgement:
    on = Matter(row["on"])
    return Judgement(
        on=on,
        verdict=Verdict(row["verdict"]),
        one=_side(on, row, "one"),
        other=_side(on, row, "other") if row["other_article"] or row["other_entity"] else None,
        by=row["by"],
        at=row["at"],
        why=row["why"] or "",
        field=row["field"],
        value=row["value"],
    )


def _side(on: Matter, row: Row, name: str) -> ClaimAnchor | EntityAnchor:
    make: Callable[..., ClaimAnchor | EntityAnchor] = ClaimAnchor if on is Matter.EVENT else EntityAnchor
    parts = ("article", "quote", "trigger", "time") if on is Matter.EVENT else ("entity", "name")
    values: dict[str, Any] = {part: row[f"{name}_{part}"] or "" for part in parts}
    return make(**values)


__all__ = [
    "Rule",
    "Stored",
    "UsageError",
    "all_rulings",
    "anchor_of_claim",
    "anchor_of_entity",
    "anchor_of_event",
    "contradictory",
    "judge",
    "judge_all",
    "list_judgements",
    "resolve_all",
    "resolve_entities",
    "resolve_named",
    "ruler",
    "rulings_for",
    "undo",
]
