"""The knowledge base: domain model, ontology, graph store, fold and read models.

Knows no spaCy, no HTTP and no Streamlit; `ingest` and `ui` build on it.
"""
