"""Events in full, made by hand: what the exports of the tests hold."""

from kb.queries.views import ActorView, ClaimView, EventDetail, EventView, RevisionView

HOSTILE = "<script>alert(1)</script> **bold** [x](javascript:alert(1)) \u202egnp.exe ]]> & \x00 \u2028 ü"


def event(id_="ev1", *, title="Law to sell TikTok", first="2025-01-19", last=None, **more):
    given = {"type": "deadline", "status": "scheduled", "precision": "day", "claims": 1, "sources": 1}
    return EventView(
        id=id_, title=title, first_day=first, last_day=last or first, first_reported="2024-04-24",
        last_reported="2025-01-20", actors=(ActorView("obligated", "en1", "ByteDance", "company"),),
        **{**given, **more},
    )  # fmt: skip


def claim(id_="c1", *, quote="ByteDance must sell TikTok by January 19, 2025.", **more):
    given = {
        "type": "deadline", "status": "scheduled", "title": "Law to sell TikTok", "first_day": "2025-01-19",
        "last_day": "2025-01-19", "precision": "day", "basis": "explicit", "time_text": "January 19, 2025",
        "time_start": 30, "trigger": "sell", "start": 0, "end": len(quote), "trigger_start": 15, "attributed_to": None,
        "cues": ("must",), "confidence": 0.9, "published": "2024-04-24", "recorded_at": "2025-02-01T10:20:30Z",
        "article": "a1", "article_title": "A law", "url": "https://example.org/a?b=1&c=2", "source": "Harbor Post",
        "event": "ev1",
    }  # fmt: skip
    return ClaimView(id=id_, quote=quote, **{**given, **more})


def step(seq, day, status="scheduled", known="2024-04-24"):
    return RevisionView(seq, day, day, status, known, "c1")


def detail(view=None, claims=None, revisions=()):
    return EventDetail(view or event(), claims or (claim(),), tuple(revisions))


MOVED = detail(event(first="2025-04-05"), revisions=(step(1, "2025-01-19"), step(2, "2025-04-05", known="2025-01-20")))
MONTH = detail(event("ev2", first="2025-02-01", last="2025-02-28", precision="month", status="proposed"))
EVIL = detail(
    event("ev3", title=HOSTILE, first="2025-03-01", status="denied"),
    (claim("c3", quote=f"={HOSTILE}", source=HOSTILE, url="javascript:alert(1)", article_title=HOSTILE),),
)
ALL = (MOVED, MONTH, EVIL)
