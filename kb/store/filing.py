"""Files claims, texts and names in the index of places beside the graph, and finds there what may belong to them.

The index follows the graph: articles bear the number of the transaction that filed them last (`Article.filed`), `Meta`
that of the last one that filed any. Whoever comes to an index that has not seen that one (another process filed, on
another machine, or a process was killed between the two) first brings it up to date from the graph; an index of another
graph, or none, is made from all that stands. Names follow the articles that name them, or did when they were withdrawn;
where one came anew since and names somebody no more (`Meta.unnamed`), all names are filed anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from kb.copies import Sketch, in_common, sketch
from kb.fold import ReportedClaim, finds, postings, related, search_for
from kb.fold.filing import Posting
from kb.fold.likeness import Link
from kb.fold.outline import Outlines, outline_of, unpacked
from kb.fold.packing import pack, unpack
from kb.fold.rulings import Pair
from kb.fold.strangers import breadth, telling_things
from kb.fold.strangers import in_common as things_in_common
from kb.resolve import Profile, block_keys
from kb.store import copies_cypher as copies
from kb.store import filing_cypher as cypher
from kb.store import identities_cypher as identities
from kb.store.claim_rows import Reader, Row, reported_claims_of
from kb.store.folding_cypher import CLAIMS_OF_ARTICLES
from kb.store.judgements import ruler
from kb.store.places import Found, Naming, Place, Places, Search, Span
from kb.store.profiles import read_profiles
from kb.store.rebuilding_cypher import SOME_ARTICLES
from kb.store.record_cypher import ENTITIES_OF_ARTICLES

if TYPE_CHECKING:
    from kb.store.graph import Graph, Writer

_AT_ONCE = 100
"""Articles read at once to make the index from."""
_NAMES_AT_ONCE = 400
"""Entities read at once for that."""
Named = tuple[str, str]
"""An entity, and a key of one of its names."""
_TEXT = "text of "


def file_claims(writer: Writer, claims: Iterable[ReportedClaim], articles: Collection[str]) -> None:
    """File all claims of these articles anew."""
    _file_claims(places_of(writer), claims, articles)
    _note(writer, articles)


def unfile_claims(writer: Writer, articles: Collection[str]) -> None:
    """Take the claims of these articles out of where they are filed, and whom they name.

    The index is brought up to date even for none: whoever writes first what it lacks would file that twice.
    """
    places = places_of(writer)
    places.remove(articles)
    places.forget_naming(articles)
    _note(writer, articles)


def note_naming(writer: Writer, named: Mapping[str, Naming]) -> None:
    """Note whom these articles name."""
    places_of(writer).note_naming(named)
    _note(writer, named)


def note_naming_again(writer: Writer, articles: Collection[str]) -> None:
    """Note whom these articles name, as the graph has it by now."""
    note_naming(writer, _naming_of(writer.run, articles))


def related_near(
    store: Graph | Writer, claims: Collection[ReportedClaim], *, apart_from: Set[str] = frozenset()
) -> tuple[set[str], list[Link]]:
    """Claims of other articles to which one of these is related, without those in `apart_from`, and what links them."""
    found: set[str] = set()
    links: dict[Pair, Link | None] = {}
    for one, other in claims_near(store, claims, apart_from=apart_from):
        weighed: dict[Pair, Link | None] = {}
        if related(one, other, weighed) and finds(one, other):
            found.add(other.id)
            links |= weighed
    return found, [link for link in links.values() if link]


def claims_near(
    store: Graph | Writer, claims: Iterable[ReportedClaim], *, apart_from: Set[str] = frozenset()
) -> list[tuple[ReportedClaim, ReportedClaim]]:
    """Each of these claims with those filed where its article looks, by one that is no stranger to it, to which it may
    be related by their outlines. The latter are as they were filed, and not in `apart_from`."""
    own: defaultdict[str, list[ReportedClaim]] = defaultdict(list)
    for claim in claims:
        own[claim.article].append(claim)
    days, others = ([look(some) for some in own.values()] for look in (_search_of_days, _search))
    with _reading(store) as places:
        of_days = places.find_each(days, in_common=partial(things_in_common, one_day=True))
        of_others = places.find_each(others, in_common=partial(things_in_common, one_day=False))
        near = [
            (claim, thing)
            for some, *found in zip(own.values(), of_days, of_others, strict=True)
            for claim, thing in _alike(some, set().union(*found), apart_from)
        ]
        kept = places.kept_of({thing.owner for _, thing in near})
    wanted = {thing.id for _, thing in near}
    filed = {claim.id: claim for data in kept.values() for claim in unpack(data, wanted)}
    return [(claim, filed[thing.id]) for claim, thing in near]


def _alike(
    claims: Iterable[ReportedClaim], things: Iterable[Found], apart_from: Set[str]
) -> Iterator[tuple[ReportedClaim, Found]]:
    """Claims of one article, each with those of these that it may be related to by their outlines."""
    outlines = Outlines(claims)
    others = (thing for thing in sorted(things) if thing.about and thing.id not in apart_from)
    return ((claim, thing) for thing in others for claim in outlines.like(unpacked(thing.about)))


def _search_of_days(claims: Collection[ReportedClaim]) -> Search:
    """Where all is filed that could be linked to claims of one article and is told of the days that they tell."""
    places = set().union(*[search_for(claim).days for claim in claims])
    days = [Span(key, day, day) for key, day in places if day]
    return Search([key for key, day in places if not day], days, *_known(claims))


def _search(claims: Collection[ReportedClaim]) -> Search:
    """Where all else is filed that claims of one article could be linked or tied to."""
    wanted = [search_for(claim) for claim in claims]
    spans = {Span(month, one.first, one.last) for one in wanted for month in one.months}
    return Search(set().union(*[one.keys for one in wanted]), spans, *_known(claims))


def _known(claims: Collection[ReportedClaim]) -> tuple[frozenset[str], int]:
    """All telling things that an article and its claims name, and how many its profile does."""
    return frozenset().union(*map(telling_things, claims)), min(map(breadth, claims), default=0)


def as_filed(writer: Writer, rows: Iterable[Row]) -> dict[str, ReportedClaim]:
    """Claims by id as they were filed: as people corrected them, with canonical entities.

    `rows` have their ids and articles, and the `origin` of the text as it is by now.
    """
    rows = list(rows)
    origins = {row["id"]: row["origin"] for row in rows}
    kept = places_of(writer).kept_of({row["article"] for row in rows})
    claims = chain.from_iterable(unpack(data, origins) for data in kept.values())
    return {claim.id: _of_origin(claim, origins[claim.id]) for claim in claims}


def _of_origin(claim: ReportedClaim, origin: str) -> ReportedClaim:
    return claim if claim.origin == origin else replace(claim, origin=origin)


def file_texts(writer: Writer, sketches: Mapping[str, Sketch]) -> None:
    """File the texts of articles under these keys, in place of what they were filed under."""
    places = places_of(writer)
    for article, own in sketches.items():
        _file_text(places, article, own)
    _note(writer, sketches)


def texts_near(writer: Writer, sketches: Mapping[str, Sketch]) -> dict[str, set[str]]:
    """For each of these texts the articles whose texts may be copies of it."""
    searches = [Search(own.keys, (), own.minima, own.size) for own in sketches.values()]
    found = places_of(writer).find_each(searches, in_common=in_common)
    return {article: {text.id for text in near} for article, near in zip(sketches, found, strict=True)}


def file_names(
    places: Places, entities: Collection[str], profiles: Mapping[str, Profile]
) -> tuple[set[Named], set[Named]]:
    """File these entities under the keys of their names; those without a profile under none. Returns what is not filed
    any more, and what is since."""
    before = places.name_keys(entities)
    now = {(one.id, key) for one in profiles.values() for key in block_keys(one)}
    places.unfile_names(before - now)
    places.file_names(now - before)
    return before - now, now - before


def note_unnamed(writer: Writer) -> None:
    """Note in the graph that an article names somebody no more: an index that follows it cannot see whom it named."""
    writer.run(cypher.NOTE_UNNAMED, number=writer.turn.number)


def standing_claims(read: Reader, articles: Collection[str]) -> list[ReportedClaim]:
    """The claims that these articles make now, as people corrected them."""
    claims = reported_claims_of(read, read(CLAIMS_OF_ARTICLES, ids=sorted(articles)))
    return ruler(read)(claims).correct(claims)


def forget_places(writer: Writer) -> None:
    """Let the index be made anew when it is next needed."""
    writer.places.clear()


def renew_places(writer: Writer, *, on_filed: Callable[[int], None]) -> None:
    """Make the index anew from all that stands; `on_filed` hears how many articles are in it so far."""
    writer.places.clear()
    _follow(writer.places, writer.run, writer.turn.graph, writer.turn.filed, on_filed=on_filed)


def _note(writer: Writer, articles: Collection[str]) -> None:
    """Note in both what was filed, once in a transaction; the index keeps it if the graph does."""
    if fresh := set(articles) - writer.filed:
        writer.run(cypher.NOTE_ARTICLES, ids=sorted(fresh), number=writer.turn.number)
        note_created(writer, fresh)


def note_created(writer: Writer, articles: Collection[str]) -> None:
    """Note that this transaction files these articles, which say so themselves: most were created with it."""
    if articles and not writer.filed:
        writer.run(cypher.NOTE_FILING, number=writer.turn.number)
        writer.places.note(writer.turn.graph, writer.turn.number)
    writer.filed.update(articles)


@contextmanager
def _reading(store: Graph | Writer) -> Iterator[Places]:
    from kb.store.graph import Writer

    if isinstance(store, Writer):
        yield places_of(store)
        return
    (meta,) = store.read(cypher.LAST_FILED)
    with store.places() as places:
        _follow(places, store.read, meta["graph"], meta["filed"])
        yield places


def places_of(writer: Writer) -> Places:
    """The index of places as the graph is, within a transaction."""
    turn = writer.turn
    _follow(writer.places, writer.run, turn.graph, turn.filed, own=turn.number)
    return writer.places


def _follow(
    places: Places,
    read: Reader,
    graph: str,
    last: int,
    *,
    own: int | None = None,
    on_filed: Callable[[int], None] = lambda _: None,
) -> None:
    """Bring the index up to transaction `last` of the graph; `own` is that of the caller, if it is one that writes.

    `on_filed` hears how many articles were filed so far.
    """
    seen = places.seen
    if seen is not None and seen[0] == graph and (seen[1] in (last, own) or (own is None and seen[1] > last)):
        return
    after = seen[1] if seen is not None and seen[0] == graph and seen[1] < last else None
    if after is None:
        places.clear()
    filed = 0
    for articles in _pages(read, after=after):
        texts = {row["id"]: row["text"] for row in read(copies.TEXTS, ids=articles)}
        for article in articles:
            _file_text(places, article, sketch(texts.get(article, "")))
        _file_claims(places, standing_claims(read, articles), articles)
        places.note_naming(_naming_of(read, articles))
        if after is not None:
            _file_names_of(places, read, articles)
        filed += len(articles)
        on_filed(filed)
    if after is None or _last_unnamed(read) > after:
        _file_all_names(places, read)
    places.note(graph, last)


def _naming_of(read: Reader, articles: Collection[str]) -> dict[str, Naming]:
    """Whom each of these articles names, as the graph has it."""
    rows = read(cypher.NAMING, ids=sorted(articles))
    found = {row["article"]: Naming(row["published"], row["entities"]) for row in rows}
    return dict.fromkeys(articles, Naming(None, ())) | found


def _last_unnamed(read: Reader) -> int:
    (meta,) = read(cypher.LAST_UNNAMED)
    return int(meta["number"])


def _file_names_of(places: Places, read: Reader, articles: Collection[str]) -> None:
    """File those that these articles name."""
    entities = sorted({row["entity"] for row in read(ENTITIES_OF_ARTICLES, ids=articles)})
    for at in range(0, len(entities), _NAMES_AT_ONCE):
        some = entities[at : at + _NAMES_AT_ONCE]
        file_names(places, some, read_profiles(read, some))


def _file_all_names(places: Places, read: Reader) -> None:
    """File everybody's names anew."""
    places.forget_names()
    last = ""
    while rows := read(identities.SOME_ENTITIES, after=last, limit=_NAMES_AT_ONCE):
        some = [row["id"] for row in rows]
        file_names(places, some, read_profiles(read, some))
        last = some[-1]


