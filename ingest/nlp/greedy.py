"""Components of spaCy that decide by steps, each the best that is allowed: which of them can be stood in for."""

from __future__ import annotations

from spacy.pipeline import DependencyParser, EntityRecognizer
from thinc.api import NumpyOps


def is_greedy(component: DependencyParser | EntityRecognizer, features: int) -> bool:
    """True for one without beam search, whose model is of the usual layers, makes its steps from so many `features`,
    and runs on a processor: on a graphics card there is nothing to gain.
    """
    model = component.model
    attributes, lower = model.attrs, model.get_ref("lower")
    usual = attributes.get("has_upper") and not attributes.get("unseen_classes")
    greedy = component.cfg.get("beam_width", 1) == 1 and isinstance(model.ops, NumpyOps)
    return bool(greedy and usual and lower.get_dim("nF") == features and lower.get_dim("nP") > 1)
