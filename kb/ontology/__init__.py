"""Event types as data: one YAML file per type, word classes, and the lexica of status and speech."""

from kb.ontology.load import load_ontology, type_names
from kb.ontology.model import EventType, Example, Ontology, Pattern, Role

__all__ = ["EventType", "Example", "Ontology", "Pattern", "Role", "load_ontology", "type_names"]
