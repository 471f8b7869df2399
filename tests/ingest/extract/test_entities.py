"""Entities of whole texts: one name and one kind each, every mention where it stands."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ingest.extract.entities import find_entities
from ingest.extract.entities.page import Page
from ingest.extract.entities.tagged import tagged_candidates
from kb.gazetteer import load_gazetteer
from kb.ids import entity_id
from kb.model import Entity

Parse = Callable[..., Doc]


def by_name(doc: Doc) -> dict[str, Entity]:
    return {entity.name: entity for entity in find_entities(doc)}


def mentions(entity: Entity) -> list[str]:
    return [mention.text for mention in entity.mentions]


JOINED = [
    pytest.param(
        "Donald Trump signed the order. Trump said Mr. Trump's critics were wrong.",
        "Donald Trump",
        "person",
        ["Donald Trump", "Trump", "Trump"],
        id="surnames",
    ),
    pytest.param(
        "Eric Trump spoke on Monday. Trump said that he was glad.",
        "Eric Trump",
        "person",
        ["Eric Trump", "Trump"],
        id="a surname that someone else made famous",
    ),
    pytest.param(
        "Maria Q. Estrada sued. Maria Estrada won, and Estrada left.",
        "Maria Q. Estrada",
        "person",
        ["Maria Q. Estrada", "Maria Estrada", "Estrada"],
        id="a middle initial",
    ),
    pytest.param(
        "The Securities and Exchange Commission (SEC) sued. The SEC won.",
        "Securities and Exchange Commission",
        "agency",
        ["Securities and Exchange Commission", "SEC", "SEC"],
        id="a known acronym",
    ),
    pytest.param(
        "The Harbor Safety Oversight Commission (HSOC) met on Friday. The HSOC will meet again.",
        "Harbor Safety Oversight Commission",
        "agency",
        ["Harbor Safety Oversight Commission", "HSOC", "HSOC"],
        id="an acronym of the text's own",
    ),
    pytest.param(
        "The Country Music Association (CMA) sued. The CMA won.",
        "Country Music Association",
        "organization",
        ["Country Music Association", "CMA", "CMA"],
        id="an acronym that elsewhere means another body",
    ),
    pytest.param(
        "The U.S. Supreme Court heard the case. On Friday the Supreme Court ruled.",
        "Supreme Court of the United States",
        "court",
        ["U.S. Supreme Court", "Supreme Court"],
        id="a short form after the full one",
    ),
    pytest.param(
        "The court heard TikTok Inc. v. Garland, No. 24-656, on Friday.",
        "TikTok Inc. v. Garland",
        "case",
        ["TikTok Inc. v. Garland", "No. 24-656"],
        id="a case and its docket number",
    ),
    pytest.param(
        "The Ninth Circuit ruled, and the U.S. Court of Appeals for the Ninth Circuit published the opinion.",
        "United States Court of Appeals for the Ninth Circuit",
        "court",
        ["Ninth Circuit", "U.S. Court of Appeals for the Ninth Circuit"],
        id="spellings of a circuit",
    ),
    pytest.param(
        "Alibaba Group Holding Ltd. reported earnings. Alibaba said sales rose.",
        "Alibaba",
        "company",
        ["Alibaba Group Holding Ltd.", "Alibaba"],
        id="a company's legal name",
    ),
    pytest.param(
        "Tiktok is popular. TikTok users were worried.", "TikTok", "product", ["Tiktok", "TikTok"], id="another case"
    ),
    pytest.param(
        "The Inflation Reduction Act of 2022 was signed. The Inflation Reduction Act caps prices.",
        "Inflation Reduction Act",
        "law",
        ["Inflation Reduction Act of 2022", "Inflation Reduction Act"],
        id="a law with and without its year",
    ),
    pytest.param(
        "Halden Medical was fined on Monday. The agency wrote to Halden in Norway, and shares of Halden fell.",
        "Halden Medical",
        "company",
        ["Halden Medical", "Halden", "Halden"],
        id="a company by its first word",
    ),
    pytest.param(
        "Peru's National Elections Jury, or JNE, met on Monday. The JNE is to rule in May.",
        "National Elections Jury",
        "organization",
        ["National Elections Jury", "JNE", "JNE"],
        id="initials of a foreign name, given by or",
    ),
    pytest.param(
        "Parliament passed the Coastal Ports Authority Act in 2023. The CPA Act lapses in May.",
        "Coastal Ports Authority Act",
        "law",
        ["Coastal Ports Authority Act", "CPA Act"],
        id="a law by initials",
    ),
    pytest.param(
        "Kestrel Pharma was fined in May. Kestrel Pharma, now called Meridian Biotech, paid in June.",
        "Meridian Biotech",
        "company",
        ["Kestrel Pharma", "Kestrel Pharma", "Meridian Biotech"],
        id="a new name",
    ),
    pytest.param(
        "Verrano Partners, formerly Larkfield Capital, opened an office in June.",
        "Larkfield Capital",
        "company",
        ["Verrano Partners", "Larkfield Capital"],
        id="a former name",
    ),
    pytest.param(
        "Larkfield Capital renamed itself Verrano Partners in May. A court fined Verrano Partners in June.",
        "Larkfield Capital",
        "company",
        ["Larkfield Capital", "Verrano Partners", "Verrano Partners"],
        id="a name that it gave itself",
    ),
    pytest.param(
        "Jane Roe, formerly Ostrow Bank, joined the ministry in May.",
        "Jane Roe",
        "person",
        ["Jane Roe"],
        id="whom somebody worked for",
    ),
    pytest.param(
        "Verrano Partners settled with the Securities and Exchange Commission on May 31, 2023.",
        "Securities and Exchange Commission",
        "agency",
        ["Securities and Exchange Commission"],
        id="a name before a date",
    ),
    pytest.param(
        "The envoy, Tariku Dembele, arrived on Monday. Dembele met the king.",
        "Tariku Dembele",
        "person",
        ["Tariku Dembele", "Dembele"],
        id="a name that the text shortens to its last word",
    ),
    pytest.param(
        "The Finance Bill was tabled in May. The president returned the Finance Bill, 2025 in June.",
        "Finance Bill",
        "law",
        ["Finance Bill", "Finance Bill"],
        id="a bill of two words",
    ),
    pytest.param(
        "The Turkish Defense Ministry spoke in Ankara. The Defence Ministry of Turkey did, too.",
        "Ministry of Defence (Turkey)",
        "agency",
        ["Turkish Defense Ministry", "Defence Ministry of Turkey"],
        id="a ministry that every country has",
    ),
    pytest.param(
        "The Chilean government lost. The government of Chile had hoped for more.",
        "Government of Chile",
        "government",
        ["Chilean government", "government of Chile"],
        id="a government",
    ),
    pytest.param(
        "Chile's Sebastian Pinera met Alexis Tsipras. Pinera left.",
        "Sebastián Piñera",
        "person",
        ["Sebastian Pinera", "Pinera"],
        id="a known name without its accents",
    ),
    pytest.param(
        "Deputy Prime Minister Zhou Lanfen spoke in Beijing on Monday. Zhou said that the rule would stay.",
        "Zhou Lanfen",
        "person",
        ["Zhou Lanfen", "Zhou"],
        id="a surname that comes first",
    ),
    pytest.param(
        "Senator Leila de Sousa was charged on Monday. The case against De Sousa began in May.",
        "Leila de Sousa",
        "person",
        ["Leila de Sousa", "De Sousa"],
        id="a surname of two words",
    ),
    pytest.param(
        "The order hit Trump hard. His daughter, Ivanka Trump, left. Trump said he would sue.",
        "Donald Trump",
        "person",
        ["Trump", "Trump"],
        id="one who is known by a surname, beside another of his family",
    ),
    pytest.param(
        "Ivanka Trump left on Friday, and President Trump stayed. Trump said he would sue.",
        "Donald Trump",
        "person",
        ["Trump", "Trump"],
        id="one whose title is told",
    ),
]


@pytest.mark.parametrize(("text", "name", "kind", "expected"), JOINED)
def test_names_of_one_thing_are_one_entity(parse: Parse, text: str, name: str, kind: str, expected: list[str]) -> None:
    entity = by_name(parse(text))[name]
    assert (entity.kind, mentions(entity)) == (kind, expected)
    assert entity.id == entity_id(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "The British government lost. The Supreme Court ruled in London.",
            "Supreme Court of the United Kingdom",
            id="by the article's country",
        ),
        pytest.param(
            "China’s Foreign Ministry objected to the U.S. law, as U.S. and American officials noted.",
            "Ministry of Foreign Affairs (China)",
            id="by the owner beside it",
        ),
        pytest.param(
            "The US Department of Justice told the court in Beijing, China.",
            "United States Department of Justice",
            id="by its own words",
        ),
        pytest.param(
            "U.S. officials watched. The Supreme Court of India met. The Supreme Court ruled for Americans.",
            "Supreme Court of India",
            id="by the full name",
        ),
    ],
)
def test_a_short_name_means_the_body_of_the_country(parse: Parse, text: str, name: str) -> None:
    assert name in by_name(parse(text))


def test_a_surname_is_no_place_unless_the_text_is_there(parse: Parse) -> None:
    assert "Lima" not in by_name(parse("Sen. Leila de Lima was charged on Monday. Lawyers for de Lima said so."))
    found = by_name(parse("Sen. Leila de Lima was charged on Monday. She flew to Lima in May."))
    assert mentions(found["Lima"]) == ["Lima"]


def test_an_airline_is_not_the_country_it_is_named_after(parse: Parse) -> None:
    found = by_name(parse("Narnia Airways flies from Gabon. Gabon Airways flies to Gabon, and Gabon Airways is cheap."))
    assert mentions(found["Gabon"]) == ["Gabon", "Gabon"]


def test_a_thing_that_is_called_by_its_last_word_is_nobody(parse: Parse) -> None:
    found = by_name(parse("Ostara showed the Pebble Quill on Monday. A Quill costs $99, and Quill sales start in May."))
    assert all(entity.kind != "person" for entity in found.values())


def test_two_companies_of_one_family_are_not_joined(parse: Parse) -> None:
    found = by_name(parse("Zeno Capital sued Zeno Logistics on Monday. Zeno Logistics won."))
    assert {"Zeno Capital", "Zeno Logistics"} <= found.keys()


def test_a_short_name_of_a_body_that_is_not_listed_means_none_of_elsewhere(parse: Parse) -> None:
    text = (
        "Finland's Supreme Court met in Helsinki. Finnish prosecutors had flown in from the United States. "
        "The Supreme Court of Finland rules in May; Finnish law is strict. Finland waits for the Supreme Court."
    )
    assert "Supreme Court of the United States" not in by_name(parse(text))


def test_the_council_is_the_one_that_the_text_has_named(parse: Parse) -> None:
    text = "The EU spoke to the Maritime Safety Council in Brussels. The European Union asked; the Council was silent."
    assert "Council of the European Union" not in by_name(parse(text))


def test_initials_of_a_whole_are_not_those_of_its_last_part(parse: Parse) -> None:
    found = by_name(parse("The Group of States of the Council of Europe (GRECO) voted. GRECO meets in May."))
    assert mentions(found["Council of Europe"]) == ["Council of Europe"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "The American College of Obstetricians and Gynecologists announced its withdrawal on Tuesday.",
            "American College of Obstetricians and Gynecologists",
            id="a pair in a name",
        ),
        pytest.param("The Harbor Ministry and Lighthouse Ministry met.", "Lighthouse Ministry", id="two ministries"),
        pytest.param(
            "The Harbor Ministry and Lighthouse Agency met.", "Lighthouse Agency", id="a ministry and an agency"
        ),
        pytest.param("Dart Airways and Comet Airways cut fares on Monday.", "Comet Airways", id="two airlines"),
        pytest.param("Taoiseach Ronan Keogh spoke in Dublin on Monday.", "Ronan Keogh", id="a head of government"),
        pytest.param("Labour MP Ronan Keogh spoke in London on Monday.", "Ronan Keogh", id="a member of parliament"),
        pytest.param("The party of Populist Geert Wilders won on Monday.", "Geert Wilders", id="a known person"),
        pytest.param("US ambassador to the UN Nadia Keogh spoke on Monday.", "Nadia Keogh", id="a body before a name"),
        pytest.param("Unless Parliament acts, the rule lapses.", "Parliament", id="a word that opens a sentence"),
        pytest.param("Rival Tada Motors sued on Monday.", "Tada Motors", id="what a rival is"),
        pytest.param("Chair Janice Holm spoke on Monday.", "Janice Holm", id="a chair"),
        pytest.param("Verity Pharma of Boston offered less.", "Verity Pharma", id="a company without its seat"),
        pytest.param("Omar al-Tamiri led the talks on Monday.", "Omar al-Tamiri", id="a surname that begins small"),
        pytest.param(
            "The Geneva-based International Harbor Committee met.", "International Harbor Committee", id="where it sits"
        ),
        pytest.param("Jobless Robert Marlow, 20, was jailed on Monday.", "Robert Marlow", id="what opens a sentence"),
        pytest.param("The city mourns PC Maria Arroyo, who was killed.", "Maria Arroyo", id="a rank in letters"),
        pytest.param(
            "He had talked to National Security Adviser Michael Flint, who resigned.", "Michael Flint", id="an office"
        ),
        pytest.param("Ms Huong's Facebook page was closed.", "Huong", id="an owner with a title"),
        pytest.param("The group Choice said Thursday Volkswagen must come clean.", "Volkswagen", id="a day before it"),
        pytest.param("The Sunday Times reported it on Monday.", "Sunday Times", id="a day in a name"),
        pytest.param(
            "He taught at the Central University of Finance and Economics until May.",
            "Central University of Finance and Economics",
            id="two fields of one body",
        ),
        pytest.param(
            "The law was signed by Hungary's Minister of Foreign Affairs and Trade Peter Szabo on Monday.",
            "Peter Szabo",
            id="what somebody is minister of",
        ),
        pytest.param("It was drawn by Illustrator Ada Chen on Monday.", "Ada Chen", id="a calling"),
        pytest.param("Across Zimbabwe bridges fell in March.", "Zimbabwe", id="a preposition that opens a sentence"),
        pytest.param("The spokesman, Major-General Igor Marek, denied it.", "Igor Marek", id="a rank of two words"),
        pytest.param(
            "The Senate Committee on Health, Education, Labor and Pensions met.",
            "Senate Committee on Health, Education, Labor and Pensions",
            id="several fields of one body",
        ),
        pytest.param(
            "The Committee on Foreign Affairs, Russia and China talked on Monday.",
            "Committee on Foreign Affairs",
            id="a body before other names",
        ),
        pytest.param("He left on Monday. Source:-Al Jazeera Sport", "Al Jazeera", id="a known name behind a hyphen"),
        pytest.param("The 15-member Harbor Safety Commission met.", "Harbor Safety Commission", id="how many it has"),
        pytest.param("Operation Strong Tower ended on Friday.", "Operation Strong Tower", id="an operation"),
        pytest.param("Rep. Ann Roe, R-Wis., voted no on Monday.", "Wisconsin", id="a state cut short"),
    ],
)
def test_a_name_ends_where_it_ends(parse: Parse, text: str, name: str) -> None:
    assert name in by_name(parse(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("The Labour Party lost in May.", "Labour Party", id="Britain where no country is spoken of"),
        pytest.param("Britain voted, and the Labour Party lost.", "Labour Party", id="Britain"),
        pytest.param("Voters in New Zealand left the Labour Party.", "Labour Party (New Zealand)", id="the article's"),
        pytest.param("Britain and the Dutch Labour Party agreed.", "Labour Party (Netherlands)", id="said before it"),
        pytest.param("The New Zealand Labour Party lost.", "Labour Party (New Zealand)", id="by its full name"),
    ],
)
def test_a_party_is_that_of_the_country_that_is_spoken_of(parse: Parse, text: str, name: str) -> None:
    assert name in by_name(parse(text))


def test_a_base_is_a_place_whatever_its_name(parse: Parse) -> None:
    assert by_name(parse("Troops entered the Ghozlani army base."))["Ghozlani"].kind == "place"


def test_a_surname_is_known_without_its_article(parse: Parse) -> None:
    entities = by_name(parse("Omar al-Tamiri led the talks. Tamiri said on Monday that they failed."))
    assert mentions(entities["Omar al-Tamiri"]) == ["Omar al-Tamiri", "Tamiri"]


def test_two_people_with_one_surname_are_not_joined(parse: Parse) -> None:
    entities = by_name(parse("Anna Harlow sued Peter Harlow. Harlow said nothing to reporters."))
    assert mentions(entities["Anna Harlow"]) == ["Anna Harlow"]
    assert mentions(entities["Peter Harlow"]) == ["Peter Harlow"]


def test_an_ordinary_word_is_a_surname_only_with_a_title(parse: Parse) -> None:
    text = "Theresa May spoke in May. Mrs May may resign, and in May the party will choose."
    entity = by_name(parse(text))["Theresa May"]
    assert [mention.start for mention in entity.mentions] == [0, text.index("Mrs May") + 4]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("The Zorvex app grew. Zorvex users like Zorvex videos.", "product", id="an app"),
        pytest.param("Zorvex Ltd. shares fell. Zorvex said Zorvex employees would stay.", "company", id="a company"),
        pytest.param("Mr. Zorvex resigned. Zorvex told reporters that he was tired.", "person", id="a person"),
        pytest.param("On a winter morning Zorvex, 13, and his friend left.", "person", id="whose age is told"),
        pytest.param("He fought in the Zorvex regiment until May.", "organization", id="a word behind it"),
        pytest.param("The steel manufacturer Zorvex left the market in May.", "company", id="a word before it"),
        pytest.param("Police in the Dutch province of Zorvex arrested her.", "place", id="a province of that name"),
        pytest.param("Ohio governor Dannel Zorvex spoke on Monday.", "person", id="an office before two words"),
        pytest.param("Her aunt, Rubeena Zorvex, wept on Monday.", "person", id="a relative"),
        pytest.param("The plan failed, ZORVEX said on Monday.", "organization", id="letters that speak"),
        pytest.param("The Zorvex Tunnel was closed on Monday.", "place", id="a building"),
        pytest.param("He works at the John Wayne Zorvex Institute.", "organization", id="named after a person"),
        pytest.param("The University of Zorvex Water was closed.", "organization", id="what a body is for"),
        pytest.param("Cyclone Zorvex hit the coast on Monday.", "event-name", id="a storm"),
    ],
)
def test_an_unknown_name_gets_its_kind_from_the_words_beside_it(parse: Parse, text: str, kind: str) -> None:
    (entity,) = [entity for entity in find_entities(parse(text)) if "zorvex" in entity.name.casefold()]
    assert entity.kind == kind


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        pytest.param("On Monday, January 6, 2025, the vote took place.", {"Monday", "January"}, id="dates"),
        pytest.param("About 170 million users, 72% and $5,000.", {"170 million", "72%"}, id="figures"),
        pytest.param("The AI boom made the CEO rich. OK?", {"AI", "CEO", "OK"}, id="common acronyms"),
        pytest.param("The stores said so. \U0001f600", {"The", "\U0001f600"}, id="articles and emoji"),
        pytest.param("They may meta-analyse the threads.", {"Meta Platforms", "Threads"}, id="everyday words"),
        pytest.param(
            "No fine can be imposed for a breach of Article 5 before 2 August. Others are another matter.",
            {"Article 5 before 2 August", "Article 5"},
            id="a part of a law that is not named",
        ),
        pytest.param(
            "Finance Minister Ana Diaz met Interior Minister Ivo Maric.", {"Finance", "Interior"}, id="a field"
        ),
        pytest.param(
            "The Secretary of Energy met the Minister for Foreign Affairs, and the Foreign Ministry Adviser left.",
            {"Energy", "Foreign Affairs", "Foreign Ministry Adviser"},
            id="what an office is for",
        ),
        pytest.param("Air Force Col. John Marek said so.", {"Air Force Col"}, id="the rank behind a body"),
        pytest.param("Ukrainian troops and Ukrainian drones moved.", {"Ukrainian"}, id="a people"),
        pytest.param(
            "It was signed. Send Facebook Twitter Google+ Tumblr Digg reddit Newsvine Permalink",
            {"Facebook", "X", "Google", "Tumblr", "Digg", "Newsvine Permalink", "Facebook Twitter"},
            id="links for sharing",
        ),
        pytest.param("I had a GREAT meeting, and great it was.", {"GREAT"}, id="a word in capitals"),
        pytest.param("House prices rose.", {"United States House of Representatives"}, id="at the start of a sentence"),
    ],
)
def test_what_is_no_name_is_left_out(parse: Parse, text: str, absent: set[str]) -> None:
    assert absent.isdisjoint(by_name(parse(text)))


@pytest.mark.parametrize(
    ("words", "tags", "found"),
    [
        pytest.param(["Fireworks", "lit", "it"], ["NNS", "VBD", "PRP"], [], id="a common noun that opens a sentence"),
        pytest.param(["They", "went", "Waking"], ["PRP", "VBD", "VBG"], [], id="a verb"),
        pytest.param(["They", "left", "Wuhen"], ["PRP", "VBD", "NN"], ["Wuhen"], id="a noun inside a sentence"),
        pytest.param(["They", "met", "Dares"], ["PRP", "VBD", "NNS"], ["Dares"], id="a plural inside a sentence"),
        pytest.param(["Roe", "lit", "it"], ["NNP", "VBD", "PRP"], ["Roe"], id="a proper noun"),
        pytest.param(["They", "left", "Korval"], ["PRP", "VBD", "JJ"], ["Korval"], id="an adjective inside a sentence"),
        pytest.param(["Velmios", "'s", "chief"], ["NNS", "POS", "NN"], ["Velmios"], id="who owns something"),
        pytest.param(["Brelk", "rose"], ["NN", "VBD"], ["Brelk"], id="a singular noun that opens a sentence"),
        pytest.param(
            ["Ortel", "rose", "as", "Ortel", "said"],
            ["NNS", "VBD", "IN", "NNS", "VBD"],
            ["Ortel", "Ortel"],
            id="what has its capital inside a sentence, too",
        ),
    ],
)
def test_a_word_that_is_no_proper_noun_is_no_name(words: list[str], tags: list[str], found: list[str]) -> None:
    parts = {"NNS": "NOUN", "NN": "NOUN", "NNP": "PROPN", "PRP": "PRON"}
    ents = ["B-PERSON" if word[0].isupper() and word != "They" else "O" for word in words]
    doc = Doc(Vocab(), words=words, tags=tags, pos=[parts.get(tag, "VERB") for tag in tags], ents=ents)
    assert [one.text for one in tagged_candidates(Page.of(doc), load_gazetteer())] == found


def test_titles_articles_and_possessives_are_no_part_of_a_mention(parse: Parse) -> None:
    text = "The Federal Trade Commission’s chair met U.S. Attorney General Merrick Garland and Senator Ted Cruz's aide."
    found = [mention.text for entity in find_entities(parse(text)) for mention in entity.mentions]
    assert found == ["Federal Trade Commission", "U.S.", "Merrick Garland", "Ted Cruz"]


def test_an_administration_is_a_government_and_not_its_president(parse: Parse) -> None:
    entities = by_name(parse("The Biden administration acted. Joe Biden signed it."))
    assert entities["Biden administration"].kind == "government"
    assert mentions(entities["Joe Biden"]) == ["Joe Biden"]


def test_boilerplate_yields_nothing_and_feeds_nothing(parse: Parse) -> None:
    head, tail = "Apple sued Google in Texas.\n", "Related: Nvidia beats Apple in Ohio\n"
    entities = find_entities(parse(head + tail, ((len(head), len(head + tail)),)))
    assert {entity.name for entity in entities} == {"Apple", "Google", "Texas"}
    assert all(mention.end <= len(head) for entity in entities for mention in entity.mentions)


def test_mentions_are_exact_ordered_and_disjoint(parse: Parse) -> None:
    text = (
        "WASHINGTON - The U.S.\u00a0Supreme Court, in TikTok Inc. v. Garland (No. 24-656), let the Protecting "
        "Americans from Foreign Adversary Controlled Applications Act (PAFACA) stand.\n\n"
        "ByteDance’s lawyer, Noel Francisco, said “TikTok” would go dark; Francisco blamed Congress and the Biden "
        "administration. O’Leary-Smith & Sons Inc., a Delaware firm, agreed with the Department of Justice (DOJ).\n"
    )
    entities = find_entities(parse(text))
    spans = sorted(mention for entity in entities for mention in entity.mentions)
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert [entity.mentions[0] for entity in entities] == sorted(entity.mentions[0] for entity in entities)
    assert all(list(entity.mentions) == sorted(entity.mentions) for entity in entities)
    assert len({entity.id for entity in entities}) == len(entities) > 7


@pytest.mark.parametrize("text", ["", "\n\n", "...", "\U0001f600 \U0001f600", "A", "x" * 5000, "A B " * 500])
def test_odd_texts_are_read_without_an_error(parse: Parse, text: str) -> None:
    assert all(text[m.start : m.end] == m.text for entity in find_entities(parse(text)) for m in entity.mentions)


def test_the_same_text_gives_the_same_entities(parse: Parse) -> None:
    text = "Apple, Google, Meta and Reuters met Jane Roe, John Roe and the FTC in Paris, Texas and Rome."
    assert find_entities(parse(text)) == find_entities(parse(text))
