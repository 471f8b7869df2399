"""What two reports need to have in common to be of one event, in an archive where many articles are of one story."""

from dataclasses import replace

import pytest

from kb.fold import ReportedClaim
from kb.fold.claim import UNDATED
from kb.fold.evidence import evidence
from kb.fold.likeness import liken, needed
from kb.fold.timing import Timing
from kb.fold.undated import may_lie
from kb.model import Status

STORY = tuple(f"e-{name}" for name in "roe poe moe ministry canal port company union strait".split())
"""Nine things that both articles name: one more than a short text does."""
SAID = ReportedClaim(
    id="c1",
    type="statement",
    status=Status.OCCURRED,
    title="Roe says canal will be dug by companies from Norland",
    first_day="2031-05-06",
    last_day="2031-05-06",
    precision="day",
    actors=(("speaker", "e-roe"),),
    source="s1",
    published="2031-05-07",
    confidence=0.8,
    article="a1",
    origin="a1",
    trigger="said",
    quote="The canal will be dug by companies from Norland, Roe said on Tuesday.",
    names=("e-roe",),
    topics=("e-roe", "e-canal"),
    profile=STORY,
)


def other(one: ReportedClaim, **changes: object) -> ReportedClaim:
    """The same as another article tells it."""
    own = {"id": "c2", "article": "a2", "origin": "a2", "source": "s2"}
    return replace(one, **{**own, **changes})  # type: ignore[arg-type]


def untold(one: ReportedClaim, **changes: object) -> ReportedClaim:
    """The same, told without a day."""
    first, last = may_lie(Status.OCCURRED, "2031-05-08")
    days = {"first_day": first, "last_day": last, "precision": UNDATED, "published": "2031-05-08"}
    return other(one, **{**days, **changes})


@pytest.mark.parametrize(
    ("changes", "joined"),
    [
        pytest.param(
            {"title": "Roe tells reporters companies from abroad dig it", "trigger": "told"}, True, id="a word"
        ),
        pytest.param({"title": "Roe says pensions rise", "quote": "Pensions rise, Roe said."}, False, id="nothing"),
        pytest.param({"title": "Roe tells of harvest", "trigger": "told", "quote": "So Roe told."}, False, id="told"),
    ],
)
def test_two_statements_of_a_day_are_one_if_they_say_the_same(changes: dict[str, str], joined: bool) -> None:
    assert (liken(SAID, other(SAID, **changes)) is not None) is joined


def test_a_word_for_the_speech_says_that_it_is_one() -> None:
    warned = replace(SAID, trigger="warned", title="Roe warns banks", quote="Roe warned banks on Tuesday.")
    again = other(warned, title="Roe warns against haste", quote="Roe warned against haste on Tuesday.")
    assert liken(warned, again)


TALKS = replace(
    SAID,
    type="diplomacy",
    title="Roe to meet Poe",
    trigger="meet",
    status=Status.SCHEDULED,
    quote="Roe is to meet Poe on Tuesday.",
    actors=(("party", "e-roe"), ("party", "e-poe")),
    names=("e-poe", "e-roe"),
    published="2031-05-01",
)


@pytest.mark.parametrize(
    ("title", "joined"),
    [("Roe meets Poe", False), ("Roe meets Poe over fishing quotas", True)],
)
def test_talks_that_were_awaited_are_not_the_next_ones(title: str, joined: bool) -> None:
    awaited = replace(TALKS, title="Roe to meet Poe over fishing quotas")
    days = {"first_day": "2031-05-20", "last_day": "2031-05-20", "published": "2031-05-21"}
    held = other(TALKS, status=Status.OCCURRED, title=title, trigger="meeting", **days)
    assert (liken(awaited, held) is not None) is joined


def test_a_verdict_that_was_awaited_is_the_one_that_came() -> None:
    verdict = replace(TALKS, type="court_ruling", title="Verdict on canal", trigger="verdict", actors=())
    days = {"first_day": "2031-05-20", "last_day": "2031-05-20", "published": "2031-05-21"}
    assert liken(verdict, other(verdict, status=Status.OCCURRED, title="Court rules", trigger="ruled", **days))


