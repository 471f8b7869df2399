"""Which predicate has which date where the parse or the sentence makes it hard, and dates that date nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kb.model import Claim
from tests.ingest.extract.reading import claims_of


def told(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [(c.trigger.text, str(c.status), c.when.interval.first_day) for c in claims if c.when]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Regulators moved the deadline from March 1, 2025, to June 1, 2025.",
            [("deadline", "cancelled", "2025-03-01"), ("deadline", "scheduled", "2025-06-01")],
            id="moved from one day to another",
        ),
        pytest.param(
            "On 3 March 2025 the agency moved its own deadline for a final order from 18 July 2025 to 29 August 2025.",
            [
                ("moved", "occurred", "2025-03-03"),
                ("deadline", "cancelled", "2025-07-18"),
                ("deadline", "scheduled", "2025-08-29"),
            ],
            id="moved, with a day of its own",
        ),
        pytest.param(
            "The ministry extended the deadline for airlines to pay the levy on Monday.",
            [("extended", "occurred", "2025-03-10")],
            id="a deadline is extended on a day",
        ),
        pytest.param(
            "A judge ordered the department to submit a plan for reducing overcrowding in its jails by April 30, 2025.",
            [("submit", "scheduled", "2025-04-30")],
            id="the plan is due, not what it is for",
        ),
        pytest.param(
            "The ministry must submit a plan to bring down soot levels in its cities by June 30, 2025.",
            [("submit", "scheduled", "2025-06-30")],
            id="the plan is due, not what it is to do",
        ),
        pytest.param(
            "The ministry must submit a plan to bring down soot levels in its cities by 2030.",
            [("bring", "proposed", "2030-01-01")],
            id="by a year it may well be what the plan is for",
        ),
        pytest.param(
            "Teachers now have until December 10, 2025, to be vaccinated.",
            [("vaccinated", "scheduled", "2025-12-10")],
            id="time to have something done to oneself",
        ),
        pytest.param(
            "The panel has agreed to a request by the firm to extend the deadline to December 6, 2025.",
            [("extend", "scheduled", "2025-12-06")],
            id="a request that was granted",
        ),
        pytest.param(
            "The agency moved up the deadline for the utility's safety plan on March 3, 2025.",
            [("moved", "occurred", "2025-03-03")],
            id="a deadline is moved up on a day",
        ),
        pytest.param(
            "A court stayed the October 16, 2025 deadline for utilities to file lists on Monday.",
            [("stayed", "occurred", "2025-03-10"), ("deadline", "scheduled", "2025-10-16")],
            id="a deadline with a day is held up on another",
        ),
        pytest.param(
            "The ministry extended the deadline for airlines to pay the levy by Friday.",
            [("pay", "scheduled", "2025-03-14")],
            id="the day until which the deadline runs",
        ),
        pytest.param(
            "The plant is expected to open in 2027, not in 2026 as hoped.",
            [("open", "proposed", "2027-01-01"), ("open", "cancelled", "2026-01-01")],
            id="not the day that was hoped for",
        ),
        pytest.param(
            "The levy will be charged from October 2026 rather than July 2026.",
            [("charged", "scheduled", "2026-10-01"), ("charged", "cancelled", "2026-07-01")],
            id="one day rather than another",
        ),
        pytest.param("The bank, its auditor since 2012, refused to sign.", [], id="since when in office"),
        pytest.param(
            "Roe, the pastor in detention since October 2016, was moved on July 25, 2018.",
            [("detention", "ongoing", "2016-10-01"), ("moved", "occurred", "2018-07-25")],
            id="an event since a day, in apposition",
        ),
        pytest.param(
            "The validation lapses on 31 December 2025 unless replaced.",
            [("lapses", "scheduled", "2025-12-31")],
            id="a verb that is taken for a plural",
        ),
        pytest.param(
            "The other three ministers resign tomorrow.",
            [("resign", "scheduled", "2025-03-13")],
            id="a verb that is taken for a noun",
        ),
        pytest.param(
            "Rebels struck on Tuesday. The house was shelled at 9.30 p.m.",
            [("struck", "occurred", "2025-03-11"), ("shelled", "occurred", "2025-03-11")],
            id="a time of day is of the day that is told of",
        ),
        pytest.param(
            "Rebels struck on Tuesday. The office opens every day at 9.30 a.m.",
            [("struck", "occurred", "2025-03-11")],
            id="but not one of every day",
        ),
        pytest.param(
            "Gazprom cut deliveries on New Year's Eve.",
            [("cut", "occurred", "2024-12-31")],
            id="a feast is a day",
        ),
        pytest.param(
            "The state reached its cap on 19 January 2025, six days after the secretary told Congress that it would.",
            [("reached", "occurred", "2025-01-19"), ("told", "occurred", "2025-01-13")],
            id="counted back from the day of its sentence",
        ),
        pytest.param(
            "She gave notice on 3 March 2025, a week before the court ruled on 12 March 2025.",
            [("gave", "occurred", "2025-03-03"), ("ruled", "occurred", "2025-03-12")],
            id="counted from what has a day of its own",
        ),
        pytest.param(
            "Russia's mandate runs until 31 December 2025.",
            [("runs", "scheduled", "2025-12-31")],
            id="a verb that is taken for a noun",
        ),
        pytest.param(
            "It was announced on Jan. 21, 2022, with chips to be made by 2026. A vote came on July 22 of that year.",
            [
                ("announced", "occurred", "2022-01-21"),
                ("made", "scheduled", "2026-01-01"),
                ("vote", "occurred", "2022-07-22"),
            ],
            id="that year is the one that is told",
        ),
        pytest.param(
            "The agency announced prices on 3 March 2025, five days before the law required.",
            [("announced", "occurred", "2025-03-03")],
            id="counted from what was only required",
        ),
        pytest.param(
            "The drug maker said on March 3, 2025, it would sell a cheaper pen.",
            [("said", "occurred", "2025-03-03")],
            id="the day of saying before what is said",
        ),
        pytest.param(
            "The old date of March 1, 2025, was moved to June 1, 2025.",
            [("date", "cancelled", "2025-03-01"), ("moved", "occurred", "2025-06-01")],
            id="an old date and the new one",
        ),
        pytest.param(
            "The president extended the deadline for a sale of the app to Sept. 17, 2025.",
            [("extended", "occurred", "2025-09-17")],
            id="the new day of what a noun stands between",
        ),
        pytest.param(
            "The judge pushed back the deadline for filing briefs to Aug. 3, 2025.",
            [("pushed", "occurred", "2025-08-03")],
            id="the new day of what a gerund stands between",
        ),
        pytest.param(
            "Organizers have cancelled the concert on March 15, 2025.",
            [("concert", "cancelled", "2025-03-15")],
            id="what is done has no date to come",
        ),
        pytest.param(
            "A meeting between Mr Hill and Mr Roe planned for 12 February 2025 had already been postponed.",
            [("meeting", "cancelled", "2025-02-12")],
            id="a participle read as the verb",
        ),
        pytest.param(
            "A visit to Brussels that was planned for 12 March 2025 has been called off.",
            [("visit", "cancelled", "2025-03-12")],
            id="a relative clause that sets a date",
        ),
        pytest.param(
            "In 2011 Congress acted on 2 August 2011.",
            [("acted", "occurred", "2011-08-02")],
            id="the year and the day of one event",
        ),
        pytest.param(
            "The law took effect on January 19, 2025, one day before the inauguration.",
            [("effect", "occurred", "2025-01-19")],
            id="a day said in other words",
        ),
        pytest.param(
            "He had signed orders on 20 January 2025, 4 February 2025 and 3 March 2025.",
            [
                ("signed", "occurred", "2025-01-20"),
                ("signed", "occurred", "2025-02-04"),
                ("signed", "occurred", "2025-03-03"),
            ],
            id="a list of days",
        ),
        pytest.param(
            "She was killed in Paris on Nov. 13, 2015, when gunmen fired on the crowd.",
            [("killed", "occurred", "2015-11-13"), ("fired", "occurred", "2015-11-13")],
            id="when, with the same date",
        ),
        pytest.param(
            "Ministers meet on Monday, when the council may rule on the appeal.",
            [("meet", "scheduled", "2025-03-17"), ("rule", "hypothetical", "2025-03-17")],
            id="when, in another tense",
        ),
        pytest.param(
            "The rule was published on Oct. 23, 2024, the day on which 24 states sued.",
            [("published", "occurred", "2024-10-23"), ("sued", "occurred", "2024-10-23")],
            id="the day on which",
        ),
        pytest.param(
            "The flag was raised for the first time since January 3, 1961, when relations were cut.",
            [("cut", "occurred", "1961-01-03")],
            id="when, on a day that is only measured by",
        ),
        pytest.param(
            "The league on March 7, 2025, took its game away from Georgia, eight days after Brian Kemp signed a law.",
            [("game", "occurred", "2025-03-07"), ("signed", "occurred", "2025-02-27")],
            id="counted from the day of the main clause",
        ),
        pytest.param(
            "The court on Thursday let a prosecutor pursue the tax returns and told the House to make a better case.",
            [("let", "occurred", "2025-03-06"), ("told", "occurred", "2025-03-06")],
            id="a second verb that the parser joins to an infinitive",
        ),
        pytest.param(
            "On Thursday they met and stayed an injunction that Judge Terry Doughty had entered on July 4, 2024.",
            [
                ("met", "occurred", "2025-03-06"),
                ("stayed", "occurred", "2025-03-06"),
                ("entered", "occurred", "2024-07-04"),
            ],
            id="a second verb whose object has a date of its own",
        ),
        pytest.param(
            "The court fined the bank on March 3, 2025. A week before, on Feb. 20, 2025, the minister resigned.",
            [("fined", "occurred", "2025-03-03"), ("resigned", "occurred", "2025-02-20")],
            id="a day that is told once more behind a comma",
        ),
        pytest.param(
            "The order extends the deadline for ByteDance to sell TikTok to September 17.",
            [("extends", "scheduled", "2025-09-17")],
            id="a new last day behind what is to be done",
        ),
        pytest.param(
            "The agency delayed its plan to tax technology firms to July 2025.",
            [("delayed", "occurred", "2025-07-01")],
            id="a new day behind what was planned",
        ),
        pytest.param(
            "The hearing was moved from February 3 to April 3.",
            [("hearing", "cancelled", "2025-02-03"), ("hearing", "scheduled", "2025-04-03")],
            id="the old day and the new one",
        ),
        pytest.param(
            "The trial was postponed to June.",
            [("trial", "scheduled", "2025-06-01")],
            id="the new day of what was put off",
        ),
        pytest.param(
            "The two have not met this year, though talks have been running since January 2025.",
            [("met", "denied", "2025-01-01"), ("talks", "ongoing", "2025-01-01")],
            id="since, of another clause",
        ),
        pytest.param(
            "WASHINGTON, Aug. 6, 2024 (Continental Wire) - The firm broke the law, a judge ruled on Monday.",
            [("ruled", "occurred", "2025-03-10")],
            id="a dateline",
        ),
        pytest.param(
            "The winter storm shut the port. Miners will sing Christmas carols outside the ministry tomorrow.",
            [("sing", "scheduled", "2025-03-13")],
            id="a kind of thing with a season or a feast in it",
        ),
        pytest.param(
            "Wheat fell to 180 euros a tonne in January from about 230 euros in late 2023.",
            [("fell", "occurred", "2025-01-01")],
            id="when the old value was",
        ),
        pytest.param(
            "The town had its first calm night this week since Monday.",
            [("had", "occurred", "2025-03-10")],
            id="a basis of comparison beside the verb",
        ),
        pytest.param(
            "The inquiry was adjourned until Monday.", [("inquiry", "scheduled", "2025-03-17")], id="adjourned to a day"
        ),
        pytest.param("The ministry listed coronavirus disease 2019 as a threat.", [], id="a name with a number"),
        pytest.param(
            "The agency gave the public until March 20, 2024, to comment. It later extended the comment period to "
            "April 19, 2024.",
            [("comment", "cancelled", "2024-03-20"), ("extended", "occurred", "2024-04-19")],
            id="a deadline that the next sentence moves",
        ),
        pytest.param(
            "A hearing is set for May 5, 2025. The court postponed it on Monday.",
            [("hearing", "cancelled", "2025-05-05"), ("postponed", "occurred", "2025-03-10")],
            id="an event that the next sentence calls off",
        ),
        pytest.param(
            "Voters go to the polls on May 4, 2025. The court suspended the minister on Monday.",
            [("go", "scheduled", "2025-05-04"), ("suspended", "occurred", "2025-03-10")],
            id="what the next sentence stops is something else",
        ),
        pytest.param(
            "Turnover grew 4% on the previous year.",
            [],
            id="measured on a year before",
        ),
        pytest.param(
            "Exports rose 2.1% in January 2025 from a month earlier.",
            [("rose", "occurred", "2025-01-01")],
            id="measured from a month before",
        ),
        pytest.param(
            "Orders fell to 310 in February 2025, down from 455 a year ago.",
            [("fell", "occurred", "2025-02-01")],
            id="an old value without a preposition",
        ),
        pytest.param(
            "Prices rose 2% in February 2025, less than the 4% rise seen a year earlier.",
            [("rose", "occurred", "2025-02-01")],
            id="a value that the new one is less than",
        ),
        pytest.param(
            "Output is expected to grow in 2026, but not as quickly as in 2024.",
            [("grow", "proposed", "2026-01-01")],
            id="as quickly as in another year",
        ),
        pytest.param(
            "Lending fell to its lowest level since 2009.",
            [],
            id="the lowest level since a year",
        ),
        pytest.param(
            "The firm sold more than 400 cars last year.",
            [("sold", "occurred", "2024-01-01")],
            id="more than a number is one amount",
        ),
        pytest.param(
            "The minister told Radio 4's Today programme that the bridge was safe.",
            [],
            id="a programme called Today",
        ),
        pytest.param(
            "The minister told the Mail on Sunday that she would stay.",
            [],
            id="a paper that comes out on Sunday",
        ),
        pytest.param(
            "The minister told the Daily Mail on Sunday that she would stay.",
            [("told", "occurred", "2025-03-09")],
            id="a paper, and the day of saying",
        ),
        pytest.param(
            'He said: "This morning the treasurer was detained."',
            [("detained", "occurred", "2025-03-12")],
            id="a day in a quotation",
        ),
        pytest.param(
            '"We certainly did not see that before 2001," he said.',
            [],
            id="a year in a quotation that dates nothing in it",
        ),
        pytest.param(
            "The company said profits for 2024 rose.",
            [("profits", "occurred", "2024-01-01")],
            id="a year in the subject of what is said",
        ),
        pytest.param(
            "Mr Roe says last week he resigned.",
            [("resigned", "occurred", "2025-03-03")],
            id="said now of what is over",
        ),
        pytest.param(
            "The inquiry follows complaints last month about the dam.",
            [("complaints", "occurred", "2025-02-01")],
            id="the day of what something follows",
        ),
        pytest.param(
            "The mayor's remarks will not affect the 2032 Olympic bid.",
            [],
            id="a year that says which thing is meant",
        ),
        pytest.param(
            "The prime minister faced his first questions of 2025.",
            [],
            id="a year behind the thing that it tells apart",
        ),
        pytest.param(
            "The premier settled the matter in the winter sittings of 2024.",
            [("settled", "occurred", "2024-01-01")],
            id="a year behind the occasion at which it was done",
        ),
        pytest.param(
            "The bank cut its outlook for 2026.",
            [],
            id="a year that is looked ahead to",
        ),
        pytest.param(
            "Workers are facing a bleak Christmas.",
            [],
            id="a feast with a quality",
        ),
        pytest.param(
            "The carrier emerged from Chapter 11 protection in May 2024.",
            [("emerged", "occurred", "2024-05-01")],
            id="a number that is a name, and no old value",
        ),
        pytest.param(
            "The maker, posting its first profit since listing in Oslo in May 2024, hired a new chief.",
            [("listing", "occurred", "2024-05-01")],
            id="what something is the first since",
        ),
        pytest.param(
            "Brazil is recovering from last year's recession.",
            [("recession", "occurred", "2024-01-01")],
            id="an event that a year is said to own",
        ),
        pytest.param(
            "Turnover fell from last year's record level.",
            [],
            id="a value that a year is said to own",
        ),
        pytest.param(
            "Rents rose 15% over the whole of 2024.",
            [("rose", "occurred", "2024-01-01")],
            id="the whole of a year",
        ),
        pytest.param(
            "Growth in 2024 was 1.6%.",
            [("was", "occurred", "2024-01-01")],
            id="a figure that was something",
        ),
        pytest.param(
            "On Monday the mill reported a loss of $3 million for the quarter to December.",
            [("reported", "occurred", "2025-03-10")],
            id="a period that is reported on",
        ),
        pytest.param(
            "She was 45 in February 2025.",
            [],
            id="an age",
        ),
        pytest.param(
            "The road was closed after a landslide near Bath, on Monday, the police said on Tuesday.",
            [("closed", "occurred", "2025-03-10"), ("said", "occurred", "2025-03-11")],
            id="a day at the end of what is said",
        ),
        pytest.param(
            "The council showed the plan which will be debated last week.",
            [("showed", "occurred", "2025-03-03")],
            id="a past day behind a clause that is to come",
        ),
        pytest.param(
            "On December 29, her brother Jan Moor sailed from Hull to meet Ann.",
            [("sailed", "occurred", "2024-12-29")],
            id="a day before a subject that is taken for the whole sentence",
        ),
        pytest.param(
            "Two banks have abandoned plans for listings in New York later this year.",
            [("listings", "proposed", "2025-03-13")],
            id="what was given up was to come",
        ),
        pytest.param(
            "The union has called on the owners to withdraw the notices by noon on Monday.",
            [("withdraw", "proposed", "2025-03-17")],
            id="what others have been called on to do by a day",
        ),
        pytest.param(
            "The maker is due to reveal 2024 earnings on 19 May.",
            [("reveal", "scheduled", "2025-05-19")],
            id="a year that is no year of what is due",
        ),
        pytest.param(
            "In January 2025, output rose 1% after shrinking in 2024.",
            [("rose", "occurred", "2025-01-01"), ("shrinking", "occurred", "2024-01-01")],
            id="a gerund with a time other than that of its verb",
        ),
        pytest.param(
            "Three men have been charged over the attacks on the harbour last month.",
            [("attacks", "occurred", "2025-02-01")],
            id="what has been done has no past day of its own",
        ),
        pytest.param(
            "The ruling is a response to a strike last November.",
            [("strike", "occurred", "2024-11-01")],
            id="nor has what is so now",
        ),
        pytest.param(
            "The bank forecasts a fall in exports for next year.",
            [("fall", "proposed", "2026-01-01")],
            id="what is forecast, not the forecasting",
        ),
        pytest.param(
            "Doctors expect a verdict by the end of May.",
            [("verdict", "proposed", "2025-05-31")],
            id="what is expected by a day",
        ),
        pytest.param(
            "On Monday analysts predicted a strike.",
            [("predicted", "occurred", "2025-03-10")],
            id="but a forecast of one day",
        ),
        pytest.param(
            "Shares rose following last week's vote.",
            [("vote", "occurred", "2025-03-03")],
            id="what something came after",
        ),
        pytest.param(
            "2024 was a good year for the mill.",
            [],
            id="a time that something is said of",
        ),
        pytest.param(
            "The day came when the mill closed.",
            [],
            id="a day that came",
        ),
        pytest.param(
            "Last week saw a strike at the mill.",
            [("strike", "occurred", "2025-03-03")],
            id="but a week that saw something",
        ),
        pytest.param(
            "May 3 is the deadline for bids.",
            [("deadline", "scheduled", "2025-05-03")],
            id="and a day that is the event",
        ),
        pytest.param(
            "Today, the villages have no doctor.",
            [],
            id="today as nowadays",
        ),
        pytest.param(
            "Parliament votes today on the ban.",
            [("votes", "scheduled", "2025-03-12")],
            id="but today as a day",
        ),
        pytest.param(
            "The port is a priority this year.",
            [],
            id="what something is, and no event",
        ),
        pytest.param(
            "His 2019 tax returns were in a drawer.",
            [],
            id="the year of a paper",
        ),
        pytest.param(
            "To meet this year's target the ministry lent money.",
            [],
            id="the year of a target",
        ),
        pytest.param(
            "The man was stopped, questioned and detained by guards on March 10.",
            [
                ("stopped", "occurred", "2025-03-10"),
                ("questioned", "occurred", "2025-03-10"),
                ("detained", "occurred", "2025-03-10"),
            ],
            id="verbs with nothing between them",
        ),
        pytest.param(
            "The minister met union leaders on Monday and did not sign the accord.",
            [("met", "occurred", "2025-03-10"), ("sign", "denied", "2025-03-10")],
            id="a second verb with a did not",
        ),
        pytest.param(
            "The mayor spoke to reporters on Monday and said the bridge would reopen by May.",
            [
                ("spoke", "occurred", "2025-03-10"),
                ("said", "occurred", "2025-03-10"),
                ("reopen", "proposed", "2025-05-01"),
            ],
            id="a second verb that says something of another day",
        ),
        pytest.param(
            "The council banned scooters in August 2024, but later lifted the ban.",
            [("banned", "occurred", "2024-08-01")],
            id="but not one of some later day",
        ),
        pytest.param(
            "It is the largest deployment since the 2003 invasion.",
            [("invasion", "occurred", "2003-01-01")],
            id="an event that something is measured by",
        ),
        pytest.param(
            "The rocket has been grounded since a launch failure in September.",
            [("failure", "occurred", "2024-09-01")],
            id="an event since which something is so",
        ),
        pytest.param(
            "Even Tuesday's crowd might not save the theatre.",
            [],
            id="the day of a thing that does something",
        ),
        pytest.param(
            "Roe, a member of the class of 1984, was a senator.",
            [],
            id="the year of a class",
        ),
        pytest.param(
            "The minister is to meet envoys from three northern states on Monday.",
            [("meet", "scheduled", "2025-03-17")],
            id="those met, who are no amount",
        ),
        pytest.param(
            "The company filed its plan for fixing the brakes on Friday.",
            [("filed", "occurred", "2025-03-07")],
            id="a plan for doing something",
        ),
        pytest.param(
            "PERM, March 11. /UNA/.Pilots will take part in nine drills this year.",
            [("take", "scheduled", "2025-01-01")],
            id="a day signed by an agency",
        ),
        pytest.param(
            "Two refugees were killed while crossing the river late on Monday.",
            [("killed", "occurred", "2025-03-10"), ("crossing", "occurred", "2025-03-10")],
            id="what happened while something else did",
        ),
        pytest.param(
            "In Monday's filing, the agency withdrew from the suit.",
            [("withdrew", "occurred", "2025-03-10")],
            id="what a document of a day tells",
        ),
        pytest.param(
            "The union of today can be compared to an empire.",
            [],
            id="what something is now",
        ),
        pytest.param(
            "As of today, the outcome of yesterday's vote is unknown.",
            [("vote", "occurred", "2025-03-11")],
            id="what is so by now, and the day of what was done",
        ),
        pytest.param(
            "Today, the union is reminiscent of an empire.",
            [],
            id="what something is like nowadays",
        ),
        pytest.param(
            "The bridge is open today.",
            [("open", "ongoing", "2025-03-12")],
            id="what is so on the day itself",
        ),
        pytest.param(
            "The mayor called for a referendum in October.",
            [("referendum", "proposed", "2025-10-01")],
            id="what is called for is to come, and the calling is over",
        ),
        pytest.param(
            "The minister did not rule out a vote in May.",
            [("vote", "hypothetical", "2025-05-01")],
            id="what is not ruled out may come",
        ),
        pytest.param(
            "The deadline for bids, originally March 1, was extended to April 12.",
            [("deadline", "cancelled", "2025-03-01"), ("extended", "occurred", "2025-04-12")],
            id="a first day in apposition",
        ),
        pytest.param(
            "The move follows a ruling in January.",
            [("ruling", "occurred", "2025-01-01")],
            id="what something follows came before",
        ),
        pytest.param(
            "Analysts say this year's election is too close to call.",
            [("election", "scheduled", "2025-01-01")],
            id="an election of this year that is to come",
        ),
        pytest.param(
            "The launch has slipped from March 20 to July 3.",
            [("launch", "cancelled", "2025-03-20"), ("launch", "scheduled", "2025-07-03")],
            id="what slips from one day to another",
        ),
        pytest.param(
            "The original target date, March 3, came and went without a deal.",
            [("date", "occurred", "2025-03-03")],
            id="a day that went by",
        ),
        pytest.param(
            "The rule applies from today.",
            [("applies", "occurred", "2025-03-12")],
            id="in effect from the day itself",
        ),
        pytest.param(
            "The Senate voted on March 6. Thousands marched on the day of the vote.",
            [("voted", "occurred", "2025-03-06"), ("marched", "occurred", "2025-03-06")],
            id="the day of something that has one",
        ),
        pytest.param(
            "The party won this year's election.",
            [("election", "occurred", "2025-01-01")],
            id="an election of this year that is over",
        ),
        pytest.param(
            "The report is about foreign meddling in the 2020 election.",
            [],
            id="an election that goes by its year",
        ),
        pytest.param(
            "The envoy was accused of influencing the 2020 election.",
            [],
            id="an election that something is done to",
        ),
        pytest.param(
            "The party won the 2020 election.",
            [("election", "occurred", "2020-01-01")],
            id="an election that is won",
        ),
        pytest.param(
            "The Monday after he signed it, the law was challenged in court.",
            [],
            id="a weekday that hangs on another event",
        ),
        pytest.param(
            "Labor tabled a bill to cap student visas on Monday.",
            [("tabled", "occurred", "2025-03-10")],
            id="a day behind what a bill is for",
        ),
        pytest.param(
            "The state charged the former premier with plotting a coup on Monday.",
            [("charged", "occurred", "2025-03-10")],
            id="a day behind the deed of a charge",
        ),
        pytest.param(
            "The state indicted two men for bribing officials in 2019.",
            [("bribing", "occurred", "2019-01-01")],
            id="a year behind the deed of a charge",
        ),
        pytest.param(
            "Her main rival in the 2025 election is a judge.",
            [("election", "scheduled", "2025-01-01")],
            id="an election that is to come",
        ),
        pytest.param(
            "Her defeat in the 2020 election surprised many.",
            [("election", "occurred", "2020-01-01")],
            id="what happened in an election",
        ),
        pytest.param(
            "No tapping took place during the 2020 election.",
            [],
            id="a time called by its election",
        ),
        pytest.param(
            "The Senate passed the bill by a wide margin in a vote on Monday.",
            [("passed", "occurred", "2025-03-10")],
            id="one vote in two words, by way of what was voted on",
        ),
        pytest.param(
            "The party lost the 2020 election.",
            [("election", "occurred", "2020-01-01")],
            id="an election told of",
        ),
        pytest.param(
            "The island rejected independence in a referendum in May 2014.",
            [("rejected", "occurred", "2014-05-01")],
            id="one vote in two words",
        ),
        pytest.param(
            "The minister promised lower fares at a news conference on Monday.",
            [("promised", "occurred", "2025-03-10")],
            id="one statement in two words",
        ),
        pytest.param(
            "The minister promised lower fares in a speech on Monday.",
            [("promised", "occurred", "2025-03-10"), ("speech", "occurred", "2025-03-10")],
            id="an occasion beside what was said at it",
        ),
        pytest.param(
            "The bank capped card fees on Friday.",
            [("capped", "occurred", "2025-03-07")],
            id="a verb that the parser takes for a participle",
        ),
        pytest.param(
            "On Monday, the regulator gave the firm until March 31 to sell the unit.",
            [("gave", "occurred", "2025-03-10"), ("sell", "scheduled", "2025-03-31")],
            id="given until a day, on another",
        ),
        pytest.param("The network is better than it was 20 years ago.", [], id="better than it was"),
        pytest.param(
            "He stood down as head of the party. (05.02.2025) The party would win more seats now, a survey showed.",
            [],
            id="the day of a link",
        ),
        pytest.param(
            "The mayor called it over. - Ada Roe (@adaroe) February 7, 2025 The council has adjourned.",
            [],
            id="the day of a message",
        ),
        pytest.param(
            "In Executive Order 14076 of July 8, 2022, I directed agencies to act.",
            [("Order", "occurred", "2022-07-08"), ("directed", "occurred", "2022-07-08")],
            id="an order that goes by its day, and what it did",
        ),
    ],
)
def test_each_event_has_its_own_date(
    parse: Callable[..., Doc], text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(claims_of(parse(text))) == expected