def _pages(read: Reader, *, after: int | None) -> Iterator[list[str]]:
    """Articles by id: all of them, or those that were filed after transaction `after`."""
    if after is not None:
        ids = [row["id"] for row in read(cypher.FILED_AFTER, number=after)]
        yield from (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
        return
    last = ""
    while rows := read(SOME_ARTICLES, after=last, limit=_AT_ONCE):
        yield [row["id"] for row in rows]
        last = rows[-1]["id"]


def _file_claims(places: Places, claims: Iterable[ReportedClaim], articles: Collection[str]) -> None:
    filed: defaultdict[str, dict[str, Sequence[Posting]]] = defaultdict(dict)
    outlines: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
    own: defaultdict[str, list[ReportedClaim]] = defaultdict(list)
    for claim in claims:
        own[claim.article].append(claim)
        filed[claim.article][claim.id] = postings(claim)
        outlines[claim.article][claim.id] = outline_of(claim).packed()
    for article in articles:
        known, size = _known(own[article])
        kept = pack(own[article]) if own[article] else b""
        places.file(article, filed[article], known=known, size=size, about=outlines[article], kept=kept)


def _file_text(places: Places, article: str, own: Sketch) -> None:
    places.file(f"{_TEXT}{article}", {article: [Place(key) for key in own.keys]}, known=own.minima, size=own.size)
