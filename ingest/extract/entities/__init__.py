"""People, bodies, laws, cases, products and places named in an article, each once with all its mentions."""

from ingest.extract.entities.find import find_entities

__all__ = ["find_entities"]
