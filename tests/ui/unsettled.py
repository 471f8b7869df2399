"""What is left to decide: a hearing without a report, a doubtful claim, two events that may be one, a wrong day."""

from dataclasses import replace
from datetime import date

from kb.model import Status
from kb.timevalue import Precision
from tests.ui.sample import BYTEDANCE, COURT, TIKTOK, _article, _claim, _day, _extraction

SUMMONED = "ByteDance will appear before the Supreme Court on February 3, 2025."
LOST = "TikTok may have lost its appeal on March 4, 2025."
OUT_OF_OFFICE = "President Biden signed the order on September 27, 2020."
_SEPTEMBER = ("September 27, 2020", _day(2020, 9, 27), Precision.DAY)
LOST_AGAIN = "TikTok lost its last appeal on March 4, 2025."
_THIRD = ("February 3, 2025", _day(2025, 2, 3), Precision.DAY)
_FOURTH = ("March 4, 2025", _day(2025, 3, 4), Precision.DAY)


def unsettled():
    """Articles that leave something to decide, beside those of the sample."""
    diary = _article("diary", "A date in court", date(2025, 1, 22), "Harbor Post", SUMMONED)
    doubt = _article("doubt", "An appeal", date(2025, 3, 5), "Wire Nine", LOST)
    again = _article("again", "Another appeal", date(2025, 3, 6), "Capital Ledger", LOST_AGAIN)
    hearing = _claim(
        diary, SUMMONED, "appear", type_="court_hearing", status=Status.SCHEDULED, when=_THIRD,
        actors=(("party", BYTEDANCE), ("court", COURT)), title="ByteDance to appear before the court",
    )  # fmt: skip
    lost = _claim(
        doubt, LOST, "lost", type_="court_ruling", status=Status.OCCURRED, when=_FOURTH,
        actors=(("party", TIKTOK),), title="TikTok loses its appeal",
    )  # fmt: skip
    last = _claim(
        again, LOST_AGAIN, "lost", type_="court_ruling", status=Status.OCCURRED, when=_FOURTH,
        actors=(("speaker", "Somebody Else"),), title="TikTok loses its last appeal",
    )  # fmt: skip
    misdated = _article("misdated", "An order", date(2024, 4, 26), "Wire Nine", OUT_OF_OFFICE)
    signed = _claim(
        misdated, OUT_OF_OFFICE, "signed", type_="executive_action", status=Status.OCCURRED, when=_SEPTEMBER,
        actors=(("issuer", "Biden"),), title="Biden signs the order",
    )  # fmt: skip
    return (
        _extraction(misdated, signed),
        _extraction(diary, hearing),
        _extraction(doubt, replace(lost, confidence=0.3)),
        _extraction(again, last),
    )
