"""What one article says again in another word, and what it tells as two things."""

from dataclasses import replace

import pytest

from kb.fold.claim import UNDATED, ReportedClaim
from kb.fold.retelling import told_apart
from kb.fold.undated import points_back
from kb.model import Status

ESCAPE = ReportedClaim(
    id="c1",
    type="other",
    status=Status.OCCURRED,
    title="Two bosses escape from Alder jail",
    first_day="2012-06-10",
    last_day="2012-06-24",
    precision=UNDATED,
    actors=(),
    source="s1",
    published="2012-06-24",
    confidence=0.5,
    article="a1",
    origin="a1",
    trigger="escaped",
    quote="Two bosses escaped from Alder jail.",
)


def again(**changes: object) -> ReportedClaim:
    """Another word of the same article."""
    return replace(ESCAPE, **{"id": "c2", "quote": "By dawn it was known.", **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "apart"),
    [
        pytest.param(again(trigger="fled", title="Two bosses flee"), False, id="another word, the same people"),
        pytest.param(
            again(trigger="ordeal", title="Ordeal", quote="Their ordeal was a shock."), True, id="no word for it"
        ),
        pytest.param(
            again(trigger="jailbreak", title="Jailbreak", quote="The jailbreak was a shock."), False, id="pointed at"
        ),
        pytest.param(again(trigger="fled", title="Dancer flees burning theatre"), True, id="somebody else"),
        pytest.param(again(trigger="dug", title="Two bosses dig tunnel"), True, id="another thing"),
        pytest.param(
            again(trigger="fled", title="Two bosses flee", type="conflict"), False, id="of a type in one place only"
        ),
        pytest.param(
            again(trigger="fled", title="Two bosses flee", type="statement"),
            True,
            id="of a common type",
        ),
        pytest.param(
            again(trigger="fled", title="Dancer flees burning theatre", article="a2"), False, id="two articles"
        ),
    ],
)
def test_an_article_tells_again_in_like_words_of_the_same(other: ReportedClaim, apart: bool):
    assert told_apart(ESCAPE, other) is apart
    assert told_apart(other, ESCAPE) is apart


BLAST = replace(
    ESCAPE,
    type="conflict",
    title="Bomb explodes in market",
    first_day="2012-06-23",
    last_day="2012-06-23",
    precision="day",
    trigger="exploded",
    quote="A bomb exploded in the market.",
)


@pytest.mark.parametrize(
    ("changes", "apart"),
    [
        pytest.param({}, False, id="a noun that points back"),
        pytest.param({"quote": "It was one of two attacks."}, True, id="a noun that does not"),
        pytest.param({"first_day": "2012-06-22", "last_day": "2012-06-22"}, True, id="another day"),
        pytest.param({"type": "enforcement_action"}, True, id="another type"),
    ],
)
def test_an_article_tells_again_of_what_came_that_day(changes: dict[str, object], apart: bool):
    attack = replace(
        BLAST,
        **{"id": "c2", "title": "Attack", "trigger": "attack", "quote": "Nobody claimed Friday's attack."} | changes,
    )  # type: ignore[arg-type]
    assert told_apart(BLAST, attack) is apart


@pytest.mark.parametrize(
    ("changes", "apart"),
    [
        pytest.param({"trigger": "breakout", "title": "Breakout of two bosses"}, True, id="another word"),
        pytest.param({"trigger": "made", "title": "Two bosses make escape"}, False, id="a light verb"),
    ],
)
def test_two_words_of_one_sentence_are_of_two_things(changes: dict[str, object], apart: bool):
    quote = "The breakout is the answer of those who broke out, and escaped, last year."
    told = replace(ESCAPE, quote=quote), again(quote=quote, **changes)
    assert told_apart(*told) is apart


@pytest.mark.parametrize(
    ("quote", "back"),
    [
        pytest.param("The escape was bold.", True, id="the"),
        pytest.param("Nobody saw this escape.", True, id="this"),
        pytest.param("Roe's escape was bold.", True, id="whose"),
        pytest.param("An escape is a risk.", False, id="any"),
        pytest.param("The men escape.", False, id="a verb behind its subject"),
    ],
)
def test_a_noun_points_back_at_what_is_known(quote: str, back: bool):
    assert points_back(again(trigger="escape", quote=quote)) is back


@pytest.mark.parametrize(("type_", "apart"), [("other", True), ("disaster", False)], ids=["of no type", "of one type"])
def test_what_fell_in_a_disaster_is_not_the_disaster(type_: str, apart: bool):
    fell = {"type": "disaster", "quote": "A school collapsed in the disaster.", "trigger": "collapsed"}
    one = replace(ESCAPE, title="School collapses in disaster", **fell)  # type: ignore[arg-type]
    assert told_apart(one, replace(one, id="c2", type=type_, trigger="disaster", title="Disaster")) is apart


HEADLINE = replace(
    ESCAPE,
    type="appointment",
    status=Status.SCHEDULED,
    title="Minister to quit",
    first_day="2012-06-25",
    last_day="2012-06-25",
    precision="day",
    trigger="quit",
    quote="Minister to quit on Monday",
    at=12,
)


@pytest.mark.parametrize(
    ("changes", "apart"),
    [
        pytest.param({}, False, id="a word for it below the headline"),
        pytest.param({"type": "other"}, False, id="of no certain type"),
        pytest.param({"trigger": "speak", "title": "Jane Roe will speak"}, True, id="another thing"),
        pytest.param({"type": "statement"}, True, id="another type"),
        pytest.param({"last_day": "2012-06-26"}, True, id="other days"),
        pytest.param({"at": 9}, True, id="two words of the headline"),
    ],
)
def test_the_text_tells_again_what_the_headline_does(changes: dict[str, object], apart: bool):
    below = {"id": "c2", "trigger": "resign", "title": "Jane Roe will resign", "quote": "Roe will resign.", "at": 90}
    assert told_apart(HEADLINE, replace(HEADLINE, **{**below, **changes})) is apart  # type: ignore[arg-type]


def test_a_law_takes_effect_once_whatever_the_headline_calls_that():
    law = {"type": "law_effective", "title": "Data law to start", "quote": "Data law to start on Monday"}
    effect = {"id": "c2", "title": "Law on data will take effect", "quote": "It will take effect then.", "at": 90}
    headline = replace(HEADLINE, trigger="start", at=12, **law)  # type: ignore[arg-type]
    assert not told_apart(headline, replace(headline, trigger="effect", **effect))  # type: ignore[arg-type]
