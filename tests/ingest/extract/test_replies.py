"""Sentences that only answer what the one before says of a deadline."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.extract.replies import with_replies
from kb.model import Actor, Article, Claim, Span, Status, When
from kb.timevalue import Basis, Interval, Precision

DUTY = "The judge told the chairman to file an affidavit by Thursday."


def told(
    answer: str,
    *,
    type_: str = "deadline",
    status: Status = Status.OCCURRED,
    published: date | None = date(2024, 3, 22),
) -> list[Claim]:
    """The claims added for `answer` behind the duty."""
    text = f"{DUTY} {answer}"
    at = DUTY.index("Thursday")
    when = When(
        Span(at, at + 8, "Thursday"),
        Interval.days(date(2024, 3, 21), date(2024, 3, 21)),
        Precision.DAY,
        Basis.RELATIVE,
    )
    claim = Claim(
        id="c1",
        type=type_,
        status=status,
        title="Chairman to file affidavit",
        trigger=Span(DUTY.index("file"), DUTY.index("file") + 4, "file"),
        sentence=Span(0, len(DUTY), DUTY),
        when=when,
        actors=(),
        attributed_to=None,
        confidence=0.8,
    )
    found = with_replies([claim], Article("a1", text, published=published), "v1")
    assert found[0] == claim
    assert all(text[span.start : span.end] == span.text for one in found for span in (one.trigger, one.sentence))
    return found[1:]


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        pytest.param("He did.", "Chairman to file affidavit: done", id="he did"),
        pytest.param("They have done so. More is to come.", "Chairman to file affidavit: done", id="they have done so"),
        pytest.param("He did not.", "Chairman to file affidavit: not done", id="he did not"),
        pytest.param("It hasn't.", "Chairman to file affidavit: not done", id="it has not"),
        pytest.param(
            "They have not appeared, and nobody says why.", "Chairman to file affidavit: not done", id="goes on"
        ),
        pytest.param("None did.", "Chairman to file affidavit: not done", id="none did"),
        pytest.param("He did, but a day late.", None, id="done, but"),
        pytest.param("He had until then to pay.", None, id="another sentence"),
        pytest.param("He did nothing.", None, id="another verb"),
        pytest.param("\n\nHe did.", None, id="another paragraph"),
    ],
)
def test_an_answer_says_what_became_of_a_duty(answer: str, title: str | None) -> None:
    assert [claim.title for claim in told(answer)] == ([title] if title else [])


def test_an_answer_has_the_day_of_what_it_answers() -> None:
    (claim,) = told("He did. Then he left.")
    assert (claim.trigger.text, claim.sentence.text, claim.type, claim.status) == (
        "did",
        "He did.",
        "deadline",
        Status.OCCURRED,
    )
    assert claim.when is not None
    assert (claim.when.span.text, claim.when.basis) == ("Thursday", Basis.CONTEXT)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"type_": "court_filing"}, id="no deadline"),
        pytest.param({"status": Status.HYPOTHETICAL}, id="only thought of"),
        pytest.param({"published": date(2024, 3, 20)}, id="a day still to come"),
        pytest.param({"published": None}, id="an article without a day"),
    ],
)
def test_nothing_else_is_answered(changes: dict[str, object]) -> None:
    assert told("He did.", **changes) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "dated"),
    [
        pytest.param("The chairman did not meet his deadline.", True, id="not met"),
        pytest.param("The chairman met the deadline.", True, id="met"),
        pytest.param("The chairman missed that date.", True, id="missed"),
        pytest.param("The bank missed its deadline.", False, id="somebody else's"),
        pytest.param("The chairman missed the deadline for appeals.", False, id="another deadline"),
        pytest.param("The chairman wants the deadline moved.", False, id="neither"),
    ],
)
def test_a_deadline_that_was_kept_or_not_has_the_day_told_before(sentence: str, dated: bool) -> None:
    def obliged(name: str) -> tuple[Actor, ...]:
        return (Actor("obliged", f"e-{name}", name),)

    text = f"{DUTY} Much was said. {sentence}"
    day = Interval.days(date(2024, 3, 21), date(2024, 3, 21))
    at, here, whole = DUTY.index("Thursday"), text.index(sentence), Span(0, len(DUTY), DUTY)
    when = When(Span(at, at + 8, "Thursday"), day, Precision.DAY, Basis.RELATIVE)
    trigger = Span(text.index("file"), text.index("file") + 4, "file")
    duty = Claim("c1", "deadline", Status.SCHEDULED, "File", trigger, whole, when, obliged("chairman"), None, 0.8)
    own = Span(here, len(text), sentence)
    who = obliged("bank" if "bank" in sentence else "chairman")
    kept = Claim("c2", "deadline", Status.SCHEDULED, "Kept", own, own, None, who, None, 0.8)
    _, found = with_replies([duty, kept], Article("a1", text, published=date(2024, 3, 22)), "v1")
    assert (found.when is not None) is dated
    assert not dated or (found.when and found.when.interval == day and found.status is Status.OCCURRED)
