"""Who is who across articles: entities under different names that are one, and namesakes that are two."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.gazetteer import load_gazetteer
from kb.ids import entity_id, name_key
from kb.model import Article, Entity, EntityKind, Extraction, Span
from kb.resolve import Link, Profile, block_keys, find_links, profiles_of, resolve
from kb.resolve.blocks import LARGEST_BLOCK, candidates, meetings
from kb.resolve.links import compare
from kb.resolve.names import Likeness, likeness

KHAN, MEHTA, FTC, RYAN, DALLAS, CUP = (f"neighbour {n}" for n in range(6))


def thing(
    name: str, *more: str, kind: str = "person", near: tuple[str, ...] = (), id_: str | None = None, **rest
) -> Profile:  # type: ignore[no-untyped-def]
    names = (name, *more)
    return Profile(
        id=id_ or entity_id(name),
        kinds=((EntityKind(kind), 1),),
        names=frozenset(name_key(one) for one in names),
        shouted=frozenset(name_key(one) for one in names if one.isupper()),
        neighbours=frozenset(near),
        listed=load_gazetteer().get(name),
        **rest,
    )


def joined(*profiles: Profile) -> bool:
    """True if the first two come out as one."""
    canonical = resolve(find_links(profiles), ())
    one, other = profiles[0].id, profiles[1].id
    return canonical.get(one, one) == canonical.get(other, other)


@pytest.mark.parametrize(
    "pair",
    [
        pytest.param(
            (thing("Lina Khan", near=(FTC, RYAN, DALLAS)), thing("Khan", near=(FTC, RYAN, DALLAS))),
            id="a surname in the same company",
        ),
        pytest.param(
            (thing("D.Y. Chandrachud", near=(FTC,)), thing("Dhananjaya Chandrachud", near=(FTC,))), id="initials"
        ),
        pytest.param(
            (thing("Bill Tolland", near=(FTC, RYAN)), thing("William Tolland", near=(FTC, RYAN))), id="a nickname"
        ),
        pytest.param(
            (thing("Liz Tolland", near=(FTC, RYAN)), thing("Betty Tolland", near=(FTC, RYAN))), id="two short forms"
        ),
        pytest.param(
            (thing("George Bush", near=(FTC, RYAN)), thing("George Walker Bush", near=(FTC,))), id="a middle name"
        ),
        pytest.param(
            (
                thing("State Bank of India", kind="company", near=(FTC, RYAN)),
                thing("SBI", kind="organization", near=(FTC, RYAN)),
            ),
            id="an acronym",
        ),
        pytest.param(
            (thing("Ardagh", kind="company"), thing("Ardagh Group", kind="company")),
            id="a company with and without tail",
        ),
        pytest.param(
            (
                thing("Election Commission", kind="agency", near=(FTC, RYAN)),
                thing("Election Commission of Ruritania", kind="agency", near=(FTC, RYAN)),
            ),
            id="of where it is",
        ),
    ],
)
def test_different_names_of_one_thing_are_joined(pair: tuple[Profile, Profile]) -> None:
    assert joined(*pair)


@pytest.mark.parametrize(
    "profiles",
    [
        pytest.param(
            (
                thing("Georgia (U.S. state)", "Georgia", kind="place"),
                thing("Georgia (country)", "Georgia", kind="place"),
            ),
            id="the state and the country",
        ),
        pytest.param(
            (thing("Google", kind="company", near=(FTC,)), thing("Alphabet", "Google", kind="company", near=(FTC,))),
            id="a company and its owner",
        ),
        pytest.param(
            (thing("Washington", kind="person", near=(FTC,)), thing("Washington", kind="place", near=(FTC,), id_="e2")),
            id="a person and a place",
        ),
        pytest.param(
            (
                thing("John Smith", roles=frozenset({"striker"}), near=(CUP,)),
                thing("John Smith", roles=frozenset({"senator"}), near=(FTC,), id_="e2"),
            ),
            id="two callings",
        ),
        pytest.param(
            (
                thing("John Smith", first=date(1990, 1, 1), last=date(1991, 1, 1)),
                thing("John Smith", first=date(2024, 1, 1), last=date(2025, 1, 1), id_="e2"),
            ),
            id="two eras",
        ),
        pytest.param(
            (
                thing("John Smith", roles=frozenset({"born 1905"}), near=(FTC, RYAN)),
                thing("John Smith", roles=frozenset({"born 1948"}), near=(FTC, RYAN), id_="e2"),
            ),
            id="two years of birth",
        ),
        pytest.param(
            (
                thing("John Smith"),
                thing("John Smith", roles=frozenset({"born 1905"}), id_="e1"),
                thing("John Smith", roles=frozenset({"born 1948"}), id_="e2"),
            ),
            id="one of whom nothing is told and two years of birth",
        ),
        pytest.param((thing("Lina Khan", near=(FTC,)), thing("Khan", near=(CUP,))), id="a surname in other company"),
        pytest.param(
            (
                thing("Act for Clean Air", "the Act", kind="law", near=(FTC, RYAN)),
                thing("Act for Clean Water", "the Act", kind="law", near=(FTC, RYAN)),
            ),
            id="a word that both are called by",
        ),
        pytest.param(
            (
                thing("Khan", near=(FTC, RYAN)),
                thing("Lina Khan", near=(FTC, RYAN)),
                thing("Sadiq Khan", near=(FTC, RYAN)),
            ),
            id="a surname that fits two",
        ),
        pytest.param(
            (
                thing("Al Tolland", near=(FTC, RYAN)),
                thing("Albert Tolland", near=(FTC, RYAN)),
                thing("Alan Tolland", near=(FTC, RYAN)),
            ),
            id="a nickname that fits two",
        ),
        pytest.param(
            (thing("Bill Tolland", near=(FTC,)), thing("William Tolland", near=(CUP,))), id="a nickname elsewhere"
        ),
        pytest.param(
            (thing("Bill Tolland", near=(FTC, RYAN)), thing("Bob Tolland", near=(FTC, RYAN))), id="two nicknames"
        ),
        pytest.param((thing("Anna Berg", near=(FTC, RYAN)), thing("Karl Berg", near=(FTC, RYAN))), id="a family"),
        pytest.param(
            (thing("Acme Bank", kind="company"), thing("Acme Airlines", kind="company")), id="a word in common"
        ),
        pytest.param(
            (
                thing("Digital Markets Act", kind="law", near=(FTC,)),
                thing("Digital Services Act", kind="law", near=(FTC,)),
            ),
            id="laws alike in name",
        ),
    ],
)
def test_what_the_evidence_parts_stays_apart(profiles: tuple[Profile, ...]) -> None:
    assert not joined(*profiles)


def test_a_namesake_of_the_same_calling_is_the_same() -> None:
    one = thing("John Smith", roles=frozenset({"senator"}), near=(FTC,))
    assert joined(one, replace(one, id="e2", roles=frozenset({"lawyer"})))


def test_different_callings_do_not_part_whom_the_same_people_surround() -> None:
    one = thing("John Smith", roles=frozenset({"actor"}), near=(FTC, RYAN, DALLAS))
    assert joined(one, replace(one, id="e2", roles=frozenset({"governor"})))


def test_who_has_but_the_surname_in_common_stands_in_nobody_s_way() -> None:
    one = thing("John Smith", "Smith", roles=frozenset({"senator"}), near=(FTC,))
    other = thing("John A. Smith", "Smith", near=(FTC,))
    sister = thing("Jane Smith", "Smith", roles=frozenset({"striker"}), near=(FTC, RYAN))
    assert (link := compare(one, other)) is not None
    assert compare(one, other, [sister]) == link
    namesake = replace(sister, id="e2", names=one.names | other.names)
    assert compare(replace(one, names=namesake.names), other, [namesake]) is None


def test_a_link_says_why() -> None:
    link = compare(thing("Ardagh", kind="company", near=(FTC,)), thing("Ardagh Group", kind="company", near=(FTC,)))
    assert link is not None
    assert link.because.startswith("one leaves out what kind of company it is; same kind (company); 1 of the names")


@pytest.mark.parametrize(
    ("one", "other", "kind", "like"),
    [
        pytest.param("khan", "lina khan", "person", Likeness.SURNAME, id="surname"),
        pytest.param("de souza", "clara de souza", "person", Likeness.SURNAME, id="surname with a particle"),
        pytest.param("martin king jr", "king", "person", Likeness.SURNAME, id="surname before jr"),
        pytest.param("d chandrachud", "dhananjaya chandrachud", "person", Likeness.INITIALS, id="initial"),
        pytest.param("bill tolland", "william tolland", "person", Likeness.NICKNAME, id="nickname"),
        pytest.param("sam tolland", "samantha tolland", "person", Likeness.NICKNAME, id="nickname of a woman too"),
        pytest.param("samuel tolland", "samantha tolland", "person", None, id="two names of one nickname"),
        pytest.param("anna berg", "karl berg", "person", None, id="other first name"),
        pytest.param("sergey kislov", "sergei kislov", "person", Likeness.NICKNAME, id="another spelling"),
        pytest.param("kim jong il", "kim uk il", "person", None, id="another middle name"),
        pytest.param("ann q estrada", "ann quirke estrada", "person", Likeness.INITIALS, id="a middle initial"),
        pytest.param("ardagh", "ardagh group", "company", Likeness.TAIL, id="tail"),
        pytest.param("ardagh", "ardagh glass works", "company", None, id="no tail"),
        pytest.param("court", "court of appeals", "court", None, id="one word of where"),
    ],
)
def test_names_are_alike_in_a_way_that_can_be_told(one: str, other: str, kind: str, like: Likeness | None) -> None:
    assert likeness(one, other, EntityKind(kind)) is like
    assert likeness(other, one, EntityKind(kind)) is like


def test_a_judgement_keeps_apart_whom_links_would_join_for_ever() -> None:
    chain = [Link("a", "b", 90, ""), Link("b", "c", 80, ""), Link("c", "d", 70, "")]
    canonical = resolve(chain, [("a", "d")])
    assert canonical == {"b": "a", "c": "a"}
    assert resolve(chain, ()) == dict.fromkeys("bcd", "a")


IDS = st.sampled_from("abcdefgh")
LINKS = st.lists(st.builds(Link, IDS, IDS, st.sampled_from([60.0, 70.0]), st.just("")), max_size=12)


@given(LINKS, st.lists(st.tuples(IDS, IDS), max_size=4), st.randoms())
def test_the_order_of_links_changes_nothing_and_no_parted_pair_joins(links, parted, random) -> None:  # type: ignore[no-untyped-def]
    canonical = resolve(links, parted)
    shuffled = random.sample(links, len(links))
    assert resolve(shuffled, parted) == canonical
    assert all(a == b or canonical.get(a, a) != canonical.get(b, b) for a, b in parted)
    assert all(canonical.get(to, to) == to and to < id_ for id_, to in canonical.items())


PROFILES = [
    thing("Lina Khan", near=(FTC, RYAN, DALLAS)),
    thing("Khan", near=(FTC, RYAN, DALLAS)),
    thing("Ardagh", kind="company", near=(FTC,)),
    thing("Ardagh Group", kind="company"),
    thing("State Bank of Ruritania", kind="company", near=(FTC, RYAN)),
    thing("SBR", kind="company", near=(FTC, RYAN)),
    thing("Anna Berg", near=(FTC, RYAN)),
    thing("A. Berg", near=(FTC,)),
    thing("Karl Berg", near=(FTC, RYAN)),
]


@given(st.permutations(PROFILES))
def test_the_order_of_arrival_changes_nothing(profiles: list[Profile]) -> None:
    assert find_links(profiles) == find_links(PROFILES)


@given(st.sets(st.sampled_from(range(len(PROFILES))), min_size=1))
def test_links_of_an_entity_depend_on_its_blocks_alone(chosen: set[int]) -> None:
    """An incremental run sees the blocks of what an article names, and of its rivals, and links as a full run does."""
    touched = {PROFILES[at].id for at in chosen}
    for _ in range(2):
        keys = {key for p in PROFILES if p.id in touched for _, key in meetings(p)}
        touched |= {p.id for p in PROFILES if keys & block_keys(p)}
    near = [p for p in PROFILES if p.id in touched]
    mine = {PROFILES[at].id for at in chosen}
    full = [link for link in find_links(PROFILES) if {link.one, link.other} & mine]
    assert [link for link in find_links(near) if {link.one, link.other} & mine] == full


def test_a_thousand_entities_of_one_name_are_not_compared_pair_by_pair() -> None:
    many = [thing("John Smith", id_=f"e{n:04}") for n in range(1000)]
    assert len(list(candidates(many))) == 0
    assert len(list(candidates(many[:LARGEST_BLOCK]))) == LARGEST_BLOCK * (LARGEST_BLOCK - 1) // 2


def test_a_name_of_ten_thousand_characters_is_like_no_other() -> None:
    long = extraction("a1", ("x " * 5000).strip(), "Acme Group", "Acme")
    profiles = profiles_of([long])
    assert max(len(name) for profile in profiles for name in profile.names) <= 120
    names = {profile.id: profile.names for profile in profiles}
    assert [sorted(names[link.one] | names[link.other]) for link in find_links(profiles)] == [["acme", "acme group"]]


def extraction(article: str, *names: str, published: date | None = None, kind: str = "company") -> Extraction:
    entities = tuple(Entity(entity_id(name), name, EntityKind(kind), (Span(0, len(name), name),)) for name in names)
    return Extraction(Article(article, "", published=published), (), entities, ())


def test_profiles_join_what_all_articles_say() -> None:
    articles = [
        extraction("a1", "Acme", "Beta", published=date(2024, 1, 2)),
        extraction("a2", "Acme", published=date(2023, 1, 2), kind="organization"),
        extraction("a3", "Acme", published=date(2025, 1, 2)),
    ]
    profile = next(p for p in profiles_of(articles) if p.id == entity_id("Acme"))
    assert profile.kinds == ((EntityKind.COMPANY, 2), (EntityKind.ORGANIZATION, 1))
    assert profile.neighbours == {entity_id("Beta")}
    assert (profile.first, profile.last) == (date(2023, 1, 2), date(2025, 1, 2))
    assert profiles_of(reversed(articles)) == profiles_of(articles)


def test_short_names_that_depend_on_the_country_are_no_evidence() -> None:
    names = Span(0, 0, "Supreme Court")
    found = [
        Entity(entity_id(name), name, EntityKind.COURT, (names,))
        for name in ("Supreme Court of Ruritania", "Supreme Court of Freedonia")
    ]
    articles = [Extraction(Article(f"a{n}", ""), (), (one,), ()) for n, one in enumerate(found)]
    assert find_links(profiles_of(articles)) == []


def test_blocks_are_bounded_by_the_names_of_an_entity() -> None:
    counts = Counter({len(p.names): max(1, len(block_keys(p))) for p in PROFILES})
    assert all(keys <= 3 * names + 3 for names, keys in counts.items())
    assert all(not (block_keys(a) & block_keys(b)) for a, b in combinations(PROFILES[::4], 2))


def seated(office: str, *, year: int = 2020, near: tuple[str, ...] = ()) -> Profile:
    """A John Smith whom articles of one year give an office and its place."""
    days = {"first": date(year, 2, 1), "last": date(year, 9, 1)}
    return thing("John Smith", id_=entity_id("John Smith", office), roles=frozenset({office}), near=near, **days)


KNOWN_TO_ALL = (entity_id("France"), entity_id("Donald Trump"))
LEEDS, YORK = seated("mayor of Leeds", near=(FTC,)), seated("mayor of York", near=(RYAN,))


@pytest.mark.parametrize(
    ("one", "other", "as_one"),
    [
        pytest.param(LEEDS, YORK, False, id="mayors of two towns"),
        pytest.param(LEEDS, seated("mayor of York", near=(FTC, RYAN)), True, id="with one in common"),
        pytest.param(LEEDS, seated("mayor of York", year=2025), True, id="years later"),
        pytest.param(
            LEEDS,
            seated("mayor of York", near=(entity_id("France"), entity_id("Donald Trump"))),
            False,
            id="with whom all know in common",
        ),
        pytest.param(LEEDS, seated("member for York"), True, id="another office"),
        pytest.param(LEEDS, thing("John Smith", roles=frozenset({"mayor"})), True, id="a mayor of no place"),
        pytest.param(LEEDS, thing("John Smith"), True, id="nothing told"),
    ],
)
def test_one_office_at_one_time_in_two_places_parts_namesakes(one: Profile, other: Profile, as_one: bool) -> None:
    ours = replace(one, neighbours=frozenset((*KNOWN_TO_ALL, FTC)))
    assert joined(ours, other) is as_one
    assert joined(other, ours) is as_one


def test_one_who_may_be_either_of_two_in_office_is_who_his_company_tells() -> None:
    silent = thing("John Smith", near=(DALLAS,))
    assert not joined(silent, LEEDS, YORK)
    assert not joined(silent, YORK, LEEDS)
    told = replace(silent, neighbours=frozenset((RYAN, DALLAS)))
    assert joined(told, replace(YORK, neighbours=frozenset((RYAN, DALLAS))), LEEDS)
    assert not joined(told, LEEDS, YORK)


def test_nobody_brings_together_two_who_hold_one_office_in_two_places() -> None:
    between = [
        thing("John Smith"),
        thing("Smith", near=(FTC, RYAN, DALLAS, CUP)),
        seated("member for Witney", near=(FTC, RYAN, DALLAS, CUP)),
        thing("J Smith", near=(FTC, RYAN, DALLAS, CUP)),
    ]
    one, other = (replace(who, neighbours=who.neighbours | near) for who, near in ((LEEDS, {DALLAS}), (YORK, {CUP})))
    assert not joined(one, other, *between)
