"""Claims without a day, put down to the events that are told with one."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.fold import ReportedClaim, Rulings, fold_events, thread_claims, undated_events_of
from kb.fold.claim import UNDATED
from kb.fold.evidence import same_sense
from kb.fold.groups import Groups
from kb.fold.likeness import Link
from kb.fold.mentions import put_down
from kb.fold.threads import candidates
from kb.fold.undated import may_be_one, may_lie, points_at_an_event
from kb.model import Status

ARREST = ReportedClaim(
    id="c1",
    type="enforcement_action",
    status=Status.OCCURRED,
    title="Police arrest banker Sam Oduya",
    first_day="2012-06-21",
    last_day="2012-06-21",
    precision="day",
    actors=(("authority", "e-police"), ("target", "e-oduya")),
    source="s1",
    published="2012-06-22",
    confidence=0.8,
    article="a1",
    origin="a1",
    trigger="arrested",
    quote="Police arrested the banker Sam Oduya on Thursday.",
    names=("e-oduya", "e-police"),
    topics=("e-oduya", "word:=fraud"),
)


def mention(number: int, *, published: str = "2012-06-24", **changes: object) -> ReportedClaim:
    """The arrest as another article has it, without a day."""
    status = changes.get("status", Status.OCCURRED)
    first, last = may_lie(status, published)  # type: ignore[arg-type]
    own = {"id": f"c{number}", "article": f"a{number}", "origin": f"a{number}", "source": f"s{number}"}
    quote = "Police arrested the banker."
    days = {"first_day": first, "last_day": last, "precision": UNDATED, "published": published, "quote": quote}
    return replace(ARREST, **{**own, **days, **changes})  # type: ignore[arg-type]


def mentions_of(*claims: ReportedClaim, rulings: Rulings = Rulings()) -> tuple[str, ...]:  # noqa: B008 - frozen
    """The mentions of the event of the first claim."""
    events = fold_events(claims, rulings)
    return next(event.mentions for event in events if claims[0].id in event.claims)


@pytest.mark.parametrize(
    ("changes", "joined"),
    [
        pytest.param({}, True, id="the same words"),
        pytest.param({"profile": tuple(f"e-{n}" for n in range(8))}, True, id="an article of one piece of news"),
        pytest.param({"profile": tuple(f"e-{n}" for n in range(9))}, False, id="an article of many things"),
        pytest.param({"trigger": "detained", "title": "Officers detain him"}, True, id="a word for the same"),
        pytest.param({"trigger": "taken", "title": "He was taken into custody"}, True, id="a light verb and its noun"),
        pytest.param({"trigger": "caught", "title": "Officers catch him"}, True, id="one of two senses of a word"),
        pytest.param({"trigger": "taken", "title": "He was not taken into custody"}, False, id="a light verb denied"),
        pytest.param({"trigger": "taken", "title": "He was taken to court"}, False, id="a light verb and another noun"),
        pytest.param({"trigger": "praised", "title": "Police praise banker"}, False, id="another word"),
        pytest.param({"trigger": "picked", "quote": "Police picked the banker up."}, True, id="a verb and its word"),
        pytest.param({"trigger": "picked", "quote": "They picked a banker."}, False, id="the verb without its word"),
        pytest.param({"quote": "It was the biggest coup since police arrested the banker."}, False, id="a record"),
        pytest.param({"published": "2012-08-24"}, False, id="told long after"),
        pytest.param({"published": "2012-06-20"}, False, id="told before"),
        pytest.param({"quote": "Police had arrested the banker."}, False, id="nobody knows how long before"),
        pytest.param({"status": Status.HYPOTHETICAL}, False, id="only thought of"),
        pytest.param({"status": Status.DENIED}, False, id="did not happen"),
        pytest.param({"actors": (("target", "e-other"),), "names": ("e-other",)}, False, id="somebody else"),
    ],
)
def test_a_mention_goes_to_the_event_that_it_points_at(changes: dict[str, object], joined: bool) -> None:
    assert mentions_of(ARREST, mention(2, **changes)) == (("c2",) if joined else ())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "joined"),
    [
        pytest.param({"trigger": "detained", "title": "Officers detain him"}, True, id="another word for it"),
        pytest.param({"trigger": "charged", "title": "Officers charge him"}, False, id="another deed"),
        pytest.param(
            {"trigger": "detained", "title": "Officers detain him", "at": 9000}, False, id="far off in the text"
        ),
    ],
)
def test_a_text_may_tell_of_its_event_again_in_another_word(changes: dict[str, object], joined: bool) -> None:
    again = mention(2, published="2012-06-22", article="a1", origin="a1", source="s1", **changes)  # type: ignore[arg-type]
    assert mentions_of(ARREST, again) == (("c2",) if joined else ())


PARTY_UNKNOWN = {
    "type": "conflict",
    "actors": (),
    "names": (),
    "title": "Gunman kills five at mall",
    "trigger": "killed",
}
SUBJECT = ("e-mall", "e-town", "word:gunman", "word:mall", "word:=kill", "word:shopper")


@pytest.mark.parametrize(
    ("profile", "joined"),
    [
        pytest.param(SUBJECT, True, id="articles of one subject"),
        pytest.param(("e-mall", "e-town", "e-x", "word:school", "word:pupil", "word:teacher"), False, id="of another"),
    ],
)
def test_nobody_need_be_named_where_two_short_articles_speak_of_one_thing(
    profile: tuple[str, ...], joined: bool
) -> None:
    told = replace(ARREST, **PARTY_UNKNOWN, topics=SUBJECT[:2], profile=SUBJECT)  # type: ignore[arg-type]
    again = mention(2, **{**PARTY_UNKNOWN, "topics": SUBJECT[:2], "profile": profile, "title": "Man kills shoppers"})  # type: ignore[arg-type]
    assert mentions_of(told, again) == (("c2",) if joined else ())


def test_a_mention_dates_nothing_and_changes_no_status_or_count() -> None:
    (alone,) = fold_events([ARREST])
    (event,) = fold_events([ARREST, mention(2), mention(3, published="2012-06-30")])
    assert event == replace(alone, mentions=("c2", "c3"))


def test_a_mention_that_fits_two_events_as_well_is_put_down_to_none() -> None:
    second = replace(ARREST, id="c9", article="a9", origin="a9", first_day="2012-06-18", last_day="2012-06-18")
    threads = thread_claims([ARREST, second, mention(2)], Rulings())
    assert [told for thread in threads for told in thread.mentions if told] == []


def test_an_event_that_is_ruled_out_makes_no_other_doubtful() -> None:
    told = replace(ARREST, type="deal", trigger="bought", title="Kestrel buys Bayline", actors=(("target", "e-oduya"),))
    dear = replace(told, id="c3", article="a3", origin="a3", quote="Kestrel bought Bayline for $5 billion on Thursday.")
    again = replace(told, id="c9", article="a9", origin="a9", first_day="2012-06-18", last_day="2012-06-18")
    cheap = replace(mention(2), type="deal", trigger="bought", title=told.title, actors=told.actors)
    cheap = replace(cheap, quote="Kestrel bought Bayline for $1 billion.")
    assert mentions_of(again, replace(told, quote="Kestrel bought Bayline on Thursday."), dear, cheap) == ("c2",)


def test_a_time_so_long_that_it_says_nothing_rules_no_mention_out() -> None:
    year = {"first_day": "2012-01-01", "last_day": "2012-12-31", "precision": "year", "published": "2012-12-30"}
    later = replace(ARREST, id="c3", article="a3", origin="a3", quote="Police arrested Sam Oduya in 2012.", **year)  # type: ignore[arg-type]
    (event,) = fold_events([ARREST, later, mention(2)])
    assert (event.claims, event.mentions) == (("c1", "c3"), ("c2",))


@pytest.mark.parametrize(("links", "joined"), [(4, True), (3, False)], ids=["many links", "few"])
def test_many_links_outweigh_what_one_article_tells_apart(links: int, joined: bool) -> None:
    apart = {"article": "a2", "origin": "a2", "trigger": "raided", "title": "Police raid office of banker Sam Oduya"}
    claims = [*(mention(number) for number in (2, 3, 4, 5)), mention(6, **apart)]
    by_id = {claim.id: claim for claim in claims}
    own = [("c2", "c3"), ("c2", "c4"), ("c5", "c6")]
    between = [("c3", "c5"), ("c3", "c6"), ("c4", "c5"), ("c4", "c6")][:links]
    groups = Groups(claims, Rulings())
    put_down(groups, [Link(a, b, 9.0 if (a, b) in own else 6.0, ("",)) for a, b in (*own, *between)], by_id)
    assert groups.apart("c2", "c6") is not joined


def test_mentions_bring_no_two_dated_events_together() -> None:
    second = replace(ARREST, id="c9", article="a9", origin="a9", first_day="2012-06-18", last_day="2012-06-18")
    links = Rulings(joined=frozenset({("c1", "c2"), ("c2", "c9")}))
    assert len(fold_events([ARREST, second, mention(2)], links)) == 2


def test_what_several_articles_tell_without_a_day_is_an_event_without_one() -> None:
    told = [mention(2), mention(3, published="2012-06-26")]
    threads = thread_claims(told, Rulings())
    (event,) = undated_events_of(threads)
    assert (event.mentions, event.sources, event.first_reported) == (("c2", "c3"), 2, "2012-06-24")
    assert "reported without a date" in event.because
    assert fold_events(told) == []


@pytest.mark.parametrize(
    "second",
    [
        pytest.param({"article": "a2", "origin": "a2"}, id="of one article"),
        pytest.param({"origin": "a2"}, id="a copy"),
        pytest.param({"published": "2012-09-24"}, id="of another time"),
    ],
)
def test_what_only_one_text_tells_without_a_day_is_no_event(second: dict[str, object]) -> None:
    told = [mention(2), mention(3, **second)]  # type: ignore[arg-type]
    assert undated_events_of(thread_claims(told, Rulings())) == []


def test_judgements_hold_for_mentions() -> None:
    parted = Rulings(parted=frozenset({("c1", "c2")}))
    assert mentions_of(ARREST, mention(2), rulings=parted) == ()
    joined = Rulings(joined=frozenset({("c1", "c2")}))
    assert mentions_of(ARREST, mention(2, published="2012-08-24"), rulings=joined) == ("c2",)


def test_a_person_may_give_a_mention_its_day() -> None:
    dated = Rulings(corrections=(("c2", "first_day", "2012-06-21"),))
    (event,) = fold_events([ARREST, mention(2)], dated)
    assert (event.claims, event.mentions) == (("c1", "c2"), ())


def test_a_mention_in_an_article_without_a_day_finds_only_what_that_article_tells() -> None:
    here = mention(2, article="a1", origin="a1", at=200, published="2012-06-22")
    unknown = replace(here, published=None, first_day="", last_day="")
    assert mentions_of(replace(ARREST, published=None), unknown) == ("c2",)
    assert mentions_of(ARREST, replace(unknown, article="a3", origin="a3")) == ()


def undated_of(*claims: ReportedClaim) -> list[tuple[str, ...]]:
    """The mentions of each event of which nobody tells the day."""
    return [event.mentions for event in undated_events_of(thread_claims(claims, Rulings()))]


QUAKE = {"type": "disaster", "trigger": "struck", "title": "Quake strikes Lusan", "names": ()}
BUY = {"type": "deal", "trigger": "bought", "title": "Kestrel buys Bayline"}
LUSAN, DINGXI = ({"actors": (("affected", place),), "topics": (place,)} for place in ("e-lusan", "e-dingxi"))


@pytest.mark.parametrize(
    ("shared", "one", "other", "joined"),
    [
        pytest.param("quake army mosque roads", LUSAN, LUSAN, True, id="hardly anything else is told"),
        pytest.param("quake", LUSAN, LUSAN, False, id="half of what they speak of"),
        pytest.param("quake army mosque roads", LUSAN, DINGXI, False, id="another place"),
    ],
)
def test_articles_without_a_day_are_of_one_quake_where_all_else_is_one(
    shared: str, one: dict[str, object], other: dict[str, object], joined: bool
) -> None:
    told = nowhere(2, f"{shared} toll", **QUAKE, **one), nowhere(3, f"{shared} tents", **QUAKE, **other)
    assert undated_of(*told) == [("c2", "c3")] * joined


@pytest.mark.parametrize(
    ("here", "there", "type_", "joined"),
    [
        pytest.param(("e-lusan",), ("e-lusan", "e-dingxi"), "disaster", True, id="one names no more"),
        pytest.param(("e-lusan", "e-baoxing"), ("e-lusan", "e-dingxi"), "disaster", False, id="each names another"),
        pytest.param(("e-lusan",), ("e-lusan", "e-dingxi"), "conflict", False, id="attacks in one place"),
        pytest.param(("e-lusan", "e-li"), ("e-lusan", "e-li", "e-army"), "conflict", True, id="attacks with more"),
    ],
)
def test_articles_without_a_day_differ_in_what_they_name(
    here: tuple[str, ...], there: tuple[str, ...], type_: str, joined: bool
) -> None:
    def told(number: int, words: str, named: tuple[str, ...]) -> ReportedClaim:
        own = {**QUAKE, "type": type_, "actors": tuple(("affected", one) for one in named), "topics": named}
        return nowhere(number, f"quake army {words}", **own)

    one, other = told(2, "toll mosque bridge rain", here), told(3, "tents roads clinic snow", there)
    assert undated_of(one, other) == [("c2", "c3")] * joined


@pytest.mark.parametrize(
    ("changes", "joined"),
    [
        pytest.param({}, True, id="his arrest in the same words"),
        pytest.param({"title": "Police arrest two", "actors": (), "names": ()}, False, id="whom, nobody says"),
    ],
)
def test_articles_without_a_day_tell_of_one_deed_where_they_name_who_did_it(
    changes: dict[str, object], joined: bool
) -> None:
    told = nowhere(2, "bank fraud villa deposit lawyer"), nowhere(3, "bank fraud garden morning dog", **changes)
    assert undated_of(*told) == [("c2", "c3")] * joined


def nowhere(number: int, words: str, **changes: object) -> ReportedClaim:
    """The arrest as an article has it of which nobody knows the day."""
    profile = tuple(f"word:{word}" for word in words.split())
    days = {"published": None, "first_day": "", "last_day": ""}
    return replace(mention(number, profile=profile, topics=("e-oduya",)), **{**days, **changes})  # type: ignore[arg-type]


def test_who_shot_himself_is_not_whom_he_shot() -> None:
    shots = {"type": "conflict", "trigger": "shot"}
    others = mention(2, title="Banker shoots two clerks", **shots)
    himself = mention(3, title="Banker shoots himself", **shots)
    again = mention(4, title="Banker shoots clerks", **shots)
    assert undated_of(others, himself, again) == [("c2", "c4")]


def test_a_death_may_be_a_suicide() -> None:
    told = {"type": "other", "actors": (("object", "e-oduya"),)}
    himself = mention(2, title="Banker kills himself", trigger="killed", **told)
    death = mention(3, title="Death of banker", trigger="death", **told)
    assert undated_of(himself, death) == [("c2", "c3")]


@pytest.mark.parametrize(
    ("title", "joined"),
    [
        pytest.param("Officers detain 310 men", True, id="about as many"),
        pytest.param("Officers detain three men", False, id="a few of them"),
        pytest.param("Officers detain men", True, id="nobody says how many"),
    ],
)
def test_arrests_of_many_are_not_those_of_a_few(title: str, joined: bool) -> None:
    nobody = {"actors": (("authority", "e-police"),), "names": ()}
    many, others = mention(2, title="Police arrest 300 men", **nobody), mention(3, title=title, **nobody)
    assert undated_of(many, replace(others, trigger="detained")) == [("c2", "c3")] * joined


def test_short_texts_find_each_other_by_a_place_though_they_name_nobody() -> None:
    bare = {"actors": (("mentioned", "e-rotterdam"),), "names": ()}
    seized = mention(2, title="Police seize cocaine", trigger="seized", topics=("word:cocaine",), **bare)
    again = mention(3, title="Customs officers confiscate drug", trigger="confiscated", topics=("word:banana",), **bare)
    assert list(candidates([seized, again])) == [("c2", "c3")]
    many = tuple(f"e-{number}" for number in range(20))
    long = replace(again, profile=many)
    assert not candidates([replace(seized, profile=many), long])


@pytest.mark.parametrize(
    ("last_day", "found"),
    [pytest.param("2012-06-24", True, id="a week"), pytest.param("2012-08-31", False, id="a season")],
)
def test_short_texts_find_each_other_where_one_tells_a_week_of_it(last_day: str, found: bool) -> None:
    bare = {"actors": (("mentioned", "e-rotterdam"),), "names": ()}
    seized = mention(2, title="Police seize cocaine", trigger="seized", topics=("word:cocaine",), **bare)
    week = {"first_day": "2012-06-18", "last_day": last_day, "precision": "week", "topics": ("word:banana",)}
    again = mention(3, title="Customs officers confiscate drug", trigger="confiscated", **bare, **week)
    assert list(candidates([seized, again])) == [("c2", "c3")] * found


@pytest.mark.parametrize(
    ("changes", "quotes", "joined"),
    [
        pytest.param(QUAKE | LUSAN, ("A 7.0-magnitude quake", "A quake of magnitude 7.2"), True, id="measured again"),
        pytest.param(QUAKE | LUSAN, ("A 7.0-magnitude quake", "A magnitude 6.1 quake"), False, id="another magnitude"),
        pytest.param(QUAKE | LUSAN, ("A 7.0-magnitude quake", "A quake"), True, id="nobody says how strong"),
        pytest.param(BUY, ("for $2 billion, or $9 a share", "for $2.1 billion"), True, id="the price"),
        pytest.param(BUY, ("for $2 billion", "for $9 a share"), True, id="the price, and that of a share"),
        pytest.param(BUY, ("for $2 billion", "for $13.9 billion"), False, id="another price"),
    ],
)
def test_what_is_told_without_a_day_is_parted_by_how_large_it_was(
    changes: dict[str, object], quotes: tuple[str, str], joined: bool
) -> None:
    told = [mention(number, **{**changes, "quote": quote}) for number, quote in enumerate(quotes, start=2)]
    assert undated_of(*told) == [("c2", "c3")] * joined


def test_of_one_day_two_sizes_are_a_contradiction() -> None:
    day = {"first_day": "2012-06-21", "last_day": "2012-06-21", "precision": "day"}
    told = [
        mention(2 + n, **{**QUAKE, **LUSAN, **day, "quote": f"A magnitude {size} quake"})
        for n, size in ((0, 7), (1, 6))
    ]
    assert [event.claims for event in fold_events(told)] == [("c2", "c3")]


def test_a_quake_that_hits_is_the_quake() -> None:
    quake = {"type": "disaster", "actors": (("affected", "e-lusan"),), "names": ()}
    hits = mention(2, title="Strong earthquake hits Lusan", trigger="hit", **quake)
    noun = mention(3, title="Quake cuts roads", trigger="quake", **quake)
    assert undated_of(hits, noun) == [("c2", "c3")]


def test_what_says_nothing_points_at_nothing() -> None:
    assert points_at_an_event(mention(2))
    assert not points_at_an_event(mention(2, actors=(), topics=()))
    assert not points_at_an_event(mention(2, type="deadline"))
    assert not points_at_an_event(ARREST)


DAYS = st.sampled_from(["2012-06-19", "2012-06-22", "2012-06-25", "2012-07-03", "2012-07-20"])
MENTIONS = st.builds(
    lambda number, day, trigger: mention(number, published=day, trigger=trigger),
    st.integers(2, 12),
    DAYS,
    st.sampled_from(["arrested", "detained", "praised"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(MENTIONS, max_size=8, unique_by=lambda claim: claim.id), st.randoms())
def test_the_order_of_mentions_changes_nothing_and_dated_events_stay(told, chance) -> None:
    second = replace(ARREST, id="c90", article="a90", origin="a90", first_day="2012-07-01", last_day="2012-07-01")
    claims = [ARREST, second, *told]
    once = thread_claims(claims, Rulings())
    chance.shuffle(claims)
    assert thread_claims(claims, Rulings()) == once
    assert [replace(event, mentions=()) for event in fold_events(claims)] == fold_events([ARREST, second])


@pytest.mark.parametrize(
    ("published", "joined"),
    [
        pytest.param("2012-06-22", True, id="the day before"),
        pytest.param("2012-06-10", False, id="long before"),
    ],
)
def test_a_noun_in_one_article_is_the_plan_of_another(published: str, joined: bool) -> None:
    noun = {"quote": "The arrest was a shock.", "trigger": "arrest"}
    told, plan = mention(2, published=published, **noun), mention(3, published="2012-06-23", status=Status.SCHEDULED)
    assert may_be_one(told, plan) is joined
    verb = mention(4, published=published)
    assert not may_be_one(verb, plan)


@pytest.mark.parametrize(
    ("published", "own"),
    [
        pytest.param(None, True, id="no days known"),
        pytest.param("2012-06-24", False, id="days known"),
    ],
)
def test_where_no_day_is_known_a_noun_goes_with_what_its_own_article_tells(published: str | None, own: bool) -> None:
    days = {} if published else {"first_day": "", "last_day": ""}
    told = replace(mention(2, **days), published=published)
    noun = replace(told, id="c3", trigger="arrest", quote="The arrest was a shock.", at=200)
    other = replace(mention(4, **days), published=published)
    groups = Groups((told, noun, other), Rulings(parted=frozenset({("c2", "c4")})))
    links = [Link("c2", "c3", 6.0, ()), Link("c3", "c4", 9.0, ())]
    put_down(groups, links, {claim.id: claim for claim in (told, noun, other)})
    assert groups.apart("c2", "c3") is not own
    assert groups.apart("c3", "c4") is own


@pytest.mark.parametrize(
    ("changes", "joined"),
    [
        pytest.param({"title": "Kestrel will buy Bayline", "trigger": "buy"}, True, id="a plan of those days"),
        pytest.param({"title": "Kestrel will meet Bayline", "trigger": "meet"}, False, id="another plan"),
        pytest.param({"published": "2012-07-20", "title": "Kestrel will buy Bayline"}, False, id="a later plan"),
        pytest.param({"title": "Kestrel will buy Bayline", "type": "election"}, False, id="what is done or is not"),
    ],
)
def test_a_deal_is_told_as_done_and_as_yet_to_come(changes: dict[str, object], joined: bool) -> None:
    agreed = mention(2, **{**BUY, "type": changes.get("type", "deal")})
    plan = mention(3, **{**BUY, "status": Status.SCHEDULED, "published": "2012-06-26", **changes})
    assert undated_of(agreed, plan) == [("c2", "c3")] * joined


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        pytest.param(("arrested", "Police arrest banker"), ("detained", "Police detain banker"), True, id="an arrest"),
        pytest.param(("arrested", "Police arrest banker"), ("charged", "Police charge banker"), False, id="a charge"),
        pytest.param(("wounded", "Guard wounds banker"), ("killed", "Guard kills banker"), False, id="two wounds"),
        pytest.param(
            ("fired", "Guards fire at banker"), ("dismissed", "Bank dismisses banker"), False, id="to fire, and fire at"
        ),
        pytest.param(
            ("announced", "Police announce that they will arrest banker"),
            ("arrested", "Police arrest banker"),
            True,
            id="a light verb",
        ),
    ],
)
def test_what_goes_together_is_not_one_event(one: tuple[str, str], other: tuple[str, str], joined: bool) -> None:
    told = [
        mention(number, trigger=trigger, title=title, quote=f"{title.replace(' fire ', ' fired ')}.")
        for number, (trigger, title) in enumerate((one, other), start=2)
    ]
    assert undated_of(*told) == [("c2", "c3")] * joined


@pytest.mark.parametrize(
    ("title", "joined"),
    [
        pytest.param("Kestrel enters the market by buying Bayline", False, id="another deed beside the verb"),
        pytest.param("Kestrel enters deal to buy Bayline", True, id="what the verb leaves to its object"),
    ],
)
def test_a_verb_that_says_little_is_not_the_deed_that_it_is_done_by(title: str, joined: bool) -> None:
    buys, enters = mention(2, **BUY), mention(3, trigger="enters", title=title)
    assert same_sense(buys, enters) is joined


def test_who_says_what_will_be_done_only_speaks() -> None:
    said = mention(2, type="statement", trigger="announced", title="Kestrel announces that it will buy Bayline")
    assert undated_of(said, mention(3, **BUY)) == []


def test_a_quake_is_none_of_its_aftershocks() -> None:
    quake = {"type": "disaster", "names": (), **LUSAN}
    shook = mention(2, title="Quake shakes Lusan", trigger="shakes", **quake)
    assert undated_of(shook, mention(3, title="Quake rattles Lusan", trigger="rattles", **quake)) == [("c2", "c3")]
    assert undated_of(shook, mention(3, title="Aftershocks rattle Lusan", trigger="rattle", **quake)) == []
