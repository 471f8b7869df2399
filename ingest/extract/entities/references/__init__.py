"""Where a text speaks of a thing it has named without naming it: "the company", "its parent", "she"."""

from ingest.extract.entities.references.link import find_references

__all__ = ["find_references"]