@pytest.mark.parametrize(
    ("title", "joined"),
    [("Moe receives envoy of Norland", False), ("Poe signs canal treaty at palace", True)],
)
def test_what_two_articles_put_in_one_month_is_one_if_they_say_the_same(title: str, joined: bool) -> None:
    span = {"first_day": "2031-04-01", "last_day": "2031-04-30", "precision": "month", "status": Status.OCCURRED}
    treaty = replace(TALKS, title="Roe agrees canal treaty at palace", trigger="agrees", **span)  # type: ignore[arg-type]
    assert (liken(treaty, other(treaty, title=title, trigger=title.split()[1])) is not None) is joined


def test_one_party_is_arrested_once_in_a_while() -> None:
    span = {"first_day": "2031-04-01", "last_day": "2031-04-30", "precision": "month", "status": Status.OCCURRED}
    target = {"actors": (("target", "e-poe"),), "names": ("e-poe",), "type": "enforcement_action"}
    arrest = replace(TALKS, title="Guards jail Poe", trigger="jailed", **span, **target)  # type: ignore[arg-type]
    assert liken(arrest, other(arrest, title="Poe has been in cells", trigger="been"))


@pytest.mark.parametrize(
    ("title", "joined"),
    [
        pytest.param("Election is near", False, id="a word"),
        pytest.param("Election brings down coalition of farmers", True, id="a word and what it did"),
    ],
)
def test_a_word_does_not_say_which_of_the_elections_of_a_year(title: str, joined: bool) -> None:
    year = {"first_day": "2031-01-01", "last_day": "2031-12-31", "precision": "year", "status": Status.OCCURRED}
    told = {"type": "election", "trigger": "Election", "actors": (), "names": (), "quote": "An election."}
    election = replace(TALKS, title="Election hurts coalition of farmers", **year, **told)  # type: ignore[arg-type]
    assert (liken(election, other(election, title=title)) is not None) is joined


def test_a_week_is_told_as_exactly_as_news_mostly_is() -> None:
    span = {"first_day": "2031-04-07", "last_day": "2031-04-13", "precision": "week", "status": Status.OCCURRED}
    bill = replace(TALKS, type="bill_introduced", title="Ministry previews bill", trigger="previews", **span)  # type: ignore[arg-type]
    assert liken(bill, other(bill, title="Bill came from ministry", trigger="came"))


@pytest.mark.parametrize(("shared", "joined"), [(3, False), (6, True)])
def test_two_votes_of_a_day_need_more_than_a_little_of_a_story_in_common(shared: int, joined: bool) -> None:
    about = {"actors": (), "names": (), "topics": STORY[:1]}
    vote = replace(SAID, type="legislative_vote", title="Vote is close", trigger="vote", quote="A vote.", **about)
    vote = replace(vote, profile=(*STORY, *(f"e-here-{number}" for number in range(5))))
    there = (*STORY[:shared], *(f"e-there-{number}" for number in range(10)))
    again = other(vote, title="They voted late", trigger="voted", quote="They voted.", profile=there)
    assert (liken(vote, again) is not None) is joined


ARREST = replace(
    SAID,
    type="enforcement_action",
    title="Police arrest clerk at harbour office",
    trigger="arrested",
    quote="Police arrested a clerk at the harbour office on Tuesday.",
    actors=(),
    names=(),
)


def test_what_a_long_article_tells_without_a_day_is_left_to_itself() -> None:
    assert liken(ARREST, untold(ARREST)) is None
    assert liken(ARREST, untold(ARREST, article="a1"))


def test_short_texts_tell_of_one() -> None:
    short = replace(ARREST, profile=STORY[:6])
    assert liken(short, untold(short, title="Two men were arrested", quote="Two men were arrested."))


def test_texts_that_name_little_need_no_more_than_others_to_be_of_one_event() -> None:
    def asked(things: int) -> float:
        one, two = (
            replace(claim, names=(), profile=tuple(f"e-{claim.id}-{at}" for at in range(things)), topics=())
            for claim in (TALKS, other(TALKS))
        )
        return needed(replace(one, actors=()), replace(two, actors=()), Timing.SAME_DAY)

    assert asked(3) < asked(len(STORY))


