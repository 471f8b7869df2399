"""Claims from sentences: which predicate has which date, its type and status, who says it, who takes part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.tokens import Doc

from ingest.extract.claims import find_claims
from ingest.extract.entities import find_entities
from ingest.extract.times import find_times
from kb.model import Article, Claim, Status
from kb.ontology import load_ontology
from kb.timevalue import Basis

PUBLISHED = date(2025, 3, 12)
ONTOLOGY = load_ontology()

Reader = Callable[..., tuple[Claim, ...]]


@pytest.fixture(scope="module")
def read(parse: Callable[..., Doc]) -> Reader:
    def claims(text: str, boilerplate: tuple[tuple[int, int], ...] = (), published: date | None = PUBLISHED) -> tuple:
        doc = parse(text, boilerplate)
        article = Article(id="a1", text=text, title="A title", published=published)
        return find_claims(doc, article, find_times(doc, published), find_entities(doc), ONTOLOGY)

    return claims


def dated(claims: tuple[Claim, ...]) -> list[tuple[str, str, str, str]]:
    return [(c.trigger.text, c.type, str(c.status), c.when.interval.first_day) for c in claims if c.when]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "On December 6, 2024, a federal appeals court upheld a law requiring the firm to divest the app by "
            "January 19, 2026.",
            [("upheld", "court_ruling", "occurred", "2024-12-06"), ("divest", "deadline", "scheduled", "2026-01-19")],
            id="a ruling and the deadline nested in it",
        ),
        pytest.param(
            "A three-judge panel heard the case on September 16, 2024 and upheld the law on December 6, 2024.",
            [
                ("heard", "court_hearing", "occurred", "2024-09-16"),
                ("upheld", "court_ruling", "occurred", "2024-12-06"),
            ],
            id="two verbs with a date each",
        ),
        pytest.param(
            "The court dissolved its stay on March 22, 2024 and transferred the cases.",
            [
                ("dissolved", "court_ruling", "occurred", "2024-03-22"),
                ("transferred", "court_ruling", "occurred", "2024-03-22"),
            ],
            id="two verbs that share subject and date",
        ),
        pytest.param(
            "The carmaker said on March 3, 2025 that it plans to cut 3,000 jobs by June 30, 2026.",
            [("said", "statement", "occurred", "2025-03-03"), ("cut", "corporate_change", "proposed", "2026-06-30")],
            id="what is said and when it was said",
        ),
        pytest.param(
            "The minister had tried to ban the app in August 2020.",
            [("tried", "enforcement_action", "occurred", "2020-08-01")],
            id="an attempt in the past is not the thing attempted",
        ),
        pytest.param(
            "A meeting of the council planned for May 12, 2025 was called off.",
            [("meeting", "other", "cancelled", "2025-05-12")],
            id="the date of a participle belongs to its noun",
        ),
        pytest.param(
            "The Trade Act of 1974 gives the president that power.",
            [],
            id="a date in a name",
        ),
        pytest.param(
            "Prices were higher than in 2019.",
            [],
            id="a date to compare with",
        ),
        pytest.param(
            "The agency shall, no later than June 1, 2025, publish the list.",
            [("publish", "deadline", "scheduled", "2025-06-01")],
            id="a duty under shall",
        ),
        pytest.param(
            "Under the original plan the rule would have taken effect on March 1, 2025.",
            [("effect", "law_effective", "cancelled", "2025-03-01")],
            id="what would have been",
        ),
        pytest.param(
            "If the talks fail, tariffs could be imposed on July 9, 2025.",
            [("imposed", "trade_measure", "hypothetical", "2025-07-09")],
            id="under a condition",
        ),
        pytest.param(
            "The two firms did not renew the contract in January 2025.",
            [("renew", "deal", "denied", "2025-01-01")],
            id="negated",
        ),
        pytest.param(
            "The licences did not go out until November 2024.",
            [("go", "law_effective", "occurred", "2024-11-01")],
            id="not until means then",
        ),
    ],
)
def test_dates_go_to_their_predicates(read: Reader, text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert dated(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "due"),
    [
        pytest.param("Farmers may apply for the grant until 15 May 2025.", True, id="a last day"),
        pytest.param("The office may not collect the tax until 15 May 2025.", False, id="not before that day"),
    ],
)
def test_leave_until_a_day_is_a_deadline_and_a_ban_until_then_is_none(read: Reader, text: str, due: bool) -> None:
    assert any(claim.type == "deadline" for claim in read(text)) is due


def test_nothing_is_due_on_the_day_since_when_something_counts(read: Reader) -> None:
    text = "It has to give the commission details of all purchases since April 12, 2019, by April 6, 2025."
    assert [(trigger, day) for trigger, _, _, day in dated(read(text))] == [
        ("give", "2025-04-06"),
        ("purchases", "2019-04-12"),
    ]


def test_an_event_without_a_date_is_recorded_undated(read: Reader) -> None:
    [claim] = read("The company sued the ministry in federal court.")
    assert (claim.type, claim.status, claim.when) == ("lawsuit_filed", Status.OCCURRED, None)


def test_a_heading_lends_its_date_to_what_stands_below(read: Reader) -> None:
    text = "March 3, 2025\n\nThe company sued the ministry in federal court.\n"
    [claim] = read(text)
    assert claim.when is not None
    assert (claim.when.basis, claim.when.interval.first_day) == (Basis.CONTEXT, "2025-03-03")
    assert claim.when.span.text == text[claim.when.span.start : claim.when.span.end]


def test_a_label_dates_its_line(read: Reader) -> None:
    claims = read("May 7, 2024: The company sues the government over the law.")
    assert dated(claims) == [("sues", "lawsuit_filed", "occurred", "2024-05-07")]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The ban will start on May 1, 2025, according to Reuters.", "Reuters"),
        ("The agency said the ban took effect on January 1, 2025.", "The agency"),
        ("The ban took effect on January 1, 2025.", None),
    ],
    ids=["according to", "said", "nobody"],
)
def test_a_claim_in_a_mouth_names_the_speaker(read: Reader, text: str, source: str | None) -> None:
    found = [c for c in read(text) if c.type == "law_effective"]
    assert [c.attributed_to for c in found] == [source]


@pytest.mark.parametrize(
    ("text", "type_", "actors"),
    [
        (
            "Microsoft acquired Activision Blizzard on October 13, 2023.",
            "deal",
            {("buyer", "Microsoft"), ("target", "Activision Blizzard")},
        ),
        (
            "Activision Blizzard was acquired by Microsoft on October 13, 2023.",
            "deal",
            {("buyer", "Microsoft"), ("target", "Activision Blizzard")},
        ),
        (
            "The law requires ByteDance to divest TikTok by January 19, 2026.",
            "deadline",
            {("obliged", "ByteDance"), ("object", "TikTok")},
        ),
        (
            "The president commuted the sentence of Eric Cantor on March 3, 2025.",
            "executive_action",
            {("target", "Eric Cantor")},
        ),
        ("Eric Cantor took the oath on January 3, 2025.", "appointment", {("person", "Eric Cantor")}),
        (
            "The Supreme Court rejected Microsoft's appeal on March 3, 2025.",
            "court_ruling",
            {("court", "Supreme Court of the United States"), ("party", "Microsoft")},
        ),
        (
            "Microsoft dismissed John Roe on March 3, 2025.",
            "appointment",
            {("appointer", "Microsoft"), ("person", "John Roe")},
        ),
        (
            "Microsoft sold LinkedIn to Google on March 3, 2025.",
            "deal",
            {("seller", "Microsoft"), ("target", "LinkedIn"), ("counterparty", "Google")},
        ),
        (
            "The city of Baltimore sued Microsoft on March 3, 2025.",
            "lawsuit_filed",
            {("plaintiff", "Baltimore"), ("defendant", "Microsoft")},
        ),
        (
            "Judge Ann Roe approved a settlement between Microsoft and Google on March 3, 2025.",
            "settlement",
            {("court", "Ann Roe"), ("party", "Microsoft"), ("party", "Google")},
        ),
        (
            "Microsoft and Google said in briefs filed on March 3, 2025, that the rule is void.",
            "court_filing",
            {("party", "Microsoft"), ("party", "Google")},
        ),
        (
            "Eric Cantor accused Microsoft of closing 14 plants in 2024.",
            "corporate_change",
            {("company", "Microsoft")},
        ),
        (
            "The Senate has given Microsoft until 30 June 2025 to report on its plants.",
            "deadline",
            {("obliged", "Microsoft")},
        ),
        (
            "Ofcom opened an inquiry in May 2024 and fined Microsoft in June 2024.",
            "enforcement_action",
            {("authority", "Ofcom"), ("target", "Microsoft")},
        ),
        (
            "Eric Cantor denounced North Korea on March 3, 2025.",
            "statement",
            {("speaker", "Eric Cantor"), ("about", "North Korea")},
        ),
        (
            "Eric Cantor told North Korea on March 3, 2025, to wait.",
            "statement",
            {("speaker", "Eric Cantor"), ("addressee", "North Korea")},
        ),
        ("The murder of Eric Cantor in March 2024 shook the town.", "conflict", {("target", "Eric Cantor")}),
    ],
    ids=[
        "active",
        "passive",
        "infinitive",
        "whose sentence is commuted",
        "who takes a post",
        "whose appeal it is",
        "who gives it",
        "who sells",
        "the city of",
        "a judge is a court",
        "whose paper it is",
        "who is accused",
        "who is given time",
        "a second verb",
        "who is denounced",
        "who is told",
        "who is murdered",
    ],
)
def test_roles_are_read_from_grammar(read: Reader, text: str, type_: str, actors: set[tuple[str, str]]) -> None:
    [claim] = [c for c in read(text) if c.type == type_ and c.when]
    assert {(actor.role, actor.name) for actor in claim.actors} == actors


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        pytest.param(
            "Eric Cantor moved the deadline from March 3, 2025, to June 3, 2025.",
            {("imposed_by", "Eric Cantor")},
            id="who moves it",
        ),
        pytest.param(
            "Eric Cantor gave Microsoft a deadline of March 3, 2025.",
            {("imposed_by", "Eric Cantor"), ("obliged", "Microsoft")},
            id="who gives it, and who is given it",
        ),
        pytest.param(
            "The European Commission has given Microsoft until May 3, 2025, to change its terms.",
            {("obliged", "Microsoft")},
            id="who is given time, not who gives it",
        ),
        pytest.param("Microsoft set itself a deadline of March 3, 2025.", {("obliged", "Microsoft")}, id="oneself"),
        pytest.param("Microsoft missed the deadline of March 3, 2025.", {("obliged", "Microsoft")}, id="who misses it"),
    ],
)
def test_who_sets_a_deadline_is_not_held_to_it(read: Reader, text: str, actors: set[tuple[str, str]]) -> None:
    told = [claim for claim in read(text) if claim.trigger.text in ("deadline", "missed", "change")]
    assert {(actor.role, actor.name) for claim in told for actor in claim.actors} == actors


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "On December 6, 2024, a federal appeals court upheld a law requiring ByteDance to divest TikTok.",
            "Federal appeals court upholds law requiring ByteDance to divest TikTok",
        ),
        ("The bill was signed by the governor on May 17, 2024.", "Bill was signed by governor"),
        ("The company will close two plants in June 2025.", "Company will close two plants"),
        ("The firm, which makes engines, agreed on Monday to buy its rival.", "Firm agrees to buy its rival"),
        ("The envoys met at Mar-a-Lago on March 3, 2025.", "Envoys meet at Mar-a-Lago"),
        ("MPs backed the plan on March 3, 2025.", "MPs back plan"),
        ("The prices that rose on March 3, 2025 hurt shoppers.", "Prices rise"),
        (
            "The firm is a monopolist, a federal judge ruled on August 5, 2024.",
            "Federal judge rules firm is monopolist",
        ),
        ("Founded in May 2005, the firm was sold.", "Firm founded"),
        ("Founded by Acme in May 2005, it was sold.", "Founded by Acme"),
        ("The bill was introduced on May 3, 2024, the opposition moved fast.", "Bill was introduced"),
        (
            "GUATEMALA CITY - The chief prosecutor arrested the minister on March 3, 2025.",
            "Chief prosecutor arrests minister",
        ),
        ("PORT-AU-PRINCE (Wire) — The president fled on March 3, 2025.", "President flees"),
        ("Oakwire -- The regulator fined the bank on March 3, 2025.", "Regulator fines bank"),
        ("Leeds — The council approved the plan on March 4, 2025.", "Council approves plan"),
        (
            "John Roe was tired, and the chamber was empty. After a long night he resigned on March 3, 2025.",
            "John Roe resigns",
        ),
        ("Regulators gave the firm until March 30, 2025, to sell the unit.", "Firm to sell unit"),
        (
            "Regulators gave it until March 30, 2025, to sell the unit.",
            "Regulators give it until March 30, 2025 to sell unit",
        ),
        ("The firm has until May 5, 2025, to comply.", "Firm has to comply"),
        ("The court ordered it to sell the unit by May 5, 2025.", "Court orders it to sell unit"),
        ("The new deadline is January 23, 2026.", "New deadline is January 23, 2026"),
        ("In a one-page order on March 4, 2025, the court blocked the rule.", "Court blocks rule"),
        (
            "The bank has a chairman, John Roe, whose own term was extended in May 2024.",
            "John Roe's own term was extended",
        ),
        (
            "Delivery of a seventh aircraft, due in May 2025, is likely to wait.",
            "Delivery of seventh aircraft is likely to wait",
        ),
        ("The panel met on March 3, 2025; it will report in May 2025.", "Panel meets"),
        ("The judge let the sale go ahead on March 3, 2025.", "Judge lets sale go ahead"),
        ("It was to have closed in May 2025.", "It was to have closed"),
        ("State plans must be in by June 30, 2025.", "State plans must be in"),
        ('"Fines are one thing," Ann Moe said on March 3, 2025.', "Ann Moe says fines are one thing"),
        ("TikTok is dark. Its users saw a notice on March 3, 2025.", "TikTok's users see notice"),
        ("The form opened early, before it was closed on March 3, 2025.", "Form was closed"),
        ("The first order is out. A second, signed on March 3, 2025, is not.", "Second order signed"),
        ("Those who want cover must enrol by May 5, 2025.", "Those who want cover must enrol"),
        ("Three weeks after the parties offered them on March 3, 2025, it took pledges.", "Parties offer them"),
        (
            "The store was rebranded on May 3, 2024.",
            "Store was rebranded",
        ),
        ("Acme rebranded the store on May 3, 2024.", "Acme rebrands store"),
        (
            "It is unlikely to get far: a general election must be held by January 28, 2027.",
            "General election must be held",
        ),
        (
            "The court held a hearing on May 3, 2024, with a decision expected soon.",
            "Court holds hearing",
        ),
        ("The app shut down on May 3, 2024, immediately\u00a0before the king was crowned.", "App shuts down"),
        ("The petition is old. It was filed on May 3, 2024.", "Petition was filed"),
        ("Lawmakers sat late. They rejected the plan on May 3, 2024.", "Lawmakers reject plan"),
        ("The virus is new to the agency. It declared an emergency on May 3, 2024.", "It declares emergency"),
        ("The farm minister was told. It was repealed on May 3, 2024.", "It was repealed"),
        (
            "The scheme was ready, but the governor vetoed it on May 3, 2024.",
            "Governor vetoes scheme",
        ),
        ("No aid arrived: the ministry stopped it on May 3, 2024.", "Ministry stops it"),
        (
            "The firm is not among them, having announced on May 3, 2024 that it would not sign.",
            "Firm announces it would not sign",
        ),
        ("The regulator fined the bank $3 million on May 3, 2024.", "Regulator fines bank $3 million"),
        ("The French investor Meridian bought the port on May 3, 2024.", "French investor Meridian buys port"),
        ("The agency must stop issuing permits on May 3, 2024.", "Agency must stop issuing permits"),
        ("The act calls for a first report on or before May 3, 2024.", "Act calls for first report"),
        ("Makers of toys would have until May 3, 2024.", "Makers of toys would have until May 3, 2024"),
        ("He was back: the minister testified in the inquiry on May 3, 2024.", "Minister testifies in inquiry"),
        ("The senate said no on May 3, 2024.", "Senate says no"),
        ("The man is thought to have entered the house on May 3, 2024.", "Man is thought to have entered house"),
        (
            "The minister arranged on May 3, 2024 for the office to be closed.",
            "Minister arranges for office to be closed",
        ),
        ("Police searched forty homes on May 3, 2024.", "Police search forty homes"),
        ("There were no fights at the camp on May 3, 2024.", "There are no fights at camp"),
        ("Reuben Hall - the sitting member - won on Tuesday.", "Reuben Hall wins"),
        (
            "The agency, after a long review of the risks, modified the rules on May 3, 2024.",
            "Agency modifies rules",
        ),
        (
            "The agency could take until May 3, 2024 to find a cause.",
            "Agency could take until May 3, 2024 to find cause",
        ),
        ("From May 3, 2024, guests will find it harder to get a visa.", "Guests will find it harder to get visa"),
        (
            "The ministry has put off the day when banks must stop lending, but only until May 3, 2024.",
            "Ministry has put off day when banks must stop lending",
        ),
        (
            "On May 3, 2024 the king exempted everything that meets the terms.",
            "King exempts everything that meets terms",
        ),
        ("A poll in May 2024 showed how important the pact is.", "Poll shows how important pact is"),
        ("Wheat rose 3 per cent in May 2024, per the ministry.", "Wheat rises 3 per cent"),
        ("The ministry withdrew a draft in May 2024, according to papers.", "Ministry withdraws draft"),
        ("May 3, 2024 is the first anniversary of the pact.", "First anniversary of pact"),
        ("The current license had been due to lapse on May 3, 2024.", "Current license had been due to lapse"),
        ("About 900 families face a bleak Christmas 2024.", "About 900 families face bleak Christmas 2024"),
        ("After long talks last weekend, the union called a ballot on May 3, 2024.", "Union calls ballot"),
        ("The judge blocked it, a month before it was to start on May 3, 2024.", "Judge blocks it"),
    ],
)
def test_titles_read_like_entries_of_a_timeline(read: Reader, text: str, title: str) -> None:
    assert read(text)[0].title == title


def test_a_participle_that_goes_on_after_a_passive_is_left_as_it_is(read: Reader) -> None:
    claims = read("The inquiry was opened in April 2015 and the charges sent on May 3, 2016.")
    assert [claim.title for claim in claims if claim.trigger.text == "sent"] == ["Charges sent"]


@pytest.mark.parametrize(
    ("text", "trigger", "title"),
    [
        (
            "The fishermen refused to sign the pact by May 3, 2025.",
            "sign",
            "Fishermen refuse to sign pact",
        ),
        (
            "The mayor wants a vote to be held on May 3, 2025.",
            "held",
            "Mayor wants vote to be held",
        ),
        (
            "The assembly voted against joining the pact on May 3, 2024.",
            "joining",
            "Assembly votes against joining pact",
        ),
        (
            "Speaking at the port on May 3, 2024, the mayor defended the toll.",
            "Speaking",
            "Mayor speaks at port",
        ),
        (
            "While hosting the king in Oslo on May 3, 2024, the mayor defended the toll.",
            "hosting",
            "Mayor hosts king in Oslo",
        ),
        (
            "The council voted on May 3, 2024 to allow trams.",
            "voted",
            "Council votes to allow trams",
        ),
        (
            "The ministry said it would close the port on May 3, 2025.",
            "close",
            "Ministry would close port",
        ),
        (
            "The ruling called the future of the port into question on May 3, 2024.",
            "called",
            "Ruling calls future of port into question",
        ),
        (
            "The change came on May 3, 2024 after farmers blocked the port.",
            "change",
            "Change comes after farmers blocked port",
        ),
        (
            "The change came on May 3, 2024 after farmers blocked the port.",
            "blocked",
            "Farmers block port",
        ),
        (
            "Ada Roe, a farmer, and Joan Moe wrote the bill on May 3, 2024.",
            "wrote",
            "Ada Roe and Joan Moe write bill",
        ),
        (
            "January 26, 1950 was chosen as the feast.",
            "chosen",
            "January 26, 1950 was chosen as feast",
        ),
        (
            "Half of the farmers left the union on May 3, 2024.",
            "left",
            "Half of farmers leave union",
        ),
        (
            '"About 900 farmers have come to the square," the mayor said on May 3, 2024.',
            "said",
            "Mayor says about 900 farmers have come to square",
        ),
        (
            "Peru, Chile and Brazil, the largest growers, refused aid on May 3, 2024.",
            "refused",
            "Peru, Chile and Brazil refuse aid",
        ),
        (
            "The bank was shaken. On May 3, 2024 it was disclosed that its treasurer had left.",
            "disclosed",
            "It was disclosed its treasurer had left",
        ),
        (
            '"I like the port," the mayor said during a May 2024 rally in Leeds.',
            "rally",
            "Mayor says during rally in Leeds: I like port",
        ),
    ],
)
def test_a_title_says_no_more_than_its_sentence(read: Reader, text: str, trigger: str, title: str) -> None:
    assert title in [claim.title for claim in read(text) if claim.trigger.text == trigger]


@pytest.mark.parametrize(
    ("text", "trigger", "title"),
    [
        pytest.param(
            "The fund was praised by Roe's aide Joan Moe when she opened the museum on May 3, 2024.",
            "opened",
            "Joan Moe opens museum",
            id="the one person before",
        ),
        pytest.param(
            "When she opened the museum on May 3, 2024, Ada Roe was ill.",
            "opened",
            "Ada Roe opens museum",
            id="the subject of the main clause behind",
        ),
        pytest.param(
            "The council of Lima ruled the harbour until it was closed on May 3, 2024.",
            "closed",
            "It was closed",
            id="the council or the harbour",
        ),
        pytest.param(
            "Google runs the port. On May 3, 2024 it was decided to close the pier.",
            "decided",
            "It was decided to close pier",
            id="an it that stands for an aim",
        ),
        pytest.param(
            "Google runs the port. On May 3, 2024 it turned out that the pier was closed.",
            "turned",
            "It turns out that pier was closed",
            id="an it that stands for a clause",
        ),
        pytest.param(
            "She met the painter Joan Moe, and when she left the port on May 3, 2024 it rained.",
            "left",
            "She leaves port",
            id="another she before",
        ),
        pytest.param(
            '"The toll is unfair," Ada Roe said. "On May 3, 2024 she left the port."',
            "left",
            "She leaves port",
            id="nobody speaks of herself as she",
        ),
    ],
)
def test_a_pronoun_is_named_in_a_title_only_where_there_is_no_doubt(
    read: Reader, text: str, trigger: str, title: str
) -> None:
    assert [claim.title for claim in read(text) if claim.trigger.text == trigger] == [title]


@pytest.mark.parametrize(
    ("text", "trigger", "title"),
    [
        pytest.param(
            "The new rule would have increased Class 2 fees from 5% to 8% on May 3, 2024.",
            "increased",
            "New rule would have increased Class 2 fees from 5% to 8%",
            id="an object taken for a measure",
        ),
        pytest.param(
            "At a meeting the treasurer was asked on May 3, 2024 if he would publish the accounts.",
            "asked",
            "Treasurer was asked if he would publish accounts",
            id="what is asked",
        ),
        pytest.param(
            "The minister insisted on May 3, 2024 that now was not the time to sell the port.",
            "insisted",
            "Minister insists that now was not time to sell port",
            id="a time that is the subject",
        ),
        pytest.param(
            "The coroner ruled the fire on May 3, 2024 was an accident.",
            "ruled",
            "Coroner rules fire was accident",
            id="what is told of the object",
        ),
        pytest.param(
            "Police learned Thursday evening of the positive match.",
            "learned",
            "Police learn of positive match",
            id="what the parser ties to a time",
        ),
        pytest.param(
            "The bank raised rates on May 3, 2024 to a range of 0.75% to 1.00%.",
            "raised",
            "Bank raises rates to range of 0.75% to 1.00%",
            id="the end of a range",
        ),
        pytest.param(
            'Ada Roe wrote on May 3, 2024: "No more tolls for the town!"',
            "wrote",
            "Ada Roe writes no more tolls for the town!",
            id="what is written",
        ),
        pytest.param(
            "The army lacked $30m on May 3, 2024.",
            "lacked",
            "Army lacks $30m",
            id="an amount",
        ),
        pytest.param(
            "The farmers had nowhere to go during the flood on May 3, 2024.",
            "go",
            "Farmers have nowhere to go during flood",
            id="the want of something is no duty",
        ),
        pytest.param(
            "The mayor denied that the bank had paid the bribe on May 3, 2024.",
            "paid",
            "Mayor denies bank had paid bribe",
            id="who denies it",
        ),
        pytest.param(
            "The mayor has not said how many letters he got on May 3, 2024.",
            "got",
            "Mayor has not said how many letters he got",
            id="what is not said",
        ),
        pytest.param(
            "What he saw on May 3, 2024 was a fire.",
            "saw",
            "What he saw is fire",
            id="what the thing was that is asked for",
        ),
        pytest.param(
            "Both towns voted to remain in the union in the May 2024 referendum.",
            "referendum",
            "Both towns vote to remain in union in referendum",
            id="the verb above an infinitive around a noun",
        ),
        pytest.param(
            "The government held rallies in Peru to help secure victory on May 3, 2025.",
            "secure",
            "Government holds rallies in Peru to help secure victory",
            id="the verb above a bare infinitive",
        ),
    ],
)
def test_a_title_keeps_what_completes_its_verb(read: Reader, text: str, trigger: str, title: str) -> None:
    assert [claim.title for claim in read(text) if claim.trigger.text == trigger] == [title]


@pytest.mark.parametrize(
    ("text", "trigger", "title"),
    [
        pytest.param(
            "The House passed the toll bill 70-48 on May 3, 2024.",
            "passed",
            "House passes toll bill 70-48",
            id="a count of votes",
        ),
        pytest.param(
            '"On May 3, 2024 we left the bank," Ada Roe told reporters.',
            "left",
            "Ada Roe: We leave bank",
            id="who speaks of himself",
        ),
        pytest.param(
            '"On May 3, 2024 we left the bank," she told reporters.',
            "left",
            "We leave bank",
            id="a speaker without a name",
        ),
        pytest.param(
            "The licence expired as of May 3, 2024.",
            "expired",
            "Licence expires",
            id="the head of a time that is left out",
        ),
        pytest.param(
            "The king will welcome two more on May 3, 2025: Chancellor Joan Moe and Premier Hal Roe.",
            "welcome",
            "King will welcome two more",
            id="what stands behind a colon",
        ),
        pytest.param(
            "The mayor praised Ann Roe, D-Ohio, who signed the toll bill on May 3, 2024.",
            "signed",
            "Ann Roe signs toll bill",
            id="the place behind a name",
        ),
        pytest.param(
            "Since winning the vote in May 2024, the mayor has defended the toll.",
            "winning",
            "Mayor wins vote",
            id="since when something is so",
        ),
        pytest.param(
            "Ada Roe worked for the bank before joining the ministry on May 3, 2024.",
            "joining",
            "Ada Roe joins ministry",
            id="who did what a gerund says",
        ),
        pytest.param(
            "The firm must pay before selling the port on May 3, 2025.",
            "selling",
            "Firm must pay before selling port",
            id="a gerund that tells of no fact",
        ),
        pytest.param(
            "Farmers in the villages along a road used by lorries from the port to the capital of the country "
            "agreed on May 3, 2024 to close it to all traffic.",
            "agreed",
            "Farmers agree to close it to all traffic",
            id="a subject that leaves no room for the verb",
        ),
    ],
)
def test_a_title_tells_who_does_it_and_no_other_clause(read: Reader, text: str, trigger: str, title: str) -> None:
    assert [claim.title for claim in read(text) if claim.trigger.text == trigger] == [title]


@pytest.mark.parametrize(
    ("text", "trigger", "title"),
    [
        pytest.param(
            '"We have paid," Ada Roe said on May 3, 2024.',
            "said",
            "Ada Roe says: we have paid",
            id="somebody of himself",
        ),
        pytest.param(
            '"The wage deal is dead," Ada Roe said in a statement on May 3, 2024.',
            "said",
            "Ada Roe says wage deal is dead",
            id="without where it is said",
        ),
        pytest.param(
            "Ada Roe told Newswire on May 3, 2024 that two engineers had been taken away.",
            "told",
            "Ada Roe tells Newswire that two engineers had been taken away",
            id="a that between two names",
        ),
        pytest.param(
            "Ada Roe said on May 3, 2024 that Acme had paid.",
            "said",
            "Ada Roe says Acme had paid",
            id="no that right behind the verb",
        ),
        pytest.param(
            "The mayor said on May 3, 2024 he wanted to review the terms of their pact -- a move some took ill.",
            "said",
            "Mayor says he wanted to review terms of their pact",
            id="without what stands behind a dash",
        ),
        pytest.param(
            "Members of the panel - two drivers and an interpreter - were also abducted on May 3, 2024.",
            "abducted",
            "Members of panel were abducted",
            id="without what stands between dashes",
        ),
        pytest.param(
            "The party had been leading polls for much of 2016.",
            "polls",
            "Party had been leading polls",
            id="without what leads to a time",
        ),
        pytest.param(
            "The operations come a month after the January 29 raid on Velm.",
            "come",
            "Operations come month after January 29 raid on Velm",
            id="what a thing comes after",
        ),
        pytest.param("The date falls on May 3, 2025.", "falls", "Date falls on May 3, 2025", id="the day of a date"),
        pytest.param(
            "The ministry pushed that date back to May 3, 2025.",
            "pushed",
            "Ministry pushes that date back",
            id="a date that is moved",
        ),
        pytest.param(
            "Clinic owners were late. They had been told to have their staff vaccinated by May 3, 2024.",
            "vaccinated",
            "Clinic owners to have their staff vaccinated",
            id="who is told to have something done",
        ),
        pytest.param(
            "The ministry told the union it has until May 3, 2025 to say what it wants.",
            "say",
            "Union has to say what it wants",
            id="who is told how long he has",
        ),
        pytest.param(
            "The man was last seen in April 2024 and reported missing by Mr Roe on May 3, 2024.",
            "reported",
            "Man was reported missing by Mr Roe",
            id="a second passive",
        ),
        pytest.param(
            "Ada Roe wrote a book. The next spring she met Jon Moe's aides, and in May 2024 she left the ministry.",
            "left",
            "Ada Roe leaves ministry",
            id="whom a pronoun is linked to",
        ),
        pytest.param(
            "In May 2024, during the Velm Conference, the leader of the movement in the north, Ada Roe, firmly claimed "
            "that Acme had paid.",
            "claimed",
            "Ada Roe firmly claims Acme had paid",
            id="a subject taken for an aside",
        ),
        pytest.param(
            "The bridge won't be closed in April 2025 or sold by the city on May 3, 2025.",
            "sold",
            "Bridge won't be sold by city",
            id="what is denied of both",
        ),
        pytest.param(
            "Parliament is due on May 3, 2025 to debate a censure motion.",
            "due",
            "Parliament is due to debate censure motion",
            id="what is due behind its day",
        ),
        pytest.param(
            "Acme, which launched its service on May 3, 2024, and its rival Borel have both tried to win listeners.",
            "service",
            "Acme launches its service",
            id="one of two, of whom alone a clause tells",
        ),
        pytest.param(
            "The army on Saturday evening and Sunday morning shelled Velm, the local authorities said on Sunday.",
            "shelled",
            "Army shells Velm",
            id="an and between two times",
        ),
    ],
)
def test_a_title_runs_nothing_into_another(read: Reader, text: str, trigger: str, title: str) -> None:
    assert title in [claim.title for claim in read(text) if claim.trigger.text == trigger]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "The Senate rejected the bill on May 3, 2024 and the House on May 5, 2024.",
            ["Senate rejects bill", "House rejects bill"],
        ),
        (
            "The bill was approved by the Senate on May 3, 2024 and by the House on May 5, 2024.",
            ["Bill was approved by Senate", "Bill was approved by House"],
        ),
        (
            "The plan was beaten by 230 votes on May 3, 2024 and by 149 on May 5, 2024.",
            ["Plan was beaten by 230 votes", "Plan was beaten by 149"],
        ),
        (
            "The treasurer quit on May 3, 2024, and Ms Young on May 5, 2024.",
            ["Treasurer quits", "Ms Young quits"],
        ),
        (
            "Ann Roe leaves on May 3, 2024 and Joan Moe takes over on May 5, 2024.",
            ["Ann Roe leaves", "Joan Moe takes over"],
        ),
        (
            "Guyana told banks on May 3, 2024 to share data, and Alberta may do so on May 5, 2024.",
            ["Guyana tells banks to share data", "Alberta may tell banks to share data"],
        ),
        (
            "The farm panel said no on May 3, 2024 and the fisheries panel did so on May 5, 2024.",
            ["Farm panel says no", "Fisheries panel says no"],
        ),
        (
            "Shops sell the drink in small bottles. They must go on doing so until May 5, 2024.",
            ["They must go on selling drink in small bottles"],
        ),
        (
            "The firm has vowed to appeal, but it cannot do so until May 5, 2024.",
            ["Firm cannot appeal until May 5, 2024"],
        ),
        ("On May 3, 2024 they did away with the tax.", ["They do away with tax"]),
    ],
)
def test_titles_say_what_a_clause_leaves_out(read: Reader, text: str, titles: list[str]) -> None:
    assert [claim.title for claim in read(text) if claim.when] == titles


def test_who_stands_in_the_gap_has_the_role(read: Reader) -> None:
    claims = [
        claim for claim in read("The Senate passed it on May 3, 2024 and the House on May 5, 2024.") if claim.when
    ]
    assert [[actor.name for actor in claim.actors] for claim in claims] == [["Senate"], ["House"]]


@pytest.mark.parametrize(
    ("text", "trigger", "title"),
    [
        pytest.param(
            "Norland is unlikely to sign the treaty in 2025.",
            "sign",
            "Norland is unlikely to sign treaty",
            id="an adjective above an infinitive",
        ),
        pytest.param(
            "The nurse was unable to reach the clinic on May 3, 2024.",
            "reach",
            "Nurse is unable to reach clinic",
            id="an adjective that denies it",
        ),
        pytest.param("The ferry is due to open on May 3, 2026.", "open", "Ferry to open", id="what has been settled"),
        pytest.param(
            "The appeal is the third to reach the court since May 2019.",
            "court",
            "Appeal is third to reach court",
            id="the third of its kind",
        ),
        pytest.param(
            "The court acquitted the mayor of ordering the burning of the archive during the 2011 riots.",
            "riots",
            "Court acquits mayor of ordering burning of archive during riots",
            id="a gerund above a thin noun",
        ),
        pytest.param(
            "The envoy issued a statement condemning the raid on May 3, 2024.",
            "condemning",
            "Envoy issues statement condemning raid",
            id="a participle of the object",
        ),
        pytest.param(
            "Roe had left Acme, where she ran sales, to join Bexley Bank in May 2024.",
            "join",
            "Roe to join Bexley Bank",
            id="an aim behind a comma",
        ),
        pytest.param(
            "Ada Roe, a nurse and a former teacher who lived in Leeds until May 2013, opposed the plan.",
            "lived",
            "Ada Roe lives in Leeds",
            id="who somebody is",
        ),
        pytest.param(
            "Exports rose by 6 percent, up from 5 percent in April, on May 3, 2024.",
            "rose",
            "Exports rise by 6 percent",
            id="a comparison with another time",
        ),
        pytest.param(
            "Two guards wounded in knife attack DETAINED: a man of 30, on May 3, 2024.",
            "wounded",
            "Two guards wounded in knife attack",
            id="the label of what comes next",
        ),
        pytest.param(
            "The envoy stepped aside before May 3, 2024 to be with his family.",
            "stepped",
            "Envoy steps aside to be with his family",
            id="where to, before a time",
        ),
        pytest.param("The feud dates back to 1950.", "dates", "Feud dates back to 1950", id="a time to date back to"),
        pytest.param(
            "The minister told readers of the paper back in May 2019 that the plan was dead.",
            "told",
            "Minister tells readers of paper that plan was dead",
            id="back in May",
        ),
        pytest.param(
            "Ada Roe spent two weeks training the team in May 2024.",
            "training",
            "Ada Roe spent two weeks training team",
            id="time that is spent",
        ),
        pytest.param(
            "In one incident in May 2019, a man broke into the palace and stole a crown.",
            "broke",
            "Man breaks into palace",
            id="what an incident was",
        ),
        pytest.param(
            "Profits of the groups with sales of 20 million yuan ($3 million; 2 million euros) were "
            "95 billion yuan in 2016.",
            "Profits",
            "Profits of groups with sales of 20 million yuan are 95 billion yuan",
            id="a semicolon in brackets",
        ),
        pytest.param(
            "Hundreds died in 'acts of madness' in the port on May 3, 2024.",
            "died",
            "Hundreds die in acts of madness in port",
            id="single quotation marks",
        ),
        pytest.param(
            "They rejected most of the pleas they looked at in May 2019.",
            "looked",
            "They look at pleas",
            id="a preposition at the end of its clause",
        ),
        pytest.param(
            "It is hard to say on May 3, 2024 what the fuss was about.",
            "say",
            "It is hard to say what fuss was about",
            id="a preposition whose noun stands before it",
        ),
        pytest.param(
            '"The wage deal is dead," said Ada Roe in a statement on May 3, 2024.',
            "said",
            "Ada Roe says wage deal is dead",
            id="who says it behind the verb",
        ),
        pytest.param(
            "The islands spent $9,403 a person on the port in 2019.",
            "spent",
            "Islands spend $9,403 a person on port",
            id="so much each",
        ),
        pytest.param(
            "The editor Ada Roe is leaving the Standard after five years to join Radio Oakdale in May 2026.",
            "join",
            "Editor Ada Roe to join Radio Oakdale",
            id="what somebody leaves does nothing",
        ),
        pytest.param(
            "Two guards killed in a raid on the port on May 3, 2024.",
            "killed",
            "Two guards killed in raid on port",
            id="who suffers it kills nobody",
        ),
        pytest.param(
            "The northern towns plan to raise or cut the tolls on May 3, 2026.",
            "raise",
            "Northern towns to raise or cut tolls",
            id="one object of two verbs",
        ),
        pytest.param(
            "According to a report by the harbour board, coal supplies this year are unlikely to grow by much.",
            "unlikely",
            "Coal supplies are unlikely to grow by much",
            id="a subject that the parser ties elsewhere",
        ),
        pytest.param(
            "The number of visitors rose in 2018, and even exceeded that of the islanders in 2019.",
            "exceeded",
            "Number of visitors even exceeds that of islanders",
            id="the subject of two verbs",
        ),
        pytest.param(
            "Roe described Moe's last Christmas Eve to the court.",
            "described",
            "Roe describes Moe's last Christmas Eve to court",
            id="a day that is the object",
        ),
        pytest.param(
            "Ada Roe died after being hit by a tram on May 3, 2024.",
            "hit",
            "Ada Roe dies after being hit by tram",
            id="a passive gerund",
        ),
        pytest.param(
            "The ferries have called at seven ports since entering the strait in May 2019.",
            "entering",
            "Ferries have called at seven ports since entering strait",
            id="a gerund of things",
        ),
        pytest.param(
            "The document, released on May 3, 2024, said the bridge was unsafe.",
            "released",
            "Document says bridge was unsafe",
            id="what a text tells",
        ),
        pytest.param(
            "Ada Roe says in a statement released on May 3, 2024 that the bridge was unsafe.",
            "released",
            "Ada Roe says in statement that bridge was unsafe",
            id="what is told in a text",
        ),
        pytest.param(
            "The envoy to the United Nations, Ada Roe, repeated it on May 3, 2024 when she said that talks failed.",
            "said",
            "Ada Roe says talks failed",
            id="who is named behind what she is",
        ),
        pytest.param(
            "A bill that requires the bank to be sold or shut down by May 3, 2026 has passed.",
            "shut",
            "Bank to be shut down",
            id="the same auxiliaries",
        ),
        pytest.param(
            "The bank had invested $7 billion (6.4 billion euros; 5.2 billion pounds) in canals as of May 3, 2024.",
            "invested",
            "Bank had invested $7 billion in canals",
            id="an amount without that in brackets",
        ),
        pytest.param(
            "The number of bonds that expire on May 3, 2024 is small.",
            "expire",
            "Bonds expire",
            id="the noun that has the number of the verb",
        ),
        pytest.param(
            "Forty new trams for the harbor A fleet of forty trams left the depot on May 3, 2024.",
            "left",
            "Fleet of forty trams leaves depot",
            id="without the heading before it",
        ),
    ],
)
def test_a_title_is_whole(read: Reader, text: str, trigger: str, title: str) -> None:
    assert title in [claim.title for claim in read(text) if claim.trigger.text == trigger]


@pytest.mark.parametrize(
    ("text", "trigger", "title"),
    [
        pytest.param(
            "A strong earthquake struck the province on Tuesday and killed five people.",
            "struck",
            "Strong earthquake strikes province",
            id="whole, though it begins as its verb does",
        ),
        pytest.param(
            "Theresa May said little. May turned last week to Jeremy Corbyn in search of a majority.",
            "turned",
            "May turned to Jeremy Corbyn in search of majority",
            id="whole, though a name is an auxiliary too",
        ),
        pytest.param(
            "According to the 2019 census, the majority of people in Orania live in the countryside.",
            "census",
            "Majority of people in Orania live in countryside according to census",
            id="a noun alone, with what its clause says",
        ),
        pytest.param(
            "Ada Roe was found guilty of the December 2012 killing of students.",
            "killing",
            "Ada Roe was found guilty of killing of students",
            id="a noun with little, in its clause",
        ),
        pytest.param(
            "Three people died in clashes between farmers and police following Friday's court ruling.",
            "ruling",
            "Court ruling",
            id="not with what happened at another time",
        ),
        pytest.param(
            "The debt of the fund was 30 million dollars, as was ruled by a northern court in 2015.",
            "ruled",
            "The debt of the fund was 30 million dollars, as was ruled by a northern court in 2015",
            id="the sentence itself for a verb without a subject",
        ),
        pytest.param(
            "The debt of the fund was 30 million dollars, as was ruled in 2015 by a northern court",
            "ruled",
            "The debt of the fund was 30 million dollars, as was ruled in 2015 by a northern court",
            id="with its last word where nothing ends it",
        ),
        pytest.param(
            'The king was called "the builder" by the court, as was ruled by a northern court in 2015.',
            "ruled",
            "The king was called the builder by the court, as was ruled by a northern court in 2015",
            id="without quotation marks",
        ),
        pytest.param(
            "Starting in late 2024, food that contains palm oil needs to say so in Orania, says Ada Roe.",
            "says",
            "Starting in late 2024, food that contains palm oil needs to say so in Orania, says Ada Roe",
            id="the sentence itself where what is said is torn off",
        ),
        pytest.param(
            "Founded by Acme in May 2005, it was sold.",
            "Founded",
            "Founded by Acme",
            id="not a sentence of a pronoun",
        ),
    ],
)
def test_a_title_that_says_too_little_gives_way_to_what_is_told_around_it(
    read: Reader, text: str, trigger: str, title: str
) -> None:
    assert title in [claim.title for claim in read(text) if claim.trigger.text == trigger]


@pytest.mark.parametrize(
    ("text", "trigger", "title"),
    [
        pytest.param(
            "Throughout his 2016 election campaign, Governor John Moe called for the construction of a wall.",
            "campaign",
            "John Moe's election campaign",
            id="named behind the phrase",
        ),
        pytest.param(
            "Ada Roe, in her first speech to the council on Monday, promised a new bridge.",
            "speech",
            "Ada Roe's first speech to council",
            id="named before it",
        ),
        pytest.param(
            "Throughout his 2016 campaign against Ada Roe, John Moe called for a wall.",
            "campaign",
            "His campaign against Ada Roe",
            id="not with two who are named",
        ),
        pytest.param(
            "Throughout her 2016 campaign against a new salt tax, Governor John Moe called for a wall.",
            "campaign",
            "Her campaign against new salt tax",
            id="not with a name of the other sex",
        ),
    ],
)
def test_an_owner_is_named_in_the_title_of_a_noun(read: Reader, text: str, trigger: str, title: str) -> None:
    assert title in [claim.title for claim in read(text) if claim.trigger.text == trigger]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(
            "The regulator of the northern provinces awarded a contract of $3 billion on May 3, 2024 to Acme to build "
            "new trains for the city's old subway lines.",
            "Regulator of northern provinces awards contract of $3 billion to Acme",
            id="at a whole phrase",
        ),
        pytest.param(
            "The council of the northern provinces moved the works of the seven towns from coal and peat to wind and "
            "gas in the old valleys on May 3, 2024.",
            "Council of northern provinces moves works of seven towns from coal and peat to wind and gas",
            id="not between from and to",
        ),
        pytest.param(
            "The cabinet of the northern provinces opened seven new schools on May 3, 2024 in an attempt to bring back "
            "the young families of the old mining towns.",
            "Cabinet of northern provinces opens seven new schools",
            id="not behind an attempt",
        ),
        pytest.param(
            '"The reason was not the wage deal," Ada Roe said on May 3, 2024 on the breakfast show of Radio Oakdale in '
            "an interview with her sister Joan Roe.",
            "Ada Roe says reason is not wage deal",
            id="what is said before where",
        ),
        pytest.param(
            "The minister of the northern provinces said on May 3, 2024 that the two old kingdoms of the coast are "
            "unanimous in their understanding of the need to act.",
            "Minister of northern provinces says two old kingdoms of coast are unanimous in their understanding…",
            id="not behind an adjective",
        ),
    ],
)
def test_a_long_title_ends_with_a_whole_phrase(read: Reader, text: str, title: str) -> None:
    assert title in [claim.title for claim in read(text) if claim.when]


def test_a_long_title_breaks_off_where_the_rest_would_say_more(read: Reader) -> None:
    text = (
        "The northern regulator will not let any carrier of the seven provinces sell seats in the new trains "
        "on May 3, 2026 without a licence of its own."
    )
    (title,) = [claim.title for claim in read(text) if claim.when]
    assert title == "Northern regulator will not let any carrier of seven provinces sell seats in new trains without…"


@pytest.mark.parametrize("count", range(1, 12))
def test_a_long_title_does_not_break_off_behind_a_little_word(read: Reader, count: int) -> None:
    things = (
        "the " + "rather " * count + "long row of the things and of the other things that were in the town of the king"
    )
    title = read(f"The regulator of the northern provinces fined on May 3, 2024 {things}.")[0].title
    assert len(title) <= 100
    assert not title.endswith((" of…", " and…", " in…", " the…"))


def test_who_is_told_what_to_do_is_who_has_to(read: Reader) -> None:
    claims = read("The court told the company it must sell the unit by June 1, 2025.")
    assert [claim.title for claim in claims if claim.trigger.text == "sell"] == ["Company must sell unit"]


def test_a_year_that_is_spoken_of_is_no_time_of_the_saying(read: Reader) -> None:
    assert not [claim for claim in read("Engineers now speak of 2026.") if claim.when]


def test_a_deadline_that_is_asked_about_is_no_fact(read: Reader) -> None:
    [claim] = read("Wasn't the deadline January 19, 2025?")
    assert (claim.type, claim.status, claim.cues) == ("deadline", Status.HYPOTHETICAL, ("?",))


def test_claims_quote_the_text_exactly_and_come_in_its_order(read: Reader) -> None:
    text = (
        "  The court ruled on May 3, 2024.  \n\nThe firm appealed on May 4, 2024, and the ban ended on June 1, 2024.\n"
    )
    claims = read(text)
    assert [c.trigger.text for c in claims] == ["ruled", "appealed", "ended"]
    for claim in claims:
        assert claim.when is not None
        for span in (claim.trigger, claim.sentence, claim.when.span):
            assert text[span.start : span.end] == span.text
        assert claim.sentence.text == claim.sentence.text.strip()
        assert 0 < claim.confidence < 1
    assert claims == read(text)
    assert len({claim.id for claim in claims}) == len(claims)


def test_boilerplate_claims_nothing(read: Reader) -> None:
    text = "The court ruled on May 3, 2024.\nRelated: The firm appealed on May 4, 2024.\n"
    start = text.index("Related")
    assert dated(read(text, ((start, len(text)),))) == [("ruled", "court_ruling", "occurred", "2024-05-03")]


def test_without_a_publication_day_dates_still_find_their_events(read: Reader) -> None:
    claims = read("The court ruled on May 3, 2024.", published=None)
    assert dated(claims) == [("ruled", "court_ruling", "occurred", "2024-05-03")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "2024",
        "MARCH 3, 2025",
        "COURT STRIKES DOWN BAN ON MAY 3, 2024 AS FIRM VOWS APPEAL",
        "| Date | Event |\n|---|---|\n| May 3, 2024 | Ruling |\n| May 4, 2024 | Appeal filed |\n",
        "def f(x):\n    return x['2024-05-03'] if x else None\n",
        "By " * 300 + "May 3, 2024",
        "“”‘’—…\u200b\u00a0 May 3, 2024 \u202e",
        "the court ruled on May 3, 2024 and " * 700,
    ],
    ids=[
        "empty",
        "blank",
        "a year",
        "a date",
        "capitals",
        "a table",
        "code",
        "repeats",
        "signs",
        "a sentence of 5000 words",
    ],
)
def test_odd_texts_are_read_without_fuss(read: Reader, text: str) -> None:
    for claim in read(text):
        assert text[claim.trigger.start : claim.trigger.end] == claim.trigger.text
        assert len(claim.title) <= 100


@pytest.mark.parametrize(
    ("text", "trigger", "title"),
    [
        pytest.param(
            "The harbour will issue permits for boats, the press office of the port of Velm told Newswire on Monday.",
            "told",
            "Press office of port of Velm tells Newswire: harbour will issue permits for boats",
            id="no name",
        ),
        pytest.param(
            "Ties between both towns have been cemented by trade, and no rival will hamper them, Chairman of the Velm "
            "Trade Council, Oskar Brandt, told Newswire on Thursday.",
            "told",
            "Oskar Brandt tells Newswire: ties between both towns have been cemented by trade",
            id="a name behind an office",
        ),
        pytest.param(
            "The canal is not safer than the old lock, Mara Lindqvist, an engineer at the water works, told the "
            "Courier in 2016.",
            "told",
            "Mara Lindqvist tells Courier: canal is not safer than old lock",
            id="a name before an office",
        ),
        pytest.param(
            "The letters could amount to a threat, a crime in Velm, a police spokesman confirmed on Monday.",
            "confirmed",
            "Police spokesman confirms letters could amount to threat",
            id="taken for an apposition",
        ),
        pytest.param(
            "Rainfall has fallen every year, according to a report released on May 3, 2024.",
            "released",
            "Report: rainfall has fallen",
            id="a text",
        ),
        pytest.param(
            "About half of the growers said on May 3 they would sell their land by 2027.",
            "sell",
            "About half of growers say they would sell their land",
            id="of themselves",
        ),
        pytest.param(
            "Film from the harbour showed them leaving the town on May 3, 2024.",
            "leaving",
            "Film from harbour shows them leaving town",
            id="what is shown",
        ),
        pytest.param(
            "Former Deputy Foreign Minister Mara Lindqvist told Newswire on May 3 that two engineers of the harbour "
            "company had been taken away by strangers.",
            "told",
            "Mara Lindqvist tells Newswire that two engineers of harbour company had been taken away by strangers",
            id="a name alone for want of room",
        ),
        pytest.param(
            'Mara Lindqvist, who leads the board, said on May 3, 2024: "The canal is safer than the old lock."',
            "said",
            "Mara Lindqvist says canal is safer than old lock",
            id="a quotation behind a colon",
        ),
    ],
)
def test_a_title_says_who_tells_and_what(read: Reader, text: str, trigger: str, title: str) -> None:
    assert title in [claim.title for claim in read(text) if claim.trigger.text == trigger]


@pytest.mark.parametrize(
    ("text", "trigger", "title"),
    [
        pytest.param(
            "Pirates near Velm have seized a barge with a crew, the first time they have taken a ship since 2012.",
            "taken",
            "Pirates have taken ship",
            id="the plural subject before",
        ),
        pytest.param(
            "The ministers of six towns met in Velm to talk about the canal. They are due to meet again in May.",
            "meet",
            "Ministers of six towns to meet",
            id="the subject of the sentence before",
        ),
        pytest.param(
            "The rebels took eight men, and they were held on May 3, 2024.",
            "held",
            "They were held",
            id="not where others may be meant",
        ),
        pytest.param(
            "Growers argue against the ban, as the mayor of Velm says they had met on May 3, 2024.",
            "met",
            "Mayor of Velm says they had met",
            id="not in what somebody says",
        ),
        pytest.param(
            "It was the second collision between the two ferries in May 2024.",
            "collision",
            "Second collision between two ferries",
            id="what it was says enough",
        ),
        pytest.param(
            '"I am planning to hold a round of talks on Friday," said Mara Lindqvist.',
            "round",
            "Mara Lindqvist: I am planning to hold round of talks",
            id="who plans it",
        ),
    ],
)
def test_a_title_does_not_begin_with_a_pronoun_if_it_need_not(
    read: Reader, text: str, trigger: str, title: str
) -> None:
    assert title in [claim.title for claim in read(text) if claim.trigger.text == trigger]


@pytest.mark.parametrize(
    ("text", "trigger", "title"),
    [
        pytest.param(
            "The office didn't publish the list of dealers until May 3, 2024.",
            "publish",
            "Office didn't publish list of dealers until May 3, 2024",
            id="until when not",
        ),
        pytest.param(
            'The term "inner ring" was floated in May 2024 to describe parts of the town.',
            "floated",
            "Term inner ring was floated to describe parts of town",
            id="a name in quotation marks",
        ),
        pytest.param(
            "Ada Roe was sentenced on May 3, 2024 to 20 years in prison for theft.",
            "sentenced",
            "Ada Roe was sentenced to 20 years in prison for theft",
            id="a length of time that something belongs to",
        ),
        pytest.param(
            "The union agreed on May 3, 2024 a plan to help the port to cut its debts.",
            "agreed",
            "Union agrees plan to help port to cut its debts",
            id="what it is for behind its object",
        ),
        pytest.param(
            "The judge heard two hours of argument on May 3, 2024 about the ban.",
            "heard",
            "Judge hears two hours of argument about ban",
            id="what is told behind a day",
        ),
        pytest.param(
            "The police charged a 27-year-old man on May 3, 2024 with theft of a car.",
            "charged",
            "Police charge 27-year-old man with theft of car",
            id="a time that is a part of a word",
        ),
        pytest.param(
            "The Senate approved the measure 78 to 19 on May 3, 2024.",
            "approved",
            "Senate approves measure 78 to 19",
            id="how many were for it",
        ),
        pytest.param(
            "The rule itself took effect on May 3, 2024.",
            "effect",
            "Rule takes effect",
            id="who it is without stress",
        ),
        pytest.param(
            "The editor blamed Ada Roe for demanding a ballot on May 3, 2024, which she lost.",
            "demanding",
            "Editor blames Ada Roe for demanding ballot",
            id="who is blamed for doing so",
        ),
        pytest.param(
            "The bank resubmitted its plan on May 3, 2024.",
            "resubmitted",
            "Bank resubmits its plan",
            id="a verb with two letters for one",
        ),
        pytest.param(
            "Mara Lindqvist told the Courier on May 3 that January was marked by frost.",
            "told",
            "Mara Lindqvist tells Courier that January was marked by frost",
            id="a month that is told of",
        ),
        pytest.param(
            "Velm took power in a 2014 coup in the name of ending a decade of unrest.",
            "coup",
            "Coup in name of ending decade of unrest",
            id="years that end",
        ),
        pytest.param(
            "On Friday, 34.2 percent were late.", "late", "34.2 percent are late", id="the number of its verb"
        ),
        pytest.param(
            "The fair drew a million visitors last year, a rise of 40 percent.",
            "drew",
            "Fair draws million visitors",
            id="no second object",
        ),
        pytest.param(
            "The firm invested on May 3, 2024 in mills in the steel, coal and power sectors.",
            "invested",
            "Firm invested in mills in steel, coal and power sectors",
            id="commas of a row",
        ),
        pytest.param(
            'The mayor wrote on May 3, 2024 about "expand[ing]" the harbour.',
            "wrote",
            "Mayor writes about expand[ing] harbour",
            id="a bracket in a word",
        ),
    ],
)
def test_a_title_keeps_what_its_sentence_says(read: Reader, text: str, trigger: str, title: str) -> None:
    assert title in [claim.title for claim in read(text) if claim.trigger.text == trigger]
