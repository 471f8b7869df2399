"""From a parsed article to its entities: candidates, the names repeated elsewhere, variants joined, one vote each."""

from __future__ import annotations

from spacy.tokens import Doc

from ingest.extract.entities.acronyms import settle_acronyms
from ingest.extract.entities.candidate import Candidate, choose
from ingest.extract.entities.candidates import find_candidates
from ingest.extract.entities.kinds import Introductions, is_guess, vote_kind
from ingest.extract.entities.page import Page
from ingest.extract.entities.references import find_references
from ingest.extract.entities.references.introductions import introductions
from ingest.extract.entities.repeats import find_repeats, settle_people, settle_surnames
from ingest.extract.entities.variants import Variant, join_variants, name_of
from ingest.nlp.words import Words
from kb.gazetteer import Gazetteer, load_gazetteer
from kb.ids import entity_id
from kb.model import Entity, Span


def find_entities(doc: Doc, *, gazetteer: Gazetteer | None = None, words: Words | None = None) -> tuple[Entity, ...]:
    """The things an article names, in the order of their first mention.

    Each has one kind, decided over all its mentions, and one canonical name: the gazetteer's, else the most official
    form the article uses. Mentions are exact stretches of `doc.text` in text order; none overlap, and none lie in
    boilerplate. `words` are those of `doc`, if somebody has made them already.

        "The U.S. Supreme Court heard TikTok. The court …" -> Supreme Court of the United States (court): "U.S. Supreme
        Court"; TikTok (product): "TikTok"
    """
    known = gazetteer or load_gazetteer()
    page = Page.of(words or Words(doc))
    chosen = settle_acronyms(page.text, choose(find_candidates(page, known)))
    chosen = settle_people(page.text, settle_surnames(page.text, chosen, known), known)
    chosen = choose([*chosen, *find_repeats(page, chosen, known)])
    introduced = _introductions(page, chosen)
    entities: dict[str, Entity] = {}
    guessed: set[str] = set()
    for variants in join_variants(page.text, chosen, known):
        entity = _entity(page.text, variants, known, introduced)
        if is_guess(entity.name, variants, known):
            guessed.add(entity.id)
        entities[entity.id] = _merge(entities[entity.id], entity) if entity.id in entities else entity
    named = sorted(entities.values(), key=lambda entity: entity.mentions[0])
    return find_references(page, named, known, introduced, guessed)


def _introductions(page: Page, chosen: list[Candidate]) -> Introductions:
    """What stands beside each mention and says what it is; computed once, for its kind and for what refers to it."""
    spans = ((one.start, page.words.covering(one.start, one.end)) for one in chosen)
    return {start: tuple(introductions(span)) for start, span in spans if len(span) and span[0].has_dep()}


def _entity(text: str, variants: list[Variant], gazetteer: Gazetteer, introduced: Introductions) -> Entity:
    mentions = sorted(Span(c.start, c.end, c.text) for variant in variants for c in variant.candidates)
    name = name_of(variants)
    kind = vote_kind(text, name, variants, gazetteer, introduced)
    return Entity(entity_id(name), name, kind, tuple(mentions))


def _merge(first: Entity, second: Entity) -> Entity:
    """Two groups whose names turned out to be the same."""
    return Entity(first.id, first.name, first.kind, tuple(sorted((*first.mentions, *second.mentions))))