def naming_of_ours(count: int) -> tuple[str, ...]:
    """What an article is about that names so many of the things of the story, and ten others."""
    return (*STORY[:count], *(f"e-there-{number}" for number in range(10)))


VISIT = replace(
    TALKS,
    status=Status.OCCURRED,
    title="Roe opens old harbour",
    trigger="opens",
    quote="Roe opened a harbour on Tuesday.",
    actors=(("party", "e-roe"),),
    names=("e-roe",),
    topics=("e-roe",),
    published="2031-05-07",
    profile=(*STORY, *(f"e-here-{number}" for number in range(5))),
)
DINNER = other(
    VISIT,
    title="Roe dines with envoys",
    trigger="dines",
    quote="Roe dined with envoys on Tuesday.",
    profile=naming_of_ours(4),
)


@pytest.mark.parametrize(
    ("changes", "joined"),
    [
        pytest.param({}, False, id="another subject"),
        pytest.param({"profile": naming_of_ours(5)}, False, id="half of a subject, too little for talks"),
        pytest.param({"profile": naming_of_ours(7)}, True, id="one subject"),
        pytest.param({"trigger": "opened", "title": "Roe opened pier"}, True, id="a word"),
        pytest.param({"title": "Roe dines in old harbour"}, True, id="titles say much the same"),
    ],
)
def test_what_no_word_says_in_both_is_one_event_only_within_one_subject(
    changes: dict[str, object], *, joined: bool
) -> None:
    assert (liken(VISIT, replace(DINNER, **changes)) is not None) is joined  # type: ignore[arg-type]


def test_what_there_are_hardly_two_of_in_a_day_needs_no_word() -> None:
    signed = replace(VISIT, type="law_enacted", title="Roe signs harbour act", trigger="signs")
    told = replace(DINNER, type="law_enacted", title="New rules get Roe's name", trigger="get")
    assert liken(signed, told)
    assert liken(signed, replace(told, first_day="2031-05-01", last_day="2031-05-31", precision="month")) is None


@pytest.mark.parametrize(("place", "joined"), [("p-bay", True), ("p-hill", False)])
def test_attacks_in_two_places_are_two_if_nothing_but_their_word_is_the_same(place: str, *, joined: bool) -> None:
    attack = replace(
        SAID,
        type="conflict",
        title="Attack on market kills nine",
        trigger="Attack",
        quote="The attack on the market on Tuesday killed nine.",
        actors=(("mentioned", "p-bay"),),
        names=(),
    )
    told = {"title": "Attack by gunmen", "quote": "The attack by gunmen came on Tuesday."}
    again = other(attack, actors=(("mentioned", place),), **told)
    assert (liken(attack, again) is not None) is joined


def test_two_types_take_more_than_one() -> None:
    akin = other(ARREST, type="investigation")
    assert needed(ARREST, akin, Timing.SAME_DAY) > needed(ARREST, other(ARREST), Timing.SAME_DAY)


STRANGE = tuple(f"e-x{number}" for number in range(9))
"""What only one of two articles names."""
NOBODY = {"actors": (), "names": (), "status": Status.OCCURRED, "quote": "It went on until night."}
"""Of a claim that names neither anybody nor a place, and gives no number."""


@pytest.mark.parametrize(
    ("type_", "shared", "joined"),
    [
        pytest.param("diplomacy", 5, False, id="talks, one subject"),
        pytest.param("diplomacy", 9, True, id="talks, the same subject throughout"),
        pytest.param("court_filing", 3, False, id="briefs, hardly one subject"),
        pytest.param("court_filing", 9, True, id="briefs, one subject"),
        pytest.param("court_hearing", 3, True, id="a hearing"),
    ],
)
def test_what_there_are_several_of_in_a_day_needs_more_in_common(type_: str, shared: int, joined: bool) -> None:
    told = replace(TALKS, type=type_, title="Session opens", trigger="session", **NOBODY)  # type: ignore[arg-type]
    strange = (*STORY[:shared], *STRANGE[shared:])
    again = other(told, title="Meanwhile session ends in uproar", profile=strange)
    assert (liken(told, replace(again, title="Late session")) is not None) is joined


