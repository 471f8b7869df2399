"""Rules for names: what they take, how far, and under which official form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.entities.patterns import find_patterns
from ingest.extract.entities.runs import is_headline, run_after, run_before


def names(text: str) -> set[tuple[str, str]]:
    return {(pattern.kind.value, text[pattern.start : pattern.end]) for pattern in find_patterns(text)}


LAWS = [
    ("signed the Inflation Reduction Act of 2022 into law", "Inflation Reduction Act of 2022"),
    ("under the Kids Online Safety and Privacy Act.", "Kids Online Safety and Privacy Act"),
    ('called the "Foreign Adversary Controlled Applications Act."', "Foreign Adversary Controlled Applications Act"),
    ("the Coronavirus Aid, Relief, and Economic Security Act", "Coronavirus Aid, Relief, and Economic Security Act"),
    ("Section 5 of the Federal Trade Commission Act", "Federal Trade Commission Act"),
    ("the Sherman Act and the Clayton Act", "Clayton Act"),
    ("In the 2024 National Defense Authorization Act, Congress", "National Defense Authorization Act"),
    ("the No Surprises Act", "No Surprises Act"),
    ("Under Colorado Privacy Act rules", "Colorado Privacy Act"),
    ("the Withdrawal Agreement Bill fell", "Withdrawal Agreement Bill"),
    ("the General Data Protection Regulation", "General Data Protection Regulation"),
    ("Public Law 117-169", "Public Law 117-169"),
    ("(Pub. L. 104-191)", "Pub. L. 104-191"),
    ("H.R. 7521 passed", "H.R. 7521"),
    ("S. 1973, which", "S. 1973"),
    ("signed SB 21-190 on", "SB 21-190"),
    ("H.J. Res. 39", "H.J. Res. 39"),
    ("the Treaty of Lisbon entered", "Treaty of Lisbon"),
    ("voters rejected Proposition 22", "Proposition 22"),
]
CASES = [
    ("In TikTok Inc. v. Garland, the court", "TikTok Inc. v. Garland"),
    ("the ruling in Gonzalez v. Google.", "Gonzalez v. Google"),
    ("Standard Oil Co. of New Jersey v. United States", "Standard Oil Co. of New Jersey v. United States"),
    ("docketed as No. 24-656", "No. 24-656"),
    ("(Case No. 1:20-cv-02658)", "Case No. 1:20-cv-02658"),
    ("in Case C-131/12", "Case C-131/12"),
]
ORDERS = [
    ("Executive Order 14166 of January 20, 2025", "Executive Order 14166"),
    ("under E.O. 13,942", "E.O. 13,942"),
    ("Proclamation 10414 suspended", "Proclamation 10414"),
    ("NSM-22 replaced", "NSM-22"),
]
COURTS = [
    (
        "the U.S. District Court for the Southern District of New York ruled",
        "U.S. District Court for the Southern District of New York",
    ),
    ("the U.S. Court of Appeals for the Ninth Circuit", "U.S. Court of Appeals for the Ninth Circuit"),
    ("the 9th Circuit said", "9th Circuit"),
    (
        "the U.S. Bankruptcy Court for the District of Delaware ruled",
        "U.S. Bankruptcy Court for the District of Delaware",
    ),
    ("the Texas Supreme Court", "Texas Supreme Court"),
    ("the Supreme Court of Ohio", "Supreme Court of Ohio"),
]
BODIES = [
    ("agency", "the Ministry of Commerce said", "Ministry of Commerce"),
    ("agency", "the Department of Health and Human Services said", "Department of Health and Human Services"),
    ("agency", "the Department of Justice and FTC", "Department of Justice"),
    ("agency", "the Department of Agriculture’s rule", "Department of Agriculture"),
    ("agency", "the Federal Bureau of Prisons", "Federal Bureau of Prisons"),
    ("agency", "the Food and Drug Administration", "Food and Drug Administration"),
    ("agency", "a state Gaming Control Commission hearing", "Gaming Control Commission"),
    ("government", "the Obama administration", "Obama administration"),
    ("legislature", "the House Committee on Energy and Commerce", "House Committee on Energy and Commerce"),
    ("legislature", "the Senate Judiciary Committee", "Senate Judiciary Committee"),
    ("legislature", "the Ohio Senate", "Ohio Senate"),
]
KNOWN = [
    *(("law", *row) for row in LAWS),
    *(("case", *row) for row in CASES),
    *(("order", *row) for row in ORDERS),
    *(("court", *row) for row in COURTS),
    *BODIES,
]


@pytest.mark.parametrize(("kind", "text", "name"), [pytest.param(*row, id=row[2]) for row in KNOWN])
def test_a_rule_takes_the_whole_name_and_no_more(kind: str, text: str, name: str) -> None:
    assert (kind, name) in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "He read the Act again.",
        "Act now and save.",
        "She studied at Harvard Law School.",
        "Bill Gates spoke to Bill Clinton.",
        "The court will act in March.",
        "a delegation of Authority to the secretary",
        "No. 1 in the charts, No. 10 Downing Street",
        "S. Korea, U.S. 101, the 1990s",
        "the federal administration and the U.S. administration",
        "Review of Agency rules",
    ],
)
def test_what_is_no_name_is_left_alone(text: str) -> None:
    assert names(text) == set()


@pytest.mark.parametrize(
    ("text", "official"),
    [
        ("the 9th Circuit", "United States Court of Appeals for the Ninth Circuit"),
        ("the D.C. Circuit", "United States Court of Appeals for the District of Columbia Circuit"),
        ("the Fifth U.S. Circuit Court of Appeals", "United States Court of Appeals for the Fifth Circuit"),
        ("US District Court for the District of Columbia", "United States District Court for the District of Columbia"),
        ("executive order 14,117", "Executive Order 14117"),
        ("EO 14117", "Executive Order 14117"),
        ("Pub. L. No. 117–169", "Public Law 117-169"),
        ("Senate Bill 205", "SB 205"),
        ("HR 7521", "H.R. 7521"),
        ("Roe vs. Wade", "Roe v. Wade"),
    ],
)
def test_spellings_of_one_thing_get_one_official_form(text: str, official: str) -> None:
    assert official in {pattern.name for pattern in find_patterns(text)}


def test_headlines_are_recognised_by_their_capitals() -> None:
    text = "App Says It Will Shut Down Sunday Unless the White House Acts\nThe court ruled on Friday, it said.\n"
    assert is_headline(text, 3, 5)
    assert not is_headline(text, text.index("court"), text.index("court") + 5)


WORDS = st.lists(
    st.sampled_from(
        ["The", "the", "Act", "of", "and", "Privacy", "Court", "v.", "Department", "U.S.", "A,", "x", "\n", "No. 1"]
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=200)
@given(WORDS)
def test_a_name_never_crosses_a_line_nor_starts_or_ends_with_a_space(text: str) -> None:
    for pattern in find_patterns(text):
        name = text[pattern.start : pattern.end]
        assert name == name.strip()
        assert "\n" not in name


@given(WORDS, st.integers(0, 200))
def test_a_run_stays_inside_the_text(text: str, at: int) -> None:
    at = min(at, len(text))
    assert 0 <= run_before(text, at) <= at <= run_after(text, at) <= len(text)