@pytest.mark.parametrize(
    ("place", "quote", "joined"),
    [
        pytest.param("p-bay", "Bans on drilling at sea took effect on Tuesday, it said.", True, id="like words"),
        pytest.param("p-bay", "Higher fares took effect on Tuesday.", False, id="other words"),
        pytest.param("p-hill", "Bans on drilling at sea took effect on Tuesday, it said.", False, id="elsewhere"),
    ],
)
def test_what_takes_effect_on_a_day_by_one_word_is_told_of_in_like_words(place: str, quote: str, joined: bool) -> None:
    bay = {"type": "law_effective", "trigger": "effect", "actors": (("mentioned", "p-bay"),), "names": ()}
    ban = replace(
        SAID, title="Rules take effect", quote="The bans on all drilling took effect on Tuesday, off the bay.", **bay
    )
    actors = (("mentioned", place),) if place == "p-hill" else ()
    strange = (*STORY[:2], *STRANGE[2:])
    told = other(ban, title="Chapter in effect", quote=quote, profile=strange, actors=actors)
    assert (liken(ban, told) is not None) is joined


def test_the_judge_of_one_report_and_a_party_of_the_other_do_not_differ() -> None:
    ruling = replace(SAID, type="court_ruling", trigger="ruled", actors=(("court", "e-roe"),), names=())
    by_party = other(ruling, actors=(("party", "e-x1"),))
    by_court = other(ruling, actors=(("court", "e-x1"),))
    told = [{item.name for item in evidence(ruling, one, Timing.SAME_DAY)} for one in (by_party, by_court)]
    assert ["other_actors" in names for names in told] == [False, True]


def test_talks_planned_for_two_days_are_two() -> None:
    planned = replace(TALKS, title="Roe to meet Poe over fishing quotas")
    later = other(planned, first_day="2031-05-09", last_day="2031-05-09", published="2031-05-02")
    assert liken(planned, later) is None
    assert liken(planned, other(planned))


@pytest.mark.parametrize(
    ("title", "joined"),
    [("Deputies vote down toll", False), ("Deputies vote on canal fund", True)],
)
def test_a_vote_that_was_awaited_is_that_on_the_same_matter(title: str, joined: bool) -> None:
    chamber = {"actors": (("chamber", "e-deputies"),), "names": ("e-deputies",), "type": "legislative_vote"}
    awaited = replace(TALKS, title="Deputies to vote on canal fund", trigger="vote", **chamber)  # type: ignore[arg-type]
    days = {"first_day": "2031-05-20", "last_day": "2031-05-20", "published": "2031-05-21"}
    held = other(awaited, status=Status.OCCURRED, title=title, **days)
    assert (liken(awaited, held) is not None) is joined


@pytest.mark.parametrize(
    ("changes", "joined"),
    [
        pytest.param({}, True, id="one party"),
        pytest.param({"actors": (("person", "e-roe"), ("person", "e-moe"))}, False, id="and another"),
        pytest.param({"profile": (*STORY[:1], *STRANGE)}, False, id="a long article"),
    ],
)
def test_a_short_text_tells_of_one_resignation_in_whatever_words(changes: dict[str, object], joined: bool) -> None:
    left = replace(
        SAID,
        type="appointment",
        title="Roe leaves ministry",
        trigger="leaves",
        quote="Roe leaves the ministry.",
        actors=(("person", "e-roe"),),
        profile=STORY[:6],
    )
    gone = other(left, title="Roe out", trigger="out", quote="Out went Roe.", profile=(*STORY[:1], *STRANGE[:4]))
    assert (liken(left, replace(gone, **changes)) is not None) is joined  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("addressed", "joined"),
    [
        pytest.param("speaker", True, id="one speaks"),
        pytest.param("addressee", False, id="one is only told"),
    ],
)
def test_whom_somebody_tells_has_no_part_in_what_is_said(addressed: str, joined: bool) -> None:
    told = {"actors": ((addressed, "e-agency"),), "trigger": "told", "names": ("e-agency",), "quote": "So they told."}
    police = replace(SAID, title="Police tell Agency thousands of people marched", **told)  # type: ignore[arg-type]
    again = other(police, title="Official tells Agency hundreds of people queued", quote="An official told it.")
    assert (liken(police, again) is not None) is joined


@pytest.mark.parametrize(
    ("title", "actor", "joined"),
    [
        pytest.param("Moe meets Poe", "e-moe", False, id="others"),
        pytest.param("Envoy meets Poe over fishing quotas", "e-moe", True, id="others, on the same matter"),
        pytest.param("Poe received her", "e-poe", True, id="the same ones"),
    ],
)
def test_talks_called_off_are_not_those_of_others_on_that_day(title: str, actor: str, joined: bool) -> None:
    off = replace(TALKS, title="Roe to meet Poe over fishing quotas", status=Status.CANCELLED)
    held = other(TALKS, title=title, actors=(("party", actor),), status=Status.OCCURRED, quote="They met.")
    assert (liken(off, held) is not None) is joined


@pytest.mark.parametrize(
    ("title", "joined"),
    [pytest.param("Raid kills nine", False, id="a word"), pytest.param("Raid kills guards", True, id="and whom")],
)
def test_a_word_does_not_say_which_of_the_attacks_of_a_year(title: str, joined: bool) -> None:
    raid = {"type": "conflict", "actors": (), "names": ("e-port",), "status": Status.OCCURRED}
    year = replace(TALKS, title="Gunmen kill guards", trigger="kill", first_day="2031-01-01", **raid)  # type: ignore[arg-type]
    year = replace(year, last_day="2031-12-31", precision="year", quote="Gunmen killed.")
    day = other(year, title=title, trigger="kills", first_day="2031-05-06", last_day="2031-05-06", precision="day")
    assert (liken(year, day) is not None) is joined


def test_two_elections_that_are_awaited_are_one_only_if_titles_say_the_same() -> None:
    vote = replace(TALKS, type="election", title="Roe awaits runoff for mayor", trigger="runoff", actors=())
    later = {"first_day": "2031-11-07", "last_day": "2031-11-07", "trigger": "runoff"}
    assert liken(vote, other(vote, title="Poe plans runoff", **later)) is None
    assert liken(vote, other(vote, title="Poe plans runoff for mayor", **later))


@pytest.mark.parametrize(
    ("title", "trigger", "joined"),
    [
        pytest.param("Roe tours harbour by night", "tours", True, id="titles say the same"),
        pytest.param("Roe causes stir", "causes", False, id="only who it was is the same"),
    ],
)
def test_what_no_type_knows_and_no_word_says_in_both_is_one_event_if_titles_say_the_same(
    title: str, trigger: str, joined: bool
) -> None:
    went = replace(SAID, type="other", title="Roe goes to harbour", trigger="goes", quote="Roe went to the harbour.")
    assert (liken(went, other(went, title=title, trigger=trigger, quote=f"{title}.")) is not None) is joined


@pytest.mark.parametrize(
    ("title", "trigger", "joined"),
    [
        pytest.param("Roe announces cut", "announces", False, id="words for a speech"),
        pytest.param("Roe unveils canal", "unveils", True, id="the same word"),
        pytest.param("Roe announces dam by night", "announces", True, id="the same thing said"),
    ],
)
def test_two_statements_of_a_week_are_one_if_they_say_more_than_that_somebody_spoke(
    title: str, trigger: str, joined: bool
) -> None:
    unveiled = replace(SAID, title="Roe unveils dam", trigger="unveils", quote="Roe unveiled the dam on Tuesday.")
    week = {"first_day": "2031-05-05", "last_day": "2031-05-11", "precision": "week"}
    assert (liken(unveiled, other(unveiled, title=title, trigger=trigger, **week)) is not None) is joined


@pytest.mark.parametrize(("title", "joined"), [("Deputies back toll", False), ("Deputies vote on canal", True)])
def test_the_vote_that_was_planned_for_a_day_is_that_of_which_something_is_said_in_both(
    title: str, joined: bool
) -> None:
    nobody = {"actors": (), "names": (), "type": "legislative_vote", "trigger": "vote"}
    planned = replace(SAID, status=Status.SCHEDULED, title="Next votes are on canal", quote="It is next.", **nobody)  # type: ignore[arg-type]
    came = other(planned, status=Status.OCCURRED, title=title, quote="So it went.", trigger=title.split()[1])
    assert (liken(planned, came) is not None) is joined
